"""What lasts longer than a payment: standing orders, produce and advances, disputes, rewards and escrow."""

from __future__ import annotations

import datetime as dt

import pytest

from gateway.community.groups import rows as groups
from gateway.community.groups.facts import paid_in
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import NoFunds, Reserved, Wish
from gateway.members import rows as members
from gateway.money import approvals, disputes, produce, rewards, rows, standing
from gateway.money.model import next_run, worth
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village
from tests.money.hands import agree, balance, bring, last_text, product, sound, walk
from workers import nightly

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


def test_a_group_is_paid_in_to_every_week_until_the_member_is_out_or_it_is_closed(place: Village) -> None:
    with place.world() as world:
        group = groups.by_number(world, "1001")
        before = ledger_rows.account(world, group.account_id).balance
        for number in (WANJIRU, ACHIENG):
            groups.put(world, group.id, members.by_number(world, number).id, state="member")
    for number, pin in ((WANJIRU, "4715"), (ACHIENG, "6274")):
        assert "30 Nov" in walk(place, number, "2", "7", "3", "1", "20", "1", pin)
    place.clock.passes(days=7)
    assert [nightly.run_standing(place.site) for _ in range(2)] == [2, 0]
    place.post()
    with place.world() as world:
        wanjiru, account = members.by_number(world, WANJIRU), ledger_rows.account(world, group.account_id)
        assert account.balance - before == 40_00
        assert paid_in(world, group)[1][wanjiru.id] == 20_00
        standing.stop_orders_to(world, group.account_id, "left the group", wanjiru.id)
        assert [one.member_id == wanjiru.id for one in rows.all_standing(world) if one.state == "active"] == [False]
        standing.stop_orders_to(world, group.account_id, "the group is closed")
        assert [one.state for one in rows.all_standing(world)] == ["stopped", "stopped"]
    sound(place)


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


# Rewards, points and escrow.


def test_points_are_given_once_while_there_is_budget(place: Village) -> None:
    with place.world() as world:
        member = place.member(world, WANJIRU)
        assert isinstance(rewards.reward(world, member, 9_000, "a good tip", key="t1", by="test"), Reserved)
        assert isinstance(rewards.reward(world, member, 9_000, "a good tip", key="t1", by="test"), Reserved)
        assert isinstance(rewards.reward(world, member, 1_001, "another", key="t2", by="test"), NoFunds)
    place.post()
    assert "Asante! You got 9,000 points: a good tip" in last_text(place, WANJIRU)
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
