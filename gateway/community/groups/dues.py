"""What each member of a group is to pay in: its own vote says so. Who has paid less has not paid yet; what is left stands on the screen of who pays in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import rows
from gateway.community.groups.calling import BY_MEMBERS_MOST, LATELY_MOST, open_by_member
from gateway.community.groups.facts import sums_in
from gateway.community.groups.model import NotInGroup
from gateway.community.groups.verbs import group_of, standing_in
from gateway.community.groups.vote_model import DECIDED_DAYS, VoteOpen, VotesByMembers
from gateway.community.items.model import HeldWords
from gateway.ledger.model import Money
from gateway.members.model import NotEnough, OverLimit, Quoted, TooMuch
from gateway.members.verbs import the_member
from gateway.money import places
from gateway.money.places import Paid
from menus.answers import Secret

DUE_VOTE_DAYS = 7  # all must have had a meeting or a market day to speak of it
NO_SUM = "No sum is set: each pays what they can."  # in the catalogue
EACH_PAYS = {"week": "Each pays in {amount} a week.", "month": "Each pays in {amount} a month."}  # in the catalogue


@dataclass(frozen=True)
class DueNow:
    due_left: Money
    due_minor: int


class NothingDue: ...


@dataclass(frozen=True)
class DueQuoted:
    amount: Money
    fee: Money
    left: Money
    quoted_fee: int


def what_is_due(world: Any, caller: str, group: str) -> DueNow | NothingDue:
    """What is left to pay in of this week or month."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    left = (found.due or 0) - sums_in(world, found)[1].get(member.id, 0) if found else 0
    return DueNow(world.organisation.money(left), left) if left > 0 else NothingDue()


def quote_due(world: Any, caller: str, due_minor: int) -> DueQuoted | NotEnough | OverLimit | TooMuch:
    said = places.quote_group(world, caller, due_minor)
    return DueQuoted(world.organisation.money(due_minor), said.fee, said.left, said.quoted_fee) if isinstance(said, Quoted) else said


def pay_due(world: Any, caller: str, group: str, due_minor: int, due_pin: Secret, quoted_fee: int, key: str) -> Paid:
    """What stood on the screen, whatever was paid in meanwhile."""
    return places.pay_group(world, caller, int(group), due_minor, due_pin, quoted_fee, key)


def ask_for_due(world: Any, caller: str, group: str, due_amount: int, key: str) -> VoteOpen | VotesByMembers | HeldWords | NotInGroup:
    """Any member asks the group to pay in so much each."""
    return _ask(world, caller, group, due_amount, key)


def ask_for_no_due(world: Any, caller: str, group: str, key: str) -> VoteOpen | VotesByMembers | HeldWords | NotInGroup:
    return _ask(world, caller, group, 0, key)


def _ask(world: Any, caller: str, group: str, amount: int, key: str) -> VoteOpen | VotesByMembers | HeldWords | NotInGroup:
    member = the_member(world, caller)
    found = standing_in(world, member, group)
    if found is None:
        return NotInGroup()
    rows.lock(world, found[0].id)
    same = any(one.kind == "due" for one in ballots.votes_of(world, found[0].id, LATELY_MOST, ("open",)))
    if same and not ballots.vote_by_key(world, key):  # the group is asked this already
        return VotesByMembers(BY_MEMBERS_MOST)
    return open_by_member(world, found[0], member, "", DUE_VOTE_DAYS, key, kind="due", amount=amount)


def set_decided(world: Any) -> int:
    """What groups have decided is so, the last of their votes counting; how many sums were set."""
    last = {vote.group_id: vote for vote in ballots.dues_decided(world, world.now() - dt.timedelta(days=DECIDED_DAYS))}
    done = 0
    for group_id, vote in last.items():
        group = rows.by_id(world, group_id)
        if group and group.due != (vote.amount or None):
            rows.change(world, group_id, due=vote.amount or None)
            done += 1
    return done


# Facts.


def has_due(world: Any, caller: str, group: str) -> bool:
    found = group_of(world, the_member(world, caller), group)
    return found is not None and found.due is not None


def dues(world: Any, caller: str, group: str) -> str:
    """What each is to pay in, as a sentence."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None or found.due is None:
        return str(world.phrases.text(NO_SUM, member.language))
    return str(world.phrases.text(EACH_PAYS[found.period], member.language)).format(amount=world.organisation.money(found.due))
