"""Every query about parcels, the people of other tools, and what only their tools can use again."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from goldsmith.server.features.exchange.tables import brought_answers, brought_people, parcels
from goldsmith.server.foundation.upsert import insert_into, replacing


def insert_parcel(tx: Connection, **values: Any) -> int:
    return tx.execute(insert(parcels).values(**values).returning(parcels.c.id)).scalar_one()


def find_parcel(tx: Connection, workspace_id: int, parcel_id: int) -> Row[Any] | None:
    mine = (parcels.c.id == parcel_id, parcels.c.workspace_id == workspace_id)
    return tx.execute(select(parcels).where(*mine).with_for_update()).first()


def parcel_of(tx: Connection, parcel_id: int) -> Row[Any]:
    return tx.execute(select(parcels).where(parcels.c.id == parcel_id)).one()


def parcel_behind(tx: Connection, project_id: int) -> Row[Any] | None:
    """The file that a project was made from."""
    return tx.execute(select(parcels).where(parcels.c.project_id == project_id)).first()


def update_parcel(tx: Connection, parcel_id: int, **values: Any) -> None:
    tx.execute(update(parcels).where(parcels.c.id == parcel_id).values(**values))


def kept_parcels(tx: Connection) -> Sequence[Any]:
    """Parcels whose files are kept still."""
    return tx.execute(select(parcels).where(parcels.c.blob_prefix != "").order_by(parcels.c.id)).all()


def insert_people(tx: Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        tx.execute(insert(brought_people), rows)


def people_of(tx: Connection, project_id: int) -> Sequence[Any]:
    """(person_key, person_id, name, email) of everybody who came with the project."""
    return tx.execute(select(brought_people).where(brought_people.c.project_id == project_id)).all()


def put_origins(tx: Connection, rows: list[dict[str, Any]]) -> None:
    """Keep what only the tool can use again of an answer; of two by one person, the later."""
    if not rows:
        return
    put = replacing(insert_into(tx, brought_answers), ["record_id", "person_id"], ["origin", "parcel_id"])
    keyed = {(row["record_id"], row["person_id"]): row for row in rows}
    tx.execute(put, list(keyed.values()))


def origins_of(tx: Connection, first: int, last: int) -> dict[tuple[int, int], dict[str, Any]]:
    """What was kept for the answers to the records from `first` to `last`, by (record, person)."""
    query = select(brought_answers.c.record_id, brought_answers.c.person_id, brought_answers.c.origin)
    rows = tx.execute(query.where(brought_answers.c.record_id.between(first, last)))
    return {(row[0], row[1]): row[2] for row in rows}
