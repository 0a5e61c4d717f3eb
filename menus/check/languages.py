"""Is it said everywhere? Each text in each language, with the same words in braces, the same numbers and dial codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from menus.check.problem import Problem
from menus.check.words import texts_at
from menus.commands import Command
from menus.notice import Notice
from menus.own_words import OWN_WORDS
from menus.screens import Again, Ask, Book, Choose, Do, digit_of, words_in

CURRENCY = re.compile(r"\b(?:KES|UGX|TZS|RWF|BIF|ETB|Ksh|USD)\b", re.IGNORECASE)
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*|[*][0-9*]+#")


def _texts(book: Book, commands: Sequence[Command], notices: Sequence[Notice], lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(text, where it is said), in the order of the book."""
    yield from ((text, "engine") for text in OWN_WORDS)
    yield from ((flow.title, flow.name) for flow in book.flows)
    for place, step in book:
        yield from ((text, place) for text in texts_at(step))
        if isinstance(step, Ask):
            yield from ((text, place) for text in (*step.answer.whys, step.back))
        if isinstance(step, Do):
            yield from ((way.why, place) for way in step.outcomes.values() if isinstance(way, Again))
    for command in commands:
        yield from ((text, f"SMS {command.keywords[0]}") for text in (command.hint, command.draft))
    yield from ((notice.text, f"notice {notice.name}") for notice in notices)
    yield from ((line, "lines") for line in lines)


def every_text(book: Book, commands: Sequence[Command], notices: Sequence[Notice], lines: Sequence[str]) -> dict[str, str]:
    """Every text that can be said -> the first place that says it."""
    texts: dict[str, str] = {}
    for text, where in _texts(book, commands, notices, lines):
        if text:
            texts.setdefault(text, where)
    return texts


def said_everywhere(
    book: Book, catalogs: Mapping[str, Mapping[str, str]], commands: Sequence[Command], notices: Sequence[Notice], lines: Sequence[str]
) -> Iterator[Problem]:
    texts = every_text(book, commands, notices, lines)
    labels = {label for _, step in book if isinstance(step, Choose | Ask) for label in step.options} | {text for text in OWN_WORDS if text[:1].isdigit()}
    for language, catalog in catalogs.items():
        for text, where in texts.items():
            if not (said := catalog.get(text)):
                yield Problem(where, f"not yet said: {text!r}", language)
                continue
            if words_in(said) != words_in(text):
                yield Problem(where, f"says other words in braces: {said!r}", language)
            if text in labels and digit_of(said) != digit_of(text):
                yield Problem(where, f"begins with another key: {said!r}", language)
            if Counter(CURRENCY.findall(said)) != Counter(CURRENCY.findall(text)):
                yield Problem(where, f"says another currency: {said!r}", language)
            if Counter(NUMBER.findall(said)) != Counter(NUMBER.findall(text)):
                yield Problem(where, f"says other numbers: {said!r}", language)
