"""The money pages: what a maker asks for, a checker agrees to with a code, and everybody can see."""

from __future__ import annotations

import io
import re

import pyotp
import pytest
from flask.testing import FlaskClient

from gateway.ledger import rows as ledger_rows
from gateway.operators import verbs as operators
from tests.browser import csrf, looks_at, page, sign_in
from tests.cast import OTIENO, PASSWORD, SECRET_KEY, TOTP, WANJIRU, Village


def signed_in(village: Village, login: str, role: str) -> FlaskClient:
    with village.world() as world:
        operators.make_operator(world, login=login, name=login.title(), role=role, secret_key=SECRET_KEY, password=PASSWORD, totp=TOTP)  # type: ignore[arg-type]
    village.clock.passes(minutes=1)
    web, answer = sign_in(village, login=login)
    assert answer.status_code == 302
    return web


def send(web: FlaskClient, page_path: str, path: str, **fields: object) -> str:
    """Post a form of a page; what is said afterwards."""
    token = csrf(page(web, page_path))
    answer = web.post(f"/console/{path}", data={"csrf_token": token, **fields}, follow_redirects=True)
    assert answer.status_code == 200, path
    found = re.search(r'<p class="(?:done|why)" role="(?:status|alert)">(.*?)</p>', answer.get_data(as_text=True))
    return found[1] if found else ""


def code(village: Village) -> str:
    village.clock.passes(seconds=31)
    return pyotp.TOTP(TOTP).at(int(village.clock().timestamp()))


@pytest.fixture
def staffed(sqlite_village: Village) -> tuple[Village, FlaskClient, FlaskClient]:
    sqlite_village.everybody()
    sqlite_village.places()
    return sqlite_village, signed_in(sqlite_village, "amina", "maker"), signed_in(sqlite_village, "joseph", "checker")


def decide(village: Village, checker: FlaskClient, agree: str = "yes") -> str:
    """The checker opens what waits and decides."""
    listed = page(checker, "approvals")
    id = re.search(r"/console/approvals/(\d+)", listed)[1]  # type: ignore[index]
    said = send(checker, f"approvals/{id}", f"approvals/{id}", **{"decide-agree": agree, "decide-code": code(village)})
    village.post()
    return said


def test_a_price_is_asked_for_and_agreed_to(staffed: tuple[Village, FlaskClient, FlaskClient]) -> None:
    village, maker, checker = staffed
    asked = {"price-product": "Eggs", "price-unit": "tray", "price-price": "350", "price-valid_from": "2026-11-23"}
    assert send(maker, "produce", "produce/price", **asked).startswith("Asked for.")
    assert send(maker, "produce", "produce/price", **asked).startswith("The very same waits already")
    assert "KES 350" not in page(maker, "produce")
    assert decide(village, checker) == "It is done."

    assert "KES 350" in page(maker, "produce")
    assert "price, product eggs, unit tray, price KES 350" in page(maker, "approvals")


def test_a_wrong_code_or_the_same_person_agrees_to_nothing(staffed: tuple[Village, FlaskClient, FlaskClient]) -> None:
    village, maker, checker = staffed
    send(maker, "accounts/A2001", "accounts/A2001/float", **{"float-direction": "in", "float-amount": "500", "float-why": "market"})
    id = re.search(r"/console/approvals/(\d+)", page(checker, "approvals"))[1]  # type: ignore[index]
    assert "not right" in send(checker, f"approvals/{id}", f"approvals/{id}", **{"decide-agree": "yes", "decide-code": "000000"})
    assert "Decide" not in re.sub("Decided", "", page(maker, f"approvals/{id}"))
    assert maker.post(f"/console/approvals/{id}", data={"csrf_token": csrf(page(maker, "approvals"))}).status_code == 404
    assert decide(village, checker, "no") == "It is refused."
    with village.world() as world:
        assert ledger_rows.account_by_code(world, "A2001").balance == 20_000_00


