"""Every member may call a vote; a leader may have it asked by SMS too. And a ballot that comes by SMS, or waits under 9."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import rows
from gateway.community.groups.ballot_rows import GroupVote
from gateway.community.groups.leading import leads
from gateway.community.groups.model import Group, NotInGroup, ToldAll
from gateway.community.groups.results import NONE, question_of
from gateway.community.groups.verbs import group_of
from gateway.community.groups.vote_model import CallVote, MayTell, VoteChosen, VoteCounted, VoteOpen, VotesByMembers, choices_in
from gateway.community.groups.votes import CHOICES, OPEN_MOST, cast, marks, open_vote, plain
from gateway.members.model import Member
from gateway.members.verbs import the_member
from menus import alphabet
from menus.book import notices
from menus.phrasebook import Row

BY_MEMBERS_MOST = OPEN_MOST - 1  # votes that members have called at once: one is left to whoever leads
CALL = "call"  # the last line of the list of votes
CALL_A_VOTE = "Call a vote"  # in the catalogue
CLOSING_HOURS = 48  # a vote that ends sooner waits under 9 for those who have not voted
CLOSES = "vote-"  # how the value of that line begins


def pick_vote(world: Any, caller: str, vote: str, group: str) -> CallVote | VoteChosen:
    return CallVote() if vote == CALL else VoteChosen()


def start_by(world: Any, caller: str, group: str, words: str, choices: str, days: str, key: str) -> MayTell | VoteOpen | VotesByMembers | NotInGroup:
    """Who leads says next whether all are told by SMS; the vote of another member opens, and is seen in the menu and under 9."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None:
        return NotInGroup()
    if leads(world, caller, group):
        return MayTell()
    return open_by_member(world, found, member, plain(words), int(days), key, answers=",".join(choices_in(plain(choices)) or []))


def open_by_member(world: Any, group: Group, member: Member, question: str, days: int, key: str, **about: Any) -> VoteOpen | VotesByMembers:
    """One vote of a member at a time, and never so many that whoever leads cannot ask anything."""
    rows.lock(world, group.id)
    if not ballots.vote_by_key(world, key):
        leaders = {one.member_id for one in rows.in_group(world, group.id) if one.role == "leader"}
        others = [one for one in ballots.votes_of(world, group.id, OPEN_MOST, ("open",)) if one.kind != "leader" and one.member_id not in leaders]
        if member.id not in leaders and (len(others) >= BY_MEMBERS_MOST or any(one.member_id == member.id for one in others)):
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
    told = {"day": counted.day, "voted": counted.voted, "heads": counted.heads}
    return str(world.phrases.say(notices.BALLOT_COUNTED, member.language, place=group.name, code=world.organisation.dial("3", "4"), **told))


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
