"""Every query about bulk actions."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, insert, select, update

from goldsmith.server.foundation.portions import portions
from goldsmith.server.foundation.stored import known, plain
from goldsmith.server.pipelines.bulk.domain import BulkAction, Way, cut
from goldsmith.server.pipelines.bulk.tables import bulk_actions, bulk_pieces
from goldsmith.server.pipelines.domain import UNFINISHED, JobState
from goldsmith.server.pipelines.tables import jobs

_HAS_LIST = exists().where(bulk_pieces.c.sweep_id == bulk_actions.c.id)
_IS_MOVING = exists().where(jobs.c.id == bulk_actions.c.job_id, jobs.c.state.in_([str(one) for one in UNFINISHED]))


def insert_action(tx: Connection, ids: Sequence[int], *, size: int, **values: Any) -> int:
    """Keep a bulk action with its list."""
    made = insert(bulk_actions).values(size=size, n_items=len(ids), done={}, undone={}, **values)
    action_id = tx.execute(made.returning(bulk_actions.c.id)).scalar_one()
    rows = [{"sweep_id": action_id, "number": at, "ids": list(part)} for at, part in enumerate(cut(ids, size))]
    for some in portions(rows):
        tx.execute(insert(bulk_pieces), list(some))
    return action_id


def read_action(tx: Connection, action_id: int) -> BulkAction:
    return _action(tx.execute(select(bulk_actions).where(bulk_actions.c.id == action_id)).one())


def lock_action(tx: Connection, action_id: int) -> BulkAction:
    """The action, held until the transaction ends."""
    return _action(tx.execute(select(bulk_actions).where(bulk_actions.c.id == action_id).with_for_update()).one())


def find_action(tx: Connection, deed: str, subject_id: int) -> BulkAction | None:
    of_it = (bulk_actions.c.deed == deed, bulk_actions.c.subject_id == subject_id)
    row = tx.execute(select(bulk_actions).where(*of_it)).first()
    return None if row is None else _action(row)


def list_actions(tx: Connection, deed: str, subject_ids: Collection[int]) -> list[tuple[BulkAction, JobState | None]]:
    """The bulk actions of a deed on these subjects, each with how its latest job is."""
    query = select(bulk_actions, jobs.c.state).outerjoin(jobs, jobs.c.id == bulk_actions.c.job_id)
    rows = tx.execute(query.where(bulk_actions.c.deed == deed, bulk_actions.c.subject_id.in_(subject_ids))).all()
    return [(_action(row), plain(JobState, row.state) if row.state else None) for row in rows]


def ids_of(tx: Connection, action_id: int, pieces: range) -> list[int]:
    """Some pieces of the list, as one."""
    number = bulk_pieces.c.number
    some = select(bulk_pieces.c.ids).where(bulk_pieces.c.sweep_id == action_id)
    rows = tx.execute(some.where(number >= pieces.start, number < pieces.stop).order_by(number)).scalars()
    return [one for ids in rows for one in ids]


def update_action(tx: Connection, action_id: int, **values: Any) -> None:
    tx.execute(update(bulk_actions).where(bulk_actions.c.id == action_id).values(**values))


def resting(tx: Connection, deeds: Collection[str]) -> list[BulkAction]:
    """The actions whose lists are kept and that no job is at work on."""
    query = select(bulk_actions).where(bulk_actions.c.deed.in_(deeds), _HAS_LIST, ~_IS_MOVING)
    return [_action(row) for row in tx.execute(query.order_by(bulk_actions.c.id))]


def is_resting(tx: Connection, action_id: int) -> bool:
    return tx.execute(select(bulk_actions.c.id).where(bulk_actions.c.id == action_id, ~_IS_MOVING)).first() is not None


def listed(tx: Connection, deeds: Collection[str]) -> list[BulkAction]:
    """The actions of these deeds whose lists are kept."""
    query = select(bulk_actions).where(bulk_actions.c.deed.in_(deeds), _HAS_LIST)
    return [_action(row) for row in tx.execute(query.order_by(bulk_actions.c.id))]


def kept_in(tx: Connection, project_id: int) -> list[BulkAction]:
    """A project's actions whose lists are kept."""
    return [
        _action(row)
        for row in tx.execute(select(bulk_actions).where(bulk_actions.c.project_id == project_id, _HAS_LIST))
    ]


def actions_by_id(tx: Connection, action_ids: Collection[int]) -> dict[int, BulkAction]:
    rows = tx.execute(select(bulk_actions).where(bulk_actions.c.id.in_(action_ids)))
    return {row.id: _action(row) for row in rows}


def first_pieces(tx: Connection, action_id: int, limit: int) -> list[int]:
    """The numbers of the first pieces of a list that are left."""
    query = select(bulk_pieces.c.number).where(bulk_pieces.c.sweep_id == action_id)
    return list(tx.execute(query.order_by(bulk_pieces.c.number).limit(limit)).scalars())


def drop_pieces(tx: Connection, action_id: int, numbers: Sequence[int]) -> None:
    some = (bulk_pieces.c.sweep_id == action_id, bulk_pieces.c.number.in_(numbers))
    tx.execute(delete(bulk_pieces).where(*some))


def _action(row: Row[Any]) -> BulkAction:
    names = BulkAction.__dataclass_fields__
    values: dict[str, Any] = {name: value for name, value in row._mapping.items() if name in names}
    values["way"] = known(Way, row.way)
    return BulkAction(**values)
