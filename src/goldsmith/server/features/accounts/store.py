"""Every query about people, their proofs of identity and their roles."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Row,
    and_,
    bindparam,
    column,
    delete,
    func,
    insert,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from goldsmith.server.features.accounts.tables import (
    api_keys,
    audit_entries,
    invitations,
    memberships,
    people,
    preferences,
    project_members,
    sessions,
    sign_in_failures,
    workspaces,
)
from goldsmith.server.foundation.prepared import Prepared

_MEMBER = and_(memberships.c.active, people.c.active)
# The projects slice lies above this one; whose workspace a project is in must be known here all the same.
_PROJECTS = table("projects", column("id", BigInteger), column("workspace_id", BigInteger))


def _place_in_project() -> tuple[Any, Any]:
    """Where the project `:project_id` lies and the caller's role in it, within the proof of identity's statement."""
    project_id = bindparam("project_id", type_=BigInteger)
    role = select(project_members.c.role).where(
        project_members.c.project_id == project_id, project_members.c.person_id == people.c.id
    )
    lies_in = select(_PROJECTS.c.workspace_id).where(_PROJECTS.c.id == project_id)
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
    .where(sessions.c.token_hash == bindparam("hash"), sessions.c.expires_at > bindparam("now"), _MEMBER)
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
        _MEMBER,
    )
)  # fmt: skip


def find_session(tx: Connection, token_hash: str, project_id: int | None, now: datetime) -> Row | None:
    return _SESSION.first(tx, hash=token_hash, project_id=project_id, now=now)


def find_key(tx: Connection, secret_hash: str, project_id: int | None, now: datetime) -> Row | None:
    return _KEY.first(tx, hash=secret_hash, project_id=project_id, now=now)


def insert_row(tx: Connection, table: Any, **values: Any) -> int:
    """Insert one row and return its id."""
    return tx.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()


def find_person(tx: Connection, **by: Any) -> Row | None:
    return tx.execute(select(people).filter_by(**by)).first()


def update_person(tx: Connection, person_id: int, **values: Any) -> None:
    tx.execute(update(people).where(people.c.id == person_id).values(**values))


def find_preferences(tx: Connection, person_id: int) -> Any | None:
    """The document of what the person has chosen, if they ever chose."""
    return tx.execute(select(preferences.c.chosen).where(preferences.c.person_id == person_id)).scalar()


def put_preferences(tx: Connection, person_id: int, chosen: dict[str, Any], now: datetime) -> None:
    _upsert(tx, preferences, ["person_id"], {"person_id": person_id, "chosen": chosen, "updated_at": now})


def first_workspace(tx: Connection) -> Row | None:
    return tx.execute(select(workspaces).order_by(workspaces.c.id).limit(1)).first()


def find_workspace(tx: Connection, workspace_id: int) -> Row | None:
    return tx.execute(select(workspaces).where(workspaces.c.id == workspace_id)).first()


def workspaces_of(tx: Connection, person_id: int) -> list[Row]:
    return list(
        tx.execute(
            select(workspaces.c.id, workspaces.c.name, memberships.c.role)
            .join(memberships, memberships.c.workspace_id == workspaces.c.id)
            .where(memberships.c.person_id == person_id, memberships.c.active)
            .order_by(workspaces.c.id)
        )
    )


def find_membership(tx: Connection, workspace_id: int, person_id: int) -> Row | None:
    return tx.execute(
        select(memberships).where(memberships.c.workspace_id == workspace_id, memberships.c.person_id == person_id)
    ).first()


def put_membership(tx: Connection, workspace_id: int, person_id: int, role: str, active: bool = True) -> None:
    _upsert(
        tx, memberships, ["workspace_id", "person_id"],
        {"workspace_id": workspace_id, "person_id": person_id, "role": role, "active": active},
    )  # fmt: skip


def count_active_owners(tx: Connection, workspace_id: int) -> int:
    return tx.execute(
        select(func.count())
        .select_from(memberships.join(people, people.c.id == memberships.c.person_id))
        .where(memberships.c.workspace_id == workspace_id, memberships.c.role == "owner", _MEMBER)
    ).scalar_one()


def list_people(tx: Connection, workspace_id: int, after: int, limit: int) -> list[Row]:
    return list(
        tx.execute(
            select(
                people.c.id, people.c.name, people.c.email, people.c.created_at,
                memberships.c.role.label("workspace_role"), (memberships.c.active & people.c.active).label("active"),
            )
            .join(memberships, memberships.c.person_id == people.c.id)
            .where(memberships.c.workspace_id == workspace_id, people.c.id > after)
            .order_by(people.c.id)
            .limit(limit)
        )
    )  # fmt: skip


def names_of(tx: Connection, person_ids: set[int]) -> dict[int, str]:
    rows = tx.execute(select(people.c.id, people.c.name).where(people.c.id.in_(person_ids)))
    return {row.id: row.name for row in rows}


def people_with(tx: Connection, workspace_id: int, emails: set[str]) -> list[Row]:
    """The workspace's people who have one of these addresses."""
    query = select(people).join(memberships, memberships.c.person_id == people.c.id)
    mine = query.where(memberships.c.workspace_id == workspace_id)
    ordered = sorted(emails)
    return [
        row
        for at in range(0, len(ordered), 500)
        for row in tx.execute(mine.where(people.c.email.in_(ordered[at : at + 500])))
    ]


