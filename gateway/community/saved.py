"""What a service by phone saves: the way and the queue of a member, the minutes of the staff, less the minutes with the phone in hand.

Minutes come from our own hops; how long the same takes at the counter is asked of members once a season, and written down in the console.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.community import rows
from gateway.community.minutes import NO_PACES, gap
from gateway.community.pace_rows import Pace, paces_here
from gateway.members.verbs import the_member
from gateway.records import rows as records
from gateway.records.model import phone_of
from menus.phrasebook import Row

DAYS = 30
REWORK_HOURS = 72  # within which a call after a service by phone is about it
MINUTES_MOST = 600  # of one errand: a day's walk to the office and back
PAID = ("sent", "under_way")
ENDS = {  # where a service is done -> which one it was
    "balance.show": "balance", "statement.coming": "statement", "airtime.under_way": "airtime", "advance.done": "advance", "advance.under_way": "advance",
    "last_five.opened": "complaint", **{f"{flow}.{end}": "send" for flow in ("send", "send_to", "agree") for end in PAID},
    **{f"{flow}.{end}": "group" for flow in ("pay_group", "pay_in") for end in PAID},
    **{f"{flow}.{end}": "shop" for flow in ("pay_shop", "pay_bill") for end in PAID},
    **{f"agree.{end}_place": "agreed" for end in PAID},
}  # fmt: skip
NO_WAYS: Mapping[str, int] = {}
SERVICES = tuple(dict.fromkeys(ENDS.values()))
NAMES = {  # as members are told of them
    "balance": "Balance", "statement": "Statement", "airtime": "Airtime", "advance": "Advance", "complaint": "Complaint", "send": "Send", "group": "Group",
    "shop": "Shop", "agreed": "Cash or order",
}  # fmt: skip


@dataclass(frozen=True)
class Counter:
    """How many minutes a service takes at the counter: of the member, with the way there and the queue, and of the staff."""

    there: int
    staff: int


@dataclass(frozen=True)
class Done:
    """How often a service was done by phone, and the seconds that it took in all; of those from villages whose way to the counter is known, how often
    and how many minutes they would have taken there.
    """

    times: int
    seconds: float
    near: int = 0
    there: float = 0.0

    def returned(self, counter: Counter) -> float:
        """Minutes that members have back. Below nothing when the phone takes longer than the counter."""
        return self.there + (self.times - self.near) * counter.there - self.seconds / 60

    def __add__(self, other: Done) -> Done:
        return Done(self.times + other.times, self.seconds + other.seconds, self.near + other.near, self.there + other.there)


def done(steps: Iterable[Any], paces: Mapping[str, Pace] = NO_PACES, ways: Mapping[str, int] = NO_WAYS) -> Mapping[tuple[str, str], Done]:
    """(phone, service) -> how often it was done and how long it took, from hops in the order of their calls. What is given up halfway saves
    nothing, and the same service again in one call saves no second way to the office.
    """
    found: dict[tuple[str, str], Done] = {}
    before: Any = None
    spent = 0.0
    in_call: set[str] = set()
    for step in steps:
        if before is None or before.call != step.call:
            spent, in_call = 0.0, set()
        else:
            spent += gap(before, step, paces)
        if (service := ENDS.get(step.label)) and not (before is not None and before.call == step.call and before.label == step.label):
            key, new = (phone_of(step.number), service), service not in in_call
            near = new and key[0] in ways
            found[key], spent = found.get(key, Done(0, 0.0)) + Done(int(new), spent, int(near), ways[key[0]] if near else 0), 0.0
            in_call.add(service)
        before = step
    return found


def when_done(steps: Iterable[Any]) -> list[tuple[str, dt.datetime]]:
    """(phone, moment) of everything that was done by phone."""
    return [(phone_of(step.number), step.at) for step in steps if step.label in ENDS]


def rework(when: Iterable[tuple[str, dt.datetime]], calls: Iterable[tuple[str, dt.datetime, int]]) -> int:
    """Minutes of calls (phone, moment, minutes) that were asked for within 72 hours after the same phone had done something by itself: so much of
    what was saved was not.

    >>> at = dt.datetime(2026, 11, 23, 9)
    >>> rework([("a", at)], [("a", at + dt.timedelta(hours=71), 7), ("a", at + dt.timedelta(hours=73), 9), ("b", at, 5)])
    7
    """
    done_by: dict[str, list[dt.datetime]] = {}
    for phone, at in when:
        done_by.setdefault(phone, []).append(at)
    span = dt.timedelta(hours=REWORK_HOURS)
    return sum(took for phone, at, took in calls if any(done <= at <= done + span for done in done_by.get(phone, ())))


def add_up(found: dict[str, Done], steps: Iterable[Any], paces: Mapping[str, Pace] = NO_PACES, ways: Mapping[str, int] = NO_WAYS) -> None:
    """Add what was done in these hops to what was found, all members together."""
    for (_, service), one in done(steps, paces, ways).items():
        found[service] = found.get(service, Done(0, 0.0)) + one


def by_service(world: Any, since: dt.datetime, until: dt.datetime, most: int) -> tuple[dict[str, Done], int]:
    """(every service, of all members together; minutes of calls about them all the same)."""
    found: dict[str, Done] = {}
    steps = list(records.hops_between(world, since, until, most))
    add_up(found, steps, paces_here(world), rows.times_of_phones(world))
    return found, rework(when_done(steps), rows.calls_taken(world, since, until))


def counters(world: Any) -> dict[str, Counter]:
    return {service: Counter(there, staff) for service, (there, staff) in rows.service_times_here(world).items()}


def write_counter(world: Any, service: str, there: int, staff: int, by: str, *, dearer: int = 0) -> None:
    """`dearer` is what a member pays more at the counter than by phone, in minor units."""
    assert service in SERVICES, "there is no such service"
    rows.put_service_time(world, service, there=there, staff=staff, dearer=dearer, by=by)


# Facts.


def minutes_saved(world: Any, caller: str) -> int:
    """What the phone has saved this member in a month, as far as it is known how long the counter takes."""
    known = counters(world)
    return max(round(sum(one.returned(known[service]) for service, one in _of_caller(world, caller).items() if service in known)), 0)


def minutes_back(world: Any, caller: str) -> list[Row]:
    """The same for each service, most first: the minutes, and how often it was done. One that takes longer by phone is told so, with its minus."""
    known, language = counters(world), the_member(world, caller).language
    each = [(round(one.returned(known[service])), one.times, service) for service, one in _of_caller(world, caller).items() if service in known]
    text, told = world.phrases.text, world.phrases.text("{minutes} min: {what}", language)
    return [Row(service, told.format(minutes=back, what=f"{text(NAMES[service], language)} ({times})")) for back, times, service in sorted(each, reverse=True)]


def _of_caller(world: Any, caller: str) -> dict[str, Done]:
    steps = records.hops_of_number(world, phone_of(caller), world.now() - dt.timedelta(days=DAYS))
    ways = rows.times_of_phones(world, [the_member(world, caller).id])
    return {service: one for (_, service), one in done(steps, paces_here(world), ways).items()}
