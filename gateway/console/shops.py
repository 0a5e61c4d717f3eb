"""Shops, bills and agents: open one, say what the number on its bills is called, see where each stands."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange, Optional

from gateway.console.fields import FlaskForm, member, optional, required, select
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Table, said, show
from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import Account
from gateway.members import rows as members
from gateway.members.log import hidden
from gateway.members.model import short
from gateway.money import bill_rows
from gateway.money.bills import NotOpened, open_place
from gateway.money.model import ASKS_MOST, BILL_LEAST, BILL_MOST, Biller
from gateway.money.places import AGENT, PRODUCTS, SHOP
from gateway.site import Site
from gateway.store import audit
from menus import alphabet

SHOWN = 200
NAME_MOST = 24  # letters: a phone shows the first twelve
COLUMNS = (("Number", "ref"), ("Name", ""), ("What", ""), ("Of", ""), ("On its bills", "words"), ("Has", "number"), ("State", ""), ("", ""))
ABOUT = "It begins at nothing. Members type the number under Send or pay, 5, or 4 for cash. To close it or to bring an agent's float: its account."
BILLS = f"Members are asked for it before the amount. It has {BILL_LEAST} to {BILL_MOST} letters and digits, without blanks and hyphens: of a meter, a pupil."


class OpenForm(FlaskForm):  # type: ignore[misc]
    what = select("What", f"{SHOP}|a shop or a bill", f"{AGENT}|an agent for cash")
    number = IntegerField("Number, one to five digits", [InputRequired(), NumberRange(1, 99_999)])
    name = required("Name, as members read it", NAME_MOST)
    owner = optional("Whose it is: phone or code of a member", 20)


class BillForm(FlaskForm):  # type: ignore[misc]
    number = IntegerField("Number of the place", [InputRequired(), NumberRange(1, 99_999)])
    asks_en = optional("What it is called on the bill", ASKS_MOST, placeholder="meter number")
    asks_sw = optional("In Swahili", ASKS_MOST, placeholder="namba ya mita")
    least = IntegerField("Signs, at least", [Optional(), NumberRange(BILL_LEAST, BILL_MOST)], default=BILL_LEAST)
    most = IntegerField("At most", [Optional(), NumberRange(BILL_LEAST, BILL_MOST)], default=BILL_MOST)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/shops")
    @needs("money:read")
    def shops() -> str:
        may = g.signed_in.operator.may("money:make")
        with world_of(site) as world:
            found = [one for prefix in (SHOP, AGENT) for one in ledger_rows.all_accounts(world, product=PRODUCTS[prefix], most=SHOWN)]
            owners, known = members.by_ids(world, {one.owner_id for one in found if one.owner_id}), bill_rows.all_here(world)
            lines = [_line(world, one, owners, known.get(one.id)) for one in found]
        asks = [
            Ask("Open a place", OpenForm(formdata=None), url_for("console.open_shop"), "Open it", ABOUT),
            Ask("The number on its bills", BillForm(formdata=None), url_for("console.bill_number"), "Write it down", BILLS),
        ]
        table = Table("By number", COLUMNS, lines, "No shop and no agent yet.")
        return show("Shops and bills", words="Whom members pay by a number, and who takes and gives cash.", tables=[table], asks=asks if may else [])

    @console.post("/shops")
    @needs("money:make")
    def open_shop() -> Any:
        form, there, by = OpenForm(), url_for("console.shops"), g.signed_in.operator.login
        if not form.validate_on_submit() or not any(one.isalnum() for one in alphabet.plain(form.name.data)):
            return said("What it is, a number of one to five digits and a name that every phone can show are needed.", there, wrong=True)
        with world_of(site) as world:
            owner = member(world, form.owner.data) if form.owner.data else None
            if form.owner.data and owner is None:
                return said("Nobody has this phone or code.", there, wrong=True)
            try:
                place = open_place(world, form.what.data, form.number.data, alphabet.plain(form.name.data), owner)
            except NotOpened as why:
                return said(f"Not opened: {why}.", there, wrong=True)
            audit.note(world, by, "place_opened", f"account {place.code}", name=place.name, owner=owner.code if owner else "")
        return said(f"{place.name} is open, number {form.number.data}.", there)

    _hang_bills(console, site)


def _hang_bills(console: Blueprint, site: Site) -> None:
    @console.post("/shops/bills")
    @needs("money:make")
    def bill_number() -> Any:
        form, there, by = BillForm(), url_for("console.shops"), g.signed_in.operator.login
        asks, asks_sw = (" ".join(alphabet.plain(one.data or "").split()) for one in (form.asks_en, form.asks_sw))
        least, most = form.least.data or BILL_LEAST, form.most.data or BILL_MOST
        if not form.validate_on_submit() or least > most:
            return said(f"The number of a shop, and how many signs its bills have, {BILL_LEAST} to {BILL_MOST}, are needed.", there, wrong=True)
        with world_of(site) as world:
            place = ledger_rows.account_with(world, f"{SHOP}{form.number.data}")
            if place is None or place.product != PRODUCTS[SHOP]:
                return said("No shop has this number.", there, wrong=True)
            if asks:
                bill_rows.put(world, Biller(place.id, asks, asks_sw, least, most), by)
            else:
                bill_rows.drop(world, place.id)
            audit.note(world, by, "bill_number", f"account {place.code}", asks=asks, least=least, most=most)
        return said(f"Members are asked for the {asks}." if asks else "Members are asked for no number there.", there)

    @console.post("/shops/<code>/bills/forget")
    @needs("money:make")
    def forget_bills(code: str) -> Any:
        by = g.signed_in.operator.login
        with world_of(site) as world:
            place = ledger_rows.account_with(world, code)
            done = place is not None and bill_rows.drop(world, place.id)
            if done:
                audit.note(world, by, "bill_number", f"account {code}", asks="")
        return said("Members are asked for no number there." if done else "They were asked for none.", url_for("console.shops"), wrong=not done)


def _line(world: Any, one: Account, owners: dict[int, Any], biller: Biller | None) -> Line:
    owner, agent = owners.get(one.owner_id or 0), one.product == PRODUCTS[AGENT]
    asks = f"{biller.asks_en}{f' / {biller.asks_sw}' if biller.asks_sw else ''}, {biller.least} to {biller.most} signs" if biller else "–"
    may = g.signed_in.operator.may("money:make")
    deeds = [Deed("Ask for none", url_for("console.forget_bills", code=one.code), about=one.name)] if biller and may else []
    return Line((
        Cell(one.code[1:], link=url_for("console.account", code=one.code)), Cell(one.name), Cell("agent" if agent else "bill" if biller else "shop"),
        Cell(f"{short(owner.name)} {hidden(owner.number)}" if owner else "–", kind="nowrap"), Cell(asks), Cell(world.organisation.money(one.balance)),
        Cell(one.status, state=one.status != "open"),
    ), deeds)  # fmt: skip
