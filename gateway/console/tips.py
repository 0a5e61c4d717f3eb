"""Tips: answers that become one, an expert's note under it, who takes new words, and its versions with what changed between them."""

from __future__ import annotations

import difflib
from typing import Any

from flask import Blueprint, abort, g, request, url_for
from wtforms import HiddenField
from wtforms.validators import AnyOf

from gateway.community.helping import note_rows, rows, tips
from gateway.community.items import rows as items
from gateway.community.items.model import Item
from gateway.console.fields import FlaskForm, optional
from gateway.console.guard import item_or_404, needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Table, said
from gateway.members import rows as members
from gateway.members.model import short
from gateway.site import Site
from gateway.store import audit
from menus import alphabet

NOTE_MOST = 60  # letters of an expert's note: it stands under the tip on a phone
NOTE = "It stands under the tip with your name and role. The tip stays its authors'."
PROTECT = "For doses and money: members may still write better words and say what they know; only the staff take them."
VERSIONS = (("When", ""), ("By", ""), ("Words, + new − old", "words"), ("Why", ""), ("State", ""), ("", ""))


class NoteForm(FlaskForm):  # type: ignore[misc]
    note = optional("In a few words; nothing takes it away", NOTE_MOST)


class GuardForm(FlaskForm):  # type: ignore[misc]
    to = HiddenField(validators=[AnyOf(["staff", "members"])])  # who takes new words: pressed twice is once


def hang_into(console: Blueprint, site: Site) -> None:
    @console.post("/items/<number>/answers/<int:id>/tip")
    @needs("feedback:official")
    def answer_to_tip(number: str, id: int) -> Any:
        there, who = url_for("console.item", number=number), g.signed_in.operator
        with world_of(site) as world:
            found = item_or_404(world, number)
            one = rows.answer(world, id)
            if one is None or one.state != "open" or one.item_id not in items.cluster(world, found.id):
                return said("That answer is not there any more.", there, wrong=True)
            tip = tips.from_answer(world, found, one, who.login, who.signature)
            if tip:
                audit.note(world, who.login, "answer_became_tip", f"item {number}", tip=tip)
        return said(f"It is tip {tip} now, with the name of who gave it." if tip else "It is a tip already.", there, wrong=not tip)

    @console.post("/items/<number>/note")
    @needs("feedback:official")
    def tip_note(number: str) -> Any:
        form, there, who = NoteForm(), url_for("console.item", number=number), g.signed_in.operator
        with world_of(site) as world:
            found = item_or_404(world, number)
            if not form.validate_on_submit() or found.kind != "tip":
                return said(f"A note to a tip has at most {NOTE_MOST} letters.", there, wrong=True)
            note_rows.put(world, found.id, note=alphabet.plain((form.note.data or "").strip())[:NOTE_MOST], by=who.signature)
            audit.note(world, who.login, "tip_noted", f"item {number}")
        return said("Members read it under the tip." if (form.note.data or "").strip() else "Nothing stands under the tip now.", there)

    @console.post("/items/<number>/protect")
    @needs("feedback:official")
    def protect_tip(number: str) -> Any:
        form, there, who = GuardForm(), url_for("console.item", number=number), g.signed_in.operator
        with world_of(site) as world:
            found, now = item_or_404(world, number), form.to.data == "staff"
            if not form.validate_on_submit() or found.kind != "tip":
                return said("Only a tip is kept so.", there, wrong=True)
            note_rows.put(world, found.id, protected=now)
            audit.note(world, who.login, "tip_protected" if now else "tip_open", f"item {number}")
        return said("Only the staff take new words for it now." if now else "Two members take new words for it again.", there)

    @console.post("/items/<number>/versions/<int:id>")
    @needs("feedback:write")
    def judge_version(number: str, id: int) -> Any:
        there, what, by = url_for("console.item", number=number), request.form.get("what", ""), g.signed_in.operator.login
        with world_of(site) as world:
            one = rows.revision(world, id)
            if one is None:
                abort(404)
            if what == "accept" and one.state in ("proposed", "refused"):
                tips.accept(world, one, by)
            elif what == "refuse" and one.state == "proposed":
                tips.refuse(world, one, by)
            elif not (what == "back" and tips.roll_back(world, one, by)):
                return said("That has changed meanwhile.", there, wrong=True)
            audit.note(world, by, "tip_version", f"item {number}", version=id, what=what)
        return said("Done.", there)


def tip_parts(world: Any, found: Item, *, may: bool, official: bool) -> tuple[list[Table], list[Ask]]:
    """What the page of a tip shows more: its versions, and what may be said and done about it."""
    known = note_rows.of(world, found.id)
    note, guard = NoteForm(formdata=None, note=known.note), GuardForm(formdata=None, to="members" if known.protected else "staff")
    label = "Let two members take new words" if known.protected else "Only staff take new words"
    asks = [
        Ask("What an expert says of it", note, url_for("console.tip_note", number=found.number), "Say it", NOTE),
        Ask("Protect", guard, url_for("console.protect_tip", number=found.number), label, PROTECT),
    ]
    return [_versions(world, found, may)], asks if official else []


def difference(before: str, after: str) -> str:
    """What changed between two versions, word by word.

    >>> difference("wash it with water", "wash it with warm water")
    'wash it with +warm water'
    """
    old, new = before.split(), after.split()
    said: list[str] = []
    for what, i, j, k, m in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if what == "equal":
            said += old[i:j]
            continue
        said += [f"−{word}" for word in old[i:j]] + [f"+{word}" for word in new[k:m]]
    return " ".join(said)


def _versions(world: Any, found: Item, may: bool) -> Table:
    listed = rows.revisions_of(world, found.id)
    known, before = members.by_ids(world, [one.member_id for one in listed if one.member_id]), ""
    lines = []
    for one in listed:
        url = url_for("console.judge_version", number=found.number, id=one.id)
        deeds = []
        if one.state == "proposed":
            deeds = [Deed("Right", url, {"what": "accept"}), Deed("Not right", url, {"what": "refuse"})]
        elif one.state == "refused" and found.state in ("declined", "refused", "held", "new"):
            deeds = [Deed("Right after all", url, {"what": "accept"})]
        elif one.state == "accepted" and one.words != found.words:
            deeds = [Deed("Bring it back", url, {"what": "back"})]
        name = short(known[one.member_id].name) if one.member_id in known else "–"
        when = f"{world.organisation.local(one.made_at):%d %b %H:%M}"
        lines.append(Line((Cell(when), Cell(name), Cell(difference(before, one.words) if before else one.words), Cell(one.why), Cell(one.state, state=True)),
                          deeds if may else []))  # fmt: skip
        if one.state == "accepted":
            before = one.words
    return Table("Versions", VERSIONS, lines[::-1], "It has no versions.")
