"""How well members and staff work together, in figures: each with the formula that it is counted by. Reads only.

The formulas are those of part 5 of our notes on co-creation; numbers are counted from raw rows each time, nothing is kept beside them.
"""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gateway.community import instead, minutes, saved
from gateway.community.bargain import rows as bargain_rows
from gateway.community.bargain import verbs as bargain
from gateway.community.bargain.model import may_be_shown
from gateway.community.circles import checks
from gateway.community.drills import rows as drill_rows
from gateway.community.drills import verbs as drills
from gateway.community.items import friends, states
from gateway.community.items import measures as promises
from gateway.community.items.model import ANSWERED
from gateway.community.items.ranking import effective_groups
from gateway.community.people import rows as people_rows
from gateway.community.stars import rows as star_rows
from gateway.community.stars import verbs as stars
from gateway.community.voices import measure_rows as rows
from gateway.members import rows as members

DAYS = 30
LONG_DAYS = 365  # of which the time from word to deed is counted
HOPS_MOST = 500_000


@dataclass(frozen=True)
class Measure:
    """A figure, how it is counted, and what a good one would be."""

    name: str
    value: str
    counted: str


def median_until(ended: Sequence[float], still_open: Sequence[float]) -> float | None:
    """The Kaplan-Meier median of how long things take, so that what is still open counts too. None when fewer than half have ended.

    >>> median_until([1, 2, 3], []), median_until([1, 2], [9, 9]), median_until([5], [1, 9, 9])
    (2, 2, None)
    """
    at_risk = len(ended) + len(still_open)
    left = 1.0
    for at in sorted(set(ended)):
        alive = at_risk - sum(one < at for one in ended) - sum(one < at for one in still_open)
        left *= 1 - sum(one == at for one in ended) / alive
        if left <= 0.5:
            return at
    return None


def gini(counts: Sequence[int]) -> float:
    """How unevenly something is spread: 0 when all have the same, near 1 when one has all.

    >>> gini([3, 3, 3]), round(gini([0, 0, 0, 9]), 2), gini([])
    (0.0, 0.75, 0.0)
    """
    if not counts or not sum(counts):
        return 0.0
    ordered = sorted(counts)
    weighed = sum(place * count for place, count in enumerate(ordered, 1))
    return 2 * weighed / (len(ordered) * sum(ordered)) - (len(ordered) + 1) / len(ordered)


def _share(part: float, whole: float) -> str:
    return "–" if not whole else f"{100 * part / whole:.0f} of 100"


def _in_time(promise: promises.Kept) -> str:
    """A promise that never fell due is neither kept nor broken."""
    return _share(promise.kept, promise.due)


def _each(part: float, whole: float) -> str:
    return "–" if not whole else f"{part / whole:.1f}"


def _days(value: float | None) -> str:
    return "not half yet" if value is None else f"{value:.1f} days"


def all_measures(world: Any) -> list[Measure]:
    now, since = world.now(), world.now() - dt.timedelta(days=DAYS)
    everybody = members.count_active(world)
    return [
        *_minutes(world, since, now, everybody),
        *_loop(world, now),
        *_peers(world, since, everybody),
        *_care(world, since, everybody),
        *_bargain(world, since, now),
    ]


def _minutes(world: Any, since: dt.datetime, now: dt.datetime, everybody: int) -> list[Measure]:
    spent = minutes.given(world, since, now, HOPS_MOST)
    own, others = (sum(span[n] for span in spent.values()) / 60 for n in (0, 1))
    done, again = saved.by_service(world, since, now, HOPS_MOST)
    staff, share = instead.staff_saved(world, done, again), instead.shares(world).get("")
    would = "nobody was asked yet, so at most" if share is None else f"{100 * share:.0f} of 100 would have come or called"
    calls = rows.calls(world, since)
    made, typed = rows.items_made(world, since), sum(minutes.typing(world, since, now).values())
    index = (own + others) / (everybody * DAYS) if everybody else 0.0
    return [
        Measure("Five-minute index", f"{index:.2f} min", f"minutes of all members by phone, a member and day, {DAYS} days"),
        Measure("Minutes for others", _share(others, own + others), "minutes in votes, answers, tips and leading, of all minutes"),
        Measure(
            "Staff minutes saved", f"{staff:,.0f}", f"done by phone x minutes at the counter, {DAYS} days; {would}; less {again} min of calls all the same"
        ),
        Measure("Downsourcing ratio", "–" if not staff else f"{(own + others) / staff:.1f}", "members' minutes over the minutes of staff for the same"),
        Measure("Feedback yield", "–" if not calls else f"{1000 * made / calls:.0f}", "things said for 1,000 calls"),
        Measure("Said in its place", _share(rows.items_in_context(world, since), made), "of what was said, what hangs on a screen, a payment or an item"),
        Measure("Typing by SMS, est.", f"{typed / 60:,.0f} min", "letters of what was said for others, at multi-tap speed"),
    ]  # fmt: skip


