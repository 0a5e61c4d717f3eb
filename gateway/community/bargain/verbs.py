"""Counting a month of the bargain, asking whether members trust us, handing work over: and not, while members get too little."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community import minutes, saved
from gateway.community import rows as community
from gateway.community.bargain import rows
from gateway.community.bargain.model import (
    AGAIN_HOURS,
    HANDS,
    LOAD,
    NAME_MOST,
    PROCESSES_MOST,
    SHOWN_FROM,
    TRUST_AFTER_DAYS,
    UNFAIR_MONTHS,
    Answers,
    BargainLater,
    BargainShown,
    Hundredth,
    MonthName,
    Process,
    QuarterName,
    Rates,
    Served,
    Sides,
    TrustLater,
    TrustSaid,
    TrustShown,
    Worth,
    may_be_shown,
    quarter_of,
    served,
    unfair,
)
from gateway.community.instead import staff_saved
from gateway.community.pace_rows import paces_here
from gateway.ledger import verbs as ledger
from gateway.members.verbs import the_member
from gateway.money.office import month_of
from gateway.records import rows as records
from gateway.records.model import HOPS_KEPT_DAYS
from menus import alphabet
from menus.alphabet import sms_parts
from menus.phrasebook import Row

HOPS_MOST = 500_000  # of a day, or of the days of a table, that are looked at
MILLIONS_FROM = 10_000_000  # from which sums are said in millions
TEXTS_MOST = 200_000
HANDS_WORDS = {"staff": "staff", "shared": "staff and members", "members": "members", "automatic": "by itself"}  # in the catalogue


class NotHandedOver(ValueError):
    """It stays in the hands it is in. Says why, for the person who asks."""


def count(world: Any, back: int, known: Rates) -> Sides:
    """Both sides of a calendar month, so many back, from what happened in it and at the rates of today."""
    since, until = (at.astimezone(dt.UTC) for at in month_of(world, back))
    counters, dearer, paces, ways = saved.counters(world), rows.dearer_here(world), paces_here(world), community.times_of_phones(world)
    done: dict[str, saved.Done] = {}
    when: list[tuple[str, dt.datetime]] = []
    others, day = 0.0, since
    while day < until:  # day by day: a busy month is more than one look can hold
        steps = list(records.hops_between(world, day, min(day + dt.timedelta(days=1), until), HOPS_MOST))
        others += sum(span[1] for span in minutes.spans(steps, paces).values()) / 60
        saved.add_up(done, steps, paces, ways)
        when += saved.when_done(steps)
        day += dt.timedelta(days=1)
    with_counter = [(service, one) for service, one in done.items() if service in counters]
    rewards, dividend = rows.paid_out_of(world, world.system_accounts[ledger.REWARDS], since, until)
    return Sides(
        fees=sum(one.times * dearer.get(service, 0) for service, one in done.items()),
        rewards=rewards,
        dividend=dividend,
        time=round(sum(one.returned(counters[service]) for service, one in with_counter) * known.hour / 60),
        staff=round(staff_saved(world, done, saved.rework(when, community.calls_taken(world, since, until))) * known.staff_hour / 60),
        given=round(others * known.hour / 60),
    )  # fmt: skip


def _name(world: Any, back: int) -> str:
    return f"{month_of(world, back)[0]:%Y-%m}"


def _countable(world: Any) -> list[int]:
    """The last months, so many back, of which all traces are still there."""
    kept = world.now() - dt.timedelta(days=HOPS_KEPT_DAYS)
    return [back for back in range(1, UNFAIR_MONTHS + 1) if month_of(world, back)[0] >= kept]


def count_months(world: Any) -> int:
    """Months that are over, once each, when the rates are known: traces are forgotten, so they are kept. How many were counted."""
    known = rows.rates_here(world)
    missing = [back for back in _countable(world) if known and rows.month_here(world, _name(world, back)) is None]
    return _keep(world, missing, known) if known else 0


def count_again(world: Any) -> bool:
    """The months whose traces are still there, at the rates of today. False while no rate is known."""
    known = rows.rates_here(world)
    return known is not None and _keep(world, _countable(world), known) >= 0


def _keep(world: Any, some: list[int], known: Rates) -> int:
    """All are counted before one is written: counting takes long, and nobody waits for it."""
    counted = [(_name(world, back), count(world, back, known)) for back in some]
    for month, sides in counted:
        rows.put_month(world, month, sides)
    return len(counted)


def served_here(world: Any, days: int) -> dict[str, Served]:
    """Every service by phone in so many days, what it cost, and how often nobody had to be spoken with; the days end when that can be known.
    Without rates, costs are nothing. A complaint is no service that the phone alone could end.
    """
    until = world.now() - dt.timedelta(hours=AGAIN_HOURS)
    since = until - dt.timedelta(days=days)
    known = rows.rates_here(world)
    parts = sum(sms_parts(words) for words in records.texts_between(world, since, until, TEXTS_MOST)) if known else 0
    steps = records.hops_between(world, since, until, HOPS_MOST)
    ends = {label: service for label, service in saved.ENDS.items() if service != "complaint"}
    return served(steps, ends=ends, contacts=rows.contacts(world, since, world.now()), rates=known or Rates(0, 0), texts=parts)


# Handing over.


def is_unfair(world: Any) -> bool:
    """Whether nothing more is handed over for now."""
    return unfair([sides for _, sides in rows.last_months(world, UNFAIR_MONTHS)])


def write_process(world: Any, name: str) -> bool:
    """A piece of work that staff do now. False when it stands there already. Raises NotHandedOver when there are enough, or it has no name."""
    words = " ".join(alphabet.plain(name).split())[:NAME_MOST]
    if not any(one.isalpha() for one in words):
        raise NotHandedOver("members read its name on their phones: it needs plain letters")
    if len(rows.processes_here(world)) >= PROCESSES_MOST:
        raise NotHandedOver(f"there are {PROCESSES_MOST} already")
    return rows.add_process(world, words, HANDS[0])


def hand_over(world: Any, one: Process, hands: str, *, why: str, by: str) -> None:
    """Into other hands, further or back. Raises NotHandedOver: forward only while members get their share."""
    if LOAD[hands] > LOAD[one.hands] and is_unfair(world):
        raise NotHandedOver("for two months members got less than half of what they made; give back more first")
    if hands == one.hands:
        raise NotHandedOver("it is there already")
    if not rows.hand_over(world, one, hands, why=why, by=by):
        raise NotHandedOver("somebody has just moved it; look again")


# On the phone.


def look_at_bargain(world: Any, caller: str) -> BargainShown | BargainLater:
    """The last month that was counted."""
    known = rows.last_months(world, 1)
    if not known or (share := known[0][1].share) is None:
        return BargainLater()
    month, sides = known[0]
    year, _, number = month.partition("-")
    return BargainShown(MonthName(f"{number}/{year}"), _worth(world, sides.made), _worth(world, max(sides.got, 0)), Hundredth(share))


def _worth(world: Any, minor: int) -> Worth:
    unit = 10**world.organisation.digits
    if minor >= MILLIONS_FROM * unit:
        return Worth(f"{world.organisation.currency} {minor // unit // 1_000_000:,}m")
    return Worth(world.organisation.money(minor // unit * unit))


def is_asked_about_trust(world: Any, caller: str) -> bool:
    """Once a quarter, of whoever has been with us for a while."""
    return rows.has_not_said(world, the_member(world, caller).id, *asked_about_trust(world))


def asked_about_trust(world: Any) -> tuple[str, dt.datetime]:
    """(the quarter that is asked about, since when a member must have been with us)."""
    return _quarter(world), world.now() - dt.timedelta(days=TRUST_AFTER_DAYS)


def say_trust(world: Any, caller: str, trust: str) -> TrustSaid:
    rows.put_trust(world, _quarter(world), the_member(world, caller).id, trust)
    world.seen.clear()  # it waits no more
    return TrustSaid()


def look_at_trust(world: Any, caller: str) -> TrustShown | TrustLater:
    """The last quarter: while one runs, each answer would show as a change of the figure."""
    quarter, said = last_quarter(world)
    if not may_be_shown(said):
        return TrustLater(Answers(SHOWN_FROM))
    heads = sum(said.values())
    return TrustShown(QuarterName(quarter.replace("-", "/")), Hundredth(round(100 * said.get("yes", 0) / heads)), Answers(heads))


def last_quarter(world: Any) -> tuple[str, dict[str, int]]:
    """(the quarter that was over last, answer -> members)."""
    today = world.organisation.local(world.now()).date()
    over = quarter_of(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1) - dt.timedelta(days=1))
    return over, dict(rows.trust_by_quarter(world, 2)).get(over, {})


def _quarter(world: Any) -> str:
    return quarter_of(world.organisation.local(world.now()).date())


def who_runs_what(world: Any, caller: str) -> list[Row]:
    language = the_member(world, caller).language
    return [Row(str(one.id), f"{one.name}: {world.phrases.text(HANDS_WORDS[one.hands], language)}") for one in rows.processes_here(world)]
