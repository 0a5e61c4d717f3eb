"""Who looks at a member says why, once for a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("staff_looks", sa.Column("reason", sa.String(length=8), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("staff_looks", "reason")
