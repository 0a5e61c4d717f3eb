"""The roll: who is a member already. Whoever joins is asked for their number there; without one they are a guest, who asks, reads and says.

A number is nobody's proof: where the roll has a phone it must be the caller's, where it has a name it must be theirs, and it is given once.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import Any, ClassVar

from gateway.members import roll_rows as rows
from gateway.members import rows as members
from gateway.members.model import AskedTooOften, Member, OnList
from gateway.members.verbs import GUEST, may_look_up, the_member
from menus import alphabet
from menus.answers import Place

LINES_MOST = 20_000  # of a file that is read at once
NUMBER = re.compile(r"[0-9A-Z/-]{1,20}")


class RollKey(str):
    longest: ClassVar[str] = "x" * 20


@dataclass(frozen=True)
class NoRoll:
    """There is no roll, so everybody is a member."""

    on_roll: RollKey


class RollAsked: ...


@dataclass(frozen=True)
class OnRoll:
    on_roll: RollKey


@dataclass(frozen=True)
class AsGuest:
    on_roll: RollKey


class NotOnRoll: ...


class RollTaken: ...


class NowMember: ...


def number_in(typed: str) -> str:
    """A number of the roll as it is compared: capitals, no spaces, no zeros in front.

    >>> number_in(" m 0012 "), number_in("0042"), number_in("000")
    ('M0012', '42', '0')
    """
    bare = re.sub(r"[\s.]", "", typed).upper()
    return (bare.lstrip("0") or "0") if bare.isdigit() else bare


def is_there_a_roll(world: Any, caller: str) -> NoRoll | OnRoll | RollAsked:
    """Whose phone is on it needs no number."""
    if not rows.is_there_one(world):
        return NoRoll(RollKey(""))
    known = rows.of_phone(world, caller)
    return OnRoll(RollKey(known.number)) if known else RollAsked()


def find_on_roll(world: Any, caller: str, roll: str, name: str) -> OnRoll | NotOnRoll | RollTaken | AskedTooOften:
    found = _found(world, caller, roll, name)
    return OnRoll(RollKey(found.number)) if isinstance(found, OnList) else found


def _found(world: Any, caller: str, typed: str, name: str) -> OnList | NotOnRoll | RollTaken | AskedTooOften:
    if not may_look_up(world, caller):
        return AskedTooOften()
    line = rows.line(world, number_in(typed))
    if line is None or (line.phone and line.phone != caller) or (line.name and not _alike(line.name, name)):
        return NotOnRoll()  # not even whose it is can be found out by trying
    return line if line.member_id is None else RollTaken()


def _alike(one: str, other: str) -> bool:
    """Whether they have a word in common: the roll says Wanjiru Kamau, the phone Wanjiru."""
    return bool(_words(one) & _words(other))


def _words(name: str) -> set[str]:
    return {word for word in re.split(r"[^a-z]+", alphabet.plain(name).lower()) if len(word) > 1}


def come_as_guest(world: Any, caller: str) -> AsGuest:
    return AsGuest(RollKey(GUEST))


def is_guest(world: Any, caller: str) -> bool:
    member = members.by_number(world, caller)
    return member is not None and member.guest


def say_roll_number(world: Any, caller: str, roll: str) -> NowMember | NotOnRoll | RollTaken | AskedTooOften:
    """A guest who has found the card, or was taken in meanwhile."""
    member = the_member(world, caller)
    if not member.guest:
        return NowMember()
    found = _found(world, members.line(caller).partition("/")[0], roll, member.name)
    if not isinstance(found, OnList):
        return found
    if not rows.claim(world, found.number, member.id):
        return RollTaken()
    members.change_member(world, member.id, guest=False)
    return NowMember()


# For staff.


class Unread(ValueError):
    """A line of the file that is none. Says which and why."""


def read_roll(data: bytes, place: Place) -> list[OnList]:
    """Lines of `number,name,phone`, with a head or without; name and phone may be empty. Raises Unread."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unread("the file is not in UTF-8") from error
    found: dict[str, OnList] = {}
    for n, row in enumerate(csv.reader(io.StringIO(text)), 1):
        cells = [cell.strip() for cell in row] + ["", "", ""]
        number = number_in(cells[0])
        if not any(cells) or (n == 1 and cells[0].lower() == "number"):
            continue
        phone = place.phone(cells[2]) if cells[2] else ""
        if not NUMBER.fullmatch(number) or number == "1":
            raise Unread(f"line {n}: {cells[0][:20]!r} is no number of a member (letters and numbers, at most 20; 1 stands for none)")
        if phone is None:
            raise Unread(f"line {n}: the phone of {number} is none")
        if number in found:
            raise Unread(f"line {n}: {number} comes twice")
        found[number] = OnList(number, " ".join(alphabet.plain(cells[1]).split())[:40], phone, None)
        if len(found) > LINES_MOST:
            raise Unread(f"more than {LINES_MOST:,} lines: send them in parts")
    return list(found.values())


def put_roll(world: Any, some: list[OnList]) -> tuple[int, int]:
    """(new lines, lines with a new name or phone). Nobody is taken off by it."""
    new = sum(rows.put(world, one) for one in some)
    return new, len(some) - new


def give(world: Any, number: str, member: Member) -> bool:
    """The office knows whose number it is; a guest is a member with it. False when somebody has it, or they have another."""
    if rows.of_member(world, member.id) or not (rows.line(world, number) or rows.put(world, OnList(number, "", "", None))):
        return False
    if not rows.claim(world, number, member.id):
        return False
    members.change_member(world, member.id, guest=False)
    return True


def take(world: Any, number: str) -> Member | None:
    """It was given to the wrong person: they are a guest now, and it is free."""
    had = rows.free(world, number)
    if had is None:
        return None
    members.change_member(world, had, guest=True)
    return members.by_id(world, had)
