"""Members and what may come of what they ask. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from gateway.ledger.model import Money, Ref
from gateway.records.model import phone_of

CODE_LENGTH = 5  # digits of a member code, the last a check digit
LOOKUPS_MOST = 20  # names that a number may look up in a day: enough for a market day, too few to read the register
DRAFT_MINUTES = 30  # how long a payment prepared by SMS waits for its PIN
CHECKED_S = 180  # how long an old PIN that was right allows a new one: as long as a call lasts
PLACE_HOURS = 2  # how long a question waits for words by SMS
SETTLED_FROM = 4  # the dial from which everything is shown: the first three show what is needed first
CONSENT_VERSION = "2026-11"  # which wording of the consent was agreed to

SW_SPEAKERS = ("sw", "ki", "luo")  # whose words stand in Swahili where staff have written two; all others read English
_DAMM = ("0317598642", "7092154863", "4206871359", "1750983426", "6123045978", "3674209581", "5869720134", "8945362017", "9438617205", "2581436790")


def in_tongue(language: str, english: str, swahili: str) -> str:
    """What staff have written, in Swahili for who reads that and where there is any.

    >>> in_tongue("luo", "Roads", "Barabara"), in_tongue("sw", "Roads", ""), in_tongue("fr", "Roads", "Barabara")
    ('Barabara', 'Roads', 'Roads')
    """
    return (language in SW_SPEAKERS and swahili) or english


class PlaceName(str):
    """An agent, a shop, a group, the office. What it is stands behind many names, and is shortened where there is no room for all; it is never left
    out, for a group and a sacco of one name are two.

    >>> [str(PlaceName(one)) for one in ("Tumaini group", "Tumaini sacco", "Tumaini", "Kiboko women group")]
    ['Tumaini grp', 'Tumaini sac', 'Tumaini', 'Kiboko women group']
    """

    longest: ClassVar[str] = "Tumaini grou"
    by_letters: ClassVar[bool] = True
    kinds: ClassVar[dict[str, str]] = {"group": "grp", "groups": "grp", "kikundi": "kik", "chama": "cha", "sacco": "sac"}

    def __new__(cls, name: str) -> PlaceName:
        said = " ".join(name.split())
        first, _, kind = said.rpartition(" ")
        short = f"{first} {cls.kinds.get(kind.lower(), kind)}" if first else said
        return super().__new__(cls, short if len(said) > len(cls.longest) >= len(short) else said)


class ShortName(str):
    """A name as wide as a screen has room for."""

    longest = "Wanjiruuuu"


class Tail(str):
    """The last three digits of a phone number."""

    longest = "001"


class Code(str):
    """A member code."""

    longest = "12345"


class PhoneAtHome(str):
    """A phone number as people write it at home."""

    longest = "0712345678"


class Tries(int):
    """How many tries are left: never more than a hand has fingers."""

    longest = "9"


class Until(str):
    """A day and a time."""

    longest = "23 Nov 23:59"


class Day(str):
    longest = "23 Nov"


class Time(str):
    longest = "23:59"


class Party(str):
    """`to Otieno` or `from Otieno`: the other side of a payment."""

    longest = "kutoka Wanjiruuuu"


class SignedMoney(str):
    longest = "-KES 999,999.99"


class Language(str):
    longest = "luo"
    never_cut = True


class LanguageName(str):
    longest = "Kiswahili"


@dataclass(frozen=True)
class Member:
    id: int
    organisation_id: int
    name: str
    language: str
    code: str
    status: Literal["active", "blocked", "left"]
    pin_hash: str
    pin_tries: int
    pin_locked_until: dt.datetime | None
    dials: int
    reminders: bool
    village: str
    shown_to: Literal["everyone", "groups", "nobody"]
    texts_from: int
    texts_until: int
    votes_with: int | None
    guest: bool
    number: str
    shared: bool

    @property
    def voice(self) -> int:
        """Whose voice this member speaks with: their own, or that of the other account of the same person."""
        return self.votes_with or self.id

    @property
    def hours(self) -> tuple[int, int]:
        """Between which hours, local, this member wants the SMS that nobody asked for."""
        return self.texts_from, self.texts_until


@dataclass(frozen=True)
class OnList:
    """A line of the roll: under which number an organisation knows a member already, by what name and phone, and who has come with it."""

    number: str
    name: str
    phone: str
    member_id: int | None


@dataclass(frozen=True)
class DraftPayment:
    """A payment that was prepared by SMS, or at the office, and waits under 9 for the PIN.

    `to` is a phone number, or the code of a group or of the office, as `kind` says.
    """

    id: int
    member_id: int
    kind: Literal["send", "group", "airtime", "office"]
    to: str
    amount: int
    state: Literal["waiting", "agreed", "stopped"]
    ends_at: dt.datetime
    made_by: int | None


def check_digit(digits: str) -> str:
    """Damm's check digit: finds every single wrong digit and every swap of two neighbours (H. M. Damm, 2004).

    >>> check_digit("572")
    '4'
    """
    row = 0
    for digit in digits:
        row = int(_DAMM[row][int(digit)])
    return str(row)


def is_code(typed: str) -> bool:
    """Whether this can be the code of a member: as many digits, and the right one at the end."""
    return len(typed) == CODE_LENGTH and well_formed(typed)


def well_formed(code: str) -> bool:
    return code.isascii() and code.isdigit() and len(code) >= 2 and check_digit(code[:-1]) == code[-1]


def short(name: str) -> ShortName:
    """The name as others see it: the first ten letters of the first name."""
    return ShortName(name.split(maxsplit=1)[0][: len(ShortName.longest)] if name else "?")


def tail(number: str) -> Tail:
    return Tail(phone_of(number)[-3:])


# Outcomes. Their fields are the words that the next screen may say.


class Stranger: ...


class NoEntry: ...


class NewSim:
    """It came to this member today."""


class OtherSim:
    """A member has asked whether this SIM is theirs too."""


@dataclass(frozen=True)
class SharedPhone:
    """`language` is what all on it speak, or the organisation's where they do not speak one."""

    language: Language


