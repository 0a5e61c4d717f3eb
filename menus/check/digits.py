"""Does a key keep its meaning? The digits of a menu are a public interface: people know them, dial them, paint them on walls.

`menus/digits.txt` remembers each key: the place, the digit, where it leads, since when, and until when if it is retired.
A digit is never renumbered, and a retired one is free again after twelve months. Until then it says where its thing is now: a key (`keys`)
that leads to a step called `now_at…`, whose text names the new way and whose one option leads there.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from menus.check.problem import Problem
from menus.commands import Command
from menus.engine import PAGE_MOST
from menus.screens import Ask, Book, Choose, digit_of, target_of

REST_DAYS = 365
RESERVED = {"0", "00", "98"}
MOVED = "now_at"  # how the steps are called that say where something is now


@dataclass(frozen=True)
class Key:
    place: str
    digit: str
    target: str
    since: str
    until: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, (self.place, self.digit, self.target, self.since, self.until)))


def keys_of(book: Book, today: str) -> list[Key]:
    """Every key of the book as it stands."""
    keys = []
    for place, step in book:
        if isinstance(step, Choose | Ask):
            keys += [Key(place, digit_of(label), target_of(way), today) for label, way in step.options.items()]
        if isinstance(step, Choose):
            keys += [Key(place, digit, target, today) for digit, target in step.keys.items()]
    return list(dict.fromkeys(keys))


def read(ledger: str) -> list[Key]:
    return [Key(*line.split()) for line in ledger.splitlines() if line.strip() and not line.startswith("#")]


def written(book: Book, ledger: str, today: str) -> str:
    """The ledger with what is new added and what is gone retired today."""
    now, known = {(key.place, key.digit): key for key in keys_of(book, today)}, read(ledger)
    kept = []
    for key in known:
        current = now.pop((key.place, key.digit), None) if not key.until else None
        gone = not key.until and (current is None or current.target != key.target)
        if not (gone and key.since == today):  # nobody learnt it in a day
            kept.append(Key(key.place, key.digit, key.target, key.since, today) if gone else key)
        if gone and current is not None:
            now[key.place, key.digit] = current
    head = [line for line in ledger.splitlines() if line.startswith("#")]
    return "\n".join([*head, *map(str, kept), *map(str, now.values())]) + "\n"


def moved(book: Book, ledger: str, today: str | None = None) -> Iterator[Problem]:
    today = today or dt.date.today().isoformat()
    live = {(key.place, key.digit): key for key in read(ledger) if not key.until}
    rest = {(key.place, key.digit): key for key in read(ledger) if key.until and not key.target.startswith(MOVED)}
    for key in keys_of(book, today):
        old, retired = live.get((key.place, key.digit)), rest.get((key.place, key.digit))
        if old and old.target != key.target:
            yield Problem(key.place, f"key {key.digit} led to {old.target} since {old.since} and would now lead to {key.target}")
        elif not old and retired and _days(retired.until, today) < REST_DAYS and retired.target != key.target and not key.target.startswith(MOVED):
            yield Problem(key.place, f"key {key.digit} was retired on {retired.until} and rests for 12 months")
        elif not old:
            yield Problem(key.place, f"key {key.digit} is not in menus/digits.txt; write it with `pamoja check --write-digits`")


def silent(book: Book, ledger: str, today: str | None = None) -> Iterator[Problem]:
    """Retired keys whose thing is still there, but not behind them, and who do not say where."""
    today = today or dt.date.today().isoformat()
    now = {(key.place, key.digit) for key in keys_of(book, today)}
    for key in read(ledger):
        gone = key.until and (key.place, key.digit) not in now and _days(key.until, today) < REST_DAYS
        if gone and key.place in book and isinstance(book[key.place], Choose) and book.lead(key.place, key.target):
            yield Problem(key.place, f"key {key.digit} led to {key.target} until {key.until} and does not say where that is now")


def _days(since: str, until: str) -> int:
    return (dt.date.fromisoformat(until) - dt.date.fromisoformat(since)).days


def options(book: Book) -> Iterator[Problem]:
    for place, step in book:
        if not isinstance(step, Choose | Ask):
            continue
        shown = {digit_of(label): target_of(way) for label, way in step.options.items()}
        unshown = step.keys if isinstance(step, Choose) else {}
        keys = [digit_of(label) for label in step.options] + [key for key, target in unshown.items() if shown.get(key) != target]
        if len([key for key in keys if key != "9"]) > PAGE_MOST:
            yield Problem(place, f"has {len(keys)} options; {PAGE_MOST} is the most that can be read at once")
        for key in keys:
            if not (key.isascii() and key.isdigit()) or key in RESERVED:
                yield Problem(place, f"key {key!r} is not a digit that an option may have")
        for key, times in Counter(keys).items():
            if times > 1:
                yield Problem(place, f"key {key} stands there {times} times")


def keywords(commands: Sequence[Command]) -> Iterator[Problem]:
    kinds = {command: (command.alone, command.dated, bool(command.names), command.least) for command in commands if not command.only}
    said = Counter((word, kind) for command, kind in kinds.items() for word in command.keywords)
    for (word, _), times in said.items():
        if times > 1:
            yield Problem(f"SMS {word}", f"is the keyword of {times} commands")
        if word != word.upper():
            yield Problem(f"SMS {word}", "a keyword is written in capitals")
