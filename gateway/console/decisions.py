"""Who decides what, as members read it: write it down, change it, take it off. Every change is noted with a name."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from gateway.community.decisions import rows, verbs
from gateway.community.decisions.model import DAYS, NAME_MOST
from gateway.console.fields import FlaskForm, required, select
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Table, said, show
from gateway.site import Site
from gateway.store import audit

COLUMNS = (("What is decided", ""), ("Who decides", ""), ("A no has its reason within days", "number"), ("Since", ""), ("", ""))
WHO = {"members": "members", "staff": "staff", "both": "staff and members"}


class DecisionForm(FlaskForm):  # type: ignore[misc]
    name = required("What is decided", NAME_MOST, placeholder="Prices and fees")
    who = select("Who decides", *(f"{name}|{label.capitalize()}" for name, label in WHO.items()))
    days = IntegerField("A no has its reason within days", [InputRequired(), NumberRange(DAYS.start, DAYS.stop - 1)], default=14)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/decisions")
    @needs("feedback:read")
    def decisions() -> str:
        may = g.signed_in.operator.may("feedback:write")
        with world_of(site) as world:
            lines = [
                Line(
                    (Cell(one.name), Cell(WHO[one.who]), Cell(one.days), Cell(f"{world.organisation.local(one.since):%d %b %Y}", kind="nowrap")),
                    [Deed("Take off", url_for("console.drop_decision", id=one.id), about=one.name)] if may else [],
                )
                for one in rows.here(world)
            ]
        words = "Members read it under 5, 98, 5, 4. What is in their hands is decided by a vote; what is in yours needs a reason that they can read."
        about = "The same name again changes what stands there. Write it as most members speak: it is not translated."
        asks = [Ask("Who decides what", DecisionForm(formdata=None), url_for("console.write_decision"), "Write it down", about)] if may else []
        tables = [Table("Who decides what", COLUMNS, lines, "Nothing is written down yet: begin with prices, rules and leaders.")]
        return show("Who decides what", words=words, tables=tables, asks=asks)

    @console.post("/decisions")
    @needs("feedback:write")
    def write_decision() -> Any:
        form, there, by = DecisionForm(), url_for("console.decisions"), g.signed_in.operator.login
        if not form.validate_on_submit():
            return said(f"A name of at most {NAME_MOST} letters, who decides and {DAYS.start} to {DAYS.stop - 1} days are needed.", there, wrong=True)
        with world_of(site) as world:
            try:
                new = verbs.write_down(world, form.name.data, form.who.data, form.days.data, by)
            except verbs.NotWritten as why:
                return said(f"Not written down: {why}.", there, wrong=True)
            audit.note(world, by, "decision_written", " ".join(form.name.data.split()), who=form.who.data, days=form.days.data)
        return said("It is written down: members read it now." if new else "Changed: members read it now.", there)

    @console.post("/decisions/<int:id>/drop")
    @needs("feedback:write")
    def drop_decision(id: int) -> Any:
        there, by = url_for("console.decisions"), g.signed_in.operator.login
        with world_of(site) as world:
            found = rows.one(world, id)
            if found is None or not rows.drop(world, id):
                return said("That has changed meanwhile.", there, wrong=True)
            audit.note(world, by, "decision_dropped", found.name)
        return said("Taken off.", there)
