"""Kinds of items that an organisation makes for itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from gateway.store.tables import UtcTime

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

TABLES = ("item_kinds",)


BUILT_IN = "kind IN ('idea','question','problem','praise','news','tip','need','statement','wrong','unsorted')"


def upgrade() -> None:
    _item_kinds()
    _kinds(f"{BUILT_IN} OR kind LIKE 'own-%'")


def _kinds(condition: str) -> None:
    with op.batch_alter_table("items") as items:
        items.drop_constraint(op.f("ck_items_kind"), type_="check")
        items.create_check_constraint(op.f("ck_items_kind"), condition)


def downgrade() -> None:
    op.execute("UPDATE items SET kind = 'unsorted' WHERE kind LIKE 'own-%'")  # words are kept, whatever they are called
    _kinds(BUILT_IN)
    for table in reversed(TABLES):
        op.drop_table(table)


def _item_kinds() -> None:
    op.create_table(
        "item_kinds",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("word", sa.String(length=10), nullable=False),
        sa.Column("name_en", sa.String(length=14), nullable=False),
        sa.Column("name_sw", sa.String(length=14), nullable=False),
        sa.Column("ask_en", sa.String(length=60), nullable=False),
        sa.Column("ask_sw", sa.String(length=60), nullable=False),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_item_kinds_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_item_kinds")),
        sa.UniqueConstraint("code", "organisation_id", name=op.f("uq_item_kinds_code_organisation_id")),
        sa.UniqueConstraint("word", "organisation_id", name=op.f("uq_item_kinds_word_organisation_id")),
    )
