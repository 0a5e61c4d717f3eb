"""Produce: prices, deliveries and what members say of them, payday."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from gateway.console.approvals import ask, deed
from gateway.console.fields import DateField, FlaskForm, amount_field, day_start, minor, required
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Line, Table, said, show
from gateway.members import rows as members
from gateway.money import produce as bringing
from gateway.money import rows
from gateway.money.model import quantity
from gateway.site import Site

DELIVERIES = (("Day", ""), ("Member", ""), ("How much", "number"), ("Worth", "number"), ("By", ""), ("State", ""), ("", ""))
PRICES = (("Product", ""), ("Price", "number"), ("Unit", ""), ("From", ""))
PAYDAY = (("Account", ""), ("Back on the advance", "number"), ("To the savings", "number"))


class PriceForm(FlaskForm):  # type: ignore[misc]
    product = required("Product", 20, placeholder="milk")
    unit = required("Unit", 8, placeholder="kg")
    price = amount_field("Price of one unit")
    valid_from = DateField("From")


class PaydayForm(FlaskForm):  # type: ignore[misc]
    period = required("Name of the period, paid once", 20, placeholder="2026-11")


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/produce")
    @needs("money:read")
    def produce() -> str:
        with world_of(site) as world:
            tables = [_deliveries(world), _payday(world), _prices(world)]
        asks = []
        if g.signed_in.operator.may("money:make"):
            asks = [
                Ask("Payday", PaydayForm(formdata=None), url_for("console.ask_payday"), "Ask for it", "As previewed above; a name of a period is paid once."),
                Ask("A new price", PriceForm(formdata=None), url_for("console.ask_price"), "Ask for it", "It holds for what is brought from that day on."),
            ]
        return show("Produce", tables=tables, asks=asks)

    @console.post("/produce/payday")
    @needs("money:make")
    def ask_payday() -> Any:
        form, there = PaydayForm(), url_for("console.produce")
        if not form.validate_on_submit():
            return said("The period needs a name, like 2026-11.", there, wrong=True)
        return ask(site, "payday", {"period": form.period.data.strip()}, there)

    @console.post("/produce/price")
    @needs("money:make")
    def ask_price() -> Any:
        form, there = PriceForm(), url_for("console.produce")
        with world_of(site) as world:
            price = minor(world, form.price.data)
            if not form.validate_on_submit() or price is None or form.valid_from.data is None:
                return said("A product, a unit, a price and a day are needed.", there, wrong=True)
            valid_from = day_start(world, form.valid_from.data).isoformat()
        payload = {"product": form.product.data.strip().lower(), "unit": form.unit.data.strip(), "price": price, "valid_from": valid_from}
        return ask(site, "price", payload, there)


def _deliveries(world: Any) -> Table:
    found = rows.deliveries_of(world, most=60)
    who, money = members.by_ids(world, [one.member_id for one in found]), world.organisation.money
    lines = []
    for one in found:
        name = who[one.member_id].name if one.member_id in who else "–"
        about = f"{name} {one.day} {quantity(one.thousandths, one.unit)}"
        deeds = [deed("Turn back", "delivery", about, delivery_id=one.id)] if one.state != "corrected" else []
        lines.append(Line((
            Cell(one.day), Cell(name), Cell(quantity(one.thousandths, one.unit)), Cell(money(one.amount), url_for("console.transaction", id=one.transfer_id)),
            Cell(f"{one.clerk}, {one.centre}"), Cell(one.state, state=True),
        ), deeds))  # fmt: skip
    return Table("Deliveries, newest first", DELIVERIES, lines, "Nothing was brought yet.")


def _payday(world: Any) -> Table:
    money = world.organisation.money
    lines = [Line((Cell(account.name), Cell(money(back)), Cell(money(rest)))) for account, back, rest in bringing.payday_preview(world)]
    return Table("What payday would pay now", PAYDAY, lines, "Nobody has anything due.")


def _prices(world: Any) -> Table:
    local, money = world.organisation.local, world.organisation.money
    lines = [Line((Cell(one.product), Cell(money(one.price)), Cell(one.unit), Cell(f"{local(one.valid_from):%d %b %Y}"))) for one in rows.produce(world)]
    return Table("Prices", PRICES, lines, "No price is set.")
