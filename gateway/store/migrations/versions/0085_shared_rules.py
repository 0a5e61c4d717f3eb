"""A group may let others see a rule of its own and take it over; whose rule it was stays written beside it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0085"
down_revision = "0084"
branch_labels = None
depends_on = None

KINDS = "'yes_no','leader','person','choice','rule_in','rule_out','list_on','list_off','asker','due'"


def upgrade() -> None:
    with op.batch_alter_table("group_rules") as rules:
        rules.add_column(sa.Column("shared_at", UtcTime(), nullable=True))
        rules.add_column(sa.Column("from_id", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_group_rules_shared", "group_rules", ["organisation_id", "shared_at"],
        postgresql_where=sa.text("shared_at IS NOT NULL"), sqlite_where=sa.text("shared_at IS NOT NULL"),
    )  # fmt: skip
    op.create_index(
        "ix_group_rules_from", "group_rules", ["from_id"],
        postgresql_where=sa.text("from_id IS NOT NULL"), sqlite_where=sa.text("from_id IS NOT NULL"),
    )  # fmt: skip
    _allow(f"{KINDS},'rule_all'", "kind NOT IN ('rule_out','rule_all') OR rule_id IS NOT NULL")


def downgrade() -> None:
    op.execute("DELETE FROM ballots WHERE vote_id IN (SELECT id FROM group_votes WHERE kind = 'rule_all')")
    op.execute("DELETE FROM done_says WHERE vote_id IN (SELECT id FROM group_votes WHERE kind = 'rule_all')")
    op.execute("DELETE FROM vote_reasons WHERE vote_id IN (SELECT id FROM group_votes WHERE kind = 'rule_all')")
    op.execute("DELETE FROM group_votes WHERE kind = 'rule_all'")
    op.execute("UPDATE group_votes SET rule_id = NULL WHERE kind = 'rule_in'")
    _allow(KINDS, "(kind = 'rule_out') = (rule_id IS NOT NULL)")
    op.drop_index("ix_group_rules_from", "group_rules")
    op.drop_index("ix_group_rules_shared", "group_rules")
    with op.batch_alter_table("group_rules") as rules:
        rules.drop_column("from_id")
        rules.drop_column("shared_at")


def _allow(kinds: str, rule: str) -> None:
    with op.batch_alter_table("group_votes") as votes:
        votes.drop_constraint(op.f("ck_group_votes_kind"), type_="check")
        votes.create_check_constraint(op.f("ck_group_votes_kind"), f"kind IN ({kinds})")
        votes.drop_constraint(op.f("ck_group_votes_rule"), type_="check")
        votes.create_check_constraint(op.f("ck_group_votes_rule"), rule)
