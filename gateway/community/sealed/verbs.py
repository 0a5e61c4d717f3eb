"""Say something that must be known without saying who one is; mix it; open a name when two holders agree that it must be known.

What is typed is a secret of one turn. It waits encrypted until two other members have said something too, and then all come to the inbox in
one transaction, in a drawn order and under drawn numbers. Traces of the call name no screen (`Flow.private`).
"""

from __future__ import annotations

import re
import secrets
from typing import Any

from gateway.community.items import rows as items
from gateway.community.items.model import AnswerWords, ItemNumber, StateName
from gateway.community.items.telling import STATES
from gateway.community.sealed import box, rows
from gateway.community.sealed.model import (
    APART,
    HALF_KEPT,
    HOLDERS,
    MIX,
    NUMBERS,
    REST,
    SEALED,
    ASealed,
    CannotSeal,
    CanSeal,
    Key,
    OneWaits,
    Sealed,
)
from gateway.members import rows as members
from gateway.members.model import check_digit, short, well_formed
from gateway.members.verbs import the_member
from gateway.records.model import masked
from gateway.records.verbs import write_text
from menus import alphabet
from menus.answers import Secret
from menus.book import notices

DRAWS_MOST = 50  # numbers that are tried
_FIVE = re.compile(r"(?<!\d)\d{5}(?!\d)")


class NotOpened(ValueError):
    """The name stays shut. Says why, for the person who asks."""


def _holders(world: Any) -> list[Key]:
    found = rows.live_keys(world)
    return found if len(found) == HOLDERS else []


def may_seal(world: Any, caller: str) -> CanSeal | CannotSeal:
    return CanSeal() if the_member(world, caller) and _holders(world) else CannotSeal()


def seal_words(world: Any, caller: str, words: Secret, key: str) -> Sealed | CannotSeal | OneWaits:
    """One thing of a member waits at a time: so three that wait are of three. The same hop twice has the same number."""
    member, held, peppers = the_member(world, caller), _holders(world), world.secrets.peppers
    mine, this = box.marks(peppers, "who", world.organisation.id, member.id), box.marks(peppers, "turn", key)[0]
    if body := rows.waits_of(world, mine):
        known = box.unwrap(peppers, body)
        return Sealed(ItemNumber(known["number"])) if known and known["turn"] == this else OneWaits()
    if not held or not (number := _drawn(world)):
        return CannotSeal()
    said = masked(alphabet.plain(alphabet.heard(words.reveal())))
    boxes = box.split(f"{member.id} {member.code} {alphabet.plain(short(member.name))}", held[0].public, held[1].public)
    body = box.wrap(peppers, {"number": number, "words": said, "turn": this, "boxes": list(zip([one.id for one in held], boxes, strict=True))})
    kept = rows.wait(world, mine[0], box.marks(peppers, "number", world.organisation.id, number)[0], body)
    return Sealed(ItemNumber(number)) if kept else OneWaits()


def _drawn(world: Any) -> str:
    """A number that nobody has and that the counter does not reach soon: its place in the count would tell when it was said."""
    least, taken = max(NUMBERS.start, rows.last_number(world) + APART), rows.numbers_taken(world)
    for _ in range(DRAWS_MOST if least < NUMBERS.stop else 0):
        digits = str(least + secrets.randbelow(NUMBERS.stop - least))
        number = digits + check_digit(digits)
        if number not in taken and not _waits(world, number) and members.by_code(world, number) is None:
            return number
    return ""


def _waits(world: Any, number: str) -> bool:
    return rows.waits_with(world, box.marks(world.secrets.peppers, "number", world.organisation.id, number))


def look_up_sealed(world: Any, number: str, language: str) -> ASealed | None:
    """How it stands, for whoever knows the number. Neither words nor day are told: numbers can be guessed."""
    if not (well_formed(number) and len(number) == 5):
        return None
    found = items.by_number(world, number)
    if found is not None and found.about == SEALED:
        return ASealed(ItemNumber(number), StateName(world.phrases.text(STATES[found.state], language)), AnswerWords(found.answer))
    if found is None and _waits(world, number):
        return ASealed(ItemNumber(number), StateName(world.phrases.text("waits for others", language)), AnswerWords(""))
    return None


def names_sealed(world: Any, words: str) -> bool:
    """Whether the number of something sealed stands in a message: who asks about it is most often who said it."""
    return any(look_up_sealed(world, number, "en") for number in _FIVE.findall(words))


def may_mix(world: Any) -> bool:
    """Enough wait, and of the call of the newest nothing is left."""
    count, newest = rows.how_many_wait(world)
    return count >= MIX and newest is not None and newest <= world.now() - REST


def mix(world: Any) -> int:
    """All that wait come to the inbox at once, in an order that says nothing. How many."""
    if not may_mix(world):
        return 0
    found = [one for one in (box.unwrap(world.secrets.peppers, body) for body in rows.take_waiting(world)) if one]
    secrets.SystemRandom().shuffle(found)
    for one in found:
        id = items.add(
            world, key=f"sealed:{one['number']}", number=one["number"], kind="wrong", topic="", words=one["words"], state="new", member_id=None, phone="",
            about=SEALED, channel=SEALED, shown=SEALED, group_id=None, language=world.organisation.language,
        )  # fmt: skip
        rows.add_name(world, id, one["boxes"])
    return len(found)


# Holders of the keys.


def take_key(world: Any, login: str, passphrase: str) -> None:
    """A key of one's own. Raises NotOpened when both are held, or one holds one already; ValueError for a short passphrase."""
    held = rows.live_keys(world)
    if any(one.login == login for one in held):
        raise NotOpened("you hold one already")
    if len(held) >= HOLDERS:
        raise NotOpened(f"{held[0].login} and {held[1].login} hold them; one of them must give it back first")
    public, private, salt = box.make_key(passphrase)
    rows.add_key(world, login=login, public=public, private=private, salt=salt)


def open_half(world: Any, item_id: int, login: str, passphrase: str, why: str) -> str:
    """One holder opens their half, with the reason. The name, when the other has opened theirs before; nothing until then.

    Raises NotOpened. Whose name was opened is told, by whom and why.
    """
    found = rows.name_of(world, item_id)
    if found is None or found.opened_at is not None:
        raise NotOpened("it was opened before" if found else "there is no such name")
    own = {id: one for id in found.boxes if (one := rows.key(world, id)) and one.login == login}
    if not own:
        raise NotOpened("neither half is sealed for you")
    id, held = next(iter(own.items()))
    try:
        half = box.open_half(held.private, held.salt, passphrase, found.boxes[id])
    except box.WrongPassphrase as error:
        raise NotOpened("that is not your passphrase") from error
    rows.put_half(world, item_id, id, half=half, login=login, why=why)
    there = rows.halves_of(world, item_id)
    if len(there) < HOLDERS:
        return ""
    by, said, name = " and ".join(one.login for one in there), there[0].why, box.join(*(one.half for one in there))
    rows.note_opened(world, item_id, by, said)
    rows.forget_halves(world, item_id=item_id)
    member_id, _, code_and_name = name.partition(" ")
    member, item = members.by_id(world, int(member_id)), items.by_id(world, item_id)
    if member and item and member.status == "active":
        told = world.phrases.say(notices.NAME_OPENED, member.language, number=item.number, by=by, why=alphabet.plain(said))
        write_text(world, key=f"opened:{item_id}", number=member.number, kind="service", words=told, member_id=member.id, hours=member.hours)
    return code_and_name


def forget_halves(world: Any) -> int:
    """A half that the other holder has not answered does not lie open."""
    return rows.forget_halves(world, before=world.now() - HALF_KEPT)
