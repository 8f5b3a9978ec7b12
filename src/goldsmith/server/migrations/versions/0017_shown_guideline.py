"""An assignment tells under which version of the guideline its item was shown; unknown for those of before."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("assignments", sa.Column("guideline_version", sa.Integer))
