"""Bring a database to this version's tables."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from goldsmith.server.foundation.database import Database

_SCRIPTS = Path(__file__).parent.parent / "migrations"


def migrate(database: Database, revision: str = "head") -> None:
    """Apply every migration up to `revision`. Safe to run from several processes at once, and beside newer ones."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["engine"] = database.writer
    command.upgrade(config, revision)


def revision_of(tx: Connection) -> str | None:
    """The migration the database stands at; None before the first."""
    return MigrationContext.configure(tx).get_current_revision()
