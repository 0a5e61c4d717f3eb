"""The invariants of the books by number, and by name the four bugs that come back in every ledger.

Where an invariant has a whole file of tests elsewhere, ELSEWHERE says which test holds it.
"""

from __future__ import annotations

import datetime as dt
import importlib
import random
import re
import sqlite3
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import exc, func, select, text

from gateway.ledger import rows, verbs
from gateway.ledger.model import AlreadyReversed, Conflict, Money, NoFunds, Organisation, Reserved, Resolved, ResolvedBefore, Wish
from gateway.ledger.posting.verbs import post_batch
from gateway.ledger.proof.facts import prove, verify
from gateway.ledger.proof.verbs import close_period
from gateway.ledger.statements.facts import as_of, trial_balance
from gateway.ledger.tables import batches, ends, postings, transfers
from gateway.site import Site
from gateway.store.tables import new_id
from gateway.up.demo import found_organisation
from gateway.world import SHARDS
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, make_settings
from tests.ledger.hands import ask, faults
from tests.servers.postgres import binaries

ELSEWHERE = {
    2: "test_books.test_the_database_refuses",
    9: "test_books.test_the_database_refuses",
    10: "test_tampering.test_a_changed_byte_is_found_and_named",
    13: "test_model.test_the_model_agrees",
    19: "test_model.test_the_model_agrees",
    20: "test_prices.test_many_at_once_never_pass_a_limit",
    21: "test_prices.test_the_fee_that_is_quoted_is_the_fee_that_is_charged",
    23: "test_prices.test_a_closed_or_blocked_or_dormant_account_takes_and_gives_nothing",
    26: "test_posting.test_a_crash_at_every_call_of_a_batch_leaves_nothing_half_done",
    27: "test_posting.test_a_crash_at_every_call_of_the_asking_promises_nothing",
    28: "test_posting.test_one_that_cannot_be_written_is_put_aside_and_its_mates_are_posted",
    31: "test_posting.test_amounts_near_the_end_of_the_column_are_refused_cleanly",
}
LAST = 32


def account(village: Village, number: str = WANJIRU) -> Any:
    with village.world() as world:
        return rows.account(world, village.account_id(number))


def state(village: Village, id: int) -> str:
    with village.world() as world:
        found = rows.transfer(world, id)
    assert found
    return found.state


def resolve(village: Village, verb: Any, *given: Any) -> Any:
    with village.world() as world:
        return verb(world, *given)


def traffic(village: Village, count: int = 30) -> None:
    """Payments, holds and reversals of every end, posted in batches of several sizes."""
    dice, people = random.Random(20417), (WANJIRU, OTIENO, ACHIENG)
    for n in range(count):
        source, destination = dice.sample(people, 2)
        came = ask(village, f"t{n}", dice.randrange(100, 20_000), source, destination, hold=n % 5 == 0)
        if isinstance(came, Reserved) and n % 5 == 0:
            resolve(village, dice.choice((verbs.post_hold, verbs.void_hold)), came.transfer.id)
        if n % 7 == 0:
            village.post()
    village.post()


def test_every_invariant_has_its_test() -> None:
    here = {int(number) for name in globals() if name.startswith("test_") for number in re.findall(r"_(\d\d)(?=_)", name)}
    assert here | set(ELSEWHERE) | {22} == set(range(1, LAST + 1))  # 22, two persons, is a matter of money and not of the books: tests/money
    for where in ELSEWHERE.values():
        module, name = where.split(".")
        assert callable(getattr(importlib.import_module(f"tests.ledger.{module}"), name))


def test_01_debits_and_credits_are_the_same_in_every_currency(books: Village) -> None:
    with books.world() as world:
        rows.add_currency(world, "UGX", 0, "Ugandan shilling")
        verbs.open_system_accounts(world, "UGX")
        one, two = (verbs.open_account(world, code=code, name=code, currency="UGX", floor=None) for code in ("U1", "U2"))
        verbs.reserve(world, Wish("transfer", one, two, 7_000, "test", "ugx", "test"))
    traffic(books)
    sums: Counter[str] = Counter()
    with books.world() as world:
        for line in trial_balance(world):
            sums[line.currency] += line.balance
    assert sums == {"KES": 0, "UGX": 0, **({"PTS": 0} if "PTS" in sums else {})}


