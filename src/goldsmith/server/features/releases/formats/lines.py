"""Run a converter over the frozen rows: what it makes, or what it skips."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.rows import Skip

Record = Any
"""A typed row of the release, see `Layout.row_type`."""
Converter = Callable[[Record], msgspec.Struct | Skip]

_encode_lines = msgspec.json.Encoder().encode_lines


def converted(blocks: Iterable[bytes], layout: Layout, convert: Converter) -> Iterator[bytes]:
    """JSON lines of what the converter makes; skipped rows leave no trace here (see `skips`)."""
    for block in blocks:
        made = [one for one in map(convert, layout.decode_lines(block)) if type(one) is not Skip]
        if made:
            yield _encode_lines(made)


def skips(blocks: Iterable[bytes], layout: Layout, convert: Converter) -> Iterator[bytes]:
    """JSON lines of what the converter skips: the row's id, the reason, the detail."""
    name = layout.reader("record", "external_id")
    for block in blocks:
        left = [
            {"id": name(row), "reason": one.reason, "detail": one.detail}
            for row in layout.decode_lines(block)
            if isinstance(one := convert(row), Skip)
        ]
        if left:
            yield _encode_lines(left)
