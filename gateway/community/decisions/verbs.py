"""Members read who decides what, and within how many days a no has its reason; the staff write it down, and every change of it is noted."""

from __future__ import annotations

from typing import Any

from gateway.community.decisions import rows
from gateway.community.decisions.model import DAYS, DECIDERS, DECISIONS_MOST, NAME_MOST, DecisionName, DecisionShown, NoDecision, WhoDecides
from gateway.community.items.model import Few
from gateway.members.model import Day
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

WHO = {"members": "members", "staff": "staff", "both": "staff and members"}  # as a phone says it; each is in the catalogue


class NotWritten(ValueError):
    """It stays as it was. Says why."""


def look_at_decision(world: Any, caller: str, decision: str) -> DecisionShown | NoDecision:
    found, language = rows.one(world, int(decision)) if decision.isdigit() else None, the_member(world, caller).language
    if found is None:
        return NoDecision()
    who = WhoDecides(world.phrases.text(WHO[found.who], language))
    return DecisionShown(DecisionName(found.name), who, Few(found.days), Day(world.phrases.day(world.organisation.local(found.since), language)))


def write_down(world: Any, name: str, who: str, days: int, by: str) -> bool:
    """Whether it is new. Raises NotWritten."""
    said = " ".join(alphabet.plain(name).split())[:NAME_MOST].strip()
    if not said:
        raise NotWritten("it needs a name")
    if who not in DECIDERS or days not in DAYS:
        raise NotWritten(f"who decides, and {DAYS.start} to {DAYS.stop - 1} days")
    if rows.count(world) >= DECISIONS_MOST and said not in {one.name for one in rows.here(world)}:
        raise NotWritten(f"{DECISIONS_MOST} are written down; what nobody reads binds nobody")
    return rows.put(world, said, who, days, by)


# Facts.


def who_decides(world: Any, caller: str) -> list[Row]:
    language = the_member(world, caller).language
    return [Row(str(one.id), f"{one.name}: {world.phrases.text(WHO[one.who], language)}") for one in rows.here(world)]
