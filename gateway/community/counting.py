"""The next number for something that members say or found. Numbers are counted up; those that were drawn for sealed words are left out."""

from __future__ import annotations

from typing import Any

from gateway.community import rows
from gateway.community.items import rows as items
from gateway.community.sealed import box
from gateway.community.sealed import rows as sealed
from gateway.community.sealed.model import NUMBERS
from gateway.members.model import check_digit


def next_free(world: Any) -> str:
    """The count and its check digit."""
    while True:
        digits = str(rows.next_number(world))
        number = digits + check_digit(digits)
        if int(digits) not in NUMBERS or not (items.by_number(world, number) or _waits(world, number)):
            return number


def _waits(world: Any, number: str) -> bool:
    return sealed.waits_with(world, box.marks(world.secrets.peppers, "number", world.organisation.id, number))
