"""An author says it in other words, as long as nobody else has voted on it or said anything: what others agreed to stays what they read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from gateway.community import let_in_rows
from gateway.community.helping import routing
from gateway.community.items import brakes, closing, rows, states, voice_rows, word_rows
from gateway.community.items.closing import NotDeclined
from gateway.community.items.model import OBJECTION, Few, HeldWords, Item, ItemNumber, NoItem, Rests, kind_of
from gateway.community.items.verbs import AUTHOR, NEW_HERE, WORD_CHECK, is_new, last_holds
from gateway.members.verbs import the_member
from gateway.records.model import masked
from menus import alphabet

MAY_BE = ("new", "held", "open", "looked_at", "refused")
TIMES_A_DAY = 5  # one thing is said anew by its author: each may bring an SMS about a word
WAS = "said before: "  # how the earlier words stand among the steps of its life


@dataclass(frozen=True)
class Reworded:
    number: ItemNumber


class LookedAtAnew:
    """It was not let through. A person reads the new words before anybody else sees them."""


class SpokenOf:
    """Others have voted on it or said something, or a person looks at it: more is said as a comment."""


@dataclass(frozen=True)
class ChangedOften:
    most: Few


def reword(
    world: Any, caller: str, item: str, better: str
) -> Reworded | LookedAtAnew | SpokenOf | ChangedOften | NotDeclined | HeldWords | NoItem | Rests:  # fmt: skip
    """The words before are kept among the steps of its life. A word of the list makes it wait; without one, what waited only for that goes on.

    A newcomer's new words wait like the first ones, whoever found those fine; what reports or a person put to rest is theirs to open.
    What a person did not let through is said anew once, as an author objects once, and goes to a person.
    """
    if brakes.rests(world, "ideas"):
        return Rests()
    member, own = the_member(world, caller), rows.by_number(world, item)
    if own is None or own.member_id != member.id or not kind_of(own.kind).public or own.kind in ("need", "tip"):
        return NoItem()
    own = rows.lock(world, own.id)
    said = masked(alphabet.heard(better))
    if own.words == said and own.state != "refused":  # the same turn twice
        return LookedAtAnew() if own.state == "held" and closing.has_objected(world, own) else Reworded(ItemNumber(own.number))
    hold = last_holds(world, [own]).get(own.id) if own.state == "held" else None
    rests = hold is not None and hold.by != WORD_CHECK
    if own.state not in MAY_BE or rests or _spoken_of(world, own):
        return SpokenOf()
    if own.state == "refused":
        return _say_anew(world, own, said)
    if _times_today(world, own) >= TIMES_A_DAY:
        return ChangedOften(Few(TIMES_A_DAY))
    before, word = own.words, brakes.held_word(world, said)
    word_rows.reword(world, own.id, said)
    let_in_rows.forget(world, own.id)
    state, why = own.state, ""
    if word and own.state != "new":
        state, why = "held", word
    elif own.state != "new" and is_new(world, member):
        state, why = "held", NEW_HERE
    elif hold and hold.why != NEW_HERE:
        state, why = "open", ""
    if state != own.state or why:
        rows.change(world, own.id, state=state, state_at=world.now())
        voice_rows.add_change(world, own.id, own.state, state, WORD_CHECK, why)
    voice_rows.add_change(world, own.id, state, state, AUTHOR, f"{WAS}{before}"[:160])
    if state == "open" and own.state == "held" and own.kind == "question":
        routing.let_through(world, replace(own, words=said, state="open"))
    if word:
        brakes.tell_held(world, member, own.number, word)
        return HeldWords()
    return Reworded(ItemNumber(own.number))


def _say_anew(world: Any, own: Item, said: str) -> LookedAtAnew | NotDeclined:
    """By whom it is held keeps members from letting it in, also where a word of the list is in it."""
    if closing.has_objected(world, own):
        return NotDeclined()
    word_rows.reword(world, own.id, said)
    rows.change(world, own.id, answer="")  # it was about the old words, with which it stays in the item's life
    let_in_rows.forget(world, own.id)
    voice_rows.add_change(world, own.id, own.state, own.state, AUTHOR, f"{WAS}{own.words}"[:160])
    states.go(world, own, closing.AGAIN[own.state], OBJECTION, tell=False)
    return LookedAtAnew()


def _spoken_of(world: Any, own: Item) -> bool:
    """Also by votes that do not count yet, and by words that wait themselves."""
    return bool(rows.voters(world, [own.id], (1, -1, 0)) or voice_rows.comments_on(world, [own.id], 1, ("open", "held")) or rows.joined_to(world, own.id))


def _times_today(world: Any, own: Item) -> int:
    day_ago = world.now() - dt.timedelta(days=1)
    return sum(one.by == AUTHOR and one.why.startswith(WAS) and one.at >= day_ago for one in voice_rows.changes_of(world, [own.id]))
