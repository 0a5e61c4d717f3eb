"""Groups, shops and agents: accounts with a number that people can type, and what is paid to them or taken out at them."""

from __future__ import annotations

from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import Account, Wish
from gateway.members import rows as members
from gateway.members.model import (
    FeeChanged,
    Locked,
    NotAMember,
    NotEnough,
    NotTaken,
    OverLimit,
    Paused,
    PlaceName,
    Quoted,
    Sent,
    TooBusy,
    TooMuch,
    UnderWay,
    WrongPin,
)
from gateway.members.payments import known_answer, pay, quote_for, receiver_of
from gateway.members.verbs import call_of, the_member, weigh_pin
from gateway.money.model import FoundPlace, NoSuchPlace, NotAnAgent
from menus.answers import Secret

GROUP, SHOP, AGENT = "G", "T", "A"  # how the code of an account begins; behind it stands the number that people type
PRODUCTS = {GROUP: "group", SHOP: "till", AGENT: "agent"}
OFFICE = "CASH"  # the account that the office's cash goes in and out of

Paid = Sent | UnderWay | WrongPin | Locked | TooBusy | FeeChanged | NotEnough | OverLimit | NotTaken | Paused


def place_with(world: Any, prefix: str, number: str) -> Account | None:
    """The group, shop or agent of this number, if it is open."""
    found = ledger_rows.account_with(world, prefix + number.strip().upper().removeprefix(prefix))
    return found if found and found.product == PRODUCTS[prefix] and found.status == "open" else None


def _find(world: Any, prefix: str, number: object) -> FoundPlace | NoSuchPlace:
    found = place_with(world, prefix, str(number))
    return FoundPlace(PlaceName(found.name)) if found else NoSuchPlace()


def _price(world: Any, caller: str, kind: str, subtype: str, amount: int) -> Quoted | NotEnough | OverLimit | TooMuch:
    return quote_for(world, ledger_rows.account_of(world, the_member(world, caller).id), kind, subtype, amount)


def pay_at(
    world: Any, caller: str, place: Account | None, kind: str, subtype: str, amount: int, pin: Secret, quoted_fee: int, key: str, *, narrative: str = ""
) -> Paid:  # fmt: skip
    """Pay a place, once for the turn, with the PIN; `narrative` stands in the books beside it."""
    if (known := known_answer(world, key)) is not None:
        return known
    if wrong := weigh_pin(world, caller, pin):
        return wrong
    if place is None:
        return NotTaken()
    member = the_member(world, caller)
    source = ledger_rows.account_of(world, member.id)
    return pay(world, Wish(
        kind, source.id, place.id, amount, "ussd", key, f"pin:{member.id}", subtype=subtype, quoted_fee=quoted_fee, call=call_of(key), narrative=narrative,
    ))  # fmt: skip


def find_group(world: Any, caller: str, group: int) -> FoundPlace | NoSuchPlace:
    return _find(world, GROUP, group)


def quote_group(world: Any, caller: str, amount: int) -> Quoted | NotEnough | OverLimit | TooMuch:
    return _price(world, caller, "billpay", "group", amount)


def pay_group(world: Any, caller: str, group: int, amount: int, pin: Secret, quoted_fee: int, key: str) -> Paid:
    """Pay in to a savings group; the group's account has it at once."""
    return pay_at(world, caller, place_with(world, GROUP, str(group)), "billpay", "group", amount, pin, quoted_fee, key)


def find_shop(world: Any, caller: str, shop: int) -> FoundPlace | NoSuchPlace:
    return _find(world, SHOP, shop)


def quote_shop(world: Any, caller: str, amount: int) -> Quoted | NotEnough | OverLimit | TooMuch:
    return _price(world, caller, "merchantpayment", "till", amount)


def pay_shop(world: Any, caller: str, shop: int, amount: int, pin: Secret, quoted_fee: int, key: str) -> Paid:
    """Pay a shop by its till number, or a bill by the biller's."""
    return pay_at(world, caller, place_with(world, SHOP, str(shop)), "merchantpayment", "till", amount, pin, quoted_fee, key)


def find_agent(world: Any, caller: str, agent: int) -> FoundPlace | NoSuchPlace:
    found = place_with(world, AGENT, str(agent))
    if found and found.owner_id == the_member(world, caller).id:
        return NoSuchPlace()  # nobody takes out cash at themselves
    return _find(world, AGENT, agent)


def quote_cash(world: Any, caller: str, amount: int) -> Quoted | NotEnough | OverLimit | TooMuch:
    return _price(world, caller, "withdrawal", "agent", amount)


def take_out(world: Any, caller: str, agent: int, amount: int, pin: Secret, quoted_fee: int, key: str) -> Paid:
    """Take out cash at an agent: the money goes to the agent's float, and the agent is told to pay out."""
    return pay_at(world, caller, place_with(world, AGENT, str(agent)), "withdrawal", "agent", amount, pin, quoted_fee, key)


# The agent's own side.


def is_agent(world: Any, caller: str) -> bool:
    return agent_account(world, caller) is not None


def agent_account(world: Any, caller: str) -> Account | None:
    """The float of the agent who calls."""
    member = members.by_number(world, caller)
    found = ledger_rows.account_or_none(world, member.id, "agent") if member else None
    return found if found and found.status == "open" else None


def float_left(world: Any, caller: str) -> Any:
    found = agent_account(world, caller)
    return world.organisation.money(found.available if found else 0)


def quote_cash_in(world: Any, caller: str, to: str, amount: int) -> Quoted | NotEnough | OverLimit | TooMuch | NotAMember | NotAnAgent:
    account = agent_account(world, caller)
    if account is None:
        return NotAnAgent()
    return quote_for(world, account, "deposit", "agent", amount) if receiver_of(world, to) else NotAMember()


def put_in(world: Any, caller: str, to: str, amount: int, pin: Secret, quoted_fee: int, key: str) -> Paid:
    """An agent has taken cash and gives the same out of the float, with the agent's own PIN."""
    if (known := known_answer(world, key)) is not None:
        return known
    if wrong := weigh_pin(world, caller, pin):
        return wrong
    source, receiver = agent_account(world, caller), receiver_of(world, to)
    if source is None or receiver is None:
        return NotTaken()
    destination = ledger_rows.account_of(world, receiver.id)
    return pay(world, Wish(
        "deposit", source.id, destination.id, amount, "ussd", key, f"pin:{source.owner_id}", subtype="agent", quoted_fee=quoted_fee, call=call_of(key),
    ))  # fmt: skip
