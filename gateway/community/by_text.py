"""What is asked by SMS with a name: the best ideas of a group, a village or a matter; who somebody is; a meeting that a leader calls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, ClassVar

from gateway.community import rows as community
from gateway.community.groups import rows as groups
from gateway.community.groups.facts import put_in_by
from gateway.community.groups.leading import call_meeting
from gateway.community.groups.model import HOURS, MEETING_DAYS, Group, Meets, NotInGroup, RowId, TooEarly, TopicNames, VillageName
from gateway.community.groups.verbs import meets
from gateway.community.helping import rows as helping
from gateway.community.items import near_rows
from gateway.community.items.model import OPEN, Few, Item
from gateway.community.items.verbs import look_alikes, title_of
from gateway.community.model import TooMany
from gateway.community.naming import sees
from gateway.community.people.model import NobodyThere
from gateway.community.topics.verbs import listed
from gateway.ledger.model import Money
from gateway.members import rows as members
from gateway.members.model import Member, PlaceName, ShortName, is_code, short
from gateway.members.payments import receiver_of
from gateway.members.verbs import may_look_up, the_member
from menus import alphabet
from menus.book.sms import SMS
from menus.days import day_meant, hour_meant

TOLD = 3  # ideas in one SMS
BEFORE_PLACE = re.compile(r"(?i)^(at|in|hapo|pale|katika)\s+")  # as people write it
ALONE = "Send the one word {word}. More is not needed."  # of a command that takes nothing behind it; in the catalogue
AGENDA = "Something else"  # what a meeting is about that was called by SMS; in the catalogue


class WhereName(str):
    longest: ClassVar[str] = "x" * 14


class HelpWords(str):
    longest: ClassVar[str] = "x" * 150


class ThreeIdeas(str):
    longest: ClassVar[str] = "12345 xxxxxxxxxxxxxx 9999. " * TOLD


@dataclass(frozen=True)
class TopThere:
    where: WhereName
    three: ThreeIdeas


@dataclass(frozen=True)
class NothingOnTop:
    where: WhereName


@dataclass(frozen=True)
class WhoTold:
    """`to` is the member's code."""

    to: RowId
    to_name: ShortName
    village: VillageName
    my_topics: TopicNames
    thanked: Few


class WhichOne: ...


@dataclass(frozen=True)
class GroupToLeave:
    place: PlaceName
    put_in: Money


@dataclass(frozen=True)
class HelpFound:
    help_words: HelpWords


class NoSuchHelp: ...


@dataclass(frozen=True)
class MeetingCalled:
    place: PlaceName
    meets: Meets
    where: WhereName


class NoDay: ...


class LeadsNone: ...


class LeadsMany: ...


def top_of(world: Any, caller: str, said: str) -> TopThere | NothingOnTop:
    """The best of a group of one's own, by its name or number; else of a village; else of what it is about."""
    member, called = the_member(world, caller), " ".join(said.split())
    mine = _mine(world, member, called)
    found: list[Item]
    if mine:
        found = near_rows.best_of(world, OPEN, TOLD, group_id=mine.id)
    else:
        found = near_rows.best_of(world, OPEN, TOLD, village=called.lower()) or [one for one, _ in look_alikes(world, called, ("idea",))][:TOLD]
    where = WhereName(mine.name if mine else alphabet.plain(called))
    if not found:
        return NothingOnTop(where)
    return TopThere(where, ThreeIdeas(" ".join(f"{one.number} {alphabet.cut(title_of(one), 14)} {one.supporters}." for one in found)))


def _mine(world: Any, member: Member, called: str) -> Group | None:
    """The member's own group that is called so, by its name, the first word of it, or its number."""
    return next((one for one in groups.of_member(world, member.id) if called.lower() in (one.name.lower(), one.name.lower().split()[0], one.number)), None)


