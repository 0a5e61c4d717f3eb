"""A leader cares: who needs a kind word gets one, and a week later we ask how it went. And twenty short lessons, one at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.groups import care_rows, rows
from gateway.community.groups.leading import about, leads, texts_left
from gateway.community.groups.model import Group, NotALeader
from gateway.community.questions import ask_by_text
from gateway.members import rows as members
from gateway.members.model import Member, ShortName, short
from gateway.members.verbs import the_member
from gateway.records import rows as records
from gateway.records.verbs import NewText, write_texts
from menus.book import notices
from menus.book.lessons import LESSONS

CARE = "care"  # the kind of the question how it went
ASK_DAYS = 7  # after which it is asked
ASKED_AT_ONCE = 200  # in one run of the clock
KIND_DAYS = 14  # between two kind SMS to one member, whoever leads
MONTH_DAYS = 30


class Cared(int):
    longest = "60"


class LessonWords(str):
    longest = "x" * 72


class LessonNumber(int):
    longest = "20"


@dataclass(frozen=True)
class CareShown:
    to_name: ShortName


@dataclass(frozen=True)
class CareNoted:
    cared: Cared


class KindTextEnough: ...


class FellowGone: ...


@dataclass(frozen=True)
class LessonShown:
    lesson: LessonWords
    lesson_number: LessonNumber
    lessons: LessonNumber


def note_care(world: Any, caller: str, group: str, fellow: str, care: str, key: str) -> CareNoted | KindTextEnough | FellowGone | NotALeader:
    """What the leader does for somebody. Of a kind SMS the group pays the part, and nobody gets two in two weeks."""
    found, leader = leads(world, caller, group), the_member(world, caller)
    if found is None:
        return NotALeader()
    if (other := _fellow(world, found, fellow)) is None:
        return FellowGone()
    if care == "text" and not care_rows.knows(world, key) and not _may_text(world, other, texts_left(world, found)):
        return KindTextEnough()
    asks = None if care_rows.waits(world, leader.id, other.id) else world.now() + dt.timedelta(days=ASK_DAYS)
    if care_rows.add(world, key=key, group_id=found.id, leader_id=leader.id, member_id=other.id, what=care, ask_at=asks) and care == "text":
        words = world.phrases.say(notices.KIND_WORD, other.language, name=short(leader.name), place=found.name)
        write_texts(world, [NewText(f"kind:{key}", other.number, "service", words, other.id, about(found), other.hours)])
    return CareNoted(Cared(care_rows.cared_since(world, leader.id, world.now() - dt.timedelta(days=MONTH_DAYS))))


def _fellow(world: Any, group: Group, fellow: str) -> Member | None:
    """Whoever was picked, if they are in the group and with us still."""
    standing = rows.membership(world, group.id, int(fellow)) if fellow.isdecimal() else None
    other = members.by_ids(world, [standing.member_id]).get(standing.member_id) if standing and standing.state == "member" else None
    return other if other and other.status == "active" else None


def _may_text(world: Any, other: Member, left: int) -> bool:
    lately = care_rows.texted_since(world, other.id, world.now() - dt.timedelta(days=KIND_DAYS))
    return left > 0 and not lately and not records.stopped(world, other.number, "group")


def ask_how_it_went(world: Any) -> int:
    """A week after, the leader is asked by SMS; once, from the group's SMS, and not about who has left."""
    due = care_rows.to_ask(world, world.now(), ASKED_AT_ONCE)
    who = members.by_ids(world, [id for one in due for id in (one.leader_id, one.member_id)])
    for one in due:
        leader, other, group = who.get(one.leader_id), who.get(one.member_id), rows.by_id(world, one.group_id)
        standing = rows.membership(world, one.group_id, one.member_id)
        if not care_rows.note_asked(world, one.id) or not (leader and other and group and standing):
            continue
        if standing.state == "member" and leader.status == "active" and texts_left(world, group):
            name = short(other.name)
            ask_by_text(world, leader, CARE, str(one.id), notices.HOW_IT_WENT, key=f"care:{one.id}", title=name, about=about(group), name=name)
    return len(due)


def answer_care(world: Any, member: Member, ref: str, *, yes: bool) -> bool:
    """Whether it was theirs to say."""
    found = care_rows.care(world, int(ref))
    if found is None or found.leader_id != member.id:
        return False
    care_rows.say_helped(world, found.id, yes)
    return True


# Lessons.


def next_lesson(world: Any, caller: str, group: str) -> LessonShown | NotALeader:
    """The first that was not read; after the last they begin anew."""
    if leads(world, caller, group) is None:
        return NotALeader()
    return _lesson(world, caller, _read(world, caller) % len(LESSONS))


def lesson_read(world: Any, caller: str, group: str, lesson_number: str) -> LessonShown | NotALeader:
    """This one is read; the next is shown. Read twice it counts once."""
    if leads(world, caller, group) is None:
        return NotALeader()
    here, read = int(lesson_number), _read(world, caller)
    if read % len(LESSONS) == here - 1:
        care_rows.note_lesson(world, the_member(world, caller).id, read + 1)
    return _lesson(world, caller, here % len(LESSONS))


def _read(world: Any, caller: str) -> int:
    me = the_member(world, caller).id
    return care_rows.lessons_read(world, [me]).get(me, 0)


def _lesson(world: Any, caller: str, place: int) -> LessonShown:
    words = world.phrases.text(LESSONS[place], the_member(world, caller).language)
    return LessonShown(LessonWords(words), LessonNumber(place + 1), LessonNumber(len(LESSONS)))


def to_care_for(world: Any, caller: str, group: str, fellow: str) -> CareShown | FellowGone | NotALeader:
    """Who was picked from those who need a kind word."""
    found = leads(world, caller, group)
    if found is None:
        return NotALeader()
    other = _fellow(world, found, fellow)
    return CareShown(short(other.name)) if other else FellowGone()