class Noted: ...


class Fine: ...


class Weak: ...


class TooBusy: ...


class Different: ...


class Already: ...


class Right: ...


class Changed: ...


class TooLate: ...


class NotAMember: ...


class Yourself: ...


class AskedTooOften: ...


class Gone: ...


class NotYours: ...


class OnItsWay: ...


class Enough: ...


class DigestOn: ...


class DigestOff: ...


class Reminded: ...


class NotReminded: ...


@dataclass(frozen=True)
class KeptPlace:
    hours: int


class Stopped: ...


class Started: ...


class NotTaken: ...


class Paused: ...


@dataclass(frozen=True)
class Joined:
    name: ShortName


@dataclass(frozen=True)
class Known:
    """Somebody we know dials; from here on we speak their language."""

    language: Language


@dataclass(frozen=True)
class Spoken:
    language: Language


@dataclass(frozen=True)
class SpokenByName:
    language: Language
    language_name: LanguageName


class NoSuchLanguage: ...


@dataclass(frozen=True)
class Found:
    to_name: ShortName
    tail: Tail


@dataclass(frozen=True)
class Quoted:
    fee: Money
    left: Money
    quoted_fee: int


@dataclass(frozen=True)
class NotEnough:
    fee: Money


@dataclass(frozen=True)
class OverLimit:
    day_left: Money


@dataclass(frozen=True)
class TooMuch:
    most: Money


@dataclass(frozen=True)
class FeeChanged:
    fee: Money


@dataclass(frozen=True)
class WrongPin:
    tries: Tries


@dataclass(frozen=True)
class Locked:
    until: Until


@dataclass(frozen=True)
class Sent:
    ref: Ref
    left: Money


@dataclass(frozen=True)
class UnderWay:
    ref: Ref


@dataclass(frozen=True)
class Seen:
    day: Day
    time: Time
    signed_amount: SignedMoney
    other: Party
    fee: Money
    after: Money
    ref: Ref
