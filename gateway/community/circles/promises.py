"""Each `we will` of a self-check has a name and a day: its leader names one, who says yes or no; the group reads a name with its yes alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.circles import rows
from gateway.community.circles.model import STATEMENTS, DoerAsked, PromiseAsked, PromiseMade, PromiseRefused, PromiseTaken, Statement
from gateway.community.groups import rows as groups
from gateway.community.groups.leading import about, leads, texts_left
from gateway.community.groups.model import Group, NotALeader
from gateway.community.items import brakes
from gateway.community.questions import ask_by_text, forget, remember_quietly
from gateway.members import rows as members
from gateway.members.model import Day, Gone, Member, PlaceName, short
from gateway.members.verbs import the_member
from menus.book import notices

ASKED_AT_ONCE = 100  # in one run of the clock
NAMED, DONE = "named", "promise"  # the kinds of our questions: whether somebody does it, and whether it is done


def promise(world: Any, caller: str, group: str, statement: str, doer: str, due: str, key: str) -> PromiseMade | DoerAsked | NotALeader:
    """Somebody of the group does it by a day: the leader who calls has said so, anybody else is asked first. The one named before makes room."""
    found, leader = leads(world, caller, group), the_member(world, caller)
    standing = groups.membership(world, found.id, int(doer)) if found and doer.isdigit() else None
    who = members.by_ids(world, [standing.member_id]).get(standing.member_id) if standing and standing.state == "member" else None
    if found is None or who is None:
        return NotALeader()
    due_at = world.now() + dt.timedelta(days=int(due))
    state = "open" if who.id == leader.id else "named"
    made = rows.add_promise(world, key=key, group_id=found.id, statement=int(statement), member_id=who.id, due_at=due_at, state=state)
    day = Day(world.phrases.day(world.organisation.local(due_at), leader.language))
    if made:
        _ask_no_more(world, rows.make_room(world, made))
    if state == "open":
        return PromiseMade(short(who.name), day)
    if made:
        _ask(world, found, made, who)
    return DoerAsked(short(who.name), day)


def _ask(world: Any, group: Group, made: Any, who: Member) -> None:
    """By SMS; whom the group may write no more, or who wants none, finds it under 9."""
    says, day = _words(world, made, who.language)
    asked = texts_left(world, group) and ask_by_text(
        world, who, NAMED, str(made.id), notices.PROMISE_NAMED, key=f"named:{made.id}", title=group.name, about=about(group),
        place=group.name, says=says, day=day,
    )  # fmt: skip
    if not asked:
        remember_quietly(world, who.number, NAMED, str(made.id), group.name)


def _ask_no_more(world: Any, named: list[Any]) -> None:
    who = members.by_ids(world, [one.member_id for one in named])
    for one in named:
        if one.member_id in who:
            forget(world, who[one.member_id].number, NAMED, str(one.id))


def _words(world: Any, made: Any, language: str) -> tuple[Statement, Day]:
    says = Statement(world.phrases.text(STATEMENTS[made.statement], language))
    return says, Day(world.phrases.day(world.organisation.local(made.due_at), language))


def _asked_of(world: Any, member: Member, id: int) -> tuple[Any, Group] | None:
    """What this member is asked to do, as long as a yes means something."""
    found = rows.promise(world, id)
    if found is None or found.member_id != member.id or found.state != "named" or found.due_at <= world.now():
        return None
    group, standing = groups.by_id(world, found.group_id), groups.membership(world, found.group_id, member.id)
    return (found, group) if group and group.state == "open" and standing and standing.state == "member" else None


def look_at_named(world: Any, member: Member, id: int) -> PromiseAsked | Gone:
    asked = _asked_of(world, member, id)
    if asked is None:
        forget(world, member.number, NAMED, str(id))
        world.seen.clear()  # it waits no more
        return Gone()
    return PromiseAsked(PlaceName(asked[1].name), *_words(world, asked[0], member.language))


def answer_named(world: Any, member: Member, id: int, *, takes: bool) -> Group | None:
    """The named one's yes or no; None when there is nothing to answer any more."""
    asked = _asked_of(world, member, id)
    forget(world, member.number, NAMED, str(id))
    world.seen.clear()
    if asked is None or not rows.say_of_promise(world, id, "open" if takes else "not_me"):
        return None
    return asked[1]


def say_of_promise(world: Any, caller: str, draft: str, deed: str) -> PromiseTaken | PromiseRefused | Gone:
    """The same under 9."""
    group = answer_named(world, the_member(world, caller), int(draft.rpartition("-")[2]), takes=deed == "yes")
    if group is None:
        return Gone()
    return (PromiseTaken if deed == "yes" else PromiseRefused)(PlaceName(group.name))


def ask_about_promises(world: Any) -> int:
    """Whose day has come is asked by SMS whether it is done; once. Who was named and never said yes is let go."""
    _ask_no_more(world, rows.let_go_of_named(world, ASKED_AT_ONCE))
    due = [] if brakes.rests(world, "group_sms") else rows.promises_due(world, ASKED_AT_ONCE)
    who = members.by_ids(world, [one.member_id for one in due])
    for one in due:
        group, doer = groups.by_id(world, one.group_id), who.get(one.member_id)
        if group and not texts_left(world, group):  # asked when the group may write again
            continue
        rows.change_promise(world, one.id, asked_at=world.now())
        if group and doer and doer.status == "active":
            says = world.phrases.text(STATEMENTS[one.statement], doer.language)
            ask_by_text(
                world, doer, DONE, str(one.id), notices.PROMISE_DUE, key=f"promise:{one.id}", title=says, about=about(group), place=group.name, says=says
            )
    return len(due)


def answer_promise(world: Any, member: Member, ref: str, *, yes: bool) -> bool:
    """Whether it was theirs and open. Not yet done stays open, for the leader to see."""
    found = rows.promise(world, int(ref))
    if found is None or found.member_id != member.id or found.state != "open":
        return False
    if yes:
        rows.change_promise(world, found.id, state="done")
    return True
