"""Asking a group for a loan, agreeing to it, paying it back. Money moves in the transaction that says why, so that neither is there without the other."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.groups import rows as groups
from gateway.community.groups.cash import box_of
from gateway.community.groups.facts import put_in_by
from gateway.community.groups.leading import leads, send, texts_left, to_tell
from gateway.community.groups.model import Group, Heads, NotInGroup
from gateway.community.groups.results import ASKS_FOR, HAS_LENT
from gateway.community.groups.verbs import group_of
from gateway.community.lending import rows
from gateway.community.lending.model import (
    AGAIN_DAYS,
    ASKED_DAYS,
    GROUP_LEAST,
    LISTED,
    SAY_YES,
    TIMES_PUT_IN,
    WEEKS,
    AgreedFirst,
    AskAgainLater,
    FewAreHere,
    GroupHasTooLittle,
    LeaderIsMissing,
    Loan,
    LoanAsked,
    LoanFits,
    LoanGone,
    LoanKey,
    LoanLent,
    LoanRefused,
    LoanRuns,
    LoansShown,
    LoanTakenBack,
    LoanToAgree,
    MayBorrow,
    MyLoanAsked,
    MyLoanLent,
    NoLoan,
    NothingOwed,
    NothingToLend,
    PaysBack,
    TooMuchToLend,
)
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import NoFunds, Reserved, Wish
from gateway.ledger.verbs import GROUP_BACK, GROUP_LOAN
from gateway.members import rows as members
from gateway.members.model import Day, Locked, Member, NotEnough, NotTaken, Paused, ShortName, TooBusy, UnderWay, WrongPin, short
from gateway.members.model import Sent as SentBack
from gateway.members.payments import known_answer, refused, wait_for
from gateway.members.verbs import call_of, the_member, weigh_pin
from gateway.money import rows as money_rows
from gateway.records.model import phone_of
from menus.answers import Secret
from menus.book import more_notices
from menus.phrasebook import Row

LOOKED_AT = 500  # loans of a group that are counted


def owed(world: Any, loan: Loan) -> int:
    """What is still to be paid back, in minor units; what is on its way counts as paid. Nothing before the loan has arrived."""
    out = ledger_rows.transfer(world, loan.transfer_id) if loan.state == "lent" and loan.transfer_id else None
    return max(loan.amount - rows.paid_back(world, [loan.id]).get(loan.id, 0), 0) if out and out.state == "posted" else 0


def _is_over(world: Any, loan: Loan) -> bool:
    """Whether all of it has come back."""
    return loan.state == "lent" and rows.paid_back(world, [loan.id], posted=True).get(loan.id, 0) >= loan.amount


def _day(world: Any, moment: dt.datetime | None, member: Member) -> Day:
    return Day(world.phrases.day(world.organisation.local(moment or world.now()), member.language))


def _months(weeks: int) -> Heads:
    return Heads(WEEKS.index(str(weeks)) + 1)


# What all see.


def look_at_loans(world: Any, caller: str, group: str) -> LoansShown | NotInGroup:
    found = group_of(world, the_member(world, caller), group)
    if found is None:
        return NotInGroup()
    lent = rows.of_group(world, found.id, ("lent",), LOOKED_AT)
    back = rows.paid_back(world, [one.id for one in lent])
    out = {one.id: max(one.amount - back.get(one.id, 0), 0) for one in lent}
    late = sum(bool(out[one.id]) and one.due_at is not None and one.due_at <= world.now() for one in lent)
    asked = len(rows.of_group(world, found.id, ("asked",), LISTED))
    return LoansShown(Heads(sum(map(bool, out.values()))), world.organisation.money(sum(out.values())), Heads(late), Heads(asked))


# Who asks.


def most_for(world: Any, group: Group, member: Member) -> int:
    """The most that a member may have now: so many times what they put in, and no more than the group has; in whole units. Neither counts cash, nor a
    payment that is being asked back.
    """
    scale, account = 10**world.organisation.digits, ledger_rows.account(world, group.account_id)
    in_cash = max(-boxed.balance, 0) if (boxed := box_of(world, group)) else 0
    mine = put_in_by(world, group, member.id, cash=False).minor - money_rows.asked_back(world, member.id, group.account_id)
    most: int = min(TIMES_PUT_IN * mine, account.available - in_cash) // scale * scale
    return max(most, 0)


def may_borrow(world: Any, caller: str, group: str) -> MayBorrow | NothingToLend | FewAreHere | LoanRuns | AskAgainLater | NotInGroup:
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None:
        return NotInGroup()
    if groups.heads_of(world, [found.id]).get(found.id, 0) < GROUP_LEAST:
        return FewAreHere()
    running = rows.running(world, found.id, member.id)
    if running and (running.state == "asked" or not _is_over(world, running)):
        return LoanRuns()
    last = rows.last_turned_down(world, found.id, member.id)
    if last and (again := last + dt.timedelta(days=AGAIN_DAYS)) > world.now():
        return AskAgainLater(_day(world, again, member))
    most = most_for(world, found, member)
    return MayBorrow(world.organisation.money(most)) if most else NothingToLend()


def weigh_loan(
    world: Any, caller: str, group: str, amount: int
) -> LoanFits | TooMuchToLend | NothingToLend | FewAreHere | LoanRuns | AskAgainLater | NotInGroup:
    may = may_borrow(world, caller, group)
    if not isinstance(may, MayBorrow):
        return may
    return LoanFits() if amount <= may.most.minor else TooMuchToLend()


def ask_for_loan(
    world: Any, caller: str, group: str, amount: int, weeks: str, key: str
) -> LoanAsked | TooMuchToLend | NothingToLend | FewAreHere | LoanRuns | AskAgainLater | NotInGroup:
    """Leaders hear of it by an SMS of the group's; all see it under the money of the group."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    assert weeks in WEEKS, "the menu has no other"
    if found is None:
        return NotInGroup()
    groups.lock(world, found.id)
    said = LoanAsked(world.organisation.money(amount), _months(int(weeks)))
    if rows.by_key(world, key):  # this very turn came before
        return said
    may = weigh_loan(world, caller, group, amount)
    if not isinstance(may, LoanFits):
        return may
    if over := rows.running(world, found.id, member.id):  # paid back, and the clock has not come by yet
        rows.change(world, over.id, state="paid", ended_at=world.now())
    if not rows.add(world, key=key, group_id=found.id, member_id=member.id, amount=amount, weeks=int(weeks)):
        return LoanRuns()
    made = rows.by_key(world, key)
    assert made, "it has just been asked for"
    leaders = {one.member_id for one in groups.in_group(world, found.id) if one.role == "leader"}
    receivers = [one for one in to_tell(world, found, member.id) if one.id in leaders][: texts_left(world, found)]
    send(world, found, receivers, more_notices.LOAN_ASKED, f"loan-asked:{key}", name=short(member.name), amount=world.organisation.money(amount))
    groups.add_notice(world, key=f"loan-asked:{made.id}", group_id=found.id, member_id=member.id, words=f"{ASKS_FOR}{made.id}")
    return said


