"""Members who asked to be called: a line, first come first served, until a person has called."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from gateway.community import rows
from gateway.community.model import CALL_HOURS, InLine, InLineAlready
from gateway.members import rows as members
from gateway.members.keeping import at_home
from gateway.members.verbs import the_member
from gateway.records.model import phone_of
from gateway.records.verbs import write_text
from menus.book import notices

ABOUT = {  # what it is about -> how members call it
    "money": frozenset("MONEY PESA FEDHA HELA ARGENT PAYMENT MALIPO MPESA".split()),
    "pin": frozenset("PIN SIRI NYWILA PHONE SIMU SIM LAINI TELEPHONE".split()),
    "question": frozenset("QUESTION SWALI ASK ULIZA".split()),
}
TRIES_MOST = 3  # calls of one wish that nobody answers; then the member asks again
SORRY_AT_ONCE = 200  # in one run of the clock


def ask_for_a_call(world: Any, caller: str, about: str, key: str) -> InLine | InLineAlready:
    """One place in line for a member, whatever it is about; asking again changes nothing but the reason."""
    member = the_member(world, caller)
    waiting = rows.callbacks_waiting(world)
    for place, one in enumerate(waiting, 1):
        if one.member_id == member.id:
            return InLineAlready(place, CALL_HOURS)
    due_at = world.now() + dt.timedelta(hours=CALL_HOURS)
    rows.add_callback(world, key=key, member_id=member.id, phone=phone_of(caller), about=about, due_at=due_at)
    return InLine(len(waiting) + 1, CALL_HOURS)


def ask_for_any_call(world: Any, caller: str, key: str) -> InLine | InLineAlready:
    """By SMS: what it is about is said on the phone."""
    return ask_for_a_call(world, caller, "other", key)


def ask_for_call_about(world: Any, caller: str, topic: str, key: str) -> InLine | InLineAlready:
    """By SMS, with a word for what it is about."""
    said = set(re.findall(r"\w+", topic.upper()))
    return ask_for_a_call(world, caller, next((about for about, words in ABOUT.items() if said & words), "other"), key)


def no_answer(world: Any, id: int, by: str) -> int:
    """Somebody of the staff called, and nobody answered: the member hears it, keeps the place in line, and is called again; so often and no more.
    Returns how often now, 0 when it was done already.
    """
    due_at = world.now() + dt.timedelta(hours=CALL_HOURS)
    found = rows.count_try(world, id, due_at)
    if found is None:
        return 0
    last = found.tries >= TRIES_MOST
    if last:
        rows.give_up(world, id, by)
    member = members.by_id(world, found.member_id)
    if member and member.status == "active":
        said = {"phone": at_home(world, found.phone), "hours": CALL_HOURS, "code": world.organisation.dial("6", "1", "3")}
        words = world.phrases.say(notices.CALLED_ENOUGH if last else notices.CALLED_YOU, member.language, **said)
        write_text(world, key=f"called:{id}:{found.tries}", number=member.number, kind="service", words=words, member_id=member.id, hours=member.hours)
    return int(found.tries)


def say_sorry(world: Any) -> int:
    """A call that was promised and has not come: told at once, with a place at the front, for the line is first come, first served."""
    late = rows.late_callbacks(world, world.now(), SORRY_AT_ONCE)
    who = members.by_ids(world, [one.member_id for one in late])
    for one in late:
        member = who.get(one.member_id)
        if rows.say_sorry(world, one.id) and member and member.status == "active":
            words = world.phrases.say(notices.CALL_IS_LATE, member.language, coop=world.organisation.short_name, hours=CALL_HOURS)
            write_text(world, key=f"sorry:{one.id}", number=member.number, kind="service", words=words, member_id=member.id, hours=member.hours)
    return len(late)
