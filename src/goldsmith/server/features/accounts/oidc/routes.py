"""Routes that lead to an identity provider and back: to sign in, or to connect it to one's account. Coming back is a
visit of the browser's, so failures lead to the door, or to the account's page.
"""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field

from goldsmith.server.features.accounts.arrival import COOKIE, arrival_of, set_session_cookie
from goldsmith.server.features.accounts.domain import Permission
from goldsmith.server.features.accounts.door import Door, guard
from goldsmith.server.features.accounts.oidc import attempts, connect
from goldsmith.server.features.accounts.oidc.admit import admit
from goldsmith.server.features.accounts.oidc.attempts import Attempt
from goldsmith.server.features.accounts.oidc.connect import Identities
from goldsmith.server.features.accounts.oidc.proof import Proof
from goldsmith.server.features.accounts.oidc.providers import Providers
from goldsmith.server.features.accounts.oidc.troubles import WORDS, SignInRefused, Trouble
from goldsmith.server.features.accounts.secrets import fingerprint, new_token
from goldsmith.server.foundation.errors import Unavailable
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.foundation.telemetry import log
from goldsmith.server.foundation.wire import AnyId

router = APIRouter(tags=["accounts"])

Text = Annotated[str | None, Query(max_length=2048)]
_CANCELLED = {"access_denied", "login_required", "interaction_required", "consent_required"}
_LEADS_ON = {303: {"description": "Leads on."}}


class Way(BaseModel):
    """An identity provider to sign in with."""

    name: str
    title: str
    path: str = Field(description="Open this in the browser; `?next=` says where to go on, `?invitation=` joins.")


class Ways(BaseModel):
    """How people come in here."""

    passwords: bool = Field(description="Whether a password kept here lets anybody in.")
    providers: list[Way]
    troubles: dict[str, str] = Field(description="What the codes mean that a provider's visit may end with.")


class Onward(BaseModel):
    """Where to go on in the browser."""

    continue_at: str


@router.get("/session/ways")
async def list_ways(request: Request) -> Ways:
    """How people sign in here: passwords, identity providers."""
    settings: Settings = request.app.state.settings
    return Ways(
        passwords=settings.passwords,
        providers=[
            Way(name=name, title=one.title or name.title(), path=f"/api/v1/session/oidc/{name}")
            for name, one in sorted(settings.oidc.items())
        ],
        troubles={str(trouble): words for trouble, words in WORDS.items()} if settings.oidc else {},
    )


@router.get(
    "/session/oidc/{provider}", status_code=303, response_class=RedirectResponse, responses=_LEADS_ON  # type: ignore[arg-type]
)  # fmt: skip
async def visit_provider(request: Request, provider: str, next: Text = None, invitation: Text = None):  # noqa: A002
    """Lead the browser to the identity provider."""
    state, browser = new_token(), new_token()
    talk = _providers(request).talk(provider)
    attempt = attempts.new_attempt(provider, next, invitation)
    try:
        url = await talk.begin(attempt, state)
    except SignInRefused as refused:
        return _to_the_door(provider, attempt, refused)
    app = request.app.state
    await app.database.write(attempts.remember, attempt, state=state, browser=browser, now=app.clock())
    answer = RedirectResponse(url, 303)
    _mark_browser(answer, state, browser, app.settings)
    return answer


@router.get("/session/identities")
async def list_identities(request: Request, door: Door = guard(Permission.MEMBER)) -> Identities:
    """The identity providers that are connected to your account."""
    return await door.read(connect.list_identities, request.app.state.settings)


@router.post("/session/identities/{provider}")
async def begin_to_connect(
    provider: str, request: Request, response: Response, door: Door = guard(Permission.MEMBER)
) -> Onward:
    """Begin to connect a provider to your account; open the address that the answer names in the same browser.

    Only in a session that began within the last quarter of an hour.
    """
    state, browser, app = new_token(), new_token(), request.app.state
    attempt = attempts.attempt_to_connect(provider, await door.read(connect.require_recent_sign_in))
    try:
        url = await _providers(request).talk(provider).begin(attempt, state)
    except SignInRefused as refused:
        log.warning("sign_in_refused", provider=provider, trouble=str(refused.trouble), reason=refused.reason)
        raise Unavailable(WORDS[refused.trouble]) from None
    await app.database.write(attempts.remember, attempt, state=state, browser=browser, now=app.clock())
    _mark_browser(response, state, browser, app.settings)
    return Onward(continue_at=url)


