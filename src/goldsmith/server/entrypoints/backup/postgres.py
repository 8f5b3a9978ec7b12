"""Copy a PostgreSQL database by COPY, every table in one snapshot, while others go on writing.

COPY needs no program of PostgreSQL's own version on this machine, and reads into any newer server. What belongs to
the durable engine (its own schema) is left out: unfinished jobs are rows of ours, and begin anew where they stopped.
"""

from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Engine, MetaData, Table, inspect, select

from goldsmith.server.entrypoints.opening import opened
from goldsmith.server.entrypoints.tables import metadata
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.errors import Conflict, Invalid
from goldsmith.server.foundation.migrations import migrate
from goldsmith.server.foundation.settings import Settings

NAME = "PostgreSQL"
_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"
_CHUNK = 1 << 20


def copy_out(database: Database, room: Path, add: Callable[[Path], object]) -> tuple[str, dict[str, int]]:
    """Add one file per table; returns the revision and how many rows each table has."""
    with database.writer.connect() as connection:
        raw = _raw(connection)
        raw.execute(_SNAPSHOT)
        tables = _tables(connection)
        if not tables:
            raise Invalid("There is no workspace here to back up. Check --database-url, or GOLDSMITH_DATABASE_URL.")
        revision = _one(raw, "SELECT version_num FROM alembic_version")
        rows = {}
        for table in tables:
            path = room / f"{table.name}.copy"
            rows[table.name] = _dump(raw, table, path)
            add(path)
            path.unlink()
        return revision, rows


def refuse_unless_empty(settings: Settings) -> None:
    """Never write over a workspace."""
    with opened(settings) as database:
        is_used = inspect(database.writer).has_table("workspaces") and database.read_now(_has_workspace)
    if is_used:
        raise Conflict("There is a workspace already in this database. Restore into an empty one.")


def copy_in(settings: Settings, revision: str, open_member: Callable[[str], IO[bytes]]) -> None:
    """Make the tables as they were in the backup and fill them, all in one transaction."""
    with opened(settings) as database:
        migrate(database, revision)
        _fill(database.writer, open_member)


def _fill(engine: Engine, open_member: Callable[[str], IO[bytes]]) -> None:
    with engine.begin() as connection:
        raw = _raw(connection)
        for table in _tables(connection):
            copy = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), _columns(table))
            with open_member(f"{table.name}.copy") as source, raw.cursor() as cursor, cursor.copy(copy) as target:
                while chunk := source.read(_CHUNK):
                    target.write(chunk)
            _move_sequence(raw, table)


def _dump(raw: psycopg.Connection[Any], table: Table, path: Path) -> int:
    copy = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(table.name), _columns(table))
    with path.open("wb") as out, raw.cursor() as cursor:
        with cursor.copy(copy) as source:
            for chunk in source:
                out.write(chunk)
        return cursor.rowcount


def _tables(connection: Connection) -> list[Table]:
    """The tables as they are in the database, each after those it refers to."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name in metadata.tables)
    return found.sorted_tables


def _columns(table: Table) -> sql.Composed:
    stored = [column.name for column in table.columns if column.computed is None]
    return sql.SQL(", ").join(map(sql.Identifier, stored))


def _move_sequence(raw: psycopg.Connection[Any], table: Table) -> None:
    if "id" not in table.columns:
        return
    raw.execute(
        sql.SQL("SELECT setval(pg_get_serial_sequence({}, 'id'), max(id)) FROM {} HAVING max(id) IS NOT NULL").format(
            sql.Literal(table.name), sql.Identifier(table.name)
        )
    )


def _raw(connection: Connection) -> psycopg.Connection[Any]:
    return connection.connection.driver_connection  # type: ignore[return-value]


def _one(raw: psycopg.Connection[Any], query: str) -> Any:
    row = raw.execute(query).fetchone()  # type: ignore[call-overload]
    return row[0] if row else None


def _has_workspace(tx: Connection) -> bool:
    return tx.execute(select(metadata.tables["workspaces"].c.id).limit(1)).first() is not None
