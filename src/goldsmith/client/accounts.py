"""People, invitations, API keys and the audit trail of a workspace."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from goldsmith.client.steps import Call, Mode, Page, Resource, Shape, Steps, deed, listing


class PersonRef(Shape):
    """A person, named."""

    id: int
    name: str


class WorkspaceRef(Shape):
    """A workspace, named."""

    id: int
    name: str


class Person(PersonRef):
    """A member of the workspace."""

    email: str
    workspace_role: str = "member"
    active: bool = True
    created_at: datetime | None = None


class Me(Shape):
    """Whose key this is, and where they are."""

    person: Person
    workspace: WorkspaceRef
    workspace_role: str


class Key(Shape):
    """An API key, without its secret."""

    id: int
    name: str
    prefix: str
    person: PersonRef
    scopes: list[str]
    project_id: int | None = None
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    last_used_at: datetime | None = None


class IssuedKey(Key):
    """An API key fresh from the server; its secret is told this once."""

    secret: str = Field(repr=False)


class Invitation(Shape):
    """A link that lets somebody in."""

    id: int
    email: str | None = None
    workspace_role: str
    project_id: int | None = None
    role: str | None = None
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None = None
    revoked_at: datetime | None = None


class IssuedInvitation(Invitation):
    """A fresh invitation; its link is told this once."""

    token: str = Field(repr=False)
    url_path: str = Field(repr=False)


class AuditEntry(Shape):
    """One change: who did what to what, when."""

    id: int
    at: datetime
    person: PersonRef | None = None
    key_id: int | None = None
    project_id: int | None = None
    action: str
    subject: str
    details: dict[str, Any] = {}


class People(Resource[Mode]):
    """The workspace's people."""

    @listing
    def list(self, page_size: int = 200) -> Call[Page[Person]]:
        """Everybody, oldest first."""
        return Call("GET", "/people", Page[Person], {"limit": page_size})

    @deed
    def create(self, name: str, email: str, workspace_role: str = "member") -> Steps[Person]:
        """A person who works through API keys alone: an automation, or an annotator of an earlier tool."""
        body = {"name": name, "email": email, "workspace_role": workspace_role}
        return (yield from self._ask("POST", "/people", Person, json=body))

    @deed
    def issue_key(
        self, person_id: int, name: str, scopes: tuple[str, ...] = ("*",), project_id: int | None = None
    ) -> Steps[IssuedKey]:
        """An API key for a person who has no password of their own."""
        body = {"name": name, "scopes": list(scopes), "project_id": project_id}
        return (yield from self._ask("POST", f"/people/{person_id}/keys", IssuedKey, json=body))

    @deed
    def change(self, person_id: int, workspace_role: str | None = None, active: bool | None = None) -> Steps[None]:
        """Change somebody's workspace role, or let them in or out."""
        body = {"workspace_role": workspace_role, "active": active}
        yield from self._do("PATCH", f"/people/{person_id}", json=body, is_repeatable=True)

    @deed
    def erase(self, person_id: int, *, withdraw_judgements: bool = False, reason: str = "") -> Steps[None]:
        """Erase who a person was; what they judged stays under a number, or is withdrawn. This cannot be undone."""
        body = {"withdraw_judgements": withdraw_judgements, "reason": reason}
        yield from self._do("POST", f"/people/{person_id}/erase", json=body)


class Keys(Resource[Mode]):
    """Your API keys; an owner sees everybody's."""

    @deed
    def list(self) -> Steps[Sequence[Key]]:
        """Every key, newest first."""
        return (yield from self._ask("GET", "/keys", list[Key]))

    @deed
    def create(
        self,
        name: str,
        scopes: tuple[str, ...] = ("*",),
        project_id: int | None = None,
        expires_in_days: int | None = None,
    ) -> Steps[IssuedKey]:
        """A key that acts as you, at most as far as its scopes."""
        body = {"name": name, "scopes": list(scopes), "project_id": project_id, "expires_in_days": expires_in_days}
        return (yield from self._ask("POST", "/keys", IssuedKey, json=body))

    @deed
    def revoke(self, key_id: int) -> Steps[None]:
        """End a key at once."""
        yield from self._do("DELETE", f"/keys/{key_id}")


class Invitations(Resource[Mode]):
    """Links that let people into the workspace."""

    @deed
    def list(self) -> Steps[Sequence[Invitation]]:
        """Every invitation, newest first."""
        return (yield from self._ask("GET", "/invitations", list[Invitation]))

    @deed
    def create(
        self,
        email: str | None = None,
        workspace_role: str = "member",
        project_id: int | None = None,
        role: str | None = None,
    ) -> Steps[IssuedInvitation]:
        """A link for one person; with a project and a role, it leads there."""
        body = {"email": email, "workspace_role": workspace_role, "project_id": project_id, "role": role}
        return (yield from self._ask("POST", "/invitations", IssuedInvitation, json=body))

    @deed
    def revoke(self, invitation_id: int) -> Steps[None]:
        """Take a link back."""
        yield from self._do("DELETE", f"/invitations/{invitation_id}")


class Audit(Resource[Mode]):
    """Who changed what."""

    @listing
    def list(
        self,
        action: str | None = None,
        person_id: int | None = None,
        project_id: int | None = None,
        page_size: int = 200,
    ) -> Call[Page[AuditEntry]]:
        """Every change, newest first."""
        wanted = {"action": action, "person_id": person_id, "project_id": project_id, "limit": page_size}
        return Call("GET", "/audit", Page[AuditEntry], wanted)
