"""The bargain between members and staff in figures. Frozen values and formulas; standard library only.

The formulas are 7, 8, 9, 10 and 30 in part 5 of our notes on co-creation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from gateway.records.model import phone_of

UNFAIR_BELOW = 50  # of a hundred: below it members get less than half of what they made
UNFAIR_MONTHS = 2  # in a row, and nothing more is handed over to members
SHARE_MOST = 999  # more is not said: nearly nothing was made
AGAIN_HOURS = 72  # whoever speaks with a person within these was not served by the phone
SHOWN_FROM = 5  # answers about trust: of fewer one could guess whose they are
ALIKE_FROM = 20  # and of fewer than these, when all said the same, one would know
TRUST_AFTER_DAYS = 30  # who is new has nothing to say of it yet
PROCESSES_MOST = 40
NAME_MOST = 20  # letters of a process: it stands in a list on the phone

Says = Literal["yes", "unsure", "no", "skip"]
Hands = Literal["staff", "shared", "members", "automatic"]
LOAD: dict[str, int] = {"staff": 0, "automatic": 0, "shared": 1, "members": 2}  # how much of the work is members'
HANDS: tuple[Hands, ...] = ("staff", "shared", "members", "automatic")  # who runs a process, from the first step to the last


class Hundredth(int):
    longest: ClassVar[str] = "999"


class Worth(str):
    """A sum in whole units, and in millions (m) from ten million on."""

    longest: ClassVar[str] = "UGX 9,999,999"
    never_cut = True


class QuarterName(str):
    longest: ClassVar[str] = "2026/4"


class MonthName(str):
    longest: ClassVar[str] = "12/2026"


class Answers(int):
    longest: ClassVar[str] = "99,999"


@dataclass(frozen=True)
class Rates:
    """What things are worth or cost here, in minor units: an hour of a member, an hour of staff, a call, an SMS part, and what costs the
    same every month.
    """

    hour: int
    staff_hour: int
    call: int = 0
    text: int = 0
    month: int = 0


@dataclass(frozen=True)
class Sides:
    """Both sides of the bargain in a month, in minor units. What members got: lower fees, rewards, the dividend, time (below nothing where the
    phone is slower than the counter). What they made: work that staff did not have to do, and what they did for each other.
    """

    fees: int
    rewards: int
    dividend: int
    time: int
    staff: int
    given: int

    @property
    def got(self) -> int:
        return self.fees + self.rewards + self.dividend + self.time

    @property
    def made(self) -> int:
        return self.staff + self.given

    @property
    def share(self) -> int | None:
        """How much came back of a hundred that were made. None where nothing was made.

        >>> Sides(10, 20, 0, 30, 90, 30).share, Sides(0, 0, 0, -5, 10, 0).share, Sides(5, 0, 0, 0, 0, 0).share
        (50, 0, None)
        """
        return min(max(round(100 * self.got / self.made), 0), SHARE_MOST) if self.made > 0 else None


def unfair(months: Sequence[Sides | None]) -> bool:
    """Whether nothing more may be handed over: the last months, one after the other, are all known and all unfair.

    >>> poor, good = Sides(0, 0, 0, 1, 9, 0), Sides(0, 0, 0, 9, 9, 0)
    >>> unfair([poor, poor]), unfair([poor, good]), unfair([poor, None]), unfair([poor])
    (True, False, False, False)
    """
    known = [one.share for one in months if one is not None and one.share is not None]
    return len(known) >= UNFAIR_MONTHS and len(known) == len(months) and all(share < UNFAIR_BELOW for share in known)


def quarter_of(day: dt.date) -> str:
    """
    >>> quarter_of(dt.date(2026, 11, 26))
    '2026-4'
    """
    return f"{day.year}-{(day.month + 2) // 3}"


# Costs of a service, and whether the phone was enough.


@dataclass(frozen=True)
class Served:
    """A service by phone in a time: how often it was begun and done, how often it was done and no person was needed in three days, and
    what all of that cost in minor units.
    """

    begun: int
    done: int
    contained: int
    cost: float

    @property
    def each(self) -> float | None:
        return self.cost / self.done if self.done else None


def served(steps: Iterable[Any], *, ends: Mapping[str, str], contacts: Mapping[str, Sequence[dt.datetime]], rates: Rates, texts: int) -> dict[str, Served]:
    """Service -> how it was served. `steps` are hops in the order of their calls; `ends` says which screen ends which service; `contacts` are
    phone -> when a person spoke with them. A call's price goes to the services done in it; calls that came to nothing, SMS and what costs
    the same every month are borne by all services alike.
    """
    flows = {label.partition(".")[0]: service for label, service in ends.items()}  # what a screen of a flow begins
    begun: set[tuple[str, str]] = set()
    done: dict[tuple[str, str], tuple[str, dt.datetime]] = {}
    calls: set[str] = set()
    for step in steps:
        calls.add(step.call)
        if service := flows.get(step.label.partition(".")[0]):
            begun.add((step.call, service))
        if service := ends.get(step.label):
            begun.add((step.call, service))
            done[step.call, service] = (step.number, step.at)
    in_call: dict[str, int] = {}
    for call, _ in done:
        in_call[call] = in_call.get(call, 0) + 1
    overhead = (len(calls) - len(in_call)) * rates.call + texts * rates.text + rates.month
    again = dt.timedelta(hours=AGAIN_HOURS)
    found: dict[str, Served] = {}
    for service in dict.fromkeys(ends.values()):
        mine = [(call, *whose) for (call, what), whose in done.items() if what == service]
        alone = sum(not any(at <= spoke <= at + again for spoke in contacts.get(phone_of(number), ())) for _, number, at in mine)
        cost = sum(rates.call / in_call[call] for call, _, _ in mine) + (overhead * len(mine) / len(done) if done else 0.0)
        found[service] = Served(sum(what == service for _, what in begun), len(mine), alone, cost)
    return found


def may_be_shown(answers: Mapping[str, int]) -> bool:
    """Whether the answers of a quarter that is over say nothing of one member.

    >>> may_be_shown({"yes": 3, "no": 2}), may_be_shown({"yes": 4}), may_be_shown({"no": 7}), may_be_shown({"yes": 20})
    (True, False, False, True)
    """
    heads = sum(answers.values())
    return heads >= ALIKE_FROM or (heads >= SHOWN_FROM and max(answers.values()) < heads)


# What members say, and who runs what.


@dataclass(frozen=True)
class Process:
    """A piece of work of this organisation, and in whose hands it is."""

    id: int
    name: str
    hands: Hands
    since: dt.datetime


@dataclass(frozen=True)
class BargainShown:
    month: MonthName
    made: Worth
    got: Worth
    share: Hundredth


class BargainLater: ...


@dataclass(frozen=True)
class TrustShown:
    quarter: QuarterName
    trusting: Hundredth
    answered: Answers


@dataclass(frozen=True)
class TrustLater:
    fewest: Answers


class TrustAsked: ...


class TrustSaid: ...
