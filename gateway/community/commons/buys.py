"""Buying together: each puts the same share into escrow; when all have joined it goes to the group or the shop, when they have not by the day it goes back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.commons import rows
from gateway.community.commons.model import (
    BUY_MOST,
    BUYS_OPEN,
    PEOPLE,
    RETRY_HOURS,
    SHARE_LEAST,
    SHARE_MOST,
    WAYS_TRIED,
    Buy,
    BuyFilled,
    BuyJoined,
    BuyName,
    BuyOver,
    BuysFull,
    BuyShown,
    BuyStarted,
    BuyStopped,
    Few,
    GroupIsPaid,
    InItAlready,
    RowKey,
    Share,
)
from gateway.community.groups import rows as groups
from gateway.community.groups.model import Group, NotInGroup
from gateway.community.groups.verbs import group_of
from gateway.community.items import brakes
from gateway.community.items.model import HeldWords
from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import NOTHING_MOVED, NoFunds, Reserved
from gateway.members.model import Day, Locked, Member, NotEnough, NotTaken, PlaceName, TooBusy, WrongPin
from gateway.members.verbs import the_member, weigh_pin
from gateway.money import rewards
from gateway.money.model import FoundPlace, NoSuchPlace
from gateway.money.places import SHOP, place_with
from gateway.records.model import masked
from menus import alphabet
from menus.answers import Secret
from menus.phrasebook import Row

LOOKED_AFTER = 200  # shares in one run of the clock
NO_SHOP = 0  # the number of the shop where the group itself is paid


def _buy(world: Any, caller: str, group: str, buy: str, *, lock: bool = False) -> tuple[Buy, Group, Member] | None:
    member = the_member(world, caller)
    found = group_of(world, member, group)
    one = rows.buy(world, int(buy), lock=lock) if buy.isdigit() else None
    return (one, found, member) if found and one and one.group_id == found.id else None


def look_at_buy(world: Any, caller: str, group: str, buy: str) -> BuyShown | BuyOver:
    found = _buy(world, caller, group, buy)
    if found is None or found[0].state != "open" or found[0].until <= world.now():
        return BuyOver()
    one, place, member = found
    until = Day(world.phrases.day(world.organisation.local(one.until), member.language))
    money = world.organisation.money
    joined = Few(len(rows.shares_of(world, one.id)))
    paid = PlaceName(seller(world, one) or place.name)
    return BuyShown(RowKey(one.id), BuyName(one.title), joined, Few(one.wanted), money(one.amount), money(0), until, paid)


def pay_the_group(world: Any, caller: str) -> GroupIsPaid:
    """The group gets the money, and buys."""
    return GroupIsPaid(RowKey(NO_SHOP))


def find_seller(world: Any, caller: str, supplier: int) -> FoundPlace | NoSuchPlace:
    place = place_with(world, SHOP, str(supplier))
    return FoundPlace(PlaceName(place.name)) if place else NoSuchPlace()


def start_buy(
    world: Any, caller: str, group: str, title: str, amount: int, people: int, days: str, key: str, supplier: int | str = NO_SHOP
) -> BuyStarted | BuysFull | HeldWords | NotInGroup | NoSuchPlace:
    """Say what is bought, for how much each, how many must join, and which shop is paid if it is not the group. Who starts it joins like every other."""
    place = place_with(world, SHOP, str(supplier)) if int(supplier) != NO_SHOP else None
    if place is None and int(supplier) != NO_SHOP:
        return NoSuchPlace()
    member = the_member(world, caller)
    found, scale = group_of(world, member, group), 10**world.organisation.digits
    if found is None:
        return NotInGroup()
    assert SHARE_LEAST * scale <= amount <= SHARE_MOST * scale, "the menu has other bounds"
    assert int(people) in PEOPLE, "the menu has other bounds"
    if brakes.held_word(world, title):
        return HeldWords()
    groups.lock(world, found.id)
    if rows.started_before(world, key):  # this very turn came before
        return BuyStarted()
    if len(rows.buys_of(world, found.id, ("open",), BUYS_OPEN)) >= BUYS_OPEN:
        return BuysFull()
    said = alphabet.plain(masked(alphabet.heard(title)))[:BUY_MOST]
    until = world.now() + dt.timedelta(days=int(days))
    rows.add(
        world, rows.buys, key=key, group_id=found.id, member_id=member.id, title=said, amount=amount, wanted=int(people), until=until, state="open",
        supplier_id=place.id if place else None,
    )  # fmt: skip
    return BuyStarted()


def seller(world: Any, one: Buy) -> str:
    """The shop that is paid; nothing where the group is."""
    return str(ledger_rows.account(world, one.supplier_id).name) if one.supplier_id else ""


def join_buy(
    world: Any, caller: str, group: str, buy: str, pin: Secret, key: str
) -> BuyJoined | BuyFilled | BuyOver | InItAlready | NotEnough | NotTaken | WrongPin | Locked | TooBusy:
    """Put one's share apart. The last who joins fills it, and all shares go to the group, or to the shop that sells it."""
    if refused := weigh_pin(world, caller, pin):
        return refused
    found = _buy(world, caller, group, buy, lock=True)
    if found is None:
        return BuyOver()
    one, _, member = found
    joined = rows.shares_of(world, one.id)
    if mine := next((share for share in joined if share.member_id == member.id), None):
        into = ledger_rows.transfer(world, mine.transfer_id)
        same_turn = into is not None and into.key == _key(one, key)
        if not same_turn:
            return InItAlready()
        return BuyFilled() if one.state == "filled" else BuyJoined(world.organisation.money(one.amount), Few(one.wanted - len(joined)))
    if one.state != "open" or one.until <= world.now():
        return BuyOver()
    account = ledger_rows.account_of(world, member.id)
    outcome = rewards.set_apart(world, account, one.amount, key=_key(one, key).removeprefix("in-"), by=f"pin:{member.id}", why=one.title[:20])
    if not isinstance(outcome, Reserved) or outcome.transfer.state in NOTHING_MOVED:
        return NotEnough(world.organisation.money(0)) if isinstance(outcome, NoFunds) else NotTaken()
    rows.add_share(world, buy_id=one.id, member_id=member.id, transfer_id=outcome.transfer.id, amount=one.amount)
    missing = one.wanted - len(joined) - 1
    if missing:
        return BuyJoined(world.organisation.money(one.amount), Few(missing))
    rows.change_buy(world, one.id, state="filled")
    return BuyFilled()


