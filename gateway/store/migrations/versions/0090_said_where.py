"""From which screen something was said, and what was said with a report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0090"
down_revision = "0089"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("items", sa.Column("screen", sa.String(60), nullable=False, server_default=""))
    op.add_column("item_flags", sa.Column("words", sa.String(80), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("item_flags", "words")
    op.drop_column("items", "screen")
