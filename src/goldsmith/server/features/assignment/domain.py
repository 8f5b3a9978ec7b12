"""The life of an assignment: one person's hold on one task, and what may follow what."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import blake2b


class Stage(StrEnum):
    """Which judgement of a record a task asks for."""

    ANNOTATE = "annotate"
    ADJUDICATE = "adjudicate"


class State(StrEnum):
    """Where an assignment stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    SKIPPED = "skipped"
    FLAGGED = "flagged"
    RELEASED = "released"
    EXPIRED = "expired"


FOLLOWS: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.SUBMITTED, State.SKIPPED, State.FLAGGED, State.RELEASED, State.EXPIRED}),
    State.SUBMITTED: frozenset({State.OPEN, State.RELEASED}),
    State.SKIPPED: frozenset({State.OPEN, State.SUBMITTED}),
    State.FLAGGED: frozenset({State.OPEN, State.SUBMITTED}),
    State.RELEASED: frozenset({State.OPEN, State.SUBMITTED}),
    State.EXPIRED: frozenset({State.OPEN, State.SUBMITTED, State.SKIPPED, State.FLAGGED}),
}
HOLDING = frozenset({State.OPEN, State.SUBMITTED})
"""The states that take up one of a task's places."""

CLAIMABLE_AGAIN = frozenset({State.EXPIRED, State.RELEASED})
"""The states in which the same person may be given the task once more: they never answered it."""

KEPT_FOR_CORRECTION = timedelta(days=14)
"""How long work that was sent back waits for its person, without anybody looking at it; then as long again."""

RANKS_PER_PRIORITY = 1_000_000
RANKS_PER_DAY = 10
"""Steps from a day to the next: room for what goes ahead of its peers, or behind."""
EPOCH = date(1970, 1, 1)
LAST_DAY = 99_999
ANYBODY = 0
"""The lane of tasks that ask nothing of people."""


def is_swapped(task_id: int, person_id: int) -> bool:
    """Whether the second candidate stands first: by lot, and the same whenever this person gets this task."""
    return bool(blake2b(b"%d:%d" % (task_id, person_id), digest_size=1).digest()[0] & 1)


@dataclass(frozen=True, slots=True)
class Assignment:
    """One person's hold on one task."""

    task_id: int
    person_id: int
    project_id: int
    record_id: int
    stage: Stage
    state: State
    swapped: bool
    reason: str | None
    claimed_at: datetime
    lease_expires_at: datetime
    finished_at: datetime | None
    due_at: datetime | None = None
    guideline_version: int | None = None
    """Under which the item was shown last; None where that is not known."""
    is_first_hold: bool = False
    """Known never to have been held before: there is no draft and no answer to look for."""

    @property
    def was_sent_back(self) -> bool:
        """Whether a reviewer wants a correction from this very person; `reason` says why."""
        return self.state is State.OPEN and self.reason is not None


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A position in the order of the queue."""

    rank: int
    id: int


START = Place(-(2**31), 0)


def rank_of(priority: int, due_at: datetime | None = None) -> int:
    """Where a task stands: higher priorities first; within one, what is due by day, the undated last."""
    rank = -RANKS_PER_PRIORITY * priority
    return rank if due_at is None else rank - RANKS_PER_DAY * (LAST_DAY - (due_at.date() - EPOCH).days)


def priority_of(rank: int) -> int:
    """The priority of a task that stands there, its steps ahead or behind left out."""
    return (RANKS_PER_DAY - 1 - rank) // RANKS_PER_PRIORITY
