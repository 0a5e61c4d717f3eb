"""Whom a group chooses is asked, by SMS and under 9: nobody leads, or is named to all, without their own yes. Until then who led leads on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import rows
from gateway.community.groups.leading import about, texts_left
from gateway.community.groups.model import Group
from gateway.community.groups.results import CHOSEN, LEADS, PICKED, REFUSED, TURN_DAYS, question_of
from gateway.community.groups.vote_model import VoteQuestion
from gateway.community.questions import ask_by_text, forget, remember_quietly
from gateway.members import rows as members
from gateway.members.model import Gone, Member, PlaceName
from gateway.members.verbs import the_member
from menus.book import notices

LEAD, PICK = "lead", "pick"  # the kinds of the question to whom a group has chosen: to lead it, or for what its vote asked
ELECTION = "Who leads next?"  # in the catalogue
LOOKED_AT = 50  # votes of a group in which a question of the office is looked for


@dataclass(frozen=True)
class TurnAsked:
    place: PlaceName


@dataclass(frozen=True)
class PickAsked:
    place: PlaceName
    question: VoteQuestion


@dataclass(frozen=True)
class TurnTaken:
    place: PlaceName


@dataclass(frozen=True)
class TurnRefused:
    place: PlaceName


def ask_chosen(world: Any, group: Group, vote: ballots.GroupVote, member_id: int, votes: int, voted: int) -> str:
    """The result of a vote for one of the group, as words of code: whom they have chosen is asked, and who leads already goes on."""
    chosen, standing = members.by_ids(world, [member_id]).get(member_id), rows.membership(world, group.id, member_id)
    if chosen is None or standing is None or standing.state != "member":
        return "gone"
    said = f"name={member_id} most={votes} voted={voted}"
    if vote.kind == "leader" and standing.role == "leader":
        _hand_over(world, group, member_id)
        return f"{LEADS} {said}"
    _ask(world, group, vote, chosen)
    return f"{CHOSEN} {said}"


def _ask(world: Any, group: Group, vote: ballots.GroupVote, chosen: Member) -> None:
    """By SMS, for what is not to lead as far as the group's month reaches; who gets none finds it under 9."""
    kind, notice = (PICK, notices.YOU_ARE_PICKED) if vote.kind == "person" else (LEAD, notices.YOU_ARE_CHOSEN)
    told = {"title": group.name, "about": about(group), "place": group.name, "words": vote.question}
    asked = (kind == LEAD or texts_left(world, group)) and ask_by_text(world, chosen, kind, str(vote.id), notice, key=f"chosen:{vote.id}", **told)
    if not asked:
        remember_quietly(world, chosen.number, kind, str(vote.id), group.name)


def _ask_no_more(world: Any, member: Member, vote_id: int) -> None:
    for kind in (LEAD, PICK):
        forget(world, member.number, kind, str(vote_id))
    world.seen.clear()  # it waits no more


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
    _ask(world, group, asked, member)
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


def look_at_turn(world: Any, member: Member, vote_id: int) -> TurnAsked | PickAsked | Gone:
    vote = ballots.vote(world, vote_id)
    group = _group(world, member, vote)
    if group is None or vote is None:
        _ask_no_more(world, member, vote_id)
        return Gone()
    place = PlaceName(group.name)
    return PickAsked(place, VoteQuestion(question_of(world, vote, member.language))) if vote.kind == "person" else TurnAsked(place)


def _group(world: Any, member: Member, vote: ballots.GroupVote | None) -> Group | None:
    """The group that has chosen this member in that vote, while the answer is open."""
    if vote is None or not vote.said.startswith(f"{CHOSEN} name={member.id} ") or may_choose_again(world, vote):
        return None
    group, standing = rows.by_id(world, vote.group_id), rows.membership(world, vote.group_id, member.id)
    return group if group and group.state == "open" and standing and standing.state == "member" else None


def answer_turn(world: Any, member: Member, vote_id: int, *, takes: bool) -> Group | None:
    """The chosen one's yes or no; the group reads it under Votes, and a name with a yes alone. None when there is nothing to answer any more."""
    vote = ballots.vote(world, vote_id, lock=True)
    group = _group(world, member, vote)
    if group is None or vote is None:
        return None
    picked = vote.kind == "person"
    if takes and vote.said.endswith(_by_office(member)):
        rows.give_role(world, group.id, member.id, "leader")
    elif takes and not picked:
        _hand_over(world, group, member.id)
    yes = PICKED if picked else LEADS
    ballots.say_result(world, vote_id, vote.said.replace(CHOSEN, yes if takes else REFUSED, 1))
    _ask_no_more(world, member, vote_id)
    return group


def say_of_turn(world: Any, caller: str, draft: str, turn: str) -> TurnTaken | TurnRefused | Gone:
    """The same under 9."""
    group = answer_turn(world, the_member(world, caller), int(draft.rpartition("-")[2]), takes=turn == "yes")
    if group is None:
        return Gone()
    return (TurnTaken if turn == "yes" else TurnRefused)(PlaceName(group.name))


def say_of_pick(world: Any, caller: str, draft: str, pick: str) -> TurnTaken | TurnRefused | Gone:
    """The same of whom a group has chosen for something else."""
    return say_of_turn(world, caller, draft, pick)
