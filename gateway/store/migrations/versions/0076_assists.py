"""Somebody who is trusted dials for a member."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0076"
down_revision = "0075"
branch_labels = None
depends_on = None

MADE_BY = "fk_drafts_made_by"


def upgrade() -> None:
    op.create_table(
        "assists",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("helper_id", sa.BigInteger(), nullable=False),
        sa.Column("began_at", UtcTime(), nullable=False),
        sa.Column("until", UtcTime(), nullable=False),
        sa.CheckConstraint("member_id <> helper_id", name=op.f("ck_assists_two")),
        sa.CheckConstraint("until >= began_at", name=op.f("ck_assists_until")),
        sa.ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_assists_member_id")),
        sa.ForeignKeyConstraint(["helper_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_assists_helper_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_assists_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_assists")),
    )
    op.create_index("ix_assists_member", "assists", ["member_id", "organisation_id", "until"])
    op.create_index("ix_assists_helper", "assists", ["helper_id", "organisation_id", "until"])
    with op.batch_alter_table("drafts") as drafts:
        drafts.add_column(sa.Column("made_by", sa.BigInteger(), nullable=True))
        drafts.create_foreign_key(op.f(MADE_BY), "members", ["made_by", "organisation_id"], ["id", "organisation_id"])


def downgrade() -> None:
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_constraint(op.f(MADE_BY), type_="foreignkey")
        drafts.drop_column("made_by")
    op.drop_table("assists")
