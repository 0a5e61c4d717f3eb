"""What members wish of a change: who tries it, who says wait, who wants the old back; and the answer that lets it go on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from gateway.community.items import rows, steering, wish_rows
from gateway.community.items.model import Item
from gateway.community.items.plan_model import ANSWERED_BY_STAFF
from gateway.console.fields import FlaskForm, required
from gateway.console.guard import item_or_404, needs, world_of
from gateway.console.page import Ask, Cell, Line, Table, said
from gateway.site import Site
from gateway.store import audit

SHOWN = 20
LABELS = {"try": "Try it first", "wait": "Say wait", "good": "Say good", "not_good": "Say not good", "back": "Want the old back"}
WISHED = (("Number", "ref"), ("Words", "words"), ("Wish", ""), ("Members", "number"))
ANSWERING = "Those who say wait, or want the old back, find it under 9. A change that is held up goes on after that."


class WishesForm(FlaskForm):  # type: ignore[misc]
    words = required("The answer", 100)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.post("/items/<number>/wishes")
    @needs("feedback:official")
    def answer_wishes(number: str) -> Any:
        form, there, who = WishesForm(), url_for("console.item", number=number), g.signed_in.operator
        with world_of(site) as world:
            found = item_or_404(world, number)
            if not form.validate_on_submit():
                return said("Not sent: an answer of at most 100 letters is needed.", there, wrong=True)
            heard = steering.answer_wishes(world, found, form.words.data, who.login, signed=who.signature)
            audit.note(world, who.login, "wishes_answered", f"item {number}", members=heard)
        return said(f"{heard} members find the answer under 9.", there)


def wishes_of(world: Any, found: Item, *, may: bool) -> tuple[list[tuple[str, Any]], list[Ask]]:
    """What stands on the page of an item about them: figures, and the form for an answer while somebody waits for one."""
    counted, open_ones = wish_rows.count(world, found.id), wish_rows.count(world, found.id, unanswered=True)
    facts: list[tuple[str, Any]] = [(label, counted[name]) for name, label in LABELS.items() if name in counted]
    if waits := wish_rows.paused_by(world, found):
        facts.append(("Held up", f"by {waits} who say wait, until they are answered"))
    asked = may and any(name in open_ones for name in ANSWERED_BY_STAFF)
    url = url_for("console.answer_wishes", number=found.number)
    return facts, [Ask("Answer who waits", WishesForm(formdata=None), url, "Send the answer", ANSWERING)] if asked else []


def wished(world: Any) -> Table:
    """The changes that most members wait for an answer about."""
    some = wish_rows.most_wished(world, ANSWERED_BY_STAFF, SHOWN)
    known = rows.by_ids(world, [id for id, _, _ in some])
    lines = [
        Line((
            Cell(known[id].number, link=url_for("console.item", number=known[id].number)), Cell(known[id].words), Cell(LABELS[name].lower()), Cell(heads),
        ))
        for id, name, heads in some if id in known
    ]  # fmt: skip
    return Table("Members wait for an answer", WISHED, lines, "Nobody says wait, and nobody wants an old way back.")
