"""Say something that must be known without saying who one is; mix it; open a name when two holders agree that it must be known.

What is typed is a secret of one turn. It waits encrypted until two other members have said something too, and then all come to the inbox in
one transaction, in a drawn order and under drawn numbers. Traces of the call name no screen (`Flow.private`).
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from gateway.community.items import rows as items
from gateway.community.items.model import AnswerWords, ItemNumber, StateName
from gateway.community.items.telling import STATES
from gateway.community.sealed import box, rows
from gateway.community.sealed.model import (
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
    NotTakenNow,
    Opened,
    Sealed,
)
from gateway.members import looks
from gateway.members import rows as members
from gateway.members.model import check_digit, short, well_formed
from gateway.members.verbs import the_member
from gateway.observe import log
from gateway.records.model import masked
from gateway.records.verbs import write_text
from menus import alphabet
from menus.answers import Secret
from menus.book import notices

DRAWS_MOST = 50  # numbers that are tried


class NotOpened(ValueError):
    """The name stays shut. Says why, for the person who asks."""


def _holders(world: Any) -> list[Key]:
    found = rows.live_keys(world)
    return found if len(found) == HOLDERS == len({one.login for one in found}) else []


def may_seal(world: Any) -> CanSeal | CannotSeal:
    return CanSeal() if _holders(world) else CannotSeal()


def seal_words(world: Any, caller: str, words: Secret, key: str) -> Sealed | NotTakenNow:
    """One thing of a member waits at a time: so three that wait are of three. The same hop twice has the same number; if other words came
    with it (a call that Redis had lost), they count.
    """
    member, held, peppers = the_member(world, caller), _holders(world), world.secrets.peppers
    mine, this = box.marks(peppers, "who", world.organisation.id, member.id), box.marks(peppers, "turn", key)[0]
    said = masked(alphabet.plain(alphabet.heard(words.reveal())))
    if body := rows.waits_of(world, mine):
        known = box.unwrap(peppers, body)
        if known is None or known["turn"] != this:
            return NotTakenNow()
        if known["words"] != said:
            rows.say_otherwise(world, mine, box.wrap(peppers, {**known, "words": said}))
        return Sealed(ItemNumber(known["number"]))
    if not held or not (number := _drawn(world)):
        return NotTakenNow()
    boxes = box.split(f"{member.id} {member.code} {alphabet.plain(short(member.name))}", held[0].public, held[1].public)
    body = box.wrap(peppers, {"number": number, "words": said, "turn": this, "boxes": list(zip([one.id for one in held], boxes, strict=True))})
    kept = rows.wait(world, mine[0], box.marks(peppers, "number", world.organisation.id, number)[0], body)
    return Sealed(ItemNumber(number)) if kept else NotTakenNow()


def _drawn(world: Any) -> str:
    """A number that nobody has: its place in the count would tell when it was said."""
    taken = rows.numbers_taken(world)
    for _ in range(DRAWS_MOST):
        digits = str(NUMBERS.start + secrets.randbelow(len(NUMBERS)))
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


def may_mix(world: Any) -> bool:
    """Enough wait, and of their calls nothing is left."""
    return rows.how_many_wait(world, world.now() - REST) >= MIX


def mix(world: Any) -> int:
    """All that have rested come to the inbox at once, in an order that says nothing. How many.

    What cannot be read (its pepper was taken out of the settings) stays where it is, and does not count.
    """
    waiting = rows.rested(world, world.now() - REST)
    read = {who: found for who, body in waiting.items() if (found := box.unwrap(world.secrets.peppers, body))}
    if len(read) < len(waiting):
        log.error("sealed_words_unreadable", organisation=world.organisation.id, count=len(waiting) - len(read))
    if len(read) < MIX:
        return 0
    mixed = list(read.values())
    secrets.SystemRandom().shuffle(mixed)
    for one in mixed:
        id = items.add(
            world, key=f"sealed:{one['number']}", number=one["number"], kind="wrong", topic="", words=one["words"], state="new", member_id=None, phone="",
            about=SEALED, channel=SEALED, shown=SEALED, group_id=None, language=world.organisation.language,
        )  # fmt: skip
        rows.add_name(world, id, one["boxes"])
    rows.forget(world, list(read))
    return len(mixed)


# Holders of the keys.


def take_key(world: Any, login: str, passphrase: str) -> None:
    """A key of one's own. Raises NotOpened when both are held, or one holds one already; ValueError for a short passphrase."""
    public, private, salt = box.make_key(passphrase)  # takes a second, and nobody waits for it
    rows.lock(world)
    held = rows.live_keys(world)
    if any(one.login == login for one in held):
        raise NotOpened("you hold one already")
    if len(held) >= HOLDERS:
        raise NotOpened(f"{held[0].login} and {held[1].login} hold them; one of them must give it back first")
    rows.add_key(world, login=login, public=public, private=private, salt=salt)


def open_half(world: Any, item_id: int, login: str, passphrase: str, why: str) -> Opened | None:
    """One holder opens their half, with the reason. The name, when the other has opened theirs in the last days; None until then.

    Raises NotOpened. Whose name was opened is told, by whom and why: STOP does not stop that.
    """
    found, peppers = rows.lock_name(world, item_id), world.secrets.peppers
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
    forget_halves(world)
    rows.put_half(world, item_id, id, half=box.wrap(peppers, {"half": half}), login=login, why=why)
    there = [(one, box.unwrap(peppers, one.half)) for one in rows.halves_of(world, item_id)]
    readable = [(one, body["half"]) for one, body in there if body]
    if len(readable) < HOLDERS:
        return None
    logins, said, name = [one.login for one, _ in readable], readable[0][0].why, box.join(*(half for _, half in readable))
    rows.note_opened(world, item_id, ", ".join(logins), said)
    rows.forget_halves(world, item_id=item_id)
    member_id, _, code_and_name = name.partition(" ")
    return Opened(code_and_name, _tell(world, int(member_id), logins, said))


def _tell(world: Any, member_id: int, logins: Sequence[str], why: str) -> bool:
    """The author hears of it by day, and reads it under 6, 98, 1, 1 in any case. Neither names a number: they lie beside theirs like any other."""
    member = members.by_id(world, member_id)
    if member is None or member.status != "active":
        return False
    told = world.phrases.say(notices.NAME_OPENED, member.language, by=", ".join(logins), why=alphabet.plain(why))
    write_text(world, key=f"opened:{world.new_id()}", number=member.number, kind="service", words=told, member_id=member.id, hours=member.hours)
    for login in logins:
        looks.note_opened(world, member.id, login)
    return True


def forget_halves(world: Any) -> int:
    """A half that the other holder has not answered does not lie open."""
    return rows.forget_halves(world, before=world.now() - HALF_KEPT)
