"""What is said to be done is closed by whose it is, and by nobody else: asked by SMS, under 9, and by its number for as long as it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.community.items import rows, states, voice_rows
from gateway.community.items.model import OBJECTION, AnswerWords, Commented, HeldWords, Item, ItemNumber, NoItem, Rests, SaidToday, StateName, Title
from gateway.community.items.telling import ASKED_IF_GOOD, state_name
from gateway.community.items.verbs import AUTHOR, say, title_of
from gateway.members.model import Day, Member
from gateway.members.verbs import the_member
from menus.phrasebook import Row

CASES_SHOWN = 14
CASES = ("wrong", "unsorted", "problem")
AGAIN = {"declined": "open", "already_there": "open", "refused": "held"}  # from there to there: what was not let through waits for a person first


@dataclass(frozen=True)
class DoneAsked:
    number: ItemNumber
    title: Title


@dataclass(frozen=True)
class CaseShown:
    number: ItemNumber
    state: StateName
    day: Day
    answer: AnswerWords


@dataclass(frozen=True)
class CaseOver:
    number: ItemNumber
    day: Day


@dataclass(frozen=True)
class ApartAgain:
    number: ItemNumber


class ItemClosed: ...


class OpenAgain: ...


class Objected: ...


class GoodNoted: ...


class NotDeclined:
    """It was not refused, or its author has objected once."""


def _mine(world: Any, caller: str, number: str) -> tuple[Member, Item | None]:
    member, found = the_member(world, caller), rows.by_number(world, number.strip())
    return member, found if found and found.member_id == member.id else None


def has_cases(world: Any, caller: str) -> bool:
    return bool(rows.of_member(world, the_member(world, caller).id, CASES, 1))


def my_cases(world: Any, caller: str) -> list[Row]:
    """The newest first, with how each stands."""
    member = the_member(world, caller)
    found = rows.of_member(world, member.id, CASES, CASES_SHOWN)
    return [Row(one.number, f"{one.number} {state_name(world, one, member.language)}") for one in found]


def look_at_case(world: Any, caller: str, item: str) -> DoneAsked | CaseShown | CaseOver | NoItem:
    """One of one's own. What is said to be done is asked about, whatever kind it is."""
    member, found = _mine(world, caller, item)
    if found is None:
        return NoItem()
    if found.state == "done":
        return DoneAsked(ItemNumber(found.number), title_of(found))
    day = Day(world.phrases.day(world.organisation.local(found.state_at), member.language))
    if found.state == "closed":
        return CaseOver(ItemNumber(found.number), day)
    return CaseShown(ItemNumber(found.number), StateName(state_name(world, found, member.language)), day, AnswerWords(found.answer))


def say_if_done(world: Any, caller: str, item: str, is_done: str) -> ItemClosed | OpenAgain | NoItem:
    member, found = _mine(world, caller, item)
    if found is None or not settle(world, member, found, good=is_done == "yes"):
        return NoItem()
    return ItemClosed() if is_done == "yes" else OpenAgain()


def reopen_case(world: Any, caller: str, item: str) -> OpenAgain | NoItem:
    """It was closed, and is not right after all: whoever it is of may say so any day."""
    member, found = _mine(world, caller, item)
    return OpenAgain() if found and settle(world, member, found, good=False) else NoItem()


def object_to_no(world: Any, caller: str, item: str, words: str, key: str) -> Objected | NotDeclined | HeldWords | NoItem | SaidToday | Rests:
    """A "no" that its author does not agree with is looked at once more, with the author's reason; the second no stands."""
    found = _mine(world, caller, item)[1]
    if found is None:
        return NoItem()
    found = rows.lock(world, found.id)
    if found.state not in AGAIN or has_objected(world, found):
        return NotDeclined()
    said = say(world, caller, item, words, key)
    if isinstance(said, Commented | HeldWords):  # the reason is what was said; where it waits for a person, that person looks at both
        states.go(world, found, AGAIN[found.state], OBJECTION, tell=False)
    if not isinstance(said, Commented):
        return said
    return Objected()


AGREES, AGREES_NOT = "the answer is good", "does not agree"  # as the steps of an item's life say it


def judge_no(world: Any, member: Member, item: Item, *, good: bool) -> bool | None:
    """What an author thinks of an answer is written to the item's life, for staff to read. A "no" that they do not agree with is looked at once more.
    Whether it is; None where nothing is answered any more.
    """
    item = rows.lock(world, item.id)
    if item.member_id != member.id or item.state not in ASKED_IF_GOOD:
        return None
    again = not good and item.state in AGAIN and not has_objected(world, item)
    if again:
        states.go(world, item, AGAIN[item.state], OBJECTION, tell=False)
    else:
        voice_rows.add_change(world, item.id, item.state, item.state, AUTHOR, AGREES if good else AGREES_NOT)
    return again


def may_say_good(world: Any, caller: str, item: str) -> bool:
    """Whether what is theirs has an answer that they have said nothing of."""
    found = _mine(world, caller, item)[1]
    if found is None or found.state not in ASKED_IF_GOOD or not found.answer:
        return False
    return not voice_rows.has_change(world, found.id, found.state, found.state, AUTHOR)


def say_answer_good(world: Any, caller: str, item: str) -> GoodNoted | NoItem:
    """The same on the phone: for who shares one, or wants no SMS."""
    member, found = _mine(world, caller, item)
    if found is None or found.state not in ASKED_IF_GOOD:
        return NoItem()
    if may_say_good(world, caller, item):
        judge_no(world, member, found, good=True)
    return GoodNoted()


def has_objected(world: Any, item: Item) -> bool:
    return any(voice_rows.has_change(world, item.id, before, after, OBJECTION) for before, after in AGAIN.items())


def is_joined(world: Any, caller: str, item: str) -> bool:
    found = _mine(world, caller, item)[1]
    return found is not None and found.state == "merged"


def not_the_same(world: Any, caller: str, item: str) -> ApartAgain | NoItem:
    """What was joined to another stands alone again, because its author says so; as a NO by SMS does."""
    found = _mine(world, caller, item)[1]
    if found is None or found.state != "merged":
        return NoItem()
    states.unmerge(world, found, AUTHOR)
    return ApartAgain(ItemNumber(found.number))


def _may_reopen(world: Any, item: Item) -> bool:
    return item.state == "closed" and (item.kind in CASES or not voice_rows.has_change(world, item.id, "closed", "open", AUTHOR))


def may_reopen(world: Any, caller: str, item: str) -> bool:
    """Whether what is theirs is closed and may be opened again."""
    found = _mine(world, caller, item)[1]
    return found is not None and _may_reopen(world, found)


def settle(world: Any, member: Member, item: Item, *, good: bool) -> bool:
    """Whether it could be: what was done becomes closed or open again; what is closed may be opened by whose it is: a case any day, all else once."""
    item = rows.lock(world, item.id)
    if item.member_id != member.id or not (item.state == "done" or (_may_reopen(world, item) and not good)):
        return False
    states.go(world, item, "closed" if good else "open", AUTHOR, "" if good else "not good yet", tell=False)
    world.seen.clear()  # it waits no more
    return True
