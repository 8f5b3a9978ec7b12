"""People of the workspace: who they are, their roles, and how an owner changes both."""

from datetime import datetime

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.audit import audit
from goldsmith.server.features.accounts.domain import Who, WorkspaceRole, normal_email
from goldsmith.server.features.accounts.schemas import NewPerson, Person, PersonChange
from goldsmith.server.features.accounts.tables import people, workspaces
from goldsmith.server.foundation.errors import Conflict, Invalid, NotFound
from goldsmith.server.foundation.paging import Page, decode_cursor, page_of
from goldsmith.server.foundation.stored import known


def list_people(tx: Connection, who: Who, cursor: str | None, limit: int) -> Page[Person]:
    """The workspace's people, oldest first."""
    (after,) = decode_cursor(cursor, tuple[int]) or (0,)
    rows = store.list_people(tx, who.workspace_id, after, limit + 1)
    return page_of(rows, limit, key=lambda row: (row.id,), item=lambda row: Person.model_validate(dict(row._mapping)))


def add_person(tx: Connection, who: Who, new: NewPerson) -> Person:
    """A member who has no password and works through API keys alone: an automation, or an annotator of another tool."""
    person_id = create_person(tx, email=new.email, name=new.name, password_hash=None, now=who.now)
    store.put_membership(tx, who.workspace_id, person_id, new.workspace_role)
    audit(tx, who, action="person.add", subject=f"person:{person_id}", workspace_role=new.workspace_role)
    return Person(
        id=person_id, name=new.name, email=normal_email(new.email) or new.email, created_at=who.now,
        workspace_role=new.workspace_role, active=True,
    )  # fmt: skip


def change_person(tx: Connection, who: Who, person_id: int, change: PersonChange) -> None:
    """Change a member's workspace role, or let them in or out; the last owner stays."""
    store.lock_workspace(tx, who.workspace_id)
    member = store.find_membership(tx, who.workspace_id, person_id)
    if member is None:
        raise NotFound("There is no such person in this workspace.")
    role = change.workspace_role or known(WorkspaceRole, member.role)
    active = member.active if change.active is None else change.active
    keep_an_owner(tx, who, member, role, active)
    store.put_membership(tx, who.workspace_id, person_id, role, active)
    if not active:
        store.delete_sessions_of(tx, person_id)
    audit(tx, who, action="person.change", subject=f"person:{person_id}", workspace_role=role, active=active)


def create_person(tx: Connection, *, email: str, name: str, password_hash: str | None, now: datetime) -> int:
    """A new person, not yet a member of anything; returns their id."""
    address = normal_email(email)
    if address is None:
        raise Invalid(f"'{email}' is not an e-mail address. Expected something like ada@example.com.")
    if store.find_person(tx, email=address):
        raise Conflict("A person with this address exists already. Sign in, or use another address.")
    return store.insert_row(
        tx, people, email=address, name=name, password_hash=password_hash, active=True, created_at=now
    )


def create_workspace(tx: Connection, name: str, now: datetime) -> int:
    """A new, empty workspace; returns its id."""
    return store.insert_row(tx, workspaces, name=name, created_at=now)


def is_last_owner(tx: Connection, workspace_id: int, person_id: int) -> bool:
    """Whether the workspace would have no owner without this person."""
    member = store.find_membership(tx, workspace_id, person_id)
    is_owner = member is not None and member.role == WorkspaceRole.OWNER and member.active
    return is_owner and store.count_active_owners(tx, workspace_id) <= 1


def keep_an_owner(tx: Connection, who: Who, member: Row, role: WorkspaceRole, active: bool) -> None:
    """Refuse what would leave the workspace without an owner."""
    stays = role is WorkspaceRole.OWNER and active
    if not stays and is_last_owner(tx, who.workspace_id, member.person_id):
        raise Conflict("A workspace needs an owner. Make somebody else an owner first.")
