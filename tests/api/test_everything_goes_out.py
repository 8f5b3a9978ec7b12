"""One project with every type of question goes out in every format, and through each other tool's files into a new one.

Each file is read by the strict rules of who would read it. An answer comes back as it was given, or `left-behind.json`
counts what the tool has no place for: nothing is lost in silence.
"""

import csv
import io
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pyarrow import parquet

from goldsmith.server.features.suggestions import NewSuggestion, add_suggestions
from tests.api.test_exchange import bring, take
from tests.support.exchange import zipped
from tests.support.records import Worker
from tests.support.releases import Releases

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

OPTIONS = [{"value": "x"}, {"value": "y"}, {"value": "z"}]
FIELDS = [
    {"name": "prompt", "type": "text"}, {"name": "chat", "type": "chat"},
    {"name": "reply_a", "type": "text"}, {"name": "reply_b", "type": "text"},
]  # fmt: skip
QUESTIONS: list[dict[str, Any]] = [
    {"name": "tone", "type": "label", "title": "Tone?", "options": OPTIONS, "allow_note": True},
    {"name": "area", "type": "label", "title": "Area?", "leaves_only": True,
     "options": [{"value": "money"}, {"value": "refund", "parent": "money"}, {"value": "other"}]},
    {"name": "amount", "type": "rating", "title": "How much?", "when": {"question": "area", "any_of": ["refund"]}},
    {"name": "topics", "type": "multi_label", "title": "Topics?", "options": OPTIONS},
    {"name": "marks", "type": "span", "title": "Marks?", "options": OPTIONS, "fields": ["prompt", "chat"]},
    {"name": "stars", "type": "rating", "title": "Stars?", "min": 1, "max": 7},
    {"name": "why", "type": "text", "title": "Why?"},
    {"name": "order", "type": "ranking", "title": "Order?", "options": OPTIONS},
    {"name": "best", "type": "ranking", "title": "Best?", "fields": ["reply_a", "reply_b"]},
    {"name": "better", "type": "preference", "title": "Better?", "a_field": "reply_a", "b_field": "reply_b",
     "strengths": 2},
    {"name": "fix", "type": "edit", "title": "Fix the prompt?", "field": "prompt"},
    {"name": "turns", "type": "edit", "title": "Fix the reply?", "field": "chat"},
]  # fmt: skip
PROMPT = "Ada 🚀 flew to Malta 🇲🇹."
CHAT = [{"role": "user", "content": "Hi 🚀 you"}, {"role": "assistant", "content": "🚀🚀 Yes."}]
FULL: dict[str, Any] = {
    "tone": "y", "area": "refund", "amount": 4, "topics": ["x", "z"],
    "marks": [{"field": "prompt", "start": 6, "end": 10, "label": "x", "note": "Really?"},
              {"field": "prompt", "start": 8, "end": 19, "label": "y"},
              {"field": "chat", "turn": 1, "start": 3, "end": 6, "label": "z"}],
    "stars": 6, "why": "Because 🚀 says so,\nand everybody who was asked says so, too.",
    "order": [["z"], ["x", "y"]], "best": [["reply_b"], ["reply_a"]], "better": {"choice": "b", "strength": 2},
    "fix": [{"text": "Ada flew to Malta."}], "turns": [{"turn": 1, "text": "Yes."}],
}  # fmt: skip
PLAIN: dict[str, Any] = {
    "tone": "x", "area": "other", "topics": [], "marks": [], "stars": 1, "why": "No.", "order": [["x"], ["y"], ["z"]],
    "best": [["reply_a", "reply_b"]], "better": {"choice": "tie"}, "fix": [], "turns": [],
}  # fmt: skip


