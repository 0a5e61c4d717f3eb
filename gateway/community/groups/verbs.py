"""What members do with their groups: come in, join, start one, leave it, hear what it says and when it meets."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community import rows as community
from gateway.community.commons import rows as commons
from gateway.community.counting import next_free
from gateway.community.groups import rows
from gateway.community.groups.model import (
    GROUPS_MOST,
    LED_MOST,
    MEETING_LASTS_H,
    MEMBERS_MOST,
    YOUNG_DAYS,
    Agenda,
    Declined,
    Fellow,
    FellowGone,
    FellowHidden,
    Group,
    GroupFirst,
    GroupHasMoney,
    GroupIsFull,
    GroupNumber,
    GroupStarted,
    Heads,
    InGroup,
    InNoGroup,
    Invited,
    LeftGroup,
    Meeting,
    MeetingSet,
    Meets,
    Membership,
    MyMeeting,
    NoMeeting,
    NoticeGone,
    NoticeHeard,
    NoticeShown,
    NoticeWords,
    NotInGroup,
    OnlyLeader,
    RoleName,
    RowId,
    RsvpNoted,
    SeveralGroups,
    ShareOpen,
    TooManyGroups,
    TopicNames,
    VillageName,
    Where,
)
from gateway.community.groups.results import notice_words
from gateway.community.helping import rows as helping
from gateway.community.items import brakes
from gateway.community.items.model import HeldWords
from gateway.community.lending import rows as lending_rows
from gateway.community.lending.model import LoanOpen
from gateway.community.model import Thing
from gateway.community.topics.verbs import listed
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Money
from gateway.members import rows as members
from gateway.members.model import Day, Member, PlaceName, ShortName, short
from gateway.members.verbs import the_member
from gateway.money.standing import stop_orders_to
from menus import alphabet

COMES = {"yes": True, "no": False, "unsure": None}
ROLES = {"leader": "leader", "member": "member"}  # as they are said; each is in the catalogue


def find_my_group(world: Any, caller: str) -> InGroup | SeveralGroups | Invited | InNoGroup:
    """The one group of a member at once; who has several is asked, and whom a group invites is asked first."""
    member = the_member(world, caller)
    if invited := rows.of_member(world, member.id, "invited"):
        return Invited(GroupNumber(invited[0].number), PlaceName(invited[0].name))
    match rows.of_member(world, member.id):
        case []:
            return InNoGroup()
        case [one]:
            return _in(one)
        case _:
            return SeveralGroups()


def enter_group(world: Any, caller: str, which: str) -> InGroup | NotInGroup:
    found = group_of(world, the_member(world, caller), which)
    return _in(found) if found else NotInGroup()


def standing_in(world: Any, member: Member, number: str) -> tuple[Group, Membership] | None:
    """The group of this number and how this member stands in it, if they are in it now; asked once a turn."""
    key = (rows.STANDING, number, member.id)
    if key not in world.seen:
        group = rows.by_number(world, number)
        standing = rows.membership(world, group.id, member.id) if group and group.state == "open" else None
        world.seen[key] = (group, standing) if standing and standing.state == "member" else None
    found: tuple[Group, Membership] | None = world.seen[key]
    return found


def group_of(world: Any, member: Member, number: str) -> Group | None:
    """The group of this number, if this member is in it now."""
    found = standing_in(world, member, number)
    return found[0] if found else None


def _in(group: Group) -> InGroup:
    return InGroup(GroupNumber(group.number), PlaceName(group.name))


def accept_invitation(world: Any, caller: str, group: str) -> InGroup | NotInGroup | TooManyGroups | GroupIsFull:
    member, found = the_member(world, caller), rows.by_number(world, group)
    standing = rows.membership(world, found.id, member.id) if found else None
    if found is None or standing is None or standing.state != "invited":
        return _in(found) if found and standing and standing.state == "member" else NotInGroup()
    if refused := no_room(world, found, member):
        return refused
    rows.put(world, found.id, member.id, state="member", role=standing.role)
    return _in(found)


def decline_invitation(world: Any, caller: str, group: str) -> Declined:
    member, found = the_member(world, caller), rows.by_number(world, group)
    standing = rows.membership(world, found.id, member.id) if found else None
    if found and standing and standing.state == "invited":
        rows.put(world, found.id, member.id, state="refused")
    return Declined()


def no_room(world: Any, group: Group, member: Member) -> TooManyGroups | GroupIsFull | None:
    if len(rows.of_member(world, member.id)) >= GROUPS_MOST:
        return TooManyGroups()
    return GroupIsFull() if rows.heads_of(world, [group.id]).get(group.id, 0) >= MEMBERS_MOST else None


def start_group(world: Any, caller: str, group_name: str) -> GroupStarted | TooManyGroups | HeldWords:
    """A new group with an account of its own; who starts it leads it."""
    member = the_member(world, caller)
    mine = rows.of_member(world, member.id)
    led = [one for one in mine if (standing := rows.membership(world, one.id, member.id)) and standing.role == "leader"]
    young = rows.young_groups(world, member.id, world.now() - dt.timedelta(days=YOUNG_DAYS))  # those that were started and left again too
    if len(mine) >= GROUPS_MOST or len(led) >= LED_MOST or young >= GROUPS_MOST:
        return TooManyGroups()
    if brakes.held_word(world, group_name):
        return HeldWords()
    group = open_group(world, alphabet.plain(group_name).strip())
    rows.put(world, group.id, member.id, state="member", role="leader")
    return GroupStarted(GroupNumber(group.number), PlaceName(group.name))


def open_group(world: Any, name: str, *, number: str = "", period: str = "month", account_id: int | None = None, open_list: bool = False) -> Group:
    """A group with a number of its own, which carries a check digit, and an account. Who has paid in is seen by name when the group has said so."""
    if not number:
        number = next_free(world)
    account_id = account_id or ledger.open_account(world, code=f"G{number}", name=name, product="group")
    rows.add(world, number=number, name=name, account_id=account_id, period=period, open_list=open_list)
    group = rows.by_number(world, number)
    assert group, "it has just been written"
    return group


def leave_group(world: Any, caller: str, group: str) -> LeftGroup | OnlyLeader | GroupHasMoney | ShareOpen | LoanOpen:
    """Nobody is kept. The only leader of others names another one first, and the last of all leaves no money behind."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None:
        return LeftGroup()
    if stays := _stays_for(world, found, member):
        return stays
    rows.put(world, found.id, member.id, state="left")
    stop_orders_to(world, found.account_id, "left the group", member.id)
    return LeftGroup()


