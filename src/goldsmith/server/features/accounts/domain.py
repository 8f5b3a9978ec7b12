"""Who may do what: roles, permissions, and the rules that join them."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class WorkspaceRole(StrEnum):
    """What a member may do in the workspace as a whole."""

    OWNER = "owner"
    MANAGER = "manager"
    MEMBER = "member"


class Role(StrEnum):
    """What a member may do in one project."""

    OWNER = "owner"
    MANAGER = "manager"
    REVIEWER = "reviewer"
    ANNOTATOR = "annotator"
    VIEWER = "viewer"


class Permission(StrEnum):
    """What a route asks of its caller; the lower group is asked of the workspace, not of a project."""

    VIEW = "view"
    ANNOTATE = "annotate"
    REVIEW = "review"
    BROWSE = "browse"
    MANAGE = "manage"
    OWN = "own"

    MEMBER = "member"
    CREATE = "create"
    ADMIN = "admin"


GRANTS: dict[Permission, frozenset[Role]] = {
    Permission.VIEW: frozenset(Role),
    Permission.ANNOTATE: frozenset({Role.OWNER, Role.MANAGER, Role.REVIEWER, Role.ANNOTATOR}),
    Permission.REVIEW: frozenset({Role.OWNER, Role.MANAGER, Role.REVIEWER}),
    Permission.BROWSE: frozenset({Role.OWNER, Role.MANAGER, Role.REVIEWER, Role.VIEWER}),
    Permission.MANAGE: frozenset({Role.OWNER, Role.MANAGER}),
    Permission.OWN: frozenset({Role.OWNER}),
}
WORKSPACE_GRANTS: dict[Permission, frozenset[WorkspaceRole]] = {
    Permission.MEMBER: frozenset(WorkspaceRole),
    Permission.CREATE: frozenset({WorkspaceRole.OWNER, WorkspaceRole.MANAGER}),
    Permission.ADMIN: frozenset({WorkspaceRole.OWNER}),
}
SCOPES = frozenset(str(permission) for permission in Permission)
"""An API key's scopes are the permissions it may use; a key never exceeds its person."""


@dataclass(frozen=True, slots=True)
class Who:
    """The caller of one request: proven, placed in a workspace and, where the route names one, in a project."""

    person_id: int
    workspace_id: int
    workspace_role: WorkspaceRole
    now: datetime
    project_id: int | None = None
    role: Role | None = None
    key_id: int | None = None
    scopes: frozenset[str] | None = None
    key_project_id: int | None = None
    csrf_token: str | None = None
    session: str | None = None
    """The fingerprint of the session's token."""

    @property
    def project(self) -> int:
        """The project the route named; only for routes that name one."""
        assert self.project_id is not None, "this route names no project"
        return self.project_id


PASSWORD_MIN = 10
PASSWORD_MAX = 256
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,189}")


def normal_email(email: str) -> str | None:
    """The form in which an address is compared, or None if it is no address."""
    email = email.strip().lower()
    return email if _EMAIL.fullmatch(email) else None
