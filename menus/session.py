"""What is remembered between turns: frozen values, no secrets, nothing that touches the world.

Tuples with names, for every hop makes a dozen: a frozen dataclass takes several times as long to make, and is kept with the names of its fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from menus import alphabet

TRAIL_MOST = 12  # screens that 0 can go back; a call of 180 s has hardly more
NO_WORDS: Mapping[str, Any] = {}  # a new mapping takes its place, nobody writes into it


class Frame(NamedTuple):
    """One screen as the caller has it before them, with everything that was heard on the way.

    `start` and `shown` are the page: lines of a list, or letters of a long text.
    """

    at: str
    answers: Mapping[str, Any] = NO_WORDS
    words: Mapping[str, Any] = NO_WORDS
    rows: tuple[tuple[str, str], ...] = ()
    start: int = 0
    shown: int = 0


class Session(NamedTuple):
    """A call as far as it went. `offer` is a dropped call that may be carried on with, `missed` counts bad keys in a row, `cut` is
    what was typed when the phone may have cut it, while we ask.
    """

    call: str
    caller: str
    language: str
    here: Frame
    trail: tuple[Frame, ...] = ()
    turn: int = 0
    offer: Session | None = None
    missed: int = 0
    cut: str = ""
    version: str = ""  # of the book that this call began with

    def step_on(self, frame: Frame) -> Session:
        return self._replace(here=frame, trail=(*self.trail, self.here)[-TRAIL_MOST:])


class Turn(NamedTuple):
    """What came of a turn. `label` names the screen, for traces, never what is on it; `why` is the reason above it."""

    session: Session
    text: str
    ends: bool
    label: str
    why: str = ""


def next_page(here: Frame) -> Frame:
    return here._replace(start=here.start + here.shown, shown=0)


def unlisted(session: Session) -> Session:
    """Without the lines that a question offered: what was typed before anybody saw them picks none."""
    return session._replace(here=session.here._replace(rows=()))


def kept(value: Any, longest: str) -> Any:
    """A value as it is kept and said: numbers stay numbers, all else is spelt in GSM-7 and cut to its width.

    What must not be cut (an amount, a reference) says so itself.
    """
    if isinstance(value, int):
        return value
    said = alphabet.plain(str(value))
    if getattr(value, "never_cut", False):
        return said
    return alphabet.cut(said, len(longest), by_letters=getattr(value, "by_letters", False))
