"""Prompts, replies and messages: a text or a chat field, brought into what TRL reads.

TRL wants `prompt`, `completion`, `chosen` and `rejected` of a row to be all texts, or all lists of messages.
"""

from collections.abc import Sequence
from typing import Any, Literal

from msgspec.structs import replace

from goldsmith.server.features.projects import FieldSpec
from goldsmith.server.features.releases.columns import Image, Layout, Message
from goldsmith.server.foundation.errors import Invalid

PROMPT_NAMES = ("prompt", "conversation", "messages", "instruction", "question", "query", "input", "text")
Role = Literal["user", "assistant"]
REPLY_NAMES = ("completion", "response", "reply", "output", "answer")

Said = str | list[Message]


def spoken_fields(layout: Layout, but: Sequence[str] = ()) -> list[FieldSpec]:
    """The fields that hold what somebody says: texts and chats, not context documents."""
    return [field for field in layout.fields if field.type in ("text", "chat") and field.name not in but]


def named_field(layout: Layout, name: str, purpose: str) -> FieldSpec:
    """The text or chat field of this name, or an error that lists them."""
    for field in spoken_fields(layout):
        if field.name == name:
            return field
    shown = ", ".join(field.name for field in spoken_fields(layout)) or "none"
    raise Invalid(f"'{name}' cannot be the {purpose}: it is no text or chat field. This release has: {shown}.")


def likely_field(fields: Sequence[FieldSpec], names: Sequence[str]) -> FieldSpec | None:
    """The field with the first of these names, or the only one there is."""
    by_name = {field.name: field for field in fields}
    found = next((by_name[name] for name in names if name in by_name), None)
    return found or (fields[0] if len(fields) == 1 else None)


def as_messages(said: Said, role: Role) -> list[Message]:
    """A list of messages; a text is one message of this role."""
    return [Message(role, said)] if isinstance(said, str) else said


def after(prompt: Said, reply: list[Message]) -> list[Message]:
    """The messages of a reply without those of the prompt, where the reply repeats the whole conversation."""
    repeats = isinstance(prompt, list) and len(reply) > len(prompt) and reply[: len(prompt)] == prompt
    return reply[len(prompt) :] if repeats else reply


def is_blank(said: Any) -> bool:
    """Whether nothing is said."""
    if isinstance(said, str):
        return not said or said.isspace()
    return said is None or all(is_silent(message) for message in said)


def is_silent(message: Message) -> bool:
    """Whether a turn says nothing, calls nothing and shows nothing."""
    return is_blank(message.content) and not (message.tool_calls or message.images)


def rewritten_turn(turn: Message, text: str) -> Message:
    """A turn with another text; its images stay where they were, or at the end of a shorter text."""
    images = turn.images and [Image(one.url, min(one.at, len(text)), one.detail) for one in turn.images]
    return replace(turn, content=text, images=images)
