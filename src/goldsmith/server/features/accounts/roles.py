"""Roles in a project. The routes belong to the projects slice; the rules and rows are here."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel
from sqlalchemy import Connection

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.audit import audit
from goldsmith.server.features.accounts.domain import Role, Who
from goldsmith.server.foundation.errors import Forbidden, NotFound
from goldsmith.server.foundation.stored import OrNewer, plain


class Member(BaseModel):
    """A person and their role in one project."""

    id: int
    name: str
    email: str
    role: Annotated[Role, OrNewer()]
    added_at: datetime


def list_members(tx: Connection, who: Who) -> list[Member]:
    """The project's members by name. Workspace owners act as owners everywhere and are not listed."""
    return [Member.model_validate(dict(row._mapping)) for row in store.list_project_members(tx, who.project)]


def put_member(tx: Connection, who: Who, person_id: int, role: Role) -> None:
    """Give a member of the workspace a role in the project; only owners make and unmake owners."""
    membership = store.find_membership(tx, who.workspace_id, person_id)
    if membership is None or not membership.active:
        raise NotFound("There is no such active person in this workspace. Invite them first.")
    _only_owners_touch_owners(tx, who, person_id, role)
    store.put_project_member(tx, who.project, person_id, role, who.now)
    audit(tx, who, action="member.put", subject=f"person:{person_id}", role=role)


def drop_member(tx: Connection, who: Who, person_id: int) -> None:
    """Take a person's role in the project away; what they did stays."""
    _only_owners_touch_owners(tx, who, person_id, None)
    if not store.delete_project_member(tx, who.project, person_id):
        raise NotFound("This person is not a member of the project.")
    audit(tx, who, action="member.drop", subject=f"person:{person_id}")


def roles_of(tx: Connection, who: Who) -> dict[int, Role]:
    """The caller's own role in each project where they were given one."""
    return {project_id: plain(Role, role) for project_id, role in store.project_roles_of(tx, who.person_id).items()}


def joined_at(tx: Connection, who: Who) -> datetime | None:
    """When the caller was given a role in the project; None for a workspace owner without one."""
    member = store.find_project_member(tx, who.project, who.person_id)
    return member.added_at if member else None


def names_of(tx: Connection, person_ids: set[int]) -> dict[int, str]:
    """Names by person id."""
    return store.names_of(tx, person_ids)


def addresses_of(tx: Connection, person_ids: set[int]) -> dict[int, str]:
    """E-mail addresses by person id."""
    return store.addresses_of(tx, person_ids)


def _only_owners_touch_owners(tx: Connection, who: Who, person_id: int, role: Role | None) -> None:
    present = store.find_project_member(tx, who.project, person_id)
    touches_owner = role is Role.OWNER or (present is not None and present.role == Role.OWNER)
    if touches_owner and who.role is not Role.OWNER:
        raise Forbidden("Only an owner can make or unmake an owner of the project.")
