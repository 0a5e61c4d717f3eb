"""Good news of the week, to be read out at a meeting or on the radio: who helped, what was done and whose idea it was. Only who wants to be named is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint

from gateway.community import rows as community
from gateway.community.items import telling, voice_rows
from gateway.community.items.verbs import title_of
from gateway.community.voices import rows as voices
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Line, Table, show
from gateway.members import rows as members
from gateway.members.model import short
from gateway.site import Site

DAYS = 7
NAMED_MOST, DONE_MOST = 10, 10
SCRIPT = (("To be read out", "words"),)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/good-news")
    @needs("feedback:read")
    def good_news() -> str:
        with world_of(site) as world:
            since = world.now() - dt.timedelta(days=DAYS)
            lines = [*_thanked(world, since), *_done(world, since)]
        words = (
            f"What members did for each other in {DAYS} days, ready to be read out at a meeting or on the radio. Named is who asked to stand on the board "
            "(5, 98, 1, 6); others are counted, and an idea bears the name that its author chose for it."
        )
        tables = [Table("This week", SCRIPT, [Line((Cell(line),)) for line in lines], "Nobody was thanked and nothing was done in this week.")]
        return show("Good news", words=words, tables=tables)


def _thanked(world: Any, since: dt.datetime) -> list[str]:
    """Each helper once, who was thanked most first."""
    times: dict[int, int] = {}
    for _, helper, often in community.thanked_between(world, since):
        times[helper] = times.get(helper, 0) + often
    known = members.by_ids(world, times)
    agreed = voices.on_board(world, list(known))  # read out is read by all: only who said "show me" on the board is named
    named = sorted(
        (one for one in known.values() if one.status == "active" and one.shown_to == "everyone" and one.id in agreed),
        key=lambda one: (-times[one.id], one.name),
    )
    told = [f"{short(one.name)}{f' of {one.village}' if one.village else ''} helped and was thanked: {times[one.id]}." for one in named[:NAMED_MOST]]
    others = len(times) - len(told)
    return [*told, f"And {others} more helped. Thank you all."] if others and told else [f"{others} helped. Thank you all."] if others else told


def _done(world: Any, since: dt.datetime) -> list[str]:
    done = [one for one in voice_rows.newest_done(world, ("idea",), DONE_MOST) if one.state_at >= since]
    who = members.by_ids(world, [one.member_id for one in done if one.member_id])
    return [
        f"{title_of(one)}: done, because {one.supporters} wanted it. The idea is of {telling.author_name(world, one, who.get(one.member_id or 0), 'en')}."
        for one in done
    ]
