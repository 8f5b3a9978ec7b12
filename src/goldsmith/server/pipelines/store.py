"""Every query about jobs."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from goldsmith.server.foundation.portions import portions
from goldsmith.server.foundation.stored import plain
from goldsmith.server.pipelines.domain import Job, JobState
from goldsmith.server.pipelines.tables import jobs


def insert_job(tx: Connection, **values: Any) -> int:
    return tx.execute(insert(jobs).values(**values).returning(jobs.c.id)).scalar_one()


def find_job(tx: Connection, job_id: int) -> Job | None:
    return _job(tx.execute(select(jobs).where(jobs.c.id == job_id)).first())


def lock_job(tx: Connection, job_id: int) -> Job | None:
    """The job, held until the transaction ends."""
    return _job(tx.execute(select(jobs).where(jobs.c.id == job_id).with_for_update()).first())


def update_job(tx: Connection, job_id: int, **values: Any) -> None:
    tx.execute(update(jobs).where(jobs.c.id == job_id).values(**values))


def list_jobs(tx: Connection, project_id: int, *, before: int | None, limit: int, kind: str | None) -> list[Job]:
    """The project's jobs, newest first."""
    query = select(jobs).where(jobs.c.project_id == project_id)
    if before is not None:
        query = query.where(jobs.c.id < before)
    if kind is not None:
        query = query.where(jobs.c.kind == kind)
    return [job for row in tx.execute(query.order_by(jobs.c.id.desc()).limit(limit)) if (job := _job(row))]


def unfinished(tx: Connection, kinds: Iterable[str]) -> list[tuple[int, int]]:
    """The id and attempt of every job of these kinds that still has work to do. Others are for newer workers."""
    query = select(jobs.c.id, jobs.c.attempt).where(jobs.c.finished_at.is_(None), jobs.c.kind.in_(list(kinds)))
    return [(row.id, row.attempt) for row in tx.execute(query.order_by(jobs.c.id))]


def has_unfinished(tx: Connection, kinds: Iterable[str]) -> bool:
    query = select(jobs.c.id).where(jobs.c.finished_at.is_(None), jobs.c.kind.in_(list(kinds)))
    return tx.execute(query.limit(1)).first() is not None


def payloads_of_unfinished(tx: Connection, kind: str) -> list[dict[str, Any]]:
    """What each job of the kind that still has work to do was asked with."""
    query = select(jobs.c.payload).where(jobs.c.kind == kind, jobs.c.finished_at.is_(None))
    return list(tx.execute(query).scalars())


def ended_jobs(tx: Connection, job_ids: Collection[int]) -> list[Job]:
    """Those of these jobs that have ended."""
    found: list[Job] = []
    for ids in portions(sorted(job_ids)):
        rows = tx.execute(select(jobs).where(jobs.c.id.in_(ids), jobs.c.finished_at.is_not(None)).order_by(jobs.c.id))
        found += [job for row in rows if (job := _job(row))]
    return found


def ended_in(tx: Connection, project_id: int, job_ids: Collection[int]) -> list[int]:
    """Those of these jobs of the project that have ended."""
    return [job.id for job in ended_jobs(tx, job_ids) if job.project_id == project_id]


def errors_of(tx: Connection, job_ids: Collection[int]) -> dict[int, str | None]:
    """What stopped each of these jobs, if anything did."""
    rows = tx.execute(select(jobs.c.id, jobs.c.error).where(jobs.c.id.in_(job_ids)))
    return {row.id: row.error for row in rows}


def _job(row: Row[Any] | None) -> Job | None:
    if row is None:
        return None
    values = dict(row._mapping)
    return Job(**values | {"state": plain(JobState, row.state), "result": row.result or {}})