def first_to_settle(world: Any, member: Member) -> GroupFirst | None:
    """The group that keeps a member who would leave the co-operative."""
    for one in sorted(rows.of_member(world, member.id), key=lambda one: one.id):  # locked in one order by all
        if _stays_for(world, one, member):
            return GroupFirst(PlaceName(one.name))
    return None


def _stays_for(world: Any, group: Group, member: Member) -> OnlyLeader | GroupHasMoney | ShareOpen | LoanOpen | None:
    rows.lock(world, group.id)  # of two leaders who leave at once one must stay
    fellows = rows.in_group(world, group.id)
    if len(fellows) > 1 and [one.member_id for one in fellows if one.role == "leader"] == [member.id]:
        return OnlyLeader()
    if commons.open_in(world, group.id, member.id):
        return ShareOpen()
    if lending_rows.owes(world, group.id, member.id):
        return LoanOpen()
    return GroupHasMoney() if len(fellows) == 1 and balance_of(world, group).minor else None


def look_at_fellow(world: Any, caller: str, fellow: str, group: str) -> Fellow | FellowHidden | FellowGone:
    member = the_member(world, caller)
    found = group_of(world, member, group)
    standing = rows.membership(world, found.id, int(fellow)) if found and fellow.isdigit() else None
    other = members.by_ids(world, [standing.member_id]).get(standing.member_id) if standing and standing.state == "member" else None
    if standing is None or other is None:
        return FellowGone()
    if other.shown_to == "nobody" and other.id != member.id:
        return FellowHidden()
    since = Day(world.phrases.day(world.organisation.local(standing.since), member.language))
    helper = helping.helper(world, other.id)
    topics = listed(world, helper.topics if helper else (), member.language) or "-"
    village = other.village or str(world.phrases.text("no village", member.language))
    role = RoleName(world.phrases.text(ROLES[standing.role], member.language))
    return Fellow(
        RowId(other.code), short(other.name), role, since, VillageName(village), TopicNames(topics), Heads(min(community.thanks_to(world, other.id), 99))
    )  # fmt: skip