def test_03_04_counters_are_the_sum_of_the_lines_and_lines_have_no_gap(books: Village) -> None:
    traffic(books)
    with books.world() as world:
        lines = world.read.execute(select(postings)).all()
        every = rows.all_accounts(world)
    for one in every:
        mine = sorted(
            [(row.debit_seq, -row.amount, row.debit_balance) for row in lines if row.debit_account_id == one.id]
            + [(row.credit_seq, row.amount, row.credit_balance) for row in lines if row.credit_account_id == one.id]
        )
        assert [seq for seq, _, _ in mine] == list(range(1, one.seq + 1))
        assert [balance for _, _, balance in mine] == [sum(amount for _, amount, _ in mine[: n + 1]) for n in range(len(mine))]
        assert one.balance == sum(amount for _, amount, _ in mine)


def test_05_holds_not_counted(books: Village) -> None:
    """The first of the four: what is held is not there for another payment, and posting it never breaks a floor."""
    held = ask(books, "hold", 40_000, hold=True)
    assert isinstance(held, Reserved)
    assert account(books).available == 50_000 - held.transfer.total
    assert isinstance(ask(books, "second", 20_000), NoFunds)
    resolve(books, verbs.post_hold, held.transfer.id)
    books.post()
    assert (account(books).balance, account(books).held) == (50_000 - held.transfer.total, 0)


def test_06_no_statement_takes_an_account_below_its_floor_or_over_its_ceiling(books: Village) -> None:
    with books.world() as world:
        jar = verbs.open_account(world, code="JAR", name="Jar", ceiling=1_000)
        for key in ("one", "two"):
            verbs.reserve(world, Wish("transfer", books.account_id(WANJIRU), jar, 600, "test", key, "test"))
    books.post()
    with books.world() as world:
        assert rows.account(world, jar).balance == 600
    for wrong in ("credits = credits + 500", "held = held + 700"):
        with pytest.raises(exc.IntegrityError), books.world() as world:
            world.write.execute(text(f"UPDATE accounts SET {wrong} WHERE code = 'JAR'"))


def test_07_fees_and_taxes_all_arrive_at_home(books: Village) -> None:
    traffic(books)
    with books.world() as world:
        charged = world.read.execute(
            select(func.sum(transfers.c.fee - transfers.c.tax), func.sum(transfers.c.tax)).join(ends, ends.c.transfer_id == transfers.c.id).where(
                ends.c.state == "posted"
            )
        ).one()  # fmt: skip
        fees, tax = (rows.account_by_code(world, code) for code in ("FEES", "TAX"))
    assert charged[0] > 0
    assert (fees.balance, tax.balance) == (int(charged[0]), int(charged[1]))


def test_08_what_members_own_stands_against_what_the_bank_holds(books: Village) -> None:
    traffic(books)
    with books.world() as world:
        balances = Counter[bool]()
        for line in trial_balance(world):
            balances[line.kind == "asset"] += line.balance
    assert balances[False] == -balances[True] > 0


def test_11_12_one_wish_for_a_key_and_one_end_for_a_wish(books: Village) -> None:
    came = ask(books, "once", 5_000)
    for _ in range(3):
        assert ask(books, "once", 5_000).transfer.id == came.transfer.id
        books.post()
    with books.world() as world:
        assert world.read.scalar(select(func.count()).select_from(transfers).where(transfers.c.key == "once")) == 1
        assert world.read.scalar(select(func.count()).select_from(postings).where(postings.c.transfer_id == came.transfer.id, postings.c.leg == 1)) == 1


def test_13_18_a_retry_that_doubles(books: Village) -> None:
    """The second: the same key, at once, after it was posted, and a year later, is the same payment."""
    first = ask(books, "same", 5_000)
    for span in ({"seconds": 0}, {"minutes": 6}, {"days": 2}, {"days": 366}):
        books.clock.passes(**span)
        again = ask(books, "same", 5_000)
        assert (again.transfer.ref, again.new) == (first.transfer.ref, False)
        books.post()
    with pytest.raises(Conflict):
        ask(books, "same", 5_001)
    assert books.balance(OTIENO) == 5_000


def test_14_what_was_refused_stays_refused_though_money_came(books: Village) -> None:
    refused = ask(books, "poor", 90_000)
    assert isinstance(refused, NoFunds)
    ask(books, "gift", 100_000, ACHIENG, WANJIRU)
    books.post()
    assert ask(books, "poor", 90_000) == refused
    assert isinstance(ask(books, "poor again", 90_000), Reserved)


