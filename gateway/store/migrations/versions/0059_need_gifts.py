"""Others may add to the reward of a need; each addition is set apart, and goes where the reward goes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "need_gifts",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("transfer_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("out_id", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("next_at", UtcTime, nullable=True),
        sa.CheckConstraint("amount > 0", name=op.f("ck_need_gifts_amount")),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_need_gifts_item_id_organisation_id")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_need_gifts_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_need_gifts_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "member_id", "organisation_id", name=op.f("pk_need_gifts")),
        sa.UniqueConstraint("transfer_id", "organisation_id", name=op.f("uq_need_gifts_transfer_id_organisation_id")),
    )
    op.create_index("ix_need_gifts_member", "need_gifts", ["member_id"])
    op.create_index("ix_need_gifts_open", "need_gifts", ["item_id"], sqlite_where=sa.text("NOT ended"), postgresql_where=sa.text("NOT ended"))


def downgrade() -> None:
    op.drop_table("need_gifts")
