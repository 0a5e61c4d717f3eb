"""What is kept of our promises, counted from what happened. Reads only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.items import plan_rows, rows, voice_rows, wish_rows
from gateway.community.items.model import ANSWER_FROM, ANSWER_GROUPS, ANSWERED, LATE_DAYS, REPORT_HOURS, Item, is_case
from gateway.community.items.plan_model import COMING, enough
from gateway.community.items.verbs import seen_by
from gateway.community.model import ANSWER_HOURS
from gateway.community.reporting import TOPIC as REPORTED
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

SPAN_DAYS = 90  # of which promises are counted
ITEMS_MOST = 5_000
WORDS_MOST = 20  # of what is overdue, in a list
SEEN = ("looked_at", "merged", *ANSWERED)


NOTHING_DUE = "-"


@dataclass(frozen=True)
class Kept:
    """How many times a promise fell due in these days, and how often it was kept in time."""

    due: int
    kept: int
    overdue: tuple[Item, ...]

    @property
    def share(self) -> str:
        """Of a hundred; a promise that never fell due is neither kept nor broken."""
        return str(round(100 * self.kept / self.due)) if self.due else NOTHING_DUE


def looked_at_in_time(world: Any) -> Kept:
    """Every idea is read by a person within three days, and once more within three days of being opened again."""
    now, span = world.now(), dt.timedelta(days=LATE_DAYS["look"])
    return _kept(_each_time(world, _ideas(world), SEEN, span), now)


def answered_in_time(world: Any) -> Kept:
    """What many support, or several groups, has an official answer within fourteen days."""
    now, span = world.now(), dt.timedelta(days=LATE_DAYS["answer"])
    groups = rows.groups_for(world, [one.id for one in _ideas(world) if ANSWER_GROUPS <= one.supporters < ANSWER_FROM])
    wanted = [one for one in _ideas(world) if one.supporters >= ANSWER_FROM or groups.get(one.id, 0) >= ANSWER_GROUPS]
    answered = voice_rows.first_reached(world, ANSWERED, now - dt.timedelta(days=SPAN_DAYS))
    return _kept([*((one, answered.get(one.id), one.made_at + span) for one in wanted), *_wanted_back(world, span)], now)


def _wanted_back(world: Any, span: dt.timedelta) -> list[tuple[Item, dt.datetime | None, dt.datetime]]:
    """Changes of which enough members want the old back: answered in the same time, from the moment on in which they were enough."""
    waves: dict[tuple[int, dt.datetime | None], list[dt.datetime]] = {}
    for wish in wish_rows.since(world, "back", world.now() - dt.timedelta(days=SPAN_DAYS)):
        waves.setdefault((wish.item_id, wish.answered_at), []).append(wish.at)
    known = rows.by_ids(world, [id for id, _ in waves])
    return [
        (known[id], answered, times[enough(known[id].supporters) - 1] + span)
        for (id, answered), times in waves.items()
        if id in known and len(times) >= enough(known[id].supporters)
    ]


def righted_in_time(world: Any) -> Kept:
    """What members say is wrong is looked at by a person within a day."""
    now, span = world.now(), dt.timedelta(hours=ANSWER_HOURS)
    some = [one for one in _said(world, ("wrong", "problem")) if is_case(one) and one.topic != REPORTED]
    return _kept(_each_time(world, some, (*SEEN, "closed"), span), now)


def reports_in_time(world: Any) -> Kept:
    """What members report is looked at within a day."""
    now, span = world.now(), dt.timedelta(hours=REPORT_HOURS)
    since = now - dt.timedelta(days=SPAN_DAYS)
    cases = [one for one in _said(world, ("wrong",)) if one.topic == REPORTED]
    flagged = voice_rows.flags_in(world, since)
    known = rows.by_ids(world, [id for id, _, _ in flagged])
    reports = [(known[id], answered, at + span) for id, at, answered in flagged if id in known and known[id].state != "withdrawn"]
    return _kept([*_each_time(world, cases, (*SEEN, "closed"), span), *reports], now)


def planned_in_time(world: Any) -> Kept:
    """What is planned is done by its day. A day that is moved in time is a new promise, one that is moved when it has passed was broken."""
    now, local = world.now(), world.organisation.local
    promised = plan_rows.all_since(world, (local(now) - dt.timedelta(days=SPAN_DAYS)).date())
    known = rows.by_ids(world, [id for id, _, _ in promised])
    steps = voice_rows.steps_since(world, now - dt.timedelta(days=2 * SPAN_DAYS))
    moved: dict[int, dt.datetime] = {}
    some = []
    for id, at, plan in reversed(promised):
        item, later = known[id], moved.get(id)
        by = dt.datetime.combine(plan.due + dt.timedelta(days=1), dt.time(), world.organisation.zone)
        moved[id] = at
        given_up = item.state not in (*COMING, "done", "closed") and item.state_at <= by
        done = next((step.at for step in steps.get(id, ()) if step.after == "done" and step.at >= at and (later is None or step.at < later)), None)
        if done or not (given_up or (later and later <= by)):
            some.append((item, done, by))
    return _kept(some, now)


def _each_time(
    world: Any, some: list[Item], states: tuple[str, ...], span: dt.timedelta
) -> list[tuple[Item, dt.datetime | None, dt.datetime]]:  # fmt: skip
    """(what was said, when it was seen to, until when it was to be): once from its beginning, and once from each time that it was opened again."""
    steps = voice_rows.steps_since(world, world.now() - dt.timedelta(days=SPAN_DAYS))
    found = []
    for one in some:
        mine = steps.get(one.id, [])
        begins = [(0, one.made_at), *((n + 1, step.at) for n, step in enumerate(mine) if step.after == "open" and step.before in voice_rows.AGAIN_FROM)]
        found += [(one, next((step.at for step in mine[n:] if step.after in states), None), at + span) for n, at in begins]
    return found


def _said(world: Any, kinds: tuple[str, ...]) -> list[Item]:
    """What members said in these days, read once in a turn."""
    key = ("said for promises", kinds)
    if key not in world.seen:
        since = world.now() - dt.timedelta(days=SPAN_DAYS)
        some = rows.page(world, before=None, most=ITEMS_MOST, kinds=kinds)
        world.seen[key] = [one for one in some if one.made_at >= since and one.state != "withdrawn"]
    found: list[Item] = world.seen[key]
    return found


def _ideas(world: Any) -> list[Item]:
    return _said(world, ("idea",))


def _kept(some: list[tuple[Item, dt.datetime | None, dt.datetime]], now: dt.datetime) -> Kept:
    due = [(one, done, by) for one, done, by in some if by <= now or (done is not None and done <= by)]
    kept = sum(done is not None and done <= by for _, done, by in due)
    return Kept(len(due), kept, tuple(one for one, done, by in due if done is None))


def overdue(world: Any) -> list[Item]:
    """What was promised and has not come: to be read, answered, or done by its day; what waits longest first."""
    planned = planned_in_time(world).overdue
    days, today = plan_rows.days_of(world, [one.id for one in planned]), world.organisation.local(world.now()).date()
    still = [one for one in planned if one.state in COMING and days[one.id].date() < today]  # of plans that were broken those that can still be done
    some = {one.id: one for one in (*looked_at_in_time(world).overdue, *answered_in_time(world).overdue, *still)}
    return sorted(some.values(), key=lambda one: one.made_at)


# Facts.


def overdue_now(world: Any, caller: str) -> list[Row]:
    """What all members may see of it: what waits for a person before it is shown is nobody's business."""
    member, local = the_member(world, caller), world.organisation.local
    shown = [one for one in overdue(world) if seen_by(world, one, member)]
    return [Row(one.number, f"{world.phrases.day(local(one.made_at), member.language)} {alphabet.cut(alphabet.plain(one.words), WORDS_MOST)}") for one in shown]


def kept_look(world: Any, caller: str) -> str:
    return looked_at_in_time(world).share


def kept_answer(world: Any, caller: str) -> str:
    return answered_in_time(world).share


def kept_wrong(world: Any, caller: str) -> str:
    return righted_in_time(world).share


def kept_reports(world: Any, caller: str) -> str:
    return reports_in_time(world).share


def kept_plans(world: Any, caller: str) -> str:
    return planned_in_time(world).share
