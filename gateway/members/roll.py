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
from gateway.records.model import phone_of
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


def is_number(number: str) -> bool:
    """Whether it can be typed at the question for it.

    >>> is_number("M12"), is_number("ABC"), is_number("0"), is_number("1")
    (True, False, False, False)
    """
    return NUMBER.fullmatch(number) is not None and any(one.isdigit() for one in number) and number not in ("0", "1")


def is_there_a_roll(world: Any, caller: str, name: str) -> NoRoll | OnRoll | RollAsked:
    """Whose phone and name are on it needs no number: a phone goes from hand to hand."""
    if not rows.is_there_one(world):
        return NoRoll(RollKey(""))
    known = rows.of_phone(world, phone_of(caller))
    return OnRoll(RollKey(known.number)) if known and _fits(known, caller, name) else RollAsked()


def find_on_roll(world: Any, caller: str, roll: str, name: str) -> OnRoll | NotOnRoll | RollTaken | AskedTooOften:
    found = _found(world, caller, roll, name)
    return OnRoll(RollKey(found.number)) if isinstance(found, OnList) else found


def _found(world: Any, caller: str, typed: str, name: str) -> OnList | NotOnRoll | RollTaken | AskedTooOften:
    if not may_look_up(world, phone_of(caller)):  # of all who share a phone together
        return AskedTooOften()
    line = rows.line(world, number_in(typed))
    if line is None or not _fits(line, caller, name):
        return NotOnRoll()  # not even whose it is can be found out by trying
    return line if line.member_id is None else RollTaken()


def _fits(line: OnList, caller: str, name: str) -> bool:
    return line.phone in ("", phone_of(caller)) and (not line.name or _alike(line.name, name))


def _alike(one: str, other: str) -> bool:
    """Whether they have a word in common: the roll says Wanjiru Kamau, the phone Wanjiru."""
    return bool(_words(one) & _words(other))


def _words(name: str) -> set[str]:
    """With Ng'ang'a as one word, however its strokes are typed."""
    bare = re.sub(r"['`\u2018\u2019]", "", name)
    return {word for word in re.split(r"[^a-z]+", alphabet.plain(bare).lower()) if len(word) > 1}


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
    found = _found(world, caller, roll, member.name)
    if not isinstance(found, OnList):
        return found
    if not rows.claim(world, found.number, member.id):
        return RollTaken()
    members.set_guest(world, member.voice, False)
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
    try:
        table = list(csv.reader(io.StringIO(text)))
    except csv.Error as error:
        raise Unread("a cell is longer than a page: is a quote missing?") from error
    found: dict[str, OnList] = {}
    for n, row in enumerate(table, 1):
        cells = [cell.strip() for cell in row] + ["", "", ""]
        number = number_in(cells[0])
        if not any(cells) or (n == 1 and cells[0].lower() == "number"):
            continue
        phone = place.phone(cells[2]) if cells[2] else ""
        if not is_number(number):
            raise Unread(f"line {n}: {cells[0][:20]!r} is no number of a member (a digit in it, at most 20 letters; 1 and 0 are keys of the phone)")
        if phone is None:
            raise Unread(f"line {n}: the phone of {number} is none")
        if number in found:
            raise Unread(f"line {n}: {number} comes twice")
        found[number] = OnList(number, " ".join(alphabet.plain(cells[1]).split())[:40], phone, None)
        if len(found) > LINES_MOST:
            raise Unread(f"more than {LINES_MOST:,} lines: send them in parts")
    return list(found.values())


def put_roll(world: Any, some: list[OnList]) -> int:
    """How many lines are new; the others have their name and phone anew. Nobody is taken off by it."""
    return sum(rows.put(world, one) for one in some)


def give(world: Any, number: str, member: Member) -> bool:
    """The office knows whose number it is; a guest is a member with it. False when somebody has it, or they have another."""
    if rows.of_member(world, member.id) or not (rows.line(world, number) or rows.put(world, OnList(number, "", "", None))):
        return False
    if not rows.claim(world, number, member.id):
        return False
    members.set_guest(world, member.voice, False)
    return True


def take(world: Any, number: str) -> Member | None:
    """It was given to the wrong person: they are a guest now, and it is free."""
    had = rows.free(world, number)
    if had is None:
        return None
    was = members.by_id(world, had)
    if was:
        members.set_guest(world, was.voice, True)
    return was
