"""Conditions on a row, written as `column operator value`: `quality>=4`, `intent=refund`, `harms!=hate`."""

import operator
import re
from collections.abc import Callable, Iterable
from typing import Any

from goldsmith.server.features.releases.columns import Column, Layout
from goldsmith.server.foundation.errors import Invalid

Test = Callable[[Any], bool]

_CONDITION = re.compile(r"([a-z][a-z0-9_]*)\s*(>=|<=|!=|=)\s*(.+)")
_COMPARE = {">=": operator.ge, "<=": operator.le, "=": operator.eq, "!=": operator.ne}
_NUMBERS = frozenset({"rating", "confidence", "count"})
_CHOICES = frozenset({"label", "method"})
_KNOWN = _NUMBERS | _CHOICES | {"multi_label", "preference"}


def conditions(layout: Layout, written: Iterable[str]) -> Test:
    """Whether a row meets every condition. A row without an answer meets none."""
    tests = [_test(layout, one) for one in written]
    if not tests:
        return lambda _: True
    return lambda row: all(test(row) for test in tests)


def readers_of(layout: Layout, written: Iterable[str]) -> list[Callable[[Any], Any]]:
    """Takes, for each condition, the value that it looks at; for conditions that `conditions` has accepted."""
    names = {parts[1] for one in written if (parts := _CONDITION.fullmatch(one.strip()))}
    return [layout.reader(column.source, column.key) for column in layout.columns if column.name in names]


def _test(layout: Layout, written: str) -> Test:
    parts = _CONDITION.fullmatch(written.strip())
    usable = [column for column in layout.columns if column.kind in _KNOWN]
    column = next((one for one in usable if parts and one.name == parts[1]), None)
    if parts is None or column is None:
        shown = ", ".join(one.name for one in usable)
        raise Invalid(
            f"'{written}' is no condition on this release. Expected one such as `quality>=4` or `intent=refund` "
            f"with one of: {shown}."
        )
    return _on(column, layout.reader(column.source, column.key), parts[2], parts[3])


def _on(column: Column, take: Callable[[Any], Any], sign: str, written: str) -> Test:
    compare = _COMPARE[sign]
    if column.kind in _NUMBERS:
        number = _number(column, written)
        return lambda row: (value := take(row)) is not None and compare(value, number)
    if sign not in ("=", "!="):
        raise Invalid(f"'{column.name}' is no number: compare it with = or !=.")
    wanted = sign == "="
    if column.kind == "multi_label":
        return lambda row: (value := take(row)) is not None and (written in value) is wanted
    if column.kind == "preference":
        return lambda row: (value := take(row)) is not None and (value.choice == written) is wanted
    return lambda row: (value := take(row)) is not None and (value == written) is wanted


def _number(column: Column, written: str) -> float:
    try:
        return float(written)
    except ValueError:
        raise Invalid(f"'{column.name}' is a number; got '{written}'.") from None
