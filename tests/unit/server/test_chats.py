"""What a chat may hold beside role and content, and the one form into which it is brought."""

from typing import Any

import pytest

from goldsmith.server.features.projects import FieldSpec
from goldsmith.server.features.records.domain import searched_text
from goldsmith.server.features.records.said import said_in

CHAT = FieldSpec(name="conversation", type="chat")
TOOLS = FieldSpec(name="tools", type="tools")
CALL = {"id": "c1", "type": "function", "function": {"name": "weather", "arguments": '{"city":"Zürich"}'}}
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/a.png", "detail": "low"}}
DEEP: dict[str, Any] = {}
for _ in range(50):
    DEEP = {"in": DEEP}


def assistant(**more: Any) -> dict[str, Any]:
    return {"role": "assistant", "content": "", **more}


def test_a_conversation_with_tools_is_kept_as_openai_writes_it():
    talk = [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Weather?", "name": "Maria"},
        assistant(tool_calls=[CALL]),
        {"role": "tool", "content": "18 °C", "tool_call_id": "c1"},
        {"role": "assistant", "content": "18 degrees."},
    ]
    assert CHAT.check(talk) == talk
    assert CHAT.check(CHAT.check(talk)) == talk


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        pytest.param(assistant(content=None, tool_calls=[CALL]), assistant(tool_calls=[CALL]), id="no content"),
        pytest.param(
            assistant(tool_calls=[{"function": {"name": "f", "arguments": {"a": [1, "\x00x"]}}}]),
            assistant(tool_calls=[{"type": "function", "function": {"name": "f", "arguments": '{"a":[1,"x"]}'}}]),
            id="arguments as an object",
        ),
        pytest.param(
            assistant(tool_calls=[{"function": {"name": "f", "arguments": '{"a": broken'}}]),
            assistant(tool_calls=[{"type": "function", "function": {"name": "f", "arguments": '{"a": broken'}}]),
            id="arguments that a model got wrong",
        ),
        pytest.param(
            assistant(content=None, function_call={"name": "f", "arguments": "{}"}),
            assistant(tool_calls=[{"type": "function", "function": {"name": "f", "arguments": "{}"}}]),
            id="the function_call of older files",
        ),
        pytest.param({"role": "function", "name": "f", "content": "1"}, {"role": "tool", "content": "1", "name": "f"},
                     id="the function's turn of older files"),
        pytest.param({"role": "developer", "content": "x"}, {"role": "system", "content": "x"}, id="developer"),
        pytest.param(assistant(content="x", tool_calls=None, name=None, images=None), assistant(content="x"),
                     id="keys without a value"),
    ],
)  # fmt: skip
def test_other_ways_to_write_a_turn_are_brought_into_one(given: dict[str, Any], kept: dict[str, Any]):
    assert CHAT.check([given]) == [kept]


def test_content_in_parts_becomes_one_text_with_its_images_at_their_places():
    parts = [{"type": "text", "text": "Ünder"}, IMAGE, {"type": "text", "text": "this"}, {"type": "text", "text": "?"}]
    (turn,) = CHAT.check([{"role": "user", "content": parts}])
    assert turn["content"] == "Ünderthis\n\n?"
    assert turn["images"] == [{"url": "https://example.com/a.png", "detail": "low", "at": 5}]
    assert CHAT.check([turn]) == [turn]


@pytest.mark.parametrize(
    ("turn", "said"),
    [
        ({"role": "robot", "content": "x"}, "message 0: expected a role of"),
        ("x", "message 0: expected a role of"),
        ({"role": "user", "content": None}, "expected a text as content, or a list of parts, got nothing"),
        ({"role": "user", "content": [{"type": "input_audio"}]}, "part 0: expected a part of type text or image_url"),
        ({"role": "user", "content": [{"type": "image_url", "image_url": "javascript:alert(1)"}]}, "http or https"),
        ({"role": "user", "content": [{"type": "image_url", "image_url": "file:///etc/passwd"}]}, "http or https"),
        ({"role": "user", "content": [{"type": "image_url", "image_url": "data:image/svg+xml;base64,PHN2"}]}, "png"),
        ({"role": "user", "content": "x", "images": [{"url": "https://example.com", "at": 2}]}, "`at` from 0 to 1"),
        (assistant(tool_calls={"a": 1}), "expected tool_calls as a list"),
        (assistant(tool_calls=["f"]), "tool call 0: expected {id, type: function"),
        (assistant(tool_calls=[{"function": {"name": ""}}]), "name of tool call 0"),
        (assistant(tool_calls=[{"function": {"name": "f", "arguments": [1]}}]), "expected JSON text or an object"),
        (assistant(tool_calls=[{"function": {"name": "f", "arguments": DEEP}}]), "more than 32 levels"),
        (assistant(tool_calls=[{**CALL, "id": "a\nb"}]), "id of tool call 0"),
        ({"role": "tool", "content": "x", "tool_call_id": 7}, "tool_call_id"),
    ],
)
def test_what_a_turn_cannot_be_is_told(turn: Any, said: str):
    with pytest.raises(ValueError, match="message 0") as refused:
        CHAT.check([turn])
    assert said in str(refused.value)


def test_tools_are_kept_and_bare_functions_take_their_shape():
    function = {"name": "weather", "description": "Now", "parameters": {"type": "object", "properties": {}}}
    whole = {"type": "function", "function": function}
    assert TOOLS.check([function, whole]) == [whole, whole]
    for wrong in ("weather", [{"type": "function"}], [{"name": ""}], [{"name": "f", "parameters": DEEP}]):
        with pytest.raises(ValueError, match=r"expected|more than 32"):
            TOOLS.check(wrong)


def test_calls_are_found_and_compared_but_the_tools_on_offer_are_not():
    fields = {
        "conversation": CHAT.check([{"role": "user", "content": "Weather?"}, assistant(tool_calls=[CALL])]),
        "tools": TOOLS.check([{"name": "never_called"}]),
    }
    assert said_in(fields).message == ["Weather?", 'weather {"city":"Zürich"}']
    assert said_in(fields).background == []
    assert searched_text("r1", fields).split("\n") == ["r1", "Weather?", 'weather {"city":"Zürich"}', ""]
