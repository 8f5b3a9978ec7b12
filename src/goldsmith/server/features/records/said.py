"""What a record says, as plain text: its message, and beside it the background that the message is about."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple


class Said(NamedTuple):
    """The message: text fields and turns of chats. The background: context documents. Each as a list of passages.

    A system turn is an instruction that many chats share; it counts as the message only where nothing else is said.
    """

    message: list[str]
    background: list[str]


def said_in(fields: Mapping[str, Any]) -> Said:
    """What the fields say, in the order in which they stand."""
    said, system = Said([], []), []
    for value in fields.values():
        for part, passage in _passages(value):
            (system if part == "system" else said[part == "background"]).append(passage)
    return said if said.message or not system else Said(system, said.background)


def _passages(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield "message", value
    elif isinstance(value, list):
        for one in value:
            if "content" in one:
                yield ("system" if one.get("role") == "system" else "message"), one["content"]
            else:
                yield "background", one.get("text", "")
