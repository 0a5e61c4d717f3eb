"""A leader cares and hears how it went; and lessons come one at a time."""

from __future__ import annotations

import pytest

from gateway.community.groups import care_rows, caring, leading
from gateway.community.groups import verbs as groups
from gateway.community.groups.caring import CareNoted, FellowGone, KindTextEnough, LessonShown
from gateway.community.groups.model import NotALeader
from gateway.members import rows as members
from gateway.words import load_catalogs
from menus.book.lessons import LESSONS
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village
from tests.test_group_votes import with_three


def fellow(world, number: str) -> str:
    return str(members.by_number(world, number).id)


def test_a_kind_sms_goes_once_in_two_weeks_and_within_the_groups_sms(village: Village, monkeypatch) -> None:
    with_three(village)
    with village.world() as world:
        for _ in range(2):  # the same hop twice is one
            assert isinstance(caring.note_care(world, WANJIRU, "1001", fellow(world, OTIENO), "text", "k1"), CareNoted)
        assert isinstance(caring.note_care(world, WANJIRU, "1001", fellow(world, OTIENO), "text", "k2"), KindTextEnough)
        said = caring.note_care(world, WANJIRU, "1001", fellow(world, ACHIENG), "visit", "k3")
        assert isinstance(said, CareNoted)
        assert said.cared == 2
        monkeypatch.setattr(leading, "TEXTS_A_MONTH", 1)
        assert isinstance(caring.note_care(world, WANJIRU, "1001", fellow(world, ACHIENG), "text", "k4"), KindTextEnough)
        assert isinstance(caring.note_care(world, WANJIRU, "1001", "99", "call", "k5"), FellowGone)
        assert isinstance(caring.note_care(world, OTIENO, "1001", fellow(world, ACHIENG), "call", "k6"), NotALeader)
    assert village.sms(OTIENO).count("Wanjiru of Tumaini group thinks of you, and would like to hear how you are.") == 1


def test_many_notes_on_one_fellow_are_asked_about_once_and_not_when_they_have_left(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        for n in range(5):
            caring.note_care(world, WANJIRU, "1001", fellow(world, OTIENO), "call", f"k{n}")
        caring.note_care(world, WANJIRU, "1001", fellow(world, ACHIENG), "call", "k9")
        groups.leave_group(world, ACHIENG, "1001")
    village.clock.passes(days=8)
    with village.world() as world:
        caring.ask_how_it_went(world)
    assert sum("A week ago you cared for" in words for words in village.sms(WANJIRU)) == 1


def test_who_wants_no_sms_is_called_instead(village: Village) -> None:
    with_three(village)
    village.phone(OTIENO).texts("STOP", SHORTCODE)
    with village.world() as world:
        assert isinstance(caring.note_care(world, WANJIRU, "1001", fellow(world, OTIENO), "text", "k1"), KindTextEnough)
        assert isinstance(caring.note_care(world, WANJIRU, "1001", fellow(world, OTIENO), "call", "k2"), CareNoted)


@pytest.mark.parametrize(("answer", "helped", "reply"), [("1", True, "Thank you for caring"), ("2", False, "another way")])
def test_a_week_later_we_ask_how_it_went(village: Village, answer: str, helped: bool, reply: str) -> None:
    with_three(village)
    with village.world() as world:
        caring.note_care(world, WANJIRU, "1001", fellow(world, OTIENO), "call", "k1")
        assert caring.ask_how_it_went(world) == 0
    village.clock.passes(days=7, minutes=1)
    with village.world() as world:
        assert (caring.ask_how_it_went(world), caring.ask_how_it_went(world)) == (1, 0)
    assert "A week ago you cared for Otieno" in village.sms(WANJIRU)[-1]
    village.phone(WANJIRU).texts(answer, SHORTCODE)
    assert reply in village.sms(WANJIRU)[-1]
    with village.world() as world:
        (one,) = care_rows.of_group(world, leading.leads(world, WANJIRU, "1001").id, world.now().replace(year=2026, month=1))
        assert one.helped is helped
        assert not caring.answer_care(world, members.by_number(world, OTIENO), str(one.id), yes=True)
    assert f"1, {int(helped)} helped" in page(operator(village, "facilitator"), "groups/1001")


def test_lessons_come_one_at_a_time_and_begin_anew(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        assert isinstance(caring.next_lesson(world, OTIENO, "1001"), NotALeader)
        seen = [caring.next_lesson(world, WANJIRU, "1001")]
        for _ in LESSONS:
            seen.append(caring.lesson_read(world, WANJIRU, "1001", str(seen[-1].lesson_number)))
        assert all(isinstance(one, LessonShown) for one in seen)
        assert [str(one.lesson) for one in seen[:-1]] == list(LESSONS)
        assert seen[-1].lesson_number == 1
        caring.lesson_read(world, WANJIRU, "1001", "1")  # once more round: it goes on from there, and a hop that comes twice counts once
        caring.lesson_read(world, WANJIRU, "1001", "1")
        assert caring.next_lesson(world, WANJIRU, "1001").lesson_number == 2
    assert "20 of 20" in page(operator(village, "facilitator"), "groups/1001")


def test_every_lesson_fits_its_place_in_every_language() -> None:
    most = len(caring.LessonWords.longest)
    for language, catalog in load_catalogs().items():
        for words in LESSONS:
            assert len(catalog.get(words, words)) <= most, (language, words)
