"""The books: what the ledger does, and what the database itself refuses, whatever code comes to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import exc, text

from gateway.ledger import facts as books
from gateway.ledger import rows, verbs
from gateway.ledger.model import AlreadyReversed, Conflict, Money, NoFunds, NotTaken, OnHold, OverLimit, Reserved, Wish
from gateway.ledger.prices.model import Band
from gateway.ledger.proof.facts import verify
from tests.cast import OTIENO, WANJIRU, Village


def send(village: Village, key: str, amount: int, source: str = WANJIRU, destination: str = OTIENO, **more: object):
    source_id, destination_id = village.account_id(source), village.account_id(destination)
    with village.world() as world:
        return verbs.reserve(world, Wish("transfer", source_id, destination_id, amount, "test", key, "test", **more))  # type: ignore[arg-type]


def test_a_short_code_that_was_drawn_before_is_drawn_again(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of thirty-two letters twenty are used: a ledger of a million has the same trouble with eight letters."""
    monkeypatch.setattr("gateway.ledger.model.REF_LENGTH", 1)
    village.has("Wanjiru", WANJIRU, 100_000, "4715")
    village.has("Otieno", OTIENO, 100, "5839")
    one_by_one = [send(village, f"ref-{n}", 100 + n) for n in range(10)]
    with village.world() as world:
        ids = (village.account_id(WANJIRU), village.account_id(OTIENO))
        together = verbs.reserve_many(world, [Wish("transfer", *ids, 200 + n, "test", f"ref-more-{n}", "test") for n in range(10)])
    refs = [one.transfer.ref for one in (*one_by_one, *together) if isinstance(one, Reserved)]

    assert len(refs) == 20
    assert len(set(refs)) == 20


def test_money_is_written_out_one_way() -> None:
    assert [str(Money(minor)) for minor in (0, 5, 50, 100, 100_050, -250_000)] == ["KES 0", "KES 0.05", "KES 0.50", "KES 1", "KES 1,000.50", "KES -2,500"]
    assert str(Money(1500, "UGX", 0)) == "UGX 1,500"
    with pytest.raises(AssertionError):
        Money(1, "KES") + Money(1, "UGX", 0)


@pytest.mark.parametrize(("amount", "fee"), [(1, 5), (49, 5), (50, 6), (100, 6), (149, 6), (150, 7), (5_000, 55)])
def test_a_share_is_rounded_half_up(amount: int, fee: int) -> None:
    assert Band(1, 10_000, 5, 100).price(amount).fee == fee


@pytest.mark.parametrize(("shillings", "fee"), [(1, 0), (100, 0), (100.01, 5), (1_000, 5), (1_000.01, 10), (10_000, 10), (10_000.01, 25), (250_000, 25)])
def test_every_amount_has_one_fee(village: Village, shillings: float, fee: int) -> None:
    with village.world() as world:
        assert books.fee(world, "transfer", round(shillings * 100)) == fee * 100


def test_a_transfer_is_reserved_posted_and_told(village: Village) -> None:
    village.everybody()
    village.workers_run_at_once = False
    came = send(village, "one", 20_000)
    assert isinstance(came, Reserved)
    with village.world() as world:
        payer = rows.account(world, village.account_id(WANJIRU))
    assert (payer.balance, payer.held, payer.available) == (50_000, 20_500, 29_500)

    assert village.post() == 1
    assert village.post() == 0
    assert (village.balance(WANJIRU), village.balance(OTIENO)) == (29_500, 20_000)
    with village.world() as world:
        assert verify(world) == []


def test_the_same_key_gives_the_same_transfer_and_another_content_a_conflict(village: Village) -> None:
    village.everybody()
    one, two = send(village, "one", 20_000), send(village, "one", 20_000)

    assert one.transfer.ref == two.transfer.ref
    assert (one.new, two.new) == (True, False)
    with pytest.raises(Conflict):
        send(village, "one", 20_001)
    assert village.balance(OTIENO) == 20_000


@pytest.mark.parametrize(
    ("amount", "kind"),
    [(50_001, NoFunds), (49_501, NoFunds), (49_500, Reserved), (7_000_001, OverLimit)],
)
def test_what_is_not_there_is_not_promised(village: Village, amount: int, kind: type) -> None:
    village.everybody()

    assert isinstance(send(village, "one", amount), kind)


def test_what_is_held_cannot_be_promised_twice(village: Village) -> None:
    village.everybody()
    village.workers_run_at_once = False

    assert isinstance(send(village, "one", 30_000), Reserved)
    assert isinstance(send(village, "two", 30_000), NoFunds)


