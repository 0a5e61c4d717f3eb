"""Items: what members say, votes, comments, reports, steps and tidings. What was feedback becomes items."""

from __future__ import annotations

import importlib
from collections import Counter

import sqlalchemy as sa
from alembic import op

from gateway.community.items.likeness import stems
from gateway.store.tables import UtcTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

TABLES = (
    "held_words",
    "item_follows",
    "item_terms",
    "items",
    "switches",
    "term_counts",
    "tidings",
    "item_changes",
    "item_comments",
    "item_flags",
    "item_votes",
)


def upgrade() -> None:
    _held_words()
    _item_follows()
    _item_terms()
    _items()
    _switches()
    _term_counts()
    _tidings()
    _item_changes()
    _item_comments()
    _item_flags()
    _item_votes()
    _carry_feedback()


def downgrade() -> None:
    _carry_back()
    for table in reversed(TABLES):
        op.drop_table(table)


FEEDBACK = ("id", "organisation_id", "key", "number", "kind", "topic", "words", "member_id", "phone", "about", "channel", "made_at")


def _carry_feedback() -> None:
    """Everything that was said becomes an item. Ideas that nobody had looked at are open to all from here on."""
    states = "CASE WHEN kind = 'idea' AND state = 'new' THEN 'open' WHEN state = 'seen' THEN 'looked_at' ELSE state END"
    columns = ", ".join(f'"{name}"' for name in FEEDBACK)
    op.execute(f"INSERT INTO items ({columns}, state, state_at) SELECT {columns}, {states}, made_at FROM feedback")  # noqa: S608 - names of our own
    _index_words()
    op.drop_index("ix_feedback_member", table_name="feedback")
    op.drop_table("feedback")


def _index_words() -> None:
    """The words of what was said before are found too."""
    items = sa.table("items", *map(sa.column, ("id", "organisation_id", "kind", "words", "stems")))
    terms = sa.table("item_terms", *map(sa.column, ("organisation_id", "term", "item_id")))
    counts = sa.table("term_counts", *map(sa.column, ("organisation_id", "term", "items")))
    connection, seen = op.get_bind(), Counter[tuple[int, str]]()
    for row in connection.execute(sa.select(items).where(items.c.kind == "idea")).all():
        found = stems(row.words)
        connection.execute(items.update().where(items.c.id == row.id).values(stems=" ".join(found)))
        for term in found:
            connection.execute(terms.insert().values(organisation_id=row.organisation_id, term=term[:40], item_id=row.id))
            seen[row.organisation_id, term[:40]] += 1
    for (organisation_id, term), count in seen.items():
        connection.execute(counts.insert().values(organisation_id=organisation_id, term=term, items=count))


def _carry_back() -> None:
    """What the old table had room for goes back; votes and comments are gone with their tables."""
    importlib.import_module("gateway.store.migrations.versions.0005_community")._feedback()
    columns = ", ".join(f'"{name}"' for name in FEEDBACK)
    states = "CASE WHEN state IN ('new', 'open', 'held') THEN 'new' WHEN state IN ('closed', 'withdrawn', 'declined', 'done') THEN 'closed' ELSE 'seen' END"
    op.execute(f"INSERT INTO feedback ({columns}, state) SELECT {columns}, {states} FROM items WHERE kind IN ('idea', 'wrong', 'unsorted')")  # noqa: S608


def _held_words() -> None:
    op.create_table(
        "held_words",
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("word", sa.String(length=30), nullable=False),
        sa.Column("why", sa.String(length=60), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_held_words_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "word", name=op.f("pk_held_words")),
    )


def _item_follows() -> None:
    op.create_table(
        "item_follows",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_item_follows_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "member_id", "organisation_id", name=op.f("pk_item_follows")),
    )


