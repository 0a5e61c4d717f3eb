"""What the staff are really saved: of those who would have come or called, less the calls that came all the same."""

from __future__ import annotations

import datetime as dt

import pytest

from gateway.community import instead, instead_rows, saved
from gateway.community import rows as community
from gateway.community.bargain import rows as bargain_rows
from gateway.community.bargain import verbs as bargain
from gateway.community.bargain.model import Rates
from gateway.members import rows as members
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, crowd


def test_one_in_fifty_is_drawn_and_other_ones_each_month() -> None:
    drawn = [{id for id in range(20_000) if instead.is_drawn(month, id)} for month in ("2026-11", "2026-12")]
    assert all(320 < len(some) < 480 for some in drawn)
    assert len(drawn[0] & drawn[1]) < 30


def of_old(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        for number in (WANJIRU, OTIENO, ACHIENG):
            members.change_member(world, members.by_number(world, number).id, made_at=world.now() - dt.timedelta(days=90))
        world.write.execute(instead_rows.instead.delete())


@pytest.mark.parametrize(("number", "asked", "thanked"), [(WANJIRU, "Without the phone?", "Thank you."), (ACHIENG, "Bila simu?", "Asante.")])
def test_who_is_drawn_is_asked_under_9_once_in_a_month(village: Village, monkeypatch, number: str, asked: str, thanked: str) -> None:
    of_old(village)
    phone = village.phone(number)
    phone.dials("*384*20417*1*1#")
    village.workers_run()
    monkeypatch.setattr(instead, "ONE_IN", 1)
    assert asked in phone.dials("*384*20417*9#")
    phone.types("1")
    assert phone.types("2").startswith(thanked)
    assert asked not in phone.dials("*384*20417*9#")
    with village.world() as world:
        assert instead_rows.counts(world, world.now() - dt.timedelta(days=1)) == {"balance": {"call": 1}}
    village.clock.passes(days=31)
    assert asked in phone.dials("*384*20417*9#")


def test_a_service_is_weighed_by_its_own_answers_then_by_all_then_by_nothing(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        for service in ("balance", "send", "shop"):
            saved.write_counter(world, service, 60, 10, "grace")
        found = {service: saved.Done(100, 0.0) for service in ("balance", "send", "shop")}
        assert instead.shares(world) == {}
        assert instead.staff_saved(world, found, 0) == 3_000  # nobody asked yet: at most so much
        some = [members.by_number(world, number).id for number in crowd(world, 9)]
        for n, id in enumerate(some):
            instead_rows.put(world, "2026-11", id, "balance" if n < 5 else "send", ("nothing", "come")[n % 5 == 0])
        instead_rows.put(world, "2026-10", some[0], "send", "skip")
        assert instead.shares(world) == {"balance": 0.2, "": pytest.approx(2 / 9)}
        assert instead.staff_saved(world, found, 100) == pytest.approx(200 + 1_000 * 2 / 9 * 2 - 100)
        assert instead.staff_saved(world, found, 10_000) == 0


def test_calls_about_it_all_the_same_are_taken_off_and_calls_about_a_pin_are_not(village: Village) -> None:
    of_old(village)
    village.phone(WANJIRU).dials("*384*20417*1*1#")
    village.workers_run()
    with village.world() as world:
        bargain_rows.put_rates(world, Rates(6_000, 6_000), "grace")
        saved.write_counter(world, "balance", 60, 10, "grace")
        wanjiru = members.by_number(world, WANJIRU).id
        for about in ("money", "pin"):
            community.add_callback(world, key=about, member_id=wanjiru, phone=WANJIRU, about=about, due_at=world.now())
        for one in community.callbacks_waiting(world):
            community.end_callback(world, one.id, "grace", 4 if one.about == "money" else 3)
    village.clock.passes(hours=1)
    with village.world() as world:
        now = world.now()
        found, again = saved.by_service(world, now - dt.timedelta(days=1), now, 1_000)
        assert (found["balance"].times, again) == (1, 4)
        assert instead.staff_saved(world, found, again) == 6
    village.clock.passes(days=10)
    with village.world() as world:
        assert bargain.count(world, 1, Rates(6_000, 6_000)).staff == 6 * 100
    web = operator(village, "facilitator")
    assert "too few asked yet" in page(web, "time")
    assert "4 min of calls all the same" in page(web, "measures")
