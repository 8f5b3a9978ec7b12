"""How long each project keeps what it no longer needs."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Document, Id, Instant

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "retention_rules",
        sa.Column("project_id", Id, autoincrement=False, nullable=False),
        sa.Column("rules", Document, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_retention_rules_project_id")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_retention_rules")),
    )
