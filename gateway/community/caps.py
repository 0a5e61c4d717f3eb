"""How much recognition is worth, and how much of it is enough: what an organisation sets for itself, within bounds that keep help from becoming a wage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.community.items import voice_rows
from gateway.members.verbs import the_member


@dataclass(frozen=True)
class Cap:
    """As staff read it, what stands where nobody has set it, and between what it may be."""

    called: str
    usual: int
    least: int
    most: int


AT_MOST, NONE_NOW = "At most {count} in a week.", "Now no points are given; thanks go on."  # in the catalogue
EACH, A_WEEK, PAIR, REPORT = "cap_points_each", "cap_points_a_week", "cap_pair_days", "cap_points_report"
CAPS = {
    EACH: Cap("Points for a thanks that counts; 0 lets them rest, and thanks go on", 5, 0, 50),
    A_WEEK: Cap("Points of one member in 7 days, at most", 50, 0, 500),
    PAIR: Cap("Days in which the thanks of two people count once", 7, 1, 90),
    REPORT: Cap("Points that pay back what news cost its reporter, once it is checked; 0 for none", 1, 0, 20),
}


def cap(world: Any, name: str) -> int:
    """What is set, or the usual."""
    found = voice_rows.switch(world, name)
    return int(found.why) if found and found.why.isdigit() else CAPS[name].usual


def put_cap(world: Any, name: str, value: int, by: str) -> None:
    assert CAPS[name].least <= value <= CAPS[name].most, "the form has asked"
    voice_rows.turn(world, name, off=False, why=str(value), by=by)


def earning(world: Any, caller: str) -> str:
    """How many points one earns at most in a week, as it is set; or that none are given now."""
    most, language = cap(world, A_WEEK) if cap(world, EACH) else 0, the_member(world, caller).language
    return str(world.phrases.text(AT_MOST if most else NONE_NOW, language)).format(count=most)
