"""Rows in the shapes that trainers read: each exact, each skipped row with its reason."""

import pytest

from tests.support.readers import openai_faults, read_as_llama_factory
from tests.support.records import Worker
from tests.support.releases import Releases, judge

FIELDS = [
    {"name": "prompt", "type": "chat"},
    {"name": "one", "type": "text"},
    {"name": "two", "type": "text"},
]
QUESTIONS = [
    {"name": "better", "type": "preference", "title": "?", "a_field": "one", "b_field": "two", "strengths": 0},
    {"name": "quality", "type": "rating", "title": "?", "required": False},
]
SYSTEM = {"role": "system", "content": "Be brief."}
HELLO, HI, MORE = (
    {"role": "user", "content": "Hello"}, {"role": "assistant", "content": "Hi"}, {"role": "user", "content": "More?"},
)  # fmt: skip
TOOL = {"role": "tool", "content": "42"}
CHATS = [[SYSTEM, HELLO, HI, MORE], [HELLO], [HELLO, HELLO], [HELLO, HI, TOOL]]
ANSWERS = [
    {"better": {"choice": "a"}, "quality": 5},
    {"better": {"choice": "b"}, "quality": 2},
    {"better": {"choice": "a"}},
    {"better": {"choice": "a"}, "quality": 5},
]


@pytest.fixture
def project(make_project):
    return make_project(fields=FIELDS, questions=QUESTIONS)


@pytest.fixture
def releases(app, api, project):
    return Releases(app, api, project)


@pytest.fixture
def release(api, project, releases, make_person):
    records = [
        {"external_id": f"r{at}", "fields": {"prompt": chat, "one": "Yes.", "two": "No."}}
        for at, chat in enumerate(CHATS)
    ]
    judge(api, project, records, (Worker(make_person("annotator"), project), ANSWERS))
    return releases.build()


@pytest.fixture
def taken(releases, release):
    def take(form, **more):
        rows = releases.rows(release, format=form, **more)
        skipped = releases.rows(release, format=form, part="skipped", **more)
        return rows, {one["id"]: one["reason"] for one in skipped}

    return take


def said(text, role="assistant"):
    return {"role": role, "content": text}


def test_kto_says_whether_a_completion_is_good_by_itself(taken):
    rows, skipped = taken("trl_kto", good="quality>=4")
    assert [(row["completion"][0]["content"], row["label"]) for row in rows] == [
        ("Yes.", True), ("No.", False), ("Yes.", True),
    ]  # fmt: skip
    assert skipped == {"r2": "not_judged"}


def test_kto_does_not_guess_what_is_good(releases, release):
    refused = releases.get(release, format="trl_kto")
    assert (refused.status_code, "with `good`" in refused.json()["detail"]) == (422, True)
    refused = releases.get(release, format="trl_sft", good="quality>=4")
    assert "has no option good" in refused.json()["detail"]


def test_openai_reads_messages(taken):
    rows, skipped = taken("openai_chat")
    assert rows[0] == {"messages": [SYSTEM, HELLO, HI, MORE, said("Yes.")]}
    assert skipped == {"r3": "tool_turn"}


def test_openai_reads_preferences(taken):
    rows, skipped = taken("openai_dpo")
    assert rows[1] == {
        "input": {"messages": [HELLO], "tools": [], "parallel_tool_calls": True},
        "preferred_output": [said("No.")],
        "non_preferred_output": [said("Yes.")],
    }
    assert skipped == {"r3": "tool_turn"}


@pytest.mark.parametrize("form", ["openai_chat", "openai_dpo"])
def test_openai_would_take_every_row(taken, form):
    rows, _ = taken(form)
    assert rows
    assert [fault for row in rows for fault in openai_faults(row)] == []


def test_openai_preferences_need_a_prompt(taken):
    assert taken("openai_dpo", prompt="none") == ([], dict.fromkeys(["r0", "r1", "r2", "r3"], "no_prompt"))


def test_alpaca_has_the_last_question_and_what_was_said_before(taken):
    rows, skipped = taken("alpaca")
    assert rows == [
        {"instruction": "More?", "input": "", "output": "Yes.", "system": "Be brief.", "history": [["Hello", "Hi"]]},
        {"instruction": "Hello", "input": "", "output": "No.", "system": "", "history": []},
    ]
    assert skipped == {"r2": "no_alternation", "r3": "no_alternation"}


def test_alpaca_preferences(taken):
    rows, _ = taken("alpaca_preference")
    assert rows[1] == {
        "instruction": "Hello", "input": "", "chosen": "No.", "rejected": "Yes.", "system": "", "history": [],
    }  # fmt: skip


def test_sharegpt_names_its_speakers(taken):
    rows, skipped = taken("sharegpt")
    assert rows[0] == {
        "conversations": [
            {"from": "human", "value": "Hello"}, {"from": "gpt", "value": "Hi"},
            {"from": "human", "value": "More?"}, {"from": "gpt", "value": "Yes."},
        ],
        "system": "Be brief.",
        "tools": "",
    }  # fmt: skip
    assert rows[-1]["conversations"][-2] == {"from": "observation", "value": "42"}
    assert skipped == {"r2": "no_alternation"}


def test_sharegpt_preferences(taken):
    rows, _ = taken("sharegpt_preference")
    assert rows[1] == {
        "conversations": [{"from": "human", "value": "Hello"}],
        "chosen": {"from": "gpt", "value": "No."},
        "rejected": {"from": "gpt", "value": "Yes."},
        "system": "",
        "tools": "",
    }


def test_a_release_tells_what_each_format_takes(release):
    told = {one["format"]: (one["rows"], one["skipped"]) for one in release["formats"] if not one["unavailable"]}
    assert told["openai_chat"] == (3, {"tool_turn": 1})
    assert told["alpaca"] == (2, {"no_alternation": 2})
    assert told["sharegpt_preference"] == (3, {"no_alternation": 1})
    assert "trl_kto" not in told


@pytest.mark.parametrize("form", ["alpaca", "alpaca_preference", "sharegpt", "sharegpt_preference"])
def test_llama_factory_reads_the_file_as_it_is_told(releases, release, tmp_path, form):
    releases.save(release, tmp_path, format=form)
    releases.save(release, tmp_path, format=form, part="dataset_info")
    (first, *_, last) = read_as_llama_factory(tmp_path)
    assert [turn["content"] for turn in first["prompt"]] == ["Hello", "Hi", "More?"]
    assert (first["system"], last["system"]) == ("Be brief.", "")
    replies = ["Yes.", "No."] if "preference" in form else ["Yes."]
    assert [turn["content"] for turn in first["response"]] == replies


def test_only_what_llama_factory_reads_has_a_dataset_info(releases, release):
    refused = releases.get(release, format="trl_sft", part="dataset_info")
    assert "alpaca and sharegpt have one" in refused.json()["detail"]


def test_a_card_goes_with_every_format(releases, release):
    for one in release["formats"]:
        assert releases.take(release, format=one["format"], part="card").startswith(b"---")
