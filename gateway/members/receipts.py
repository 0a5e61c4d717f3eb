"""What is told of a transfer that came to its end: a receipt for each side, and the truth where nothing moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger.currencies import digits_of
from gateway.ledger.model import Account, Money, Ref, Settled, Transfer
from gateway.members import rows
from gateway.members.model import Member, PlaceName, short, tail
from gateway.records.verbs import NewText, write_texts
from menus.book import more_notices, notices
from menus.notice import Notice

# (kind, subtype) -> what the payer is told, what the receiver is told. None: nothing. What is not here is sent and received.
TOLD: dict[tuple[str, str], tuple[Notice | None, Notice | None]] = {
    ("withdrawal", "agent"): (notices.WITHDRAWN, notices.PAY_OUT),
    ("withdrawal", "office"): (notices.WITHDRAWN, None),
    ("deposit", "agent"): (notices.SENT, notices.CASHED_IN),
    ("deposit", "office"): (None, notices.CASHED_IN),
    ("deposit", "cashbox"): (None, None),
    ("deposit", "import"): (None, notices.CASHED_IN),
    ("billpay", "group"): (notices.PAID, None),
    ("disbursement", "grouploan"): (None, more_notices.LOAN_LENT),
    ("transfer", "groupback"): (notices.PAID, None),
    ("transfer", "standing"): (notices.PAID, notices.RECEIVED),
    ("merchantpayment", "till"): (notices.PAID, notices.RECEIVED),
    ("merchantpayment", "airtime"): (notices.AIRTIME, None),
    ("disbursement", "dividend"): (None, notices.DIVIDEND),
    ("disbursement", "produce"): (None, notices.PRODUCE),
    ("disbursement", "payday"): (None, notices.PAYDAY),
    ("disbursement", "advance"): (None, notices.ADVANCE),
    ("transfer", "repayment"): (notices.REPAID, None),
    ("disbursement", "reward"): (None, notices.REWARD),
    ("disbursement", "thanks"): (None, None),  # the thanks themselves are told
    ("disbursement", "points"): (None, notices.POINTS_PAID),
    ("inttransfer", "points"): (None, None),
    ("inttransfer", "escrow"): (notices.HELD_SAFE, notices.FROM_SAFE),
    ("reversal", "produce"): (notices.CORRECTED, None),
    ("inttransfer", ""): (None, None),
}
TILL, BILL = ("merchantpayment", "till"), (notices.BILL_PAID, notices.BILL_RECEIVED)
TURNED_BACK = (notices.GAVE_BACK, notices.GOT_BACK)


def tell_settled(world: Any, settled: Sequence[Settled]) -> None:
    """Receipts for a batch, in the poster's own transaction, all written at once."""
    owner_ids = {id for one in settled for id in (one.payer_id, one.payee_id) if id}
    if not owner_ids:
        return
    owners = rows.by_ids(world, owner_ids)
    known = [one for one in settled if one.payer_id in owners or one.payee_id in owners]
    accounts = ledger_rows.accounts_in(world, {id for one in known for id in (one.transfer.source_id, one.transfer.destination_id)})
    texts: list[NewText] = []
    for one in known:
        payer, payee = owners.get(one.payer_id or 0), owners.get(one.payee_id or 0)
        source, destination = accounts[one.transfer.source_id], accounts[one.transfer.destination_id]
        if one.transfer.state != "posted":
            texts += _tell(world, one, payer, notices.NOT_SENT, one.source_balance, payee, destination)
            continue
        to_payer, to_payee = told(one.transfer)
        texts += _tell(world, one, payer, to_payer, one.source_balance, payee, destination)
        if payee and (payer is None or payee.id != payer.id or to_payer is None):
            texts += _tell(world, one, payee, to_payee, one.destination_balance, payer, source)
    write_texts(world, texts)


def _who_pays(one: Settled) -> int | None:
    """Whose fee it is."""
    if one.transfer.payer_pays:
        return one.payer_id
    return one.payee_id if one.transfer.fee_payer_id == one.transfer.destination_id else None


def told(transfer: Transfer) -> tuple[Notice | None, Notice | None]:
    known = TOLD.get((transfer.kind, transfer.subtype))
    if (transfer.kind, transfer.subtype) == TILL and transfer.narrative:
        return BILL
    if known is not None:
        return known
    return TURNED_BACK if transfer.kind == "reversal" else (notices.SENT, notices.RECEIVED)


def money_of(world: Any, transfer: Transfer, minor: int) -> Money:
    digits = world.organisation.digits if transfer.currency == world.organisation.currency else digits_of(transfer.currency, world.organisation.digits)
    return Money(minor, transfer.currency, digits)


def called(world: Any, member: Member | None, account: Account) -> str:
    """The other side as a receipt names it."""
    if member:
        return short(member.name)
    return str(world.organisation.short_name) if account.product == "system" else PlaceName(account.name)


def _tell(world: Any, one: Settled, member: Member | None, notice: Notice | None, balance: int, other: Member | None, account: Account) -> list[NewText]:
    if member is None or notice is None:
        return []
    transfer = one.transfer
    local, name = world.organisation.local(transfer.done_at or transfer.made_at), called(world, other, account)
    amount = money_of(world, transfer, transfer.posted_amount or transfer.amount)
    said = world.phrases.say(
        notice, member.language, amount=world.phrases.worth(amount, member.language),
        fee=money_of(world, transfer, transfer.fee if member.id == _who_pays(one) else 0),
        balance=world.phrases.worth(money_of(world, transfer, balance), member.language), ref=Ref(transfer.ref),
        day=world.phrases.day(local, member.language), time=f"{local:%H:%M}",
        to_name=name, from_name=name, place=PlaceName(account.name if account.product != "system" else world.organisation.short_name),
        narrative=transfer.narrative, tail=tail(other.number) if other else "", owed=money_of(world, transfer, max(-one.destination_balance, 0)),
        code=world.organisation.dial("1", "3"),
    )  # fmt: skip
    return [NewText(f"{notice.name}:{transfer.id}:{member.id}", member.number, "receipt", said, member.id, str(transfer.id))]
