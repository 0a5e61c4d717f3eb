"""A kind word to those who have not voted, or not paid in: once, at a price that is shown first, and nobody is told who they are."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import rows
from gateway.community.groups.ballot_rows import GroupVote
from gateway.community.groups.facts import paid_in, period_words
from gateway.community.groups.leading import about, leads, texts_left, to_tell
from gateway.community.groups.model import Group, NotInGroup, Texts, TooFewTexts
from gateway.community.groups.results import question_of
from gateway.community.groups.verbs import group_of
from gateway.community.groups.vote_model import REMIND_DAYS, NobodyToRemind, OthersReminded, PayFirst, RemindedAlready, RemindingCosts
from gateway.community.groups.votes import marks, vote_in
from gateway.community.groups.ways import codes_to
from gateway.members.model import Member
from gateway.members.verbs import the_member
from gateway.records.verbs import NewText, write_texts
from menus.book import notices

REMIND_AGAIN = dt.timedelta(days=REMIND_DAYS)


def price_voters(world: Any, caller: str, vote: str, group: str) -> RemindingCosts | RemindedAlready | NobodyToRemind | NotInGroup:
    found, one = group_of(world, the_member(world, caller), group), vote_in(world, caller, vote, group)
    if found is None or one is None or not _is_open(world, one):
        return NotInGroup()
    return RemindedAlready() if one.reminded_at else _price(world, found, _silent(world, caller, found, one))


def remind_voters(world: Any, caller: str, vote: str, group: str) -> OthersReminded | RemindedAlready | NobodyToRemind | TooFewTexts | NotInGroup:
    """Once for a vote, by any of the group: the words go to those without a ballot, and who they are is told to nobody."""
    found, one = group_of(world, the_member(world, caller), group), vote_in(world, caller, vote, group, lock=True)
    if found is None or one is None or not _is_open(world, one):
        return NotInGroup()
    silent = _silent(world, caller, found, one)
    if refused := _refused(world, found, silent):
        return refused
    if not ballots.note_reminder(world, one.id):
        return RemindedAlready()
    codes = codes_to(world, [fellow.id for fellow in silent], found, "4")
    _write(world, found, f"unvoted:{one.id}", [(fellow, _still_open(world, found, one, fellow.language, codes[fellow.id])) for fellow in silent])
    return OthersReminded(Texts(len(silent)))


def _still_open(world: Any, group: Group, one: GroupVote, language: str, code: str) -> str:
    words, day = question_of(world, one, language), world.phrases.day(world.organisation.local(one.ends_at), language)
    return str(world.phrases.say(notices.VOTE_OPEN_STILL, language, place=group.name, words=words, day=day, code=code))


def _is_open(world: Any, one: GroupVote) -> bool:
    return one.state == "open" and bool(one.ends_at > world.now())


def _silent(world: Any, caller: str, group: Group, one: GroupVote) -> list[Member]:
    voted = ballots.marks_of(world, one.id)
    return [fellow for fellow in to_tell(world, group, but=the_member(world, caller).id) if voted.isdisjoint(marks(world, one.id, fellow.id))]


def price_payers(world: Any, caller: str, group: str) -> RemindingCosts | RemindedAlready | NobodyToRemind | PayFirst | NotInGroup:
    found = group_of(world, the_member(world, caller), group)
    if found is None:
        return NotInGroup()
    return _not_now(world, caller, found) or _price(world, found, _unpaid(world, caller, found))


def remind_payers(world: Any, caller: str, group: str, key: str) -> OthersReminded | RemindedAlready | NobodyToRemind | TooFewTexts | PayFirst | NotInGroup:
    """Once in a week, by the leader or by who has paid. What is owed is not said, nor to whom it was written."""
    found = group_of(world, the_member(world, caller), group)
    if found is None:
        return NotInGroup()
    behind = _unpaid(world, caller, found)
    if refused := _not_now(world, caller, found) or _refused(world, found, behind):
        return refused
    if not rows.note_pay_reminder(world, found.id, world.now() - REMIND_AGAIN):
        return RemindedAlready()
    codes = codes_to(world, [one.id for one in behind], found, "1")
    _write(world, found, f"unpaid:{key}", [
        (one, world.phrases.say(notices.PAY_REMINDER, one.language, place=found.name, period=period_words(world, found, one.language), code=codes[one.id]))
        for one in behind
    ])  # fmt: skip
    return OthersReminded(Texts(len(behind)))


def _not_now(world: Any, caller: str, group: Group) -> PayFirst | RemindedAlready | None:
    """What stands against a word to those who have not paid."""
    if not (leads(world, caller, group.number) or the_member(world, caller).id in paid_in(world, group)[1]):
        return PayFirst()
    lately = group.pay_reminded_at is not None and group.pay_reminded_at > world.now() - REMIND_AGAIN
    return RemindedAlready() if lately else None


def _unpaid(world: Any, caller: str, group: Group) -> list[Member]:
    paid = paid_in(world, group)[1]
    return [one for one in to_tell(world, group, but=the_member(world, caller).id) if one.id not in paid]


def _price(world: Any, group: Group, those: list[Member]) -> RemindingCosts | NobodyToRemind:
    return RemindingCosts(Texts(len(those)), Texts(texts_left(world, group))) if those else NobodyToRemind()


def _refused(world: Any, group: Group, those: list[Member]) -> NobodyToRemind | TooFewTexts | None:
    if not those:
        return NobodyToRemind()
    return TooFewTexts() if len(those) > texts_left(world, group) else None


def _write(world: Any, group: Group, key: str, told: list[tuple[Member, str]]) -> None:
    write_texts(world, [NewText(f"{key}:{one.id}", one.number, "service", words, one.id, about(group), one.hours) for one, words in told])
