"""Votes with answers of their own, what became of what was decided, and kind words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

TABLES = ("done_says",)


def upgrade() -> None:
    _done_says()
    op.add_column("groups", sa.Column("pay_reminded_at", UtcTime, nullable=True))
    with op.batch_alter_table("group_votes") as votes:
        votes.add_column(sa.Column("choices", sa.String(length=60), server_default="", nullable=False))
        votes.add_column(sa.Column("reminded_at", UtcTime, nullable=True))
        votes.add_column(sa.Column("review_at", UtcTime, nullable=True))
        votes.drop_constraint(op.f("ck_group_votes_kind"), type_="check")
        votes.create_check_constraint(op.f("ck_group_votes_kind"), "kind IN ('yes_no','leader','choice')")
        votes.create_check_constraint(op.f("ck_group_votes_choices"), "(kind = 'choice') = (choices <> '')")
    due = sa.text("review_at IS NOT NULL")
    op.create_index("ix_group_votes_review", "group_votes", ["review_at"], postgresql_where=due, sqlite_where=due)


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_group_votes_review", "group_votes")
    op.execute("UPDATE group_votes SET said = 'gone' WHERE said = 'off'")
    op.execute("DELETE FROM group_notices WHERE words LIKE '=done %' OR words IN (SELECT '=vote ' || id FROM group_votes WHERE kind = 'choice')")
    op.execute("DELETE FROM ballots WHERE vote_id IN (SELECT id FROM group_votes WHERE kind = 'choice')")
    op.execute("DELETE FROM group_votes WHERE kind = 'choice'")
    with op.batch_alter_table("group_votes") as votes:
        votes.drop_constraint(op.f("ck_group_votes_choices"), type_="check")
        votes.drop_constraint(op.f("ck_group_votes_kind"), type_="check")
        votes.create_check_constraint(op.f("ck_group_votes_kind"), "kind IN ('yes_no','leader')")
        for name in ("choices", "reminded_at", "review_at"):
            votes.drop_column(name)
    op.drop_column("groups", "pay_reminded_at")


def _done_says() -> None:
    op.create_table(
        "done_says",
        sa.Column("vote_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("says", sa.String(length=8), nullable=False),
        sa.CheckConstraint("says IN ('yes','part','no')", name=op.f("ck_done_says_says")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_done_says_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_done_says_organisation_id")),
        sa.ForeignKeyConstraint(
            ["vote_id", "organisation_id"], ["group_votes.id", "group_votes.organisation_id"], name=op.f("fk_done_says_vote_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("vote_id", "member_id", "organisation_id", name=op.f("pk_done_says")),
    )
