"""A phone that is said to be lost, and a payment to try out."""

from __future__ import annotations

import pytest

from gateway.community import lost
from gateway.community.lost import HeldOften, LostHeld, OwnPhone
from gateway.ledger import rows as ledger_rows
from gateway.members import lost_rows, sim_rows
from gateway.members import rows as members
from gateway.members.model import AskedTooOften, Locked
from gateway.members.verbs import weigh_pin
from menus.answers import Secret
from tests.browser import looks_at, operator
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village
from tests.looks import where

NOBODY, BARAKA = "+254799999999", "+254744000004"


def test_the_pin_of_a_lost_phone_rests_two_hours_and_its_member_hears_it(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        assert lost.hold_lost(world, OTIENO, WANJIRU) == LostHeld(2)
        assert lost.hold_lost(world, OTIENO, NOBODY) == LostHeld(2), "it does not tell who is a member"
    village.workers_run()
    assert sum("this phone is lost" in words for words in village.sms(WANJIRU)) == 1
    with village.world() as world:
        assert isinstance(weigh_pin(world, WANJIRU, Secret("4715")), Locked)
        assert members.by_number(world, WANJIRU).pin_tries == 0, "no try is counted while it rests"
    village.clock.passes(hours=2, minutes=1)
    with village.world() as world:
        assert weigh_pin(world, WANJIRU, Secret("4715")) is None


@pytest.mark.parametrize(("answer", "works", "said"), [("1", True, "works again now"), ("2", False, "goes on resting"), ("NDIYO", True, "works again now")])
def test_who_has_the_phone_ends_it_by_sms(village: Village, answer: str, works: bool, said: str) -> None:
    village.everybody()
    with village.world() as world:
        lost.hold_lost(world, OTIENO, WANJIRU)
    village.phone(WANJIRU).texts(answer, SHORTCODE)
    assert said in village.sms(WANJIRU)[-1]
    with village.world() as world:
        assert (weigh_pin(world, WANJIRU, Secret("4715")) is None) == works
        assert lost.hold_lost(world, ACHIENG, WANJIRU) == LostHeld(2)
        assert (weigh_pin(world, WANJIRU, Secret("4715")) is None) == works, "once a day: nobody keeps her from her money"


def test_it_never_ends_the_rest_of_a_pin_that_was_typed_wrong(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        for _ in range(3):
            weigh_pin(world, WANJIRU, Secret("1111"))
        lost.hold_lost(world, OTIENO, WANJIRU)
    village.phone(WANJIRU).texts("1", SHORTCODE)
    with village.world() as world:
        assert isinstance(weigh_pin(world, WANJIRU, Secret("4715")), Locked)


def test_its_limits(village: Village) -> None:
    village.everybody()
    village.has("Baraka", BARAKA, 0, "9407")
    with village.world() as world:
        assert isinstance(lost.hold_lost(world, OTIENO, OTIENO), OwnPhone)
        sim_rows.add(world, NOBODY, members.by_number(world, OTIENO).id)
        assert isinstance(lost.hold_lost(world, OTIENO, NOBODY), OwnPhone)
        for number in (WANJIRU, ACHIENG):
            assert lost.hold_lost(world, OTIENO, number) == LostHeld(2)
        assert isinstance(lost.hold_lost(world, OTIENO, BARAKA), HeldOften)
        assert lost_rows.last(world, members.by_number(world, BARAKA).id) is None
    village.clock.passes(hours=25)
    with village.world() as world:
        assert lost.hold_lost(world, OTIENO, BARAKA) == LostHeld(2), "the next day again"
        told = [lost.hold_lost(world, ACHIENG, f"+2547990000{n:02}") for n in range(30)]
        assert isinstance(told[-1], AskedTooOften)


def test_the_office_sees_it_on_the_account(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        lost.hold_lost(world, OTIENO, WANJIRU)
        account = ledger_rows.account_of(world, members.by_number(world, WANJIRU).id).code
    shown = looks_at(operator(village, "support"), f"/console/accounts/{account}")
    assert "Said to be lost" in shown
    assert "by +254 … 002; the PIN rests until 11:" in shown
    assert not where(OTIENO.removeprefix("+"), shown)


def test_a_payment_to_try_out_moves_nothing_and_keeps_nothing(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*6*1*1#")
    assert "1 Practise" in phone.types("98")
    assert "PRACTICE, not real. Send KES 50 to Asha" in phone.types("1")
    assert "practice, nothing moved" in phone.types("4715")
    village.workers_run()
    assert village.balance(WANJIRU) == 500_00
    with village.world() as world:
        assert members.by_number(world, WANJIRU).pin_tries == 0
