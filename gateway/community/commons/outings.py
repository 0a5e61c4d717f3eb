"""Going and working together: somebody takes fellows along to market, or needs hands on a day; who comes is told to them, and they to who comes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community import rows as community
from gateway.community.commons import outing_rows as rows
from gateway.community.commons.model import (
    OUTING_MOST,
    OUTINGS_MOST,
    SEATS,
    ComesAlong,
    Few,
    InsteadAsked,
    InsteadNot,
    InsteadTold,
    NotInsteadTold,
    OffTold,
    Outing,
    OutingCalledOff,
    OutingComing,
    OutingFull,
    OutingName,
    OutingOffered,
    OutingOver,
    OutingShown,
    OutingsMany,
    OutingStays,
    RowKey,
)
from gateway.community.groups import facts
from gateway.community.groups import rows as groups
from gateway.community.groups.model import NotInGroup
from gateway.community.groups.verbs import group_of
from gateway.community.items import brakes
from gateway.community.items.model import HeldWords
from gateway.community.questions import ask_by_text, forget, remember
from gateway.members import rows as members
from gateway.members.keeping import at_home
from gateway.members.model import Day, Gone, Member, short
from gateway.members.verbs import the_member
from gateway.records import rows as records
from gateway.records.model import masked
from gateway.records.verbs import write_text
from menus import alphabet
from menus.book import more_notices, notices
from menus.notice import Notice
from menus.phrasebook import Row

INSTEAD = "instead_of"  # the kind of the question whether somebody comes instead of another
TOLD = "outing"  # and of what is told under 9 to who takes no SMS
OFF, COMES, COMES_NOT = "off", "comes", "not"  # what such a tiding tells, at the beginning of what it is about
INSTEAD_MOST = 3  # of the group that one member asks for one place: who has asked three should speak with them


def _today(world: Any) -> str:
    return str(world.organisation.local(world.now()).date().isoformat())


def offer_outing(
    world: Any, caller: str, group: str, kind: str, title: str, day: str, seats: str, key: str
) -> OutingOffered | OutingsMany | HeldWords | NotInGroup:
    """A ride or a work day on one of the coming days."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None:
        return NotInGroup()
    if brakes.held_word(world, title):
        return HeldWords()
    groups.lock(world, found.id)
    if sum(one.member_id == member.id for one in rows.coming(world, found.id, _today(world))) >= OUTINGS_MOST:
        return OutingsMany(Few(OUTINGS_MOST))
    words = alphabet.plain(masked(alphabet.heard(title)))[:OUTING_MOST]
    heads = min(max(int(seats), SEATS.start), SEATS.stop - 1)
    rows.add(world, key=key, group_id=found.id, member_id=member.id, kind=kind, title=words, day=day, seats=heads)
    return OutingOffered()


