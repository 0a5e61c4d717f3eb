"""Where a group keeps its rules, its tools and what it buys together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Index, Integer, String, Table, UniqueConstraint, false, func, select, update

from gateway.community.commons.model import Buy, Share
from gateway.ledger.model import NOTHING_MOVED
from gateway.ledger.tables import ends
from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column, ours, refers
from gateway.store.upsert import add_once

SHARED_LOOKED_AT = 200  # of all groups, the newest

rules = Table(
    "group_rules",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("words", String(60), nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("gone_at", UtcTime),
    Column("shared_at", UtcTime),  # other groups see it
    Column("from_id", BigInteger),  # the rule of another group that this was taken over from
    UniqueConstraint("key", "organisation_id"),
    refers("group_id", "groups"),
    refers("member_id", "members"),
    Index("ix_group_rules_group", "group_id", "id"),
    Index("ix_group_rules_shared", "organisation_id", "shared_at", **only("shared_at IS NOT NULL")),
    Index("ix_group_rules_from", "from_id", **only("from_id IS NOT NULL")),
)

tools = Table(
    "tools",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("name", String(20), nullable=False),
    Column("gone", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("key", "organisation_id"),
    refers("group_id", "groups"),
    refers("member_id", "members"),
    Index("ix_tools_group", "group_id", "id"),
    Index("ix_tools_member", "member_id"),
)

# One loan of a tool at a time: asked, lent, and back again. Each side says how it was.
loans = Table(
    "tool_loans",
    metadata,
    id_column(),
    organisation_column(),
    Column("tool_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("days", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("due_at", UtcTime),
    Column("by_owner", Boolean),
    Column("by_borrower", Boolean),
    CheckConstraint("state IN ('asked','lent','back','refused')", name="state"),
    refers("tool_id", "tools"),
    refers("member_id", "members"),
    Index("uq_tool_loans_running", "tool_id", unique=True, **only("state IN ('asked','lent')")),
    Index("ix_tool_loans_member", "member_id", "asked_at"),
    Index("ix_tool_loans_tool", "tool_id"),
)

buys = Table(
    "group_buys",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("group_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("title", String(20), nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("wanted", Integer, nullable=False),
    Column("until", UtcTime, nullable=False),
    Column("state", String(6), nullable=False),
    Column("supplier_id", BigInteger),  # the shop that is paid; without one the group is
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("state IN ('open','filled','back')", name="state"),
    CheckConstraint("amount > 0 AND wanted > 1", name="shares"),
    refers("group_id", "groups"),
    refers("member_id", "members"),
    refers("supplier_id", "accounts"),
    Index("ix_group_buys_group", "group_id", "id"),
)

shares = Table(
    "buy_shares",
    metadata,
    Column("buy_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    organisation_column(),
    Column("transfer_id", BigInteger, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("state", String(6), nullable=False),
    Column("out_id", BigInteger),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("ended", Boolean, nullable=False, server_default=false()),
    Column("next_at", UtcTime, nullable=False),
    UniqueConstraint("transfer_id", "organisation_id"),
    CheckConstraint("state IN ('held','given','back')", name="state"),
    refers("buy_id", "group_buys"),
    refers("member_id", "members"),
    Index("ix_buy_shares_member", "member_id"),
    Index("ix_buy_shares_open", "buy_id", **only("NOT ended")),
)

_BUY = [buys.c[name] for name in ("id", "group_id", "member_id", "title", "amount", "wanted", "until", "state", "supplier_id")]
_SHARE = [shares.c[name] for name in ("buy_id", "member_id", "transfer_id", "amount", "state", "out_id", "tries")]


def add(world: Any, table: Any, **values: Any) -> bool:
    """Once for its key."""
    return add_once(world.write, table, id=new_id(), organisation_id=world.organisation.id, **values)


# Rules.


def written_before(world: Any, key: str) -> bool:
    return world.read.scalar(select(rules.c.id).where(rules.c.key == key, ours(world, rules))) is not None


def rules_of(world: Any, group_id: int) -> list[Any]:
    query = select(rules).where(rules.c.group_id == group_id, rules.c.gone_at.is_(None), ours(world, rules)).order_by(rules.c.id)
    return list(world.read.execute(query))


def rule(world: Any, id: int) -> Any | None:
    return world.read.execute(select(rules).where(rules.c.id == id, ours(world, rules))).one_or_none()


def share_rule(world: Any, group_id: int, id: int) -> bool:
    """From now on other groups see it. Whether that was new."""
    where = (rules.c.id == id) & (rules.c.group_id == group_id) & rules.c.gone_at.is_(None) & rules.c.shared_at.is_(None)
    return bool(world.write.execute(update(rules).where(where, ours(world, rules)).values(shared_at=world.now())).rowcount)


def taken_over(world: Any, ids: Sequence[int]) -> dict[int, int]:
    """Rule -> groups that have it from there now."""
    query = select(rules.c.from_id, func.count(rules.c.group_id.distinct())).where(rules.c.from_id.in_(ids), rules.c.gone_at.is_(None), ours(world, rules))
    return {row[0]: row[1] for row in world.read.execute(query.group_by(rules.c.from_id))}


def takers(world: Any, ids: Sequence[int]) -> dict[int, list[int]]:
    """Rule -> the groups that have it from there now, in the order in which they took it."""
    query = select(rules.c.from_id, rules.c.group_id).where(rules.c.from_id.in_(ids), rules.c.gone_at.is_(None), ours(world, rules)).order_by(rules.c.id)
    found: dict[int, list[int]] = {}
    for row in world.read.execute(query):
        found.setdefault(row.from_id, []).append(row.group_id)
    return found


def shared_rules(world: Any, but_group: int, most: int) -> list[tuple[Any, int]]:
    """(rule, groups that took it over) of what groups let others see, but not this one's own; most taken over first, then the newest."""
    here = rules.c.shared_at.is_not(None) & rules.c.gone_at.is_(None) & (rules.c.group_id != but_group)
    some = list(world.read.execute(select(rules).where(here, ours(world, rules)).order_by(rules.c.shared_at.desc()).limit(SHARED_LOOKED_AT)))
    taken = taken_over(world, [one.id for one in some])
    return [(one, taken.get(one.id, 0)) for one in sorted(some, key=lambda one: -taken.get(one.id, 0))[:most]]


