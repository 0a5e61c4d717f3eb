"""What waits for a member under 9: payments prepared by SMS or at the office, and payments that somebody asks back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import Money, Wish
from gateway.members import draft_rows
from gateway.members import rows as members
from gateway.members.model import (
    DRAFT_MINUTES,
    DraftPayment,
    FeeChanged,
    Gone,
    Locked,
    Member,
    NotEnough,
    NotTaken,
    OverLimit,
    Paused,
    PlaceName,
    Quoted,
    Sent,
    ShortName,
    Tail,
    TooBusy,
    TooMuch,
    UnderWay,
    WrongPin,
    short,
    tail,
)
from gateway.members.payments import pay, quote_for, receiver_of, wait_for
from gateway.members.verbs import call_of, the_member, weigh_pin
from gateway.money import rows
from gateway.money.airtime import order_airtime
from gateway.money.disputes import look
from gateway.money.model import GivingBack
from gateway.money.places import GROUP, OFFICE, place_with
from gateway.records.verbs import write_text
from menus.answers import Secret
from menus.book import notices
from menus.phrasebook import Row

TOLD_WITHIN = dt.timedelta(hours=1)  # of its end: later, when the clock had stood still, it would only puzzle
ASKED_BACK = "back-"  # how the value of a line begins that is a payment asked back


class Dropped: ...


@dataclass(frozen=True)
class Ready:
    """A payment to a member, looked at again."""

    amount: Money
    to_name: ShortName
    tail: Tail
    fee: Money
    left: Money
    quoted_fee: int


@dataclass(frozen=True)
class ReadyPlace:
    """A payment to a group, for airtime, or cash from the office."""

    amount: Money
    place: PlaceName
    fee: Money
    left: Money
    quoted_fee: int


@dataclass(frozen=True)
class ReadyMade(Ready):
    """A payment to a member that somebody prepared who dials for the payer."""

    helper: ShortName


@dataclass(frozen=True)
class ReadyPlaceMade(ReadyPlace):
    """The same to a group, or for airtime."""

    helper: ShortName


def prepare_draft(world: Any, caller: str, kind: str, to: str, amount: int, key: str, *, made_by: int | None = None) -> int:
    """Keep a payment that was asked for until it is agreed to with the PIN; `made_by` is who prepared it, if it was not the payer. Returns its id."""
    if kind == "send":
        receiver = receiver_of(world, to)
        assert receiver, "the flow has just found this member"
        to = receiver.number
    ends_at = world.now() + dt.timedelta(minutes=DRAFT_MINUTES)
    mine = the_member(world, caller).id
    return draft_rows.add(world, key=key, member_id=mine, kind=kind, to=to, amount=amount, ends_at=ends_at, made_by=made_by)


def take_waiting(
    world: Any, caller: str, draft: str
) -> Ready | ReadyPlace | ReadyMade | ReadyPlaceMade | GivingBack | Gone | NotEnough | OverLimit:  # fmt: skip
    """Look at what waits again, with today's fee and balance."""
    member = the_member(world, caller)
    if draft.startswith(ASKED_BACK):
        return look(world, member, int(draft.removeprefix(ASKED_BACK))) or Gone()
    found = _open_draft(world, member, draft)
    if found is None:
        return Gone()
    receiver = receiver_of(world, found.to) if found.kind == "send" else None
    if found.kind == "send" and receiver is None:
        return Gone()
    kind, subtype = _kind(found)
    match quote_for(world, ledger_rows.account_of(world, member.id), kind, subtype, found.amount):
        case Quoted(fee, left, quoted_fee):
            amount, by = world.organisation.money(found.amount), members.by_id(world, found.made_by) if found.made_by else None
            if found.made_by and (by is None or by.status != "active"):
                return Gone()
            if receiver:
                to = (amount, short(receiver.name), tail(receiver.number), fee, left, quoted_fee)
                return ReadyMade(*to, short(by.name)) if by else Ready(*to)
            at = (amount, PlaceName(_place(world, found)), fee, left, quoted_fee)
            return ReadyPlaceMade(*at, short(by.name)) if by else ReadyPlace(*at)
        case TooMuch(most):
            return OverLimit(most)
        case refused:
            return refused


def send_draft(
    world: Any, caller: str, draft: str, pin: Secret, quoted_fee: int, key: str
) -> Sent | UnderWay | Gone | WrongPin | Locked | TooBusy | NotEnough | OverLimit | NotTaken | Paused:
    """Agree to a prepared payment. Its own id is the key, so it is paid once, whoever agrees however often."""
    if known := ledger_rows.transfer_by_key(world, "draft", draft):
        return wait_for(world, known)
    member = the_member(world, caller)
    found = _open_draft(world, member, draft)
    if found is None:
        return Gone()
    if refused := weigh_pin(world, caller, pin):
        return refused
    destination = _destination(world, found)
    if destination is None:
        return NotTaken()
    kind, subtype = _kind(found)
    wish = Wish(
        kind, ledger_rows.account_of(world, member.id).id, destination, found.amount, "draft", draft, f"pin:{member.id}", subtype=subtype,
        quoted_fee=quoted_fee, call=call_of(key), remembers_refusal=False,
    )  # fmt: skip
    outcome = order_airtime(world, wish, found.to) if found.kind == "airtime" else pay(world, wish)
    if isinstance(outcome, Sent | UnderWay):
        with world.in_any_case():
            draft_rows.end(world, found.id, "agreed")
    return Gone() if isinstance(outcome, FeeChanged) else outcome