@router.delete("/session/identities/{identity_id}", status_code=204)
async def remove_identity(identity_id: AnyId, request: Request, door: Door = guard(Permission.MEMBER)) -> None:
    """Let a provider sign you in no more; refused for the last way in. Your sessions elsewhere that began with it end.

    Only in a session that began within the last quarter of an hour.
    """
    await door.write(connect.remove_identity, identity_id, request.app.state.settings)


@router.get(
    "/session/oidc/{provider}/callback", status_code=303, response_class=RedirectResponse, responses=_LEADS_ON  # type: ignore[arg-type]
)  # fmt: skip
async def come_back(
    request: Request, provider: str, state: Text = None, code: Text = None, error: Text = None, iss: Text = None
):
    """Where the identity provider leads the browser back to: the answer sets a session cookie and leads on."""
    _providers(request).talk(provider)
    attempt = await _take(request, provider, state or "")
    try:
        _require_code(code, error)
        attempt = attempts.known(attempt)
        proof = await _providers(request).talk(provider).finish(attempt, code=code or "", issuer=iss)
        answer = RedirectResponse(attempt.next_path, 303)
        if attempt.session_hash is not None:
            await _connect(request, attempt, proof)
        else:
            set_session_cookie(answer, await _let_in(request, attempt, proof), request.app.state.settings)
    except SignInRefused as refused:
        answer = _to_the_door(provider, attempt, refused)
    answer.delete_cookie(_cookie(state or ""), path="/api/v1/session/oidc")
    return answer


async def _take(request: Request, provider: str, state: str) -> Attempt | None:
    browser, app = request.cookies.get(_cookie(state), ""), request.app.state
    return await app.database.write(attempts.take, provider=provider, state=state, browser=browser, now=app.clock())


def _require_code(code: str | None, error: str | None) -> None:
    """Refuse an answer that leads nowhere; some providers forget the state of one, which is told all the same."""
    if error:
        raise SignInRefused(Trouble.CANCELLED if error in _CANCELLED else Trouble.REFUSED_THERE, error)
    if not code:
        raise SignInRefused(Trouble.STALE, "no code came")


async def _connect(request: Request, attempt: Attempt, proof: Proof) -> None:
    app, token = request.app.state, request.cookies.get(COOKIE)
    session = fingerprint(token) if token else None
    await app.database.write(connect.connect, app.settings, proof, attempt, session=session, now=app.clock())


async def _let_in(request: Request, attempt: Attempt, proof: Proof) -> str:
    app = request.app.state
    settings, arrival = app.settings.oidc[attempt.provider], arrival_of(request, attempt.provider)
    return await app.database.write(admit, settings, proof, attempt, now=app.clock(), arrival=arrival)


def _to_the_door(provider: str, attempt: Attempt | None, refused: SignInRefused) -> RedirectResponse:
    log.warning("sign_in_refused", provider=provider, trouble=str(refused.trouble), reason=refused.reason)
    told = {"trouble": str(refused.trouble)}
    if attempt and attempt.session_hash is not None:
        return RedirectResponse(f"{attempt.next_path}?{urlencode(told)}", 303)
    if attempt and attempt.next_path != "/":
        told["next"] = attempt.next_path
    return RedirectResponse(f"/signin?{urlencode(told)}", 303)


def _mark_browser(answer: Response, state: str, browser: str, settings: Settings) -> None:
    """Let the browser show, when it comes back, that it is the one that went."""
    answer.set_cookie(
        _cookie(state), browser, max_age=int(attempts.LASTS.total_seconds()), httponly=True, samesite="lax",
        secure=settings.cookies_need_https, path="/api/v1/session/oidc",
    )  # fmt: skip


def _cookie(state: str) -> str:
    """One for each attempt, so that two tabs do not disturb each other."""
    return f"goldsmith_sign_in_{fingerprint(state)[:12]}"


def _providers(request: Request) -> Providers:
    return request.app.state.providers
