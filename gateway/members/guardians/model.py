"""How guardians work, and what may come of what is asked of them. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.members.model import ShortName, Until

GUARDIANS_MOST = 5  # a family and a neighbour; more are more doors
VOUCHERS = 2  # so many say yes before a new PIN can be chosen: one alone may be forced, or be the thief
CHANGE_HOURS = 24  # a new guardian, and a guardian's end, wait so long: whoever steals a phone is noticed first
RESCUE_HOURS = 48  # how long guardians are asked
NEW_PIN_HOURS = 24  # how long a PIN that guardians opened waits before it moves money


@dataclass(frozen=True)
class Guardian:
    """Who it is, and whether already, or still."""

    id: int
    name: str
    number: str
    counts: bool


class TooManyGuardians: ...


class Guarded: ...


class Removed: ...


@dataclass(frozen=True)
class AskedGuardians:
    asked: int


@dataclass(frozen=True)
class AskedAlready:
    said_yes: int


class TooFew: ...


@dataclass(frozen=True)
class NewPinWaits:
    until: Until


class MayChoose: ...


@dataclass(frozen=True)
class Vouched:
    to_name: ShortName


@dataclass(frozen=True)
class NewPin:
    until: Until


class NumberWanted:
    """The office has opened the PIN of somebody who shares a phone, and has said a number to them."""


class WrongNumber: ...
