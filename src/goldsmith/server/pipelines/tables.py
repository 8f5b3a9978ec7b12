"""Durable jobs: a row is written in the transaction that asks for the work, so no request is lost between the two."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, String, Table, Text, false, text

from goldsmith.server.foundation.database import Document, Id, Instant, metadata

jobs = Table(
    "jobs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace_id", Id, ForeignKey("workspaces.id"), nullable=False),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("payload", Document, nullable=False),
    Column("attempt", BigInteger, nullable=False, server_default="1"),
    Column("position", Document, nullable=False),
    Column("progress_done", BigInteger, nullable=False, server_default="0"),
    Column("progress_total", BigInteger),
    Column("progress_unit", String(20), nullable=False, server_default="rows"),
    Column("result", Document),
    Column("error", Text),
    Column("cancel_asked", Boolean, nullable=False, server_default=false()),
    Column("created_by", Id, ForeignKey("people.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("started_at", Instant),
    Column("finished_at", Instant),
    Index("ix_jobs_project_id", "project_id", "id"),
    Index(
        "ix_jobs_unfinished",
        "id",
        sqlite_where=text("finished_at IS NULL"),
        postgresql_where=text("finished_at IS NULL"),
    ),
)
