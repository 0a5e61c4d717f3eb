"""Rides and work days: no place is given twice, both sides hear of each other, and who is not of the group sees nothing."""

from __future__ import annotations

import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.community import waiting
from gateway.community.commons import outing_rows as rows
from gateway.community.commons import outings
from gateway.community.commons.model import (
    OUTINGS_MOST,
    ComesAlong,
    InsteadAsked,
    InsteadNot,
    InsteadTold,
    NotInsteadTold,
    OffTold,
    OutingCalledOff,
    OutingComing,
    OutingFull,
    OutingOffered,
    OutingOver,
    OutingShown,
    OutingsMany,
    OutingStays,
)
from gateway.community.groups import rows as groups
from gateway.community.groups.model import NotInGroup
from gateway.community.items import voice_rows
from gateway.members.model import Gone
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, crowd
from tests.test_circles import GROUP, three

DAY = "2026-11-27"
__all__ = ["three"]


def offered(village: Village, seats: str = "2", day: str = DAY) -> str:
    with village.world() as world:
        assert isinstance(outings.offer_outing(world, WANJIRU, GROUP, "ride", "Kiboko market", day, seats, "o1"), OutingOffered)
        return outings.open_outings(world, OTIENO, GROUP)[0].value


def test_many_at_once_take_no_place_twice(three: Village) -> None:
    id = offered(three, "3")
    with three.world() as world:
        some = crowd(world, 8)
        for number in some:
            groups.put(world, groups.by_number(world, GROUP).id, three.member(world, number).id, state="member")

    def comes(number: str) -> type:
        with three.world() as world:
            return type(outings.come_along(world, number, GROUP, id))

    with ThreadPoolExecutor(8) as them:
        became = Counter(them.map(comes, [*some, *some]))

    assert became == {OutingComing: 6, OutingFull: 10}  # each asked twice: who has a place keeps it
    with three.world() as world:
        assert len(rows.taken(world, int(id))) == 3


def test_who_comes_and_who_offers_hear_of_each_other_once(three: Village) -> None:
    id = offered(three)
    with three.world() as world:
        shown = outings.look_at_outing(world, OTIENO, GROUP, id)
        assert isinstance(shown, OutingShown)
        assert (shown.called, shown.owner, shown.taken, shown.seats) == ("Kiboko market", "Wanjiru", 0, 2)
        for _ in range(3):  # comes and goes
            assert isinstance(outings.come_along(world, OTIENO, GROUP, id), OutingComing)
            assert isinstance(outings.stay_home(world, OTIENO, GROUP, id), OutingStays)
        outings.come_along(world, ACHIENG, GROUP, id)
    three.workers_run()
    assert [words.split(":")[0] for words in three.sms(WANJIRU)] == ["Otieno 0722000002 comes", "Otieno does not come after all", "Achieng 0733000003 comes"]
    with three.world() as world:
        assert isinstance(outings.call_off(world, OTIENO, GROUP, id), OutingOver)  # not theirs
        assert isinstance(outings.call_off(world, WANJIRU, GROUP, id), OutingCalledOff)
        assert isinstance(outings.call_off(world, WANJIRU, GROUP, id), OutingOver)
        assert isinstance(outings.come_along(world, OTIENO, GROUP, id), OutingOver)
    three.workers_run()
    assert three.sms(ACHIENG)[-1].startswith("Imeghairiwa: Kiboko market")
    assert all("Called off" not in words for words in three.sms(OTIENO))


def test_only_the_group_sees_it_and_only_until_its_day(three: Village) -> None:
    id = offered(three)
    with three.world() as world:
        stranger = crowd(world, 1)[0]
        assert outings.open_outings(world, stranger, GROUP) == []
        assert isinstance(outings.look_at_outing(world, stranger, GROUP, id), OutingOver)
        assert isinstance(outings.come_along(world, stranger, GROUP, id), OutingOver)
        assert isinstance(outings.offer_outing(world, stranger, GROUP, "ride", "a trip", DAY, "2", "x"), NotInGroup)
        assert isinstance(outings.come_along(world, WANJIRU, GROUP, id), OutingOver)  # her own
    three.clock.passes(days=4)
    with three.world() as world:
        assert len(outings.open_outings(world, OTIENO, GROUP)) == 1  # the day itself
    three.clock.passes(days=1)
    with three.world() as world:
        assert outings.open_outings(world, OTIENO, GROUP) == []
        assert isinstance(outings.come_along(world, OTIENO, GROUP, id), OutingOver)


