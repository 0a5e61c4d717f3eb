"""Is the way that a text names really there? "Say it: 5, 3." "All read it: My group, 98, 5, 3." Whoever follows it must not stand before a wall."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from menus.check.digits import MOVED
from menus.check.problem import Problem
from menus.notice import Notice
from menus.screens import Ask, Book, Browse, Choose, Do, Tell, digit_of, target_of

KEY = r"(?:[1-9]|98)\b"
NAMED = re.compile(rf"(?:(?P<name>[A-Z][a-z ]+|\{{code_group\}}), (?P<keys>{KEY}(?:, {KEY})*)|(?<!\d, )\b(?P<bare>{KEY}(?:, {KEY})+))")
MY_GROUP = "My group"


def named(text: str) -> Iterator[tuple[str, list[str]]]:
    """The ways that a text names: where they begin (nothing is the first screen), and the keys from there.

    >>> list(named("Say it: 5, 3. All read it: My group, 98, 5."))
    [('', ['5', '3']), ('My group', ['98', '5'])]
    """
    for found in NAMED.finditer(text):
        name = MY_GROUP if (found["name"] or "").startswith("{") else found["name"] or ""
        yield name, (found["keys"] or found["bare"]).split(", ")


def follow(book: Book, keys: Sequence[str], name: str = "") -> set[str]:
    """The screens where a caller may stand who goes that way from the first one, or from the option of it that has this name."""
    first = _shown(book, {book.front_door})
    places = first
    if name:
        ways = [(place, way) for place in first if isinstance(step := book[place], Choose) for label, way in step.options.items() if label[2:] == name]
        places = _shown(book, {lead for place, way in ways if (lead := book.lead(place, target_of(way)))})
    for key in keys:
        places = _shown(book, {lead for place in places for way in _ways(book, place, key) if (lead := book.lead(place, way))})
    return places


def _on_first_screen(book: Book) -> set[str]:
    """What the options of the first screen are called: `1 My money` is My money."""
    return {label[2:] for place in _shown(book, {book.front_door}) if isinstance(step := book[place], Choose) for label in step.options}


def _ways(book: Book, place: str, key: str) -> Iterator[str]:
    step = book[place]
    if isinstance(step, Choose | Ask):
        yield from (target_of(way) for label, way in step.options.items() if digit_of(label) == key)
    if isinstance(step, Choose):
        yield from (step.keys[key] for _ in range(key in step.keys))
        yield from (step.more for _ in range(key == "98" and bool(step.more)))
    if isinstance(step, Browse) and step.then and key != "98":
        yield step.then


def _shown(book: Book, places: Iterable[str]) -> set[str]:
    """The screens behind these places: what is done on the way may end in any of its outcomes, a list may be empty."""
    seen: set[str] = set()
    waiting = list(places)
    while waiting:
        place = waiting.pop()
        if place not in seen:
            seen.add(place)
            step = book[place]
            ways = book.ways_on(place) if isinstance(step, Do) else [step.empty] if isinstance(step, Browse) and step.empty else []
            waiting += [lead for way in ways if (lead := book.lead(place, way))]
    return {place for place in seen if not isinstance(book[place], Do)}


def lead_nowhere(book: Book, notices: Sequence[Notice], lines: Sequence[str]) -> Iterator[Problem]:
    said = [(place, step.text) for place, step in book if not isinstance(step, Do)]
    said += [(f"notice {notice.name}", notice.text) for notice in notices] + [("a line", line) for line in lines]
    for where, text in said:
        for words, keys in named(text):
            name = words if words in _on_first_screen(book) else ""
            if (name or len(keys) > 1) and not follow(book, keys, name):
                yield Problem(where, f"names the way {', '.join(filter(None, [name, *keys]))}, which leads nowhere")


def moved_elsewhere(book: Book) -> Iterator[Problem]:
    """What a retired key says of its new place: the way it names leads to where its one option leads."""
    for place, step in book:
        if place.partition(".")[2].startswith(MOVED):
            ways = list(named(step.text)) if isinstance(step, Choose | Tell) else []
            options = step.options if isinstance(step, Choose) else {}
            if len(ways) != 1 or len(options) != 1:
                yield Problem(place, "names the one way where it is now, and one option that leads there")
                continue
            there = {lead for way in options.values() if (lead := book.lead(place, target_of(way)))}
            if not _shown(book, there) & follow(book, ways[0][1], ways[0][0]):
                yield Problem(place, f"names the way {', '.join(filter(None, [ways[0][0], *ways[0][1]]))}, which does not lead to where its option leads")
