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
from menus.answers import Unclear
from menus.days import has_day, is_day
from menus.engine import Engine
from menus.screens import Ask, Do, words_in
from menus.session import Turn, unlisted

NOISE = ".,!:;*#-\"'() "
POLITE = frozenset("THANK YOU THANKS PLEASE ASANTE SANA TAFADHALI MY YANGU ZANGU NAOMBA NIPE ALL ZOTE SMS IT".split())  # words that change no command
FUZZY_FROM = 4  # letters of a keyword that may be off by one; shorter ones are too alike


@dataclass(frozen=True)
class Command:
    """`pattern` is a keyword and the answers it brings; `also` are other keywords; `exact` is never guessed.

    `numbered` commands begin with the number of a thing, which is no PIN although it may look like one.
    `draft` is said when the flow stops at a secret, `hint` when an answer is missing. An alias of two words is written with `_` between them.
    `only` are the words that must follow; with them a keyword may be another command's too, as a `digits` command must begin with a number
    and a `dated` one with a day. Where `few` is set no more words than so many follow and no question mark, and a day stands alone: whoever writes more
    has something to say to a person.

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
    only: str = ""

    @property
    def keywords(self) -> tuple[str, ...]:
        return (self.pattern.split()[0], *self.also.split())

    def may_take(self, rest: str) -> bool:
        """Whether what stands behind the keyword fits."""
        if self.only:
            return " ".join(word for word in rest.strip(NOISE).upper().split() if word.strip(NOISE) not in POLITE).strip(NOISE) in self.only.split()
        if (self.digits and rest and not rest[0].isdigit()) or (self.dated and not has_day(rest)):
            return False
        if self.few and (len(rest.split()) > self.few or "?" in rest or (self.dated and not is_day(rest))):
            return False
        return not self.alone or _only_polite(rest) or rest.isdigit()

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
        for command in by_word.get(word, ()):
            if command.may_take(left):
                return command, "" if _only_polite(left) and not command.only else left  # "Asante sana" says no more than "Asante"
    *before, last = cleaned.split() or [""]
    last = last.strip(NOISE).upper()
    for command in by_word.get(last, ()) if before else ():
        if not command.exact and (not command.alone or _only_polite(" ".join(before))) and not command.digits and not command.dated:
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


def _only_polite(rest: str) -> bool:
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


def _answers(engine: Engine, command: Command, rest: str, world: Any) -> dict[str, str]:
    """Which part of the message answers which question, in whatever order they came. The last takes all that is left."""
    names = command.names
    if not names:
        return {}
    if len(names) == 1:
        return {names[0]: rest} if rest else {}
    parts = re.split(r"\s+", rest) if rest else []
    asks = {step.name: step.answer for flow in engine.book.flows if flow.name == command.flow for step in flow.steps if isinstance(step, Ask)}
    for order in itertools.permutations(parts[: len(names)]):
        if len(order) == len(names) and all(_reads(asks[name], part, world) for name, part in zip(names, order, strict=True)):
            return dict(zip(names, order, strict=True))
    for order in itertools.permutations(names, len(parts[: len(names)])):  # not all is clear: keep what is
        if all(_reads(asks[name], part, world) for name, part in zip(order, parts, strict=False)):
            return dict(zip(order, parts, strict=False))
    return dict(zip(names, parts, strict=False))


def _reads(answer: Any, part: str, world: Any) -> bool:
    try:
        answer.read(part, world.place)
    except Unclear:
        return False
    return True
