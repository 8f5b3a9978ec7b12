"""Routes about where people are signed in."""

from fastapi import APIRouter

from goldsmith.server.features.accounts import sessions
from goldsmith.server.features.accounts.domain import Permission
from goldsmith.server.features.accounts.door import Door, guard
from goldsmith.server.features.accounts.schemas import Session
from goldsmith.server.foundation.wire import AnyId

router = APIRouter(tags=["accounts"])


@router.get("/sessions")
async def list_sessions(door: Door = guard(Permission.MEMBER)) -> list[Session]:
    """Where you are signed in: device, address, and when it was last used (to half a minute)."""
    return await door.read(sessions.list_sessions)


@router.delete("/sessions", status_code=204)
async def end_other_sessions(door: Door = guard(Permission.MEMBER)) -> None:
    """Sign out everywhere but here."""
    await door.write(sessions.end_other_sessions)


@router.delete("/sessions/{session_id}", status_code=204)
async def end_one_session(session_id: str, door: Door = guard(Permission.MEMBER)) -> None:
    """Sign out in one place."""
    await door.write(sessions.end_session, session_id)


@router.get("/people/{person_id}/sessions")
async def list_sessions_of(person_id: AnyId, door: Door = guard(Permission.ADMIN)) -> list[Session]:
    """Where a member is signed in to this workspace."""
    return await door.read(sessions.list_sessions_of, person_id)


@router.delete("/people/{person_id}/sessions", status_code=204)
async def end_sessions_of(person_id: AnyId, door: Door = guard(Permission.ADMIN)) -> None:
    """Sign a member out of this workspace everywhere; drafts and answers stay."""
    await door.write(sessions.end_sessions_of, person_id)


@router.delete("/people/{person_id}/sessions/{session_id}", status_code=204)
async def end_session_of(person_id: AnyId, session_id: str, door: Door = guard(Permission.ADMIN)) -> None:
    """Sign a member out in one place."""
    await door.write(sessions.end_session_of, person_id, session_id)
