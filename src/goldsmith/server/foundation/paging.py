"""Keyset paging: a cursor is the last row's sort key, opaque to the caller."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Generic, TypeVar

import msgspec
from fastapi import Query
from pydantic import BaseModel, Field

from goldsmith.server.foundation.errors import Malformed

Item = TypeVar("Item")
Row = TypeVar("Row")
Limit = Annotated[int, Query(ge=1, le=1000, description="The most items to return.")]
Cursor = Annotated[
    str | None,
    Query(max_length=512, description="`next_cursor` of the page before; leave out for the first page."),
]


class Page(BaseModel, Generic[Item]):
    """Items in a stable order, and the cursor of the page after them (null at the end)."""

    items: list[Item]
    next_cursor: str | None = Field(default=None, description="Pass as `cursor` for the next page.")


def encode_cursor(*key: int | str | float) -> str:
    """Pack a sort key into an opaque, URL-safe string."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def decode_cursor(cursor: str | None, shape: type[Row]) -> Row | None:
    """Unpack a cursor into `shape` (a tuple type); a damaged one is the caller's mistake."""
    if cursor is None:
        return None
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        return msgspec.json.decode(raw, type=shape)
    except (binascii.Error, ValueError, msgspec.DecodeError):
        raise Malformed(
            "The cursor was not issued by this list. Expected the `next_cursor` of an earlier page; "
            "start again without a cursor."
        ) from None


def page_of(rows: Sequence[Row], limit: int, *, key: Callable[[Row], tuple], item: Callable[[Row], Item]) -> Page[Item]:
    """Make a page from up to `limit + 1` rows: the extra row only tells that more follow."""
    kept = rows[:limit]
    following = encode_cursor(*key(kept[-1])) if len(rows) > limit else None
    return Page(items=[item(row) for row in kept], next_cursor=following)