def drop_rule(world: Any, group_id: int, id: int) -> bool:
    where = (rules.c.id == id) & (rules.c.group_id == group_id) & rules.c.gone_at.is_(None)
    return bool(world.write.execute(update(rules).where(where, ours(world, rules)).values(gone_at=world.now())).rowcount)


# Tools.


def tools_of(world: Any, group_id: int) -> list[Any]:
    return list(world.read.execute(select(tools).where(tools.c.group_id == group_id, ~tools.c.gone, ours(world, tools)).order_by(tools.c.id)))


def tool(world: Any, id: int) -> Any | None:
    return world.read.execute(select(tools).where(tools.c.id == id, ~tools.c.gone, ours(world, tools))).one_or_none()


def change_tool(world: Any, id: int, **values: Any) -> None:
    world.write.execute(update(tools).where(tools.c.id == id, ours(world, tools)).values(**values))


def running_loans(world: Any, tool_ids: list[int]) -> dict[int, Any]:
    """Tool -> its loan, while it is asked for or lent."""
    query = select(loans).where(loans.c.tool_id.in_(tool_ids), loans.c.state.in_(("asked", "lent")), ours(world, loans))
    return {row.tool_id: row for row in world.read.execute(query)}


def times_lent(world: Any, tool_id: int) -> tuple[int, int]:
    """(loans that came back, those of them that the owner called good)."""
    good = func.count().filter(loans.c.by_owner.is_(True))
    row = world.read.execute(select(func.count(), good).where(loans.c.tool_id == tool_id, loans.c.state == "back", ours(world, loans))).one()
    return row[0], row[1]


def ask_for(world: Any, tool_id: int, member_id: int, days: int) -> int | None:
    """The id of the loan, or None when somebody asked before."""
    id = new_id()
    values = {"tool_id": tool_id, "member_id": member_id, "days": days, "state": "asked", "asked_at": world.now()}
    return id if add_once(world.write, loans, id=id, organisation_id=world.organisation.id, **values) else None


def asked_since(world: Any, member_id: int, since: dt.datetime) -> int:
    query = select(func.count()).where(loans.c.member_id == member_id, loans.c.asked_at >= since, ours(world, loans))
    return world.read.scalar(query) or 0


def loan(world: Any, id: int) -> Any | None:
    return world.read.execute(select(loans).where(loans.c.id == id, ours(world, loans))).one_or_none()


def move_loan(world: Any, id: int, before: str, **values: Any) -> bool:
    """Of two who say something at once one is heard."""
    return bool(world.write.execute(update(loans).where(loans.c.id == id, loans.c.state == before, ours(world, loans)).values(**values)).rowcount)


