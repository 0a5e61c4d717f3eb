"""What is counted for a dividend: payments that members made, and what somebody else says was of use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select

from gateway.community.helping.rows import revisions
from gateway.community.items.tables import changes, items
from gateway.community.rows import ONLY_THANKS, thanks
from gateway.ledger.tables import accounts, ends, transfers
from gateway.store.tables import ours

OWN = ("transfer", "billpay", "merchantpayment", "withdrawal")  # kinds of payments that a member makes alone, on a phone


def payments(world: Any, since: dt.datetime, until: dt.datetime) -> dict[int, int]:
    """Member -> how many others they paid between two moments: the same one again and again is no more use than once."""
    query = (
        select(accounts.c.owner_id, func.count(transfers.c.destination_id.distinct()).label("times"))
        .join(transfers, (transfers.c.source_id == accounts.c.id) & (transfers.c.organisation_id == accounts.c.organisation_id))
        .join(ends, (ends.c.transfer_id == transfers.c.id) & (ends.c.organisation_id == transfers.c.organisation_id))
        .where(accounts.c.owner_id.is_not(None), transfers.c.kind.in_(OWN), ends.c.state == "posted", ours(world, accounts))
        .where(ends.c.done_at >= since, ends.c.done_at < until)
    )
    return {row.owner_id: row.times for row in world.read.execute(query.group_by(accounts.c.owner_id))}


def useful(world: Any, since: dt.datetime, until: dt.datetime) -> dict[int, int]:
    """Member -> acts that somebody else confirmed: each who thanked them once, versions of tips that two found right, ideas that were done."""
    thanked = select(thanks.c.helper_id, func.count(thanks.c.giver_id.distinct()))
    thanked = thanked.where(thanks.c.at >= since, thanks.c.at < until, ~ONLY_THANKS, ours(world, thanks)).group_by(thanks.c.helper_id)
    written = select(revisions.c.member_id, func.count()).where(revisions.c.state == "accepted", revisions.c.made_at >= since, revisions.c.made_at < until)
    written = written.where(ours(world, revisions)).group_by(revisions.c.member_id)
    done = (
        select(items.c.member_id, func.count(items.c.id.distinct()))
        .join(changes, (changes.c.item_id == items.c.id) & (changes.c.organisation_id == items.c.organisation_id))
        .where(items.c.kind == "idea", items.c.member_id.is_not(None), changes.c.after == "done", changes.c.before != "done")
        .where(changes.c.at >= since, changes.c.at < until, ours(world, items))
        .group_by(items.c.member_id)
    )
    found: dict[int, int] = {}
    for query in (thanked, written, done):
        for whose, count in world.read.execute(query):
            found[whose] = found.get(whose, 0) + count
    return found


def paid_between(world: Any, member_ids: Collection[int], since: dt.datetime, until: dt.datetime) -> dict[int, int]:
    """Member -> what they got as their share between two moments, in minor units."""
    query = (
        select(accounts.c.owner_id, func.sum(ends.c.posted_amount).label("amount"))
        .join(transfers, (transfers.c.destination_id == accounts.c.id) & (transfers.c.organisation_id == accounts.c.organisation_id))
        .join(ends, (ends.c.transfer_id == transfers.c.id) & (ends.c.organisation_id == transfers.c.organisation_id))
        .where(accounts.c.owner_id.in_(list(member_ids)), transfers.c.subtype == "dividend", ends.c.state == "posted", ours(world, accounts))
        .where(ends.c.done_at >= since, ends.c.done_at < until)
    )
    return {row.owner_id: int(row.amount) for row in world.read.execute(query.group_by(accounts.c.owner_id))}
