"""A phone that is said to be lost: its PIN rests for a while."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "lost_phones",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("said_by", sa.String(length=16), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.CheckConstraint("until >= at", name=op.f("ck_lost_phones_until")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_lost_phones_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_lost_phones_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_lost_phones")),
    )
    op.create_index("ix_lost_phones_member", "lost_phones", ["organisation_id", "member_id", "at"])
    op.create_index("ix_lost_phones_said_by", "lost_phones", ["organisation_id", "said_by", "at"])


def downgrade() -> None:
    op.drop_table("lost_phones")
