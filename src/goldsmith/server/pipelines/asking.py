"""Ask for work, look at it, cancel it, resume it. The row is the request: it commits with whatever asked for it."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from goldsmith.server.foundation.errors import Conflict, NotFound
from goldsmith.server.foundation.events import events
from goldsmith.server.pipelines import store
from goldsmith.server.pipelines.domain import RESUMABLE, TITLE, UNFINISHED, Job, JobEnded, JobState


def enqueue(
    tx: Connection,
    kind: str,
    payload: dict[str, Any],
    *,
    title: str = "",
    workspace_id: int,
    project_id: int,
    person_id: int,
    now: datetime,
    total: int | None = None,
    unit: str = "rows",
) -> int:
    """Ask for a job of this kind; returns its id. It starts after the transaction commits.

    `title` tells people what it works on, such as the name of a file.
    """
    return store.insert_job(
        tx, workspace_id=workspace_id, project_id=project_id, kind=kind, state=JobState.QUEUED,
        payload=payload | {TITLE: title} if title else payload,
        position={}, result={}, progress_total=total, progress_unit=unit, created_by=person_id, created_at=now,
    )  # fmt: skip


def read_job(tx: Connection, project_id: int, job_id: int) -> Job:
    """One job of the project."""
    job = store.find_job(tx, job_id)
    if job is None or job.project_id != project_id:
        raise NotFound("There is no such job in this project.")
    return job


def cancel(tx: Connection, project_id: int, job_id: int, now: datetime) -> Job:
    """Ask a job to stop after its present step; one that has not begun stops at once. What it did stays."""
    job = _locked(tx, project_id, job_id)
    if job.state not in UNFINISHED:
        raise Conflict(f"This job is {job.state} already and cannot be cancelled.")
    if job.state is JobState.QUEUED:
        end(tx, job, JobState.CANCELLED, now)
    else:
        store.update_job(tx, job_id, cancel_asked=True, state=JobState.CANCELLING)
    return read_job(tx, project_id, job_id)


def resume(tx: Connection, project_id: int, job_id: int) -> Job:
    """Let a cancelled or failed job go on from where it stopped."""
    job = _locked(tx, project_id, job_id)
    if job.state not in RESUMABLE:
        raise Conflict(f"Only a cancelled or failed job can be resumed; this one is {job.state}.")
    store.update_job(
        tx, job_id, state=JobState.QUEUED, attempt=job.attempt + 1, cancel_asked=False, error=None, finished_at=None
    )
    return read_job(tx, project_id, job_id)


def end(tx: Connection, job: Job, state: JobState, now: datetime, *, error: str | None = None) -> None:
    """Bring a job to its end and tell whoever listens, in the same transaction."""
    store.update_job(tx, job.id, state=state, error=error, finished_at=now)
    events.publish(tx, JobEnded(job.id, job.project_id, job.kind, state))


def _locked(tx: Connection, project_id: int, job_id: int) -> Job:
    job = store.lock_job(tx, job_id)
    if job is None or job.project_id != project_id:
        raise NotFound("There is no such job in this project.")
    return job
