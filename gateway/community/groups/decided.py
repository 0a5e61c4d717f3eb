"""What a meeting decided: its leader writes it down, all hear it by SMS and find it under the meeting. Who could not come hears it like who did."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.groups import rows
from gateway.community.groups.leading import ACTS_A_DAY, acts_today, leads, send, texts_left, to_tell
from gateway.community.groups.model import MEETING_LASTS_H, NOTICE_MOST, Group, Meeting, Meets, NotALeader, NoticeWords, RowId, Texts, ToldAll, TooFewTexts
from gateway.community.groups.verbs import group_of, meets
from gateway.community.groups.ways import codes_to
from gateway.community.items import brakes
from gateway.community.items.model import HeldWords
from gateway.community.model import TooMany
from gateway.members import rows as members
from gateway.members.verbs import the_member
from gateway.records.model import masked
from menus import alphabet
from menus.book import more_notices
from menus.phrasebook import Row

WRITTEN_DAYS = 14  # after a meeting its leader may still say what it decided
ASKED_DAYS = 3  # and is asked for it, once; later nobody remembers it well
LISTED = 7  # meetings whose decisions are listed: a page
LINE_MOST = 20  # letters of a decision in a line


@dataclass(frozen=True)
class MeetingWas:
    """The last meeting, how many SMS it takes to tell all what it decided, and how many are left this month."""

    meeting: RowId
    meets: Meets
    texts: Texts
    texts_left: Texts


class NothingMet: ...


@dataclass(frozen=True)
class DecidedShown:
    meets: Meets
    decided: NoticeWords


class NothingDecided: ...


class DecidedAlready:
    """All were told, and what they were told stands."""


# For who leads.


def which_meeting(world: Any, caller: str, group: str) -> MeetingWas | NothingMet | NotALeader:
    found, member = leads(world, caller, group), the_member(world, caller)
    if found is None:
        return NotALeader()
    last = rows.last_meeting(world, found.id, world.now() - dt.timedelta(days=WRITTEN_DAYS))
    if last is None:
        return NothingMet()
    texts = Texts(len(to_tell(world, found, member.id)))
    return MeetingWas(RowId(last.id), meets(world, last.at, member.language), texts, Texts(texts_left(world, found)))


def say_decided(
    world: Any, caller: str, group: str, meeting: str, words: str, tell: str
) -> ToldAll | DecidedAlready | TooFewTexts | TooMany | HeldWords | NothingMet | NotALeader:
    """Until all were told by SMS it may be written anew; from then on it stands, and what is to be added is a notice."""
    found, member = leads(world, caller, group), the_member(world, caller)
    if found is None:
        return NotALeader()
    rows.lock(world, found.id)
    one = rows.meeting(world, int(meeting))
    if one is None or not _may_be_written(world, found, one):
        return NothingMet()
    if brakes.held_word(world, words):
        return HeldWords()
    said = alphabet.plain(masked(words)).strip()[:NOTICE_MOST]
    if said == one.decided and (one.told or tell != "yes"):  # the same turn, heard again
        return ToldAll(Texts(0))
    if one.told:
        return DecidedAlready()
    if acts_today(world, found) >= ACTS_A_DAY:
        return TooMany(ACTS_A_DAY)
    receivers = to_tell(world, found, member.id) if tell == "yes" else []
    if len(receivers) > texts_left(world, found):
        return TooFewTexts()
    rows.change_meeting(world, one.id, decided=said, decided_at=world.now(), told=tell == "yes")
    for other in receivers:
        day = world.phrases.day(world.organisation.local(one.at), other.language)
        send(world, found, [other], more_notices.DECIDED, f"decided:{one.id}", day=day, words=said)
    return ToldAll(Texts(len(receivers)))


def _may_be_written(world: Any, group: Group, one: Meeting) -> bool:
    since = world.now() - dt.timedelta(days=WRITTEN_DAYS)
    return one.group_id == group.id and one.state == "called" and bool(since <= one.at <= world.now())


# For everybody.


def has_decided(world: Any, caller: str, group: str) -> bool:
    return bool(decisions_of(world, caller, group))


def decisions_of(world: Any, caller: str, group: str) -> list[Row]:
    """The last meetings and how what they decided begins, the newest first."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    listed = rows.decided_of(world, found.id, LISTED) if found else []
    return [
        Row(str(one.id), f"{world.phrases.day(world.organisation.local(one.at), member.language)} {alphabet.cut(one.decided, LINE_MOST)}") for one in listed
    ]  # fmt: skip


def look_at_decided(world: Any, caller: str, decided_by: str, group: str) -> DecidedShown | NothingDecided:
    member = the_member(world, caller)
    found = group_of(world, member, group)
    one = rows.meeting(world, int(decided_by)) if found and decided_by.isdigit() else None
    if one is None or found is None or one.group_id != found.id or not one.decided:
        return NothingDecided()
    return DecidedShown(meets(world, one.at, member.language), NoticeWords(one.decided))


# By the clock.


def ask_what_was_decided(world: Any) -> int:
    """When a meeting is over its leaders are asked once, by one SMS of the group's month, what was decided. How many are asked."""
    asked, now = 0, world.now()
    for one in rows.meetings_undecided(world, now - dt.timedelta(days=ASKED_DAYS), now - dt.timedelta(hours=MEETING_LASTS_H)):
        group = rows.by_id(world, one.group_id)
        if group is None or not rows.change_meeting(world, one.id, asked_at=now):
            continue
        leaders = members.by_ids(world, [each.member_id for each in rows.in_group(world, group.id) if each.role == "leader"])
        receivers = [each for each in to_tell(world, group, but=0) if each.id in leaders][: texts_left(world, group)]
        codes = codes_to(world, [each.id for each in receivers], group, "98", "6", "98", "7")
        for each in receivers:
            send(world, group, [each], more_notices.WHAT_WAS_DECIDED, f"ask-decided:{one.id}", code=codes[each.id])
        asked += len(receivers)
    return asked
