"""Words whose author is sealed: who holds the two keys, what came in, and opening a name, which two of the board do together."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, abort, g, url_for
from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

from gateway.community.items import rows as items
from gateway.community.items import voice_rows
from gateway.community.sealed import rows, verbs
from gateway.community.sealed.box import PASSPHRASE_LEAST, WrongPassphrase, make_lock
from gateway.console.fields import FlaskForm, required
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Line, Link, Table, said, show
from gateway.operators import rows as operators
from gateway.site import Site
from gateway.store import audit

SHOWN = 100
TRIES, TRIES_REST = 5, dt.timedelta(hours=1)  # openings that may fail, and how long it rests then
LIST = (("Number", "ref"), ("Words", "words"), ("State", ""), ("Opened", ""), ("By", ""), ("Why", "words"))
HOW = (
    "Members find this under 1, 6, 6. Of the author only a sealed box is kept, no number and no moment; words come to the inbox several at a time, every six "
    "hours. Nobody, the two included, can open a box alone. In a small place style and topic may tell who it was: read with care, and do not guess."
)


def _passphrase(label: str) -> PasswordField:
    return PasswordField(label, [InputRequired(), Length(PASSPHRASE_LEAST, 200)], render_kw={"autocomplete": "off"})


class LockForm(FlaskForm):  # type: ignore[misc]
    first = required("First of the board", 40)
    first_passphrase = _passphrase("Their passphrase, typed by them")
    second = required("Second of the board", 40)
    second_passphrase = _passphrase("Theirs, typed by them")


class OpenForm(FlaskForm):  # type: ignore[misc]
    first_passphrase = _passphrase("Passphrase of the first")
    second_passphrase = _passphrase("Passphrase of the second")
    why = required("Why it must be known", 80)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/sealed")
    @needs("feedback:read")
    def sealed() -> str:
        may = g.signed_in.operator.may("feedback:write")
        with world_of(site) as world:
            held, local = rows.newest_lock(world), world.organisation.local
            lines = _lines(world, may)
            facts = [
                ("Held by", f"{held.first_holder} and {held.second_holder}"), ("Since", f"{local(held.made_at):%d %b %Y}"),
            ] if held else [("Held by", "nobody yet: members are told that it is not set up")]  # fmt: skip
        asks = []
        if may:
            about = "Both sit here and type their own passphrase. They are kept nowhere: whoever forgets one cannot open what was sealed with it."
            asks = [Ask("Two new keys" if held else "Set it up", LockForm(formdata=None), url_for("console.make_seal"), "Make the keys", about)]
        return show("Sealed words", words=HOW, facts=facts, tables=[Table("Newest first", LIST, lines, "Nothing has come in yet.")], asks=asks)

    @console.post("/sealed")
    @needs("feedback:write")
    def make_seal() -> Any:
        form, there = LockForm(), url_for("console.sealed")
        if not form.validate_on_submit() or form.first.data.strip().lower() == form.second.data.strip().lower():
            return said(f"Two different names and two passphrases of at least {PASSPHRASE_LEAST} letters are needed.", there, wrong=True)
        try:
            made = make_lock(form.first_passphrase.data, form.second_passphrase.data)
        except ValueError as why:
            return said(f"Not made: {why}.", there, wrong=True)
        with world_of(site) as world:
            rows.add_lock(world, made, form.first.data.strip(), form.second.data.strip())
            audit.note(world, g.signed_in.operator.login, "seal_made", "sealed words", first=form.first.data.strip(), second=form.second.data.strip())
        return said("The keys are made. What was sealed before opens only with the keys of then.", there)

    @console.get("/sealed/<number>")
    @needs("feedback:write")
    def sealed_item(number: str) -> Any:
        with world_of(site) as world:
            item, name = _found(world, number)
            held = rows.lock(world, name.lock_id)
        about = f"Sealed with the keys of {held.first_holder} and {held.second_holder}. It is noted for ever that you two opened it, and why." if held else ""
        asks = [Ask("Open the name", OpenForm(formdata=None), url_for("console.open_seal", number=number), "Open it together", about)]
        return show(f"Sealed {number}", words=item.words, links=[Link("All sealed words", url_for("console.sealed"))], asks=asks)

    @console.post("/sealed/<number>")
    @needs("feedback:write")
    def open_seal(number: str) -> Any:
        form, there, login = OpenForm(), url_for("console.sealed_item", number=number), g.signed_in.operator.login
        if not form.validate_on_submit():
            return said("Both passphrases and a reason are needed.", there, wrong=True)
        with world_of(site) as world:
            item, _ = _found(world, number)
            tries = f"seal:{item.id}"
            before = operators.tries(world.write, tries)
            if before and before[0] >= TRIES:
                if world.now() - before[1] < TRIES_REST:
                    return said("Too many tries. Please wait an hour.", there, wrong=True)
                operators.forget_tries(world.write, tries)
            try:
                name = verbs.open_name(world, item.id, form.first_passphrase.data, form.second_passphrase.data, form.why.data)
            except WrongPassphrase:
                operators.count_try(world.write, tries, world.now())
                audit.note(world, login, "seal_not_opened", f"item {number}")
                world.commit()
                return said("One of the two is not right.", there, wrong=True)
            voice_rows.add_change(world, item.id, item.state, item.state, login, "the name was opened")
            audit.note(world, login, "seal_opened", f"item {number}", why=form.why.data)
        return show(f"Sealed {number}", words=item.words, facts=[("It was", name)], links=[Link("All sealed words", url_for("console.sealed"))])


def _found(world: Any, number: str) -> tuple[Any, rows.SealedName]:
    item = items.by_number(world, number)
    name = rows.name_of(world, item.id) if item else None
    if item is None or name is None:
        abort(404)
    return item, name


def _lines(world: Any, may: bool) -> list[Line]:
    some = rows.all_names(world, SHOWN)
    known, local = items.by_ids(world, [one.item_id for one in some]), world.organisation.local
    return [
        Line((
            Cell(known[one.item_id].number, link=url_for("console.sealed_item", number=known[one.item_id].number) if may else ""),
            Cell(known[one.item_id].words), Cell(known[one.item_id].state, state=True),
            Cell(f"{local(one.opened_at):%d %b %Y}" if one.opened_at else ""), Cell(one.opened_by), Cell(one.why),
        ))
        for one in some if one.item_id in known
    ]  # fmt: skip
