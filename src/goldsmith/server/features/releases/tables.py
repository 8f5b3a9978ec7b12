"""Releases: what was frozen, from what, and where the frozen files lie.

`plan` fixes at the start what the job may freeze; `salt` makes the annotators' pseudonyms and never leaves this table.
A part's row is written in the transaction that moves the job past it, so the rows name exactly the parts that count.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from goldsmith.server.foundation.database import Document, Id, Instant, metadata

releases = Table(
    "releases",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    Column("notes", Text, nullable=False),
    Column("licence", String(100), nullable=False),
    Column("filter", Document, nullable=False),
    Column("plan", Document, nullable=False),
    Column("salt", String(64), nullable=False),
    Column("state", String(12), nullable=False),
    Column("manifest", Document),
    Column("content_hash", String(80)),
    Column("n_rows", BigInteger),
    Column("n_excluded", BigInteger),
    Column("blob_prefix", String(200), nullable=False),
    Column("job_id", Id, ForeignKey("jobs.id")),
    Column("created_by", Id, ForeignKey("people.id"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("withdrawn_at", Instant),
    Column("withdrawn_by", Id),
    Column("withdrawn_for", String(500)),
    Column("files_removed_at", Instant),
    UniqueConstraint("project_id", "number"),
)

release_parts = Table(
    "release_parts",
    metadata,
    Column("release_id", Id, ForeignKey("releases.id"), primary_key=True, autoincrement=False),
    Column("position", Id, primary_key=True, autoincrement=False),
    Column("token", String(16), nullable=False),
    Column("counts", Document, nullable=False),
)
