"""Due dates, and what a record asks of people: skills, or one certain person; what managers changed, to take it back.

The queue's two indexes get the asking into their key. Ranks get room for due dates between two priorities.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Document, Id, Instant

revision = "0014"
down_revision = "0013"
UNTOUCHED = "taken = 0 AND target > 0"
PARTLY_COVERED = "taken > 0 AND taken < target"
PLACE = ["project_id", "stage", "needs_id", "rank", "id"]


def upgrade() -> None:
    op.add_column("tasks", sa.Column("needs_id", sa.Integer, nullable=False, server_default="0"))
    op.add_column("tasks", sa.Column("due_at", Instant()))
    op.add_column("queue_cursors", sa.Column("lanes", sa.Text))
    op.execute("UPDATE tasks SET rank = (rank - rank % 10) * 100000 + rank % 10 WHERE rank >= 10 OR rank <= -10")
    for name, covered in (("ix_tasks_untouched", UNTOUCHED), ("ix_tasks_partly_covered", PARTLY_COVERED)):
        op.drop_index(name, "tasks")
        where: dict[str, Any] = {"sqlite_where": sa.text(covered), "postgresql_where": sa.text(covered)}
        op.create_index(name, "tasks", PLACE, unique=False, **where)
    has_date = sa.text("due_at IS NOT NULL")
    dated: dict[str, Any] = {"sqlite_where": has_date, "postgresql_where": has_date}
    op.create_index("ix_tasks_due", "tasks", ["project_id", "due_at"], unique=False, **dated)
    op.create_table(
        "needs",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("key", sa.String(500), nullable=False),
        sa.Column("skills", Document, nullable=False),
        sa.Column("person_id", Id, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_needs_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_needs_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_needs")),
        sa.UniqueConstraint("project_id", "key", name=op.f("uq_needs_project_id_key")),
    )
    op.create_table(
        "skills",
        sa.Column("project_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("skills", Document, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_skills_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_skills_project_id")),
        sa.PrimaryKeyConstraint("project_id", "person_id", name=op.f("pk_skills")),
    )
    op.create_table(
        "skill_rules",
        sa.Column("project_id", Id, autoincrement=False, nullable=False),
        sa.Column("rules", Document, nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_skill_rules_project_id")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_skill_rules")),
    )
    op.create_table(
        "steerings",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("change", Document, nullable=False),
        sa.Column("n_tasks", sa.Integer, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("undone_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_steerings_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_steerings_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_steerings")),
    )
    op.create_index("ix_steerings_project_id", "steerings", ["project_id", "id"], unique=False)
    op.create_table(
        "steered_tasks",
        sa.Column("task_id", Id, autoincrement=False, nullable=False),
        sa.Column("steering_id", Id, autoincrement=False, nullable=False),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("due_at", Instant(), nullable=True),
        sa.Column("needs_id", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("task_id", "steering_id", name=op.f("pk_steered_tasks")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_steered_tasks_steering_id", "steered_tasks", ["steering_id"], unique=False)
