"""What can be told about guardians. Reads only."""

from __future__ import annotations

from typing import Any

from gateway.members import rows as members
from gateway.members.guardians import rows
from gateway.members.model import Member, short
from menus.phrasebook import Row


def guardian_names(world: Any, caller: str) -> str:
    """Who they are; behind one that starts tomorrow stands a sign."""
    member = members.by_number(world, caller)
    found = rows.of(world, member.id) if member else []
    return ", ".join(f"{short(one.name)}{'' if one.counts else '*'}" for one in found) or "-"


def my_guardians(world: Any, caller: str) -> list[Row]:
    member = members.by_number(world, caller)
    return [Row(str(one.id), short(one.name)) for one in rows.of(world, member.id)] if member else []


def who_asks_me(world: Any, caller: str) -> list[Row]:
    member = members.by_number(world, caller)
    return [Row(str(one.id), f"{short(one.name)} ..{one.number[-3:]}") for one in rows.asked_of(world, member.id)] if member else []


def way_to_new_pin(world: Any, member: Member, *path: str) -> str:
    """Where a new PIN is chosen: under PIN and guardians, or, of several on one phone, beside the question for the PIN."""
    return str(world.organisation.dial() if member.shared else world.organisation.dial(*(path or ("6", "5", "4"))))


def code_forgot(world: Any, caller: str) -> str:
    """The way for who is locked out: to their own page of PIN and guardians."""
    member = members.by_number(world, caller)
    return way_to_new_pin(world, member, "6", "5") if member else str(world.organisation.dial())
