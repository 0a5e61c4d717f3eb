"""What to dial to come to something in a group: whoever is in several is asked which one first, by the group's place in their list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gateway.community.groups import rows
from gateway.community.groups.model import Group
from gateway.members.verbs import the_member

DOOR = "3"  # My group


def code_to(world: Any, member_id: int, group: Group, *keys: str) -> str:
    return codes_to(world, [member_id], group, *keys)[member_id]


def codes_to(world: Any, member_ids: Iterable[int], group: Group, *keys: str) -> dict[int, str]:
    """For each of these members, who are in the group: `*384*20417*3*4#`, or `*384*20417*3*2*4#` where it is the second of theirs."""
    ids = list(member_ids)
    theirs = rows.groups_of(world, ids)
    return {id: world.organisation.dial(DOOR, *_place(theirs.get(id, []), group.id), *keys) for id in ids}


def _place(theirs: list[int], id: int) -> list[str]:
    return [str(theirs.index(id) + 1)] if len(theirs) > 1 and id in theirs else []


# Facts.


def code_to_votes(world: Any, caller: str, group: str) -> str:
    return _code(world, caller, group, "4")


def code_to_meeting(world: Any, caller: str, group: str) -> str:
    return _code(world, caller, group, "3")


def _code(world: Any, caller: str, group: str, key: str) -> str:
    found = rows.by_number(world, group)
    return code_to(world, the_member(world, caller).id, found, key) if found else str(world.organisation.dial(DOOR))
