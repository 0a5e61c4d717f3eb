"""Operators and their sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = ("operators", "operator_sessions", "login_tries")


def upgrade() -> None:
    _operators()
    _operator_sessions()
    _login_tries()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _operators() -> None:
    op.create_table(
        "operators",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("totp_sealed", sa.Text(), nullable=False),
        sa.Column("totp_last_step", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("recovery_hashes", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=8), server_default="active", nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("role IN ('admin','support','maker','checker','auditor')", name=op.f("ck_operators_role")),
        sa.CheckConstraint("status IN ('active','blocked')", name=op.f("ck_operators_status")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_operators_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_operators")),
        sa.UniqueConstraint("login", name=op.f("uq_operators_login")),
    )


def _operator_sessions() -> None:
    op.create_table(
        "operator_sessions",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("operator_id", sa.BigInteger(), nullable=False),
        sa.Column("began_at", UtcTime, nullable=False),
        sa.Column("seen_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["operator_id", "organisation_id"], ["operators.id", "operators.organisation_id"], name=op.f("fk_operator_sessions_operator_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_operator_sessions_organisation_id")),
        sa.PrimaryKeyConstraint("hash", "organisation_id", name=op.f("pk_operator_sessions")),
    )
    op.create_index("ix_operator_sessions_operator", "operator_sessions", ["operator_id", "organisation_id"], unique=False)


def _login_tries() -> None:
    op.create_table(
        "login_tries",
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("last_at", UtcTime, nullable=False),
        sa.PrimaryKeyConstraint("who", name=op.f("pk_login_tries")),
    )
