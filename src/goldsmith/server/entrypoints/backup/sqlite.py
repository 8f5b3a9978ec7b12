"""Copy a SQLite database with its online backup API: one consistent moment, while others go on writing."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import IO

from sqlalchemy.engine import make_url

from goldsmith.server.entrypoints.tables import metadata
from goldsmith.server.foundation.database import Database
from goldsmith.server.foundation.errors import Conflict, Invalid
from goldsmith.server.foundation.settings import Settings

NAME = "SQLite"
_FILE = "goldsmith.db"


def copy_out(database: Database, room: Path, add: Callable[[Path], object]) -> tuple[str, dict[str, int]]:
    """Add a copy of the database file; returns its revision and how many rows each table has."""
    copy = room / _FILE
    with (
        closing(sqlite3.connect(str(database.writer.url.database))) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        _require_tables(source)
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
        revision = target.execute("SELECT version_num FROM alembic_version").fetchone()[0]
        rows = {name: target.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in _tables(target)}
    add(copy)
    return revision, rows


def refuse_unless_empty(settings: Settings) -> None:
    """Never write over a workspace."""
    path = _path(settings)
    if path.exists():
        raise Conflict(f"There is a database already at '{path}'. Restore into an empty folder with --data-dir.")


def copy_in(settings: Settings, revision: str, open_member: Callable[[str], IO[bytes]]) -> None:
    """Put the file in place once it has proven whole."""
    path = _path(settings)
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.restoring")
    try:
        with partial.open("wb") as out, open_member(_FILE) as source:
            while chunk := source.read(1 << 20):
                out.write(chunk)
        _prove(partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _tables(connection: sqlite3.Connection) -> list[str]:
    found = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return [table.name for table in metadata.sorted_tables if table.name in found and not table.info.get("only")]


def _require_tables(connection: sqlite3.Connection) -> None:
    if not _tables(connection):
        raise Invalid("There is no workspace here to back up. Check --data-dir, or GOLDSMITH_DATA_DIR.")


def _prove(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            told = connection.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        told = str(error)
    if told != "ok":
        raise Invalid(f"The database in the backup is damaged ({told}). Use another backup.")


def _path(settings: Settings) -> Path:
    return Path(make_url(settings.database).database or "")
