"""As a member: three things a week on the phone, seen from our own hops, and what was hard until somebody has mended it."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, g, url_for
from wtforms import HiddenField
from wtforms.validators import InputRequired

from gateway.community.drills import rows, verbs
from gateway.community.drills.model import HARD_MOST, TASKS, TASKS_A_WEEK, Note, Person, Tried
from gateway.console.fields import FlaskForm, member, required, select
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Link, Table, said, show
from gateway.site import Site
from gateway.store import audit

FIXED_SHOWN = 20
MINE = (("This week", ""), ("", ""), ("Quickest", "number"), ("Begun and not finished", "number"))
STAFF = (("Who", ""), ("Role", ""), ("Last time as a member", ""), ("This week", "number"), ("Last week", "number"), ("Not finished", "number"))
HARD = (("When", ""), ("Who", ""), ("What they did", ""), ("What was hard", "words"), ("", ""))
FIXED = (("Mended", ""), ("By", ""), ("What they did", ""), ("What was hard", "words"))


class NumberForm(FlaskForm):  # type: ignore[misc]
    key = HiddenField(validators=[InputRequired()])
    who = required("Your number or code as a member", 20)


class HardForm(FlaskForm):  # type: ignore[misc]
    task = select("What you did", *TASKS)
    words = required("What was hard, slow or unclear?", HARD_MOST)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/drills")
    @needs("feedback:read")
    def drills() -> str:
        may, login = g.signed_in.operator.may("feedback:write"), g.signed_in.operator.login
        with world_of(site) as world:
            people = rows.everybody(world)
            me = next(one for one in people if one.login == login)
            tables = [_mine(world, me), _staff(world, people), _hard(world, may), _fixed(world)]
        words = (
            f"Who works here uses the service as members do: {TASKS_A_WEEK} things a week, on a phone or on the phone page with a slow clock. What is done is "
            "seen from the calls of your own number, once you have said by SMS that it is yours; screens that are nobody's business are never among them."
        )
        asks = [
            Ask("What was hard", HardForm(formdata=None), url_for("console.say_hard"), "Say it", "Each becomes something to mend. Two a month are meant."),
            Ask("Your number", NumberForm(formdata=None, key=secrets.token_hex(8)), url_for("console.name_member"), "Ask me by SMS", _standing(me)),
        ]
        links = [Link("The phone page", url_for("phone.page"))] if site.settings.phone else []
        return show("As a member", words=words, links=links, tables=tables, asks=asks if may else asks[1:])

    @console.post("/drills/number")
    @needs("feedback:read")
    def name_member() -> Any:
        form, there, login = NumberForm(), url_for("console.drills"), g.signed_in.operator.login
        with world_of(site) as world:
            who = member(world, form.who.data)
            if not form.validate_on_submit() or who is None:
                return said("A member is needed: a phone number or a member code.", there, wrong=True)
            person = next(one for one in rows.everybody(world) if one.login == login)
            try:
                verbs.name_member(world, person, who, f"{login}-{form.key.data[:40]}")
            except verbs.NotAsked as why:
                return said(f"Not asked: {why}.", there, wrong=True)
            audit.note(world, login, "drill_number", f"member {who.code}")
        return said("Asked by SMS. It counts when you have answered 1 on that phone.", there)

    @console.post("/drills/hard")
    @needs("feedback:write")
    def say_hard() -> Any:
        form, there = HardForm(), url_for("console.drills")
        if not form.validate_on_submit():
            return said(f"A few words of at most {HARD_MOST} letters are needed.", there, wrong=True)
        with world_of(site) as world:
            kept = verbs.say_hard(world, g.signed_in.operator.login, form.task.data, form.words.data)
        return said("Kept, until somebody has mended it." if kept else "Enough of yours waits to be mended already.", there, wrong=not kept)

    @console.post("/drills/<int:id>/fixed")
    @needs("feedback:write")
    def hard_fixed(id: int) -> Any:
        by, there = g.signed_in.operator.login, url_for("console.drills")
        with world_of(site) as world:
            done = rows.fix(world, id, by)
            if done:
                audit.note(world, by, "drill_fixed", f"note {id}")
        return said("Mended, thank you." if done else "It was mended already.", there, wrong=not done)


def _standing(me: Person) -> str:
    if me.member_id is None:
        return "We ask that member by SMS whether it is you: nobody looks at the calls of another under their own name."
    return "It is confirmed. Another number is asked anew." if me.confirmed else "An SMS waits for your 1. Until then nothing is counted."


def _mine(world: Any, me: Person) -> Table:
    lines = [Line((Cell(task), Cell(*_state(one)), Cell(f"{one.seconds:.0f} s" if one.seconds is not None else "–"), Cell(one.failed)))
             for task, one in verbs.week(world, me).tasks.items()]  # fmt: skip
    return Table("Your three", MINE, lines)


def _state(one: Tried) -> tuple[str, str, bool]:
    return ("done", "", True) if one.done else ("not yet", "", False)


def _staff(world: Any, people: list[Person]) -> Table:
    lines = []
    for one in people:
        now, before = verbs.week(world, one), verbs.week(world, one, 1)
        last = now.last or before.last
        told = f"{world.organisation.local(last):%d %b %H:%M}" if last else "not these two weeks" if one.confirmed else "no number yet"
        lines.append(Line((
            Cell(one.name), Cell(one.role), Cell(told), Cell(f"{now.done} of {TASKS_A_WEEK}"), Cell(f"{before.done} of {TASKS_A_WEEK}"),
            Cell(now.failed + before.failed),
        )))  # fmt: skip
    return Table("Everybody", STAFF, lines)


def _hard(world: Any, may: bool) -> Table:
    lines = [
        Line((Cell(f"{world.organisation.local(one.at):%d %b}"), Cell(one.login), Cell(one.task), Cell(one.words)),
             [Deed("Mended", url_for("console.hard_fixed", id=one.id), about=one.words)] if may else [])
        for one in rows.open_notes(world)
    ]  # fmt: skip
    return Table("To mend", HARD, lines, "Nothing was found hard, or nobody has looked.")


def _fixed(world: Any) -> Table:
    def line(one: Note) -> Line:
        assert one.fixed_at, "only those are listed"
        return Line((Cell(f"{world.organisation.local(one.fixed_at):%d %b}"), Cell(one.fixed_by), Cell(one.task), Cell(one.words)))

    return Table("Mended", FIXED, [line(one) for one in rows.fixed_notes(world, FIXED_SHOWN)], "Nothing yet.")
