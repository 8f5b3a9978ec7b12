"""Routes of sessions, people, invitations, keys and the audit trail."""

from fastapi import APIRouter, Request, Response

from goldsmith.server.features.accounts import accept, erase, invitations, keys, members, preferences, sign_in
from goldsmith.server.features.accounts.arrival import COOKIE, arrival_of, set_session_cookie
from goldsmith.server.features.accounts.domain import Permission
from goldsmith.server.features.accounts.door import Door, guard
from goldsmith.server.features.accounts.oidc import router as oidc_router
from goldsmith.server.features.accounts.preferences import NewPreferences, Preferences
from goldsmith.server.features.accounts.schemas import (
    Acceptance,
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
    PersonErasure,
    SignedOut,
    SignIn,
    WorkspaceChoice,
)
from goldsmith.server.features.accounts.session_routes import router as session_router
from goldsmith.server.features.accounts.trail import router as trail_router
from goldsmith.server.foundation.paging import Cursor, Limit, Page
from goldsmith.server.foundation.wire import AnyId
from goldsmith.server.pipelines import wake_worker

router = APIRouter(tags=["accounts"])
router.include_router(oidc_router)
router.include_router(session_router)
router.include_router(trail_router)


@router.post("/session")
async def start_session(body: SignIn, request: Request, response: Response) -> Me:
    """Sign in with an address and a password; the answer sets a session cookie."""
    state = request.app.state
    sign_in.require_passwords(state.settings.passwords)
    token, me = await sign_in.sign_in(
        state.database, state.clock, email=body.email, password=body.password, arrival=arrival_of(request)
    )
    set_session_cookie(response, token, state.settings)
    return me


@router.get("/session")
async def who_am_i(door: Door = guard(Permission.MEMBER)) -> Me:
    """The caller, their workspace and their CSRF token."""
    return await door.read(sign_in.me)


@router.delete("/session")
async def end_session(request: Request, response: Response, door: Door = guard(Permission.MEMBER)) -> SignedOut:
    """Sign out; the answer says where to go on to sign out of the identity provider too, where that is wanted."""
    provider = await door.write(sign_in.sign_out, request.cookies.get(COOKIE))
    response.delete_cookie(COOKIE, path="/")
    return SignedOut(continue_at=await request.app.state.providers.sign_out_url(provider))


@router.put("/session/workspace", status_code=204)
async def choose_workspace(body: WorkspaceChoice, request: Request, door: Door = guard(Permission.MEMBER)) -> None:
    """Go on in another workspace of yours."""
    await door.write(sign_in.switch_workspace, request.cookies.get(COOKIE), body.workspace_id)


@router.put("/session/password", status_code=204)
async def change_password(body: PasswordChange, request: Request, door: Door = guard(Permission.MEMBER)) -> None:
    """Change your password; your other sessions end."""
    sign_in.require_passwords(request.app.state.settings.passwords)
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


@router.post("/people/{person_id}/erase", status_code=204)
async def erase_person(
    person_id: AnyId, body: PersonErasure, request: Request, door: Door = guard(Permission.ADMIN)
) -> None:
    """Erase who a person was: name, address, password, sessions, keys. What they judged stays under a number, or is
    withdrawn where that is asked for. This cannot be undone."""
    await door.write(erase.erase_person, person_id, body)
    wake_worker(request)


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
    sign_in.require_passwords(state.settings.passwords)
    session, me = await accept.accept_invitation(state.database, state.clock, token, body, arrival_of(request))
    set_session_cookie(response, session, state.settings)
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
