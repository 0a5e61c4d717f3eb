"""What a member wrote is theirs: how much it is, all of it in a list, and taken back where nobody has built on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.community.items import rows
from gateway.community.items.model import Item, ItemNumber, ItemWords, NoItem, StateName, TakenBack
from gateway.community.items.telling import state_name
from gateway.community.items.verbs import title_of, withdraw
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

OWNED = ("idea", "tip", "news")
SHOWN_MOST = 30
MINE_STILL = ("new", "held", "open", "looked_at")  # nobody has answered or built on it yet


@dataclass(frozen=True)
class OwnShown:
    number: ItemNumber
    words: ItemWords
    state: StateName


def _mine(world: Any, caller: str, kinds: tuple[str, ...] = OWNED) -> list[Item]:
    return rows.of_member(world, the_member(world, caller).id, kinds, SHOWN_MOST)


def own_ideas(world: Any, caller: str) -> int:
    return len(_mine(world, caller, ("idea",)))


def own_tips(world: Any, caller: str) -> int:
    return len(_mine(world, caller, ("tip",)))


def own_news(world: Any, caller: str) -> int:
    return len(_mine(world, caller, ("news",)))


def owned_items(world: Any, caller: str) -> list[Row]:
    return [Row(one.number, f"{one.number} {alphabet.cut(title_of(one), 20)}") for one in _mine(world, caller)]


def look_at_own(world: Any, caller: str, item: str) -> OwnShown | NoItem:
    one = _own(world, caller, item)
    if one is None:
        return NoItem()
    return OwnShown(ItemNumber(one.number), ItemWords(one.words), StateName(state_name(world, one, the_member(world, caller).language)))


def _own(world: Any, caller: str, item: str) -> Item | None:
    one = rows.by_number(world, item.strip())
    return one if one and one.member_id == the_member(world, caller).id and one.kind in OWNED else None


def take_back_own(world: Any, caller: str, item: str) -> TakenBack | NoItem:
    """While nobody has answered it or built on it; nobody is told."""
    one = _own(world, caller, item)
    if one is None or one.state not in MINE_STILL:
        return NoItem()
    withdraw(world, one, "the author")
    return TakenBack()
