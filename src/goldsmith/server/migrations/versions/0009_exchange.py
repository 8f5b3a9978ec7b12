"""What comes from other tools: files, people, what models proposed, and what only the tools can use again."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Document, Id, Instant

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    _create_suggestions()
    _create_parcels()
    op.create_table(
        "brought_people",
        sa.Column("project_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_key", sa.String(300), nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("name", sa.String(200)),
        sa.Column("email", sa.String(254)),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_brought_people_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_brought_people_project_id")),
        sa.PrimaryKeyConstraint("project_id", "person_key", name=op.f("pk_brought_people")),
    )
    op.create_table(
        "brought_answers",
        sa.Column("record_id", Id, autoincrement=False, nullable=False),
        sa.Column("person_id", Id, autoincrement=False, nullable=False),
        sa.Column("parcel_id", Id, nullable=False),
        sa.Column("origin", Document, nullable=False),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcels.id"], name=op.f("fk_brought_answers_parcel_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_brought_answers_person_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_brought_answers_record_id")),
        sa.PrimaryKeyConstraint("record_id", "person_id", name=op.f("pk_brought_answers")),
        sqlite_with_rowid=False,
    )


def _create_suggestions() -> None:
    op.create_table(
        "suggestions",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("record_id", Id, nullable=False),
        sa.Column("question", sa.String(60), nullable=False),
        sa.Column("value", Document, nullable=False),
        sa.Column("agent", sa.String(200), server_default="", nullable=False),
        sa.Column("score", sa.Float),
        sa.Column("schema_version", sa.Integer, nullable=False),
        sa.Column("provenance", Document, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_suggestions_project_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_suggestions_record_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suggestions")),
    )
    op.create_index("ix_suggestions_record_id", "suggestions", ["record_id"], unique=False)


def _create_parcels() -> None:
    op.create_table(
        "parcels",
        sa.Column("id", Id, nullable=False),
        sa.Column("workspace_id", Id, nullable=False),
        sa.Column("filename", sa.String(255), nullable=False),
        sa.Column("size_bytes", sa.BigInteger, nullable=False),
        sa.Column("tool", sa.String(20), nullable=False),
        sa.Column("blob_prefix", sa.String(200), nullable=False),
        sa.Column("pieces", Document, nullable=False),
        sa.Column("outline", Document, nullable=False),
        sa.Column("project_id", Id),
        sa.Column("created_by", Id, nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_parcels_created_by")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_parcels_project_id")),
        sa.ForeignKeyConstraint(["workspace_id"], ["workspaces.id"], name=op.f("fk_parcels_workspace_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcels")),
    )
    op.create_index("ix_parcels_project_id", "parcels", ["project_id"], unique=False)
