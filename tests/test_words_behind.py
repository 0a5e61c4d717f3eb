"""SMS with a name, a day or a number behind the word: what fits two asks back, what is hidden stays hidden, what is not there is said so."""

from __future__ import annotations

import pytest

from gateway.community import by_text
from gateway.community.by_text import LeadsMany, LeadsNone, MeetingCalled, NoDay, NothingOnTop, TopThere, WhichOne, WhoTold
from gateway.community.groups import rows as groups
from gateway.community.groups.model import TooEarly
from gateway.community.groups.verbs import open_group
from gateway.community.items import rows as items
from gateway.community.items import verbs
from gateway.community.model import TooMany
from gateway.community.people.model import NobodyThere
from gateway.community.stars import rows as star_rows
from gateway.community.stars import verbs as stars
from gateway.members import rows as members
from gateway.members.model import LOOKUPS_MOST
from gateway.money import produce
from gateway.money.model import KilosOfDay, NoSuchDay, NothingThatDay
from menus.book.sms import SMS
from menus.commands import find
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, crowd, idea
from tests.test_needs import grown


def together(world, *numbers: str, name: str = "Tumaini group", leader: str = ""):
    group = open_group(world, name)
    for number in numbers:
        groups.put(world, group.id, members.by_number(world, number).id, state="member", role="leader" if number == leader else "member")
    return group


@pytest.mark.parametrize("said", [
    "Nani anajua dawa ya ngombe?", "Who knows how to cure a cow", "Bora tupate maji safi", "Juu ya bei ya maziwa", "Rate of milk is too low",
    "Maziwa leo hayakupimwa", "KILO 12.5",
])  # fmt: skip
def test_sentences_that_begin_like_a_command_are_for_a_person(said: str) -> None:
    assert find(SMS, said) is None


@pytest.mark.parametrize(("said", "flow"), [
    ("WHO Mary Wanjiku", "sms_who"), ("NANI 10042", "sms_who"), ("TOP women of Kiboko", "sms_top_of"), ("JUU Kiboko", "sms_top_of"),
    ("RATE 4 fine", "sms_rate"),
    ("KILO 12 Nov", "sms_kilo_day"), ("KILO 12/5", "sms_kilo_day"), ("MAZIWA jana", "sms_kilo_day"), ("KILO", "sms_kilo"),
])  # fmt: skip
def test_and_what_a_command_takes_it_takes(said: str, flow: str) -> None:
    found = find(SMS, said)
    assert found
    assert found[0].flow == flow


def test_a_name_is_looked_for_among_those_who_share_a_group_and_a_code_is_counted(village: Village) -> None:
    grown(village)
    with village.world() as world:
        assert isinstance(by_text.who_by_text(world, WANJIRU, "Otieno"), NobodyThere)  # no group in common
        together(world, WANJIRU, OTIENO)
        told = by_text.who_by_text(world, WANJIRU, "otieno")
        assert isinstance(told, WhoTold)
        assert (told.to_name, told.village) == ("Otieno", "no village")
        members.change_member(world, members.by_number(world, OTIENO).id, shown_to="nobody")
        code = members.by_number(world, OTIENO).code
        assert isinstance(by_text.who_by_text(world, WANJIRU, "Otieno"), NobodyThere)
        assert isinstance(by_text.who_by_text(world, WANJIRU, code), NobodyThere)
        members.change_member(world, members.by_number(world, OTIENO).id, shown_to="everyone")
        for _ in range(LOOKUPS_MOST - 1):
            assert isinstance(by_text.who_by_text(world, WANJIRU, code), WhoTold)
        assert isinstance(by_text.who_by_text(world, WANJIRU, code), NobodyThere)  # nobody reads the register so


def test_two_of_one_name_are_asked_for_by_code(village: Village) -> None:
    grown(village)
    with village.world() as world:
        other = crowd(world, 1)[0]
        members.change_member(world, members.by_number(world, other).id, name="Otieno Okello")
        together(world, WANJIRU, OTIENO, other)
        assert isinstance(by_text.who_by_text(world, WANJIRU, "Otieno"), WhichOne)
        assert isinstance(by_text.who_by_text(world, WANJIRU, "Otieno Okello"), WhoTold)


