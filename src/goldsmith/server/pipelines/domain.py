"""What a job is: its states, its steps, and what a kind of work must offer.

A kind of work is a context manager that yields `advance`: given a position (small JSON, `{}` at the start) it reads
what comes next and returns a `Step`. The step's `write` runs in the same transaction that moves the job to the next
position. A step that is repeated after a crash finds the job moved on already and writes nothing, so no kind has to
defend itself against running twice.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.clock import Clock
from goldsmith.server.foundation.database import Database

Position = dict[str, Any]
Tally = Mapping[str, Any]


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    FAILED = "failed"
    DONE = "done"


TITLE = "title"
"""The key of a payload under which a job's title is kept."""
RESUMABLE = frozenset({JobState.CANCELLED, JobState.FAILED})
UNFINISHED = frozenset({JobState.QUEUED, JobState.RUNNING, JobState.CANCELLING})


@dataclass(frozen=True, slots=True)
class Job:
    """One job as it is stored."""

    id: int
    workspace_id: int
    project_id: int
    kind: str
    state: JobState
    payload: dict[str, Any]
    attempt: int
    position: Position
    progress_done: int
    progress_total: int | None
    progress_unit: str
    result: dict[str, Any]
    error: str | None
    cancel_asked: bool
    created_by: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """A stretch of work that has been read and can be written.

    `write` returns what it adds to the job's result: numbers are summed, anything else replaces what stood there.
    `next` is None when this is the last step.
    """

    next: Position | None
    write: Callable[[Connection], Tally]
    done: int
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Workbench:
    """What a job works with."""

    database: Database
    blobs: Blobs
    clock: Clock


@dataclass(frozen=True, slots=True)
class JobEnded:
    """News, in the transaction that ends a job: it is done, failed or cancelled."""

    job_id: int
    project_id: int
    kind: str
    state: JobState


Advance = Callable[[Position], Step]
Kind = Callable[[Workbench, Job], AbstractContextManager[Advance]]
Kinds = Mapping[str, Kind]


def added(result: Mapping[str, Any], tally: Tally) -> dict[str, Any]:
    """`result` with a step's tally in it."""
    merged = dict(result)
    for name, value in tally.items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        merged[name] = merged.get(name, 0) + value if is_number else value
    return merged