def _found(world: Any, caller: str, group: str, outing: str) -> tuple[Outing, Member, Member] | None:
    """(what is coming, whose it is, who asks); only for who is in the group."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    one = rows.outing(world, int(outing)) if outing.isdigit() else None
    if found is None or one is None or one.group_id != found.id or one.state != "open" or one.day < _today(world):
        return None
    owner = members.by_ids(world, [one.member_id]).get(one.member_id)
    return (one, owner, member) if owner and owner.status == "active" else None


def _day(world: Any, one: Outing, language: str) -> Day:
    return Day(world.phrases.day(dt.date.fromisoformat(one.day), language))


def look_at_outing(world: Any, caller: str, group: str, outing: str) -> OutingShown | OutingOver:
    found = _found(world, caller, group, outing)
    if found is None:
        return OutingOver()
    one, owner, member = found
    due, taken = _day(world, one, member.language), Few(len(rows.taken(world, one.id)))
    return OutingShown(RowKey(one.id), OutingName(one.title), short(owner.name), due, taken, Few(one.seats))


def come_along(world: Any, caller: str, group: str, outing: str) -> OutingComing | OutingFull | OutingOver:
    """A place, once; who offers hears of it, once of each: coming and going sends no flood. Whose it is needs none."""
    found = _found(world, caller, group, outing)
    if found is None or found[1].id == found[2].id:
        return OutingOver()
    one, owner, member = found
    groups.lock(world, one.group_id)
    there = rows.taken(world, one.id)
    if member.id not in there and len(there) >= one.seats:
        return OutingFull()
    if rows.take_place(world, one.id, member.id):
        _tell(world, owner, member, one, notices.COMES_ALONG, f"comes:{one.id}:{member.id}")
    return OutingComing(short(owner.name), at_home(world, owner.number), _day(world, one, member.language))


def stay_home(world: Any, caller: str, group: str, outing: str) -> OutingStays | OutingOver:
    found = _found(world, caller, group, outing)
    if found is None:
        return OutingOver()
    one, owner, member = found
    if rows.give_place_back(world, one.id, member.id):
        _tell(world, owner, member, one, notices.STAYS_HOME, f"stays:{one.id}:{member.id}")
    return OutingStays()


def ask_instead(world: Any, caller: str, group: str, outing: str, instead: str) -> InsteadAsked | InsteadNot | OutingOver:
    """Ask somebody of the group by SMS to come instead of oneself: a work turn is swapped by the two, and who offers it hears who comes."""
    found, standing = _found(world, caller, group, outing), None
    if found is None or found[2].id not in rows.taken(world, found[0].id):
        return OutingOver()
    one, owner, member = found
    standing = groups.membership(world, one.group_id, int(instead)) if instead.isdigit() else None
    other = members.by_ids(world, [standing.member_id]).get(standing.member_id) if standing and standing.state == "member" else None
    if other is None or other.id in (owner.id, member.id, *rows.taken(world, one.id)) or other.shared or brakes.rests(world, "outings"):
        return InsteadNot()
    if community.times_asked(world, INSTEAD, f"{one.id}-{member.id}") >= INSTEAD_MOST:
        return InsteadNot()
    key = f"instead:{one.id}:{member.id}:{other.id}"
    asked = ask_by_text(
        world, other, INSTEAD, f"{one.id}-{member.id}", more_notices.COME_INSTEAD, key=key, title=one.title, about="outing", name=short(member.name),
        phone=at_home(world, member.number), what=one.title, day=_day(world, one, other.language),
    )  # fmt: skip
    return InsteadAsked(short(other.name)) if asked else InsteadNot()


def answer_instead(world: Any, other: Member, ref: str, *, yes: bool) -> bool:
    """Yes, and the place goes over; who asked hears either way. Whether there was something to answer."""
    outing_id, _, from_id = ref.partition("-")
    one, asker = rows.outing(world, int(outing_id)), members.by_ids(world, [int(from_id)]).get(int(from_id))
    if one is None or asker is None or one.state != "open" or one.day < _today(world):
        return False
    groups.lock(world, one.group_id)
    standing = groups.membership(world, one.group_id, other.id)
    done = yes and standing is not None and standing.state == "member" and rows.pass_place(world, one.id, asker.id, other.id)
    if yes and not done:
        return False
    notice = more_notices.COMES_INSTEAD if yes else more_notices.COMES_NOT_INSTEAD
    _tell(world, asker, other, one, notice, f"instead-said:{one.id}:{asker.id}:{other.id}", tiding=COMES if yes else COMES_NOT)
    owner = members.by_ids(world, [one.member_id]).get(one.member_id)
    if yes and owner:
        _tell(world, owner, other, one, notices.COMES_ALONG, f"comes:{one.id}:{other.id}")
    return True


def call_off(world: Any, caller: str, group: str, own: str) -> OutingCalledOff | OutingOver:
    found = _found(world, caller, group, own)
    if found is None or found[1].id != found[2].id or not end(world, found[0]):
        return OutingOver()
    return OutingCalledOff()


def end(world: Any, one: Outing) -> bool:
    """It is called off, and those who wanted to come are told. False when it was before."""
    if not rows.call_off(world, one.id):
        return False
    known = members.by_ids(world, [one.member_id, *(there := rows.taken(world, one.id))])
    if owner := known.get(one.member_id):
        for id in there:
            if who := known.get(id):
                _tell(world, who, owner, one, notices.CALLED_OFF, f"off:{one.id}:{id}", tiding=OFF)
    return True


def _tell(world: Any, reader: Member, of: Member, one: Outing, notice: Notice, key: str, tiding: str = "") -> None:
    """By SMS; where none is wanted, or they rest, a `tiding` waits under 9. Who comes to one's own is listed there, and needs none."""
    if reader.status != "active":
        return
    rest = brakes.rests(world, "outings")
    if tiding and (rest or records.stopped(world, reader.number, "outing")):
        remember(world, reader.number, TOLD, f"{tiding}-{one.id}-{of.id}", one.title)
    if rest:
        return
    words = world.phrases.say(
        notice, reader.language, name=short(of.name), phone=at_home(world, of.number), what=one.title, day=_day(world, one, reader.language)
    )  # fmt: skip
    write_text(world, key=key, number=reader.number, kind="service", words=words, member_id=reader.id, about="outing", hours=reader.hours)


