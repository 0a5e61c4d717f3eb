"""A member says well done to a group that takes part much: its leaders hear it, with the name of who says it; it is a thanks like others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community import rows as community
from gateway.community.groups import rows as group_rows
from gateway.community.groups.model import VillageName
from gateway.community.items.model import Rests, SaidToday
from gateway.community.items.thanking import not_now
from gateway.community.voices import rows as voices
from gateway.community.voices.model import BOARD_SHOWN, FEWEST, PART_DAYS
from gateway.members import rows as members
from gateway.members.model import PlaceName, short
from gateway.members.verbs import the_member
from gateway.records.verbs import NewText, write_texts
from menus.book import notices


class TookPart(int):
    """Of a hundred members of a group."""

    longest = "100"


@dataclass(frozen=True)
class GroupOnBoard:
    place: PlaceName
    took_part: TookPart


@dataclass(frozen=True)
class VillageOnBoard:
    village: VillageName
    took_part: TookPart


class OffTheBoard: ...


@dataclass(frozen=True)
class WellDoneSaid:
    place: PlaceName


def _on_board(world: Any, ref: str) -> tuple[Any, int] | None:
    best = {str(id): (count, of) for id, count, of in voices.best(world, "group", BOARD_SHOWN)}
    group = group_rows.by_id(world, int(ref)) if ref in best else None
    return (group, round(100 * best[ref][0] / best[ref][1])) if group and group.state == "open" else None


def look_at_group_on_board(world: Any, caller: str, groups: str) -> GroupOnBoard | OffTheBoard:
    found = _on_board(world, groups)
    return GroupOnBoard(PlaceName(found[0].name), TookPart(found[1])) if found else OffTheBoard()


def look_at_my_village(world: Any, caller: str) -> VillageOnBoard | OffTheBoard:
    """How many of a hundred of one's own village took part; of a few nothing is shown, for one could guess who."""
    member = the_member(world, caller)
    took, of = voices.village_part(world, member.village, world.now() - dt.timedelta(days=PART_DAYS)) if member.village else (0, 0)
    return VillageOnBoard(VillageName(member.village), TookPart(round(100 * took / of))) if of >= FEWEST else OffTheBoard()


def has_village(world: Any, caller: str) -> bool:
    return bool(the_member(world, caller).village)


def say_well_done(world: Any, caller: str, groups: str) -> WellDoneSaid | OffTheBoard | SaidToday | Rests:
    """Once a week of one member to one group; the leaders are told, and it stands under who thanked them."""
    giver, found = the_member(world, caller), _on_board(world, groups)
    if found is None:
        return OffTheBoard()
    if refused := not_now(world, giver):
        return refused
    group, share = found
    week = f"{world.organisation.local(world.now()):%G-%V}"
    leaders = members.by_ids(world, [one.member_id for one in group_rows.in_group(world, group.id) if one.role == "leader" and one.member_id != giver.id])
    texts = []
    for one in leaders.values():
        if community.add_thanks(world, giver_id=giver.id, helper_id=one.id, ref=f"to:group:{group.number}:{giver.code}:{one.code}:{week}"):
            words = world.phrases.say(notices.WELL_DONE, one.language, name=short(giver.name), place=group.name, share=share)
            texts.append(NewText(f"well-done:{group.id}:{giver.id}:{one.id}:{week}", one.number, "service", words, one.id, "thanks", one.hours))
    write_texts(world, texts)
    return WellDoneSaid(PlaceName(group.name))
