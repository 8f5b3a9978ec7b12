"""What people were told of: a row per person and piece of news; the same key never tells the same person twice."""

from sqlalchemy import Column, ForeignKey, Index, String, Table, Text, UniqueConstraint, text

from goldsmith.server.foundation.database import Document, Id, Instant, metadata

notices = Table(
    "notices",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace_id", Id, ForeignKey("workspaces.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("project_id", Id, ForeignKey("projects.id")),
    Column("kind", String(20), nullable=False),
    Column("key", String(100), nullable=False),
    Column("words", Text, nullable=False),
    Column("actor_id", Id, ForeignKey("people.id")),
    Column("actor_as", String(100)),
    Column("about", Document, nullable=False),
    Column("at", Instant, nullable=False),
    Column("read_at", Instant),
    UniqueConstraint("key", "person_id"),
    Index("ix_notices_person_id", "person_id", "workspace_id", "id"),
    Index(
        "ix_notices_unread", "person_id", "workspace_id", "id",
        sqlite_where=text("read_at IS NULL"), postgresql_where=text("read_at IS NULL"),
    ),
)  # fmt: skip
