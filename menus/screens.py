"""The whole language of our menus: five words in a list.

    Choose  shows numbered options; the caller picks one.
    Ask     puts a question; the caller types the answer, or picks one of three lines that are offered.
    Browse  shows a list that has as many pages as it needs; the caller picks a line.
    Do      shows nothing: the gateway acts, and the outcome says where to go.
    Tell    says the last thing and hangs up.

A Flow is a list of these. Unless a step says otherwise, the step below it comes next.

>>> Flow("hello", Choose("greet", "Hello", {"1 Who is there?": "me"}), Tell("me", "It is me."))["greet"].text
'Hello'
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from menus.answers import Answer

Resume = Literal["ask", "silent", "never"]


@dataclass(frozen=True)
class When:
    """An option that is shown only to whom the fact is true: `When("has_group", "group")`."""

    fact: str
    target: str


@dataclass(frozen=True)
class Pick:
    """An option that is remembered as an answer: `Pick("wrong_amount", "open_case")`."""

    value: str
    target: str


@dataclass(frozen=True)
class Again:
    """Go back to an earlier question of this flow, saying why."""

    name: str
    why: str


Way = str | When | Pick | Again


@dataclass(frozen=True)
class Choose:
    """`options` maps what the caller reads, digit first, to where it leads. `keys` are digits that work without being listed.

    A `long` text may take several screens, one after the other under 98. `more` is where 98 leads to further options.
    """

    name: str
    text: str
    options: dict[str, Way]
    keys: dict[str, str] = field(default_factory=dict)
    resume: Resume = "ask"
    long: bool = False
    more: str = ""


@dataclass(frozen=True)
class Ask:
    """`options` are digits offered beside the typed answer, `back` is what 0 is called here. `rows` is a fact whose first three lines are offered
    as 1 to 3; what stands behind the one that is picked is read as if it had been typed.
    """

    name: str
    text: str
    answer: Answer
    then: str = ""
    options: dict[str, Way] = field(default_factory=dict)
    back: str = "0 Back"
    resume: Resume = "ask"
    rows: str = ""


@dataclass(frozen=True)
class Browse:
    """`rows` is a fact that gives lines; the line picked is the answer called `name`. Without `then`: only to read."""

    name: str
    text: str
    rows: str
    then: str = ""
    empty: str = ""
    resume: Resume = "ask"


@dataclass(frozen=True)
class Do:
    """`outcomes` maps every outcome of the verb to where it leads."""

    verb: str
    outcomes: dict[str, Way]

    @property
    def name(self) -> str:
        return self.verb


@dataclass(frozen=True)
class Tell:
    name: str
    text: str


Step = Choose | Ask | Browse | Do | Tell


@dataclass(frozen=True)
class Flow:
    """A named list of steps; the first is its front door. `title` is what a caller would call it.

    `takes` are words that whoever leads here must have heard: which group, which idea. Nothing else comes along.
    What is done in a `private` flow leaves no trace of what was typed or even where: only that something private was done.
    """

    name: str
    steps: tuple[Step, ...]
    title: str = ""
    takes: tuple[str, ...] = ()
    private: bool = False

    def __init__(self, name: str, *steps: Step, title: str = "", takes: tuple[str, ...] = (), private: bool = False) -> None:
        for field_name, value in (("name", name), ("steps", steps), ("title", title), ("takes", takes), ("private", private)):
            object.__setattr__(self, field_name, value)

    def __getitem__(self, name: str) -> Step:
        return next(step for step in self.steps if step.name == name)

    def below(self, step: Step) -> str:
        """The name of the step written below this one, or nothing at the end."""
        after = self.steps[self.steps.index(step) + 1 :]
        return after[0].name if after else ""


class Book:
    """Every flow, and how they join. The first flow is the front door. Places are called `flow.step`.

    `help` is where a caller who lost the way may go, and to whom that is open; `numbers` is the flow that takes the number of a thing as its first
    answer: dialled behind the code, or typed at home (one that is nobody's ends at its steps `nothing` or `meant`); `by_sms` keeps the place for words
    that come by SMS; `news` tells what became of the last call, where there is no room for it above the first screen.
    """

    def __init__(self, *flows: Flow, help: When | None = None, numbers: str = "", by_sms: str = "", news: str = "") -> None:
        self.flows, self.help, self.numbers, self.by_sms, self.news = flows, help, numbers, by_sms, news
        self.steps: dict[str, Step] = {f"{flow.name}.{step.name}": step for flow in flows for step in flow.steps}
        self._flow_at = {f"{flow.name}.{step.name}": flow for flow in flows for step in flow.steps}
        self._doors = {flow.name: f"{flow.name}.{flow.steps[0].name}" for flow in flows}
        self.front_door = self._doors[flows[0].name]

    def __getitem__(self, place: str) -> Step:
        return self.steps[place]

    def __contains__(self, place: str) -> bool:
        return place in self.steps

    def __iter__(self) -> Iterator[tuple[str, Step]]:
        return iter(self.steps.items())

    def door(self, flow: str) -> str | None:
        """A flow is entered only by its first step."""
        return self._doors.get(flow)

    def flow_at(self, place: str) -> Flow:
        return self._flow_at[place]

    def is_private(self, place: str) -> bool:
        """Whether what is done here leaves no trace of itself."""
        return place in self._flow_at and self._flow_at[place].private

    def lead(self, place: str, target: str) -> str | None:
        """Where `target`, written at `place`, leads: a step of the same flow, or another flow's door."""
        here = f"{self._flow_at[place].name}.{target}"
        return here if here in self.steps else self._doors.get(target)

    def next(self, place: str) -> str:
        """The target that is not written: the step below."""
        return self._flow_at[place].below(self.steps[place])

    def ways_on(self, place: str) -> list[str]:
        """The targets of this step, in order: the edges of the graph."""
        match step := self[place]:
            case Choose():
                return [target_of(way) for way in step.options.values()] + list(step.keys.values()) + [step.more] * bool(step.more)
            case Ask():
                return [step.then or self.next(place)] + [target_of(way) for way in step.options.values()]
            case Browse():
                return [way for way in (step.then, step.empty) if way]
            case Do():
                return [target_of(way) for way in step.outcomes.values()]
            case Tell():
                return []


def target_of(way: Way) -> str:
    match way:
        case str():
            return way
        case When() | Pick():
            return way.target
        case Again():
            return way.name


@lru_cache(maxsize=4096)
def words_in(text: str) -> frozenset[str]:
    """The names between braces."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


@lru_cache(maxsize=4096)
def digit_of(label: str) -> str:
    """The key in front of an option: `1 My money` -> `1`."""
    return label.split(" ", 1)[0]
