"""Calls that nobody answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("callbacks") as calls:
        calls.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
        calls.add_column(sa.Column("outcome", sa.String(length=12), nullable=True))
        calls.create_check_constraint(op.f("ck_callbacks_outcome"), "outcome IN ('helped','not_reached')")


def downgrade() -> None:
    with op.batch_alter_table("callbacks") as calls:
        calls.drop_constraint(op.f("ck_callbacks_outcome"), type_="check")
        calls.drop_column("outcome")
        calls.drop_column("tries")
