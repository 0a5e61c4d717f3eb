"""What calls cost and where they end: figures for each screen and each journey, from our own hop times. Standard library only."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left as bisect
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from itertools import groupby
from operator import itemgetter

IDLE_S = 25.0  # who is silent for longer was left by the network's clock (Safaricom's is 30 s); who goes sooner has hung up
HOP_LASTS = dt.timedelta(seconds=5)  # between the end of a turn and an SMS that it led to: a turn has four seconds
THOUGHT_MOST_S = 180.0  # a call lasts no longer, so no thought does


@dataclass(frozen=True, slots=True)
class Step:
    """A hop as these figures need it: which screen was shown when, whether it was shown again with a reason, and when the call ended."""

    call: str
    number: str
    label: str
    note: str
    at: dt.datetime
    ended_at: dt.datetime | None
    network: str = ""  # as the provider's end event names it; nothing while none has come


@dataclass(frozen=True, slots=True)
class Written:
    """A message as these figures need it; `about` is what it speaks of, `parts` how many SMS it takes."""

    number: str
    about: str
    at: dt.datetime
    parts: int


@dataclass
class Screen:
    """How often it was seen, and what came next. `thought` holds seconds until the answer."""

    label: str
    seen: int = 0
    answered: int = 0
    unclear: int = 0
    left_by_time: int = 0
    left_by_hand: int = 0
    thought: list[float] = field(default_factory=list)

    def thought_s(self, share: float) -> float:
        """Seconds within which this share of the answers came."""
        return percentile(self.thought, share)


@dataclass
class Journey:
    """A flow: how many calls came into it, how many came to one of its ends, with how many screens and seconds in all; how often an answer was not
    understood, and how many calls ended in it before an end. `thought` holds seconds until each answer.
    """

    flow: str
    begun: int = 0
    done: int = 0
    screens: int = 0
    seconds: float = 0.0
    answered: int = 0
    unclear: int = 0
    left_by_time: int = 0
    left_by_hand: int = 0
    parts: int = 0  # of the SMS that it led to, whoever got them
    thought: list[float] = field(default_factory=list)

    def thought_s(self, share: float) -> float:
        """Seconds within which this share of the answers came."""
        return percentile(self.thought, share)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which this share lies; 0 for none.

    >>> percentile([1.0, 2.0, 3.0, 10.0], 0.5)
    2.0
    """
    return sorted(values)[max(0, int(len(values) * share + 0.999999) - 1)] if values else 0.0


def by_screen(steps: Iterable[Step], is_end: Callable[[str], bool]) -> list[Screen]:
    """Screens, the most seen first. `steps` come call by call, each in its order. An end is not left: it is where the caller wanted to be."""
    found: dict[str, Screen] = {}
    for one, after in _pairs(steps):
        screen = found.setdefault(one.label, Screen(one.label))
        screen.seen += 1
        screen.unclear += one.note == "unclear"
        if after is not None:
            screen.answered += 1
            screen.thought.append(min((after.at - one.at).total_seconds(), THOUGHT_MOST_S))
        by_time, by_hand = _left(one, after, is_end)
        screen.left_by_time, screen.left_by_hand = screen.left_by_time + by_time, screen.left_by_hand + by_hand
    return sorted(found.values(), key=lambda screen: (-screen.seen, screen.label))


def by_part(steps: Iterable[Step], is_end: Callable[[str], bool], part: Callable[[Step], str]) -> list[tuple[Screen, int]]:
    """(the sums of all screens, how many calls) of the callers of each part, say a network or a language; the part with most calls first."""
    mine: dict[str, list[Step]] = defaultdict(list)
    for one in steps:
        mine[part(one)].append(one)
    found = []
    for name, some in mine.items():
        whole = Screen(name)
        for screen in by_screen(some, is_end):
            whole.seen, whole.answered, whole.unclear = whole.seen + screen.seen, whole.answered + screen.answered, whole.unclear + screen.unclear
            whole.left_by_time, whole.left_by_hand = whole.left_by_time + screen.left_by_time, whole.left_by_hand + screen.left_by_hand
            whole.thought += screen.thought
        found.append((whole, len({one.call for one in some})))
    return sorted(found, key=lambda one: (-one[1], one[0].label))


