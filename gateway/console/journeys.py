"""Where calls go and what they cost: figures of each screen and each journey of the last days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from flask import Blueprint, request
from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice

from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Line, Table, show
from gateway.members import rows as members
from gateway.records import cost_rows, figures, rows
from gateway.records.figures import cost
from gateway.records.model import PRIVATE, phone_of
from gateway.site import Site
from gateway.words import LANGUAGES
from menus.alphabet import sms_parts
from menus.book import BOOK
from menus.check.graph import is_end
from menus.screens import Do

DAYS = {"1": "the last day", "7": "the last 7 days", "30": "the last 30 days"}
OWN = {"home": "Home", "lost": "What would help?", "cut": "Was it cut?", "resume": "Carry on?", PRIVATE: "Private matters"}  # what has no title in the book
TEXTS_MOST = 50_000  # messages whose parts are counted
SAYS_MOST = 40  # letters of a screen by which it is known
STEPS_MOST = 200_000  # hops that are looked at: a busy day of a big co-operative
SCREENS = (
    ("Screen", ""), ("It says", "words"), ("Seen", "number"), ("Answered", "number"), ("Not understood", "number"), ("Left by time", "number"),
    ("Hung up", "number"), ("Half answer in", "number"), ("95 % in", "number"),
)  # fmt: skip
JOURNEYS = (
    ("Journey", ""), ("Calls", "number"), ("Came to an end", "number"), ("Screens a call", "number"), ("Seconds a call", "number"),
    ("SMS parts a call", "number"),
    ("Answered", "number"), ("Not understood", "number"), ("Left by time", "number"), ("Hung up", "number"), ("Half answer in", "number"),
    ("95 % in", "number"),
)  # fmt: skip
PARTS = (
    ("Callers", ""), ("Calls", "number"), ("Hops", "number"), ("Hops a call", "number"), ("Not understood", "number"), ("Left by time", "number"),
    ("Hung up", "number"), ("Half answer in", "number"), ("95 % in", "number"),
)  # fmt: skip
NETWORKS = {"63902": "Safaricom", "63903": "Airtel Kenya", "63907": "Telkom Kenya", "99999": "the sandbox", "": "the network was not told"}
TEXTS = (("SMS", ""), ("What it says", ""), ("Written", "number"), ("Parts", "number"), ("Provider says", "number"))
CODES = {
    "ask": "asks something",
    "sms": "answers an SMS",
    "state": "how one's own goes on",
    "route": "asks a helper",
}  # keys that are no names


class SpanForm(Form):  # type: ignore[misc]
    """It only reads: no token needed."""

    days = SelectField("Of", choices=[SelectChoice(value, label) for value, label in DAYS.items()], default="7")


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/journeys")
    @needs("feedback:read")
    def journeys() -> str:
        form = SpanForm(request.args)
        days = form.days.data if form.days.data in DAYS else "7"
        with world_of(site) as world:
            since = world.now() - dt.timedelta(days=int(days))
            steps = rows.steps_since(world, since, STEPS_MOST)
            written = list(cost_rows.written_since(world, since, TEXTS_MOST))
            paid = cost_rows.cost_of_calls(world, since, STEPS_MOST)
            spoken = members.languages(world, {phone_of(one.number) for one in steps})
        sent = _sent(written)
        texts = [figures.Written(one.number, one.about, one.at, sms_parts(one.words)) for one in written]
        calls = len({one.call for one in steps})
        costs = [one for _, _, said in sent.values() for one in said]
        facts = [
            ("Calls", f"{calls:,}"), ("Hops", f"{len(steps):,}"), ("SMS parts", f"{sum(parts for _, parts, _ in sent.values()):,}"),
            ("The provider says of calls", _cost(paid)), ("and of SMS", _cost(costs)),
        ]  # fmt: skip
        if len(steps) == STEPS_MOST:  # the figures of calls are of fewer days than was asked for
            facts.append(("Calls since", f"{world.organisation.local(min(one.at for one in steps)):%d %b %H:%M}"))
        if sum(count for count, _, _ in sent.values()) == TEXTS_MOST:
            facts.append(("SMS", f"the newest {TEXTS_MOST:,}"))
        networks = figures.by_part(steps, _is_end, lambda one: NETWORKS.get(one.network, one.network))
        languages = figures.by_part(steps, _is_end, lambda one: LANGUAGES.get(spoken.get(phone_of(one.number), ""), "no member yet"))
        tables = [
            Table("Journeys", JOURNEYS, [_journey(one) for one in figures.by_journey(steps, _is_end, texts)], "Nobody has called."),
            Table("Screens", SCREENS, [_screen(one) for one in figures.by_screen(steps, _is_end)], "Nobody has called."),
            Table("By network", PARTS, [_part(*one) for one in networks], "Nobody has called."),
            Table("By language", PARTS, [_part(*one) for one in languages], "Nobody has called."),
            Table("SMS", TEXTS, [_text(what, counted) for what, counted in sorted(sent.items(), key=lambda one: -one[1][1])], "No SMS was written."),
        ]
        words = (
            "Seconds are from our own clock: from a screen to the answer to it. A call that ends within 25 seconds of a screen was hung up. "
            "A network is what the provider names when a call has ended; a language is the member's of today."
        )
        return show("Journeys", words=words, facts=facts, filter=form, tables=tables)


def _sent(written: Iterable[Any]) -> dict[tuple[str, str], tuple[int, int, list[str]]]:
    """(kind, what it says) -> (messages, their parts, what each cost)."""
    parts: dict[tuple[str, str], list[int]] = defaultdict(list)
    costs: dict[tuple[str, str], list[str]] = defaultdict(list)
    for one in written:
        what = one.kind, one.key.partition(":")[0]
        parts[what].append(sms_parts(one.words))
        costs[what] += [one.cost] if one.cost else []
    return {what: (len(each), sum(each), costs[what]) for what, each in parts.items()}


def _text(known: tuple[str, str], counted: tuple[int, int, list[str]]) -> Line:
    (kind, what), (count, parts, said) = known, counted
    return Line((Cell(kind), Cell(CODES.get(what, what.replace("_", " "))), Cell(f"{count:,}"), Cell(f"{parts:,}"), Cell(_cost(said))))


def _cost(said: Iterable[str]) -> str:
    """`KES 2.40`; of what tells no currency only the number."""
    return ", ".join(f"{currency} {amount:,.2f}".strip() for currency, amount in sorted(cost(said).items())) or "–"


def _is_end(label: str) -> bool:
    """A last word, or a screen that is only read. Of what is private nobody knows where it ended, so it is not said to be left."""
    return label == PRIVATE or (label in BOOK and is_end(BOOK[label]))


def _screen(one: figures.Screen) -> Line:
    thought = [f"{one.thought_s(share):.0f} s" if one.thought else "–" for share in (0.5, 0.95)]
    counts = (one.seen, one.answered, one.unclear, one.left_by_time, one.left_by_hand)
    return Line((Cell(one.label, kind="ref"), Cell(_says(one.label)), *(Cell(f"{count:,}") for count in counts), *map(Cell, thought)))


def _part(one: figures.Screen, calls: int) -> Line:
    thought = [f"{one.thought_s(share):.0f} s" if one.thought else "–" for share in (0.5, 0.95)]
    counts = (f"{calls:,}", f"{one.seen:,}", f"{one.seen / calls:.1f}", f"{one.unclear:,}", f"{one.left_by_time:,}", f"{one.left_by_hand:,}")
    return Line((Cell(one.label), *map(Cell, counts), *map(Cell, thought)))


def _says(label: str) -> str:
    """The first line of a screen, as the book has it."""
    step = BOOK.steps.get(label)
    return "" if step is None or isinstance(step, Do) else step.text.partition("\n")[0][:SAYS_MOST]


def _journey(one: figures.Journey) -> Line:
    title = next((flow.title for flow in BOOK.flows if flow.name == one.flow), "") or OWN.get(one.flow, one.flow)
    return Line((
        Cell(title), Cell(f"{one.begun:,}"), Cell(f"{one.done:,}"), Cell(f"{one.screens / one.begun:.1f}"), Cell(f"{one.seconds / one.begun:.0f}"),
        Cell(f"{one.parts / one.begun:.1f}"),
        *(Cell(f"{count:,}") for count in (one.answered, one.unclear, one.left_by_time, one.left_by_hand)),
        *(Cell(f"{one.thought_s(share):.0f} s" if one.thought else "–") for share in (0.5, 0.95)),
    ))  # fmt: skip
