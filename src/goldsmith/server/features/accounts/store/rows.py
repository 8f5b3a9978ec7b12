"""How rows are written, whatever they are about."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, bindparam, insert, or_, update

from goldsmith.server.foundation.upsert import insert_into, replacing


def insert_row(tx: Connection, table: Any, **values: Any) -> int:
    """Insert one row and return its id."""
    return tx.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()


def upsert(tx: Connection, table: Any, key: list[str], values: dict[str, Any]) -> None:
    """Insert one row, or bring the row that has its key to these values."""
    the_rest = [name for name in values if name not in key]
    tx.execute(replacing(insert_into(tx, table).values(**values), key, the_rest))


def touch(tx: Connection, named: Column, seen: Mapping[Any, datetime]) -> None:
    """Move `last_used_at` on, in an order that lets two processes do so at once."""
    last = named.table.c.last_used_at
    later = update(named.table).where(named == bindparam("its_name"), or_(last.is_(None), last < bindparam("moment")))
    rows = [{"its_name": name, "moment": moment} for name, moment in sorted(seen.items())]
    tx.execute(later.values(last_used_at=bindparam("moment")), rows)
