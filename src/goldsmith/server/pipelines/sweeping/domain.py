"""A sweep: one deed on many records, done stretch by stretch, and taken back the same way.

What is meant is chosen once, when the deed is asked for, and kept as a list: what was previewed is what is swept. Each
stretch of the list is one transaction, which also notes how far the sweep has reached. Going back walks the same list
the other way, from where the sweep had come to. Whoever finds an item changed by others leaves it and says why.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import Connection

STRETCH = 500
"""Items that one transaction changes: on SQLite annotators wait while it is written."""
AT_ONCE = 1_000
"""Items that are changed within the request that asks; more become a job."""
MOST = 2_000_000
"""Items of one sweep: while they are chosen they are held in memory, eight bytes each, and written as one list."""

Ids: TypeAlias = "array[int]"
"""Long lists of ids, eight bytes each; typecode `q`."""
Left = Mapping[str, int]
"""How many items were left as they were, by why."""


class Way(StrEnum):
    """Which way a sweep goes."""

    FORTH = "forth"
    BACK = "back"
    OVER = "over"
    """Neither any more: what it did can no longer be taken back."""


class Pace(StrEnum):
    """How a sweep is, as people are told."""

    DOING = "doing"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Sweep:
    """One sweep as it is stored: `reached` stretches are done and not taken back."""

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

    @property
    def n_stretches(self) -> int:
        """How many stretches there are."""
        return -(-self.n_items // self.size)

    @property
    def is_at_end(self) -> bool:
        """Whether nothing is left to do the way it goes."""
        return self.reached == (self.n_stretches if self.way is Way.FORTH else 0)

    def items_in(self, stretches: int) -> int:
        """How many items the first so many stretches have."""
        return min(self.n_items, stretches * self.size)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a sweep's list, `first` being the place of its first id in the whole."""

    sweep: Sweep
    first: int
    ids: Sequence[int]
    now: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """What a slice gives: how one stretch is done and taken back, and what follows the last stretch either way.

    `forth` and `back` name the kinds of jobs. `do` and `undo` look at each item as it stands now, lock what they
    change, and return how many they left alone and why.
    """

    forth: str
    back: str
    unit: str
    do: Callable[[Connection, Stretch], Left]
    undo: Callable[[Connection, Stretch], Left]
    ended: Callable[[Connection, Sweep, datetime], None]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for a sweep, where and when."""

    workspace_id: int
    project_id: int
    person_id: int
    now: datetime


def cut(ids: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """The list in stretches."""
    return (ids[start : start + size] for start in range(0, len(ids), size))
