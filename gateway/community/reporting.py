"""Reports on what has no number of its own: a notice of a group, words in a circle, a tool, a vote, a rule. Each becomes a case that a person looks at."""

from __future__ import annotations

from typing import Any

from gateway.community.circles import rows as circles
from gateway.community.commons import rows as commons
from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import rows as groups
from gateway.community.groups.model import Group
from gateway.community.items.model import NoItem, Reported, SaidToday
from gateway.community.items.verbs import make
from gateway.members.verbs import the_member

TOPIC = "reported"  # of such a case


def report_thing(world: Any, caller: str, thing: str, why: str, key: str) -> Reported | NoItem | SaidToday:
    """Of a group that the caller is in. What was said is quoted, for it may be gone when a person looks."""
    member = the_member(world, caller)
    found = _words_of(world, thing)
    group = found and next((one for one in groups.of_member(world, member.id) if one.id == found[0]), None)
    if not found or not isinstance(group, Group):
        return NoItem()
    said = make(world, caller, "wrong", f"{group.name}, {thing.partition('-')[0]}, {why}: {found[1]}", key, topic=TOPIC, about=thing)
    return Reported() if said else SaidToday()


def _words_of(world: Any, thing: str) -> tuple[int, str] | None:
    """(group, what was said) of `notice-7`."""
    kind, _, id = thing.partition("-")
    if not id.isdigit():
        return None
    if kind == "notice":
        notice = groups.notice(world, int(id))
        return (notice.group_id, notice.words) if notice else None
    if kind == "words":
        return circles.words_with_group(world, int(id))
    if kind == "vote":
        vote = ballots.vote(world, int(id))
        return (vote.group_id, vote.question) if vote else None
    if kind == "rule":
        rule = commons.rule(world, int(id))
        return (rule.group_id, rule.words) if rule else None
    tool = commons.tool(world, int(id))
    return (tool.group_id, tool.name) if tool else None
