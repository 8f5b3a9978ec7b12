"""Resolutions (derived, current), the cases that wait for an expert, and the experts' decisions (append-only)."""

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from goldsmith.server.foundation.database import Document, Id, Instant, metadata

resolutions = Table(
    "resolutions",
    metadata,
    Column("record_id", Id, ForeignKey("records.id"), primary_key=True, autoincrement=False),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("state", String(12), nullable=False),
    Column("method", String(16)),
    Column("answers", Document, nullable=False),
    Column("questions", Document, nullable=False),
    Column("confidence", Float),
    Column("n_annotators", Integer, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("guideline_version", Integer, nullable=False),
    Column("decision_id", Id),
    Column("updated_at", Instant, nullable=False),
    Index("ix_resolutions_project_id", "project_id", "record_id"),
)

cases = Table(
    "cases",
    metadata,
    Column("task_id", Id, ForeignKey("tasks.id"), primary_key=True, autoincrement=False),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("record_id", Id, ForeignKey("records.id"), nullable=False, unique=True),
    Column("why", String(16), nullable=False),
    Column("state", String(12), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Index("ix_cases_state", "project_id", "state", "task_id"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("record_id", Id, ForeignKey("records.id"), nullable=False),
    Column("task_id", Id, ForeignKey("tasks.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("latest", Boolean, nullable=False),
    Column("answers", Document, nullable=False),
    Column("reason", Text, nullable=False),
    Column("guideline_anchor", String(200)),
    Column("active_ms", BigInteger, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("guideline_version", Integer, nullable=False),
    Column("decided_at", Instant, nullable=False),
    Index("ix_decisions_record", "record_id", "id"),
)