def hear_told(world: Any, member: Member, ref: str) -> OffTold | InsteadTold | NotInsteadTold | Gone:
    """What waits under 9 about a ride or a work day, heard once."""
    forget(world, member.number, TOLD, ref)
    world.seen.clear()  # it waits no more
    tiding, _, ids = ref.partition("-")
    outing_id, _, of_id = ids.partition("-")
    one, of = rows.outing(world, int(outing_id)), members.by_ids(world, [int(of_id)]).get(int(of_id))
    if one is None or of is None or one.day < _today(world):
        return Gone()
    if tiding == COMES_NOT and (one.state != "open" or member.id not in rows.taken(world, one.id)):  # true no more
        return Gone()
    name, called, due = short(of.name), OutingName(one.title), _day(world, one, member.language)
    if tiding == OFF:
        return OffTold(name, at_home(world, of.number), called, due)
    return (InsteadTold if tiding == COMES else NotInsteadTold)(name, called, due)


def look_at_comer(world: Any, caller: str, group: str, outing: str, comer: str) -> ComesAlong | OutingOver:
    found = _found(world, caller, group, outing)
    if found is None or found[1].id != found[2].id or not comer.isdigit() or int(comer) not in rows.taken(world, found[0].id):
        return OutingOver()
    one, owner, _ = found
    who = members.by_ids(world, [int(comer)]).get(int(comer))
    return ComesAlong(short(who.name), at_home(world, who.number), OutingName(one.title), _day(world, one, owner.language)) if who else OutingOver()


# Facts.


def _shown(world: Any, caller: str, group: str, outing: str) -> tuple[Outing, Member, Member] | None:
    """The same as `_found`, asked once for the lines of a screen."""
    key = ("outing", caller, group, outing)
    if key not in world.seen:
        world.seen[key] = _found(world, caller, group, outing)
    found: tuple[Outing, Member, Member] | None = world.seen[key]
    return found


def has_place(world: Any, caller: str, group: str, outing: str) -> bool:
    found = _shown(world, caller, group, outing)
    return found is not None and found[2].id in rows.taken(world, found[0].id)


def outing_is_mine(world: Any, caller: str, group: str, outing: str) -> bool:
    found = _shown(world, caller, group, outing)
    return found is not None and found[1].id == found[2].id


def outing_of_another(world: Any, caller: str, group: str, outing: str) -> bool:
    return not outing_is_mine(world, caller, group, outing)


def comers(world: Any, caller: str, group: str, outing: str) -> list[Row]:
    """Who comes to what the caller offers, the first first."""
    found = _found(world, caller, group, outing)
    there = rows.taken(world, found[0].id) if found and found[1].id == found[2].id else []
    known = members.by_ids(world, there)
    return [Row(str(id), short(known[id].name)) for id in there if id in known]


def free_fellows(world: Any, caller: str, group: str, outing: str) -> list[Row]:
    """Who of the group might come instead of the caller: who neither comes nor offers it."""
    found = _found(world, caller, group, outing)
    busy = {str(id) for id in (found[1].id, *rows.taken(world, found[0].id))} if found else set()
    return [row for row in facts.others(world, caller, group) if row.value not in busy]


def open_outings(world: Any, caller: str, group: str) -> list[Row]:
    """What is coming, the next first."""
    return _listed(world, caller, group, own=False)


def my_outings(world: Any, caller: str, group: str) -> list[Row]:
    return _listed(world, caller, group, own=True)


def _listed(world: Any, caller: str, group: str, *, own: bool) -> list[Row]:
    member = the_member(world, caller)
    found = group_of(world, member, group)
    some = [one for one in rows.coming(world, found.id, _today(world)) if not own or one.member_id == member.id] if found else []
    heads = rows.counts(world, [one.id for one in some])
    return [Row(str(one.id), f"{one.title} {_day(world, one, member.language)} {heads.get(one.id, 0)}/{one.seats}") for one in some]
