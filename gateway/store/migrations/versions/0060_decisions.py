"""It is written down who decides what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("who", sa.String(length=7), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("since", UtcTime, nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_decisions_days")),
        sa.CheckConstraint("who IN ('members','staff','both')", name=op.f("ck_decisions_who")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_decisions_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_decisions")),
        sa.UniqueConstraint("name", "organisation_id", name=op.f("uq_decisions_name_organisation_id")),
    )


def downgrade() -> None:
    op.drop_table("decisions")
