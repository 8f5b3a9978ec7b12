"""The wire shapes of sessions, people, invitations, keys and the audit trail."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from goldsmith.server.features.accounts.domain import PASSWORD_MAX, PASSWORD_MIN, Role, WorkspaceRole
from goldsmith.server.foundation.stored import OrNewer
from goldsmith.server.foundation.wire import AnyId, OnOneLine

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    OnOneLine,
    Field(examples=["Ada Lovelace"]),
]
Email = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=3, max_length=254), Field(examples=["ada@example.com"])
]
Password = Annotated[
    str,
    StringConstraints(min_length=PASSWORD_MIN, max_length=PASSWORD_MAX),
    Field(examples=["correct horse battery staple"]),
]
GivenPassword = Annotated[
    str, StringConstraints(min_length=1, max_length=PASSWORD_MAX), Field(examples=["correct horse battery staple"])
]


class Wire(BaseModel):
    """What comes in: unknown fields are refused, so that a typing error is told instead of ignored."""

    model_config = ConfigDict(extra="forbid")


class SignIn(Wire):
    email: Email
    password: GivenPassword


class PersonRef(BaseModel):
    id: int
    name: str


class PersonSelf(PersonRef):
    email: str


class WorkspaceRef(BaseModel):
    id: int
    name: str


class WorkspaceMembership(WorkspaceRef):
    role: Annotated[WorkspaceRole, OrNewer()]


class Me(BaseModel):
    """The caller: who they are, where they are, and the token their browser must send with changes."""

    person: PersonSelf
    workspace: WorkspaceRef
    workspace_role: WorkspaceRole
    workspaces: list[WorkspaceMembership]
    csrf_token: str | None = Field(description="Send as `X-CSRF-Token` with every change. Null for API keys.")


class Session(BaseModel):
    """A place where somebody is signed in."""

    id: str = Field(description="Names the session; no secret.")
    device: str = Field(examples=["Firefox on Linux"])
    address: str | None = Field(description="The network address it was begun from.")
    provider: str | None = Field(description="The identity provider it was begun with; null for a password.")
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    is_current: bool


class SignedOut(BaseModel):
    continue_at: str | None = Field(description="Where to sign out of the identity provider too; null if nowhere.")


class WorkspaceChoice(Wire):
    workspace_id: AnyId


class PasswordChange(Wire):
    current: GivenPassword
    new: Password


class PersonErasure(Wire):
    """How a person is erased."""

    withdraw_judgements: bool = Field(
        default=False,
        description="What they judged counts no longer, and consensus is settled anew; it cannot be undone.",
    )
    reason: Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)] = Field(
        default="", description="Why. Kept for good: name nobody in it."
    )


class Person(PersonSelf):
    workspace_role: Annotated[WorkspaceRole, OrNewer()]
    active: bool
    created_at: datetime


class NewPerson(Wire):
    """A person without a password, who works through API keys alone."""

    name: Name
    email: Email
    workspace_role: WorkspaceRole = WorkspaceRole.MEMBER


class PersonChange(Wire):
    workspace_role: WorkspaceRole | None = None
    active: bool | None = None


class NewInvitation(Wire):
    """An invitation to the workspace and, with `project_id` and `role`, to one of its projects."""

    email: Email | None = Field(default=None, description="Only this address may accept. Null: whoever has the link.")
    workspace_role: WorkspaceRole = WorkspaceRole.MEMBER
    project_id: AnyId | None = None
    role: Role | None = None
    expires_in_days: int = Field(default=14, ge=1, le=90)


class Invitation(BaseModel):
    id: int
    email: str | None
    workspace_role: Annotated[WorkspaceRole, OrNewer()]
    project_id: int | None
    role: Annotated[Role, OrNewer()] | None
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None
    revoked_at: datetime | None


class IssuedInvitation(Invitation):
    token: str = Field(description="Shown once.")
    url_path: str = Field(description="Give the invited person this path on your server's address.")


class InvitationPreview(BaseModel):
    workspace: str
    email: str | None
    role: str
    expires_at: datetime


class Acceptance(Wire):
    name: Name
    email: Email
    password: Password


class NewKey(Wire):
    name: Name = Field(examples=["nightly export"])
    scopes: list[str] = Field(default=["*"], min_length=1, max_length=20, description='Permissions, or `["*"]`.')
    project_id: AnyId | None = Field(default=None, description="Confine the key to one project.")
    expires_in_days: int | None = Field(default=None, ge=1, le=3650)


class Key(BaseModel):
    id: int
    name: str
    prefix: str
    person: PersonRef
    scopes: list[str]
    project_id: int | None
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None = Field(description="To half a minute; null if it was never used.")


class IssuedKey(Key):
    secret: str = Field(description="The key itself. Shown once.")


class AuditEntry(BaseModel):
    id: int
    at: datetime
    person: PersonRef | None
    key_id: int | None
    project_id: int | None
    action: str
    subject: str
    details: dict[str, Any]
    position: int | None = Field(description="Its place in the chain; null for the seconds before it is sealed.")
