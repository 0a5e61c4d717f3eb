"""SMS commands: a flow said in one breath. `TUMA 200 0722000002` answers two of its questions at once.

A command stops where the flow wants a secret: nothing is final by SMS. What was understood then waits as a
draft for a dial.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from menus import alphabet
from menus.answers import Answer, Unclear
from menus.days import has_day, is_day
from menus.engine import Engine
from menus.screens import Ask, Do, words_in
from menus.session import Turn, unlisted

NOISE = ".,!:;*#-\"'() "
POLITE = frozenset("THANK YOU THANKS PLEASE ASANTE SANA TAFADHALI MY YANGU ZANGU NAOMBA NIPE ALL ZOTE SMS IT".split())  # words that change no command
BETWEEN = frozenset("TO KWA KWENDA FOR YA NI NO NA THE GROUP KIKUNDI PHONE SIMU NAMBA NUMBER KSH KSHS SH SHS BOB SHILINGI".split())  # beside an amount
PARTS_MOST = 8  # pieces of an order to pay that are looked at: a phone and an amount written with blanks have as many
FUZZY_FROM = 4  # letters of a keyword that may be off by one; shorter ones are too alike


@dataclass(frozen=True)
class Command:
    """`pattern` is a keyword and the answers it brings; `also` are other keywords; `exact` is never guessed.

    `numbered` commands begin with the number of a thing, which is no PIN although it may look like one.
    `draft` is said when the flow stops at a secret, `hint` when an answer is missing. An alias of two words is written with `_` between them.
    `only` are the words that must follow; with them a keyword may be another command's too, as a `digits` command must begin with a number
    and a `dated` one with a day. Where `few` is set no more words than so many follow and no question mark, and a day stands alone: whoever writes more
    has something to say to a person. `least` digits must follow.

    >>> Command("SEND {amount} {to}", "send", also="TUMA").keywords
    ('SEND', 'TUMA')
    """

    pattern: str
    flow: str
    also: str = ""
    hint: str = ""
    draft: str = ""
    exact: bool = False
    alone: bool = False
    numbered: bool = False
    digits: bool = False
    dated: bool = False
    few: int = 0
    least: int = 0
    only: str = ""

    @property
    def keywords(self) -> tuple[str, ...]:
        return (self.pattern.split()[0], *self.also.split())

    def may_take(self, rest: str) -> bool:
        """Whether what stands behind the keyword fits."""
        if self.only:
            return " ".join(word for word in rest.strip(NOISE).upper().split() if word.strip(NOISE) not in POLITE).strip(NOISE) in self.only.split()
        if sum(one.isdigit() for one in rest) < self.least:
            return False
        if (self.digits and rest and not rest[0].isdigit()) or (self.dated and not has_day(rest)):
            return False
        if self.few and (len(rest.split()) > self.few or "?" in rest or (self.dated and not is_day(rest))):
            return False
        return not self.alone or only_polite(rest) or rest.isdigit()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for word in self.pattern.split()[1:] for name in words_in(word))


@dataclass(frozen=True)
class Spoken:
    """What came of a command: where the flow stands, and in the caller's language what to reply."""

    kind: Literal["answered", "draft", "unclear"]
    turn: Turn
    words: str
    why: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


def keyword_in(message: str) -> tuple[str, str]:
    """The first word in capitals, and the rest as it was written.

    >>> keyword_in(" *tuma, 200  Mary")
    ('TUMA', '200  Mary')
    """
    first, _, rest = message.strip(NOISE + "\n").partition(" ")
    return first.strip(NOISE).upper(), rest.strip()


def find(commands: Iterable[Command], message: str) -> tuple[Command, str] | None:
    """The command meant: by its first word, else by its last, else by one letter off (never where money is at stake)."""
    by_word: dict[str, list[Command]] = {}
    for command in commands:
        for word in command.keywords:
            by_word.setdefault(word, []).append(command)
    cleaned = " ".join(alphabet.heard(message).split())
    first, rest = keyword_in(cleaned)
    second, behind = keyword_in(rest)
    for word, left in ((f"{first}_{second}", behind), (first, rest)):  # the longest alias first
        fit = [command for command in by_word.get(word, ()) if command.may_take(left)]
        if fit:
            said = "" if only_polite(left) and not any(command.only for command in fit) else left  # "Asante sana" says no more than "Asante"
            return next((command for command in fit if bool(command.names) == bool(said)), fit[0]), said
    *before, last = cleaned.split() or [""]
    last = last.strip(NOISE).upper()
    for command in by_word.get(last, ()) if before else ():
        if not command.exact and (not command.alone or only_polite(" ".join(before))) and not command.digits and not command.dated:
            return command, "" if command.alone else " ".join(before)
    if len(first) >= FUZZY_FROM:
        near = {command for word, some in by_word.items() if len(word) >= FUZZY_FROM and _one_off(first, word) for command in some}
        near = {command for command in near if not command.exact and command.may_take(rest)}
        if len(near) == 1:
            return near.pop(), rest
    return None


