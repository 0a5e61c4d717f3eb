"""What is set apart for needs, and who can do it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES = (
    "need_offers",
    "need_rewards",
)


def upgrade() -> None:
    _need_offers()
    _need_rewards()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _need_offers() -> None:
    op.create_table(
        "need_offers",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_need_offers_item_id_organisation_id")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_need_offers_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_need_offers_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "member_id", "organisation_id", name=op.f("pk_need_offers")),
    )
    op.create_index("ix_need_offers_member", "need_offers", ["member_id", "at"], unique=False)


def _need_rewards() -> None:
    op.create_table(
        "need_rewards",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("transfer_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("winner_id", sa.BigInteger(), nullable=True),
        sa.Column("out_id", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("(state = 'paid') = (winner_id IS NOT NULL)", name=op.f("ck_need_rewards_winner")),
        sa.CheckConstraint("state IN ('held','paid','returned')", name=op.f("ck_need_rewards_state")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_need_rewards_amount")),
        sa.CheckConstraint("winner_id <> member_id", name=op.f("ck_need_rewards_another")),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_need_rewards_item_id_organisation_id")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_need_rewards_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_need_rewards_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "organisation_id", name=op.f("pk_need_rewards")),
        sa.UniqueConstraint("transfer_id", "organisation_id", name=op.f("uq_need_rewards_transfer_id_organisation_id")),
    )
    op.create_index("ix_need_rewards_member", "need_rewards", ["member_id"], unique=False)
    op.create_index(
        "ix_need_rewards_open", "need_rewards", ["item_id"], unique=False, postgresql_where=sa.text("state = 'held'"), sqlite_where=sa.text("state = 'held'")
    )
