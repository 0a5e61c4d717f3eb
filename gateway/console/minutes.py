"""Time and cost: minutes that members spend for themselves and give to others, what came of them, and what it cost in SMS and points."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint

from gateway.community import minutes
from gateway.community import rows as community
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Line, Table, show
from gateway.records import rows
from gateway.site import Site
from menus.alphabet import sms_parts

WEEKS = 5
HOPS_MOST = 200_000  # of a week that are looked at
TEXTS_MOST = 50_000
COLUMNS = (
    ("Week from", ""), ("Members", "number"), ("Minutes, own", "number"), ("For others", "number"), ("Who gave", "number"), ("Thanks", "number"),
    ("Points", "number"), ("SMS parts", "number"),
)  # fmt: skip


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/time")
    @needs("feedback:read")
    def time_and_cost() -> str:
        with world_of(site) as world:
            lines = [_week(world, weeks_ago) for weeks_ago in range(WEEKS)]
        words = (
            f"From our own clock: from a screen to the answer to it, at most {minutes.MOST_S:.0f} seconds of one. Time for others goes into votes, "
            "answers, tips, and the work of leaders. Each member sees their own minutes under 6, 3; nobody's are listed here."
        )
        return show("Time and cost", words=words, tables=[Table("By week", COLUMNS, lines, "")])


def _week(world: Any, weeks_ago: int) -> Line:
    today = world.organisation.local(world.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - dt.timedelta(days=today.weekday() + 7 * weeks_ago)
    since, until = monday.astimezone(dt.UTC), (monday + dt.timedelta(days=7)).astimezone(dt.UTC)
    spent = minutes.given(world, since, until, HOPS_MOST)
    thanks, points = community.thanks_of_all(world, since, until)
    parts = sum(sms_parts(words) for words in rows.texts_between(world, since, until, TEXTS_MOST))
    own, others = (round(sum(span[n] for span in spent.values()) / 60) for n in (0, 1))
    return Line(tuple(map(Cell, (
        f"{monday:%d %b}", f"{len(spent):,}", f"{own:,}", f"{others:,}", f"{sum(span[1] > 0 for span in spent.values()):,}", f"{thanks:,}", f"{points:,}",
        f"{parts:,}",
    ))))  # fmt: skip
