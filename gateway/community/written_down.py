"""What a member said at the desk or on the telephone, written down by staff: theirs as if they had dialled, and they read it by SMS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gateway.community.helping.verbs import ask_helpers
from gateway.community.items import rows
from gateway.community.items.looking import share_idea
from gateway.community.items.model import SAY_MOST, Item, Rests
from gateway.community.items.other_kinds import say_praise
from gateway.community.items.verbs import DESK_KEYS
from gateway.community.topics.model import ANY
from gateway.community.verbs import say_what_is_wrong
from gateway.members.model import Member
from gateway.records.verbs import write_text
from menus import alphabet
from menus.book import notices

Saying = Callable[[Any, str, str, str], object]
KINDS: dict[str, Saying] = {  # what may be written down -> the verb that the phone uses
    "wrong": say_what_is_wrong,
    "question": lambda world, caller, words, key: ask_helpers(world, caller, ANY, words, key),
    "idea": lambda world, caller, words, key: share_idea(world, caller, words, "name", key),
    "praise": say_praise,
}


def write_down(world: Any, member: Member, kind: str, words: str, key: str, by: str = "") -> Item | Rests | None:
    """Keep it once for its key, by the limits and brakes of the phone. None when the member has said too much today. `by` is who wrote it, as the
    member reads it; without it the organisation.
    """
    if isinstance(KINDS[kind](world, member.number, words, f"{DESK_KEYS}{key}"), Rests):
        return Rests()
    item = rows.by_key(world, f"{DESK_KEYS}{key}")
    if item is None:
        return None
    shown = alphabet.cut(alphabet.plain(item.words), SAY_MOST)
    said = world.phrases.say(notices.WRITTEN_DOWN, member.language, coop=by or world.organisation.short_name, number=item.number, words=shown)
    write_text(world, key=f"written:{item.number}", number=member.number, kind="service", words=said, member_id=member.id, about="report", hours=member.hours)
    return item