def test_cash_and_deliveries_at_the_office(staffed: tuple[Village, FlaskClient, FlaskClient]) -> None:
    village, maker, _ = staffed
    cash = {"cash-key": "k1", "cash-who": "0711000001", "cash-amount": "400", "cash-way": "in"}
    assert send(maker, "office", "office/cash", **cash) == "KES 400 is on its way to Wanjiru."
    send(maker, "office", "office/cash", **cash)
    village.post()
    assert village.balance(WANJIRU) == 900_00
    assert "A member and an amount are needed" in send(maker, "office", "office/cash", **{**cash, "cash-amount": "much"})
    milk = {"delivery-key": "d1", "delivery-who": "0711000001", "delivery-product": "milk", "delivery-quantity": "42.5", "delivery-centre": "Kiboko"}
    assert send(maker, "office", "office/delivery", **milk) == "42.5 kg milk of Wanjiru: KES 1,912.50."
    assert "Nobody has set a price" in send(maker, "office", "office/delivery", **{**milk, "delivery-key": "d2", "delivery-product": "gold"})
    village.post()
    shown = page(maker, "produce")
    assert "42.5 kg" in shown
    assert "KES 1,912.50" in shown


def test_a_file_is_previewed_asked_for_and_paid(staffed: tuple[Village, FlaskClient, FlaskClient]) -> None:
    village, maker, checker = staffed
    token = csrf(page(maker, "bulk"))
    file = (io.BytesIO(b"to,amount,note\n0711000001,100,=1+1\n0799999999,5,\n"), "bonus.csv")
    data = {"csrf_token": token, "upload-name": "Bonus", "upload-file": file}
    answer = maker.post("/console/bulk", data=data, content_type="multipart/form-data", follow_redirects=True)
    shown = answer.get_data(as_text=True)
    assert "nobody has this number or code" in shown
    assert "=1+1" in shown
    id = re.search(r"/console/bulk/(\d+)/cancel", shown)[1]  # type: ignore[index]
    assert send(maker, f"bulk/{id}", "ask/bulk", batch_id=id, about="Bonus").startswith("Asked for.")
    asked = re.search(r"/console/approvals/(\d+)", page(checker, "approvals"))[1]  # type: ignore[index]
    assert f'href="/console/bulk/{id}"' in page(checker, f"approvals/{asked}"), "whoever decides sees every line first"
    assert "Bonus: 1 of 2 lines, KES 100" in page(checker, f"approvals/{asked}")
    assert decide(village, checker) == "It is done."
    assert village.balance(WANJIRU) == 600_00


def test_the_books_their_statements_and_files(staffed: tuple[Village, FlaskClient, FlaskClient]) -> None:
    _, maker, checker = staffed
    shown = page(checker, "books")
    assert "the two sides are equal" in shown
    assert send(checker, "books", "books/prove").startswith("Sound: ")
    account = re.search(r"/console/accounts/(M\d{5})\b", shown)[1]  # type: ignore[index]
    assert "Opening balance" in looks_at(checker, f"/console/accounts/{account}")
    csv = checker.get(f"/console/accounts/{account}?csv=1").get_data(as_text=True).splitlines()
    assert csv[0].startswith("moment,amount_minor")
    assert csv[1].endswith(",opening balance,,,,,0")
    trial = checker.get("/console/books?csv=1").get_data(as_text=True)
    assert "FLOAT,Float at the bank,asset,KES" in trial
    assert "Nothing moved in this span." in page(checker, f"accounts/{account}?begins=2020-01-01&ends=2020-01-31")
    assert page(maker, "accounts?product=agent").count("/console/accounts/A2001") == 1