def loans_with(world: Any, member_id: int) -> list[Any]:
    """(loan, tool) that are lent to or by a member, and those that came back and that they have not called good or bad yet."""
    mine, theirs = tools.c.member_id == member_id, loans.c.member_id == member_id
    unrated = (loans.c.state == "back") & ((theirs & loans.c.by_borrower.is_(None)) | (mine & loans.c.by_owner.is_(None)))
    query = select(loans, tools.c.name, tools.c.member_id.label("owner_id")).join(
        tools, (tools.c.id == loans.c.tool_id) & (tools.c.organisation_id == loans.c.organisation_id)
    )  # fmt: skip
    own = select(tools.c.id).where(tools.c.member_id == member_id, ours(world, tools))
    query = query.where(theirs | loans.c.tool_id.in_(own), (loans.c.state == "lent") | unrated, ours(world, loans)).order_by(loans.c.id)
    return list(world.read.execute(query))


def unanswered(world: Any, before: dt.datetime, most: int) -> list[Any]:
    """Loans that were asked for, and that nobody has answered since."""
    query = select(loans).where(loans.c.state == "asked", loans.c.asked_at < before, ours(world, loans)).order_by(loans.c.id)
    return list(world.read.execute(query.limit(most)))


# Buying together.


def buy(world: Any, id: int, *, lock: bool = False) -> Buy | None:
    query = select(*_BUY).where(buys.c.id == id, ours(world, buys))
    row = (world.write.execute(query.with_for_update()) if lock else world.read.execute(query)).one_or_none()
    return Buy(*row) if row else None


def started_before(world: Any, key: str) -> bool:
    return world.read.scalar(select(buys.c.id).where(buys.c.key == key, ours(world, buys))) is not None


def buys_of(world: Any, group_id: int, states: tuple[str, ...], most: int) -> list[Buy]:
    query = select(*_BUY).where(buys.c.group_id == group_id, buys.c.state.in_(states), ours(world, buys)).order_by(buys.c.id.desc()).limit(most)
    return [Buy(*row) for row in world.read.execute(query)]


def change_buy(world: Any, id: int, **values: Any) -> None:
    world.write.execute(update(buys).where(buys.c.id == id, ours(world, buys)).values(**values))


def buys_over(world: Any, most: int) -> list[int]:
    """Open ones whose day has come, the longest over first."""
    query = select(buys.c.id).where(buys.c.state == "open", buys.c.until <= world.now(), ours(world, buys)).order_by(buys.c.until, buys.c.id)
    return list(world.read.scalars(query.limit(most)))


def add_share(world: Any, **values: Any) -> None:
    add_once(world.write, shares, organisation_id=world.organisation.id, state="held", next_at=world.now(), **values)


def shares_of(world: Any, buy_id: int) -> list[Share]:
    query = select(*_SHARE).where(shares.c.buy_id == buy_id, ours(world, shares)).order_by(shares.c.transfer_id)
    return [Share(*row) for row in world.write.execute(query)]


def change_share(world: Any, buy_id: int, member_id: int, **values: Any) -> None:
    where = (shares.c.buy_id == buy_id) & (shares.c.member_id == member_id) & ours(world, shares)
    world.write.execute(update(shares).where(where).values(**values))


def drop_share(world: Any, buy_id: int, member_id: int) -> None:
    """What never was set apart is no share."""
    world.write.execute(shares.delete().where(shares.c.buy_id == buy_id, shares.c.member_id == member_id, ours(world, shares)))


def shares_to_look_after(world: Any, most: int) -> list[tuple[int, int]]:
    """(buy, member) of buys that are no more open, whose money is not known to have come to its end; and money that never was set apart.
    Those that were looked at longest ago first: what cannot move holds up nobody.
    """
    query = (
        select(shares.c.buy_id, shares.c.member_id)
        .join(buys, (buys.c.id == shares.c.buy_id) & (buys.c.organisation_id == shares.c.organisation_id))
        .outerjoin(ends, (ends.c.transfer_id == shares.c.transfer_id) & (ends.c.organisation_id == shares.c.organisation_id))
        .where(~shares.c.ended, shares.c.next_at <= world.now(), (buys.c.state != "open") | ends.c.state.in_(NOTHING_MOVED), ours(world, shares))
    )
    return [tuple(row) for row in world.read.execute(query.order_by(shares.c.next_at, shares.c.buy_id).limit(most))]


def not_ended(world: Any, member_id: int) -> int:
    """How many shares of a member are neither the group's nor theirs again."""
    query = select(func.count()).where(shares.c.member_id == member_id, ~shares.c.ended, ours(world, shares))
    return world.read.scalar(query) or 0


def open_in(world: Any, group_id: int, member_id: int | None = None) -> bool:
    """Whether money of a buy of this group, or of one member in it, is still on its way somewhere."""
    query = select(shares.c.buy_id).join(buys, (buys.c.id == shares.c.buy_id) & (buys.c.organisation_id == shares.c.organisation_id))
    query = query.where(buys.c.group_id == group_id, ~shares.c.ended, ours(world, shares)).limit(1)
    return world.read.scalar(query if member_id is None else query.where(shares.c.member_id == member_id)) is not None
