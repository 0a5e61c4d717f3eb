"""GSM 03.38: how much room words take on a screen and in an SMS, and how to spell them so that they fit.

The tables follow 3GPP TS 23.038. A text whose letters all stand in the GSM 7-bit alphabet is counted in
septets; one letter outside it turns the whole text into UCS-2, which is counted in 16-bit units.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

ONE_SEPTET = frozenset("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà")
TWO_SEPTETS = frozenset("\f^{}\\[~]|€")
ALPHABET = ONE_SEPTET | TWO_SEPTETS

SMS_SEPTETS, SMS_PART_SEPTETS = 160, 153  # one SMS; a part of a longer one (six octets go to its header)
SMS_UNITS, SMS_PART_UNITS = 70, 67

_SPELT = {
    "’": "'", "‘": "'", "`": "'", "´": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‑": "-", "−": "-", "…": "...", "•": "-", "·": ".", "×": "x",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\u200b": "", "\ufeff": "",
    "₦": "NGN", "₵": "GHS", "ŋ": "ng", "Ŋ": "Ng", "ɛ": "e", "Ɛ": "E", "ɔ": "o", "Ɔ": "O", "ı": "i",
    "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "œ": "oe", "Œ": "Oe", "ð": "d", "þ": "th",
}  # fmt: skip


class Room(NamedTuple):
    """How much a text takes and how much there is, in septets or in UCS-2 units."""

    used: int
    most: int
    ucs2: bool

    @property
    def fits(self) -> bool:
        return self.used <= self.most


def septets(text: str) -> int | None:
    """The septets a text takes, or None when a letter is outside the GSM 7-bit alphabet.

    >>> septets("Habari"), septets("[5]"), septets("ẹ")
    (6, 5, None)
    """
    if ONE_SEPTET.issuperset(text):
        return len(text)
    if not ALPHABET.issuperset(text):
        return None
    return len(text) + sum(letter in TWO_SEPTETS for letter in text)


def units(text: str) -> int:
    """UCS-2 units: a letter beyond the first plane (an emoji) takes two."""
    return len(text.encode("utf-16-be", "surrogatepass")) // 2


def screen_room(text: str, limit: int) -> Room:
    """The room of a USSD screen whose limit is given in septets; the same octets hold fewer UCS-2 units.

    >>> screen_room("Salio", 160)
    Room(used=5, most=160, ucs2=False)
    >>> screen_room("Ọjà", 160)
    Room(used=3, most=70, ucs2=True)
    """
    used = septets(text)
    if used is not None:
        return Room(used, limit, False)
    return Room(units(text), limit * 7 // 16, True)


def sms_parts(text: str) -> int:
    """How many SMS a text is sent and paid as. An escape pair or a surrogate pair is never cut in two.

    >>> sms_parts("a" * 160), sms_parts("a" * 161), sms_parts("ẹ" * 70), sms_parts("ẹ" * 71)
    (1, 2, 1, 2)
    """
    whole = septets(text)
    if whole is not None:
        if whole <= SMS_SEPTETS:
            return 1
        return _cut([2 if letter in TWO_SEPTETS else 1 for letter in text], SMS_PART_SEPTETS)
    sizes = [units(letter) for letter in text]
    return 1 if sum(sizes) <= SMS_UNITS else _cut(sizes, SMS_PART_UNITS)


def _cut(sizes: list[int], most: int) -> int:
    parts, left = 1, most
    for size in sizes:
        if size > left:
            parts, left = parts + 1, most
        left -= size
    return parts


def plain(text: str) -> str:
    """The nearest spelling inside the GSM 7-bit alphabet; what has none becomes '?'.

    >>> plain("Nyambura’s çay – ẹyin")
    "Nyambura's cay - eyin"
    """
    if ALPHABET.issuperset(text):
        return text
    return "".join(_spell(letter) for letter in text)


def _spell(letter: str) -> str:
    if letter in ALPHABET:
        return letter
    if letter in _SPELT:
        return _SPELT[letter]
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    if bare and bare != letter:
        return "".join(_spell(part) for part in bare)
    if unicodedata.combining(letter) or unicodedata.category(letter) in ("Cc", "Cf"):
        return ""
    return "?"


def heard(text: str) -> str:
    """What was typed, as the caller meant it: other scripts' digits and wide letters become plain ones.

    >>> heard("٢٠٠"), heard("１２")
    ('200', '12')
    """
    if text.isascii():
        return text.strip()
    folded = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.digit(one)) if one.isdigit() else one for one in folded).strip()


WHOLE_WORDS = 0.55  # of a width that must be left for a value to end behind a whole word


def cut(text: str, most: int, *, by_letters: bool = False) -> str:
    """A value cut to its width, behind a whole word where that leaves most of it: names of receivers by letters, so that two
    with one beginning stay two. Values are cut, prompts never.

    >>> cut("A tap beside the school", 20), cut("Tumaini group", 12), cut("Kilimanjaro", 8), cut("A waterfall", 8)
    ('A tap beside the', 'Tumaini', 'Kilimanj', 'A waterf')
    """
    if len(text) <= most:
        return text
    kept = text[:most].rstrip()
    if by_letters:
        return kept
    whole = kept if text[most].isspace() or kept != text[:most] else kept.rpartition(" ")[0].rstrip()
    return (whole if len(whole) >= WHOLE_WORDS * most else kept).rstrip(",;:-")
