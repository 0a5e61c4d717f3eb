"""An author says it in other words, as long as nobody else has voted on it or said anything: what others agreed to stays what they read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.community.items import brakes, rows, voice_rows, word_rows
from gateway.community.items.model import HeldWords, ItemNumber, NoItem, Rests, kind_of
from gateway.community.items.verbs import AUTHOR, NEW_HERE, WORD_CHECK, is_new
from gateway.members.verbs import the_member
from gateway.records.model import masked
from menus import alphabet

MAY_BE = ("new", "held", "open", "looked_at")
WAS = "said before: "  # how the earlier words stand among the steps of its life


@dataclass(frozen=True)
class Reworded:
    number: ItemNumber


class SpokenOf:
    """Others have voted on it or said something: more is said as a comment."""


def reword(world: Any, caller: str, item: str, better: str) -> Reworded | SpokenOf | HeldWords | NoItem | Rests:
    """The words before are kept among the steps of its life. A word of the list makes it wait; without one, what waited only for that goes on."""
    if brakes.rests(world, "ideas"):
        return Rests()
    member, own = the_member(world, caller), rows.by_number(world, item)
    if own is None or own.member_id != member.id or not kind_of(own.kind).public or own.kind in ("need", "tip"):
        return NoItem()
    own = rows.lock(world, own.id)
    said = masked(alphabet.heard(better))
    if own.words == said:  # the same turn twice
        return Reworded(ItemNumber(own.number))
    if own.state not in MAY_BE or own.supporters or own.opposers or own.passes or own.comments or rows.joined_to(world, own.id):
        return SpokenOf()
    before, word = own.words, brakes.held_word(world, said)
    word_rows.reword(world, own.id, said)
    state, why = own.state, ""
    if word and own.state != "new":
        state, why = "held", word
    elif own.state == "held" and _held_for_a_word(world, own.id):
        state, why = ("held", NEW_HERE) if is_new(world, member) else ("open", "")
    if state != own.state or why:
        rows.change(world, own.id, state=state, state_at=world.now())
        voice_rows.add_change(world, own.id, own.state, state, WORD_CHECK, why)
    voice_rows.add_change(world, own.id, state, state, AUTHOR, f"{WAS}{before}"[:160])
    if word:
        brakes.tell_held(world, member, own.number, word)
        return HeldWords()
    return Reworded(ItemNumber(own.number))


def _held_for_a_word(world: Any, id: int) -> bool:
    held = [one for one in voice_rows.changes_of(world, [id]) if one.after == "held" and one.by != AUTHOR]
    return bool(held) and held[-1].by == WORD_CHECK and held[-1].why != NEW_HERE