def leave_by_text(world: Any, caller: str, said: str) -> GroupToLeave | NotInGroup:
    """How to leave a group, and what one has paid in there. Nobody leaves by SMS: a phone that was lent could do it."""
    member = the_member(world, caller)
    found = _mine(world, member, " ".join(said.split()).strip(" .!?"))
    return GroupToLeave(PlaceName(found.name), put_in_by(world, found, member.id)) if found else NotInGroup()


def help_on(world: Any, caller: str, topic: str) -> HelpFound | NoSuchHelp:
    """How one command is written, by its own hint; which one is meant is said by its first word."""
    word = topic.strip(" .!?*#").split()[0].upper()
    known = next((one for one in SMS if word in one.keywords and "{" not in one.hint), None)
    if known is None:
        return NoSuchHelp()
    member = members.by_number(world, caller)
    language = member.language if member else world.organisation.language
    hint = world.phrases.text(known.hint, language) if known.hint else str(world.phrases.text(ALONE, language)).format(word=word)
    return HelpFound(HelpWords(hint))


def who_by_text(world: Any, caller: str, said: str) -> WhoTold | WhichOne | NobodyThere:
    """By code or number, counted like every look-up; by name among those who share a group with the caller. Nobody who does not let themselves be seen."""
    me, called = the_member(world, caller), said.strip(" .?!")
    if is_code(called):
        other = receiver_of(world, called) if may_look_up(world, caller) else None
        return _told(world, me, other) if other else NobodyThere()
    ids = {one.member_id for group in groups.of_member(world, me.id) for one in groups.in_group(world, group.id)}
    fellows = [one for one in members.by_ids(world, sorted(ids)).values() if one.status == "active" and sees(world, one, me)]
    fits = [one for one in fellows if called.lower() in (one.name.lower(), one.name.lower().split()[0])]
    return _told(world, me, fits[0]) if len(fits) == 1 else WhichOne() if fits else NobodyThere()


def _told(world: Any, me: Member, other: Member) -> WhoTold | NobodyThere:
    if not sees(world, other, me):
        return NobodyThere()
    text, helper = world.phrases.text, helping.helper(world, other.id)
    topics = listed(world, helper.topics if helper else (), me.language) or "-"
    village = VillageName(other.village or str(text("no village", me.language)))
    return WhoTold(RowId(other.code), short(other.name), village, TopicNames(topics), Few(min(community.thanks_to(world, other.id), 99)))


def meet_by_text(world: Any, caller: str, said: str, key: str) -> MeetingCalled | NoDay | LeadsNone | LeadsMany | TooEarly | TooMany:
    """A leader calls a meeting: a day, a full hour, a place. It stands in the menu at once; no SMS goes out, for what that takes is seen on the phone
    before it is sent.
    """
    member = the_member(world, caller)
    led = [one for one in groups.of_member(world, member.id) if _leads(world, one, member)]
    if not led:
        return LeadsNone()
    today = world.organisation.local(world.now()).date()
    day = day_meant(said, today, ahead=True)
    hour = hour_meant(day[1]) if day else None
    if day is None or hour is None or hour[0] not in HOURS or (day[0] - today).days > MEETING_DAYS:
        return NoDay()
    place = BEFORE_PLACE.sub("", hour[1])
    group = led[0] if len(led) == 1 else next((one for one in led if one.number in place.split()), None)
    if group is None:
        return LeadsMany()
    where = " ".join(word for word in place.split() if word != group.number)
    outcome = call_meeting(world, caller, group.number, day[0].isoformat(), str(hour[0]), where, AGENDA, "no", key)
    if isinstance(outcome, TooMany | TooEarly):
        return outcome
    made = groups.meeting_by_key(world, key)
    assert made, "it has just been called"
    return MeetingCalled(PlaceName(group.name), meets(world, made.at, member.language), WhereName(made.place))


def _leads(world: Any, group: Group, member: Member) -> bool:
    standing = groups.membership(world, group.id, member.id)
    return standing is not None and standing.role == "leader"
