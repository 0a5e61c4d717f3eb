"""Agents near a member, the nearest first: for who needs cash and has never been at one."""

from __future__ import annotations

from typing import Any

from gateway.community.places import nearness
from gateway.ledger import rows as ledger_rows
from gateway.members import rows as members
from gateway.members.model import PlaceName
from gateway.members.verbs import the_member
from gateway.money.places import AGENT, PRODUCTS
from menus.phrasebook import Row

LOOKED_AT = 500  # agents of an organisation that are weighed
SHOWN = 14


def agents_near(world: Any, caller: str) -> list[Row]:
    """By their number, with the village of whoever lets themselves be seen."""
    me = the_member(world, caller)
    some = [
        one for one in ledger_rows.all_accounts(world, product=PRODUCTS[AGENT], most=LOOKED_AT) if one.status == "open" and one.owner_id not in (None, me.id)
    ]
    owners = members.by_ids(world, [one.owner_id for one in some if one.owner_id])
    villages = {one.id: owner.village for one in some if (owner := owners.get(one.owner_id or 0)) and owner.shown_to == "everyone"}
    best = sorted(some, key=lambda one: (-nearness(world, me.village, villages.get(one.id, "")), one.code))[:SHOWN]
    return [Row(one.code.removeprefix(AGENT), f"{PlaceName(one.name)} {villages.get(one.id, '')}".strip()) for one in best]