def _loop(world: Any, now: dt.datetime) -> list[Measure]:
    since = now - dt.timedelta(days=LONG_DAYS)
    told, heard = rows.told_of_ends(world, since)
    yes, silent, waiting = rows.confirmed(world, since, states.CLOCK)
    looked, answered, changed, closed = (rows.times_until(world, wanted, since, states.CLOCK) for wanted in (rows.LOOKED, ANSWERED, ("done",), ("closed",)))
    done, credited, groups = rows.done_ideas(world, since)
    waits = [
        Measure(name, _days(median_until(*one)), f"the half of all ideas of a year, what is still open counts too: from saying it to {until}")
        for name, one, until in (
            ("Until a person looks", looked, "being read"), ("Until an answer", answered, "an answer"), ("Until it is done", changed, "being done"),
            ("Until it is closed", closed, "its author's yes"),
        )
    ]  # fmt: skip
    return [
        *waits,
        Measure("The loop is closed", _share(heard, told), "who read what became of it, or whose phone got the SMS, of all who voted, spoke or followed"),
        Measure("Confirmed", _share(yes, yes + silent + waiting), "of what was done in a year and asked about, what its author says is good"),
        Measure("Closed in silence", _share(silent, yes + silent + waiting), "asked twice and heard nothing: shown apart, no yes"),
        Measure("Changed something", _share(rows.changed_something(world, since), rows.items_made(world, since)), "of what was said in a year"),
        Measure("Promises kept: read", _in_time(promises.looked_at_in_time(world)), "ideas that a person read in 3 days"),
        Measure("Promises kept: answered", _in_time(promises.answered_in_time(world)), "what many want that was answered in 14 days"),
        Measure("Promises kept: what is wrong", _in_time(promises.righted_in_time(world)), "what members say is wrong, seen by a person in 24 hours"),
        Measure("Promises kept: reports", _in_time(promises.reports_in_time(world)), "what members report, seen by a person in 24 hours"),
        Measure("Promises kept: plans", _in_time(promises.planned_in_time(world)), "what was planned and done by its day; one moved late is broken"),
        Measure("Ideas with a name", _share(credited, done), "of what was done in a year, how much names the member whose idea it was"),
        Measure(
            "Breadth", "–" if not groups else f"{statistics.fmean(effective_groups(one) for one in groups):.1f}",
            "groups behind an idea that was done, as if all were of one size: three that are nearly one count as one",
        ),
    ]  # fmt: skip


