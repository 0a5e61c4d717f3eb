"""What can be told of a group. Reads only; who is not in it is told nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.groups import ballot_rows, rows
from gateway.community.groups.calling import CALL, CALL_A_VOTE
from gateway.community.groups.leading import leads
from gateway.community.groups.model import AGENDAS, HIDDEN, HOURS, MEETING_DAYS, Group, begin_of
from gateway.community.groups.open_list import sees_names
from gateway.community.groups.results import MORE, NONE, NONE_OF_THESE, TELL_MORE, notice_words, question_of
from gateway.community.groups.verbs import group_of
from gateway.community.groups.votes import vote_in
from gateway.community.groups.writing import WRITE, WRITE_ONE
from gateway.community.lending import rows as lending_rows
from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import Money
from gateway.ledger.statements import rows as account_lines
from gateway.members import rows as members
from gateway.members.model import Member, short, tail
from gateway.members.statements import other_side
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

EVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # before any group was

NOT_AGREED = "not agreed yet"  # cash that its payer has not confirmed; in the catalogue
LINES_SHOWN = 10  # payments of a group's account on the phone
LINES_MOST = 500  # of an account that are read to see who has paid in a week or month
NOTICES_SHOWN = 14  # two pages


def my_groups(world: Any, caller: str) -> list[Row]:
    return [Row(one.number, one.name) for one in rows.of_member(world, the_member(world, caller).id)]


def group_balance(world: Any, caller: str, group: str) -> Any:
    found = group_of(world, the_member(world, caller), group)
    return world.organisation.money(ledger_rows.account(world, found.account_id).balance if found else 0)


def heads(world: Any, caller: str, group: str) -> int:
    found = group_of(world, the_member(world, caller), group)
    return rows.heads_of(world, [found.id]).get(found.id, 0) if found else 0


def paid_heads(world: Any, caller: str, group: str) -> int:
    found = group_of(world, the_member(world, caller), group)
    return len(paid_in(world, found)[1]) if found else 0


def this_period(world: Any, caller: str, group: str) -> str:
    member = the_member(world, caller)
    found = group_of(world, member, group)
    return period_words(world, found, member.language)


def period_words(world: Any, group: Group | None, language: str) -> str:
    return str(world.phrases.text("this week" if group and group.period == "week" else "this month", language))


def paid_in(world: Any, group: Group) -> tuple[list[Member], dict[int, int]]:
    """(everybody of the group, member -> what they paid in), of those only who have paid all that is due, where the group has set a sum."""
    fellows, sums = sums_in(world, group)
    return fellows, {owner: much for owner, much in sums.items() if much >= (group.due or 0)}


def sums_in(world: Any, group: Group) -> tuple[list[Member], dict[int, int]]:
    """(everybody of the group, member -> what they paid in since this week or month began, what went back taken off). A loan is neither."""
    key = ("paid in", group.id)
    if key not in world.seen:
        since = begin_of(group.period, world.organisation.local(world.now()))
        lines, lent = account_lines.last_lines(world, group.account_id, LINES_MOST), lending_rows.transfers_of(world, group.id)
        fellows = list(members.by_ids(world, [one.member_id for one in rows.in_group(world, group.id)]).values())
        owners = {one.id: one.owner_id for one in ledger_rows.accounts_of(world, [fellow.id for fellow in fellows])}
        paid: dict[int, int] = {}
        for line in lines:
            if line.purpose == "principal" and line.posted_at >= since and line.transfer_id not in lent and (owner := owners.get(line.other_id)):
                paid[owner] = paid.get(owner, 0) + line.amount
        for record in ballot_rows.cash_of(world, group.id, since):
            if record.state == "agreed":
                paid[record.member_id] = paid.get(record.member_id, 0) + record.amount
        world.seen[key] = (sorted(fellows, key=lambda one: one.name), {owner: sum_ for owner, sum_ in paid.items() if sum_ > 0})
    found: tuple[list[Member], dict[int, int]] = world.seen[key]
    return found


def put_in(world: Any, caller: str, group: str) -> Money:
    """What a member has paid in since they came, in the books and in cash, what came back taken off."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    nothing: Money = world.organisation.money(0)
    return put_in_by(world, found, member.id) if found else nothing


