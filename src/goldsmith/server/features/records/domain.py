"""The rules of records: their states, their limits, and which metadata makes a facet."""

from enum import StrEnum
from typing import Any

from goldsmith.server.features.records.said import words_of

MAX_EXTERNAL_ID = 200
MAX_METADATA_KEYS = 100
MAX_DEPTH = 32
"""Lists and objects may lie in each other this deep; much deeper, nothing could write them as JSON again."""
MAX_RECORD_BYTES = 2 * 1_048_576
MAX_FACET_KEYS = 100
MAX_FACET_VALUES = 200
"""A metadata key with more distinct values than this tells records apart rather than grouping them: no facet."""
MAX_KEY_LENGTH = 100
MAX_VALUE_LENGTH = 200
SEARCHED_CHARACTERS = 100_000
"""Full-text search looks at this much of a record."""


class RecordState(StrEnum):
    """How far a record is. `new`: nobody answered; `disputed`: an expert must; `resolved`: an answer is accepted."""

    NEW = "new"
    IN_PROGRESS = "in_progress"
    DISPUTED = "disputed"
    RESOLVED = "resolved"


DELETED = "deleted"
"""The state, and the content hash, of a record that was deleted: nobody sees it, and no state follows but the last."""


def facet_value(value: Any) -> str | None:
    """A metadata value as a facet shows it; None for one that makes no facet."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str | int):
        told = str(value)
        return told if 0 < len(told) <= MAX_VALUE_LENGTH else None
    return None


def searched_text(external_id: str, fields: dict[str, Any]) -> str:
    """What full-text search knows of a record."""
    words = [value if isinstance(value, str) else _all_words(value) for value in fields.values()]
    return "\n".join([external_id, *words])[:SEARCHED_CHARACTERS]


def _all_words(value: list[dict[str, Any]]) -> str:
    return "\n".join(words_of(one) if "content" in one else one.get("text") or "" for one in value)
