"""Say something that must be known without saying who one is.

The words go to the inbox; of the author only a sealed box is kept. Traces of the call name the screen before, ids and moments are those
of the clock that carries several together: whoever reads the database finds who dialled, and not who said what.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from gateway.community import rows as community
from gateway.community.items import rows as items
from gateway.community.items.model import ItemNumber
from gateway.community.sealed import rows
from gateway.community.sealed.box import open_box, seal
from gateway.members import rows as members
from gateway.members.model import LOOKUPS_MOST, check_digit
from gateway.members.verbs import the_member
from gateway.records.model import masked
from menus import alphabet

SAID_MOST = 74
SEALED = "sealed"  # what an item is about whose author is sealed
CHANNEL = "sealed"


class CanSeal: ...


class CannotSeal: ...


@dataclass(frozen=True)
class Sealed:
    number: ItemNumber


class SealedEnough: ...


def may_seal(world: Any, caller: str) -> CanSeal | CannotSeal:
    the_member(world, caller)
    return CanSeal() if rows.newest_lock(world) else CannotSeal()


def seal_words(world: Any, caller: str, words: str) -> Sealed | CannotSeal | SealedEnough:
    """Counted with the look-ups of names, so that no counter says that somebody said something sealed."""
    member, held = the_member(world, caller), rows.newest_lock(world)
    if held is None:
        return CannotSeal()
    today = world.organisation.local(world.now()).date().isoformat()
    if members.count_lookup(world, caller, today) > LOOKUPS_MOST:
        return SealedEnough()
    digits = str(community.next_number(world))
    number = digits + check_digit(digits)
    said = masked(alphabet.heard(words))[:SAID_MOST]
    rows.wait(world, number, said, held.id, seal(held.lock.public, f"{member.code} {member.name}"))
    return Sealed(ItemNumber(number))


def names_sealed(world: Any, words: str) -> bool:
    """Whether the number of something sealed stands in a message: who asks about it is most often who said it."""
    return any(rows.waits(world, number) or _is_sealed(world, number) for number in re.findall(r"(?<!\d)\d{4,5}(?!\d)", words))


def _is_sealed(world: Any, number: str) -> bool:
    found = items.by_number(world, number)
    return found is not None and found.about == SEALED


def carry_sealed(world: Any) -> int:
    """Bring what waits to the inbox, all of it at once."""
    some = rows.take_waiting(world)
    for one in some:
        id = items.add(
            world, key=f"sealed:{one.number}", number=one.number, kind="wrong", topic="", words=one.words, state="new", member_id=None, phone="",
            about=SEALED, channel=CHANNEL, shown="sealed", group_id=None, language=world.organisation.language,
        )  # fmt: skip
        rows.add_name(world, id, one.lock_id, one.box)
    return len(some)


def open_name(world: Any, item_id: int, first: str, second: str, why: str) -> str:
    """Who it was, for two of the board together. Noted for ever, with the reason. Raises WrongPassphrase."""
    found = rows.name_of(world, item_id)
    held = rows.lock(world, found.lock_id) if found else None
    assert found, "the page shows it"
    assert held, "a lock is never deleted"
    name = open_box(held.lock, found.box, first, second)
    rows.note_opened(world, item_id, f"{held.first_holder} and {held.second_holder}", why)
    return name
