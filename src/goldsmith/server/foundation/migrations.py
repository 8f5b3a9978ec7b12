"""Bring a database to this version's tables."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from goldsmith.server.foundation.database import Database

_FOLDER = Path(__file__).parent.parent / "migrations"
_HEAD = "head"


def migrate(database: Database, revision: str = _HEAD) -> None:
    """Apply every migration up to `revision`. Safe to run from several processes at once, and beside newer ones."""
    with database.reader.begin() as tx:
        stands_at = revision_of(tx)
    if revision != _HEAD or stands_at != newest_revision():
        _apply(database, revision)


def revision_of(tx: Connection) -> str | None:
    """The migration the database stands at; None before the first."""
    if not inspect(tx).has_table("alembic_version"):
        return None
    return tx.execute(text("SELECT version_num FROM alembic_version")).scalar()


def newest_revision() -> str:
    """The last of this version's migrations: their files are named by number, counted up."""
    return max(script.name.partition("_")[0] for script in (_FOLDER / "versions").glob("[0-9]*_*.py"))


def _apply(database: Database, revision: str) -> None:
    """Load Alembic and every migration: what most starts, on a database that stands where it should, do without."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.attributes["engine"] = database.writer
    command.upgrade(config, revision)
