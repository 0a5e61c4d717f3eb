"""Test groups: members who try something first, what they say of it, and what they are told. Every message to them says what they are."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, abort, g, url_for
from wtforms import HiddenField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from gateway.community.bargain.rows import rates_here
from gateway.community.items.telling import texts_left
from gateway.community.panel import rows, verbs
from gateway.community.panel.model import ASKED_MOST, DAYS, OPEN_MOST, SETTLED_DAYS, TITLE_MOST, WHAT_MOST, WORDS_MOST, Panel
from gateway.console.fields import FlaskForm, optional, required, select
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Table, said, show
from gateway.members import rows as members
from gateway.members.model import short
from gateway.site import Site
from gateway.store import audit

PANELS_SHOWN, WORDS_SHOWN = 20, 100
PANELS = (("Test group", ""), ("What is tried", "words"), ("Asked", "number"), ("In it", "number"), ("Until", ""), ("", ""), ("", ""))
WORDS = (("When", ""), ("Member", ""), ("Words", "words"))


class BeginForm(FlaskForm):  # type: ignore[misc]
    key = HiddenField(validators=[InputRequired()])
    title = required("What is it called?", TITLE_MOST, placeholder="Airtime by SMS")
    what = required("What is tried, in a member's words?", WHAT_MOST)
    village = optional("Only members of this village", 20)
    who = select("Who is asked", "chance|Drawn by chance", "leads|First those whose ideas came true (Voices)")
    many = IntegerField("How many are asked", [InputRequired(), NumberRange(1, ASKED_MOST)])
    days = IntegerField("For how many days", [InputRequired(), NumberRange(*DAYS)])


class TellForm(FlaskForm):  # type: ignore[misc]
    key = HiddenField(validators=[InputRequired()])
    words = required("What you heard, and what you do now", WORDS_MOST)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/panels")
    @needs("feedback:read")
    def panels() -> str:
        may = g.signed_in.operator.may("feedback:write")
        with world_of(site) as world:
            lines, costs = [_line(world, one, may) for one in rows.newest(world, PANELS_SHOWN)], _costs(world, None)
        words = (
            "Members who try something first and say what they think, good or bad. They are drawn by chance among those who have been here for "
            f"{SETTLED_DAYS} days, or first among those who are ahead of the others, are asked by SMS, and say so when they talk about it: every message "
            "and screen of theirs tells them to. Nobody is drawn for being a woman or a man, young or old: what members say of that is for numbers only."
        )
        begin = BeginForm(formdata=None, key=secrets.token_hex(8))
        bounds = f"At most {ASKED_MOST} members, {OPEN_MOST} groups at once. {costs}"
        asks = [Ask("A new test group", begin, url_for("console.begin_panel"), "Ask them", bounds)]
        return show("Test groups", words=words, tables=[Table("Test groups", PANELS, lines, "None yet.")], asks=asks if may else [])

    @console.get("/panels/<int:id>")
    @needs("feedback:read")
    def panel(id: int) -> str:
        with world_of(site) as world:
            found = rows.panel(world, id)
            if found is None:
                abort(404)
            heard = rows.said_in(world, id, WORDS_SHOWN)
            known = members.by_ids(world, [one.member_id for one in heard])
            lines = [
                Line((
                    Cell(f"{world.organisation.local(one.at):%d %b %H:%M}"), Cell(short(known[one.member_id].name) if one.member_id in known else "–"),
                    Cell(one.words),
                ))
                for one in heard
            ]  # fmt: skip
            costs = _costs(world, sum(state == "in" for state in rows.seated(world, id).values()))
        form = TellForm(formdata=None, key=secrets.token_hex(8))
        words = f"By SMS to all who are in it, with the line that says what they are. {costs}"
        asks = [Ask("Tell them", form, url_for("console.tell_panel", id=id), "Send it", words)]
        may = g.signed_in.operator.may("feedback:write") and found.state == "open"
        return show(found.title, words=found.what, tables=[Table("What they say", WORDS, lines, "Nobody has said anything.")], asks=asks if may else [])

    _hang_deeds(console, site)


def _hang_deeds(console: Blueprint, site: Site) -> None:
    @console.post("/panels")
    @needs("feedback:write")
    def begin_panel() -> Any:
        form, there, by = BeginForm(), url_for("console.panels"), g.signed_in.operator.login
        if not form.validate_on_submit() or not form.title.data.strip() or not form.what.data.strip():
            return said(f"A name, what is tried, 1 to {ASKED_MOST} members and {DAYS[0]} to {DAYS[1]} days are needed.", there, wrong=True)
        with world_of(site) as world:
            given = {"title": form.title.data, "what": form.what.data, "village": form.village.data or ""}
            try:
                asked = verbs.begin(
                    world, **given, days=form.days.data, many=form.many.data, leads_first=form.who.data == "leads", by=by, key=f"panel-{form.key.data[:40]}"
                )
            except verbs.NotBegun as why:
                return said(f"Not begun: {why}.", there, wrong=True)
            if asked:
                audit.note(world, by, "panel_begun", form.title.data.strip(), asked=asked)
        return said(f"{asked} are asked by SMS." if asked else "That was begun already.", there)

    @console.post("/panels/<int:id>/tell")
    @needs("feedback:write")
    def tell_panel(id: int) -> Any:
        form, there, by = TellForm(), url_for("console.panel", id=id), g.signed_in.operator.login
        with world_of(site) as world:
            found = rows.panel(world, id)
            if found is None:
                abort(404)
            if not form.validate_on_submit() or not form.words.data.strip() or found.state != "open":
                return said(f"A few words of at most {WORDS_MOST} letters are needed, while it runs.", there, wrong=True)
            told = verbs.tell(world, found, form.words.data, f"{id}-{form.key.data[:40]}")
            if told > 0:
                audit.note(world, by, "panel_told", found.title, told=told)
        return said(f"Sent to {told}." if told >= 0 else "SMS rest, or the month has not so many left.", there, wrong=told < 0)

    @console.post("/panels/<int:id>/end")
    @needs("feedback:write")
    def end_panel(id: int) -> Any:
        by, there = g.signed_in.operator.login, url_for("console.panels")
        with world_of(site) as world:
            ended = rows.end(world, id)
            if ended:
                audit.note(world, by, "panel_ended", f"panel {id}")
        return said("It is over." if ended else "It was over already.", there, wrong=not ended)


def _costs(world: Any, many: int | None) -> str:
    """What the SMS cost before they are sent, to so many or for each, and how many are left."""
    known = rates_here(world)
    price = f" They cost about {world.organisation.money((many or 1) * known.text)}{'' if many else ' each'}." if known and many != 0 else ""
    return f"SMS to be sent: {'one to each' if many is None else many}; left this month: {texts_left(world)}.{price}"


def _line(world: Any, one: Panel, may: bool) -> Line:
    seated = rows.seated(world, one.id)
    cells = (
        Cell(one.title, link=url_for("console.panel", id=one.id)), Cell(one.what), Cell(len(seated)), Cell(sum(state == "in" for state in seated.values())),
        Cell(f"{world.organisation.local(one.until):%d %b %Y}"), Cell(one.state, state=True),
    )  # fmt: skip
    return Line(cells, [Deed("End it", url_for("console.end_panel", id=one.id), about=one.title)] if may and one.state == "open" else [])
