"""Routes of the audit trail."""

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from goldsmith.server.features.accounts.domain import Permission
from goldsmith.server.features.accounts.door import Door, guard
from goldsmith.server.features.accounts.schemas import AuditEntry
from goldsmith.server.features.accounts.trail import exporting, listing
from goldsmith.server.features.accounts.trail.filter import Wanted
from goldsmith.server.foundation.paging import Cursor, Limit, Page

router = APIRouter(tags=["accounts"])

_FILE = {"200": {"description": "The file.", "content": {"application/jsonl": {}, "text/csv": {}}}}


@router.get("/audit")
async def list_audit(
    wanted: Wanted, cursor: Cursor = None, limit: Limit = 100, door: Door = guard(Permission.ADMIN)
) -> Page[AuditEntry]:
    """Who changed what, newest first."""
    return await door.read(listing.list_audit, wanted, cursor=cursor, limit=limit)


@router.get("/audit/export", response_class=StreamingResponse, responses=_FILE)  # type: ignore[arg-type]
async def export_audit(
    wanted: Wanted, format: exporting.Format = "jsonl", door: Door = guard(Permission.ADMIN)  # noqa: A002
) -> StreamingResponse:  # fmt: skip
    """The trail as a file, oldest first, with the chain that proves it (`goldsmith admin verify-audit --file`)."""
    opening = await door.write(exporting.open_export, wanted)
    name = f"audit-{opening.workspace_id}-{opening.position}.{format}"
    return StreamingResponse(
        exporting.written(door, opening, wanted, format), media_type=exporting.MEDIA_TYPES[format],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip
