"""Walk through the records that fit, window by window, in bounded time.

What one request looks at is bounded by a budget of time, so that a filter that fits almost nothing among millions
costs many short requests instead of one long one: a page may then be short, or empty, and still not be the last.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sqlalchemy import Connection, Row, text

from goldsmith.server.features.records.filters import Condition
from goldsmith.server.features.records.words import WHOLE_PROJECT, block_edge, block_word
from goldsmith.server.foundation.wire import LARGEST_ID

Sort = Literal["id", "-id"]
BEGINNING = {"id": 0, "-id": LARGEST_ID}
_BUDGET_S = 0.02
_LARGEST_WINDOW = 2_000
_QUICK_S = 0.0025
"""A block that took no longer than this is followed by one eight times as large."""


@dataclass(frozen=True, slots=True)
class Window:
    """Some candidates, each with whether it fits, and the id beyond which to go on (None at the end)."""

    rows: Sequence[Row[Any]]
    beyond: int | None


class Walker(Protocol):
    """Gives one window after the other."""

    def look(self, after: int) -> Window:
        """The window that begins beyond `after`."""
        ...


def walk(
    tx: Connection, project_id: int, conditions: list[Condition], *, after: int, sort: Sort, limit: int
) -> tuple[list[int], int | None]:
    """Up to `limit` ids that fit, and where to go on: None once every record was looked at."""
    leading, *others = sorted(conditions, key=lambda condition: condition.count)
    make = _Blocks if leading.by_block else _Rows
    walker: Walker = make(tx, project_id, leading, others, sort, limit)
    ids: list[int] = []
    ends_at = time.monotonic() + _BUDGET_S
    while True:
        window = walker.look(after)
        for row in window.rows:
            if len(ids) == limit:
                return ids, ids[-1]
            if row.fits:
                ids.append(row.id)
        if window.beyond is None or time.monotonic() > ends_at:
            return ids, window.beyond
        after = window.beyond


class _Rows:
    """Walks an index that lists its records in id order: so many rows at a time, more each time nothing is found."""

    def __init__(
        self, tx: Connection, project_id: int, leading: Condition, others: list[Condition], sort: Sort, limit: int
    ) -> None:
        self._tx = tx
        self._size = limit + 1 if not others else min(limit * 4, _LARGEST_WINDOW)
        self._grows = bool(others)
        self._parameters = _parameters(project_id, [leading, *others])
        beyond, order = ("> :after", "ASC") if sort == "id" else ("< :after", "DESC")
        walked = leading.walk.replace("{beyond}", beyond).replace("{order}", order)
        self._statement = _statement(walked, others, sort)

    def look(self, after: int) -> Window:
        size = self._size
        rows = self._tx.execute(self._statement, self._parameters | {"after": after, "window": size}).all()
        if self._grows:
            self._size = min(size * 2, _LARGEST_WINDOW)
        return Window(rows, rows[-1].id if len(rows) == size else None)


class _Blocks:
    """Walks an index that can only be asked about a block of ids: small ones while hits are many, else larger."""

    def __init__(
        self, tx: Connection, project_id: int, leading: Condition, others: list[Condition], sort: Sort, limit: int
    ) -> None:
        self._tx = tx
        self._project_id = project_id
        self._is_upward = sort == "id"
        self._level = 0
        self._parameters = _parameters(project_id, [leading, *others])
        side = ">" if self._is_upward else "<"
        within = f"WITH hits AS MATERIALIZED ({leading.walk}) "
        self._statement = _statement(f"SELECT id FROM hits WHERE id {side} :after", others, sort, within=within)
        tx.execute(text("SET LOCAL enable_seqscan = off"))
        bounds = "SELECT min(id) AS first, max(id) AS last FROM records WHERE project_id = :project"
        self._bounds = tx.execute(text(bounds), {"project": project_id}).one()

    def look(self, after: int) -> Window:
        here = self._next_id(after)
        if here is None:
            return Window((), None)
        level = self._level
        asked = {"after": after, "window": _LARGEST_WINDOW, "block": block_word(self._project_id, here, level)}
        started = time.monotonic()
        rows = self._tx.execute(self._statement, self._parameters | asked).all()
        if len(rows) == _LARGEST_WINDOW:
            return Window(rows, rows[-1].id)
        if level == WHOLE_PROJECT:
            return Window(rows, None)
        if time.monotonic() - started < _QUICK_S:
            self._level += 1
        return Window(rows, block_edge(here, level, is_upper=self._is_upward))

    def _next_id(self, after: int) -> int | None:
        """The next id that the project may have."""
        first, last = self._bounds
        if first is None:
            return None
        here = max(after + 1, first) if self._is_upward else min(after - 1, last)
        return here if first <= here <= last else None


def _statement(walked: str, others: Sequence[Condition], sort: Sort, *, within: str = "") -> Any:
    order = "ASC" if sort == "id" else "DESC"
    fits = " AND ".join(other.check for other in others) or "TRUE"
    candidates = f"({walked} ORDER BY id {order} LIMIT :window) d"
    return text(f"{within}SELECT d.id, ({fits}) AS fits FROM {candidates} ORDER BY d.id {order}")


def _parameters(project_id: int, conditions: list[Condition]) -> dict[str, Any]:
    return {"project": project_id} | {k: v for one in conditions for k, v in one.parameters.items()}
