"""Reviews: by which rates answers are drawn, with what chance each was, what a reviewer found, and bulk acceptance."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Document, Id, Instant

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("cases", sa.Column("chance", sa.Float))
    op.add_column("cases", sa.Column("returned_by", Id))
    op.add_column("decisions", sa.Column("verdict", sa.String(12)))
    op.add_column("decisions", sa.Column("notes", Document))
    op.add_column("decisions", sa.Column("sent_to", Document))
    op.add_column("decisions", sa.Column("acceptance_id", Id))
    op.create_index("ix_decisions_acceptance", "decisions", ["acceptance_id"], unique=False)
    op.create_table(
        "review_plans",
        sa.Column("project_id", Id, autoincrement=False, nullable=False),
        sa.Column("seed", sa.String(64), nullable=False),
        sa.Column("plan", Document, nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_review_plans_project_id")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_review_plans")),
    )
    op.create_table(
        "acceptances",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("filter", Document, nullable=False),
        sa.Column("n_cases", sa.Integer, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_acceptances_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_acceptances_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acceptances")),
    )
    op.create_index("ix_acceptances_project_id", "acceptances", ["project_id", "id"], unique=False)
    op.create_table(
        "findings",
        sa.Column("decision_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("record_id", Id, nullable=False),
        sa.Column("task_id", Id, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("verdict", sa.String(12), nullable=False),
        sa.Column("wrong", Document, nullable=False),
        sa.Column("chance", sa.Float, nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_findings_decision_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_findings_person_id")),
        sa.PrimaryKeyConstraint("decision_id", "person_id", name=op.f("pk_findings")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_findings_person", "findings", ["project_id", "person_id", "decision_id"], unique=False)
