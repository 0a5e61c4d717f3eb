"""A group, who is in it, what it is told and when it meets. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from gateway.community.model import Thing
from gateway.ledger.model import Money
from gateway.members.model import Day, PlaceName, ShortName, Tail

GROUPS_MOST = 5  # groups that one member may be in; a list that fits a screen
YOUNG_DAYS = 30  # in which a member is in no more new groups than they may be in at all: each is an account in the books
LED_MOST = 2  # groups that one member may start from the phone
MEMBERS_MOST = 60  # of one group: a circle where people know each other
TEXTS_A_MONTH = 120  # SMS that one group may send to its members in a month: two to each of sixty
NOTICE_MOST = 74  # letters of a notice, so that it fits a screen and an SMS with who wrote it
AGENDAS = ("Our money", "Loans and savings", "New members", "Our work", "Our rules", "A visitor", "Something else")  # what a meeting can be about
PLACE_MOST = 16  # letters of where it is
NAME_MOST = 16  # letters of a group's name
MEETING_DAYS = 21  # how far ahead a meeting can be called
HOURS = range(6, 20)  # at which it can begin
MEETING_LASTS_H = 3  # how long after its beginning it is still the next meeting

HIDDEN = "a member"  # how somebody is called who does not want to be shown; in the catalogue

Role = Literal["member", "leader"]
State = Literal["asked", "invited", "member", "left", "refused"]
Period = Literal["week", "month"]


class GroupNumber(str):
    """What people type to pay a group or to join it."""

    longest = "12345"
    never_cut = True


class Meets(str):
    """`Mon 30 Nov 14:00`"""

    longest = "Jumatatu 30 Nov 14:00"


class Where(str):
    longest = "x" * PLACE_MOST


class Agenda(str):
    longest = "x" * 20


class NoticeWords(str):
    longest = "x" * NOTICE_MOST


class RoleName(str):
    longest = "kiongozi"


class Heads(int):
    """So many people of one group."""

    longest = "60"


class Texts(int):
    longest = "999"


class RowId(str):
    """The id of a row, carried from one step to the next and never said."""

    longest = "9" * 19
    never_cut = True


@dataclass(frozen=True)
class Group:
    id: int
    number: str
    name: str
    account_id: int
    period: Period
    usual_place: str
    state: Literal["open", "closed"]
    made_at: dt.datetime
    pay_reminded_at: dt.datetime | None
    open_list: bool
    due: int | None


@dataclass(frozen=True)
class Membership:
    group_id: int
    member_id: int
    role: Role
    state: State
    since: dt.datetime


@dataclass(frozen=True)
class Notice:
    id: int
    group_id: int
    member_id: int
    words: str
    made_at: dt.datetime

    @property
    def is_ours(self) -> bool:
        """Whether it tells a result, in words of code that begin with = as nobody's own words do."""
        return self.words.startswith("=")


@dataclass(frozen=True)
class Meeting:
    id: int
    group_id: int
    at: dt.datetime
    place: str
    agenda: str
    state: Literal["called", "off"]
    decided: str
    told: bool


# Outcomes.


@dataclass(frozen=True)
class InGroup:
    """The caller is a member of this group."""

    group: GroupNumber
    place: PlaceName


@dataclass(frozen=True)
class Invited:
    group: GroupNumber
    place: PlaceName


class SeveralGroups: ...


class InNoGroup: ...


class NotInGroup: ...


class Declined: ...


@dataclass(frozen=True)
class GroupToJoin:
    group: GroupNumber
    place: PlaceName
    leader: ShortName
    heads: Heads


class NoSuchGroup: ...


class InItAlready: ...


class AskedToJoin: ...


class TooManyGroups: ...


class GroupIsFull: ...


@dataclass(frozen=True)
class GroupStarted:
    group: GroupNumber
    place: PlaceName


class LeftGroup: ...


class GroupHasMoney: ...


class ShareOpen: ...


class OnlyLeader: ...


@dataclass(frozen=True)
class GroupFirst:
    """A group of theirs cannot be without them yet: they alone lead it, or are the last there and it has money."""

    place: PlaceName


class NotALeader: ...


class VillageName(str):
    longest = "x" * 12


class TopicNames(str):
    """What somebody helps with, in the reader's language."""

    longest = "x" * 24


class FellowGone: ...


class FellowHidden: ...


@dataclass(frozen=True)
class Fellow:
    """Somebody of the same group; `to` is the code that money is sent to."""

    to: RowId
    to_name: ShortName
    role: RoleName
    since: Day
    village: VillageName
    my_topics: TopicNames
    thanked: Heads


@dataclass(frozen=True)
class Asker:
    to_name: ShortName
    tail: Tail


class AskerGone: ...


class LetIn: ...


class NotLetIn: ...


class AskedAlready: ...


@dataclass(frozen=True)
class NoticeShown:
    """What it says and who wrote it; `to` is the code by which they can be asked."""

    thing: Thing
    words: NoticeWords
    from_name: ShortName
    day: Day
    to: RowId
    to_name: ShortName


class NoticeGone: ...


@dataclass(frozen=True)
class NoticeHeard:
    heard: Heads
    heads: Heads


@dataclass(frozen=True)
class MeetingSet:
    meeting: RowId
    meets: Meets
    where: Where
    agenda: Agenda
    coming: Heads


@dataclass(frozen=True)
class MyMeeting:
    place: PlaceName
    meeting: RowId
    meets: Meets
    where: Where
    coming: Heads


class NoMeeting: ...


@dataclass(frozen=True)
class RsvpNoted:
    coming: Heads
    heads: Heads


@dataclass(frozen=True)
class TellingCosts:
    """How many SMS it would take to tell all, and how many the group has left this month."""

    texts: Texts
    texts_left: Texts


@dataclass(frozen=True)
class MeetingCosts:
    meets: Meets
    texts: Texts
    texts_left: Texts


@dataclass(frozen=True)
class ToldAll:
    told: Texts


class TooFewTexts: ...


@dataclass(frozen=True)
class CashAsked:
    from_name: ShortName
    amount: Money
    place: PlaceName


class CashAgreed: ...


class CashDenied: ...


class CashNotNow: ...


class CashGone: ...


@dataclass(frozen=True)
class CashWritten:
    amount: Money
    to_name: ShortName


@dataclass(frozen=True)
class CashEnough:
    """So many records of cash from one payer were written today."""

    most: int


class TooEarly: ...


def begin_of(period: Period, local: dt.datetime) -> dt.datetime:
    """The first moment of the week or month that this moment, in local time, is in.

    >>> begin_of("week", dt.datetime(2026, 11, 26, 9)).day, begin_of("month", dt.datetime(2026, 11, 26, 9)).day
    (23, 1)
    """
    day = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return day - dt.timedelta(days=day.weekday()) if period == "week" else day.replace(day=1)
