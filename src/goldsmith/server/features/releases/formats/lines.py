"""Run a converter over the frozen rows: what it makes, or what it skips."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from goldsmith.server.features.releases.rows import Skip

Record = dict[str, Any]
Converter = Callable[[Record], Record | Skip]

_decode_lines = msgspec.json.Decoder().decode_lines
_encode_lines = msgspec.json.Encoder().encode_lines


def records_in(block: bytes) -> list[Record]:
    """The rows of a block of whole lines."""
    return _decode_lines(block)


def converted(blocks: Iterable[bytes], convert: Converter) -> Iterator[bytes]:
    """JSON lines of what the converter makes; skipped rows leave no trace here (see `skips`)."""
    for block in blocks:
        made = [one for one in map(convert, _decode_lines(block)) if type(one) is dict]
        if made:
            yield _encode_lines(made)


def skips(blocks: Iterable[bytes], convert: Converter) -> Iterator[bytes]:
    """JSON lines of what the converter skips: the row's id, the reason, the detail."""
    for block in blocks:
        left = [
            {"id": row["id"], "reason": one.reason, "detail": one.detail}
            for row in _decode_lines(block)
            if isinstance(one := convert(row), Skip)
        ]
        if left:
            yield _encode_lines(left)