def look_at_my_loan(world: Any, caller: str, group: str) -> MyLoanAsked | MyLoanLent | NoLoan:
    """By the group's number alone, here and where it is paid back: who is in the group no more still owes."""
    member, found = the_member(world, caller), groups.by_number(world, group)
    one = rows.running(world, found.id, member.id) if found else None
    if one is None:
        return NoLoan()
    money = world.organisation.money
    if one.state == "asked":
        return MyLoanAsked(LoanKey(one.id), money(one.amount), Heads(len(rows.who_said_yes(world, one.id))))
    left = owed(world, one)
    return MyLoanLent(LoanKey(one.id), money(one.amount), money(left), _day(world, one.due_at, member)) if left else NoLoan()


def has_my_loan(world: Any, caller: str, group: str) -> bool:
    return not isinstance(look_at_my_loan(world, caller, group), NoLoan)


def take_loan_back(world: Any, caller: str, loan: str) -> LoanTakenBack | LoanGone:
    one = _mine(world, caller, loan)
    if one is None or one.state != "asked":
        return LoanGone()
    rows.change(world, one.id, state="back", ended_at=world.now())
    return LoanTakenBack()


def _mine(world: Any, caller: str, loan: str) -> Loan | None:
    one = rows.loan(world, int(loan), lock=True) if loan.isdigit() else None
    return one if one and one.member_id == the_member(world, caller).id else None


# Who agrees.


