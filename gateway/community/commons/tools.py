"""Tools that go round in a group: who lends says yes to each, who borrows says when it is back, and both say how it was."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.commons import rows
from gateway.community.commons.model import (
    ANSWER_DAYS,
    ASKS_A_DAY,
    TOOL_MOST,
    TOOLS_MOST,
    Few,
    LoanRated,
    LoanShown,
    OwnerSilent,
    RowKey,
    RulesFull,
    ToolAdded,
    ToolAsked,
    ToolGone,
    ToolName,
    ToolShown,
    ToolTaken,
)
from gateway.community.groups import rows as groups
from gateway.community.groups.model import Group, NotInGroup
from gateway.community.groups.verbs import group_of
from gateway.community.items import brakes
from gateway.community.items.model import HeldWords, Rests
from gateway.community.model import Thing
from gateway.community.questions import ask_by_text
from gateway.members import rows as members
from gateway.members.keeping import at_home
from gateway.members.model import Day, Member, PhoneAtHome, ShortName, short
from gateway.members.verbs import the_member
from gateway.records import rows as records
from gateway.records.model import masked
from gateway.records.verbs import write_text
from menus import alphabet
from menus.book import notices
from menus.notice import Notice
from menus.phrasebook import Row

FREED_AT_ONCE = 100  # in one run of the clock
BORROW = "borrow"  # the kind of our question whether somebody may borrow


def _fellows(world: Any, group: Group) -> dict[int, Member]:
    return members.by_ids(world, [one.member_id for one in groups.in_group(world, group.id)])


def lend_tool(world: Any, caller: str, group: str, words: str, key: str) -> ToolAdded | RulesFull | HeldWords | NotInGroup:
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None:
        return NotInGroup()
    if brakes.held_word(world, words):
        return HeldWords()
    if sum(one.member_id == member.id for one in rows.tools_of(world, found.id)) >= TOOLS_MOST:
        return RulesFull(Few(TOOLS_MOST))
    name = alphabet.plain(masked(alphabet.heard(words)))[:TOOL_MOST]
    rows.add(world, rows.tools, key=key, group_id=found.id, member_id=member.id, name=name)
    return ToolAdded()


def look_at_tool(world: Any, caller: str, group: str, tool: str) -> ToolShown | ToolTaken:
    found = _free(world, the_member(world, caller), group, tool)
    if found is None:
        return ToolTaken()
    one, owner = found
    lent, good = rows.times_lent(world, one.id)
    return ToolShown(Thing(f"tool-{one.id}"), RowKey(one.id), ToolName(one.name), short(owner.name), Few(min(lent, 99)), Few(min(good, 99)))


def _free(world: Any, member: Member, group: str, tool: str) -> tuple[Any, Member] | None:
    """A tool of a fellow that nobody has now, with whose it is."""
    found = group_of(world, member, group)
    one = rows.tool(world, int(tool)) if tool.isdigit() else None
    if found is None or one is None or one.group_id != found.id or one.member_id == member.id or rows.running_loans(world, [one.id]):
        return None
    owner = _fellows(world, found).get(one.member_id)
    return (one, owner) if owner and owner.status == "active" else None


def ask_to_borrow(world: Any, caller: str, group: str, tool: str, about: str) -> ToolAsked | ToolTaken | RulesFull | OwnerSilent | Rests:
    """The owner is asked by SMS and says yes or no; nothing is lent before."""
    member = the_member(world, caller)
    found = _free(world, member, group, tool)
    if found is None:
        return ToolTaken()
    if rows.asked_since(world, member.id, world.now() - dt.timedelta(days=1)) >= ASKS_A_DAY:
        return RulesFull(Few(ASKS_A_DAY))
    one, owner = found
    if owner.shared or records.stopped(world, owner.number):  # nobody can be asked by SMS there
        return OwnerSilent(short(owner.name))
    if brakes.rests(world, "tools"):
        return Rests()
    days = int(about)
    id = rows.ask_for(world, one.id, member.id, days)
    if id is None:  # somebody was faster
        return ToolTaken()
    ask_by_text(
        world, owner, BORROW, str(id), notices.BORROW_ASK, key=f"borrow:{id}", title=one.name, name=short(member.name),
        phone=at_home(world, member.number), tool=one.name, days=f"{days}",
    )  # fmt: skip
    return ToolAsked(short(owner.name))


def answer_borrow(world: Any, owner: Member, ref: str, *, yes: bool) -> bool:
    """The owner's yes or no. Who asked hears of it, and on a yes where to fetch it. False when it was answered before, or gone."""
    loan = rows.loan(world, int(ref))
    one = rows.tool(world, loan.tool_id) if loan else None
    if loan is None or one is None or one.member_id != owner.id:
        return False
    due_at = world.now() + dt.timedelta(days=loan.days)
    if not rows.move_loan(world, loan.id, "asked", state="lent" if yes else "refused", due_at=due_at if yes else None):
        return False
    borrower = members.by_ids(world, [loan.member_id]).get(loan.member_id)
    if borrower and borrower.status == "active":
        day = world.phrases.day(world.organisation.local(due_at), borrower.language)
        _tell(world, loan.id, owner, borrower, notices.BORROW_YES if yes else notices.BORROW_NO, one.name, day)
    return True


