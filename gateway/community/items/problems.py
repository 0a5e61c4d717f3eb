"""A problem that all may see: a case whose author lets others say that they have it too. It keeps its number, and only its author closes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from gateway.community.items import brakes, rows, states, telling, voice_rows
from gateway.community.items.model import (
    IN_WORDS,
    INCIDENT,
    OPEN,
    SHOWN,
    STAYS_PRIVATE,
    Item,
    ItemNumber,
    NothingAlike,
    Rests,
    SameFound,
    Title,
    Votes,
    is_case,
    kind_of,
)
from gateway.community.items.states import CannotGo
from gateway.community.items.verbs import AUTHOR, NEW_HERE, WORD_CHECK, counted_with, find, first_state, look_alikes, part_joined, recount, shown_to, title_of
from gateway.ledger.model import is_ref
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.members.verbs import the_member
from gateway.records.verbs import write_text
from menus import alphabet
from menus.book import notices
from menus.phrasebook import Row

LISTED = 3  # problems of members beside what is said to be broken
READ = 12  # of which these are taken: the caller's own and what is broken for all are not
NEWER = "new"  # the row of the look-alikes that says that one's own is another
KINDS = ("problem",)


@dataclass(frozen=True)
class ShownToAll:
    number: ItemNumber


@dataclass(frozen=True)
class ShownToAllLater:
    """A person looks first: its author is new here, or a word is on the list."""

    number: ItemNumber


@dataclass(frozen=True)
class JoinedToOthers:
    """The caller's is one with another of the same: so many have it."""

    number: ItemNumber
    title: Title
    supporters: Votes


class StaysACase:
    """It is not the caller's, speaks of a payment, or has gone on since."""


def _case(world: Any, member: Member, number: str) -> Item | None:
    """A case of this member that may be shown: said in words, of no payment, and not over yet."""
    found = rows.by_number(world, number.strip())
    if found is None or found.member_id != member.id or found.kind != "wrong" or found.about or found.topic != IN_WORDS or not found.words:
        return None
    return found if found.state in ("new", "looked_at") and not names_money(found.words) else None


def names_money(words: str) -> bool:
    """Whether words name a phone or a payment, which are between two.

    >>> [names_money(one) for one in ("the scale is 2 kg off", "my 5000 to 0722 000 002", "my 5000 to **** 000 002", "QX7T2M9A never came", "on 23.11.2026")]
    [False, True, True, True, False]
    """
    if re.search(r"(?:[\d*][ -]?){9,}", words):  # four digits of them may be dots by now
        return True
    return any(is_ref(one) and any(sign.isdigit() for sign in one) and not one.isdigit() for one in re.findall(r"\w+", words.upper()))


def may_show(world: Any, caller: str, item: str) -> bool:
    return _case(world, the_member(world, caller), item) is not None


def is_for_all(world: Any, caller: str, item: str) -> bool:
    """Whether one of the caller's own is read by all."""
    found = rows.by_number(world, item.strip())
    return found is not None and kind_of(found.kind).public and shown_to(found, the_member(world, caller))


def look_for_same_problem(world: Any, caller: str, item: str) -> SameFound | NothingAlike | StaysACase | Rests:
    """Is it one of those that others have told?"""
    found = _case(world, the_member(world, caller), item)
    if found is None:
        return StaysACase()
    if brakes.rests(world, "ideas"):
        return Rests()
    return SameFound() if look_alikes(world, found.words, KINDS, screen=found.screen) else NothingAlike()


def refuse(world: Any, item: Item, by: str, why: str) -> None:
    """A person does not let something be shown to all, and its author reads why. A case is between two again, goes on, and stays one; what was joined to
    either stands alone. Raises CannotGo.
    """
    if not why.strip():
        raise CannotGo("say why: its author reads it")
    item = rows.lock(world, item.id)
    if is_case(item):
        _keep_between_two(world, item, by, alphabet.plain(why.strip()))
    else:
        states.go(world, item, "refused", by, why)
    part_joined(world, item, by, "not let through")
    voice_rows.forget_tidings(world, item.id, item.member_id)


def _keep_between_two(world: Any, item: Item, by: str, why: str) -> None:
    if item.kind != "problem" or item.state not in ("held", *SHOWN):
        raise CannotGo("that has changed meanwhile")
    after = item.state if item.state in ("done", "closed") else "looked_at"
    rows.change(world, item.id, kind="wrong", topic=STAYS_PRIVATE, state=after, state_at=world.now(), shown="name", answer=why[:160])
    voice_rows.add_change(world, item.id, item.state, after, by, why)
    telling.settle_reports(world, item.id, hidden=True)
    author = members.by_ids(world, [item.member_id]).get(item.member_id) if item.member_id else None
    if author and author.status == "active":
        said = world.phrases.say(notices.CASE_STAYS, author.language, number=item.number, why=why.rstrip(" ."))
        write_text(world, key=f"stays:{item.id}", number=author.number, kind="service", words=said, member_id=author.id, about="report", hours=author.hours)


def alike_problems(world: Any, caller: str, item: str) -> list[Row]:
    member = the_member(world, caller)
    found = _case(world, member, item)
    alike = (
        [Row(one.number, alphabet.cut(alphabet.plain(one.words), 30)) for one, _ in look_alikes(world, found.words, KINDS, screen=found.screen)]
        if found
        else []
    )
    return [*alike, Row(NEWER, world.phrases.text("No, mine is new", member.language))]


def show_to_all(world: Any, caller: str, item: str) -> ShownToAll | ShownToAllLater | StaysACase | Rests:
    """From here on it is a problem that all may read. Staff know whose it is, members do not."""
    if brakes.rests(world, "ideas"):
        return Rests()
    member = the_member(world, caller)
    found = _case(world, member, item)
    if found is None:
        return StaysACase()
    rows.lock(world, found.id)
    found = _case(world, member, item)  # as it is now: it may have gone on in this moment
    if found is None:
        return StaysACase()
    state, why = first_state(world, "problem", member, found.words)
    after = "looked_at" if state == "open" and found.state == "looked_at" else state
    values = {"kind": "problem", "shown": "village", "group_id": counted_with(world, member), "state": after, "state_at": world.now()}
    rows.change(world, found.id, **values)
    voice_rows.add_change(world, found.id, found.state, after, WORD_CHECK if after == "held" else AUTHOR, why)
    if after == "held":
        if why != NEW_HERE:
            brakes.tell_held(world, member, found.number, why)
        return ShownToAllLater(ItemNumber(found.number))
    recount(world, found)
    return ShownToAll(ItemNumber(found.number))


def join_problem(world: Any, caller: str, item: str, same: str) -> ShownToAll | ShownToAllLater | JoinedToOthers | StaysACase | Rests:
    """The caller's is shown, and joined to the one that is the same; where a person looks at it first it stands alone."""
    shown = show_to_all(world, caller, item)
    mine, other = rows.by_number(world, item), find(world, same) if same != NEWER else None
    if not isinstance(shown, ShownToAll) or mine is None or other is None:
        return shown
    try:
        root = states.merge(world, mine, other, AUTHOR, tell=False)
    except CannotGo:
        return shown
    return JoinedToOthers(ItemNumber(root.number), title_of(root), Votes(root.supporters))


def told_by_members(world: Any, member: Member) -> list[Item]:
    """Open problems of other members, the one that most have first."""
    return [one for one in rows.top(world, "problem", OPEN, READ) if one.topic != INCIDENT and one.member_id != member.id][:LISTED]
