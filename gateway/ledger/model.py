"""Money and what may happen to it. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal, cast
from zoneinfo import ZoneInfo

REF_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0, 1, I, O: a reference is read out over bad lines
REF_LENGTH = 8
MINOR_MOST = 2**62  # a balance never comes near the end of a 64-bit column

REASON_MOST = 80  # letters of why a transfer ended as it did

State = Literal["held", "pending", "quarantined", "posted", "rejected", "voided", "expired", "refused"]
ENDS: frozenset[State] = frozenset({"posted", "rejected", "voided", "expired", "refused"})
NOTHING_MOVED = ENDS - {"posted"}
Scope = Literal["once", "day", "month", "year", "balance"]

# Types of the GSMA Mobile Money API 1.2, and what we call by them.
KINDS = ("transfer", "deposit", "withdrawal", "merchantpayment", "billpay", "disbursement", "inttransfer", "adjustment", "reversal")


SPOKEN: ContextVar[str] = ContextVar("spoken", default="en")  # the language of whoever reads what is written out now
MARKS = {"fr": (" ", ",")}  # between thousands and before decimals, where not as in 1,000.50 (CLDR 46; GSM-7 has no narrow blank)


@contextmanager
def spoken(language: str) -> Iterator[None]:
    """Amounts and numbers are written out in here as this language writes them."""
    before = SPOKEN.set(language)
    try:
        yield
    finally:
        SPOKEN.reset(before)


def number(value: int, broken: str = "") -> str:
    """A number as it is read in the language that is spoken now; `broken` are its decimals.

    >>> number(12_345, "50")
    '12,345.50'
    >>> with spoken("fr"): number(12_345, "50")
    '12 345,50'
    """
    thousands, decimal = MARKS.get(SPOKEN.get(), (",", "."))
    return f"{value:,}".replace(",", thousands) + (decimal + broken if broken else "")


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
        return f"{self.currency} {sign}{number(whole, f'{broken:0{self.digits}}' if broken else '')}"

    def __add__(self, other: Money) -> Money:
        return self._with(self.minor + self._same(other))

    def __sub__(self, other: Money) -> Money:
        return self._with(self.minor - self._same(other))

    def _same(self, other: Money) -> int:
        assert self.currency == other.currency, f"{self.currency} and {other.currency} do not add up"
        return other.minor

    def _with(self, minor: int) -> Money:
        return Money(minor, self.currency, self.digits)


class Worth(str):
    """An amount as its reader reads it: `KES 100`, or points in words: `25 points`."""

    longest = Money.longest
    never_cut = True


class Ref(str):
    """The short code of a transfer, as it stands in a receipt."""

    longest = "QX7T2M9K"
    never_cut = True


def is_ref(said: str) -> bool:
    """Whether it could be the short code of a transfer. So could a word of as many letters: whether it is one, the books say.

    >>> is_ref("QX7T2M9A"), is_ref("qx7t2m9a."), is_ref("MY MONEY"), is_ref("QX7T")
    (True, True, False, False)
    """
    plain = said.strip(".,:;").upper()
    return len(plain) == REF_LENGTH and set(plain) <= set(REF_LETTERS)


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
    """Credits minus debits is the balance; what is held has been promised and not yet moved.

    `floor` and `ceiling` bound the balance; None means that nothing does, as with the organisation's own accounts.
    """

    id: int
    owner_id: int | None
    code: str
    name: str
    kind: str
    product: str
    currency: str
    debits: int
    credits: int
    held: int
    floor: int | None
    ceiling: int | None
    tier: int
    status: str
    seq: int
    last_at: dt.datetime | None = None

    @property
    def balance(self) -> int:
        return self.credits - self.debits

    @property
    def available(self) -> int:
        return self.balance - self.held - (self.floor or 0)


@dataclass(frozen=True)
class Wish:
    """What somebody wants moved: a positive `amount` in minor units from one account to another.

    `key` is minted by who asks and never expires; `kind` is a type of the GSMA Mobile Money API, `subtype` is ours.
    With `hold` the money is only set aside, until it is posted, voided, or `expires_at` comes. `quoted_fee` is the fee
    that was shown; None asks for none to be shown. `free` moves it without a fee whatever the tariff says.
    """

    kind: str
    source_id: int
    destination_id: int
    amount: int
    channel: str
    key: str
    authority: str
    subtype: str = ""
    quoted_fee: int | None = None
    reversal_of: int | None = None
    call: str | None = None
    narrative: str = ""
    hold: bool = False
    expires_at: dt.datetime | None = None
    free: bool = False
    remembers_refusal: bool = True  # False: the same key may be tried again after a refusal, as a draft under 9 is

    @property
    def content(self) -> str:
        """What must be the same when the same key comes again."""
        said = (self.kind, self.subtype, self.source_id, self.destination_id, self.amount, self.reversal_of or "")
        return hashlib.sha256("|".join(map(str, said)).encode()).hexdigest()


@dataclass(frozen=True)
class Transfer:
    """A wish to move money, and what became of it. `total` is what was set aside of the source."""

    id: int
    organisation_id: int
    channel: str
    key: str
    request_hash: str
    kind: str
    subtype: str
    source_id: int
    destination_id: int
    amount: int
    fee: int
    tax: int
    fee_payer_id: int | None
    fee_account_id: int | None
    tax_account_id: int | None
    currency: str
    set_aside: bool
    ref: Ref
    authority: str
    reversal_of: int | None
    call: str | None
    chain_id: int | None
    narrative: str
    made_at: dt.datetime
    state: State = "pending"
    reason: str | None = None
    posted_amount: int = 0
    done_at: dt.datetime | None = None

    @classmethod
    def of(cls, names: Sequence[str], values: Iterable[Any]) -> Transfer:
        """The same as calling it by name, without a check of each field: a batch makes hundreds of them."""
        made = object.__new__(cls)
        made.__dict__.update(_AS_ASKED)
        made.__dict__.update(zip(names, values, strict=True))
        return made

    def ended_as(self, state: State, reason: str | None, posted_amount: int, done_at: dt.datetime) -> Transfer:
        """This transfer with its end."""
        made = object.__new__(Transfer)
        made.__dict__.update(self.__dict__)
        made.__dict__.update(state=state, reason=reason, posted_amount=posted_amount, done_at=done_at)
        return made

    @property
    def payer_pays(self) -> bool:
        """Whether the fee is taken from the source, beside the amount."""
        return self.fee_payer_id in (None, self.source_id)

    @property
    def total(self) -> int:
        return self.amount + (self.fee if self.payer_pays else 0)

    @property
    def ended(self) -> bool:
        return self.state in ENDS


_AS_ASKED = {"state": "pending", "reason": None, "posted_amount": 0, "done_at": None}  # a transfer that has only been asked for

# What may come of asking for a transfer.


@dataclass(frozen=True)
class Reserved:
    transfer: Transfer
    new: bool


@dataclass(frozen=True)
class NoFunds:
    available: int
    fee: int


@dataclass(frozen=True)
class OverLimit:
    """A limit of this scope stands in the way; `left` is what it would still allow."""

    scope: Scope
    left: int


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


Refusal = NoFunds | OverLimit | NotTaken
Outcome = Reserved | Refusal | OnHold | FeeMoved


def to_reason(refusal: Refusal) -> str:
    """A refusal as it is kept, so that the same key hears the same answer for ever.

    >>> to_reason(OverLimit("day", 500)), from_reason("over day 500")
    ('over day 500', OverLimit(scope='day', left=500))
    """
    match refusal:
        case NoFunds(available, fee):
            return f"no_funds {available} {fee}"
        case OverLimit(scope, left):
            return f"over {scope} {left}"
        case NotTaken(why):
            return f"not_taken {why}"[:REASON_MOST]


def from_reason(reason: str) -> Refusal:
    kind, _, rest = reason.partition(" ")
    match kind:
        case "no_funds":
            available, fee = rest.split()
            return NoFunds(int(available), int(fee))
        case "over":
            scope, left = rest.split()
            return OverLimit(cast(Scope, scope), int(left))
        case _:
            return NotTaken(rest)


class Conflict(Exception):
    """The same key came with another content. Nothing moved."""


class AlreadyReversed(Exception):
    """A second reversal of the same transfer. Nothing moved."""


# What may come of a hold.


@dataclass(frozen=True)
class Resolved:
    """It goes this way now: `pending` to be posted, or ended as `voided` or `expired`."""

    state: State


@dataclass(frozen=True)
class ResolvedBefore:
    """It had come to this already, and stays so."""

    state: State


@dataclass(frozen=True)
class Settled:
    """A transfer that came to its end, with the balances right behind it and whose accounts they are."""

    transfer: Transfer
    source_balance: int
    destination_balance: int
    payer_id: int | None = None
    payee_id: int | None = None