def _item_terms() -> None:
    op.create_table(
        "item_terms",
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("term", sa.String(length=40), nullable=False),
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_item_terms_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "term", "item_id", name=op.f("pk_item_terms")),
    )


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("topic", sa.String(length=24), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("stems", sa.Text(), server_default="", nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("phone", sa.String(length=16), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("shown", sa.String(length=8), server_default="name", nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("language", sa.String(length=8), server_default="en", nullable=False),
        sa.Column("merged_into", sa.BigInteger(), nullable=True),
        sa.Column("supporters", sa.Integer(), server_default="0", nullable=False),
        sa.Column("opposers", sa.Integer(), server_default="0", nullable=False),
        sa.Column("passes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("comments", sa.Integer(), server_default="0", nullable=False),
        sa.Column("seen", sa.Integer(), server_default="0", nullable=False),
        sa.Column("score", sa.Float(), server_default="0", nullable=False),
        sa.Column("dice", sa.Float(), server_default="0", nullable=False),
        sa.Column("answer", sa.String(length=160), server_default="", nullable=False),
        sa.Column("braked_at", UtcTime, nullable=True),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.Column("state_at", UtcTime, nullable=False),
        sa.CheckConstraint("(state = 'merged') = (merged_into IS NOT NULL)", name=op.f("ck_items_merged")),
        sa.CheckConstraint("kind IN ('idea','question','problem','praise','news','tip','need','statement','wrong','unsorted')", name=op.f("ck_items_kind")),
        sa.CheckConstraint("shown IN ('name','village','sealed')", name=op.f("ck_items_shown")),
        sa.CheckConstraint(
            "state IN ('new','held','open','looked_at','planned','trying','done','closed','declined','merged','withdrawn','already_there')",
            name=op.f("ck_items_state"),
        ),
        sa.CheckConstraint("merged_into <> id", name=op.f("ck_items_into_another")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_items_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_items")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_items_key_organisation_id")),
        sa.UniqueConstraint("number", "organisation_id", name=op.f("uq_items_number_organisation_id")),
    )
    op.create_index("ix_items_dice", "items", ["organisation_id", "kind", "state", "dice"], unique=False)
    op.create_index("ix_items_member", "items", ["member_id", "made_at"], unique=False)
    op.create_index(
        "ix_items_merged",
        "items",
        ["merged_into"],
        unique=False,
        postgresql_where=sa.text("merged_into IS NOT NULL"),
        sqlite_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_index("ix_items_score", "items", ["organisation_id", "kind", "state", "score"], unique=False)
    op.create_index("ix_items_seen", "items", ["organisation_id", "kind", "state", "seen"], unique=False)


def _switches() -> None:
    op.create_table(
        "switches",
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("off", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=80), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_switches_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "name", name=op.f("pk_switches")),
    )


def _term_counts() -> None:
    op.create_table(
        "term_counts",
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("term", sa.String(length=40), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_term_counts_organisation_id")),
        sa.PrimaryKeyConstraint("organisation_id", "term", name=op.f("pk_term_counts")),
    )


def _tidings() -> None:
    op.create_table(
        "tidings",
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("change_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.Column("heard_at", UtcTime, nullable=True),
        sa.Column("texted", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_tidings_organisation_id")),
        sa.PrimaryKeyConstraint("member_id", "change_id", "organisation_id", name=op.f("pk_tidings")),
    )
    op.create_index(
        "ix_tidings_unheard",
        "tidings",
        ["member_id", "change_id"],
        unique=False,
        postgresql_where=sa.text("heard_at IS NULL"),
        sqlite_where=sa.text("heard_at IS NULL"),
    )


def _item_changes() -> None:
    op.create_table(
        "item_changes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.String(length=12), nullable=False),
        sa.Column("after", sa.String(length=12), nullable=False),
        sa.Column("by", sa.String(length=60), nullable=False),
        sa.Column("why", sa.String(length=160), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_item_changes_item_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_item_changes_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_item_changes")),
    )
    op.create_index("ix_item_changes_item", "item_changes", ["item_id", "id"], unique=False)
    op.create_index("ix_item_changes_after", "item_changes", ["organisation_id", "after", "id"], unique=False)


def _item_comments() -> None:
    op.create_table(
        "item_comments",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("item_id", sa.BigInteger(), nullable=False),
        sa.Column("member_id", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.String(length=60), server_default="", nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("helped", sa.Boolean(), nullable=True),
        sa.Column("made_at", UtcTime, nullable=False),
        sa.CheckConstraint("kind IN ('say','answer','official')", name=op.f("ck_item_comments_kind")),
        sa.CheckConstraint("(kind = 'official') = (member_id IS NULL)", name=op.f("ck_item_comments_official")),
        sa.CheckConstraint("state IN ('open','held','hidden')", name=op.f("ck_item_comments_state")),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_item_comments_item_id_organisation_id")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_item_comments_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_item_comments_organisation_id")),
        sa.PrimaryKeyConstraint("id", "organisation_id", name=op.f("pk_item_comments")),
        sa.UniqueConstraint("key", "organisation_id", name=op.f("uq_item_comments_key_organisation_id")),
    )
    op.create_index("ix_item_comments_item", "item_comments", ["item_id", "id"], unique=False)


def _item_flags() -> None:
    op.create_table(
        "item_flags",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("comment_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("reason IN ('insult','lie','private','selling','same','other')", name=op.f("ck_item_flags_reason")),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_item_flags_item_id_organisation_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_item_flags_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "comment_id", "member_id", "organisation_id", name=op.f("pk_item_flags")),
    )


def _item_votes() -> None:
    op.create_table(
        "item_votes",
        sa.Column("item_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("member_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=True),
        sa.Column("counts_from", UtcTime, nullable=False),
        sa.Column("at", UtcTime, nullable=False),
        sa.CheckConstraint("choice IN (-1, 0, 1)", name=op.f("ck_item_votes_choice")),
        sa.ForeignKeyConstraint(["item_id", "organisation_id"], ["items.id", "items.organisation_id"], name=op.f("fk_item_votes_item_id_organisation_id")),
        sa.ForeignKeyConstraint(
            ["member_id", "organisation_id"], ["members.id", "members.organisation_id"], name=op.f("fk_item_votes_member_id_organisation_id")
        ),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisations.id"], name=op.f("fk_item_votes_organisation_id")),
        sa.PrimaryKeyConstraint("item_id", "member_id", "organisation_id", name=op.f("pk_item_votes")),
    )
    op.create_index("ix_item_votes_member", "item_votes", ["member_id", "at"], unique=False)
    op.create_index("ix_item_votes_at", "item_votes", ["organisation_id", "at"], unique=False)