def test_the_best_of_a_group_of_a_village_and_of_a_matter(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = together(world, WANJIRU, OTIENO)
        mine = verbs.make(world, OTIENO, "idea", "a cold tank at the bridge", "k1", group_id=group.id)
        members.change_member(world, members.by_number(world, ACHIENG).id, village="Kiboko")
        hers = idea(world, ACHIENG, "a second agent at the market")
        sealed = verbs.make(world, ACHIENG, "idea", "the clerk sleeps", "k2", shown="sealed")
        for said in ("Tumaini group", "TUMAINI", group.number):
            found = by_text.top_of(world, WANJIRU, said)
            assert isinstance(found, TopThere)
            assert mine.number in found.three
        assert isinstance(by_text.top_of(world, ACHIENG, group.number), NothingOnTop)  # not hers
        near = by_text.top_of(world, WANJIRU, "kiboko")
        assert hers.number in near.three
        assert sealed.number not in near.three
        assert mine.number in by_text.top_of(world, ACHIENG, "bridge").three


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("FRI 14 Kiboko", MeetingCalled),
        ("kesho saa 8 Kiboko", MeetingCalled),
        ("today 6 Kiboko", TooEarly),
        ("FRI 22 Kiboko", NoDay),
        ("FRI Kiboko", NoDay),
        ("31 dec 14 Kiboko", NoDay),
    ],
)
def test_a_leader_calls_a_meeting_for_a_day_an_hour_and_a_place(village: Village, said: str, outcome: type) -> None:
    grown(village)
    with village.world() as world:
        group = together(world, WANJIRU, OTIENO, leader=WANJIRU)
        called = by_text.meet_by_text(world, WANJIRU, said, "k1")
        assert isinstance(called, outcome), called
        assert isinstance(by_text.meet_by_text(world, OTIENO, said, "k2"), LeadsNone)
        if outcome is MeetingCalled:
            assert isinstance(by_text.meet_by_text(world, WANJIRU, said, "k1"), MeetingCalled)  # the same SMS twice
            assert len(groups.meetings_of(world, group.id, world.now(), 9)) == 1
    assert village.sms(OTIENO) == []  # nobody is texted by an SMS: what that costs is seen first


def test_who_leads_two_names_the_one_and_nobody_calls_all_day(village: Village) -> None:
    grown(village)
    with village.world() as world:
        first, second = (together(world, WANJIRU, OTIENO, name=name, leader=WANJIRU) for name in ("Tumaini", "Umoja"))
        assert isinstance(by_text.meet_by_text(world, WANJIRU, "FRI 14 Kiboko", "k0"), LeadsMany)
        for n in range(5):
            called = by_text.meet_by_text(world, WANJIRU, f"FRI {9 + n} Kiboko school {second.number}", f"k{n + 1}")
            assert isinstance(called, MeetingCalled)
            assert (called.place, called.where) == ("Umoja", "Kiboko school")
        assert isinstance(by_text.meet_by_text(world, WANJIRU, f"FRI 15 Kiboko {second.number}", "k9"), TooMany)
        assert groups.meetings_of(world, first.id, world.now(), 9) == []


def test_the_kilos_of_a_day(village: Village) -> None:
    grown(village)
    village.places()
    today = village.organisation.local(village.clock()).date()
    with village.world() as world:
        member = members.by_number(world, WANJIRU)
        for n, kilos in enumerate((10_000, 2_500)):
            produce.write_delivery(world, member=member, product="milk", thousandths=kilos, clerk="Mutua", centre="Kiboko", key=f"m{n}", day=today)
        found = produce.kilos_by_text(world, WANJIRU, "leo")
        assert isinstance(found, KilosOfDay)
        assert found.kilos == "12.5 kg"
        assert isinstance(produce.kilos_by_text(world, WANJIRU, "jana"), NothingThatDay)
        assert isinstance(produce.kilos_by_text(world, WANJIRU, "a lot"), NoSuchDay)
        assert isinstance(produce.kilos_by_text(world, OTIENO, "leo"), NothingThatDay)  # hers, not his


def test_stars_are_one_a_month_and_shown_of_five(village: Village) -> None:
    grown(village)
    with village.world() as world:
        assert isinstance(stars.rate_by_text(world, WANJIRU, "six", "k"), stars.NoStars)
        assert stars.rate_by_text(world, WANJIRU, "2 the queue is long", "k1").stars == 2
        assert stars.rate_by_text(world, WANJIRU, "4", "k2").stars == 4  # the last of the month
        assert [one.words for one in items.page(world, before=None, most=9, kinds=("unsorted",))] == ["the queue is long"]
        for number in crowd(world, 3):
            stars.rate_service(world, number, "5")
        assert star_rows.by_month(world, 3) == [("2026-11", {4: 1, 5: 3})]
    web = operator(village, "facilitator")
    assert "under 5" in page(web, "measures")
    with village.world() as world:
        stars.rate_service(world, OTIENO, "1")
    assert "4.0 of 5" in page(web, "measures")
    village.clock.passes(days=20)
    with village.world() as world:
        stars.rate_service(world, WANJIRU, "1")
        assert dict(star_rows.by_month(world, 3))["2026-12"] == {1: 1}
