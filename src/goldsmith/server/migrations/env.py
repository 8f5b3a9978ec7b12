"""Alembic's entry: run the migrations on the engine the caller passed, in one transaction, one process at a time."""

from alembic import context
from sqlalchemy import Connection, text

from goldsmith.server.entrypoints import tables

_LOCK = 7_261_873_002


def run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    context.configure(
        connection=connection, target_metadata=tables.metadata, render_as_batch=False, transactional_ddl=True
    )
    with context.begin_transaction():
        context.run_migrations()


with context.config.attributes["engine"].begin() as connection:
    run(connection)