def _tell(world: Any, loan_id: int, owner: Member, borrower: Member, notice: Notice, tool: str, day: str) -> None:
    phone = at_home(world, owner.number)
    words = world.phrases.say(notice, borrower.language, name=short(owner.name), phone=phone, tool=tool, day=day)
    write_text(world, key=f"lent:{loan_id}", number=borrower.number, kind="service", words=words, member_id=borrower.id, about="tool", hours=borrower.hours)


def look_at_loan(world: Any, caller: str, loan: str) -> LoanShown | ToolTaken:
    """Something that is lent to me, or by me, or that came back and that I have not called good or bad."""
    member = the_member(world, caller)
    one = next((one for one in rows.loans_with(world, member.id) if str(one.id) == loan), None)
    other_id = one and (one.member_id if one.owner_id == member.id else one.owner_id)
    other = members.by_ids(world, [other_id]).get(other_id) if other_id else None
    if one is None:
        return ToolTaken()
    due = Day(world.phrases.day(world.organisation.local(one.due_at or one.asked_at), member.language))
    phone = at_home(world, other.number) if other else PhoneAtHome("-")  # who has left is called no more, and what they had can be closed
    return LoanShown(RowKey(one.id), ToolName(one.name), short(other.name) if other else ShortName("?"), phone, due)


def rate_loan(world: Any, caller: str, loan: str, back: str) -> LoanRated | ToolTaken:
    """It is back, and this is how it was: from both sides."""
    member = the_member(world, caller)
    one = next((one for one in rows.loans_with(world, member.id) if str(one.id) == loan), None)
    if one is None:
        return ToolTaken()
    side = "by_owner" if one.owner_id == member.id else "by_borrower"
    for before in (one.state, "back"):  # the other may say it at the same moment
        if rows.move_loan(world, one.id, before, state="back", **{side: back == "good"}):
            return LoanRated()
    return ToolTaken()


def take_tool_back(world: Any, caller: str, group: str, own: str) -> ToolGone | ToolTaken:
    """Off the list; not while somebody has it or asks for it."""
    one = rows.tool(world, int(own)) if own.isdigit() else None
    if one is None or one.member_id != the_member(world, caller).id or rows.running_loans(world, [one.id]):
        return ToolTaken()
    rows.change_tool(world, one.id, gone=True)
    return ToolGone()


def free_unanswered(world: Any) -> int:
    """What an owner has not answered in two days is free to be asked for again, and who asked hears that it is a no."""
    some = rows.unanswered(world, world.now() - dt.timedelta(days=ANSWER_DAYS), FREED_AT_ONCE)
    for loan in some:
        one = rows.tool(world, loan.tool_id)
        if rows.move_loan(world, loan.id, "asked", state="refused") and one:
            known = members.by_ids(world, [one.member_id, loan.member_id])
            if one.member_id in known and loan.member_id in known:
                _tell(world, loan.id, known[one.member_id], known[loan.member_id], notices.BORROW_NO, one.name, "")
    return len(some)


# Facts.


def free_tools(world: Any, caller: str, group: str) -> list[Row]:
    """What fellows lend and nobody has now."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None:
        return []
    some = [one for one in rows.tools_of(world, found.id) if one.member_id != member.id]
    taken, fellows = rows.running_loans(world, [one.id for one in some]), _fellows(world, found)
    return [Row(str(one.id), f"{one.name}, {short(fellows[one.member_id].name)}") for one in some if one.id not in taken and one.member_id in fellows]


def own_tools(world: Any, caller: str, group: str) -> list[Row]:
    member = the_member(world, caller)
    found = group_of(world, member, group)
    return [Row(str(one.id), one.name) for one in rows.tools_of(world, found.id) if one.member_id == member.id] if found else []


def my_loans(world: Any, caller: str) -> list[Row]:
    """With whom, and until when."""
    member = the_member(world, caller)
    some = rows.loans_with(world, member.id)
    known = members.by_ids(world, [one.member_id if one.owner_id == member.id else one.owner_id for one in some])
    day, local = world.phrases.day, world.organisation.local
    found = []
    for one in some:
        other = known.get(one.member_id if one.owner_id == member.id else one.owner_id)
        found.append(Row(str(one.id), f"{one.name}, {short(other.name) if other else '?'} {day(local(one.due_at or one.asked_at), member.language)}"))
    return found
