"""What leaders do on the phone: call a meeting, send a notice, say yes to who asks, invite. Each SMS is counted before it is sent."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.groups import rows
from gateway.community.groups.model import (
    MEETING_DAYS,
    TEXTS_A_MONTH,
    AskedAlready,
    Asker,
    AskerGone,
    Group,
    GroupIsFull,
    InItAlready,
    LetIn,
    MeetingCosts,
    NotALeader,
    NotLetIn,
    TellingCosts,
    Texts,
    ToldAll,
    TooEarly,
    TooFewTexts,
    begin_of,
)
from gateway.community.groups.model import Notice as GroupNotice
from gateway.community.groups.verbs import meets, no_room, standing_in
from gateway.community.items import brakes
from gateway.community.items.model import HeldWords
from gateway.community.model import TooMany
from gateway.community.questions import ask_by_text
from gateway.members import rows as members
from gateway.members.model import Found, Member, short, tail
from gateway.members.payments import receiver_of
from gateway.members.verbs import the_member
from gateway.records import rows as records
from gateway.records.model import masked
from gateway.records.verbs import NewText, write_text, write_texts
from menus import alphabet
from menus.book import notices
from menus.notice import Notice

INVITED_A_DAY = 20  # members whom one group invites in a day: a circle of neighbours, not a campaign
LOOKED_AT = 30  # notices of a group, the newest
ACTS_A_DAY = 5  # notices and meetings of one group in a day: a group is told, not shouted at


def leads(world: Any, caller: str, group: str) -> Group | None:
    """The group, if the caller leads it now."""
    member = members.by_number(world, caller)
    found = standing_in(world, member, group) if member else None
    return found[0] if found and found[1].role == "leader" else None


def about(group: Group) -> str:
    """How the messages of a group are counted."""
    return f"group {group.number}"


def texts_left(world: Any, group: Group) -> int:
    """How many SMS a group may still send this month; none while the staff lets the SMS of groups rest."""
    if brakes.rests(world, "group_sms"):
        return 0
    begin = begin_of("month", world.organisation.local(world.now()))
    return max(TEXTS_A_MONTH - records.count_about(world, about(group), begin), 0)


def to_tell(world: Any, group: Group, but: int) -> list[Member]:
    """Who of a group would get an SMS: all but who writes it, and but those who want none."""
    known = members.by_ids(world, [one.member_id for one in rows.in_group(world, group.id) if one.member_id != but])
    stopped = records.stopped_among(world, [one.number for one in known.values()], about(group))
    return [one for one in known.values() if one.number not in stopped]


def price_notice(world: Any, caller: str, group: str, words: str) -> TellingCosts | HeldWords | NotALeader:
    """How many SMS it would take; what holds a word of the list is said at once, before anything is chosen."""
    found = leads(world, caller, group)
    if found is None:
        return NotALeader()
    if brakes.held_word(world, words):
        return HeldWords()
    return TellingCosts(Texts(len(to_tell(world, found, the_member(world, caller).id))), Texts(texts_left(world, found)))


def send_notice(world: Any, caller: str, group: str, words: str, tell: str, key: str) -> ToldAll | TooFewTexts | TooMany | HeldWords | NotALeader:
    """Put a notice up, and send it when the leader has seen what that takes."""
    found, member = leads(world, caller, group), the_member(world, caller)
    if found is None:
        return NotALeader()
    if brakes.held_word(world, words):
        return HeldWords()
    if acts_today(world, found) >= ACTS_A_DAY:
        return TooMany(ACTS_A_DAY)
    receivers = to_tell(world, found, member.id) if tell == "yes" else []
    if len(receivers) > texts_left(world, found):
        return TooFewTexts()
    said = alphabet.plain(masked(words)).lstrip("= ") or "-"  # words that begin with = are ours: the result of a vote
    if rows.add_notice(world, key=key, group_id=found.id, member_id=member.id, words=said):
        send(world, found, receivers, notices.GROUP_NOTICE, f"notice:{key}", name=short(member.name), words=said)
    return ToldAll(Texts(len(receivers)))


def acts_today(world: Any, group: Group) -> int:
    """Notices and meetings of its leaders, and what meetings decided; what members write and what votes came to takes no place of theirs."""
    since: dt.datetime = world.now() - dt.timedelta(days=1)
    return len(written_since(world, group, since, by_leaders=True)) + rows.meetings_made_since(world, group.id, since)


def written_since(world: Any, group: Group, since: dt.datetime, *, by_leaders: bool) -> list[GroupNotice]:
    """Notices in their own words of those who lead it now, or of all others."""
    leaders = {one.member_id for one in rows.in_group(world, group.id) if one.role == "leader"}
    newest = (one for one in rows.notices_of(world, group.id, LOOKED_AT) if one.made_at >= since and not one.is_ours)
    return [one for one in newest if (one.member_id in leaders) == by_leaders]


def price_meeting(world: Any, caller: str, group: str, day: str, hour: str) -> MeetingCosts | NotALeader | TooEarly:
    found = leads(world, caller, group)
    if found is None:
        return NotALeader()
    at = _moment(world, day, hour)
    if at <= world.now():
        return TooEarly()
    member = the_member(world, caller)
    return MeetingCosts(meets(world, at, member.language), Texts(len(to_tell(world, found, member.id))), Texts(texts_left(world, found)))


def call_meeting(
    world: Any, caller: str, group: str, day: str, hour: str, where: str, agenda: str, tell: str, key: str
) -> ToldAll | TooFewTexts | TooMany | NotALeader | TooEarly:
    found, member = leads(world, caller, group), the_member(world, caller)
    if found is None:
        return NotALeader()
    at = _moment(world, day, hour)
    if at <= world.now():
        return TooEarly()
    if acts_today(world, found) >= ACTS_A_DAY:
        return TooMany(ACTS_A_DAY)
    receivers = to_tell(world, found, member.id) if tell == "yes" else []
    if len(receivers) > texts_left(world, found):
        return TooFewTexts()
    place = alphabet.plain(masked(where)) or found.usual_place or found.name
    if id := rows.add_meeting(world, key=key, group_id=found.id, member_id=member.id, at=at, place=place[:20], agenda=agenda):
        if where:
            rows.change(world, found.id, usual_place=place[:20])
        meeting = rows.meeting(world, id)
        assert meeting, "it has just been called"
        rows.put_rsvp(world, meeting.id, member.id, True)
        _invite_all(world, found, receivers, meeting, f"meeting:{meeting.id}")
    return ToldAll(Texts(len(receivers)))


def _invite_all(world: Any, group: Group, receivers: list[Member], meeting: Any, key: str) -> None:
    for one in receivers:
        ask_by_text(
            world, one, "meeting", str(meeting.id), notices.MEETING, key=f"{key}:{one.id}", about=about(group), title=group.name,
            place=group.name, meets=meets(world, meeting.at, one.language), where=meeting.place, agenda=world.phrases.text(meeting.agenda, one.language),
        )  # fmt: skip


def _moment(world: Any, day: str, hour: str) -> dt.datetime:
    """A day and an hour as they were picked from our lists."""
    local: dt.datetime = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(int(hour)), world.organisation.zone)
    return local.astimezone(dt.UTC)


def send(world: Any, group: Group, receivers: list[Member], notice: Notice, key: str, **words: Any) -> None:
    """An SMS to each of these, once for its key; it counts in the group's month."""
    write_texts(world, [
        NewText(
            f"{key}:{one.id}", one.number, "service", world.phrases.say(notice, one.language, place=group.name, **words), one.id, about(group), one.hours
        )
        for one in receivers
    ])  # fmt: skip


