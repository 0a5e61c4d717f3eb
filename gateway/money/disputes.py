"""Asking a payment back: what the receiver still has is held, the receiver is asked, and at last a person decides.

After M-Pesa's own rules (456): only a party may ask, within a day, a few at once, for all or what is left, with the
receiver's consent. Nobody's money goes back by silence.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import AlreadyReversed, Reserved
from gateway.ledger.statements import rows as account_lines
from gateway.members import rows as members
from gateway.members.model import Day, Gone, Locked, Member, NotYours, TooBusy, WrongPin, short, tail
from gateway.members.payments import wait_for
from gateway.members.verbs import the_member, weigh_pin
from gateway.money import rows
from gateway.money.model import DISPUTE_DAYS, DISPUTE_HOURS, DISPUTES_MOST, AlreadyAsked, AskedBack, GivingBack, Kept, TooLate, TooMany
from gateway.records.verbs import write_text
from menus.answers import Secret
from menus.book import notices
from menus.phrasebook import Row

ABLE = ("transfer", "merchantpayment", "billpay")  # kinds of payment that can be asked back
UNABLE = ("airtime", ledger.GROUP_BACK)  # and subtypes that cannot: used up at once, or owed


class GaveBack: ...


def sent_lately(world: Any, caller: str) -> list[Row]:
    """What the caller has sent within a day, the newest first."""
    member = the_member(world, caller)
    account, since = ledger_rows.account_of(world, member.id), world.now() - dt.timedelta(days=DISPUTE_DAYS)
    lines = [one for one in account_lines.last_lines(world, account.id, 15) if one.amount < 0 and one.purpose == "principal" and one.posted_at >= since]
    known = ledger_rows.transfers_in(world, [one.transfer_id for one in lines])
    said = []
    for one in lines:
        if known[one.transfer_id].kind in ABLE and known[one.transfer_id].subtype not in UNABLE:
            said.append(Row(str(one.transfer_id), f"{world.organisation.money(-one.amount)} {_name(world, one.other_id)}"))
    return said


def _name(world: Any, account_id: int) -> str:
    account = ledger_rows.account(world, account_id)
    owner = members.by_id(world, account.owner_id) if account.owner_id else None
    return short(owner.name) if owner else account.name


def ask_back(world: Any, caller: str, mistake: str, key: str) -> AskedBack | AlreadyAsked | TooMany | TooLate | NotYours:
    """Hold what the receiver still has of a payment of the caller's, and ask for it back."""
    member = the_member(world, caller)
    transfer = ledger_rows.transfer(world, int(mistake)) if mistake.isdigit() else None
    source = ledger_rows.account_of(world, member.id)
    if transfer is None or transfer.source_id != source.id or transfer.kind not in ABLE or transfer.subtype in UNABLE or transfer.state != "posted":
        return NotYours()
    if transfer.done_at and transfer.done_at < world.now() - dt.timedelta(days=DISPUTE_DAYS):
        return TooLate()
    if rows.dispute(world, transfer.id) or ledger_rows.reversal_of(world, transfer.id):
        return AlreadyAsked()
    if len(rows.open_disputes(world, asker_id=member.id)) >= DISPUTES_MOST:
        return TooMany()
    receiver = ledger_rows.lock_accounts(world, [transfer.destination_id])[transfer.destination_id]
    held = min(transfer.posted_amount, max(receiver.available, 0))
    hold_id = None
    if held:
        outcome = _hold(world, transfer.id, held, key, member.id)
        hold_id = outcome.transfer.id if isinstance(outcome, Reserved) else None
        held = held if hold_id else 0
    due_at = world.now() + dt.timedelta(hours=DISPUTE_HOURS)
    holder_id = receiver.owner_id or 0
    rows.add_dispute(
        world, transfer_id=transfer.id, asker_id=member.id, holder_id=holder_id, hold_id=hold_id, asked=transfer.posted_amount, held=held, due_at=due_at
    )  # fmt: skip
    holder = members.by_id(world, holder_id) if holder_id else None
    if holder:
        _tell_holder(world, transfer, member, holder, held)
    local, money = world.organisation.local(due_at), world.organisation.money
    name = short(holder.name) if holder else short(receiver.name)
    return AskedBack(money(held), Day(world.phrases.day(local, member.language)), name)


