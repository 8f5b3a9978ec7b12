"""The proofs of identity: a session or a key with whose it is, and where they stand in a project."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, and_, bindparam, select

from goldsmith.server.features.accounts.store.projects import PROJECTS
from goldsmith.server.features.accounts.store.workspaces import IS_MEMBER
from goldsmith.server.features.accounts.tables import api_keys, memberships, people, project_members, sessions
from goldsmith.server.foundation.prepared import Prepared


def _place_in_project() -> tuple[Any, Any]:
    """Where the project `:project_id` lies and the caller's role in it, within the proof of identity's statement."""
    project_id = bindparam("project_id", type_=BigInteger)
    role = select(project_members.c.role).where(
        project_members.c.project_id == project_id, project_members.c.person_id == people.c.id
    )
    lies_in = select(PROJECTS.c.workspace_id).where(PROJECTS.c.id == project_id)
    return lies_in.scalar_subquery().label("project_workspace_id"), role.scalar_subquery().label("project_role")


_SESSION = Prepared(
    select(
        people.c.id.label("person_id"), sessions.c.workspace_id, memberships.c.role.label("workspace_role"),
        sessions.c.csrf_token, *_place_in_project(),
    )
    .join_from(sessions, people, people.c.id == sessions.c.person_id)
    .join(
        memberships,
        and_(memberships.c.person_id == people.c.id, memberships.c.workspace_id == sessions.c.workspace_id),
    )
    .where(sessions.c.token_hash == bindparam("hash"), sessions.c.expires_at > bindparam("now"), IS_MEMBER)
)  # fmt: skip

_KEY = Prepared(
    select(
        people.c.id.label("person_id"), api_keys.c.workspace_id, memberships.c.role.label("workspace_role"),
        api_keys.c.id.label("key_id"), api_keys.c.scopes, api_keys.c.project_id.label("key_project_id"),
        *_place_in_project(),
    )
    .join_from(api_keys, people, people.c.id == api_keys.c.person_id)
    .join(
        memberships,
        and_(memberships.c.person_id == people.c.id, memberships.c.workspace_id == api_keys.c.workspace_id),
    )
    .where(
        api_keys.c.secret_hash == bindparam("hash"),
        api_keys.c.revoked_at.is_(None),
        (api_keys.c.expires_at.is_(None)) | (api_keys.c.expires_at > bindparam("now")),
        IS_MEMBER,
    )
)  # fmt: skip


def find_session(tx: Connection, token_hash: str, project_id: int | None, now: datetime) -> Row | None:
    return _SESSION.first(tx, hash=token_hash, project_id=project_id, now=now)


def find_key(tx: Connection, secret_hash: str, project_id: int | None, now: datetime) -> Row | None:
    return _KEY.first(tx, hash=secret_hash, project_id=project_id, now=now)
