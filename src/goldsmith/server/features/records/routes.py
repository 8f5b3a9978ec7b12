"""Routes of uploads, imports, records and facets."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy import Connection

from goldsmith.server.features.accounts import Door, Permission, Who, guard, names_of
from goldsmith.server.features.records import add, imports, page, read, uploads, views
from goldsmith.server.features.records.bodies import Record
from goldsmith.server.features.records.deleting.routes import router as deleting_router
from goldsmith.server.features.records.domain import RecordState
from goldsmith.server.features.records.images import IMAGES, ImageUrl, image_of_record
from goldsmith.server.features.records.schemas import (
    Added,
    Facet,
    MappingChoice,
    NewImport,
    NewRecords,
    Preview,
    RecordPage,
    Upload,
)
from goldsmith.server.features.records.views import NewView, View, ViewChange
from goldsmith.server.features.records.walking import Sort
from goldsmith.server.features.records.wanted import ANSWER, AboutAnswers, Answer, Wanted
from goldsmith.server.foundation.paging import Cursor, Limit
from goldsmith.server.foundation.wire import AnyId, Moment
from goldsmith.server.pipelines import JobView, as_wire, read_job, wake_worker

router = APIRouter(tags=["records"])
router.include_router(deleting_router)

Filename = Annotated[str, Query(min_length=1, max_length=1000, description="The file's name, to show and as a hint.")]
_BODY = {
    "requestBody": {
        "required": True,
        "description": "The file itself: CSV, TSV, JSON, JSONL or Parquet.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("/projects/{project_id}/uploads", status_code=201, openapi_extra=_BODY)
async def upload_file(
    project_id: AnyId, filename: Filename, request: Request, door: Door = guard(Permission.MANAGE)
) -> Upload:
    """Send a file; the answer says what it seems to be and guesses what its columns mean."""
    return await uploads.receive(door, request.app.state.blobs, filename, request.stream())


@router.post("/projects/{project_id}/uploads/{upload_id}/preview")
async def preview_upload(
    project_id: AnyId, upload_id: AnyId, body: MappingChoice, request: Request, door: Door = guard(Permission.MANAGE)
) -> Preview:
    """The first rows as records under a mapping, each with the reason if it cannot be one."""
    return await door.read(imports.preview, upload_id, body.mapping, request.app.state.blobs)


@router.post("/projects/{project_id}/imports", status_code=202)
async def start_import(
    project_id: AnyId, body: NewImport, request: Request, door: Door = guard(Permission.MANAGE)
) -> JobView:
    """Import an uploaded file in the background; follow the job for progress."""
    job = await door.write(_import, body)
    wake_worker(request)
    return job


@router.post("/projects/{project_id}/records", status_code=201)
async def add_records(project_id: AnyId, body: NewRecords, door: Door = guard(Permission.MANAGE)) -> Added:
    """Add records. Sending the same ones again changes nothing; a bad one does not hold up the others."""
    return await door.write(add.add_records, body)


@router.get("/projects/{project_id}/records")
async def list_records(
    project_id: AnyId,
    q: Annotated[
        str | None, Query(max_length=500, description='Words that must all occur; `"a phrase"`, `begin*`.')
    ] = None,
    state: Annotated[list[RecordState] | None, Query(max_length=10, description="Any of these states.")] = None,
    facet: Annotated[
        list[str] | None,
        Query(max_length=20, description="`key:value`; several of one key are alternatives, keys must all fit."),
    ] = None,
    open_comments: Annotated[
        bool, Query(description="Only records with a thread of comments that nobody resolved.")
    ] = False,
    answer: Annotated[list[Answer] | None, Query(max_length=20, description=f"Accepted answer: {ANSWER}")] = None,
    given: Annotated[list[Answer] | None, Query(max_length=20, description=f"Of somebody's answer: {ANSWER}")] = None,
    annotator: Annotated[list[AnyId] | None, Query(max_length=200, description="Answered by any of these.")] = None,
    answered_from: Annotated[Moment | None, Query(description="Answered at this time or later.")] = None,
    answered_until: Annotated[Moment | None, Query(description="Answered before this time.")] = None,
    sort: Sort = "id",
    cursor: Cursor = None,
    limit: Limit = 100,
    door: Door = guard(Permission.BROWSE),
) -> RecordPage:
    """Records that fit every filter. A page may be short and still not the last: follow `next_cursor`."""
    answers = AboutAnswers(
        answer=answer or [], given=given or [], annotator=annotator or [],
        answered_from=answered_from, answered_until=answered_until,
    )  # fmt: skip
    wanted = Wanted(q, state or [], facet or [], open_comments, answers)
    return await door.read(page.list_records, wanted, sort=sort, cursor=cursor, limit=limit)


@router.get("/projects/{project_id}/records/{record_id}")
async def read_record(project_id: AnyId, record_id: AnyId, door: Door = guard(Permission.BROWSE)) -> Record:
    """One record."""
    return await door.read(read.read_record, record_id)


@router.get("/projects/{project_id}/records/{record_id}/image", response_class=Response, responses=IMAGES)
async def show_image(
    project_id: AnyId, record_id: AnyId, url: ImageUrl, request: Request, door: Door = guard(Permission.BROWSE)
) -> Response:
    """An image that the record names, fetched by this server, where the project shows images."""
    wanted = await door.read(image_of_record, record_id, url)
    return await request.app.state.gallery.show(wanted)


@router.get("/projects/{project_id}/facets")
async def read_facets(project_id: AnyId, door: Door = guard(Permission.BROWSE)) -> list[Facet]:
    """What records can be filtered by, with counts."""
    return await door.read(page.read_facets)


@router.get("/projects/{project_id}/views")
async def list_views(project_id: AnyId, door: Door = guard(Permission.BROWSE)) -> list[View]:
    """Your saved views of the records, and those that others share."""
    return await door.read(views.list_views)


@router.post("/projects/{project_id}/views", status_code=201)
async def save_view(project_id: AnyId, body: NewView, door: Door = guard(Permission.BROWSE)) -> View:
    """Keep a filter under a name."""
    return await door.write(views.save_view, body)


@router.patch("/projects/{project_id}/views/{view_id}")
async def change_view(
    project_id: AnyId, view_id: AnyId, body: ViewChange, door: Door = guard(Permission.BROWSE)
) -> View:
    """Rename a view, share it, or keep another filter under its name."""
    return await door.write(views.change_view, view_id, body)


@router.delete("/projects/{project_id}/views/{view_id}", status_code=204)
async def delete_view(project_id: AnyId, view_id: AnyId, door: Door = guard(Permission.BROWSE)) -> None:
    """Let a view go. It can be taken back."""
    await door.write(views.delete_view, view_id)


@router.post("/projects/{project_id}/views/{view_id}/restore")
async def restore_view(project_id: AnyId, view_id: AnyId, door: Door = guard(Permission.BROWSE)) -> View:
    """Take back a view that was let go."""
    return await door.write(views.restore_view, view_id)


def _import(tx: Connection, who: Who, asked: NewImport) -> JobView:
    job_id = imports.start_import(tx, who, asked)
    return as_wire(read_job(tx, who.project, job_id), names_of(tx, {who.person_id}))
