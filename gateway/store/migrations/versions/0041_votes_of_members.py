"""Votes of groups about their rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

KIND, RULE = "ck_group_votes_kind", "ck_group_votes_rule"


def upgrade() -> None:
    with op.batch_alter_table("group_votes") as votes:
        votes.add_column(sa.Column("rule_id", sa.BigInteger(), nullable=True))
        votes.drop_constraint(op.f(KIND), type_="check")
        votes.create_check_constraint(op.f(KIND), "kind IN ('yes_no','leader','choice','rule_in','rule_out')")
        votes.create_check_constraint(op.f(RULE), "(kind = 'rule_out') = (rule_id IS NOT NULL)")


def downgrade() -> None:
    """A vote about a rule is a yes or no again; what it says of the rule is lost."""
    with op.batch_alter_table("group_votes") as votes:
        votes.drop_constraint(op.f(RULE), type_="check")
        votes.drop_constraint(op.f(KIND), type_="check")
        votes.drop_column("rule_id")
    op.execute("UPDATE group_votes SET kind = 'yes_no' WHERE kind IN ('rule_in','rule_out')")
    with op.batch_alter_table("group_votes") as votes:
        votes.create_check_constraint(op.f(KIND), "kind IN ('yes_no','leader','choice')")