def _key(buy: Buy, turn: str) -> str:
    return f"in-buy-{buy.id}-{turn}"[:80]


def stop_buy(world: Any, caller: str, group: str, mine: str) -> BuyStopped | BuyOver:
    """Who started it ends it before it is full: everything goes back."""
    found = _buy(world, caller, group, mine, lock=True)
    if found is None or found[0].state != "open" or found[0].member_id != found[2].id:
        return BuyOver()
    rows.change_buy(world, found[0].id, state="back")
    return BuyStopped()


def look_after(world: Any) -> int:
    """End what its day has come for, and bring every share to where it belongs; a way that was refused is asked for again, after a rest."""
    for id in rows.buys_over(world, LOOKED_AFTER):
        one = rows.buy(world, id, lock=True)
        if one and one.state == "open":
            rows.change_buy(world, id, state="back")
    some = rows.shares_to_look_after(world, LOOKED_AFTER)
    for buy_id, member_id in some:
        one = rows.buy(world, buy_id, lock=True)  # the lock under which shares are changed
        share = next((share for share in rows.shares_of(world, buy_id) if share.member_id == member_id), None)
        if one and share:
            _look_after(world, one, share)
    return len(some)


def _look_after(world: Any, one: Buy, share: Share) -> None:
    into = ledger_rows.transfer(world, share.transfer_id)
    if into is not None and into.state in NOTHING_MOVED:  # it never was set apart
        if one.state == "open":
            rows.drop_share(world, one.id, share.member_id)
        else:
            rows.change_share(world, one.id, share.member_id, state="back", ended=True)
            if one.state == "filled":  # one is missing after all: nobody pays for a share that is not there
                _undo(world, one)
        return
    if share.state == "held" and one.state != "open":
        _send_on(world, one, share)
        return
    out = ledger_rows.transfer(world, share.out_id) if share.out_id else None
    if out is not None and out.state == "posted":
        rows.change_share(world, one.id, share.member_id, ended=True)
    elif out is not None and out.state in NOTHING_MOVED:
        _rest(world, share, state="held", out_id=None)
    else:  # on its way: looked at again soon, behind all others
        rows.change_share(world, one.id, share.member_id, next_at=world.now() + dt.timedelta(minutes=1))


def _rest(world: Any, share: Share, **values: Any) -> None:
    """A way that was refused rests, each time longer."""
    next_at = world.now() + dt.timedelta(hours=RETRY_HOURS * (share.tries + 1))
    rows.change_share(world, share.buy_id, share.member_id, tries=share.tries + 1, next_at=next_at, **values)


def _undo(world: Any, one: Buy) -> None:
    """A buy that was taken for full goes back, unless something of it has gone to the group already: then the rest follows."""
    if all(share.state != "given" for share in rows.shares_of(world, one.id)):
        rows.change_buy(world, one.id, state="back")


def _send_on(world: Any, one: Buy, share: Share) -> None:
    """To the group when it is full and all of it is really there; else back to whose it was. What the group cannot take goes back too, in the end."""
    by, to_group = "the clock", one.state == "filled" and share.tries < WAYS_TRIED
    if to_group:
        others = rows.shares_of(world, one.id)
        known = ledger_rows.transfers_in(world, [other.transfer_id for other in others if other.state != "back"])
        if any(transfer.state != "posted" for transfer in known.values()):  # a share is still on its way into escrow
            rows.change_share(world, one.id, share.member_id, next_at=world.now() + dt.timedelta(seconds=20))
            return
        place = groups.by_id(world, one.group_id)
        assert place, "a group is never deleted"
        paid = ledger_rows.account(world, one.supplier_id or place.account_id)
        outcome = rewards.award(world, share.transfer_id, paid, by=by, again=share.tries)
    else:
        outcome = rewards.give_back(world, share.transfer_id, by=by, again=share.tries)
    if isinstance(outcome, Reserved):
        rows.change_share(world, one.id, share.member_id, state="given" if to_group else "back", out_id=outcome.transfer.id)
    else:
        _rest(world, share)


# Facts.


def open_buys(world: Any, caller: str, group: str) -> list[Row]:
    found = group_of(world, the_member(world, caller), group)
    some = rows.buys_of(world, found.id, ("open",), BUYS_OPEN) if found else []
    return [Row(str(one.id), f"{one.title} {world.organisation.money(one.amount)}") for one in some if one.until > world.now()]


def started_by_me(world: Any, caller: str, group: str) -> list[Row]:
    member = the_member(world, caller)
    found = group_of(world, member, group)
    some = rows.buys_of(world, found.id, ("open",), BUYS_OPEN) if found else []
    return [Row(str(one.id), one.title) for one in some if one.member_id == member.id]
