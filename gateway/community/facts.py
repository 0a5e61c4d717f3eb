"""What can be told about the words of members. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.community import rows
from gateway.community.model import Feedback
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
    """A line of the inbox: what was said, by whom, of the number only the end."""

    feedback: Feedback
    name: str
    number: str
    topic: str


def inbox(world: Any, *, before: int | None = None, kind: str = "", state: str = "", most: int = PAGE) -> list[Said]:
    found = rows.page(world, before=before, most=most, kind=kind or None, state=state or None)
    who = members.by_ids(world, [one.member_id for one in found if one.member_id])
    return [
        Said(one, who[one.member_id].name if one.member_id in who else "not a member", hidden(one.phone), TOPICS.get(one.topic, one.topic))
        for one in found
    ]  # fmt: skip
