"""What a member's account has lived through: the last lines, and one of them from close by. Reads only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import Account
from gateway.ledger.statements import rows as account_lines
from gateway.members import rows
from gateway.members.model import Day, Member, Party, Seen, ShortName, SignedMoney, Time, short
from menus.book import notices
from menus.phrasebook import Row

FIVE = 5
CALLED = {
    "produce": "Produce",
    "loan": "Advance",
    "FLOAT": "Cash in",
    "CASH": "Cash",
    "AIRTIME": "Airtime",
    "REWARDS": "Reward",
    "ESCROW": "Held safe",
}  # product or code -> word
LINES_EACH = 3  # a payment has a principal and perhaps a fee and a tax; what it cost stands behind it


def last_five(world: Any, caller: str) -> list[Row]:
    """The newest payments of the account: day, amount with its sign, with whom."""
    member = rows.by_number(world, caller)
    if member is None:
        return []
    account = ledger_rows.account_of(world, member.id)
    lines = account_lines.last_lines(world, account.id, FIVE * LINES_EACH)
    payments = list({line.transfer_id: line for line in lines if line.purpose == "principal"}.values())[:FIVE]
    who = other_sides(world, [line.other_id for line in payments], member)
    return [Row(str(line.transfer_id), _line(world, member, line, who[line.other_id])) for line in payments]


def mini(world: Any, caller: str) -> str:
    """The last three lines in one breath, for an SMS."""
    rows_of_three = last_five(world, caller)[:3]
    return " ".join(f"{row.label}." for row in rows_of_three)


def _line(world: Any, member: Member, leg: Any, who: str) -> str:
    local = world.organisation.local(leg.posted_at)
    bare = str(world.organisation.money(abs(leg.amount))).split(" ", 1)[1]
    return f"{world.phrases.day(local, member.language)} {'+' if leg.amount > 0 else '-'}{bare} {who}"


def other_side(world: Any, account_id: int, member: Member) -> str:
    return other_sides(world, [account_id], member)[account_id]


def other_sides(world: Any, account_ids: Iterable[int], member: Member) -> dict[int, str]:
    """With whom: a person by name, a group or shop by its own, the member's other accounts and the organisation's by what they are for."""
    accounts = ledger_rows.accounts_in(world, account_ids)
    people = {one.owner_id for one in accounts.values() if one.owner_id} - {member.id}
    owners = rows.by_ids(world, people) if people else {}

    def side(account: Account) -> str:
        if account.owner_id == member.id or account.product == "system":
            return called_side(world, account.product, account.code, member)
        owner = owners.get(account.owner_id or 0)
        return short(owner.name) if owner else account.name[: len(ShortName.longest)].rstrip()

    return {id: side(account) for id, account in accounts.items()}


def called_side(world: Any, product: str, code: str, member: Member) -> str:
    """What an account of the member's own, or of the organisation, is called on a phone."""
    return str(world.phrases.text(CALLED.get(product) or CALLED.get(code, "Office"), member.language))


def payment_of(world: Any, member: Member, payment: str) -> Seen | None:
    """A transfer as this member sees it, or None when it is not theirs."""
    transfer = ledger_rows.transfer(world, int(payment)) if payment.isdigit() else None
    account = ledger_rows.account_of(world, member.id)
    if transfer is None or account.id not in (transfer.source_id, transfer.destination_id):
        return None
    out = transfer.source_id == account.id
    other_id = transfer.destination_id if out else transfer.source_id
    legs = ledger_rows.legs_of(world, transfer.id)
    if not legs:
        return None  # not posted yet, so there is nothing to say of it
    leg = legs[-1] if out else legs[0]  # the payer's balance stands behind the fee, the receiver's behind the principal
    money, local = world.organisation.money, world.organisation.local(leg.posted_at)
    who = other_side(world, other_id, member)
    return Seen(
        day=Day(world.phrases.day(local, member.language)),
        time=Time(f"{local:%H:%M}"),
        signed_amount=SignedMoney(("-" if out else "+") + str(money(transfer.amount))),
        other=Party(world.phrases.text("to {who}" if out else "from {who}", member.language).format(who=who)),
        fee=money(transfer.fee if out else 0),
        after=money(leg.debit_balance if out else leg.credit_balance),
        ref=transfer.ref,
    )


def words_of_payment(world: Any, member: Member, seen: Seen) -> str:
    said: str = world.phrases.say(
        notices.PAYMENT, member.language, day=seen.day, time=seen.time, signed_amount=seen.signed_amount, other=seen.other,
        fee=seen.fee, after=seen.after, ref=seen.ref,
    )  # fmt: skip
    return said
