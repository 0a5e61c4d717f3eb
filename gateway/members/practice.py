"""A payment to try out: it reads like a real one, and nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.ledger.model import Money
from menus.answers import Secret

PRETEND = 50  # whole units: what a first payment often is


@dataclass(frozen=True)
class Practice:
    amount: Money
    fee: Money


class Practised: ...


def begin_practice(world: Any) -> Practice:
    place = world.organisation
    return Practice(Money(PRETEND * 10**place.digits, place.currency, place.digits), Money(0, place.currency, place.digits))


def end_practice(pretend_pin: Secret) -> Practised:
    """What was typed is thrown away unread: it may be a real PIN all the same."""
    return Practised()
