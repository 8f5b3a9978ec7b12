"""Routes of sessions, people, invitations, keys and the audit trail."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response

from goldsmith.server.features.accounts import accept, invitations, keys, members, preferences, sign_in, trail
from goldsmith.server.features.accounts.domain import Permission
from goldsmith.server.features.accounts.door import COOKIE, Door, guard
from goldsmith.server.features.accounts.preferences import NewPreferences, Preferences
from goldsmith.server.features.accounts.schemas import (
    Acceptance,
    AuditEntry,
    Invitation,
    InvitationPreview,
    IssuedInvitation,
    IssuedKey,
    Key,
    Me,
    NewInvitation,
    NewKey,
    NewPerson,
    PasswordChange,
    Person,
    PersonChange,
    SignIn,
    WorkspaceChoice,
)
from goldsmith.server.foundation.paging import Cursor, Limit, Page
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.foundation.wire import AnyId

router = APIRouter(tags=["accounts"])


@router.post("/session")
async def start_session(body: SignIn, request: Request, response: Response) -> Me:
    """Sign in with an address and a password; the answer sets a session cookie."""
    state = request.app.state
    token, me = await sign_in.sign_in(
        state.database, state.clock, email=body.email, password=body.password,
        address=_address_of(request), lasts=_session_lasts(state.settings),
    )  # fmt: skip
    _set_cookie(response, token, state.settings)
    return me


@router.get("/session")
async def who_am_i(door: Door = guard(Permission.MEMBER)) -> Me:
    """The caller, their workspace and their CSRF token."""
    return await door.read(sign_in.me)


@router.delete("/session", status_code=204)
async def end_session(request: Request, response: Response, door: Door = guard(Permission.MEMBER)) -> None:
    """Sign out."""
    await door.write(sign_in.sign_out, request.cookies.get(COOKIE))
    response.delete_cookie(COOKIE, path="/")


@router.put("/session/workspace", status_code=204)
async def choose_workspace(body: WorkspaceChoice, request: Request, door: Door = guard(Permission.MEMBER)) -> None:
    """Go on in another workspace of yours."""
    await door.write(sign_in.switch_workspace, request.cookies.get(COOKIE), body.workspace_id)


@router.put("/session/password", status_code=204)
async def change_password(body: PasswordChange, request: Request, door: Door = guard(Permission.MEMBER)) -> None:
    """Change your password; your other sessions end."""
    stored = await door.read(sign_in.stored_password)
    new_hash = await sign_in.checked_new_password(stored, current=body.current, new=body.new)
    await door.write(sign_in.set_password, new_hash=new_hash, keep_session=request.cookies.get(COOKIE))


@router.get("/preferences")
async def read_preferences(door: Door = guard(Permission.MEMBER)) -> Preferences:
    """What you have chosen for yourself, such as your own keys."""
    return await door.read(preferences.read_preferences)


@router.put("/preferences")
async def choose_preferences(body: NewPreferences, door: Door = guard(Permission.MEMBER)) -> Preferences:
    """Choose anew; what is left out goes back to how the product comes."""
    return await door.write(preferences.choose_preferences, body)


@router.get("/people")
async def list_people(cursor: Cursor = None, limit: Limit = 100, door: Door = guard(Permission.CREATE)) -> Page[Person]:
    """The workspace's people."""
    return await door.read(members.list_people, cursor, limit)


@router.post("/people", status_code=201)
async def add_person(body: NewPerson, door: Door = guard(Permission.ADMIN)) -> Person:
    """Add a person who works through API keys alone. People who sign in are invited instead."""
    return await door.write(members.add_person, body)


@router.post("/people/{person_id}/keys", status_code=201)
async def create_key_for(person_id: AnyId, body: NewKey, door: Door = guard(Permission.ADMIN)) -> IssuedKey:
    """Issue an API key for a person without a password; its secret is shown once."""
    return await door.write(keys.create_key_for, person_id, body)


@router.patch("/people/{person_id}", status_code=204)
async def change_person(person_id: AnyId, body: PersonChange, door: Door = guard(Permission.ADMIN)) -> None:
    """Change a member's workspace role, or let them in or out."""
    await door.write(members.change_person, person_id, body)


@router.get("/invitations")
async def list_invitations(door: Door = guard(Permission.ADMIN)) -> list[Invitation]:
    """Every invitation of the workspace, newest first."""
    return await door.read(invitations.list_invitations)


@router.post("/invitations", status_code=201)
async def invite(body: NewInvitation, door: Door = guard(Permission.ADMIN)) -> IssuedInvitation:
    """Issue an invitation link."""
    return await door.write(invitations.invite, body)


@router.delete("/invitations/{invitation_id}", status_code=204)
async def revoke_invitation(invitation_id: AnyId, door: Door = guard(Permission.ADMIN)) -> None:
    """Take an invitation back."""
    await door.write(invitations.revoke_invitation, invitation_id)


@router.get("/invitations/{token}/preview")
async def preview_invitation(token: str, request: Request) -> InvitationPreview:
    """What the holder of the link is invited to."""
    state = request.app.state
    return await state.database.read(accept.preview_invitation, token, state.clock())


@router.post("/invitations/{token}/accept", status_code=201)
async def accept_invitation(token: str, body: Acceptance, request: Request, response: Response) -> Me:
    """Join with a link; the answer sets a session cookie."""
    state = request.app.state
    session, me = await accept.accept_invitation(
        state.database, state.clock, token, body, address=_address_of(request), lasts=_session_lasts(state.settings)
    )
    _set_cookie(response, session, state.settings)
    return me


@router.get("/keys")
async def list_keys(door: Door = guard(Permission.MEMBER)) -> list[Key]:
    """Your API keys; an owner sees everybody's."""
    return await door.read(keys.list_keys)


@router.post("/keys", status_code=201)
async def create_key(body: NewKey, door: Door = guard(Permission.MEMBER)) -> IssuedKey:
    """Issue an API key; its secret is shown once."""
    return await door.write(keys.create_key, body)


@router.delete("/keys/{key_id}", status_code=204)
async def revoke_key(key_id: AnyId, door: Door = guard(Permission.MEMBER)) -> None:
    """End an API key at once."""
    await door.write(keys.revoke_key, key_id)


@router.get("/audit")
async def list_audit(
    cursor: Cursor = None,
    limit: Limit = 100,
    action: str | None = None,
    person_id: AnyId | None = None,
    project_id: AnyId | None = None,
    door: Door = guard(Permission.ADMIN),
) -> Page[AuditEntry]:
    """Who changed what, newest first."""
    return await door.read(
        trail.list_audit, cursor=cursor, limit=limit, action=action, person_id=person_id, project_id=project_id
    )


def _address_of(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _session_lasts(settings: Settings) -> timedelta:
    return timedelta(days=settings.session_days)


def _set_cookie(response: Response, token: str, settings: Settings) -> None:
    response.set_cookie(
        COOKIE, token, max_age=settings.session_days * 86_400, httponly=True, samesite="lax",
        secure=settings.secure_cookies, path="/",
    )  # fmt: skip
