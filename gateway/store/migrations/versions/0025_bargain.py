"""The bargain: what things are worth here, months that were counted, what members say of trust, who runs what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

TABLES = (
    "bargain_months",
    "bargain_rates",
    "processes",
    "handovers",
    "trust_answers",
)


def upgrade() -> None:
    _bargain_months()
    _bargain_rates()
    _processes()
    _handovers()
    _trust_answers()
    op.add_column("callbacks", sa.Column("minutes", sa.Integer(), nullable=True))
    with op.batch_alter_table("service_times") as times:
        times.add_column(sa.Column("dearer", sa.BigInteger(), server_default="0", nullable=False))
        times.create_check_constraint("dearer", "dearer >= 0")


def downgrade() -> None:
    with op.batch_alter_table("service_times") as times:
        times.drop_constraint("dearer", type_="check")
        times.drop_column("dearer")
    with op.batch_alter_table("callbacks") as calls:
        calls.drop_column("minutes")
    for table in reversed(TABLES):
        op.drop_table(table)


def _bargain_months() -> None:
    op.create_table(
        "bargain_months",
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("fees", sa.BigInteger(), nullable=False),
        sa.Column("rewards", sa.BigInteger(), nullable=False),
        sa.Column("dividend", sa.BigInteger(), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.BigInteger(), nullable=False),
        sa.Column("given", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_bargain_months_organisation_id")),
        sa.PrimaryKeyConstraint("month", "organisation_id", name=op.f("pk_bargain_months")),
    )


def _bargain_rates() -> None:
    op.create_table(
        "bargain_rates",
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hour", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("staff_hour", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("call", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("text", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("month", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint('hour >= 0 AND staff_hour >= 0 AND "call" >= 0 AND "text" >= 0 AND "month" >= 0', name=op.f("ck_bargain_rates_not_below_nothing")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_bargain_rates_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_bargain_rates")),
    )


def _processes() -> None:
    op.create_table(
        "processes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("hands", sa.String(length=9), nullable=False),
        sa.Column("since", UtcTime, nullable=False),
        sa.CheckConstraint("hands IN ('staff','shared','members','automatic')", name=op.f("ck_processes_hands")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_processes_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_processes")),
        sa.UniqueConstraint("name", "organisation_id", name=op.f("uq_processes_name_organisation_id")),
    )


def _handovers() -> None:
    op.create_table(
        "handovers",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("process_id", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.String(length=9), nullable=False),
        sa.Column("after", sa.String(length=9), nullable=False),
        sa.Column("why", sa.String(length=80), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_handovers_organisation_id")),
        sa.ForeignKeyConstraint(
            ["process_id", "organisation_id"], ["processes.id", "processes.organisation_id"], name=op.f("fk_handovers_process_id_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_handovers")),
    )
    op.create_index("ix_handovers_process", "handovers", ["process_id", "at"], unique=False)


def _trust_answers() -> None:
    op.create_table(
        "trust_answers",
        sa.Column("quarter", sa.String(length=6), nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("says", sa.String(length=6), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("says IN ('yes','unsure','no','skip')", name=op.f("ck_trust_answers_says")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_trust_answers_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_trust_answers_organisation_id")),
        sa.PrimaryKeyConstraint("quarter", "member_id", "organisation_id", name=op.f("pk_trust_answers")),
    )
