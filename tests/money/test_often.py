"""Whom a member pays most is offered: by how often, then by how lately, and never who has left."""

from __future__ import annotations

from gateway.ledger import verbs as ledger
from gateway.ledger.model import Wish
from gateway.members import rows as members
from gateway.money import often
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village


def pays(village: Village, to: str, amount: str = "10") -> None:
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*2*1#")
    for typed in ("0" + to.removeprefix("+254"), amount, "4715"):
        screen = phone.types(typed)
    assert screen.startswith("Sent"), screen
    village.workers_run()


def offered(village: Village) -> list[str]:
    with village.world() as world:
        return [row.label for row in often.people_paid(world, WANJIRU)]


def test_the_most_often_paid_stands_first_and_of_the_same_number_the_last(village: Village) -> None:
    village.everybody()
    assert offered(village) == []
    pays(village, OTIENO)
    pays(village, ACHIENG)
    assert offered(village) == ["Achieng 003", "Otieno 002"]
    pays(village, OTIENO)
    assert offered(village) == ["Otieno 002", "Achieng 003"]
    with village.world() as world:
        assert often.people_paid(world, OTIENO) == []  # who was only paid has paid nobody


def test_who_has_left_is_not_offered(village: Village) -> None:
    village.everybody()
    pays(village, OTIENO)
    with village.world() as world:
        otieno = members.by_number(world, OTIENO)
        assert otieno
        members.change_member(world, otieno.id, status="left")
    assert offered(village) == []


def test_a_digit_keeps_its_person_while_the_call_lasts(village: Village) -> None:
    village.everybody()
    pays(village, OTIENO)
    phone = village.phone(WANJIRU)
    assert phone.dials("*384*20417*2*1#").splitlines()[1] == "1 Otieno 002"
    with village.world() as world:  # meanwhile, by SMS or from a repeat payment, Achieng is paid twice
        for n in range(2):
            ids = (village.account_id(WANJIRU), village.account_id(ACHIENG))
            ledger.reserve(world, Wish("transfer", *ids, 10_00, "draft", f"beside-{n}", "test"))
    village.post()
    assert offered(village)[0] == "Achieng 003"
    assert phone.types("12345678901").splitlines()[2] == "1 Otieno 002"
    assert phone.types("1").splitlines()[0] == "How much to Otieno?"


def test_what_was_typed_before_anybody_saw_the_list_picks_nobody(village: Village) -> None:
    village.everybody()
    pays(village, OTIENO)
    phone = village.phone(WANJIRU)
    phone.texts("SEND 200 1", SHORTCODE)
    assert "Ready" not in village.sms(WANJIRU)[-1]
    assert "How much" not in phone.dials("*384*20417*2*1*1#")
    assert village.balance(OTIENO) == 10_00
