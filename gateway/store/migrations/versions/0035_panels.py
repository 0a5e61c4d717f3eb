"""Test groups, who is in them, and what they say."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

TABLES = (
    "panels",
    "panel_seats",
    "panel_words",
)


def upgrade() -> None:
    _panels()
    _panel_seats()
    _panel_words()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _panels() -> None:
    op.create_table(
        "panels",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=20), nullable=False),
        sa.Column("what", sa.String(length=50), nullable=False),
        sa.Column("state", sa.String(length=4), nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.CheckConstraint("state IN ('open','over')", name=op.f("ck_panels_state")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_panels_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_panels")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_panels_key_organisation_id")),
    )
    op.create_index("ix_panels_open", "panels", ["until"], unique=False, postgresql_where=sa.text("state = 'open'"), sqlite_where=sa.text("state = 'open'"))


def _panel_seats() -> None:
    op.create_table(
        "panel_seats",
        sa.Column("panel_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=5), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("state IN ('asked','in','out')", name=op.f("ck_panel_seats_state")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_panel_seats_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_panel_seats_organisation_id")),
        sa.ForeignKeyConstraint(["panel_id", "organisation_id"], ["panels.id", "panels.organisation_id"], name=op.f("fk_panel_seats_panel_id_organisation_id")),
        sa.PrimaryKeyConstraint("panel_id", "member_id", "organisation_id", name=op.f("pk_panel_seats")),
    )
    op.create_index("ix_panel_seats_member", "panel_seats", ["member_id", "organisation_id"], unique=False)


def _panel_words() -> None:
    op.create_table(
        "panel_words",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("panel_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_panel_words_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_panel_words_organisation_id")),
        sa.ForeignKeyConstraint(["panel_id", "organisation_id"], ["panels.id", "panels.organisation_id"], name=op.f("fk_panel_words_panel_id_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_panel_words")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_panel_words_key_organisation_id")),
    )
    op.create_index("ix_panel_words_panel", "panel_words", ["panel_id", "id"], unique=False)
