"""What staff do on the phone in a week, and what came of it. Standard library only."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

TASKS_A_WEEK = 3
HARD_MOST = 80  # letters of what was hard
NOTES_OPEN = 20  # of one person that wait for somebody to mend them

# What is to be done, by which flow it begins, and the screens that end it. None of them is private: of those no trace is left.
TASKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "See what you have": ("balance", ("balance.show",)),
    "Have your statement sent": ("statement", ("statement.coming",)),
    "Send KES 10 to a colleague": ("send", ("send.sent", "send.under_way")),
    "Pay 10 into your group": ("pay_in", ("pay_in.sent", "pay_in.under_way")),
    "See who has paid in your group": ("group_money", ("group_money.payers",)),
    "Say an idea": ("new_idea", ("new_idea.thanks", "new_idea.later", "new_idea.counted", "new_idea.counts_later")),
    "Say something about an idea of a member": ("say_about", ("say_about.said", "say_about.held")),
    "Read what changed": ("what_changed", ("what_changed.changed", "what_changed.coming")),
    "Ask the others a question": ("ask", ("ask.asked", "ask.staff", "ask.held", "ask.glad")),
    "Ask to be called": ("call_me", ("call_me.in_line", "call_me.already")),
    "Find what a payment costs": ("fees", ("fees.show",)),
    "Find a payment among your last five": ("last_five", ("last_five.detail",)),
}


def week_of(day: dt.date) -> str:
    """
    >>> week_of(dt.date(2026, 11, 26))
    '2026-W48'
    """
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def drawn(week: str, login: str) -> list[str]:
    """The three of a week: other ones for each person, the same ones all the week.

    >>> len(set(drawn("2026-W48", "grace"))), drawn("2026-W48", "grace") == drawn("2026-W48", "grace")
    (3, True)
    """
    return sorted(TASKS, key=lambda task: hashlib.sha256(f"{week}|{login}|{task}".encode()).digest())[:TASKS_A_WEEK]


@dataclass(frozen=True)
class Tried:
    """How a task went: how many calls got to its end, how many began it and did not, and the seconds of the quickest."""

    done: int
    failed: int
    seconds: float | None


def tried(task: str, steps: Iterable[Any]) -> Tried:
    """From hops in the order of their calls: from the dial to the end of the task."""
    flow, ends = TASKS[task]
    began: dict[str, dt.datetime] = {}
    took: dict[str, float] = {}
    entered: set[str] = set()
    for step in steps:
        first = began.setdefault(step.call, step.at)
        if step.label.partition(".")[0] == flow:
            entered.add(step.call)
        if step.label in ends and step.call not in took:
            took[step.call] = (step.at - first).total_seconds()
    return Tried(len(took), len(entered - took.keys()), min(took.values(), default=None))


@dataclass(frozen=True)
class Person:
    """Somebody who works at the console, the member they are on the phone, and whether that member has said so."""

    login: str
    name: str
    role: str
    member_id: int | None
    confirmed: bool


@dataclass(frozen=True)
class Note:
    """What was hard, as the person says it, until somebody has mended it."""

    id: int
    login: str
    task: str
    words: str
    at: dt.datetime
    fixed_at: dt.datetime | None
    fixed_by: str
