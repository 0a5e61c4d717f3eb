"""What a member wrote is theirs: how much it is, and all of it in a list, to be taken back from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.community.items import rows
from gateway.community.items.model import OWN, ItemNumber, ItemWords, NoItem, StateName, Votes
from gateway.community.items.telling import state_name
from gateway.community.items.verbs import title_of
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

OWNED = ("idea", "tip", "news")  # of these it is said how many there are
TO_TAKE_BACK = (*OWNED, "question", "praise", "statement")  # and these are in the list; a need has a way of its own, for money stands behind it
SHOWN_MOST = 30


@dataclass(frozen=True)
class OwnedShown:
    own_ideas: Votes
    own_tips: Votes
    own_news: Votes


@dataclass(frozen=True)
class OwnShown:
    number: ItemNumber
    words: ItemWords
    state: StateName


def look_at_owned(world: Any, caller: str) -> OwnedShown:
    written = rows.count_of_member(world, the_member(world, caller).id, OWNED)
    return OwnedShown(*(Votes(written.get(kind, 0)) for kind in OWNED))


def owned_items(world: Any, caller: str) -> list[Row]:
    """The newest first."""
    mine = rows.written_by(world, the_member(world, caller).id, TO_TAKE_BACK, SHOWN_MOST)
    return [Row(one.number, f"{one.number} {alphabet.cut(title_of(one), 20)}") for one in mine]


def look_at_own(world: Any, caller: str, item: str) -> OwnShown | NoItem:
    member, one = the_member(world, caller), rows.by_number(world, item.strip())
    if one is None or one.member_id != member.id or not (one.kind in TO_TAKE_BACK or one.kind.startswith(OWN)):
        return NoItem()
    return OwnShown(ItemNumber(one.number), ItemWords(one.words), StateName(state_name(world, one, member.language)))
