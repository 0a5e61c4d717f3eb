"""Whether somebody comes may be not sure yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rsvps") as rsvps:
        rsvps.alter_column("comes", existing_type=sa.Boolean(), nullable=True)


def downgrade() -> None:
    """Who was not sure has not answered."""
    op.execute("DELETE FROM rsvps WHERE comes IS NULL")
    with op.batch_alter_table("rsvps") as rsvps:
        rsvps.alter_column("comes", existing_type=sa.Boolean(), nullable=False)
