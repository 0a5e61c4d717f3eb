"""Airtime that is paid with points: the points that are held for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLES = ("airtime_points",)


def upgrade() -> None:
    _airtime_points()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _airtime_points() -> None:
    op.create_table(
        "airtime_points",
        sa.Column("transfer_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("points_id", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_airtime_points_organisation_id")),
        sa.ForeignKeyConstraint(
            ["points_id", "organisation_id"], ["transfers.id", "transfers.organisation_id"], name=op.f("fk_airtime_points_points_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id", "organisation_id"], ["transfers.id", "transfers.organisation_id"], name=op.f("fk_airtime_points_transfer_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("transfer_id", "organisation_id", name=op.f("pk_airtime_points")),
    )
