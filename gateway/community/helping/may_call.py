"""Who asked may wish to speak with who answered: they are asked by SMS, and numbers stay hidden until they say yes."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community import rows as questions
from gateway.community.helping import rows
from gateway.community.helping.model import NoAnswer
from gateway.community.items import brakes
from gateway.community.items import rows as items
from gateway.community.items.model import Rests, SaidToday, Title
from gateway.community.items.verbs import is_new, title_of
from gateway.community.naming import named
from gateway.community.questions import QUIET, ask_by_text, forget, remember_quietly, waits_still
from gateway.members import rows as members
from gateway.members.keeping import at_home
from gateway.members.model import Gone, Member, ShortName, short
from gateway.members.verbs import the_member
from gateway.records import rows as records
from gateway.records.verbs import write_text
from menus.book import notices

MAY_CALL = "may_call"  # the kind of the question
ABOUT = "helping"  # how these SMS are counted
ASKS_A_DAY = 3  # of one member: a call is a favour
ONCE_DAYS = 14  # in which nobody is asked the same twice


@dataclass(frozen=True)
class CallAsked:
    to_name: ShortName


@dataclass(frozen=True)
class MayTheyCall:
    """Who asked wishes to speak with the caller; what about."""

    from_name: ShortName
    title: Title


class CallAgreed: ...


class CallRefused: ...


def ask_to_call(world: Any, caller: str, given: str, item: str, key: str) -> CallAsked | NoAnswer | SaidToday | Rests:
    """Only of an answer to one's own question, given by a member who is still here, on a phone of their own: where several read it nobody could answer
    for one. The same is said after a no: nobody is told that they were refused.
    """
    if brakes.rests(world, "questions"):
        return Rests()
    member, one = the_member(world, caller), rows.answer(world, int(given)) if given.isdigit() else None
    question = items.by_id(world, one.item_id) if one else None
    helper = members.by_ids(world, [one.member_id]).get(one.member_id) if one and one.member_id else None
    if one is None or question is None or question.member_id != member.id or one.state != "open":
        return NoAnswer()
    if helper is None or helper.status != "active" or helper.shared:
        return NoAnswer()
    if _ref(member, one.id) not in _asked_by(world, member, ONCE_DAYS):
        today = _asked_by(world, member, 1)
        if is_new(world, member) or len(today) >= ASKS_A_DAY:
            return SaidToday()
        if not ask_by_text(
            world, helper, MAY_CALL, _ref(member, one.id), notices.MAY_THEY_CALL, key=f"may-call:{key}", title=short(member.name), about=ABOUT,
            name=short(member.name), words=title_of(question),
        ):  # fmt: skip
            remember_quietly(world, helper.number, MAY_CALL, _ref(member, one.id), short(member.name))  # who wants no SMS finds it under 9
    return CallAsked(named(world, helper, member, member.language))


def _asked_by(world: Any, member: Member, days: int) -> list[str]:
    since = world.now() - dt.timedelta(days=days)
    return [ref for kind in (MAY_CALL, f"{MAY_CALL}{QUIET}") for ref in questions.asked_for(world, kind, f"{member.id},", since)]


def _ref(member: Member, answer_id: int) -> str:
    return f"{member.id},{answer_id}"


def look_at_call(world: Any, helper: Member, ref: str) -> MayTheyCall | Gone:
    """What an SMS asks, under 9."""
    asker_id, _, answer_id = ref.partition(",")
    asker, one = members.by_ids(world, [int(asker_id)]).get(int(asker_id)), rows.answer(world, int(answer_id))
    question = items.by_id(world, one.item_id) if one and one.member_id == helper.id else None
    if asker is None or asker.status != "active" or question is None or not waits_still(world, helper.number, MAY_CALL, ref, ONCE_DAYS):
        forget(world, helper.number, MAY_CALL, ref)
        world.seen.clear()  # it waits no more
        return Gone()
    return MayTheyCall(short(asker.name), title_of(question))


def say_of_call(world: Any, caller: str, draft: str, call: str) -> CallAgreed | CallRefused | Gone:
    """The same answer under 9."""
    helper, ref = the_member(world, caller), draft.partition("-")[2]
    if isinstance(look_at_call(world, helper, ref), Gone) or not answer_call(world, helper, ref, yes=call == "yes"):
        return Gone()
    forget(world, helper.number, MAY_CALL, ref)
    world.seen.clear()
    return CallAgreed() if call == "yes" else CallRefused()


def answer_call(world: Any, helper: Member, ref: str, *, yes: bool) -> bool:
    """With a yes the asker gets the number by SMS; a no is told to nobody."""
    asker_id, _, answer_id = ref.partition(",")
    asker = members.by_ids(world, [int(asker_id)]).get(int(asker_id))
    if asker is None or asker.status != "active":
        return False
    if yes:
        phone, key = at_home(world, helper.number), f"call-them:{answer_id}:{asker.id}"
        words = world.phrases.say(notices.CALL_THEM, asker.language, name=short(helper.name), phone=phone)
        kind = "reply" if records.stopped(world, asker.number, ABOUT) else "service"  # they asked for this very SMS
        write_text(world, key=key, number=asker.number, kind=kind, words=words, member_id=asker.id, about=ABOUT, hours=asker.hours)
    return True
