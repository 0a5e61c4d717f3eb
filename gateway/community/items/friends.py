"""Tell a friend, or invite somebody: one SMS in the member's own name, once for a friend and an idea. Who wants none of it says STOP once, and for good.

A friend need not be a member; so the row keeps no number but a mark that only our key makes of it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass
from typing import Any

from gateway.community.items import brakes, friend_rows
from gateway.community.items.model import OPEN, Closed, ItemNumber, NoItem, Rests
from gateway.community.items.telling import ABOUT, texts_left
from gateway.community.items.verbs import find, shown_to, title_of
from gateway.community.model import TooMany
from gateway.members import rows as members
from gateway.members.model import Member, Tail, Yourself, short, tail
from gateway.members.verbs import the_member
from gateway.records import rows as records
from gateway.records.model import DAYTIME, phone_of
from gateway.records.verbs import NewText, write_texts
from menus.book import notices

TELLS_A_DAY = 3  # of one member
HEARD_A_MONTH = 2  # by one friend, whoever writes: a kind word, not a campaign


@dataclass(frozen=True)
class FriendTold:
    number: ItemNumber
    tail: Tail


class FarNumber:
    """A phone of another country: what an SMS there costs nobody here can see."""


def _marks(world: Any, number: str) -> list[str]:
    """One for each key, the present one first, so that a changed key forgets nobody."""
    said = f"friend|{world.organisation.id}|{phone_of(number)}".encode()
    return [hmac.new(key, said, hashlib.sha256).hexdigest() for key in world.secrets.peppers.values()]


def _refused(world: Any, member: Member, number: str, key: str) -> FarNumber | Rests | TooMany | None:
    """Why this member writes to nobody there now; nothing where they may."""
    if not number.startswith(f"+{world.place.calling_code}"):
        return FarNumber()
    if brakes.rests(world, "friends") or texts_left(world) < 1:
        return Rests()
    told = friend_rows.told_by(world, member.id, world.now() - dt.timedelta(days=1), but=key)
    return TooMany(TELLS_A_DAY) if told >= TELLS_A_DAY else None


def _takes(world: Any, number: str, marks: list[str]) -> bool:
    """Whether one more such SMS is not too much for who would read it."""
    return friend_rows.heard(world, marks, world.now() - dt.timedelta(days=30)) < HEARD_A_MONTH and not records.stopped(world, number, ABOUT)


def tell_friend(world: Any, caller: str, item: str, friend: str, key: str) -> FriendTold | TooMany | Yourself | FarNumber | NoItem | Closed | Rests:
    """The same is said whether it goes out or not: whether a number is a member's, was told before or wants no SMS is nobody's business."""
    member, found = the_member(world, caller), find(world, item)
    if found is None or not shown_to(found, member):
        return NoItem()
    if found.state not in OPEN:
        return Closed()
    if phone_of(friend) == phone_of(member.number):
        return Yourself()
    if refused := _refused(world, member, friend, key):
        return refused
    marks = _marks(world, friend)
    told, other = FriendTold(ItemNumber(found.number), Tail(tail(friend))), members.by_number(world, friend)
    goes = _takes(world, friend, marks)
    wanted = {"mark": marks[0], "member_id": member.id, "friend_id": other.id if other else None, "key": key, "sent": goes}
    if friend_rows.knows(world, found.id, marks) or not friend_rows.add(world, found.id, **wanted) or not goes:
        return told
    words = world.phrases.say(
        notices.FRIEND, other.language if other else world.organisation.language, name=short(member.name), title=title_of(found),
        coop=world.organisation.short_name, code=world.organisation.dial(found.number),
    )  # fmt: skip
    hours = other.hours if other else DAYTIME
    write_texts(world, [NewText(f"friend:{world.new_id()}", friend, "service", words, other.id if other else None, ABOUT, hours)])
    return told


@dataclass(frozen=True)
class NewcomerInvited:
    tail: Tail


class NoPhone:
    """A member code was typed, and an SMS needs a number."""


def invite_newcomer(world: Any, caller: str, to: str, key: str) -> NewcomerInvited | TooMany | FarNumber | NoPhone | Rests:
    """Who is no member yet hears of us from somebody they know, once. The limits of telling a friend hold for both together."""
    member = the_member(world, caller)
    if not to.startswith("+"):
        return NoPhone()
    if refused := _refused(world, member, to, key):
        return refused
    marks = _marks(world, to)
    goes = _takes(world, to, marks) and not members.by_number(world, to)
    if friend_rows.invited(world, marks) or not friend_rows.invite(world, mark=marks[0], member_id=member.id, key=key, sent=goes) or not goes:
        return NewcomerInvited(Tail(tail(to)))
    said = {"name": short(member.name), "coop": world.organisation.short_name, "code": world.organisation.dial()}
    words = world.phrases.say(notices.COME_AND_JOIN, world.organisation.language, **said)
    write_texts(world, [NewText(f"invite:{world.new_id()}", to, "service", words, None, ABOUT, DAYTIME)])
    return NewcomerInvited(Tail(tail(to)))


def came(world: Any, since: dt.datetime) -> tuple[int, int]:
    """(friends who were written to, of them who came): a member who voted on it then, and anybody who became a member since."""
    joined = {mark for number in friend_rows.joined_since(world, since) for mark in _marks(world, number)}
    strangers = friend_rows.strangers(world, since)
    return friend_rows.told_since(world, since), friend_rows.voted_since(world, since) + len(strangers & joined)
