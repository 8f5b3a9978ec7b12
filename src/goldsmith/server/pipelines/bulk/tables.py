"""Bulk actions, and the lists of what each was asked to change: a row per piece.

The tables have the names that an earlier version gave them, so that it can go on beside this one (decision 0005).
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, UniqueConstraint

from goldsmith.server.foundation.database import Document, Id, Instant, metadata

bulk_actions = Table(
    "sweeps",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace_id", Id, ForeignKey("workspaces.id"), nullable=False),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("deed", String(40), nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("way", String(8), nullable=False),
    Column("size", Integer, nullable=False),
    Column("n_items", BigInteger, nullable=False),
    Column("reached", Integer, nullable=False),
    Column("done", Document, nullable=False),
    Column("undone", Document, nullable=False),
    Column("job_id", Id, ForeignKey("jobs.id")),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("undo_until", Instant),
    UniqueConstraint("deed", "subject_id"),
)

bulk_pieces = Table(
    "sweep_stretches",
    metadata,
    Column("sweep_id", Id, ForeignKey("sweeps.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("ids", Document, nullable=False),
    sqlite_with_rowid=False,
)
