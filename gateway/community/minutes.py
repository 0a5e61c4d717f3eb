"""The time that members give, from our own hops: how long each screen was before them, an open phone left aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from gateway.community.pace_rows import paces_here, put_paces
from gateway.records import rows as records
from gateway.records.model import phone_of

MOST_S = 60.0  # of one screen that few have read yet: whoever takes longer has put the phone down
PERCENTILE = 95  # of those who answered a screen: longer than they take, and the phone lay open
PACE_FROM = 30  # answers from which a screen has a pace of its own
PACE_DAYS = 7  # of which it is measured
PACE_HOPS = 500_000
LONGEST_S = 180.0  # a call lasts no longer
NO_PACES: Mapping[str, float] = {}
DAYS = 30
TOGETHER = frozenset([  # flows in which members work for each other (private ones leave no trace); all else they do for themselves
    "quick_votes", "top_ideas", "idea", "say_about", "read_comments", "new_idea", "my_ideas", "my_idea", "what_changed", "ask_and_tips",
    "answer_others", "answer", "pass_on", "tips", "tip", "fix_tip", "write_tip", "check_tips", "news", "send_news", "helper", "leader_tools",
    "call_meeting", "send_notice", "start_vote", "record_cash", "askers", "invite", "vouch",
    "circle", "run_circle", "polls", "quiz", "choose_leader", "ask_about", "write_tip_about", "go_together",
    "kind_words", "lead_well", "set_rules", "can_will_should", "asked_before", "own_kinds", "test_group", "need", "question", "one_news", "tell_friend",
    "praise", "own_statement", "answers", "report_thing", "problem", "show_to_all", "dial_for",
    "build_on", "built_on", "let_in", "near_me", "we_decided", "ask_fellow", "talk_of_it", "agree_loan",
])  # fmt: skip


TYPED_A_SECOND = 0.6  # letters that multi-tap keys take; an estimate, and said to be one (our notes on co-creation, part 5)
BY_SMS = ("idea", "vote", "say", "thank", "report", "tip", "praise", "ask", "ans", "poll", "news", "answer", "meet", "follow")  # said for others by SMS


def typing(world: Any, since: dt.datetime, until: dt.datetime) -> float:
    """Seconds that members spent on typing SMS for others, estimated from their letters."""
    return records.letters_meant(world, BY_SMS, since, until) / TYPED_A_SECOND


def gap(before: Any, step: Any, paces: Mapping[str, float]) -> float:
    """Seconds that a screen was read: to the next hop of the call, at most as long as nineteen of twenty take with it."""
    seconds: float = (step.at - before.at).total_seconds()
    return max(min(seconds, paces.get(before.label, MOST_S)), 0.0)


def measure_paces(steps: Iterable[Any]) -> dict[str, float]:
    """Screen -> the 95th percentile of the seconds to its answer, of screens that enough have answered."""
    thought: dict[str, list[float]] = {}
    before: Any = None
    for step in steps:
        if before is not None and before.call == step.call:
            thought.setdefault(before.label, []).append(min((step.at - before.at).total_seconds(), LONGEST_S))
        before = step
    return {label: sorted(some)[PERCENTILE * (len(some) - 1) // 100] for label, some in thought.items() if len(some) >= PACE_FROM}


def keep_paces(world: Any) -> int:
    """Measure how long readers take, of the last days; of how many screens it is known."""
    now = world.now()
    measured = measure_paces(records.hops_between(world, now - dt.timedelta(days=PACE_DAYS), now, PACE_HOPS))
    put_paces(world, measured)
    return len(measured)


def spans(steps: Iterable[Any], paces: Mapping[str, float] = NO_PACES) -> Mapping[str, tuple[float, float]]:
    """Phone -> (seconds for oneself, seconds for others), from hops in the order of their calls."""
    spent: dict[str, list[float]] = {}
    before: Any = None
    for step in steps:
        if before is not None and before.call == step.call:
            phone = spent.setdefault(phone_of(step.number), [0.0, 0.0])
            phone[before.label.split(".")[0] in TOGETHER] += gap(before, step, paces)
        before = step
    return {phone: (own, others) for phone, (own, others) in spent.items()}


def given_by(world: Any, number: str, days: int = DAYS) -> float:
    """Seconds that one phone has given to others in these days."""
    steps = records.hops_of_number(world, phone_of(number), world.now() - dt.timedelta(days=days))
    return spans(steps, paces_here(world)).get(phone_of(number), (0.0, 0.0))[1]


def given(world: Any, since: dt.datetime, until: dt.datetime, most: int) -> Mapping[str, tuple[float, float]]:
    """Phone -> (seconds for oneself, seconds for others) between two moments."""
    return spans(records.hops_between(world, since, until, most), paces_here(world))
