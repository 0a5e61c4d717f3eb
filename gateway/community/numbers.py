"""What has a number: a case, a group, a shop, a member. Dialled behind the code, or typed at home."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.community.courses import rows as courses
from gateway.community.courses.model import ACourse, CourseKey
from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import rows as groups
from gateway.community.groups.model import Group, GroupNumber, RowId
from gateway.community.groups.vote_model import AVote
from gateway.community.items import rows
from gateway.community.items.model import ItemNumber, kind_of
from gateway.community.items.telling import STATES
from gateway.community.items.verbs import find, shown_to, title_of
from gateway.community.model import (
    ACase,
    AGroup,
    AMember,
    AnItem,
    AShop,
    CaseNumber,
    CaseState,
    DidYouMean,
    IsCase,
    IsIdea,
    IsNeed,
    IsNews,
    IsProblem,
    IsQuestion,
    IsTip,
    NothingThere,
)
from gateway.community.sealed.model import ASealed
from gateway.community.sealed.verbs import look_up_sealed
from gateway.members import rows as members
from gateway.members.model import Day, Member, PlaceName, short, well_formed
from gateway.members.verbs import may_look_up, the_member
from gateway.money.places import GROUP, SHOP, place_with
from gateway.records.model import phone_of

SEND, PAY = "send", "pay_group"  # the flows of money that take a name by SMS
Screen = IsCase | IsIdea | IsProblem | IsQuestion | IsTip | IsNeed | IsNews
SCREENS: dict[str, type[Screen]] = {"question": IsQuestion, "tip": IsTip, "need": IsNeed, "news": IsNews, "problem": IsProblem}


def look_up_number(world: Any, caller: str, number: str) -> ACase | AnItem | AGroup | AVote | ACourse | AShop | AMember | ASealed | DidYouMean | NothingThere:
    """What somebody has said first, then a group, a shop, and at last a member: that look-up is counted like every other. Where there is nothing, what
    all see under a number that a slip of the thumb makes of this one.
    """
    member = members.by_number(world, caller)
    if member is None:
        return NothingThere()
    if well_formed(number) and (case := rows.case_of(world, member.id, number)):
        if kind_of(case.kind).public:
            return AnItem(ItemNumber(case.number))
        said = world.phrases.text(STATES[case.state], member.language)
        return ACase(
            ItemNumber(case.number), CaseNumber(case.number), CaseState(said), Day(world.phrases.day(world.organisation.local(case.made_at), member.language))
        )
    if told := look_up_sealed(world, number, member.language):
        return told
    if course := courses.by_number(world, number):
        return ACourse(CourseKey(course.id))
    if vote := _vote_with(world, member, number):
        return vote
    for prefix, found in ((GROUP, AGroup), (SHOP, AShop)):
        if place := place_with(world, prefix, number):
            return found(PlaceName(place.name))
    if well_formed(number) and may_look_up(world, caller) and (other := members.by_code(world, number)):
        return AMember(short(other.name)) if other.id != member.id else NothingThere()
    return _meant(world, member, number)


def _vote_with(world: Any, member: Member, number: str) -> AVote | None:
    """A vote of a group that this member is in; for everybody else there is nothing."""
    vote = ballots.vote_by_number(world, number)
    mine = [one for one in groups.of_member(world, member.id) if one.id == vote.group_id] if vote else []
    return AVote(GroupNumber(mine[0].number), PlaceName(mine[0].name), RowId(vote.id)) if vote and mine else None


def meant_by(world: Any, caller: str, number: str) -> AVote | DidYouMean | None:
    """What somebody who votes, says or follows by SMS may have had in mind: a vote of a group of theirs, or the one number a slip of the thumb away."""
    member = the_member(world, caller)
    if vote := _vote_with(world, member, number):
        return vote
    found = _meant(world, member, number)
    return found if isinstance(found, DidYouMean) else None


def _meant(world: Any, member: Member, number: str) -> DidYouMean | NothingThere:
    if well_formed(number):  # no slip: the digit at its end would tell
        return NothingThere()
    some = [one for one in rows.by_numbers(world, slips(number)) if kind_of(one.kind).public and shown_to(one, member)]
    return DidYouMean(ItemNumber(some[0].number), title_of(some[0])) if len(some) == 1 else NothingThere()


def slips(number: str) -> list[str]:
    """The numbers, with the right digit at the end, that one wrong digit or two that changed places make of this one.

    >>> "5724" in slips("5734"), "5724" in slips("7524"), "5724" in slips("5724")
    (True, True, False)
    """
    if not (number.isascii() and number.isdigit()):
        return []
    digits = [f"{number[:n]}{digit}{number[n + 1 :]}" for n in range(len(number)) for digit in "0123456789" if digit != number[n]]
    swaps = [f"{number[:n]}{number[n + 1]}{number[n]}{number[n + 2 :]}" for n in range(len(number) - 1) if number[n] != number[n + 1]]
    return [one for one in [*digits, *swaps] if well_formed(one)]


def open_item(world: Any, caller: str, item: str) -> Screen:
    """Which screen shows it: each kind has its own verbs. What has none is shown as an idea, and one's own that is done is asked about."""
    found = find(world, item)
    if found and (not kind_of(found.kind).public or (found.state == "done" and found.member_id == the_member(world, caller).id)):
        return IsCase()
    return SCREENS.get(found.kind if found else "", IsIdea)()


