"""Routes of releases."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import StreamingResponse

from goldsmith.server.features.accounts import Door, Permission, guard
from goldsmith.server.features.releases import read, withdraw
from goldsmith.server.features.releases.deleted import find_suspects, look_up
from goldsmith.server.features.releases.download import Stream, find_frozen, open_stream, record_holdout_look
from goldsmith.server.features.releases.schemas import (
    Choice,
    DeletedRows,
    NewRelease,
    NewWithdrawal,
    Release,
    ReleaseSummary,
)
from goldsmith.server.features.releases.start import start_release
from goldsmith.server.foundation.paging import Cursor, Limit, Page
from goldsmith.server.foundation.wire import AnyId
from goldsmith.server.pipelines import wake_worker

router = APIRouter(tags=["releases"])

_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file, streamed. `ETag` is the content hash.",
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in ("application/x-ndjson", "text/csv", "application/vnd.apache.parquet", "application/zip",
                         "text/markdown", "application/json", "application/ld+json")
        },
    },
    304: {"description": "`If-None-Match` names the file as it is."},
}  # fmt: skip


@router.post("/projects/{project_id}/releases", status_code=201)
async def create_release(
    project_id: AnyId, body: NewRelease, request: Request, door: Door = guard(Permission.MANAGE)
) -> Release:
    """Freeze the project's resolved records into a new release. A job builds it; see `job_id`."""
    release = await door.write(start_release, body)
    wake_worker(request)
    return release


@router.get("/projects/{project_id}/releases")
async def list_releases(
    project_id: AnyId, cursor: Cursor = None, limit: Limit = 100, door: Door = guard(Permission.BROWSE)
) -> Page[ReleaseSummary]:
    """The project's releases, newest first."""
    return await door.read(read.list_releases, cursor, limit)


@router.get("/projects/{project_id}/releases/{release_id}")
async def read_release(project_id: AnyId, release_id: AnyId, door: Door = guard(Permission.BROWSE)) -> Release:
    """One release with its manifest and the formats it offers."""
    return await door.read(read.read_release, release_id)


@router.get("/projects/{project_id}/releases/{release_id}/deleted-rows")
async def read_deleted_rows(
    project_id: AnyId, release_id: AnyId, request: Request, door: Door = guard(Permission.MANAGE)
) -> DeletedRows:
    """The rows of the release whose records were deleted since it was made."""
    suspects = await door.read(find_suspects, release_id)
    return await asyncio.to_thread(look_up, request.app.state.blobs, suspects)


@router.post("/projects/{project_id}/releases/{release_id}/withdraw")
async def withdraw_release(
    project_id: AnyId, release_id: AnyId, body: NewWithdrawal, door: Door = guard(Permission.MANAGE)
) -> Release:
    """Refuse every download but the manifest from now on. It can be reinstated until its rows are removed."""
    return await door.write(withdraw.withdraw, release_id, body)


@router.post("/projects/{project_id}/releases/{release_id}/reinstate")
async def reinstate_release(project_id: AnyId, release_id: AnyId, door: Door = guard(Permission.MANAGE)) -> Release:
    """Let a withdrawn release be taken away again."""
    return await door.write(withdraw.reinstate, release_id)


@router.get("/projects/{project_id}/releases/{release_id}/download", response_class=Response, responses=_FILES)
async def download_release(
    project_id: AnyId,
    release_id: AnyId,
    choice: Annotated[Choice, Query()],
    request: Request,
    door: Door = guard(Permission.BROWSE),
) -> Response:
    """Stream one file of a release, as it was frozen."""
    frozen = await door.read(find_frozen, release_id, choice.part)
    stream = await asyncio.to_thread(open_stream, request.app.state.blobs, frozen, choice)
    if frozen.manifest["filter"]["include_holdout"] and choice.part in ("data", "provenance", "comments"):
        await door.write(record_holdout_look, release_id, choice.part)
    if f'"{stream.etag}"' in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=_headers(stream))
    return StreamingResponse(stream.blocks, media_type=stream.media_type, headers=_headers(stream, stream.length))


def _headers(stream: Stream, length: int | None = None) -> dict[str, str]:
    headers = {
        "Content-Disposition": f'attachment; filename="{stream.name}"',
        "ETag": f'"{stream.etag}"',
        "Cache-Control": "private, no-cache",
    }
    return headers if length is None else headers | {"Content-Length": str(length)}
