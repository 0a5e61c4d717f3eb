"""What a meeting decided is written down by its leader, who is asked for it once, and told to all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0083"
down_revision = "0082"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("meetings") as meetings:
        meetings.add_column(sa.Column("decided", sa.String(80), nullable=False, server_default=""))
        meetings.add_column(sa.Column("decided_at", UtcTime(), nullable=True))
        meetings.add_column(sa.Column("told", sa.Boolean(), nullable=False, server_default=sa.false()))
        meetings.add_column(sa.Column("asked_at", UtcTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("meetings") as meetings:
        meetings.drop_column("asked_at")
        meetings.drop_column("told")
        meetings.drop_column("decided_at")
        meetings.drop_column("decided")
