"""Routes of jobs: long work of every kind, looked at and steered in one place."""

import asyncio
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse
from sqlalchemy import Connection

from goldsmith.server import pipelines
from goldsmith.server.features.accounts import Door, Permission, Who, audit, authorise, guard, names_of
from goldsmith.server.foundation.blobs import Blobs
from goldsmith.server.foundation.errors import Gone
from goldsmith.server.foundation.paging import Cursor, Limit, Page, decode_cursor, page_of
from goldsmith.server.foundation.wire import LARGEST_ID, AnyId
from goldsmith.server.pipelines import JobView, as_wire, has_rejects, read_rejects, wake_worker
from goldsmith.server.pipelines.bulk import reversals_of

router = APIRouter(tags=["jobs"])

JobKind = Annotated[str | None, Query(max_length=40, description="Jobs of one kind only, such as `import`.")]
JobId = Annotated[int, msgspec.Meta(ge=0, le=LARGEST_ID)]
_CSV: dict[int | str, Any] = {200: {"content": {"text/csv": {}}, "description": "line, reason, row"}}


@router.get("/projects/{project_id}/jobs")
async def list_jobs(
    project_id: AnyId, kind: JobKind = None, cursor: Cursor = None, limit: Limit = 100,
    door: Door = guard(Permission.BROWSE),
) -> Page[JobView]:  # fmt: skip
    """The project's jobs, newest first."""
    return await door.read(_list, cursor, limit, kind)


@router.get("/projects/{project_id}/jobs/{job_id}")
async def read_job(project_id: AnyId, job_id: AnyId, door: Door = guard(Permission.BROWSE)) -> JobView:
    """One job with its progress and result."""
    return await door.read(_read, job_id)


@router.post("/projects/{project_id}/jobs/{job_id}/cancel")
async def cancel_job(project_id: AnyId, job_id: AnyId, door: Door = guard(Permission.BROWSE)) -> JobView:
    """Stop a job after its present step: one's own, or as a manager anybody's. What it has done stays."""
    return await door.write(_cancel, job_id)


@router.post("/projects/{project_id}/jobs/{job_id}/resume")
async def resume_job(
    project_id: AnyId, job_id: AnyId, request: Request, door: Door = guard(Permission.BROWSE)
) -> JobView:
    """Let a cancelled or failed job go on from where it stopped: one's own, or as a manager anybody's."""
    job = await door.write(_resume, job_id)
    wake_worker(request)
    return job


@router.get("/projects/{project_id}/jobs/{job_id}/rejects", response_class=StreamingResponse, responses=_CSV)
async def download_rejects(
    project_id: AnyId, job_id: AnyId, request: Request, door: Door = guard(Permission.BROWSE)
) -> StreamingResponse:
    """The rows a job refused, as CSV: line, reason, row. May be read while the job runs."""
    job = await door.read(_read, job_id)
    await asyncio.to_thread(_see_that_rejects_are_kept, request.app.state.blobs, job)
    return StreamingResponse(
        read_rejects(request.app.state.blobs, job_id), media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="rejects-{job_id}.csv"'},
    )  # fmt: skip


def _see_that_rejects_are_kept(blobs: Blobs, job: JobView) -> None:
    if job.result.get("rejected") and not has_rejects(blobs, job.id):
        raise Gone("The file of refused rows was let go, by the project's rules or because records were erased.")


def _list(tx: Connection, who: Who, cursor: str | None, limit: int, kind: str | None) -> Page[JobView]:
    (before,) = decode_cursor(cursor, tuple[JobId]) or (None,)
    jobs = pipelines.list_jobs(tx, who.project, before=before, limit=limit + 1, kind=kind)
    names = names_of(tx, {job.created_by for job in jobs})
    undoing = reversals_of(tx, jobs)
    return page_of(jobs, limit, key=lambda job: (job.id,), item=lambda job: as_wire(job, names, undoing.get(job.id)))


def _read(tx: Connection, who: Who, job_id: int) -> JobView:
    job = pipelines.read_job(tx, who.project, job_id)
    return as_wire(job, names_of(tx, {job.created_by}), reversals_of(tx, [job]).get(job.id))


def _see_that_it_is_theirs(tx: Connection, who: Who, job_id: int) -> None:
    if pipelines.read_job(tx, who.project, job_id).created_by != who.person_id:
        authorise(who, Permission.MANAGE)


def _cancel(tx: Connection, who: Who, job_id: int) -> JobView:
    _see_that_it_is_theirs(tx, who, job_id)
    pipelines.cancel(tx, who.project, job_id, who.now)
    audit(tx, who, action="job.cancel", subject=f"job:{job_id}")
    return _read(tx, who, job_id)


def _resume(tx: Connection, who: Who, job_id: int) -> JobView:
    _see_that_it_is_theirs(tx, who, job_id)
    pipelines.resume(tx, who.project, job_id)
    audit(tx, who, action="job.resume", subject=f"job:{job_id}")
    return _read(tx, who, job_id)
