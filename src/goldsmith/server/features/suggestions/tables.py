"""Suggestions, append-only: nothing a model proposed is overwritten by a later proposal."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, String, Table

from goldsmith.server.foundation.database import Document, Id, Instant, metadata

suggestions = Table(
    "suggestions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("record_id", Id, ForeignKey("records.id"), nullable=False),
    Column("question", String(60), nullable=False),
    Column("value", Document, nullable=False),
    Column("agent", String(200), nullable=False, server_default=""),
    Column("score", Float),
    Column("schema_version", Integer, nullable=False),
    Column("provenance", Document, nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_suggestions_record_id", "record_id"),
)
