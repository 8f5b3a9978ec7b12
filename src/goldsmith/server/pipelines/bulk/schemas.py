"""How far a bulk action has come, as the API tells it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from pydantic import BaseModel, Field
from sqlalchemy import Connection

from goldsmith.server.pipelines.bulk import store
from goldsmith.server.pipelines.bulk.domain import BulkAction, Deed, Pace, Way
from goldsmith.server.pipelines.domain import UNFINISHED, Job, JobState
from goldsmith.server.pipelines.schemas import Reversal

CHANGED = "changed"
ACTION = "sweep_id"
"""The key of a job's payload: the version before reads it, too."""
UNTOUCHED = "untouched"
"""On the way back: left as it was already when the deed was done."""


def reversals_of(tx: Connection, found: Iterable[Job]) -> dict[int, Reversal]:
    """What the bulk actions among these jobs have changed, by job."""
    action_ids = {job.id: job.payload[ACTION] for job in found if ACTION in job.payload}
    actions = store.actions_by_id(tx, set(action_ids.values()))
    return {job_id: _reversal(actions[action_id]) for job_id, action_id in action_ids.items() if action_id in actions}


def _reversal(action: BulkAction) -> Reversal:
    return Reversal(
        deed=action.deed, subject_id=action.subject_id, undoable=action.way is Way.FORTH,
        undo_until=action.undo_until,
    )  # fmt: skip


class Course(BaseModel):
    """A bulk action is done stretch by stretch, and taken back so: where it stands."""

    state: Pace = Field(description="`stopped`: its job was cancelled or failed; resume it, or take the deed back.")
    job_id: int | None = Field(description="The job that does it or takes it back; null if that was done at once.")
    total: int = Field(description="What it was asked to change.")
    changed: int = Field(description="What it has changed.")
    left: dict[str, int] = Field(description="What it left as it was, by why.", examples=[{"deleted": 2}])
    returned: int = Field(description="Of what it had changed, what stands as before again.")
    undoable: bool = Field(description="It can be taken back: it was not yet, and what that takes is kept.")
    undo_until: datetime | None = Field(description="Until then it can be taken back; null where nobody promised.")
    kept: dict[str, int] = Field(
        description="What was left so when the deed was taken back, by why.", examples=[{"changed_since": 3}]
    )

    @property
    def is_moving(self) -> bool:
        """Whether a job is at work on it."""
        return self.state in (Pace.DOING, Pace.UNDOING)


def courses_of(tx: Connection, deed: Deed, subject_ids: Collection[int]) -> dict[int, Course]:
    """Where each of these deeds stands; nothing of those from before there were lists."""
    found = store.list_actions(tx, deed.forth, subject_ids)
    return {action.subject_id: _course(action, state) for action, state in found}


def _course(action: BulkAction, job: JobState | None) -> Course:
    return Course(
        state=_pace(action, job), job_id=action.job_id, total=action.n_items,
        changed=action.done.get(CHANGED, 0), left=_reasons(action.done),
        returned=action.undone.get(CHANGED, 0), kept=_reasons(action.undone),
        undoable=action.is_reversible, undo_until=action.undo_until,
    )  # fmt: skip


def _pace(action: BulkAction, job: JobState | None) -> Pace:
    if action.way is Way.OVER:
        return Pace.DONE
    if action.is_at_end:
        return Pace.DONE if action.way is Way.FORTH else Pace.UNDONE
    if job not in UNFINISHED:
        return Pace.STOPPED
    return Pace.DOING if action.way is Way.FORTH else Pace.UNDOING


def _reasons(told: dict[str, int]) -> dict[str, int]:
    """By why; what a newer version may keep beside the counts is passed over."""
    return {why: n for why, n in told.items() if why not in (CHANGED, UNTOUCHED) and isinstance(n, int) and n}
