"""What is broken for many: said once, promised once, told once when it works again. And what went wrong more often than usual in the last hour."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, g, request, url_for
from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from gateway.community.incidents import rows, verbs
from gateway.community.incidents.model import FIX_HOURS, LIVE_MOST, SPIKE_FROM, SPIKE_TIMES, TITLE_MOST, USUAL_DAYS, Incident, Signal
from gateway.community.items import rows as items
from gateway.community.items.model import is_case
from gateway.community.items.voice_rows import done_at
from gateway.console.fields import FlaskForm, required, whole
from gateway.console.guard import item_or_404, needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Table, said, show
from gateway.members import rows as members
from gateway.members.model import short
from gateway.site import Site
from gateway.store import audit

OVER_SHOWN, CASES_SHOWN = 20, 30
LIVE = (("Number", "ref"), ("What", ""), ("Have it too", "number"), ("Works again by", ""), ("", ""))
OVER = (("Number", "ref"), ("What", ""), ("Had it too", "number"), ("Began", ""), ("Worked again", ""), ("Calls asked for meanwhile", "number"))
SIGNALS = (("Signal", ""), ("In the last hour", "number"), ("In a usual hour", "number"), ("", ""))
CASES = (("When", ""), ("Member", ""), ("Case", "ref"), ("Words", "words"), ("", ""))


class BrokenForm(FlaskForm):  # type: ignore[misc]
    key = HiddenField(validators=[InputRequired()])
    title = required("What is broken, in a member's words?", TITLE_MOST, placeholder="Sending money")
    hours = IntegerField("It works again within so many hours", [InputRequired(), NumberRange(*FIX_HOURS)])


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/broken")
    @needs("feedback:read")
    def broken() -> str:
        may = g.signed_in.operator.may("feedback:write")
        with world_of(site) as world:
            live = rows.live(world)
            tables = [
                _live(world, live, may), Table("Signals", SIGNALS, [_signal(one) for one in verbs.signals(world)], "Nothing was said to be wrong."),
                *([_cases(world, live)] if live and may else []), _over(world),
            ]  # fmt: skip
        words = (
            "What is broken for many is said here once. Members find it before they write or call (6, 1, 2), say with one key that they have it too, and hear "
            f"once by SMS when it works again: take that step on its own page, which shows what it costs. A signal is marked from {SPIKE_FROM} in an hour and "
            f"{SPIKE_TIMES} times the mean of {USUAL_DAYS} days."
        )
        form = BrokenForm(formdata=None, key=secrets.token_hex(8))
        asks = [Ask("Something is broken", form, url_for("console.open_broken"), "Say it", f"At most {LIVE_MOST} at once, as a screen lists.")]
        return show("What is broken", words=words, tables=tables, asks=asks if may and len(live) < LIVE_MOST else [])

    _hang_deeds(console, site)


def _hang_deeds(console: Blueprint, site: Site) -> None:
    @console.post("/broken")
    @needs("feedback:write")
    def open_broken() -> Any:
        form, there, by = BrokenForm(), url_for("console.broken"), g.signed_in.operator.login
        if not form.validate_on_submit() or not form.title.data.strip():
            return said(f"A few words of at most {TITLE_MOST} letters and {FIX_HOURS[0]} to {FIX_HOURS[1]} hours are needed.", there, wrong=True)
        with world_of(site) as world:
            number = verbs.open_incident(world, form.title.data, form.hours.data, by, f"broken-{form.key.data[:40]}")
            if number:
                audit.note(world, by, "incident_opened", f"item {number}", title=form.title.data.strip(), hours=form.hours.data)
        return said(f"Said, number {number}." if number else f"{LIVE_MOST} are open already.", there, wrong=not number)

    @console.post("/broken/<number>/promise")
    @needs("feedback:write")
    def promise_anew(number: str) -> Any:
        hours, there, by = whole(request.form.get("hours"), FIX_HOURS[1]), url_for("console.broken"), g.signed_in.operator.login
        if not hours:
            return said(f"{FIX_HOURS[0]} to {FIX_HOURS[1]} hours are needed.", there, wrong=True)
        with world_of(site) as world:
            done = verbs.promise_anew(world, item_or_404(world, number), hours, by)
            if done:
                audit.note(world, by, "incident_promised", f"item {number}", hours=hours)
        return said("Promised. Who has it too finds it under 9." if done else "That works again already.", there, wrong=not done)

    @console.post("/broken/<number>/cases/<case>")
    @needs("feedback:write")
    def join_case(number: str, case: str) -> Any:
        there, by = url_for("console.broken"), g.signed_in.operator.login
        with world_of(site) as world:
            one = items.by_number(world, case)
            done = one is not None and verbs.join_case(world, one, item_or_404(world, number), by)
            if done:
                audit.note(world, by, "case_joined", f"item {number}", case=case)
        return said("Counted: they hear when it works again. Their case stays open." if done else "That has changed meanwhile.", there, wrong=not done)


def _live(world: Any, live: list[Incident], may: bool) -> Table:
    lines = [
        Line((
            Cell(one.number, link=url_for("console.item", number=one.number)), Cell(one.title), Cell(one.many),
            Cell(f"{world.organisation.local(one.fixed_by):%d %b %H:%M}" + (", overdue" if one.fixed_by < world.now() else "")),
        ), [Deed("Promise anew", url_for("console.promise_anew", number=one.number), about=one.title, number="hours")] if may else [])
        for one in live
    ]  # fmt: skip
    return Table("Broken now", LIVE, lines, "Nothing is said to be broken.")


def _over(world: Any) -> Table:
    local = world.organisation.local
    lines = [
        Line((
            Cell(one.number, link=url_for("console.item", number=one.number)), Cell(one.title), Cell(one.many), Cell(f"{local(one.began):%d %b %H:%M}"),
            Cell(f"{local(ended):%d %b %H:%M}" if ended else "–"), Cell(rows.calls_asked(world, one.began, ended) if ended else "–"),
        ))
        for one, ended in ((one, done_at(world, one.item_id)) for one in rows.over(world, OVER_SHOWN))
    ]  # fmt: skip
    return Table("Works again", OVER, lines, "None yet.")


def _signal(one: Signal) -> Line:
    return Line((Cell(one.name), Cell(one.now), Cell(f"{one.usual:.1f}"), Cell("more than usual" if one.is_spike else "–", state=one.is_spike)))


def _cases(world: Any, live: list[Incident]) -> Table:
    """Cases since the first of what is broken began, each with a button for what it may be."""
    since, voted = min(one.began for one in live), {one.item_id: set(items.voters(world, [one.item_id], (1,))) for one in live}
    said = items.page(world, before=None, most=CASES_SHOWN, kinds=("wrong", "problem"), states=("new", "open", "looked_at"))
    listed = [one for one in said if one.made_at >= since and is_case(one)]
    known = members.by_ids(world, [one.member_id for one in listed if one.member_id])
    lines = []
    for case in listed:
        if case.member_id not in known:
            continue
        deeds = [
            Deed(f"It is: {one.title}", url_for("console.join_case", number=one.number, case=case.number), about=case.number)
            for one in live
            if case.member_id not in voted[one.item_id]
        ]
        words = case.words or verbs.WRONG.get(case.topic, case.topic)
        cells = (
            Cell(f"{world.organisation.local(case.made_at):%d %b %H:%M}"),
            Cell("sealed" if case.shown == "sealed" else short(known[case.member_id].name)),
            Cell(case.number),
            Cell(words),
        )
        lines.append(Line(cells, deeds))
    return Table("Cases since then", CASES, lines, "No case since then.")