@pytest.fixture
def project(api, make_project, make_person, database):
    """Answers that differ, that agree, a skip and a draft, a record for nobody; notes, comments and suggestions."""
    made = make_project(fields=FIELDS, questions=QUESTIONS, policy={"overlap": 2, "max_annotators": 2})
    path = f"/projects/{made['id']}"
    records = [
        {"external_id": f"r{at}", "metadata": {"source": f"web-{at}"},
         "fields": {"prompt": PROMPT, "chat": CHAT, "reply_a": f"A{at}", "reply_b": f"B{at}"}} for at in range(4)
    ]  # fmt: skip
    assert api.ok("POST", f"{path}/records", {"records": records})["rejected"] == []
    ada, bob = (Worker(make_person("annotator", made, name=name, email=f"{name}@example.com"), made)
                for name in ("ada", "bob"))  # fmt: skip
    for person, first in ((ada, FULL), (bob, PLAIN)):
        for answers in (first, FULL):
            body = {"answers": answers, "notes": {"tone": "Hm."} if answers is FULL else {}, "active_ms": 1500}
            person.do(person.next()[0], "answer", body)
    ada.do(ada.next()[0], "skip", {})
    (item,) = bob.next()
    bob.caller.ok("PUT", bob.task(item, "draft"), {"answers": {"tone": "z"}, "notes": {"tone": "Or y?"}})
    ids = {one["external_id"]: one["id"] for one in api.pages(f"{path}/records")}
    for about in ({"place": "record"}, {"place": "span", "field": "prompt", "start": 0, "end": 3}):
        api.ok("POST", f"{path}/threads", {"record_id": ids["r1"], "body": "Who is she?", "about": about})
    now = datetime(2026, 5, 4, tzinfo=UTC)
    proposed = [NewSuggestion(ids["r3"], name, FULL[name], "model-1", 0.5, 1, {}) for name in FULL]
    database.write_now(add_suggestions, made["id"], proposed, now)
    return made


KEPT: dict[str, dict[str, str]] = {
    "label_studio": {name: name for name in ("tone", "amount", "topics", "stars", "why", "order", "better", "fix")},
    "argilla": {name: name for name in ("tone", "area", "amount", "stars", "why", "order", "best")},
    "doccano": {"tone": "label"},
    "prodigy": {"tone": "choice", "why": "user_input"},
    "potato": {name: name for name in ("tone", "area", "amount", "topics", "stars", "why")},
}
"""Answers that come back as they were, by question: what it is called then."""
MARKS = {"label_studio": "marks", "argilla": "marks", "doccano": "entities", "prodigy": "spans", "potato": "marks"}
LEFT = {
    "label_studio": {
        "comments": 2, "condition_of_a_question": 1, "note_on_a_passage": 4, "note_on_an_answer": 4,
        "question_without_a_counterpart": 1, "rewritten_turn_of_a_chat": 5,
    },
    "argilla": {
        "choice_of_nothing": 1, "comments": 2, "condition_of_a_question": 1, "note_on_a_passage": 4,
        "note_on_an_answer": 4, "passage_in_a_chat": 4, "question_without_a_counterpart": 1,
        "rewritten_turn_of_a_chat": 4, "skip_without_a_response": 1, "strength_of_a_preference": 4,
        "time_of_an_answer": 6, "tree_of_labels": 1,
    },
    "doccano": {
        "answer_to_another_question": 39, "comments": 2, "note_on_a_passage": 3, "note_on_an_answer": 3,
        "passage_in_another_field": 3, "skip_or_draft": 2, "suggestion": 12, "time_of_an_answer": 4,
    },
    "prodigy": {
        "answer_to_another_question": 35, "comments": 2, "draft": 1, "duration_of_an_answer": 4,
        "note_on_a_passage": 3, "note_on_an_answer": 3, "passage_in_another_field": 3, "suggestion": 12,
    },
    "potato": {
        "answer_without_a_counterpart": 16, "comments": 2, "note_on_a_passage": 3, "note_on_an_answer": 3,
        "passage_in_another_field": 3, "question_without_a_counterpart": 4, "skip_or_draft": 2,
        "strength_of_a_preference": 3, "suggestion": 12, "time_of_an_answer": 4,
    },
}  # fmt: skip


@pytest.mark.parametrize("tool", KEPT)
def test_what_goes_to_another_tool_comes_back_or_is_counted(api, project, tool):
    files = take(api, project, tool)
    assert json.loads(files["left-behind.json"]) == LEFT[tool]
    again, job = bring(api, zipped(files))
    assert (job["result"]["records"], job["result"]["answers"], job["result"]["rejected"]) == (4, 4, 0)
    before, after = _told(api, project), _told(api, again)
    assert after.keys() == before.keys()
    for record, answers in before.items():
        for given, brought in zip(answers, after[record], strict=True):
            for ours, theirs in KEPT[tool].items():
                assert brought.get(theirs) == given.get(ours), (record, ours)
            marks = [_bare(one) for one in given["marks"] if one["field"] == "prompt"]
            assert [_bare(one) for one in brought[MARKS[tool]] if "turn" not in one] == marks
    records = {one["external_id"]: one for one in api.pages(f"/projects/{again['id']}/records")}
    assert sorted(records) == ["r0", "r1", "r2", "r3"]
    assert {one["metadata"]["source"] for one in records.values()} == {"web-0", "web-1", "web-2", "web-3"}


