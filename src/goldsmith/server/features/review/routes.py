"""Routes of expert review, and of resolutions."""

from typing import Literal

from fastapi import APIRouter

from goldsmith.server.features.accounts import Door, Permission, guard
from goldsmith.server.features.review import decide, read
from goldsmith.server.features.review.schemas import Case, CaseSummary, NewDecision, Resolution
from goldsmith.server.foundation.paging import Cursor, Limit, Page
from goldsmith.server.foundation.wire import AnyId

router = APIRouter(tags=["review"])


@router.get("/projects/{project_id}/cases")
async def list_cases(
    project_id: AnyId,
    state: Literal["open", "decided"] = "open",
    cursor: Cursor = None,
    limit: Limit = 100,
    door: Door = guard(Permission.REVIEW),
) -> Page[CaseSummary]:
    """Records that wait for an expert, or were decided by one."""
    return await door.read(read.list_cases, state=state, cursor=cursor, limit=limit)


@router.post("/projects/{project_id}/cases/next")
async def next_case(project_id: AnyId, door: Door = guard(Permission.REVIEW)) -> Case | None:
    """Hold the next case; null when none waits for you."""
    return await door.write(decide.next_case)


@router.get("/projects/{project_id}/cases/{task_id}")
async def read_case(project_id: AnyId, task_id: AnyId, door: Door = guard(Permission.REVIEW)) -> Case:
    """One case: the record, every opinion side by side, the votes, the decision."""
    return await door.read(read.read_case, task_id)


@router.post("/projects/{project_id}/cases/{task_id}/decision")
async def decide_case(
    project_id: AnyId, task_id: AnyId, body: NewDecision, door: Door = guard(Permission.REVIEW)
) -> Case:
    """Decide, with a reason; the decision becomes the record's resolution."""
    return await door.write(decide.decide_case, task_id, body)


@router.post("/projects/{project_id}/cases/{task_id}/undo")
async def undo_decision(project_id: AnyId, task_id: AnyId, door: Door = guard(Permission.REVIEW)) -> Case:
    """Take your decision back."""
    return await door.write(decide.undo_decision, task_id)


@router.post("/projects/{project_id}/cases/{task_id}/skip", status_code=204)
async def skip_case(project_id: AnyId, task_id: AnyId, door: Door = guard(Permission.REVIEW)) -> None:
    """Leave a case you hold to another expert."""
    await door.write(decide.skip_case, task_id)


@router.get("/projects/{project_id}/resolutions")
async def list_resolutions(
    project_id: AnyId,
    state: Literal["new", "in_progress", "disputed", "resolved"] | None = None,
    record_id: AnyId | None = None,
    cursor: Cursor = None,
    limit: Limit = 100,
    door: Door = guard(Permission.BROWSE),
) -> Page[Resolution]:
    """The accepted answer of each record that has one, and how far the others are; `record_id` asks about one."""
    return await door.read(read.list_resolutions, cursor=cursor, limit=limit, state=state, record_id=record_id)
