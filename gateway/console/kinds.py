"""Kinds of items of an organisation's own: made here, without code, and on the phone, by SMS and in all lists at once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, url_for

from gateway.community.kinds import rows, steps, verbs
from gateway.community.kinds.model import ASK_MOST, KINDS_MOST, NAME_MOST, OwnKind
from gateway.community.kinds.step_rows import NAME_MOST as STEP_MOST
from gateway.community.kinds.step_rows import SMS_MOST
from gateway.console.fields import FlaskForm, optional, required, select
from gateway.console.guard import needs, world_of
from gateway.console.ideas import NAMES
from gateway.console.page import Ask, Cell, Deed, Line, Table, said, show
from gateway.site import Site
from gateway.store import audit

STEPS = (("Step", ""), ("Who takes it", "words"), ("Called", ""), ("In Swahili", ""), ("What its SMS says", "words"), ("The same in Swahili", "words"))
STEPS_ABOUT = (
    "How a thing of this kind goes on. Every kind begins open, is held when a word needs a person, and ends closed, joined or taken back; the steps here are "
    "yours. What is not set is as it is with an idea."
)
STEPS_HOW = "The SMS begins with the number and the title, and ends with what to dial. Its author may take 'done' on the phone: 4, 7, then Mine."
KINDS = (("Kind", ""), ("In Swahili", ""), ("What is asked", "words"), ("By SMS", "ref"), ("Told", "number"), ("Steps", ""), ("", ""), ("", ""))


class KindForm(FlaskForm):  # type: ignore[misc]
    name_en = required("What is it called?", NAME_MOST, placeholder="Lost and found")
    name_sw = optional("Its name in Swahili", NAME_MOST, placeholder="Vilivyopotea")
    ask_en = required("What is asked of who tells one?", ASK_MOST, placeholder="What was lost or found, where and when?")
    ask_sw = optional("The same in Swahili", ASK_MOST, placeholder="Nini kimepotea au kupatikana, wapi, lini?")
    word = required("The word that an SMS begins with", 10, placeholder="POTEA")


class StepForm(FlaskForm):  # type: ignore[misc]
    state = select("Which step?", *(f"{state}|{NAMES[state]}" for state in steps.STEPS))
    who = select("Who takes it?", *(f"{name}|{words}" for name, words in steps.WHO.items()))
    name_en = optional("How is it called?", STEP_MOST, placeholder="found")
    name_sw = optional("The same in Swahili", STEP_MOST, placeholder="kimepatikana")
    sms_en = optional("What does its SMS say?", SMS_MOST, placeholder="it is found, thank you all!")
    sms_sw = optional("The same in Swahili", SMS_MOST, placeholder="kimepatikana, asanteni!")


def hang_into(console: Blueprint, site: Site) -> None:
    _hang_steps(console, site)

    @console.get("/kinds")
    @needs("feedback:read")
    def kinds() -> str:
        may = g.signed_in.operator.may("feedback:write")
        with world_of(site) as world:
            told = rows.how_many(world)
            lines = [_line(one, told.get(one.code, 0), may) for one in rows.all_kinds(world)]
            keys = world.organisation.dial("4", "7")
        words = (
            "What your members tell each other, beside ideas, questions, tips and news: a name, a question and a word for SMS make a kind. Members find it "
            f"under {keys}. Each thing has a number, and all that an idea has: votes, words, who follows it, reports, steps of its life, joining."
        )
        about = f"At most {KINDS_MOST}. It is there at once. What is not said in Swahili is said in English."
        asks = [Ask("A new kind", KindForm(formdata=None), url_for("console.make_kind"), "Make it", about)]
        return show("Kinds", words=words, tables=[Table("Your own kinds", KINDS, lines, "None yet.")], asks=asks if may else [])

    @console.post("/kinds")
    @needs("feedback:write")
    def make_kind() -> Any:
        form, there, by = KindForm(), url_for("console.kinds"), g.signed_in.operator.login
        if not form.validate_on_submit():
            return said(f"A name of at most {NAME_MOST} letters, a question of at most {ASK_MOST} and a word for SMS are needed.", there, wrong=True)
        given = _given(form)
        with world_of(site) as world:
            try:
                made = verbs.make_kind(world, **given, by=by)
            except verbs.NotMade as why:
                return said(f"Not made: {why}.", there, wrong=True)
            audit.note(world, by, "kind_made", made.name_en, word=made.word)
        return said(f"Members find {made.name_en} now.", there)

    @console.post("/kinds/<int:id>/turn")
    @needs("feedback:write")
    def turn_kind(id: int) -> Any:
        """Switch it off or on: what was told stays, and is found by its number."""
        by, there = g.signed_in.operator.login, url_for("console.kinds")
        with world_of(site) as world:
            found = _kind_or_404(world, id)
            try:
                verbs.turn(world, found)
            except verbs.NotMade as why:
                return said(f"Not done: {why}.", there, wrong=True)
            audit.note(world, by, "kind_turned", found.name_en, on=not found.on)
        return said(f"{found.name_en} is {'off' if found.on else 'on'} now.", there)

    @console.post("/kinds/<int:id>/take-away")
    @needs("feedback:write")
    def take_kind_away(id: int) -> Any:
        by, there = g.signed_in.operator.login, url_for("console.kinds")
        with world_of(site) as world:
            found = rows.by_id(world, id)
            if found is None or not verbs.take_away(world, found):
                return said("Something was told in it, or it is gone: switch it off instead.", there, wrong=True)
            audit.note(world, by, "kind_taken_away", found.name_en)
        return said(f"{found.name_en} is gone.", there)


def _hang_steps(console: Blueprint, site: Site) -> None:
    @console.get("/kinds/<int:id>/steps")
    @needs("feedback:read")
    def kind_steps(id: int) -> str:
        with world_of(site) as world:
            found = _kind_or_404(world, id)
            lines = [_step(world, found, state) for state in steps.STEPS]
        may = g.signed_in.operator.may("feedback:write")
        ask = Ask("Set a step", StepForm(formdata=None), url_for("console.set_kind_step", id=id), "Set it", STEPS_HOW)
        return show(f"Steps of {found.name_en}", words=STEPS_ABOUT, tables=[Table("Steps", STEPS, lines)], asks=[ask] if may else [])

    @console.post("/kinds/<int:id>/steps")
    @needs("feedback:write")
    def set_kind_step(id: int) -> Any:
        form, there, by = StepForm(), url_for("console.kind_steps", id=id), g.signed_in.operator.login
        if not form.validate_on_submit():
            return said(f"A name has at most {STEP_MOST} letters, what the SMS says {SMS_MOST}.", there, wrong=True)
        given = _given(form)
        with world_of(site) as world:
            found = _kind_or_404(world, id)
            try:
                steps.set_step(world, found.code, given.pop("state"), by=by, **given)
            except steps.NotSet as why:
                return said(f"Not set: {why}.", there, wrong=True)
            audit.note(world, by, "kind_step_set", found.name_en, state=form.state.data, who=form.who.data)
        return said(f"{NAMES[form.state.data].capitalize()} is set.", there)


def _kind_or_404(world: Any, id: int) -> OwnKind:
    found = rows.by_id(world, id)
    if found is None:
        abort(404)
    return found


def _given(form: FlaskForm) -> dict[str, str]:
    """What was typed, field by field."""
    return {field.short_name: field.data or "" for field in form if field.short_name != "csrf_token"}


def _step(world: Any, kind: OwnKind, state: str) -> Line:
    one = steps.step_of(world, kind.code, state)
    called = (Cell(one.name_en), Cell(one.name_sw), Cell(one.sms_en), Cell(one.sms_sw)) if one else (Cell(""),) * 4
    return Line((Cell(NAMES[state]), Cell(steps.WHO[steps.who_may(world, kind.code, state)]), *called))


def _line(one: OwnKind, told: int, may: bool) -> Line:
    both = f"{one.ask_en} / {one.ask_sw}" if one.ask_sw else one.ask_en
    cells = (
        Cell(one.name_en, link=url_for("console.ideas", kind=one.code)), Cell(one.name_sw), Cell(both), Cell(one.word), Cell(told),
        Cell("its steps", link=url_for("console.kind_steps", id=one.id)), Cell("on" if one.on else "off", state=True),
    )  # fmt: skip
    deeds = [Deed("Switch off" if one.on else "Switch on", url_for("console.turn_kind", id=one.id), about=one.name_en)]
    if not told:
        deeds.append(Deed("Take away", url_for("console.take_kind_away", id=one.id), about=one.name_en))
    return Line(cells, deeds if may else [])
