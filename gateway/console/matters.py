"""Open matters: payments asked back, airtime of unknown outcome, transfers put aside, standing orders; and asking for what mends them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, abort, request, url_for

from gateway.console.approvals import ask, deed
from gateway.console.fields import whole
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Line, Table, show
from gateway.ledger import rows as ledger_rows
from gateway.members import rows as members
from gateway.members.log import hidden
from gateway.members.model import Member
from gateway.money import rows
from gateway.site import Site

DISPUTES = (("Since", ""), ("Reference", ""), ("Asked by", ""), ("Of", ""), ("Asked", "number"), ("Held", "number"), ("State", ""), ("", ""))
AIRTIME = (("Since", ""), ("Reference", ""), ("Phone", ""), ("Amount", "number"), ("Said", "words"), ("State", ""), ("", ""))
ASIDE = (("Since", ""), ("Reference", ""), ("Amount", "number"), ("Why", "words"), ("State", ""), ("", ""))
STANDING = (("Member", ""), ("To", ""), ("Amount", "number"), ("Every", ""), ("Next", ""), ("Paid", "number"), ("State", ""))


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/matters")
    @needs("money:read")
    def matters() -> str:
        with world_of(site) as world:
            tables = [_disputes(world), _airtime(world), _aside(world), _standing(world)]
        return show("Open matters", words="What a machine must not decide. Each button asks; a second person agrees.", tables=tables)

    @console.post("/ask/<action>")
    @needs("money:make")
    def ask_for(action: str) -> Any:
        """The small wishes that are a button in a row. What may be asked so is on this list, with what it needs."""
        read = SMALL.get(action)
        there = request.referrer if (request.referrer or "").startswith(request.host_url) else url_for("console.approvals")
        try:
            payload = read(request.form) if read else None
        except (KeyError, ValueError):
            payload = None
        if payload is None:
            abort(400)
        return ask(site, action, payload, there)


def _id(typed: str) -> int:
    found = whole(typed)
    if found is None:
        raise ValueError(typed)
    return found


SMALL: dict[str, Callable[[Mapping[str, str]], dict[str, Any]]] = {
    "dispute": lambda form: {"transfer_id": _id(form["transfer_id"]), "give": form["give"] == "yes"},
    "airtime": lambda form: {"transfer_id": _id(form["transfer_id"]), "delivered": form["delivered"] == "yes"},
    "quarantine": lambda form: {"transfer_id": _id(form["transfer_id"]), "post": form["post"] == "yes"},
    "reversal": lambda form: {"transfer_id": _id(form["transfer_id"]), "why": form["why"][:80]},
    "bulk": lambda form: {"batch_id": _id(form["batch_id"])},
    "delivery": lambda form: {"delivery_id": _id(form["delivery_id"])},
    "resume": lambda form: {"because": form["because"][:200]},
    "erase": lambda form: {"request_id": _id(form["request_id"])},
    "import": lambda form: {"import_id": _id(form["import_id"])},
}


def _name(who: Mapping[int, Member], id: int) -> str:
    return who[id].name if id in who else "–"


def _disputes(world: Any) -> Table:
    found = rows.page_of_disputes(world)
    known = ledger_rows.transfers_in(world, [one.transfer_id for one in found])
    who = members.by_ids(world, [id for one in found for id in (one.asker_id, one.holder_id)])
    money, local = world.organisation.money, world.organisation.local
    lines = []
    for one in found:
        ref = known[one.transfer_id].ref
        about = f"{ref}: {money(one.held)} held"
        deeds = [
            deed("Give back", "dispute", about, transfer_id=one.transfer_id, give="yes"),
            deed("Leave it", "dispute", about, transfer_id=one.transfer_id, give="no"),
        ] if one.state in ("open", "refused") else []  # fmt: skip
        lines.append(Line((
            Cell(f"{local(one.made_at):%d %b %H:%M}"), Cell(ref, url_for("console.transaction", id=one.transfer_id), kind="ref"),
            Cell(_name(who, one.asker_id)), Cell(_name(who, one.holder_id)), Cell(money(one.asked)), Cell(money(one.held)),
            Cell("overdue" if one.state == "open" and one.due_at < world.now() else one.state, state=True),
        ), deeds))  # fmt: skip
    return Table("Payments asked back", DISPUTES, lines, "Nobody asks anything back.")


def _airtime(world: Any) -> Table:
    found = rows.airtime_in(world, ("unknown", "sent", "sending", "waiting"))
    known = ledger_rows.transfers_in(world, [one.transfer_id for one in found])
    money, local = world.organisation.money, world.organisation.local
    lines = []
    for one in found:
        about = f"{known[one.transfer_id].ref}: airtime {money(one.amount)}"
        deeds = [
            deed("It arrived", "airtime", about, transfer_id=one.transfer_id, delivered="yes"),
            deed("It did not", "airtime", about, transfer_id=one.transfer_id, delivered="no"),
        ] if one.state in ("unknown", "sent") else []  # fmt: skip
        lines.append(Line((
            Cell(f"{local(one.made_at):%d %b %H:%M}"), Cell(known[one.transfer_id].ref, url_for("console.transaction", id=one.transfer_id), kind="ref"),
            Cell(hidden(one.number)), Cell(money(one.amount)), Cell(one.said), Cell(one.state, state=True),
        ), deeds))  # fmt: skip
    return Table("Airtime on its way, or of unknown outcome", AIRTIME, lines, "No airtime is open.")


def _aside(world: Any) -> Table:
    found = ledger_rows.page_of_transfers(world, most=100, state="quarantined")
    money, local = world.organisation.money, world.organisation.local
    lines = []
    for one in found:
        about = f"{one.ref}: {money(one.amount)}"
        deeds = [
            deed("Try again", "quarantine", about, transfer_id=one.id, post="yes"),
            deed("Give up", "quarantine", about, transfer_id=one.id, post="no"),
        ]
        lines.append(Line((
            Cell(f"{local(one.made_at):%d %b %H:%M}"), Cell(one.ref, url_for("console.transaction", id=one.id), kind="ref"), Cell(money(one.amount)),
            Cell(one.reason or ""), Cell(one.state, state=True),
        ), deeds))  # fmt: skip
    return Table("Transfers put aside", ASIDE, lines, "Every transfer could be posted.")


def _standing(world: Any) -> Table:
    found = rows.all_standing(world)
    who = members.by_ids(world, [one.member_id for one in found])
    money, local = world.organisation.money, world.organisation.local
    lines = [
        Line((
            Cell(who[one.member_id].name if one.member_id in who else "–"), Cell(one.name), Cell(money(one.amount)), Cell(one.every),
            Cell(f"{local(one.next_at):%d %b %Y}"), Cell(one.runs - one.failures), Cell(one.state, state=True),
        ))
        for one in found
    ]  # fmt: skip
    return Table("Standing orders", STANDING, lines, "No member has a standing order.")
