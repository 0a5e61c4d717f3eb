"""What is learnt step by step. Frozen values and limits; standard library only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from gateway.community.groups.model import Heads
from gateway.members.model import Day

TITLE_MOST = 16  # letters, so that the SMS has room for a whole tip
PARTS = range(2, 8)  # tips of one: in a week it is over
OPEN_MOST = 7  # a page on a phone
AT_ONCE = 2  # that one member learns: an SMS a day from each
HOUR = 9  # at which the day's part comes, local time
TEXTS_A_MONTH = 3_000  # SMS of all of them in a calendar month; what is beyond waits
ABOUT = "helping course"  # how these SMS are counted; STOP QUESTIONS ends them


class CourseKey(str):
    """The id of one, carried and never said."""

    longest: ClassVar[str] = "9" * 19
    never_cut = True


class CourseTitle(str):
    longest: ClassVar[str] = "x" * TITLE_MOST


class Parts(int):
    longest: ClassVar[str] = "7"


@dataclass(frozen=True)
class Course:
    id: int
    number: str
    title: str
    state: str
    made_at: dt.datetime


@dataclass(frozen=True)
class Learner:
    course_id: int
    member_id: int
    part: int
    state: str
    next_at: dt.datetime


# Outcomes.


@dataclass(frozen=True)
class CourseShown:
    course: CourseKey
    course_title: CourseTitle
    parts: Parts
    learners: Heads


@dataclass(frozen=True)
class CourseMine(CourseShown):
    """The caller learns it: so many of its parts have come."""

    came: Parts


class NoCourse: ...


@dataclass(frozen=True)
class CourseBegun:
    course_title: CourseTitle
    day: Day


@dataclass(frozen=True)
class CoursesEnough:
    most: int


class CourseStopped: ...


@dataclass(frozen=True)
class ACourse:
    """What a number is."""

    course: CourseKey
