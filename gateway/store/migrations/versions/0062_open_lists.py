"""A group votes on whether all of it see by name who has paid in. Groups of before go on as they were: their list is open."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

KIND = "ck_group_votes_kind"


def upgrade() -> None:
    with op.batch_alter_table("groups") as groups:
        groups.add_column(sa.Column("open_list", sa.Boolean(), server_default=sa.true(), nullable=False))
    with op.batch_alter_table("group_votes") as votes:
        votes.drop_constraint(op.f(KIND), type_="check")
        votes.create_check_constraint(op.f(KIND), "kind IN ('yes_no','leader','choice','rule_in','rule_out','list_on','list_off')")


def downgrade() -> None:
    """A vote about the list is a yes or no again."""
    with op.batch_alter_table("group_votes") as votes:
        votes.drop_constraint(op.f(KIND), type_="check")
    op.execute("UPDATE group_votes SET kind = 'yes_no' WHERE kind IN ('list_on','list_off')")
    with op.batch_alter_table("group_votes") as votes:
        votes.create_check_constraint(op.f(KIND), "kind IN ('yes_no','leader','choice','rule_in','rule_out')")
    with op.batch_alter_table("groups") as groups:
        groups.drop_column("open_list")
