"""Tips day by day: one a day, as it stands then, to who asked for it, and never more than the month's SMS."""

from __future__ import annotations

import pytest

from gateway.community.courses import rows, verbs
from gateway.community.courses.model import CourseBegun, CourseMine, CoursesEnough, CourseShown, NoCourse
from gateway.community.courses.verbs import NotMade
from gateway.community.items import brakes, by_text, voice_rows
from gateway.community.items import rows as items
from gateway.community.items.model import Rests
from gateway.community.numbers import look_up_number
from gateway.members import rows as members
from gateway.members import silence
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, idea
from tests.test_console_voices import grown

WORDS = ("Give the calf warm milk", "Wash the bucket each time", "Salt from the third week")


def tips(world, words=WORDS) -> list[str]:
    made = []
    for one in words:
        number = idea(world, WANJIRU, one).number
        items.change(world, items.by_number(world, number).id, kind="tip", topic="cows")
        made.append(str(number))
    return made


def made(village: Village) -> str:
    """The id of a course of three tips."""
    grown(village)
    with village.world() as world:
        return str(verbs.make_course(world, title="Calf feeding", numbers=tips(world), by="grace").id)


def day(village: Village, days: float = 1) -> int:
    village.clock.passes(days=days)
    with village.world() as world:
        return verbs.send_parts(world)


def got(village: Village, number: str) -> list[str]:
    return [one for one in village.sms(number) if "Calf feeding" in one]


def test_one_tip_a_day_comes_in_order_and_then_it_is_over(village: Village) -> None:
    id = made(village)
    with village.world() as world:
        assert isinstance(verbs.begin_course(world, OTIENO, id), CourseBegun)
        assert isinstance(verbs.begin_course(world, OTIENO, id), CourseBegun), "asked for again it goes on as it was"
        assert verbs.send_parts(world) == 0, "not before the morning"
    assert [day(village) for _ in range(5)] == [1, 1, 1, 0, 0]
    assert [one.split(". Did")[0] for one in got(village, OTIENO)] == [f"Calf feeding {n}/3: {words}" for n, words in enumerate(WORDS, 1)]
    with village.world() as world:
        assert rows.counts(world, int(id)) == {"done": 1}
        assert isinstance(verbs.look_at_course(world, OTIENO, id), CourseShown)


def test_what_is_mended_meanwhile_comes_mended_and_what_is_taken_back_is_left_out(village: Village) -> None:
    id = made(village)
    with village.world() as world:
        verbs.begin_course(world, OTIENO, id)
        second, third = rows.parts_of(world, int(id))[1:]
        items.change(world, second, state="withdrawn")
        items.change(world, third, words="Salt from the fourth week")
    assert [day(village) for _ in range(3)] == [1, 1, 0]
    assert "3/3: Salt from the fourth week" in got(village, OTIENO)[-1]


def test_a_reply_says_whether_it_was_done_and_staff_see_it(village: Village) -> None:
    id = made(village)
    with village.world() as world:
        verbs.begin_course(world, OTIENO, id)
        verbs.begin_course(world, ACHIENG, id)
    day(village)
    village.phone(OTIENO).texts("1", SHORTCODE)
    village.phone(ACHIENG).texts("2", SHORTCODE)
    assert village.sms(OTIENO)[-1].startswith("Well done!")
    with village.world() as world:
        assert rows.marks_of(world, int(id)) == {1: (1, 1)}
        number = rows.course(world, int(id)).number
    shown = page(operator(village, "facilitator"), f"courses/{number}")
    assert "Give the calf warm milk" in shown


def test_stop_ends_it_and_so_does_the_member(village: Village) -> None:
    id = made(village)
    with village.world() as world:
        for number in (OTIENO, ACHIENG):
            verbs.begin_course(world, number, id)
        silence.stop_topic(world, OTIENO, "questions")
        verbs.stop_course(world, ACHIENG, id)
        assert isinstance(verbs.stop_course(world, WANJIRU, id), NoCourse)
    assert day(village) == 0
    with village.world() as world:
        assert rows.counts(world, int(id)) == {"off": 2}


def test_the_months_sms_bound_it_and_what_waits_comes_later(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    id = made(village)
    monkeypatch.setattr(verbs, "TEXTS_A_MONTH", 1)
    with village.world() as world:
        for number in (OTIENO, ACHIENG):
            verbs.begin_course(world, number, id)
    assert (day(village), day(village)) == (1, 0)
    monkeypatch.setattr(verbs, "TEXTS_A_MONTH", 100)
    assert day(village, 0) == 2
    assert {len(got(village, one)) for one in (OTIENO, ACHIENG)} <= {1, 2}


def test_it_rests_when_staff_say_so(village: Village) -> None:
    id = made(village)
    with village.world() as world:
        verbs.begin_course(world, OTIENO, id)
        voice_rows.turn(world, "courses", off=True, why="a test", by="grace")
        assert isinstance(verbs.begin_course(world, ACHIENG, id), Rests)
    assert day(village) == 0
    assert "courses" in brakes.SWITCHES


def test_two_at_once_are_enough_and_a_number_leads_to_it(village: Village) -> None:
    grown(village)
    with village.world() as world:
        numbers = tips(world)
        some = [verbs.make_course(world, title=f"Course {n}", numbers=numbers, by="grace") for n in range(3)]
        said = [by_text.follow_by_text(world, OTIENO, one.number, f"k{one.number}") for one in some]
        assert [type(one) for one in said] == [CourseBegun, CourseBegun, CoursesEnough]
        assert type(look_up_number(world, OTIENO, some[0].number)).__name__ == "ACourse"
        assert isinstance(verbs.look_at_course(world, OTIENO, str(some[0].id)), CourseMine)


@pytest.mark.parametrize("numbers", [[], ["1"], ["99999", "99998"]])
def test_what_cannot_be_strung_together_says_why(village: Village, numbers: list[str]) -> None:
    grown(village)
    with village.world() as world, pytest.raises(NotMade, match="tips"):
        verbs.make_course(world, title="Calf feeding", numbers=numbers, by="grace")


def test_staff_string_tips_together_and_close_it(village: Village) -> None:
    grown(village)
    with village.world() as world:
        numbers = tips(world)
    web = operator(village, "facilitator")
    press(web, "courses", "courses", title="Calf feeding", numbers=", ".join(numbers))
    with village.world() as world:
        one = rows.all_courses(world)[0]
        verbs.begin_course(world, OTIENO, str(one.id))
    press(web, f"courses/{one.number}/turn", "courses")
    with village.world() as world:
        assert isinstance(verbs.begin_course(world, ACHIENG, str(one.id)), NoCourse)
        assert isinstance(verbs.look_at_course(world, OTIENO, str(one.id)), CourseMine), "who learns it goes on"
    assert day(village) == 1


def test_on_a_phone_of_several_nobody_is_asked_to_answer(village: Village) -> None:
    id = made(village)
    with village.world() as world:
        verbs.begin_course(world, OTIENO, id)
        world.write.execute(members.numbers.update().where(members.numbers.c.number == OTIENO).values(shared=True))
    assert day(village) == 1
    assert "Did you do it" not in got(village, OTIENO)[0]
