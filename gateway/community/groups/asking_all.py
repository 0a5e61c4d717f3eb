"""A leader who does not want to decide alone asks the group whether somebody joins: all vote, and the leader says yes or no after it."""

from __future__ import annotations

from typing import Any

from gateway.community.groups import rows
from gateway.community.groups.calling import open_by_member
from gateway.community.groups.leading import leads
from gateway.community.groups.model import AskerGone
from gateway.community.groups.vote_model import VoteOpen, VotesByMembers
from gateway.community.items.model import HeldWords
from gateway.members import rows as members
from gateway.members.model import short
from gateway.members.verbs import the_member

DAYS = 3  # a leader answers who asks within two days as a rule; a vote may take one more
SHALL = "Shall {name} join us?"  # in the catalogue


def ask_about_asker(world: Any, caller: str, group: str, asker: str, key: str) -> VoteOpen | VotesByMembers | HeldWords | AskerGone:
    found, leader = leads(world, caller, group), the_member(world, caller)
    standing = rows.membership(world, found.id, int(asker)) if found and asker.isdigit() else None
    other = members.by_id(world, standing.member_id) if standing and standing.state == "asked" else None
    if found is None or other is None:
        return AskerGone()
    question = str(world.phrases.text(SHALL, leader.language)).format(name=short(other.name))
    return open_by_member(world, found, leader, question, DAYS, key)
