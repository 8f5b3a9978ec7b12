"""Calls, results, tools and images in each trainer's words; what a format lacks words for is skipped and told."""

import json
from typing import Any

import msgspec
import pytest

from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.formats import TRAINERS, Wish
from goldsmith.server.features.releases.rows import Skip
from tests.unit.server.test_formats_trl import layout, question

CHAT, TOOLS = {"name": "conversation", "type": "chat"}, {"name": "tools", "type": "tools", "required": False}
FUNCTION = {"name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}
OFFERED = [{"type": "function", "function": FUNCTION}]
EQUIPPED = layout([CHAT, TOOLS], question("note", required=False))
BARE = layout([CHAT], question("note", required=False))


def call(name: str = "weather", arguments: str = '{"city": "Bern"}', **more: Any) -> dict[str, Any]:
    return {"type": "function", "function": {"name": name, "arguments": arguments}, **more}


def calls(*made: dict[str, Any], content: str = "") -> dict[str, Any]:
    return {"role": "assistant", "content": content, "tool_calls": list(made)}


ASK = {"role": "user", "content": "Weather?"}
RESULT = {"role": "tool", "content": "18", "tool_call_id": "c1"}
ANSWER = {"role": "assistant", "content": "18 degrees."}
TALK = [ASK, calls(call(id="c1")), RESULT, ANSWER]
PICTURE = {"role": "user", "content": "What is this?", "images": [{"url": "https://example.com/a.png", "at": 0}]}


def made(form: str, where: Layout, talk: list[Any], **more: Any) -> Any:
    row = {"id": "r", "metadata": {}, "method": "consensus", "confidence": 1.0, "n_annotators": 1, "note": None}
    (frozen,) = where.decode_lines(msgspec.json.encode(row | {"conversation": talk} | more))
    found = TRAINERS[form].make(where, Wish())(frozen)
    return found.reason if isinstance(found, Skip) else json.loads(msgspec.json.encode(found))


def test_trl_takes_arguments_as_objects_and_tools_as_json():
    row = made("trl_sft", EQUIPPED, TALK, tools=OFFERED)
    (called,) = row["messages"][1]["tool_calls"]
    assert called == {"type": "function", "function": {"name": "weather", "arguments": {"city": "Bern"}}, "id": "c1"}
    assert row["messages"][2] == RESULT
    assert json.loads(row["tools"]) == OFFERED


def test_arguments_that_are_no_json_stay_the_text_the_model_wrote():
    row = made("trl_sft", BARE, [ASK, calls(call(arguments="{city: Bern"))])
    assert row["messages"][1]["tool_calls"][0]["function"]["arguments"] == "{city: Bern"
    assert "tools" not in row


def test_a_conversation_may_end_in_a_call():
    assert made("trl_sft", BARE, [ASK, calls(call())])["messages"][-1]["content"] == ""
    assert made("trl_sft", BARE, [ASK, {"role": "assistant", "content": ""}]) == "no_assistant_turn"


def test_openai_has_calls_results_tools_and_images_word_for_word():
    row = made("openai_chat", EQUIPPED, TALK, tools=OFFERED)
    assert row == {"messages": [ASK, {"role": "assistant", "tool_calls": [call(id="c1")]}, RESULT, ANSWER],
                   "tools": OFFERED}  # fmt: skip
    shown = made("openai_chat", BARE, [PICTURE, ANSWER])["messages"][0]["content"]
    assert shown == [{"type": "image_url", "image_url": {"url": "https://example.com/a.png"}},
                     {"type": "text", "text": "What is this?"}]  # fmt: skip


def test_results_without_an_id_answer_the_calls_before_them_in_order():
    result = {"role": "tool", "content": "1"}
    talk = [ASK, calls(call("one"), call("two")), result, result | {"content": "2"}, ANSWER]
    _, said, first, second, _ = made("openai_chat", BARE, talk)["messages"]
    assert [one["id"] for one in said["tool_calls"]] == [first["tool_call_id"], second["tool_call_id"]]
    assert made("openai_chat", BARE, [ASK, result, ANSWER]) == "tool_turn"
    assert made("openai_chat", BARE, [ASK, calls(call(id="c9")), RESULT, ANSWER]) == "tool_turn"


def test_sharegpt_has_one_function_call_and_one_observation_a_turn():
    row = made("sharegpt", EQUIPPED, TALK, tools=OFFERED)
    assert [turn["from"] for turn in row["conversations"]] == ["human", "function_call", "observation", "gpt"]
    assert json.loads(row["conversations"][1]["value"]) == {"name": "weather", "arguments": {"city": "Bern"}}
    assert json.loads(row["tools"]) == [FUNCTION]
    assert made("sharegpt", BARE, [ASK, calls(call(), call())]) == "calls_beside_words"
    assert made("sharegpt", BARE, [ASK, calls(call(), content="Let me look.")]) == "calls_beside_words"


@pytest.mark.parametrize(
    ("form", "talk", "reason"),
    [
        ("trl_sft", [PICTURE, ANSWER], "image_turn"),
        ("sharegpt", [PICTURE, ANSWER], "image_turn"),
        ("alpaca", [PICTURE, ANSWER], "image_turn"),
        ("alpaca", TALK, "tool_turn"),
    ],
)
def test_what_a_format_has_no_words_for_is_skipped(form: str, talk: list[Any], reason: str):
    assert made(form, BARE, talk) == reason


def test_a_rewritten_turn_keeps_its_calls_and_images():
    edit = {"name": "better", "type": "edit", "title": "Rewrite", "field": "conversation", "roles": ["assistant"]}
    where = layout([CHAT], edit)
    said = calls(call(id="c1"), content="Wait.") | {"images": [{"url": "https://example.com/a.png", "at": 5}]}
    rewrite = [{"text": "One.", "turn": 1}]
    (chat,) = [made("openai_chat", where, [ASK, said], better=rewrite)["messages"]]
    assert chat[1]["tool_calls"] == [call(id="c1")]
    assert chat[1]["content"][0] == {"type": "text", "text": "One."}
    pair = made("trl_preference", where, [ASK, calls(call(), content="Wait.")], better=rewrite)
    assert [turn["content"] for turn in (*pair["chosen"], *pair["rejected"])] == ["One.", "Wait."]
    assert pair["chosen"][0]["tool_calls"] == pair["rejected"][0]["tool_calls"]
