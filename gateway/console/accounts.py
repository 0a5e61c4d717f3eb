"""Accounts: the list, one with its full statement of any span, as a page and as CSV; and asking for changes to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, abort, g, request, url_for
from wtforms import DateField, Form, StringField
from wtforms.validators import Length, Optional

from gateway.console.approvals import ask
from gateway.console.books import in_currency
from gateway.console.fields import FlaskForm, amount_field, day_start, minor, required, select
from gateway.console.guard import needs, world_of
from gateway.console.looking import asks_why, keep_why
from gateway.console.page import Ask, Cell, Line, Link, Table, said, show
from gateway.console.tables import csv_of
from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import Account
from gateway.ledger.statements.facts import Statement, statement
from gateway.members import lost_rows
from gateway.members import rows as members
from gateway.members.guardians import office_number
from gateway.members.log import hidden
from gateway.members.sim_rows import numbers_of
from gateway.site import Site

PAGE = 100
LINES_MOST = 500  # of a statement on a page; the CSV has them all
ACCOUNTS = (("Account", ""), ("Name", ""), ("Product", ""), ("Balance", "number"), ("Held", "number"), ("Status", ""))
LINES = (("When", ""), ("Amount", "number"), ("With", ""), ("What", ""), ("Note", "words"), ("Reference", "ref"), ("Balance", "number"))


class Find(Form):  # type: ignore[misc]
    code = StringField("Account begins with", [Optional(), Length(max=40)])
    product = select("Product", "|all products", "savings", "group", "agent", "till", "produce", "loan", "points", "system")


class Span(Form):  # type: ignore[misc]
    begins = DateField("From", [Optional()])
    ends = DateField("To", [Optional()])


class StatusForm(FlaskForm):  # type: ignore[misc]
    status = select("Status", "open", "blocked", "dormant", "closed")
    why = required("Why", 80)


class FloatForm(FlaskForm):  # type: ignore[misc]
    direction = select("Which way", "in|From the bank to this account", "out|From this account to the bank")
    amount = amount_field()
    why = required("Why", 80)


class AdjustForm(FlaskForm):  # type: ignore[misc]
    other = required("The other account", 40, placeholder="FEES")
    direction = select("Which way", "out|From this account to the other", "in|From the other to this account")
    amount = amount_field()
    why = required("Why", 80)


class PinForm(FlaskForm):  # type: ignore[misc]
    seen = select("What you have seen", "national ID", "passport", "military ID", "alien ID")
    why = required("Why the guardians cannot help", 80)


FORMS: dict[str, Any] = {"status": StatusForm, "float": FloatForm, "adjustment": AdjustForm, "pin": PinForm}
NEW_PIN = (
    "The member stands before you with an ID. When a second person agrees, an SMS says so, and the member chooses a new PIN on their own phone: "
    "nobody else ever sees it. It moves no money for a day."
)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/accounts")
    @needs("money:read")
    def accounts() -> str:
        form = Find(request.args)
        form.validate()
        after = request.args.get("after", "") or (form.code.data or "")[:-1]
        with world_of(site) as world:
            found = ledger_rows.all_accounts(world, product=form.product.data or "", after=after, most=PAGE)
            found = [one for one in found if one.code.startswith(form.code.data or "")]
            lines = [_line(world, one) for one in found]
        older = url_for("console.accounts", product=form.product.data, code=form.code.data, after=found[-1].code) if len(found) == PAGE else None
        filtered = url_for("console.accounts") if form.code.data or form.product.data else ""
        return show("Accounts", filter=form, clear=filtered, tables=[Table("By code", ACCOUNTS, lines, "No such account.")], older=older)

    @console.get("/accounts/<code>")
    @needs("money:read")
    def account(code: str) -> Any:
        form = Span(request.args)
        form.validate()
        with world_of(site) as world:
            found = _account_or_404(world, code)
            if asking := asks_why(world, [found.owner_id], "account", f"Account {code}", url_for("console.look_at_account", code=code, **_asked_for())):
                return asking
            begins, ends = _span(world, form)
            told = statement(world, found, begins, ends)
            if request.args.get("csv"):
                return csv_of(f"{code}.csv", list(_csv(world, told)))
            tables = [_statement(world, told)]
            facts = _facts(world, found, told)
        links = [Link("As CSV", url_for("console.account", code=code, csv=1, begins=form.begins.data, ends=form.ends.data))]
        return show(f"{found.name} ({code})", facts=facts, links=links, filter=form, clear="", tables=tables, asks=_asks(found))

    @console.post("/accounts/<code>/look")
    @needs("money:read")
    def look_at_account(code: str) -> Any:
        with world_of(site) as world:
            return keep_why(world, [_account_or_404(world, code).owner_id], "account", url_for("console.account", code=code, **_asked_for()))

    @console.post("/accounts/<code>/<what>")
    @needs("money:make")
    def ask_account(code: str, what: str) -> Any:
        return _asked(site, code, what)


def _asked_for() -> dict[str, Any]:
    """Which part of the account was asked for, so that it comes once the reason is said."""
    return {name: request.args[name] for name in ("begins", "ends", "csv") if name in request.args}


def _account_or_404(world: Any, code: str) -> Account:
    found = ledger_rows.account_with(world, code)
    if found is None:
        abort(404)
    return found


def _asked(site: Site, code: str, what: str) -> Any:
    """What another person is to agree to: a new status, float, an adjustment."""
    there = url_for("console.account", code=code)
    if what not in FORMS:
        abort(404)
    form = FORMS[what]()
    with world_of(site) as world:
        if not form.validate_on_submit() or ledger_rows.account_with(world, code) is None:
            return said("Something is missing: " + "; ".join(f"{name} {why[0]}" for name, why in form.errors.items()), there, wrong=True)
        if what == "status":
            return ask(site, "status", {"account": code, "status": form.status.data, "why": form.why.data}, there)
        if what == "pin":
            return ask(site, "pin", {"account": code, "seen": form.seen.data, "why": form.why.data}, there)
        amount = minor(world, form.amount.data)
        if amount is None:
            return said("An amount like 250 is needed.", there, wrong=True)
        why = form.why.data
    if what == "float":
        payload = {"account": code, "amount": amount, "direction": form.direction.data, "why": why}
        return ask(site, "float", payload, there)
    source, destination = (code, form.other.data) if form.direction.data == "out" else (form.other.data, code)
    payload = {"source": source, "destination": destination, "amount": amount, "why": why}
    return ask(site, "adjustment", payload, there)


def _asks(found: Account) -> list[Ask]:
    if not g.signed_in.operator.may("money:make"):
        return []
    asks = [Ask("Adjust", AdjustForm(formdata=None), url_for("console.ask_account", code=found.code, what="adjustment"), "Ask for it")]
    if found.product == "agent":
        asks.insert(0, Ask("Float", FloatForm(formdata=None), url_for("console.ask_account", code=found.code, what="float"), "Ask for it"))
    if found.product != "system":
        if found.product == "savings" and found.owner_id:
            asks.append(Ask("New PIN", PinForm(formdata=None), url_for("console.ask_account", code=found.code, what="pin"), "Ask for it", NEW_PIN))
        asks.append(Ask("Status", StatusForm(formdata=None), url_for("console.ask_account", code=found.code, what="status"), "Ask for it"))
    return asks


def _span(world: Any, form: Span) -> tuple[dt.datetime, dt.datetime]:
    today = world.organisation.local(world.now()).date()
    begins = form.begins.data or today.replace(day=1)
    ends = max(form.ends.data or today, begins)
    return day_start(world, begins), day_start(world, ends, 1)


def _line(world: Any, one: Account) -> Line:
    return Line((
        Cell(one.code, url_for("console.account", code=one.code), kind="ref"), Cell(one.name), Cell(one.product),
        Cell(in_currency(world, one.balance, one.currency)),
        Cell(in_currency(world, one.held, one.currency) if one.held else ""), Cell(one.status, state=one.status != "open"),
    ))  # fmt: skip


def _facts(world: Any, found: Account, told: Statement) -> list[tuple[str, Any]]:
    sims = [("SIMs", ", ".join(hidden(one) for one in numbers_of(world, found.owner_id)))] if found.owner_id else []
    said_lost = lost_rows.last(world, found.owner_id) if found.owner_id else None
    if said_lost and said_lost.until > world.now():
        sims.append(("Said to be lost", f"by {hidden(said_lost.said_by)}; the PIN rests until {world.organisation.local(said_lost.until):%H:%M}"))
    owner = members.by_id(world, found.owner_id) if found.owner_id else None
    if owner and (number := office_number.told(world, owner)) and g.signed_in.operator.may("money:make"):
        sims.append(("Say to them", f"{number}: they share a phone, and are asked for it before they choose the new PIN (dial, their name, 9)"))
    return [
        ("Opening balance", in_currency(world, told.opening, found.currency)), ("Closing balance", in_currency(world, told.closing, found.currency)),
        ("Lines", f"{told.count:,}"), ("Now", in_currency(world, found.balance, found.currency)), ("Held", in_currency(world, found.held, found.currency)),
        ("Product", found.product), ("Status", found.status), ("Tier", found.tier), *sims,
    ]  # fmt: skip


def _statement(world: Any, told: Statement) -> Table:
    lines = []
    for n, one in enumerate(told.lines):
        if n == LINES_MOST:
            break
        lines.append(Line((
            Cell(f"{world.organisation.local(one.posted_at):%d %b %Y %H:%M:%S}"), Cell(in_currency(world, one.amount, told.account.currency)), Cell(one.other),
            Cell(f"{one.kind} {one.subtype} {one.purpose if one.purpose != 'principal' else ''}".strip()), Cell(one.narrative),
            Cell(one.ref, url_for("console.transaction", id=one.transfer_id)), Cell(in_currency(world, one.after, told.account.currency)),
        )))  # fmt: skip
    return Table("Statement", LINES, lines, "Nothing moved in this span.")


def _csv(world: Any, told: Statement) -> Iterator[list[Any]]:
    local = world.organisation.local
    yield ["moment", "amount_minor", "currency", "with", "kind", "purpose", "note", "reference", "balance_minor"]
    yield [local(told.begins_at).isoformat(), "", told.account.currency, "opening balance", "", "", "", "", told.opening]
    for one in told.lines:
        kind = f"{one.kind} {one.subtype}".strip()
        yield [local(one.posted_at).isoformat(), one.amount, told.account.currency, one.other, kind, one.purpose, one.narrative, one.ref, one.after]
    yield [local(told.ends_at).isoformat(), "", told.account.currency, "closing balance", "", "", "", "", told.closing]
