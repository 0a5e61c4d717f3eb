"""Tips day by day: which tips in which order, who learns, how each step went, what the expert says to it, and what comes next."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, url_for

from gateway.community.courses import rows, verbs
from gateway.community.courses.model import OPEN_MOST, PARTS, TEXTS_A_MONTH, TITLE_MOST, Course
from gateway.community.helping import note_rows
from gateway.community.helping import rows as helping
from gateway.community.items import rows as items
from gateway.console.fields import FlaskForm, required
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Table, said, show
from gateway.members import rows as members
from gateway.members.model import short
from gateway.site import Site
from gateway.store import audit

COURSES = (
    ("Number", "ref"), ("Name", ""), ("Tips", "number"), ("Learn it", "number"), ("Have learnt it", "number"), ("Stopped", "number"), ("", ""), ("", ""),
)  # fmt: skip
STEPS = (
    ("Day", "number"), ("Tip", "ref"), ("Words", "words"), ("Who wrote it", "words"), ("The expert", "words"),
    ("Did it", "number"), ("Did not", "number"),
)  # fmt: skip
ABOUT = (
    "Tips of members, in an order that somebody who knows has found: one a day by SMS at nine, for who dials its number or sends FOLLOW with it. "
    "Each day the tip is sent as it stands then, so whoever mends one mends it for all who come after. "
    "An expert comments on a tip, on its page; the tip stays its writers'."
)
HOW = f"{PARTS[0]} to {PARTS[-1]} tips; at most {OPEN_MOST} are open at once."


class CourseForm(FlaskForm):  # type: ignore[misc]
    title = required("What is it called?", TITLE_MOST, placeholder="Calf feeding")
    numbers = required("Numbers of tips, in their order", 60, placeholder="3189, 3204, 3215")


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/courses")
    @needs("feedback:read")
    def courses() -> str:
        may = g.signed_in.operator.may("feedback:write")
        with world_of(site) as world:
            lines = [_line(world, one, may) for one in rows.all_courses(world)]
            left, due = verbs.texts_left(world), len(rows.due(world, verbs.SENT_AT_ONCE))
        facts = [("SMS left this month", f"{left:,} of {TEXTS_A_MONTH:,}"), ("Due now", due)]
        ask = Ask("String tips together", CourseForm(formdata=None), url_for("console.make_course"), "Make it", HOW)
        return show("Day by day", words=ABOUT, facts=facts, tables=[Table("Day by day", COURSES, lines, "None yet.")], asks=[ask] if may else [])

    @console.get("/courses/<number>")
    @needs("feedback:read")
    def course(number: str) -> str:
        with world_of(site) as world:
            one = rows.by_number(world, number)
            if one is None:
                abort(404)
            lines = _steps(world, one)
        return show(f"{one.title} ({number})", words=ABOUT, tables=[Table("Step by step", STEPS, lines)])

    @console.post("/courses")
    @needs("feedback:write")
    def make_course() -> Any:
        form, there, by = CourseForm(), url_for("console.courses"), g.signed_in.operator.login
        if not form.validate_on_submit():
            return said(f"A name of at most {TITLE_MOST} letters and numbers of tips are needed.", there, wrong=True)
        with world_of(site) as world:
            try:
                made = verbs.make_course(world, title=form.title.data, numbers=form.numbers.data.replace(",", " ").split(), by=by)
            except verbs.NotMade as why:
                return said(f"Not made: {why}.", there, wrong=True)
            audit.note(world, by, "course_made", made.title, number=made.number)
        return said(f"{made.title} is number {made.number}: members dial it, or find it under 4, 2, 4.", there)

    @console.post("/courses/<number>/turn")
    @needs("feedback:write")
    def turn_course(number: str) -> Any:
        there, by = url_for("console.courses"), g.signed_in.operator.login
        with world_of(site) as world:
            one = rows.by_number(world, number)
            if one is None:
                abort(404)
            try:
                verbs.turn(world, one)
            except verbs.NotMade as why:
                return said(f"Not done: {why}.", there, wrong=True)
            audit.note(world, by, "course_turned", one.title, was=one.state)
        return said("Done. Who learns it now goes on to its end.", there)


def _line(world: Any, one: Course, may: bool) -> Line:
    heads = rows.counts(world, one.id)
    cells = (
        Cell(one.number, link=url_for("console.course", number=one.number)), Cell(one.title), Cell(len(rows.parts_of(world, one.id))),
        Cell(heads.get("on", 0)), Cell(heads.get("done", 0)), Cell(heads.get("off", 0)), Cell(one.state, state=True),
    )  # fmt: skip
    deeds = [Deed("Close" if one.state == "open" else "Open", url_for("console.turn_course", number=one.number), about=one.title)]
    return Line(cells, deeds if may else [])


def _steps(world: Any, one: Course) -> list[Line]:
    ids, marked = rows.parts_of(world, one.id), rows.marks_of(world, one.id)
    known, lines = items.by_ids(world, ids), []
    for part, id in enumerate(ids, 1):
        tip, (did, did_not) = known[id], marked.get(part, (0, 0))
        names = ", ".join(short(author.name) for author in members.by_ids(world, helping.authors_of(world, id)).values())
        link = url_for("console.item", number=tip.number)
        cells = (Cell(part), Cell(tip.number, link=link), Cell(tip.words), Cell(names), Cell(note_rows.of(world, id).note), Cell(did), Cell(did_not))
        lines.append(Line(cells))
    return lines
