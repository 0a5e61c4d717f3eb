"""Cash that a leader takes: written down at once, and in the books from the moment the payer agrees. Until then it is not agreed yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.groups import ballot_rows, rows
from gateway.community.groups.ballot_rows import CashRecord
from gateway.community.groups.leading import about, leads, texts_left
from gateway.community.groups.model import CashAgreed, CashAsked, CashDenied, CashEnough, CashGone, CashNotNow, CashWritten, Group, NotALeader
from gateway.community.groups.verbs import group_of
from gateway.community.model import TooMany
from gateway.community.questions import ask_by_text
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Account, Reserved, Wish
from gateway.members import rows as members
from gateway.members.model import Member, PlaceName, short
from gateway.members.verbs import the_member
from gateway.records.verbs import write_text
from menus.book import notices

BOX = "C"  # how the code of a group's cash box begins
ASKED_DAYS = 30  # in which a payer may say yes; what nobody has agreed to by then does not count, and the leader writes it again
A_DAY_MOST = 3  # records of cash from one payer in a day: each is a question to them, and a no frees a place for the next
WAITING_MOST = 30  # records of a group that nobody has agreed to yet: then the leader asks them first


def write_cash(world: Any, caller: str, group: str, fellow: str, amount: int, key: str) -> CashWritten | TooMany | CashEnough | NotALeader:
    """The leader writes it down; the payer is asked, by SMS as far as the group's month reaches and under 9, and only their yes makes it so."""
    found = leads(world, caller, group)
    standing = rows.membership(world, found.id, int(fellow)) if found and fellow.isdigit() else None
    leader = the_member(world, caller)
    payer = members.by_ids(world, [standing.member_id]).get(standing.member_id) if standing and standing.state == "member" else None
    if found is None or payer is None or payer.id == leader.id:
        return NotALeader()
    if ballot_rows.cash_by_key(world, key):  # this very turn came before
        return CashWritten(world.organisation.money(amount), short(payer.name))
    if ballot_rows.count_written(world, found.id, payer.id, world.now() - dt.timedelta(days=1)) >= A_DAY_MOST:
        return CashEnough(A_DAY_MOST)
    if ballot_rows.count_asked(world, found.id, world.now() - dt.timedelta(days=ASKED_DAYS)) >= WAITING_MOST:
        return TooMany(WAITING_MOST)
    if ballot_rows.add_cash(world, key=key, group_id=found.id, leader_id=leader.id, member_id=payer.id, amount=amount):
        record = ballot_rows.cash_by_key(world, key)
        assert record, "it has just been written"
        if texts_left(world, found):
            ask_by_text(
                world, payer, "cash", str(record.id), notices.CASH_WRITTEN, key=f"cash:{record.id}", title=found.name, about=about(found),
                name=short(leader.name), amount=world.organisation.money(amount), place=PlaceName(found.name),
            )  # fmt: skip
    return CashWritten(world.organisation.money(amount), short(payer.name))


def answer_cash(world: Any, member: Member, record_id: int, *, agrees: bool) -> CashAgreed | CashDenied | CashNotNow | CashGone:
    """The payer's yes posts it, once; their no leaves it undone, and the leader hears."""
    record = ballot_rows.cash(world, record_id)
    group = rows.by_id(world, record.group_id) if record else None
    if record is None or group is None or record.member_id != member.id or record.state != "asked" or _is_old(world, record):
        return CashGone()
    if not agrees:
        ballot_rows.answer_cash(world, record.id, "denied", None)
        _tell_leader(world, member, record, group)
        return CashDenied()
    if group_of(world, member, group.number) is None:
        return CashGone()
    outcome = ledger.reserve(world, Wish(
        "deposit", _box(world, group), group.account_id, record.amount, "cash", f"cash-{record.id}", f"member:{member.id}", subtype="cashbox",
        narrative=f"cash of {short(member.name)}", free=True, remembers_refusal=False,
    ))  # fmt: skip
    if not isinstance(outcome, Reserved):
        return CashNotNow()
    ballot_rows.answer_cash(world, record.id, "agreed", outcome.transfer.id)
    return CashAgreed()


def _tell_leader(world: Any, payer: Member, record: CashRecord, group: Group) -> None:
    leader = members.by_ids(world, [record.leader_id]).get(record.leader_id)
    if leader is None:
        return
    amount, place = world.organisation.money(record.amount), PlaceName(group.name)
    said = world.phrases.say(notices.CASH_NOT_SO, leader.language, name=short(payer.name), amount=amount, place=place)
    key = f"notso:{record.id}"
    write_text(world, key=key, number=leader.number, kind="service", words=said, member_id=leader.id, about=about(group), hours=leader.hours)


def _is_old(world: Any, record: CashRecord) -> bool:
    return bool(world.now() - record.made_at > dt.timedelta(days=ASKED_DAYS))


def cash_from(world: Any) -> dt.datetime:
    """How far back cash still waits for a yes."""
    now: dt.datetime = world.now()
    return now - dt.timedelta(days=ASKED_DAYS)


def cash_to_agree(world: Any, member: Member) -> list[tuple[CashRecord, Group]]:
    """What waits for this member's yes, the oldest first: under 9 too, for some share a phone and some want no SMS."""
    asked = ballot_rows.cash_asked_of(world, member.id, cash_from(world))
    return [(one, group) for one in asked if (group := rows.by_id(world, one.group_id))]


def look_at_cash(world: Any, member: Member, record_id: int) -> CashAsked | CashGone:
    found = next((pair for pair in cash_to_agree(world, member) if pair[0].id == record_id), None)
    if found is None:
        return CashGone()
    record, group = found
    leader = members.by_ids(world, [record.leader_id]).get(record.leader_id)
    return CashAsked(short(leader.name if leader else "-"), world.organisation.money(record.amount), PlaceName(group.name))


def box_of(world: Any, group: Group) -> Account | None:
    """The account of the group's cash box: what the leader holds for it, below zero by as much. None where there never was cash."""
    found: Account | None = ledger_rows.account_with(world, f"{BOX}{group.number}")
    return found


def _box(world: Any, group: Group) -> int:
    """It is opened with the first cash."""
    found, code = box_of(world, group), f"{BOX}{group.number}"
    return found.id if found else ledger.open_account(world, code=code, name=f"{group.name} cash", kind="asset", product="cashbox", floor=None)
