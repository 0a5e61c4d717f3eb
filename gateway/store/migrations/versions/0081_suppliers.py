"""What a group buys together may be paid to the shop that sells it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0081"
down_revision = "0080"
branch_labels = None
depends_on = None

KEY = "fk_group_buys_supplier_id"


def upgrade() -> None:
    with op.batch_alter_table("group_buys") as buys:
        buys.add_column(sa.Column("supplier_id", sa.BigInteger(), nullable=True))
        buys.create_foreign_key(op.f(KEY), "accounts", ["supplier_id", "organisation_id"], ["id", "organisation_id"])


def downgrade() -> None:
    with op.batch_alter_table("group_buys") as buys:
        buys.drop_constraint(op.f(KEY), type_="foreignkey")
        buys.drop_column("supplier_id")
