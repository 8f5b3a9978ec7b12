"""Routes of the annotate screen, and of everybody's answers for those who may browse them."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection

from goldsmith.server.features import assignment
from goldsmith.server.features.accounts import Door, Permission, Who, guard
from goldsmith.server.features.annotation import answer, history, items, stale, take_back_asking
from goldsmith.server.features.annotation.schemas import (
    Annotation,
    AskAgain,
    Asked,
    AskingTakenBack,
    Batch,
    Flag,
    HistoryEntry,
    Impact,
    Item,
    Lease,
    NewAnswer,
    NewDraft,
    NextRequest,
    Skip,
    StaleAnswer,
    StaleSummary,
    Submitted,
    TakeAskingBack,
    TaskList,
)
from goldsmith.server.features.projects import SchemaDraft, judging
from goldsmith.server.features.records import IMAGES, ImageUrl
from goldsmith.server.foundation.paging import Cursor, Limit, Page
from goldsmith.server.foundation.wire import AnyId

router = APIRouter(tags=["annotate"])


@router.post("/projects/{project_id}/queue/next")
async def claim_next(project_id: AnyId, body: NextRequest, door: Door = guard(Permission.ANNOTATE)) -> Batch:
    """Have up to `count` records at hand. Calling again returns the same ones until they are finished."""
    return await door.write(items.claim_next, body.count, body.holding)


@router.post("/projects/{project_id}/queue/renew")
async def renew_leases(project_id: AnyId, body: TaskList, door: Door = guard(Permission.ANNOTATE)) -> Lease:
    """Prolong the leases of tasks you hold."""
    return await door.write(_renew, body.task_ids)


@router.post("/projects/{project_id}/queue/release", status_code=204)
async def release_tasks(project_id: AnyId, body: TaskList, door: Door = guard(Permission.ANNOTATE)) -> None:
    """Give tasks back that you did not work on."""
    await door.write(assignment.release, body.task_ids)


@router.get("/projects/{project_id}/queue/history")
async def read_history(
    project_id: AnyId, cursor: Cursor = None, limit: Limit = 50, door: Door = guard(Permission.ANNOTATE)
) -> Page[HistoryEntry]:
    """What you submitted, skipped or flagged, newest first."""
    return await door.read(history.my_history, cursor, limit)


@router.get("/projects/{project_id}/tasks/{task_id}")
async def read_task(project_id: AnyId, task_id: AnyId, door: Door = guard(Permission.ANNOTATE)) -> Item:
    """A task of yours, to look at or to revise."""
    return await door.read(items.read_item, task_id)


@router.get("/projects/{project_id}/tasks/{task_id}/image", response_class=Response, responses=IMAGES)
async def show_task_image(
    project_id: AnyId, task_id: AnyId, url: ImageUrl, request: Request, door: Door = guard(Permission.ANNOTATE)
) -> Response:
    """An image that the record of a task of yours names, where the project shows images."""
    wanted = await door.read(items.image_of_item, task_id, url)
    return await request.app.state.gallery.show(wanted)


@router.post("/projects/{project_id}/tasks/{task_id}/answer")
async def submit_answer(
    project_id: AnyId, task_id: AnyId, body: NewAnswer, door: Door = guard(Permission.ANNOTATE)
) -> Submitted:
    """Submit an answer, or a correction of an earlier one. When this returns, the answer is kept for good."""
    return await door.write(answer.submit, task_id, body)


@router.put("/projects/{project_id}/tasks/{task_id}/draft", status_code=204)
async def save_draft(
    project_id: AnyId, task_id: AnyId, body: NewDraft, door: Door = guard(Permission.ANNOTATE)
) -> None:
    """Keep an unfinished answer."""
    await door.write(answer.save_draft, task_id, body)


@router.post("/projects/{project_id}/tasks/{task_id}/skip", status_code=204)
async def skip_task(project_id: AnyId, task_id: AnyId, body: Skip, door: Door = guard(Permission.ANNOTATE)) -> None:
    """Pass on a record; you will not be asked about it again."""
    await door.write(answer.skip, task_id, body)


@router.post("/projects/{project_id}/tasks/{task_id}/flag", status_code=204)
async def flag_task(project_id: AnyId, task_id: AnyId, body: Flag, door: Door = guard(Permission.ANNOTATE)) -> None:
    """Send a record to an expert."""
    await door.write(answer.flag, task_id, body)


@router.post("/projects/{project_id}/tasks/{task_id}/undo")
async def undo_task(project_id: AnyId, task_id: AnyId, door: Door = guard(Permission.ANNOTATE)) -> Item:
    """Take back your last answer, skip or flag of this record; you hold it again."""
    return await door.write(answer.undo, task_id)


@router.get("/projects/{project_id}/annotations")
async def list_annotations(
    project_id: AnyId,
    cursor: Cursor = None,
    limit: Limit = 100,
    record_id: Annotated[AnyId | None, Query()] = None,
    person_id: Annotated[AnyId | None, Query()] = None,
    door: Door = guard(Permission.BROWSE),
) -> Page[Annotation]:
    """Every revision of every answer, in the order in which they came."""
    return await door.read(
        history.list_annotations, cursor=cursor, limit=limit, record_id=record_id, person_id=person_id
    )


@router.post("/projects/{project_id}/schemas/preview")
async def preview_schema(project_id: AnyId, body: SchemaDraft, door: Door = guard(Permission.MANAGE)) -> Impact:
    """What a new schema version would do to the answers given so far. Changes nothing."""
    return await door.read(stale.preview_schema, body)


@router.post("/projects/{project_id}/schemas/{version}/restore/preview")
async def preview_restore(project_id: AnyId, version: AnyId, door: Door = guard(Permission.MANAGE)) -> Impact:
    """What going back to an earlier version would do to the answers given so far. Changes nothing."""
    return await door.read(stale.preview_restore, version)


@router.get("/projects/{project_id}/stale-answers")
async def list_stale_answers(
    project_id: AnyId,
    person_id: Annotated[AnyId | None, Query()] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
    door: Door = guard(Permission.BROWSE),
) -> Page[StaleAnswer]:
    """Answers that a change of the schema has left without a value for some question; of one person, or of all."""
    return await door.read(stale.list_stale, cursor, limit, person_id)


@router.get("/projects/{project_id}/stale-answers/summary")
async def sum_up_stale_answers(project_id: AnyId, door: Door = guard(Permission.BROWSE)) -> StaleSummary:
    """How many answers have to be given again, and by whom."""
    return await door.read(stale.sum_up_stale)


@router.post("/projects/{project_id}/stale-answers/ask-again")
async def ask_for_stale_answers(project_id: AnyId, body: AskAgain, door: Door = guard(Permission.MANAGE)) -> Asked:
    """Send stale answers back to the people who gave them; their records wait until they have answered again."""
    return await door.write(stale.ask_for_stale, body)


@router.post("/projects/{project_id}/stale-answers/take-back")
async def take_back_asking_again(
    project_id: AnyId, body: TakeAskingBack, door: Door = guard(Permission.MANAGE)
) -> AskingTakenBack:
    """Undo `ask-again` for those who have not begun: their answers stand as before."""
    return await door.write(take_back_asking.take_back_asking, body)


def _renew(tx: Connection, who: Who, task_ids: list[int]) -> Lease:
    seconds = judging(tx, who.project).policy.lease_seconds
    return Lease(lease_expires_at=assignment.renew(tx, who, task_ids, seconds))
