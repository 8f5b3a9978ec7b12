"""Rows that may be there already. Both engines say `ON CONFLICT`; SQLAlchemy keeps a kind of insert for each.

tx.execute(insert_into(tx, plans).values(...).on_conflict_do_nothing())
tx.execute(replacing(insert_into(tx, skills), ["project_id", "person_id"], ["skills"]), rows)
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = sqlite.Insert | postgresql.Insert
Begin = Callable[[Table], Insert]
Made = TypeVar("Made")

_BEGIN: dict[str, Begin] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def insert_into(tx: Connection, table: Table) -> Insert:
    """An insert of the transaction's engine, which may go on with `on_conflict_do_nothing` or `_do_update`."""
    return _BEGIN[tx.dialect.name](table)


def replacing(insert: Insert, key: Sequence[str], columns: Sequence[str]) -> Insert:
    """The insert, but a row that has this key already takes over these columns."""
    return insert.on_conflict_do_update(index_elements=key, set_={name: insert.excluded[name] for name in columns})


def on_each_engine(make: Callable[[Begin], Made]) -> dict[str, Made]:
    """What `make` makes of each engine's insert, by the engine's name: for statements that are made once."""
    return {name: make(begin) for name, begin in _BEGIN.items()}
