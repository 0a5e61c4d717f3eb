"""Points and thanks on the phone: what there is, who thanked, and points that become savings, both or neither."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from gateway.community import rows
from gateway.community.minutes import given_by
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import NOTHING_MOVED, Money, Reserved, Wish, number
from gateway.members import rows as members
from gateway.members.facts import accounts
from gateway.members.model import Locked, ShortName, TooBusy, WrongPin, short
from gateway.members.verbs import the_member, weigh_pin
from gateway.money import produce, rewards
from gateway.money.model import AIRTIME_MOST
from gateway.records.model import phone_of
from menus.answers import Secret
from menus.phrasebook import Row

POINTS_FOR_ONE = 5  # points that are worth one unit of the currency
LEAST = 25  # points from which on they can be used
THANKS_SHOWN = 14


class Points(int):
    longest: ClassVar[str] = "99999"


@dataclass(frozen=True)
class PointsQuoted:
    used: Points
    amount: Money
    fee: Money
    to_name: ShortName


@dataclass(frozen=True)
class TooFewPoints:
    least: Points


@dataclass(frozen=True)
class PointsUsed:
    amount: Money


class NotNow: ...


@dataclass(frozen=True)
class AirtimeForPoints:
    amount: Money


def _worth(world: Any, caller: str) -> tuple[int, int]:
    """(points that can be used, what they are worth in minor units): only whole units are paid."""
    have = rewards.points(world, caller).minor
    units = have // POINTS_FOR_ONE
    return units * POINTS_FOR_ONE, units * 10**world.organisation.digits


def quote_points(world: Any, caller: str) -> PointsQuoted | TooFewPoints:
    used, minor = _worth(world, caller)
    if used < LEAST:
        return TooFewPoints(Points(LEAST))
    money = world.organisation.money
    return PointsQuoted(Points(used), money(minor), money(0), short(the_member(world, caller).name))


def use_points(world: Any, caller: str, used: int, pin: Secret, key: str) -> PointsUsed | NotNow | WrongPin | Locked | TooBusy:
    """The points go and the savings come in one chain. What was quoted is what is used, once for this turn."""
    if refused := weigh_pin(world, caller, pin):
        return refused
    member, now = the_member(world, caller), int(used)
    minor = now // POINTS_FOR_ONE * 10**world.organisation.digits
    known = ledger_rows.transfer_by_key(world, "rewards", f"use-{key}"[:70])
    if known is not None:  # this very turn came before: it is answered by what became of it
        return PointsUsed(world.organisation.money(known.amount)) if known.state not in NOTHING_MOVED else NotNow()
    if now < LEAST or now > rewards.points(world, caller).minor or minor > rewards.left(world)[1].minor:
        return NotNow()
    into = Wish(
        "disbursement", world.system_accounts[ledger.REWARDS], ledger_rows.account_of(world, member.id).id, minor, "rewards", f"use-{key}"[:70],
        f"pin:{member.id}", subtype="points", narrative=f"{now} points", free=True,
    )  # fmt: skip
    done = all(isinstance(one, Reserved) for one in rewards.use_points(world, member, now, into))
    return PointsUsed(world.organisation.money(minor)) if done else NotNow()


def quote_airtime_points(world: Any, caller: str) -> PointsQuoted | TooFewPoints:
    """The same for airtime, of which only so much is sold at once."""
    quoted = quote_points(world, caller)
    if isinstance(quoted, TooFewPoints):
        return quoted
    units = min(quoted.used // POINTS_FOR_ONE, AIRTIME_MOST)
    return replace(quoted, used=Points(units * POINTS_FOR_ONE), amount=world.organisation.money(units * 10**world.organisation.digits))


def points_to_airtime(world: Any, caller: str, used: int, airtime_pin: Secret, key: str) -> AirtimeForPoints | NotNow | WrongPin | Locked | TooBusy:
    """Airtime for the phone that calls. The points are held with the money until it has come; both come back when it does not."""
    if refused := weigh_pin(world, caller, airtime_pin):
        return refused
    member, units, key = the_member(world, caller), int(used) // POINTS_FOR_ONE, f"airtime-{key}"[:70]
    minor = units * 10**world.organisation.digits
    known = ledger_rows.transfer_by_key(world, "rewards", key)
    if known is not None:  # this very turn came before
        return AirtimeForPoints(world.organisation.money(known.amount)) if known.state not in NOTHING_MOVED else NotNow()
    if int(used) < LEAST or units > AIRTIME_MOST or not rewards.points_for_airtime(world, member, int(used), minor, phone_of(caller), key=key):
        return NotNow()
    return AirtimeForPoints(world.organisation.money(minor))


# Facts.


def other_accounts(world: Any, caller: str) -> str:
    """What a member has beside savings, as far as there is any: what produce is still to bring, what is left of an advance, points."""
    language, have = the_member(world, caller).language, accounts(world, caller)
    due, left = (world.organisation.money(sign * have[name].balance if name in have else 0) for name, sign in ((produce.DUE, 1), (produce.LOAN, -1)))
    mine = have["points"].available if "points" in have else 0
    said = [f"{world.phrases.text(name, language)} {money}." for name, money in (("Produce", due), ("Advance", left)) if money.minor]
    said += [f"{world.phrases.text('Points', language)} {number(mine)}."] if mine else []
    return "".join(f" {one}" for one in said)


def points(world: Any, caller: str) -> int:
    return int(rewards.points(world, caller).minor)


def thanks_count(world: Any, caller: str) -> int:
    return rows.thanks_to(world, the_member(world, caller).id)


def my_thanks(world: Any, caller: str) -> list[Row]:
    member = the_member(world, caller)
    found = rows.thankers(world, member.id, THANKS_SHOWN)
    known = members.by_ids(world, [one.giver_id for one in found])
    day = world.phrases.day
    return [
        Row(str(one.id), f"{day(world.organisation.local(one.at), member.language)} {short(known[one.giver_id].name) if one.giver_id in known else '?'}")
        for one in found
    ]


def minutes_given(world: Any, caller: str) -> int:
    return round(given_by(world, the_member(world, caller).number) / 60)
