"""Days on which a helper is asked nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

QUIET = "ck_helpers_quiet"


def upgrade() -> None:
    with op.batch_alter_table("helpers") as helpers:
        helpers.add_column(sa.Column("quiet", sa.String(length=8), server_default="", nullable=False))
        helpers.create_check_constraint(op.f(QUIET), "quiet IN ('','sunday','weekdays')")


def downgrade() -> None:
    with op.batch_alter_table("helpers") as helpers:
        helpers.drop_constraint(op.f(QUIET), type_="check")
        helpers.drop_column("quiet")
