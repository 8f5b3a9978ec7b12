"""Connect another provider's identity to the account of whoever is signed in, and take one away again.

Both change who can come in as this person, so both ask for a session that began a moment ago, and both are told in the
inbox. An identity never moves: one that leads to somebody else, or whose verified address is somebody else's, stays
where it is. What remains must hold a way in: a password where the server takes them, or an identity of a provider that
the server has.
"""

from datetime import datetime, timedelta
from hmac import compare_digest

from pydantic import BaseModel, Field
from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import store as accounts_store
from goldsmith.server.features.accounts.audit import audit
from goldsmith.server.features.accounts.domain import Who, WorkspaceRole
from goldsmith.server.features.accounts.notices import News, NoticeKind, tell_oneself
from goldsmith.server.features.accounts.oidc import store
from goldsmith.server.features.accounts.oidc.admit import check_domain, link
from goldsmith.server.features.accounts.oidc.attempts import Attempt
from goldsmith.server.features.accounts.oidc.proof import Proof
from goldsmith.server.features.accounts.oidc.troubles import SignInRefused, Trouble
from goldsmith.server.foundation.errors import Conflict, NotFound
from goldsmith.server.foundation.settings import Settings
from goldsmith.server.foundation.stored import known

RECENT = timedelta(minutes=15)
"""How long after signing in one may change how one signs in."""


class Identity(BaseModel):
    """An account at an identity provider that signs you in here."""

    id: int
    provider: str
    title: str = Field(description="What people call the provider.")
    is_offered: bool = Field(description="Whether the server has this provider still; if not, it lets nobody in.")
    connected_at: datetime
    last_used_at: datetime
    may_be_removed: bool = Field(description="Whether another way in would remain.")


class Identities(BaseModel):
    """The providers that are connected to your account."""

    identities: list[Identity]
    may_change_until: datetime | None = Field(
        description="Until when this session may connect and remove; null: sign in again first."
    )


def list_identities(tx: Connection, who: Who, settings: Settings) -> Identities:
    """What is connected to the caller's account."""
    rows = store.identities_of(tx, who.person_id)
    until = _may_change_until(tx, who)
    return Identities(
        identities=[_wire(tx, who, row, settings) for row in rows],
        may_change_until=until if until and until > who.now else None,
    )


def require_recent_sign_in(tx: Connection, who: Who) -> str:
    """The caller's session, if it began a moment ago: one left open, or stolen, must not change who comes in."""
    until = _may_change_until(tx, who)
    if who.session is None or until is None:
        raise Conflict("An API key cannot change how its person signs in. Do this in the browser, under Your account.")
    if until <= who.now:
        raise Conflict("You signed in some time ago. Sign in again to show that it is you; then do this at once.")
    return who.session


def connect(
    tx: Connection, settings: Settings, proof: Proof, attempt: Attempt, *, session: str | None, now: datetime
) -> None:
    """Let the identity sign in the person whose session began the attempt, or raise `SignInRefused`."""
    who = _whose_session(tx, attempt, session, now)
    check_domain(settings.oidc[attempt.provider], proof)
    identity = store.find_identity(tx, proof.issuer, proof.subject)
    holder = accounts_store.find_person(tx, email=proof.email) if proof.email else None
    belongs_to = identity.person_id if identity else holder.id if holder else who.person_id
    if belongs_to != who.person_id:
        raise SignInRefused(Trouble.CONNECTED_ELSEWHERE, f"person {who.person_id} asked, it is person {belongs_to}'s")
    if identity is not None:
        return
    link(tx, proof, who.person_id, now)
    _note(tx, who, "identity.link", proof.provider, f"{_title(proof.provider, settings)} signs you in from now on.")


def remove_identity(tx: Connection, who: Who, identity_id: int, settings: Settings) -> None:
    """Let an identity sign the caller in no more; sessions elsewhere that began with its provider end."""
    session = require_recent_sign_in(tx, who)
    store.lock_person(tx, who.person_id)
    row = next((row for row in store.identities_of(tx, who.person_id) if row.id == identity_id), None)
    if row is None:
        raise NotFound("No such identity is connected to your account. Look at the list again.")
    if not _would_remain(tx, who, row, settings):
        raise Conflict("This is the last way into your account. Connect another provider first.")
    store.drop_identity(tx, identity_id)
    for other in accounts_store.list_sessions(tx, who.person_id, who.now):
        if other.provider == row.provider and other.token_hash != session:
            accounts_store.delete_session(tx, other.token_hash)
    _note(tx, who, "identity.unlink", row.provider, f"{_title(row.provider, settings)} signs you in no more.")


def _whose_session(tx: Connection, attempt: Attempt, session: str | None, now: datetime) -> Who:
    """The person who began the attempt, if it is their browser, signed in by the same session, that comes back."""
    is_same = compare_digest(attempt.session_hash or "", session or "")
    row = accounts_store.find_session(tx, session, None, now) if session and is_same else None
    if row is None:
        raise SignInRefused(Trouble.OTHER_SESSION, "it was begun in a session that this browser does not have")
    return Who(row.person_id, row.workspace_id, known(WorkspaceRole, row.workspace_role), now, session=session)


def _may_change_until(tx: Connection, who: Who) -> datetime | None:
    sessions = accounts_store.list_sessions(tx, who.person_id, who.now)
    return next((row.created_at + RECENT for row in sessions if row.token_hash == who.session), None)


def _would_remain(tx: Connection, who: Who, removed: Row, settings: Settings) -> bool:
    """Whether the caller could still come in without this identity."""
    person = accounts_store.find_person(tx, id=who.person_id)
    if settings.passwords and person is not None and person.password_hash:
        return True
    others = (row for row in store.identities_of(tx, who.person_id) if row.id != removed.id)
    return any(_is_offered(row, settings) for row in others)


def _is_offered(row: Row, settings: Settings) -> bool:
    return row.issuer in {one.issuer for one in settings.oidc.values()}


def _note(tx: Connection, who: Who, action: str, provider: str, words: str) -> None:
    audit(tx, who, action=action, subject=f"person:{who.person_id}", provider=provider)
    tell_oneself(tx, who, News(NoticeKind.IDENTITY, key=f"{action}:{provider}:{who.now.timestamp()}", words=words))


def _wire(tx: Connection, who: Who, row: Row, settings: Settings) -> Identity:
    return Identity(
        id=row.id, provider=row.provider, title=_title(row.provider, settings), is_offered=_is_offered(row, settings),
        connected_at=row.created_at, last_used_at=row.last_used_at,
        may_be_removed=_would_remain(tx, who, row, settings),
    )  # fmt: skip


def _title(provider: str, settings: Settings) -> str:
    one = settings.oidc.get(provider)
    return (one.title if one else "") or provider.title()
