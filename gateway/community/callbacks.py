"""Members who asked to be called: a line, first come first served, until a person has called."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from gateway.community import rows
from gateway.community.model import CALL_HOURS, InLine, InLineAlready
from gateway.members import rows as members
from gateway.members.verbs import the_member
from gateway.records.model import phone_of
from gateway.records.verbs import write_text
from menus.book import notices

ABOUT = {  # what it is about -> how members call it
    "money": frozenset("MONEY PESA FEDHA HELA ARGENT PAYMENT MALIPO MPESA".split()),
    "pin": frozenset("PIN SIRI NYWILA PHONE SIMU SIM LAINI TELEPHONE".split()),
    "question": frozenset("QUESTION SWALI ASK ULIZA".split()),
}
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
