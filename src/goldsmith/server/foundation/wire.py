"""Types that many wire shapes share, and what is said of input that does not fit them."""

from collections.abc import Mapping
from typing import Annotated, Any

from annotated_types import Ge, Le

LARGEST_ID = 2**63 - 1

AnyId = Annotated[int, Ge(1), Le(LARGEST_ID)]
"""An id as a path, query or body value: any number a database could have issued."""

_NO_OBJECT = {"dict_type", "model_type", "model_attributes_type"}


def in_words(fault: Mapping[str, Any]) -> str:
    """What one of pydantic's faults says, without words of its own trade."""
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return "expected an object" if fault["type"] in _NO_OBJECT else str(fault["msg"])
