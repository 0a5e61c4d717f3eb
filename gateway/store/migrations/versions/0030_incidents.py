"""Until when what is broken is to work again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

TABLES = ("incidents",)


def upgrade() -> None:
    _incidents()
    lost = sa.text("state IN ('refused','failed')")
    op.create_index("ix_texts_lost", "texts", ["made_at"], postgresql_where=lost, sqlite_where=lost)


def downgrade() -> None:
    op.drop_index("ix_texts_lost", "texts")
    for table in reversed(TABLES):
        op.drop_table(table)


def _incidents() -> None:
    op.create_table(
        "incidents",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fixed_by", UtcTime, nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_incidents_item_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_incidents_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "organisation_id", name=op.f("pk_incidents")),
    )
