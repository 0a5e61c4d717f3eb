"""What operators see of transfers: the log, and the whole life of one on a single timeline. Reads only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import Account, Money, Transfer
from gateway.members import draft_rows, rows
from gateway.members.model import Member, short
from gateway.records import rows as records
from gateway.records.model import phone_of
from gateway.store import outbox

PAGE = 50  # lines of the log on a page

NOTES = {
    "again": "the same hop again: the same answer", "dial": "", "dialled": "with the code", "failed": "an error on our side",
    "out_of_time": "it took too long",
}  # fmt: skip


@dataclass(frozen=True)
class Party:
    """One side of a transfer: a name, and of the number only the end."""

    name: str
    number: str


@dataclass(frozen=True)
class Line:
    """A transfer as it stands in the log."""

    id: int
    ref: str
    at: dt.datetime
    kind: str
    state: str
    amount: Money
    fee: Money
    payer: Party
    payee: Party


@dataclass(frozen=True)
class Filter:
    """What to show. Empty fields show everything; `number` is in E.164 and `day` a local day."""

    number: str = ""
    ref: str = ""
    kind: str = ""
    state: str = ""
    day: dt.date | None = None


@dataclass(frozen=True)
class Moment:
    """One thing that happened, for the timeline. `kind` is one of hop, call, transfer, posting, job, text, operator."""

    at: dt.datetime
    kind: str
    title: str
    lines: tuple[str, ...] = field(default=())
    state: str = ""


def hidden(number: str) -> str:
    """A number of which only the end is shown.

    >>> hidden("+254711000001")
    '+254 … 001'
    """
    phone = phone_of(number)
    return f"{phone[:4]} … {phone[-3:]}" if len(phone) > 7 else phone


def page(world: Any, wanted: Filter, *, before: int | None = None, after: int | None = None, most: int = PAGE) -> list[Line]:
    """The log, newest first. `before` is the last id of the page above, `after` asks only for what is new."""
    accounts_in = None
    if wanted.number:
        member = rows.by_number(world, wanted.number)
        accounts_in = [one.id for one in ledger_rows.accounts_of(world, [member.id])] if member else []
    found = ledger_rows.page_of_transfers(
        world, before=before, after=after, most=most, accounts_in=accounts_in,
        same={"ref": wanted.ref.upper(), "kind": wanted.kind}, state=wanted.state,
        day=_day(world, wanted.day),
    )  # fmt: skip
    return _lines(world, found)


def _day(world: Any, day: dt.date | None) -> tuple[dt.datetime, dt.datetime] | None:
    if day is None:
        return None
    begin = dt.datetime.combine(day, dt.time(), world.organisation.zone)
    return begin, dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), world.organisation.zone)


def _lines(world: Any, transfers: Iterable[Transfer]) -> list[Line]:
    transfers = list(transfers)
    accounts = ledger_rows.accounts_in(world, [id for one in transfers for id in (one.source_id, one.destination_id)])
    owners = rows.by_ids(world, [one.owner_id for one in accounts.values() if one.owner_id])
    money = world.organisation.money
    return [
        Line(
            one.id, one.ref, one.made_at, one.kind, one.state, money(one.amount), money(one.fee),
            _party(accounts[one.source_id], owners), _party(accounts[one.destination_id], owners),
        )
        for one in transfers
    ]  # fmt: skip


def _party(account: Account, owners: dict[int, Member]) -> Party:
    owner = owners.get(account.owner_id or 0)
    return Party(owner.name, hidden(owner.number)) if owner else Party(account.name, "")


def line(world: Any, id: int) -> Line | None:
    transfer = ledger_rows.transfer(world, id)
    return _lines(world, [transfer])[0] if transfer else None


def owners(world: Any, id: int) -> list[int | None]:
    """The members whose payment it is, on either side."""
    transfer = ledger_rows.transfer(world, id)
    return [ledger_rows.account(world, one).owner_id for one in (transfer.source_id, transfer.destination_id)] if transfer else []


def life(world: Any, id: int) -> list[Moment]:
    """Everything that happened to a transfer, oldest first: hops, postings, jobs, messages."""
    transfer = ledger_rows.transfer(world, id)
    if transfer is None:
        return []
    parts = (_hops, _asked_by_text, _prepared, _transfer, _postings, _texts)
    moments = [moment for part in parts for moment in part(world, transfer)]
    return sorted(moments, key=lambda moment: moment.at)


def _hops(world: Any, transfer: Transfer) -> Iterator[Moment]:
    if not transfer.call:
        return
    for hop in records.hops_of(world, transfer.call):
        typed = f"typed {hop.typed}" if hop.typed else "dialled" if hop.note.startswith("dial") else "typed nothing"
        note = NOTES.get(hop.note, hop.note)
        yield Moment(hop.at, "hop", f"Hop {hop.turn}: {hop.label}", tuple(filter(None, (typed, note, f"{hop.ms} ms"))))
    end = records.end_of(world, transfer.call)
    if end is not None:
        lines = [f"{end.hops_count} hops" if end.hops_count else "", f"{end.duration_ms / 1000:.0f} s" if end.duration_ms else "", f"network {end.network}"]
        yield Moment(end.at, "call", "Call ended", tuple(filter(None, lines)), end.status)


def _asked_by_text(world: Any, transfer: Transfer) -> Iterator[Moment]:
    key = draft_rows.key_of(world, int(transfer.key)) if transfer.channel == "draft" else None
    if key and (heard := records.text_heard(world, key.removeprefix("sms-"))):
        yield Moment(heard.at, "text", f"SMS from {hidden(heard.number)}", (heard.words,), "heard")


def _prepared(world: Any, transfer: Transfer) -> Iterator[Moment]:
    found = draft_rows.prepared_by(world, int(transfer.key)) if transfer.channel == "draft" else None
    helper = rows.by_id(world, found[0]) if found else None
    if found and helper:
        yield Moment(found[1], "hop", f"Prepared by {short(helper.name)} {hidden(helper.number)}", ("who dials for the payer; the payer agreed with the PIN",))


def _transfer(world: Any, transfer: Transfer) -> Iterator[Moment]:
    money = world.organisation.money
    asked = (f"{money(transfer.amount)}, fee {money(transfer.fee)}, set aside", f"by {transfer.channel}, reference {transfer.ref}")
    yield Moment(transfer.made_at, "transfer", f"Asked for: {transfer.kind}", asked, "pending")
    if transfer.done_at:
        batch = ledger_rows.batch_of(world, transfer.id)
        where = f"in batch {batch.seq} of line {batch.shard}" if batch else ""
        yield Moment(transfer.done_at, "transfer", "Brought to its end", tuple(filter(None, (transfer.reason, where))), transfer.state)


def _postings(world: Any, transfer: Transfer) -> Iterator[Moment]:
    money = world.organisation.money
    for leg in ledger_rows.legs_of(world, transfer.id):
        lines = (
            f"from {leg.debit_name} ({leg.debit_code}), then {money(leg.debit_balance)}",
            f"to {leg.credit_name} ({leg.credit_code}), then {money(leg.credit_balance)}",
        )
        yield Moment(leg.posted_at, "posting", f"Posting {leg.leg}: {leg.purpose} {money(leg.amount)}", lines)


def _texts(world: Any, transfer: Transfer) -> Iterator[Moment]:
    for text in records.texts_about(world, str(transfer.id)):
        to = hidden(text.number)
        yield Moment(text.made_at, "text", f"SMS written to {to}", (text.words,))
        if text.sent_at:
            said = tuple(filter(None, (f"provider's id {text.provider_id}" if text.provider_id else "", f"cost {text.cost}" if text.cost else "")))
            handed = "accepted" if text.state in ("delivered", "failed") else text.state
            yield Moment(text.sent_at, "text", f"SMS handed over for {to}", said, handed)
        if text.done_at:
            yield Moment(text.done_at, "text", f"SMS report for {to}", (text.provider_status or "",), text.state)
        yield from _jobs(world, "text", str(text.id), f"SMS to {to}")


def _jobs(world: Any, topic: str, ref: str, what: str) -> Iterator[Moment]:
    for job in outbox.about(world, topic, ref):
        lines = tuple(filter(None, (f"offered {job.attempts} times" if job.attempts != 1 else "offered once", job.last_error or "")))
        yield Moment(job.done_at or job.made_at, "job", f"Job: {what}", lines, job.state)
