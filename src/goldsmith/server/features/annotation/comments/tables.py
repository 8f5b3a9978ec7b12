"""Threads of comments. What was written is append-only: an edit is a new revision, a deletion can be taken back.

`partner_id` is the annotator whom a thread belongs to: who opened it, or whose answer it is about. A stored text names
people by tokens, so that each reader, and each release, calls them as it may. A mention is of the newest revision.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint, text

from goldsmith.server.foundation.database import Id, Instant, metadata

threads = Table(
    "comment_threads",
    metadata,
    Column("id", Id, primary_key=True),
    Column("project_id", Id, ForeignKey("projects.id"), nullable=False),
    Column("record_id", Id, ForeignKey("records.id"), nullable=False),
    Column("place", String(12), nullable=False),
    Column("question", String(80)),
    Column("annotator_id", Id, ForeignKey("people.id")),
    Column("field", String(80)),
    Column("turn", Integer),
    Column("start", Integer),
    Column("end", Integer),
    Column("quote", Text),
    Column("partner_id", Id, ForeignKey("people.id")),
    Column("opened_by", Id, ForeignKey("people.id"), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("resolved_by", Id, ForeignKey("people.id")),
    Column("resolved_at", Instant),
    Index("ix_comment_threads_record_id", "record_id", "id"),
    Index("ix_comment_threads_project_id", "project_id", "id"),
    Index(
        "ix_comment_threads_open", "project_id", "record_id",
        sqlite_where=text("resolved_at IS NULL"), postgresql_where=text("resolved_at IS NULL"),
    ),
)  # fmt: skip

comments = Table(
    "comments",
    metadata,
    Column("id", Id, primary_key=True),
    Column("thread_id", Id, ForeignKey("comment_threads.id"), nullable=False),
    Column("person_id", Id, ForeignKey("people.id"), nullable=False),
    Column("as_role", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("written_at", Instant, nullable=False),
    Column("deleted_by", Id, ForeignKey("people.id")),
    Column("deleted_at", Instant),
    Column("idempotency_key", String(64)),
    UniqueConstraint("person_id", "idempotency_key"),
    Index("ix_comments_thread_id", "thread_id", "id"),
)

comment_revisions = Table(
    "comment_revisions",
    metadata,
    Column("comment_id", Id, ForeignKey("comments.id"), primary_key=True, autoincrement=False),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, nullable=False),
    Column("written_at", Instant, nullable=False),
    sqlite_with_rowid=False,
)

comment_mentions = Table(
    "comment_mentions",
    metadata,
    Column("comment_id", Id, ForeignKey("comments.id"), primary_key=True, autoincrement=False),
    Column("person_id", Id, ForeignKey("people.id"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
