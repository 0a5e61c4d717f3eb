"""Weekly digest."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TABLES = ("digests",)


def upgrade() -> None:
    _digests()
    op.add_column("members", sa.Column("digest", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("members", "digest")
    for table in reversed(TABLES):
        op.drop_table(table)


def _digests() -> None:
    op.create_table(
        "digests",
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("week", sa.String(length=10), nullable=False),
        sa.Column("reached", sa.BigInteger(), nullable=True),
        sa.Column("written", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_digests_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "week", name=op.f("pk_digests")),
    )
