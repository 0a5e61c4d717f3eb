"""A vote of a group has a number that can be dialled, more words about it, and what members say of why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0082"
down_revision = "0081"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("group_votes") as votes:
        votes.add_column(sa.Column("number", sa.String(8), nullable=False, server_default=""))
        votes.add_column(sa.Column("more", sa.String(100), nullable=False, server_default=""))
    op.create_index("ix_group_votes_number", "group_votes", ["organisation_id", "number"])
    op.create_table(
        "vote_reasons",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("vote_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(80), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_vote_reasons")),
        sa.UniqueConstraint("vote_id", "member_id", "organisation_id", name=op.f("uq_vote_reasons_vote_id_member_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_vote_reasons_organisation_id_organisations")),
        sa.ForeignKeyConstraint(["vote_id", "organisation_id"], ["group_votes.id", "group_votes.organisation_id"], name=op.f("fk_vote_reasons_vote_id")),
        sa.ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_vote_reasons_member_id")),
    )


def downgrade() -> None:
    op.drop_table("vote_reasons")
    op.drop_index("ix_group_votes_number", "group_votes")
    with op.batch_alter_table("group_votes") as votes:
        votes.drop_column("more")
        votes.drop_column("number")
