"""How long a service takes at the counter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = ("service_times",)


def upgrade() -> None:
    _service_times()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _service_times() -> None:
    op.create_table(
        "service_times",
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("service", sa.String(length=12), nullable=False),
        sa.Column("there_minutes", sa.Integer(), nullable=False),
        sa.Column("staff_minutes", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("there_minutes >= 0 AND staff_minutes >= 0", name=op.f("ck_service_times_minutes")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_service_times_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "service", name=op.f("pk_service_times")),
    )
