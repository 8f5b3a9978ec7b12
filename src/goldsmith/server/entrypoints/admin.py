"""`goldsmith admin`: what an operator does beside a server, on its database, whether the server runs or not."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from goldsmith.server.entrypoints import tables  # noqa: F401  (every table, for migrations)
from goldsmith.server.entrypoints.opening import opened
from goldsmith.server.features import accounts
from goldsmith.server.features.accounts import Broken, IssuedKey, NewKey, Verdict, hash_new_password
from goldsmith.server.foundation.clock import system_clock
from goldsmith.server.foundation.errors import Invalid
from goldsmith.server.foundation.migrations import migrate, revision_of
from goldsmith.server.foundation.settings import Settings

Result = TypeVar("Result")


def create_owner(settings: Settings, *, email: str, name: str, password: str, workspace: str) -> int:
    """Make an owner of the first workspace (made if there is none); returns the person's id."""
    password_hash = hash_new_password(password)

    def deed(tx: Connection) -> int:
        return accounts.create_owner(
            tx, email=email, name=name, password_hash=password_hash, workspace=workspace, now=system_clock()
        ).person_id

    return _write(settings, deed)


def create_key(
    settings: Settings,
    *,
    email: str,
    name: str,
    scopes: list[str],
    project_id: int | None = None,
    expires_in_days: int | None = None,
) -> IssuedKey:
    """Issue an API key in a person's name."""
    new = NewKey(name=name, scopes=scopes, project_id=project_id, expires_in_days=expires_in_days)

    def deed(tx: Connection) -> IssuedKey:
        return accounts.create_key(tx, accounts.acting_as(tx, email=email, now=system_clock()), new)

    return _write(settings, deed)


def reset_password(settings: Settings, *, email: str, password: str) -> None:
    """Set a person's password and end their sessions."""
    password_hash = hash_new_password(password)
    _write(
        settings,
        lambda tx: accounts.reset_password(tx, email=email, password_hash=password_hash, now=system_clock()),
    )


def bring_up_to_date(settings: Settings) -> tuple[str | None, str]:
    """Bring the database to this version's tables; returns the revision before and after."""
    with opened(settings) as database:
        before = database.read_now(revision_of)
        migrate(database)
        return before, database.read_now(revision_of) or ""


def verify_audit(settings: Settings, anchors: list[str]) -> list[Verdict]:
    """Seal what waits, then go through the audit trail of every workspace and compare it with these anchors."""
    known = [accounts.read_anchor(text) for text in anchors]
    with opened(settings) as database:
        migrate(database)
        accounts.seal_everything(database, system_clock)
        return accounts.verify_everything(database, known)


def verify_audit_file(file: Path) -> Broken | None:
    """Go through an exported audit trail; needs no database."""
    try:
        with file.open(encoding="utf-8") as lines:
            return accounts.verify_export(lines)
    except OSError as error:
        raise Invalid(f"Cannot read '{file}': {error.strerror}. Name an audit trail exported as JSON lines.") from None
    except (ValueError, KeyError, TypeError, StopIteration, RecursionError) as error:
        raise Invalid(
            f"'{file}' is no audit trail exported as JSON lines, or was cut within a line: {type(error).__name__}: "
            f"{str(error)[:200]}."
        ) from None


def _write(settings: Settings, deed: Callable[[Connection], Result]) -> Result:
    with opened(settings) as database:
        migrate(database)
        return database.write_now(deed)
