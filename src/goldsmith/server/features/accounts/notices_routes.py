"""Routes of the inbox."""

from typing import Annotated

from fastapi import APIRouter, Query

from goldsmith.server.features.accounts import notices
from goldsmith.server.features.accounts.domain import Permission
from goldsmith.server.features.accounts.door import Door, guard
from goldsmith.server.features.accounts.notices import Marked, Marking, Notice, NoticeKind, UnreadNotices
from goldsmith.server.foundation.paging import Cursor, Limit, Page

router = APIRouter(tags=["inbox"])


@router.get("/notices")
async def list_notices(
    unread: Annotated[bool, Query(description="Only those not read yet.")] = False,
    kind: NoticeKind | None = None,
    cursor: Cursor = None,
    limit: Limit = 50,
    door: Door = guard(Permission.MEMBER),
) -> Page[Notice]:
    """What you should hear of, newest first: mentions, replies, work sent back."""
    return await door.read(notices.list_notices, unread=unread, kind=kind, cursor=cursor, limit=limit)


@router.get("/notices/unread")
async def count_unread_notices(door: Door = guard(Permission.MEMBER)) -> UnreadNotices:
    """How many notices you have not read."""
    return await door.read(notices.count_unread)


@router.post("/notices/mark")
async def mark_notices(body: Marking, door: Door = guard(Permission.MEMBER)) -> Marked:
    """Mark notices as read, or as unread again."""
    return await door.write(notices.mark_notices, body)
