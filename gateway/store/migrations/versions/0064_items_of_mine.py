"""What is a member's own, by kind and state: every dial counts it, and without statistics an index of the whole organisation looked as good."""

from __future__ import annotations

from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_items_mine", "items", ["member_id", "organisation_id", "kind", "state"])


def downgrade() -> None:
    op.drop_index("ix_items_mine", "items")
