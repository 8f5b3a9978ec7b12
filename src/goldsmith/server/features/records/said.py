"""What a record says, as plain text: its message, and beside it the background that the message is about."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Said(NamedTuple):
    """The message: text fields and turns of chats. The background: context documents. Each as a list of passages.

    A system turn is an instruction that many chats share; it counts as the message only where nothing else is said.
    The tools that a chat may call say nothing.
    """

    message: list[str]
    background: list[str]


def said_in(fields: Mapping[str, Any]) -> Said:
    """What the fields say, in the order in which they stand."""
    message: list[str] = []
    background: list[str] = []
    system: list[str] = []
    for value in fields.values():
        if isinstance(value, str):
            message.append(value)
            continue
        for one in value or ():
            if "content" in one:
                (system if one.get("role") == "system" else message).append(words_of(one))
            elif "text" in one:
                background.append(one["text"])
    return Said(message or system, background)


def words_of(turn: Mapping[str, Any]) -> str:
    """What a turn of a chat says, with the calls it makes."""
    calls = (call["function"] for call in turn.get("tool_calls") or ())
    return "\n".join(filter(None, [turn["content"], *(f"{one['name']} {one['arguments']}" for one in calls)]))
