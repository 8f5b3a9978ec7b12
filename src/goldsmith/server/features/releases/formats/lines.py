"""Run a converter over the frozen rows: what it makes, or what it skips."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from goldsmith.server.features.releases.columns import Layout
from goldsmith.server.features.releases.rows import Skip

Record = Any
"""A typed row of the release, see `Layout.row_type`."""
Converter = Callable[[Record], msgspec.Struct | Skip]

_encode_lines = msgspec.json.Encoder().encode_lines


def converted(blocks: Iterable[bytes], layout: Layout, converts: Sequence[Converter]) -> Iterator[bytes]:
    """JSON lines of what each of the converters makes of each row; skipped rows leave no trace here (see `skips`)."""
    for block in blocks:
        rows = layout.decode_lines(block)
        made = [one for row in rows for convert in converts if type(one := convert(row)) is not Skip]
        if made:
            yield _encode_lines(made)


def skips(blocks: Iterable[bytes], layout: Layout, converts: Sequence[Converter]) -> Iterator[bytes]:
    """JSON lines of what the converters skip: the row's id, the reason, the detail."""
    name = layout.reader("record", "external_id")
    for block in blocks:
        left = [
            {"id": name(row), "reason": one.reason, "detail": one.detail}
            for row in layout.decode_lines(block)
            for one in _skips_of(row, converts)
        ]
        if left:
            yield _encode_lines(left)


def _skips_of(row: Record, converts: Sequence[Converter]) -> Iterable[Skip]:
    """Why converters skip the row, each reason once."""
    made = [convert(row) for convert in converts]
    return dict.fromkeys(one for one in made if isinstance(one, Skip))
