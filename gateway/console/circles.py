"""What a group says to itself, on its page: the self-check with its gap and promises, circles, what the next meeting is to be about."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.circles import checks, rows
from gateway.community.circles.model import FEWEST, RATINGS, STATEMENTS, gap
from gateway.community.groups import rows as groups
from gateway.community.groups.model import Group
from gateway.community.topics.verbs import called
from gateway.console.page import Cell, Line, Table
from gateway.members import rows as members
from gateway.members.model import short

CIRCLES_SHOWN = 5
CHECKS = (
    ("Statement", "words"), ("Can, of 100", "number"), ("Will", "number"), ("Should", "number"), ("Members less leaders", "number"), ("Who and when", ""),
)  # fmt: skip
CIRCLES = (("Since", ""), ("About", ""), ("Spoke", "number"), ("Said", "number"), ("Became tips", "number"), ("State", ""))
SAID = {"named": "asked, no answer yet", "not_me": "said no", "done": "done"}  # of a promise, instead of its day
POINTS = (("Wanted for the next meeting", ""), ("Members", "number"))


def tables_of(world: Any, group: Group) -> list[Table]:
    """Nothing of what few have said; the words of a circle stay with the group."""
    return [table for table in (_checks(world, group), _circles(world, group), _points(world, group)) if table.lines]


def _checks(world: Any, group: Group) -> Table:
    since = world.now() - dt.timedelta(days=checks.SEASON_DAYS)
    if rows.raters(world, group.id, since) < FEWEST:
        return Table("Can, will, should", CHECKS, [])
    counted, promised = rows.count_ratings(world, group.id, since), rows.promises_of(world, group.id)
    doers = members.by_ids(world, [one.member_id for one in promised.values()])
    lines, rated = [], checks.shares(world, group)
    for n, statement in enumerate(STATEMENTS):
        share, made = rated.get(n, dict.fromkeys(RATINGS, "–")), promised.get(n)
        apart = gap(counted.get((n, "member"), {}), counted.get((n, "leader"), {}))
        lines.append(Line((
            Cell(statement), Cell(share["can"]), Cell(share["will"]), Cell(share["should"]), Cell("–" if apart is None else f"{apart:+}"),
            Cell(_promise(world, made, doers) if made else "–"),
        )))  # fmt: skip
    return Table("Can, will, should", CHECKS, lines)


def _promise(world: Any, made: Any, doers: dict[int, Any]) -> str:
    name = short(doers[made.member_id].name) if made.member_id in doers else "?"
    if made.state in SAID:
        return f"{name}: {SAID[made.state]}"
    late = ", overdue" if made.due_at <= world.now() else ""
    return f"{name} by {world.organisation.local(made.due_at):%d %b}{late}"


def _circles(world: Any, group: Group) -> Table:
    lines = []
    for one in rows.circles_of(world, group.id, CIRCLES_SHOWN):
        said, running = rows.words_in(world, one.id), one.state == "open" and one.ends_at > world.now()
        lines.append(Line((
            Cell(f"{world.organisation.local(one.made_at):%d %b %Y}"), Cell(called(world, one.topic, "en")),
            Cell(len({word.member_id for word in said})), Cell(len(said)),
            Cell(sum(word.tip_id is not None for word in said)), Cell("open" if running else "closed", state=True),
        )))  # fmt: skip
    return Table("Circles", CIRCLES, lines)


def _points(world: Any, group: Group) -> Table:
    coming = groups.meetings_of(world, group.id, world.now(), 1)
    wanted = rows.points_of(world, coming[0].id) if coming else {}
    return Table("What the next meeting is to be about", POINTS, [Line((Cell(point), Cell(heads))) for point, heads in wanted.items()])