def by_journey(steps: Sequence[Step], is_end: Callable[[str], bool], written: Iterable[Written] = ()) -> list[Journey]:
    """Journeys, the most begun first. A call that comes back into a flow has begun it once. SMS that no call led to are in none."""
    found: dict[str, Journey] = {}
    begun: set[tuple[str, str]] = set()
    done: set[tuple[str, str]] = set()
    for one, after in _pairs(steps):
        flow = one.label.partition(".")[0]
        journey = found.setdefault(flow, Journey(flow))
        if (one.call, flow) not in begun:
            begun.add((one.call, flow))
            journey.begun += 1
        if is_end(one.label) and (one.call, flow) not in done:
            done.add((one.call, flow))
            journey.done += 1
        journey.screens += 1
        journey.unclear += one.note == "unclear"
        if after is not None:
            journey.answered += 1
            journey.thought.append(min((after.at - one.at).total_seconds(), THOUGHT_MOST_S))
            journey.seconds += journey.thought[-1]
        by_time, by_hand = _left(one, after, is_end)
        journey.left_by_time, journey.left_by_hand = journey.left_by_time + by_time, journey.left_by_hand + by_hand
    for flow, parts in _parts_of(steps, written).items():
        found[flow].parts += parts
    return sorted(found.values(), key=lambda journey: (-journey.begun, journey.flow))


def _parts_of(steps: Iterable[Step], written: Iterable[Written]) -> dict[str, int]:
    """Parts of the SMS that each flow led to: those to the caller at the moment of a hop, and all others about the same thing."""
    hops: dict[str, list[tuple[dt.datetime, str]]] = defaultdict(list)
    for step in steps:
        hops[step.number].append((step.at, step.label.partition(".")[0]))
    for each in hops.values():
        each.sort(key=itemgetter(0))
    parts: dict[str, int] = defaultdict(int)
    led: dict[str, str] = {}  # what an SMS is about -> the flow that led to it
    others: list[Written] = []
    for one in written:
        of_number = hops.get(one.number, [])
        first, behind = (bisect(of_number, at, key=itemgetter(0)) for at in (one.at - HOP_LASTS, one.at + HOP_LASTS))
        near = of_number[first:behind]
        if near:
            _, _, flow = min((abs(at - one.at), -n, flow) for n, (at, flow) in enumerate(near))
            parts[flow] += one.parts
            led |= {one.about: flow} if one.about.isdigit() else {}  # a payment; other words name a kind of SMS, and no one thing
        else:
            others.append(one)
    for one in others:
        if one.about in led:
            parts[led[one.about]] += one.parts
    return parts


def _left(one: Step, after: Step | None, is_end: Callable[[str], bool]) -> tuple[bool, bool]:
    """Whether the call ended here before its end: (by the network's clock, by hand)."""
    if after is not None or one.ended_at is None or is_end(one.label):
        return False, False
    by_time = (one.ended_at - one.at).total_seconds() >= IDLE_S
    return by_time, not by_time


def cost(said: Iterable[str]) -> dict[str, Decimal]:
    """Sums by currency of what a provider says that things cost: `KES 0.8000`; a bare number has none. What is no number is left out.

    >>> cost(["KES 0.8000", "KES 1.6", "0.05", "free", ""])
    {'KES': Decimal('2.4000'), '': Decimal('0.05')}
    """
    sums: dict[str, Decimal] = {}
    for one in said:
        currency, _, amount = one.strip().rpartition(" ")
        try:
            sums[currency] = sums.get(currency, Decimal(0)) + Decimal(amount)
        except InvalidOperation:
            continue
    return sums


def _pairs(steps: Iterable[Step]) -> Iterable[tuple[Step, Step | None]]:
    """Each step with the one after it in its call."""
    for _, group in groupby(steps, key=lambda step: step.call):
        of_call = list(group)
        yield from zip(of_call, [*of_call[1:], None], strict=True)
