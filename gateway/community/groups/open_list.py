"""Whether all of a group see by name who has paid in: its own vote says so.

Until then each sees how many, and their own; leaders see all, as a treasurer does.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import rows
from gateway.community.groups.calling import BY_MEMBERS_MOST, LATELY_MOST, open_by_member
from gateway.community.groups.model import Group, NotInGroup
from gateway.community.groups.verbs import group_of, standing_in
from gateway.community.groups.vote_model import DECIDED_DAYS, VoteOpen, VotesByMembers
from gateway.community.items.model import HeldWords
from gateway.members.model import Member
from gateway.members.verbs import the_member

LIST_VOTE_DAYS = 7  # all must have had a meeting or a market day to speak of it
ASKED = {  # what is asked; each is in the catalogue
    "list_on": "Shall all see by name who has paid in?", "list_off": "Shall names of who has paid in be hidden?",
}  # fmt: skip
OPEN, CLOSED = "All of you see who has paid.", "You see how many have paid, and your own. Leaders see who."  # in the catalogue


def sees_names(world: Any, group: Group, member: Member) -> bool:
    if group.open_list:
        return True
    standing = rows.membership(world, group.id, member.id)
    return standing is not None and standing.state == "member" and standing.role == "leader"


def ask_for_list(world: Any, caller: str, group: str, key: str) -> VoteOpen | VotesByMembers | HeldWords | NotInGroup:
    """Any member asks the group to have it the other way."""
    member = the_member(world, caller)
    found = standing_in(world, member, group)
    if found is None:
        return NotInGroup()
    rows.lock(world, found[0].id)
    now = rows.by_id(world, found[0].id) or found[0]
    kind = "list_off" if now.open_list else "list_on"
    same = [one for one in ballots.votes_of(world, now.id, LATELY_MOST, ("open",)) if one.kind in ASKED]
    if same and not ballots.vote_by_key(world, key):  # the group is asked this already
        return VotesByMembers(BY_MEMBERS_MOST)
    return open_by_member(world, now, member, ASKED[kind], LIST_VOTE_DAYS, key, kind=kind)


def turn_decided(world: Any) -> int:
    """What groups have decided is so, the last of their votes counting; how many lists were turned."""
    last = {vote.group_id: vote for vote in ballots.lists_decided(world, world.now() - dt.timedelta(days=DECIDED_DAYS))}
    turned = 0
    for group_id, vote in last.items():
        group = rows.by_id(world, group_id)
        if group and group.open_list != (vote.kind == "list_on"):
            rows.change(world, group_id, open_list=vote.kind == "list_on")
            turned += 1
    return turned


# Facts.


def who_sees_names(world: Any, caller: str, group: str) -> str:
    member = the_member(world, caller)
    found = group_of(world, member, group)
    return str(world.phrases.text(OPEN if found and found.open_list else CLOSED, member.language))


def seen_by(world: Any, caller: str, group: str | int) -> str:
    """Who sees the name of who pays in; a group of others tells only that it is written down. By its number, as it was typed or picked."""
    member = the_member(world, caller)
    found = group_of(world, member, str(group))
    return str(world.phrases.text("All see it." if found and found.open_list else "In its book.", member.language))
