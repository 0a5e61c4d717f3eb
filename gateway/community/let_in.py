"""What waits because its author is new, or for a word: two members of the same village let it through, or a person of the staff does.

Members only ever let through. Who thinks that it is not fine leaves it to the staff, and then it waits for them, whatever others say: a no needs a reason,
and a reason is given by a person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gateway.community import let_in_rows as rows
from gateway.community.helping import routing
from gateway.community.helping import rows as helping
from gateway.community.helping.model import TO_ONE
from gateway.community.items import rows as items
from gateway.community.items import standing
from gateway.community.items.model import Author, Item, ItemNumber, ItemWords
from gateway.community.items.states import go
from gateway.community.items.telling import author_name
from gateway.community.items.verbs import NEW_HERE, WORD_CHECK, is_new, last_holds
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.members.verbs import the_member
from gateway.records.model import phone_of

KINDS = ("idea", "question", "problem", "praise", "news", "statement")  # a tip is checked by two as it is, money stands behind a need
NEIGHBOURS = 2  # who must find it fine, with a voice and a phone each, none of them its author's
READ = 40  # of what waits in one village, the oldest first


@dataclass(frozen=True)
class NewShown:
    item: ItemNumber
    words: ItemWords
    author: Author


class NothingNew: ...


class NewNoted: ...


def let_through(world: Any, found: Item, by: str) -> Item:
    """A tip that nobody has checked goes on to members, a question to helpers. Raises CannotGo."""
    unchecked = found.kind == "tip" and not any(one.state == "accepted" for one in helping.revisions_of(world, found.id))
    now = go(world, found, "new" if unchecked else "open", by)
    if found.kind == "question":
        routing.let_through(world, now)
    return now


def held_for(world: Any, some: Sequence[Item]) -> dict[int, str]:
    """Item -> why the word check holds it. What reports or a person have put to rest is not in it: that waits for a person."""
    return {id: one.why for id, one in last_holds(world, some).items() if one.by == WORD_CHECK}


def _may(world: Any, member: Member, why: str) -> bool:
    """Whoever is no newcomer; where a word of the list is in it, who has helped some people besides."""
    return why == NEW_HERE or (bool(why) and standing.may(world, member.id, standing.JOIN))


def _next(world: Any, member: Member) -> Item | None:
    if not member.village or member.guest or is_new(world, member):
        return None
    some = rows.waiting(world, member, KINDS, READ)
    why = held_for(world, some)
    authors = members.by_ids(world, [one.member_id for one in some if one.member_id])
    return next((one for one in some if _is_another(member, authors.get(one.member_id or 0)) and _may(world, member, why.get(one.id, ""))), None)


def _is_another(member: Member, author: Member | None) -> bool:
    """Another person, as far as we can know: another voice and another phone."""
    return author is not None and author.voice != member.voice and phone_of(author.number) != phone_of(member.number)


def next_to_let_in(world: Any, caller: str) -> NewShown | NothingNew:
    member = the_member(world, caller)
    found = _next(world, member)
    if found is None:
        return NothingNew()
    author = members.by_ids(world, [found.member_id or 0]).get(found.member_id or 0)
    return NewShown(ItemNumber(found.number), ItemWords(found.words), Author(author_name(world, found, author, member.language)))


def let_in(world: Any, caller: str, item: str, show: str) -> NewNoted | NothingNew:
    """Fine, or for the staff to look at. By two of the village who find it fine all can see it, and its author hears that."""
    member, known = the_member(world, caller), items.by_number(world, item)
    if known is None or not member.village or member.guest or is_new(world, member):
        return NothingNew()
    found = items.lock(world, known.id)
    author = members.by_ids(world, [found.member_id or 0]).get(found.member_id or 0)
    near = author is not None and author.village.lower() == member.village.lower() and found.shown != "sealed"
    if found.about.startswith(TO_ONE):  # for one member alone
        return NothingNew()
    if found.state != "held" or not near or not _is_another(member, author) or not _may(world, member, held_for(world, [found]).get(found.id, "")):
        return NothingNew()
    rows.say(world, found.id, member.id, fine=show == "yes")
    told = rows.said_of(world, [found.id]).get(found.id, [])
    fine = members.by_ids(world, [id for id, is_fine in told if is_fine]).values()
    if len(fine) == len(told) and min(len({one.voice for one in fine}), len({phone_of(one.number) for one in fine})) >= NEIGHBOURS:
        let_through(world, found, f"{NEIGHBOURS} members of {member.village}"[:60])
    return NewNoted()


# Facts.


def may_let_in(world: Any, caller: str) -> bool:
    return _next(world, the_member(world, caller)) is not None
