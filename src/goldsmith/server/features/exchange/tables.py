"""Files of other tools that were looked through, who their people are here, and what only their tools can use again.

A parcel whose files were let go has no `pieces`.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Table

from goldsmith.server.foundation.database import Document, Id, Instant, metadata

parcels = Table(
    "parcels",
    metadata,
    Column("id", Id, primary_key=True),
    Column("workspace_id", Id, ForeignKey("workspaces.id"), nullable=False),
    Column("filename", String(255), nullable=False),
    Column("size_bytes", BigInteger, nullable=False),
    Column("tool", String(20), nullable=False),
    Column("blob_prefix", String(200), nullable=False),
    Column("pieces", Document, nullable=False),
    Column("outline", Document, nullable=False),
    Column("project_id", Id, ForeignKey("projects.id")),
    Column("created_by", Id, ForeignKey("people.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Index("ix_parcels_project_id", "project_id"),
)

brought_people = Table(
    "brought_people",
    metadata,
    Column("project_id", Id, ForeignKey("projects.id"), primary_key=True, autoincrement=False),
    Column("person_key", String(300), primary_key=True),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("name", String(200)),
    Column("email", String(254)),
)

brought_answers = Table(
    "brought_answers",
    metadata,
    Column("record_id", Id, ForeignKey("records.id"), primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    Column("parcel_id", Id, ForeignKey("parcels.id"), nullable=False),
    Column("origin", Document, nullable=False),
    sqlite_with_rowid=False,
)
