"""A visit to a provider that connects it to the account of whoever is signed in remembers their session."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.add_column("sign_in_attempts", sa.Column("session_hash", sa.String(64)))
