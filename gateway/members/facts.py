"""What can be told about a member. Reads only."""

from __future__ import annotations

from typing import Any

from gateway.ledger import facts as books
from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import Account, Money
from gateway.members import rows
from gateway.members.model import Code, ShortName, short
from gateway.words import LANGUAGES
from menus.phrasebook import Row


def name(world: Any, caller: str) -> ShortName:
    member = rows.by_number(world, caller)
    return short(member.name) if member else ShortName("")


def member_code(world: Any, caller: str) -> Code:
    member = rows.by_number(world, caller)
    return Code(member.code if member else "")


def accounts(world: Any, caller: str) -> dict[str, Account]:
    """What a member has with us, as it stood when this screen was begun: product -> account."""
    key = ("accounts", caller)
    if key not in world.seen:
        member = rows.by_number(world, caller)
        world.seen[key] = ledger_rows.accounts_of_member(world, member.id) if member else {}
    found: dict[str, Account] = world.seen[key]
    return found


def balance(world: Any, caller: str) -> Money:
    """What can be used now: what is there, less what is already promised."""
    account = accounts(world, caller).get("savings")
    money: Money = world.organisation.money(account.available if account else 0)
    return money


def held(world: Any, caller: str) -> Money:
    """What is promised and not yet moved."""
    account = accounts(world, caller).get("savings")
    money: Money = world.organisation.money(account.held if account else 0)
    return money


def day_left(world: Any, caller: str) -> Money:
    """What can still be sent today."""
    account = accounts(world, caller).get("savings")
    money: Money = world.organisation.money(books.day_left(world, account) if account else 0)
    return money


def languages(world: Any, caller: str) -> list[Row]:
    return [Row(code, called) for code, called in LANGUAGES.items()]


def language_names(world: Any, caller: str) -> str:
    return ", ".join(called.upper() for called in LANGUAGES.values())


def example_language(world: Any, caller: str) -> str:
    return next(iter(LANGUAGES.values())).upper()