def means_already(commands: Iterable[Command], word: str) -> bool:
    """Whether a word is that of a command, or one letter off: a new word beside it would be taken for it by a thumb."""
    keywords = {keyword for command in commands for keyword in command.keywords} | POLITE
    return word in keywords or any(len(keyword) >= FUZZY_FROM and _one_off(word, keyword) for keyword in keywords)


def only_polite(rest: str) -> bool:
    return all(word.strip(NOISE).upper() in POLITE for word in rest.split())


def _one_off(said: str, word: str) -> bool:
    """Whether one letter more, less or other makes the one into the other."""
    if abs(len(said) - len(word)) > 1 or said == word:
        return said == word
    start = len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], zip(said, word, strict=False))))
    if len(said) == len(word):
        return said[start + 1 :] == word[start + 1 :]
    return said[start + 1 :] == word[start:] if len(said) > len(word) else said[start:] == word[start + 1 :]


def speak(engine: Engine, command: Command, rest: str, call: str, caller: str, language: str, world: Any) -> Spoken:
    """Take the flow as far as the message goes: to its end, to a secret, or to the first thing that is missing."""
    turn = engine.open(call, caller, language, world, flow=command.flow)
    said = _answers(engine, command, rest, world)
    while not turn.ends:
        session = turn.session
        step = engine.book[session.here.at]
        if engine.wants_secret(session):
            return Spoken("draft", turn, engine.say(command.draft, session, world), answers=session.here.answers)
        if not isinstance(step, Ask):  # a screen to choose from: its question is the answer
            break
        if step.name not in said:
            return Spoken("unclear", turn, engine.say(command.hint, session, world), why=turn.why)
        turn = engine.hear(unlisted(session), said.pop(step.name), world)
    shown = engine.book[turn.session.here.at]
    assert not isinstance(shown, Do), "a turn ends on a screen"
    return Spoken("answered", turn, engine.say(shown.text, turn.session, world))


def bare_order(rest: str, currency: str) -> str:
    """An order to pay without the words that people put around an amount and a name.

    >>> bare_order("Kes 200 to 0712345678 please", "KES")
    '200 0712345678'
    """
    return " ".join(one.strip(NOISE) for one in rest.split() if one.strip(NOISE).upper() not in BETWEEN | POLITE | {currency, ""})


def is_all_order(engine: Engine, command: Command, rest: str, world: Any) -> bool:
    """Whether all digits behind the keyword of an order to pay are its answers, so that none of them can be anything else."""
    understood = _understood(_asks(engine, command), command.names, rest.split(), world) if command.draft else None
    return understood is not None and not any(one.isdigit() for part in understood[1] for one in part)


def _asks(engine: Engine, command: Command) -> dict[str, Answer]:
    return {step.name: step.answer for flow in engine.book.flows if flow.name == command.flow for step in flow.steps if isinstance(step, Ask)}


def _answers(engine: Engine, command: Command, rest: str, world: Any) -> dict[str, str]:
    """Which part of the message answers which question, in whatever order they came. The last takes all that is left.

    What is written with blanks in it is one answer where it can be read in one way only; behind the answers there may be words, but no digits.
    """
    names, parts, asks = command.names, rest.split(), _asks(engine, command)
    if len(names) < 2:
        return {names[0]: rest} if names and rest else {}
    if understood := _understood(asks, names, parts, world):
        return understood[0]
    for order in itertools.permutations(names, min(len(parts), len(names))):  # not all is clear: keep what is
        if len(parts) <= len(names) and all(_reads(asks[name], part, world) for name, part in zip(order, parts, strict=False)):
            return dict(zip(order, parts, strict=False))
    return dict(zip(names, parts, strict=False)) if len(parts) <= len(names) else {}


def _understood(asks: Mapping[str, Answer], names: tuple[str, ...], parts: list[str], world: Any) -> tuple[dict[str, str], list[str]] | None:
    """(the answers, what is left behind them), where as much as possible can be read in one way only."""
    for many in range(min(len(parts), PARTS_MOST), len(names) - 1, -1):
        ways = _ways(asks, names, parts[:many], world) if many == len(parts) or not parts[many][0].isdigit() else []
        if len(ways) == 1:
            return ways[0], parts[many:]
    return None


def _ways(asks: Mapping[str, Answer], names: tuple[str, ...], parts: list[str], world: Any) -> list[dict[str, str]]:
    """Every way in which these parts, side by side, answer all questions."""
    found: list[dict[str, str]] = []
    for cuts in itertools.combinations(range(1, len(parts)), len(names) - 1):
        runs = [" ".join(parts[begin:end]) for begin, end in itertools.pairwise((0, *cuts, len(parts)))]
        for order in itertools.permutations(names):
            way = dict(zip(order, runs, strict=True))
            if way not in found and all(_reads(asks[name], run, world) for name, run in way.items()):
                found.append(way)
    return found


def _reads(answer: Answer, part: str, world: Any) -> bool:
    if " " in part and not (answer.spaced and re.fullmatch(answer.spaced, part)):
        return False
    try:
        answer.read(part, world.place)
    except Unclear:
        return False
    return True
