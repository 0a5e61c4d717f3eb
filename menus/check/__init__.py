"""Reads every menu before any caller does. Returns the problems; an empty list is the goal.

A part for a question: `graph` (where does it lead), `words` (is everything said known), `money` (can it be paid by
mistake), `languages` (is it said everywhere), `sizes` (does it fit), `digits` (does a key keep its meaning),
`paths` (is the way there that a text names).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from menus.check import digits, graph, languages, money, paths, sizes, words
from menus.check.problem import Problem
from menus.commands import Command
from menus.notice import Notice
from menus.phrasebook import Phrasebook
from menus.render import OPENING_SEPTETS, SCREEN_SEPTETS
from menus.screens import Book

__all__ = ["Problem", "check"]


def check(
    book: Book,
    phrasebook: Phrasebook,
    catalogs: Mapping[str, Mapping[str, str]],
    *,
    commands: Sequence[Command] = (),
    notices: Sequence[Notice] = (),
    lines: Sequence[str] = (),
    digit_ledger: str | None = None,
    limit: int = SCREEN_SEPTETS,
    opening: int = OPENING_SEPTETS,
) -> list[Problem]:
    """All problems of a book. `catalogs` holds a dictionary for each language besides English.

    The other parts walk the graph, so what is wrong with the graph itself is said first, and alone.
    """
    broken = [*graph.dead_ends(book), *graph.unknown_words(book, phrasebook, commands)]
    if broken:
        return broken
    return [
        *graph.unreached(book, commands),
        *graph.traps(book),
        *graph.lost_by_sms(book, phrasebook),
        *graph.outcomes(book, phrasebook),
        *graph.too_slow(book, commands),
        *words.unheard(book, phrasebook),
        *words.told_secrets(book, phrasebook),
        *money.lint(book, phrasebook),
        *languages.said_everywhere(book, catalogs, commands, notices, lines),
        *sizes.screens(book, phrasebook, catalogs, limit, opening),
        *sizes.dialled_screens(book, phrasebook, catalogs, opening),
        *sizes.endings(notices, catalogs, opening),
        *sizes.texts(book, phrasebook, catalogs, commands, notices),
        *digits.options(book),
        *digits.keywords(commands),
        *(digits.moved(book, digit_ledger) if digit_ledger is not None else ()),
        *(digits.silent(book, digit_ledger) if digit_ledger is not None else ()),
        *paths.lead_nowhere(book, notices, lines),
        *paths.moved_elsewhere(book),
    ]
