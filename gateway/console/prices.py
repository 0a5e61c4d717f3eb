"""Tariffs and limits: what holds, since when, and asking for new ones."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from flask import Blueprint, g, url_for

from gateway.console.approvals import ask
from gateway.console.fields import AMOUNT_MOST, DateField, FlaskForm, TextAreaField, day_start, minor, optional, required, select, whole
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Line, Table, said, show
from gateway.ledger.prices.model import BASIS
from gateway.site import Site

KINDS = ("transfer", "withdrawal", "merchantpayment", "billpay", "deposit", "merchantpayment.airtime", "*|* everything")
TARIFFS = (("Kind", ""), ("Name", ""), ("From", ""), ("Paid by", ""), ("From amount", "number"), ("To amount", "number"), ("Fee", "number"), ("Tax", ""))
LIMITS = (("Kind", ""), ("Scope", ""), ("Tier", ""), ("At most", "number"), ("Times", "number"), ("From", ""), ("Given back by a reversal", ""))


_DECIMAL = re.compile(r"[0-9]{1,10}(?:\.[0-9]{1,4})?", re.ASCII)
TIMES_MOST, BANDS_MOST = 100_000, 60  # of one limit; lines of one tariff


class TariffForm(FlaskForm):  # type: ignore[misc]
    kind = select("Kind", *KINDS[:-1])
    name = required("Name", 60, placeholder="Sending 2027")
    payer = select("Who pays", "source|who sends", "destination|who receives", "organisation|the organisation")
    valid_from = DateField("From")
    bands = TextAreaField("Lines: from to fee [share % [excise % [levy %]]]", render_kw={"placeholder": "1 100 0\n101 1000 5\n1001 70000 10 0.5", "rows": 6})


class LimitForm(FlaskForm):  # type: ignore[misc]
    kind = select("Kind", *KINDS)
    scope = select("Scope", "once|at once", "day|in a day", "month|in a month", "year|in a year", "balance|held at most")
    tier = select("Tier", "0|every tier", "1", "2", "3")
    most = optional("At most (amount)", 20, inputmode="decimal")
    times = optional("At most (times)", 6, inputmode="numeric")
    gives_back = select("A reversal gives it back", "no", "yes")
    valid_from = DateField("From")


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/prices")
    @needs("money:read")
    def prices() -> str:
        with world_of(site) as world:
            tables = [_tariffs(world), _limits(world)]
        asks = []
        if g.signed_in.operator.may("money:make"):
            words = "A new tariff holds from its day on and never changes what was asked for before."
            asks = [
                Ask("A new tariff", TariffForm(formdata=None), url_for("console.ask_tariff"), "Ask for it", words),
                Ask("A new limit", LimitForm(formdata=None), url_for("console.ask_limit"), "Ask for it"),
            ]
        return show("Tariffs and limits", tables=tables, asks=asks)

    @console.post("/prices/tariff")
    @needs("money:make")
    def ask_tariff() -> Any:
        form, there = TariffForm(), url_for("console.prices")
        with world_of(site) as world:
            bands = _bands(world, form.bands.data or "")
            if not form.validate_on_submit() or bands is None or form.valid_from.data is None:
                return said("A name, a day, and lines like `101 1000 5` are needed.", there, wrong=True)
            valid_from = day_start(world, form.valid_from.data).isoformat()
        payload = {"kind": form.kind.data, "payer": form.payer.data, "name": form.name.data, "valid_from": valid_from, "bands": bands}
        return ask(site, "tariff", payload, there)

    @console.post("/prices/limit")
    @needs("money:make")
    def ask_limit() -> Any:
        form, there = LimitForm(), url_for("console.prices")
        with world_of(site) as world:
            most, times = minor(world, form.most.data) if form.most.data else None, whole(form.times.data, TIMES_MOST)
            wrong = (form.most.data and most is None) or (form.times.data and times is None) or (most is None and times is None)
            if not form.validate_on_submit() or wrong or form.valid_from.data is None:
                return said("An amount or a number of times, and a day are needed.", there, wrong=True)
            valid_from = day_start(world, form.valid_from.data).isoformat()
        payload = {
            "kind": form.kind.data, "scope": form.scope.data, "tier": int(form.tier.data), "most": most, "times": times,
            "gives_back": form.gives_back.data == "yes", "valid_from": valid_from,
        }  # fmt: skip
        return ask(site, "limit", payload, there)


def _bands(world: Any, typed: str) -> list[dict[str, int]] | None:
    """Lines of a tariff: from, to and fee in whole units, then a share, an excise and a levy in percent. None when one is wrong."""
    scale, bands = 10**world.organisation.digits, []
    for line in filter(None, map(str.strip, typed.splitlines()[:BANDS_MOST])):
        parts = line.replace(",", "").split()
        if not 3 <= len(parts) <= 6 or not all(_DECIMAL.fullmatch(part) for part in parts):
            return None
        low, high, fee, *shares = map(Decimal, parts)
        rate, tax, levy = ([int(share * BASIS / 100) for share in shares] + [0, 0, 0])[:3]
        if low < 1 or high < low or high > AMOUNT_MOST:
            return None
        bands.append({
            "low": int((low - 1) * scale) + 1, "high": int(high * scale), "flat": int(fee * scale), "rate_bp": rate, "tax_bp": tax, "levy_bp": levy
        })  # fmt: skip
    return bands or None


def _tariffs(world: Any) -> Table:
    money, local = world.organisation.money, world.organisation.local
    lines = []
    for tariff in sorted(world.prices.tariffs, key=lambda one: (one.kind, one.valid_from), reverse=True):
        for band in tariff.bands:
            share = f" + {band.rate_bp / 100:g} %" if band.rate_bp else ""
            tax = ", ".join(filter(None, (f"excise {band.tax_bp / 100:g} %" * bool(band.tax_bp), f"levy {band.levy_bp / 100:g} %" * bool(band.levy_bp))))
            lines.append(Line((
                Cell(tariff.kind), Cell(tariff.name), Cell(f"{local(tariff.valid_from):%d %b %Y}"), Cell(tariff.payer),
                Cell(money(band.low)), Cell(money(band.high)), Cell(f"{money(band.flat)}{share}"), Cell(tax),
            )))  # fmt: skip
    return Table("Tariffs, newest first", TARIFFS, lines, "Everything is free.")


def _limits(world: Any) -> Table:
    money, local = world.organisation.money, world.organisation.local
    lines = [
        Line((
            Cell(one.kind), Cell(one.scope), Cell(one.tier or "every"), Cell(money(one.most) if one.most is not None else ""), Cell(one.times or ""),
            Cell(f"{local(one.valid_from):%d %b %Y}"), Cell("yes" if one.gives_back else "no"),
        ))
        for one in sorted(world.prices.limits, key=lambda one: (one.kind, one.scope, one.tier, one.valid_from))
    ]  # fmt: skip
    return Table("Limits", LIMITS, lines, "There are no limits.")
