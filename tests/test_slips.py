"""A quiz out of what really goes wrong: counted from our own records, written for staff to look at, and asked on the phone."""

from __future__ import annotations

import pytest

from gateway.community.polls import from_errors, rows
from gateway.community.polls.model import ASKED_MOST, CHOICE_MOST, read
from menus import alphabet
from tests.browser import operator, page, press
from tests.cast import OTIENO, SHORTCODE, WANJIRU, Village


@pytest.mark.parametrize("slip", from_errors.SLIPS, ids=lambda one: one.called)
def test_each_slip_has_a_question_in_both_languages_with_one_right_answer(slip: from_errors.Slip) -> None:
    for written in (slip.english, slip.swahili):
        (question,) = read("quiz", written)
        assert len(question.words) <= ASKED_MOST
        assert sum(choice.right for choice in question.choices) == 1
        assert all(len(choice.words) <= CHOICE_MOST for choice in question.choices)
        assert alphabet.plain(written) == written


def test_the_right_answer_is_not_always_the_same_key() -> None:
    places = {choice.place for one in from_errors.SLIPS for choice in read("quiz", one.english)[0].choices if choice.right}
    assert len(places) == 3
    for one in from_errors.SLIPS:
        right = [[choice.place for choice in read("quiz", written)[0].choices if choice.right] for written in (one.english, one.swahili)]
        assert right[0] == right[1], "the two languages ask the same"


def test_what_happens_most_is_asked_about_and_what_hardly_happens_is_not(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        assert from_errors.quiz_of(world, "en") == ""
    phone = village.phone(OTIENO)
    for _ in range(4):
        village.site.redis.delete(f"pamoja:dropped:{village.organisation.id}:{OTIENO}")
        phone.dials()
        phone.types("1")
        phone.types("77")
    for _ in range(3):
        village.site.redis.delete(f"pamoja:dropped:{village.organisation.id}:{WANJIRU}")
        other = village.phone(WANJIRU)
        other.dials()
        for typed in ("2", "1", "0722000002", "50"):
            other.types(typed)
    for n in range(2):
        village.phone(OTIENO).texts(f"my pin is 471{n}", SHORTCODE)
    village.workers_run()
    with village.world() as world:
        counted = {one.called: times for one, times in from_errors.slips(world)}
        assert counted["A key that is not on the list"] == 4
        assert counted["Hung up at the question for the PIN"] == 3
        assert counted["A PIN sent by SMS"] == 2
        asked = read("quiz", from_errors.quiz_of(world, "sw"))
        assert [one.words for one in asked] == ["Orodha ni ndefu kuliko skrini. Nini huonyesha zaidi?", "Umekata simu kwenye PIN. Je, pesa huenda?"]


def test_staff_write_it_with_one_press_and_look_before_anybody_is_asked(village: Village) -> None:
    village.everybody()
    web = operator(village, "facilitator")
    assert "nothing to ask about" in press(web, "polls/slips", "polls", key="k1")
    phone = village.phone(WANJIRU)
    for _ in range(3):
        village.site.redis.delete(f"pamoja:dropped:{village.organisation.id}:{WANJIRU}")
        phone.dials()
        phone.types("8")
    village.workers_run()
    assert "asked about" in page(web, "polls")
    for _ in range(2):
        press(web, "polls/slips", "polls", key="k2")
    with village.world() as world:
        (quiz,) = rows.polls_in(world, "quiz", ("draft",), 9)
        assert quiz.title.startswith("What helps")
