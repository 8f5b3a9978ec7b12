"""Projects, the versions of their schema and guideline, and their counters."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from goldsmith.server.foundation.database import Document, Id, Instant, OptionalDocument, metadata

projects = Table(
    "projects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace_id", Id, ForeignKey("workspaces.id"), nullable=False),
    Column("slug", String(80), nullable=False),
    Column("name", String(200), nullable=False),
    Column("description", Text, nullable=False, server_default=""),
    Column("policy", Document, nullable=False),
    Column("schema_version", Integer, nullable=False),
    Column("guideline_version", Integer, nullable=False),
    Column("created_by", Id, ForeignKey("people.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("archived_at", Instant),
    UniqueConstraint("workspace_id", "slug"),
)

schema_versions = Table(
    "schema_versions",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("fields", Document, nullable=False),
    Column("questions", Document, nullable=False),
    Column("note", String(500), nullable=False, server_default=""),
    Column("parent", Integer),
    Column("changes", OptionalDocument),
    Column("created_by", Id, ForeignKey("people.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
)

guideline_versions = Table(
    "guideline_versions",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("note", String(500), nullable=False, server_default=""),
    Column("created_by", Id, ForeignKey("people.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
)

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("subject", String(12), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

project_counters = Table(
    "project_counters",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True),
    Column("name", String(40), primary_key=True),
    Column("shard", SmallInteger, primary_key=True),
    Column("value", BigInteger, nullable=False, server_default="0"),
    Index("ix_project_counters_project_id", "project_id"),
)

retention_rules = Table(
    "retention_rules",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True, autoincrement=False),
    Column("rules", Document, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
