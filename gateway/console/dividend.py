"""The dividend: count a month, look at every share, then ask a second person; it is paid like any batch, once."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

from flask import Blueprint, g, request, url_for
from wtforms import Form, HiddenField
from wtforms.validators import InputRequired, Length

from gateway.community.dividend import verbs
from gateway.community.dividend.verbs import Counted, NoDividend
from gateway.console.fields import FlaskForm, minor, optional
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Line, Table, said, show
from gateway.members import rows as members
from gateway.members.log import hidden
from gateway.members.model import short
from gateway.money import bulk
from gateway.site import Site
from gateway.store import audit

SHOWN = 200  # shares that are shown, the largest first
RUNS = (("Month", ""), ("Members", "number"), ("Shared out", "number"), ("By", ""), ("State", ""))
SHARES = (("Member", ""), ("Phone", ""), ("Others paid", "number"), ("Acts that helped", "number"), ("Share", "number"))
HOW = (
    "It is paid from the budget of money (page Helpers). Half of the sum goes by use (how many others a member paid), half by help that somebody else "
    "confirmed (thanks, tips that two found right, ideas that were done). Both are capped at the 95th percentile. The sum of the shares is the sum you name, "
    "to the last cent. A month is shared out once. Name the sum, or how much of a hundred (1 to 50) of the staff's work that members saved in that month, "
    "less the rewards of that month: page Fair share."
)


class Find(Form):  # type: ignore[misc]
    month = optional("Month", 7, placeholder="2026-10")
    amount = optional("To share out", 20, inputmode="decimal", placeholder="5000")
    percent = optional("Or so much of 100 that was saved", 2, inputmode="numeric", placeholder="20")


class KeepForm(FlaskForm):  # type: ignore[misc]
    month = HiddenField(validators=[InputRequired(), Length(max=7)])
    amount = HiddenField(validators=[InputRequired(), Length(max=20)])


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/dividend")
    @needs("money:read")
    def dividend() -> Any:
        here, month, amount = url_for("console.dividend"), request.args.get("month"), request.args.get("amount")
        with world_of(site) as world:
            runs = _runs(world)
            if month is None:
                return show("Dividend", words=HOW, filter=Find(), tables=[runs])
            try:
                counted, budget = _count(world, month, amount or "", request.args.get("percent", ""))
            except NoDividend as why:
                return said(f"Not counted: {why}.", here, wrong=True)
            tables = [_shares(world, counted), runs]
            typed = str(decimal.Decimal(budget).scaleb(-world.organisation.digits))
            facts = [("To share out", world.organisation.money(budget)), ("Members with a share", f"{len(counted.given):,}")]
        asks = []
        if g.signed_in.operator.may("money:make"):
            keep = KeepForm(formdata=None, month=f"{counted.month:%Y-%m}", amount=typed)
            about = "Nothing is paid before another person has agreed."
            asks.append(Ask("Is it right?", keep, url_for("console.dividend_keep"), "Keep it for a second person", about))
        return show("Dividend", words=HOW, facts=facts, filter=Find(request.args), clear=here, tables=tables, asks=asks)

    @console.post("/dividend")
    @needs("money:make")
    def dividend_keep() -> Any:
        form, maker = KeepForm(), g.signed_in.operator.login
        with world_of(site) as world:
            try:
                counted, _ = _count(world, form.month.data or "", form.amount.data, "")
                id = verbs.keep(world, counted, maker)
            except NoDividend as why:
                return said(f"Not kept: {why}.", url_for("console.dividend"), wrong=True)
            audit.note(world, maker, "dividend_kept", f"bulk {id}", month=f"{counted.month:%Y-%m}", total=counted.total)
        return said("Kept. Look at it once more, then ask a second person.", url_for("console.bulk_batch", id=id))


def _count(world: Any, month: str, amount: str, percent: str) -> tuple[Counted, int]:
    try:
        first = dt.datetime.strptime(f"{month}-01", "%Y-%m-%d").date()
    except ValueError as error:
        raise NoDividend("a month is written like 2026-10") from error
    if percent and not amount:
        budget: int | None = verbs.worth_sharing(world, first, int(percent) if percent.isdecimal() else 0)
    else:
        budget = minor(world, amount)
    if budget is None:
        raise NoDividend("an amount in whole units is needed")
    try:
        return verbs.count(world, first, budget), budget
    except OverflowError as error:  # a year beyond all calendars
        raise NoDividend("a month is written like 2026-10") from error


def _shares(world: Any, counted: Counted) -> Table:
    largest = sorted(counted.given.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
    known, money = members.by_ids(world, [whose for whose, _ in largest]), world.organisation.money
    lines = [
        Line((
            Cell(short(known[whose].name)), Cell(hidden(known[whose].number), kind="nowrap"), Cell(counted.used.get(whose, 0)),
            Cell(counted.helped.get(whose, 0)), Cell(money(share)),
        ))
        for whose, share in largest if whose in known
    ]  # fmt: skip
    more = f", the {SHOWN} largest of {len(counted.given):,}" if len(counted.given) > SHOWN else ""
    return Table(f"Shares of {counted.month:%B %Y}{more}", SHARES, lines)


def _runs(world: Any) -> Table:
    money = world.organisation.money
    lines = [
        Line((
            Cell(one.name, link=url_for("console.bulk_batch", id=one.id)), Cell(one.lines), Cell(money(one.total)), Cell(one.made_by),
            Cell(one.state, state=True),
        ))
        for one in bulk.runs_of(world, verbs.KIND)
    ]  # fmt: skip
    return Table("Runs", RUNS, lines, "No month has been shared out yet.")