def read_notice(world: Any, caller: str, notice: str, group: str) -> NoticeShown | NoticeGone:
    member = the_member(world, caller)
    found = group_of(world, member, group)
    one = rows.notice(world, int(notice)) if found and notice.isdigit() else None
    if found is None or one is None or one.group_id != found.id:
        return NoticeGone()
    writer = members.by_ids(world, [one.member_id]).get(one.member_id)
    name = ShortName(found.name) if one.is_ours else short(writer.name) if writer else ShortName("?")
    day = world.phrases.day(world.organisation.local(one.made_at), member.language)
    words = NoticeWords(notice_words(world, one.words, member.language))
    return NoticeShown(Thing(f"notice-{one.id}"), words, name, Day(day), RowId(writer.code if writer else "-"), name)


def hear_notice(world: Any, caller: str, notice: str, group: str) -> NoticeHeard | NoticeGone:
    """The member says that she has read it; the leader sees how many have, never who has not."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    one = rows.notice(world, int(notice)) if found and notice.isdigit() else None
    if found is None or one is None or one.group_id != found.id:
        return NoticeGone()
    rows.hear(world, one.id, member.id)
    return NoticeHeard(Heads(rows.heard_of(world, [one.id])[one.id]), Heads(rows.heads_of(world, [found.id])[found.id]))


def next_meeting(world: Any, caller: str, group: str) -> MeetingSet | NoMeeting:
    found = group_of(world, the_member(world, caller), group)
    coming = rows.meetings_of(world, found.id, world.now() - dt.timedelta(hours=MEETING_LASTS_H), 1) if found else []
    return _set(world, the_member(world, caller), coming[0]) if coming else NoMeeting()


def _set(world: Any, member: Member, meeting: Meeting) -> MeetingSet:
    comes = _coming(world, meeting.id)
    return MeetingSet(
        RowId(meeting.id),
        meets(world, meeting.at, member.language),
        Where(meeting.place),
        Agenda(world.phrases.text(meeting.agenda, member.language)),
        Heads(comes),
    )


def meets(world: Any, moment: dt.datetime, language: str) -> Meets:
    """`Mon 30 Nov 14:00`, in local time."""
    local = world.organisation.local(moment)
    return Meets(f"{world.phrases.weekday(local, language)} {world.phrases.day(local, language)} {local:%H:%M}")


def say_if_coming(world: Any, caller: str, meeting: str, show: str) -> RsvpNoted | NoMeeting:
    """Yes, no or not sure, to be changed until it begins."""
    return rsvp(world, the_member(world, caller), int(meeting), COMES[show])


def _coming(world: Any, meeting_id: int) -> int:
    return sum(bool(comes) for comes in rows.rsvps_of(world, meeting_id).values())


def rsvp(world: Any, member: Member, meeting_id: int, comes: bool | None) -> RsvpNoted | NoMeeting:
    found = rows.meeting(world, meeting_id)
    group = rows.by_id(world, found.group_id) if found and found.state == "called" else None
    if found is None or group is None or group_of(world, member, group.number) is None:
        return NoMeeting()
    if found.at + dt.timedelta(hours=MEETING_LASTS_H) < world.now():
        return NoMeeting()
    rows.put_rsvp(world, found.id, member.id, comes)
    return RsvpNoted(Heads(_coming(world, found.id)), Heads(rows.heads_of(world, [group.id])[group.id]))


def my_next_meeting(world: Any, caller: str) -> MyMeeting | NoMeeting:
    """The next meeting of any of the caller's groups, for an SMS."""
    member = the_member(world, caller)
    since = world.now() - dt.timedelta(hours=MEETING_LASTS_H)
    coming = [(one, group) for group in rows.of_member(world, member.id) for one in rows.meetings_of(world, group.id, since, 1)]
    if not coming:
        return NoMeeting()
    one, group = min(coming, key=lambda pair: pair[0].at)
    found = _set(world, member, one)
    return MyMeeting(PlaceName(group.name), found.meeting, found.meets, found.where, found.coming)


def say_by_text(world: Any, caller: str, meeting: str, come: str) -> RsvpNoted | NoMeeting:
    return rsvp(world, the_member(world, caller), int(meeting), COMES[come])


def balance_of(world: Any, group: Group) -> Money:
    money: Money = world.organisation.money(ledger_rows.account(world, group.account_id).balance)
    return money
