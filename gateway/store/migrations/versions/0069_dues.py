"""What each of a group is to pay in, by its own vote; a vote for one of its members."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

KIND, AMOUNT, DUE = "ck_group_votes_kind", "ck_group_votes_amount", "ck_groups_due"
BEFORE = "kind IN ('yes_no','leader','choice','rule_in','rule_out','list_on','list_off','asker')"


def upgrade() -> None:
    with op.batch_alter_table("groups") as groups:
        groups.add_column(sa.Column("due", sa.BigInteger(), nullable=True))
        groups.create_check_constraint(op.f(DUE), "due > 0")
    with op.batch_alter_table("group_votes") as votes:
        votes.add_column(sa.Column("amount", sa.BigInteger(), nullable=True))
        votes.drop_constraint(op.f(KIND), type_="check")
        votes.create_check_constraint(op.f(KIND), "kind IN ('yes_no','leader','person','choice','rule_in','rule_out','list_on','list_off','asker','due')")
        votes.create_check_constraint(op.f(AMOUNT), "(kind = 'due') = (amount IS NOT NULL)")


def downgrade() -> None:
    """A vote about a sum is a yes or no again, one for a person one for who leads."""
    with op.batch_alter_table("group_votes") as votes:
        votes.drop_constraint(op.f(AMOUNT), type_="check")
        votes.drop_constraint(op.f(KIND), type_="check")
    op.execute("UPDATE group_votes SET kind = 'yes_no' WHERE kind = 'due'")
    op.execute("UPDATE group_votes SET kind = 'leader' WHERE kind = 'person'")
    with op.batch_alter_table("group_votes") as votes:
        votes.create_check_constraint(op.f(KIND), BEFORE)
        votes.drop_column("amount")
    with op.batch_alter_table("groups") as groups:
        groups.drop_constraint(op.f(DUE), type_="check")
        groups.drop_column("due")
