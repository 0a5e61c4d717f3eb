"""A quiz out of what really goes wrong: the slips of these days, counted from our own records, each with the question whose answer would have helped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gateway.community.polls import error_rows
from gateway.members.model import in_tongue

DAYS = 30
ASKED = 3  # questions of one quiz: a minute
FROM = 3  # times that a slip has happened, below which nobody is asked about it


@dataclass(frozen=True)
class Slip:
    """What happened, as staff read it, how to count it, and a question in both languages, as `read` takes it: the right answer has a star."""

    called: str
    count: Callable[[Any, dt.datetime], int]
    english: str
    swahili: str


SLIPS = (
    Slip(
        "A key that is not on the list", error_rows.unclear_keys,
        "A list is longer than your screen. What shows the rest?\n- 00\n- 98 *\n- 1",
        "Orodha ni ndefu kuliko skrini. Nini huonyesha zaidi?\n- 00\n- 98 *\n- 1",
    ),
    Slip(
        "Hung up at the question for the PIN", error_rows.left_at_pin,
        "You hang up at the PIN. Does the money go?\n- Yes\n- Later\n- No *",
        "Umekata simu kwenye PIN. Je, pesa huenda?\n- Ndiyo\n- Baadaye\n- Hapana *",
    ),
    Slip(
        "A PIN sent by SMS", error_rows.pins_by_text,
        "Who may ask you for your PIN?\n- Nobody *\n- The office\n- A guardian",
        "Nani anaweza kukuuliza PIN?\n- Hakuna *\n- Ofisi\n- Mlinzi",
    ),
    Slip(
        "Money to the wrong person", error_rows.wrong_receivers,
        "What do you look at before you type the PIN?\n- The clock\n- The name *\n- The fee",
        "Unaangalia nini kabla ya kuweka PIN?\n- Saa\n- Jina *\n- Ada",
    ),
    Slip(
        "An SMS that nobody could read", error_rows.unread_words,
        "Which word brings all others by SMS?\n- STOP\n- BAL\n- HELP *",
        "Neno gani la SMS huleta mengine yote?\n- ACHA\n- SALIO\n- MSAADA *",
    ),
    Slip(
        "A PIN locked after three tries", error_rows.locked_pins,
        "You forgot your PIN. Who can open it?\n- The agent\n- My guardians *\n- Nobody",
        "Umesahau PIN. Nani anaweza kuifungua?\n- Wakala\n- Walinzi wangu *\n- Hakuna",
    ),
)  # fmt: skip


def slips(world: Any) -> list[tuple[Slip, int]]:
    """With how often each happened in these days, the most often first."""
    since = world.now() - dt.timedelta(days=DAYS)
    return sorted(((one, one.count(world, since)) for one in SLIPS), key=lambda pair: -pair[1])


def title_of(language: str, day: str) -> str:
    return in_tongue(language, f"What helps, {day}", f"Kinachosaidia {day}")


def quiz_of(world: Any, language: str) -> str:
    """The questions to the slips that happen most, as they are written; nothing where hardly anything goes wrong."""
    often = [one for one, times in slips(world) if times >= FROM][:ASKED]
    return "\n".join(in_tongue(language, one.english, one.swahili) for one in often)
