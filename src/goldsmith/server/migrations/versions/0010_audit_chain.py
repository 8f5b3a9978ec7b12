"""The chain of the audit trail: each entry's place and hash, and where each workspace's chain ends."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Id, Instant

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("audit_entries", sa.Column("position", Id))
    op.add_column("audit_entries", sa.Column("hash", sa.String(64)))
    op.create_index("uq_audit_entries_position", "audit_entries", ["workspace_id", "position"], unique=True)
    unsealed = sa.text("hash IS NULL")
    op.create_index(
        "ix_audit_entries_unsealed", "audit_entries", ["workspace_id", "id"],
        sqlite_where=unsealed, postgresql_where=unsealed,
    )  # fmt: skip
    op.create_table(
        "audit_heads",
        sa.Column("workspace_id", Id, autoincrement=False, nullable=False),
        sa.Column("position", Id, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("sealed_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("pk_audit_heads")),
    )
