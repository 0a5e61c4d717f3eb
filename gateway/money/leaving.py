"""Leaving: a member goes when nothing is there and nothing is owed. The books keep their lines, the number is free again."""

from __future__ import annotations

from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Account
from gateway.members import rows as members
from gateway.members.model import Locked, TooBusy, WrongPin
from gateway.members.verbs import the_member, weigh_pin
from gateway.money import rows
from gateway.money.model import FreeToLeave, LeftUs, StillOwed, StillThere
from gateway.store import audit
from menus.answers import Secret


def may_leave(world: Any, caller: str) -> FreeToLeave | StillThere | StillOwed:
    return _what_is_left(ledger_rows.accounts_of(world, [the_member(world, caller).id])) or FreeToLeave()


def leave(world: Any, caller: str, pin: Secret) -> LeftUs | StillThere | StillOwed | WrongPin | Locked | TooBusy:
    """All accounts are closed together, under their locks, so that no payment slips in between."""
    if refused := weigh_pin(world, caller, pin):
        return refused
    member = the_member(world, caller)
    ids = [one.id for one in ledger_rows.accounts_of(world, [member.id])]
    if stays := _what_is_left(list(ledger_rows.lock_accounts(world, ids).values())):
        return stays
    for id in ids:
        closed = ledger.set_status(world, id, "closed")
        assert closed, "an empty account can be closed while it is locked"
    for order in rows.standing_of(world, member.id):
        rows.change_standing(world, order.id, state="stopped", said="the member has left")
    members.change_member(world, member.id, status="left")
    members.free_number(world, member.id)
    audit.note(world, f"member {member.code}", "left", f"member {member.code}")
    return LeftUs()


def _what_is_left(accounts: list[Account]) -> StillThere | StillOwed | None:
    if any(one.balance < 0 for one in accounts):
        return StillOwed()
    return StillThere() if any(one.balance > 0 or one.held for one in accounts) else None
