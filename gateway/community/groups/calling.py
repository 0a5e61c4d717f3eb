"""Every member may call a vote; a leader may have it asked by SMS too. And a ballot that comes by SMS, or waits under 9."""

from __future__ import annotations

import datetime as dt
import re
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
from gateway.community.groups.vote_model import CallVote, MayTell, VoteChosen, VoteCounted, VoteOpen, VotesByMembers
from gateway.community.groups.votes import CHOICES, OPEN_MOST, asked_for, cast, marks, open_vote, plain
from gateway.community.groups.ways import code_to
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
ASKED_DAYS = 14  # how far back votes are looked for that were asked by SMS: none lasts longer
LATE_DAYS = 2  # after its end a bare answer is still taken for that vote, and for nothing else
WITH_NUMBER_MOST = 3  # words behind the number of an answer: `3 not sure`
SHORT_WORDS = 4  # a message of no more is veiled when it may be a ballot; with more, somebody has something to say
YES_NO_UNSURE = (  # as people write it
    frozenset({"YES", "NDIYO", "OUI"}), frozenset({"NO", "HAPANA", "NON"}), frozenset({"NOT SURE", "UNSURE", "SINA HAKIKA", "SIJUI", "PAS SUR"}),
)  # fmt: skip
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
    return open_by_member(world, found, member, plain(words), int(days), key, **asked_for(choices))


def open_by_member(world: Any, group: Group, member: Member, question: str, days: int, key: str, **about: Any) -> VoteOpen | VotesByMembers | HeldWords:
    """One vote of a member at a time and in some days, and never so many that whoever leads cannot ask anything. Words on the list are refused, kindly."""
    rows.lock(world, group.id)
    if not ballots.vote_by_key(world, key):
        if brakes.held_word(world, f"{question} {about.get('answers', '')}") and about.get("kind") not in ("rule_out", "rule_all", "asker"):
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
        return str(world.phrases.say(notices.BALLOT_NOT_NOW, member.language, code=world.organisation.dial("3")))
    code = code_to(world, member.id, group, "4")
    return str(world.phrases.say(notices.BALLOT_COUNTED, member.language, place=group.name, code=code, day=counted.day))


@dataclass(frozen=True)
class AskedByText:
    """A vote that was asked of a member by SMS; `pending` while it is open and they have no ballot in it."""

    question: Any
    vote: GroupVote
    pending: bool


def asked_by_text(world: Any, member: Member) -> list[AskedByText]:
    """The votes that this member, on any of their SIMs, was asked by SMS, those that wait for them first; ended ones for some days too, so that what
    comes late is not kept as something else.
    """
    now, found = world.now(), []
    for one in questions.ballots_asked(world, numbers_of(world, member.id), BALLOT, now - dt.timedelta(days=ASKED_DAYS)):
        vote = ballots.vote(world, int(one.ref))
        if vote and vote.ends_at > now - dt.timedelta(days=LATE_DAYS):
            open_ = vote.state == "open" and vote.ends_at > now
            found.append(AskedByText(one, vote, open_ and ballots.marks_of(world, vote.id).isdisjoint(marks(world, vote.id, member.id))))
    return sorted(found, key=lambda one: (not one.pending, -one.question.id))


def reads_as(world: Any, member: Member, vote: GroupVote, said: str) -> str | None:
    """The number of the answer that a message is: `2`, `2 no`, `2) no`, or the answer written out as the SMS, the menu or the vote itself says it."""
    words = said.strip(" .!?,)").upper()
    first, _, rest = words.partition(" ")
    number = first.strip(" .!?,)")
    if len(number) == 1 and number in "12345" and len(rest.split()) <= WITH_NUMBER_MOST:
        return number
    if vote.kind != "choice":
        return next((n for n, meant in zip("123", YES_NO_UNSURE, strict=True) if words in meant), None)
    offered = [*vote.answers.values(), NONE_OF_THESE]
    return next(
        (str(n) for n, answer in enumerate(offered, 1) if words in (answer.upper(), str(world.phrases.text(answer, member.language)).upper())), None
    )  # fmt: skip


def may_be_ballot(vote: GroupVote, said: str) -> bool:
    """Whether a short message has a word in it that the vote is about, so that it is better kept as dots than read by somebody."""
    words = re.findall(r"[\w']+", said.upper())
    about = {one for meant in YES_NO_UNSURE for one in meant} | {one.upper() for one in vote.answers.values()}
    return len(words) <= SHORT_WORDS and any(one in about for one in words)


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
