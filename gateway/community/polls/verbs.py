"""Answering a poll or a quiz, one question after the other: each answer is saved at once, so that a call that drops loses nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.polls import rows
from gateway.community.polls.model import (
    DAYS,
    OPEN_MOST,
    SHOWN_FROM,
    TITLE_MOST,
    UNSURE,
    Asked,
    ChoiceWords,
    GuessedRight,
    GuessedWrong,
    Heads,
    NoPoll,
    NoQuiz,
    NotAPoll,
    Numbered,
    Place,
    Poll,
    PollAsked,
    PollByText,
    PollDone,
    PollKey,
    PollOver,
    PollSaved,
    PollTitle,
    Question,
    QuizAsked,
    QuizDone,
    ResultsLater,
    ResultsShown,
    next_question,
    said_to,
    shares,
)
from gateway.community.questions import remember
from gateway.members.model import Member
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

CLOSED_SHOWN = 8  # results that are listed
CLOSED_AT_ONCE = 50  # in one run of the clock
ASKED_BY_TEXT = "poll"  # the kind of our question that an SMS with a number answers
UNSURE_WORDS = "I do not know"  # in the catalogue


def _open(world: Any, poll: str, kind: str = "poll") -> Poll | None:
    found = rows.poll(world, int(poll)) if poll.isdigit() else None
    return found if found and found.kind == kind and found.state == "open" and found.ends_at > world.now() else None


def next_of_poll(world: Any, caller: str, poll: str) -> PollAsked | PollDone | PollOver:
    """Where this member stands in a poll: a call that dropped goes on at the question that it left."""
    member, found = the_member(world, caller), _open(world, poll)
    if found is None:
        return PollOver()
    asked = rows.questions_of(world, found.id)
    question = next_question(asked, rows.answers_of(world, found.id, member.voice))
    if question is None:
        return PollDone(PollKey(found.id), PollTitle(found.title), Heads(rows.heads(world, [found.id]).get(found.id, 0)))
    return PollAsked(PollKey(found.id), Place(question.place), Place(len(asked)), Asked(question.words))


def answer_poll(world: Any, caller: str, poll: str, at: str, choice: str) -> PollSaved | PollOver:
    found = _open(world, poll)
    if found is None or not _fits(rows.questions_of(world, found.id), int(at), int(choice)):
        return PollOver()
    rows.put_answer(world, found.id, int(at), the_member(world, caller).voice, int(choice))
    return PollSaved()


def _fits(asked: tuple[Question, ...], at: int, choice: int) -> bool:
    return 1 <= at <= len(asked) and choice in (UNSURE, *(one.place for one in asked[at - 1].choices))


def results_of(world: Any, caller: str, result: str) -> ResultsShown | ResultsLater | PollOver:
    """Who has answered all of it sees what others say, and everybody once it is over; never of so few that one could guess who."""
    found = rows.poll(world, int(result)) if result.isdigit() else None
    if found is None or found.kind != "poll" or found.state == "draft":
        return PollOver()
    member = the_member(world, caller)
    mine = rows.answers_of(world, found.id, member.voice)
    if mine and found.state == "closed":
        rows.hear(world, found.id, member.id)
        world.seen.clear()  # it waits no more
    done = found.state == "closed" or found.ends_at <= world.now() or (mine and next_question(rows.questions_of(world, found.id), mine) is None)
    answered = rows.heads(world, [found.id]).get(found.id, 0)
    return ResultsShown(PollTitle(found.title), Heads(answered)) if done and answered >= SHOWN_FROM else ResultsLater(Place(SHOWN_FROM))


# A quiz.


def next_of_quiz(world: Any, caller: str) -> QuizAsked | QuizDone | NoQuiz:
    """The newest quiz that this member has not finished; if there is none, how they did in the newest."""
    member = the_member(world, caller)
    running = [one for one in rows.polls_in(world, "quiz", ("open",), OPEN_MOST) if one.ends_at > world.now()]
    for one in running:
        asked = rows.questions_of(world, one.id)
        if question := next_question(asked, rows.answers_of(world, one.id, member.voice)):
            return QuizAsked(PollKey(one.id), Place(question.place), Place(len(asked)), Asked(question.words))
    if not running:
        return NoQuiz()
    asked, mine = rows.questions_of(world, running[0].id), rows.answers_of(world, running[0].id, member.voice)
    right = sum(mine.get(one.place) == _right(one).place for one in asked)
    return QuizDone(PollTitle(running[0].title), Place(right), Place(len(asked)))


def _right(question: Question) -> Any:
    return next(one for one in question.choices if one.right)


def guess(world: Any, caller: str, poll: str, at: str, choice: str) -> GuessedRight | GuessedWrong | NoQuiz:
    """The first guess counts."""
    member, found = the_member(world, caller), _open(world, poll, "quiz")
    asked = rows.questions_of(world, found.id) if found else ()
    if found is None or not _fits(asked, int(at), int(choice)):
        return NoQuiz()
    rows.add_answer(world, found.id, int(at), member.voice, int(choice))
    right = _right(asked[int(at) - 1])
    said = rows.answers_of(world, found.id, member.voice).get(int(at))
    return GuessedRight(ChoiceWords(right.words)) if said == right.place else GuessedWrong(ChoiceWords(right.words))


# By SMS: our question, and a number for an answer.


def poll_by_text(world: Any, caller: str, key: str) -> PollByText | PollDone | NoPoll:
    """The next question of the newest poll that this member has not finished."""
    member, last = the_member(world, caller), None
    for one in rows.polls_in(world, "poll", ("open",), OPEN_MOST):
        match next_of_poll(world, caller, str(one.id)):
            case PollAsked() as asked:
                return ask_by_text(world, member, one, asked)
            case PollDone() as done:
                last = last or done
    return last or NoPoll()


def ask_by_text(world: Any, member: Member, poll: Poll, asked: PollAsked) -> PollByText:
    question = rows.questions_of(world, poll.id)[asked.at - 1]
    remember(world, member.number, ASKED_BY_TEXT, f"{poll.id}.{asked.at}", poll.title)
    return PollByText(asked.at, asked.questions, asked.asked, Numbered(" ".join(f"{one.place} {one.words}" for one in question.choices)))


def answer_by_text(world: Any, member: Member, ref: str, meant: str) -> PollByText | PollDone | PollOver:
    """A bare number answers the question that we asked by SMS, and brings the next one. 5 is for who does not know."""
    poll, _, at = ref.partition(".")
    saved = answer_poll(world, member.number, poll, at, str(UNSURE) if meant == "5" else meant)
    found = _open(world, poll)
    if found is None:
        return PollOver()
    if isinstance(saved, PollOver):  # a number that is not among its answers: asked again
        asked = rows.questions_of(world, found.id)
        return ask_by_text(world, member, found, PollAsked(PollKey(found.id), Place(int(at)), Place(len(asked)), Asked(asked[int(at) - 1].words)))
    step = next_of_poll(world, member.number, poll)
    return ask_by_text(world, member, found, step) if isinstance(step, PollAsked) else step


# Those who make them.


def draft(world: Any, *, kind: Any, title: str, asked: tuple[Question, ...], days: int, by: str, key: str) -> int:
    """Keep what was written; nobody is asked yet. Raises NotAPoll."""
    if days not in DAYS:
        raise NotAPoll(f"it stays open for {DAYS.start} to {DAYS.stop - 1} days")
    plain = tuple(Question(one.place, alphabet.plain(one.words), tuple(_plain(choice) for choice in one.choices)) for one in asked)
    ends_at = world.now() + dt.timedelta(days=days)
    return rows.add(world, key=key, kind=kind, title=alphabet.plain(title)[:TITLE_MOST], ends_at=ends_at, by=by, asked=plain)


def _plain(choice: Any) -> Any:
    return type(choice)(choice.place, alphabet.plain(choice.words), choice.then, choice.right)


def begin(world: Any, poll: Poll) -> None:
    """From now on members find it. Raises NotAPoll."""
    if poll.state != "draft" or poll.ends_at <= world.now():
        raise NotAPoll("it was begun before, or its time is over")
    if len(rows.polls_in(world, poll.kind, ("open",), OPEN_MOST)) >= OPEN_MOST:
        raise NotAPoll(f"{OPEN_MOST} are open; one must end first")
    rows.change(world, poll.id, state="open")


def end(world: Any, poll: Poll) -> None:
    if poll.state == "open":
        _close(world, poll)


def throw_away(world: Any, poll: Poll) -> None:
    """Raises NotAPoll: what members have seen stays."""
    if poll.state != "draft":
        raise NotAPoll("members have seen it")
    rows.drop(world, poll.id)


def close_ended(world: Any) -> int:
    """Those whose time is over; how many."""
    over = rows.ended(world, CLOSED_AT_ONCE)
    for one in over:
        _close(world, one)
    return len(over)


def _close(world: Any, poll: Poll) -> None:
    """Whoever has answered finds under 9 what came of it, if enough have: of a few one could guess who said what."""
    told = rows.heads(world, [poll.id]).get(poll.id, 0) >= SHOWN_FROM
    rows.change(world, poll.id, state="closed", ends_at=min(poll.ends_at, world.now()), told=told)


# Facts.


def open_polls(world: Any, caller: str) -> list[Row]:
    language = the_member(world, caller).language
    running = [one for one in rows.polls_in(world, "poll", ("open",), OPEN_MOST) if one.ends_at > world.now()]
    return [Row(str(one.id), f"{one.title} > {world.phrases.day(world.organisation.local(one.ends_at), language)}") for one in running]


def poll_choices(world: Any, caller: str, poll: str, at: str) -> list[Row]:
    asked = rows.questions_of(world, int(poll))
    unsure = Row(str(UNSURE), world.phrases.text(UNSURE_WORDS, the_member(world, caller).language))
    return [*(Row(str(one.place), one.words) for one in asked[int(at) - 1].choices), unsure]


def polls_with_results(world: Any, caller: str) -> list[Row]:
    return [Row(str(one.id), one.title) for one in rows.polls_in(world, "poll", ("open", "closed"), CLOSED_SHOWN)]


def poll_results(world: Any, caller: str, result: str) -> str:
    """Each question that five or more have answered, with how many of a hundred chose what."""
    chosen = rows.count(world, int(result))
    lines = [
        f"{one.words} " + ", ".join(f"{words} {share}%" for words, share in shares(one, chosen)) + "."
        for one in rows.questions_of(world, int(result))
        if said_to(one, chosen) >= SHOWN_FROM
    ]
    return " ".join(lines)
