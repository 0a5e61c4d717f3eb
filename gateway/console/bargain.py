"""What members get back for what they do: months, what a service costs, trust, and work that goes into their hands while it is fair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, g, url_for
from wtforms.validators import ValidationError

from gateway.community import saved
from gateway.community.bargain import rows, verbs
from gateway.community.bargain.model import HANDS, NAME_MOST, SHOWN_FROM, UNFAIR_BELOW, Process, Rates, Served, may_be_shown
from gateway.community.bargain.verbs import HANDS_WORDS, NotHandedOver
from gateway.console.fields import FlaskForm, minor, optional, required, select
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Table, said, show
from gateway.site import Site
from gateway.store import audit

MONTHS_SHOWN, QUARTERS_SHOWN, HANDOVERS_SHOWN = 12, 8, 20
WHY_MOST = 80
MONTHS = (
    ("Month", ""), ("Lower fees", "number"), ("Rewards", "number"), ("Dividend", "number"), ("Time", "number"), ("Work of staff saved", "number"),
    ("Done for others", "number"), ("Back, of 100", "number"), ("", ""),
)  # fmt: skip
SERVICES = (
    ("Service", ""), ("Begun", "number"), ("Done", "number"), ("No person needed", "number"), ("Cost by phone", "number"), ("At the counter", "number"),
    ("", ""),
)  # fmt: skip
TRUST = (("Quarter", ""), ("Yes", "number"), ("Not sure", "number"), ("No", "number"), ("Answered", "number"))
PROCESSES = (("Work", ""), ("In whose hands", ""), ("Since", ""), ("", ""))
HANDOVERS = (("When", ""), ("Work", ""), ("From", ""), ("To", ""), ("Why", "words"), ("By", ""))
HOW = (
    "What came back to members (lower fees, rewards, the dividend, their time at the worth of an hour) over what they made (work that staff did not have to "
    f"do, and time given to each other). Below {UNFAIR_BELOW} of 100 they get less than half. Two such months in a row, and no more work is handed over to "
    "them. Members see the last month under 5, 98, 6, 2."
)


class RatesForm(FlaskForm):  # type: ignore[misc]
    hour = required("An hour of a member is worth", 20, inputmode="decimal", placeholder="100")
    staff_hour = required("An hour of staff costs", 20, inputmode="decimal", placeholder="300")
    call = optional("A call (USSD session) costs", 20, inputmode="decimal", placeholder="0.50")
    text = optional("An SMS part costs", 20, inputmode="decimal", placeholder="0.80")
    month = optional("Every month, whatever happens", 20, inputmode="decimal", placeholder="5000")


class CountForm(FlaskForm):  # type: ignore[misc]
    """Nothing to fill in."""


class ProcessForm(FlaskForm):  # type: ignore[misc]
    name = required("What work?", NAME_MOST, placeholder="Paying for milk")

    def validate_name(self, field: Any) -> None:
        if not field.data.strip():
            raise ValidationError("a name is needed")


class HandOverForm(FlaskForm):  # type: ignore[misc]
    work = select("Work")
    hands = select("Into whose hands", *(f"{name}|{words}" for name, words in HANDS_WORDS.items()))
    why = required("Why", WHY_MOST)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/fair")
    @needs("feedback:read")
    def fair() -> str:
        with world_of(site) as world:
            return _page(world)

    @console.post("/fair/rates")
    @needs("feedback:write")
    def set_rates() -> Any:
        form, there = RatesForm(), url_for("console.fair")
        with world_of(site) as world:
            typed = {name: _amount(world, form[name].data, needed=name in ("hour", "staff_hour")) for name in ("hour", "staff_hour", "call", "text", "month")}
            amounts = {name: amount for name, amount in typed.items() if amount is not None}
            if not form.validate_on_submit() or len(amounts) < len(typed):
                return said(f"Amounts are needed, like {'100 or 0.80' if world.organisation.digits else '100'}.", there, wrong=True)
            rows.put_rates(world, Rates(**amounts), g.signed_in.operator.login)
            audit.note(world, g.signed_in.operator.login, "rates_set", "fair share", **amounts)
        return said("Kept. Months are counted at these rates from now on; count the last ones again if you like.", there)

    @console.post("/fair/count")
    @needs("feedback:write")
    def count_months_again() -> Any:
        there = url_for("console.fair")
        with world_of(site) as world:
            if not verbs.count_again(world):
                return said("Say first what an hour is worth.", there, wrong=True)
            audit.note(world, g.signed_in.operator.login, "fair_share_counted", "last two months")
        return said("The last two months are counted again.", there)

    _hang_work(console, site)


def _hang_work(console: Blueprint, site: Site) -> None:
    @console.post("/fair/work")
    @needs("feedback:write")
    def add_process() -> Any:
        form, there = ProcessForm(), url_for("console.fair")
        if not form.validate_on_submit():
            return said(f"A name of at most {NAME_MOST} letters is needed.", there, wrong=True)
        with world_of(site) as world:
            try:
                new = verbs.write_process(world, form.name.data.strip())
            except NotHandedOver as why:
                return said(f"Not written down: {why}.", there, wrong=True)
            if new:
                audit.note(world, g.signed_in.operator.login, "process_written", form.name.data.strip())
        return said("Written down." if new else "It stands there already.", there, wrong=not new)

    @console.post("/fair/work/<int:id>")
    @needs("feedback:write")
    def drop_process(id: int) -> Any:
        there, by = url_for("console.fair"), g.signed_in.operator.login
        with world_of(site) as world:
            done = rows.drop_process(world, id)
            if done:
                audit.note(world, by, "process_dropped", f"process {id}")
        return said("Taken off." if done else "It was handed over before, or is gone: that is history.", there, wrong=not done)

    @console.post("/fair/handover")
    @needs("feedback:write")
    def hand_over() -> Any:
        there, by = url_for("console.fair"), g.signed_in.operator.login
        with world_of(site) as world:
            form = _hand_over_form(rows.processes_here(world), HandOverForm())
            if not form.validate_on_submit() or not form.why.data.strip():
                return said("A piece of work, new hands and a reason are needed.", there, wrong=True)
            one = rows.process(world, int(form.work.data))
            if one is None:
                abort(404)
            try:
                verbs.hand_over(world, one, form.hands.data, why=form.why.data.strip(), by=by)
            except NotHandedOver as why:
                return said(f"Not handed over: {why}.", there, wrong=True)
            audit.note(world, by, "handed_over", one.name, before=one.hands, after=form.hands.data)
        return said(f"{one.name}: now {HANDS_WORDS[form.hands.data]}. Members see it under 5, 98, 6, 2, 1.", there)


def _amount(world: Any, typed: str | None, *, needed: bool) -> int | None:
    """Nothing typed is no cost; an hour is worth something."""
    return minor(world, typed, least=0) if needed or (typed or "").strip() else 0


def _hand_over_form(processes: Sequence[Process], form: HandOverForm) -> HandOverForm:
    form.work.choices = [(str(one.id), one.name) for one in processes]
    return form


def _page(world: Any) -> str:
    may, processes, known = g.signed_in.operator.may("feedback:write"), rows.processes_here(world), rows.rates_here(world)
    stopped = verbs.is_unfair(world)
    asks = []
    if may:
        asks = [
            Ask("What things are worth here", _rates_form(world, known), url_for("console.set_rates"), "Keep",
                "Ask members what a day's work earns, and take an eighth. Costs are on the provider's invoice."),
            Ask("The last two months", CountForm(formdata=None), url_for("console.count_months_again"), "Count again", "At the rates of today."),
            Ask("A piece of work", ProcessForm(formdata=None), url_for("console.add_process"), "Write it down", "Which queue could members run themselves?"),
        ]  # fmt: skip
        if processes:
            about = "Members get too little now: only backwards." if stopped else "One piece a quarter, and look how it went."
            asks.append(Ask("Hand it over", _hand_over_form(processes, HandOverForm(formdata=None)), url_for("console.hand_over"), "Hand over", about))
    facts = [("Handing over", "stopped: members get too little" if stopped else "open")]
    tables = [_months(world), _services(world, known), _trust(world), _processes(world, processes, may), _handovers(world)]
    return show("Fair share", words=HOW, facts=facts, tables=tables, asks=asks)


def _rates_form(world: Any, known: Rates | None) -> RatesForm:
    def said_as(minor_units: int) -> str:
        digits = world.organisation.digits
        whole, cents = divmod(minor_units, 10**digits)
        return f"{whole}.{cents:0{digits}}" if cents else f"{whole}"

    values = {name: said_as(getattr(known, name)) for name in ("hour", "staff_hour", "call", "text", "month")} if known else {}
    return RatesForm(formdata=None, data=values)


def _months(world: Any) -> Table:
    money = world.organisation.money
    lines = []
    for month, one in rows.last_months(world, MONTHS_SHOWN):
        poor = one.share is not None and one.share < UNFAIR_BELOW
        cells = (one.fees, one.rewards, one.dividend, one.time, one.staff, one.given)
        lines.append(Line((
            Cell(month), *(Cell(money(amount)) for amount in cells), Cell("–" if one.share is None else one.share),
            Cell("too little" if poor else "", state=poor),
        )))  # fmt: skip
    return Table("What came back", MONTHS, lines, "No month is counted yet: say below what an hour is worth.")


def _services(world: Any, known: Rates | None) -> Table:
    money = world.organisation.money
    found, counters = verbs.served_here(world, saved.DAYS), saved.counters(world)
    lines = []
    for service, one in found.items():
        if not one.begun:
            continue
        counter = round(counters[service].staff * known.staff_hour / 60) if known and service in counters else None
        phone = round(one.each) if known and one.each is not None else None
        dearer = counter is not None and phone is not None and phone > counter
        lines.append(Line((
            Cell(service), Cell(f"{one.begun:,}"), Cell(f"{one.done:,}"), Cell(_contained(one)), Cell("–" if phone is None else money(phone)),
            Cell("–" if counter is None else money(counter)), Cell("dearer than the counter" if dearer else "", state=dearer),
        )))  # fmt: skip
    return Table(f"Services in {saved.DAYS} days, and what one costs", SERVICES, lines, "Nobody has called.")


def _contained(one: Served) -> str:
    return "–" if not one.begun else f"{100 * one.contained / one.begun:.0f} of 100"


def _trust(world: Any) -> Table:
    lines, over = [], verbs.last_quarter(world)[0]
    for quarter, answers in rows.trust_by_quarter(world, QUARTERS_SHOWN):
        heads, shown = sum(answers.values()), quarter <= over and may_be_shown(answers)
        shares = [f"{100 * answers.get(word, 0) / heads:.0f} of 100" if shown else "–" for word in ("yes", "unsure", "no")]
        lines.append(Line((Cell(quarter.replace("-", " Q")), *map(Cell, shares), Cell(f"{heads:,}" if heads >= SHOWN_FROM else f"under {SHOWN_FROM}"))))
    return Table(
        "If something is wrong, will it be put right?",
        TRUST,
        lines,
        "Nobody has answered yet. It waits for members under 9, once a quarter, and is shown when the quarter is over.",
    )


def _processes(world: Any, processes: Sequence[Process], may: bool) -> Table:
    local, moved = world.organisation.local, rows.moved_processes(world)
    lines = []
    for one in processes:
        off = Deed("Take off", url_for("console.drop_process", id=one.id), about=one.name)
        cells = (Cell(one.name), Cell(HANDS_WORDS[one.hands], state=one.hands != HANDS[0]), Cell(f"{local(one.since):%d %b %Y}"))
        lines.append(Line(cells, [off] if may and one.id not in moved else []))
    return Table("Who does what", PROCESSES, lines, "Nothing is written down yet.")


def _handovers(world: Any) -> Table:
    local = world.organisation.local
    lines = [
        Line((Cell(f"{local(at):%d %b %Y}"), Cell(name), Cell(HANDS_WORDS[before]), Cell(HANDS_WORDS[after]), Cell(why), Cell(by)))
        for name, before, after, why, by, at in rows.handovers_here(world, HANDOVERS_SHOWN)
    ]
    return Table("Handed over", HANDOVERS, lines, "Nothing yet.")
