"""What two persons must agree to: reversals and prices, bulk payments, the statement of a provider."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import exc, text

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Wish
from gateway.ledger.tables import postings
from gateway.money import approvals, bulk, bulk_rows, imports, rows
from tests.cast import OTIENO, WANJIRU, Village
from tests.money.hands import FILE, agree, balance, last_text, read, sound, states, walk
from workers import nightly

# Two persons.


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


def write_posting(village: Village, at: dt.datetime) -> None:
    """The first line of the transfer that waits, straight into the database, and taken back again."""
    with village.world() as world:
        waiting = ledger_rows.page_of_transfers(world, most=1)[0]
        line = {
            "transfer_id": waiting.id, "leg": 1, "organisation_id": waiting.organisation_id, "debit_account_id": waiting.source_id,
            "credit_account_id": waiting.destination_id, "amount": waiting.amount, "currency": waiting.currency, "purpose": "principal",
            "debit_seq": 901, "credit_seq": 902, "debit_balance": 0, "credit_balance": 0, "posted_at": at,
        }  # fmt: skip
        world.write.execute(postings.insert(), line)
        world.rollback()


def test_a_period_closes_and_takes_nothing_any_more(place: Village) -> None:
    place.clock.passes(days=8)
    ends_at = place.clock.at - dt.timedelta(days=1)
    assert isinstance(agree(place, "period", {"ends_at": ends_at.isoformat()}), approvals.Done)
    assert isinstance(agree(place, "period", {"ends_at": (ends_at - dt.timedelta(days=1)).isoformat()}), approvals.NotDone)
    place.clock.at = ends_at - dt.timedelta(hours=1)  # a clock that stepped back
    place.workers_run_at_once = False
    with place.world() as world:
        ledger.reserve(world, Wish("transfer", place.account_id(WANJIRU), place.account_id(OTIENO), 100, "test", "late", "test"))
    with pytest.raises(exc.DBAPIError, match="nothing is posted into a closed period"):
        write_posting(place, ends_at - dt.timedelta(microseconds=1))
    write_posting(place, ends_at)  # the very same but for its moment
    assert place.post() == 1, "late is posted now, into what is open"
    with place.world() as world:
        late = ledger_rows.page_of_transfers(world, most=1)[0]
    assert late.done_at
    assert (late.state, late.done_at > ends_at) == ("posted", True)
    sound(place)


# Bulk payments.


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
        assert bulk_rows.bulk(world, id).state == "completed"
        assert bulk_rows.count_lines(world, id) == {"posted": (2, 150_50), "wrong": (3, 110_00 + 100_00 - 100_00)}
    assert (place.balance(WANJIRU), place.balance(OTIENO)) == (600_00, 50_50)
    assert "KES 50.50 from Umoja" in last_text(place, OTIENO)
    sound(place)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"name,sum\nx,1\n", b"to,amount\n"])
def test_a_file_that_is_no_table_says_why(place: Village, content: bytes) -> None:
    with place.world() as world, pytest.raises(bulk.Unreadable):
        bulk.read_file(world, content)


# A provider's statement.

STATEMENT = """ref,day,amount,number,note
BNK1,2026-11-23,250.00,0711000001,deposit
BNK2,2026-11-23,99.00,0799999999,who knows
BNK3,2026-11-23,-40.00,,bank charge
"""


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
