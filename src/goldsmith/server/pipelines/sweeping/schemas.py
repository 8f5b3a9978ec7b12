"""How far a deed on many records has come, as the API tells it."""

from collections.abc import Collection

from pydantic import BaseModel, Field
from sqlalchemy import Connection

from goldsmith.server.pipelines.domain import UNFINISHED, JobState
from goldsmith.server.pipelines.sweeping import store
from goldsmith.server.pipelines.sweeping.domain import Deed, Pace, Sweep, Way

CHANGED = "changed"
UNTOUCHED = "untouched"
"""On the way back: left as it was already when the deed was done."""


class Course(BaseModel):
    """A deed on many records is done stretch by stretch, and taken back so: where it stands."""

    state: Pace = Field(description="`stopped`: its job was cancelled or failed; resume it, or take the deed back.")
    job_id: int | None = Field(description="The job that does it or takes it back; null if that was done at once.")
    total: int = Field(description="What it was asked to change.")
    changed: int = Field(description="What it has changed.")
    left: dict[str, int] = Field(description="What it left as it was, by why.", examples=[{"deleted": 2}])
    returned: int = Field(description="Of what it had changed, what stands as before again.")
    kept: dict[str, int] = Field(
        description="What was left so when the deed was taken back, by why.", examples=[{"changed_since": 3}]
    )

    @property
    def is_moving(self) -> bool:
        """Whether a job is at work on it."""
        return self.state in (Pace.DOING, Pace.UNDOING)


def courses_of(tx: Connection, deed: Deed, subject_ids: Collection[int]) -> dict[int, Course]:
    """Where each of these deeds stands; nothing of those from before there were sweeps."""
    return {sweep.subject_id: _course(sweep, state) for sweep, state in store.list_sweeps(tx, deed.forth, subject_ids)}


def _course(sweep: Sweep, job: JobState | None) -> Course:
    return Course(
        state=_pace(sweep, job), job_id=sweep.job_id, total=sweep.n_items,
        changed=sweep.done.get(CHANGED, 0), left=_reasons(sweep.done),
        returned=sweep.undone.get(CHANGED, 0), kept=_reasons(sweep.undone),
    )  # fmt: skip


def _pace(sweep: Sweep, job: JobState | None) -> Pace:
    if sweep.way is Way.OVER:
        return Pace.DONE
    if sweep.is_at_end:
        return Pace.DONE if sweep.way is Way.FORTH else Pace.UNDONE
    if job not in UNFINISHED:
        return Pace.STOPPED
    return Pace.DOING if sweep.way is Way.FORTH else Pace.UNDOING


def _reasons(told: dict[str, int]) -> dict[str, int]:
    """By why; what a newer version may keep beside the counts is passed over."""
    return {why: n for why, n in told.items() if why not in (CHANGED, UNTOUCHED) and isinstance(n, int) and n}
