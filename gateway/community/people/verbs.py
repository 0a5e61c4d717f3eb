"""Follow a person: they are asked, say what may be seen, and stop it when they like. Nothing is shown without their yes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.items import brakes
from gateway.community.items import rows as items
from gateway.community.items.model import SHOWN, Item, ItemNumber, Rests
from gateway.community.items.verbs import title_of
from gateway.community.model import TooMany
from gateway.community.people import rows
from gateway.community.people.model import (
    AGAIN_DAYS,
    ASKS_A_DAY,
    FOLLOWED_MOST,
    KINDS,
    SHOWN_DAYS,
    FollowerShown,
    NobodyThere,
    NothingToOpen,
    PersonAsked,
    PersonAsks,
    PersonFollowed,
    PersonShown,
    SaidOpened,
    TieEnded,
    TieSettled,
)
from gateway.community.questions import ask_by_text
from gateway.members import rows as members
from gateway.members.model import Member, Yourself, short
from gateway.members.payments import receiver_of
from gateway.members.verbs import the_member
from menus.book import notices
from menus.phrasebook import Row

FOLLOW = "person"  # the kind of the question whether one may follow
SAID_MOST = 10  # things of one person that are shown
FOLLOWERS_SHOWN = 40
ASKS_WORD = "asks"  # in the catalogue


def follow_person(world: Any, caller: str, to: str, key: str) -> PersonAsked | PersonFollowed | Yourself | NobodyThere | TooMany | Rests:
    """Ask whether one may. The same is said after a no: nobody is told that they were refused."""
    me, other = the_member(world, caller), receiver_of(world, to)
    if other is None or other.shown_to == "nobody":
        return NobodyThere()
    if other.id == me.id:
        return Yourself()
    name, known = short(other.name), rows.tie(world, me.id, other.id)
    if known and known.state == "yes":
        return PersonFollowed(name)
    if known is None or known.state == "no":
        if len(rows.followed_by(world, me.id)) >= FOLLOWED_MOST:
            return TooMany(FOLLOWED_MOST)
        if rows.asked_since(world, me.id, world.now() - dt.timedelta(days=1)) >= ASKS_A_DAY:
            return TooMany(ASKS_A_DAY)
        if brakes.rests(world, "following"):
            return Rests()
        if rows.ask(world, me.id, other.id, world.now() - dt.timedelta(days=AGAIN_DAYS)):
            ask_by_text(
                world, other, FOLLOW, str(me.id), notices.MAY_I_FOLLOW, key=f"follow:{key}", title=short(me.name), name=short(me.name),
                code=world.organisation.dial("6", "4", "6", "2"),
            )  # fmt: skip
    return PersonAsked(name)


def answer_follow(world: Any, member: Member, ref: str, *, yes: bool) -> bool:
    """By SMS: a yes is to ideas, tips and news; what less may be seen is chosen on the phone."""
    return rows.settle(world, int(ref), member.id, "yes" if yes else "no")


# Whom I follow.


def people_followed(world: Any, caller: str) -> list[Row]:
    ties = rows.followed_by(world, the_member(world, caller).id)
    known = members.by_ids(world, [one.followed_id for one in ties])
    return [Row(str(one.followed_id), _named(world, caller, known[one.followed_id], one.state)) for one in ties if one.followed_id in known]


def _named(world: Any, caller: str, other: Member, state: str) -> str:
    name = short(other.name)
    return f"{name}: {world.phrases.text(ASKS_WORD, the_member(world, caller).language)}" if state == "asked" else str(name)


def look_at_person(world: Any, caller: str, person: str) -> PersonShown | PersonAsks | NobodyThere:
    found = rows.tie(world, the_member(world, caller).id, int(person)) if person.isdecimal() else None
    other = members.by_ids(world, [found.followed_id]).get(found.followed_id) if found and found.state != "no" else None
    if found is None or other is None:
        return NobodyThere()
    return (PersonShown if found.state == "yes" else PersonAsks)(short(other.name))


def said_by_person(world: Any, caller: str, person: str) -> list[Row]:
    """What they said of late under their own name and for all to see, of the kinds that they let be shown."""
    return [Row(one.number, f"{one.number} {title_of(one)}") for one in _said(world, caller, person)]


def _said(world: Any, caller: str, person: str) -> list[Item]:
    found = rows.tie(world, the_member(world, caller).id, int(person)) if person.isdecimal() else None
    if found is None or found.state != "yes" or found.followed_id not in members.active_among(world, [found.followed_id]):
        return []
    since = world.now() - dt.timedelta(days=SHOWN_DAYS)
    listed = items.of_member(world, found.followed_id, KINDS[found.kinds], SAID_MOST)
    return [one for one in listed if one.shown == "name" and one.state in SHOWN and one.made_at >= since]


def open_said(world: Any, caller: str, person: str, said: str) -> SaidOpened | NothingToOpen:
    return SaidOpened(ItemNumber(said)) if any(one.number == said for one in _said(world, caller, person)) else NothingToOpen()


def stop_following(world: Any, caller: str, person: str) -> TieEnded:
    """One key, and nobody is told."""
    rows.settle(world, the_member(world, caller).id, int(person), "no")
    return TieEnded()


# Who follows me.


def my_followers(world: Any, caller: str) -> list[Row]:
    ties = rows.followers_of(world, the_member(world, caller).id, FOLLOWERS_SHOWN)
    known = members.by_ids(world, [one.follower_id for one in ties])
    return [Row(str(one.follower_id), _named(world, caller, known[one.follower_id], one.state)) for one in ties if one.follower_id in known]


def look_at_follower(world: Any, caller: str, follower: str) -> FollowerShown | NobodyThere:
    found = rows.tie(world, int(follower), the_member(world, caller).id) if follower.isdecimal() else None
    other = members.by_ids(world, [found.follower_id]).get(found.follower_id) if found and found.state != "no" else None
    return FollowerShown(short(other.name)) if other else NobodyThere()


def settle_follower(world: Any, caller: str, follower: str, lets: str) -> TieSettled | TieEnded | NobodyThere:
    """What they may see, or nothing any more."""
    me = the_member(world, caller)
    done = rows.settle(world, int(follower), me.id, "no" if lets == "no" else "yes", "all" if lets == "no" else lets)
    return NobodyThere() if not done else TieEnded() if lets == "no" else TieSettled()
