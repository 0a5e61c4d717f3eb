"""Who was asked the same is found by an index."""

from __future__ import annotations

from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_questions_ref", "questions", ["ref", "kind", "organisation_id"], if_not_exists=True)  # some have it since 0045


def downgrade() -> None:
    op.drop_index("ix_questions_ref", "questions", if_exists=True)
