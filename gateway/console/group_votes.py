"""What a group decides, as a facilitator sees it: how many have voted, what came of it, and what became of that. Never who, nor how it stands."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from gateway.community.groups import ballot_rows as ballots
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
VOTES = (
    ("Ends", ""),
    ("Question", "words"),
    ("Called by", ""),
    ("Answers", "words"),
    ("Voted", "number"),
    ("What came of it", "words"),
    ("Was it done", ""),
    ("", ""),
)
ANSWERS = {
    "yes_no": "yes or no", "leader": "a member who leads", "person": "one of the group", "due": "yes or no to a sum", "asker": "yes or no to who joins",
    "rule_in": "yes or no to a rule", "rule_out": "yes or no to a rule", "list_on": "yes or no to names", "list_off": "yes or no to names",
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


def table_of(world: Any, group: Group, may: bool) -> Table:
    listed = ballots.votes_of(world, group.id, VOTES_SHOWN)
    done, heads = ballots.count_done(world, [one.id for one in listed]), rows.heads_of(world, [group.id]).get(group.id, 0)
    callers, lines = members.by_ids(world, [one.member_id for one in listed]), []
    for one in listed:
        voted = sum(ballots.count_ballots(world, one.id).values())
        off = [Deed("Call off", url_for("console.call_off_vote", number=group.number, id=one.id), about=question_of(world, one, "en"))]
        by = callers.get(one.member_id)
        cells = (
            Cell(f"{world.organisation.local(one.ends_at):%d %b %Y}"), Cell(question_of(world, one, "en")), Cell(short(by.name) if by else "–"),
            Cell(", ".join(one.answers.values()) or ANSWERS[one.kind]), Cell(f"{voted} of {heads}" if one.state == "open" else voted),
            Cell(_came(world, one)), Cell(_became(one, done.get(one.id, {}))),
        )  # fmt: skip
        lines.append(Line(cells, off if may and one.state == "open" else []))
    return Table("Votes", VOTES, lines, "No vote yet. Every member may call one on the phone: 3, 4.")


def _came(world: Any, one: GroupVote) -> str:
    return "open, secret" + (", others were reminded" if one.reminded_at else "") if one.state == "open" else result(world, one, "en")


def _became(one: GroupVote, said_: dict[str, int]) -> str:
    if one.does_itself and was_decided(one.said):
        return "done by itself"
    if one.ends_with_result or not was_decided(one.said):
        return "–"
    return ", ".join(f"{words} {said_[name]}" for name, words in (("yes", "yes"), ("part", "in part"), ("no", "no")) if name in said_) or "nobody has said"
