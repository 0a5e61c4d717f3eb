"""Tariffs and limits as values: what a transfer costs, and how much may move. Standard library only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from gateway.ledger.model import Scope

Payer = Literal["source", "destination", "organisation"]
ANY_KIND = "*"  # a limit for all that leaves an account, whatever it is for
ANY_TIER = 0
BASIS = 10_000  # basis points in a whole


def rounded(amount: int, bp: int) -> int:
    """A share in basis points, half a minor unit rounded up: 0.5 % of 2,500 is 13, not the 12 of a banker's rounding.

    >>> rounded(500, 50), rounded(2_500, 50)
    (3, 13)
    """
    return (amount * bp + BASIS // 2) // BASIS


@dataclass(frozen=True)
class Band:
    """One line of a tariff: what a transfer from `low` to `high` (minor units, both included) costs.

    The fee is `flat` plus a share of `rate_bp`, at least `least` and at most `most`. `tax_bp` of it is tax that is
    already inside (an excise: 1,500 of 11,500); `levy_bp` of the amount is tax that comes on top.
    """

    low: int
    high: int
    flat: int
    rate_bp: int = 0
    least: int = 0
    most: int | None = None
    tax_bp: int = 0
    levy_bp: int = 0

    def price(self, amount: int) -> Price:
        """
        >>> Band(101, 500, 700, tax_bp=1_500).price(200)
        Price(fee=700, tax=91, payer='source')
        """
        fee = max(self.flat + rounded(amount, self.rate_bp), self.least)
        fee = fee if self.most is None else min(fee, self.most)
        inside = (fee * self.tax_bp + (BASIS + self.tax_bp) // 2) // (BASIS + self.tax_bp)
        levy = rounded(amount, self.levy_bp)
        return Price(fee + levy, inside + levy)


@dataclass(frozen=True)
class Price:
    """What is charged beside the amount: all of it, the tax in it, and who pays."""

    fee: int = 0
    tax: int = 0
    payer: Payer = "source"


FREE = Price()


@dataclass(frozen=True)
class Tariff:
    """What transfers of a kind cost from `valid_from` on, until the next one of that kind. No bands: they are free."""

    id: int
    kind: str
    currency: str
    payer: Payer
    name: str
    valid_from: dt.datetime
    bands: tuple[Band, ...] = ()

    def price(self, amount: int) -> Price:
        for band in self.bands:
            if band.low <= amount <= band.high:
                price = band.price(amount)
                return Price(price.fee, price.tax, self.payer)
        return FREE

    def most_for(self, there: int) -> int:
        """The most that can be sent out of what is there, with its fee."""
        if self.payer != "source" or not self.bands:
            return there
        best = max((there if there > self.bands[-1].high else 0), 0)
        for band in self.bands:
            low, high = band.low, min(band.high, there)
            if low > high or low + band.price(low).fee > there:
                continue
            while low < high:  # within a band, more costs more
                middle = (low + high + 1) // 2
                low, high = (middle, high) if middle + band.price(middle).fee <= there else (low, middle - 1)
            best = max(best, low)
        return best


@dataclass(frozen=True)
class Limit:
    """At most so much and so often. `kind` may be `*`, `tier` may be 0: any. `gives_back` says whether a reversal frees it."""

    id: int
    kind: str
    currency: str
    scope: Scope
    tier: int
    most: int | None
    times: int | None
    gives_back: bool
    valid_from: dt.datetime

    def window(self, local: dt.datetime) -> str:
        """The name of the counter that this moment falls into, in the organisation's own time."""
        span = {"day": f"{local:%Y-%m-%d}", "month": f"{local:%Y-%m}", "year": f"{local:%Y}"}[self.scope]
        return f"{self.kind} {self.scope} {span}"


COUNTED: frozenset[Scope] = frozenset({"day", "month", "year"})


def kinds_of(kind: str, subtype: str) -> tuple[str, ...]:
    """What a tariff or a limit may be called that holds for this transfer, the closest first.

    >>> kinds_of("merchantpayment", "airtime")
    ('merchantpayment.airtime', 'merchantpayment')
    """
    return (f"{kind}.{subtype}", kind) if subtype else (kind,)


@dataclass(frozen=True)
class PriceList:
    """Every tariff and limit of an organisation, past and to come."""

    tariffs: tuple[Tariff, ...] = ()
    limits: tuple[Limit, ...] = ()

    def tariff(self, kind: str, subtype: str, currency: str, at: dt.datetime) -> Tariff | None:
        """The tariff that holds at a moment."""
        for name in kinds_of(kind, subtype):
            held = [one for one in self.tariffs if (one.kind, one.currency) == (name, currency) and one.valid_from <= at]
            if held:
                return max(held, key=lambda one: one.valid_from)
        return None

    def price(self, kind: str, subtype: str, currency: str, amount: int, at: dt.datetime) -> Price:
        tariff = self.tariff(kind, subtype, currency, at)
        return tariff.price(amount) if tariff else FREE

    def limits_of(self, kind: str, subtype: str, currency: str, tier: int, at: dt.datetime) -> list[Limit]:
        """The limits that hold for this transfer now: of each name and scope the newest, a tier's own before everybody's."""
        names = (*kinds_of(kind, subtype), ANY_KIND)
        held: dict[tuple[str, str], Limit] = {}
        for one in sorted(self.limits, key=lambda limit: (limit.tier, limit.valid_from)):
            if one.kind in names and one.currency == currency and one.tier in (ANY_TIER, tier) and one.valid_from <= at:
                held[one.kind, one.scope] = one
        return list(held.values())


def gaps(bands: Sequence[Band]) -> list[str]:
    """What is wrong with a tariff: amounts that have no band, or two."""
    said = []
    for before, after in pairwise(bands):
        if after.low > before.high + 1:
            said.append(f"amounts from {before.high + 1} to {after.low - 1} have no band")
        if after.low <= before.high:
            said.append(f"amounts from {after.low} to {min(before.high, after.high)} have two bands")
    return said
