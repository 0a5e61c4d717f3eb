"""What an attacker found in the ways of money, each as it was found."""

from __future__ import annotations

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Reserved
from gateway.money import approvals, bulk, bulk_rows, office, produce, rewards, rows
from tests.cast import OTIENO, WANJIRU, Village
from tests.money.hands import FILE, agree, balance, bring, last_text, order, report, walk
from workers import nightly


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
        assert bulk_rows.count_lines(world, id or 0)["ready"][0] == 2
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
    assert isinstance(agree(place, "reversal", {"transfer_id": 2**70, "why": "x"}), approvals.NotDone)