def addresses_of(tx: Connection, person_ids: set[int]) -> dict[int, str]:
    rows = tx.execute(select(people.c.id, people.c.email).where(people.c.id.in_(sorted(person_ids))))
    return {row.id: row.email for row in rows}


def find_project_member(tx: Connection, project_id: int, person_id: int) -> Row | None:
    return tx.execute(
        select(project_members).where(
            project_members.c.project_id == project_id, project_members.c.person_id == person_id
        )
    ).first()


def list_project_members(tx: Connection, project_id: int) -> list[Row]:
    return list(
        tx.execute(
            select(people.c.id, people.c.name, people.c.email, project_members.c.role, project_members.c.added_at)
            .join(project_members, project_members.c.person_id == people.c.id)
            .where(project_members.c.project_id == project_id)
            .order_by(people.c.name, people.c.id)
        )
    )


def put_project_member(tx: Connection, project_id: int, person_id: int, role: str, now: datetime) -> None:
    _upsert(
        tx, project_members, ["project_id", "person_id"],
        {"project_id": project_id, "person_id": person_id, "role": role, "added_at": now},
    )  # fmt: skip


def delete_project_member(tx: Connection, project_id: int, person_id: int) -> int:
    return tx.execute(
        delete(project_members).where(
            project_members.c.project_id == project_id, project_members.c.person_id == person_id
        )
    ).rowcount


def project_roles_of(tx: Connection, person_id: int) -> dict[int, str]:
    rows = tx.execute(
        select(project_members.c.project_id, project_members.c.role).where(project_members.c.person_id == person_id)
    )
    return {row.project_id: row.role for row in rows}


def delete_session(tx: Connection, token_hash: str) -> str | None:
    """Remove a session; returns the identity provider it was begun with."""
    ended = delete(sessions).where(sessions.c.token_hash == token_hash).returning(sessions.c.provider)
    return tx.execute(ended).scalar()


def list_sessions(tx: Connection, person_id: int, now: datetime, *, workspace_id: int | None = None) -> list[Row]:
    """A person's open sessions, the latest used first; only those in one workspace where it is named."""
    query = select(sessions).where(sessions.c.person_id == person_id, sessions.c.expires_at > now)
    if workspace_id is not None:
        query = query.where(sessions.c.workspace_id == workspace_id)
    return list(tx.execute(query.order_by(sessions.c.last_used_at.desc(), sessions.c.created_at.desc())))


def touch_sessions(tx: Connection, seen: Mapping[str, datetime]) -> None:
    _touch(tx, sessions.c.token_hash, seen)


def touch_keys(tx: Connection, seen: Mapping[int, datetime]) -> None:
    _touch(tx, api_keys.c.id, seen)


def _touch(tx: Connection, named: Column, seen: Mapping[Any, datetime]) -> None:
    """Move `last_used_at` on, in an order that lets two processes do so at once."""
    last = named.table.c.last_used_at
    later = update(named.table).where(named == bindparam("its_name"), or_(last.is_(None), last < bindparam("moment")))
    rows = [{"its_name": name, "moment": moment} for name, moment in sorted(seen.items())]
    tx.execute(later.values(last_used_at=bindparam("moment")), rows)


