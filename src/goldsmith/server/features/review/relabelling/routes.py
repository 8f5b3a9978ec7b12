"""Routes of re-labelling."""

from fastapi import APIRouter, Request

from goldsmith.server.features.accounts import Door, Permission, guard
from goldsmith.server.features.projects import Limits
from goldsmith.server.features.review.relabelling import relabel
from goldsmith.server.features.review.relabelling.schemas import (
    NewRelabelling,
    Relabelling,
    RelabelPreview,
    RelabelQuestion,
)
from goldsmith.server.foundation.wire import AnyId
from goldsmith.server.pipelines import wake_worker

router = APIRouter(tags=["review"])


@router.post("/projects/{project_id}/relabellings/preview")
async def preview_relabelling(
    project_id: AnyId, body: RelabelQuestion, request: Request, door: Door = guard(Permission.REVIEW)
) -> RelabelPreview:
    """Which accepted answers would change, and which would be left alone; nothing is changed."""
    return await door.read(relabel.preview_relabelling, body, limits=Limits.of(request.app.state.settings))


@router.post("/projects/{project_id}/relabellings", status_code=201)
async def relabel_records(
    project_id: AnyId, body: NewRelabelling, request: Request, door: Door = guard(Permission.REVIEW)
) -> Relabelling:
    """Give records another accepted answer to one question: an expert's decision of yours on each of them. More than
    1,000 become a job, which `course` tells of."""
    return _woken(request, await relabel.relabel(door, body, limits=Limits.of(request.app.state.settings)))


@router.get("/projects/{project_id}/relabellings/{relabelling_id}")
async def read_relabelling(
    project_id: AnyId, relabelling_id: AnyId, door: Door = guard(Permission.REVIEW)
) -> Relabelling:
    """Records that were given another answer together, with how far that has come."""
    return await door.read(relabel.read_relabelling, relabelling_id)


@router.post("/projects/{project_id}/relabellings/{relabelling_id}/undo")
async def undo_relabelling(
    project_id: AnyId, relabelling_id: AnyId, request: Request, door: Door = guard(Permission.REVIEW)
) -> Relabelling:
    """Give the records back what stood before, but for those that somebody has decided anew since."""
    return _woken(request, await door.write(relabel.undo_relabelling, relabelling_id))


def _woken(request: Request, made: Relabelling) -> Relabelling:
    if made.course is not None and made.course.is_moving:
        wake_worker(request)
    return made
