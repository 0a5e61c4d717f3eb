"""The time that members give, from our own hops: how long each screen was before them, an open phone left aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from gateway.records import rows as records
from gateway.records.model import phone_of

MOST_S = 60.0  # of one screen: whoever takes longer has put the phone down; near the 95th percentile of slow readers
DAYS = 30
TOGETHER = frozenset([  # flows in which members work for each other (private ones leave no trace); all else they do for themselves
    "quick_votes", "top_ideas", "idea", "say_about", "read_comments", "new_idea", "my_ideas", "my_idea", "what_changed", "ask_and_tips",
    "answer_others", "answer", "pass_on", "tips", "tip", "fix_tip", "write_tip", "check_tips", "news", "send_news", "helper", "leader_tools",
    "call_meeting", "send_notice", "start_vote", "record_cash", "askers", "invite", "vouch",
    "circle", "run_circle", "polls", "quiz", "choose_leader", "ask_about", "write_tip_about", "go_together",
    "kind_words", "lead_well", "set_rules", "can_will_should", "asked_before", "own_kinds", "test_group", "need", "question", "one_news", "tell_friend",
    "praise", "own_statement", "answers", "report_thing",
])  # fmt: skip


def spans(steps: Iterable[Any]) -> Mapping[str, tuple[float, float]]:
    """Phone -> (seconds for oneself, seconds for others), from hops in the order of their calls."""
    spent: dict[str, list[float]] = {}
    before: Any = None
    for step in steps:
        if before is not None and before.call == step.call:
            seconds = min((step.at - before.at).total_seconds(), MOST_S)
            phone = spent.setdefault(phone_of(step.number), [0.0, 0.0])
            phone[before.label.split(".")[0] in TOGETHER] += max(seconds, 0.0)
        before = step
    return {phone: (own, others) for phone, (own, others) in spent.items()}


def given_by(world: Any, number: str, days: int = DAYS) -> float:
    """Seconds that one phone has given to others in these days."""
    steps = records.hops_of_number(world, phone_of(number), world.now() - dt.timedelta(days=days))
    return spans(steps).get(phone_of(number), (0.0, 0.0))[1]


def given(world: Any, since: dt.datetime, until: dt.datetime, most: int) -> Mapping[str, tuple[float, float]]:
    """Phone -> (seconds for oneself, seconds for others) between two moments."""
    return spans(records.hops_between(world, since, until, most))