def look_at_asker(world: Any, caller: str, group: str, asker: str) -> Asker | AskerGone:
    found = leads(world, caller, group)
    standing = rows.membership(world, found.id, int(asker)) if found and asker.isdigit() else None
    other = members.by_id(world, standing.member_id) if standing and standing.state == "asked" else None
    return Asker(short(other.name), tail(other.number)) if other else AskerGone()


def decide_asker(world: Any, caller: str, group: str, asker: str, confirm: str, key: str) -> LetIn | NotLetIn | AskerGone | GroupIsFull:
    """Yes or no to who asks to join; a no is told kindly, without a reason."""
    found = leads(world, caller, group)
    standing = rows.membership(world, found.id, int(asker)) if found and asker.isdigit() else None
    other = members.by_id(world, standing.member_id) if standing and standing.state == "asked" else None
    if found is None or standing is None or other is None:
        return AskerGone()
    if confirm == "yes":
        if no_room(world, found, other):
            return GroupIsFull()
        rows.put(world, found.id, other.id, state="member")
    else:
        rows.put(world, found.id, other.id, state="refused")
    notice = notices.LET_IN if confirm == "yes" else notices.NOT_LET_IN
    words = world.phrases.say(notice, other.language, place=found.name, code=world.organisation.dial("3"))
    write_text(world, key=f"joined:{key}", number=other.number, kind="service", words=words, member_id=other.id, about=about(found), hours=other.hours)
    return LetIn() if confirm == "yes" else NotLetIn()


