"""A leader who does not want to decide alone asks the group whether somebody joins: all vote, and the leader says yes or no after it."""

from __future__ import annotations

from typing import Any

from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import rows
from gateway.community.groups.calling import open_by_member
from gateway.community.groups.leading import leads
from gateway.community.groups.model import AskerGone, Membership
from gateway.community.groups.vote_model import VoteOpen, VotesByMembers
from gateway.community.items.model import HeldWords
from gateway.community.naming import named
from gateway.members import rows as members
from gateway.members.verbs import the_member

DAYS = 2  # a leader answers who asks within two days as a rule, and who asks was told so
SHALL = "Shall {name} join us?"  # in the catalogue


class AskedBefore:
    """The group has voted on it."""


def key_of(asking: Membership) -> str:
    """Of the vote on one asking."""
    return f"asker:{asking.group_id}:{asking.member_id}:{asking.since:%Y%m%d%H%M%S}"


def ask_about_asker(world: Any, caller: str, group: str, asker: str) -> VoteOpen | VotesByMembers | HeldWords | AskedBefore | AskerGone:
    """One vote for one asking, however often the leader comes back. Who does not want to be seen is not named."""
    found, leader = leads(world, caller, group), the_member(world, caller)
    standing = rows.membership(world, found.id, int(asker)) if found and asker.isdigit() else None
    other = members.by_id(world, standing.member_id) if standing and standing.state == "asked" else None
    if found is None or other is None or standing is None:
        return AskerGone()
    key = key_of(standing)
    known = ballots.vote_by_key(world, key)
    if known and known.state != "open":
        return AskedBefore()
    question = str(world.phrases.text(SHALL, leader.language)).format(name=named(world, other, None, leader.language))
    return open_by_member(world, found, leader, question, DAYS, key, kind="asker")
