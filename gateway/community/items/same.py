"""Members say that two things are the same. Who wrote the younger joins it at once, three others together; an author may say NO, and then they stay apart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.items import brakes, rows, same_rows, standing_rows, states
from gateway.community.items.likeness import ALIKE_FROM, likeness, stems
from gateway.community.items.model import Few, Item, ItemNumber, NoItem, Rests, SaidToday, Title, kind_of
from gateway.community.items.states import CannotGo
from gateway.community.items.verbs import AUTHOR, find, look_alikes, may_decide, seen_by, title_of
from gateway.members.model import Member
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

SAY_SO = 3  # people, none of them new or a guest, who join two things that are not theirs
PAIRS_A_DAY = 5  # of one person; who finds more asks the facilitator
BY_MEMBERS = f"{SAY_SO} members"  # by whom a step is that they took together
TITLE_MOST = 30
JOINED_WHILE = frozenset({"open", "looked_at"})


@dataclass(frozen=True)
class SameJoined:
    number: ItemNumber
    title: Title


@dataclass(frozen=True)
class SameSaid:
    count: Few
    needed: Few


class WhichSame:
    """It is asked which one is meant."""


class TwoThings:
    """They cannot be joined: not alike, of two kinds, one of them over or promised, or somebody has said that they are two."""


def may_be_same(world: Any, item: str) -> bool:
    """Whether there is anything like it to choose from."""
    found = find(world, item)
    return bool(found and _like(world, found))


def alike_to(world: Any, caller: str, item: str) -> list[Row]:
    found = find(world, item)
    return [Row(one.number, f"{one.number} {alphabet.cut(alphabet.plain(one.words), TITLE_MOST)}") for one in _like(world, found)] if found else []


def _like(world: Any, item: Item) -> list[Item]:
    return [one for one, _ in look_alikes(world, item.words, (item.kind,), screen=item.screen) if one.root_id != item.root_id]


def say_same(world: Any, caller: str, item: str, twin: str) -> SameJoined | SameSaid | TwoThings | NoItem | SaidToday | Rests:
    """Two things are one. What is said again counts once, and one person's accounts are one."""
    if brakes.rests(world, "ideas"):
        return Rests()
    member = the_member(world, caller)
    pair = _pair(world, member, item, twin)
    if pair is None:
        return NoItem()
    younger, older = pair
    if not _may_be_one(world, younger, older):
        return TwoThings()
    if member.id == younger.member_id:  # who wrote the older one has no more to say than others: its votes are not theirs to move
        return _join(world, younger, older, AUTHOR)
    if same_rows.said_since(world, member.voice, world.now() - dt.timedelta(days=1)) >= PAIRS_A_DAY:
        return SaidToday()
    if not may_decide(world, member):
        return SameSaid(Few(same_rows.count(world, younger.id, older.id)), Few(SAY_SO))
    rows.lock(world, older.id)  # of two who say it at once the second sees the first
    same_rows.say(world, younger.id, older.id, member.voice)
    so_far = same_rows.count(world, younger.id, older.id)
    return _join(world, younger, older, BY_MEMBERS) if so_far >= SAY_SO else SameSaid(Few(so_far), Few(SAY_SO))


def _may_be_one(world: Any, younger: Item, older: Item) -> bool:
    """Two of a kind, alike, both open and nothing promised: members bury nothing under what is over, and move no votes to other words."""
    if younger.kind != older.kind or not kind_of(younger.kind).public or {younger.state, older.state} - JOINED_WHILE:
        return False
    if standing_rows.parted_by_author(world, younger.id) or standing_rows.parted_by_author(world, older.id) or same_rows.are_two(world, younger.id, older.id):
        return False
    return likeness(*(" ".join(stems(one.words)) for one in (younger, older))) >= ALIKE_FROM


def same_by_text(world: Any, caller: str, said: str) -> SameJoined | SameSaid | TwoThings | WhichSame | NoItem | SaidToday | Rests:
    """`SAME 4171 4182`."""
    numbers = [word.strip(".,:;*#") for word in said.split()]
    numbers = [one for one in numbers if one.isdigit()]
    return say_same(world, caller, *numbers[:2]) if len(numbers) > 1 else WhichSame()


def judge(world: Any, item: Item, twin: Item, by: str, *, one: bool) -> bool:
    """A person decides what fewer members than needed have said. Raises CannotGo where they cannot be joined."""
    younger, older = (item, twin) if item.id > twin.id else (twin, item)
    if one:
        states.merge(world, younger, older, by)
    same_rows.answer(world, younger.id, older.id)
    return one


def _pair(world: Any, member: Member, item: str, twin: str) -> tuple[Item, Item] | None:
    """(the younger, the older) of two that this member sees and that are not one already."""
    found = [find(world, number) for number in (item, twin)]
    seen = sorted((one for one in found if one and seen_by(world, one, member)), key=lambda one: -one.id)
    return (seen[0], seen[1]) if len(seen) > 1 and seen[0].root_id != seen[1].root_id else None


def _join(world: Any, item: Item, into: Item, by: str) -> SameJoined | TwoThings:
    try:
        root = states.merge(world, item, into, by)
    except CannotGo:
        return TwoThings()
    same_rows.answer(world, item.id, into.id)
    return SameJoined(ItemNumber(root.number), title_of(root))
