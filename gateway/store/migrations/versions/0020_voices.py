"""What members say of themselves for numbers only, and the thank-you board as it was counted last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLES = (
    "board",
    "member_traits",
)


def upgrade() -> None:
    _board()
    _member_traits()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _board() -> None:
    op.create_table(
        "board",
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("ref", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("kind IN ('group','member')", name=op.f("ck_board_kind")),
        sa.CheckConstraint('count >= 0 AND "of" >= count', name=op.f("ck_board_count")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_board_organisation_id")),
        sa.PrimaryKeyConstraint("kind", "ref", "organisation_id", name=op.f("pk_board")),
    )


def _member_traits() -> None:
    op.create_table(
        "member_traits",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("sex", sa.String(length=8), server_default="", nullable=False),
        sa.Column("age", sa.String(length=8), server_default="", nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("age IN ('','under_25','25_to_40','41_to_60','over_60')", name=op.f("ck_member_traits_age")),
        sa.CheckConstraint("sex IN ('','woman','man')", name=op.f("ck_member_traits_sex")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_member_traits_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_member_traits_organisation_id")),
        sa.PrimaryKeyConstraint("member_id", "organisation_id", name=op.f("pk_member_traits")),
    )
