"""A model of the ledger in a few lines that know nothing of a database: every answer and every balance must be the same."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, initialize, invariant, multiple, rule, run_state_machine_as_test

from gateway.ledger import rows, verbs
from gateway.ledger.model import AlreadyReversed, Conflict, NoFunds, NotTaken, Outcome, Reserved, Resolved, ResolvedBefore, Wish
from gateway.ledger.posting.verbs import post_batch
from gateway.ledger.proof.facts import verify
from gateway.up.demo import post_all
from gateway.world import SHARDS, World
from tests.cast import Village
from tests.ledger.faults import crash_at

PEOPLE = ("a", "b", "c")
TARIFF = ((10_000, 0), (100_000, 500), (1_000_000, 1_000), (10**9, 2_500))  # as the demo's: up to, fee


def fee_of(amount: int) -> int:
    return next(fee for most, fee in TARIFF if amount <= most)


@dataclass
class Wanted:
    """A transfer as the model knows it."""

    key: str
    id: int
    source: str
    destination: str
    amount: int
    fee: int
    state: str
    due: int = 0
    posted: int = 0
    reversed: bool = False
    reversal_of: str = ""
    expires_s: int | None = None


@dataclass
class Model:
    balance: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PEOPLE, 0))
    held: dict[str, int] = field(default_factory=lambda: dict.fromkeys(PEOPLE, 0))
    fees: int = 0
    wanted: dict[str, Wanted] = field(default_factory=dict)

    def available(self, who: str) -> int:
        return self.balance[who] - self.held[who]

    def release(self, one: Wanted) -> None:
        if one.source != "float":
            self.held[one.source] -= one.amount + one.fee

    def post(self, one: Wanted) -> None:
        self.release(one)
        if one.source != "float":
            self.balance[one.source] -= one.due + one.fee
        self.balance[one.destination] += one.due
        self.fees += one.fee
        one.state, one.posted = "posted", one.due

    def end(self, one: Wanted, state: str) -> None:
        self.release(one)
        one.state = state
        if one.reversal_of:
            self.wanted[one.reversal_of].reversed = False


class LedgerMachine(RuleBasedStateMachine):
    """Deposit, send, hold, post, void, expire, reverse, retry and crash in any order."""

    village: Village
    keys = Bundle("keys")
    holds = Bundle("holds")
    count = 0

    @initialize()
    def begin(self) -> None:
        self.model, self.seconds = Model(), 0
        with self.world() as world:
            post_all(world)  # what an earlier run left
            self.people = {one: verbs.open_account(world, code=f"T{world.new_id()}", name=f"Model {one}") for one in PEOPLE}
            self.float = world.system_accounts["FLOAT"]

    def world(self) -> World:
        return self.village.world()

    def account(self, who: str) -> int:
        return self.float if who == "float" else self.people[who]

    def ask(self, key: str, kind: str, source: str, destination: str, amount: int, **more: Any) -> Outcome:
        with self.world() as world:
            wish = Wish(kind, self.account(source), self.account(destination), amount, "model", f"{self.people['a']}-{key}", "model", **more)
            return verbs.reserve(world, wish)

    def new_key(self) -> str:
        self.count += 1
        return f"k{self.count}"

    @rule(target=keys, to=st.sampled_from(PEOPLE), amount=st.integers(1, 500_000))
    def deposit(self, to: str, amount: int) -> str:
        key = self.new_key()
        came = self.ask(key, "deposit", "float", to, amount)
        assert isinstance(came, Reserved)
        self.model.wanted[key] = Wanted(key, came.transfer.id, "float", to, amount, 0, "pending", due=amount)
        return key

    @rule(target=keys, source=st.sampled_from(PEOPLE), to=st.sampled_from(PEOPLE), amount=st.integers(1, 300_000))
    def send(self, source: str, to: str, amount: int) -> object:
        return self._send(source, to, amount, hold=False)

    @rule(target=holds, source=st.sampled_from(PEOPLE), to=st.sampled_from(PEOPLE), amount=st.integers(1, 100_000), s=st.sampled_from([None, 60, 600]))
    def hold(self, source: str, to: str, amount: int, s: int | None) -> object:
        return self._send(source, to, amount, hold=True, expires_s=s)

    def _send(self, source: str, to: str, amount: int, *, hold: bool, expires_s: int | None = None) -> object:
        if source == to:
            return multiple()
        key, fee = self.new_key(), fee_of(amount)
        more: dict[str, Any] = {"hold": hold}
        if expires_s:
            more["expires_at"] = self.village.clock.at + dt.timedelta(seconds=expires_s)
        came = self.ask(key, "transfer", source, to, amount, **more)
        if amount + fee > self.model.available(source):
            assert isinstance(came, NoFunds)
            assert self.ask(key, "transfer", source, to, amount, **more) == came, "a refusal is for ever"
            return multiple()
        assert isinstance(came, Reserved)
        assert (came.new, came.transfer.fee) == (True, fee)
        self.model.held[source] += amount + fee
        state = "held" if hold else "pending"
        self.model.wanted[key] = Wanted(
            key, came.transfer.id, source, to, amount, fee, state, due=amount, expires_s=self.seconds + expires_s if expires_s else None
        )
        return key

    @rule(key=keys)
    def retry(self, key: str) -> None:
        one = self.model.wanted[key]
        came = self.ask(key, "deposit" if one.source == "float" else "transfer", one.source, one.destination, one.amount)
        assert isinstance(came, Reserved)
        assert (came.transfer.id, came.new, came.transfer.state) == (one.id, False, one.state)

    @rule(key=keys, more=st.integers(1, 9))
    def retry_with_another_content(self, key: str, more: int) -> None:
        one = self.model.wanted[key]
        try:
            self.ask(key, "deposit" if one.source == "float" else "transfer", one.source, one.destination, one.amount + more)
        except Conflict:
            return
        raise AssertionError("the same key with another content is a conflict")

    @rule(most=st.integers(1, 6), shard=st.integers(0, SHARDS - 1))
    def post(self, most: int, shard: int) -> None:
        with self.world() as world:
            settled = post_batch(world, shard, most).settled
        mine = [one for one in self.model.wanted.values() if one.state == "pending" and self.account(one.source) % SHARDS == shard]
        due = sorted(mine, key=lambda one: one.id)[: len(settled)]
        assert [one.transfer.id for one in settled] == [one.id for one in due]
        assert len(settled) == min(most, len(mine))
        for one, came in zip(due, settled, strict=True):
            self.model.post(one)
            assert (came.transfer.state, came.transfer.posted_amount) == ("posted", one.due)
            if one.destination != "float":
                assert came.destination_balance == self.model.balance[one.destination]

    @rule(key=holds, share=st.sampled_from([None, 1, 2]))
    def post_hold(self, key: str, share: int | None) -> None:
        one = self.model.wanted[key]
        amount = max(one.amount // share, 1) if share else None
        with self.world() as world:
            came = verbs.post_hold(world, one.id, amount)
        if one.state == "held":
            assert came == Resolved("pending")
            one.state, one.due = "pending", amount or one.amount
        else:
            assert isinstance(came, ResolvedBefore)
            assert came.state == one.state

    @rule(key=holds)
    def void(self, key: str) -> None:
        one = self.model.wanted[key]
        with self.world() as world:
            came = verbs.void_hold(world, one.id)
        if one.state == "held":
            assert came == Resolved("voided")
            self.model.end(one, "voided")
        else:
            assert came == ResolvedBefore(one.state)  # type: ignore[arg-type]

    @rule(s=st.integers(30, 400))
    def time_passes_and_holds_expire(self, s: int) -> None:
        self.village.clock.passes(seconds=s)
        self.seconds += s
        with self.world() as world:
            ended = {one.id for one in verbs.expire_holds(world)}
        for one in self.model.wanted.values():
            if one.state == "held" and one.id in ended:
                assert one.expires_s is not None
                assert one.expires_s <= self.seconds + 2, "never early"
                self.model.end(one, "expired")
            elif one.state == "held" and one.expires_s is not None:
                assert one.expires_s > self.seconds - 2, "never forgotten"

    @rule(key=keys, share=st.sampled_from([None, 1, 3]))
    def reverse(self, key: str, share: int | None) -> None:
        one = self.model.wanted[key]
        back = max(one.posted // share, 1) if share else one.posted
        with self.world() as world:
            try:
                came: object = verbs.reverse(world, one.id, key=f"{one.id}-{self.new_key()}", authority="model", amount=back if share else None)
            except AlreadyReversed as error:
                came = error
        if one.state != "posted":
            assert isinstance(came, NotTaken)
        elif one.reversed:
            assert isinstance(came, AlreadyReversed)
        elif back > self.model.available(one.destination):
            assert isinstance(came, NoFunds)
        else:
            assert isinstance(came, Reserved)
            one.reversed = True
            self.model.held[one.destination] += back
            if one.source == "float":
                self.model.balance.setdefault("float", 0)
            name = f"r{one.key}-{self.count}"
            self.model.wanted[name] = Wanted(name, came.transfer.id, one.destination, one.source, back, 0, "pending", due=back, reversal_of=key)

    @rule(most=st.integers(1, 6), shard=st.integers(0, SHARDS - 1), call=st.integers(1, 14))
    def crash_while_posting(self, most: int, shard: int, call: int) -> None:
        """The process dies at its n-th call to the database: nothing of the batch is there."""
        crash_at(self.village, call, lambda world: post_batch(world, shard, most), committed=False)

    @rule(key=consumes(holds), call=st.integers(1, 8))
    def crash_while_voiding(self, key: str, call: int) -> None:
        crash_at(self.village, call, lambda world: verbs.void_hold(world, self.model.wanted[key].id), committed=False)

    @invariant()
    def the_books_are_what_the_model_says(self) -> None:
        if not hasattr(self, "people"):
            return
        with self.world() as world:
            for who, id in self.people.items():
                account = rows.account(world, id)
                assert (account.balance, account.held) == (self.model.balance[who], self.model.held[who])
            assert verify(world) == []


def test_the_model_agrees(village: Village) -> None:
    LedgerMachine.village = village
    village.workers_run_at_once = False
    profile = hypothesis_settings()
    run_state_machine_as_test(LedgerMachine, settings=hypothesis_settings(profile, max_examples=max(profile.max_examples // 2, 12), stateful_step_count=30))
