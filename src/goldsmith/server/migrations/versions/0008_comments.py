"""Threads of comments on records, answers and passages."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Id, Instant

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "comment_threads",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("record_id", Id, nullable=False),
        sa.Column("place", sa.String(12), nullable=False),
        sa.Column("question", sa.String(80)),
        sa.Column("annotator_id", Id),
        sa.Column("field", sa.String(80)),
        sa.Column("turn", sa.Integer),
        sa.Column("start", sa.Integer),
        sa.Column("end", sa.Integer),
        sa.Column("quote", sa.Text),
        sa.Column("partner_id", Id),
        sa.Column("opened_by", Id, nullable=False),
        sa.Column("opened_at", Instant, nullable=False),
        sa.Column("resolved_by", Id),
        sa.Column("resolved_at", Instant),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_comment_threads_project_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_comment_threads_record_id")),
        *_people("comment_threads", "annotator_id", "partner_id", "opened_by", "resolved_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_threads")),
    )
    op.create_index("ix_comment_threads_record_id", "comment_threads", ["record_id", "id"])
    op.create_index("ix_comment_threads_project_id", "comment_threads", ["project_id", "id"])
    op.create_table(
        "comments",
        sa.Column("id", Id, nullable=False),
        sa.Column("thread_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("as_role", sa.String(20), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("written_at", Instant, nullable=False),
        sa.Column("deleted_by", Id),
        sa.Column("deleted_at", Instant),
        sa.Column("idempotency_key", sa.String(64)),
        sa.ForeignKeyConstraint(["thread_id"], ["comment_threads.id"], name=op.f("fk_comments_thread_id")),
        *_people("comments", "person_id", "deleted_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("person_id", "idempotency_key", name=op.f("uq_comments_person_id_idempotency_key")),
    )
    op.create_index("ix_comments_thread_id", "comments", ["thread_id", "id"])
    op.create_table(
        "comment_revisions",
        sa.Column("comment_id", Id, autoincrement=False, nullable=False),
        sa.Column("revision", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("written_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_comment_revisions_comment_id")),
        sa.PrimaryKeyConstraint("comment_id", "revision", name=op.f("pk_comment_revisions")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "comment_mentions",
        sa.Column("comment_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["comment_id"], ["comments.id"], name=op.f("fk_comment_mentions_comment_id")),
        *_people("comment_mentions", "person_id"),
        sa.PrimaryKeyConstraint("comment_id", "person_id", name=op.f("pk_comment_mentions")),
        sqlite_with_rowid=False,
    )


def _people(table: str, *columns: str) -> list[sa.ForeignKeyConstraint]:
    return [sa.ForeignKeyConstraint([one], ["people.id"], name=op.f(f"fk_{table}_{one}")) for one in columns]
