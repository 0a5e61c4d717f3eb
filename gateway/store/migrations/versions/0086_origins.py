"""What was built on what: an idea or a tip that grew out of another, so that whose it was first stays known and hears of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0086"
down_revision = "0085"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "item_origins",
        sa.Column("item_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("from_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("told_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("item_id", "organisation_id", name=op.f("pk_item_origins")),
        sa.CheckConstraint("from_id <> item_id", name=op.f("ck_item_origins_another")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_item_origins_organisation_id_organisations")),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_item_origins_item_id")),
        sa.ForeignKeyConstraint(["from_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_item_origins_from_id")),
    )
    op.create_index("ix_item_origins_from", "item_origins", ["from_id", "organisation_id"])
    op.create_index("ix_item_origins_untold", "item_origins", ["at"], postgresql_where=sa.text("told_at IS NULL"), sqlite_where=sa.text("told_at IS NULL"))


def downgrade() -> None:
    op.drop_table("item_origins")
