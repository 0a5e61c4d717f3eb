"""Every member may put a notice up: in the menu alone, a few in a week, so that whoever leads is still heard. Leaders write theirs with SMS."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community.groups import rows
from gateway.community.groups.leading import leads, written_since
from gateway.community.groups.model import Heads, NotInGroup
from gateway.community.groups.verbs import group_of
from gateway.community.items import brakes
from gateway.community.items.model import HeldWords
from gateway.members.verbs import the_member
from gateway.records.model import masked
from menus import alphabet

WRITE = "write"  # the last line of the list of notices
WRITE_ONE = "Write one"  # in the catalogue
AGAIN_DAYS = 7  # between two notices of one member
BY_MEMBERS_MOST = 3  # notices of members in these days: the list is read on a phone


class WriteNotice: ...


class LeaderWrites: ...


class NoticeChosen: ...


@dataclass(frozen=True)
class NoticeUp:
    """How many of the group will find it."""

    heads: Heads


class NoticesEnough: ...


def pick_notice(world: Any, caller: str, notice: str, group: str) -> WriteNotice | LeaderWrites | NoticeChosen:
    if notice != WRITE:
        return NoticeChosen()
    return LeaderWrites() if leads(world, caller, group) else WriteNotice()


def write_notice(world: Any, caller: str, group: str, words: str, key: str) -> NoticeUp | NoticesEnough | HeldWords | NotInGroup:
    """Put up once for its key. Words on the list are refused, kindly."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None:
        return NotInGroup()
    heads = Heads(rows.heads_of(world, [found.id]).get(found.id, 0))
    if rows.notice_by_key(world, key):
        return NoticeUp(heads)
    if brakes.held_word(world, words):
        return HeldWords()
    rows.lock(world, found.id)
    lately = written_since(world, found, world.now() - dt.timedelta(days=AGAIN_DAYS), by_leaders=False)
    if len(lately) >= BY_MEMBERS_MOST or any(one.member_id == member.id for one in lately):
        return NoticesEnough()
    rows.add_notice(world, key=key, group_id=found.id, member_id=member.id, words=alphabet.plain(masked(words)).lstrip("= ") or "-")
    return NoticeUp(heads)
