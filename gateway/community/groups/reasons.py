"""What a vote is about, in the words of who asks, and why members vote as they do, in theirs. What somebody votes stays secret; why is said with a name."""

from __future__ import annotations

from typing import Any

from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import reason_rows as rows
from gateway.community.groups.ballot_rows import GroupVote
from gateway.community.groups.facts import shown
from gateway.community.groups.model import Heads, NotInGroup, RowId
from gateway.community.groups.results import question_of
from gateway.community.groups.vote_model import (
    MORE_MOST,
    WHY_MOST,
    MoreKept,
    MoreOfChoice,
    MoreShown,
    VoteEnded,
    VoteMore,
    VoteQuestion,
    WhyGone,
    WhyKept,
    WhyShown,
    WhyWords,
)
from gateway.community.groups.votes import plain, vote_in
from gateway.community.items import brakes
from gateway.community.items.model import HeldWords
from gateway.community.model import Thing
from gateway.members import rows as members
from gateway.members.model import ShortName
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

LISTED = 14  # two pages of why
A_PERSON = ("leader", "person")  # kinds of votes in which one of the group is chosen
LINE_MOST = 18  # letters of why in a line
NO_MORE = "Nobody has said more about it yet."  # in the catalogue


def _is_open(world: Any, vote: GroupVote) -> bool:
    return vote.state == "open" and bool(vote.ends_at > world.now())


def tell_more(world: Any, caller: str, vote: str, group: str) -> MoreShown | MoreOfChoice | NotInGroup:
    one, language = vote_in(world, caller, vote, group), the_member(world, caller).language
    if one is None:
        return NotInGroup()
    said = VoteMore(one.more or world.phrases.text(NO_MORE, language))
    kind = MoreShown if one.kind != "choice" else MoreOfChoice
    whys = Heads(rows.how_many(world, [one.id]).get(one.id, 0))
    return kind(Thing(f"vote-{one.id}"), RowId(one.id), VoteQuestion(question_of(world, one, language)), said, whys)


def explains(world: Any, caller: str, vote: str, group: str) -> bool:
    """Whether the caller may say what a vote is about: who asked it, until the first has voted. What people voted on is not changed behind them."""
    one = vote_in(world, caller, vote, group)
    if one is None or one.rule_id or not _is_open(world, one) or one.member_id != the_member(world, caller).id:
        return False
    return not ballots.count_ballots(world, one.id)


def explain_vote(world: Any, caller: str, vote: str, words: str, group: str) -> MoreKept | HeldWords | VoteEnded | NotInGroup:
    if not explains(world, caller, vote, group):
        return VoteEnded() if vote_in(world, caller, vote, group) else NotInGroup()
    if brakes.held_word(world, words):
        return HeldWords()
    ballots.explain(world, int(vote), plain(words).strip()[:MORE_MOST])
    return MoreKept()


def may_say_why(world: Any, caller: str, vote: str, group: str) -> bool:
    """Not where one of the group is chosen: why would tell whom, and that is nobody's business."""
    one = vote_in(world, caller, vote, group)
    return one is not None and one.kind not in A_PERSON


def say_why(world: Any, caller: str, vote: str, why: str, group: str) -> WhyKept | HeldWords | VoteEnded | NotInGroup:
    """Once for each member and vote, as they say it last."""
    one = vote_in(world, caller, vote, group)
    if one is None:
        return NotInGroup()
    if not _is_open(world, one) or one.kind in A_PERSON:
        return VoteEnded()
    if brakes.held_word(world, why):
        return HeldWords()
    rows.put(world, one.id, the_member(world, caller).id, plain(why).strip()[:WHY_MOST])
    return WhyKept()


def whys_of_vote(world: Any, caller: str, vote: str, group: str) -> list[Row]:
    """Who says why, the newest first, and how it begins."""
    member, one = the_member(world, caller), vote_in(world, caller, vote, group)
    said = rows.of_vote(world, one.id, LISTED) if one else []
    known = members.by_ids(world, [reason.member_id for reason in said])
    return [
        Row(str(reason.id), f"{shown(world, known[reason.member_id], member)}: {alphabet.cut(reason.words, LINE_MOST)}")
        for reason in said
        if reason.member_id in known
    ]


def look_at_why(world: Any, caller: str, reason: str, vote: str, group: str) -> WhyShown | WhyGone:
    member, one = the_member(world, caller), vote_in(world, caller, vote, group)
    found = rows.by_id(world, int(reason)) if one and reason.isdigit() else None
    by = members.by_ids(world, [found.member_id]).get(found.member_id) if found else None
    if one is None or found is None or by is None or found.vote_id != one.id:
        return WhyGone()
    return WhyShown(Thing(f"why-{found.id}"), WhyWords(found.words), ShortName(shown(world, by, member)))
