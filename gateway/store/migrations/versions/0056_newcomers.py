"""A number that is nobody's yet may be invited by a member, once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "newcomers_invited",
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("sent", sa.Boolean(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_newcomers_invited_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_newcomers_invited_organisation_id")),
        sa.PrimaryKeyConstraint("mark", "organisation_id", name=op.f("pk_newcomers_invited")),
    )
    op.create_index("ix_newcomers_invited_member", "newcomers_invited", ["member_id", "at"])


def downgrade() -> None:
    op.drop_table("newcomers_invited")
