"""Who has seen which version of guideline and schema, which edge case came from which decision, and who cites what."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Id, Instant

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "acknowledgements",
        sa.Column("project_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(12), nullable=False),
        sa.Column("version", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_acknowledgements_project_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_acknowledgements_person_id")),
        sa.PrimaryKeyConstraint(
            "project_id", "person_id", "subject", "version", name=op.f("pk_acknowledgements")
        ),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_table(
        "edge_cases",
        sa.Column("project_id", Id, autoincrement=False, nullable=False),
        sa.Column("anchor", sa.String(200), nullable=False),
        sa.Column("record_id", Id, nullable=False),
        sa.Column("task_id", Id, nullable=False),
        sa.Column("decision_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("made_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_edge_cases_project_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_edge_cases_record_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_edge_cases_task_id")),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name=op.f("fk_edge_cases_decision_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_edge_cases_person_id")),
        sa.PrimaryKeyConstraint("project_id", "anchor", name=op.f("pk_edge_cases")),
    )
    op.create_index("ix_edge_cases_task_id", "edge_cases", ["task_id"])
    latest = sa.text("latest")
    op.create_index(
        "ix_decisions_project_id", "decisions", ["project_id", "record_id"],
        sqlite_where=latest, postgresql_where=latest,
    )  # fmt: skip
    cited = sa.text("latest AND guideline_anchor IS NOT NULL")
    op.create_index(
        "ix_decisions_guideline_anchor", "decisions", ["project_id", "guideline_anchor"],
        sqlite_where=cited, postgresql_where=cited,
    )  # fmt: skip
