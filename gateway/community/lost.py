"""A phone that is said to be lost: its PIN rests for two hours, and the phone itself is asked.

Anybody can say it, from any phone of a member, for the one who lost it has none. So it ends by itself, once a day for an account, and who has the
phone in the hand ends it with one SMS. What is answered is the same whether the number is a member's or not.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.questions import remember
from gateway.members import lost_rows, sim_rows
from gateway.members import rows as members
from gateway.members.model import AskedTooOften, Member
from gateway.members.verbs import LINES_MOST, may_look_up, tell_all_sims, the_member
from gateway.records.model import phone_of
from menus.book import notices

LOST = "lost"  # the kind of the open question
HELD_HOURS = 2  # long enough to reach the office or a guardian
AGAIN_HOURS = 24  # an account rests once in this time, so that nobody keeps a member from her money
HOLDS_A_DAY = 2  # of one who says it


@dataclass(frozen=True)
class LostHeld:
    hours: int


class OwnPhone:
    """It is the one in the hand, or another SIM of the same member."""


class HeldOften: ...


def hold_lost(world: Any, caller: str, lost: str) -> LostHeld | OwnPhone | HeldOften | AskedTooOften:
    """Whoever is a member with this number cannot use the PIN for two hours, and hears it on every SIM."""
    if lost == phone_of(caller) or lost in sim_rows.numbers_of(world, the_member(world, caller).id):
        return OwnPhone()
    if not may_look_up(world, caller):
        return AskedTooOften()
    now, by = world.now(), phone_of(caller)
    owners = [one for one in _owners(world, lost) if not _rested_lately(world, one, now)]
    if lost_rows.said_since(world, by, now - dt.timedelta(hours=AGAIN_HOURS)) >= HOLDS_A_DAY:
        return HeldOften()
    for member in owners:
        _rest(world, member, by, now + dt.timedelta(hours=HELD_HOURS))
    return LostHeld(HELD_HOURS)


def _owners(world: Any, number: str) -> list[Member]:
    """Who has an account with this phone: one, or all who share it."""
    found = [member for _, member in members.on_phone(world, number, LINES_MOST)]
    if alone := members.by_number(world, number):
        found.append(alone)
    return [one for one in {one.id: one for one in found}.values() if one.status == "active"]


def _rested_lately(world: Any, member: Member, now: dt.datetime) -> bool:
    last = lost_rows.last(world, member.id)
    return last is not None and last.at > now - dt.timedelta(hours=AGAIN_HOURS)


def _rest(world: Any, member: Member, by: str, until: dt.datetime) -> None:
    id = lost_rows.add(world, member.id, by, until)
    if member.shared:  # an SMS from there does not say who wrote it
        tell_all_sims(world, member, notices.SHARED_PHONE_LOST, f"lost:{id}", hours=HELD_HOURS)
        return
    tell_all_sims(world, member, notices.PHONE_LOST, f"lost:{id}", hours=HELD_HOURS)
    for number in sim_rows.numbers_of(world, member.id):
        remember(world, number, LOST, str(id), "You have the phone?")


def answer_lost(world: Any, member: Member, ref: str, *, yes: bool) -> bool:
    """`yes`: the phone is in the hand of its member, and the PIN works again. Whether it still rested."""
    last = lost_rows.last(world, member.id)
    if last is None or str(last.id) != ref or last.until <= world.now():
        return False
    return lost_rows.end(world, last.id) if yes else True
