"""Fields that the money pages share: amounts in whole units, member numbers, days."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask_wtf import FlaskForm as PlainForm
from flask_wtf.file import FileField
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from gateway.members.model import Member
from gateway.members.payments import receiver_of
from menus.answers import Amount, Unclear

FIRST_DAY, LAST_DAY = dt.date(2000, 1, 1), dt.date(2100, 1, 1)
AMOUNT_MOST = 10_000_000  # of one entry, in whole units


class FlaskForm(PlainForm):  # type: ignore[misc]
    """A form whose fields carry its name, so that several can stand on one page."""

    def __init__(self, *given: Any, **more: Any) -> None:
        more.setdefault("prefix", type(self).__name__.lower().removesuffix("form") + "-")
        super().__init__(*given, **more)


def choices(*values: str) -> list[SelectChoice]:
    return [SelectChoice(value.split("|")[0], value.split("|")[-1]) for value in values]


def required(label: str, most: int = 60, **more: Any) -> StringField:
    return StringField(label, [InputRequired(), Length(max=most)], render_kw=more or None)


def optional(label: str, most: int = 60, **more: Any) -> StringField:
    return StringField(label, [Optional(), Length(max=most)], render_kw=more or None)


def select(label: str, *values: str) -> SelectField:
    return SelectField(label, choices=choices(*values))


def amount_field(label: str = "Amount") -> StringField:
    return required(label, 20, inputmode="decimal", placeholder="250")


def minor(world: Any, typed: str | None, most: int = AMOUNT_MOST, *, least: int = 1) -> int | None:
    """An amount in whole units as it was typed, in minor units; None when it is none."""
    try:
        return int(Amount(least, most).read(typed or "", world.place))
    except Unclear:
        return None


def thousandths(typed: str | None) -> int | None:
    """`42.5` as thousandths; None when it is no quantity."""
    said = (typed or "").strip().replace(",", ".")
    units, _, broken = said.partition(".")
    if not said.isascii() or not units.isdigit() or len(units) > 5 or (broken and not broken.isdigit()) or len(broken) > 3:
        return None
    return int(units) * 1_000 + int(broken.ljust(3, "0") or 0) or None


def whole(typed: str | None, most: int = 2**63 - 1) -> int | None:
    """A whole number in plain digits that fits where it is kept; None when it is none."""
    said = (typed or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) <= 19 and int(said) <= most else None


def member(world: Any, typed: str | None) -> Member | None:
    """By a phone number in any spelling, or by a member code."""
    said = (typed or "").strip()
    return receiver_of(world, world.place.phone(said) or said)


def day_start(world: Any, day: dt.date, days: int = 0) -> dt.datetime:
    """The first moment of a day in the organisation's own time, or of one so many days later; days far from us count as the nearest we keep."""
    day = min(max(day, FIRST_DAY), LAST_DAY) + dt.timedelta(days=days)
    return dt.datetime.combine(day, dt.time(), world.organisation.zone)


__all__ = [
    "DateField", "FileField", "FlaskForm", "TextAreaField", "amount_field", "day_start", "member", "minor", "optional",
    "required", "select", "thousandths", "whole",
]  # fmt: skip
