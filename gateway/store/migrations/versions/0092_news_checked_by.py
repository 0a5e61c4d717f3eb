"""Who checked news: told apart from what else was said of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0092"
down_revision = "0091"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("items", sa.Column("checked_by", sa.String(60), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("items", "checked_by")
