"""Members steer what changes: who tries it first, who says wait, whether it is good, whether the old should come back.

When a tenth of those who try it say wait, it does not go on before somebody has answered them.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.items import brakes, rows, states, voice_rows, wish_rows
from gateway.community.items.model import (
    LATE_DAYS,
    NEW_ACCOUNT_DAYS,
    Item,
    NoItem,
    Rests,
    Votes,
)
from gateway.community.items.plan_model import ANSWERED_BY_STAFF, COMING, BackNoted, Judged, TriesIt, WaitNoted, enough
from gateway.community.items.verbs import author_voice, find, shown_to
from gateway.members.model import Member
from gateway.members.verbs import the_member
from menus import alphabet

DONE = ("done", "closed")


def _there(world: Any, caller: str, number: str, states: tuple[str, ...]) -> tuple[Item, Member] | NoItem | Rests:
    """(the item, the member), when it is a change in one of these states."""
    if brakes.rests(world, "votes"):
        return Rests()
    member, item = the_member(world, caller), find(world, number)
    if item is None or not shown_to(item, member) or item.state not in states:
        return NoItem()
    locked = rows.lock(world, item.id)
    return (locked, member) if locked.state in states else NoItem()  # it may have gone on meanwhile


def try_it(world: Any, caller: str, coming: str) -> TriesIt | NoItem | Rests:
    """To be one of the first. Whoever is hears how it goes on."""
    found = _there(world, caller, coming, COMING)
    if isinstance(found, NoItem | Rests):
        return found
    item, member = found
    wish_rows.wish(world, item.id, member.voice, "try")
    voice_rows.follow(world, item.id, member.id)
    return TriesIt(Votes(wish_rows.count(world, item.id).get("try", 0)))


def wait_first(world: Any, caller: str, coming: str) -> WaitNoted | NoItem | Rests:
    found = _there(world, caller, coming, COMING)
    if isinstance(found, NoItem | Rests):
        return found
    item, member = found
    wish_rows.wish(world, item.id, member.voice, "wait")
    return WaitNoted(Votes(wish_rows.count(world, item.id, unanswered=True).get("wait", 0)))


def judge_change(world: Any, caller: str, changed: str, detail: str) -> Judged | NoItem | Rests:
    """Good or not good, changed as often as one likes."""
    found = _there(world, caller, changed, DONE)
    if isinstance(found, NoItem | Rests):
        return found
    item, member = found
    return judge(world, item, member, good=detail == "good")


def judge(world: Any, item: Item, member: Member, *, good: bool) -> Judged:
    """Good or not good, of whoever says it, by phone or by SMS. When a tenth of those who wanted it say that it is not, it is open again."""
    wish_rows.drop(world, item.id, member.voice, "not_good" if good else "good")
    wish_rows.wish(world, item.id, member.voice, "good" if good else "not_good")
    now, bad = wish_rows.count(world, item.id), _who_wanted_it(world, item)
    if bad >= enough(item.supporters):
        states.go(world, item, "open", states.MEMBERS, f"{bad} say it is not good", tell=False)
        wish_rows.answer(world, item.id, ("not_good",), world.now())
    return Judged(Votes(now.get("good", 0)), Votes(now.get("not_good", 0)))


def _who_wanted_it(world: Any, item: Item) -> int:
    """How many of those who voted for it, or wrote it, say that it is not good; not of who is new here, nor of guests."""
    cluster = rows.cluster(world, item.id)
    wanted = {*rows.voters(world, cluster, (1,)), *(author_voice(world, one) for one in rows.by_ids(world, cluster).values())}
    saying = [one for one in wish_rows.who(world, item.id, ("not_good",)) if one in wanted]
    return len(rows.members_before(world, saying, world.now() - dt.timedelta(days=NEW_ACCOUNT_DAYS)))


def judge_by_text(world: Any, member: Member, ref: str, *, yes: bool) -> bool:
    """The answer to our SMS that it is done; whether there was something to answer."""
    item = rows.lock(world, int(ref))
    if item.state not in DONE:
        return False
    judge(world, item, member, good=yes)
    return True


def bring_back(world: Any, caller: str, changed: str) -> BackNoted | NoItem | Rests:
    found = _there(world, caller, changed, DONE)
    if isinstance(found, NoItem | Rests):
        return found
    item, member = found
    wish_rows.wish(world, item.id, member.voice, "back")
    return BackNoted(Votes(wish_rows.count(world, item.id, unanswered=True).get("back", 0)), Votes(enough(item.supporters)), LATE_DAYS["answer"])


def answer_wishes(world: Any, item: Item, words: str, by: str, *, signed: str = "") -> int:
    """What the staff say to those who say wait, or who want the old back: each finds it under 9. How many hear it."""
    item = rows.lock(world, item.id)
    said = alphabet.plain(words.strip())
    hearers = wish_rows.who(world, item.id, ANSWERED_BY_STAFF)
    change = voice_rows.add_change(world, item.id, item.state, item.state, by, said)
    rows.change(world, item.id, answer=states.signed_answer(said, signed))
    voice_rows.bring(world, change, item.id, hearers, texted=False)
    wish_rows.answer(world, item.id, ANSWERED_BY_STAFF, world.now())
    return len(hearers)
