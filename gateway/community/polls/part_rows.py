"""How parts of the members answered a poll: women and men, villages."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import func, select

from gateway.community.polls.rows import OF_MEMBERS, answers
from gateway.community.voices.rows import BY, traits
from gateway.members.rows import members
from gateway.store.tables import ours

By = Literal["sex", "village"]


def count_by(world: Any, poll_id: int, by: By) -> dict[int, dict[str, dict[int, int]]]:
    """Question -> part -> place of the choice -> members who chose it. Whoever has not said is the part ''."""
    part = func.coalesce(BY[by], "").label("part")
    who = OF_MEMBERS.outerjoin(traits, (traits.c.member_id == answers.c.member_id) & (traits.c.organisation_id == answers.c.organisation_id))
    query = select(answers.c.question, part, answers.c.choice, func.count().label("heads")).select_from(who)
    query = query.where(answers.c.poll_id == poll_id, ~members.c.guest, ours(world, answers)).group_by(answers.c.question, part, answers.c.choice)
    found: dict[int, dict[str, dict[int, int]]] = {}
    for row in world.read.execute(query):
        found.setdefault(row.question, {}).setdefault(row.part, {})[row.choice] = row.heads
    return found