def test_one_person_stops_and_two_go_on(staffed: tuple[Village, FlaskClient, FlaskClient]) -> None:
    village, maker, checker = staffed
    assert send(checker, "books", "books/stop", **{"stop-why": "something is odd"}).startswith("All sending rests")
    phone = village.phone(WANJIRU)
    phone.dials()
    for key in ("2", "1", "0722000002", "100", "4715"):
        screen = phone.types(key)
    assert screen.startswith("Sending rests for a short time.")
    assert send(maker, "books", "ask/resume", because="something is odd (joseph)").startswith("Asked for.")
    assert decide(village, checker) == "It is done."
    phone.dials()
    for key in ("2", "1", "0722000002", "100", "4715"):
        screen = phone.types(key)
    assert screen.startswith("Sent KES 100")


def test_a_tariff_a_limit_and_a_period_are_asked_for(staffed: tuple[Village, FlaskClient, FlaskClient]) -> None:
    village, maker, checker = staffed
    tariff = {"tariff-kind": "withdrawal", "tariff-name": "Taking out", "tariff-payer": "source", "tariff-valid_from": "2026-11-23",
              "tariff-bands": "10 500 11\n501 250000 29 0 15"}  # fmt: skip
    assert send(maker, "prices", "prices/tariff", **tariff).startswith("Asked for.")
    assert "lines like" in send(maker, "prices", "prices/tariff", **{**tariff, "tariff-bands": "ten 500 11"})
    assert decide(village, checker) == "It is done."
    shown = page(maker, "prices")
    assert "excise 15 %" in shown
    limit = {"limit-kind": "*", "limit-scope": "month", "limit-tier": "1", "limit-most": "50000", "limit-gives_back": "yes", "limit-valid_from": "2026-11-23"}
    assert send(maker, "prices", "prices/limit", **limit).startswith("Asked for.")
    assert decide(village, checker) == "It is done."
    assert "KES 50,000" in page(maker, "prices")
    assert send(maker, "books", "books/period", **{"period-ends": "2026-12-31"}).startswith("Asked for.")
    assert "could not be done" in decide(village, checker)


def test_a_statement_is_read_and_suspense_finds_its_owner(staffed: tuple[Village, FlaskClient, FlaskClient]) -> None:
    village, maker, checker = staffed
    file = (io.BytesIO(b"ref,day,amount,number,note\nB1,2026-11-23,99.00,0799999999,who\n"), "bank.csv")
    answer = maker.post(
        "/console/imports", data={"csrf_token": csrf(page(maker, "imports")), "upload-name": "Bank", "upload-file": file}, content_type="multipart/form-data",
        follow_redirects=True,
    )  # fmt: skip
    assert "1 new lines" in answer.get_data(as_text=True)
    id = re.search(r'name="import_id" value="(\d+)"', page(maker, "imports"))[1]  # type: ignore[index]
    assert send(maker, "imports", "ask/import", import_id=id).startswith("Asked for.")
    assert decide(village, checker) == "It is done."
    line = re.search(r'class=" ref">\s*(\d{15,})', page(maker, "imports"))[1]  # type: ignore[index]
    with village.world() as world:
        account = ledger_rows.account(world, village.account_id(OTIENO)).code
    assert send(maker, "imports", "imports/assign", **{"assign-line": line, "assign-account": account}).startswith("Asked for.")
    assert decide(village, checker) == "It is done."
    assert village.balance(OTIENO) == 99_00


def test_a_dispute_is_seen_and_decided(staffed: tuple[Village, FlaskClient, FlaskClient]) -> None:
    village, maker, checker = staffed
    phone = village.phone(WANJIRU)
    for call in (("2", "1", "0733000003", "300", "4715"), ("2", "6", "1", "1")):
        phone.dials()
        for key in call:
            phone.types(key)
    shown = page(maker, "matters")
    assert "KES 300" in shown
    transfer = re.search(r'name="transfer_id" value="(\d+)"', shown)[1]  # type: ignore[index]
    assert send(maker, "matters", "ask/dispute", transfer_id=transfer, give="yes", about="Wanjiru").startswith("Asked for.")
    assert decide(village, checker) == "It is done."
    assert village.balance(WANJIRU) == 495_00


