"""Staff as members: whose number is whose, and what they found hard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

TABLES = (
    "drill_notes",
    "staff_as_members",
)


def upgrade() -> None:
    _drill_notes()
    _staff_as_members()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _drill_notes() -> None:
    op.create_table(
        "drill_notes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("task", sa.String(length=60), nullable=False),
        sa.Column("words", sa.String(length=80), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("fixed_at", UtcTime, nullable=True),
        sa.Column("fixed_by", sa.String(length=60), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_drill_notes_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_drill_notes")),
    )
    op.create_index(
        "ix_drill_notes_open", "drill_notes", ["id"], unique=False, postgresql_where=sa.text("fixed_at IS NULL"), sqlite_where=sa.text("fixed_at IS NULL")
    )


def _staff_as_members() -> None:
    op.create_table(
        "staff_as_members",
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("asked_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_staff_as_members_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_staff_as_members_organisation_id")),
        sa.PrimaryKeyConstraint("login", "organisation_id", name=op.f("pk_staff_as_members")),
    )
