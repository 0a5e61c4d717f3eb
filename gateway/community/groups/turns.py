"""The leader's turn goes round by vote, and to nobody without their own yes: asked by SMS and under 9; until then who led leads on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community import rows as community
from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import rows
from gateway.community.groups.leading import about
from gateway.community.groups.model import Group
from gateway.community.questions import ask_by_text, remember
from gateway.members import rows as members
from gateway.members.model import Gone, Member, PlaceName
from gateway.members.verbs import the_member
from menus.book import notices

LEAD = "lead"  # the kind of the question to whom a group has chosen
ELECTION = "Who leads next?"  # in the catalogue
LOOKED_AT = 50  # votes of a group in which a question of the office is looked for
TURN_DAYS = 14  # to say yes or no; then the group may choose again
CHOSEN, LEADS, REFUSED = "chosen", "leader", "refused"  # how the words of the result begin


@dataclass(frozen=True)
class TurnAsked:
    place: PlaceName


@dataclass(frozen=True)
class TurnTaken:
    place: PlaceName


@dataclass(frozen=True)
class TurnRefused:
    place: PlaceName


def ask_chosen(world: Any, group: Group, vote_id: int, member_id: int, votes: int, voted: int) -> str:
    """The result of an election, as words of code: whom the group has chosen is asked, and who leads already goes on."""
    chosen, standing = members.by_ids(world, [member_id]).get(member_id), rows.membership(world, group.id, member_id)
    if chosen is None or standing is None or standing.state != "member":
        return "gone"
    said = f"name={member_id} most={votes} voted={voted}"
    if standing.role == "leader":
        _hand_over(world, group, member_id)
        return f"{LEADS} {said}"
    _ask(world, group, vote_id, chosen)
    return f"{CHOSEN} {said}"


def _ask(world: Any, group: Group, vote_id: int, chosen: Member) -> None:
    if not ask_by_text(
        world, chosen, LEAD, str(vote_id), notices.YOU_ARE_CHOSEN, key=f"chosen:{vote_id}", title=group.name, about=about(group), place=group.name
    ):
        remember(world, chosen.number, LEAD, str(vote_id), group.name)  # who wants no SMS finds it under 9


def ask_by_office(world: Any, group: Group, member: Member) -> bool:
    """The office asks somebody of a group to lead it too: nobody leads without their own yes. Whether it was not asked before and is open still."""
    lately = ballots.votes_of(world, group.id, LOOKED_AT)
    if any(one.said == f"{CHOSEN} {_by_office(member)}" and not may_choose_again(world, one) for one in lately):
        return False
    key = f"office-{world.new_id()}"
    ballots.add_vote(
        world, key=key, group_id=group.id, member_id=member.id, ends_at=world.now(), kind="leader", question=ELECTION, choices="", rule_id=None, amount=None
    )  # fmt: skip
    asked = ballots.vote_by_key(world, key)
    assert asked, "it has just been written"
    ballots.close_vote(world, asked.id, f"{CHOSEN} {_by_office(member)}")
    _ask(world, group, asked.id, member)
    return True


def _by_office(member: Member) -> str:
    return f"name={member.id} most=0 voted=0"


def may_choose_again(world: Any, vote: ballots.GroupVote) -> bool:
    """Whether an election came to nothing: the chosen one said no, or has not answered in time."""
    return vote.said.startswith(f"{REFUSED} ") or (vote.said.startswith(f"{CHOSEN} ") and world.now() - vote.ends_at > dt.timedelta(days=TURN_DAYS))


def _hand_over(world: Any, group: Group, member_id: int) -> None:
    """The chosen one leads, and those before lead no more."""
    for fellow in rows.in_group(world, group.id):
        if fellow.role == "leader" and fellow.member_id != member_id:
            rows.give_role(world, group.id, fellow.member_id, "member")
    rows.give_role(world, group.id, member_id, "leader")


def look_at_turn(world: Any, member: Member, vote_id: int) -> TurnAsked | Gone:
    group = _group(world, member, ballots.vote(world, vote_id))
    return TurnAsked(PlaceName(group.name)) if group else Gone()


def _group(world: Any, member: Member, vote: ballots.GroupVote | None) -> Group | None:
    """The group that has chosen this member in that vote, while the answer is open."""
    if vote is None or not vote.said.startswith(f"{CHOSEN} name={member.id} ") or may_choose_again(world, vote):
        return None
    group, standing = rows.by_id(world, vote.group_id), rows.membership(world, vote.group_id, member.id)
    return group if group and group.state == "open" and standing and standing.state == "member" else None


def answer_turn(world: Any, member: Member, vote_id: int, *, takes: bool) -> Group | None:
    """The chosen one's yes or no; the group reads it under Votes. None when there is nothing to answer any more."""
    vote = ballots.vote(world, vote_id, lock=True)
    group = _group(world, member, vote)
    if group is None or vote is None:
        return None
    if takes and vote.said.endswith(_by_office(member)):
        rows.give_role(world, group.id, member.id, "leader")
    elif takes:
        _hand_over(world, group, member.id)
    ballots.say_result(world, vote_id, vote.said.replace(CHOSEN, LEADS if takes else REFUSED, 1))
    for one in community.open_questions(world, member.number, world.now() - dt.timedelta(days=TURN_DAYS)):
        if one.kind == LEAD and one.ref == str(vote_id):
            community.end_question(world, one.id, "1" if takes else "2")
    world.seen.clear()  # it waits no more
    return group


def say_of_turn(world: Any, caller: str, draft: str, turn: str) -> TurnTaken | TurnRefused | Gone:
    """The same under 9."""
    group = answer_turn(world, the_member(world, caller), int(draft.rpartition("-")[2]), takes=turn == "yes")
    if group is None:
        return Gone()
    return (TurnTaken if turn == "yes" else TurnRefused)(PlaceName(group.name))
