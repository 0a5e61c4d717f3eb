"""Groups with members, notices and meetings; shared phones; shortcuts; open questions; villages, who sees whom, hours of SMS; facilitators."""

from __future__ import annotations

import datetime as dt
from typing import Any

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime, new_id

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

ROLES = ("admin", "support", "maker", "checker", "auditor")


def upgrade() -> None:
    _groups()
    _notices_and_meetings()
    _shortcuts_and_questions()
    with op.batch_alter_table("members") as members:
        members.add_column(sa.Column("village", sa.String(length=20), server_default="", nullable=False))
        members.add_column(sa.Column("shown_to", sa.String(length=8), server_default="everyone", nullable=False))
        members.add_column(sa.Column("texts_from", sa.Integer(), server_default="7", nullable=False))
        members.add_column(sa.Column("texts_until", sa.Integer(), server_default="19", nullable=False))
        members.create_check_constraint(op.f("ck_members_shown_to"), "shown_to IN ('everyone','groups','nobody')")
        members.create_check_constraint(op.f("ck_members_texts_hours"), "texts_from >= 7 AND texts_until <= 19 AND texts_from < texts_until")
    op.add_column("numbers", sa.Column("shared", sa.Boolean(), server_default=sa.false(), nullable=False))
    _roles((*ROLES, "facilitator"))
    _groups_of_accounts()


def _roles(roles: tuple[str, ...]) -> None:
    with op.batch_alter_table("operators") as operators:
        operators.drop_constraint(op.f("ck_operators_role"), type_="check")
        operators.create_check_constraint(op.f("ck_operators_role"), "role IN ({})".format(",".join(f"'{role}'" for role in roles)))


def _to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column, "organisation_id"], [f"{other}.id", f"{other}.organisation_id"], name=op.f(f"fk_{table}_{column}_organisation_id"))


def _common(table: str, *key: str) -> list[sa.schema.SchemaItem]:
    """The organisation, and the key that it is part of."""
    return [
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f(f"fk_{table}_organisation_id")),
        sa.PrimaryKeyConstraint(*key, "organisation_id", name=op.f(f"pk_{table}")),
    ]


def _id(name: str = "id") -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def _groups() -> None:
    op.create_table(
        "groups",
        _id(),
        *_common("groups", "id"),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.String(length=8), nullable=False),
        sa.Column("usual_place", sa.String(length=20), server_default="", nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("period IN ('week','month')", name=op.f("ck_groups_period")),
        sa.CheckConstraint("state IN ('open','closed')", name=op.f("ck_groups_state")),
        sa.UniqueConstraint("number", "organisation_id", name=op.f("uq_groups_number_organisation_id")),
        sa.UniqueConstraint("account_id", "organisation_id", name=op.f("uq_groups_account_id_organisation_id")),
    )
    op.create_table(
        "memberships",
        _id("group_id"),
        _id("member_id"),
        *_common("memberships", "group_id", "member_id"),
        sa.Column("role", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("since", UtcTime, nullable=False),
        sa.CheckConstraint("role IN ('member','leader')", name=op.f("ck_memberships_role")),
        sa.CheckConstraint("state IN ('asked','invited','member','left','refused')", name=op.f("ck_memberships_state")),
        _to("memberships", "group_id", "groups"),
        _to("memberships", "member_id", "members"),
    )
    op.create_index("ix_memberships_member", "memberships", ["member_id", "organisation_id"], unique=False)


def _notices_and_meetings() -> None:
    op.create_table(
        "group_notices",
        _id(),
        *_common("group_notices", "id"),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(length=160), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_group_notices_key_organisation_id")),
        _to("group_notices", "group_id", "groups"),
        _to("group_notices", "member_id", "members"),
    )
    op.create_index("ix_group_notices_group", "group_notices", ["group_id", "id"], unique=False)
    op.create_table(
        "notice_hearings",
        _id("notice_id"),
        _id("member_id"),
        *_common("notice_hearings", "notice_id", "member_id"),
        sa.Column("at", UtcTime, nullable=False),
    )
    op.create_table(
        "meetings",
        _id(),
        *_common("meetings", "id"),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("agenda", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("reminded_at", UtcTime, nullable=True),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("state IN ('called','off')", name=op.f("ck_meetings_state")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_meetings_key_organisation_id")),
        _to("meetings", "group_id", "groups"),
        _to("meetings", "member_id", "members"),
    )
    op.create_index("ix_meetings_group", "meetings", ["group_id", "at"], unique=False)
    only = sa.text("reminded_at IS NULL AND state = 'called'")
    op.create_index("ix_meetings_to_remind", "meetings", ["at"], unique=False, postgresql_where=only, sqlite_where=only)
    op.create_table(
        "rsvps",
        _id("meeting_id"),
        _id("member_id"),
        *_common("rsvps", "meeting_id", "member_id"),
        sa.Column("comes", sa.Boolean(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
    )


def _shortcuts_and_questions() -> None:
    op.create_table(
        "shortcuts",
        _id(),
        *_common("shortcuts", "id"),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("to", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("kind IN ('send','group','airtime')", name=op.f("ck_shortcuts_kind")),
        sa.CheckConstraint("amount > 0", name=op.f("ck_shortcuts_amount")),
        sa.UniqueConstraint("member_id", "kind", "to", "amount", "organisation_id", name=op.f("uq_shortcuts_member_id_kind_to_amount_organisation_id")),
        _to("shortcuts", "member_id", "members"),
    )
    op.create_table(
        "questions",
        _id(),
        *_common("questions", "id"),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=24), nullable=False),
        sa.Column("asked_at", UtcTime, nullable=False),
        sa.Column("answered_at", UtcTime, nullable=True),
        sa.Column("answer", sa.String(length=8), nullable=True),
    )
    only = sa.text("answered_at IS NULL")
    op.create_index("ix_questions_open", "questions", ["number", "id"], unique=False, postgresql_where=only, sqlite_where=only)


def _groups_of_accounts() -> None:
    """A group's account that is there already becomes a group, without members: they join by its number."""
    accounts = sa.table("accounts", *map(sa.column, ("id", "organisation_id", "code", "name", "product")))
    columns: tuple[sa.ColumnClause[Any], ...] = (
        sa.column("id"),
        sa.column("organisation_id"),
        sa.column("number"),
        sa.column("name"),
        sa.column("account_id"),
        sa.column("period"),
    )
    groups = sa.table("groups", *columns, sa.column("state"), sa.column("made_at", UtcTime))
    connection = op.get_bind()
    for row in connection.execute(sa.select(accounts).where(accounts.c.product == "group")).all():
        connection.execute(groups.insert().values(
            id=new_id(), organisation_id=row.organisation_id, number=row.code.removeprefix("G")[:8], name=row.name, account_id=row.id, period="month",
            state="open", made_at=dt.datetime.now(dt.UTC),
        ))  # fmt: skip


def downgrade() -> None:
    _roles(ROLES)
    op.drop_column("numbers", "shared")
    with op.batch_alter_table("members") as members:
        members.drop_constraint(op.f("ck_members_texts_hours"), type_="check")
        members.drop_constraint(op.f("ck_members_shown_to"), type_="check")
        for column in ("texts_until", "texts_from", "shown_to", "village"):
            members.drop_column(column)
    for table in ("questions", "shortcuts", "rsvps", "meetings", "notice_hearings", "group_notices", "memberships", "groups"):
        op.drop_table(table)
