"""Who has seen what came of a poll that they answered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "poll_hearings",
        sa.Column("poll_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_poll_hearings_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_poll_hearings_organisation_id")),
        sa.ForeignKeyConstraint(["poll_id", "organisation_id"], ["polls.id", "polls.organisation_id"], name=op.f("fk_poll_hearings_poll_id_organisation_id")),
        sa.PrimaryKeyConstraint("poll_id", "member_id", "organisation_id", name=op.f("pk_poll_hearings")),
    )
    op.add_column("polls", sa.Column("told", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("polls", "told")
    op.drop_table("poll_hearings")
