"""Others add to the reward of a need. What they add is set apart like the reward, and goes the same way once that has gone: to who did it, or back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.items import brakes, verbs
from gateway.community.items import rows as items
from gateway.community.items.model import OPEN, Few, Item, ItemNumber, Rests, Title
from gateway.community.naming import named
from gateway.community.needs import gift_rows, rows, units
from gateway.community.needs.gift_rows import Gift
from gateway.community.needs.model import RETRY_HOURS, NeedOver, NotSoMuch, OwnNeed, Reward
from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import NOTHING_MOVED, Money, NoFunds, Outcome, Reserved, Worth
from gateway.members import rows as members
from gateway.members.model import Locked, Member, NotEnough, NotTaken, TooBusy, WrongPin
from gateway.members.verbs import the_member, weigh_pin
from gateway.money import rewards
from gateway.records.verbs import write_text
from menus.answers import Secret
from menus.book import notices

GIVERS_MOST = 20  # who add to one need: more is a collection, which a group does better
AWARD_TRIES = 7  # refused so often (28 hours: each try waits an hour longer), it goes back to who gave it: the account of who did it is closed to it
SETTLED_AT_ONCE = 200


class GiftInMoney: ...


class GiftInPoints: ...


@dataclass(frozen=True)
class GiftQuoted:
    amount: Worth
    fee: Money
    title: Title


@dataclass(frozen=True)
class GiftAdded:
    number: ItemNumber
    amount: Worth
    together: Worth


@dataclass(frozen=True)
class GiftAlready:
    amount: Worth


@dataclass(frozen=True)
class GiftsEnough:
    """So many have added, or it is as much as one need may bring."""

    most: Few


@dataclass(frozen=True)
class GiftTooBig:
    """As much as this still fits."""

    still: Worth


No = NotSoMuch | NotEnough | OwnNeed | GiftAlready | GiftsEnough | GiftTooBig
Quoted = GiftQuoted | No | NeedOver | Rests
Added = GiftAdded | No | NotTaken | NeedOver | Rests | WrongPin | Locked | TooBusy


def _open_need(world: Any, item: str, in_points: bool | None = None) -> tuple[Item, Reward] | None:
    """A need that can be added to, if it is counted in what is asked for."""
    one = items.by_number(world, item)
    held = rows.reward(world, one.id) if one else None
    if one is None or held is None or held.state != "held" or one.state not in OPEN or held.until <= world.now():
        return None
    if in_points not in (None, held.in_points):
        return None
    poster = members.by_id(world, held.member_id)
    return (one, held) if poster and poster.status == "active" else None  # to who is stopped nobody can give, and nothing may wait for them


def _may_add(world: Any, member: Member, one: Item, held: Reward, amount: int) -> No | None:
    scale, unit = units.scale(world, held.in_points), units.unit_of(held.in_points)
    heads, so_far = gift_rows.added(world, [one.id]).get(one.id, (0, 0))
    known = gift_rows.gift(world, one.id, member.id)
    if held.member_id == member.id:
        return OwnNeed()
    if known and not known.ended and not _came_to_nothing(world, known):
        return GiftAlready(units.worth(world, known.amount, held.in_points, member.language))
    if not unit.least * scale <= amount <= unit.most * scale:
        return NotSoMuch()
    still = unit.together * scale - held.amount - so_far
    if heads >= GIVERS_MOST or still < unit.least * scale:
        return GiftsEnough(Few(GIVERS_MOST))
    if amount > still:
        return GiftTooBig(units.worth(world, still, held.in_points, member.language))
    if amount > units.there_is(world, member, held.in_points):
        return NotEnough(world.organisation.money(0))
    return None


def _came_to_nothing(world: Any, known: Gift) -> bool:
    """It never was set apart: the account was closed to it in between."""
    into = ledger_rows.transfer(world, known.transfer_id)
    return into is not None and into.state in NOTHING_MOVED


def which_gift(world: Any, caller: str, item: str) -> GiftInMoney | GiftInPoints | NeedOver:
    """What the reward is counted in: what is added is the same."""
    found = _open_need(world, item)
    if found is None:
        return NeedOver()
    return GiftInPoints() if found[1].in_points else GiftInMoney()


def quote_gift(world: Any, caller: str, item: str, amount: int) -> Quoted:
    """What would be set apart. Nothing is charged for it."""
    return _quote(world, caller, item, amount, in_points=False)


def quote_gift_in_points(world: Any, caller: str, item: str, some_points: int) -> Quoted:
    return _quote(world, caller, item, some_points, in_points=True)


def _quote(world: Any, caller: str, item: str, amount: int, *, in_points: bool) -> Quoted:
    if brakes.rests(world, "needs"):
        return Rests()
    found = _open_need(world, item, in_points)
    if found is None:
        return NeedOver()
    member = the_member(world, caller)
    if refused := _may_add(world, member, *found, amount):
        return refused
    return GiftQuoted(units.worth(world, amount, found[1].in_points, member.language), world.organisation.money(0), verbs.title_of(found[0]))


def add_to_need(world: Any, caller: str, item: str, amount: int, pin: Secret, key: str) -> Added:
    """The money is set apart and stands behind the need, both or neither. The same turn twice is one gift."""
    return _add(world, caller, item, amount, pin, key, in_points=False)


def add_points_to_need(world: Any, caller: str, item: str, some_points: int, points_pin: Secret, key: str) -> Added:
    """The same with points."""
    return _add(world, caller, item, some_points, points_pin, key, in_points=True)


def _add(world: Any, caller: str, item: str, amount: int, pin: Secret, key: str, *, in_points: bool) -> Added:
    if refused := weigh_pin(world, caller, pin):
        return refused
    member, one = the_member(world, caller), items.by_number(world, item)
    if one is None or rows.reward(world, one.id) is None:
        return NeedOver()
    rows.lock(world, one.id)  # one after the other: they are counted, and none comes after the reward has gone its way
    known = gift_rows.gift(world, one.id, member.id)
    into = ledger_rows.transfer(world, known.transfer_id) if known else None
    if known and into and into.key == f"in-{_key(key)}"[:80]:
        return _added(world, one, known, member)
    if brakes.rests(world, "needs"):
        return Rests()
    found = _open_need(world, item, in_points)
    if found is None:
        return NeedOver()
    if refused_gift := _may_add(world, member, *found, amount):
        return refused_gift
    source = units.account(world, member, found[1].in_points)
    outcome = rewards.set_apart(world, source, amount, key=_key(key), by=f"pin:{member.id}", why=verbs.title_of(one))
    if not isinstance(outcome, Reserved):
        return NotEnough(world.organisation.money(0)) if isinstance(outcome, NoFunds) else NotTaken()
    gift_rows.put(world, item_id=one.id, member_id=member.id, transfer_id=outcome.transfer.id, amount=amount)
    _tell_poster(world, one, found[1], member, amount)
    new = gift_rows.gift(world, one.id, member.id)
    assert new, "it has just been written"
    return _added(world, one, new, member)


def _key(key: str) -> str:
    return f"gift-{key}"


def _added(world: Any, one: Item, given: Gift, member: Member) -> GiftAdded:
    held = rows.reward(world, one.id)
    assert held, "what is added to has a reward"
    mine, together = (units.worth(world, minor, held.in_points, member.language) for minor in (given.amount, gift_rows.together(world, held)))
    return GiftAdded(ItemNumber(one.number), mine, together)


def _tell_poster(world: Any, one: Item, held: Reward, giver: Member, amount: int) -> None:
    poster = members.by_ids(world, [held.member_id]).get(held.member_id)
    if poster and poster.status == "active":
        name, added = named(world, giver, poster, poster.language), units.worth(world, amount, held.in_points, poster.language)
        words = world.phrases.say(notices.NEED_ADDED, poster.language, name=name, amount=added, title=verbs.title_of(one))
        key = f"need-added:{one.id}:{giver.id}:{held.tries}"
        write_text(world, key=key, number=poster.number, kind="service", words=words, member_id=poster.id, about="need", hours=poster.hours)


def look_after(world: Any) -> int:
    """What was added goes where the reward has gone. How many were looked at."""
    some = gift_rows.to_settle(world, SETTLED_AT_ONCE)
    for item_id, member_id in some:
        held = rows.lock(world, item_id)
        one = gift_rows.gift(world, item_id, member_id)
        if one and not one.ended:  # another clock may have been here meanwhile
            _settle(world, held, one)
    return len(some)


def _settle(world: Any, held: Reward, one: Gift) -> None:
    if held.state == "held" and _open_by_now(world, held):  # it was opened again between the look and the lock
        return
    if one.out_id is None:
        into = ledger_rows.transfer(world, one.transfer_id)
        if into is not None and into.state in NOTHING_MOVED:  # it never was set apart
            gift_rows.change(world, one, ended=True)
        elif into is None or into.state != "posted":
            _soon(world, one)
        elif isinstance(outcome := _way_out(world, held, one), Reserved):
            gift_rows.change(world, one, out_id=outcome.transfer.id, next_at=None)
        else:
            _rest(world, one)
        return
    out = ledger_rows.transfer(world, one.out_id)
    if out is not None and out.state == "posted":
        gift_rows.change(world, one, ended=True)
    elif out is not None and out.state in NOTHING_MOVED:
        _rest(world, one, out_id=None)
    else:
        _soon(world, one)


def _open_by_now(world: Any, held: Reward) -> bool:
    item = items.by_ids(world, [held.item_id])[held.item_id]
    return held.until > world.now() and item.state in ("new", "held", *OPEN)


def _way_out(world: Any, held: Reward, one: Gift) -> Outcome:
    if held.state == "paid" and held.winner_id and one.tries < AWARD_TRIES:
        winner = members.by_id(world, held.winner_id)
        assert winner, "who was paid is a member"
        return rewards.award(world, one.transfer_id, units.account(world, winner, held.in_points), by="the clock", again=one.tries)
    return rewards.give_back(world, one.transfer_id, by="the clock", again=one.tries)


def _soon(world: Any, one: Gift) -> None:
    """On its way: looked at again soon, behind all others."""
    gift_rows.change(world, one, next_at=world.now() + dt.timedelta(minutes=1))


def _rest(world: Any, one: Gift, **values: Any) -> None:
    """A way that was refused rests, each time longer."""
    gift_rows.change(world, one, tries=one.tries + 1, next_at=world.now() + dt.timedelta(hours=RETRY_HOURS * (one.tries + 1)), **values)
