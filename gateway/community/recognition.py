"""Recognition: thanks first, told by name; and a few points for it, out of a budget, within caps, never for pressing keys."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community import rows
from gateway.members.model import Member, short
from gateway.money import rewards
from gateway.records.verbs import write_text
from menus import alphabet
from menus.book import notices

POINTS_EACH = 5  # for a thanks that counts
POINTS_A_WEEK = 50  # of one member: help is not a wage
PAIR_DAYS = 7  # in which two people's thanks count once, whoever thanks whom


def thank(world: Any, giver: Member, helper: Member, ref: str, what: str) -> bool:
    """Tell somebody that they helped. Whether points came with it: once in a week for a pair, up to a cap, while there is budget."""
    if not rows.add_thanks(world, giver_id=giver.id, helper_id=helper.id, ref=ref):
        return False
    helped = rows.thanks_to(world, helper.id)
    words = world.phrases.say(notices.HELPED, helper.language, name=short(giver.name), title=alphabet.cut(what, 20), count=helped)
    write_text(world, key=f"thanks:{ref}", number=helper.number, kind="service", words=words, member_id=helper.id, about="thanks", hours=helper.hours)
    return _points(world, giver, helper, ref)


def _points(world: Any, giver: Member, helper: Member, ref: str) -> bool:
    now = world.now()
    if giver.id == helper.id or rows.counted_between(world, giver.id, helper.id, now - dt.timedelta(days=PAIR_DAYS)):
        return False
    if rows.points_since(world, helper.id, now - dt.timedelta(days=7)) + POINTS_EACH > POINTS_A_WEEK:
        return False
    outcome = rewards.reward(world, helper, POINTS_EACH, f"thanks of {short(giver.name)}", key=f"thanks-{ref}"[:80], by="thanks", subtype="thanks")
    given = type(outcome).__name__ == "Reserved"
    if given:
        rows.count_thanks(world, ref, POINTS_EACH)
    return given
