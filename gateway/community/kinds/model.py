"""A kind of item of an organisation's own: its name, what it asks, its word by SMS. Standard library only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gateway.community.items.model import OWN, ItemNumber
from gateway.members.model import in_tongue

NAME_MOST = 14  # letters, so that a line of the list and a title have room
ASK_MOST = 60  # letters of what is asked, so that its screen has room for the keys
WORD = re.compile(r"[A-Z]{4,10}")  # one word of plain letters: shorter ones are too like the ends of others
KINDS_MOST = 12  # three pages on a phone; deeper nobody looks
TOLD_A_DAY = 5  # things of one kind that one member tells in a day
SHOWN_DAYS = 90  # what nobody has touched for so long leaves the list; its number still finds it


class KindLabel(str):
    longest = "x" * NAME_MOST


class KindAsk(str):
    longest = "x" * ASK_MOST


@dataclass(frozen=True)
class OwnKind:
    """`code` is the kind of its items; `word` begins an SMS that tells one."""

    id: int
    code: str
    word: str
    name_en: str
    name_sw: str
    ask_en: str
    ask_sw: str
    on: bool
    by: str

    def name(self, language: str) -> str:
        return in_tongue(language, self.name_en, self.name_sw)

    def ask(self, language: str) -> str:
        return in_tongue(language, self.ask_en, self.ask_sw)


def code_for(name: str, taken: set[str]) -> str:
    """A short code that no other kind has, made of the name's letters.

    >>> code_for("Lost and found", set()), code_for("Lost & found", {"own-lostandf"})
    ('own-lostandf', 'own-lostfoun')
    >>> code_for("Lost and found", {"own-lostandf"})
    'own-lostand2'
    """
    letters = re.sub(r"[^a-z]", "", name.lower()) or "kind"
    tries = [letters[:8], *(f"{letters[:7]}{n}" for n in range(2, 10)), *(f"{letters[:6]}{n}" for n in range(10, 100))]
    return next(OWN + one for one in tries if OWN + one not in taken)


# Outcomes.


@dataclass(frozen=True)
class KindShown:
    kind_label: KindLabel
    kind_ask: KindAsk


class NoKind: ...


@dataclass(frozen=True)
class ToldOwn:
    number: ItemNumber


@dataclass(frozen=True)
class Finished:
    number: ItemNumber


@dataclass(frozen=True)
class OwnHeld:
    number: ItemNumber


@dataclass(frozen=True)
class ToldEnough:
    most: int
