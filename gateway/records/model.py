"""Messages, hops, and how far a message has come. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Literal

HOPS_KEPT_DAYS = 90  # then a trace is forgotten (Kenya Data Protection Act 2019, s. 39: no longer than needed)
DOTS = "****"  # what stands in the records where a secret was typed
SAID_NO, NOBODYS = "join.declined", "-"  # the screen that says that nothing was stored, and what stands in the trace of that call in place of the number
PRIVATE = "private"  # and for a screen that is nobody's business: neither which it was nor what was typed there
DAYTIME = (7, 19)  # hours, local, between which we write unasked: Kenyan networks take promotional SMS only then, and people sleep
TOPICS = {  # what can be stopped alone -> how it is counted
    "news": ("digest",), "ideas": ("voice",), "groups": ("group",), "questions": ("helping",), "money": (),
}  # fmt: skip
TextKind = Literal["receipt", "reply", "service"]
TextState = Literal["waiting", "sending", "accepted", "refused", "unknown", "delivered", "failed"]

_LONE_DIGITS = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])|(?<![0-9])(?<![0-9][ .-])[0-9](?:[ .-][0-9]){3}(?![ .-]?[0-9])")
_ONLY_PIN = re.compile(r"\W*(?:pin|siri|my pin is|pin yangu(?: ni)?)?\W*[0-9](?:[ .-]?[0-9]){3}\W*", re.IGNORECASE)
_SAYS_SEALED = re.compile(r"\W*(?:siri|secret)\b", re.IGNORECASE)
_SAYS_PIN = re.compile(r"\b(?:pin|siri|nywila|password)\b", re.IGNORECASE)

# Africa's Talking's words for a delivery, in the order in which they can follow each other.
_PROGRESS = {"sent": 1, "submitted": 2, "buffered": 3, "absentsubscriber": 4, "expired": 4, "rejected": 9, "failed": 9, "success": 9}
_ENDS: dict[str, TextState] = {"success": "delivered", "failed": "failed", "rejected": "failed"}


def topic_of(about: str) -> str:
    """The kind of SMS that a message is by what it is about; nothing for those that can only be stopped with all others.

    >>> topic_of("group 1001"), topic_of("report")
    ('groups', '')
    """
    first = about.split(" ", 1)[0]
    return next((topic for topic, counted in TOPICS.items() if first in counted), "")


@dataclass(frozen=True)
class Text:
    """A message to a phone. `about` is the id of the transfer it speaks of, or empty."""

    id: int
    organisation_id: int
    key: str
    number: str
    member_id: int | None
    kind: str
    words: str
    about: str
    state: TextState
    provider_id: str | None
    provider_status: str | None
    cost: str | None
    attempts: int
    made_at: dt.datetime
    sent_at: dt.datetime | None
    done_at: dt.datetime | None


@dataclass(frozen=True)
class Hop:
    """One turn of a call as it is kept: where, what was typed (a secret as dots), how long it took. No screen text."""

    organisation_id: int
    call: str
    number: str
    turn: int
    label: str
    typed: str
    note: str
    ms: int
    at: dt.datetime


def phone_of(line: str) -> str:
    """The phone of a person's line: several people may share one SIM.

    >>> phone_of("+254711000001/2"), phone_of("+254711000001")
    ('+254711000001', '+254711000001')
    """
    return line.partition("/")[0]


def wait_for_daytime(local: dt.datetime, hours: tuple[int, int] = DAYTIME) -> dt.timedelta:
    """How long a message that nobody asked for waits for the hours of its receiver.

    >>> [str(wait_for_daytime(dt.datetime(2026, 11, 26, hour))) for hour in (6, 7, 18, 19)]
    ['1:00:00', '0:00:00', '0:00:00', '12:00:00']
    """
    first, last = hours
    if first <= local.hour < last:
        return dt.timedelta()
    opens = local.replace(hour=first, minute=0, second=0, microsecond=0)
    return (opens if opens > local else opens + dt.timedelta(days=1)) - local


def masked(words: str) -> str:
    """A message with everything that may be a PIN as dots.

    >>> masked("my pin 4711 thanks"), masked("TUMA 2000 0712345678"), masked("4 7 1 1")
    ('my pin **** thanks', 'TUMA 2000 0712345678', '****')
    """
    return _LONE_DIGITS.sub(lambda found: found[0] if never_a_pin(re.sub(r"[ .-]", "", found[0])) else DOTS, words)


def never_a_pin(digits: str) -> bool:
    """Years and round hundreds are refused as PINs, so that they may stand in a message.

    >>> never_a_pin("1984"), never_a_pin("2500"), never_a_pin("4711")
    (True, True, False)
    """
    return 1900 <= int(digits) <= 2035 or digits.endswith("00")


def looks_like_pin(words: str) -> bool:
    """Whether a message is a PIN and little else, or says that it brings one.

    >>> [looks_like_pin(one) for one in ("4711", "PIN 4711.", "4 7 1 1", "my pin 4711 thanks", "BAL 4711", "TUMA 2000 0712345678")]
    [True, True, True, True, False, False]
    """
    return _ONLY_PIN.fullmatch(words.strip()) is not None or (DOTS in masked(words) and _SAYS_PIN.search(words) is not None)


def says_sealed(words: str) -> bool:
    """Whether a message says something without a name. `siri` is a PIN too (Swahili): with four digits and nothing else it is one.

    >>> [says_sealed(one) for one in ("SIRI the clerk took 4715 kilos", "siri,he cheats", "siri 4715", "sirini", "the secret")]
    [True, True, False, False, False]
    """
    return _SAYS_SEALED.match(words) is not None and _ONLY_PIN.fullmatch(words.strip()) is None


def after_report(before: str | None, status: str) -> tuple[str, TextState | None]:
    """The provider's word to keep, and the state it means. A later report never moves a text backwards.

    An unknown word is kept and changes nothing; `Success` overrides `AbsentSubscriber` and `Expired`.
    """
    old, new = _PROGRESS.get((before or "").lower(), 0), _PROGRESS.get(status.lower(), 0)
    if before and new <= old and not (old == 4 and status.lower() == "success"):
        return before, None
    return status, _ENDS.get(status.lower())
