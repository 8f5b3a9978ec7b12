"""Erase a person: who they were goes, what they judged stays under a number, so that agreement stays right.

Name, address, password, sessions, keys, identities and preferences are erased at once, and cannot be brought back. With
`withdraw_judgements` the slices that keep answers take theirs away, too, and settle what rested on them anew.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, or_, select, update

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.audit import audit
from goldsmith.server.features.accounts.domain import Who, WorkspaceRole
from goldsmith.server.features.accounts.members import keep_an_owner
from goldsmith.server.features.accounts.schemas import PersonErasure
from goldsmith.server.features.accounts.tables import (
    api_keys,
    identities,
    invitations,
    memberships,
    people,
    preferences,
    project_members,
    sign_in_failures,
)
from goldsmith.server.foundation.errors import Conflict, NotFound
from goldsmith.server.foundation.events import events
from goldsmith.server.foundation.stored import known


@dataclass(frozen=True, slots=True)
class PersonErased:
    """Nobody is to learn who this person was. With `withdraw`, what they judged is to count no longer."""

    who: Who
    person_id: int
    withdraw: bool


def erase_person(tx: Connection, who: Who, person_id: int, wanted: PersonErasure) -> None:
    """Let nothing but a number be left of the person."""
    store.lock_workspace(tx, who.workspace_id)
    member = store.find_membership(tx, who.workspace_id, person_id)
    if member is None:
        raise NotFound("There is no such person in this workspace.")
    if person_id == who.person_id:
        raise Conflict("Nobody erases themselves: ask another owner to.")
    _refuse_shared(tx, who, person_id)
    keep_an_owner(tx, who, member, known(WorkspaceRole, member.role), active=False)
    _forget(tx, person_id)
    _shut_out(tx, who, person_id, member.role)
    events.publish(tx, PersonErased(who, person_id, wanted.withdraw_judgements))
    audit(
        tx, who, action="person.erase", subject=f"person:{person_id}",
        withdraw_judgements=wanted.withdraw_judgements, reason=wanted.reason,
    )  # fmt: skip


def _refuse_shared(tx: Connection, who: Who, person_id: int) -> None:
    others = (
        memberships.c.person_id == person_id,
        memberships.c.workspace_id != who.workspace_id,
        memberships.c.active,
    )
    if tx.execute(select(memberships.c.workspace_id).where(*others).limit(1)).first() is not None:
        raise Conflict(
            "This person works in another workspace, too, so who they are is not this one's to erase. Let them in no "
            "more here (they may not sign in), and ask an owner of the other workspace."
        )


def _forget(tx: Connection, person_id: int) -> None:
    row = tx.execute(select(people.c.email).where(people.c.id == person_id)).one()
    nobody = {
        "name": f"Removed person {person_id}", "email": f"removed-{person_id}@removed.invalid",
        "password_hash": None, "active": False,
    }  # fmt: skip
    tx.execute(update(people).where(people.c.id == person_id).values(**nobody))
    theirs = or_(invitations.c.accepted_by == person_id, invitations.c.email == row.email)
    tx.execute(update(invitations).where(theirs).values(email=None))
    tx.execute(delete(sign_in_failures).where(sign_in_failures.c.door.contains(row.email, autoescape=True)))
    tx.execute(delete(identities).where(identities.c.person_id == person_id))
    tx.execute(delete(preferences).where(preferences.c.person_id == person_id))


def _shut_out(tx: Connection, who: Who, person_id: int, role: str) -> None:
    store.delete_sessions_of(tx, person_id)
    store.put_membership(tx, who.workspace_id, person_id, WorkspaceRole(role), False)
    tx.execute(delete(project_members).where(project_members.c.person_id == person_id))
    revoked = {"name": "", "revoked_at": who.now}
    tx.execute(update(api_keys).where(api_keys.c.person_id == person_id).values(**revoked))