def test_15_a_double_reversal(books: Village) -> None:
    """The third: a payment goes back once, whole or in part, never more than it was, and a reversal does not go back."""
    came = ask(books, "paid", 20_000)
    books.post()
    with books.world() as world:
        assert verbs.reverse(world, came.transfer.id, key="r0", authority="test", amount=20_001) == verbs.NotTaken("more than was moved")
        back = verbs.reverse(world, came.transfer.id, key="r1", authority="test", amount=15_000)
    books.post()
    with pytest.raises(AlreadyReversed), books.world() as world:
        verbs.reverse(world, came.transfer.id, key="r2", authority="test", amount=5_000)
    assert isinstance(back, Reserved)
    with books.world() as world:
        assert isinstance(verbs.reverse(world, back.transfer.id, key="r3", authority="test"), verbs.NotTaken)
    assert books.balance(OTIENO) == 5_000
    assert faults(books) == []


def test_15b_what_the_receiver_has_spent_is_not_turned_back_and_may_be_later(village: Village) -> None:
    village.workers_run_at_once = False
    with village.world() as world:
        one, other = (verbs.open_account(world, code=f"T{name}", name=name) for name in ("A", "B"))
        came = verbs.reserve(world, Wish("deposit", world.system_accounts["FLOAT"], one, 10_000, "test", "r-in", "test"))
    village.post()
    with village.world() as world:
        verbs.reserve(world, Wish("transfer", one, other, 4_000, "test", "r-out", "test", free=True))
    for _ in range(2):
        with village.world() as world:
            assert isinstance(verbs.reverse(world, came.transfer.id, key="r-back", authority="test"), NoFunds)
    village.post()
    with village.world() as world:
        verbs.reserve(world, Wish("transfer", other, one, 4_000, "test", "r-again", "test", free=True))
    village.post()
    with village.world() as world:
        assert isinstance(verbs.reverse(world, came.transfer.id, key="r-back", authority="test"), Reserved)
    village.post()
    with village.world() as world:
        assert rows.account(world, one).balance == 0
        assert verify(world) == []


def test_16_a_pending_used_twice(books: Village) -> None:
    """The fourth: a hold comes to one end, whatever is asked of it afterwards, and what was not used goes back with it."""
    posted, voided = (ask(books, key, 20_000, hold=True).transfer for key in ("posted", "voided"))
    assert resolve(books, verbs.post_hold, posted.id, 12_000) == Resolved("pending")
    assert resolve(books, verbs.post_hold, posted.id, 12_000) == ResolvedBefore("pending")
    assert resolve(books, verbs.void_hold, posted.id) == ResolvedBefore("pending")
    books.post()
    assert resolve(books, verbs.post_hold, posted.id) == ResolvedBefore("posted")
    assert resolve(books, verbs.void_hold, voided.id) == Resolved("voided")
    assert resolve(books, verbs.post_hold, voided.id) == ResolvedBefore("voided")
    assert resolve(books, verbs.void_hold, voided.id) == ResolvedBefore("voided")
    books.post()
    assert (books.balance(OTIENO), account(books).held) == (12_000, 0)


def test_16_a_hold_never_ends_before_its_time(books: Village) -> None:
    until = books.clock.at + dt.timedelta(minutes=10)
    held = ask(books, "hold", 1_000, hold=True, expires_at=until).transfer
    books.clock.passes(minutes=9, seconds=59)
    assert resolve(books, verbs.expire_holds) == []
    books.clock.passes(seconds=2)
    assert [one.id for one in resolve(books, verbs.expire_holds)] == [held.id]
    assert resolve(books, verbs.post_hold, held.id) == ResolvedBefore("expired")


def test_17_one_receipt_with_the_figures_of_the_posting(books: Village) -> None:
    came = ask(books, "told", 20_000)
    for _ in range(3):
        books.workers_run()
    said = [one.words for one in books.far_side.messages_to(WANJIRU)]
    payer = account(books)
    mine = [body for body in said if came.transfer.ref in body]
    assert len(mine) == 1
    for figure in ("KES 200", str(Money(came.transfer.fee)), str(Money(payer.balance))):
        assert figure in mine[0]


def test_24_25_nothing_is_posted_before_what_is_closed_and_time_only_goes_on(books: Village) -> None:
    ask(books, "one", 100)
    books.post()
    books.clock.passes(days=1)
    with books.world() as world:
        closed = books.clock.at - dt.timedelta(hours=1)
        assert close_period(world, closed, "grace") == ""
    books.clock.passes(days=-3)  # the clock of the machine steps back
    two = ask(books, "two", 100).transfer.id
    assert books.post() == 1
    with books.world() as world:
        late = rows.transfer(world, two)
        moments = [row.posted_at for row in world.read.execute(select(postings.c.posted_at, postings.c.transfer_id).order_by(postings.c.transfer_id))]
    assert late
    assert late.state == "posted", "a clock that steps back puts nothing aside"
    assert late.made_at < closed < late.done_at, "it is posted now, into the period that is open"
    assert moments == sorted(set(moments))
    assert faults(books) == []


