"""Alembic's entry: run the migrations on the engine the caller passed, in one transaction, one process at a time.

A database that a newer version has brought further is left as it is: migrations only add what older code does not see
(decision 0005), so the version before goes on beside the new one while processes are replaced.
"""

from alembic import context
from sqlalchemy import Connection, text

from goldsmith.server.entrypoints import tables
from goldsmith.server.foundation.migrations import revision_of
from goldsmith.server.foundation.telemetry import log

_LOCK = 7_261_873_002


def run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    if is_newer(found := revision_of(connection)):
        log.warning("database_is_newer", revision=found, ours=context.script.get_current_head())
        return
    context.configure(
        connection=connection, target_metadata=tables.metadata, render_as_batch=False, transactional_ddl=True
    )
    with context.begin_transaction():
        context.run_migrations()


def is_newer(revision: str | None) -> bool:
    """Whether a later version of Goldsmith made these tables: revisions are numbers, counted up."""
    known = {script.revision for script in context.script.walk_revisions()}
    return revision is not None and revision not in known and revision > max(known)


with context.config.attributes["engine"].begin() as connection:
    run(connection)