def put_in_by(world: Any, group: Group, member_id: int, *, cash: bool = True) -> Money:
    """In the books, and in cash where that counts."""
    mine = ledger_rows.account_of(world, member_id)
    given = ballot_rows.cash_of(world, group.id, EVER) if cash else []
    in_cash = sum(one.amount for one in given if one.state == "agreed" and one.member_id == member_id)
    moved = ledger_rows.net_between(world, mine.id, group.account_id) + lending_rows.net_lent(world, group.id, member_id)
    net: Money = world.organisation.money(max(moved + in_cash, 0))
    return net


def cash_asked(world: Any, group: Group) -> dict[int, int]:
    """Member -> cash of this week or month that a leader has written down and that they have not said yes or no to."""
    asked: dict[int, int] = {}
    for record in ballot_rows.cash_of(world, group.id, begin_of(group.period, world.organisation.local(world.now()))):
        if record.state == "asked":
            asked[record.member_id] = asked.get(record.member_id, 0) + record.amount
    return asked


def payers(world: Any, caller: str, group: str) -> list[Row]:
    """Who has paid in this week or month, and how much: of all where the group has said so, as on a sheet on a wall; else one's own."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    fellows, paid = sums_in(world, found) if found else ([], {})
    fellows = fellows if found and sees_names(world, found, member) else [one for one in fellows if one.id == member.id]
    asked = cash_asked(world, found) if found else {}
    nothing = {one.id: world.phrases.text(NOT_AGREED if one.id in asked else "not yet", member.language) for one in fellows}
    said = [(one, str(world.organisation.money(paid[one.id])) if one.id in paid else nothing[one.id]) for one in fellows]
    return [Row(str(one.id), f"{shown(world, one, member)} {much}") for one, much in sorted(said, key=lambda pair: pair[0].id not in paid)]


def shown(world: Any, one: Member, to: Member) -> str:
    """A fellow's name, unless they asked to be hidden."""
    if one.shown_to == "nobody" and one.id != to.id:
        return str(world.phrases.text(HIDDEN, to.language))
    return short(one.name)


def group_lines(world: Any, caller: str, group: str) -> list[Row]:
    """The newest lines of the group's account."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    lines = account_lines.last_lines(world, found.account_id, LINES_SHOWN) if found else []
    named, said = found is not None and sees_names(world, found, member), []
    for line in lines:
        day = world.phrases.day(world.organisation.local(line.posted_at), member.language)
        bare = str(world.organisation.money(abs(line.amount))).split(" ", 1)[1]
        said.append(Row(str(line.transfer_id), f"{day} {'+' if line.amount > 0 else '-'}{bare} {_other(world, line.other_id, member, named=named)}"))
    return said


def _other(world: Any, account_id: int, member: Member, *, named: bool) -> str:
    account = ledger_rows.account(world, account_id)
    owner = members.by_id(world, account.owner_id) if account.owner_id else None
    if owner and not named and owner.id != member.id:
        return str(world.phrases.text(HIDDEN, member.language))
    return shown(world, owner, member) if owner else other_side(world, account_id, member)


def fellows(world: Any, caller: str, group: str) -> list[Row]:
    """Everybody of the group, leaders first, marked."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    standing = rows.in_group(world, found.id) if found else []
    known = members.by_ids(world, [one.member_id for one in standing])
    return [
        Row(str(one.member_id), shown(world, known[one.member_id], member) + ("*" if one.role == "leader" else ""))
        for one in standing
        if one.member_id in known
    ]


def others(world: Any, caller: str, group: str) -> list[Row]:
    """Everybody of the group but the caller."""
    member = the_member(world, caller)
    return [row for row in fellows(world, caller, group) if row.value != str(member.id)]