def named_as_number(world: Any, caller: str, flow: str, rest: str) -> str:
    """`200 Otieno` as `200 0722000002`: who shares a group with the caller is called by name, and a group of theirs too. What fits two, or nobody,
    stays as it was written; before money moves the name stands there again, and the PIN is asked.
    """
    member = members.by_number(world, caller)
    if flow not in (SEND, PAY) or member is None or member.shared:
        return rest
    called = " ".join(word for word in rest.split() if word.isalpha()).lower()
    mine = groups.of_member(world, member.id)
    if flow == PAY and not called and len(mine) == 1 and len(rest.split()) == 1:
        return f"{rest} {mine[0].number}"
    if not called:
        return rest
    if flow == PAY:
        meant = [one.number for one in mine if one.name.lower() == called or one.name.lower().split()[0] == called]
    else:
        fits = [one for one in _fellows(world, member, mine) if called in (one.name.lower(), one.name.lower().split()[0])]
        meant = [one.number for one in fits if len(fits) == 1 and not one.shared and one.shown_to != "nobody"]
    return " ".join([*(word for word in rest.split() if not word.isalpha()), meant[0]]) if len(meant) == 1 else rest


def fellow_called(world: Any, member: Member, said: str) -> Member | None:
    """Who shares a group with a member, by their phone or by their name with whatever else is said behind it; nobody where a name fits two."""
    if member.shared or not said.strip():
        return None
    some = [one for one in _fellows(world, member, groups.of_member(world, member.id)) if not one.shared and one.shown_to != "nobody"]
    if number := world.place.phone("".join(said.split()[:1])):
        return next((one for one in some if phone_of(one.number) == number), None)
    words = said.lower().split()
    for many in range(min(len(words), 3), 0, -1):
        called = " ".join(words[:many]).strip(" .,!")
        fits = [one for one in some if called in (one.name.lower(), one.name.lower().split()[0])]
        if fits:
            return fits[0] if len(fits) == 1 else None
    return None


def _fellows(world: Any, member: Member, mine: Sequence[Group]) -> list[Member]:
    """Who is in a group with a member."""
    ids = {one.member_id for group in mine for one in groups.in_group(world, group.id)} - {member.id}
    return [one for one in members.by_ids(world, sorted(ids)).values() if one.status == "active"]


def things_said(world: Any, caller: str) -> int:
    return rows.said_by(world, the_member(world, caller).id)