NASTY = (
    ("prices/tariff", {"tariff-kind": "transfer", "tariff-name": "x", "tariff-payer": "source", "tariff-valid_from": "2026-11-23", "tariff-bands": "1 nan 5"}),
    (
        "prices/tariff",
        {"tariff-kind": "transfer", "tariff-name": "x", "tariff-payer": "source", "tariff-valid_from": "9999-12-31", "tariff-bands": "1 1e308 inf"},
    ),
    (
        "prices/limit",
        {"limit-kind": "*", "limit-scope": "day", "limit-tier": "1", "limit-times": "²", "limit-gives_back": "no", "limit-valid_from": "2026-11-23"},
    ),
    ("imports/assign", {"assign-line": "²", "assign-account": "x"}),
    ("imports/assign", {"assign-line": "9" * 30, "assign-account": "x"}),
    ("office/cash", {"cash-key": "k", "cash-who": "0711000001", "cash-amount": "9" * 30, "cash-way": "in"}),
    ("office/delivery", {"delivery-key": "k", "delivery-who": "0711000001", "delivery-product": "milk", "delivery-quantity": "²", "delivery-centre": "x"}),
    ("ask/reversal", {"transfer_id": "9" * 30, "why": "x"}),
    ("ask/dispute", {"transfer_id": "²", "give": "yes"}),
    ("books/period", {"period-ends": "9999-12-31"}),
)


@pytest.mark.parametrize(("path", "fields"), NASTY)
def test_nasty_input_breaks_nothing(staffed: tuple[Village, FlaskClient, FlaskClient], path: str, fields: dict[str, str]) -> None:
    _, maker, _ = staffed
    answer = maker.post(f"/console/{path}", data={"csrf_token": csrf(page(maker, "books")), **fields})

    assert answer.status_code in (302, 400)


@pytest.mark.parametrize(
    "path", ["books?day=9999-12-31", "approvals?before=²", "transactions?before=²", "feedback?before=²", "accounts/FLOAT?begins=0001-01-01&ends=9999-12-31"]
)
def test_nasty_addresses_break_nothing(staffed: tuple[Village, FlaskClient, FlaskClient], path: str) -> None:
    page(staffed[1], path)


def test_the_same_cash_key_with_another_amount_is_said(staffed: tuple[Village, FlaskClient, FlaskClient]) -> None:
    village, maker, _ = staffed
    cash = {"cash-key": "k1", "cash-who": "0711000001", "cash-amount": "400", "cash-way": "in"}
    send(maker, "office", "office/cash", **cash)
    assert "cannot take it" in send(maker, "office", "office/cash", **{**cash, "cash-amount": "500"})
    village.post()
    assert village.balance(WANJIRU) == 900_00


def test_a_new_pin_is_asked_for_by_one_who_saw_the_id_and_agreed_to_by_another(staffed: tuple[Village, FlaskClient, FlaskClient]) -> None:
    village, maker, checker = staffed
    with village.world() as world:
        account = ledger_rows.account_of(world, village.member(world, WANJIRU).id).code
    looks_at(maker, f"/console/accounts/{account}")
    assert send(maker, f"accounts/{account}", f"accounts/{account}/pin", **{"pin-seen": "passport", "pin-why": "no guardians"}).startswith("Asked for.")
    assert f"account {account}, seen passport, why no guardians" in page(checker, "approvals")
    assert decide(village, checker) == "It is done."

    assert "at the office, by amina+joseph" in page(maker, "calls")
    assert "with your ID for a new PIN" in village.sms(WANJIRU)[-1]
    assert send(maker, "accounts/A2001", "accounts/A2001/pin", **{"pin-seen": "passport", "pin-why": "x"}).startswith("Asked for.")
    assert decide(village, checker) == "It could not be done: there is no such member."
