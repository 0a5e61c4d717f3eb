"""Who of the staff looked, and who was told that a call is late."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

TABLES = ("staff_looks",)


def upgrade() -> None:
    _staff_looks()
    op.add_column("callbacks", sa.Column("sorry_at", UtcTime, nullable=True))


def downgrade() -> None:
    op.drop_column("callbacks", "sorry_at")
    for table in reversed(TABLES):
        op.drop_table(table)


def _staff_looks() -> None:
    op.create_table(
        "staff_looks",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("what", sa.String(length=8), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.CheckConstraint("what IN ('account','payment')", name=op.f("ck_staff_looks_what")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_staff_looks_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_staff_looks_organisation_id")),
        sa.PrimaryKeyConstraint("member_id", "day", "login", "what", "organisation_id", name=op.f("pk_staff_looks")),
    )
