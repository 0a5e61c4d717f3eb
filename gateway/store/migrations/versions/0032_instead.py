"""What members would have done without the phone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

TABLES = ("instead_answers",)


def upgrade() -> None:
    _instead_answers()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _instead_answers() -> None:
    op.create_table(
        "instead_answers",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("service", sa.String(length=12), nullable=False),
        sa.Column("says", sa.String(length=8), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("says IN ('come','call','nothing','skip')", name=op.f("ck_instead_answers_says")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_instead_answers_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_instead_answers_organisation_id")),
        sa.PrimaryKeyConstraint("month", "member_id", "organisation_id", name=op.f("pk_instead_answers")),
    )
