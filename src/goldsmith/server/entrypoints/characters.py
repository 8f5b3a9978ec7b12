"""No text with a character that cannot be kept gets in: NUL, which PostgreSQL has no place for, and half characters.

One rule for every JSON body on both engines, told with the place. Records have their own, told for each record: a bad
one does not hold up the others. Almost every body is passed by one search through its bytes.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from fastapi import Request

from goldsmith.server.foundation.errors import Invalid, Pointer

_SUSPECT = re.compile(rb"\\u(?:0000|d[89a-f])", re.IGNORECASE)
_OWN_RULE = "/records"
_MOST_TOLD = 10


async def only_storable(request: Request) -> None:
    """Refuse a JSON body that holds a character that no database keeps."""
    if getattr(request.scope["route"], "body_field", None) is None or request.url.path.endswith(_OWN_RULE):
        return
    body = await request.body()
    if not _SUSPECT.search(body):
        return
    faults = tuple(Pointer(at or "/", told) for at, told in _unstorable(json.loads(body), ""))[:_MOST_TOLD]
    if faults:
        raise Invalid(f"Correct the fields named here. {faults[0].pointer}: {faults[0].detail}", errors=faults)


def _unstorable(value: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from ((f"{at}/...", told) for told in _faults(name))
            yield from _unstorable(one, f"{at}/{name}")
    elif isinstance(value, list):
        for n, one in enumerate(value):
            yield from _unstorable(one, f"{at}/{n}")
    elif isinstance(value, str):
        yield from ((at, told) for told in _faults(value))


def _faults(text: str) -> Iterator[str]:
    if "\x00" in text:
        yield f"character {text.index(chr(0)) + 1} is NUL (U+0000), which cannot be kept; remove it"
    if half := _HALF.search(text):
        yield f"character {half.start() + 1} is half of a surrogate pair, which is no character; remove it"


_HALF = re.compile("[\ud800-\udfff]")
