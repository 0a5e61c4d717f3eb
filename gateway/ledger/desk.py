"""Where wishes are decided: everything that is needed is fetched once, then each is looked at in order, then all is written."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from gateway.ledger import rows
from gateway.ledger.model import (
    MINOR_MOST,
    Account,
    Conflict,
    FeeMoved,
    NoFunds,
    NotTaken,
    OnHold,
    Outcome,
    OverLimit,
    Ref,
    Refusal,
    Reserved,
    Transfer,
    Wish,
    from_reason,
    new_ref,
    to_reason,
)
from gateway.ledger.prices import rows as price_rows
from gateway.ledger.prices.model import COUNTED, FREE, Limit, Price
from gateway.ledger.proof.model import seal
from gateway.store.tables import new_id

OF_ITSELF = ("adjustment", "reversal")  # kinds that mend the books: they go on while all else rests, and cost nothing
PAID_IN = "deposit"
UNPRICED = (*OF_ITSELF, "inttransfer")


class Desk:
    """One sitting. The accounts that pay are locked from here to the commit."""

    def __init__(self, world: Any, wishes: Sequence[Wish], chain_id: int | None = None) -> None:
        self.world, self.chain_id, self.now = world, chain_id, world.now()
        self.books = rows.lock_bound_accounts(world, {one.source_id for one in wishes} | {one.destination_id for one in wishes if one.kind == PAID_IN})
        others = {id for one in wishes for id in (one.source_id, one.destination_id)} - set(self.books)
        self.books |= rows.accounts_in(world, others) if others else {}
        self.refs = iter(free_refs(world, len(wishes)))
        self.known = rows.transfers_by_keys(world, {(one.channel, one.key) for one in wishes})
        calls = {one.call for one in wishes if one.call}
        self.of_calls = rows.transfers_of_calls(world, calls) if calls else []
        self.paused = rows.paused_because(world)
        self.prices, self.system = world.prices, world.system_accounts
        self.local: dt.datetime = world.organisation.local(self.now)
        self.used = price_rows.used(world, self._windows(wishes))
        self.more: dict[tuple[int, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
        self.new: list[tuple[Transfer, Wish]] = []
        self.refused: list[tuple[Transfer, Refusal]] = []

    def _limits(self, wish: Wish) -> list[Limit]:
        bearer = self.books[bearer_of(wish)]
        if bearer.floor is None or wish.kind in OF_ITSELF:
            return []
        return [one for one in self.prices.limits_of(wish.kind, wish.subtype, bearer.currency, bearer.tier, self.now) if one.scope != "balance"]

    def _windows(self, wishes: Sequence[Wish]) -> list[tuple[int, str]]:
        return [(bearer_of(wish), one.window(self.local)) for wish in wishes for one in self._limits(wish) if one.scope in COUNTED]

    def _sets_aside(self, source: Account) -> bool:
        """What is linked may live on what an earlier leg brings; but what leaves the account of the first leg is there already."""
        return source.floor is not None and (self.chain_id is None or not self.new or self.new[0][0].source_id == source.id)

    def decide(self, wish: Wish) -> Outcome | Conflict:
        if known := self.known.get((wish.channel, wish.key)):
            if known.request_hash != wish.content:
                return Conflict(f"key {wish.channel} {wish.key} came before with another content")
            return from_reason(known.reason or "") if known.state == "refused" else Reserved(known, new=False)
        if wish.call and (same := next((one for one in self.of_calls if _same_payment(one, wish)), None)):
            return Reserved(same, new=False)
        if self.paused and wish.kind not in OF_ITSELF:
            return OnHold(self.paused)
        currency = self.books[wish.source_id].currency
        free = wish.free or wish.kind in UNPRICED
        price = FREE if free else self.prices.price(wish.kind, wish.subtype, currency, wish.amount, self.now)
        if wish.quoted_fee is not None and wish.quoted_fee != (price.fee if price.payer == "source" else 0):
            return FeeMoved(price.fee)
        refusal = self._refusal(wish, price)
        transfer = self._transfer(wish, price, currency)
        if refusal:
            if wish.remembers_refusal:
                self.refused.append((transfer, refusal))
                self.known[wish.channel, wish.key] = replace(transfer, state="refused", reason=to_reason(refusal))
            return refusal
        self._take(wish, transfer)
        return Reserved(transfer, new=True)

    def _refusal(self, wish: Wish, price: Price) -> Refusal | None:
        source, destination = self.books[wish.source_id], self.books[wish.destination_id]
        if wish.kind != "adjustment" and source.status != "open":
            return NotTaken(f"the source is {source.status}")
        total = wish.amount + (price.fee if price.payer == "source" else 0)
        for one in self._limits(wish):
            if one.scope == "once" and one.most is not None and wish.amount > one.most:
                return OverLimit("once", one.most)
        if self._sets_aside(source) and total > source.available:
            return NoFunds(max(source.available, 0), price.fee)
        if over := self._over(wish):
            return over
        if wish.kind != "adjustment" and destination.status != "open":
            return NotTaken(f"the receiver is {destination.status}")
        if destination.ceiling is not None and destination.balance + wish.amount > destination.ceiling:
            return NotTaken("the receiver would hold too much")
        return NotTaken("too large") if destination.credits + wish.amount > MINOR_MOST else None

    def _over(self, wish: Wish) -> OverLimit | None:
        """The limit of a day, a month or a year that this would break; of several the one that leaves least."""
        broken = []
        for one in self._limits(wish):
            if one.scope not in COUNTED:
                continue
            at = (bearer_of(wish), one.window(self.local))
            amount, times = (sum(pair) for pair in zip(self.used.get(at, (0, 0)), self.more[at], strict=True))
            if one.most is not None and amount + wish.amount > one.most:
                broken.append(OverLimit(one.scope, max(one.most - amount, 0)))
            elif one.times is not None and times + 1 > one.times:
                broken.append(OverLimit(one.scope, 0))
        return min(broken, key=lambda over: over.left, default=None)

    def _transfer(self, wish: Wish, price: Price, currency: str) -> Transfer:
        source = self.books[wish.source_id]
        behind = "" if currency == self.world.organisation.currency else f".{currency}"
        payer = {"source": None, "destination": wish.destination_id, "organisation": self.system.get("SUBSIDY" + behind)}[price.payer]
        return Transfer(
            new_id(), self.world.organisation.id, wish.channel, wish.key, wish.content, wish.kind, wish.subtype, wish.source_id, wish.destination_id,
            wish.amount, price.fee, price.tax, payer if price.fee else None,
            self.system["FEES" + behind] if price.fee > price.tax else None, self.system["TAX" + behind] if price.tax else None, currency,
            self._sets_aside(source), next(self.refs), wish.authority, wish.reversal_of, wish.call,
            self.chain_id, wish.narrative[:80], self.now,
            "held" if wish.hold else "pending",
        )  # fmt: skip

    def _take(self, wish: Wish, transfer: Transfer) -> None:
        if transfer.set_aside:
            source = self.books[wish.source_id]
            self.books[source.id] = replace(source, held=source.held + transfer.total)
        for one in self._limits(wish):
            if one.scope in COUNTED:
                at = (bearer_of(wish), one.window(self.local))
                amount, times = self.more[at]
                self.more[at] = (amount + wish.amount, times + 1)
        self.new.append((transfer, wish))
        self.known[wish.channel, wish.key] = transfer
        if wish.call:
            self.of_calls.append(transfer)

    def write(self) -> None:
        world = self.world
        rows.set_held(world, {transfer.source_id: self.books[transfer.source_id].held for transfer, _ in self.new if transfer.set_aside})
        price_rows.use(world, {at: more for at, more in self.more.items() if more != (0, 0)})
        if back := [(wish.reversal_of, transfer.id) for transfer, wish in self.new if wish.reversal_of]:
            rows.add_reversals(world, back)
        rows.add_transfers(world, [transfer for transfer, _ in self.new] + [transfer for transfer, _ in self.refused])
        rows.add_open(world, [(transfer.id, shard_of(transfer, world.shards), transfer.state, wish.expires_at) for transfer, wish in self.new])
        rows.add_ends(world, [_refused_end(transfer, refusal, self.now) for transfer, refusal in self.refused])
        if any(transfer.state == "pending" for transfer, _ in self.new):
            world.outbox.ring("post")

    @staticmethod
    def give_back(world: Any, ended: Iterable[Transfer]) -> None:
        """Transfers that moved nothing use nothing of their limits."""
        Desk._free(world, [(one, one.amount, False) for one in ended if one.kind not in OF_ITSELF])

    @staticmethod
    def give_back_reversed(world: Any, posted: Sequence[Transfer]) -> None:
        """What came back by a reversal is free again, where the limit says so."""
        if not posted:
            return
        originals = rows.transfers_in(world, [one.reversal_of for one in posted if one.reversal_of])
        Desk._free(world, [(originals[one.reversal_of], one.posted_amount, True) for one in posted if one.reversal_of])

    @staticmethod
    def _free(world: Any, some: Sequence[tuple[Transfer, int, bool]]) -> None:
        if not some or not world.prices.limits:
            return
        bearers = rows.accounts_in(world, {bearer_of(one) for one, _, _ in some})
        more: dict[tuple[int, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for one, amount, by_reversal in some:
            bearer = bearers[bearer_of(one)]
            held = world.prices.limits_of(one.kind, one.subtype, one.currency, bearer.tier, one.made_at) if bearer.floor is not None else []
            for limit in held:
                if limit.scope in COUNTED and (limit.gives_back or not by_reversal):
                    at = (bearer.id, limit.window(world.organisation.local(one.made_at)))
                    more[at] = (more[at][0] - amount, more[at][1] - (0 if by_reversal else 1))
        price_rows.use(world, more)


def free_refs(world: Any, count: int) -> set[Ref]:
    """So many short codes that no transfer has yet. They are drawn, so that none can be guessed from another; of a million drawn two are often the same."""
    free: set[Ref] = set()
    while len(free) < count:
        drawn = {new_ref() for _ in range(count - len(free))} - free
        free |= drawn - rows.taken_refs(world, drawn)
    return free


def bearer_of(one: Wish | Transfer) -> int:
    """Whose limits count: what is paid in counts for who gets it, all else for who pays."""
    return one.destination_id if one.kind == PAID_IN else one.source_id


def shard_of(transfer: Transfer, shards: int) -> int:
    """Which line posts it: all that leaves one account goes through one line, and all that is linked through that of its chain."""
    return (transfer.chain_id or transfer.source_id) % shards


def _same_payment(known: Transfer, wish: Wish) -> bool:
    same = ("kind", "subtype", "source_id", "destination_id", "amount")
    return known.call == wish.call and all(getattr(known, name) == getattr(wish, name) for name in same)


def _refused_end(transfer: Transfer, refusal: Refusal, at: dt.datetime) -> tuple[object, ...]:
    reason = to_reason(refusal)
    return (transfer.id, "refused", reason, 0, None, at, seal(transfer, "refused", reason, 0, at, ()))