def votes_of_group(world: Any, caller: str, group: str) -> list[Row]:
    """Open ones first, by their end: the question and its day, or what came of it; at last, that one more can be called."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None:
        return []
    said = []
    listed = ballot_rows.votes_of(world, found.id, NOTICES_SHOWN)
    still_open = sorted((one for one in listed if one.state == "open"), key=lambda one: (one.ends_at, one.id))
    for one in [*still_open, *listed[len(still_open) :]]:
        question = alphabet.cut(question_of(world, one, member.language), 20)
        day = world.phrases.day(world.organisation.local(one.ends_at), member.language)
        said.append(Row(str(one.id), f"{question} {'=' if one.state == 'closed' else '>'} {day}"))
    return [*said, Row(CALL, world.phrases.text(CALL_A_VOTE, member.language))]


def choices_of_vote(world: Any, caller: str, vote: str, group: str) -> list[Row]:
    """The answers that a vote has of its own, that none of them is right, and at last what it is about."""
    one = vote_in(world, caller, vote, group)
    if one is None:
        return []
    language = the_member(world, caller).language
    more = [(NONE, NONE_OF_THESE), (MORE, TELL_MORE)]
    return [*(Row(name, words) for name, words in one.answers.items()), *(Row(name, world.phrases.text(words, language)) for name, words in more)]


def notices_of_group(world: Any, caller: str, group: str) -> list[Row]:
    """The newest first; at last, that one more can be written."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None:
        return []
    said = [
        Row(str(one.id), f"{world.phrases.day(world.organisation.local(one.made_at), member.language)} {notice_words(world, one.words, member.language)}")
        for one in rows.notices_of(world, found.id, NOTICES_SHOWN)
    ]
    return [*said, Row(WRITE, world.phrases.text(WRITE_ONE, member.language))]


def who_comes(world: Any, caller: str, meeting: str, group: str) -> list[Row]:
    """Everybody's answer to a meeting: coming, not, no word yet."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    said = rows.rsvps_of(world, int(meeting)) if found and meeting.isdigit() else {}
    known = members.by_ids(world, [one.member_id for one in rows.in_group(world, found.id)]) if found else {}
    order = {True: (0, "comes"), None: (1, "not sure"), False: (2, "cannot")}
    told = {id: order[said[id]] if id in said else (3, "no word") for id in known}
    listed = sorted(known.values(), key=lambda one: (told[one.id][0], one.name))
    return [Row(str(one.id), f"{shown(world, one, member)}: {world.phrases.text(told[one.id][1], member.language)}") for one in listed]


# For leaders.


def leads_group(world: Any, caller: str, group: str) -> bool:
    return leads(world, caller, group) is not None


def askers(world: Any, caller: str, group: str) -> list[Row]:
    found = leads(world, caller, group)
    asking = rows.in_group(world, found.id, "asked") if found else []
    known = members.by_ids(world, [one.member_id for one in asking])
    return [Row(str(one.member_id), f"{short(known[one.member_id].name)} ..{tail(known[one.member_id].number)}") for one in asking if one.member_id in known]


def asker_count(world: Any, caller: str, group: str) -> int:
    return len(askers(world, caller, group))


def usual_place(world: Any, caller: str, group: str) -> str:
    found = leads(world, caller, group)
    return (found.usual_place or found.name) if found else ""


def coming_days(world: Any, caller: str) -> list[Row]:
    """The days that a meeting can be on, from tomorrow."""
    member, today = the_member(world, caller), world.organisation.local(world.now())
    days = [today + dt.timedelta(days=n) for n in range(1, MEETING_DAYS + 1)]
    return [Row(day.date().isoformat(), f"{world.phrases.weekday(day, member.language)} {world.phrases.day(day, member.language)}") for day in days]


def meeting_hours(world: Any, caller: str) -> list[Row]:
    """From the hours that are usual to the others."""
    usual = (9, 10, 14, 15, 16)
    return [Row(str(hour), f"{hour}:00") for hour in [*usual, *(one for one in HOURS if one not in usual)]]


def agendas(world: Any, caller: str) -> list[Row]:
    """What a meeting can be about: picked, for nobody types a sentence at the end of a long call."""
    member = the_member(world, caller)
    return [Row(one, str(world.phrases.text(one, member.language))) for one in AGENDAS]