def _told(api: Any, project: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """By record what people answered, in an order that does not know their names."""
    found: dict[str, list[dict[str, Any]]] = {}
    for one in api.pages(f"/projects/{project['id']}/annotations"):
        if one["is_latest"] and one["kind"] == "answer":
            found.setdefault(one["external_id"], []).append(one["answers"])
    return {record: sorted(answers, key=_stars) for record, answers in found.items()}


def _stars(answers: dict[str, Any]) -> str:
    return str(answers.get("tone") or answers.get("label") or answers.get("choice"))


def _bare(span: dict[str, Any]) -> tuple[int, int, str]:
    return span["start"], span["end"], span["label"]


@pytest.fixture
def releases(app, api, project):
    return Releases(app, api, project)


REPLY = "Ada flew to Malta."
TRAINED: dict[str, tuple[dict[str, Any], Any]] = {
    "trl_sft": ({}, {"prompt": PROMPT, "completion": "B1"}),
    "trl_sft completion": ({"completion": "why", "prompt": "prompt"}, {"prompt": PROMPT, "completion": FULL["why"]}),
    "trl_preference": ({"question": "best"}, {"prompt": PROMPT, "chosen": "B1", "rejected": "A1"}),
    "trl_preference fix": ({"question": "fix", "prompt": "none"}, {"chosen": REPLY, "rejected": PROMPT}),
    "trl_kto": ({"good": "stars>=6", "completion": "reply_a", "prompt": "prompt"},
                {"prompt": PROMPT, "completion": "A1", "label": True}),
    "openai_chat": ({}, {"messages": [{"role": "user", "content": PROMPT}, {"role": "assistant", "content": "B1"}]}),
    "openai_dpo": ({"question": "better"}, {
        "input": {"messages": [{"role": "user", "content": PROMPT}], "tools": [], "parallel_tool_calls": True},
        "preferred_output": [{"role": "assistant", "content": "B1"}],
        "non_preferred_output": [{"role": "assistant", "content": "A1"}]}),
    "alpaca": ({}, {"instruction": PROMPT, "input": "", "output": "B1", "system": "", "history": []}),
    "alpaca_preference": ({"question": "better"}, {
        "instruction": PROMPT, "input": "", "chosen": "B1", "rejected": "A1", "system": "", "history": []}),
    "sharegpt": ({}, {"conversations": [{"from": "human", "value": PROMPT}, {"from": "gpt", "value": "B1"}],
                      "system": "", "tools": ""}),
    "sharegpt_preference": ({"question": "turns"}, {
        "conversations": [{"from": "human", "value": "Hi 🚀 you"}], "chosen": {"from": "gpt", "value": "Yes."},
        "rejected": {"from": "gpt", "value": "🚀🚀 Yes."}, "system": "", "tools": ""}),
    "trl_stepwise": ({"question": "marks", "bad": "x", "completion": "prompt", "prompt": "reply_a"},
                     {"prompt": "A1", "completions": [PROMPT], "labels": [False]}),
}  # fmt: skip


@pytest.mark.parametrize("form", TRAINED)
def test_every_format_of_a_trainer_has_the_row(releases, form):
    choices, row = TRAINED[form]
    assert releases.rows(releases.build(), format=form.partition(" ")[0], **choices) == [row]


def test_tables_hold_every_answer(releases, tmp_path):
    release = releases.build()
    (row,) = releases.rows(release)
    (cells,) = csv.DictReader(io.StringIO(releases.take(release, format="csv").decode()))
    (packed,) = parquet.read_table(io.BytesIO(releases.take(release, format="parquet"))).to_pylist()
    for name, given in FULL.items():
        assert _without_none(row[name]) == _without_none(packed[name]) == given, name
    for name in ("tone", "area", "why"):
        assert cells[name] == FULL[name]
    for name in ("topics", "marks", "order", "best", "fix", "turns"):
        assert _without_none(json.loads(cells[name])) == FULL[name], name
    assert (cells["amount"], cells["stars"], cells["better"], cells["better_strength"]) == ("4", "6", "b", "2")


def _without_none(value: Any) -> Any:
    """A value without the keys that only other rows need."""
    if isinstance(value, list):
        return [_without_none(one) for one in value]
    return {key: one for key, one in value.items() if one is not None} if isinstance(value, dict) else value
