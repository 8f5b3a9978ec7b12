"""Every query about deleted records."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from goldsmith.server.features.records.domain import DELETED
from goldsmith.server.features.records.tables import deleted_records, deletions, record_bodies, records, uploads
from goldsmith.server.foundation.portions import portions


def insert_deletion(tx: Connection, **values: Any) -> int:
    return tx.execute(insert(deletions).values(**values).returning(deletions.c.id)).scalar_one()


def find_deletion(tx: Connection, project_id: int, deletion_id: int) -> Any | None:
    return tx.execute(
        select(deletions).where(deletions.c.id == deletion_id, deletions.c.project_id == project_id)
    ).first()


def lock_deletion(tx: Connection, deletion_id: int) -> None:
    """Let nobody else restore or erase it until the transaction ends (SQLite has one writer anyway)."""
    tx.execute(select(deletions.c.id).where(deletions.c.id == deletion_id).with_for_update())


def update_deletion(tx: Connection, deletion_id: int, **values: Any) -> None:
    tx.execute(update(deletions).where(deletions.c.id == deletion_id).values(**values))


def list_deletions(tx: Connection, project_id: int, *, before: int | None, limit: int) -> Sequence[Any]:
    """Newest first."""
    query = select(deletions).where(deletions.c.project_id == project_id)
    if before is not None:
        query = query.where(deletions.c.id < before)
    return tx.execute(query.order_by(deletions.c.id.desc()).limit(limit)).all()


def waiting_deletions(tx: Connection) -> Sequence[Any]:
    """Those that can still be taken back, or wait to be erased."""
    waiting = (deletions.c.restored_at.is_(None), deletions.c.erased_at.is_(None))
    return tx.execute(select(deletions).where(*waiting).order_by(deletions.c.id)).all()


def lock_records(tx: Connection, record_ids: Sequence[int]) -> list[Any]:
    """The records as they stand, held until the transaction ends."""
    columns = (records.c.id, records.c.external_id, records.c.content_hash, records.c.state, records.c.holdout)
    query = select(*columns).where(records.c.state != DELETED).order_by(records.c.id).with_for_update()
    return [row for ids in portions(record_ids) for row in tx.execute(query.where(records.c.id.in_(ids)))]


def states_of(tx: Connection, record_ids: Sequence[int]) -> list[Any]:
    """(state, holdout, how many) of these records."""
    counted = select(records.c.state, records.c.holdout, func.count().label("n")).group_by(
        records.c.state, records.c.holdout
    )
    return [row for ids in portions(record_ids) for row in tx.execute(counted.where(records.c.id.in_(list(ids))))]


def names_of_records(tx: Connection, record_ids: Sequence[int]) -> list[str]:
    found = select(records.c.external_id).where(records.c.id.in_(record_ids)).order_by(records.c.id)
    return list(tx.execute(found).scalars())


def names_by_id(tx: Connection, record_ids: Sequence[int]) -> dict[int, str]:
    named = select(records.c.id, records.c.external_id).where(records.c.id.in_(record_ids))
    return {row.id: row.external_id for row in tx.execute(named)}


def metadata_of(tx: Connection, record_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    body = select(record_bodies.c.record_id, record_bodies.c.metadata)
    return {
        row.record_id: row.metadata
        for ids in portions(record_ids)
        for row in tx.execute(body.where(record_bodies.c.record_id.in_(ids)))
    }


def hide(tx: Connection, rows: list[dict[str, Any]]) -> None:
    """Keep what it takes to bring the records back, and take them out of sight."""
    tx.execute(insert(deleted_records), rows)
    for ids in portions([row["record_id"] for row in rows]):
        tx.execute(update(records).where(records.c.id.in_(ids)).values(state=DELETED, content_hash=DELETED))


def count_hidden(tx: Connection, deletion_id: int, *, at: datetime, fewer: int) -> None:
    """Records were hidden at this moment, so many fewer than were meant: releases made before it may hold them."""
    values = {"deleted_at": at, "n_records": deletions.c.n_records - fewer}
    tx.execute(update(deletions).where(deletions.c.id == deletion_id).values(**values))


def hidden_by(
    tx: Connection, deletion_id: int, *, among: Sequence[int] | None = None, limit: int | None = None
) -> Sequence[Any]:
    """The records of a deletion whose texts are not erased yet."""
    query = select(deleted_records, records.c.holdout).join(records, records.c.id == deleted_records.c.record_id)
    waiting = (deleted_records.c.deletion_id == deletion_id, deleted_records.c.erased.is_(False))
    if among is not None:
        query = query.where(deleted_records.c.record_id.in_(among))
    return tx.execute(query.where(*waiting).order_by(deleted_records.c.record_id).limit(limit)).all()


def hidden_ids(tx: Connection, deletion_id: int) -> list[int]:
    """The records of a deletion, in the order of their ids."""
    query = select(deleted_records.c.record_id).where(deleted_records.c.deletion_id == deletion_id)
    return list(tx.execute(query.order_by(deleted_records.c.record_id)).scalars())


def has_erased(tx: Connection, deletion_id: int) -> bool:
    """Whether texts of its records are erased."""
    erased = (deleted_records.c.deletion_id == deletion_id, deleted_records.c.erased.is_(True))
    return tx.execute(select(deleted_records.c.record_id).where(*erased).limit(1)).first() is not None


def erased_among(tx: Connection, deletion_id: int, record_ids: Sequence[int]) -> int:
    """How many of these records the deletion hides and are erased."""
    erased = (deleted_records.c.deletion_id == deletion_id, deleted_records.c.erased.is_(True))
    query = select(func.count()).select_from(deleted_records).where(*erased)
    return tx.execute(query.where(deleted_records.c.record_id.in_(record_ids))).scalar_one()


def show(tx: Connection, rows: Sequence[Any]) -> None:
    """Undo `hide`."""
    back = update(records).where(records.c.id == bindparam("record")).values(
        state=bindparam("was"), content_hash=bindparam("hash")
    )  # fmt: skip
    tx.execute(back, [{"record": row.record_id, "was": row.state, "hash": row.content_hash} for row in rows])
    for ids in portions([row.record_id for row in rows]):
        tx.execute(delete(deleted_records).where(deleted_records.c.record_id.in_(ids)))


def bodies_of(tx: Connection, record_ids: Sequence[int]) -> Sequence[Any]:
    return tx.execute(
        select(records.c.id, records.c.external_id, record_bodies.c.fields)
        .join(record_bodies, record_bodies.c.record_id == records.c.id)
        .where(records.c.id.in_(record_ids))
    ).all()


def erase_texts(tx: Connection, record_ids: Sequence[int]) -> None:
    """Nothing is left of what the records say, nor of their names; the rows stay for what points at them."""
    nothing: dict[str, Any] = {"fields": {}, "metadata": {}, "attributes": {}}
    tx.execute(update(record_bodies).where(record_bodies.c.record_id.in_(record_ids)).values(**nothing))
    unnamed = update(records).where(records.c.id == bindparam("record")).values(
        external_id=bindparam("name"), holdout=False, sensitive=False
    )  # fmt: skip
    tx.execute(unnamed, [{"record": one, "name": f"erased-{one}"} for one in record_ids])
    tx.execute(
        update(deleted_records).where(deleted_records.c.record_id.in_(record_ids)).values(erased=True, content_hash="")
    )


def erase_searched(tx: Connection, project_id: int, texts: Iterable[tuple[int, str]]) -> None:
    """Take records out of full-text search, given with the text they were put in under."""
    if tx.dialect.name == "sqlite":
        statement = "INSERT INTO record_search (record_search, rowid, body, project) VALUES ('delete', ?, ?, ?)"
        tx.exec_driver_sql(statement, [(record_id, body, f"p{project_id}") for record_id, body in texts])
        return
    gone = text("DELETE FROM record_texts WHERE project_id = :project AND record_id = ANY(:ids)")
    tx.execute(gone, {"project": project_id, "ids": [record_id for record_id, _ in texts]})


def forget_samples(tx: Connection, project_id: int, moment: datetime) -> None:
    """Uploads from up to this moment show no values of their columns any more."""
    earlier = (uploads.c.project_id == project_id, uploads.c.created_at <= moment)
    tx.execute(update(uploads).where(*earlier).values(columns=[]))


def files_before(tx: Connection, project_id: int, moment: datetime) -> Sequence[Any]:
    """The project's uploads from up to this moment whose files are kept still."""
    kept = (uploads.c.project_id == project_id, uploads.c.created_at <= moment, uploads.c.blob_key != "")
    return tx.execute(select(uploads.c.id, uploads.c.blob_key).where(*kept)).all()
