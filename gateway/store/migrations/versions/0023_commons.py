"""What a group has in common: its rules, tools that go round, what is bought together."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

TABLES = (
    "group_buys",
    "group_rules",
    "tools",
    "buy_shares",
    "tool_loans",
)


def upgrade() -> None:
    _group_buys()
    _group_rules()
    _tools()
    _buy_shares()
    _tool_loans()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _group_buys() -> None:
    op.create_table(
        "group_buys",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.CheckConstraint("state IN ('open','filled','back')", name=op.f("ck_group_buys_state")),
        sa.CheckConstraint("amount > 0 AND wanted > 1", name=op.f("ck_group_buys_shares")),
        sa.ForeignKeyConstraint(["group_id", "organisation_id"], ["groups.id", "groups.organisation_id"], name=op.f("fk_group_buys_group_id_organisation_id")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_group_buys_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_group_buys_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_group_buys")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_group_buys_key_organisation_id")),
    )
    op.create_index("ix_group_buys_group", "group_buys", ["group_id", "id"], unique=False)


def _group_rules() -> None:
    op.create_table(
        "group_rules",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("gone_at", UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["group_id", "organisation_id"], ["groups.id", "groups.organisation_id"], name=op.f("fk_group_rules_group_id_organisation_id")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_group_rules_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_group_rules_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_group_rules")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_group_rules_key_organisation_id")),
    )
    op.create_index("ix_group_rules_group", "group_rules", ["group_id", "id"], unique=False)


def _tools() -> None:
    op.create_table(
        "tools",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("gone", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["group_id", "organisation_id"], ["groups.id", "groups.organisation_id"], name=op.f("fk_tools_group_id_organisation_id")),
        sa.ForeignKeyConstraint(["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_tools_member_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_tools_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_tools")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_tools_key_organisation_id")),
    )
    op.create_index("ix_tools_group", "tools", ["group_id", "id"], unique=False)
    op.create_index("ix_tools_member", "tools", ["member_id"], unique=False)


def _buy_shares() -> None:
    op.create_table(
        "buy_shares",
        sa.Column("buy_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("transfer_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=6), nullable=False),
        sa.Column("out_id", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.Column("ended", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("next_at", UtcTime, nullable=False),
        sa.CheckConstraint("state IN ('held','given','back')", name=op.f("ck_buy_shares_state")),
        sa.ForeignKeyConstraint(
            ["buy_id", "organisation_id"], ["group_buys.id", "group_buys.organisation_id"], name=op.f("fk_buy_shares_buy_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_buy_shares_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_buy_shares_organisation_id")),
        sa.PrimaryKeyConstraint("buy_id", "member_id", "organisation_id", name=op.f("pk_buy_shares")),
        sa.UniqueConstraint("transfer_id", "organisation_id", name=op.f("uq_buy_shares_transfer_id_organisation_id")),
    )
    op.create_index("ix_buy_shares_member", "buy_shares", ["member_id"], unique=False)
    op.create_index("ix_buy_shares_open", "buy_shares", ["buy_id"], unique=False, postgresql_where=sa.text("NOT ended"), sqlite_where=sa.text("NOT ended"))


def _tool_loans() -> None:
    op.create_table(
        "tool_loans",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tool_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("asked_at", UtcTime, nullable=False),
        sa.Column("due_at", UtcTime, nullable=True),
        sa.Column("by_owner", sa.Boolean(), nullable=True),
        sa.Column("by_borrower", sa.Boolean(), nullable=True),
        sa.CheckConstraint("state IN ('asked','lent','back','refused')", name=op.f("ck_tool_loans_state")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_tool_loans_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_tool_loans_organisation_id")),
        sa.ForeignKeyConstraint(["tool_id", "organisation_id"], ["tools.id", "tools.organisation_id"], name=op.f("fk_tool_loans_tool_id_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_tool_loans")),
    )
    op.create_index("ix_tool_loans_member", "tool_loans", ["member_id", "asked_at"], unique=False)
    op.create_index("ix_tool_loans_tool", "tool_loans", ["tool_id"], unique=False)
    op.create_index(
        "uq_tool_loans_running",
        "tool_loans",
        ["tool_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('asked','lent')"),
        sqlite_where=sa.text("state IN ('asked','lent')"),
    )
