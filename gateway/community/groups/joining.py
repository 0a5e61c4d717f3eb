"""Join a group by its number: the member's yes first, then the leader's."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community import rows as questions
from gateway.community.groups import asker_rows, asking_all, rows
from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups.leading import about, texts_left
from gateway.community.groups.model import (
    AskedToJoin,
    Group,
    GroupIsFull,
    GroupNumber,
    GroupToJoin,
    Heads,
    InItAlready,
    Membership,
    NoSuchGroup,
    TooManyGroups,
)
from gateway.community.groups.verbs import no_room
from gateway.community.groups.votes import call_off
from gateway.members import rows as members
from gateway.members.model import Member, PlaceName, ShortName, short
from gateway.members.verbs import the_member
from gateway.records.verbs import write_text
from menus.book import notices

ASKS_MOST = 3  # groups that one member asks at once: each asking is an SMS to a leader
ASKED_DAYS = 14  # an asking that nobody answered counts so long
TAKEN_BACK = "took_back"  # under this it is kept that an asking was taken back
ASK_AGAIN_DAYS = 7  # after a no, or after one's own no to an invitation


@dataclass(frozen=True)
class AsksEnough:
    most: int


@dataclass(frozen=True)
class AskingStill:
    """Asked, and not answered yet."""

    group: GroupNumber
    place: PlaceName


@dataclass(frozen=True)
class AskingTakenBack:
    place: PlaceName


def find_group_to_join(world: Any, caller: str, code: int) -> GroupToJoin | AskingStill | NoSuchGroup | InItAlready:
    """The group of a number, with who leads it, so that nobody joins another one by a slip of the thumb."""
    group = rows.by_number(world, str(code))
    if group is None or group.state != "open":
        return NoSuchGroup()
    standing = rows.membership(world, group.id, the_member(world, caller).id)
    if standing and standing.state == "member":
        return InItAlready()
    if standing and standing.state == "asked":
        return AskingStill(GroupNumber(group.number), PlaceName(group.name))
    leaders = [one.member_id for one in rows.in_group(world, group.id) if one.role == "leader"]
    known = members.by_ids(world, leaders[:1])
    leader = short(known[leaders[0]].name) if leaders and leaders[0] in known else ShortName(world.organisation.short_name[:10])
    return GroupToJoin(GroupNumber(group.number), PlaceName(group.name), leader, Heads(rows.heads_of(world, [group.id]).get(group.id, 0)))


def ask_to_join(world: Any, caller: str, group: str) -> AskedToJoin | NoSuchGroup | InItAlready | TooManyGroups | GroupIsFull | AsksEnough:
    """The member's yes; the leader's comes later. Whom the leader has invited is in at once. Nobody asks all groups, nor one again and again."""
    member, found = the_member(world, caller), rows.by_number(world, group)
    if found is None or found.state != "open":
        return NoSuchGroup()
    standing = rows.membership(world, found.id, member.id)
    if standing and standing.state == "member":
        return InItAlready()
    if refused := no_room(world, found, member):
        return refused
    if standing and standing.state == "invited":
        rows.put(world, found.id, member.id, state="member", role=standing.role)
        return InItAlready()
    if standing is None or standing.state != "asked":
        back = _taken_back(world, member)
        lately = standing is not None and standing.state == "refused" and world.now() - standing.since < dt.timedelta(days=ASK_AGAIN_DAYS)
        if lately or _ref(member, found) in back or len(_open_askings(world, member)) + len(back) >= ASKS_MOST:
            return AsksEnough(ASKS_MOST)
        rows.put(world, found.id, member.id, state="asked")
        _tell_leaders(world, found, member)
    return AskedToJoin()


def take_asking_back(world: Any, caller: str, group: str) -> AskingTakenBack | InItAlready | NoSuchGroup:
    """Nobody answers it any more; to ask the same group again waits as after a no."""
    member, found = the_member(world, caller), rows.by_number(world, group)
    standing = rows.membership(world, found.id, member.id) if found else None
    if found is None or standing is None:
        return NoSuchGroup()
    if standing.state == "member":  # the leader was faster
        return InItAlready()
    if _end(world, standing):  # the same turn twice, or after a no, ends nothing and is true all the same
        questions.add_question(world, number=member.number, kind=TAKEN_BACK, ref=_ref(member, found), title="")
        questions.end_questions(world, member.number, TAKEN_BACK, _ref(member, found))  # it asks nothing, and is counted
    return AskingTakenBack(PlaceName(found.name))


def _ref(member: Member, group: Group) -> str:
    return f"{member.id},{group.id}"


def _taken_back(world: Any, member: Member) -> list[str]:
    """What this member has taken back in the last days counts as asked: its SMS have gone."""
    return questions.asked_for(world, TAKEN_BACK, f"{member.id},", world.now() - dt.timedelta(days=ASK_AGAIN_DAYS))


def _end(world: Any, asking: Membership) -> bool:
    """They ask no more, and a vote on it is called off. False when there is nothing to end."""
    if not asker_rows.end_asking(world, asking):
        return False
    world.seen.clear()  # it waits no more
    vote = ballots.vote_by_key(world, asking_all.key_of(asking))
    if vote is not None:
        call_off(world, vote.id)
    return True


def end_askings(world: Any) -> int:
    """What no leader has answered in time ends; who asked hears it as far as the group's month reaches, and may ask again, there or elsewhere. How many."""
    some = asker_rows.asked_before(world, world.now() - dt.timedelta(days=ASKED_DAYS))
    known, where = members.by_ids(world, [one.member_id for one in some]), rows.by_ids(world, [one.group_id for one in some])
    ended = [one for one in some if _end(world, one)]
    for one in ended:
        who, group = known.get(one.member_id), where[one.group_id]
        if group.state == "open" and who and who.status == "active" and texts_left(world, group):
            words = world.phrases.say(notices.NOBODY_ANSWERED, who.language, place=group.name, code=world.organisation.dial("3"))
            key = f"no-answer:{group.id}:{who.id}:{one.since:%Y%m%d%H%M%S}"
            write_text(world, key=key, number=who.number, kind="service", words=words, member_id=who.id, about=about(group), hours=who.hours)
    return len(ended)