def test_a_member_has_so_many_and_the_same_turn_twice_is_one(three: Village) -> None:
    with three.world() as world:
        for n in (0, 0, 1, 2):
            assert isinstance(outings.offer_outing(world, OTIENO, GROUP, "work", f"Fence {n}", DAY, "99", f"k{n}"), OutingOffered)
        assert len(outings.my_outings(world, OTIENO, GROUP)) == OUTINGS_MOST
        assert isinstance(outings.offer_outing(world, OTIENO, GROUP, "work", "One more", DAY, "2", "k9"), OutingsMany)
        assert {one.seats for one in rows.coming(world, groups.by_number(world, GROUP).id, DAY)} == {20}


def test_the_facilitator_sees_them_and_calls_one_off(three: Village) -> None:
    id = offered(three)
    with three.world() as world:
        outings.come_along(world, OTIENO, GROUP, id)
    web = operator(three, "facilitator")
    assert re.search(r"Kiboko market.*?a ride.*?Wanjiru.*?2026-11-27.*?1 of 2", page(web, f"groups/{GROUP}"), re.S)
    assert "Done." in press(web, f"groups/{GROUP}/outings/{id}", f"groups/{GROUP}")
    assert "Kiboko market" not in page(web, f"groups/{GROUP}")
    three.workers_run()
    assert re.fullmatch("Called off: Kiboko market, 27 Nov. Questions\\? Call Wanjiru, 0711000001.", three.sms(OTIENO)[-1])


def test_a_place_goes_over_when_the_other_says_yes_and_all_hear_it(three: Village) -> None:
    id = offered(three)
    with three.world() as world:
        outings.come_along(world, OTIENO, GROUP, id)
        achieng, otieno, wanjiru = (str(three.member(world, one).id) for one in (ACHIENG, OTIENO, WANJIRU))
        assert isinstance(outings.ask_instead(world, ACHIENG, GROUP, id, otieno), OutingOver), "who has no place has none to give"
        assert isinstance(outings.ask_instead(world, OTIENO, GROUP, id, wanjiru), InsteadNot), "whose it is comes anyway"
        assert isinstance(outings.ask_instead(world, OTIENO, GROUP, id, otieno), InsteadNot)
        assert isinstance(outings.ask_instead(world, OTIENO, GROUP, id, achieng), InsteadAsked)
        assert rows.taken(world, int(id)) == [int(otieno)], "until the other says yes"
    assert "anaomba uje badala yake" in three.sms(ACHIENG)[-1]
    three.phone(ACHIENG).texts("1", SHORTCODE)
    assert three.sms(OTIENO)[-1].startswith("Achieng comes instead of you: Kiboko market")
    assert three.sms(WANJIRU)[-1].startswith("Achieng 0733000003 comes")
    with three.world() as world:
        assert rows.taken(world, int(id)) == [int(achieng)]
        assert not outings.answer_instead(world, three.member(world, ACHIENG), f"{id}-{otieno}", yes=True), "once"


def test_a_no_leaves_the_place_where_it_is(three: Village) -> None:
    id = offered(three)
    with three.world() as world:
        outings.come_along(world, OTIENO, GROUP, id)
        outings.ask_instead(world, OTIENO, GROUP, id, str(three.member(world, ACHIENG).id))
    three.workers_run()
    three.phone(ACHIENG).texts("2", SHORTCODE)
    assert "The place is still yours" in three.sms(OTIENO)[-1]
    with three.world() as world:
        assert rows.taken(world, int(id)) == [three.member(world, OTIENO).id]


def test_who_has_left_meanwhile_takes_no_place(three: Village) -> None:
    id = offered(three)
    with three.world() as world:
        outings.come_along(world, OTIENO, GROUP, id)
        achieng = three.member(world, ACHIENG)
        outings.ask_instead(world, OTIENO, GROUP, id, str(achieng.id))
        groups.put(world, groups.by_number(world, GROUP).id, achieng.id, state="left")
        assert not outings.answer_instead(world, achieng, f"{id}-{three.member(world, OTIENO).id}", yes=True)
        assert rows.taken(world, int(id)) == [three.member(world, OTIENO).id]


