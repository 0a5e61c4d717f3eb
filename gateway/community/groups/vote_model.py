"""A vote of a group: what it is about, what can come of it, and what became of that. Standard library only."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gateway.community.groups.model import GroupNumber, Heads, RowId, Texts
from gateway.community.model import Thing
from gateway.members.model import Day, PlaceName, ShortName

CHOICES_LEAST, CHOICES_MOST = 2, 4  # answers of a vote that are its own: what fits a screen under the question
CHOICE_MOST = 10  # letters of one
ONE_OF_US = "="  # for answers: one of the group is chosen. Nobody types it, for no answer is so short
MORE_MOST = 100  # letters that explain a vote: a screen under which the answers have room
WHY_MOST = 74  # letters of why somebody votes as they do, as of all that is said to something
DECIDED_DAYS = 60  # how long after its end a vote that is carried out is looked for: longer than any clock stands still
REVIEW_DAYS = 30  # after a yes, the group is asked whether it was done
REMIND_DAYS = 7  # between two kind words to those who have not paid in


class VoteQuestion(str):
    longest = "x" * 60


class VoteNumber(str):
    """The number of a vote and a colon, before what it asks; nothing for one that was opened before votes had numbers."""

    longest = "12345: "


class VoteMore(str):
    longest = "x" * MORE_MOST


class WhyWords(str):
    longest = "x" * WHY_MOST


class VoteSaid(str):
    """What came of a vote, counts and all."""

    longest = "x" * 72


class VoteAnswers(str):
    longest = "x" * 49


@dataclass(frozen=True)
class VoteCosts:
    """The answers as they were understood, how many SMS it would take to tell all, and how many the group has left this month."""

    answers: VoteAnswers
    texts: Texts
    texts_left: Texts


@dataclass(frozen=True)
class OpenVote:
    """What is shown of a vote that can still be taken part in."""

    thing: Thing
    vote: RowId
    vote_number: VoteNumber
    question: VoteQuestion
    day: Day
    voted: Heads
    heads: Heads


class VoteShown(OpenVote):
    """Yes or no."""


class ElectionShown(OpenVote):
    """One of the group: who leads next, or for something else."""


class ChoiceShown(OpenVote):
    """One of the answers that the vote has of its own."""


@dataclass(frozen=True)
class EndedVote:
    """What is shown of a vote that is over."""

    vote: RowId
    question: VoteQuestion
    said: VoteSaid


class VoteOver(EndedVote):
    """Nothing is to be done."""


class VoteDecided(EndedVote):
    """Something is to be done now, and nobody has said yet what became of it."""


@dataclass(frozen=True)
class VoteJudged(EndedVote):
    """Of those who say what became of it (`saying`), so many say that it was done."""

    done: Heads
    saying: Heads


@dataclass(frozen=True)
class VoteCounted:
    vote: RowId
    day: Day
    voted: Heads
    heads: Heads


@dataclass(frozen=True)
class DoneNoted:
    done: Heads
    saying: Heads


@dataclass(frozen=True)
class MoreShown:
    """What a vote is about, and how many have said why they vote as they do."""

    thing: Thing
    vote: RowId
    question: VoteQuestion
    more: VoteMore
    whys: Heads


class MoreOfChoice(MoreShown):
    """Of one whose answers stand on a list of their own."""


class MoreKept: ...


class WhyKept: ...


@dataclass(frozen=True)
class WhyShown:
    thing: Thing
    why: WhyWords
    from_name: ShortName


class WhyGone: ...


class TellMore: ...


@dataclass(frozen=True)
class AVote:
    """What a number is: a vote of a group that the caller is in."""

    group: GroupNumber
    place: PlaceName
    vote: RowId


class ChoicesUnclear: ...


@dataclass(frozen=True)
class OthersReminded:
    told: Texts


class RemindedAlready: ...


class NobodyToRemind: ...


class PayFirst: ...


@dataclass(frozen=True)
class RemindingCosts:
    """How many SMS it would take, and how many the group has left this month."""

    texts: Texts
    texts_left: Texts


class VoteEnded: ...


class CallVote: ...


class VoteChosen: ...


class VoteOpen: ...


class MayTell:
    """A leader may have all told by SMS, and sees first what that takes."""


@dataclass(frozen=True)
class VotesByMembers:
    """So many votes that members called are open, or one of the caller's own."""

    most: int


@dataclass(frozen=True)
class VotesAreOpen:
    most: int


def choices_in(words: str) -> list[str] | None:
    """The answers that a leader wrote for a vote, or None if they are not two to four short ones. No words, no answers: yes or no; so too of one of us.

    >>> choices_in("Maize, beans,Sorghum"), choices_in(""), choices_in("maize"), choices_in("Maize, maize"), choices_in("9.30 am, 2 pm")
    (['Maize', 'beans', 'Sorghum'], [], None, None, ['9.30 am', '2 pm'])
    """
    if words == ONE_OF_US:
        return []
    found = [one for one in (part.strip() for part in re.split(r"[,\n]", words)) if one]
    distinct = len({one.lower() for one in found}) == len(found)
    fits = CHOICES_LEAST <= len(found) <= CHOICES_MOST and all(len(one) <= CHOICE_MOST for one in found)
    return found if not found or (fits and distinct) else None
