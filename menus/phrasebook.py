"""The words a menu may use, and what each one means. The gateway fills it in; here it is empty."""

from __future__ import annotations

import dataclasses
import inspect
import re
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

GIVEN = frozenset({"world", "caller", "key", "asking"})  # what the engine itself hands to a verb; `asking` is the screen before this flow
CALLER = "caller"  # an outcome that carries this says who speaks from here on: one of several on a phone
LANGUAGE = "language"  # an outcome that carries this changes the language of the call
NUMBER_LONGEST = "9999999"


class Unseen(Exception):
    """Something would be changed by an answer to a screen that the caller has not seen."""


def outcome_name(outcome: type) -> str:
    """NotEnough -> not_enough"""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", outcome.__name__).lower()


@dataclass(frozen=True)
class Row:
    """One line of a list: what it stands for, and what the caller reads."""

    value: str
    label: str


@dataclass(frozen=True)
class Verb:
    """Something that can be done. The return annotation is the list of outcomes; their fields become words.

    One that is `final_by_sms` asks nothing further about words that come by SMS, whatever it asks about on a call. One that `looks` only counts that
    something was looked at, so it may be reached by digits that were dialled together, over screens that nobody has seen.
    """

    act: Callable[..., Any]
    moves_money: bool = False
    final_by_sms: bool = False
    looks: bool = False

    def __post_init__(self) -> None:
        takes = tuple(inspect.signature(self.act).parameters)
        returned = typing.get_type_hints(self.act)["return"]
        kinds = typing.get_args(returned) if isinstance(returned, types.UnionType) else (returned,)
        carries = {outcome_name(kind): _widths(kind) for kind in kinds}
        for name, value in (("takes", takes), ("needs", frozenset(takes) - GIVEN), ("carries", carries)):
            object.__setattr__(self, name, value)

    takes: tuple[str, ...] = dataclasses.field(init=False, compare=False)
    needs: frozenset[str] = dataclasses.field(init=False, compare=False)
    carries: Mapping[str, Mapping[str, str]] = dataclasses.field(init=False, compare=False)

    @property
    def outcomes(self) -> set[str]:
        return set(self.carries)


def _widths(outcome: type) -> dict[str, str]:
    """The words an outcome carries, each at its longest. A field's type says it by a `longest` of its own."""
    if not dataclasses.is_dataclass(outcome):
        return {}
    hints = typing.get_type_hints(outcome)
    widths: dict[str, str] = {}
    for one in dataclasses.fields(outcome):
        kind = hints[one.name]
        longest = NUMBER_LONGEST if kind is int else getattr(kind, "longest", None)
        assert isinstance(longest, str), f"{outcome.__name__}.{one.name} does not say how long it can be"
        widths[one.name] = longest
    return widths


@dataclass(frozen=True)
class Fact:
    """Something that can be told: a word, or with `rows` a list of Row, or with `flag` a yes or no.

    `look_up` takes the world and the caller, and after them by name the words that it needs: the members of which group.
    """

    look_up: Callable[..., Any]
    longest: str = ""
    rows: bool = False
    flag: bool = False

    def __post_init__(self) -> None:
        takes = tuple(inspect.signature(self.look_up).parameters)
        object.__setattr__(self, "needs", takes[2:])

    needs: tuple[str, ...] = dataclasses.field(init=False, compare=False)


@dataclass(frozen=True)
class Phrasebook:
    verbs: Mapping[str, Verb]
    facts: Mapping[str, Fact]
