"""Our own book with the words it may use and the languages it is said in, checked. Apart from the web, so that checking is quick."""

from __future__ import annotations

from functools import lru_cache

from gateway.ledger.model import SPOKEN
from gateway.phrasebook import PHRASEBOOK
from gateway.records.model import masked
from gateway.settings import Settings
from gateway.words import Catalogs, load_catalogs, whole
from menus import digits_ledger
from menus.book import BOOK
from menus.book.lines import LINES
from menus.book.notices import NOTICES
from menus.book.sms import SMS
from menus.check import Problem, check
from menus.engine import Engine
from menus.render import OPENING_SEPTETS, SCREEN_SEPTETS


class UnsoundBook(Exception):
    """The menus have problems; a service that would speak them does not start."""


def problems(catalogs: Catalogs, limit: int = SCREEN_SEPTETS, opening: int = OPENING_SEPTETS) -> list[Problem]:
    """What `check` finds in our own book."""
    return check(
        BOOK, PHRASEBOOK, {language: whole(catalog) for language, catalog in catalogs.items()},
        commands=SMS, notices=NOTICES, lines=LINES, digit_ledger=digits_ledger(), limit=limit, opening=opening,
    )  # fmt: skip


def make_engine(settings: Settings) -> Engine:
    """The engine that speaks our book, once the book has been checked."""
    room = min([settings.screen_septets, *settings.network_septets.values()])
    return _sound_engine(room, min(room, settings.opening_septets))


@lru_cache(maxsize=4)
def _sound_engine(room: int, opening: int) -> Engine:
    """A process checks its book once for each size of a screen."""
    catalogs = load_catalogs()
    if found := problems(catalogs, room, opening):
        raise UnsoundBook("\n".join(map(str, found)))
    return Engine(BOOK, PHRASEBOOK, catalogs, mask=masked, speaks=SPOKEN.set)
