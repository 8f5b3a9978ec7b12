"""API keys: hashed, scoped, never stronger than the person who made them."""

from datetime import timedelta

from sqlalchemy import Connection, Row

from goldsmith.server.features.accounts import store
from goldsmith.server.features.accounts.audit import audit
from goldsmith.server.features.accounts.domain import SCOPES, Who, WorkspaceRole
from goldsmith.server.features.accounts.schemas import IssuedKey, Key, NewKey, PersonRef
from goldsmith.server.features.accounts.secrets import fingerprint, new_key
from goldsmith.server.features.accounts.tables import api_keys
from goldsmith.server.foundation.errors import Forbidden, Invalid, NotFound, Pointer


def create_key(tx: Connection, who: Who, new: NewKey, *, secret: str | None = None) -> IssuedKey:
    """Issue a key for the caller; its secret is returned once and only its hash is kept."""
    return _issue(tx, who, who.person_id, new, secret or new_key())


def create_key_for(tx: Connection, who: Who, person_id: int, new: NewKey) -> IssuedKey:
    """Issue a key for somebody who cannot sign in; whoever has a password makes their own keys."""
    member = store.find_membership(tx, who.workspace_id, person_id)
    person = store.find_person(tx, id=person_id)
    if member is None or person is None:
        raise NotFound("There is no such person in this workspace.")
    if person.password_hash is not None:
        raise Forbidden("This person has a sign-in of their own, so only they can issue keys in their name.")
    return _issue(tx, who, person_id, new, new_key())


def list_keys(tx: Connection, who: Who) -> list[Key]:
    """The caller's keys; an owner sees the whole workspace's."""
    everyone = who.workspace_role is WorkspaceRole.OWNER
    rows = store.list_keys(tx, who.workspace_id, None if everyone else who.person_id)
    return [_wire(row, row.person_name) for row in rows]


def revoke_key(tx: Connection, who: Who, key_id: int) -> None:
    """End a key at once; an owner may end anybody's."""
    row = store.find_key_by_id(tx, who.workspace_id, key_id)
    if row is None or (row.person_id != who.person_id and who.workspace_role is not WorkspaceRole.OWNER):
        raise NotFound("There is no such API key among yours.")
    store.revoke_key(tx, key_id, who.now)
    audit(tx, who, action="key.revoke", subject=f"key:{key_id}")


def _issue(tx: Connection, who: Who, person_id: int, new: NewKey, secret: str) -> IssuedKey:
    scopes = _scopes(new.scopes)
    if who.scopes is not None and not set(scopes) <= who.scopes:
        raise Forbidden("A key cannot issue a key with more scopes than its own.")
    if new.project_id is not None and store.project_workspace(tx, new.project_id) != who.workspace_id:
        raise NotFound("There is no such project in this workspace.")
    key_id = store.insert_row(
        tx, api_keys, workspace_id=who.workspace_id, person_id=person_id, name=new.name, prefix=secret[:8],
        secret_hash=fingerprint(secret), scopes=scopes, project_id=new.project_id, created_at=who.now,
        expires_at=who.now + timedelta(days=new.expires_in_days) if new.expires_in_days else None,
    )  # fmt: skip
    audit(
        tx, who, action="key.create", subject=f"key:{key_id}", project_id=new.project_id, scopes=scopes,
        holder=person_id,
    )  # fmt: skip
    row = store.find_key_by_id(tx, who.workspace_id, key_id)
    person = store.find_person(tx, id=person_id)
    assert row is not None
    assert person is not None
    return IssuedKey(**_wire(row, person.name).model_dump(), secret=secret)


def _scopes(asked: list[str]) -> list[str]:
    if asked == ["*"]:
        return sorted(SCOPES)
    unknown = sorted(set(asked) - SCOPES)
    if unknown:
        known = ", ".join(sorted(SCOPES))
        raise Invalid(
            f"Unknown scopes: {', '.join(unknown)}. Expected some of: {known}; or '*' alone for all.",
            errors=(Pointer("/scopes", "unknown scope"),),
        )
    return sorted(set(asked))


def _wire(row: Row, person_name: str) -> Key:
    fields = dict(row._mapping) | {"person": PersonRef(id=row.person_id, name=person_name)}
    return Key.model_validate({name: fields[name] for name in Key.model_fields})
