"""An item: an idea, a question, a problem, praise, news, a tip, a need, a statement of a poll. Frozen values and rules; standard library only.

A new kind is a line in KINDS, or a row that an organisation makes for itself (`kinds/`), not a subsystem.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from gateway.members.model import Day

TYPED_MOST = 160  # letters of one answer on a phone
VOTE = {"for": 1, "against": -1, "pass": 0}
NEW_ACCOUNT_DAYS = 7  # votes of a younger account wait until it is as old: who makes accounts to vote must be patient
TRUSTED_DAYS = 7  # items of a younger account are looked at by a person first
VOTES_A_DAY = 60  # of one member; a thumb that votes more is a script
QUICK_A_DAY = 5  # quick votes that are offered in a day: a minute, not a job
COMMENTS_A_DAY, REPORTS_A_DAY = 20, 10
FLAGS_TO_HIDE = 3  # members who report an item before it rests until a person has looked
SAY_MOST = 74  # letters of a comment, so that it fits a screen with a name and an SMS with a number
ALIKE_SHOWN = 3  # look-alikes that are shown
SAME_SCREEN = 0.1  # that much liker is what was said from the same screen
LATE_DAYS = {"look": 3, "answer": 14}  # promises: a person looks, and an official answers what many support
REPORT_HOURS = 24  # and looks at what members report
ANSWER_FROM = 20  # supporters from which an official answer is promised
ANSWER_GROUPS = 3  # or groups that its supporters come from

KindName = str  # one of KINDS, or one that begins with OWN; the database knows no other
State = Literal[
    "new", "held", "open", "looked_at", "planned", "trying", "done", "closed", "declined", "merged", "withdrawn", "already_there", "refused"
]  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """What can be done with it: whether all see it, and whether it is voted on."""

    public: bool = True
    votes: bool = False


INCIDENT = "incident"  # the topic of a problem that many have at once
IN_WORDS = "in_words"  # and of what is wrong with something that is no payment
WRITTEN_BY = "by "  # how `about` begins of a case that somebody wrote who dials for the member; their code stands behind it
STAYS_PRIVATE = "stays_private"  # the same, when a person has not let it be shown to all
OBJECTION = "the author's objection"  # by whom a "no" is looked at again

KINDS: dict[str, Kind] = {
    "idea": Kind(votes=True),
    "question": Kind(votes=True),
    "problem": Kind(votes=True),
    "praise": Kind(votes=True),
    "news": Kind(votes=True),
    "tip": Kind(votes=True),
    "need": Kind(),
    "statement": Kind(votes=True),
    "wrong": Kind(public=False),
    "unsorted": Kind(public=False),
}
OWN = "own-"  # how the kinds begin that an organisation has made for itself
OWN_KIND = Kind(votes=True)


def is_case(item: Item) -> bool:
    """Whether it is between a member and the staff, shown to all or not: only whose it is closes it."""
    return item.kind == "wrong" or (item.kind == "problem" and item.topic != INCIDENT)


def kind_of(name: str) -> Kind:
    """What can be done with items of this kind, one of ours or an organisation's own."""
    return OWN_KIND if name.startswith(OWN) else KINDS[name]


OPEN = ("open", "looked_at", "planned", "trying")  # what can be voted on
ANSWERED = ("planned", "trying", "done", "declined", "already_there", "refused")  # what staff say of a thing
SHOWN = (*OPEN, "done", "closed", "declined", "already_there")  # what all see

# Who has come from where may go where. What is not here cannot happen.
MOVES: dict[str, tuple[str, ...]] = {
    "new": ("held", "refused", "open", "looked_at", "done", "closed", "declined", "withdrawn", "merged"),
    "held": ("open", "new", "refused", "withdrawn"),
    "open": ("held", "refused", "looked_at", "planned", "done", "declined", "merged", "withdrawn", "already_there", "closed"),
    "looked_at": ("held", "refused", "open", "planned", "done", "declined", "merged", "withdrawn", "already_there", "closed"),
    "planned": ("planned", "trying", "done", "declined", "refused", "withdrawn", "merged"),  # to itself: another day is promised
    "trying": ("trying", "done", "planned", "declined", "refused"),
    "done": ("closed", "open", "refused"),
    "closed": ("open", "refused"),
    "declined": ("open", "closed", "refused"),
    "refused": ("held", "open", "withdrawn"),  # a person did not let it through, and nobody but its author sees it
    "already_there": ("open", "closed", "refused"),
    "merged": ("open",),
    "withdrawn": (),
}


class ItemNumber(str):
    """The number of an item, the last digit a check digit."""

    longest: ClassVar[str] = "12345"
    never_cut = True


class Title(str):
    """The first words of an item, as long as a line has room for."""

    longest: ClassVar[str] = "x" * 20


class ItemWords(str):
    longest: ClassVar[str] = "x" * TYPED_MOST


class StateName(str):
    longest: ClassVar[str] = "umesomwa na mtu tayari"


class Author(str):
    longest: ClassVar[str] = "x" * 14


class AnswerWords(str):
    longest: ClassVar[str] = "x" * 60


