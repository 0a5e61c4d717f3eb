"""Secret votes of groups, cash that leaders write down."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

TABLES = (
    "group_votes",
    "ballots",
    "cash_records",
)


def upgrade() -> None:
    _group_votes()
    _ballots()
    _cash_records()


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def _group_votes() -> None:
    op.create_table(
        "group_votes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("question", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("said", sa.String(length=120), server_default="", nullable=False),
        sa.Column("ends_at", UtcTime, nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("kind IN ('yes_no','leader')", name=op.f("ck_group_votes_kind")),
        sa.CheckConstraint("state IN ('open','closed')", name=op.f("ck_group_votes_state")),
        sa.ForeignKeyConstraint(["group_id", "organisation_id"], ["groups.id", "groups.organisation_id"], name=op.f("fk_group_votes_group_id_organisation_id")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_group_votes_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_group_votes_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_group_votes")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_group_votes_key_organisation_id")),
    )
    op.create_index("ix_group_votes_group", "group_votes", ["group_id", "id"], unique=False)
    op.create_index(
        "ix_group_votes_open", "group_votes", ["ends_at"], unique=False, postgresql_where=sa.text("state = 'open'"), sqlite_where=sa.text("state = 'open'")
    )


def _ballots() -> None:
    op.create_table(
        "ballots",
        sa.Column("vote_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("choice", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_ballots_organisation_id")),
        sa.ForeignKeyConstraint(
            ["vote_id", "organisation_id"], ["group_votes.id", "group_votes.organisation_id"], name=op.f("fk_ballots_vote_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("vote_id", "mark", "organisation_id", name=op.f("pk_ballots")),
    )


def _cash_records() -> None:
    op.create_table(
        "cash_records",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("leader_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("transfer_id", sa.BigInteger(), nullable=True),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("answered_at", UtcTime, nullable=True),
        sa.CheckConstraint("(state = 'agreed') = (transfer_id IS NOT NULL)", name=op.f("ck_cash_records_posted")),
        sa.CheckConstraint("state IN ('asked','agreed','denied')", name=op.f("ck_cash_records_state")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_cash_records_amount")),
        sa.CheckConstraint("leader_id <> member_id", name=op.f("ck_cash_records_two_members")),
        sa.ForeignKeyConstraint(
            ["group_id", "organisation_id"], ["groups.id", "groups.organisation_id"], name=op.f("fk_cash_records_group_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["leader_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_cash_records_leader_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_cash_records_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_cash_records_organisation_id")),
        sa.ForeignKeyConstraint(
            ["transfer_id", "organisation_id"], ["transfers.id", "transfers.organisation_id"], name=op.f("fk_cash_records_transfer_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_cash_records")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_cash_records_key_organisation_id")),
    )
    op.create_index("ix_cash_records_group", "cash_records", ["group_id", "id"], unique=False)
    op.create_index(
        "ix_cash_records_asked",
        "cash_records",
        ["member_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'asked'"),
        sqlite_where=sa.text("state = 'asked'"),
    )
