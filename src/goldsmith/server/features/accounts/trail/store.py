"""Every query about the chain of the audit trail."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, insert, select, update

from goldsmith.server.features.accounts.tables import audit_entries, audit_heads, people, workspaces
from goldsmith.server.features.accounts.trail.filter import AuditFilter

_E = audit_entries.c


def workspaces_with_unsealed(tx: Connection) -> list[int]:
    return list(tx.execute(select(_E.workspace_id).where(_E.hash.is_(None)).distinct()).scalars())


def unsealed(tx: Connection, workspace_id: int, limit: int) -> list[Row]:
    waiting = select(audit_entries).where(_E.workspace_id == workspace_id, _E.hash.is_(None))
    return list(tx.execute(waiting.order_by(_E.id).limit(limit)))


def count_unsealed(tx: Connection, workspace_id: int) -> int:
    return len(tx.execute(select(_E.id).where(_E.workspace_id == workspace_id, _E.hash.is_(None))).all())


def find_head(tx: Connection, workspace_id: int) -> Row | None:
    return tx.execute(select(audit_heads).where(audit_heads.c.workspace_id == workspace_id)).first()


def lock_head(tx: Connection, workspace_id: int, genesis: str, now: datetime) -> Row:
    """The end of the chain, held until the transaction ends; made when there is none."""
    head = select(audit_heads).where(audit_heads.c.workspace_id == workspace_id).with_for_update()
    found = tx.execute(head).first()
    if found is None:
        values = {"workspace_id": workspace_id, "position": 0, "hash": genesis, "sealed_at": now}
        tx.execute(insert(audit_heads).values(**values))  # of two at once, one collides and is run again
        found = tx.execute(head).one()
    return found


def move_head(tx: Connection, workspace_id: int, **values: Any) -> None:
    tx.execute(update(audit_heads).where(audit_heads.c.workspace_id == workspace_id).values(**values))


def put_into_chain(tx: Connection, sealed: list[dict[str, Any]]) -> None:
    place = update(audit_entries).where(_E.id == bindparam("its_id"))
    tx.execute(place, sealed)


def list_workspaces(tx: Connection) -> list[Row]:
    return list(tx.execute(select(workspaces.c.id, workspaces.c.name).order_by(workspaces.c.id)))


def chained(tx: Connection, workspace_id: int, after: int, limit: int) -> list[Row]:
    """Entries in the chain's order, from a position on."""
    wanted = select(audit_entries).where(_E.workspace_id == workspace_id, _E.position > after)
    return list(tx.execute(wanted.order_by(_E.position).limit(limit)))


def entry_at(tx: Connection, workspace_id: int, position: int) -> Row | None:
    return tx.execute(select(audit_entries).where(_E.workspace_id == workspace_id, _E.position == position)).first()


def chained_with_previous(
    tx: Connection, workspace_id: int, *, wanted: AuditFilter, after: int, until: int, limit: int
) -> list[Row]:
    """Entries that a filter wants, with the hash before each and the name of who did it."""
    before = audit_entries.alias("before")
    query = (
        select(audit_entries, people.c.name.label("person_name"), before.c.hash.label("previous"))
        .join(people, people.c.id == _E.person_id, isouter=True)
        .join(
            before, and_(before.c.workspace_id == _E.workspace_id, before.c.position == _E.position - 1), isouter=True
        )
        .where(_E.workspace_id == workspace_id, _E.position > after, _E.position <= until, *conditions(wanted))
    )
    return list(tx.execute(query.order_by(_E.position).limit(limit)))


def list_entries(
    tx: Connection, workspace_id: int, *, wanted: AuditFilter, before: int | None, limit: int
) -> list[Row]:
    """Entries that a filter wants, newest first, sealed or not."""
    query = (
        select(audit_entries, people.c.name.label("person_name"))
        .join(people, people.c.id == _E.person_id, isouter=True)
        .where(_E.workspace_id == workspace_id, *conditions(wanted))
    )
    earlier = query if before is None else query.where(_E.id < before)
    return list(tx.execute(earlier.order_by(_E.id.desc()).limit(limit)))


def conditions(wanted: AuditFilter) -> Iterator[ColumnElement[bool]]:
    """A filter as conditions on the entries."""
    exact = ((_E.action, wanted.action), (_E.person_id, wanted.person_id), (_E.project_id, wanted.project_id))
    yield from (column == value for column, value in exact if value is not None)
    if wanted.subject is not None:
        is_one = ":" in wanted.subject
        yield _E.subject == wanted.subject if is_one else _E.subject.startswith(f"{wanted.subject}:", autoescape=True)
    if wanted.since is not None:
        yield _E.at >= wanted.since
    if wanted.until is not None:
        yield _E.at < wanted.until
