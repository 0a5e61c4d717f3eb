"""Can it be paid by mistake? Every way to a verb that moves money shows what is paid, and none leads back into it."""

from __future__ import annotations

from collections.abc import Iterator

from menus.check.graph import edges, reached_from
from menus.check.problem import Problem
from menus.phrasebook import Phrasebook
from menus.screens import Again, Ask, Book, Do, target_of, words_in

SHOWN = ("amount", "fee")
RECEIVER = frozenset({"to_name", "place", "number", "my_phone", "name", "coop", "title"})  # who gets it, by name; a phone by its number, a need by its words


def lint(book: Book, phrasebook: Phrasebook) -> Iterator[Problem]:
    ways = edges(book)
    for place, step in book:
        if not (isinstance(step, Do) and phrasebook.verbs[step.verb].moves_money):
            continue
        for origin in (one for one, leads in ways.items() if place in leads):
            ask = book[origin]
            if not (isinstance(ask, Ask) and ask.answer.secret):
                yield Problem(place, f"moves money, and {origin} leads there without a secret")
                continue
            shown = words_in(ask.text)
            missing = [name for name in SHOWN if name not in shown] + ([] if shown & RECEIVER else ["the receiver"])
            if missing:
                yield Problem(origin, f"asks for a secret to move money and does not show {', '.join(missing)}")
            after = {book.lead(place, target_of(way)) or "" for way in step.outcomes.values() if not isinstance(way, Again)}
            inside = {one: [there for there in leads if book.flow_at(there) is book.flow_at(place)] for one, leads in ways.items()}
            if origin in reached_from(after, inside):
                yield Problem(place, f"leads back into {origin} after the money has moved")
