"""Taking part in what is learnt step by step: one tip a day by SMS, as it stands on that day, and one key that says whether it was done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from gateway.community.counting import next_free
from gateway.community.courses import rows
from gateway.community.courses.model import (
    ABOUT,
    AT_ONCE,
    HOUR,
    OPEN_MOST,
    PARTS,
    TEXTS_A_MONTH,
    TITLE_MOST,
    Course,
    CourseBegun,
    CourseKey,
    CourseMine,
    CoursesEnough,
    CourseShown,
    CourseStopped,
    CourseTitle,
    Learner,
    NoCourse,
    Parts,
)
from gateway.community.groups.model import Heads, begin_of
from gateway.community.items import brakes
from gateway.community.items import rows as items
from gateway.community.items.model import Item, Rests
from gateway.community.naming import staff_name
from gateway.community.questions import remember
from gateway.members import rows as members
from gateway.members.model import Day, Member
from gateway.members.verbs import the_member
from gateway.records import rows as records
from gateway.records.verbs import NewText, write_texts
from menus.book import more_notices
from menus.phrasebook import Row

DID = "course"  # the kind of the question whether a step was done
READ = ("open", "looked_at")  # states of a tip that can be read
SENT_AT_ONCE = 500  # in one run of the clock; the next goes on


class NotMade(ValueError):
    """Nothing was made. Says why, for the person who asked."""


# For staff.


def make_course(world: Any, *, title: str, numbers: Sequence[str], by: str) -> Course:
    """String tips together, in this order. Raises NotMade."""
    called, found = staff_name(title, TITLE_MOST), [items.by_number(world, one) for one in numbers]
    if not called:
        raise NotMade("it needs a name")
    tips = [one for one in found if one and one.kind == "tip" and one.state in READ]
    if len(tips) != len(numbers) or len({one.id for one in tips}) != len(numbers) or len(numbers) not in PARTS:
        raise NotMade(f"the numbers of {PARTS[0]} to {PARTS[-1]} tips that members can read are needed, each once, in their order")
    if len(rows.all_courses(world, ("open",))) >= OPEN_MOST:
        raise NotMade(f"{OPEN_MOST} are open already, as many as a phone shows at once")
    made = rows.course(world, rows.add(world, number=next_free(world), title=called, by=by[:60], item_ids=[one.id for one in tips]))
    assert made, "it has just been made"
    return made


def turn(world: Any, one: Course) -> None:
    """Close it, or open it again: who learns it now goes on to its end in any case. Raises NotMade."""
    if one.state == "closed" and len(rows.all_courses(world, ("open",))) >= OPEN_MOST:
        raise NotMade(f"{OPEN_MOST} are open already")
    rows.change(world, one.id, "open" if one.state == "closed" else "closed")


def texts_left(world: Any) -> int:
    begin = begin_of("month", world.organisation.local(world.now()))
    return max(TEXTS_A_MONTH - records.count_about(world, ABOUT, begin), 0)


# On the phone.


def _open(world: Any, id: str) -> Course | None:
    one = rows.course(world, int(id)) if id.isdigit() else None
    return one if one and one.state == "open" else None


def has_courses(world: Any, caller: str) -> bool:
    return bool(rows.all_courses(world, ("open",)))


def open_courses(world: Any, caller: str) -> list[Row]:
    return [Row(str(one.id), one.title) for one in rows.all_courses(world, ("open",))]


def look_at_course(world: Any, caller: str, course: str) -> CourseShown | CourseMine | NoCourse:
    member = the_member(world, caller)
    one = rows.course(world, int(course)) if course.isdigit() else None
    mine = rows.learner(world, one.id, member.id) if one else None
    if one is None or (one.state == "closed" and (mine is None or mine.state != "on")):
        return NoCourse()
    shown = (CourseKey(one.id), CourseTitle(one.title), Parts(len(rows.parts_of(world, one.id))), Heads(sum(rows.counts(world, one.id).values())))
    return CourseMine(*shown, Parts(mine.part - 1)) if mine and mine.state == "on" else CourseShown(*shown)


def begin_course(world: Any, caller: str, course: str) -> CourseBegun | CoursesEnough | NoCourse | Rests:
    """Asked for again it goes on as it was."""
    if brakes.rests(world, "courses"):
        return Rests()
    one, member = _open(world, course), the_member(world, caller)
    return begin(world, one, member) if one else NoCourse()


def begin(world: Any, one: Course, member: Member) -> CourseBegun | CoursesEnough:
    members.lock(world, member.id)
    mine = rows.learner(world, one.id, member.id)
    if mine is None or mine.state != "on":
        if rows.learns_now(world, member.id) >= AT_ONCE:
            return CoursesEnough(AT_ONCE)
        rows.begin(world, one.id, member.id, _tomorrow(world))
        mine = rows.learner(world, one.id, member.id)
    assert mine, "it has just been begun"
    return CourseBegun(CourseTitle(one.title), Day(world.phrases.day(world.organisation.local(mine.next_at), member.language)))


def stop_course(world: Any, caller: str, course: str) -> CourseStopped | NoCourse:
    member = the_member(world, caller)
    done = course.isdigit() and rows.put_learner(world, int(course), member.id, state="off")
    return CourseStopped() if done else NoCourse()


def _tomorrow(world: Any) -> dt.datetime:
    local: dt.datetime = world.organisation.local(world.now())
    return (local + dt.timedelta(days=1)).replace(hour=HOUR, minute=0, second=0, microsecond=0).astimezone(dt.UTC)


# By SMS.


def begin_by_text(world: Any, caller: str, number: str) -> CourseBegun | CoursesEnough | NoCourse | Rests:
    one = rows.by_number(world, number)
    return begin_course(world, caller, str(one.id)) if one else NoCourse()


def answer_part(world: Any, member: Member, ref: str, *, yes: bool) -> bool:
    """The answer to our SMS whether it was done; whether there was something to answer."""
    course_id, _, part = ref.partition("-")
    if rows.learner(world, int(course_id), member.id) is None:
        return False
    rows.mark(world, int(course_id), member.id, int(part), did=yes)
    return True


# By the clock.


def send_parts(world: Any) -> int:
    """To everybody whose day it is the next step, as far as the month's SMS reach. How many SMS."""
    if brakes.rests(world, "courses"):
        return 0
    left, sent = texts_left(world), 0
    some = rows.due(world, SENT_AT_ONCE)
    known, learnt = members.by_ids(world, [one.member_id for one in some]), {one.course_id for one in some}
    courses, tips_of = {id: rows.course(world, id) for id in learnt}, {id: _tips(world, id) for id in learnt}
    for one in some:
        member, course, tips = known.get(one.member_id), courses[one.course_id], tips_of[one.course_id]
        if course is None or member is None or member.status != "active" or records.stopped(world, member.number, ABOUT):
            rows.go_on(world, one, state="off")
            continue
        part = next((n for n, tip in enumerate(tips, 1) if n >= one.part and tip and tip.state in READ), None)
        if part is None:  # what is left was taken back
            rows.go_on(world, one, state="done")
            continue
        if sent >= left:
            continue
        last = part >= len(tips)
        if rows.go_on(world, one, part=part + 1, next_at=_tomorrow(world), state="done" if last else "on"):
            _send(world, course, member, tips[part - 1], part, len(tips), one)
            sent += 1
    return sent


def _tips(world: Any, course_id: int) -> list[Item | None]:
    """In their order, as they stand now."""
    ids = rows.parts_of(world, course_id)
    known = items.by_ids(world, ids)
    return [known.get(id) for id in ids]


def _send(world: Any, course: Course, member: Member, tip: Item | None, part: int, parts: int, one: Learner) -> None:
    assert tip, "it was read just now"
    notice = more_notices.COURSE_PART_SHARED if member.shared else more_notices.COURSE_PART  # on a phone of several nobody can answer by SMS
    words = world.phrases.say(notice, member.language, title=course.title, part=part, parts=parts, words=tip.words.rstrip(" ."), number=tip.number)
    key = f"course:{course.id}:{member.id}:{part}:{one.next_at:%Y%m%d}"
    write_texts(world, [NewText(key, member.number, "service", words, member.id, ABOUT, member.hours)])
    if not member.shared:
        remember(world, member.number, DID, f"{course.id}-{part}", course.title)
