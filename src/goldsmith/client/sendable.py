"""What cannot be sent as JSON is told with the place where it lies, before anything is sent."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from goldsmith.client.errors import Fault, Invalid


def unsendable(body: Any) -> Invalid | None:
    """The refusal of a body that JSON cannot hold; None if it can."""
    faults = [Fault(pointer, told) for pointer, told in _odd(body, "")]
    if not faults:
        return None
    told = "; ".join(f"{one.pointer or '/'}: {one.detail}" for one in faults[:3])
    return Invalid(f"Nothing was sent. {told}", title="That cannot be sent as JSON", faults=faults)


def _odd(value: Any, at: str) -> Iterator[tuple[str, str]]:
    """(place, what is wrong there) of everything that JSON has no words for."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            yield from _odd(one, f"{at}/{name}")
    elif isinstance(value, list | tuple):
        for n, one in enumerate(value):
            yield from _odd(one, f"{at}/{n}")
    elif isinstance(value, float) and not math.isfinite(value):
        yield at, f"{value} is no number in JSON; give None, or leave it out"
    elif isinstance(value, str) and not _is_text(value):
        yield at, "half of a surrogate pair is no character; remove it"
    elif value is not None and not isinstance(value, str | int | float):
        yield at, f"expected text, number, true, false, None, list or dict; got a {type(value).__name__}"


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
