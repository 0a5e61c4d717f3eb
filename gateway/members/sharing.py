"""One phone, several people: each has a line of the SIM, with a PIN, an account and a vote of their own.

The first line of a phone is its number; the others are the number with `/2`, `/3`, `/4` behind it. Nothing of a person is shown before their PIN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.members import rows
from gateway.members.model import Language, Locked, Member, ShortName, TooBusy, WrongPin, short
from gateway.members.verbs import LINES_MOST, the_member, weigh_pin
from gateway.records.model import phone_of
from menus.answers import Secret
from menus.phrasebook import Row

LINE_MOST = 16  # letters of a number with its line, as it is kept


class Line(str):
    """A person's line of a phone; the engine speaks with it from here on."""

    longest = "+254711000001/4"
    never_cut = True


@dataclass(frozen=True)
class Person:
    """Somebody who shares this phone; they are greeted when their PIN is right."""

    person: ShortName
    language: Language


@dataclass(frozen=True)
class CameIn:
    caller: Line
    language: Language


@dataclass(frozen=True)
class NewLine:
    """A free line for somebody new, who joins on it like everybody else."""

    caller: Line


class NoMoreLines: ...


class PersonGone: ...


def pick_person(world: Any, caller: str, who: str) -> Person | PersonGone:
    found = on_line(world, caller, who)
    return Person(short(found.name), Language(found.language)) if found else PersonGone()


def come_in(world: Any, caller: str, who: str, pin: Secret) -> CameIn | WrongPin | Locked | TooBusy | PersonGone:
    """The person who was picked, if it is their PIN. Only from here on the call is theirs."""
    found = on_line(world, caller, who)
    if found is None:
        return PersonGone()
    line = line_of(phone_of(caller), int(who))
    if refused := weigh_pin(world, line, pin):
        return refused
    rows.count_dial(world, found.id)
    return CameIn(Line(line), Language(found.language))


def open_line(world: Any, caller: str, pin: Secret) -> NewLine | NoMoreLines | WrongPin | Locked | TooBusy:
    """The person whose phone it is lets somebody else in, with the PIN."""
    if refused := weigh_pin(world, caller, pin):
        return refused
    phone = phone_of(caller)
    taken = {number for number, _ in rows.on_phone(world, phone, LINES_MOST)}
    free = next((n for n in range(2, LINES_MOST + 1) if line_of(phone, n) not in taken), None)
    if free is None or len(line_of(phone, free)) > LINE_MOST:
        return NoMoreLines()
    return NewLine(Line(line_of(phone, free)))


def line_of(phone: str, n: int) -> str:
    """
    >>> line_of("+254711000001", 2)
    '+254711000001/2'
    """
    return f"{phone}/{n}"


def on_line(world: Any, caller: str, who: str) -> Member | None:
    """Whoever has this line of the phone now; a person who may not come in has none."""
    found = rows.by_number(world, line_of(phone_of(caller), int(who))) if who.isdigit() and 1 <= int(who) <= LINES_MOST else None
    return found if found and found.status == "active" else None


# Facts.


def who_shares(world: Any, caller: str) -> list[Row]:
    """Everybody on this phone who may come in: the first name, and the number of the line."""
    people = rows.on_phone(world, phone_of(caller), LINES_MOST)
    return [Row(number.partition("/")[2] or "1", short(one.name)) for number, one in people if one.status == "active"]


def sharer_names(world: Any, caller: str) -> str:
    the_member(world, caller)
    return ", ".join(row.label for row in who_shares(world, caller))


def addressed(world: Any, number: str, member_id: int | None, words: str) -> str:
    """A message as it is read by several people on one phone: it begins with the name of whom it is for."""
    found = rows.by_number(world, number) if member_id else None
    return f"{short(found.name)}: {words}" if found and found.shared else words