class SaidToIt(str):
    """An answer behind something else that is said; nothing where there is none."""

    longest: ClassVar[str] = ". " + "x" * 160


class Giver(str):  # who has said something: a member as others may call them, and whether it helped; or the first name and the role of staff
    longest: ClassVar[str] = "Wanjiruuuu (facilitator)"


class Votes(int):
    longest: ClassVar[str] = "9999"


class Few(int):
    longest: ClassVar[str] = "99"


@dataclass(frozen=True)
class Item:
    id: int
    number: str
    kind: KindName
    topic: str
    words: str
    member_id: int | None
    phone: str
    about: str
    channel: str
    state: State
    shown: Literal["name", "village", "sealed"]
    group_id: int | None
    language: str
    merged_into: int | None
    supporters: int
    opposers: int
    passes: int
    comments: int
    seen: int
    score: float
    answer: str
    braked_at: dt.datetime | None
    made_at: dt.datetime
    state_at: dt.datetime
    screen: str = ""
    checked_by: str = ""  # of news: who of the office found it true, and nobody else

    @property
    def root_id(self) -> int:
        """The item that this one is counted with."""
        return self.merged_into or self.id


BACK = "back"  # the state of words that their author has taken back


@dataclass(frozen=True)
class Comment:
    """`by` is the staff's name and role under an official answer, which no member has given. `helped` is what the asker said of an answer."""

    id: int
    item_id: int
    member_id: int | None
    by: str
    kind: Literal["say", "answer", "official"]
    words: str
    state: Literal["open", "held", "hidden", "back"]
    made_at: dt.datetime
    helped: bool | None = None


FIXED = "fixed"  # why a tip changed: somebody else made it better, so it is not its author's alone


@dataclass(frozen=True)
class Change:
    """A step of an item's life: from which state to which, by whom, and why."""

    id: int
    item_id: int
    before: str
    after: str
    by: str
    why: str
    at: dt.datetime


@dataclass(frozen=True)
class Counted:
    supporters: Votes
    opposers: Votes
    number: ItemNumber
    title: Title


class CountsWhen(str):
    longest = "x" * 74


class Guests(str):
    longest = " (+999 wageni)"


@dataclass(frozen=True)
class CountsLater:
    """A vote that is kept and not counted: of a new account, until it is old enough, or of a guest. It says why."""

    number: ItemNumber
    title: Title
    counts_when: CountsWhen


class Closed: ...


class NoItem: ...


class OwnItem: ...


class TakenBack: ...


class StaysThere:
    """Others have answered it, or made it better: it is not its author's alone any more."""


class SaidToday:
    """Enough of this for a day."""


@dataclass(frozen=True)
class HiddenNow:
    number: ItemNumber


@dataclass(frozen=True)
class Commented:
    number: ItemNumber
    title: Title


class HeldWords: ...


class Rests: ...


class SwitchWhy(str):
    longest = "x" * 50


class Reported: ...


class Followed: ...


class FollowsNoMore: ...


@dataclass(frozen=True)
class ItemShown:
    item: ItemNumber
    words: ItemWords
    supporters: Votes
    guests: Guests
    groups: Few
    state: StateName
    answer: SaidToIt


@dataclass(frozen=True)
class ThankedFor:
    number: ItemNumber


class HowItWent(str):
    longest = "Les avis sont partagés."


@dataclass(frozen=True)
class StatementShown:
    item: ItemNumber
    went: HowItWent
    words: ItemWords
    voted: Few
    quick_most: Few


class NoMoreToday: ...


@dataclass(frozen=True)
class CommentShown:
    comment: ItemNumber
    from_name: Giver
    said: ItemWords


class OwnCommentShown(CommentShown):
    """One that the caller has said."""


@dataclass(frozen=True)
class MineShown:
    item: ItemNumber
    words: ItemWords
    state: StateName
    day: Day
    supporters: Votes
    answer: AnswerWords


class MineClosed(MineShown):
    """Nothing is done with it any more, unless whoever wrote it says that it is not right."""


@dataclass(frozen=True)
class MineJoined:
    item: ItemNumber
    words: ItemWords
    into: ItemNumber
    title: Title
    supporters: Votes


@dataclass(frozen=True)
class MineDone:
    item: ItemNumber


@dataclass(frozen=True)
class StatusShown:
    number: ItemNumber
    title: Title
    state: StateName
    day: Day
    supporters: Votes
    answer: AnswerWords


class Came(str):
    """What was expected of a trial and what came of it, in a line of its own; nothing where nobody had said it."""

    longest: ClassVar[str] = "\n" + "x" * 40 + "x" * 60 + "Imetarajiwa: . Imekuwa: "


@dataclass(frozen=True)
class ChangeShown:
    item: ItemNumber
    title: Title
    day: Day
    author: Author
    supporters: Votes
    came: Came


class SameFound: ...


class NothingAlike: ...


class MineIsNew: ...


def may_go(before: str, after: str) -> bool:
    """
    >>> may_go("open", "planned"), may_go("withdrawn", "open")
    (True, False)
    """
    return after in MOVES[before]