def asking_me(world: Any, member: Member) -> list[tuple[Group, Member]]:
    """(group, who asked first) of the groups that this member leads and in which somebody asks."""
    first: dict[int, Membership] = {}
    for one in asker_rows.asked_of(world, member.id):
        first.setdefault(one.group_id, one)
    some = list(first.values())
    known, where = members.by_ids(world, [one.member_id for one in some]), rows.by_ids(world, [one.group_id for one in some])
    return [(where[one.group_id], known[one.member_id]) for one in some if one.member_id in known]


def _open_askings(world: Any, member: Member) -> list[Group]:
    """Where a member asks and may still be answered: leaders who say nothing keep nobody from asking elsewhere, whether the clock has come by or not."""
    since = world.now() - dt.timedelta(days=ASKED_DAYS)
    asked = [(group, rows.membership(world, group.id, member.id)) for group in rows.of_member(world, member.id, "asked")]
    return [group for group, standing in asked if standing and standing.since >= since]


def _tell_leaders(world: Any, group: Group, asker: Member) -> None:
    """One of the group's SMS of the month each; who asks stands under Leader tools in any case."""
    leaders = members.by_ids(world, [one.member_id for one in rows.in_group(world, group.id) if one.role == "leader"])
    for leader in list(leaders.values())[: texts_left(world, group)]:
        words = world.phrases.say(notices.ASKS_TO_JOIN, leader.language, name=short(asker.name), place=group.name, code=world.organisation.dial("9"))
        today = world.organisation.local(world.now()).date()
        key = f"asks:{group.id}:{asker.id}:{leader.id}:{today}"
        write_text(world, key=key, number=leader.number, kind="service", words=words, member_id=leader.id, about=about(group), hours=leader.hours)
