"""What can be told about the words of members, to those who answer them. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gateway.community.items import rows
from gateway.community.items.model import Item
from gateway.members import rows as members
from gateway.members.log import hidden

PAGE = 50  # lines of the inbox on a page
TOPICS = {
    "wrong_amount": "Wrong amount",
    "wrong_person": "Wrong person",
    "not_me": "It was not me",
    "missing": "Money is missing",
    "in_words": "In their words",
    "": "",
}


@dataclass(frozen=True)
class Said:
    """A line of a list: what was said, by whom, of the number only the end. Who wants to be hidden is."""

    item: Item
    name: str
    number: str
    topic: str


def inbox(world: Any, *, before: int | None = None, kinds: Sequence[str] = (), states: Sequence[str] = (), most: int = PAGE) -> list[Said]:
    return told(world, rows.page(world, before=before, most=most, kinds=kinds, states=states))


def told(world: Any, some: Sequence[Item]) -> list[Said]:
    who = members.by_ids(world, [one.member_id for one in some if one.member_id])
    return [
        Said(one, "sealed" if one.shown == "sealed" else who[one.member_id].name if one.member_id in who else "not a member",
             "" if one.shown == "sealed" else hidden(one.phone), TOPICS.get(one.topic, one.topic))
        for one in some
    ]  # fmt: skip
