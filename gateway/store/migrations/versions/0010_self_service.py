"""First dials, reminders, kept places, calls back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("dials", sa.Integer(), server_default="0", nullable=False))
    op.add_column("members", sa.Column("reminders", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "kept_places",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(length=80), nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("until", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_kept_places_organisation_id")),
        sa.PrimaryKeyConstraint("number", "organisation_id", name=op.f("pk_kept_places")),
    )
    op.create_table(
        "callbacks",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=False),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("about", sa.String(length=12), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("due_at", UtcTime, nullable=False),
        sa.Column("done_at", UtcTime, nullable=True),
        sa.Column("done_by", sa.String(length=60), nullable=True),
        sa.CheckConstraint("about IN ('money','pin','question','other')", name=op.f("ck_callbacks_about")),
        sa.CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name=op.f("ck_callbacks_done")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_callbacks_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_callbacks_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_callbacks")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_callbacks_key_organisation_id")),
    )
    op.create_index(
        "ix_callbacks_waiting", "callbacks", ["made_at"], unique=False, postgresql_where=sa.text("done_at IS NULL"), sqlite_where=sa.text("done_at IS NULL")
    )
    _guardians()
    op.create_index("ix_hops_at", "hops", ["at"], unique=False)


def _to_member(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_organisation_id"
    return sa.ForeignKeyConstraint([column, "organisation_id"], ["members.id", "members.organisation_id"], name=op.f(name))


def _guardians() -> None:
    op.create_table(
        "guardians",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guardian_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("starts_at", UtcTime, nullable=False),
        sa.Column("ends_at", UtcTime, nullable=True),
        sa.CheckConstraint("member_id <> guardian_id", name=op.f("ck_guardians_two_members")),
        _to_member("guardians", "member_id"),
        _to_member("guardians", "guardian_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_guardians_organisation_id")),
        sa.PrimaryKeyConstraint("member_id", "guardian_id", "organisation_id", name=op.f("pk_guardians")),
    )
    op.create_index("ix_guardians_guardian", "guardians", ["guardian_id", "organisation_id"], unique=False)
    op.create_table(
        "rescues",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("asked_at", UtcTime, nullable=False),
        sa.Column("ends_at", UtcTime, nullable=False),
        sa.Column("chosen_at", UtcTime, nullable=True),
        sa.Column("stopped_by", sa.String(length=60), nullable=True),
        _to_member("rescues", "member_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_rescues_organisation_id")),
        sa.PrimaryKeyConstraint("member_id", "organisation_id", name=op.f("pk_rescues")),
    )
    op.create_index(
        "ix_rescues_open", "rescues", ["ends_at"], unique=False, postgresql_where=sa.text("stopped_by IS NULL"), sqlite_where=sa.text("stopped_by IS NULL")
    )
    op.create_table(
        "vouchers",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guardian_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        _to_member("vouchers", "member_id"),
        _to_member("vouchers", "guardian_id"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_vouchers_organisation_id")),
        sa.PrimaryKeyConstraint("member_id", "guardian_id", "organisation_id", name=op.f("pk_vouchers")),
    )


def downgrade() -> None:
    op.drop_index("ix_hops_at", table_name="hops")
    for table in ("vouchers", "rescues", "guardians"):
        op.drop_table(table)
    op.drop_table("callbacks")
    op.drop_table("kept_places")
    op.drop_column("members", "reminders")
    op.drop_column("members", "dials")
