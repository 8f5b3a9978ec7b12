"""Write many rows at once: prepared statements on SQLite, COPY on PostgreSQL. Called by `store` only."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, text


def allocate_ids(tx: Connection, count: int) -> Sequence[int]:
    """Ids for `count` new records, ascending; nobody else gets them."""
    if tx.dialect.name == "sqlite":
        last = tx.exec_driver_sql("SELECT max(id) FROM records").scalar() or 0
        return range(last + 1, last + 1 + count)
    drawn = tx.execute(
        text("SELECT nextval(pg_get_serial_sequence('records', 'id')) FROM generate_series(1, :count)"),
        {"count": count},
    )
    return sorted(drawn.scalars())


def insert_rows(tx: Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows of driver values into a table of ours."""
    if tx.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        tx.exec_driver_sql(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", list(rows))
        return
    cursor = tx.connection.cursor()
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
