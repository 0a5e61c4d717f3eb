"""A payment that nobody agreed to in time ends, and who asked for it is told. What ended before this is ended here, without a word."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None

STATE = "ck_drafts_state"
BEFORE = "state IN ('waiting','agreed','stopped')"
LATE: dict[str, Any] = {"postgresql_where": sa.text("state = 'waiting'"), "sqlite_where": sa.text("state = 'waiting'")}


def upgrade() -> None:
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_constraint(op.f(STATE), type_="check")
        drafts.create_check_constraint(op.f(STATE), f"{BEFORE[:-1]},'ended')")
    op.create_index("ix_drafts_late", "drafts", ["ends_at"], **LATE)
    op.execute("UPDATE drafts SET state = 'ended' WHERE state = 'waiting' AND ends_at < CURRENT_TIMESTAMP")


def downgrade() -> None:
    op.drop_index("ix_drafts_late", "drafts")
    op.execute("UPDATE drafts SET state = 'stopped' WHERE state = 'ended'")
    with op.batch_alter_table("drafts") as drafts:
        drafts.drop_constraint(op.f(STATE), type_="check")
        drafts.create_check_constraint(op.f(STATE), BEFORE)