def test_fifty_at_once_never_exceed_what_is_there(village: Village) -> None:
    village.everybody()
    with ThreadPoolExecutor(10) as people:
        came = list(people.map(lambda n: _calm(lambda: send(village, f"k{n}", 4_900)), range(50)))

    assert sum(isinstance(one, Reserved) for one in came) == 10
    village.post()
    assert village.balance(WANJIRU) == 50_000 - 10 * 4_900
    assert village.money_of_all() == 0


def _calm(act: Callable[[], object]) -> object:
    """Try again where the one writer of SQLite was busy for too long, as a caller would dial again."""
    for _ in range(20):
        try:
            return act()
        except exc.OperationalError:
            continue
    raise AssertionError("never got its turn")


def test_the_day_limit_counts_in_the_organisations_own_day(village: Village) -> None:
    village.has("Wanjiru", WANJIRU, 500_000, "4715")
    village.has("Otieno", OTIENO, 0, "5839")
    village.clock.at = dt.datetime(2026, 11, 23, 20, 59, 50, tzinfo=dt.UTC)  # 23:59:50 in Nairobi
    for key in ("one", "two"):
        assert isinstance(send(village, key, 7_000_000), Reserved)
    assert send(village, "three", 100) == OverLimit("day", 0)

    village.clock.passes(seconds=15)
    assert send(village, "three", 100) == OverLimit("day", 0), "a refusal is for ever"
    assert isinstance(send(village, "four", 100), Reserved)


def test_a_receiver_that_is_closed_takes_nothing_and_the_hold_is_given_back(village: Village) -> None:
    village.everybody()
    village.workers_run_at_once = False
    send(village, "one", 20_000)
    with village.world() as world:
        assert verbs.set_status(world, village.account_id(OTIENO), "closed")
    village.post()

    with village.world() as world:
        payer = rows.account(world, village.account_id(WANJIRU))
        assert (payer.balance, payer.held) == (50_000, 0)
        assert books.left(world, payer) == 14_000_000
        assert verify(world) == []
    village.workers_run()
    assert "was not sent" in village.far_side.messages_to(WANJIRU)[-1].words
    assert isinstance(send(village, "two", 100), NotTaken)


