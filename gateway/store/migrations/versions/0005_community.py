"""Words of members."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = ("feedback", "feedback_numbers")


def upgrade() -> None:
    _feedback()
    _feedback_numbers()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _feedback() -> None:
    op.create_table(
        "feedback",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("topic", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("kind IN ('idea','wrong','unsorted')", name=op.f("ck_feedback_kind")),
        sa.CheckConstraint("state IN ('new','seen','closed')", name=op.f("ck_feedback_state")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_feedback_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_feedback_key_organisation_id")),
        sa.UniqueConstraint("number", "organisation_id", name=op.f("uq_feedback_number_organisation_id")),
    )
    op.create_index("ix_feedback_member", "feedback", ["member_id", "made_at"], unique=False)


def _feedback_numbers() -> None:
    op.create_table(
        "feedback_numbers",
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_feedback_numbers_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_feedback_numbers")),
    )
