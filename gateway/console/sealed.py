"""Words without a name: who holds the two keys, what came in, an answer to it, and a name that both holders open, each in a session of their own."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, g, url_for
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from gateway.community.items import rows as items
from gateway.community.items import states, voice_rows
from gateway.community.items.states import CannotGo
from gateway.community.sealed import rows, verbs
from gateway.community.sealed.box import PASSPHRASE_LEAST, PASSPHRASE_MOST
from gateway.community.sealed.model import HALF_KEPT, HOLDERS, MIX, SEALED
from gateway.community.sealed.verbs import NotOpened
from gateway.console.fields import FlaskForm, required, select
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Line, Link, Table, said, show
from gateway.operators import rows as operators
from gateway.site import Site
from gateway.store import audit
from menus import alphabet

SHOWN = 100
ANSWER_MOST = 70
TRIES, TRIES_REST = 5, dt.timedelta(hours=1)  # passphrases of one holder that may be wrong, and how long it rests then
LIST = (("Number", "ref"), ("Words", "words"), ("State", ""), ("Name", "words"))
STEPS = {"new": ("looked_at",), "looked_at": ("done", "declined"), "done": ("closed", "open"), "declined": ("closed", "open"), "open": ("looked_at", "done")}
HOW = (
    f"Members write under 1, 6, 6. Nobody reads a word before {MIX} members have written; then all come at once, in no order, without number or call. Of each "
    "author only two halves of a name are kept, one for each holder of a key: neither opens anything alone. In a small place style and topic may tell who it "
    "was: read with care, and do not guess. Backups that are made while words wait hold them encrypted with the keys of this installation."
)


def _passphrase(label: str, *more: Any) -> PasswordField:
    return PasswordField(label, [InputRequired(), Length(PASSPHRASE_LEAST, PASSPHRASE_MOST), *more], render_kw={"autocomplete": "off"})


class KeyForm(FlaskForm):  # type: ignore[misc]
    passphrase = _passphrase(f"A passphrase of yours, {PASSPHRASE_LEAST} letters or more")
    again = _passphrase("The same once more", EqualTo("passphrase"))


class BackForm(FlaskForm):  # type: ignore[misc]
    """Nothing to fill in."""


class OpenForm(FlaskForm):  # type: ignore[misc]
    passphrase = _passphrase("Your passphrase")
    why = required("Why it must be known: the author reads it", 40)


class StepForm(FlaskForm):  # type: ignore[misc]
    state = select("Now it is")
    answer = required("What whoever has the number reads", ANSWER_MOST)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/sealed")
    @needs("feedback:read")
    def sealed() -> str:
        may, login = g.signed_in.operator.may("sealed:hold"), g.signed_in.operator.login
        with world_of(site) as world:
            held, wait = rows.live_keys(world), rows.how_many_wait(world)
            lines = _lines(world)
        who = " and ".join(one.login for one in held) or "nobody"
        facts = [
            ("Keys held by", who if len(held) >= HOLDERS else f"{who}: members are told that it is not open"),
            ("Waiting to be mixed", f"fewer than {MIX}" if wait < MIX else f"{MIX} or more"),
        ]
        asks = []
        if may and any(one.login == login for one in held):
            about = "Names sealed with it still open with it, and your passphrase. Until another takes one, nobody can write."
            asks = [Ask("Your key", BackForm(formdata=None), url_for("console.give_key_back"), "Give it back", about)]
        elif may and len(held) < HOLDERS:
            about = "It is kept nowhere: if you forget it, what is sealed for you stays shut for ever."
            asks = [Ask("Take a key", KeyForm(formdata=None), url_for("console.take_key"), "Take it", about)]
        return show("Sealed words", words=HOW, facts=facts, tables=[Table("Newest first", LIST, lines, "Nothing has come in yet.")], asks=asks)

    @console.get("/sealed/<number>")
    @needs("feedback:read")
    def sealed_item(number: str) -> Any:
        with world_of(site) as world:
            return _page(world, *_found(world, number))

    _hang_keys(console, site)
    _hang_steps(console, site)


def _hang_keys(console: Blueprint, site: Site) -> None:
    @console.post("/sealed/key")
    @needs("sealed:hold")
    def take_key() -> Any:
        form, there, login = KeyForm(), url_for("console.sealed"), g.signed_in.operator.login
        if not form.validate_on_submit():
            return said(f"A passphrase of at least {PASSPHRASE_LEAST} letters is needed, twice the same.", there, wrong=True)
        with world_of(site) as world:
            try:
                verbs.take_key(world, login, form.passphrase.data)
            except NotOpened as why:
                return said(f"Not taken: {why}.", there, wrong=True)
            audit.note(world, login, "seal_key_taken", "sealed words")
        return said("You hold a key.", there)

    @console.post("/sealed/key/back")
    @needs("sealed:hold")
    def give_key_back() -> Any:
        there, login = url_for("console.sealed"), g.signed_in.operator.login
        with world_of(site) as world:
            if not rows.give_back(world, login):
                return said("You hold none.", there, wrong=True)
            audit.note(world, login, "seal_key_given_back", "sealed words")
        return said("Given back. What was sealed for you still opens with your passphrase.", there)


def _hang_steps(console: Blueprint, site: Site) -> None:
    @console.post("/sealed/<number>/step")
    @needs("feedback:write")
    def step_sealed(number: str) -> Any:
        there, login = url_for("console.sealed_item", number=number), g.signed_in.operator.login
        with world_of(site) as world:
            item, _ = _found(world, number)
            form = _step_form(item, StepForm())
            if not form.validate_on_submit():
                return said(f"A step and an answer of at most {ANSWER_MOST} letters are needed.", there, wrong=True)
            try:
                states.go(world, item, form.state.data, login, form.answer.data.strip(), tell=False)
            except CannotGo as why:
                return said(f"Not done: {why}.", there, wrong=True)
            items.change(world, item.id, answer=alphabet.plain(form.answer.data.strip())[:ANSWER_MOST])
            audit.note(world, login, "sealed_answered", f"item {number}", after=form.state.data)
        return said("Whoever has the number reads it.", there)

    @console.post("/sealed/<number>/open")
    @needs("sealed:hold")
    def open_seal(number: str) -> Any:
        form, there, login = OpenForm(), url_for("console.sealed_item", number=number), g.signed_in.operator.login
        if not form.validate_on_submit():
            return said("Your passphrase and a reason are needed.", there, wrong=True)
        with world_of(site) as world:
            item, _ = _found(world, number)
            tries = f"seal:{login}"[:64]
            if (before := operators.tries(world.write, tries)) and before[0] >= TRIES:
                if world.now() - before[1] < TRIES_REST:
                    return said("Too many tries. Please wait an hour.", there, wrong=True)
                operators.forget_tries(world.write, tries)
            try:
                opened = verbs.open_half(world, item.id, login, form.passphrase.data, form.why.data.strip())
            except NotOpened as why:
                operators.count_try(world.write, tries, world.now())
                audit.note(world, login, "seal_not_opened", f"item {number}")
                world.commit()
                return said(f"Not opened: {why}.", there, wrong=True)
            operators.forget_tries(world.write, tries)
            audit.note(world, login, "seal_opened" if opened else "seal_half_opened", f"item {number}", why=form.why.data.strip())
            if opened:
                voice_rows.add_change(world, item.id, item.state, item.state, login, "the name was opened")
        if not opened:
            return said(f"Your half is open for {HALF_KEPT.days} days. The other holder opens theirs in a session of their own.", there)
        told = "yes, by SMS: who opened it, and why" if opened.told else "no, they are no member now: tell them yourselves"
        return show(f"Sealed {number}", words="Shown once.", facts=[("It was", opened.name), ("They are told", told)], links=[_back()])


def _back() -> Link:
    return Link("All sealed words", url_for("console.sealed"))


def _found(world: Any, number: str) -> tuple[Any, Any]:
    item = items.by_number(world, number)
    name = rows.name_of(world, item.id) if item and item.about == SEALED else None
    if item is None or name is None:
        abort(404)
    return item, name


def _step_form(item: Any, form: StepForm) -> StepForm:
    form.state.choices = [(state, state.replace("_", " ")) for state in STEPS.get(item.state, ())]
    return form


def _page(world: Any, item: Any, name: Any) -> str:
    operator, local = g.signed_in.operator, world.organisation.local
    half = rows.open_halves(world).get(item.id)
    holders = " and ".join(one.login for id in name.boxes if (one := rows.key(world, id)))
    facts = [("State", item.state.replace("_", " ")), ("Answer", item.answer or "none yet"), ("Sealed for", holders)]
    if name.opened_at:
        facts.append(("Name opened", f"{local(name.opened_at):%d %b %Y} by {name.opened_by}: {name.why}"))
    elif half:
        facts.append(("Half opened", f"{local(half.at):%d %b %Y} by {half.login}: {half.why}"))
    asks = []
    if operator.may("feedback:write") and item.state in STEPS:
        asks.append(Ask("What became of it", _step_form(item, StepForm(formdata=None)), url_for("console.step_sealed", number=item.number), "Say it"))
    if operator.may("sealed:hold") and name.opened_at is None and operator.login in holders.split(" and "):
        about = "It opens only when both of you have. It is noted for ever, and the author is told."
        asks.append(Ask("Open your half of the name", OpenForm(formdata=None), url_for("console.open_seal", number=item.number), "Open my half", about))
    return show(f"Sealed {item.number}", words=item.words, facts=facts, links=[_back()], asks=asks)


def _lines(world: Any) -> list[Line]:
    some, halves = rows.all_names(world, SHOWN), rows.open_halves(world)
    known = items.by_ids(world, [one.item_id for one in some])
    lines = []
    for one in some:
        item = known[one.item_id]
        half = halves.get(one.item_id)
        name = f"opened by {one.opened_by}: {one.why}" if one.opened_at else f"{half.login} wants it opened: {half.why}" if half else "sealed"
        link = url_for("console.sealed_item", number=item.number)
        lines.append(Line((Cell(item.number, link=link), Cell(item.words), Cell(item.state.replace("_", " "), state=True), Cell(name))))
    return lines
