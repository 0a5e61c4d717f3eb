"""Money in and out: each way it can come and go, what comes twice, late or never, and who has to agree."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import exc, text

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import NoFunds, Reserved, Wish
from gateway.ledger.proof.facts import verify
from gateway.money import airtime, approvals, bulk, disputes, imports, office, produce, rewards, rows
from gateway.money.model import next_run, worth
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village
from workers import nightly


@pytest.fixture
def place(village: Village) -> Village:
    """Everybody, with Otieno as an agent, a group, a shop, a price for milk."""
    village.everybody()
    village.places()
    return village


def sound(village: Village) -> None:
    with village.world() as world:
        assert verify(world) == []


def balance(village: Village, code: str) -> int:
    with village.world() as world:
        return ledger_rows.account_by_code(world, code).balance


def product(village: Village, number: str, name: str) -> int:
    with village.world() as world:
        found = ledger_rows.account_or_none(world, village.member(world, number).id, name)
        return found.balance if found else 0


def last_text(village: Village, number: str) -> str:
    village.workers_run()
    return village.far_side.messages_to(number)[-1].words


def texts(village: Village, number: str) -> str:
    """All messages to a number, the newest first."""
    village.workers_run()
    return "\n".join(one.words for one in reversed(village.far_side.messages_to(number)))


def walk(village: Village, number: str, *keys: str) -> str:
    phone = village.phone(number)
    screen = phone.dials()
    if "1 Carry on" in screen or "1 Endelea" in screen:  # an earlier call was left in the middle
        screen = phone.types("2")
    for key in keys:
        screen = phone.types(key)
    return screen


def test_a_group_is_paid_and_both_see_it(place: Village) -> None:
    assert walk(place, WANJIRU, "2", "2", "1001", "100", "4715").startswith("Paid KES 100 to Tumaini grou")
    assert balance(place, "G1001") == 30_100_00
    assert last_text(place, WANJIRU).startswith("KES 100 paid to Tumaini group 23 Nov")
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


def order(village: Village) -> int:
    """Wanjiru orders airtime of KES 50 for her own phone."""
    assert "on its way" in walk(village, WANJIRU, "2", "3", "1", "50", "4715")
    with village.world() as world:
        return rows.airtime_in(world, ("waiting",))[0].transfer_id


def held(village: Village) -> int:
    with village.world() as world:
        return ledger_rows.account(world, village.account_id(WANJIRU)).held


def report(village: Village, status: str) -> None:
    with village.world() as world:
        found = rows.airtime_in(world, ("sent", "delivered", "failed"))[0]
    form = {"phoneNumber": found.number, "description": "x", "status": status, "requestId": found.request_id, "discount": "KES 0.6000", "value": "KES 50.0000"}
    for _ in range(2):
        assert village.send("airtime", form)[0] == 200


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


# Two persons.


def agree(village: Village, action: str, payload: dict[str, Any], maker: str = "amina", checker: str = "joseph") -> Any:
    with village.world() as world:
        asked = approvals.ask(world, action, payload, maker)
        assert isinstance(asked, approvals.Asked)
    with village.world() as world:
        came = approvals.decide(world, asked.id, checker, agree=True)
    village.post()
    return came


def test_one_person_is_not_two(place: Village) -> None:
    with place.world() as world:
        asked = approvals.ask(world, "resume", {"because": None}, "amina")
        assert isinstance(asked, approvals.Asked)
        assert isinstance(approvals.ask(world, "resume", {"because": None}, "joseph"), approvals.AlreadyWaiting)
        assert isinstance(approvals.decide(world, asked.id, "amina", agree=True), approvals.SamePerson)
        assert isinstance(approvals.decide(world, asked.id, "joseph", agree=True), approvals.Done)
        assert isinstance(approvals.decide(world, asked.id, "grace", agree=True), approvals.NotWaiting)


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE approvals SET checker = maker, state = 'done'",
        "UPDATE approvals SET payload = '{}'",
        "UPDATE approvals SET maker = 'mallory'",
        "UPDATE approvals SET state = 'done'",
        "DELETE FROM approvals",
    ],
)
def test_the_database_holds_two_persons_apart(place: Village, wrong: str) -> None:
    with place.world() as world:
        approvals.ask(world, "budget", {"amount": 5}, "amina")

    with pytest.raises(exc.DBAPIError), place.world() as world:
        world.write.execute(text(wrong))


def test_an_approval_ends_by_the_clock(place: Village) -> None:
    with place.world() as world:
        asked = approvals.ask(world, "resume", {"because": None}, "amina")
        assert isinstance(asked, approvals.Asked)
    place.clock.passes(hours=25)
    with place.world() as world:
        assert isinstance(approvals.decide(world, asked.id, "joseph", agree=True), approvals.NotWaiting)
    assert nightly.end_approvals(place.site) == 1


def test_reversal_adjustment_float_limit_and_tariff_need_both(place: Village) -> None:
    walk(place, WANJIRU, "2", "1", "0722000002", "200", "4715")
    with place.world() as world:
        sent = next(one for one in ledger_rows.page_of_transfers(world, most=5) if one.kind == "transfer")
    assert isinstance(agree(place, "reversal", {"transfer_id": sent.id, "why": "wrong person"}), approvals.Done)
    assert (place.balance(WANJIRU), place.balance(OTIENO)) == (495_00, 0)
    assert isinstance(agree(place, "reversal", {"transfer_id": sent.id, "why": "again"}), approvals.NotDone)

    assert isinstance(agree(place, "adjustment", {"source": "FEES", "destination": "SUBSIDY", "amount": 5_00, "why": "a gift"}), approvals.Done)
    assert isinstance(agree(place, "float", {"account": "A2001", "amount": 1_000_00, "direction": "in", "why": "market day"}), approvals.Done)
    assert balance(place, "A2001") == 21_000_00
    now = place.clock.at.isoformat()
    limit = {"kind": "transfer", "scope": "once", "tier": 0, "most": 50_00, "times": None, "gives_back": False, "valid_from": now}
    assert isinstance(agree(place, "limit", limit), approvals.Done)
    assert walk(place, WANJIRU, "2", "1", "0722000002", "60").startswith("At most KES 50 at once.")
    bands = [{"low": 1, "high": 100_00, "flat": 2_00}, {"low": 100_01, "high": 900_00, "flat": 9_00}]
    tariff = {"kind": "billpay", "payer": "source", "name": "Bills", "valid_from": now, "bands": bands}
    assert isinstance(agree(place, "tariff", tariff), approvals.Done)
    assert "Fee KES 2." in walk(place, WANJIRU, "2", "2", "1001", "50")
    wrong = {**tariff, "bands": [bands[0], {"low": 200_00, "high": 900_00, "flat": 9_00}]}
    assert isinstance(agree(place, "tariff", wrong), approvals.NotDone)
    sound(place)


def test_a_period_closes_and_takes_nothing_any_more(place: Village) -> None:
    place.clock.passes(days=8)
    ends_at = place.clock.at - dt.timedelta(days=1)
    assert isinstance(agree(place, "period", {"ends_at": ends_at.isoformat()}), approvals.Done)
    assert isinstance(agree(place, "period", {"ends_at": (ends_at - dt.timedelta(days=1)).isoformat()}), approvals.NotDone)
    place.clock.at = ends_at - dt.timedelta(hours=1)  # a clock that stepped back
    place.workers_run_at_once = False
    with place.world() as world:
        ledger.reserve(world, Wish("transfer", place.account_id(WANJIRU), place.account_id(OTIENO), 100, "test", "late", "test"))
    assert place.post() == 0
    with place.world() as world:
        assert ledger_rows.page_of_transfers(world, most=1)[0].state == "quarantined"
    place.clock.passes(days=2)
    with place.world() as world:
        ledger.release_quarantined(world, ledger_rows.page_of_transfers(world, most=1)[0].id, post=True)
    assert place.post() == 1
    sound(place)


# Bulk payments.

FILE = b"to,amount,note\n0711000001,100,milk bonus\n0722000002,50.50,\n0799999999,10,\n0733000003,abc,\n0711000001,100,twice\n"


def test_a_file_is_read_line_by_line_shown_agreed_to_and_paid_once(place: Village) -> None:
    with place.world() as world:
        lines = bulk.read_file(world, FILE)
        assert [(one.state, one.why) for one in lines] == [
            ("ready", ""), ("ready", ""), ("wrong", "nobody has this number or code"), ("wrong", "abc is not an amount from 1 to 1,000,000"),
            ("wrong", "the same payment stands above"),
        ]  # fmt: skip
        id = bulk.keep(world, "Bonus", FILE, lines, "amina")
        assert id
        assert bulk.keep(world, "Bonus again", FILE, lines, "amina") is None
    assert isinstance(agree(place, "bulk", {"batch_id": id}), approvals.Done)
    place.post()
    for _ in range(3):
        nightly.go_on_with_bulk(place.site)
        place.post()

    with place.world() as world:
        assert rows.bulk(world, id).state == "completed"
        assert rows.count_lines(world, id) == {"posted": (2, 150_50), "wrong": (3, 110_00 + 100_00 - 100_00)}
    assert (place.balance(WANJIRU), place.balance(OTIENO)) == (600_00, 50_50)
    assert "KES 50.50 from Umoja" in last_text(place, OTIENO)
    sound(place)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"name,sum\nx,1\n", b"to,amount\n"])
def test_a_file_that_is_no_table_says_why(place: Village, content: bytes) -> None:
    with place.world() as world, pytest.raises(bulk.Unreadable):
        bulk.read_file(world, content)


# Standing orders.


def test_a_standing_order_is_paid_every_week_once_and_stops_when_there_is_nothing(place: Village) -> None:
    assert walk(place, WANJIRU, "2", "7", "1", "0722000002", "150", "1", "4715").startswith("Done. First payment 30 Nov.")
    assert nightly.run_standing(place.site) == 0
    for week in range(1, 4):
        place.clock.passes(days=7)
        assert nightly.run_standing(place.site) == 1
        assert nightly.run_standing(place.site) == 0
        place.post()
        assert place.balance(OTIENO) == 150_00 * week
    for _ in range(3):
        place.clock.passes(days=7)
        nightly.run_standing(place.site)
    place.clock.passes(days=7)
    assert nightly.run_standing(place.site) == 0
    assert "was not made: not enough money" in last_text(place, WANJIRU)
    assert walk(place, WANJIRU, "2", "7", "2").startswith("You have no repeat payments.")
    sound(place)


def test_a_member_stops_a_standing_order(place: Village) -> None:
    walk(place, WANJIRU, "2", "7", "1", "0722000002", "150", "2", "4715")
    assert "KES 150 Otieno 23 Dec" in walk(place, WANJIRU, "2", "7", "2")
    assert walk(place, WANJIRU, "2", "7", "2", "1").startswith("Stopped.")
    place.clock.passes(days=40)
    assert nightly.run_standing(place.site) == 0


def test_what_a_long_outage_missed_is_not_paid_all_at_once(place: Village) -> None:
    walk(place, WANJIRU, "2", "7", "1", "0722000002", "100", "1", "4715")
    place.clock.passes(days=30)
    assert [nightly.run_standing(place.site) for _ in range(3)] == [1, 0, 0]
    with place.world() as world:
        assert rows.all_standing(world)[0].next_at > place.clock.at


def test_the_last_day_of_a_short_month() -> None:
    assert next_run(dt.datetime(2028, 1, 31), "month", 1) == dt.datetime(2028, 2, 29)
    assert next_run(dt.datetime(2026, 12, 15), "month", 1) == dt.datetime(2027, 1, 15)


# Produce, advances, payday.


def bring(village: Village, number: str, thousandths: int, key: str) -> Any:
    with village.world() as world:
        found = produce.write_delivery(
            world, member=village.member(world, number), product="milk", thousandths=thousandths, clerk="Mutua", centre="Kiboko", key=key,
            day=dt.date(2026, 11, 23),
        )  # fmt: skip
    village.post()
    return found


def test_a_delivery_is_written_once_with_a_receipt_that_can_be_contradicted(place: Village) -> None:
    first, again = bring(place, WANJIRU, 42_500, "d1"), bring(place, WANJIRU, 42_500, "d1")
    assert first.id == again.id
    assert product(place, WANJIRU, "produce") == 1_912_50
    assert last_text(place, WANJIRU) == "42.5 kg milk 23 Nov: KES 1,912.50. Due to you KES 1,912.50. Ref " + last_text(place, WANJIRU).split("Ref ")[1]
    assert "42.5 kg" in walk(place, WANJIRU, "1", "3")
    assert walk(place, WANJIRU, "1", "3", "1").startswith("23 Nov: 42.5 kg = KES 1,912.50\nBy Mutua, Kiboko")
    assert walk(place, WANJIRU, "1", "3", "1", "2").startswith("Noted.")
    with place.world() as world:
        assert rows.delivery(world, first.id).state == "contradicted"
    assert isinstance(agree(place, "delivery", {"delivery_id": first.id}), approvals.Done)
    assert product(place, WANJIRU, "produce") == 0
    sound(place)


def test_an_advance_is_half_of_what_is_due_without_interest_and_payday_pays_it_back_first(place: Village) -> None:
    bring(place, WANJIRU, 40_000, "d1")  # KES 1,800
    assert "You can get KES 900" in walk(place, WANJIRU, "1", "4")
    assert walk(place, WANJIRU, "1", "4", "2", "901").startswith("You cannot get that much now.")
    assert walk(place, WANJIRU, "1", "4", "2", "600", "4715").startswith("Advance KES 600 is in your savings.")
    assert (place.balance(WANJIRU), product(place, WANJIRU, "loan")) == (1_100_00, -600_00)
    assert "You can get KES 300" in walk(place, WANJIRU, "1", "4")
    assert walk(place, WANJIRU, "1", "4", "1", "100", "4715").startswith("Paid back. You still owe KES 500")

    assert isinstance(agree(place, "payday", {"period": "2026-11"}), approvals.Done)
    assert (product(place, WANJIRU, "loan"), product(place, WANJIRU, "produce"), place.balance(WANJIRU)) == (0, 0, 2_300_00)
    with place.world() as world:
        assert produce.pay_day(world, "2026-11", "twice") == 0
    assert "Your produce money KES 1,300 is in your savings" in last_text(place, WANJIRU)
    sound(place)


def test_half_a_minor_unit_goes_up() -> None:
    assert [worth(1, 500), worth(1, 499), worth(3, 4_500), worth(1_500, 4_501)] == [1, 0, 14, 6_752]


# Disputes.


def test_what_the_receiver_still_has_is_held_and_goes_back_when_they_agree(place: Village) -> None:
    walk(place, WANJIRU, "2", "1", "0733000003", "300", "4715")
    walk(place, ACHIENG, "2", "1", "0722000002", "1250", "6274")
    assert walk(place, WANJIRU, "2", "6", "1", "1").startswith("We asked Achieng and held what is left, KES 240.")
    assert "Wanjiru anasema KES 300 ilikuja kwako kwa makosa" in last_text(place, ACHIENG)
    sound(place)
    assert "KES 240 ya Wanjiru (..001)" in walk(place, ACHIENG, "9", "1")
    assert walk(place, ACHIENG, "9", "1", "6274").startswith("Inarudi.")
    place.post()

    assert place.balance(WANJIRU) == 195_00 + 240_00
    assert "KES 240 came back to you from Achieng" in last_text(place, WANJIRU)
    assert walk(place, WANJIRU, "2", "6", "1", "1").startswith("We have asked for this one already.")
    sound(place)


def test_a_receiver_who_says_no_keeps_it_held_until_two_persons_decide(place: Village) -> None:
    walk(place, WANJIRU, "2", "1", "0733000003", "300", "4715")
    walk(place, WANJIRU, "2", "6", "1", "1")
    assert walk(place, ACHIENG, "9", "1", "1").startswith("Imepokelewa.")
    assert "did not agree to give back KES 300" in last_text(place, WANJIRU)
    with place.world() as world:
        one = rows.page_of_disputes(world)[0]
        assert (one.state, one.held) == ("refused", 300_00)
    assert isinstance(agree(place, "dispute", {"transfer_id": one.transfer_id, "give": False}), approvals.Done)
    assert isinstance(agree(place, "dispute", {"transfer_id": one.transfer_id, "give": True}), approvals.NotDone)
    assert place.balance(ACHIENG) == 1_500_00
    sound(place)


def test_only_a_payment_of_ones_own_of_a_day_can_be_asked_back(place: Village) -> None:
    walk(place, WANJIRU, "2", "1", "0733000003", "50", "4715")
    with place.world() as world:
        sent = next(one for one in ledger_rows.page_of_transfers(world, most=5) if one.kind == "transfer")
        assert isinstance(disputes.ask_back(world, OTIENO, str(sent.id), "k-1"), disputes.NotYours)
    place.clock.passes(hours=25)
    with place.world() as world:
        assert isinstance(disputes.ask_back(world, WANJIRU, str(sent.id), "k-2"), disputes.TooLate)


# A provider's statement.

STATEMENT = """ref,day,amount,number,note
BNK1,2026-11-23,250.00,0711000001,deposit
BNK2,2026-11-23,99.00,0799999999,who knows
BNK3,2026-11-23,-40.00,,bank charge
"""


def read(village: Village, content: str, name: str = "November") -> Any:
    with village.world() as world:
        return imports.read_statement(world, name, content.encode(), "amina")


def states(village: Village) -> list[str]:
    with village.world() as world:
        return [line.state for line in rows.import_lines_of(world)]


def test_a_statement_is_booked_by_two_matched_credited_or_in_suspense(place: Village) -> None:
    came = read(place, STATEMENT)
    assert (came.new, came.known) == (3, 0)
    with pytest.raises(imports.Unreadable):
        read(place, STATEMENT)
    assert read(place, STATEMENT + "\n").known == 3
    assert (place.balance(WANJIRU), states(place)) == (500_00, ["read"] * 3), "nobody books alone"
    assert isinstance(agree(place, "import", {"import_id": came.id}), approvals.Done)
    assert isinstance(agree(place, "import", {"import_id": came.id}), approvals.NotDone)
    assert states(place) == ["credited", "suspense", "out"]
    assert (place.balance(WANJIRU), balance(place, "SUSPENSE")) == (750_00, 99_00)
    with place.world() as world:
        line = rows.import_lines_of(world, state="suspense")[0]
        code = ledger_rows.account(world, place.account_id(OTIENO)).code
    assert isinstance(agree(place, "suspense", {"line_id": line.id, "account": code}), approvals.Done)
    assert isinstance(agree(place, "suspense", {"line_id": line.id, "account": code + "X"}), approvals.NotDone)
    assert (place.balance(OTIENO), balance(place, "SUSPENSE")) == (99_00, 0)
    sound(place)


def test_what_its_owner_cannot_take_waits_in_suspense_and_finds_another(place: Village) -> None:
    with place.world() as world:
        ledger.set_status(world, place.account_id(WANJIRU), "dormant")
        code, other = (ledger_rows.account(world, place.account_id(number)).code for number in (WANJIRU, OTIENO))
    came = read(place, "ref,day,amount,number,note\nB1,2026-11-23,250.00,0711000001,x\n")
    agree(place, "import", {"import_id": came.id})
    assert (states(place), balance(place, "SUSPENSE")) == (["suspense"], 250_00)
    with place.world() as world:
        line = rows.import_lines_of(world, state="suspense")[0]
    assert isinstance(agree(place, "suspense", {"line_id": line.id, "account": code}), approvals.NotDone)
    with place.world() as world:
        ledger.set_status(world, place.account_id(WANJIRU), "open")
    assert isinstance(agree(place, "suspense", {"line_id": line.id, "account": code, "again": 1}), approvals.Done)
    assert (place.balance(WANJIRU), balance(place, "SUSPENSE")) == (750_00, 0)
    assert other
    sound(place)


def test_what_the_poster_refuses_comes_back_to_suspense(place: Village) -> None:
    came = read(place, "ref,day,amount,number,note\nB1,2026-11-23,250.00,,x\n")
    agree(place, "import", {"import_id": came.id})
    with place.world() as world:
        line = rows.import_lines_of(world, state="suspense")[0]
        code = ledger_rows.account(world, place.account_id(OTIENO)).code
    place.workers_run_at_once = False
    with place.world() as world:
        asked = approvals.ask(world, "suspense", {"line_id": line.id, "account": code}, "amina")
        assert isinstance(asked, approvals.Asked)
        approvals.decide(world, asked.id, "joseph", agree=True)
        ledger.set_status(world, place.account_id(OTIENO), "blocked")
    place.post()
    assert nightly.mend_money(place.site) == 1
    assert (states(place), balance(place, "SUSPENSE")) == (["suspense"], 250_00)
    sound(place)


def test_one_of_our_references_matches_once_and_only_what_was_posted(place: Village) -> None:
    walk(place, WANJIRU, "2", "1", "0722000002", "100", "4715")
    with place.world() as world:
        ref = next(one.ref for one in ledger_rows.page_of_transfers(world, most=5) if one.kind == "transfer")
    lines = "".join(f"B{n},2026-11-23,100.00,,ref {ref}\n" for n in range(2))
    came = read(place, "ref,day,amount,number,note\n" + lines)
    agree(place, "import", {"import_id": came.id})

    assert states(place) == ["matched", "suspense"]


def test_nothing_is_booked_while_sending_rests(place: Village) -> None:
    came = read(place, STATEMENT)
    with place.world() as world:
        ledger_rows.pause(world, "lunch")
    assert isinstance(agree(place, "import", {"import_id": came.id}), approvals.NotDone)
    assert isinstance(agree(place, "resume", {"because": "lunch"}), approvals.Done)
    assert isinstance(agree(place, "import", {"import_id": came.id, "again": 1}), approvals.Done)


@pytest.mark.parametrize("wrong", ["ref,day,amount,number,note\nX,yesterday,5,,\n", "ref,day,amount,number,note\nX,2026-11-23,five,,\n", "a,b\n1,2\n"])
def test_a_statement_that_cannot_be_read_changes_nothing(place: Village, wrong: str) -> None:
    with pytest.raises(imports.Unreadable), place.world() as world:
        imports.read_statement(world, "x", wrong.encode(), "amina")
    with place.world() as world:
        assert rows.imports_of(world) == []


# Rewards, points and escrow.


def test_points_are_given_once_while_there_is_budget(place: Village) -> None:
    with place.world() as world:
        member = place.member(world, WANJIRU)
        assert isinstance(rewards.reward(world, member, 9_000, "a good tip", key="t1", by="test"), Reserved)
        assert isinstance(rewards.reward(world, member, 9_000, "a good tip", key="t1", by="test"), Reserved)
        assert isinstance(rewards.reward(world, member, 1_001, "another", key="t2", by="test"), NoFunds)
    place.post()
    assert "Asante! You got PTS 9,000: a good tip" in last_text(place, WANJIRU)
    with place.world() as world:
        member = place.member(world, WANJIRU)
        into = Wish("disbursement", world.system_accounts["SUBSIDY"], place.account_id(WANJIRU), 20_00, "points", "u1", "test", subtype="points", free=True)
        assert all(isinstance(one, Reserved) for one in rewards.use_points(world, member, 20, into))
    place.post()
    with place.world() as world:
        assert rewards.points(world, WANJIRU).minor == 8_980
    assert place.balance(WANJIRU) == 520_00
    sound(place)


def test_what_is_set_apart_is_awarded_or_given_back_and_never_both(place: Village) -> None:
    with place.world() as world:
        account = ledger_rows.account(world, place.account_id(WANJIRU))
        apart = rewards.set_apart(world, account, 100_00, key="b1", by="test", why="find my cow")
        assert isinstance(apart, Reserved)
    place.post()
    assert balance(place, "ESCROW") == 100_00
    with place.world() as world:
        to = ledger_rows.account(world, place.account_id(OTIENO))
        assert isinstance(rewards.award(world, apart.transfer.id, to, by="test"), Reserved)
    with place.world() as world, pytest.raises(ledger.Conflict):
        rewards.give_back(world, apart.transfer.id, by="test")
    place.post()
    with place.world() as world:
        assert isinstance(rewards.award(world, 12345, to, by="test"), ledger.NotTaken)
    assert (balance(place, "ESCROW"), place.balance(OTIENO), place.balance(WANJIRU)) == (0, 100_00, 400_00)
    sound(place)


# What an attacker found, each as it was found.


def test_escrow_pays_nothing_that_was_not_posted(place: Village) -> None:
    place.workers_run_at_once = False
    with place.world() as world:
        apart = rewards.set_apart(world, ledger_rows.account(world, place.account_id(WANJIRU)), 100_00, key="b1", by="test", why="x")
        assert isinstance(apart, Reserved)
        to = ledger_rows.account(world, place.account_id(OTIENO))
        assert isinstance(rewards.award(world, apart.transfer.id, to, by="test"), ledger.NotTaken)
        ledger.set_status(world, to.id, "blocked")
    place.post()
    with place.world() as world:
        assert isinstance(rewards.award(world, apart.transfer.id, to, by="test"), ledger.NotTaken)
        assert isinstance(rewards.give_back(world, apart.transfer.id, by="test"), Reserved)
    place.post()
    assert (balance(place, "ESCROW"), place.balance(WANJIRU)) == (0, 500_00)


def test_a_promise_is_kept_when_its_source_is_blocked_meanwhile(place: Village) -> None:
    order(place)
    place.workers_run()
    with place.world() as world:
        ledger.set_status(world, place.account_id(WANJIRU), "blocked")
    report(place, "Success")
    place.post()

    assert (place.balance(WANJIRU), balance(place, "AIRTIME")) == (450_00, 50_00)


def test_a_batch_that_was_thrown_away_is_not_paid(place: Village) -> None:
    with place.world() as world:
        id = bulk.keep(world, "x", FILE, bulk.read_file(world, FILE), "amina")
        assert id
        assert bulk.cancel(world, id)
    assert isinstance(agree(place, "bulk", {"batch_id": id}), approvals.NotDone)
    assert place.balance(WANJIRU) == 500_00


def test_a_batch_waits_while_sending_rests(place: Village) -> None:
    with place.world() as world:
        id = bulk.keep(world, "x", FILE, bulk.read_file(world, FILE), "amina")
        ledger_rows.pause(world, "lunch")
    agree(place, "bulk", {"batch_id": id})
    nightly.go_on_with_bulk(place.site)
    with place.world() as world:
        assert rows.count_lines(world, id or 0)["ready"][0] == 2
        ledger_rows.pause(world, None)
    nightly.go_on_with_bulk(place.site)
    place.post()
    assert place.balance(WANJIRU) == 600_00


def test_what_the_second_person_reads_is_made_from_the_wish(place: Village) -> None:
    walk(place, WANJIRU, "2", "1", "0722000002", "200", "4715")
    with place.world() as world:
        sent = next(one for one in ledger_rows.page_of_transfers(world, most=5) if one.kind == "transfer")
        asked = approvals.ask(world, "reversal", {"transfer_id": sent.id, "why": "KES 1 only"}, "amina")
        assert isinstance(asked, approvals.Asked)
        found = rows.approval(world, asked.id)
    assert found
    assert found.subject == f"reversal, {sent.ref} KES 200, why KES 1 only"


def test_going_on_is_agreed_for_the_reason_that_was_read(place: Village) -> None:
    from gateway.ledger.proof.facts import Proof
    from gateway.ledger.proof.model import Fault
    from gateway.ledger.proof.verbs import keep

    with place.world() as world:
        ledger_rows.pause(world, "lunch")
        asked = approvals.ask(world, "resume", {"because": "lunch"}, "amina")
        assert isinstance(asked, approvals.Asked)
        assert keep(world, Proof([Fault("FEES", "is wrong")]))
        assert isinstance(approvals.decide(world, asked.id, "joseph", agree=True), approvals.NotDone)
        assert "FEES" in (ledger_rows.paused_because(world) or "")


def test_payday_leaves_nothing_for_an_advance(place: Village) -> None:
    bring(place, WANJIRU, 40_000, "d1")
    place.workers_run_at_once = False
    with place.world() as world:
        assert produce.pay_day(world, "2026-11", "test") == 1
        assert produce.offer_advance(world, WANJIRU).can_get.minor == 0


def test_cash_in_counts_against_the_receivers_limits(place: Village) -> None:
    now = place.clock.at.isoformat()
    limit = {"kind": "deposit", "scope": "day", "tier": 0, "most": 500_00, "times": None, "gives_back": False, "valid_from": now}
    agree(place, "limit", limit)
    assert isinstance(agree(place, "limit", {**limit, "scope": "balance"}), approvals.NotDone)
    with place.world() as world:
        member = place.member(world, WANJIRU)
        assert isinstance(office.take_cash(world, member, 500_01, clerk="x", key="1"), ledger.OverLimit)
        assert isinstance(office.take_cash(world, member, 500_00, clerk="x", key="2"), Reserved)
        assert isinstance(office.take_cash(world, member, 1_00, clerk="x", key="3"), ledger.OverLimit)


def test_a_delivery_with_a_used_key_and_other_kilos_is_refused(place: Village) -> None:
    assert bring(place, WANJIRU, 10_000, "d1")
    assert bring(place, WANJIRU, 50_000, "d1") is None


def test_a_receipt_names_the_fee_to_who_pays_it(place: Village) -> None:
    now = place.clock.at.isoformat()
    bands = [{"low": 1, "high": 900_00, "flat": 7_00}]
    agree(place, "tariff", {"kind": "merchantpayment", "payer": "destination", "name": "Shops", "valid_from": now, "bands": bands})
    walk(place, WANJIRU, "2", "5", "5501", "100", "4715")

    assert "Fee KES 0." in last_text(place, WANJIRU)
    assert balance(place, "T5501") == 93_00


def test_what_the_books_refuse_is_said_and_breaks_nothing(place: Village) -> None:
    limit = {"kind": "transfer", "scope": "once", "tier": 0, "most": 50_00, "times": None, "gives_back": False, "valid_from": place.clock.at.isoformat()}
    assert isinstance(agree(place, "limit", limit), approvals.Done)
    again = agree(place, "limit", {**limit, "most": 60_00})
    assert isinstance(again, approvals.NotDone)
    assert "refuse" in again.why
    assert isinstance(agree(place, "float", {"account": "REWARDS.PTS", "amount": 5, "direction": "in", "why": "x"}), approvals.NotDone)
    assert isinstance(agree(place, "reversal", {"transfer_id": 2**62, "why": "x"}), approvals.NotDone)


# By SMS.


@pytest.mark.parametrize(
    ("words", "answer", "paid"),
    [
        ("LIPA 100 1001", "Ready: KES 100 to Tumaini grou. Fee KES 0. To agree dial *384*20417*9#", "Paid KES 100 to Tumaini grou"),
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