def test_three_are_asked_for_a_place_and_no_more(three: Village) -> None:
    id = offered(three)
    with three.world() as world:
        outings.come_along(world, OTIENO, GROUP, id)
        some = [three.member(world, number).id for number in crowd(world, 4)]
        for one in some:
            groups.put(world, groups.by_number(world, GROUP).id, one, state="member")
        said = [type(outings.ask_instead(world, OTIENO, GROUP, id, str(one))) for one in some]
    assert said == [InsteadAsked, InsteadAsked, InsteadAsked, InsteadNot]


def waits(village: Village, number: str) -> list[str]:
    """What stands under 9 about a ride or a work day."""
    with village.world() as world:
        return [row.value for row in waiting.waiting_things(world, number) if row.value.startswith(waiting.OUTING)]


@pytest.mark.parametrize("why", ["stop", "rests"])
def test_who_takes_no_sms_finds_under_9_that_it_is_called_off_and_hears_it_once(three: Village, why: str) -> None:
    id = offered(three)
    with three.world() as world:
        outings.come_along(world, OTIENO, GROUP, id)
        if why == "rests":
            voice_rows.turn(world, "outings", off=True, why="a quarrel", by="grace")
    if why == "stop":
        three.phone(OTIENO).texts("STOP", SHORTCODE)
    with three.world() as world:
        outings.call_off(world, WANJIRU, GROUP, id)
        before = int(waiting.waiting_count(world, OTIENO))
    [line] = waits(three, OTIENO)
    with three.world() as world:
        assert waiting.open_waiting(world, OTIENO, line) == OffTold("Wanjiru", "0711000001", "Kiboko market", "27 Nov")
        assert int(waiting.waiting_count(world, OTIENO)) == before - 1
    assert waits(three, OTIENO) == []
    three.workers_run()
    assert not any("Called off" in words for words in three.sms(OTIENO))


def test_who_takes_no_sms_finds_under_9_who_comes_instead(three: Village) -> None:
    id = offered(three)
    three.phone(OTIENO).texts("STOP", SHORTCODE)
    with three.world() as world:
        outings.come_along(world, OTIENO, GROUP, id)
        outings.ask_instead(world, OTIENO, GROUP, id, str(three.member(world, ACHIENG).id))
    three.phone(ACHIENG).texts("2", SHORTCODE)
    [line] = waits(three, OTIENO)
    with three.world() as world:
        assert waiting.open_waiting(world, OTIENO, line) == NotInsteadTold("Achieng", "Kiboko market", "27 Nov")
        outings.remember(world, OTIENO, outings.TOLD, line.removeprefix(waiting.OUTING), "Kiboko market")
        assert outings.answer_instead(world, three.member(world, ACHIENG), f"{id}-{three.member(world, OTIENO).id}", yes=True), "another mind"
    with three.world() as world:
        assert isinstance(waiting.open_waiting(world, OTIENO, line), Gone), "it is true no more"
    [line] = waits(three, OTIENO)
    with three.world() as world:
        assert waiting.open_waiting(world, OTIENO, line) == InsteadTold("Achieng", "Kiboko market", "27 Nov")


def test_who_offers_it_sees_who_comes_and_nobody_else_does(three: Village) -> None:
    id = offered(three)
    with three.world() as world:
        assert outings.comers(world, WANJIRU, GROUP, id) == []
        outings.come_along(world, OTIENO, GROUP, id)
        [row] = outings.comers(world, WANJIRU, GROUP, id)
        assert (row.label, outings.comers(world, ACHIENG, GROUP, id)) == ("Otieno", [])
        assert outings.look_at_comer(world, WANJIRU, GROUP, id, row.value) == ComesAlong("Otieno", "0722000002", "Kiboko market", "27 Nov")
        assert isinstance(outings.look_at_comer(world, ACHIENG, GROUP, id, row.value), OutingOver)
        assert isinstance(outings.look_at_comer(world, WANJIRU, GROUP, id, str(three.member(world, ACHIENG).id)), OutingOver), "who has no place"
        assert (outings.outing_is_mine(world, WANJIRU, GROUP, id), outings.outing_of_another(world, OTIENO, GROUP, id)) == (True, True)
        assert [one.label for one in outings.free_fellows(world, OTIENO, GROUP, id)] == ["Achieng"], "neither who offers it nor who comes"
