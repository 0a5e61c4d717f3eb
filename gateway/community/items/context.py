"""From which screen something is said: the last that its author saw in another part of the menu shortly before. It may be about that one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.minutes import TOGETHER
from gateway.records import rows as records
from gateway.records.model import phone_of

BEFORE = dt.timedelta(minutes=15)  # as long as a dropped call is offered again: what was seen earlier is another matter
LOOKED_AT = 40  # hops of the phone; a call has some twenty

# Flows by which one comes to say something; no remark is about them.
ROADS = TOGETHER | frozenset(
    "home last_news waiting ideas ask my_questions needs post_need my_needs my_need me help_now by_sms by_number wrong only_you my_cases my_case call_me "
    "own_kinds my_told people owned".split()
)


def last_screen(world: Any, caller: str) -> str:
    """`balance.show`, or nothing: a screen that is nobody's business leaves no trace."""
    key = ("last screen", caller)
    if key not in world.seen:
        shown = records.screens_before(world, phone_of(caller), world.now() - BEFORE, LOOKED_AT)
        world.seen[key] = next((one for one in shown if "." in one and one.partition(".")[0] not in ROADS), "")
    return str(world.seen[key])
