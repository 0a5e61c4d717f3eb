"""Before a page shows what is one member's: why do you look? The member is told."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flask import g
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.validators import AnyOf

from gateway.console.fields import FlaskForm, choices
from gateway.console.page import Ask, said, show
from gateway.members import looks

WHY = [f"{key}|{words.capitalize()}" for key, words in looks.REASONS.items()]


class LookForm(FlaskForm):  # type: ignore[misc]
    reason = SelectField("Reason", [AnyOf(list(looks.REASONS))], choices=choices(*WHY))


def asks_why(world: Any, whose: Collection[int | None], what: str, title: str, url: str) -> str:
    """The page that asks for the reason; nothing where one was said today, or where it is no member's."""
    if looks.may_look(world, whose, *_who(), what):
        return ""
    heads = len({one for one in whose if one})
    words = (
        f"What you ask for is {'one member' if heads == 1 else f'{heads} members'}'s own. Your reason is kept, and an SMS tells it to "
        f"{'the member' if heads == 1 else 'each of them'}. It holds for you until midnight."
    )
    return show(title, asks=[Ask("Why do you look?", LookForm(formdata=None), url, "Look", words)])


def keep_why(world: Any, whose: Collection[int | None], what: str, there: str) -> Response:
    form = LookForm()
    if not form.validate_on_submit():
        return said("Choose why you look.", there, wrong=True)
    looks.look(world, whose, *_who(), what, form.reason.data)
    return said("Kept, and told to them.", there)


def _who() -> tuple[str, str]:
    operator = g.signed_in.operator
    return operator.login, operator.name
