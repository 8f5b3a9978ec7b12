"""What people were told of: mentions, replies, work sent back."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Document, Id, Instant

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "notices",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("project_id", Id),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("actor_id", Id),
        sa.Column("actor_as", sa.String(100)),
        sa.Column("about", Document, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.Column("read_at", Instant),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_notices_workspace_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notices_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_notices_project_id")),
        sa.ForeignKeyConstraint(["actor_id"], ["people.id"], name=op.f("fk_notices_actor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("key", "person_id", name=op.f("uq_notices_key_person_id")),
    )
    op.create_index("ix_notices_person_id", "notices", ["person_id", "workspace_id", "id"])
    unread = sa.text("read_at IS NULL")
    op.create_index(
        "ix_notices_unread", "notices", ["person_id", "workspace_id", "id"],
        sqlite_where=unread, postgresql_where=unread,
    )  # fmt: skip
