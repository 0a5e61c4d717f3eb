"""Cash, groups, shops and airtime: what comes twice, late or never; and what is asked by SMS."""

from __future__ import annotations

import pytest

from gateway.ledger.model import Reserved
from gateway.money import airtime, office, rows
from tests.cast import OTIENO, WANJIRU, Village
from tests.money.hands import agree, balance, bring, held, last_text, order, report, sound, texts, walk


def test_a_group_is_paid_and_both_see_it(place: Village) -> None:
    assert walk(place, WANJIRU, "2", "2", "1001", "100", "4715").startswith("Paid KES 100 to Tumaini grp")
    assert balance(place, "G1001") == 30_100_00
    assert last_text(place, WANJIRU).startswith("KES 100 paid to Tumaini grp 23 Nov")
    sound(place)


def test_a_shop_is_paid_by_its_number_and_a_wrong_number_is_nobody(place: Village) -> None:
    assert walk(place, WANJIRU, "2", "5", "9999").startswith("Nobody has this number.")
    assert walk(place, WANJIRU, "2", "5", "5501", "120", "4715").startswith("Paid KES 120 to Mama Njeri")
    assert balance(place, "T5501") == 120_00
    sound(place)


def test_cash_is_taken_out_at_an_agent_with_the_members_own_pin(place: Village) -> None:
    assert "Otieno agent pays you KES 300 in cash now" in walk(place, WANJIRU, "2", "4", "1", "2001", "300", "4715").replace("Otieno agen ", "Otieno agent ")
    assert (place.balance(WANJIRU), balance(place, "A2001")) == (200_00, 20_300_00)
    assert "Pay out KES 300 in cash to Wanjiru (..001)" in last_text(place, OTIENO)
    sound(place)


def test_an_agent_takes_cash_in_from_the_float_and_no_other_member_can(place: Village) -> None:
    assert walk(place, OTIENO, "2", "4", "5", "0711000001", "250", "5839").startswith("Gave KES 250 to Wanjiru")
    assert (place.balance(WANJIRU), balance(place, "A2001")) == (750_00, 19_750_00)
    assert last_text(place, WANJIRU).startswith("KES 250 paid in at Otieno")
    assert walk(place, WANJIRU, "2", "4", "5").startswith("Not on the list.")
    sound(place)


def test_nobody_takes_out_cash_at_themselves(place: Village) -> None:
    assert walk(place, OTIENO, "2", "4", "1", "2001").startswith("Nobody has this number.")


def test_cash_at_the_office_waits_for_the_members_pin(place: Village) -> None:
    with place.world() as world:
        member = place.member(world, WANJIRU)
        assert isinstance(office.take_cash(world, member, 400_00, clerk="mutua", key="1"), Reserved)
        assert isinstance(office.take_cash(world, member, 400_00, clerk="mutua", key="1"), Reserved)
        office.ask_cash_out(world, member, 150_00, key="2")
    place.post()
    assert place.balance(WANJIRU) == 900_00
    assert "Take out KES 150 at Umoja? Dial *384*20417*9#" in texts(place, WANJIRU)
    assert walk(place, WANJIRU, "9", "1", "4715").startswith("Paid KES 150 to Umoja")
    assert (place.balance(WANJIRU), balance(place, "CASH")) == (750_00, -250_00)
    sound(place)


# Airtime.


@pytest.mark.parametrize(("status", "left", "supplier"), [("Success", 450_00, 50_00), ("Failed", 500_00, 0)])
def test_airtime_is_held_until_the_network_has_spoken(place: Village, status: str, left: int, supplier: int) -> None:
    order(place)
    assert held(place) == 50_00
    place.workers_run()
    asked = place.far_side.requests[-1]
    assert asked["recipients"] == '[{"phoneNumber": "+254711000001", "amount": "KES 50.00"}]'
    assert asked["headers"]["Idempotency-Key"].startswith("pamoja-")
    report(place, status)
    place.post()

    assert (place.balance(WANJIRU), held(place), balance(place, "AIRTIME")) == (left, 0, supplier)
    assert ("is on phone ..001" if status == "Success" else "did not arrive") in last_text(place, WANJIRU)
    sound(place)


