"""One member, several SIMs: the same account, the same PIN, and one vote, whichever of them is in the phone.

The member asks on a SIM that is theirs; the other one agrees with the same PIN. Who has only one of the two can add nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.members import rows, sim_rows
from gateway.members.model import AskedTooOften, Gone, Language, Locked, Member, NewSim, ShortName, Tail, TooBusy, WrongPin, Yourself, short, tail
from gateway.members.verbs import LINES_MOST, SIM_ASKED_S, is_new_sim, may_look_up, tell_all_sims, the_member, weigh_pin
from gateway.records import rows as records
from menus.answers import Secret
from menus.book import notices
from menus.phrasebook import Row

TRIES_MOST = 2  # wrong PINs on a SIM that was asked for, before it must be asked for again: a digit may have been mistyped, and a stranger have it
SIMS_MOST = 3  # of one member: what a person carries; more is a shop


@dataclass(frozen=True)
class SimAsked:
    tail: Tail


class SimTaken:
    """Somebody is a member with it, or several people are on that phone."""


@dataclass(frozen=True)
class SimsFull:
    most: int


@dataclass(frozen=True)
class SimAgreed:
    language: Language


class SimRefused: ...


@dataclass(frozen=True)
class SimOff:
    tail: Tail


def ask_for_sim(world: Any, caller: str, sim: str, pin: Secret) -> SimAsked | SimTaken | SimsFull | Yourself | AskedTooOften | WrongPin | Locked | TooBusy:
    """Whether a number has an account here is a look-up, and counted like every other."""
    member = the_member(world, caller)
    if sim in sim_rows.numbers_of(world, member.id):
        return Yourself()
    if not may_look_up(world, caller):
        return AskedTooOften()
    if refused := weigh_pin(world, caller, pin):
        return refused
    if len(sim_rows.numbers_of(world, member.id)) >= SIMS_MOST or member.shared:
        return SimsFull(SIMS_MOST)
    asker = asker_of(world, sim)
    if rows.by_number(world, sim) or rows.on_phone(world, sim, LINES_MOST) or (asker and asker.id != member.id):
        return SimTaken()
    sim_rows.ask(world, sim, member.id)
    return SimAsked(tail(sim))


def asker_of(world: Any, number: str) -> Member | None:
    """The member who has asked for this SIM today and may still have it."""
    id = sim_rows.asked_by(world, number, world.now() - dt.timedelta(seconds=SIM_ASKED_S))
    found = rows.by_id(world, id) if id else None
    return found if found and found.status == "active" else None


def asker_name(world: Any, caller: str) -> ShortName:
    found = asker_of(world, caller)
    return short(found.name) if found else ShortName("?")


def agree_to_sim(world: Any, caller: str, sim_pin: Secret) -> SimAgreed | Gone | WrongPin | Locked | TooBusy:
    """The other SIM is the member's from here on, and the first one hears of it."""
    member = asker_of(world, caller)
    if member is None or rows.by_number(world, caller) or len(sim_rows.numbers_of(world, member.id)) >= SIMS_MOST:
        return Gone()
    if refused := weigh_pin(world, member.number, sim_pin):
        if isinstance(refused, WrongPin) and sim_rows.count_try(world, caller) >= TRIES_MOST:
            sim_rows.forget(world, caller)
            tell_all_sims(world, member, notices.SIM_REFUSED, f"sim-no:{caller}:{world.now().isoformat()}", tail=tail(caller))
            return Gone()
        return refused
    others = sim_rows.numbers_of(world, member.id)
    sim_rows.add(world, caller, member.id)
    if any(records.stopped(world, number) for number in others):
        records.stop(world, caller)
    for topic in {topic for number in others for topic in records.topics_stopped(world, number)}:
        records.stop_topic(world, caller, topic)
    tell_all_sims(world, member, notices.NEW_SIM, f"sim:{caller}:{world.now().isoformat()}", tail=tail(caller))
    return SimAgreed(Language(member.language))


def refuse_sim(world: Any, caller: str) -> SimRefused:
    sim_rows.forget(world, caller)
    return SimRefused()


def my_sims(world: Any, caller: str) -> list[Row]:
    """The others, to be taken off: the one that is in the phone stays."""
    mine = sim_rows.numbers_of(world, the_member(world, caller).id)
    return [Row(number, f"..{tail(number)}") for number in mine if number != rows.line(caller)]


def drop_sim(world: Any, caller: str, own_sim: str, pin_off: Secret) -> SimOff | NewSim | Gone | WrongPin | Locked | TooBusy:
    """A SIM that is lost or given away: whoever dials with it next is new."""
    member = the_member(world, caller)
    if own_sim == rows.line(caller) or own_sim not in sim_rows.numbers_of(world, member.id):
        return Gone()
    if is_new_sim(world, caller):
        return NewSim()
    if refused := weigh_pin(world, caller, pin_off):
        return refused
    sim_rows.drop(world, own_sim, member.id)
    tell_all_sims(world, member, notices.SIM_OFF, f"sim-off:{own_sim}:{world.now().isoformat()}", own_sim, tail=tail(own_sim))
    return SimOff(tail(own_sim))
