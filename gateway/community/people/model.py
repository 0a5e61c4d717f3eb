"""Who follows whom, and what is shown of them. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.community.items.model import ItemNumber
from gateway.members.model import ShortName

FOLLOWED_MOST = 20  # people that one member follows
ASKS_A_DAY = 3  # of one member
AGAIN_DAYS = 90  # after a no, before the same one can be asked again
SHOWN_DAYS = 30  # of what somebody said
KINDS = {"all": ("idea", "tip", "news"), "tips": ("tip",)}  # what who is followed lets be shown


@dataclass(frozen=True)
class Tie:
    """One follows another, or has asked to."""

    follower_id: int
    followed_id: int
    state: str
    kinds: str


@dataclass(frozen=True)
class PersonAsked:
    to_name: ShortName


@dataclass(frozen=True)
class PersonFollowed:
    to_name: ShortName


class NobodyThere: ...


@dataclass(frozen=True)
class PersonShown:
    to_name: ShortName


@dataclass(frozen=True)
class PersonAsks:
    to_name: ShortName


@dataclass(frozen=True)
class FollowerShown:
    to_name: ShortName


class TieSettled: ...


class TieEnded: ...


class NothingToOpen: ...


@dataclass(frozen=True)
class SaidOpened:
    item: ItemNumber
