"""A poll and its questions, and how people write one. Frozen values and rules; standard library only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

TITLE_MOST = 20  # letters, so that a title stands in a list with the day of its end
ASKED_MOST = 60  # letters of a question, so that it stands on a screen, and in an SMS, with all its answers
CHOICE_MOST = 16
CHOICES = range(2, 5)  # answers to choose from; the line below them is "I do not know"
QUESTIONS_MOST = 12  # more is no minute any more
OPEN_MOST = 6  # polls that are open at once, and as many quizzes
DAYS = range(1, 61)  # for which one may stay open
SHOWN_FROM = 5  # members who must have answered before anybody sees figures: of fewer one could guess who said what
UNSURE = 0  # the place of "I do not know"
END = 0  # where a path ends

KindName = Literal["poll", "quiz"]


@dataclass(frozen=True)
class Choice:
    """An answer to choose. `then` is the question that follows it: None the next one, END none. In a quiz one is right."""

    place: int
    words: str
    then: int | None = None
    right: bool = False


@dataclass(frozen=True)
class Question:
    place: int
    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Poll:
    id: int
    kind: KindName
    title: str
    state: Literal["draft", "open", "closed"]
    ends_at: dt.datetime
    by: str


class NotAPoll(ValueError):
    """What was written is no poll. Says why, and in which line."""


def read(kind: KindName, written: str) -> tuple[Question, ...]:
    """Questions as people write them: a line is a question, a line that begins with `-` is an answer to it.

    `> 3` behind an answer leads to the third question, `> end` to the end; `*` marks the right one of a quiz. Raises NotAPoll.

    >>> [one.words for one in read("poll", "Meet when?\\n- Friday > end\\n- Sunday\\nWhy Sunday?\\n- Church\\n- Work")]
    ['Meet when?', 'Why Sunday?']
    """
    questions: list[Question] = []
    for number, line in enumerate(written.splitlines(), 1):
        said = " ".join(line.split())
        if said.startswith("-"):
            if not questions:
                raise NotAPoll(f"line {number}: an answer needs a question above it")
            questions[-1] = _with_choice(questions[-1], said.lstrip("- "), number)
        elif said:
            if len(said) > ASKED_MOST:
                raise NotAPoll(f"line {number}: a question has at most {ASKED_MOST} letters, this one {len(said)}")
            questions.append(Question(len(questions) + 1, said, ()))
    _prove(kind, questions)
    return tuple(questions)


def _with_choice(question: Question, said: str, number: int) -> Question:
    words, _, then = (part.strip() for part in said.partition(">"))
    right = words.endswith("*") or then.endswith("*")
    words, then = words.rstrip("* "), then.rstrip("* ").lower()
    if not words or len(words) > CHOICE_MOST:
        raise NotAPoll(f"line {number}: an answer has 1 to {CHOICE_MOST} letters")
    if then and then != "end" and not (then.isascii() and then.isdigit()):
        raise NotAPoll(f"line {number}: behind > stands the number of a question, or end")
    leads = None if not then else END if then == "end" else int(then)
    return replace(question, choices=(*question.choices, Choice(len(question.choices) + 1, words, leads, right)))


def _prove(kind: KindName, questions: Sequence[Question]) -> None:
    if not 1 <= len(questions) <= QUESTIONS_MOST:
        raise NotAPoll(f"1 to {QUESTIONS_MOST} questions are needed")
    for one in questions:
        if len(one.choices) not in CHOICES:
            raise NotAPoll(f"question {one.place} needs {CHOICES.start} to {CHOICES.stop - 1} answers")
        for choice in one.choices:
            if choice.then is not None and choice.then != END and not one.place < choice.then <= len(questions):
                raise NotAPoll(f"question {one.place}: an answer leads on to a later question, never back")
        right = sum(choice.right for choice in one.choices)
        if kind == "quiz" and (right != 1 or any(choice.then is not None for choice in one.choices)):
            raise NotAPoll(f"question {one.place}: in a quiz one answer is right, marked with *, and none leads elsewhere")
        if kind == "poll" and right:
            raise NotAPoll(f"question {one.place}: in a poll no answer is right or wrong")


def written(questions: Sequence[Question]) -> str:
    """The same questions as `read` takes them."""
    lines: list[str] = []
    for one in questions:
        lines.append(one.words)
        for choice in one.choices:
            leads = "" if choice.then is None else " > end" if choice.then == END else f" > {choice.then}"
            lines.append(f"- {choice.words}{' *' if choice.right else ''}{leads}")
    return "\n".join(lines)


def next_question(questions: Sequence[Question], answers: Mapping[int, int]) -> Question | None:
    """The first question on this member's path that they have not answered. `answers` are question -> place of the choice."""
    place = 1
    while place <= len(questions):
        question = questions[place - 1]
        if place not in answers:
            return question
        chosen = next((one for one in question.choices if one.place == answers[place]), None)
        if chosen and chosen.then == END:
            return None
        place = chosen.then if chosen and chosen.then else place + 1
    return None


