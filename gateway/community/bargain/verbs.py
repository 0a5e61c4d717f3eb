"""Counting a month of the bargain, asking whether members trust us, handing work over: and not, while members get too little."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community import minutes, saved
from gateway.community.bargain import rows
from gateway.community.bargain.model import (
    HANDS,
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
    Rates,
    Served,
    Sides,
    TrustLater,
    TrustSaid,
    TrustShown,
    Worth,
    quarter_of,
    served,
    unfair,
)
from gateway.ledger import verbs as ledger
from gateway.members.verbs import the_member
from gateway.money.office import month_of
from gateway.records import rows as records
from menus import alphabet
from menus.alphabet import sms_parts
from menus.phrasebook import Row

HOPS_MOST = 500_000  # of a month that are looked at
TEXTS_MOST = 200_000
HANDS_WORDS = {"staff": "staff", "shared": "staff and members", "members": "members", "automatic": "by itself"}  # in the catalogue


class NotHandedOver(ValueError):
    """It stays in the hands it is in. Says why, for the person who asks."""


def count(world: Any, back: int, known: Rates) -> Sides:
    """Both sides of a calendar month, so many back, from what happened in it and at the rates of today."""
    since, until = (at.astimezone(dt.UTC) for at in month_of(world, back))
    counters, dearer = saved.counters(world), rows.dearer_here(world)
    done = saved.by_service(world, since, until, HOPS_MOST)
    others = sum(span[1] for span in minutes.given(world, since, until, HOPS_MOST).values()) / 60
    with_counter = [(service, one) for service, one in done.items() if service in counters]
    rewards, dividend = rows.paid_out_of(world, world.system_accounts[ledger.REWARDS], since, until)
    return Sides(
        fees=sum(one.times * dearer.get(service, 0) for service, one in done.items()),
        rewards=rewards,
        dividend=dividend,
        time=round(sum(one.returned(counters[service]) for service, one in with_counter) * known.hour / 60),
        staff=round(sum(one.times * counters[service].staff for service, one in with_counter) * known.staff_hour / 60),
        given=round(others * known.hour / 60),
    )  # fmt: skip


def _name(world: Any, back: int) -> str:
    return f"{month_of(world, back)[0]:%Y-%m}"


def count_months(world: Any) -> int:
    """The month that is over, once, when the rates are known: traces are forgotten, so it is kept. How many were counted."""
    known = rows.rates_here(world)
    if known is None or rows.month_here(world, _name(world, 1)) is not None:
        return 0
    rows.put_month(world, _name(world, 1), count(world, 1, known))
    return 1


def count_again(world: Any) -> bool:
    """The months whose traces are still there, at the rates of today. False while no rate is known."""
    known = rows.rates_here(world)
    if known is None:
        return False
    for back in range(1, UNFAIR_MONTHS + 1):
        rows.put_month(world, _name(world, back), count(world, back, known))
    return True


def served_here(world: Any, since: dt.datetime, until: dt.datetime) -> dict[str, Served]:
    """Every service by phone, what it cost, and how often nobody had to be spoken with. Without rates, costs are nothing."""
    parts = sum(sms_parts(words) for words in records.texts_between(world, since, until, TEXTS_MOST))
    steps = records.hops_between(world, since, until, HOPS_MOST)
    known = rows.rates_here(world) or Rates(0, 0)
    return served(steps, ends=saved.ENDS, contacts=rows.contacts(world, since, until), rates=known, texts=parts)


# Handing over.


def is_unfair(world: Any) -> bool:
    """Whether nothing more is handed over for now."""
    return unfair([rows.month_here(world, _name(world, back)) for back in range(1, UNFAIR_MONTHS + 1)])


def write_process(world: Any, name: str) -> bool:
    """A piece of work that staff do now. False when it stands there already. Raises NotHandedOver when there are enough."""
    if len(rows.processes_here(world)) >= PROCESSES_MOST:
        raise NotHandedOver(f"there are {PROCESSES_MOST} already")
    return rows.add_process(world, alphabet.plain(name)[:NAME_MOST], HANDS[0])


def hand_over(world: Any, one: Process, hands: str, *, why: str, by: str) -> None:
    """Into other hands, further or back. Raises NotHandedOver: forward only while members get their share."""
    further = HANDS.index(hands) > HANDS.index(one.hands)
    if further and is_unfair(world):
        raise NotHandedOver("for two months members got less than half of what they made; give back more first")
    if hands == one.hands or not rows.hand_over(world, one, hands, why=why, by=by):
        raise NotHandedOver("it is there already")


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
    return Worth(world.organisation.money(minor // unit * unit))


def is_asked_about_trust(world: Any, caller: str) -> bool:
    """Once a quarter, of whoever has been with us for a while."""
    return rows.has_not_said(world, _quarter(world), the_member(world, caller).id, world.now() - dt.timedelta(days=TRUST_AFTER_DAYS))


def say_trust(world: Any, caller: str, trust: str) -> TrustSaid:
    rows.put_trust(world, _quarter(world), the_member(world, caller).id, trust)
    world.seen.clear()  # it waits no more
    return TrustSaid()


def look_at_trust(world: Any, caller: str) -> TrustShown | TrustLater:
    """The newest quarter that enough have answered in."""
    for _, said in rows.trust_by_quarter(world, 4):
        if (heads := sum(said.values())) >= SHOWN_FROM:
            return TrustShown(Hundredth(round(100 * said.get("yes", 0) / heads)), Answers(heads))
    return TrustLater(Answers(SHOWN_FROM))


def _quarter(world: Any) -> str:
    return quarter_of(world.organisation.local(world.now()).date())


def who_runs_what(world: Any, caller: str) -> list[Row]:
    language = the_member(world, caller).language
    return [Row(str(one.id), f"{one.name}: {world.phrases.text(HANDS_WORDS[one.hands], language)}") for one in rows.processes_here(world)]
