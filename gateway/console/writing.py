"""What a member says at the desk or on the telephone, written down in their name: a form on the pages where such words arrive."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, g, url_for
from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from gateway.community import written_down
from gateway.community.items.model import TYPED_MOST, Rests
from gateway.community.items.verbs import SAID_A_DAY
from gateway.console.fields import FlaskForm, TextAreaField, member, required, select
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, said
from gateway.site import Site
from gateway.store import audit

HOW = (
    "It becomes theirs, by the same limits as on the phone, and the member reads by SMS what you wrote. Use their own words. Never write a PIN. "
    "Ideas, questions and praise are seen by all under the member's name."
)


class WriteForm(FlaskForm):  # type: ignore[misc]
    key = HiddenField(validators=[InputRequired(), Length(max=40)])
    who = required("Member code or phone number", 20)
    kind = select("What it is", "wrong|something is wrong", "question|a question", "idea|an idea", "praise|what was good")
    words = TextAreaField("In their words", [InputRequired(), Length(max=TYPED_MOST)])


def asks() -> list[Ask]:
    """The form, for those who may write."""
    if not g.signed_in.operator.may("feedback:write"):
        return []
    form = WriteForm(formdata=None, key=secrets.token_hex(8))
    return [Ask("Write down what a member said", form, url_for("console.write_down"), "Write it down", HOW)]


def hang_into(console: Blueprint, site: Site) -> None:
    @console.post("/feedback/written")
    @needs("feedback:write")
    def write_down() -> Any:
        form, there = WriteForm(), url_for("console.feedback")
        if not form.validate_on_submit():
            return said(f"Not written down: say who, and at most {TYPED_MOST} letters.", there, wrong=True)
        with world_of(site) as world:
            who, by = member(world, form.who.data), g.signed_in.operator.login
            if who is None or who.status != "active":
                return said("Not written down: that is nobody's number or code here.", there, wrong=True)
            item = written_down.write_down(world, who, form.kind.data, form.words.data, form.key.data)
            if isinstance(item, Rests):
                return said("Not written down: this rests for now (Switches).", there, wrong=True)
            if item is None:
                return said(f"Not written down: {who.name} has said {SAID_A_DAY} things today.", there, wrong=True)
            audit.note(world, by, "written_down", f"{item.kind} {item.number}", after=who.code)
        held = " A person looks before others see it." if item.state == "held" else ""
        return said(f"Kept as {item.number}. {who.name} reads it by SMS.{held}", there)
