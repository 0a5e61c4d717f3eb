"""Whose powers as a helper rest; comments and reports are found by who made them, the newest of a kind by an index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

TABLES = ("resting_powers",)


def upgrade() -> None:
    _resting_powers()
    theirs = sa.text("member_id IS NOT NULL")
    op.create_index("ix_item_comments_member", "item_comments", ["member_id", "made_at", "organisation_id"], postgresql_where=theirs, sqlite_where=theirs)
    op.create_index("ix_item_flags_member", "item_flags", ["member_id", "at", "organisation_id"])
    op.create_index("ix_thanks_giver", "thanks", ["giver_id", "at"])
    op.create_index("ix_items_newest", "items", ["organisation_id", "kind", "state", "state_at"])
    _reasons("'insult','lie','private','selling','same','danger','other'")


def _reasons(listed: str) -> None:
    with op.batch_alter_table("item_flags") as flags:
        flags.drop_constraint(op.f("ck_item_flags_reason"), type_="check")
        flags.create_check_constraint(op.f("ck_item_flags_reason"), f"reason IN ({listed})")


def downgrade() -> None:
    op.execute("UPDATE item_flags SET reason = 'other' WHERE reason = 'danger'")
    _reasons("'insult','lie','private','selling','same','other'")
    op.drop_index("ix_items_newest", "items")
    op.drop_index("ix_thanks_giver", "thanks")
    op.drop_index("ix_item_flags_member", "item_flags")
    op.drop_index("ix_item_comments_member", "item_comments")
    for table in reversed(TABLES):
        op.drop_table(table)


def _resting_powers() -> None:
    op.create_table(
        "resting_powers",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("why", sa.String(length=60), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"],
            ["members.id", "members.organisation_id"],
            name=op.f("fk_resting_powers_member_id_organisation_id"),
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_resting_powers_organisation_id")),
        sa.PrimaryKeyConstraint("member_id", "organisation_id", name=op.f("pk_resting_powers")),
    )
