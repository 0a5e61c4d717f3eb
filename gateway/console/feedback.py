"""The inbox of what members say to us: what is wrong, what nobody has sorted yet, what is new."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, redirect, request, url_for
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from gateway.community import facts
from gateway.community.items import rows, voice_rows
from gateway.community.items.model import WRITTEN_BY, kind_of
from gateway.community.items.states import CannotGo, go
from gateway.community.sealed.model import SEALED
from gateway.console import writing
from gateway.console.fields import whole
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Deed, Line, Table, said, show
from gateway.site import Site
from gateway.store import audit

LANES = {  # what is asked for -> (kinds, how it is called): all, the four lanes, and parts of them
    "": (tuple(kind for kinds, _ in facts.LANES.values() for kind in kinds), "everything"),
    **{name.lower(): (kinds, name.lower()) for name, (kinds, _) in facts.LANES.items()},
    "wrong": (("wrong",), "something is wrong"), "unsorted": (("unsorted",), "not sorted yet"), "problem": (("problem",), "problems that all see"),
    "statement": (("statement",), "statements"),
}  # fmt: skip
STATES = {"": (), "new": ("new", "held", "open"), "looked_at": ("looked_at",), "done": ("done",), "closed": ("closed",)}
CALLED = {"wrong": "wrong", "unsorted": "not sorted"}
WAITING = (("Lane", ""), ("A person looks within", ""), ("Wait", "number"), ("Overdue", "number"), ("The oldest", ""))
COLUMNS = (("When", ""), ("Number", "ref"), ("What", ""), ("Words", "words"), ("From", ""), ("State", ""), ("", ""))
STEPS: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {  # kind -> state -> the steps that one press takes: (state, word on the button)
    "wrong": {"new": (("looked_at", "Read"),), "looked_at": (("done", "Put right"),), "open": (("looked_at", "Read"), ("done", "Put right"))},
    "unsorted": {"new": (("looked_at", "Read"), ("closed", "Close")), "looked_at": (("closed", "Close"),)},
}


class FilterForm(Form):  # type: ignore[misc]
    """It only reads: no token needed."""

    kind = SelectField("What", choices=[SelectChoice(name, lane[1]) for name, lane in LANES.items()], default="")
    state = SelectField("State", choices=[SelectChoice(name, name.replace("_", " ") or "every") for name in STATES], default="")


class MarkForm(FlaskForm):  # type: ignore[misc]
    state = HiddenField(validators=[AnyOf(["looked_at", "done", "closed"])])


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/feedback")
    @needs("feedback:read")
    def feedback() -> str:
        form = FilterForm(request.args)
        kinds, states = LANES.get(form.kind.data or "", LANES[""])[0], STATES.get(form.state.data or "", ())
        with world_of(site) as world:
            listed = facts.inbox(world, before=whole(request.args.get("before", "")), kinds=kinds, states=states)
            may = g.signed_in.operator.may("feedback:write")
            lines = [_line(world, one, may=may) for one in listed]
            again = [] if request.args else facts.told(world, voice_rows.reopened(world, facts.PAGE))
            waiting = [] if request.args else [_lane(world, one) for one in facts.lanes(world)]
            first = [_line(world, one, may=may) for one in again]
        older = url_for("console.feedback", kind=form.kind.data, state=form.state.data, before=listed[-1].item.id) if len(listed) == facts.PAGE else None
        clear = url_for("console.feedback") if form.kind.data or form.state.data else ""
        words = "What is wrong is closed by the member who said it: put it right, and they are asked."
        tables = [Table("Four lanes", WAITING, waiting)] if waiting else []
        tables += [Table("Not right yet: first in line", COLUMNS, first)] if first else []
        empty = "Nobody has said anything like that." if clear else "Nobody has said anything yet."
        return show(
            "Feedback", words=words, filter=form, clear=clear, tables=[*tables, Table("Newest first", COLUMNS, lines, empty)], older=older, asks=writing.asks()
        )

    @console.post("/feedback/<int:id>")
    @needs("feedback:write")
    def mark_feedback(id: int) -> Any:
        form = MarkForm()
        if not form.validate_on_submit():
            abort(400)
        there = request.referrer if (request.referrer or "").startswith(request.host_url) else url_for("console.feedback")
        with world_of(site) as world:
            one = rows.by_id(world, id)
            if one is None or kind_of(one.kind).public or one.about == SEALED:
                abort(404)
            try:
                go(world, one, form.state.data, g.signed_in.operator.login)
            except CannotGo as why:
                return said(f"Not done: {why}.", there, wrong=True)
            audit.note(world, g.signed_in.operator.login, "feedback_marked", f"feedback {one.number}", before=one.state, after=form.state.data)
        return redirect(there)


def _lane(world: Any, lane: facts.Lane) -> Line:
    within = f"{lane.hours} hours" if lane.hours <= 24 else f"{lane.hours // 24} days"
    oldest = f"{world.organisation.local(lane.oldest):%d %b %H:%M}" if lane.oldest else "–"
    return Line((
        Cell(lane.name, link=url_for("console.feedback", kind=lane.name.lower())), Cell(within), Cell(lane.waiting),
        Cell(lane.overdue, state=bool(lane.overdue)), Cell(oldest),
    ))  # fmt: skip


def _line(world: Any, one: facts.Said, *, may: bool) -> Line:
    item, deeds, sealed = one.item, [], one.item.about == SEALED
    if may and not sealed:
        deeds = [
            Deed(word, url_for("console.mark_feedback", id=item.id), {"state": state}, item.number)
            for state, word in STEPS.get(item.kind, {}).get(item.state, ())
        ]
    about = url_for("console.transaction", id=int(item.about)) if item.about.isdigit() else ""
    what = CALLED.get(item.kind, item.kind) + (f", {one.topic.lower()}" if one.topic else "")
    what += f", written {item.about}, who dials for them" if item.about.startswith(WRITTEN_BY) else ""
    link = url_for("console.item", number=item.number) if kind_of(item.kind).public else about
    if sealed:
        link = url_for("console.sealed_item", number=item.number)
    return Line((
        Cell(f"{world.organisation.local(item.made_at):%d %b %H:%M}"), Cell(item.number, link=link), Cell(what), Cell(item.words or "–", link=about),
        Cell(f"{one.name} {one.number}".strip(), kind="nowrap"), Cell(item.state.replace("_", " "), state=True),
    ), deeds)  # fmt: skip