def test_sending_rests_when_it_is_paused(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        world.write.execute(text("UPDATE organisations SET paused_because = 'the books are looked at'"))

    assert send(village, "one", 100) == OnHold("the books are looked at")


def test_a_reversal_turns_it_back_once(village: Village) -> None:
    village.everybody()
    village.workers_run_at_once = False
    sent = send(village, "one", 20_000)
    village.post()
    with village.world() as world:
        assert isinstance(verbs.reverse(world, sent.transfer.id, key="r1", authority="test"), Reserved)
    village.post()
    assert (village.balance(WANJIRU), village.balance(OTIENO)) == (49_500, 0)

    village.has("Kamau", "+254744000004", 900, "8361")
    deposit_again = send(village, "two", 20_000, source="+254744000004")
    village.post()
    assert isinstance(deposit_again, Reserved)
    with pytest.raises(AlreadyReversed):
        reverse_again(village, sent.transfer.id)


def reverse_again(village: Village, id: int) -> None:
    with village.world() as world:
        verbs.reverse(world, id, key="r2", authority="test")


# What the database itself refuses, whatever code comes to it.


def a_posting(
    debit: str = "debit_account_id", credit: str = "credit_account_id", amount: str = "amount", debit_seq: str = "901", credit_seq: str = "902", leg: int = 9
) -> str:
    """One more line, like the first of every transfer but for what is given."""
    return (
        "INSERT INTO postings (transfer_id, leg, organisation_id, debit_account_id, credit_account_id, amount, currency, purpose, debit_seq, credit_seq,"
        f" debit_balance, credit_balance, posted_at) SELECT transfer_id, {leg}, organisation_id, {debit}, {credit}, {amount}, currency, purpose, {debit_seq},"
        f" {credit_seq}, 0, 0, posted_at FROM postings WHERE leg = 1"
    )


def a_transfer(key: str = "'other'", amount: str = "amount", currency: str = "currency", kind: str = "kind", reversal_of: str = "NULL") -> str:
    """One more transfer, like the one there is but for what is given; a reversal goes the other way."""
    sides = "destination_id, source_id" if reversal_of != "NULL" else "source_id, destination_id"
    return (
        "INSERT INTO transfers (id, organisation_id, channel, key, request_hash, kind, subtype, source_id, destination_id, amount, fee, tax, currency,"
        f" set_aside, ref, authority, narrative, made_at, reversal_of) SELECT id + 1, organisation_id, channel, {key}, request_hash, {kind}, subtype, {sides},"
        f" {amount}, 0, 0, {currency}, set_aside, 'OTHER', authority, narrative, made_at, {reversal_of} FROM transfers WHERE kind = 'transfer'"
    )


def an_end(state: str = "'posted'", posted_amount: str = "amount", id: str = "id") -> str:
    """One more end, of the transfer there is."""
    return (
        f"INSERT INTO ends (transfer_id, organisation_id, state, posted_amount, batch_id, done_at, seal) SELECT {id}, organisation_id, {state},"
        f" {posted_amount}, 1, made_at, 'x' FROM transfers WHERE kind = 'transfer'"
    )


REFUSED = {
    "an overdraft": "UPDATE accounts SET debits = debits + 100000000 WHERE owner_id IS NOT NULL",
    "a hold beyond the floor": "UPDATE accounts SET held = held + 100000000 WHERE owner_id IS NOT NULL",
    "a counter that shrinks": "UPDATE accounts SET credits = credits - 1 WHERE credits > 0",
    "an account in another currency": "UPDATE accounts SET currency = 'PTS' WHERE seq = 0 AND currency = 'KES'",
    "a closed account that is not empty": "UPDATE accounts SET status = 'closed' WHERE credits > debits",
    "an edited posting": "UPDATE postings SET amount = amount + 1",
    "a deleted posting": "DELETE FROM postings",
    "a deleted transfer": "DELETE FROM transfers",
    "a deleted account": "DELETE FROM accounts",
    "a deleted end": "DELETE FROM ends",
    "an edited end": "UPDATE ends SET state = 'rejected'",
    "an edited batch": "UPDATE batches SET hash = 'x'",
    "a head that jumps": "UPDATE shards SET seq = seq + 2",
    "an edited amount": "UPDATE transfers SET amount = amount + 1",
    "an edited receiver": "UPDATE transfers SET destination_id = source_id",
    "a transfer that ends twice": an_end(),
    "an end of nothing": an_end(id="id + 7"),
    "a posted one without postings": a_transfer() + ";" + an_end(id="id").replace("kind = 'transfer'", "key = 'other'"),
    "a posting of nothing": a_posting(amount="0"),
    "a posting from itself to itself": a_posting(credit="debit_account_id"),
    "a posting without a waiting transfer": a_posting(),
    "a line number used again": a_posting(debit_seq="debit_seq", credit_seq="credit_seq"),
    "a key used again": a_transfer(key="key"),
    "a transfer of a negative amount": a_transfer(amount="-1"),
    "a transfer of no known kind": a_transfer(kind="'gift'"),
    "a transfer in another currency": a_transfer(currency="'PTS'"),
    "a reversal of more than there was": a_transfer(kind="'reversal'", amount="amount + 1", reversal_of="id"),
    "a reversal that nobody noted": a_transfer(kind="'reversal'", reversal_of="id"),
    "a rewritten audit trail": "UPDATE audit SET action = 'nothing'",
    "a deleted audit trail": "DELETE FROM audit",
    "a changed consent": "UPDATE consents SET version = 'x'",
}


def test_what_is_nearly_the_same_is_not_refused(village: Village) -> None:
    """The statements above are whole: without their fault they pass."""
    village.everybody()
    send(village, "one", 20_000)
    with village.world() as world:
        world.write.execute(text(a_transfer()))


def run_all(village: Village, statements: list[str]) -> None:
    with village.world() as world:
        for statement in statements:
            world.write.execute(text(statement))


@pytest.mark.parametrize("wrong", REFUSED)
def test_the_database_refuses(village: Village, wrong: str) -> None:
    from gateway.store import audit

    village.everybody()
    send(village, "one", 20_000)
    with village.world() as world:
        audit.note(world, "grace", "looked", "something")

    with pytest.raises(exc.DBAPIError):
        run_all(village, REFUSED[wrong].split(";"))

    with village.world() as world:
        assert verify(world) == []
        assert audit.broken(world) is None


def test_a_second_reversal_is_refused_by_the_database(village: Village) -> None:
    village.everybody()
    sent = send(village, "one", 20_000)
    with village.world() as world:
        assert isinstance(verbs.reverse(world, sent.transfer.id, key="r1", authority="test", amount=100), Reserved)

    with pytest.raises(exc.IntegrityError), village.world() as world:
        world.write.execute(text("INSERT INTO reversals SELECT transfer_id, organisation_id, by_id + 1 FROM reversals"))
    with pytest.raises(exc.DBAPIError), village.world() as world:
        world.write.execute(text("DELETE FROM reversals"))


def test_a_balance_that_was_changed_behind_our_back_is_found(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        world.write.execute(text("UPDATE accounts SET credits = credits + 100 WHERE id = :id"), {"id": village.account_id(OTIENO)})

    with village.world() as world:
        faults = verify(world)

    assert len(faults) == 2  # the account, and the sum of all
    assert "add up to 100" in faults[1].what
