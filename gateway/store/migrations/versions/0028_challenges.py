"""A challenge between groups, and how they stand in it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

TABLES = ("challenges",)


def upgrade() -> None:
    _challenges()
    _kinds("group", "member", "season")


def _kinds(*kinds: str) -> None:
    with op.batch_alter_table("board") as board:
        board.drop_constraint(op.f("ck_board_kind"), type_="check")
        board.create_check_constraint(op.f("ck_board_kind"), "kind IN ({})".format(",".join(f"'{kind}'" for kind in kinds)))


def downgrade() -> None:
    op.execute("DELETE FROM board WHERE kind = 'season'")
    _kinds("group", "member")
    for table in reversed(TABLES):
        op.drop_table(table)


def _challenges() -> None:
    op.create_table(
        "challenges",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.String(length=20), nullable=False),
        sa.Column("since", UtcTime, nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.Column("state", sa.String(length=4), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.CheckConstraint("state IN ('open','over')", name=op.f("ck_challenges_state")),
        sa.CheckConstraint("until > since", name=op.f("ck_challenges_until")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_challenges_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_challenges")),
    )
    op.create_index(
        "uq_challenges_open", "challenges", ["organisation_id"], unique=True, postgresql_where=sa.text("state = 'open'"), sqlite_where=sa.text("state = 'open'")
    )
