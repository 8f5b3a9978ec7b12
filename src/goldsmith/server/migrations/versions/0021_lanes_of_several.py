"""A lane of the queue may ask for any of several people. The version before lets in only the first of them."""

import sqlalchemy as sa
from alembic import op

from goldsmith.server.foundation.database import Document

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    op.add_column("needs", sa.Column("people", Document, nullable=True))
