"""Releases as other annotation tools take them: each record with its accepted answer, by nobody in particular.

An archive of the tool's files, made by the writers that take whole projects away (see the slice `exchange`).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from goldsmith.server.features.exchange import TOOLS, Given, Outgoing, Shape, Somebody, packed
from goldsmith.server.features.releases.columns import Layout

ARCHIVES = {f"{name}": f"{name.replace('_', '-')}.zip" for name in TOOLS}
"""The formats by name, and how their files end."""
_decode_lines = msgspec.json.Decoder().decode_lines
_ACCEPTED = Somebody("accepted")
_ORIGIN = {"label_studio": {"ground_truth": True, "completed_by": None}}


def tool_archive(tool: str, blocks: Iterable[bytes], layout: Layout, title: str, guideline: str) -> Iterator[bytes]:
    """The archive, block by block."""
    shape = Shape(layout.fields, layout.questions, title=title, guideline=guideline)
    take = _taking(layout, _ORIGIN.get(tool, {}))
    portions = ([take(row) for row in _decode_lines(block)] for block in blocks)
    return packed(TOOLS[tool].write(shape), portions)


def _taking(layout: Layout, origin: dict[str, Any]) -> Callable[[dict[str, Any]], Outgoing]:
    names = {source: [(column.key, column.name) for column in layout.columns if column.source == source]
             for source in ("field", "answer")}  # fmt: skip

    def take(row: dict[str, Any]) -> Outgoing:
        fields = {key: _bare(row[name]) for key, name in names["field"] if row[name] is not None}
        answers = {key: _bare(row[name]) for key, name in names["answer"] if row[name] is not None}
        return Outgoing(row["id"], fields, row["metadata"], [Given(_ACCEPTED, answers, origin=origin)])

    return take


def _bare(value: Any) -> Any:
    """The value without the keys that every row has but this one has no use for."""
    if isinstance(value, list):
        return [_bare(one) for one in value]
    return {key: one for key, one in value.items() if one is not None} if isinstance(value, dict) else value
