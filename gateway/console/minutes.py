"""Time and cost: minutes that members spend for themselves and give to others, what came of them, and what it cost in SMS and points."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, g, url_for
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from gateway.community import instead, minutes, saved
from gateway.community import rows as community
from gateway.console.fields import FlaskForm, minor, optional, required, select
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Line, Table, said, show
from gateway.records import rows
from gateway.site import Site
from gateway.store import audit
from menus.alphabet import sms_parts

WEEKS = 5
HOPS_MOST = 200_000  # of a week that are looked at
TEXTS_MOST = 50_000
SAVED = (
    ("Service", ""), ("Done by phone", "number"), ("Minutes each", "number"), ("At the counter", "number"), ("Hours back to members", "number"),
    ("Hours of staff saved", "number"), ("", ""),
)  # fmt: skip
GIVEN = (("For", ""), ("Minutes by phone", "number"), ("Typing SMS, est.", "number"), ("Who gave", "number"))
COLUMNS = (
    ("Week from", ""), ("Members", "number"), ("Minutes, own", "number"), ("For others", "number"), ("Typing SMS, est.", "number"), ("Who gave", "number"),
    ("Thanks", "number"),
    ("Points", "number"), ("SMS parts", "number"),
)  # fmt: skip


class CounterForm(FlaskForm):  # type: ignore[misc]
    service = select("Service", *saved.SERVICES)
    there = IntegerField("Minutes of a member, with the way there and the queue", [InputRequired(), NumberRange(0, saved.MINUTES_MOST)])
    staff = IntegerField("Minutes of the staff", [InputRequired(), NumberRange(0, saved.MINUTES_MOST)])
    dearer = optional("What a member pays more there than by phone", 20, inputmode="decimal", placeholder="0")


class VillageForm(FlaskForm):  # type: ignore[misc]
    village = required("Village, as members write it", 20)
    there = IntegerField("Minutes of a member from there, with the way and the queue", [InputRequired(), NumberRange(0, saved.MINUTES_MOST)])


VILLAGES = "For members of this village it stands in place of the minutes of each service: who lives far has more back."


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/time")
    @needs("feedback:read")
    def time_and_cost() -> str:
        with world_of(site) as world:
            lines = [_week(world, weeks_ago) for weeks_ago in range(WEEKS)]
            services, told = _services(world)
            gave = _given(world)
            villages = _villages(world)
        words = (
            f"From our own clock: from a screen to the answer to it, at most as long as 19 of 20 take with it ({minutes.MOST_S:.0f} seconds "
            "where few have read it). Time for others goes into votes, answers, tips, and the work of leaders. "
            "Each member sees their own minutes under 6, 3, 5; nobody's are listed here."
        )
        asks = []
        if g.signed_in.operator.may("feedback:write"):
            about = "Ask some members once a season how long the way and the queue are. From this comes what the phone saves them; each sees it under 6, 3."
            asks.append(Ask("How far a village is", VillageForm(formdata=None), url_for("console.village_time"), "Write it down", VILLAGES))
            asks.append(Ask("How long it takes at the counter", CounterForm(formdata=None), url_for("console.counter_time"), "Write it down", about))
        return show("Time and cost", words=words, facts=told, tables=[Table("By week", COLUMNS, lines, ""), gave, services, villages], asks=asks)

    @console.post("/time/village")
    @needs("feedback:write")
    def village_time() -> Any:
        form, there = VillageForm(), url_for("console.time_and_cost")
        if not form.validate_on_submit() or not (form.village.data or "").strip():
            return said(f"A village and whole minutes are needed, at most {saved.MINUTES_MOST}.", there, wrong=True)
        with world_of(site) as world:
            by, village = g.signed_in.operator.login, form.village.data.strip().lower()
            community.put_village_time(world, village, form.there.data, by)
            audit.note(world, by, "village_time", village, there=form.there.data)
        return said(f"Written down: {village.title()}.", there)

    @console.post("/time")
    @needs("feedback:write")
    def counter_time() -> Any:
        form, there = CounterForm(), url_for("console.time_and_cost")
        if not form.validate_on_submit():
            return said(f"Whole minutes are needed, at most {saved.MINUTES_MOST}.", there, wrong=True)
        with world_of(site) as world:
            by, dearer = g.signed_in.operator.login, minor(world, form.dearer.data or "0", least=0)
            if dearer is None:
                return said("What it costs more is an amount, like 20.", there, wrong=True)
            saved.write_counter(world, form.service.data, form.there.data, form.staff.data, by, dearer=dearer)
            audit.note(world, by, "counter_time", form.service.data, there=form.there.data, staff=form.staff.data, dearer=dearer)
        return said(f"Written down: {form.service.data}.", there)


def _villages(world: Any) -> Table:
    lines = [Line((Cell(village.title()), Cell(there))) for village, there in community.village_times_here(world).items()]
    empty = "No village was asked yet: the minutes of each service stand for all."
    return Table("From the villages", (("Village", ""), ("Minutes to the counter", "number")), lines, empty)


def _services(world: Any) -> tuple[Table, list[tuple[str, Any]]]:
    """What each service by phone gives back, and where it does not; and how much of it is sure."""
    now = world.now()
    (found, again), known, would = saved.by_service(world, now - dt.timedelta(days=saved.DAYS), now, HOPS_MOST), saved.counters(world), instead.shares(world)
    lines = []
    for service in saved.SERVICES:
        one, counter = found.get(service, saved.Done(0, 0.0)), known.get(service)
        each = one.seconds / 60 / one.times if one.times else 0.0
        slower = counter is not None and one.times > 0 and each > counter.there
        lines.append(Line((
            Cell(saved.NAMES[service]), Cell(f"{one.times:,}"), Cell(f"{each:.1f}"), Cell(counter.there if counter else "not asked yet"),
            Cell(f"{one.returned(counter) / 60:,.1f}" if counter else "–"),
            Cell(f"{one.times * counter.staff * instead.share_of(would, service) / 60:,.1f}" if counter else "–"),
            Cell("slower than the counter" if slower else "", state=slower),
        )))  # fmt: skip
    caption = f"What the phone saves, {saved.DAYS} days"
    said_so = f"{100 * would['']:.0f} of 100" if "" in would else "too few asked yet: at most so much is saved"
    told = [("Would have come or called", said_so), ("Calls all the same", f"{again} min")]
    return Table(caption, SAVED, lines, ""), told


def _given(world: Any) -> Table:
    """What the minutes for others went into; what was typed by SMS stands beside it, since it is an estimate."""
    now = world.now()
    since = now - dt.timedelta(days=saved.DAYS)
    spent, typed = minutes.given_to(world, since, now, HOPS_MOST), minutes.typing(world, since, now)
    lines = [
        Line(tuple(map(Cell, (name, f"{sum(each.values()) / 60:,.0f}", f"{typed.get(name, 0.0) / 60:,.0f}", f"{len(each):,}")))) for name, each in spent.items()
    ]
    return Table(f"What minutes for others went into, {saved.DAYS} days", GIVEN, lines, "")


def _week(world: Any, weeks_ago: int) -> Line:
    today = world.organisation.local(world.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - dt.timedelta(days=today.weekday() + 7 * weeks_ago)
    since, until = monday.astimezone(dt.UTC), (monday + dt.timedelta(days=7)).astimezone(dt.UTC)
    spent = minutes.given(world, since, until, HOPS_MOST)
    thanks, points = community.thanks_of_all(world, since, until)
    parts = sum(sms_parts(words) for words in rows.texts_between(world, since, until, TEXTS_MOST))
    own, others = (round(sum(span[n] for span in spent.values()) / 60) for n in (0, 1))
    return Line(tuple(map(Cell, (
        f"{monday:%d %b}", f"{len(spent):,}", f"{own:,}", f"{others:,}", f"{sum(minutes.typing(world, since, until).values()) / 60:,.0f}",
        f"{sum(span[1] > 0 for span in spent.values()):,}", f"{thanks:,}", f"{points:,}",
        f"{parts:,}",
    ))))  # fmt: skip
