"""Members steer what changes: who tries it first, who says wait, whether it is good, whether the old should come back.

When a tenth of those who try it say wait, it does not go on before somebody has answered them.
"""

from __future__ import annotations

from typing import Any

from gateway.community.items import brakes, rows, voice_rows, wish_rows
from gateway.community.items.model import (
    Item,
    NoItem,
    Rests,
    Votes,
)
from gateway.community.items.plan_model import ANSWERED_BY_STAFF, BackNoted, Judged, TriesIt, WaitNoted, pauses
from gateway.community.items.verbs import find, shown_to
from gateway.members.verbs import the_member
from menus import alphabet

COMING = ("planned", "trying")
DONE = ("done", "closed")


def _there(world: Any, caller: str, number: str, states: tuple[str, ...]) -> tuple[Item, int] | NoItem | Rests:
    """(the item, the member's id), when it is a change in one of these states."""
    if brakes.rests(world, "votes"):
        return Rests()
    member, item = the_member(world, caller), find(world, number)
    if item is None or not shown_to(item, member) or item.state not in states:
        return NoItem()
    locked = rows.lock(world, item.id)
    return (locked, member.id) if locked.state in states else NoItem()  # it may have gone on meanwhile


def try_it(world: Any, caller: str, coming: str) -> TriesIt | NoItem | Rests:
    """To be one of the first. Whoever is hears how it goes on."""
    found = _there(world, caller, coming, COMING)
    if isinstance(found, NoItem | Rests):
        return found
    item, member_id = found
    wish_rows.wish(world, item.id, member_id, "try")
    voice_rows.follow(world, item.id, member_id)
    return TriesIt(Votes(wish_rows.count(world, item.id).get("try", 0)))


def wait_first(world: Any, caller: str, coming: str) -> WaitNoted | NoItem | Rests:
    found = _there(world, caller, coming, COMING)
    if isinstance(found, NoItem | Rests):
        return found
    item, member_id = found
    wish_rows.wish(world, item.id, member_id, "wait")
    return WaitNoted(Votes(wish_rows.count(world, item.id, unanswered=True).get("wait", 0)))


def judge_change(world: Any, caller: str, changed: str, detail: str) -> Judged | NoItem | Rests:
    """Good or not good, changed as often as one likes."""
    found = _there(world, caller, changed, DONE)
    if isinstance(found, NoItem | Rests):
        return found
    item, member_id = found
    wish_rows.drop(world, item.id, member_id, "not_good" if detail == "good" else "good")
    wish_rows.wish(world, item.id, member_id, detail)
    now = wish_rows.count(world, item.id)
    return Judged(Votes(now.get("good", 0)), Votes(now.get("not_good", 0)))


def bring_back(world: Any, caller: str, changed: str) -> BackNoted | NoItem | Rests:
    found = _there(world, caller, changed, DONE)
    if isinstance(found, NoItem | Rests):
        return found
    item, member_id = found
    wish_rows.wish(world, item.id, member_id, "back")
    return BackNoted(Votes(wish_rows.count(world, item.id, unanswered=True).get("back", 0)))


def paused_by(world: Any, item: Item) -> int:
    """How many say wait and are still to be answered, when they are enough to hold it up; else 0."""
    all_wishes, unanswered = wish_rows.count(world, item.id), wish_rows.count(world, item.id, unanswered=True)
    waits = unanswered.get("wait", 0)
    return waits if pauses(waits, all_wishes.get("try", 0), item.supporters) else 0


def answer_wishes(world: Any, item: Item, words: str, by: str) -> int:
    """What the staff say to those who say wait, or who want the old back: each finds it under 9. How many hear it."""
    item = rows.lock(world, item.id)
    said = alphabet.plain(words.strip())
    hearers = wish_rows.who(world, item.id, ANSWERED_BY_STAFF)
    change = voice_rows.add_change(world, item.id, item.state, item.state, by, said)
    rows.change(world, item.id, answer=said[:160])
    voice_rows.bring(world, change, item.id, hearers, texted=False)
    wish_rows.answer(world, item.id, ANSWERED_BY_STAFF, world.now())
    return len(hearers)
