"""Each topic may have a keeper: a member who said yes, and hears once a month which tips nobody has looked at for a season."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.helping import keeper_rows, rows
from gateway.community.items import brakes
from gateway.community.items.model import Item
from gateway.community.questions import ask_by_text
from gateway.community.topics.verbs import called, codes
from gateway.members import rows as members
from gateway.members.model import Member, ShortName, short
from gateway.records.verbs import write_text
from menus.book import notices

KEEPER = "keeper"  # the kind of the question whether somebody keeps a topic
SEASON_DAYS = 120  # after which a tip is marked as old
REMIND_DAYS = 30
TIPS_MOST = 99  # of a topic that are looked at
NOBODY = "nobody"  # in the catalogue


def name_keeper(world: Any, topic: str, member: Member, key: str) -> bool:
    """The member is asked by SMS. False when they are named for it already, or want no SMS."""
    if not keeper_rows.name_keeper(world, topic, member.id):
        return False
    about = called(world, topic, member.language)
    return ask_by_text(world, member, KEEPER, topic, notices.BE_KEEPER, key=f"keeper:{key}", title=about, topic=about, coop=world.organisation.short_name)


def answer_keeper(world: Any, member: Member, topic: str, *, yes: bool) -> bool:
    return keeper_rows.settle(world, topic, member.id, "yes" if yes else "no")


def keeper_of(world: Any, topic: str, language: str) -> ShortName:
    """Their name, or that nobody keeps it."""
    one = keeper_rows.keepers(world).get(topic)
    known = members.by_ids(world, [one.member_id]).get(one.member_id) if one and one.state == "yes" else None
    return short(known.name) if known and known.status == "active" else ShortName(world.phrases.text(NOBODY, language))


def old_among(world: Any, tips: list[Item]) -> set[int]:
    """Which of these nobody has looked at for a season."""
    before = world.now() - dt.timedelta(days=SEASON_DAYS)
    return {id for id, at in keeper_rows.written_at(world, [one.id for one in tips]).items() if at <= before}


def remind_keepers(world: Any) -> int:
    """Once a month, whoever keeps a topic with old tips is asked to look at them."""
    told = 0
    if brakes.rests(world, "keepers"):
        return told
    for topic, one in keeper_rows.keepers(world).items():
        member = members.by_ids(world, [one.member_id]).get(one.member_id) if one.state == "yes" and topic in codes(world) else None
        if member is None or member.status != "active" or not (old := len(old_among(world, rows.tips_about(world, topic, TIPS_MOST)))):
            continue
        if keeper_rows.note_reminder(world, topic, world.now() - dt.timedelta(days=REMIND_DAYS)):
            about, code = called(world, topic, member.language), world.organisation.dial("4", "2", "3")
            words = world.phrases.say(notices.OLD_TIPS, member.language, count=old, topic=about, code=code)
            key = f"oldtips:{topic}:{world.now():%Y%m%d}:{member.id}"
            write_text(world, key=key, number=member.number, kind="service", words=words, member_id=member.id, hours=member.hours)
            told += 1
    return told
