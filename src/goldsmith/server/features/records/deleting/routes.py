"""Routes of deleting records."""

import asyncio

from fastapi import APIRouter, Request

from goldsmith.server.features.accounts import Door, Permission, guard
from goldsmith.server.features.projects import Limits
from goldsmith.server.features.records.deleting import delete
from goldsmith.server.features.records.deleting.erase import Eraser, begin_erasing
from goldsmith.server.features.records.deleting.schemas import Deletion, DeletionPreview, NewDeletion, WhichRecords
from goldsmith.server.foundation.paging import Cursor, Limit, Page
from goldsmith.server.foundation.wire import AnyId
from goldsmith.server.pipelines import wake_worker

router = APIRouter(tags=["records"])


@router.post("/projects/{project_id}/deletions/preview")
async def preview_deletion(
    project_id: AnyId, body: WhichRecords, request: Request, door: Door = guard(Permission.MANAGE)
) -> DeletionPreview:
    """What deleting these records would hide; nothing is changed."""
    return await door.read(delete.preview_deletion, body, limits=Limits.of(request.app.state.settings))


@router.post("/projects/{project_id}/deletions", status_code=201)
async def delete_records(
    project_id: AnyId, body: NewDeletion, request: Request, door: Door = guard(Permission.MANAGE)
) -> Deletion:
    """Delete records: hidden everywhere, and left out of the next release. More than 1,000 become a job, which `course`
    tells of. Until `erase_after` they can be restored; then their texts, and the answers that may quote them, are
    erased."""
    deletion = await delete.delete_records(door, body, limits=Limits.of(request.app.state.settings))
    return _woken(request, deletion)


@router.get("/projects/{project_id}/deletions")
async def list_deletions(
    project_id: AnyId, cursor: Cursor = None, limit: Limit = 100, door: Door = guard(Permission.MANAGE)
) -> Page[Deletion]:
    """What was deleted, newest first."""
    return await door.read(delete.list_deletions, cursor, limit)


@router.get("/projects/{project_id}/deletions/{deletion_id}")
async def read_deletion(project_id: AnyId, deletion_id: AnyId, door: Door = guard(Permission.MANAGE)) -> Deletion:
    """One deletion, with how far it has come."""
    return await door.read(delete.read_deletion, deletion_id)


@router.post("/projects/{project_id}/deletions/{deletion_id}/restore")
async def restore_records(
    project_id: AnyId, deletion_id: AnyId, request: Request, door: Door = guard(Permission.MANAGE)
) -> Deletion:
    """Bring the records of a deletion back as they were; a deletion still under way stops, and goes back."""
    return _woken(request, await door.write(delete.restore_records, deletion_id))


@router.post("/projects/{project_id}/deletions/{deletion_id}/erase")
async def erase_records(
    project_id: AnyId, deletion_id: AnyId, request: Request, door: Door = guard(Permission.OWN)
) -> Deletion:
    """Erase the texts of deleted records now instead of later, as the law may ask. This cannot be undone."""
    await begin_erasing(door, deletion_id)
    state = request.app.state
    await asyncio.to_thread(Eraser(state.database, state.blobs, state.clock).erase, project_id, deletion_id)
    return await door.read(delete.read_deletion, deletion_id)


def _woken(request: Request, deletion: Deletion) -> Deletion:
    if deletion.course is not None and deletion.course.is_moving:
        wake_worker(request)
    return deletion
