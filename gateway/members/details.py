"""What members change about themselves: name, village, who sees them in lists, when SMS may come."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.members import rows, village_rows
from gateway.members.model import short
from gateway.members.verbs import the_member
from gateway.store import audit
from menus import alphabet
from menus.phrasebook import Row

NAMES_A_MONTH = 2  # changes of a name in 30 days: who pays by name must be able to trust it
VILLAGES_A_MONTH = 2  # changes of a village in 30 days: neighbours let through what waits, and helpers are asked by nearness
VILLAGE_FROM = 3  # members from which a village stands on the list: one alone may have mistyped it, or not want to be found by it
VILLAGES_SHOWN = 12  # three pages
OTHER = "-"  # the last line of that list
ANOTHER = "Another: type it"  # in the catalogue
SHOWN_TO = {"everyone": "everyone", "groups": "my groups", "nobody": "nobody"}  # as they are said


class VillageName(str):
    longest = "x" * 10


class ShownTo(str):
    longest = "vikundi vyangu"


class Hour(int):
    longest = "19"


class NameChanged: ...


class TooManyChanges: ...


class VillageChanged: ...


class VillageOther:
    """It is not on the list: it is typed."""


@dataclass(frozen=True)
class VillagePicked:
    new_village: VillageName


@dataclass(frozen=True)
class ShownChosen:
    shown_to: ShownTo


@dataclass(frozen=True)
class HoursChosen:
    first_hour: Hour
    last_hour: Hour


def change_name(world: Any, caller: str, new_name: str) -> NameChanged | TooManyChanges:
    """A new name is noted, for others pay by it; not a third within a month."""
    member = the_member(world, caller)
    about = f"name of {member.code}"
    since = world.now() - dt.timedelta(days=30)
    if sum(line.at >= since for line in audit.about(world, about)) >= NAMES_A_MONTH:
        return TooManyChanges()
    rows.change_member(world, member.id, name=new_name)
    audit.note(world, f"member {member.code}", "renamed", about, before=short(member.name), after=short(new_name))
    return NameChanged()


def change_village(world: Any, caller: str, new_village: str) -> VillageChanged | TooManyChanges:
    """Another village is noted, for neighbours see and let through what waits; the first is not counted."""
    member, village = the_member(world, caller), alphabet.plain(new_village)[:20]
    if member.village and member.village != village:
        about, since = f"village of {member.code}", world.now() - dt.timedelta(days=30)
        if sum(line.at >= since for line in audit.about(world, about)) >= VILLAGES_A_MONTH:
            return TooManyChanges()
        audit.note(world, f"member {member.code}", "moved", about, before=member.village, after=village)
    rows.change_member(world, member.id, village=village)
    return VillageChanged()


def pick_village(world: Any, caller: str, village: str) -> VillagePicked | VillageOther | TooManyChanges:
    """One of those where others live, or another."""
    if village == OTHER or village not in village_rows.villages_here(world, VILLAGE_FROM, VILLAGES_SHOWN):
        return VillageOther()
    if isinstance(refused := change_village(world, caller, village), TooManyChanges):
        return refused
    return VillagePicked(VillageName(village))


def choose_shown(world: Any, caller: str, who_sees_me: str) -> ShownChosen:
    assert who_sees_me in SHOWN_TO, "the menu has no other choice"
    member = the_member(world, caller)
    rows.change_member(world, member.id, shown_to=who_sees_me)
    return ShownChosen(ShownTo(world.phrases.text(SHOWN_TO[who_sees_me], member.language)))


def choose_hours(world: Any, caller: str, show: str) -> HoursChosen:
    """Hours that lie within the day; about their own money they hear at any time."""
    first, last = (int(hour) for hour in show.split("-"))
    rows.change_member(world, the_member(world, caller).id, texts_from=first, texts_until=last)
    return HoursChosen(Hour(first), Hour(last))


# Facts.


def village(world: Any, caller: str) -> str:
    member = the_member(world, caller)
    return member.village or str(world.phrases.text("no village", member.language))


def villages(world: Any, caller: str) -> list[Row]:
    member = the_member(world, caller)
    found = village_rows.villages_here(world, VILLAGE_FROM, VILLAGES_SHOWN)
    return [*(Row(one, one) for one in found), Row(OTHER, str(world.phrases.text(ANOTHER, member.language)))] if found else []


def shown_to(world: Any, caller: str) -> str:
    member = the_member(world, caller)
    return str(world.phrases.text(SHOWN_TO[member.shown_to], member.language))
