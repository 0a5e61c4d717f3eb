"""Seals: what makes a changed byte show. Standard library only."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.ledger.model import Transfer

SEAL_OCTETS = 16


@dataclass(frozen=True)
class Fault:
    """Where the books contradict themselves."""

    where: str
    what: str


def seal(transfer: Transfer, state: str, reason: str | None, posted_amount: int, done_at: dt.datetime, legs: Iterable[Sequence[Any]]) -> str:
    """Over everything that was asked for and everything that came of it.

    Moments are in UTC, as every engine gives them back.
    Each leg: (leg, debit account, credit account, amount, purpose, debit seq, credit seq, debit balance, credit balance).
    """
    t = transfer
    said = (
        f"{t.id}|{t.organisation_id}|{t.channel}|{t.key}|{t.request_hash}|{t.kind}|{t.subtype}|{t.source_id}|{t.destination_id}|{t.amount}|{t.fee}|{t.tax}|"
        f"{t.fee_payer_id}|{t.fee_account_id}|{t.tax_account_id}|{t.currency}|{t.set_aside}|{t.ref}|{t.authority}|{t.reversal_of}|{t.call}|{t.chain_id}|"
        f"{t.narrative}|{t.made_at.isoformat()}|{state}|{reason}|{posted_amount}|{done_at.isoformat()}"
    )
    lines = "".join([f"|{leg[0]},{leg[1]},{leg[2]},{leg[3]},{leg[4]},{leg[5]},{leg[6]},{leg[7]},{leg[8]}" for leg in legs])
    return hashlib.blake2b((said + lines).encode(), digest_size=SEAL_OCTETS).hexdigest()


def chained(before: str, seals: Iterable[str]) -> str:
    """The hash of a batch: of the one before, and of the seals of all that ended in it, in the order of their transfers."""
    return hashlib.sha256("\n".join([before, *seals]).encode()).hexdigest()
