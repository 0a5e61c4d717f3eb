"""Reports on what has no number of its own: a notice of a group, words in a circle, a tool, a vote or why, a rule. Each becomes a case for a person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gateway.community.circles import rows as circles
from gateway.community.commons import rows as commons
from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import reason_rows as reasons
from gateway.community.groups import rows as groups
from gateway.community.groups.results import question_of
from gateway.community.items.model import NoItem, Reported, SaidToday
from gateway.community.items.verbs import make
from gateway.members.verbs import the_member

TOPIC = "reported"  # of such a case


def _notice(world: Any, id: int) -> tuple[int, str] | None:
    found = groups.notice(world, id)
    return (found.group_id, found.words) if found else None


def _vote(world: Any, id: int) -> tuple[int, str] | None:
    found = ballots.vote(world, id)
    return (found.group_id, f"{question_of(world, found, world.organisation.language)} {found.more}".strip()) if found else None


def _rule(world: Any, id: int) -> tuple[int, str] | None:
    found = commons.rule(world, id)
    return (found.group_id, found.words) if found else None


def _tool(world: Any, id: int) -> tuple[int, str] | None:
    found = commons.tool(world, id)
    return (found.group_id, found.name) if found else None


def _why(world: Any, id: int) -> tuple[int, str] | None:
    found = reasons.by_id(world, id)
    vote = ballots.vote(world, found.vote_id) if found else None
    return (vote.group_id, found.words) if found and vote else None


QUOTED: dict[str, Callable[[Any, int], tuple[int, str] | None]] = {  # kind -> (group, what was said) of one
    "notice": _notice, "words": circles.words_with_group, "vote": _vote, "rule": _rule, "tool": _tool, "why": _why,
}  # fmt: skip


def report_thing(world: Any, caller: str, thing: str, why: str, key: str) -> Reported | NoItem | SaidToday:
    """Of a group that the caller is in, or a rule that a group shows to all. What was said is quoted, for it may be gone when a person looks."""
    kind, _, id = thing.partition("-")
    quoted = QUOTED[kind](world, int(id)) if kind in QUOTED and id.isdigit() else None
    mine = {one.id: one.name for one in groups.of_member(world, the_member(world, caller).id)}
    shown = kind == "rule" and id.isdigit() and (one := commons.rule(world, int(id))) is not None and one.shared_at is not None
    if quoted is None or not (quoted[0] in mine or shown):
        return NoItem()
    whose = groups.by_id(world, quoted[0])
    said = make(world, caller, "wrong", f"{whose.name if whose else '-'}, {kind}, {why}: {quoted[1]}", key, topic=TOPIC, about=thing)
    return Reported() if said else SaidToday()
