"""Types that many wire shapes share, and what is said of input that does not fit them."""

import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from annotated_types import Ge, Le
from pydantic import AfterValidator, AwareDatetime

LARGEST_ID = 2**63 - 1

AnyId = Annotated[int, Ge(1), Le(LARGEST_ID)]
"""An id as a path, query or body value: any number a database could have issued."""


def _on_one_line(text: str) -> str:
    """The text as people see it (NFC), which names must be told apart by; no control characters."""
    for at, character in enumerate(text, 1):
        if unicodedata.category(character) in _NOT_IN_NAMES:
            code = f"U+{ord(character):04X}"
            raise ValueError(f"expected text on one line; character {at} is the control character {code}; remove it")
    return unicodedata.normalize("NFC", text)


_NOT_IN_NAMES = {"Cc", "Zl", "Zp"}
OnOneLine = AfterValidator(_on_one_line)
"""Marks a name: `Name = Annotated[str, StringConstraints(max_length=200), OnOneLine]`."""


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise ValueError("expected a time of the years 1 to 9999 in UTC, too") from None


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A point in time as it comes in: with its zone, kept in UTC."""

_NO_OBJECT = {"dict_type", "model_type", "model_attributes_type"}


def in_words(fault: Mapping[str, Any]) -> str:
    """What one of pydantic's faults says, without words of its own trade."""
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return "expected an object" if fault["type"] in _NO_OBJECT else str(fault["msg"])
