"""Trainers read our files as they are: each of TRL's takes one step on a download and comes out with other weights."""

# pyright: reportMissingImports=false

import math
import os

import pytest

from tests.support.records import Worker
from tests.support.releases import Releases, judge

if not os.environ.get("CI"):
    pytest.importorskip("trl", reason="needs goldsmith[train]")

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("engine", ["sqlite"])]
FIELDS = [
    {"name": "prompt", "type": "chat"},
    {"name": "one", "type": "text"},
    {"name": "two", "type": "text"},
]
QUESTIONS = [
    {"name": "better", "type": "preference", "title": "?", "a_field": "one", "b_field": "two", "strengths": 0},
    {"name": "quality", "type": "rating", "title": "?"},
]
REPLIES = [("Yes, on Monday.", "No."), ("Twelve.", "I do not know, ask somebody else."), ("Blue.", "Red."), ("A", "B")]
STEPWISE_FIELDS = [{"name": "prompt", "type": "text"}, {"name": "solution", "type": "text"}]
MARKS = [{"name": "faults", "type": "span", "title": "?", "fields": ["solution"], "options": [{"value": "wrong"}]}]


@pytest.fixture(autouse=True)
def alone(monkeypatch, tmp_path):
    """No network, no trackers, one thread."""
    import torch

    for name in ("HF_HUB_OFFLINE", "HF_DATASETS_OFFLINE", "TRANSFORMERS_OFFLINE"):
        monkeypatch.setenv(name, "1")
    torch.set_num_threads(1)


@pytest.fixture
def releases(app, api, make_project, make_person):
    """Four prompts with two replies each; the first is better, and good in every other row."""
    project = make_project(fields=FIELDS, questions=QUESTIONS)
    records = [
        {"fields": {"prompt": [{"role": "user", "content": f"Question {at}?"}], "one": one, "two": two}}
        for at, (one, two) in enumerate(REPLIES)
    ]
    answers = [{"better": {"choice": "a"}, "quality": 5 if at % 2 else 1} for at in range(len(records))]
    judge(api, project, records, (Worker(make_person("annotator"), project), answers))
    return Releases(app, api, project)


@pytest.fixture
def step_releases(app, api, make_project, make_person):
    """Two sums of two steps; the second step of the first is wrong."""
    project = make_project(fields=STEPWISE_FIELDS, questions=MARKS)
    records = [
        {"fields": {"prompt": "1 + 1 + 1?", "solution": "1 + 1 = 2\n2 + 1 = 4"}},
        {"fields": {"prompt": "2 + 2 + 1?", "solution": "2 + 2 = 4\n4 + 1 = 5"}},
    ]
    answers = [{"faults": [{"start": 10, "end": 19, "label": "wrong"}]}, {"faults": []}]
    judge(api, project, records, (Worker(make_person("annotator"), project), answers))
    return Releases(app, api, project)


def load(releases, tmp_path, **choice):
    from datasets import load_dataset

    path = releases.save(releases.build(), tmp_path, **choice)
    return load_dataset("json", data_files=str(path), split="train", cache_dir=str(tmp_path / "cache"))


def words_of(rows):
    return [str(value) for row in rows for value in row.values()]


@pytest.mark.parametrize(
    ("name", "head", "choice", "more"),
    [
        ("SFT", "causal", {"format": "trl_sft"}, {}),
        ("Reward", "reward", {"format": "trl_preference"}, {}),
        ("DPO", "causal", {"format": "trl_preference"}, {}),
        ("KTO", "causal", {"format": "trl_kto", "good": "quality>=4"}, {"per_device_train_batch_size": 4}),
    ],
)
def test_a_trainer_of_trl_takes_a_step(releases, tmp_path, name, head, choice, more):
    import torch
    import trl

    from tests.support.tiny import tiny_model, tiny_tokenizer

    rows = load(releases, tmp_path, **choice)
    assert len(rows) == 4
    tokenizer = tiny_tokenizer(words_of(rows))
    model = tiny_model(head, tokenizer, tmp_path / "model")
    before = [weight.detach().clone() for weight in model.parameters()]
    settings = {
        "output_dir": str(tmp_path / "run"), "max_steps": 1, "per_device_train_batch_size": 2, "learning_rate": 0.1,
        "report_to": "none", "save_strategy": "no", "use_cpu": True, "logging_steps": 1, "bf16": False,
        "disable_tqdm": True, "max_length": 128,
    }  # fmt: skip
    trainer = getattr(trl, f"{name}Trainer")(
        model=model, args=getattr(trl, f"{name}Config")(**settings | more), train_dataset=rows,
        processing_class=tokenizer,
    )  # fmt: skip
    outcome = trainer.train()
    assert outcome.global_step == 1
    assert math.isfinite(outcome.training_loss)
    assert any(not torch.equal(old, new) for old, new in zip(before, trainer.model.parameters(), strict=True))


def test_a_process_reward_model_takes_a_step(step_releases, tmp_path):
    import torch

    from tests.support.tiny import tiny_model, tiny_tokenizer

    rows = load(step_releases, tmp_path, format="trl_stepwise", bad="wrong")
    assert rows[0] == {
        "prompt": "1 + 1 + 1?", "completions": ["1 + 1 = 2", "2 + 1 = 4"], "labels": [True, False]
    }  # fmt: skip
    tokenizer = tiny_tokenizer(words_of(rows))
    model = tiny_model("steps", tokenizer, tmp_path / "model")
    optimiser = torch.optim.SGD(model.parameters(), lr=0.01)
    losses = []
    for _ in range(2):
        loss = torch.stack([model(**step_ends(row, tokenizer)).loss for row in rows]).mean()
        losses.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert losses[1] < losses[0]


def step_ends(row, tokenizer):
    """A row as process reward models learn it: a label at the end of each step, none elsewhere."""
    import torch

    ids, labels = tokenizer(row["prompt"])["input_ids"], []
    labels += [-100] * len(ids)
    for step, is_right in zip(row["completions"], row["labels"], strict=True):
        tokens = tokenizer(f"{step}\n")["input_ids"]
        ids += tokens
        labels += [-100] * (len(tokens) - 1) + [int(is_right)]
    return {"input_ids": torch.tensor([ids]), "labels": torch.tensor([labels])}