def test_29_32_balance_and_promises_come_from_one_look(books: Village) -> None:
    came = ask(books, "one", 10_000)
    books.workers_run()
    assert came.transfer.total == 50_000 - account(books).balance
    with books.world() as world:  # one row, so one snapshot
        before = rows.account(world, books.account_id(WANJIRU))
        assert as_of(world, before, books.clock.at) == before.balance
    held = ask(books, "two", 10_000, hold=True)
    now = account(books)
    assert (now.balance, now.held, now.available) == (before.balance, held.transfer.total, before.balance - held.transfer.total)


def test_30_a_backup_that_is_put_back_has_the_same_books(books: Village, tmp_path: Path, redis_url: str) -> None:
    traffic(books)
    url = _restored(books, tmp_path)
    site = Site(make_settings(tmp_path / "restored", url, redis_url, "http://127.0.0.1:9"), books.clock)
    try:
        with books.world() as was, site.world(books.organisation, seconds=60) as world:
            assert [(one.code, one.balance) for one in trial_balance(world)] == [(one.code, one.balance) for one in trial_balance(was)]
            there, here = prove(world), prove(was)
    finally:
        site.close()
    assert there.head == here.head != ""
    assert there.faults == []


def _restored(village: Village, folder: Path) -> str:
    """A copy of the database made with the engine's own tool for it."""
    url = village.settings.database_url
    (folder / "restored").mkdir()
    if url.startswith("sqlite"):
        copy = folder / "restored" / "pamoja.db"
        with sqlite3.connect(url.removeprefix("sqlite:///")) as source, sqlite3.connect(copy) as target:
            source.backup(target)
        return f"sqlite:///{copy}"
    plain = url.replace("postgresql+psycopg://", "postgresql://")
    base, name = plain.rsplit("/", 1)
    dump = subprocess.run([binaries() / "pg_dump", plain], check=True, capture_output=True).stdout
    psql = binaries() / "psql"
    subprocess.run([psql, f"{base}/postgres", "-qc", f"CREATE DATABASE {name}_back"], check=True, capture_output=True)
    subprocess.run([psql, f"{base}/{name}_back", "-q", "-v", "ON_ERROR_STOP=1"], input=dump, check=True, capture_output=True)
    return f"{base}/{name}_back"


def test_no_batch_mixes_organisations(books: Village) -> None:
    """Two organisations in one database: each has its own lines, and neither sees or posts what is the other's."""
    other = Organisation(new_id(), "Tumaini Water", "Tumaini", "Africa/Kampala", "KES", 2, "en", "*384*777#", "20777", "256", 9)
    with books.site.world(other, seconds=60) as world:
        found_organisation(world)
        one, two = (verbs.open_account(world, code=code, name=code, floor=None) for code in ("O1", "O2"))
    for n in range(6):
        ask(books, f"same{n}", 100)
        with books.site.world(other, seconds=60) as world:
            assert isinstance(verbs.reserve(world, Wish("transfer", one, two, 100, "test", f"same{n}", "test")), Reserved)
    with books.site.world(other, seconds=60) as world:
        assert rows.transfer(world, ask(books, "mine", 100).transfer.id) is None
        settled = [one for shard in range(SHARDS) for one in post_batch(world, shard).settled]
    assert {settled_one.transfer.organisation_id for settled_one in settled} == {other.id}
    books.post()
    with books.world() as world:
        mixed = world.read.execute(
            select(batches.c.id).join(ends, ends.c.batch_id == batches.c.id).where(ends.c.organisation_id != batches.c.organisation_id)
        ).all()
        assert mixed == []
        assert world.read.scalar(select(func.count(func.distinct(batches.c.organisation_id)))) == 2
    assert faults(books) == []
    with books.site.world(other, seconds=60) as world:
        assert verify(world) == []
    wanjiru = books.account_id(WANJIRU)
    with pytest.raises(KeyError), books.world() as world:  # an account of one is no receiver for the other
        verbs.reserve(world, Wish("transfer", wanjiru, two, 100, "test", "across", "test"))
