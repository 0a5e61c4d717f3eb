"""What a reward is counted in: money out of somebody's savings, or points that were thanks to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger.currencies import POINTS
from gateway.ledger.model import Account, Money, Worth
from gateway.members.model import Member
from gateway.money import rewards


@dataclass(frozen=True)
class Unit:
    """What one may set apart of it: `least` to `most` at once, `together` for one need in all; in whole units."""

    least: int
    most: int
    together: int


MONEY = Unit(20, 2_000, 10_000)  # a thanks for a deed: not a way round the price of sending, and no contract for a building
IN_POINTS = Unit(5, 500, 2_000)  # a week's thanks are 50 at most


def unit_of(in_points: bool) -> Unit:
    return IN_POINTS if in_points else MONEY


def scale(world: Any, in_points: bool) -> int:
    """The smallest units in a whole one."""
    return 1 if in_points else int(10**world.organisation.digits)


def worth(world: Any, minor: int, in_points: bool, language: str) -> Worth:
    money = Money(minor, POINTS, 0) if in_points else world.organisation.money(minor)
    return Worth(world.phrases.worth(money, language))


def there_is(world: Any, member: Member, in_points: bool) -> int:
    """How much of it a member can give."""
    found = ledger_rows.account_or_none(world, member.id, "points") if in_points else ledger_rows.account_of(world, member.id)
    return found.available if found else 0


def account(world: Any, member: Member, in_points: bool) -> Account:
    """Where a member has it; points get their account with the first."""
    return rewards.points_account(world, member) if in_points else ledger_rows.account_of(world, member.id)
