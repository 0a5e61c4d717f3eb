"""How long half of its readers take with a screen: so long counts the last one of a call, whose reading nobody sees."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0091"
down_revision = "0090"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("screen_paces", sa.Column("usual_s", sa.Float(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("screen_paces", "usual_s")
