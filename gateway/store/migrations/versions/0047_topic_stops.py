"""Which kinds of SMS somebody wants none of."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "topic_stops",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("topic", sa.String(length=10), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("topic IN ('news','ideas','groups','questions')", name=op.f("ck_topic_stops_topic")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_topic_stops_organisation_id")),
        sa.PrimaryKeyConstraint("number", "topic", "organisation_id", name=op.f("pk_topic_stops")),
    )


def downgrade() -> None:
    op.drop_table("topic_stops")
