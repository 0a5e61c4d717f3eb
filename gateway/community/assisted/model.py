"""Who may dial for whom, until when, and how much of it a day. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gateway.community.groups.model import RowId, TopicNames, VillageName
from gateway.community.items.model import Few, ItemNumber
from gateway.members.model import PlaceName, ShortName, Tail

HOURS = 8  # for which somebody may dial: a working day
HELPED_MOST = 10  # members that have let one person dial in a day: a morning at the milk point, not an office
PREPARED_MOST = 10  # payments that one person prepares in a day for one member
WRITTEN_MOST = 3  # cases that one person writes in a day for one member
CHOICES_MOST = 6  # times that a member has let somebody dial in a day: more is a phone in other hands
SHOWN = 14  # helpers near, in a list
LATELY_DAYS = 90  # who dialled for a member in these days stands in the list


@dataclass(frozen=True)
class Assist:
    """One member lets one helper dial for them, until a moment."""

    id: int
    member_id: int
    helper_id: int
    began_at: dt.datetime
    until: dt.datetime


# Outcomes.


@dataclass(frozen=True)
class LetDial:
    to_name: ShortName
    hours: Few


@dataclass(frozen=True)
class HelperShown:
    """`to` is the helper's code."""

    to: RowId
    to_name: ShortName
    village: VillageName
    my_topics: TopicNames
    helped: Few


class NoHelper: ...


class SharesAPhone: ...


class HelpsMany:
    """That person dials for enough members today."""


class ChoseMany:
    """The caller has let enough people dial today."""


@dataclass(frozen=True)
class DialEnded:
    to_name: ShortName


class NobodyDials: ...


@dataclass(frozen=True)
class HelpedShown:
    whom_name: ShortName
    tail: Tail


class AssistOver:
    """The day is over, or the member has ended it."""


@dataclass(frozen=True)
class ForThem:
    """Who gets the money, before how much is asked."""

    to_name: ShortName


@dataclass(frozen=True)
class ForGroup:
    place: PlaceName


class NotForYourself:
    """Whoever dials for somebody is not paid by it."""


class NotToThemselves: ...


@dataclass(frozen=True)
class PreparedFor:
    whom_name: ShortName
    minutes: Few


class PreparedEnough: ...


@dataclass(frozen=True)
class SaidFor:
    number: ItemNumber
    whom_name: ShortName


class SaidEnough: ...


class CallComes: ...
