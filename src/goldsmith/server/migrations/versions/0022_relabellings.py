"""Re-labellings, and what their decisions found. The version before leaves both columns empty, and both as they are."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Document, Id, Instant

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    op.create_table(
        "relabellings",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("change", Document, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("n_records", sa.Integer, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_relabellings_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_relabellings_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_relabellings")),
    )
    op.create_index("ix_relabellings_project_id", "relabellings", ["project_id", "id"], unique=False)
    op.add_column("decisions", sa.Column("relabelling_id", Id))
    op.add_column("decisions", sa.Column("stood_before", Document, nullable=True))
