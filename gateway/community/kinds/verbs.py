"""Telling and reading things of an organisation's own kinds. Voting, saying, following, reporting are those of every item."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.items import rows as items
from gateway.community.items import states
from gateway.community.items.model import OPEN, OWN, ItemNumber, NoItem, may_go
from gateway.community.items.verbs import AUTHOR, SAID_A_DAY, counted_with, make, title_of
from gateway.community.kinds import rows, steps
from gateway.community.kinds.model import (
    ASK_MOST,
    KINDS_MOST,
    NAME_MOST,
    SHOWN_DAYS,
    TOLD_A_DAY,
    WORD,
    Finished,
    KindAsk,
    KindLabel,
    KindShown,
    NoKind,
    OwnHeld,
    OwnKind,
    ToldEnough,
    ToldOwn,
    code_for,
)
from gateway.community.naming import staff_name
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.members.verbs import the_member
from menus.book import notices
from menus.book.sms import SMS
from menus.commands import keyword_in, means_already
from menus.phrasebook import Row

# What people begin an SMS with anyway: answers, greetings, words beside a PIN. A kind of that word would publish it.
SAID_ANYWAY = frozenset(
    "YES NO NDIYO HAPANA SAWA BADO OUI NON HELLO HABARI JAMBO MAMBO ASANTE ASANTENI THANKS PLEASE SANA TAFADHALI SORRY SAMAHANI POLE NYWILA PASSWORD "
    "PIN PINI SIRI SECRET MERCI BONJOUR SWAHILI KISWAHILI ENGLISH KIINGEREZA FRANCAIS FRENCH GIKUYU KIKUYU DHOLUO NINA NATAKA NAOMBA KWANI KWA".split()
)
LISTED = 20  # things of a kind on the phone, the newest first
MINE_LISTED = 14


class NotMade(ValueError):
    """No kind was made. Says why, for the person who asked."""


# For staff.


def make_kind(world: Any, *, name_en: str, name_sw: str, ask_en: str, ask_sw: str, word: str, by: str) -> OwnKind:
    """A new kind, which members see at once. Raises NotMade."""
    known, keyword = rows.all_kinds(world), word.strip().upper()
    if sum(one.on for one in known) >= KINDS_MOST:
        raise NotMade(f"there are {KINDS_MOST} already, and nobody looks deeper on a phone")
    if not WORD.fullmatch(keyword):
        raise NotMade("the word for SMS has 4 to 10 plain letters")
    if means_already(SMS, keyword) or keyword in SAID_ANYWAY or any(one.word == keyword for one in known):
        raise NotMade(f"an SMS that begins with {keyword} means something else already")
    said = {
        "name_en": staff_name(name_en, NAME_MOST),
        "name_sw": staff_name(name_sw, NAME_MOST),
        "ask_en": staff_name(ask_en, ASK_MOST),
        "ask_sw": staff_name(ask_sw, ASK_MOST),
    }
    if not said["name_en"] or not said["ask_en"]:
        raise NotMade("a name and a question in English are needed")
    taken = {one.code for one in known}
    while not rows.add(world, code=(code := code_for(said["name_en"], taken)), word=keyword, on=True, by=by[:60], **said):
        if any(one.word == keyword for one in rows.all_kinds(world)):
            raise NotMade(f"an SMS that begins with {keyword} means something else already")
        taken.add(code)  # somebody else has made one of that name in this moment
    return next(one for one in rows.all_kinds(world) if one.code == code)


def turn(world: Any, kind: OwnKind) -> None:
    """Off, or on again. Raises NotMade when there are as many as may be."""
    if not kind.on and sum(one.on for one in rows.all_kinds(world)) >= KINDS_MOST:
        raise NotMade(f"there are {KINDS_MOST} already, and nobody looks deeper on a phone")
    rows.change(world, kind.id, on=not kind.on)


def take_away(world: Any, kind: OwnKind) -> bool:
    """For good, when nothing was ever told in it."""
    return not rows.is_used(world, kind.code) and rows.drop(world, kind.id)


# On the phone.


def has_own_kinds(world: Any, caller: str) -> bool:
    return bool(_on(world))


def own_kinds(world: Any, caller: str) -> list[Row]:
    language = the_member(world, caller).language
    return [Row(str(one.id), one.name(language)) for one in _on(world)]


def _on(world: Any) -> list[OwnKind]:
    key = "own kinds"
    if key not in world.seen:
        world.seen[key] = [one for one in rows.all_kinds(world) if one.on]
    found: list[OwnKind] = world.seen[key]
    return found


def _kind(world: Any, id: str) -> OwnKind | None:
    return next((one for one in _on(world) if str(one.id) == id), None)


def look_at_kind(world: Any, caller: str, kind: str) -> KindShown | NoKind:
    one, language = _kind(world, kind), the_member(world, caller).language
    return KindShown(KindLabel(one.name(language)), KindAsk(one.ask(language))) if one else NoKind()


def of_this_kind(world: Any, caller: str, kind: str) -> list[Row]:
    """What is open, the last touched first; what nobody has touched for a season is left out."""
    one = _kind(world, kind)
    since = world.now() - dt.timedelta(days=SHOWN_DAYS)
    found = items.newest(world, (one.code,), OPEN, LISTED) if one else []
    return [Row(item.number, title_of(item)) for item in found if item.state_at >= since]


def mine_of_kind(world: Any, caller: str, kind: str) -> list[Row]:
    one = _kind(world, kind)
    found = items.of_member(world, the_member(world, caller).id, (one.code,), MINE_LISTED) if one else []
    return [Row(item.number, title_of(item)) for item in found]


def tell_own(world: Any, caller: str, kind: str, words: str, key: str) -> ToldOwn | OwnHeld | ToldEnough | NoKind:
    one = _kind(world, kind)
    return _tell(world, caller, one, words, key) if one else NoKind()


def _tell(world: Any, caller: str, kind: OwnKind, words: str, key: str) -> ToldOwn | OwnHeld | ToldEnough:
    if (known := items.by_key(world, key)) is None:
        member, since = members.lock(world, the_member(world, caller).id), world.now() - dt.timedelta(days=1)
        if sum(one.made_at >= since for one in items.of_member(world, member.id, (kind.code,), TOLD_A_DAY)) >= TOLD_A_DAY:
            return ToldEnough(TOLD_A_DAY)
        known = make(world, caller, kind.code, words, key, group_id=counted_with(world, member))
    if known is None:
        return ToldEnough(SAID_A_DAY)
    return (OwnHeld if known.state == "held" else ToldOwn)(ItemNumber(known.number))


def may_finish(world: Any, caller: str, item: str) -> bool:
    """Whether the caller may say of a thing of their own that it is done."""
    one = items.by_number(world, item.strip())
    mine = one is not None and one.member_id == the_member(world, caller).id and one.kind.startswith(OWN)
    return bool(mine and one and may_go(one.state, "done") and steps.who_may(world, one.kind, "done") == "author")


def finish_own(world: Any, caller: str, item: str) -> Finished | NoItem:
    """Its author says that it is done, and so it is over; who voted or spoke hears of it like of every other."""
    one = items.by_number(world, item.strip())
    if one is None or not may_finish(world, caller, item):
        return NoItem()
    if items.lock(world, one.id).state != one.state:
        return NoItem()
    done = states.go(world, one, "done", AUTHOR, by_author=True)
    states.go(world, done, "closed", AUTHOR, tell=False)
    return Finished(ItemNumber(one.number))


# By SMS.


def is_word(world: Any, message: str) -> bool:
    """Whether a message is the word of a kind and nothing else."""
    word, rest = keyword_in(message)
    return not rest and bool(WORD.fullmatch(word)) and rows.by_word(world, word) is not None


def tell_by_text(world: Any, member: Member, number: str, message: str, key: str) -> tuple[str, str] | None:
    """(what it meant, what to answer), when it begins with the word of a kind."""
    word, rest = keyword_in(message)
    kind = rows.by_word(world, word) if WORD.fullmatch(word) else None
    if kind is None:
        return None
    name = kind.name(member.language)
    if not rest:
        return "own", world.phrases.say(notices.OWN_ASK, member.language, ask=kind.ask(member.language), word=kind.word)
    match _tell(world, number, kind, rest, key):
        case ToldOwn(number):
            return "own", world.phrases.say(notices.OWN_TOLD, member.language, name=name, number=number)
        case OwnHeld(number):
            return "own", world.phrases.say(notices.OWN_HELD, member.language, name=name, number=number)
        case ToldEnough(most):
            return "own", world.phrases.say(notices.OWN_ENOUGH, member.language, most=most)