def loans_asked(world: Any, caller: str, group: str) -> list[Row]:
    """What others ask for, the oldest first."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    asked = [one for one in reversed(rows.of_group(world, found.id, ("asked",), LISTED)) if one.member_id != member.id] if found else []
    known = members.by_ids(world, [one.member_id for one in asked])
    return [Row(str(one.id), f"{short(known[one.member_id].name)} {world.organisation.money(one.amount)}") for one in asked if one.member_id in known]


def lending_since(world: Any) -> dt.datetime:
    """Since when an asking is still open."""
    now: dt.datetime = world.now()
    return now - dt.timedelta(days=ASKED_DAYS)


def waits_for(world: Any, member: Member) -> list[tuple[Group, Loan, Member]]:
    """Loans that wait for a yes which this member may give, in any of their groups, the oldest first."""
    found = []
    for one in rows.to_agree(world, member.id, lending_since(world)):
        group, borrower = groups.by_id(world, one.group_id), members.by_id(world, one.member_id)
        if group and borrower and _asks_in(world, group, borrower) and _may_agree(world, group, one, borrower, member):
            found.append((group, one, borrower))
    return found


def _asks_in(world: Any, group: Group, borrower: Member) -> bool:
    """Whether who asks is still one of the group."""
    standing = groups.membership(world, group.id, borrower.id)
    return borrower.status == "active" and standing is not None and standing.state == "member"


def _to_agree(world: Any, caller: str, group: str, loan: str) -> tuple[Group, Member, Loan, Member] | None:
    """(the group, who agrees, the loan, whose it is), while it is asked for by somebody else who is in the group. It is locked."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None or not loan.isdigit():
        return None
    groups.lock(world, found.id)
    one = rows.loan(world, int(loan), lock=True)
    if one is None or one.group_id != found.id or one.member_id == member.id or one.asked_at <= lending_since(world):
        return None
    borrower = members.by_id(world, one.member_id)
    return (found, member, one, borrower) if borrower and _asks_in(world, found, borrower) else None


def look_at_loan_asked(world: Any, caller: str, asked: str, group: str) -> LoanToAgree | LoanGone:
    found = group_of(world, the_member(world, caller), group)
    one = rows.loan(world, int(asked)) if asked.isdigit() else None
    borrower = members.by_id(world, one.member_id) if one else None
    if found is None or one is None or borrower is None or one.group_id != found.id or one.state != "asked":
        return LoanGone()
    money = world.organisation.money
    return LoanToAgree(LoanKey(one.id), money(one.amount), ShortName(short(borrower.name)), _months(one.weeks), money(0))


def agree_to_loan(
    world: Any, caller: str, group: str, loan: str, pin: Secret, key: str
) -> AgreedFirst | LeaderIsMissing | LoanLent | GroupHasTooLittle | LoanGone | NotTaken | Paused | WrongPin | Locked | TooBusy:
    """A yes with a PIN. The second, with a leader's among the two where the borrower does not lead alone, pays it out: once, whoever says yes again."""
    if wrong := weigh_pin(world, caller, pin):
        return wrong
    found = _to_agree(world, caller, group, loan)
    if found is None:
        return LoanGone()
    place, member, one, borrower = found
    name, money = ShortName(short(borrower.name)), world.organisation.money(one.amount)
    if one.state == "lent" and member.id in rows.who_said_yes(world, one.id):  # this very turn came before
        return LoanLent(name, money)
    if one.state != "asked":
        return LoanGone()
    if not _may_agree(world, place, one, borrower, member):
        return LoanGone()
    rows.say_yes(world, one.id, member.id)
    yes = [each for each in members.by_ids(world, rows.who_said_yes(world, one.id)).values() if _may_agree(world, place, one, borrower, each)]
    if min(len({each.voice for each in yes}), len({phone_of(each.number) for each in yes})) < SAY_YES:
        return AgreedFirst(name)
    leaders = {each.member_id for each in groups.in_group(world, place.id) if each.role == "leader"} - {borrower.id}
    if leaders and not leaders & {each.id for each in yes}:
        return LeaderIsMissing(name)
    return _lend(world, place, one, borrower, member)


def _may_agree(world: Any, group: Group, one: Loan, borrower: Member, member: Member) -> bool:
    """Who is in the group, and was before the loan was asked for; another person than the borrower, on another phone, as far as we can know."""
    standing = groups.membership(world, group.id, member.id)
    here = standing is not None and standing.state == "member" and standing.since < one.asked_at
    return here and member.voice != borrower.voice and phone_of(member.number) != phone_of(borrower.number)


