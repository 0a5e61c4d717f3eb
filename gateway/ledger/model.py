"""Money and what may happen to it. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal
from zoneinfo import ZoneInfo

REF_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0, 1, I, O: a reference is read out over bad lines
REF_LENGTH = 8
MINOR_MOST = 2**62  # a balance never comes near the end of a 64-bit column

State = Literal["pending", "posted", "rejected", "voided"]
Kind = Literal["transfer", "deposit", "reversal"]  # names of the GSMA Mobile Money API 1.2


@dataclass(frozen=True, order=True)
class Money:
    """An amount in minor units of a currency with `digits` decimals. The only way amounts are written out.

    >>> str(Money(50_000)), str(Money(50_050)), str(Money(500, "UGX", 0))
    ('KES 500', 'KES 500.50', 'UGX 500')
    """

    minor: int
    currency: str = "KES"
    digits: int = 2
    longest: ClassVar[str] = "KES 999,999.99"
    never_cut: ClassVar[bool] = True

    def __str__(self) -> str:
        sign = "-" if self.minor < 0 else ""
        whole, broken = divmod(abs(self.minor), 10**self.digits)
        cents = f".{broken:0{self.digits}}" if broken else ""
        return f"{self.currency} {sign}{whole:,}{cents}"

    def __add__(self, other: Money) -> Money:
        return self._with(self.minor + self._same(other))

    def __sub__(self, other: Money) -> Money:
        return self._with(self.minor - self._same(other))

    def _same(self, other: Money) -> int:
        assert self.currency == other.currency, f"{self.currency} and {other.currency} do not add up"
        return other.minor

    def _with(self, minor: int) -> Money:
        return Money(minor, self.currency, self.digits)


class Ref(str):
    """The short code of a transfer, as it stands in a receipt."""

    longest = "QX7T2M9K"
    never_cut = True


def new_ref() -> Ref:
    return Ref("".join(secrets.choice(REF_LETTERS) for _ in range(REF_LENGTH)))


@dataclass(frozen=True)
class Organisation:
    """A co-operative, savings group or utility: whose books these are, and how it is dialled."""

    id: int
    name: str
    short_name: str
    timezone: str
    currency: str
    digits: int
    language: str
    service_code: str
    shortcode: str
    calling_code: str
    national_digits: int
    paused_because: str | None = None

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency, self.digits)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def local(self, moment: dt.datetime) -> dt.datetime:
        return moment.astimezone(self.zone)

    def dial(self, *keys: str) -> str:
        """The dial string with keys behind it: *384*20417# and 9 -> *384*20417*9#."""
        return "*".join([self.service_code.removesuffix("#"), *keys]) + "#"


@dataclass(frozen=True)
class Account:
    """Credits minus debits is the balance; what is held has been promised and not yet moved."""

    id: int
    owner_id: int | None
    code: str
    name: str
    kind: str
    debits: int
    credits: int
    held: int
    floor: int | None
    ceiling: int | None
    status: str
    seq: int

    @property
    def balance(self) -> int:
        return self.credits - self.debits

    @property
    def available(self) -> int:
        return self.balance - self.held - (self.floor or 0)


@dataclass(frozen=True)
class Band:
    """One line of a tariff: what a transfer from `low` to `high` costs. `rate_bp` is in hundredths of a percent."""

    low: int
    high: int
    flat: int
    rate_bp: int = 0

    def fee(self, amount: int) -> int:
        """Flat part plus share, the share rounded half up to a whole minor unit."""
        return self.flat + (amount * self.rate_bp + 5_000) // 10_000


@dataclass(frozen=True)
class Transfer:
    """A wish to move money, and what became of it. `total` is what leaves the source."""

    id: int
    organisation_id: int
    channel: str
    key: str
    kind: str
    source_id: int
    destination_id: int
    amount: int
    fee: int
    state: State
    reason: str | None
    ref: Ref
    made_at: dt.datetime
    done_at: dt.datetime | None = None
    reversal_of: int | None = None
    call: str | None = None

    @property
    def total(self) -> int:
        return self.amount + self.fee


# What may come of asking for a transfer.


@dataclass(frozen=True)
class Reserved:
    transfer: Transfer
    new: bool


@dataclass(frozen=True)
class NoFunds:
    account: Account
    fee: int


@dataclass(frozen=True)
class OverDayLimit:
    left: int


@dataclass(frozen=True)
class OverOnce:
    most: int


@dataclass(frozen=True)
class NotTaken:
    why: str


@dataclass(frozen=True)
class OnHold:
    """All sending of this organisation rests."""

    because: str


@dataclass(frozen=True)
class FeeMoved:
    """The tariff changed between the quote and the payment."""

    fee: int


class Conflict(Exception):
    """The same key came with another content. Nothing moved."""


@dataclass(frozen=True)
class Settled:
    """A transfer that the poster brought to its end, with the balances right behind it."""

    transfer: Transfer
    source_balance: int
    destination_balance: int
