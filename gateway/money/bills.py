"""Bills: a place that is paid for a meter, a pupil, a plot. The number is asked, checked by its length, and stands in the books beside the payment."""

from __future__ import annotations

from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Account
from gateway.members.model import Member, PlaceName, in_tongue
from gateway.members.verbs import the_member
from gateway.money import bill_rows
from gateway.money.model import AskName, BillFine, BillNumberWrong, FoundBill, FoundPlace, NoSuchPlace, Signs
from gateway.money.places import AGENT, PRODUCTS, SHOP, Paid, find_shop, pay_at, place_with
from menus.answers import Secret
from menus.phrasebook import Row

OFFERED = 3  # bills paid before that are offered
LOOKED_AT = 50  # payments in which they are looked for
NUMBERS = range(1, 100_000)  # of places, as a phone types them


class NotOpened(ValueError):
    """No place was opened. Says why, for the person who asked."""


# The phone.


def find_payee(world: Any, caller: str, shop: int) -> FoundPlace | FoundBill | NoSuchPlace:
    """A shop by its till, or a place whose bills have numbers."""
    place = place_with(world, SHOP, str(shop))
    biller = bill_rows.of(world, place.id) if place else None
    if place is None or biller is None:
        return find_shop(world, caller, shop)
    language = the_member(world, caller).language
    return FoundBill(PlaceName(place.name), AskName(in_tongue(language, biller.asks_en, biller.asks_sw)))


def bills_paid(world: Any, caller: str, shop: int) -> list[Row]:
    """What the caller has paid there before, the last first."""
    mine = ledger_rows.account_or_none(world, the_member(world, caller).id, "savings")
    place = place_with(world, SHOP, str(shop))
    said = ledger_rows.narratives_between(world, mine.id, place.id, LOOKED_AT) if mine and place else []
    return [Row(bill, bill) for bill in list(dict.fromkeys(said))[:OFFERED]]


def check_bill(world: Any, caller: str, shop: int, bill: str) -> BillFine | BillNumberWrong:
    place = place_with(world, SHOP, str(shop))
    biller = bill_rows.of(world, place.id) if place else None
    if biller and not biller.least <= len(bill) <= biller.most:
        return BillNumberWrong(Signs(biller.least), Signs(biller.most))
    return BillFine()


def pay_bill(world: Any, caller: str, shop: int, bill: str, amount: int, pin: Secret, quoted_fee: int, key: str) -> Paid:
    """The number of the bill goes with the payment into the books, to the receipt, and to whom it is paid."""
    return pay_at(world, caller, place_with(world, SHOP, str(shop)), "merchantpayment", "till", amount, pin, quoted_fee, key, narrative=bill)


# For staff.


def open_place(world: Any, prefix: str, number: int, name: str, owner: Member | None) -> Account:
    """A shop, a biller or an agent, with an account at zero. Raises NotOpened."""
    code = f"{prefix}{number}"
    if number not in NUMBERS:
        raise NotOpened("the number has one to five digits, not 0")
    if not name.strip():
        raise NotOpened("a name is needed: members read it before they pay")
    if prefix == AGENT and owner is None:
        raise NotOpened("an agent is a member, for the float is theirs to give out: their phone or code is needed")
    if prefix == AGENT and owner and ledger_rows.account_or_none(world, owner.id, PRODUCTS[AGENT]):
        raise NotOpened("this member is an agent already")

    def opens() -> str:
        ledger.open_account(world, code=code, name=name.strip(), product=PRODUCTS[prefix], owner_id=owner.id if owner else None)
        return ""

    if why := world.tried(opens):
        raise NotOpened(f"the number {number} is taken" if ledger_rows.account_with(world, code) else why)
    return ledger_rows.account_by_code(world, code)
