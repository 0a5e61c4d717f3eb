"""A PIN that one of several on a phone has forgotten: the same way as on a phone of one's own, before anybody has come in.

Nothing of the person is shown and nothing opens: the guardians speak to them, and what is chosen waits its day like every PIN chosen so.
"""

from __future__ import annotations

from typing import Any

from gateway.members import verbs as members
from gateway.members.guardians import verbs
from gateway.members.guardians.model import AskedAlready, AskedGuardians, MayChoose, NewPin, NewPinWaits, TooFew
from gateway.members.model import Different, Fine, Member, TooBusy, TooLate, Weak
from gateway.members.sharing import PersonGone, on_line
from menus.answers import Secret


def ask_for_rescue_here(world: Any, caller: str, who: str, key: str) -> AskedGuardians | AskedAlready | TooFew | MayChoose | NewPinWaits | PersonGone:
    found = on_line(world, caller, who)
    return verbs.ask_for_rescue(world, found.number, key) if found else PersonGone()


def choose_pin_here(world: Any, caller: str, who: str, pin: Secret, key: str) -> Fine | Weak | TooBusy | PersonGone:
    found = _may_choose(world, caller, who)
    return members.choose_pin(world, found.number, pin, key) if found else PersonGone()


def take_new_pin_here(world: Any, caller: str, who: str, pin_again: Secret, key: str) -> NewPin | Different | TooBusy | TooLate | PersonGone:
    found = _may_choose(world, caller, who)
    return verbs.take_new_pin(world, found.number, pin_again, key) if found else PersonGone()


def _may_choose(world: Any, caller: str, who: str) -> Member | None:
    """Whoever has this line, when their guardians or the office have opened it."""
    found = on_line(world, caller, who)
    return found if found and verbs.may_choose(world, found.id) else None
