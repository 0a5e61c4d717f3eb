"""What a member has said of something is theirs: a comment, an answer, words under a tip can be taken back, on the phone and by SMS."""

from __future__ import annotations

from typing import Any

from gateway.community.items import rows, voice_rows
from gateway.community.items.model import BACK, Comment, Item, NoItem, StaysThere, TakenBack
from gateway.community.items.verbs import find, take_back
from gateway.members.model import Member
from gateway.members.verbs import the_member

STANDING = ("open", "held")  # of words that can be


def take_words_back(world: Any, caller: str, comment: str, item: str) -> TakenBack | NoItem:
    """Words of the caller's own. Nobody sees them any more, and nobody is told."""
    member, found = the_member(world, caller), find(world, item)
    one = voice_rows.comment(world, int(comment)) if comment.isdigit() else None
    if found is None or one is None or one.item_id not in rows.cluster(world, found.id):
        return NoItem()
    return TakenBack() if _drop(world, member, found, one) else NoItem()


def take_newest_back(world: Any, caller: str, number: str) -> TakenBack | StaysThere | NoItem:
    """By SMS a number says only of what: what was done last goes, the words or the vote; an item of one's own when nothing else of theirs is left on it."""
    member, found = the_member(world, caller), find(world, number)
    if found is None:
        return take_back(world, caller, number)
    ids = rows.cluster(world, found.id)
    said, voted_at = voice_rows.last_words(world, ids, member.id, STANDING), rows.voted_at(world, ids, member.id)
    own = rows.by_number(world, number.strip())
    if said and (voted_at is None or said.made_at >= voted_at or (own and own.member_id == member.id)):
        return TakenBack() if _drop(world, member, found, said) else NoItem()
    return take_back(world, caller, number)


def _drop(world: Any, member: Member, item: Item, one: Comment) -> bool:
    if one.member_id != member.id or one.state not in STANDING:
        return False
    voice_rows.change_comment(world, one.id, state=BACK)  # what is reported of it a person still looks at: it was read
    rows.change(world, item.id, comments=voice_rows.count_comments(world, rows.cluster(world, item.id)))
    return True
