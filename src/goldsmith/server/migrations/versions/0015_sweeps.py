"""Deeds on many records, done stretch by stretch: where each has come to, and the list of what it changes."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Document, Id, Instant

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "sweeps",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("deed", sa.String(40), nullable=False),
        sa.Column("subject_id", Id, nullable=False),
        sa.Column("way", sa.String(8), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("n_items", sa.BigInteger, nullable=False),
        sa.Column("reached", sa.Integer, nullable=False),
        sa.Column("done", Document, nullable=False),
        sa.Column("undone", Document, nullable=False),
        sa.Column("job_id", Id),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_sweeps_workspace_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_sweeps_project_id")),
        sa.ForeignKeyConstraint(["job_id"], ["jobs.id"], name=op.f("fk_sweeps_job_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_sweeps_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sweeps")),
        sa.UniqueConstraint("deed", "subject_id", name=op.f("uq_sweeps_deed_subject_id")),
    )
    op.create_table(
        "sweep_stretches",
        sa.Column("sweep_id", Id, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("ids", Document, nullable=False),
        sa.ForeignKeyConstraint(["sweep_id"], ["sweeps.id"], name=op.f("fk_sweep_stretches_sweep_id")),
        sa.PrimaryKeyConstraint("sweep_id", "number", name=op.f("pk_sweep_stretches")),
        sqlite_with_rowid=False,
    )
