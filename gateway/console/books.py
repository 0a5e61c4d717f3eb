"""The books: whether they add up, the trial balance of any day, stopping and resuming, closing a period."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from flask import Blueprint, g, request, url_for
from wtforms import DateField, Form
from wtforms.validators import Optional

from gateway.console.approvals import ask, deed
from gateway.console.fields import DateField as RequiredDay
from gateway.console.fields import FlaskForm, day_start, required
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Line, Link, Table, said, show
from gateway.console.tables import csv_of
from gateway.ledger import rows as ledger_rows
from gateway.ledger.currencies import digits_of
from gateway.ledger.model import Money
from gateway.ledger.proof import rows as proofs
from gateway.ledger.proof.facts import prove
from gateway.ledger.proof.verbs import keep
from gateway.ledger.statements.facts import trial_balance
from gateway.site import Site
from gateway.store import audit

TRIAL = (("Account", ""), ("Name", ""), ("Kind", ""), ("Debits", "number"), ("Credits", "number"), ("Balance", "number"))
PROOFS = (("When", ""), ("Accounts", "number"), ("Transfers", "number"), ("Head of the chain", "ref"), ("Result", ""), ("What is wrong", "words"))
PERIODS = (("Until", ""), ("Closed", ""), ("By", ""))


SIGNS = "A balance is credits less debits: what we owe stands above zero, what we own below."


class AsOf(Form):  # type: ignore[misc]
    day = DateField("As of the end of", [Optional()])


class StopForm(FlaskForm):  # type: ignore[misc]
    why = required("Why", 120)


class PeriodForm(FlaskForm):  # type: ignore[misc]
    ends = RequiredDay("Last day of the period")


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/books")
    @needs("money:read")
    def books() -> Any:
        form = AsOf(request.args)
        form.validate()
        with world_of(site) as world:
            at = _end_of(world, form.day.data)
            lines, paused = trial_balance(world, at), ledger_rows.paused_because(world)
            tables = [_trial(world, lines), _proofs(world), _periods(world)]
            sums = _sums(world, lines)
        if request.args.get("csv"):
            table: list[list[Any]] = [["account", "name", "kind", "currency", "debits_minor", "credits_minor", "balance_minor"]]
            table += [[one.code, one.name, one.kind, one.currency, one.debits, one.credits, one.balance] for one in lines]
            return csv_of("trial-balance.csv", table)
        if paused:
            tables.insert(
                0, Table("Sending rests", (("", "words"), ("", "")), [Line((Cell(paused),), [deed("Ask to resume", "resume", paused[:100], because=paused)])])
            )
        links = [Link("As CSV", url_for("console.books", csv=1, day=form.day.data))]
        clear = url_for("console.books") if form.day.data else ""
        return show("The books", words=SIGNS, facts=sums, links=links, filter=form, clear=clear, tables=tables, asks=_asks())

    @console.post("/books/prove")
    @needs("money:read")
    def prove_now() -> Any:
        organisation = site.organisation(g.signed_in.operator.organisation_id)
        with site.world(organisation, seconds=60, snapshot=True) as world:
            proof = prove(world)
        with world_of(site) as world:
            stopped = keep(world, proof)
        if proof.faults:
            return said(f"{len(proof.faults)} faults: {proof.said[:160]}" + (" Sending rests." if stopped else ""), url_for("console.books"), wrong=True)
        return said(f"Sound: {proof.accounts} accounts, {proof.transfers} transfers, every seal and the chain.", url_for("console.books"))

    @console.post("/books/stop")
    @needs("money:read")
    def stop_sending() -> Any:
        """One person is enough to stop; two are needed to go on."""
        form, who = StopForm(), g.signed_in.operator.login
        if not form.validate_on_submit():
            return said("A reason is needed.", url_for("console.books"), wrong=True)
        with world_of(site) as world:
            ledger_rows.pause(world, f"{form.why.data} ({who})")
            audit.note(world, who, "sending_stopped", "organisation", why=form.why.data)
        return said("All sending rests now. Two persons are needed to go on.", url_for("console.books"))

    @console.post("/books/period")
    @needs("money:make")
    def ask_period() -> Any:
        form, there = PeriodForm(), url_for("console.books")
        if not form.validate_on_submit() or form.ends.data is None:
            return said("A day is needed.", there, wrong=True)
        with world_of(site) as world:
            ends_at = day_start(world, form.ends.data, 1)
        return ask(site, "period", {"ends_at": ends_at.isoformat()}, there)


def _asks() -> list[Ask]:
    every = "Every account, every line, every seal and the chain, from the rows alone."
    asks = [Ask("Prove the books now", FlaskForm(), url_for("console.prove_now"), "Prove", every)]
    if g.signed_in.operator.may("money:make"):
        closed = "Nothing is posted into a closed period any more."
        asks.append(Ask("Close a period", PeriodForm(formdata=None), url_for("console.ask_period"), "Ask for it", closed))
    at_once = "When something is wrong: at once, and everywhere within seconds."
    asks.append(Ask("Stop all sending", StopForm(formdata=None), url_for("console.stop_sending"), "Stop", at_once))
    return asks


def _end_of(world: Any, day: dt.date | None) -> dt.datetime:
    return day_start(world, day, 1) if day else world.now()


def in_currency(world: Any, minor: int, currency: str) -> Money:
    own = currency == world.organisation.currency
    return Money(minor, currency, world.organisation.digits if own else digits_of(currency, world.organisation.digits))


def _sums(world: Any, lines: Any) -> list[tuple[str, Any]]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in lines:
        sums[one.currency][0] += one.debits
        sums[one.currency][1] += one.credits
    said = []
    for currency, (debits, credits) in sums.items():
        equal = "the two sides are equal" if debits == credits else "THE TWO SIDES DIFFER"
        said.append((f"{currency}: debits and credits", f"{in_currency(world, debits, currency)}, {equal}"))
    return said


def _trial(world: Any, lines: Any) -> Table:
    shown = [
        Line((
            Cell(one.code, url_for("console.account", code=one.code), kind="ref"), Cell(one.name), Cell(one.kind),
            Cell(in_currency(world, one.debits, one.currency)),
            Cell(in_currency(world, one.credits, one.currency)), Cell(in_currency(world, one.balance, one.currency)),
        ))
        for one in lines
        if one.debits or one.credits
    ]  # fmt: skip
    return Table("Trial balance", TRIAL, shown, "Nothing has moved.")


def _proofs(world: Any) -> Table:
    local = world.organisation.local
    lines = [
        Line((
            Cell(f"{local(one.at):%d %b %Y %H:%M}"), Cell(f"{one.accounts:,}"), Cell(f"{one.transfers:,}"), Cell(one.head),
            Cell(f"{one.faults} faults" if one.faults else "sound", state=not one.faults), Cell(one.said[:200]),
        ))
        for one in proofs.last_proofs(world, 10)
    ]  # fmt: skip
    return Table("Proofs of the books", PROOFS, lines, "The first proof comes within a day, or when you ask for one.")


def _periods(world: Any) -> Table:
    local = world.organisation.local
    lines = [
        Line((Cell(f"{local(one.ends_at):%d %b %Y}"), Cell(f"{local(one.closed_at):%d %b %Y %H:%M}"), Cell(one.closed_by)))
        for one in proofs.closed_periods(world)
    ]
    return Table("Closed periods", PERIODS, lines, "No period is closed.")
