"""A test group and who is in it. Standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gateway.community.groups.model import RowId

TITLE_MOST = 20  # letters
WHAT_MOST = 50  # letters of what is tried, so that it fits an SMS with the disclosure
WORDS_MOST = 60  # letters of what a member says of it, and of what staff tell them
ASKED_MOST = 30  # members who are asked in one go
DAYS = (7, 60)
OPEN_MOST = 3  # test groups at once
SETTLED_DAYS = 30  # with us, before one is asked
SAID_MOST = 10  # words of one member in one test group


class PanelTitle(str):
    longest = "x" * TITLE_MOST


class PanelWhat(str):
    longest = "x" * WHAT_MOST


@dataclass(frozen=True)
class Panel:
    id: int
    title: str
    what: str
    state: str
    until: dt.datetime
    by: str


@dataclass(frozen=True)
class Said:
    """What a member of a test group thinks of it."""

    member_id: int
    words: str
    at: dt.datetime


@dataclass(frozen=True)
class PanelShown:
    panel: RowId
    panel_title: PanelTitle
    what: PanelWhat


@dataclass(frozen=True)
class PanelAsked:
    panel: RowId
    panel_title: PanelTitle
    what: PanelWhat


class NoPanel: ...


class PanelJoined: ...


class PanelLeft: ...


class PanelHeard: ...


@dataclass(frozen=True)
class PanelFull:
    """This member has said enough of it."""

    most: int
