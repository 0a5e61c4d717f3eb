"""How long readers take with each screen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

TABLES = ("screen_paces",)


def upgrade() -> None:
    _screen_paces()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _screen_paces() -> None:
    op.create_table(
        "screen_paces",
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("slow_s", sa.Float(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_screen_paces_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "label", name=op.f("pk_screen_paces")),
    )