def _peers(world: Any, since: dt.datetime, everybody: int) -> list[Measure]:
    asked, solved, took = rows.questions(world, since)
    gave = rows.contributions(world, since)
    top = sum(sorted(gave.values(), reverse=True)[: max(len(gave) // 100, 1)])
    acts, with_points, points = rows.thanks(world, since)
    middle = statistics.median(took) if took else None
    return [
        Measure("Solved by members", _share(solved, asked), f"questions of {DAYS} days that a member's answer helped, as only who asked says"),
        Measure("Time to that answer", "–" if middle is None else f"{middle / 60:.0f} min", "median from the question to the answer that helped"),
        Measure("Who takes part", _share(len(gave), everybody), f"members who voted, said, answered or asked in {DAYS} days"),
        Measure("Unevenness", f"{gini([*gave.values(), *[0] * max(everybody - len(gave), 0)]):.2f}", "Gini of what members gave: 0 all the same, 1 all by one"),
        Measure("By the busiest hundredth", _share(top, sum(gave.values())), "of all that was given"),
        Measure(
            "Friends who came",
            _share(*friends.came(world, since)[::-1]),
            "who was told of an idea, or invited, and voted on it or became a member",
        ),
        Measure("New voices", f"{rows.new_voices(world, since):,}", f"members who gave something for the first time in {DAYS} days"),
        Measure("Thanks without points", _share(acts - with_points, acts), f"helpful acts that brought no points; {points:,} points were given"),
        Measure("Points for a helpful act", "–" if not acts else f"{points / acts:.1f}", "points paid over acts that somebody else says helped"),
    ]


def _care(world: Any, since: dt.datetime, everybody: int) -> list[Measure]:
    texts, out_of_hours = rows.texts(world, since, world.organisation)
    held, freed, braked = rows.brakes(world, since)
    ties = people_rows.counts(world)
    listens, gap = list(checks.leaders_listen(world).values()), checks.gap_here(world)
    weeks = DAYS / 7
    liked = next((found for _, heads in star_rows.by_month(world, 3) if (found := stars.mean(heads)) is not None), None)
    return [
        Measure("SMS a member and week", "–" if not everybody else f"{texts / everybody / weeks:.2f}", "of all kinds but receipts and replies"),
        Measure("SMS outside 7 to 19", f"{out_of_hours:,}", "must be none: receipts, replies and PIN matters excepted"),
        Measure(
            "Said STOP",
            "–" if not everybody else f"{1000 * rows.stops_here(world) / everybody:.0f} of 1,000",
            "members who want SMS about their own money only",
        ),
        Measure("Held and let through", _share(freed, held), "what waited for a person; a high share means that the word list is too strict"),
        Measure(
            "People followed", f"{ties.get('yes', 0):,}", f"with a yes of both; {ties.get('asked', 0):,} wait for one, {ties.get('no', 0):,} said no or stopped"
        ),
        Measure("Stars", "–" if liked is None else f"{liked:.1f} of 5", "how good members find the service, in the last month in which five or more said it"),
        Measure("Leaders listen", f"{round(statistics.fmean(listens))} of 100" if listens else "–", "who say that their leader listens, mean of the groups"),
        Measure(
            "Self-check gap",
            "–" if gap is None else f"{gap:+}",
            "how much better members see their group than leaders do, in hundredths",
        ),
        Measure("Leaders as members", _share(*drills.done_and_due(world)), f"three things a week of everybody who may sign in, {drills.WEEKS} weeks"),
        Measure("Fixes from that", f"{drill_rows.fixes_since(world, since):,}", f"what staff found hard as members and is mended, {DAYS} days; two are meant"),
        Measure("Hidden after reports", f"{rows.hidden(world, since):,}", f"what a person did not let through, {DAYS} days"),
        Measure("SMS for an outcome", _each(rows.texts_about(world, "voice", since), rows.outcomes(world, since)), "SMS about ideas for one that ended"),
        Measure("Bursts braked", f"{braked:,}", f"items whose later votes wait for a person, {DAYS} days"),
    ]


def _bargain(world: Any, since: dt.datetime, now: dt.datetime) -> list[Measure]:
    months, found = bargain_rows.last_months(world, 1), bargain.served_here(world, DAYS).values()
    share = months[0][1].share if months else None
    begun, contained, done = (sum(getattr(one, name) for one in found) for name in ("begun", "contained", "done"))
    known, took = bargain_rows.rates_here(world), bargain_rows.minutes_of_calls(world, since, now)
    answers = bargain.last_quarter(world)[1]
    heads = sum(answers.values())
    each = str(world.organisation.money(round(sum(one.cost for one in found) / done))) if known and done else "–"
    return [
        Measure("Fair share", "–" if share is None else f"{share} of 100", "what came back to members of what they made, in the last month that was counted"),
        Measure("Served by the phone alone", _share(contained, begun), "services begun that were done, and nobody asked for a call within 72 hours"),
        Measure(
            "Cost of a service by phone",
            each,
            "calls, SMS and what is fixed, over services done",
        ),
        Measure("What is still hard", f"{statistics.fmean(took):.0f} min" if took else "–", "mean minutes of a call with a person; it goes up as easy ones go"),
        Measure("Trust", _share(answers.get("yes", 0), heads) if may_be_shown(answers) else "–", "who says yes: if something is wrong, it will be put right"),
    ]
