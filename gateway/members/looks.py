"""Who of the staff looked at a member, once for a day: the member reads it on the phone (6, 98, 1, 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from gateway.members import look_rows as rows
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

SHOWN = 14  # the newest
NAME_MOST = 10  # letters of who it was
WHAT = {"account": "your account", "payment": "a payment of yours", "name": "your name, sealed"}  # in the catalogue


def note(world: Any, member_ids: Iterable[int | None], login: str, name: str, what: str) -> None:
    """Somebody at the console saw what is a member's: kept once for a day."""
    day: dt.date = world.organisation.local(world.now()).date()
    for id in {one for one in member_ids if one}:
        rows.add(world, member_id=id, day=day, login=login, what=what, name=name[:60])


# Facts.


def looks(world: Any, caller: str) -> int:
    return rows.count(world, the_member(world, caller).id)


def who_looked(world: Any, caller: str) -> list[Row]:
    """The newest first: day, who, and at what."""
    member = the_member(world, caller)
    told = []
    for n, (day, name, what) in enumerate(rows.newest(world, member.id, SHOWN)):
        when = world.phrases.day(dt.datetime.combine(day, dt.time()), member.language)
        told.append(Row(str(n), f"{when} {alphabet.cut(alphabet.plain(name), NAME_MOST)}: {world.phrases.text(WHAT[what], member.language)}"))
    return told
