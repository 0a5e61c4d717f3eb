"""When the reward of a need is looked at again: what cannot move holds up nobody."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("need_rewards", sa.Column("next_at", UtcTime, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("need_rewards") as rewards:
        rewards.drop_column("next_at")
