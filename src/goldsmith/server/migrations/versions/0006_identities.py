"""Identities of identity providers, attempts to sign in with one, and where and when sessions and keys were used."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Id, Instant

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for name, kind in (("device", sa.String(400)), ("address", sa.String(64)), ("provider", sa.String(40))):
        op.add_column("sessions", sa.Column(name, kind))
    for table in ("sessions", "api_keys"):
        op.add_column(table, sa.Column("last_used_at", Instant))
    op.create_table(
        "identities",
        sa.Column("id", Id, nullable=False),
        sa.Column("person_id", Id, nullable=False),
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("provider", sa.String(40), nullable=False),
        sa.Column("created_at", Instant, nullable=False),
        sa.Column("last_used_at", Instant, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_identities_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identities")),
    )
    op.create_index(op.f("ix_identities_person_id"), "identities", ["person_id"])
    op.create_index("uq_identities_issuer", "identities", ["issuer", "subject"], unique=True)
    op.create_table(
        "sign_in_attempts",
        sa.Column("state_hash", sa.String(64), nullable=False),
        sa.Column("browser_hash", sa.String(64), nullable=False),
        sa.Column("provider", sa.String(40), nullable=False),
        sa.Column("nonce", sa.String(64), nullable=False),
        sa.Column("code_verifier", sa.String(128), nullable=False),
        sa.Column("next_path", sa.String(2000), nullable=False),
        sa.Column("invitation_hash", sa.String(64)),
        sa.Column("started_at", Instant, nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_sign_in_attempts")),
    )
    op.create_index(op.f("ix_sign_in_attempts_started_at"), "sign_in_attempts", ["started_at"])
