"""What a schema version was made from, how it departs from that, and which answers have to be asked for again."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Document, Id

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("schema_versions", sa.Column("parent", sa.Integer))
    op.add_column("schema_versions", sa.Column("changes", Document))
    op.create_table(
        "stale_answers",
        sa.Column("task_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("record_id", Id, nullable=False),
        sa.Column("questions", Document, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_stale_answers_person_id")),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_stale_answers_task_id")),
        sa.PrimaryKeyConstraint("task_id", "person_id", name=op.f("pk_stale_answers")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_stale_answers_project_id", "stale_answers", ["project_id", "task_id", "person_id"], unique=False
    )
