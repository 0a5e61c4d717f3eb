"""Who of the staff looked at a member, and why: said before, told by SMS, and read on the phone (6, 98, 1, 1).

A reason holds for one person of the staff, one member and one day: who helps a member on a call is asked once, however many pages it takes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from gateway.members import look_rows as rows
from gateway.members import rows as members
from gateway.members.verbs import the_member
from gateway.records.verbs import write_text
from menus import alphabet
from menus.book import notices
from menus.phrasebook import Row

SHOWN = 14  # the newest
NAME_MOST = 10  # letters of who it was
WHAT = {"account": "your account", "payment": "a payment of yours", "name": "your name, sealed", "copy": "your copy"}  # in the catalogue
REASONS = {"asked": "a member asked", "case": "a case is open", "books": "a check of the books", "safety": "something looked wrong"}  # in the catalogue


def may_look(world: Any, member_ids: Iterable[int | None], login: str, name: str, what: str) -> bool:
    """Whether a reason was said today for every one of these. What is seen then is kept, once for a day."""
    ids, day = _those(member_ids), _today(world)
    known = rows.reasons(world, ids, day, login) if ids else {}
    if len(known) < len(ids):
        return False
    for id, said in known.items():
        if what not in said:
            _keep(world, id, day, login, name, what, next(iter(said.values())))
    return True


def look(world: Any, member_ids: Iterable[int | None], login: str, name: str, what: str, reason: str) -> None:
    """Somebody at the console says why they look. Each member hears it by day, unless they wanted no such SMS; twice is once."""
    day, ids = _today(world), sorted(_those(member_ids))
    known = members.by_ids(world, ids)
    for id in ids:
        _keep(world, id, day, login, name, what, reason)
        member = known.get(id)
        if member is None or member.status != "active":
            continue
        phrase = world.phrases.text
        said = {"who": _short(name), "what": phrase(WHAT[what], member.language), "reason": phrase(REASONS[reason], member.language)}
        words = world.phrases.say(notices.STAFF_LOOKED, member.language, **said)
        write_text(world, key=f"look:{id}:{day}:{login}", number=member.number, kind="service", words=words, member_id=id, hours=member.hours)


def note_opened(world: Any, member_id: int, by: str) -> None:
    """A sealed name was opened, by one of the two who did it: they have told the member why."""
    _keep(world, member_id, _today(world), by[:60], by, "name", "")


def _keep(world: Any, member_id: int, day: dt.date, login: str, name: str, what: str, reason: str) -> None:
    rows.add(world, member_id=member_id, day=day, login=login, what=what, name=name[:60], reason=reason)


def _those(member_ids: Iterable[int | None]) -> Collection[int]:
    return {one for one in member_ids if one}


def _today(world: Any) -> dt.date:
    day: dt.date = world.organisation.local(world.now()).date()
    return day


def _short(name: str) -> str:
    return alphabet.cut(alphabet.plain(name), NAME_MOST)


# Facts.


def looks(world: Any, caller: str) -> int:
    return rows.count(world, the_member(world, caller).id)


def who_looked(world: Any, caller: str) -> list[Row]:
    """The newest first: day, who, at what, and why."""
    member = the_member(world, caller)
    told = []
    for n, (day, name, what, reason) in enumerate(rows.newest(world, member.id, SHOWN)):
        when = world.phrases.day(dt.datetime.combine(day, dt.time()), member.language)
        parts = [world.phrases.text(WHAT[what], member.language), *([world.phrases.text(REASONS[reason], member.language)] if reason else [])]
        told.append(Row(str(n), f"{when} {_short(name)}: {', '.join(parts)}"))
    return told