@pytest.mark.parametrize("delivered", [True, False])
def test_airtime_of_unknown_outcome_waits_for_two_persons(place: Village, delivered: bool) -> None:
    id = order(place)
    place.far_side.faults.append("hang")
    from gateway.channels.africastalking import sending

    sending.TIMEOUT_S, before = (0.2, 0.2), sending.TIMEOUT_S
    try:
        place.workers_run()
    finally:
        sending.TIMEOUT_S = before
    place.clock.passes(days=2)
    place.workers_run()
    assert (held(place), len([one for one in place.far_side.requests if "airtime" in one["path"]])) == (50_00, 1)
    with place.world() as world:
        assert rows.airtime(world, id).state == "unknown"
    agree(place, "airtime", {"transfer_id": id, "delivered": delivered})
    place.post()

    assert (place.balance(WANJIRU), held(place)) == ((450_00 if delivered else 500_00), 0)
    sound(place)


def test_a_worker_that_died_while_asking_for_airtime_asks_no_more(place: Village) -> None:
    id = order(place)
    with place.world() as world:
        assert airtime.begin_order(world, id)
    with place.world() as world:
        assert airtime.begin_order(world, id) is None
        assert rows.airtime(world, id).state == "unknown"
    assert held(place) == 50_00


def test_a_report_that_overtakes_the_answer_counts(place: Village) -> None:
    id = order(place)
    with place.world() as world:
        rows.add_airtime_report(world.write, request_id="ATQid_early", status="Success", at=world.now())
        airtime.begin_order(world, id)
        airtime.note_order(world, id, airtime.Accepted("ATQid_early"))
    place.post()

    assert place.balance(WANJIRU) == 450_00


def test_the_validation_asks_whether_an_order_is_ours(place: Village) -> None:
    order(place)
    place.workers_run()
    ours = {"transactionId": "x", "phoneNumber": WANJIRU, "currencyCode": "KES", "amount": "50.00"}

    assert "Validated" in place.send("airtime_validate", ours)[1]
    assert "Failed" in place.send("airtime_validate", {**ours, "amount": "500.00"})[1]


# By SMS.


@pytest.mark.parametrize(
    ("words", "answer", "paid"),
    [
        ("LIPA 100 1001", "Ready: KES 100 to Tumaini grp. Fee KES 0. To agree dial *384*20417*9#", "Paid KES 100 to Tumaini grp"),
        ("AIRTIME 20", "Ready: airtime KES 20 for 0711000001. Fee KES 0.", "We are paying KES 20 to airtime 0001"),
    ],
)
def test_a_payment_prepared_by_sms_waits_for_the_pin(place: Village, words: str, answer: str, paid: str) -> None:
    place.phone(WANJIRU).texts(words, "20417")
    assert last_text(place, WANJIRU).startswith(answer)
    before = place.balance(WANJIRU)
    assert walk(place, WANJIRU, "9", "1", "4715").startswith(paid)
    assert before == 500_00
    sound(place)


def test_kilo_tells_the_week(place: Village) -> None:
    bring(place, WANJIRU, 42_500, "d1")
    place.phone(WANJIRU).texts("MAZIWA", "20417")

    assert last_text(place, WANJIRU) == "This week 42.5 kg. Due to you KES 1,912.50. Wrong? Dial *384*20417*1*3#"


def test_a_statement_comes_in_parts(place: Village) -> None:
    for n in range(9):
        walk(place, WANJIRU, "2", "1", "0722000002", str(11 + n), "4715")
        place.clock.passes(minutes=1)
    place.workers_run()
    before = len(place.far_side.messages_to(WANJIRU))
    assert walk(place, WANJIRU, "1", "5", "2").startswith("Nothing moved in that month.")
    assert walk(place, WANJIRU, "1", "5", "1").startswith("Your statement is on its way: 2 SMS")
    place.workers_run()
    parts = [one.words for one in place.far_side.messages_to(WANJIRU)[before:]]

    assert [part[:4] for part in parts] == ["1/2 ", "2/2 "]
    assert all(len(part) <= 160 for part in parts)
    assert parts[-1].endswith(f"= {place.balance(WANJIRU) // 100}")
