"""Until when a bulk action can be taken back. The version before leaves it empty, and keeps no such promise."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Instant

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    op.add_column("sweeps", sa.Column("undo_until", Instant, nullable=True))
