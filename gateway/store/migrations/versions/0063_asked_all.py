"""A vote on whether somebody joins a group is a kind of its own: its name goes when it ends, and nobody asks later whether it was done.

And the indexes by time that the console's figures of costs and of what members heard are read by.
"""

from __future__ import annotations

from alembic import op

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None

INDEXES = (
    ("ix_call_ends_at", "call_ends", ["organisation_id", "at"]), ("ix_texts_made_at", "texts", ["organisation_id", "made_at"]),
    ("ix_tidings_change", "tidings", ["change_id"]),
)  # fmt: skip
KIND = "ck_group_votes_kind"
BEFORE = "kind IN ('yes_no','leader','choice','rule_in','rule_out','list_on','list_off')"


def upgrade() -> None:
    with op.batch_alter_table("group_votes") as votes:
        votes.drop_constraint(op.f(KIND), type_="check")
        votes.create_check_constraint(op.f(KIND), f"{BEFORE[:-1]},'asker')")
    for name, table, columns in INDEXES:
        op.create_index(name, table, columns)


def downgrade() -> None:
    """Such a vote is a yes or no again."""
    for name, table, _ in INDEXES:
        op.drop_index(name, table)
    with op.batch_alter_table("group_votes") as votes:
        votes.drop_constraint(op.f(KIND), type_="check")
    op.execute("UPDATE group_votes SET kind = 'yes_no' WHERE kind = 'asker'")
    with op.batch_alter_table("group_votes") as votes:
        votes.create_check_constraint(op.f(KIND), BEFORE)
