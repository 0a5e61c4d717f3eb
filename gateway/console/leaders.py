"""Who leads: in which group, since when, how often the turn went round, how the group does, and what the leader has learnt."""

from __future__ import annotations

import datetime as dt
import statistics
from typing import Any

from flask import Blueprint, request, url_for

from gateway.community.groups import care_rows, term_rows
from gateway.community.groups import rows as groups
from gateway.community.groups.health import SILENT_DAYS, health
from gateway.community.groups.model import Group
from gateway.community.groups.votes import LED_DAYS
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Line, Table, show
from gateway.members import rows as members
from gateway.members.model import short
from gateway.site import Site
from menus.book.lessons import LESSONS

GROUPS_SHOWN = 50
LEADERS = (
    ("Leader", ""), ("Group", ""), ("Since", ""), ("Days", "number"), ("Have led it", "number"), ("Lessons", "number"),
    (f"Cared for, {SILENT_DAYS} days", "number"),
    ("The group", "words"),
)  # fmt: skip
ABOUT = (
    f"The turn goes round by vote: members may call one under 3, 98, 4, and after {LED_DAYS} days the clock asks. "
    "Lessons are those under How to lead well; who was cared for is counted, never named."
)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/leaders")
    @needs("groups:read")
    def leaders() -> str:
        after = request.args.get("after", "")
        with world_of(site) as world:
            found = groups.all_groups(world, after=after, most=GROUPS_SHOWN)
            open_ = [one for one in found if one.state == "open"]
            terms = term_rows.of_groups(world, [one.id for one in open_])
            lines = [line for one in open_ for line in _lines(world, one, terms.get(one.id, []))]
            facts = _facts(world, terms)
        older = url_for("console.leaders", after=found[-1].number) if len(found) == GROUPS_SHOWN else None
        return show("Leaders", words=ABOUT, facts=facts, tables=[Table("Who leads", LEADERS, lines, "No group yet.")], older=older)


def _facts(world: Any, terms: dict[int, list[term_rows.Term]]) -> list[tuple[str, Any]]:
    days = [one.days(world.now()) for some in terms.values() for one in some]
    now = [one.days(world.now()) for some in terms.values() for one in some if one.until is None]
    return [
        ("Lead now", len(now)),
        ("Half of all terms are shorter, days", round(statistics.median(days)) if days else "–"),
        (f"Longer than {LED_DAYS} days", sum(one > LED_DAYS for one in now)),
    ]


def _since(world: Any) -> dt.datetime:
    since: dt.datetime = world.now() - dt.timedelta(days=SILENT_DAYS)
    return since


def _lines(world: Any, group: Group, terms: list[term_rows.Term]) -> list[Line]:
    now = [one for one in terms if one.until is None]
    known = members.by_ids(world, [one.member_id for one in now])
    read = care_rows.lessons_read(world, list(known))
    said = ", ".join(health(world, group).signals) or "well"
    there = Cell(group.name, link=url_for("console.group", number=group.number))
    heads = Cell(len({one.member_id for one in terms}))
    lines = []
    for one in now:
        if (who := known.get(one.member_id)) and who.status == "active":
            cared = care_rows.cared_since(world, who.id, _since(world))
            day = f"{world.organisation.local(one.since):%d %b %Y}"
            learnt = f"{min(read.get(who.id, 0), len(LESSONS))} of {len(LESSONS)}"
            cells = (Cell(short(who.name)), there, Cell(day), Cell(one.days(world.now())), heads, Cell(learnt), Cell(cared), Cell(said))
            lines.append(Line(cells))
    return lines or [Line((Cell("nobody"), there, Cell("–"), Cell("–"), heads, Cell("–"), Cell("–"), Cell(said)))]
