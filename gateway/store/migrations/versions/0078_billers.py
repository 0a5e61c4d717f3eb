"""Places that are paid by a bill with a number on it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0078"
down_revision = "0077"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "billers",
        sa.Column("account_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("asks_en", sa.String(length=16), nullable=False),
        sa.Column("asks_sw", sa.String(length=16), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.CheckConstraint("least >= 5 AND most <= 16 AND least <= most", name=op.f("ck_billers_signs")),
        sa.ForeignKeyConstraint(["account_id", "organisation_id"], ["accounts.id", "accounts.organisation_id"], name=op.f("fk_billers_account_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_billers_organisation_id")),
        sa.PrimaryKeyConstraint("account_id", "organisation_id", name=op.f("pk_billers")),
    )


def downgrade() -> None:
    op.drop_table("billers")