def _hold(world: Any, transfer_id: int, amount: int, key: str, member_id: int) -> Any:
    try:
        return ledger.reverse(world, transfer_id, key=key, authority=f"dispute:{member_id}", amount=amount, hold=True, channel="dispute")
    except AlreadyReversed:
        return None


def _tell_holder(world: Any, transfer: Any, asker: Member, holder: Member, held: int) -> None:
    money, local = world.organisation.money, world.organisation.local(transfer.done_at)
    words = world.phrases.say(
        notices.ASKED_BACK, holder.language, from_name=short(asker.name), amount=money(transfer.posted_amount), held_back=money(held),
        day=world.phrases.day(local, holder.language), code_nine=world.organisation.dial("9"),
    )  # fmt: skip
    write_text(world, key=f"asked_back:{transfer.id}", number=holder.number, kind="receipt", words=words, member_id=holder.id, about=str(transfer.id))


def look(world: Any, member: Member, transfer_id: int) -> GivingBack | None:
    """A payment that somebody asks back of this member."""
    found = rows.dispute(world, transfer_id)
    transfer = ledger_rows.transfer(world, transfer_id)
    if found is None or transfer is None or found.state != "open" or found.holder_id != member.id:
        return None
    asker, money = members.by_id(world, found.asker_id), world.organisation.money
    day = Day(world.phrases.day(world.organisation.local(transfer.done_at), member.language))
    return GivingBack(money(found.held), short(asker.name if asker else "?"), tail(asker.number if asker else "000"), day, money(0))


def give_back(world: Any, caller: str, draft: str, pin_back: Secret, key: str) -> GaveBack | Gone | WrongPin | Locked | TooBusy:
    """The receiver agrees: what is held goes back."""
    member = the_member(world, caller)
    if refused := weigh_pin(world, caller, pin_back):
        return refused
    found = _mine(world, member, draft)
    if found is None or not found.hold_id:
        return Gone()
    decide_dispute(world, found.transfer_id, give=True, by=f"pin:{member.id}")
    world.commit()
    hold = ledger_rows.transfer(world, found.hold_id)
    if hold:
        wait_for(world, hold)
    return GaveBack()


def refuse_back(world: Any, caller: str, draft: str) -> Kept | Gone:
    """The receiver says no. It stays held until a person has looked, and the asker is told."""
    member = the_member(world, caller)
    found = _mine(world, member, draft)
    if found is None:
        return Gone()
    rows.end_dispute(world, found.transfer_id, "refused", f"member:{member.id}")
    asker, transfer = members.by_id(world, found.asker_id), ledger_rows.transfer(world, found.transfer_id)
    if asker and transfer:
        words = world.phrases.say(
            notices.NOT_GIVEN_BACK, asker.language, from_name=short(member.name), amount=world.organisation.money(found.asked),
            coop=world.organisation.short_name, ref=transfer.ref,
        )  # fmt: skip
        write_text(world, key=f"not_given_back:{transfer.id}", number=asker.number, kind="receipt", words=words, member_id=asker.id, about=str(transfer.id))
    return Kept()


def _mine(world: Any, member: Member, draft: str) -> Any:
    id = draft.partition("-")[2]
    found = rows.dispute(world, int(id), lock=True) if id.isdigit() else None
    return found if found is not None and found.holder_id == member.id and found.state == "open" else None


def decide_dispute(world: Any, transfer_id: int, *, give: bool, by: str) -> str:
    """The end of it: what is held goes back to who asked, or is free again. Returns why not, or nothing."""
    found = rows.dispute(world, transfer_id, lock=True)
    if found is None or found.state not in ("open", "refused"):
        return "it has been decided"
    if found.hold_id and give:
        ledger.post_hold(world, found.hold_id)
    elif found.hold_id:
        ledger.void_hold(world, found.hold_id, "the payment stays where it is")
    elif give:
        return "nothing was held"
    if found.state == "refused":
        rows.reopen_dispute(world, transfer_id)
    rows.end_dispute(world, transfer_id, "given_back" if give else "kept", by)
    return ""


def mend(world: Any) -> int:
    """A hold that was to go back and could not (the other account was blocked meanwhile) is a person's matter again."""
    mended = 0
    for found in rows.disputes_unposted(world):
        rows.change_dispute(world, found.transfer_id, state="refused", hold_id=None, held=0, decided_by="the other account could not take it")
        mended += 1
    return mended
