"""Routes of exchange: look through a file of another tool, make a project from it, take a project away."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from goldsmith.server.features.accounts import Door, Permission, guard
from goldsmith.server.features.exchange import bring, receive, take
from goldsmith.server.features.exchange.schemas import Brought, NewProjectFromParcel, Parcel, ToolName
from goldsmith.server.foundation.wire import AnyId
from goldsmith.server.pipelines import wake_worker

router = APIRouter(tags=["exchange"])

Filename = Annotated[str, Query(min_length=1, max_length=1000, description="The file's name, to show and as a hint.")]
_BODY = {
    "requestBody": {
        "required": True,
        "description": "An export of the other tool: JSON, JSONL, Parquet, or a ZIP archive of several files.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
_ZIP: dict[int | str, Any] = {
    200: {"content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
          "description": "The tool's files, in one archive."}
}  # fmt: skip


@router.post("/parcels", status_code=201, openapi_extra=_BODY)
async def send_parcel(
    filename: Filename,
    request: Request,
    tool: Annotated[ToolName | None, Query(description="Whose file it is; recognised if left out.")] = None,
    door: Door = guard(Permission.CREATE),
) -> Parcel:
    """Send a file of another tool. Nothing is created yet: you are told what would come of it, and what would not."""
    return await receive.receive(door, request.app.state.blobs, filename, tool, request.stream())


@router.get("/parcels/{parcel_id}")
async def read_parcel(parcel_id: AnyId, door: Door = guard(Permission.CREATE)) -> Parcel:
    """A file that was sent, looked through."""
    return await door.write(receive.read_parcel, parcel_id)


@router.post("/parcels/{parcel_id}/project", status_code=201)
async def bring_project(
    parcel_id: AnyId, body: NewProjectFromParcel, request: Request, door: Door = guard(Permission.CREATE)
) -> Brought:
    """Make a project of it. A job brings records, answers and suggestions in; follow it for progress."""
    brought = await door.write(bring.bring, parcel_id, body)
    wake_worker(request)
    return brought


@router.get("/projects/{project_id}/take", response_class=Response, responses=_ZIP)
async def take_project(
    project_id: AnyId,
    tool: Annotated[ToolName, Query(description="For which tool.")],
    request: Request,
    door: Door = guard(Permission.MANAGE),
) -> StreamingResponse:
    """Everything of the project as another tool takes it: every record, holdouts too, everybody's answers by name."""
    leaving = await door.write(take.prepare, tool)
    return StreamingResponse(
        take.sent(request.app.state.database, leaving), media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{leaving.filename}"'},
    )  # fmt: skip
