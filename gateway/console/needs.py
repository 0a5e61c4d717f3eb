"""Needs with reward: what is set apart for which need, until when, and whose it became; and that the books say the same."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from gateway.community.escrow_rows import set_apart
from gateway.community.needs import gift_rows, rows, units
from gateway.community.needs.model import HELD_DAYS, OPEN_MOST
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Line, Table, show
from gateway.members import rows as members
from gateway.members.model import short
from gateway.money.rewards import in_escrow
from gateway.site import Site

SHOWN = 200
COLUMNS = (
    ("Number", "ref"),
    ("Need", "words"),
    ("Reward", "number"),
    ("Added by others", "number"),
    ("Of", ""),
    ("Until", ""),
    ("Offers", "number"),
    ("State", ""),
    ("Paid to", ""),
)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/needs")
    @needs("feedback:read")
    def needs_with_reward() -> str:
        with world_of(site) as world:
            apart, there = (
                [units.worth(world, count(world, points=in_points), in_points, "en") for in_points in (False, True)] for count in (set_apart, in_escrow)
            )
            tables = [_needs(world)]
        same = "the same" if there == apart else f"{there[0]} and {there[1]}: this must not be, the night's proof says it too"
        facts = [
            ("Set apart for needs and for buying together", apart[0]), ("Points set apart for needs", apart[1]), ("On the accounts of escrow", same),
        ]  # fmt: skip
        money, points = units.MONEY, units.IN_POINTS
        words = (
            f"Who needs something sets {money.least} to {money.most:,} apart, or {points.least} to {points.most} points, {OPEN_MOST} times at once at most, "
            "and says who did it. "
            f"After {HELD_DAYS} days it goes back by itself; so does what you decline on the page of the item."
        )
        return show("Needs", words=words, facts=facts, tables=tables)


def _needs(world: Any) -> Table:
    found = rows.all_needs(world, SHOWN)
    known = members.by_ids(world, [id for _, held in found for id in (held.member_id, held.winner_id) if id])
    offers = rows.count_offers(world, [one.id for one, _ in found])
    more = gift_rows.added(world, [one.id for one, _ in found])
    lines = []
    for one, held in found:
        heads, added = more.get(one.id, (0, 0))
        poster, winner = known.get(held.member_id), known.get(held.winner_id or 0)
        lines.append(Line((
            Cell(one.number, link=url_for("console.item", number=one.number)), Cell(one.words), Cell(units.worth(world, held.amount, held.in_points, "en")),
            Cell(f"{units.worth(world, added, held.in_points, 'en')} of {heads}" if heads else "–"),
            Cell(short(poster.name) if poster else "–"), Cell(f"{world.organisation.local(held.until):%d %b}"), Cell(offers.get(one.id, 0)),
            Cell(one.state if held.state == "held" else held.state, state=True), Cell(short(winner.name) if winner else ""),
        )))  # fmt: skip
    return Table("Needs, newest first", COLUMNS, lines, "Nobody has posted a need. Members do: 5, 98, 4.")
