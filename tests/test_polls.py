"""Polls and quizzes: what people write is read or refused with the line, a path always ends, an answer is one, few stay hidden."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.community.polls import parts, rows, verbs
from gateway.community.polls.model import (
    Choice,
    GuessedRight,
    GuessedWrong,
    NoQuiz,
    NotAPoll,
    PollAsked,
    PollDone,
    PollOver,
    Question,
    QuizDone,
    ResultsLater,
    ResultsShown,
    next_question,
    read,
    shares,
    written,
)
from gateway.community.voices import verbs as voices
from gateway.community.waiting import waiting_count, waiting_things
from gateway.members import rows as members
from tests.browser import operator, page, press, sign_in
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, crowd
from workers import nightly

PAY = "When paid?\n- Friday > end\n- Month end > 3\n- Daily\nWhy daily?\n- Food\n- Bus\nWhy the month?\n- School\n- Saving"
QUIZ = "How long is milk boiled?\n- One minute\n- Ten minutes *"


def begun(world, kind: str = "poll", asked: str = PAY, title: str = "Pay day", days: int = 7):
    id = verbs.draft(world, kind=kind, title=title, asked=read(kind, asked), days=days, by="grace", key=title)
    verbs.begin(world, rows.poll(world, id))
    return str(id)


@pytest.mark.parametrize(
    ("kind", "asked", "why"),
    [
        ("poll", "", "1 to 12 questions are needed"),
        ("poll", "- Friday", "line 1: an answer needs a question above it"),
        ("poll", "When?\n- Friday", "question 1 needs 2 to 4 answers"),
        ("poll", "When?\n- a\n- b\n- c\n- d\n- e", "question 1 needs 2 to 4 answers"),
        ("poll", "x" * 61, "line 1: a question has at most 60 letters, this one 61"),
        ("poll", "When?\n- " + "x" * 17, "line 2: an answer has 1 to 16 letters"),
        ("poll", "When?\n-\n- b", "line 2: an answer has 1 to 16 letters"),
        ("poll", "When?\n- a > two\n- b", "line 2: behind > stands the number of a question, or end"),
        ("poll", "When?\n- a > 1\n- b", "question 1: an answer leads on to a later question, never back"),
        ("poll", "When?\n- a > 3\n- b", "question 1: an answer leads on to a later question, never back"),
        ("poll", "When?\n- a *\n- b", "question 1: in a poll no answer is right or wrong"),
        ("quiz", "When?\n- a\n- b", "question 1: in a quiz one answer is right, marked with *, and none leads elsewhere"),
        ("quiz", "When?\n- a *\n- b > end", "question 1: in a quiz one answer is right, marked with *, and none leads elsewhere"),
    ],
)
def test_what_is_no_poll_is_refused_with_the_reason(kind: str, asked: str, why: str) -> None:
    with pytest.raises(NotAPoll, match=re.escape(why)):
        read(kind, asked)


words = st.text(st.sampled_from("abcdefgh ?"), min_size=1, max_size=16).map(lambda said: " ".join(said.split()) or "a")


@st.composite
def branching(draw) -> tuple[Question, ...]:
    count = draw(st.integers(1, 6))
    asked = []
    for place in range(1, count + 1):
        later = st.sampled_from([None, 0, *range(place + 1, count + 1)])
        given_words = draw(st.lists(words, min_size=2, max_size=4))
        asked.append(Question(place, draw(words), tuple(Choice(n, said, draw(later)) for n, said in enumerate(given_words, 1))))
    return tuple(asked)


@given(branching(), st.lists(st.integers(0, 4), min_size=6, max_size=6))
def test_every_path_goes_forward_and_ends_and_what_is_written_reads_the_same(asked: tuple[Question, ...], picks: list[int]) -> None:
    answers: dict[int, int] = {}
    last = 0
    while question := next_question(asked, answers):
        assert question.place > last
        last = question.place
        answers[question.place] = min(picks[last - 1], len(question.choices))

    assert read("poll", written(asked)) == asked
    assert next_question(asked, answers) is None


def test_an_answer_leads_on_is_saved_at_once_and_can_be_changed(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        poll = begun(world)
        assert verbs.next_of_poll(world, WANJIRU, poll).at == 1
        verbs.answer_poll(world, WANJIRU, poll, "1", "2")
        verbs.answer_poll(world, WANJIRU, poll, "1", "2")  # the same turn twice
        assert verbs.next_of_poll(world, WANJIRU, poll).asked == "Why the month?"
        verbs.answer_poll(world, WANJIRU, poll, "3", "1")
        assert isinstance(verbs.next_of_poll(world, WANJIRU, poll), PollDone)
        verbs.answer_poll(world, WANJIRU, poll, "1", "1")  # another mind: what was said behind it is taken back
        assert rows.count(world, int(poll)) == {(1, 1): 1}
        assert isinstance(verbs.next_of_poll(world, WANJIRU, poll), PollDone)
        assert isinstance(verbs.answer_poll(world, WANJIRU, poll, "1", "4"), PollOver)
        assert isinstance(verbs.answer_poll(world, WANJIRU, poll, "9", "1"), PollOver)


def test_few_see_nothing_and_who_has_not_answered_sees_it_when_it_is_over(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        some = crowd(world, 4)
        poll = begun(world)
        for number in some:
            verbs.answer_poll(world, number, poll, "1", "1")
        assert isinstance(verbs.results_of(world, some[0], poll), ResultsLater)  # four
        verbs.answer_poll(world, OTIENO, poll, "1", "3")
        assert isinstance(verbs.results_of(world, some[0], poll), ResultsShown)
        assert isinstance(verbs.results_of(world, OTIENO, poll), ResultsLater)  # the second question waits
        assert isinstance(verbs.results_of(world, ACHIENG, poll), ResultsLater)
        assert verbs.poll_results(world, WANJIRU, poll) == "When paid? Friday 80%, Daily 20%, Month end 0%."
        verbs.answer_poll(world, ACHIENG, poll, "1", "0")
        assert shares(rows.questions_of(world, int(poll))[0], rows.count(world, int(poll)))[0] == ("Friday", 80)  # unsure stands apart
    village.clock.passes(days=8)
    assert nightly.close_polls(village.site) == 1
    with village.world() as world:
        assert isinstance(verbs.results_of(world, ACHIENG, poll), ResultsShown)
        assert isinstance(verbs.next_of_poll(world, ACHIENG, poll), PollOver)
        assert isinstance(verbs.answer_poll(world, ACHIENG, poll, "1", "1"), PollOver)


def test_parts_are_shown_only_where_nobody_can_be_guessed(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        poll, some = begun(world), crowd(world, 12)
        for n, number in enumerate(some):
            voices.say_trait(world, number, "woman" if n < 7 else "man")
            members.change_member(world, members.by_number(world, number).id, village="Kiboko" if n % 2 else "KIBOKO")
            verbs.answer_poll(world, number, poll, "1", "1" if n < 7 else "2")
        assert parts.poll_by_sex(world, WANJIRU, poll) == (
            "When paid? Women (7): Friday 100%, Month end 0%, Daily 0%. Men (5): Month end 100%, Friday 0%, Daily 0%."
        )
        assert parts.poll_by_village(world, WANJIRU, poll).startswith("When paid? Kiboko (12): Friday 58%")
        verbs.answer_poll(world, ACHIENG, poll, "1", "3")  # she has said nothing of herself: alone, and found by taking the others from all
        assert parts.poll_by_sex(world, WANJIRU, poll) == "When paid? Women (7): Friday 100%, Month end 0%, Daily 0%."
        verbs.answer_poll(world, some[11], poll, "1", "0")  # who is unsure is in no part
        assert parts.poll_by_sex(world, WANJIRU, poll) == "When paid? Women (7): Friday 100%, Month end 0%, Daily 0%."
    shown = page(operator(village, "facilitator"), f"polls/{poll}")
    assert "Friday 100%, Month end 0%, Daily 0%" in shown
    assert "Villages" in shown


def test_in_a_quiz_the_first_guess_counts(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        quiz = begun(world, "quiz", QUIZ, "Milk")
        assert isinstance(verbs.next_of_poll(world, WANJIRU, quiz), PollOver)  # a quiz is no poll
        assert isinstance(verbs.guess(world, WANJIRU, quiz, "1", "1"), GuessedWrong)
        assert isinstance(verbs.guess(world, WANJIRU, quiz, "1", "2"), GuessedWrong)
        assert isinstance(verbs.guess(world, OTIENO, quiz, "1", "2"), GuessedRight)
        assert verbs.next_of_quiz(world, OTIENO) == QuizDone("Milk", 1, 1)
        assert verbs.next_of_quiz(world, WANJIRU).right == 0
        verbs.end(world, rows.poll(world, int(quiz)))
        assert isinstance(verbs.next_of_quiz(world, WANJIRU), NoQuiz)
        assert isinstance(verbs.guess(world, ACHIENG, quiz, "1", "2"), NoQuiz)


def test_not_more_are_open_than_fit_a_screen(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        for n in range(6):
            begun(world, title=f"Poll {n}")
        with pytest.raises(NotAPoll, match="6 are open"):
            begun(world, title="One more")
        with pytest.raises(NotAPoll, match="1 to 60 days"):
            begun(world, title="For ever", days=61)
        with pytest.raises(NotAPoll, match="members have seen it"):
            verbs.throw_away(world, rows.polls_in(world, "poll", ("open",), 1)[0])


def test_another_organisation_sees_none_of_it(village: Village) -> None:
    from dataclasses import replace

    village.everybody()
    with village.world() as world:
        poll = begun(world)
    other = replace(village.organisation, id=village.organisation.id + 1)
    with village.site.world(other, seconds=60) as world:
        assert rows.poll(world, int(poll)) is None
        assert rows.questions_of(world, int(poll)) == ()
        assert rows.count(world, int(poll)) == {}


def test_a_poll_is_written_looked_at_begun_and_ended_in_the_console(village: Village) -> None:
    village.everybody()
    web = sign_in(village)[0]
    refused = press(web, "polls", "polls", kind="poll", title="Pay day", days="7", key="k1", asked="When?\n- only one")
    assert "Not kept: question 1 needs 2 to 4 answers." in refused
    assert "- only one" in refused  # what was typed is not lost
    kept = press(web, "polls", "polls", kind="poll", title="Pay day", days="7", key="k1", asked=PAY)
    id = re.search(r"/console/polls/(\d+)/begin", kept)[1]
    assert "Why the month?" in kept
    assert "question 3" in kept
    with village.world() as world:
        assert verbs.open_polls(world, WANJIRU) == []

    assert "members find it now" in press(web, f"polls/{id}/begin", f"polls/{id}")
    with village.world() as world:
        assert [one.label for one in verbs.open_polls(world, WANJIRU)] == ["Pay day > 30 Nov"]
        assert isinstance(verbs.next_of_poll(world, WANJIRU, id), PollAsked)
        verbs.answer_poll(world, WANJIRU, id, "1", "1")
    assert re.search(r"Have answered.*?1 of 3 members", page(web, f"polls/{id}"), re.S)
    assert "Not done: members have seen it" in press(web, f"polls/{id}/drop", f"polls/{id}")
    assert "It is over." in press(web, f"polls/{id}/end", f"polls/{id}")
    assert web.get("/console/polls/1").status_code == 404
    with village.world() as world:
        assert members.by_number(world, WANJIRU)


def test_who_only_reads_writes_no_poll(village: Village) -> None:
    village.everybody()
    web = operator(village, "auditor")
    shown = page(web, "polls")

    assert "Write a poll" not in shown
    assert press(web, "polls", "polls", kind="poll", title="x", days="7", key="k1", asked=PAY).count("Not found")


def test_whoever_answered_finds_what_came_of_it_under_9_once(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        some = crowd(world, 4)
        poll, lonely = begun(world), begun(world, title="Of few")
        for number in (*some, OTIENO):
            verbs.answer_poll(world, number, poll, "1", "1")
        verbs.answer_poll(world, OTIENO, lonely, "1", "1")
    village.clock.passes(days=8)
    assert nightly.close_polls(village.site) == 2
    with village.world() as world:
        assert [row.label for row in waiting_things(world, OTIENO)] == ["Pay day: results"]  # of few one could guess who
        assert waiting_things(world, ACHIENG) == []
        assert waiting_count(world, OTIENO) == "1"
    phone = village.phone(OTIENO)
    phone.dials("*384*20417*9#")
    assert phone.types("1").startswith("Pay day, 5 answered. When paid? Friday 100%")
    with village.world() as world:
        assert waiting_things(world, OTIENO) == []
        assert waiting_count(world, OTIENO) == "0"