def invite(world: Any, caller: str, group: str, to: str, key: str) -> Found | AskedAlready | InItAlready | NotALeader | GroupIsFull | TooMany:
    """Ask a member into the group; nobody is added without their own yes. The SMS is one of the group's month; without it the invitation stands under 3."""
    found = leads(world, caller, group)
    other = receiver_of(world, to)
    if found is None or other is None:
        return NotALeader()
    standing = rows.membership(world, found.id, other.id)
    if standing and standing.state == "member":
        return InItAlready()
    if standing and standing.state in ("invited", "refused") and (world.now() - standing.since).days < MEETING_DAYS:
        return AskedAlready()
    if no_room(world, found, other):
        return GroupIsFull()
    if standing and standing.state == "asked":
        rows.put(world, found.id, other.id, state="member")
        return InItAlready()
    if rows.invited_since(world, found.id, world.now() - dt.timedelta(days=1)) >= INVITED_A_DAY:
        return TooMany(INVITED_A_DAY)
    rows.put(world, found.id, other.id, state="invited")
    tell_invited(world, found, other, short(the_member(world, caller).name), key)
    return Found(short(other.name), tail(other.number))


def tell_invited(world: Any, group: Group, other: Member, by: str, key: str) -> None:
    if not texts_left(world, group):
        return
    words = world.phrases.say(notices.INVITED, other.language, name=by, place=group.name, code=world.organisation.dial("3"))
    write_text(world, key=f"invited:{key}", number=other.number, kind="service", words=words, member_id=other.id, about=about(group), hours=other.hours)


def tell_changed(world: Any, group: Group, member: Member, to: str) -> None:
    """What the office changed of somebody's standing is told to them, with where to ask."""
    notice, keys = {
        "member": (notices.OFFICE_LEADER_NO_MORE, ("6", "1")), "left": (notices.OFFICE_TOOK_OUT, ("6", "1")),
    }[to]  # fmt: skip
    words = world.phrases.say(notice, member.language, place=group.name, code=world.organisation.dial(*keys))
    key = f"standing:{group.id}:{member.id}:{world.new_id()}"
    write_text(world, key=key, number=member.number, kind="service", words=words, member_id=member.id, about=about(group), hours=member.hours)


def remind_meetings(world: Any) -> int:
    """The day before, whoever said that they come hears of it once more."""
    reminded = 0
    for meeting in rows.meetings_to_remind(world, world.now(), world.now() + dt.timedelta(hours=24)):
        group = rows.by_id(world, meeting.group_id)
        if group is None or not rows.change_meeting(world, meeting.id, reminded_at=world.now()):
            continue
        coming = [member_id for member_id, comes in rows.rsvps_of(world, meeting.id).items() if comes]
        receivers = list(members.by_ids(world, coming).values())[: texts_left(world, group)]
        write_texts(world, [
            NewText(
                f"remind:{meeting.id}:{one.id}", one.number, "service",
                world.phrases.say(notices.MEETING_SOON, one.language, place=group.name, meets=meets(world, meeting.at, one.language), where=meeting.place),
                one.id, about(group), one.hours,
            )
            for one in receivers
        ])  # fmt: skip
        reminded += len(receivers)
    return reminded
