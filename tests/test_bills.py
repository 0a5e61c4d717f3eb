"""A bill with a number: asked before the amount, in the books beside the payment, in both receipts; and staff open shops, bills and agents."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.ledger import rows as ledger_rows
from gateway.members import rows as members
from gateway.money import bill_rows, bills
from gateway.money.model import BILL_LEAST, BILL_MOST, Biller, BillFine, BillNumberWrong, FoundBill, FoundPlace, NoSuchPlace
from gateway.money.places import AGENT, SHOP
from menus.answers import BillNumber, Place, Unclear
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village

METER = "37140012"


def water(village: Village, owner: str = "") -> int:
    """Kiboko Water, number 7001, paid by the meter; its account."""
    village.everybody()
    with village.world() as world:
        place = bills.open_place(world, SHOP, 7001, "Kiboko Water", members.by_number(world, owner) if owner else None)
        bill_rows.put(world, Biller(place.id, "meter number", "namba ya mita", 8, 11), "grace")
        return place.id


def pays(village: Village, *typed: str) -> str:
    village.site.redis.delete(f"pamoja:dropped:{village.organisation.id}:{WANJIRU}")  # nobody comes back to what was left
    phone = village.phone(WANJIRU)
    phone.dials()
    for one in ("2", "5", *typed):
        phone.types(one)
    return phone.screen


@given(st.text(max_size=30))
def test_what_is_typed_is_the_number_of_a_bill_or_none(typed: str) -> None:
    try:
        read = BillNumber().read(typed, Place())
    except Unclear:
        return
    assert BILL_LEAST <= len(read) <= BILL_MOST
    assert BillNumber().read(read, Place()) == read


@pytest.mark.parametrize(("typed", "read"), [("3714 0012", METER), ("3714-0012", METER), ("adm/21/77", "ADM/21/77"), (" 37140012 ", METER)])
def test_blanks_hyphens_and_small_letters_make_no_other_bill(typed: str, read: str) -> None:
    assert BillNumber().read(typed, Place()) == read


def test_the_number_goes_with_the_money_into_the_books_and_to_both(village: Village) -> None:
    account = water(village, OTIENO)
    assert "Paid KES 200 to Kiboko Water for 37140012" in pays(village, "7001", "3714 0012", "200", "4715")
    village.post()
    assert "KES 200 paid to Kiboko Water for 37140012" in village.sms(WANJIRU)[-1]
    assert "KES 200 from Wanjiru for 37140012" in village.sms(OTIENO)[-1]
    with village.world() as world:
        assert ledger_rows.account(world, account).balance == 200_00
        assert [one.value for one in bills.bills_paid(world, WANJIRU, 7001)] == [METER]
        assert bills.bills_paid(world, ACHIENG, 7001) == []
    assert village.money_of_all() == 0
    for _ in range(2):
        pays(village, "7001", "99990000", "10", "4715")
        village.post()
    with village.world() as world:
        assert [one.value for one in bills.bills_paid(world, WANJIRU, 7001)] == ["99990000", METER], "each once, the last first"


def test_a_number_of_another_length_is_asked_again_and_a_shop_asks_for_none(village: Village) -> None:
    water(village)
    village.places()
    with village.world() as world:
        assert isinstance(bills.find_payee(world, WANJIRU, 7001), FoundBill)
        assert bills.find_payee(world, ACHIENG, 7001).asks == "namba ya mita"  # type: ignore[union-attr]
        assert isinstance(bills.find_payee(world, WANJIRU, 5501), FoundPlace)
        assert isinstance(bills.find_payee(world, WANJIRU, 9), NoSuchPlace)
        assert isinstance(bills.check_bill(world, WANJIRU, 7001, "1234567"), BillNumberWrong)
        assert isinstance(bills.check_bill(world, WANJIRU, 7001, METER), BillFine)
    assert "8 to 11 letters and digits." in pays(village, "7001", "12345")
    assert "How much to Mama Njeri?" in pays(village, "5501")
    with village.world() as world:
        assert bill_rows.drop(world, ledger_rows.account_by_code(world, "T7001").id)
        assert isinstance(bills.find_payee(world, WANJIRU, 7001), FoundPlace)


def test_places_are_opened_once_with_a_name_and_agents_are_members(village: Village) -> None:
    water(village)
    with village.world() as world:
        otieno = members.by_number(world, OTIENO)
        bills.open_place(world, AGENT, 2001, "Otieno agent", otieno)
        for prefix, number, name, owner, why in (
            (SHOP, 7001, "Another", None, "is taken"),
            (SHOP, 0, "Another", None, "one to five digits"),
            (SHOP, 100_000, "Another", None, "one to five digits"),
            (SHOP, 7002, "  ", None, "a name is needed"),
            (AGENT, 2002, "Nobody", None, "an agent is a member"),
            (AGENT, 2002, "Otieno again", otieno, "an agent already"),
        ):
            with pytest.raises(bills.NotOpened, match=why):
                bills.open_place(world, prefix, number, name, owner)


def test_of_those_who_open_one_number_at_once_one_does(village: Village) -> None:
    village.everybody()
    meet = Barrier(4)

    def opens(name: str) -> str:
        with village.world() as world:
            meet.wait(10)
            try:
                return bills.open_place(world, SHOP, 7001, name, None).name
            except bills.NotOpened as why:
                return str(why)

    with ThreadPoolExecutor(4) as staff:
        came = sorted(staff.map(opens, ("Water A", "Water B", "Water C", "Water D")))
    assert [one.startswith("Water") for one in came] == [True, False, False, False], came
    assert set(came[1:]) == {"the number 7001 is taken"}


def test_staff_open_a_place_and_name_the_number_of_its_bills(village: Village) -> None:
    village.everybody()
    web = operator(village, "maker")
    assert "No shop and no agent yet" in page(web, "shops")
    assert "are needed" in press(web, "shops", "shops", what="T", number="x", name="Water")
    assert "Nobody has this phone" in press(web, "shops", "shops", what="T", number="7001", name="Kiboko Water", owner="0799999999")
    assert "Kiboko Water is open, number 7001" in press(web, "shops", "shops", what="T", number="7001", name="Kiboko Water", owner="0722000002")
    assert "is taken" in press(web, "shops", "shops", what="T", number="7001", name="Kiboko Water")
    assert "No shop has this number" in press(web, "shops/bills", "shops", number="7009", asks_en="meter number", least="8", most="11")
    for least, most in (("4", "9"), ("9", "17"), ("9", "8")):
        assert "are needed" in press(web, "shops/bills", "shops", number="7001", asks_en="meter number", least=least, most=most)
    assert "asked for the meter number" in press(web, "shops/bills", "shops", number="7001", asks_en="meter number", asks_sw="mita", least="8", most="11")
    assert "meter number / mita, 8 to 11 signs" in page(web, "shops")
    assert "Kiboko Water: your meter number?" in pays(village, "7001")
    assert "no number there" in press(web, "shops/T7001/bills/forget", "shops")
    assert "asked for none" in press(web, "shops/T7001/bills/forget", "shops")
    assert "Open a place" not in page(operator(village, "auditor"), "shops")
