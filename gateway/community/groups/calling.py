"""Every member may call a vote; a leader may have it asked by SMS too. And a ballot that comes by SMS, or waits under 9."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community import rows as questions
from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import rows
from gateway.community.groups.asking import BALLOT
from gateway.community.groups.ballot_rows import GroupVote
from gateway.community.groups.leading import leads
from gateway.community.groups.model import Group, NotInGroup, ToldAll
from gateway.community.groups.results import NONE, NONE_OF_THESE, OFF, question_of
from gateway.community.groups.verbs import group_of
from gateway.community.groups.vote_model import CallVote, MayTell, VoteChosen, VoteCounted, VoteOpen, VotesByMembers, choices_in
from gateway.community.groups.votes import CHOICES, OPEN_MOST, cast, marks, open_vote, plain
from gateway.community.items import brakes
from gateway.community.items.model import HeldWords
from gateway.members.model import Member
from gateway.members.sim_rows import numbers_of
from gateway.members.verbs import the_member
from menus import alphabet
from menus.book import notices
from menus.phrasebook import Row

BY_MEMBERS_MOST = OPEN_MOST - 1  # votes that members have called at once: one is left to whoever leads
AGAIN_DAYS = 7  # after a vote of theirs has ended a member may call another: the two places go round
LATELY_MOST = 50  # votes that are looked at for that
CALL = "call"  # the last line of the list of votes
CALL_A_VOTE = "Call a vote"  # in the catalogue
CLOSING_HOURS = 48  # a vote that ends sooner waits under 9 for those who have not voted
ASKED_DAYS = 14  # how long a bare answer may be for a vote: as long as one lasts, and a week more
CLOSES = "vote-"  # how the value of that line begins


def pick_vote(world: Any, caller: str, vote: str, group: str) -> CallVote | VoteChosen:
    return CallVote() if vote == CALL else VoteChosen()


def start_by(
    world: Any, caller: str, group: str, words: str, choices: str, days: str, key: str
) -> MayTell | VoteOpen | VotesByMembers | HeldWords | NotInGroup:
    """Who leads says next whether all are told by SMS; the vote of another member opens, and is seen in the menu and under 9."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None:
        return NotInGroup()
    if leads(world, caller, group):
        return MayTell()
    return open_by_member(world, found, member, plain(words), int(days), key, answers=",".join(choices_in(plain(choices)) or []))


def open_by_member(world: Any, group: Group, member: Member, question: str, days: int, key: str, **about: Any) -> VoteOpen | VotesByMembers | HeldWords:
    """One vote of a member at a time and in some days, and never so many that whoever leads cannot ask anything. Words on the list are refused, kindly."""
    rows.lock(world, group.id)
    if not ballots.vote_by_key(world, key):
        if brakes.held_word(world, f"{question} {about.get('answers', '')}"):
            return HeldWords()
        leaders = {one.member_id for one in rows.in_group(world, group.id) if one.role == "leader"}
        lately = [one for one in ballots.votes_of(world, group.id, LATELY_MOST) if one.kind != "leader" and one.member_id not in leaders]
        others = [one for one in lately if one.state == "open"]
        again = world.now() - dt.timedelta(days=AGAIN_DAYS)
        theirs = any(one.member_id == member.id and (one.state == "open" or (one.ends_at > again and one.said != OFF)) for one in lately)
        if member.id not in leaders and (len(others) >= BY_MEMBERS_MOST or theirs):
            return VotesByMembers(BY_MEMBERS_MOST)
    said = open_vote(world, group, member, question, days, key, **about)
    return VoteOpen() if isinstance(said, ToldAll) else VotesByMembers(OPEN_MOST)


def answer_by_text(world: Any, member: Member, ref: str, meant: str) -> str:
    """A bare number is the ballot, as good as one on the phone. What was voted is said to nobody, not in the reply either."""
    one = ballots.vote(world, int(ref), lock=True)
    group = rows.by_id(world, one.group_id) if one else None
    choice = _meant(one, meant) if one else None
    counted = cast(world, member.number, str(one.id), choice, group.number) if one and group and choice else NotInGroup()
    if one is None or group is None or not isinstance(counted, VoteCounted):
        return str(world.phrases.say(notices.BALLOT_NOT_NOW, member.language, code=world.organisation.dial("3", "4")))
    return str(world.phrases.say(notices.BALLOT_COUNTED, member.language, place=group.name, code=world.organisation.dial("3", "4"), day=counted.day))


@dataclass(frozen=True)
class AskedByText:
    """A vote that was asked of a member by SMS; `pending` while they have no ballot in it and it is open."""

    question: Any
    vote: GroupVote
    pending: bool


def asked_by_text(world: Any, member: Member) -> list[AskedByText]:
    """The votes that this member, on any of their SIMs, was asked by SMS, those that wait for them first. Others may be answered again, and some days
    after the end too a bare answer is taken for one, and for nothing else.
    """
    since = world.now() - dt.timedelta(days=ASKED_DAYS)
    found = []
    for one in questions.ballots_asked(world, numbers_of(world, member.id), BALLOT, since):
        vote = ballots.vote(world, int(one.ref))
        if vote:
            open_ = vote.state == "open" and vote.ends_at > world.now()
            has_none = open_ and ballots.marks_of(world, vote.id).isdisjoint(marks(world, vote.id, member.id))
            found.append(AskedByText(one, vote, has_none and one.answered_at is None))
    return sorted(found, key=lambda one: (not one.pending, one.vote.state != "open", -one.question.id))


def named_answer(world: Any, member: Member, vote: GroupVote, said: str) -> str | None:
    """The number of an answer that is written out: one of the vote's own, `not sure`, `none of these`, in the language of who writes or in English."""
    words = said.strip(" .!?,").lower()
    offered = [*vote.answers.values(), NONE_OF_THESE] if vote.kind == "choice" else list(CHOICES.values())
    for n, answer in enumerate(offered, 1):
        if words in (answer.lower(), str(world.phrases.text(answer, member.language)).lower()):
            return str(n)
    return None


def _meant(vote: GroupVote, meant: str) -> str | None:
    """What a number stands for in the SMS that asked: yes, no, not sure; or the vote's own answers and at last none of them."""
    offered = [*vote.answers, NONE] if vote.kind == "choice" else list(CHOICES)
    return offered[int(meant) - 1] if int(meant) <= len(offered) else None


# Under 9.


def unvoted(world: Any, member: Member) -> list[GroupVote]:
    """Votes of the member's groups that end soon, and in which they have no ballot."""
    until = world.now() + dt.timedelta(hours=CLOSING_HOURS)
    return [
        one for one in ballots.closing_for(world, member.id, until) if ballots.marks_of(world, one.id).isdisjoint(marks(world, one.id, member.id))
    ]  # fmt: skip


def closing_rows(world: Any, member: Member) -> list[Row]:
    """The lines of them: until when, and what is asked."""
    lines = []
    for one in unvoted(world, member):
        group = rows.by_id(world, one.group_id)
        if group:
            day = world.phrases.day(world.organisation.local(one.ends_at), member.language)
            asked = alphabet.cut(question_of(world, one, member.language), 16)
            lines.append(Row(f"{CLOSES}{group.number}", f"{world.phrases.text('Vote to', member.language)} {day}: {asked}"))
    return lines
