"""A PIN that one of several on a phone has forgotten: the same way as on a phone of one's own, before anybody has come in.

Nothing of the person is shown and nothing opens: the guardians speak to them, and what is chosen waits its day like every PIN chosen so.
"""

from __future__ import annotations

from typing import Any

from gateway.members import verbs as members
from gateway.members.guardians import office_number, verbs
from gateway.members.guardians.model import AskedAlready, AskedGuardians, MayChoose, NewPin, NewPinWaits, NumberWanted, TooFew, WrongNumber
from gateway.members.model import AskedTooOften, Different, Fine, Member, TooBusy, TooLate, Weak
from gateway.members.sharing import PersonGone, on_line
from menus.answers import Secret


def ask_for_rescue_here(
    world: Any, caller: str, who: str, key: str
) -> AskedGuardians | AskedAlready | TooFew | MayChoose | NumberWanted | NewPinWaits | PersonGone:
    """The guardians are asked. Where the office has opened the PIN, the number that it said is asked first."""
    found = on_line(world, caller, who)
    if found is None:
        return PersonGone()
    return NumberWanted() if office_number.told(world, found) else verbs.ask_for_rescue(world, found.number, key)


def check_office_number(world: Any, caller: str, who: str, said: str) -> Fine | WrongNumber | AskedTooOften | PersonGone:
    """Each try counts like a look-up of a name: few a day."""
    found = _may_choose(world, caller, who)
    if found is None:
        return PersonGone()
    if not members.may_look_up(world, caller):
        return AskedTooOften()
    return Fine() if office_number.fits(world, found, said) else WrongNumber()


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
