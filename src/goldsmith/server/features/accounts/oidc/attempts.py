"""One visit to a provider, remembered until it comes back: once, to the browser that began it, within minutes."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hmac import compare_digest
from urllib.parse import urlsplit

from sqlalchemy import Connection

from goldsmith.server.features.accounts.oidc import store
from goldsmith.server.features.accounts.oidc.troubles import SignInRefused, Trouble
from goldsmith.server.features.accounts.secrets import fingerprint, new_token

LASTS = timedelta(minutes=10)
NEXT_MAX = 2000
ACCOUNT_PAGE = "/account"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What has to be known when the person comes back."""

    provider: str
    nonce: str
    code_verifier: str
    next_path: str
    invitation_hash: str | None
    session_hash: str | None = None
    """The session of whoever is signed in and connects the provider to their account; None to sign in."""


def new_attempt(provider: str, next_path: str | None, invitation: str | None) -> Attempt:
    """A visit about to begin."""
    return Attempt(
        provider, new_token(), new_token() + new_token(), local_path(next_path),
        fingerprint(invitation) if invitation else None,
    )  # fmt: skip


def attempt_to_connect(provider: str, session_hash: str) -> Attempt:
    """A visit that is to end in the account of whoever has this session."""
    return replace(new_attempt(provider, ACCOUNT_PAGE, None), session_hash=session_hash)


def remember(tx: Connection, attempt: Attempt, *, state: str, browser: str, now: datetime) -> None:
    """Keep an attempt, and forget those that took too long."""
    store.forget_attempts(tx, now - LASTS)
    store.add_attempt(
        tx, state_hash=fingerprint(state), browser_hash=fingerprint(browser), provider=attempt.provider,
        nonce=attempt.nonce, code_verifier=attempt.code_verifier, next_path=attempt.next_path,
        invitation_hash=attempt.invitation_hash, session_hash=attempt.session_hash, started_at=now,
    )  # fmt: skip


def take(tx: Connection, *, provider: str, state: str, browser: str, now: datetime) -> Attempt | None:
    """The attempt that this answer belongs to, which is then gone; None if it does not belong to any."""
    row = store.take_attempt(tx, fingerprint(state))
    if row is None or row.provider != provider or row.started_at <= now - LASTS:
        return None
    if not compare_digest(row.browser_hash, fingerprint(browser)):
        return None
    return Attempt(row.provider, row.nonce, row.code_verifier, row.next_path, row.invitation_hash, row.session_hash)


def local_path(asked: str | None) -> str:
    """Where to go on inside; the first page for anything that could lead out of this server."""
    if not asked or len(asked) > NEXT_MAX or "\\" in asked or not asked.isprintable():
        return "/"
    parts = urlsplit(asked)
    is_inside = asked.startswith("/") and not asked.startswith("//") and not parts.scheme and not parts.netloc
    return asked if is_inside else "/"


def known(attempt: Attempt | None) -> Attempt:
    """The attempt, or the refusal of an answer that belongs to none."""
    if attempt is None:
        raise SignInRefused(Trouble.STALE, "no attempt of this browser waits for this answer")
    return attempt
