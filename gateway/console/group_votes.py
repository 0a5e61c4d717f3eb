"""What a group decides, as a facilitator sees it: how many have voted, what came of it, and what became of that. Never who, nor how it stands."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import reason_rows as reasons
from gateway.community.groups import rows, votes
from gateway.community.groups.ballot_rows import GroupVote
from gateway.community.groups.model import Group
from gateway.community.groups.results import question_of, result, was_decided
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Deed, Line, Table, said
from gateway.members import rows as members
from gateway.members.model import short
from gateway.site import Site
from gateway.store import audit

VOTES_SHOWN = 20
WHYS_SHOWN = 50
VOTES = (
    ("Number", "ref"),
    ("Ends", ""),
    ("Question", "words"),
    ("Called by", ""),
    ("Answers", "words"),
    ("Voted", "number"),
    ("What came of it", "words"),
    ("Was it done", ""),
    ("", ""),
)
WHYS = (("Day", ""), ("Vote", "words"), ("Who", ""), ("Why", "words"), ("", ""))
ANSWERS = {
    "yes_no": "yes or no", "leader": "a member who leads", "person": "one of the group", "due": "yes or no to a sum", "asker": "yes or no to who joins",
    "rule_in": "yes or no to a rule", "rule_out": "yes or no to a rule", "rule_all": "yes or no to showing a rule",
    "list_on": "yes or no to names", "list_off": "yes or no to names",
}  # fmt: skip


def hang_into(console: Blueprint, site: Site) -> None:
    @console.post("/groups/<number>/votes/<int:id>")
    @needs("groups:write")
    def call_off_vote(number: str, id: int) -> Any:
        with world_of(site) as world:
            group, one = rows.by_number(world, number), ballots.vote(world, id)
            done = group is not None and one is not None and one.group_id == group.id and votes.call_off(world, id)
            if done:
                audit.note(world, g.signed_in.operator.login, "vote_called_off", f"group {number}", vote=id)
        return said("Called off: it ends without a result." if done else "That vote is over.", url_for("console.group", number=number), wrong=not done)

    @console.post("/groups/<number>/whys/<int:id>")
    @needs("groups:write")
    def take_why_away(number: str, id: int) -> Any:
        """What should not stand there. Who said it may say it otherwise while the vote is open."""
        with world_of(site) as world:
            group, one = rows.by_number(world, number), reasons.by_id(world, id)
            vote = ballots.vote(world, one.vote_id) if one else None
            done = group is not None and vote is not None and vote.group_id == group.id and reasons.drop(world, id)
            if done and one:
                audit.note(world, g.signed_in.operator.login, "why_taken_away", f"group {number}", vote=one.vote_id)
        return said("Taken away." if done else "That is gone already.", url_for("console.group", number=number), wrong=not done)


def whys_of(world: Any, group: Group, may: bool) -> Table:
    """Why members vote as they do, which they say with their names. What they vote stands nowhere."""
    votes_, lines = {one.id: one for one in ballots.votes_of(world, group.id, VOTES_SHOWN)}, []
    said_ = [reason for id in votes_ for reason in reasons.of_vote(world, id, WHYS_SHOWN)][:WHYS_SHOWN]
    known = members.by_ids(world, [one.member_id for one in said_])
    for one in said_:
        asked, who = question_of(world, votes_[one.vote_id], "en"), known.get(one.member_id)
        away = [Deed("Take away", url_for("console.take_why_away", number=group.number, id=one.id), about=one.words)]
        cells = (Cell(f"{world.organisation.local(one.at):%d %b %Y}"), Cell(asked), Cell(short(who.name) if who else "–"), Cell(one.words))
        lines.append(Line(cells, away if may else []))
    return Table("Why they vote so", WHYS, lines, "Nobody has said why. Members may, after they have voted.")


def table_of(world: Any, group: Group, may: bool) -> Table:
    listed = ballots.votes_of(world, group.id, VOTES_SHOWN)
    done, heads = ballots.count_done(world, [one.id for one in listed]), rows.heads_of(world, [group.id]).get(group.id, 0)
    callers, lines = members.by_ids(world, [one.member_id for one in listed]), []
    for one in listed:
        voted = sum(ballots.count_ballots(world, one.id).values())
        off = [Deed("Call off", url_for("console.call_off_vote", number=group.number, id=one.id), about=question_of(world, one, "en"))]
        by = callers.get(one.member_id)
        cells = (
            Cell(one.number or "–"), Cell(f"{world.organisation.local(one.ends_at):%d %b %Y}"), Cell(_asked(world, one)), Cell(short(by.name) if by else "–"),
            Cell(", ".join(one.answers.values()) or ANSWERS[one.kind]), Cell(f"{voted} of {heads}" if one.state == "open" else voted),
            Cell(_came(world, one)), Cell(_became(one, done.get(one.id, {}))),
        )  # fmt: skip
        lines.append(Line(cells, off if may and one.state == "open" else []))
    return Table("Votes", VOTES, lines, "No vote yet. Every member may call one on the phone: 3, 4.")


def _asked(world: Any, one: GroupVote) -> str:
    """What is asked, and what who asks says of it."""
    question = question_of(world, one, "en")
    return f"{question} ({one.more})" if one.more else question


def _came(world: Any, one: GroupVote) -> str:
    return "open, secret" + (", others were reminded" if one.reminded_at else "") if one.state == "open" else result(world, one, "en")


def _became(one: GroupVote, said_: dict[str, int]) -> str:
    if one.does_itself and was_decided(one.said):
        return "done by itself"
    if one.ends_with_result or not was_decided(one.said):
        return "–"
    return ", ".join(f"{words} {said_[name]}" for name, words in (("yes", "yes"), ("part", "in part"), ("no", "no")) if name in said_) or "nobody has said"
