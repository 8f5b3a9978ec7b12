"""Remarks on single questions, beside an answer and beside a draft."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Document

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("annotations", sa.Column("notes", Document))
    op.add_column("drafts", sa.Column("notes", Document))
