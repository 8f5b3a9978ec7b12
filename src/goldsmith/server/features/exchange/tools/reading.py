"""What every reader needs of a loosely typed row: texts, moments, durations."""

from collections.abc import Container
from datetime import UTC, datetime
from typing import Any

import msgspec


def as_text(value: Any) -> str | None:
    """A value as text: numbers as they are written, lists and objects as JSON; None stays None."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool | int | float):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return msgspec.json.encode(value, enc_hook=str).decode()


def as_moment(value: Any) -> datetime | None:
    """A moment as ISO 8601 text or seconds since 1970; without a zone it is UTC."""
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return None


def as_ms(seconds: Any) -> int:
    """A duration in seconds as milliseconds; 0 where it is none, and a day at most."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds < 1e9:
        return 0
    return min(round(seconds * 1000), 86_400_000)


def without(values: dict[str, Any], names: Container[str]) -> dict[str, Any]:
    """The values of every other name."""
    return {name: value for name, value in values.items() if name not in names}
