"""Where calls go and what they cost: figures of each screen and each journey of the last days."""

from __future__ import annotations

import datetime as dt

from flask import Blueprint, request
from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice

from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Line, Table, show
from gateway.records import figures, rows
from gateway.records.model import PRIVATE
from gateway.site import Site
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
)  # fmt: skip
TEXTS = (("SMS", ""), ("Written", "number"), ("Parts", "number"))


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
            sent = rows.texts_sent_since(world, since, TEXTS_MOST)
        calls = len({one.call for one in steps})
        parts = [(kind, len(words), sum(map(sms_parts, words))) for kind, words in sorted(sent.items())]
        facts = [("Calls", f"{calls:,}"), ("Hops", f"{len(steps):,}"), ("SMS parts", f"{sum(part for _, _, part in parts):,}")]
        tables = [
            Table("Journeys", JOURNEYS, [_journey(one) for one in figures.by_journey(steps, _is_end)], "Nobody has called."),
            Table("Screens", SCREENS, [_screen(one) for one in figures.by_screen(steps, _is_end)], "Nobody has called."),
            Table("SMS", TEXTS, [Line((Cell(kind), Cell(f"{count:,}"), Cell(f"{part:,}"))) for kind, count, part in parts], "No SMS was written."),
        ]
        words = "Seconds are from our own clock: from a screen to the answer to it. A call that ends within 25 seconds of a screen was hung up."
        return show("Journeys", words=words, facts=facts, filter=form, tables=tables)


def _is_end(label: str) -> bool:
    """A last word, or a screen that is only read."""
    return label in BOOK and is_end(BOOK[label])


def _screen(one: figures.Screen) -> Line:
    thought = [f"{one.thought_s(share):.0f} s" if one.thought else "–" for share in (0.5, 0.95)]
    counts = (one.seen, one.answered, one.unclear, one.left_by_time, one.left_by_hand)
    return Line((Cell(one.label, kind="ref"), Cell(_says(one.label)), *(Cell(f"{count:,}") for count in counts), *map(Cell, thought)))


def _says(label: str) -> str:
    """The first line of a screen, as the book has it."""
    step = BOOK.steps.get(label)
    return "" if step is None or isinstance(step, Do) else step.text.partition("\n")[0][:SAYS_MOST]


def _journey(one: figures.Journey) -> Line:
    title = next((flow.title for flow in BOOK.flows if flow.name == one.flow), "") or OWN.get(one.flow, one.flow)
    return Line((
        Cell(title), Cell(f"{one.begun:,}"), Cell(f"{one.done:,}"), Cell(f"{one.screens / one.begun:.1f}"), Cell(f"{one.seconds / one.begun:.0f}"),
    ))  # fmt: skip
