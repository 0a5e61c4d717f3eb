"""Whom a member pays most, offered where a number would have to be typed: nobody knows five of them by heart."""

from __future__ import annotations

from collections import Counter
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import Account
from gateway.members import rows as members
from gateway.members.model import PlaceName, short, tail
from gateway.members.verbs import the_member
from gateway.money.places import AGENT, PRODUCTS, SHOP
from menus.phrasebook import Row

LOOKED_AT = 100  # payments that are counted: some months of a busy member


def people_paid(world: Any, caller: str) -> list[Row]:
    """Members, the most often paid first, by the code that is typed for them; with the end of their number, for there are many of one name."""
    me = the_member(world, caller)
    savings = [one for one in _paid_most(world, caller) if one.product == "savings" and one.owner_id not in (None, me.id)]
    known = members.by_ids(world, {one.owner_id for one in savings if one.owner_id}) if savings else {}
    people = [known[one.owner_id] for one in savings if one.owner_id in known and known[one.owner_id].status == "active"]
    return [Row(one.code, f"{short(one.name)} {tail(one.number)}") for one in people]


def shops_paid(world: Any, caller: str) -> list[Row]:
    return _places(world, caller, SHOP)


def agents_used(world: Any, caller: str) -> list[Row]:
    return _places(world, caller, AGENT)


def _places(world: Any, caller: str, prefix: str) -> list[Row]:
    found = [one for one in _paid_most(world, caller) if one.product == PRODUCTS[prefix] and one.status == "open"]
    return [Row(one.code.removeprefix(prefix), str(PlaceName(one.name))) for one in found]


def _paid_most(world: Any, caller: str) -> list[Account]:
    """The accounts that this member has paid, the most often paid first; of the same number, the last paid."""
    mine = ledger_rows.account_or_none(world, the_member(world, caller).id, "savings")
    times = Counter(ledger_rows.last_destinations(world, mine.id, LOOKED_AT)) if mine else Counter()
    accounts = ledger_rows.accounts_in(world, times) if times else {}
    return [accounts[id] for id, _ in times.most_common() if id in accounts]
