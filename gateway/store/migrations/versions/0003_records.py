"""Hops and messages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = ("hops", "call_ends", "texts", "texts_in", "reports", "stops")


def upgrade() -> None:
    _hops()
    _call_ends()
    _texts()
    _texts_in()
    _reports()
    _stops()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _hops() -> None:
    op.create_table(
        "hops",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("call", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("typed", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=20), nullable=False),
        sa.Column("ms", sa.Integer(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_hops_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_hops")),
    )
    op.create_index("ix_hops_call", "hops", ["call", "turn"], unique=False)
    op.create_index("ix_hops_number", "hops", ["number", "id"], unique=False)


def _call_ends() -> None:
    op.create_table(
        "call_ends",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("call", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("hops_count", sa.Integer(), nullable=True),
        sa.Column("network", sa.String(length=8), nullable=True),
        sa.Column("cost", sa.String(length=24), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=True),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_call_ends_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_call_ends")),
        sa.UniqueConstraint("call", "organisation_id", name=op.f("uq_call_ends_call_organisation_id")),
    )


def _texts() -> None:
    op.create_table(
        "texts",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("provider_id", sa.String(length=80), nullable=True),
        sa.Column("provider_status", sa.String(length=40), nullable=True),
        sa.Column("cost", sa.String(length=24), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("sent_at", UtcTime, nullable=True),
        sa.Column("done_at", UtcTime, nullable=True),
        sa.CheckConstraint("state IN ('waiting','sending','accepted','refused','unknown','delivered','failed')", name=op.f("ck_texts_state")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_texts_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_texts")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_texts_key_organisation_id")),
    )
    op.create_index("ix_texts_about", "texts", ["about"], unique=False)
    op.create_index("ix_texts_number", "texts", ["number", "id"], unique=False)
    op.create_index("ix_texts_provider_id", "texts", ["provider_id"], unique=False)


def _texts_in() -> None:
    op.create_table(
        "texts_in",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("provider_id", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("network", sa.String(length=8), nullable=True),
        sa.Column("meaning", sa.String(length=20), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_texts_in_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_texts_in")),
        sa.UniqueConstraint("provider_id", "organisation_id", name=op.f("uq_texts_in_provider_id_organisation_id")),
    )
    op.create_index("ix_texts_in_number", "texts_in", ["number", "id"], unique=False)


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("provider_id", sa.String(length=80), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("failure", sa.String(length=60), nullable=True),
        sa.Column("number", sa.String(length=16), nullable=True),
        sa.Column("at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("provider_id", "status", name=op.f("uq_reports_provider_id_status")),
    )


def _stops() -> None:
    op.create_table(
        "stops",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_stops_organisation_id")),
        sa.PrimaryKeyConstraint("number", "organisation_id", name=op.f("pk_stops")),
    )
