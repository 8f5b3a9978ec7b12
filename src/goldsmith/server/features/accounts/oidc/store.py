"""Every query about identities and about attempts to sign in with a provider."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, insert, select, update

from goldsmith.server.features.accounts.tables import identities, invitations, people, sign_in_attempts


def add_attempt(tx: Connection, **values: Any) -> None:
    tx.execute(insert(sign_in_attempts).values(**values))


def take_attempt(tx: Connection, state_hash: str) -> Row | None:
    """Remove and return it: of two that ask, one gets it."""
    taken = delete(sign_in_attempts).where(sign_in_attempts.c.state_hash == state_hash).returning(*sign_in_attempts.c)
    return tx.execute(taken).first()


def forget_attempts(tx: Connection, before: datetime) -> None:
    tx.execute(delete(sign_in_attempts).where(sign_in_attempts.c.started_at <= before))


def find_identity(tx: Connection, issuer: str, subject: str) -> Row | None:
    return tx.execute(select(identities).where(identities.c.issuer == issuer, identities.c.subject == subject)).first()


def add_identity(tx: Connection, **values: Any) -> None:
    tx.execute(insert(identities).values(**values))


def identities_of(tx: Connection, person_id: int) -> Sequence[Row]:
    """The identities that let a person in, the oldest first."""
    mine = identities.c.person_id == person_id
    return tx.execute(select(identities).where(mine).order_by(identities.c.id)).all()


def lock_person(tx: Connection, person_id: int) -> None:
    """Let nobody else change this person until the transaction ends (SQLite has one writer anyway)."""
    tx.execute(select(people.c.id).where(people.c.id == person_id).with_for_update())


def drop_identity(tx: Connection, identity_id: int) -> None:
    tx.execute(delete(identities).where(identities.c.id == identity_id))


def drop_identities_of(tx: Connection, person_id: int) -> None:
    tx.execute(delete(identities).where(identities.c.person_id == person_id))


def touch_identity(tx: Connection, identity_id: int, now: datetime) -> None:
    tx.execute(update(identities).where(identities.c.id == identity_id).values(last_used_at=now))


def open_invitation_for(tx: Connection, email: str, now: datetime) -> Row | None:
    """The newest invitation that names this address and can still be used."""
    return tx.execute(
        select(invitations)
        .where(
            invitations.c.email == email,
            invitations.c.accepted_at.is_(None),
            invitations.c.revoked_at.is_(None),
            invitations.c.expires_at > now,
        )
        .order_by(invitations.c.id.desc())
        .limit(1)
    ).first()


def chose_own_address(tx: Connection, person_id: int) -> bool:
    """Whether the person came by somebody's link that named no address, and so wrote one that nobody has proven."""
    came = select(invitations.c.id).where(
        invitations.c.accepted_by == person_id, invitations.c.email.is_(None), invitations.c.created_by.is_not(None)
    )
    return bool(tx.execute(select(exists(came))).scalar())
