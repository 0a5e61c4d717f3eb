"""Members: names, numbers, consents, PINs being chosen, look-ups, payments that wait."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("members", "numbers", "consents", "pin_choices", "lookups", "drafts")


def upgrade() -> None:
    _members()
    _numbers()
    _consents()
    _pin_choices()
    _lookups()
    _drafts()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=False),
        sa.Column("pin_tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("pin_locked_until", UtcTime, nullable=True),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("status IN ('active','blocked','left')", name=op.f("ck_members_status")),
        sa.CheckConstraint("pin_tries >= 0", name=op.f("ck_members_pin_tries")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_members_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_members")),
        sa.UniqueConstraint("code", "organisation_id", name=op.f("uq_members_code_organisation_id")),
    )


def _numbers() -> None:
    op.create_table(
        "numbers",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("since", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_numbers_member_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_numbers_organisation_id")),
        sa.PrimaryKeyConstraint("number", "organisation_id", name=op.f("pk_numbers")),
    )
    op.create_index("ix_numbers_member", "numbers", ["member_id", "organisation_id"], unique=False)


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("version", sa.String(length=12), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_consents_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_number", "consents", ["number", "organisation_id"], unique=False)


def _pin_choices() -> None:
    op.create_table(
        "pin_choices",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("call", sa.String(length=80), nullable=False),
        sa.Column("old_pin_was_right", sa.Boolean(), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=True),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_pin_choices_organisation_id")),
        sa.PrimaryKeyConstraint("number", "organisation_id", name=op.f("pk_pin_choices")),
    )


def _lookups() -> None:
    op.create_table(
        "lookups",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_lookups_organisation_id")),
        sa.PrimaryKeyConstraint("number", "day", "organisation_id", name=op.f("pk_lookups")),
    )


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("to", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("ends_at", UtcTime, nullable=False),
        sa.CheckConstraint("kind IN ('send','group','airtime','office')", name=op.f("ck_drafts_kind")),
        sa.CheckConstraint("state IN ('waiting','agreed','stopped')", name=op.f("ck_drafts_state")),
        sa.ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_drafts_member_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_drafts_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_drafts")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_drafts_key_organisation_id")),
    )
    op.create_index("ix_drafts_member", "drafts", ["member_id", "organisation_id"], unique=False)
