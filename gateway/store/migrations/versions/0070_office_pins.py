"""A new PIN at the office, opened by two of staff; messages that were kept and not understood are found at once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

UNREAD = "meaning IN ('heard','failed')"


def upgrade() -> None:
    op.add_column("rescues", sa.Column("opened_by", sa.String(length=60), nullable=True))
    op.create_index("ix_texts_in_unread", "texts_in", ["organisation_id", "at"], postgresql_where=sa.text(UNREAD), sqlite_where=sa.text(UNREAD))


def downgrade() -> None:
    op.drop_index("ix_texts_in_unread", table_name="texts_in")
    op.drop_column("rescues", "opened_by")
