"""The office: a clerk takes cash in, asks a member to agree to a withdrawal, writes a delivery."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, g, url_for
from wtforms import HiddenField
from wtforms.validators import InputRequired

from gateway.console.fields import FlaskForm, amount_field, member, minor, required, select, thousandths
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, said, show
from gateway.ledger.model import Reserved
from gateway.money import office as desk
from gateway.money import produce, rows
from gateway.money.model import quantity
from gateway.site import Site
from gateway.store import audit


class CashForm(FlaskForm):  # type: ignore[misc]
    key = HiddenField(validators=[InputRequired()])
    who = required("Member's phone or code", 20)
    amount = amount_field()
    way = select("What", "in|Cash in: the member brought it", "out|Cash out: the member wants it")


class DeliveryForm(FlaskForm):  # type: ignore[misc]
    key = HiddenField(validators=[InputRequired()])
    who = required("Member's phone or code", 20)
    product = required("Product", 20, placeholder="milk")
    quantity = required("How much", 10, inputmode="decimal", placeholder="42.5")
    centre = required("Centre", 20)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/office")
    @needs("office:write")
    def office() -> str:
        cash, delivery = CashForm(formdata=None, key=secrets.token_hex(8)), DeliveryForm(formdata=None, key=secrets.token_hex(8))
        of_cash = "Cash in is on the account at once. Cash out waits for the member's PIN: they dial, press 9 and agree, then you pay."
        of_produce = "The price is the one that holds today. The member gets a receipt and can contradict it."
        asks = [
            Ask("Cash", cash, url_for("console.cash"), "Write it down", of_cash),
            Ask("Delivery", delivery, url_for("console.deliver"), "Write it down", of_produce),
        ]
        return show("Office", asks=asks)

    @console.post("/office/cash")
    @needs("office:write")
    def cash() -> Any:
        form, there, clerk = CashForm(), url_for("console.office"), g.signed_in.operator.login
        with world_of(site) as world:
            who, amount = member(world, form.who.data), minor(world, form.amount.data)
            if not form.validate_on_submit() or who is None or amount is None:
                return said("A member and an amount are needed: a phone number or member code, and an amount like 250.", there, wrong=True)
            money = world.organisation.money(amount)
            if form.way.data == "out":
                desk.ask_cash_out(world, who, amount, key=form.key.data)
                audit.note(world, clerk, "cash_out_asked", f"member {who.code}", amount=amount)
                return said(f"{who.name} can now agree to {money}: dial, 9, PIN. Pay out when the log shows it as posted.", there)
            key = form.key.data[:40]
            if world.tried(lambda: "" if isinstance(desk.take_cash(world, who, amount, clerk=clerk, key=key), Reserved) else "refused"):
                return said("The account cannot take it; see the log.", there, wrong=True)
            audit.note(world, clerk, "cash_in", f"member {who.code}", amount=amount)
        return said(f"{money} is on its way to {who.name}.", there)

    @console.post("/office/delivery")
    @needs("office:write")
    def deliver() -> Any:
        form, there, clerk = DeliveryForm(), url_for("console.office"), g.signed_in.operator
        with world_of(site) as world:
            who, much = member(world, form.who.data), thousandths(form.quantity.data)
            if not form.validate_on_submit() or who is None or much is None:
                return said("A member and a quantity are needed: a phone number or member code, and a quantity like 42.5.", there, wrong=True)
            price = rows.price_of(world, form.product.data.strip().lower())
            if price is None:
                return said(f"Nobody has set a price for {form.product.data}.", there, wrong=True)
            found = produce.write_delivery(
                world, member=who, product=price.product, thousandths=much, clerk=clerk.name.split()[0], centre=form.centre.data, key=form.key.data,
                day=world.organisation.local(world.now()).date(),
            )  # fmt: skip
            if found is None:
                return said("It could not be written; see the log.", there, wrong=True)
            audit.note(world, clerk.login, "delivery_written", f"member {who.code}", thousandths=much, product=price.product)
            words = f"{quantity(much, price.unit)} {price.product} of {who.name}: {world.organisation.money(found.amount)}."
        return said(words, there)
