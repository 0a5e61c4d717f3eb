"""Which friend was told of which idea, without a number."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None

TABLES = ("friends_told",)


def upgrade() -> None:
    _friends_told()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _friends_told() -> None:
    op.create_table(
        "friends_told",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("friend_id", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_friends_told_item_id_organisation_id")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_friends_told_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_friends_told_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "mark", "organisation_id", name=op.f("pk_friends_told")),
    )
    op.create_index("ix_friends_told_mark", "friends_told", ["mark", "at"], unique=False)
    op.create_index("ix_friends_told_member", "friends_told", ["member_id", "at"], unique=False)
