"""What may be typed. An Answer reads it, or says in one line why it cannot."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from menus.alphabet import ALPHABET, heard, plain

NAME_MOST = 20  # letters of a first name that are kept; a screen shows the first ten
YES, NO = frozenset(["YES", "Y", "NDIYO", "SAWA", "OK", "OUI", "1"]), frozenset(["NO", "N", "HAPANA", "LA", "NON", "2"])  # as people write it
TYPED_MOST = 160  # letters of free text in one answer; networks pass on 80 to 182


class Unclear(Exception):
    """What was typed cannot be read. Says why, in words that can still be translated."""

    def __init__(self, why: str, **words: str) -> None:
        super().__init__(why)
        self.why, self.words = why, words


class Secret:
    """Something typed that must not be kept: it prints as dots, lives one turn, and has no column."""

    __slots__ = ("_typed",)

    def __init__(self, typed: str) -> None:
        self._typed = typed

    def reveal(self) -> str:
        return self._typed

    def __repr__(self) -> str:
        return "Secret(****)"

    __str__ = __repr__

    def __reduce__(self) -> Any:
        raise TypeError("a secret is never stored")


@dataclass(frozen=True)
class Place:
    """Where the caller is: what money is called there and how phone numbers look.

    `digits` is the number of decimals of the currency (ISO 4217), `national` the digits of a phone
    number behind the calling code (ITU E.164).
    """

    currency: str = "KES"
    digits: int = 2
    calling_code: str = "254"
    national: int = 9
    say_amount: Callable[[int], str] = field(default=str, compare=False)
    say_number: Callable[[int], str] = field(default="{:,}".format, compare=False)

    def phone(self, typed: str) -> str | None:
        """A phone number in E.164, or None: 07.., 7.., 2547.. and +2547.. are the same number."""
        bare = re.sub(r"[\s().-]", "", typed)
        if not re.fullmatch(r"\+?[0-9]{6,15}", bare):
            return None
        if bare.startswith("+"):
            digits = bare[1:]
        elif bare.startswith("00"):
            digits = bare[2:]
        elif bare.startswith("0") and len(bare) == self.national + 1:
            digits = self.calling_code + bare[1:]
        elif len(bare) == self.national and not bare.startswith("0"):
            digits = self.calling_code + bare
        else:
            digits = bare
        ours = digits.startswith(self.calling_code)
        if ours and len(digits) != len(self.calling_code) + self.national:
            return None
        if not ours and not (typed.strip().startswith(("+", "00")) and 8 <= len(digits) <= 15 and digits[0] != "0"):  # no country's code begins with 0
            return None
        return "+" + digits


@dataclass(frozen=True)
class Answer:
    """One kind of answer. `whys` are the reasons it may give, `longest` the widest it is ever shown."""

    secret: ClassVar[bool] = False
    kept: ClassVar[bool] = True  # what is not kept is used at once by the step below, and forgotten
    spaced: ClassVar[str] = ""  # the pattern of one answer that is written with blanks in it; none may have any
    whys: ClassVar[tuple[str, ...]] = ()
    longest: ClassVar[str] = ""

    def read(self, typed: str, place: Place) -> Any:
        """The value meant, as plain data. Raises Unclear with one of `whys`."""
        raise Unclear(self.whys[0])

    def say(self, value: Any, place: Place) -> str:
        return str(value)

    def why_words(self) -> dict[str, str]:
        """The words inside `whys` at their longest, for the check."""
        return {}


@dataclass(frozen=True)
class Amount(Answer):
    """Whole or broken shillings in, minor units out. `low` and `high` are in whole units.

    >>> Amount(10, 70_000).read("1,000.50/=", Place())
    100050
    """

    low: int
    high: int
    whys = ("Please type an amount, like 250.", "Please type from {low} to {high}.")
    spaced = r"[0-9]{1,3}(?: [0-9]{3})+"
    longest = "KES 999,999.99"

    def read(self, typed: str, place: Place) -> int:
        said = heard(typed).lower().replace(" ", "").removesuffix("/=").removesuffix("/-").removesuffix("=")
        said = said.removeprefix(place.currency.lower()).removeprefix("ksh").removeprefix("sh").removeprefix(".")
        said = re.sub(r",(?=[0-9]{3}(?:[,.]|$))", "", said)
        match = re.fullmatch(r"([0-9]{1,12})(?:[.,]([0-9]{1,4}))?", said)
        if not match:
            raise Unclear(self.whys[0])
        whole, broken = match[1], (match[2] or "").rstrip("0")
        if len(broken) > place.digits:
            raise Unclear(self.whys[0])
        minor = int(whole + broken.ljust(place.digits, "0"))
        scale = 10**place.digits
        if not self.low * scale <= minor <= self.high * scale:
            raise Unclear(self.whys[1], low=place.say_number(self.low), high=place.say_number(self.high))
        return minor

    def say(self, value: int, place: Place) -> str:
        return place.say_amount(value)

    def why_words(self) -> dict[str, str]:
        return {"low": f"{self.low:,}", "high": f"{self.high:,}"}


@dataclass(frozen=True)
class Phone(Answer):
    """A phone number, given back in E.164; with `codes` also a member code of five digits."""

    codes: bool = False
    whys = ("Please type a phone number, like 0712345678.",)
    spaced = r"\+?[0-9]{1,4}(?: [0-9]{2,6}){1,4}"
    longest = "0712345678"

    def read(self, typed: str, place: Place) -> str:
        said = heard(typed)
        if self.codes and re.fullmatch(r"[0-9]{5}", said):
            return said
        number = place.phone(said)
        if number is None:
            raise Unclear(self.whys[0])
        return number

    def say(self, value: str, place: Place) -> str:
        """As people write it at home: 0712345678, not +254712345678."""
        home = "+" + place.calling_code
        return "0" + value[len(home) :] if value.startswith(home) else value


@dataclass(frozen=True)
class Pin(Answer):
    """Four digits that are used at once and never kept."""

    secret = True
    kept = False
    whys = ("A PIN is 4 numbers.",)

    def read(self, typed: str, place: Place) -> Secret:
        said = heard(typed)
        if not re.fullmatch(r"[0-9]{4}", said):
            raise Unclear(self.whys[0])
        return Secret(said)


@dataclass(frozen=True)
class Words(Answer):
    """Free words, at most `most` letters, of which `letters` are no digits; more is refused with the number, never cut in silence."""

    most: int = TYPED_MOST
    letters: int = 2
    whys = ("Please type a few words.", "That is too long. At most {most} letters.")
    longest = "x" * 40

    def read(self, typed: str, place: Place) -> str:
        said = " ".join(typed.split())
        if sum(one.isalpha() for one in said) < self.letters or not said:
            raise Unclear(self.whys[0])
        if len(said) > self.most:
            raise Unclear(self.whys[1], most=str(self.most))
        return said

    def why_words(self) -> dict[str, str]:
        return {"most": str(self.most)}


@dataclass(frozen=True)
class HiddenWords(Answer):
    """Free words that are used at once and never kept with who typed them."""

    most: int = 60
    secret = True
    kept = False
    whys = ("Please type a few words.", "That is too long. At most {most} letters.")

    def read(self, typed: str, place: Place) -> Secret:
        return Secret(Words(self.most).read(typed, place))

    def why_words(self) -> dict[str, str]:
        return {"most": str(self.most)}


@dataclass(frozen=True)
class Name(Answer):
    """What a person is called: letters, with the marks that names have."""

    whys = ("Please type your name in letters.",)
    longest = "Wanjiruuuu"

    def read(self, typed: str, place: Place) -> str:
        said = " ".join(typed.split())[:NAME_MOST].strip()
        letters = sum(one.isalpha() for one in said)
        if letters < 2 or not all(one.isalpha() or one in " '’-." for one in said):
            raise Unclear(self.whys[0])
        if not set(plain(said)) <= ALPHABET - {"?"}:
            raise Unclear(self.whys[0])
        return said[0].upper() + said[1:]


@dataclass(frozen=True)
class Number(Answer):
    """A whole number from `low` to `high`."""

    low: int
    high: int
    whys = ("Please type a number from {low} to {high}.",)
    longest = "99999"

    def read(self, typed: str, place: Place) -> int:
        said = heard(typed)
        if not re.fullmatch(r"[0-9]{1,9}", said) or not self.low <= int(said) <= self.high:
            raise Unclear(self.whys[0], low=place.say_number(self.low), high=place.say_number(self.high))
        return int(said)

    def why_words(self) -> dict[str, str]:
        return {"low": f"{self.low:,}", "high": f"{self.high:,}"}


@dataclass(frozen=True)
class RollNumber(Answer):
    """The number under which an organisation knows a member: letters, numbers, strokes, at most twenty; as it was typed."""

    whys = ("Please type the number on your card.",)
    longest = "x" * 20

    def read(self, typed: str, place: Place) -> str:
        said = "".join(heard(typed).split())
        if not re.fullmatch(r"[0-9A-Za-z./-]{1,20}", said) or not any(one.isdigit() for one in said):
            raise Unclear(self.whys[0])
        return said


@dataclass(frozen=True)
class BillNumber(Answer):
    """The number on a bill: letters, numbers and strokes, in capitals, without the blanks and hyphens that only make it readable. Never four digits alone,
    which may be a PIN in the wrong place.
    """

    whys = ("Please type it as it stands on the bill.",)
    longest = "X" * 16

    def read(self, typed: str, place: Place) -> str:
        said = "".join(heard(typed).split()).upper().replace("-", "")
        if not re.fullmatch(r"[0-9A-Z./]{5,16}", said) or not any(one.isdigit() for one in said):
            raise Unclear(self.whys[0])
        return said


@dataclass(frozen=True)
class YesNo(Answer):
    """Yes or no, as people write it: `yes` or `no`."""

    whys = ("Please say YES or NO.",)
    longest = "yes"

    def read(self, typed: str, place: Place) -> str:
        said = heard(typed).strip(" .,!?").upper()
        if said not in YES and said not in NO:
            raise Unclear(self.whys[0])
        return "yes" if said in YES else "no"


@dataclass(frozen=True)
class Numbered(Answer):
    """The number of a thing and then words about it, as an SMS brings them: `4171 Friday is market day`."""

    wants: bool = True  # whether words must follow
    whys = ("The number comes first.", "Words are missing.")
    longest = "12345"

    def read(self, typed: str, place: Place) -> str:
        number, _, words = " ".join(typed.split()).lstrip("*# ").partition(" ")
        number = number.strip("*#.,:;")
        if not re.fullmatch(r"[0-9]{4,5}", heard(number)):
            raise Unclear(self.whys[0])
        if self.wants and sum(one.isalpha() for one in words) < 2:
            raise Unclear(self.whys[1])
        return f"{heard(number)} {words}".strip()


@dataclass(frozen=True)
class Digits(Answer):
    """The number of a thing, as it was typed: `low` to `high` digits. Not kept, for it may be a PIN in the wrong place."""

    kept = False
    low: int
    high: int
    whys = ("Please type {low} or {high} numbers.", "Please type {low} numbers.")
    longest = "12345"

    def read(self, typed: str, place: Place) -> str:
        said = heard(typed)
        if not re.fullmatch(r"[0-9]+", said) or not self.low <= len(said) <= self.high:
            raise Unclear(self.whys[self.low == self.high], **self.why_words())
        return said

    def why_words(self) -> dict[str, str]:
        return {"low": str(self.low), "high": str(self.high)}
