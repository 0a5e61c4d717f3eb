"""Groups lend of their money to their members: what was asked for, who said yes, what was paid back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0087"
down_revision = "0086"
branch_labels = None
depends_on = None

RUNNING = "state IN ('asked','lent')"


def _of(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column, "organisation_id"], [f"{other}.id", f"{other}.organisation_id"], name=op.f(f"fk_{table}_{column}"))


def _organisation(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f(f"fk_{table}_organisation_id_organisations"))


def upgrade() -> None:
    op.create_table(
        "group_loans",
        sa.Column("id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("asked_at", UtcTime(), nullable=False),
        sa.Column("due_at", UtcTime(), nullable=True),
        sa.Column("transfer_id", sa.BigInteger(), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("ended_at", UtcTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_group_loans")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_group_loans_key_organisation_id")),
        sa.CheckConstraint("state IN ('asked','lent','paid','refused','back','ended','failed')", name=op.f("ck_group_loans_state")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_group_loans_amount")),
        sa.CheckConstraint("(state IN ('lent','paid','failed')) = (transfer_id IS NOT NULL)", name=op.f("ck_group_loans_lent")),
        sa.CheckConstraint("(transfer_id IS NULL) = (due_at IS NULL)", name=op.f("ck_group_loans_due")),
        _organisation("group_loans"),
        _of("group_loans", "group_id", "groups"),
        _of("group_loans", "member_id", "members"),
        _of("group_loans", "transfer_id", "transfers"),
    )
    op.create_index(
        "uq_group_loans_running", "group_loans", ["group_id", "member_id", "organisation_id"], unique=True,
        postgresql_where=sa.text(RUNNING), sqlite_where=sa.text(RUNNING),
    )  # fmt: skip
    op.create_index("ix_group_loans_group", "group_loans", ["group_id", "id"])
    op.create_index("ix_group_loans_member", "group_loans", ["member_id", "organisation_id"])
    op.create_table(
        "group_loan_says",
        sa.Column("loan_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("loan_id", "member_id", "organisation_id", name=op.f("pk_group_loan_says")),
        _organisation("group_loan_says"),
        _of("group_loan_says", "loan_id", "group_loans"),
        _of("group_loan_says", "member_id", "members"),
    )
    op.create_table(
        "group_loan_paid",
        sa.Column("transfer_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("loan_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("transfer_id", "organisation_id", name=op.f("pk_group_loan_paid")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_group_loan_paid_amount")),
        _organisation("group_loan_paid"),
        _of("group_loan_paid", "transfer_id", "transfers"),
        _of("group_loan_paid", "loan_id", "group_loans"),
    )
    op.create_index("ix_group_loan_paid_loan", "group_loan_paid", ["loan_id"])


def downgrade() -> None:
    op.drop_table("group_loan_paid")
    op.drop_table("group_loan_says")
    op.drop_table("group_loans")
