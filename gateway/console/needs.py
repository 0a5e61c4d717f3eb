"""Needs with reward: what is set apart for which need, until when, and whose it became; and that the books say the same."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, url_for

from gateway.community.escrow_rows import set_apart
from gateway.community.needs import gift_rows, rows
from gateway.community.needs.model import HELD_DAYS, LEAST, MOST, OPEN_MOST
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Line, Table, show
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.members import rows as members
from gateway.members.model import short
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
            money, open_now = world.organisation.money, set_apart(world)
            there = ledger_rows.account(world, world.system_accounts[ledger.ESCROW]).balance
            tables = [_needs(world)]
        same = "the same" if there == open_now else f"{money(there)}: this must not be, the night's proof says it too"
        facts = [("Set apart for needs and for buying together", money(open_now)), ("On the escrow account", same)]
        words = (
            f"Who needs something sets {LEAST} to {MOST:,} apart, {OPEN_MOST} times at once at most, and says who did it. "
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
            Cell(one.number, link=url_for("console.item", number=one.number)), Cell(one.words), Cell(world.organisation.money(held.amount)),
            Cell(f"{world.organisation.money(added)} of {heads}" if heads else "–"),
            Cell(short(poster.name) if poster else "–"), Cell(f"{world.organisation.local(held.until):%d %b}"), Cell(offers.get(one.id, 0)),
            Cell(one.state if held.state == "held" else held.state, state=True), Cell(short(winner.name) if winner else ""),
        )))  # fmt: skip
    return Table("Needs, newest first", COLUMNS, lines, "Nobody has posted a need. Members do: 5, 98, 4.")
