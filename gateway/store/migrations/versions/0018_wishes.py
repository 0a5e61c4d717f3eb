"""What members wish of a change: try it first, wait, good, not good, bring the old back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = ("item_wishes",)


def upgrade() -> None:
    _item_wishes()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _item_wishes() -> None:
    op.create_table(
        "item_wishes",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wish", sa.String(length=8), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("answered_at", UtcTime, nullable=True),
        sa.CheckConstraint("wish IN ('try','wait','good','not_good','back')", name=op.f("ck_item_wishes_wish")),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_item_wishes_item_id_organisation_id")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_item_wishes_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_item_wishes_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "member_id", "wish", "organisation_id", name=op.f("pk_item_wishes")),
    )
    op.create_index(
        "ix_item_wishes_open",
        "item_wishes",
        ["organisation_id", "wish", "item_id"],
        unique=False,
        postgresql_where=sa.text("answered_at IS NULL"),
        sqlite_where=sa.text("answered_at IS NULL"),
    )
