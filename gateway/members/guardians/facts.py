"""What can be told about guardians. Reads only."""

from __future__ import annotations

from typing import Any

from gateway.members import rows as members
from gateway.members.guardians import rows
from gateway.members.model import short
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
