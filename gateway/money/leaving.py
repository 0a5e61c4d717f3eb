"""Leaving: a member goes when nothing is there and nothing is owed. The books keep their lines, the number is free again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Account
from gateway.members import roll_rows
from gateway.members import rows as members
from gateway.members.model import Locked, Member, TooBusy, WrongPin
from gateway.members.verbs import the_member, weigh_pin
from gateway.money import rows
from gateway.money.model import FreeToLeave, LeftUs, StillOwed, StillThere
from gateway.store import audit
from menus.answers import Secret

POINTS = "points"  # the product of an account of points
Stays = TypeVar("Stays")


def may_leave(world: Any, caller: str) -> FreeToLeave | StillThere | StillOwed:
    return _what_is_left(ledger_rows.accounts_of(world, [the_member(world, caller).id])) or FreeToLeave()


def leave(
    world: Any, caller: str, pin: Secret, stays_for: Callable[[Any, Member], Stays | None] = lambda world, member: None
) -> LeftUs | StillThere | StillOwed | WrongPin | Locked | TooBusy | Stays:
    """All accounts are closed together, under their locks, so that no payment slips in between; points sleep, for they are no money.
    `stays_for` is asked under the same locks what else keeps the member here.
    """
    if refused := weigh_pin(world, caller, pin):
        return refused
    member = the_member(world, caller)
    mine = list(ledger_rows.lock_accounts(world, [one.id for one in ledger_rows.accounts_of(world, [member.id])]).values())
    if stays := _what_is_left(mine) or stays_for(world, member):
        return stays
    for one in mine:
        closed = ledger.set_status(world, one.id, "dormant" if one.product == POINTS else "closed")
        assert closed, "an empty account can be closed while it is locked"
    for order in rows.standing_of(world, member.id):
        rows.change_standing(world, order.id, state="stopped", said="the member has left")
    members.change_member(world, member.id, status="left")
    members.free_number(world, member.id)
    if card := roll_rows.of_member(world, member.id):
        roll_rows.free(world, card.number)  # whoever comes back comes with it
    audit.note(world, f"member {member.code}", "left", f"member {member.code}")
    return LeftUs()


def _what_is_left(accounts: list[Account]) -> StillThere | StillOwed | None:
    money = [one for one in accounts if one.product != POINTS]
    if any(one.balance < 0 for one in money):
        return StillOwed()
    return StillThere() if any(one.balance > 0 or one.held for one in money) else None
