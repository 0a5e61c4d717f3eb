"""Words without a name: the keys, what waits, the halves of names; and people of the board, who hold the keys."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

ROLES = ("admin", "support", "maker", "checker", "auditor", "facilitator")
TABLES = (
    "seal_keys",
    "sealed_waiting",
    "sealed_halves",
    "sealed_names",
)


def upgrade() -> None:
    _seal_keys()
    _sealed_waiting()
    _sealed_halves()
    _sealed_names()
    _roles((*ROLES, "board"))


def _roles(roles: tuple[str, ...]) -> None:
    with op.batch_alter_table("operators") as operators:
        operators.drop_constraint(op.f("ck_operators_role"), type_="check")
        operators.create_check_constraint(op.f("ck_operators_role"), "role IN ({})".format(",".join(f"'{role}'" for role in roles)))


def downgrade() -> None:
    op.execute("UPDATE operators SET role = 'auditor', status = 'blocked' WHERE role = 'board'")
    _roles(ROLES)
    for table in reversed(TABLES):
        op.drop_table(table)


def _seal_keys() -> None:
    op.create_table(
        "seal_keys",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("public", sa.Text(), nullable=False),
        sa.Column("private", sa.Text(), nullable=False),
        sa.Column("salt", sa.String(length=40), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("given_back_at", UtcTime, nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_seal_keys_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_seal_keys")),
    )
    live = sa.text("given_back_at IS NULL")
    op.create_index("uq_seal_keys_live", "seal_keys", ["login", "organisation_id"], unique=True, postgresql_where=live, sqlite_where=live)


def _sealed_waiting() -> None:
    op.create_table(
        "sealed_waiting",
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("who", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("since", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_sealed_waiting_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "who", name=op.f("pk_sealed_waiting")),
        sa.UniqueConstraint("number", "organisation_id", name=op.f("uq_sealed_waiting_number_organisation_id")),
    )


def _sealed_halves() -> None:
    op.create_table(
        "sealed_halves",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("half", sa.Text(), nullable=False),
        sa.Column("login", sa.String(length=40), nullable=False),
        sa.Column("why", sa.String(length=80), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_sealed_halves_item_id_organisation_id")),
        sa.ForeignKeyConstraint(
            ["key_id", "organisation_id"], ["seal_keys.id", "seal_keys.organisation_id"], name=op.f("fk_sealed_halves_key_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_sealed_halves_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "key_id", "organisation_id", name=op.f("pk_sealed_halves")),
    )
    op.create_index("ix_sealed_halves_at", "sealed_halves", ["at"], unique=False)


def _sealed_names() -> None:
    op.create_table(
        "sealed_names",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("first_key", sa.BigInteger(), nullable=False),
        sa.Column("first_box", sa.Text(), nullable=False),
        sa.Column("second_key", sa.BigInteger(), nullable=False),
        sa.Column("second_box", sa.Text(), nullable=False),
        sa.Column("opened_at", UtcTime, nullable=True),
        sa.Column("opened_by", sa.String(length=90), server_default="", nullable=False),
        sa.Column("why", sa.String(length=80), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["first_key", "organisation_id"], ["seal_keys.id", "seal_keys.organisation_id"], name=op.f("fk_sealed_names_first_key_organisation_id")
        ),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_sealed_names_item_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_sealed_names_organisation_id")),
        sa.ForeignKeyConstraint(
            ["second_key", "organisation_id"], ["seal_keys.id", "seal_keys.organisation_id"], name=op.f("fk_sealed_names_second_key_organisation_id")
        ),
        sa.PrimaryKeyConstraint("item_id", "organisation_id", name=op.f("pk_sealed_names")),
    )
