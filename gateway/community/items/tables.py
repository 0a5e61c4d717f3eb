"""The tables of items: what was said, who voted, what was said about it, and how it went on."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Float, Index, Integer, String, Table, Text, UniqueConstraint, false

from gateway.community.items.model import INCIDENT
from gateway.store.tables import UtcTime, id_column, metadata, only, organisation_column, refers

items = Table(
    "items",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("number", String(8), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("topic", String(24), nullable=False),
    Column("words", Text, nullable=False),
    Column("stems", Text, nullable=False, server_default=""),
    Column("member_id", BigInteger),
    Column("phone", String(16), nullable=False),
    Column("about", String(40), nullable=False),
    Column("channel", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("shown", String(8), nullable=False, server_default="name"),
    Column("group_id", BigInteger),
    Column("language", String(8), nullable=False, server_default="en"),
    Column("merged_into", BigInteger),
    Column("supporters", Integer, nullable=False, server_default="0"),
    Column("opposers", Integer, nullable=False, server_default="0"),
    Column("passes", Integer, nullable=False, server_default="0"),
    Column("comments", Integer, nullable=False, server_default="0"),
    Column("seen", Integer, nullable=False, server_default="0"),
    Column("score", Float, nullable=False, server_default="0"),
    Column("dice", Float, nullable=False, server_default="0"),
    Column("answer", String(160), nullable=False, server_default=""),
    Column("screen", String(60), nullable=False, server_default=""),
    Column("checked_by", String(60), nullable=False, server_default=""),
    Column("braked_at", UtcTime),
    Column("made_at", UtcTime, nullable=False),
    Column("state_at", UtcTime, nullable=False),
    UniqueConstraint("key", "organisation_id"),
    UniqueConstraint("number", "organisation_id"),
    CheckConstraint("kind IN ('idea','question','problem','praise','news','tip','need','statement','wrong','unsorted') OR kind LIKE 'own-%'", name="kind"),
    CheckConstraint(
        "state IN ('new','held','open','looked_at','planned','trying','done','closed','declined','merged','withdrawn','already_there','refused')",
        name="state",
    ),
    CheckConstraint("shown IN ('name','village','sealed')", name="shown"),
    CheckConstraint("(state = 'merged') = (merged_into IS NOT NULL)", name="merged"),
    CheckConstraint("merged_into <> id", name="into_another"),
    Index("ix_items_member", "member_id", "made_at"),
    Index("ix_items_mine", "member_id", "organisation_id", "kind", "state"),
    Index("ix_items_score", "organisation_id", "kind", "state", "score"),
    Index("ix_items_seen", "organisation_id", "kind", "state", "seen"),
    Index("ix_items_newest", "organisation_id", "kind", "state", "state_at"),
    Index("ix_items_dice", "organisation_id", "kind", "state", "dice"),
    Index("ix_items_merged", "merged_into", **only("merged_into IS NOT NULL")),
)

# An inverted index: the words of every item by their stems, and in how many items each stem is.
A_CASE = (items.c.kind == "wrong") | ((items.c.kind == "problem") & (items.c.topic != INCIDENT))  # as `is_case` has it

terms = Table(
    "item_terms",
    metadata,
    organisation_column(),
    Column("term", String(40), primary_key=True),
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
)

term_counts = Table(
    "term_counts",
    metadata,
    organisation_column(),
    Column("term", String(40), primary_key=True),
    Column("items", Integer, nullable=False),
)

votes = Table(
    "item_votes",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("choice", Integer, nullable=False),
    Column("group_id", BigInteger),
    Column("counts_from", UtcTime, nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("choice IN (-1, 0, 1)", name="choice"),
    refers("item_id", "items"),
    refers("member_id", "members"),
    Index("ix_item_votes_member", "member_id", "at"),
    Index("ix_item_votes_at", "organisation_id", "at"),
)

comments = Table(
    "item_comments",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("item_id", BigInteger, nullable=False),
    Column("member_id", BigInteger),
    Column("by", String(60), nullable=False, server_default=""),
    Column("kind", String(8), nullable=False),
    Column("words", String(200), nullable=False),
    Column("state", String(8), nullable=False),
    Column("helped", Boolean),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("kind IN ('say','answer','official')", name="kind"),
    CheckConstraint("(kind = 'official') = (member_id IS NULL)", name="official"),
    CheckConstraint("state IN ('open','held','hidden','back')", name="state"),
    refers("item_id", "items"),
    refers("member_id", "members"),
    Index("ix_item_comments_item", "item_id", "id"),
    Index("ix_item_comments_member", "member_id", "made_at", "organisation_id", **only("member_id IS NOT NULL")),
)

follows = Table(
    "item_follows",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("at", UtcTime, nullable=False),
)

flags = Table(
    "item_flags",
    metadata,
    Column("item_id", BigInteger, primary_key=True, autoincrement=False),
    Column("comment_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("reason", String(12), nullable=False),
    Column("words", String(80), nullable=False, server_default=""),
    Column("live", Boolean, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    CheckConstraint("reason IN ('insult','lie','private','selling','same','danger','other')", name="reason"),
    refers("item_id", "items"),
    Index("ix_item_flags_member", "member_id", "at", "organisation_id"),
    Index("ix_item_flags_at", "organisation_id", "at"),
)

changes = Table(
    "item_changes",
    metadata,
    id_column(),
    organisation_column(),
    Column("item_id", BigInteger, nullable=False),
    Column("before", String(12), nullable=False),
    Column("after", String(12), nullable=False),
    Column("by", String(60), nullable=False),
    Column("why", String(160), nullable=False),
    Column("at", UtcTime, nullable=False),
    refers("item_id", "items"),
    Index("ix_item_changes_item", "item_id", "id"),
    Index("ix_item_changes_after", "organisation_id", "after", "id"),
)

# What somebody is to hear of an item under 9, until they have.
tidings = Table(
    "tidings",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("change_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("item_id", BigInteger, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("heard_at", UtcTime),
    Column("texted", Boolean, nullable=False, server_default=false()),
    Index("ix_tidings_unheard", "member_id", "change_id", **only("heard_at IS NULL")),
    Index("ix_tidings_change", "change_id"),
)

# Words that make what is said wait for a person.
held_words = Table(
    "held_words",
    metadata,
    organisation_column(),
    Column("word", String(30), primary_key=True),
    Column("why", String(60), nullable=False),
    Column("by", String(60), nullable=False),
    Column("at", UtcTime, nullable=False),
)

# What can be switched off when it is misused: each way in which one reaches many.
switches = Table(
    "switches",
    metadata,
    organisation_column(),
    Column("name", String(20), primary_key=True),
    Column("off", Boolean, nullable=False),
    Column("why", String(80), nullable=False),
    Column("by", String(60), nullable=False),
    Column("at", UtcTime, nullable=False),
)
