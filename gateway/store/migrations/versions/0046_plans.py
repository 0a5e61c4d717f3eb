"""What is promised of a change, and when a person had looked at what was reported."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

TABLES = ("item_plans",)


def upgrade() -> None:
    _item_plans()
    op.add_column("item_flags", sa.Column("answered_at", UtcTime, nullable=True))
    op.create_index("ix_item_flags_at", "item_flags", ["organisation_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_item_flags_at", "item_flags")
    op.drop_column("item_flags", "answered_at")
    for table in reversed(TABLES):
        op.drop_table(table)


def _item_plans() -> None:
    op.create_table(
        "item_plans",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("due", sa.String(length=10), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("cost", sa.String(length=60), nullable=False),
        sa.Column("stop", sa.String(length=80), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_item_plans_item_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_item_plans_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_item_plans")),
    )
    op.create_index("ix_item_plans_item", "item_plans", ["item_id", "id"])
    op.create_index("ix_item_plans_due", "item_plans", ["organisation_id", "due"])
