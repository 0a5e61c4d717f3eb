"""Members say of two things that they are the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None

OPEN = "answered_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "item_twins",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("twin_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("answered_at", UtcTime(), nullable=True),
        sa.CheckConstraint("item_id > twin_id", name=op.f("ck_item_twins_younger_first")),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_item_twins_item_id")),
        sa.ForeignKeyConstraint(["twin_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_item_twins_twin_id")),
        sa.ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_item_twins_member_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_item_twins_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "twin_id", "member_id", name=op.f("pk_item_twins")),
    )
    op.create_index("ix_item_twins_open", "item_twins", ["organisation_id", "item_id"], postgresql_where=sa.text(OPEN), sqlite_where=sa.text(OPEN))
    op.create_index("ix_item_twins_member", "item_twins", ["member_id", "at"])


def downgrade() -> None:
    op.drop_table("item_twins")
