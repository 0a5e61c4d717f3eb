"""Messages that were kept and could not be understood, because something broke on our side: who wrote hears it, and a person sees the words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.groups import calling
from gateway.members import rows as members
from gateway.records import rows
from gateway.records.model import DOTS
from gateway.records.verbs import write_text
from menus.book import notices

REPLIES_A_DAY = 60  # of one number; against two machines that answer each other
UNREAD_S = 60  # how old a message is that nobody can be at any more: a turn has four seconds


def say_sorry_for(world: Any, provider_id: str) -> str:
    """Nothing was done for this message; it may be sent again. Returns what it means now.

    While a vote that was asked by SMS waits for this member, the words may be a ballot, and nobody sees them.
    """
    kept = rows.text_in(world, provider_id)
    if kept.meaning != rows.HEARD:
        return str(kept.meaning)
    member = members.by_number(world, kept.number)
    if member and calling.asked_by_text(world, member):
        rows.veil(world, kept.id, DOTS)
    rows.mean(world, kept.id, rows.FAILED)
    if rows.replies_since(world, kept.number, world.now() - dt.timedelta(days=1)) < REPLIES_A_DAY:
        language = member.language if member else world.organisation.language
        words = world.phrases.say(notices.NOT_READ, language, code=world.organisation.dial())
        whose = member.id if member and not member.shared else None
        write_text(world, key=f"sms:{provider_id}", number=kept.number, kind="reply", words=words, member_id=whose)
    return rows.FAILED


def say_sorry_for_unread(world: Any) -> int:
    """The same for messages whose process died before it had understood them."""
    unread = rows.texts_unread(world, world.now() - dt.timedelta(seconds=UNREAD_S))
    return [say_sorry_for(world, one) for one in unread].count(rows.FAILED)
