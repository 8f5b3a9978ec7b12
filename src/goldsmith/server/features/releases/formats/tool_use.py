"""Calls of tools, their results and images, in the words of each trainer.

A release keeps turns as OpenAI has them, arguments as JSON text. TRL hands turns to chat templates, which want
arguments as objects; OpenAI wants every result to name its call; LLaMA-Factory knows one `function_call` and one
`observation` a turn. What a format has no words for is skipped with its reason, never dropped in silence.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Literal

import msgspec
from msgspec import UNSET, Struct, UnsetType

from goldsmith.server.features.releases.columns import Function, Image, Message, ToolCall
from goldsmith.server.features.releases.rows import Skip

IMAGE_TURN = Skip("image_turn", "the format has no words for images by their address")
TOOL_TURN = Skip("tool_turn", "a turn of a tool does not say which call it answers")
TOO_MUCH_IN_A_TURN = Skip("calls_beside_words", "a turn calls several tools, or says something beside its call")
NO_TOOLS = Skip("tool_turn", "the format has no words for calls of tools")

_SPOKEN = ("messages", "prompt", "completion", "chosen", "rejected")


class Part(Struct, gc=False, omit_defaults=True):
    """A piece of a turn: words or an image."""

    type: Literal["text", "image_url"]
    text: str | None = None
    image_url: dict[str, str] | None = None


class Called(Struct, gc=False):
    """A function with its arguments as an object."""

    name: str
    arguments: Any


class TrlCall(Struct, gc=False, omit_defaults=True):
    """A call as chat templates read it."""

    type: str
    function: Called
    id: str | None = None


class SpokenTurn(Struct, gc=False, omit_defaults=True):
    """A turn that says more than its role and a text."""

    role: str
    content: str | list[Part] | UnsetType = UNSET
    tool_calls: list[TrlCall] | list[ToolCall] | None = None
    tool_call_id: str | None = None
    name: str | None = None


def is_plain(turn: Message) -> bool:
    """Whether a turn is a role and a text, and nothing else."""
    return not (turn.tool_calls or turn.images or turn.role == "tool" or turn.name)


def in_trl(made: Struct) -> Struct | Skip:
    """A row with arguments as objects and its tools as JSON text, which TRL reads back."""
    changed: dict[str, Any] = {}
    for name in _SPOKEN:
        said = getattr(made, name, None)
        if isinstance(said, list) and not all(map(is_plain, said)):
            if any(turn.images for turn in said):
                return IMAGE_TURN
            changed[name] = [_trl_turn(turn) for turn in said]
    if (tools := getattr(made, "tools", UNSET)) is not UNSET:
        changed["tools"] = json_text(tools)
    return msgspec.structs.replace(made, **changed) if changed else made


def in_openai(messages: Sequence[Message]) -> list[Any] | Skip:
    """Turns in which every call has an id and every result names its call, in the order in which they stand."""
    if all(map(is_plain, messages)):
        return list(messages)
    turns: list[Any] = []
    waiting: list[str] = []
    for at, turn in enumerate(messages):
        if turn.role == "tool":
            answered = turn.tool_call_id or next(iter(waiting), None)
            if answered not in waiting:
                return TOOL_TURN
            waiting.remove(answered)
            turns.append(SpokenTurn("tool", turn.content, tool_call_id=answered))
            continue
        calls = [_with_id(call, f"call_{at}_{nth}") for nth, call in enumerate(turn.tool_calls or ())]
        waiting = [call.id for call in calls if call.id]
        content = UNSET if calls and not turn.content else _parts(turn)
        turns.append(SpokenTurn(turn.role, content, calls or None, name=turn.name))
    return turns


def in_sharegpt(turn: Message) -> tuple[str, str] | Skip:
    """(from, value): a call is a `function_call`, a result an `observation`."""
    if turn.images:
        return IMAGE_TURN
    if not turn.tool_calls:
        return {"user": "human", "tool": "observation", "assistant": "gpt"}.get(turn.role, turn.role), turn.content
    if len(turn.tool_calls) > 1 or turn.content:
        return TOO_MUCH_IN_A_TURN
    function = turn.tool_calls[0].function
    return "function_call", json_text(Called(function.name, _arguments(function)))


def bare_functions(tools: Any) -> str:
    """The tools as LLaMA-Factory reads them: JSON text of their functions; empty where there are none."""
    return json_text([tool["function"] for tool in tools]) if tools and tools is not UNSET else ""


def json_text(value: Any) -> str:
    """JSON as a text."""
    return msgspec.json.encode(value).decode()


def _trl_turn(turn: Message) -> Message | SpokenTurn:
    if is_plain(turn):
        return turn
    calls = [TrlCall(call.type, Called(call.function.name, _arguments(call.function)), call.id)
             for call in turn.tool_calls or ()]  # fmt: skip
    return SpokenTurn(turn.role, turn.content, calls or None, turn.tool_call_id, turn.name)


def _arguments(function: Function) -> Any:
    """An object where the model wrote one; what is no JSON stays the text it is."""
    try:
        found = msgspec.json.decode(function.arguments)
    except (msgspec.DecodeError, RecursionError):
        return function.arguments
    return found if isinstance(found, dict) else function.arguments


def _with_id(call: ToolCall, otherwise: str) -> ToolCall:
    return call if call.id else msgspec.structs.replace(call, id=otherwise)


def _parts(turn: Message) -> str | list[Part]:
    """The text cut at its images."""
    if not turn.images:
        return turn.content
    places = [0, *(image.at for image in turn.images), len(turn.content)]
    texts = [turn.content[start:end] for start, end in pairwise(places)]
    parts: list[Part] = []
    for text, image in zip(texts, [*turn.images, None], strict=True):
        parts += [Part("text", text=text)] if text else []
        parts += [Part("image_url", image_url=_image(image))] if image else []
    return parts


def _image(image: Image) -> dict[str, str]:
    return {"url": image.url} | ({"detail": image.detail} if image.detail else {})
