"""Answers, append-only: a correction or a withdrawal is a new revision; `latest` marks the one that speaks now.

Beside them the drafts of what is being typed, each person's work by day, so that progress is never counted live, and
the answers that a change of the schema has made stale.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    text,
)

from goldsmith.server.features.annotation.comments import tables as comments
from goldsmith.server.foundation.database import Document, Id, Instant, OptionalDocument, metadata

__all__ = ["annotations", "comments", "drafts", "stale_answers", "work_days"]

annotations = Table(
    "annotations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("record_id", Id, ForeignKey("records.id"), nullable=False),
    Column("task_id", Id, ForeignKey("tasks.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("answers", Document, nullable=False),
    Column("notes", OptionalDocument),
    Column("counted", Boolean, nullable=False),
    Column("latest", Boolean, nullable=False),
    Column("active_ms", BigInteger, nullable=False),
    Column("swapped", Boolean, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("guideline_version", Integer, nullable=False),
    Column("idempotency_key", String(64)),
    Column("submitted_at", Instant, nullable=False),
    UniqueConstraint("task_id", "person_id", "revision"),
    Index(
        "ix_annotations_record", "record_id",
        sqlite_where=text("latest"), postgresql_where=text("latest"),
    ),
    Index("ix_annotations_project_id", "project_id", "id"),
)  # fmt: skip

drafts = Table(
    "drafts",
    metadata,
    Column("task_id", Id, ForeignKey("tasks.id"), primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("answers", Document, nullable=False),
    Column("notes", OptionalDocument),
    Column("active_ms", BigInteger, nullable=False),
    Column("updated_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

stale_answers = Table(
    "stale_answers",
    metadata,
    Column("task_id", Id, ForeignKey("tasks.id"), primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("project_id", Id, nullable=False),
    Column("record_id", Id, nullable=False),
    Column("questions", Document, nullable=False),
    Index("ix_stale_answers_project_id", "project_id", "task_id", "person_id"),
    sqlite_with_rowid=False,
)

work_days = Table(
    "work_days",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("submitted", Integer, nullable=False, server_default="0"),
    Column("skipped", Integer, nullable=False, server_default="0"),
    Column("flagged", Integer, nullable=False, server_default="0"),
    Column("active_ms", BigInteger, nullable=False, server_default="0"),
    sqlite_with_rowid=False,
)