def send_draft_place(
    world: Any, caller: str, draft: str, pin_place: Secret, quoted_fee: int, key: str
) -> Sent | UnderWay | Gone | WrongPin | Locked | TooBusy | NotEnough | OverLimit | NotTaken | Paused:
    """The same for what goes to a place."""
    return send_draft(world, caller, draft, pin_place, quoted_fee, key)


def send_draft_made(
    world: Any, caller: str, draft: str, pin_made: Secret, quoted_fee: int, key: str
) -> Sent | UnderWay | Gone | WrongPin | Locked | TooBusy | NotEnough | OverLimit | NotTaken | Paused:
    """The same of what somebody prepared who dials for the payer."""
    return send_draft(world, caller, draft, pin_made, quoted_fee, key)


def send_draft_place_made(
    world: Any, caller: str, draft: str, pin_place_made: Secret, quoted_fee: int, key: str
) -> Sent | UnderWay | Gone | WrongPin | Locked | TooBusy | NotEnough | OverLimit | NotTaken | Paused:
    return send_draft(world, caller, draft, pin_place_made, quoted_fee, key)


def drop_draft(world: Any, caller: str, draft: str) -> Dropped | Gone:
    """Whoever prepared it for the payer hears that it was stopped."""
    member = the_member(world, caller)
    found = _open_draft(world, member, draft)
    if found is None:
        return Gone()
    draft_rows.end(world, found.id, "stopped")
    by = members.by_id(world, found.made_by) if found.made_by else None
    if by and by.status == "active":
        words = world.phrases.say(notices.PREPARED_STOPPED, by.language, name=short(member.name), place=PlaceName(_called(world, found)))
        write_text(world, key=f"stopped:{found.id}", number=by.number, kind="service", words=words, member_id=by.id, about="helping", hours=by.hours)
    return Dropped()


def end_late_drafts(world: Any) -> int:
    """What nobody agreed to in time is over. Who asked for it is told, once a day, and as what was not asked for: nothing has moved.

    The ledger knows better than the draft: a turn that died between the two has paid.
    """
    late = draft_rows.end_late(world)
    people = members.by_ids(world, {one.member_id for one in late}) if late else {}
    today = world.organisation.local(world.now()).date()
    for one in late:
        if ledger_rows.transfer_by_key(world, "draft", str(one.id)):
            draft_rows.end(world, one.id, "agreed")
            continue
        member = people.get(one.member_id)  # nobody, when they have left since
        if member and member.status == "active" and not member.shared and one.ends_at > world.now() - TOLD_WITHIN:
            words = world.phrases.say(
                notices.NOT_AGREED, member.language, amount=world.organisation.money(one.amount), place=PlaceName(_called(world, one)),
                minutes=str(DRAFT_MINUTES), code=world.organisation.dial(),
            )  # fmt: skip
            write_text(world, key=f"not_agreed:{member.id}:{today}", number=member.number, kind="service", words=words, member_id=member.id, about="not agreed")
    return len(late)


def _open_draft(world: Any, member: Member, draft: str) -> DraftPayment | None:
    found = draft_rows.draft(world, int(draft), member.id) if draft.isdigit() else None
    return found if found and found.state == "waiting" and found.ends_at > world.now() else None


def _kind(draft: DraftPayment) -> tuple[str, str]:
    return {
        "send": ("transfer", ""), "group": ("billpay", "group"), "airtime": ("merchantpayment", "airtime"), "office": ("withdrawal", "office"),
    }[draft.kind]  # fmt: skip


def _destination(world: Any, draft: DraftPayment) -> int | None:
    match draft.kind:
        case "send":
            receiver = receiver_of(world, draft.to)
            return ledger_rows.account_of(world, receiver.id).id if receiver else None
        case "group":
            place = place_with(world, GROUP, draft.to)
            return place.id if place else None
        case "airtime":
            return int(world.system_accounts["AIRTIME"])
        case "office":
            return int(world.system_accounts[OFFICE])


def _place(world: Any, draft: DraftPayment) -> str:
    match draft.kind:
        case "group":
            place = place_with(world, GROUP, draft.to)
            return place.name if place else draft.to
        case "airtime":
            return f"airtime {draft.to[-4:]}"
        case _:
            return str(world.organisation.short_name)


# What is told of it.


def waiting_things(world: Any, caller: str) -> list[Row]:
    """A line for each: the amount, and to whom."""
    member = members.by_number(world, caller)
    if member is None:
        return []
    waiting = draft_rows.waiting(world, member.id)
    who = members.by_ids(world, {one.made_by for one in waiting if one.made_by})
    lines = [Row(str(one.id), f"{world.organisation.money(one.amount)} {_called(world, one)}{_by(who.get(one.made_by or 0))}") for one in waiting]
    for one in rows.open_disputes(world, holder_id=member.id, most=9):
        asker = members.by_id(world, one.asker_id)
        lines.append(Row(f"{ASKED_BACK}{one.transfer_id}", f"{world.organisation.money(one.asked)} <- {short(asker.name) if asker else '?'}"))
    return lines


def _by(helper: Member | None) -> str:
    """Who has prepared it, where that was not the payer: two lines that are alike but for this are two payments."""
    return f" ({short(helper.name)})" if helper else ""


def _called(world: Any, draft: DraftPayment) -> str:
    if draft.kind != "send":
        return _place(world, draft)
    member = members.by_number(world, draft.to)
    return short(member.name) if member else draft.to