def _lend(world: Any, group: Group, one: Loan, borrower: Member, by: Member) -> LoanLent | GroupHasTooLittle | NotTaken | Paused:
    """In one transaction with the money that is set aside for it; what was put in and what the group has is weighed once more."""
    if one.amount > most_for(world, group, borrower):
        return GroupHasTooLittle()
    due = world.now() + dt.timedelta(weeks=one.weeks)
    savings = ledger_rows.account_of(world, borrower.id)
    outcome = ledger.reserve(world, Wish(
        "disbursement", group.account_id, savings.id, one.amount, "ussd", f"group-loan-{one.id}", f"pin:{by.id}", subtype=GROUP_LOAN, free=True,
        narrative=str(world.phrases.day(world.organisation.local(due), borrower.language)), remembers_refusal=False,
    ))  # fmt: skip
    if not isinstance(outcome, Reserved):
        said = refused(world, outcome)
        return GroupHasTooLittle() if isinstance(outcome, NoFunds) else said if isinstance(said, Paused) else NotTaken()
    rows.change(world, one.id, state="lent", transfer_id=outcome.transfer.id, due_at=due)
    groups.add_notice(world, key=f"loan-lent:{one.id}", group_id=group.id, member_id=borrower.id, words=f"{HAS_LENT}{one.id}")
    return LoanLent(ShortName(short(borrower.name)), world.organisation.money(one.amount))


def refuse_loan(world: Any, caller: str, group: str, loan: str) -> LoanRefused | LoanGone:
    """A leader's no, told kindly and without a reason."""
    found = _to_agree(world, caller, group, loan) if leads(world, caller, group) else None
    if found is None or found[2].state != "asked":
        return LoanGone()
    place, _, one, borrower = found
    rows.change(world, one.id, state="refused", ended_at=world.now())
    tell_no(world, place, one, borrower)
    return LoanRefused()


def tell_no(world: Any, group: Group, one: Loan, borrower: Member) -> None:
    receivers = [borrower] if texts_left(world, group) and borrower.id in {each.id for each in to_tell(world, group, but=0)} else []
    send(world, group, receivers, more_notices.LOAN_NOT_NOW, f"loan-no:{one.id}", amount=world.organisation.money(one.amount))


# Who pays back.


def quote_loan(world: Any, caller: str, group: str, pay_back: int) -> PaysBack | NothingOwed | NotEnough:
    """Never more than is owed."""
    member, found = the_member(world, caller), groups.by_number(world, group)
    one = rows.running(world, found.id, member.id) if found else None
    left = owed(world, one) if one else 0
    if not left:
        return NothingOwed()
    paying, there = min(pay_back, left), ledger_rows.account_of(world, member.id).available
    if paying > there:
        return NotEnough(world.organisation.money(0))
    money = world.organisation.money
    return PaysBack(money(paying), paying, money(0), money(left - paying))


def repay_loan(
    world: Any, caller: str, group: str, paying_minor: int, pin: Secret, key: str
) -> SentBack | UnderWay | WrongPin | Locked | TooBusy | NothingOwed | NotEnough | NotTaken | Paused:
    if isinstance(known := known_answer(world, key), SentBack | UnderWay | NotEnough | NotTaken | Paused):
        return known
    if wrong := weigh_pin(world, caller, pin):
        return wrong
    member, found = the_member(world, caller), groups.by_number(world, group)
    if found is None:
        return NothingOwed()
    running = rows.running(world, found.id, member.id)
    one = rows.loan(world, running.id, lock=True) if running else None  # two calls at once pay back what is owed, not twice
    left = owed(world, one) if one else 0
    if one is None or not left:
        return NothingOwed()
    amount, savings = min(paying_minor, left), ledger_rows.account_of(world, member.id)
    outcome = ledger.reserve(world, Wish(
        "transfer", savings.id, found.account_id, amount, "ussd", key, f"pin:{member.id}", subtype=GROUP_BACK, free=True, call=call_of(key)
    ))  # fmt: skip
    if not isinstance(outcome, Reserved):
        said = refused(world, outcome)
        return said if isinstance(said, NotEnough | Paused) else NotTaken()
    rows.add_payment(world, one.id, outcome.transfer.id, amount)
    return wait_for(world, outcome.transfer)
