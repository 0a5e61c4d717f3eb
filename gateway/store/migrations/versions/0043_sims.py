"""Numbers that a member has asked for as another SIM of theirs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

TABLES = ("sim_asks",)


def upgrade() -> None:
    _sim_asks()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _sim_asks() -> None:
    op.create_table(
        "sim_asks",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_sim_asks_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_sim_asks_organisation_id")),
        sa.PrimaryKeyConstraint("number", "organisation_id", name=op.f("pk_sim_asks")),
    )
