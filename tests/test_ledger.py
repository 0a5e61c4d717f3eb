"""The books: what the ledger does, what the database itself refuses, and a model that says what should come of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule
from sqlalchemy import exc, text

from gateway.ledger import facts as books
from gateway.ledger import rows, verbs
from gateway.ledger.model import Account, Band, Conflict, Money, NoFunds, NotTaken, OnHold, OverDayLimit, OverOnce, Reserved
from gateway.world import World
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, float_of


def send(village: Village, key: str, amount: int, source: str = WANJIRU, destination: str = OTIENO, **more: object):
    source_id, destination_id = village.account_id(source), village.account_id(destination)
    with village.world() as world:
        return verbs.reserve(
            world, kind="transfer", source_id=source_id, destination_id=destination_id, amount=amount, channel="test", key=key, authority="test", **more
        )  # type: ignore[arg-type]


def test_money_is_written_out_one_way() -> None:
    assert [str(Money(minor)) for minor in (0, 5, 50, 100, 100_050, -250_000)] == ["KES 0", "KES 0.05", "KES 0.50", "KES 1", "KES 1,000.50", "KES -2,500"]
    assert str(Money(1500, "UGX", 0)) == "UGX 1,500"
    with pytest.raises(AssertionError):
        Money(1, "KES") + Money(1, "UGX", 0)


@pytest.mark.parametrize(("amount", "fee"), [(1, 5), (49, 5), (50, 6), (100, 6), (149, 6), (150, 7), (5_000, 55)])
def test_a_share_is_rounded_half_up(amount: int, fee: int) -> None:
    assert Band(1, 10_000, 5, 100).fee(amount) == fee


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
        assert books.verify(world) == []


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
    [(50_001, NoFunds), (49_501, NoFunds), (49_500, Reserved), (7_000_001, OverOnce)],
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
    assert send(village, "three", 100) == OverDayLimit(0)

    village.clock.passes(seconds=15)
    assert isinstance(send(village, "three", 100), Reserved)


def test_a_receiver_that_is_closed_takes_nothing_and_the_hold_is_given_back(village: Village) -> None:
    village.everybody()
    village.workers_run_at_once = False
    send(village, "one", 20_000)
    with village.world() as world:
        world.write.execute(text("UPDATE accounts SET status = 'closed' WHERE id = :id"), {"id": village.account_id(OTIENO)})
    village.post()

    with village.world() as world:
        payer = rows.account(world, village.account_id(WANJIRU))
        assert (payer.balance, payer.held) == (50_000, 0)
        assert rows.used(world, payer.id, books.day_window(world, "transfer", world.now())) == 0
        assert books.verify(world) == []
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
    with pytest.raises(exc.IntegrityError):
        reverse_again(village, sent.transfer.id)


def reverse_again(village: Village, id: int) -> None:
    """The receiver has money again, so only the database stands in the way."""
    with village.world() as world:
        verbs.reverse(world, id, key="r2", authority="test")


# What the database itself refuses, whatever code comes to it.


def a_posting(
    debit: str = "debit_account_id", credit: str = "credit_account_id", amount: str = "amount", debit_seq: str = "901", credit_seq: str = "902"
) -> str:
    """One more line, like the first of every transfer but for what is given."""
    return (
        f"INSERT INTO postings SELECT transfer_id, 9, organisation_id, {debit}, {credit}, {amount}, currency, purpose, {debit_seq}, {credit_seq},"
        " 0, 0, posted_at FROM postings WHERE leg = 1"
    )


def a_transfer(
    key: str = "'other'", amount: str = "amount", state: str = "pending", currency: str = "currency", kind: str = "kind", reversal_of: str = "NULL"
) -> str:
    """One more transfer, like the one there is but for what is given; a reversal goes the other way."""
    sides = "destination_id, source_id" if reversal_of != "NULL" else "source_id, destination_id"
    return (
        "INSERT INTO transfers (id, organisation_id, channel, key, request_hash, kind, source_id, destination_id, amount, fee, currency, state, ref, authority,"
        f" made_at, reversal_of) SELECT id + 1, organisation_id, channel, {key}, request_hash, {kind}, {sides}, {amount}, 0, {currency}, '{state}', 'OTHER',"
        f" authority, made_at, {reversal_of} FROM transfers WHERE kind = 'transfer'"
    )


REFUSED = {
    "an overdraft": "UPDATE accounts SET debits = debits + 100000000 WHERE owner_id IS NOT NULL",
    "a hold beyond the floor": "UPDATE accounts SET held = held + 100000000 WHERE owner_id IS NOT NULL",
    "a counter that shrinks": "UPDATE accounts SET credits = credits - 1 WHERE credits > 0",
    "an edited posting": "UPDATE postings SET amount = amount + 1",
    "a deleted posting": "DELETE FROM postings",
    "a deleted transfer": "DELETE FROM transfers",
    "a deleted account": "DELETE FROM accounts",
    "an edited amount": "UPDATE transfers SET amount = amount + 1",
    "an edited receiver": "UPDATE transfers SET destination_id = source_id",
    "a transfer that ends twice": "UPDATE transfers SET state = 'rejected' WHERE state = 'posted'",
    "a posted one made pending": "UPDATE transfers SET state = 'pending' WHERE state = 'posted'",
    "a posting of nothing": a_posting(amount="0"),
    "a posting from itself to itself": a_posting(credit="debit_account_id"),
    "a posting without a pending transfer": a_posting(),
    "a line number used again": a_posting(debit_seq="debit_seq", credit_seq="credit_seq"),
    "a key used again": a_transfer(key="key"),
    "a transfer that begins as posted": a_transfer(state="posted"),
    "a transfer of a negative amount": a_transfer(amount="-1"),
    "a transfer in another currency": a_transfer(currency="'UGX'"),
    "a reversal of more than there was": a_transfer(kind="'reversal'", amount="amount + 1", reversal_of="id"),
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


@pytest.mark.parametrize("wrong", REFUSED)
def test_the_database_refuses(village: Village, wrong: str) -> None:
    from gateway.store import audit

    village.everybody()
    send(village, "one", 20_000)
    with village.world() as world:
        audit.note(world, "grace", "looked", "something")

    with pytest.raises(exc.DBAPIError), village.world() as world:
        world.write.execute(text(REFUSED[wrong]))

    with village.world() as world:
        assert books.verify(world) == []
        assert audit.broken(world) is None


def test_a_second_reversal_is_refused_by_the_database(village: Village) -> None:
    village.everybody()
    sent = send(village, "one", 20_000)
    copy = text(
        "INSERT INTO transfers (id, organisation_id, channel, key, request_hash, kind, source_id, destination_id, amount, fee, currency, state, ref, authority,"
        " made_at, reversal_of) SELECT id + :n, organisation_id, channel, :key, request_hash, 'reversal', destination_id, source_id, 1, 0, currency, 'pending',"
        " :key, authority, made_at, id FROM transfers WHERE id = :id"
    )
    with village.world() as world:
        world.write.execute(copy, {"n": 1, "key": "R1", "id": sent.transfer.id})
        world.write.execute(text("UPDATE accounts SET held = held + 1 WHERE id = :id"), {"id": sent.transfer.destination_id})

    with pytest.raises(exc.IntegrityError), village.world() as world:
        world.write.execute(copy, {"n": 2, "key": "R2", "id": sent.transfer.id})


def test_a_balance_that_was_changed_behind_our_back_is_found(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        world.write.execute(text("UPDATE accounts SET credits = credits + 100 WHERE id = :id"), {"id": village.account_id(OTIENO)})

    with village.world() as world:
        faults = books.verify(world)

    assert len(faults) == 2  # the account, and the sum of all
    assert "add up to 100" in faults[1].what


# A model: what should come of it, in a few lines of Python that know nothing of a database.


class LedgerMachine(RuleBasedStateMachine):
    """Send, post, retry, crash and reverse in any order; every answer and every balance is what the model says."""

    village: Village
    keys = Bundle("keys")
    posted = Bundle("posted")

    def __init__(self) -> None:
        super().__init__()
        self.balance: dict[str, int] = {}
        self.held: dict[str, int] = {}
        self.pending: list[tuple[str, str, str, int, int]] = []
        self.answers: dict[str, object] = {}
        self.done: dict[str, int] = {}
        self.reversed: set[str] = set()
        self.count = 0

    @initialize()
    def begin(self) -> None:
        run = new_people(self.village)
        self.people = dict(zip((WANJIRU, OTIENO, ACHIENG), run, strict=True))
        self.balance = {WANJIRU: 100_000, OTIENO: 50_000, ACHIENG: 0}
        self.held = dict.fromkeys(self.balance, 0)

    def world(self) -> World:
        return self.village.world()

    def reserve(self, key: str, source: str, destination: str, amount: int) -> object:
        with self.world() as world:
            return verbs.reserve(
                world, kind="transfer", source_id=self.people[source], destination_id=self.people[destination], amount=amount,
                channel="model", key=f"{self.people[WANJIRU]}-{key}", authority="model",
            )  # fmt: skip

    @rule(
        target=keys, source=st.sampled_from([WANJIRU, OTIENO, ACHIENG]), destination=st.sampled_from([WANJIRU, OTIENO, ACHIENG]), amount=st.integers(1, 120_000)
    )
    def send(self, source: str, destination: str, amount: int) -> object:
        if source == destination:
            return multiple()
        self.count += 1
        key, fee = f"k{self.count}", 0 if amount <= 10_000 else 500 if amount <= 100_000 else 1_000
        came = self.reserve(key, source, destination, amount)
        if amount + fee > self.balance[source] - self.held[source]:
            assert isinstance(came, NoFunds)
            return multiple()
        assert isinstance(came, Reserved)
        assert (came.new, came.transfer.fee) == (True, fee)
        self.held[source] += amount + fee
        self.pending.append((key, source, destination, amount, fee))
        self.answers[key] = (came.transfer.id, source, destination, amount)
        return key

    @rule(key=keys)
    def retry(self, key: str) -> None:
        id, source, destination, amount = self.answers[key]  # type: ignore[misc]
        came = self.reserve(key, source, destination, amount)
        assert isinstance(came, Reserved)
        assert (came.transfer.id, came.new) == (id, False)

    @rule(key=keys, more=st.integers(1, 9))
    def retry_with_another_content(self, key: str, more: int) -> None:
        _, source, destination, amount = self.answers[key]  # type: ignore[misc]
        with pytest.raises(Conflict):
            self.reserve(key, source, destination, amount + more)

    @rule(target=posted, most=st.integers(1, 5))
    def post(self, most: int) -> object:
        with self.world() as world:
            settled = verbs.post_pending(world, most)
        now, self.pending = self.pending[:most], self.pending[most:]
        assert [one.transfer.id for one in settled] == [self.answers[key][0] for key, *_ in now]  # type: ignore[index]
        for key, source, destination, amount, fee in now:
            self.balance[source] -= amount + fee
            self.held[source] -= amount + fee
            self.balance[destination] += amount
            self.done[key] = self.answers[key][0]  # type: ignore[index]
        return multiple(*(key for key, *_ in now))

    @rule(most=st.integers(1, 5), statement=st.integers(1, 12))
    def crash_while_posting(self, most: int, statement: int) -> None:
        """The process dies at the n-th statement: nothing of the batch is there."""
        crash_at(self.village, statement, lambda world: verbs.post_pending(world, most), committed=False)

    @rule(key=consumes(posted))
    def reverse(self, key: str) -> None:
        id, source, destination, amount = self.answers[key]  # type: ignore[misc]
        with self.world() as world:
            came = verbs.reverse(world, id, key=f"{id}", authority="model")
        if key.startswith("r-"):
            assert isinstance(came, NotTaken), "a reversal is not reversed"
            return
        if amount > self.balance[destination] - self.held[destination]:
            assert isinstance(came, NoFunds)
            return
        assert isinstance(came, Reserved)
        self.held[destination] += amount
        back = f"r-{key}"
        self.pending.append((back, destination, source, amount, 0))
        self.answers[back] = (came.transfer.id, destination, source, amount)

    @invariant()
    def the_books_are_what_the_model_says(self) -> None:
        if not self.balance:
            return
        with self.world() as world:
            for person, account_id in self.people.items():
                account: Account = rows.account(world, account_id)
                assert (account.balance, account.held) == (self.balance[person], self.held[person])
            assert books.verify(world) == []


def new_people(village: Village) -> list[int]:
    """Three fresh accounts with KES 1,000, KES 500 and nothing."""
    with village.world() as world:
        while verbs.post_pending(world):
            pass
        ids = [verbs.open_account(world, code=f"T{world.new_id()}", name="Model") for _ in range(3)]
        for id, amount in zip(ids, (100_000, 50_000), strict=False):
            verbs.reserve(world, kind="deposit", source_id=float_of(world), destination_id=id, amount=amount, channel="model", key=str(id), authority="model")
        while verbs.post_pending(world):
            pass
    return ids


class Died(BaseException):
    """The process is gone."""


def crash_at(village: Village, statement: int, act: Callable[[World], object], *, committed: bool) -> bool:
    """Run something whose process dies at its n-th statement. Whether it came so far."""
    from sqlalchemy import event

    count = 0

    def die(*_: object) -> None:
        nonlocal count
        count += 1
        if count == statement:
            raise Died

    event.listen(village.site.engine, "before_cursor_execute", die)
    try:
        with village.world() as world:
            act(world)
            if not committed:
                raise Died
    except Died:
        return True
    finally:
        event.remove(village.site.engine, "before_cursor_execute", die)
    return False


def test_the_model_agrees(village: Village) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    LedgerMachine.village = village
    village.workers_run_at_once = False
    profile = hypothesis_settings()
    run_state_machine_as_test(LedgerMachine, settings=hypothesis_settings(profile, max_examples=max(profile.max_examples // 2, 12), stateful_step_count=25))


def test_a_crash_at_every_statement_of_a_batch_leaves_nothing_half_done(village: Village) -> None:
    village.everybody()
    village.workers_run_at_once = False
    for number in range(5):
        assert isinstance(send(village, f"k{number}", 5_000 + number), Reserved)
    before = village.balance(WANJIRU)
    statement = 1
    while crash_at(village, statement, verbs.post_pending, committed=True):
        assert village.balance(WANJIRU) == before
        with village.world() as world:
            assert books.verify(world) == []
        statement += 1
        assert statement < 60

    assert statement > 5
    assert village.balance(OTIENO) == 5 * 5_000 + 10
    with village.world() as world:
        assert books.verify(world) == []
