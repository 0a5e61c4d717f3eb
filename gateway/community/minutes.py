"""The time that members give, from our own hops: how long each screen was before them, an open phone left aside; and what they gave it to."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gateway.community.pace_rows import Pace, paces_here, put_paces
from gateway.members.verbs import the_member
from gateway.records import rows as records
from gateway.records.model import phone_of
from menus.phrasebook import Row

MOST_S = 60.0  # of one screen that few have read yet: whoever takes longer has put the phone down
PERCENTILE = 95  # of those who answered a screen: longer than they take, and the phone lay open
PACE_FROM = 30  # answers from which a screen has a pace of its own
PACE_DAYS = 7  # of which it is measured
PACE_HOPS = 500_000
LONGEST_S = 180.0  # a call lasts no longer
NO_PACES: Mapping[str, Pace] = {}
UNREAD = Pace(MOST_S, 0.0)  # of a screen that too few have answered
DAYS = 30
TO: Mapping[str, tuple[str, ...]] = {  # what members work at for each other -> its flows (private ones leave no trace); all else they do for themselves
    "Ideas and votes": (
        "quick_votes", "top_ideas", "idea", "say_about", "read_comments", "new_idea", "my_ideas", "my_idea", "what_changed", "build_on", "built_on",
        "tell_friend", "own_statement", "show_to_all", "own_kinds", "near_me",
    ),
    "Answers": ("ask_and_tips", "answer_others", "answer", "pass_on", "helper", "ask_about", "asked_before", "question", "answers", "ask_fellow"),
    "Tips and news": ("tips", "tip", "fix_tip", "write_tip", "check_tips", "write_tip_about", "talk_of_it", "news", "send_news", "one_news"),
    "Polls": ("polls", "quiz"),
    "Groups": (
        "leader_tools", "call_meeting", "send_notice", "start_vote", "record_cash", "askers", "let_in", "circle", "run_circle", "choose_leader", "lead_well",
        "set_rules", "can_will_should", "we_decided", "agree_loan",
    ),
    "Needs": ("need", "go_together"),
    "For each other": ("invite", "vouch", "kind_words", "praise", "problem", "report_thing", "dial_for", "test_group"),
}  # fmt: skip
OF = {flow: name for name, flows in TO.items() for flow in flows}
TOGETHER = frozenset(OF)


TYPED_A_SECOND = 0.6  # letters that multi-tap keys take; an estimate, and said to be one (our notes on co-creation, part 5)
BY_SMS: Mapping[str, tuple[str, ...]] = {  # what an SMS for others goes into
    "Ideas and votes": ("idea", "vote", "say", "follow"), "Answers": ("ask", "ans", "answer"), "Tips and news": ("tip", "news"), "Polls": ("poll",),
    "Groups": ("meet",), "For each other": ("thank", "praise", "report"),
}  # fmt: skip


def typing(world: Any, since: dt.datetime, until: dt.datetime) -> dict[str, float]:
    """What it went into -> seconds that members spent on typing SMS for others, estimated from their letters."""
    return {name: records.letters_meant(world, meanings, since, until) / TYPED_A_SECOND for name, meanings in BY_SMS.items()}


def gap(before: Any, step: Any, paces: Mapping[str, Pace]) -> float:
    """Seconds that a screen was read: to the next hop of the call, at most as long as nineteen of twenty take with it."""
    seconds: float = (step.at - before.at).total_seconds()
    return max(min(seconds, paces.get(before.label, UNREAD).slow), 0.0)


def measure_paces(steps: Iterable[Any]) -> dict[str, Pace]:
    """Screen -> the 95th percentile and the median of the seconds to its answer, of screens that enough have answered."""
    thought: dict[str, list[float]] = {}
    before: Any = None
    for step in steps:
        if before is not None and before.call == step.call:
            thought.setdefault(before.label, []).append(min((step.at - before.at).total_seconds(), LONGEST_S))
        before = step
    return {
        label: Pace(sorted(some)[PERCENTILE * (len(some) - 1) // 100], statistics.median(some))
        for label, some in thought.items() if len(some) >= PACE_FROM
    }  # fmt: skip


def keep_paces(world: Any) -> int:
    """Measure how long readers take, of the last days; of how many screens it is known."""
    now = world.now()
    measured = measure_paces(records.hops_between(world, now - dt.timedelta(days=PACE_DAYS), now, PACE_HOPS))
    put_paces(world, measured)
    return len(measured)


def readings(steps: Iterable[Any], paces: Mapping[str, Pace] = NO_PACES) -> Iterator[tuple[str, str, float]]:
    """(phone, flow, seconds) of each screen, from hops in the order of their calls. Nobody sees for how long the last screen of a call was read: it
    counts as long as half of its readers take.
    """
    before: Any = None
    for step in steps:
        if before is not None:
            seconds = gap(before, step, paces) if before.call == step.call else paces.get(before.label, UNREAD).usual
            yield phone_of(before.number), before.label.partition(".")[0], seconds
        before = step
    if before is not None:
        yield phone_of(before.number), before.label.partition(".")[0], paces.get(before.label, UNREAD).usual


def spans(steps: Iterable[Any], paces: Mapping[str, Pace] = NO_PACES) -> Mapping[str, tuple[float, float]]:
    """Phone -> (seconds for oneself, seconds for others)."""
    spent: dict[str, list[float]] = {}
    for phone, flow, seconds in readings(steps, paces):
        spent.setdefault(phone, [0.0, 0.0])[flow in TOGETHER] += seconds
    return {phone: (own, others) for phone, (own, others) in spent.items()}


def by_what(steps: Iterable[Any], paces: Mapping[str, Pace] = NO_PACES) -> dict[str, dict[str, float]]:
    """What was worked at for others -> phone -> seconds."""
    spent: dict[str, dict[str, float]] = {name: {} for name in TO}
    for phone, flow, seconds in readings(steps, paces):
        if flow in OF and seconds:
            each = spent[OF[flow]]
            each[phone] = each.get(phone, 0.0) + seconds
    return spent


def given_by(world: Any, number: str, days: int = DAYS) -> float:
    """Seconds that one phone has given to others in these days."""
    return spans(_lately(world, number, days), paces_here(world)).get(phone_of(number), (0.0, 0.0))[1]


def given(world: Any, since: dt.datetime, until: dt.datetime, most: int) -> Mapping[str, tuple[float, float]]:
    """Phone -> (seconds for oneself, seconds for others) between two moments."""
    return spans(records.hops_between(world, since, until, most), paces_here(world))


def given_to(world: Any, since: dt.datetime, until: dt.datetime, most: int) -> dict[str, dict[str, float]]:
    """What was worked at -> phone -> seconds, between two moments."""
    return by_what(records.hops_between(world, since, until, most), paces_here(world))


def _lately(world: Any, number: str, days: int) -> list[Any]:
    return records.hops_of_number(world, phone_of(number), world.now() - dt.timedelta(days=days))


# Facts.


def minutes_to(world: Any, caller: str) -> list[Row]:
    """What this member gave minutes to in a month, most first; what took less than half a minute in all is left out."""
    member = the_member(world, caller)
    each = {name: sum(spent.values()) for name, spent in by_what(_lately(world, member.number, DAYS), paces_here(world)).items()}
    ordered = sorted(each.items(), key=lambda one: -one[1])
    text, told = world.phrases.text, world.phrases.text("{minutes} min: {what}", member.language)
    return [Row(name, told.format(minutes=whole, what=text(name, member.language))) for name, seconds in ordered if (whole := round(seconds / 60))]
