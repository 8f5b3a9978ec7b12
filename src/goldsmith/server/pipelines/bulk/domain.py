"""A bulk action: one deed on many records, done stretch by stretch, and taken back the same way.

What is meant is chosen once, when the deed is asked for, and kept as a list, in pieces: what was previewed is what is
done. A transaction takes a stretch of the list, some pieces in a row, and also notes how many pieces are done. Going
back walks the same list the other way, from where the action had come to. Whoever finds an item changed by others
leaves it and says why.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import Connection

PIECE = 100
"""Items that one row of a list holds: the least that a transaction changes."""
AT_ONCE = 1_000
"""Items that are changed within the request that asks; more become a job."""
MOST = 2_000_000
"""Items of one action: while they are chosen they are held in memory, eight bytes each, and written as one list."""

Ids: TypeAlias = "array[int]"
"""Long lists of ids, eight bytes each; typecode `q`."""
Left = Mapping[str, int]
"""How many items were left as they were, by why."""


class Way(StrEnum):
    """Which way an action goes."""

    FORTH = "forth"
    BACK = "back"
    OVER = "over"
    """Neither any more: what it did can no longer be taken back."""


class Pace(StrEnum):
    """How an action is, as people are told."""

    DOING = "doing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class BulkAction:
    """One action as it is stored: `reached` pieces of `size` items are done and not taken back."""

    id: int
    project_id: int
    workspace_id: int
    deed: str
    subject_id: int
    way: Way
    size: int
    n_items: int
    reached: int
    done: dict[str, int]
    undone: dict[str, int]
    job_id: int | None
    person_id: int
    asked_at: datetime
    undo_until: datetime | None
    """Until then it can be taken back, at least; None for those of earlier versions."""

    @property
    def n_pieces(self) -> int:
        """How many pieces the list has."""
        return -(-self.n_items // self.size)

    @property
    def is_at_end(self) -> bool:
        """Whether nothing is left to do the way it goes."""
        return self.reached == (self.n_pieces if self.way is Way.FORTH else 0)

    @property
    def is_reversible(self) -> bool:
        """Whether it can be taken back, or stopped on the way back."""
        return self.way is Way.FORTH or (self.way is Way.BACK and not self.is_at_end)

    def items_in(self, pieces: int) -> int:
        """How many items the first so many pieces have."""
        return min(self.n_items, pieces * self.size)

    def following(self, items: int) -> range:
        """The pieces that come next, the way it goes, of about so many items; none at its end."""
        n = max(1, items // self.size)
        if self.way is Way.FORTH:
            return range(self.reached, min(self.n_pieces, self.reached + n))
        return range(max(0, self.reached - n), self.reached)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of an action's list, `first` being the place of its first id in the whole."""

    action: BulkAction
    first: int
    ids: Sequence[int]
    now: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """What a slice gives: how one stretch is done and taken back, and what follows the last stretch either way.

    `forth` and `back` name the kinds of jobs. `do` and `undo` look at each item as it stands now, lock what they
    change, and return how many they left alone and why. `forget` drops what was kept of these ids for the way back.
    """

    forth: str
    back: str
    unit: str
    do: Callable[[Connection, Stretch], Left]
    undo: Callable[[Connection, Stretch], Left]
    ended: Callable[[Connection, BulkAction, datetime], None]
    forget: Callable[[Connection, int, Sequence[int]], None] | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for an action, where and when; and until when it can be taken back."""

    workspace_id: int
    project_id: int
    person_id: int
    now: datetime
    undo_until: datetime | None = None


def cut(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The list in pieces."""
    return (ids[start : start + size] for start in range(0, len(ids), size))
