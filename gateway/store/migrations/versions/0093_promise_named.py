"""Who is named for a promise of a group says yes or no before the group reads the name."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0093"
down_revision = "0092"
branch_labels = None
depends_on = None

STATES = "'open','done','gone'"


def upgrade() -> None:
    _allow(f"'named','not_me',{STATES}", "state IN ('open','named')")


def downgrade() -> None:
    op.execute("UPDATE group_promises SET state = 'gone' WHERE state IN ('named','not_me')")
    _allow(STATES, "state = 'open'")


def _allow(states: str, due: str) -> None:
    op.drop_index("ix_group_promises_due", "group_promises")
    with op.batch_alter_table("group_promises") as promises:
        promises.drop_constraint(op.f("ck_group_promises_state"), type_="check")
        promises.create_check_constraint(op.f("ck_group_promises_state"), f"state IN ({states})")
    op.create_index("ix_group_promises_due", "group_promises", ["organisation_id", "due_at"], postgresql_where=sa.text(due), sqlite_where=sa.text(due))