class Asked(str):
    """A question of a poll."""

    longest: ClassVar[str] = "x" * ASKED_MOST


class ChoiceWords(str):
    longest: ClassVar[str] = "x" * CHOICE_MOST


class PollTitle(str):
    longest: ClassVar[str] = "x" * TITLE_MOST


class PollKey(str):
    """The id of a poll, carried and never said."""

    longest: ClassVar[str] = "9" * 19
    never_cut = True


class Place(int):
    longest: ClassVar[str] = "12"


class Numbered(str):
    """The answers of a question with their numbers, in one line."""

    longest: ClassVar[str] = "4 " + "x" * CHOICE_MOST + (" 4 " + "x" * CHOICE_MOST) * 3


class Heads(int):
    longest: ClassVar[str] = "99,999"


@dataclass(frozen=True)
class PollAsked:
    poll: PollKey
    at: Place
    questions: Place
    asked: Asked


@dataclass(frozen=True)
class PollDone:
    result: PollKey
    title: PollTitle
    answered: Heads


class PollOver: ...


class PollSaved: ...


@dataclass(frozen=True)
class PollByText:
    """A question as an SMS asks it."""

    at: Place
    questions: Place
    asked: Asked
    numbered: Numbered


class NoPoll: ...


@dataclass(frozen=True)
class ResultsShown:
    title: PollTitle
    answered: Heads


@dataclass(frozen=True)
class ResultsLater:
    """Too few have answered, or this member has not yet."""

    fewest: Place


@dataclass(frozen=True)
class QuizAsked:
    poll: PollKey
    at: Place
    questions: Place
    asked: Asked


@dataclass(frozen=True)
class QuizDone:
    title: PollTitle
    right: Place
    questions: Place


class NoQuiz: ...


@dataclass(frozen=True)
class GuessedRight:
    is_so: ChoiceWords


@dataclass(frozen=True)
class GuessedWrong:
    is_so: ChoiceWords


def may_be_told(heads: Mapping[str, int]) -> set[str]:
    """Of which parts figures may be shown: of those with so many members that nobody can guess, and none that is found by taking the others from the whole.

    >>> sorted(may_be_told({"woman": 9, "man": 7})), sorted(may_be_told({"woman": 9, "man": 3}))
    (['man', 'woman'], [])
    >>> sorted(may_be_told({"kiboko": 9, "makindu": 7, "emali": 3, "sultan": 2}))
    ['kiboko', 'makindu']
    """
    by_size = sorted((part for part, count in heads.items() if count), key=lambda part: (heads[part], part))
    hidden = [part for part in by_size if heads[part] < SHOWN_FROM]
    left = [part for part in by_size if part not in hidden]
    while left and hidden and (len(hidden) < 2 or sum(heads[part] for part in hidden) < SHOWN_FROM):
        hidden.append(left.pop(0))
    return set(left)


def said_to(question: Question, chosen: Mapping[tuple[int, int], int]) -> int:
    """Members who chose something to this question; those unsure are left out."""
    return sum(chosen.get((question.place, one.place), 0) for one in question.choices)


def shares(question: Question, chosen: Mapping[tuple[int, int], int]) -> list[tuple[str, int]]:
    """(an answer, how many of a hundred who answered chose it), the most chosen first; those unsure are left out of the hundred."""
    heads = [(one.words, chosen.get((question.place, one.place), 0)) for one in question.choices]
    said = sum(count for _, count in heads) or 1
    return sorted(((words, round(100 * count / said)) for words, count in heads), key=lambda pair: -pair[1])
