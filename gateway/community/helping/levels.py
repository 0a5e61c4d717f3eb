"""What a helper sees of their level, and the questions that they join because they were asked before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.helping import rows
from gateway.community.helping.level_model import (
    JOINS_A_DAY,
    Joined,
    JoinedEnough,
    LevelRests,
    LevelShown,
    LevelsOff,
    NoTwin,
    NoTwinHere,
    PeopleHelped,
    RestsWhy,
    TwinsFound,
)
from gateway.community.items import brakes, standing, standing_rows, states
from gateway.community.items import rows as items
from gateway.community.items.model import OPEN, Item, ItemNumber
from gateway.community.items.states import CannotGo
from gateway.community.items.verbs import find, look_alikes
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.members.verbs import the_member
from gateway.records.model import masked
from gateway.records.verbs import write_text
from menus import alphabet
from menus.book import notices
from menus.notice import Notice
from menus.phrasebook import Row

ASKED_BEFORE = (*OPEN, "done", "closed")  # what a question may be joined to
REACHED = {standing.JOIN: notices.LEVEL_ONE, standing.CHECK: notices.LEVEL_TWO, standing.REPORT: notices.LEVEL_THREE}


def look_at_level(world: Any, caller: str) -> LevelShown | LevelRests | LevelsOff:
    member = the_member(world, caller)
    if why := standing_rows.resting(world, [member.id]).get(member.id):
        return LevelRests(RestsWhy(why))
    if brakes.rests(world, standing.POWERS):
        return LevelsOff()
    helped = standing.people_helped(world, [member.id]).get(member.id, 0)
    return LevelShown(PeopleHelped(helped), standing.level_of(helped))


def tell_level(world: Any, helper: Member) -> None:
    """Whoever has come to a level hears what they may do now: once for each, however they came to it."""
    level = standing.levels(world, [helper.id]).get(helper.id, 0)
    for reached in range(1, level + 1):
        words = world.phrases.say(REACHED[reached], helper.language, helped=standing.LEVELS[reached - 1])
        _write(world, helper, words, f"level:{reached}:{helper.id}")


def readable(why: str) -> str:
    """A reason as it is kept and read: plain letters, nothing that may be a PIN."""
    return alphabet.plain(masked(" ".join(why.split())))[: standing_rows.WHY_MOST].strip()


def rest_powers(world: Any, member: Member, why: str, by: str) -> bool:
    """A person of the staff lets one member's powers rest, and they hear why."""
    said = readable(why)
    done = bool(said) and standing_rows.rest(world, member.id, said, by)
    if done:
        _tell(world, member, notices.POWERS_REST, "rest", why=said)
    return done


def give_powers_back(world: Any, member: Member) -> bool:
    done = standing_rows.give_back(world, member.id)
    if done:
        _tell(world, member, notices.POWERS_BACK, "back")
    return done


def _tell(world: Any, member: Member, notice: Notice, what: str, **words: str) -> None:
    _write(world, member, world.phrases.say(notice, member.language, **words), f"powers:{what}:{world.new_id()}")


def _write(world: Any, member: Member, words: str, key: str) -> None:
    write_text(world, key=key, number=member.number, kind="service", words=words, member_id=member.id, about="helping", hours=member.hours)


def may_join(world: Any, caller: str) -> bool:
    return standing.may(world, the_member(world, caller).id, standing.JOIN)


def look_for_twins(world: Any, caller: str, item: str) -> TwinsFound | NoTwin | JoinedEnough:
    found = find(world, item)
    if _joined_today(world, the_member(world, caller)) >= JOINS_A_DAY:
        return JoinedEnough(JOINS_A_DAY)
    return TwinsFound() if found and _twins(world, found) else NoTwin()


def twin_questions(world: Any, caller: str, item: str) -> list[Row]:
    found = find(world, item)
    return [Row(one.number, alphabet.cut(alphabet.plain(one.words), 30)) for one in _twins(world, found)] if found else []


def _twins(world: Any, question: Item) -> list[Item]:
    """Older questions like it that others see and that still bring an answer: open ones, and those with an answer that helped."""
    found = [
        one
        for one, _ in look_alikes(world, question.words, (question.kind,), ASKED_BEFORE, screen=question.screen)
        if one.id < question.id and one.root_id != question.root_id
    ]
    return [one for one in found if one.state in OPEN or _answered(world, one)]


def _answered(world: Any, question: Item) -> bool:
    best = rows.answers_to(world, items.cluster(world, question.root_id), 1)
    return bool(best) and (bool(best[0].helped) or best[0].kind == "official")


def _joined_today(world: Any, member: Member) -> int:
    return standing_rows.joined_by(world, standing.signed(member), world.now() - dt.timedelta(days=1))


def join_questions(world: Any, caller: str, item: str, twin: str) -> Joined | NoTwinHere | JoinedEnough:
    """The question goes to the older one with its votes and words. Who asked hears of it; once they have said NO it stays apart."""
    member = members.lock(world, the_member(world, caller).id)  # one after the other: their day is counted
    found, other = find(world, item), items.by_number(world, twin)
    if _joined_today(world, member) >= JOINS_A_DAY:
        return JoinedEnough(JOINS_A_DAY)
    if not may_join(world, caller) or found is None or other is None or found.kind != "question" or member.id in (found.member_id, other.member_id):
        return NoTwinHere()
    if other.id not in {one.id for one in _twins(world, found)} or standing_rows.parted_by_author(world, found.id):
        return NoTwinHere()
    try:
        root = states.merge(world, found, other, standing.signed(member))
    except CannotGo:
        return NoTwinHere()
    return Joined(ItemNumber(root.number))
