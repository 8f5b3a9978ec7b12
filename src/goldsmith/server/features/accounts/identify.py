"""Prove who is asking and what they may do, in the same transaction as the deed itself."""

from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from typing import Any

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.domain import GRANTS, WORKSPACE_GRANTS, Permission, Role, Who, WorkspaceRole
from goldsmith.server.features.accounts.secrets import fingerprint
from goldsmith.server.foundation.errors import Forbidden, NotFound, Unauthenticated
from goldsmith.server.foundation.stored import known


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a request brought to prove its caller: an API key, or a session cookie with its CSRF token."""

    key: str | None = None
    session: str | None = None
    csrf_token: str | None = None
    is_safe: bool = True


def identify(tx: Connection, brought: Credentials, project_id: int | None, now: datetime) -> Who:
    """The caller, with their role in the project; raises `Unauthenticated` when the proof fails."""
    if brought.key:
        return _by_key(tx, brought.key, project_id, now)
    if brought.session:
        return _by_session(tx, brought, project_id, now)
    raise Unauthenticated(
        "This needs a signed-in person or an API key. Sign in, or send `Authorization: Bearer gsk_...`."
    )


def authorise(who: Who, permission: Permission) -> Who:
    """The caller, if their role and key allow it; otherwise `NotFound` (a project not theirs) or `Forbidden`."""
    if permission in WORKSPACE_GRANTS:
        allowed = who.workspace_role in WORKSPACE_GRANTS[permission]
    elif who.role is None:
        raise NotFound("There is no such project, or you are not a member of it.")
    else:
        allowed = who.role in GRANTS[permission]
    if not allowed:
        role = who.workspace_role if permission in WORKSPACE_GRANTS else who.role
        raise Forbidden(f"This needs the permission '{permission}', which the role '{role}' does not have.")
    if who.scopes is not None and permission not in who.scopes:
        raise Forbidden(f"This API key has no scope '{permission}'. Create a key that has it.")
    return who


def _by_key(tx: Connection, key: str, project_id: int | None, now: datetime) -> Who:
    row = store.find_key(tx, fingerprint(key), project_id, now)
    if row is None:
        raise Unauthenticated("The API key is unknown, expired or revoked. Create a new one under Admin, Keys.")
    bound = row.key_project_id
    if bound is not None and bound != project_id:
        raise Forbidden("This API key works for one project only, and this request is outside it.")
    return _who(row, project_id, now, key_id=row.key_id, scopes=frozenset(row.scopes), key_project_id=bound)


def _by_session(tx: Connection, brought: Credentials, project_id: int | None, now: datetime) -> Who:
    session = fingerprint(brought.session or "")
    row = store.find_session(tx, session, project_id, now)
    if row is None:
        raise Unauthenticated("The session has ended. Sign in again; drafts and answers are kept.")
    if not brought.is_safe and not compare_digest((brought.csrf_token or "").encode(), row.csrf_token.encode()):
        raise Forbidden(
            "The request did not carry this session's `X-CSRF-Token` header. Reload the page and try again."
        )
    return _who(row, project_id, now, csrf_token=row.csrf_token, session=session)


def _who(row: Row, project_id: int | None, now: datetime, **proof: Any) -> Who:
    workspace_role = known(WorkspaceRole, row.workspace_role)
    return Who(
        person_id=row.person_id,
        workspace_id=row.workspace_id,
        workspace_role=workspace_role,
        now=now,
        project_id=project_id,
        role=_role(row, workspace_role),
        **proof,
    )


def _role(row: Row, workspace_role: WorkspaceRole) -> Role | None:
    if row.project_workspace_id is None or row.project_workspace_id != row.workspace_id:
        return None
    if workspace_role is WorkspaceRole.OWNER:
        return Role.OWNER
    return known(Role, row.project_role) if row.project_role else None
