"""Three things a week on the phone as a plain member: seen from our own hops, so that nobody ticks a box."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.drills import rows
from gateway.community.drills.model import HARD_MOST, NOTES_OPEN, TASKS, Person, Tried, drawn, tried, week_of
from gateway.community.questions import ask_by_text
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.records import rows as records
from gateway.records.model import masked, phone_of
from menus import alphabet
from menus.book import notices

ASK_AGAIN_HOURS = 24  # between two SMS that ask whether a number is somebody's of the staff
WEEKS = 4  # of which the page and the measure speak


@dataclass(frozen=True)
class Week:
    """How the tasks of one week went, and when this person last dialled as a member."""

    tasks: dict[str, Tried]
    last: dt.datetime | None

    @property
    def done(self) -> int:
        return sum(one.done > 0 for one in self.tasks.values())

    @property
    def failed(self) -> int:
        return sum(one.failed for one in self.tasks.values())


def _begin(world: Any, weeks_ago: int) -> dt.datetime:
    """The Monday of a week, so many ago, at midnight here."""
    local = world.organisation.local(world.now())
    monday = local.replace(hour=0, minute=0, second=0, microsecond=0) - dt.timedelta(days=local.weekday() + 7 * weeks_ago)
    begin: dt.datetime = monday.astimezone(dt.UTC)
    return begin


def week(world: Any, person: Person, weeks_ago: int = 0) -> Week:
    since = _begin(world, weeks_ago)
    member = members.by_ids(world, [person.member_id]).get(person.member_id) if person.member_id and person.confirmed else None
    steps = [one for one in records.hops_of_number(world, phone_of(member.number), since) if one.at < since + dt.timedelta(days=7)] if member else []
    name = week_of(world.organisation.local(since).date())
    return Week({task: tried(task, steps) for task in drawn(name, person.login)}, max((one.at for one in steps), default=None))


class NotAsked(ValueError):
    """The member is not asked. Says why, for the person who named them."""


def name_member(world: Any, person: Person, member: Member, key: str) -> None:
    """The member is asked by SMS whether it is so: nobody looks at the calls of another under their own name. Raises NotAsked."""
    if person.confirmed and person.member_id == member.id:
        raise NotAsked("that is your number already")
    if records.stopped(world, member.number):
        raise NotAsked("that number wants no SMS; send START from it first")
    if not rows.name_member(world, person.login, member.id, world.now() - dt.timedelta(hours=ASK_AGAIN_HOURS)):
        raise NotAsked(f"you are asked once in {ASK_AGAIN_HOURS} hours; an SMS waits for a 1")
    coop = world.organisation.short_name
    ask_by_text(world, member, "drill", person.login, notices.STAFF_IS_YOU, key=f"drill:{key}", title=person.name, name=person.name[:14], coop=coop)


def answer_name(world: Any, member: Member, login: str, *, yes: bool) -> bool:
    """What the member says to it. False when something else was asked meanwhile."""
    return rows.confirm(world, login, member.id) if yes else rows.forget(world, login, member.id)


def say_hard(world: Any, login: str, task: str, words: str) -> bool:
    """What was hard; False when it is no task, says nothing, or too much waits already."""
    said = alphabet.plain(masked(words.strip()))[:HARD_MOST]
    waiting = rows.open_notes(world, login)
    if task not in TASKS or not said or len(waiting) >= NOTES_OPEN:
        return False
    if not any((one.task, one.words) == (task, said) for one in waiting):  # the same form sent twice is one
        rows.add_note(world, login, task, said)
    return True


def done_and_due(world: Any) -> tuple[int, int]:
    """Of the weeks that are over, for everybody who may sign in."""
    people = rows.everybody(world)
    done = sum(week(world, one, back).done for one in people for back in range(1, WEEKS + 1))
    return done, len(people) * WEEKS * len(drawn("", ""))
