"""Who keeps which topic."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

TABLES = ("topic_keepers",)


def upgrade() -> None:
    _topic_keepers()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _topic_keepers() -> None:
    op.create_table(
        "topic_keepers",
        sa.Column("topic", sa.String(length=10), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=5), nullable=False),
        sa.Column("since", UtcTime, nullable=False),
        sa.Column("reminded_at", UtcTime, nullable=True),
        sa.CheckConstraint("state IN ('asked','yes','no')", name=op.f("ck_topic_keepers_state")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_topic_keepers_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_topic_keepers_organisation_id")),
        sa.PrimaryKeyConstraint("topic", "organisation_id", name=op.f("pk_topic_keepers")),
    )
