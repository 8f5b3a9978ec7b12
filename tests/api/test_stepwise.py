"""Stepwise rows: the steps of a text or a chat, each right or wrong by what people marked in it."""

import pytest

from tests.support.records import Worker
from tests.support.releases import Releases, judge

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])
FIELDS = [
    {"name": "problem", "type": "text"},
    {"name": "solution", "type": "text", "required": False},
    {"name": "talk", "type": "chat", "required": False},
]
QUESTION = {
    "name": "faults", "type": "span", "title": "What is wrong?", "fields": ["solution", "talk"], "required": False,
    "options": [{"value": "wrong"}, {"value": "clumsy"}],
}  # fmt: skip
PARAGRAPHS = "Let x = 2.\n\nThen x² = 5,\nas 2 · 2 = 5. 😀\n \n  So it is odd."
LINES = "1 + 1 = 2\n2 + 1 = 4"
USER = {"role": "user", "content": "And then?"}


def step(text):
    return {"role": "assistant", "content": text}


CHAIN = [{"role": "system", "content": "Reason."}, {"role": "user", "content": "2 + 2?"}, step("2 + 2"), step("= 5")]
RECORDS = [
    {"problem": "Odd?", "solution": PARAGRAPHS},
    {"problem": "Sum?", "solution": LINES},
    {"problem": "Talk", "talk": CHAIN},
    {"problem": "Talk", "talk": [*CHAIN, USER]},
    {"problem": "Nothing", "solution": " \n "},
]


def mark(text, phrase, label="wrong"):
    at = text.index(phrase)
    return {"field": "solution", "start": at, "end": at + len(phrase), "label": label}


ANSWERS = [
    {"faults": [mark(PARAGRAPHS, "2 · 2 = 5. 😀"), mark(PARAGRAPHS, "odd", "clumsy")]},
    {"faults": []},
    {"faults": [{"field": "talk", "turn": 3, "start": 2, "end": 3, "label": "wrong"}]},
    {"faults": []},
    {"faults": []},
]


@pytest.fixture
def taken(app, api, make_project, make_person):
    project = make_project(fields=FIELDS, questions=[QUESTION])
    records = [{"external_id": f"r{at}", "fields": fields} for at, fields in enumerate(RECORDS)]
    judge(api, project, records, (Worker(make_person("annotator"), project), ANSWERS))
    releases = Releases(app, api, project)
    release = releases.build()

    def take(**options):
        answer = releases.get(release, format="trl_stepwise", **options)
        if answer.status_code != 200:
            return answer.json()["detail"]
        skipped = releases.rows(release, format="trl_stepwise", part="skipped", **options)
        rows = releases.rows(release, format="trl_stepwise", **options)
        return rows, {one["id"]: one["reason"] for one in skipped}

    return take


def test_a_step_that_a_marked_passage_touches_is_wrong(taken):
    rows, skipped = taken(completion="solution", bad="wrong", prompt="problem")
    assert rows == [
        {"prompt": "Odd?", "completions": ["Let x = 2.", "Then x² = 5,\nas 2 · 2 = 5. 😀", "So it is odd."],
         "labels": [True, False, True]},
        {"prompt": "Sum?", "completions": ["1 + 1 = 2", "2 + 1 = 4"], "labels": [True, True]},
    ]  # fmt: skip
    assert skipped == {"r2": "no_steps", "r3": "no_steps", "r4": "no_steps"}


def test_other_labels_can_mean_wrong_too(taken):
    rows, _ = taken(completion="solution", bad=["wrong", "clumsy"], prompt="problem")
    assert rows[0]["labels"] == [True, False, False]


def test_the_turns_of_a_chat_are_steps(taken):
    rows, skipped = taken(completion="talk", bad="wrong")
    assert rows == [{"prompt": "Reason.\n\n2 + 2?", "completions": ["2 + 2", "= 5"], "labels": [True, False]}]
    assert skipped["r3"] == "interrupted_steps"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"completion": "solution", "prompt": "problem"}, "mark a wrong step, with `bad`: wrong, clumsy"),
        ({"completion": "solution", "prompt": "problem", "bad": "silly"}, "'silly' is no label of 'faults'"),
        ({"bad": "wrong"}, "with `completion`. 'faults' marks: solution, talk"),
        ({"completion": "solution", "bad": "wrong", "prompt": "talk"}, "Name the text field that is the prompt"),
        ({"completion": "solution", "bad": "wrong", "question": "other"}, "This release has: faults"),
    ],
)
def test_what_is_missing_is_told(taken, options, told):
    assert told in taken(**options)
