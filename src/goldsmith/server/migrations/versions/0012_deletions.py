"""Records that were deleted, releases that were withdrawn."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Id, Instant

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "deletions",
        sa.Column("id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("n_records", sa.Integer, nullable=False),
        sa.Column("deleted_by", Id, nullable=False),
        sa.Column("deleted_at", Instant, nullable=False),
        sa.Column("erase_after", Instant, nullable=False),
        sa.Column("restored_at", Instant),
        sa.Column("erased_at", Instant),
        sa.ForeignKeyConstraint(["deleted_by"], ["people.id"], name=op.f("fk_deletions_deleted_by")),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"], name=op.f("fk_deletions_project_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deletions")),
    )
    op.create_index("ix_deletions_project_id", "deletions", ["project_id", "id"])
    op.create_table(
        "deleted_records",
        sa.Column("record_id", Id, autoincrement=False, nullable=False),
        sa.Column("deletion_id", Id, nullable=False),
        sa.Column("project_id", Id, nullable=False),
        sa.Column("external_id_hash", sa.String(64), nullable=False),
        sa.Column("content_hash", sa.String(32), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("erased", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.ForeignKeyConstraint(["deletion_id"], ["deletions.id"], name=op.f("fk_deleted_records_deletion_id")),
        sa.ForeignKeyConstraint(["record_id"], ["records.id"], name=op.f("fk_deleted_records_record_id")),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_deleted_records")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_deleted_records_deletion_id", "deleted_records", ["deletion_id", "record_id"])
    op.create_index("ix_deleted_records_project_id", "deleted_records", ["project_id", "record_id"])
    op.add_column("releases", sa.Column("withdrawn_at", Instant))
    op.add_column("releases", sa.Column("withdrawn_by", Id))
    op.add_column("releases", sa.Column("withdrawn_for", sa.String(500)))
    op.add_column("releases", sa.Column("files_removed_at", Instant))