def delete_sessions_of(tx: Connection, person_id: int, *, but: str | None = None) -> None:
    tx.execute(delete(sessions).where(sessions.c.person_id == person_id, sessions.c.token_hash != (but or "")))


def delete_stale_sessions(tx: Connection, now: datetime) -> None:
    tx.execute(delete(sessions).where(sessions.c.expires_at <= now))


def move_session(tx: Connection, token_hash: str, workspace_id: int) -> None:
    tx.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(workspace_id=workspace_id))


def count_failures(tx: Connection, doors: list[str], since: datetime) -> Mapping[str, int]:
    rows = tx.execute(
        select(sign_in_failures.c.door, func.count().label("n"))
        .where(sign_in_failures.c.door.in_(doors), sign_in_failures.c.at > since)
        .group_by(sign_in_failures.c.door)
    )
    return {row.door: row.n for row in rows}


def add_failures(tx: Connection, doors: list[str], now: datetime, forget_before: datetime) -> None:
    tx.execute(insert(sign_in_failures), [{"door": door, "at": now} for door in doors])
    tx.execute(delete(sign_in_failures).where(sign_in_failures.c.at < forget_before))


def clear_failures(tx: Connection, door: str) -> None:
    tx.execute(delete(sign_in_failures).where(sign_in_failures.c.door == door))


def list_keys(tx: Connection, workspace_id: int, person_id: int | None) -> list[Row]:
    query = (
        select(api_keys, people.c.name.label("person_name"))
        .join(people, people.c.id == api_keys.c.person_id)
        .where(api_keys.c.workspace_id == workspace_id)
        .order_by(api_keys.c.id.desc())
    )
    return list(tx.execute(query if person_id is None else query.where(api_keys.c.person_id == person_id)))


def find_key_by_id(tx: Connection, workspace_id: int, key_id: int) -> Row | None:
    return tx.execute(select(api_keys).where(api_keys.c.id == key_id, api_keys.c.workspace_id == workspace_id)).first()


def revoke_keys_of(tx: Connection, person_id: int, now: datetime) -> None:
    mine = update(api_keys).where(api_keys.c.person_id == person_id, api_keys.c.revoked_at.is_(None))
    tx.execute(mine.values(revoked_at=now))


def revoke_key(tx: Connection, key_id: int, now: datetime) -> None:
    tx.execute(update(api_keys).where(api_keys.c.id == key_id).values(revoked_at=now))


def find_invitation(tx: Connection, **by: Any) -> Row | None:
    return tx.execute(select(invitations).filter_by(**by)).first()


def list_invitations(tx: Connection, workspace_id: int) -> list[Row]:
    return list(
        tx.execute(
            select(invitations).where(invitations.c.workspace_id == workspace_id).order_by(invitations.c.id.desc())
        )
    )


def update_invitation(tx: Connection, invitation_id: int, **values: Any) -> None:
    tx.execute(update(invitations).where(invitations.c.id == invitation_id).values(**values))


def revoke_open_invitations(tx: Connection, workspace_id: int, now: datetime) -> None:
    tx.execute(
        update(invitations)
        .where(
            invitations.c.workspace_id == workspace_id,
            invitations.c.accepted_at.is_(None),
            invitations.c.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )


def insert_audit(tx: Connection, **values: Any) -> None:
    tx.execute(insert(audit_entries).values(**values))


def _upsert(tx: Connection, table: Any, key: list[str], values: dict[str, Any]) -> None:
    dialect = sqlite if tx.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(**values)
    rest = {name: statement.excluded[name] for name in values if name not in key}
    tx.execute(statement.on_conflict_do_update(index_elements=key, set_=rest))


def project_workspace(tx: Connection, project_id: int) -> int | None:
    """The workspace a project lies in, or None where there is no such project."""
    return tx.execute(select(_PROJECTS.c.workspace_id).where(_PROJECTS.c.id == project_id)).scalar()


def lock_invitation(tx: Connection, token_hash: str) -> Row | None:
    """The invitation, held until the transaction ends, so that two who accept it at once do not both get in."""
    return tx.execute(select(invitations).where(invitations.c.token_hash == token_hash).with_for_update()).first()


def lock_workspace(tx: Connection, workspace_id: int) -> None:
    """Hold the workspace until the transaction ends, so that two owners do not unmake each other at once."""
    tx.execute(select(workspaces.c.id).where(workspaces.c.id == workspace_id).with_for_update())
