"""Members who asked to be called: a line, first come first served, until a person has called."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community import rows
from gateway.community.model import CALL_HOURS, InLine, InLineAlready
from gateway.members.verbs import the_member
from gateway.records.model import phone_of


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
