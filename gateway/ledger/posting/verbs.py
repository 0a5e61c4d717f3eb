"""Post what waits: claim, lock the accounts in the order of their ids, fold in memory, write set-wise, one commit.

Whoever holds the row of a shard drains it, so a job that runs twice finds the shard taken, or nothing left. One transfer
that cannot be written is put aside for a person, and its mates are posted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from gateway.ledger.desk import Desk
from gateway.ledger.model import Settled
from gateway.ledger.posting import rows
from gateway.ledger.posting.model import Book, Claimed, accounts_of, fold
from gateway.ledger.prices.model import ANY_KIND
from gateway.ledger.proof.model import chained

BATCH_MOST = 500  # transfers in one transaction: at 100 us each their accounts stay locked for less than a hop waits for a lock


@dataclass(frozen=True)
class Posted:
    """A batch that is written but not yet committed."""

    id: int
    settled: tuple[Settled, ...]


NOTHING = Posted(0, ())


def post_batch(world: Any, shard: int = 0, most: int = BATCH_MOST, only: Callable[[list[Claimed]], list[Claimed]] | None = None) -> Posted:
    """Bring the oldest that wait in this shard to their end, all in this transaction. `only` picks from what was claimed."""
    rows.steady_plans(world)
    head = rows.take_shard(world, shard)
    if head is None:
        return NOTHING
    claimed = rows.claim(world, shard, most)
    if only:
        claimed = only(claimed)
    if not claimed:
        return NOTHING
    seq, before, last = head
    after = max((one for one in (last, rows.closed_until(world)) if one), default=None)  # the clock may have stepped back
    books = rows.lock_books(world, accounts_of(claimed))
    _bound(world, books.values())
    id = world.new_id()
    folded = fold(claimed, books, now=world.now(), after=after, batch_id=id, organisation_id=world.organisation.id)
    assert folded.at, "a fold takes time"
    rows.write(world, folded, books.values())
    Desk.give_back(world, [one.transfer for one in folded.settled if one.transfer.state == "rejected"])
    Desk.give_back_reversed(world, [one.transfer for one in folded.settled if one.transfer.reversal_of and one.transfer.state == "posted"])
    seals = [seal for _, seal in sorted((end[0], end[6]) for end in folded.ends)]
    rows.add_batch(world, id=id, shard=shard, seq=seq + 1, before=before, hash=chained(before, seals), size=len(seals), at=folded.at)
    return Posted(id, tuple(folded.settled))


def _bound(world: Any, books: Iterable[Book]) -> None:
    """What each account may hold at most, by its tier."""
    prices, now = world.prices, world.now()
    if not any(one.scope == "balance" for one in prices.limits):
        return
    for book in books:
        if book.floor is not None:
            held = prices.limits_of(ANY_KIND, "", book.currency, book.tier, now)
            book.most = min((one.most for one in held if one.scope == "balance" and one.most is not None), default=None)


def quarantine(world: Any, ids: list[int], why: str) -> None:
    """Put these aside for a person; what they promised stays promised."""
    rows.set_state(world, ids, "quarantined", why)
