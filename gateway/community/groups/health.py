"""How groups do: who pays in, who takes part, whether they meet, how long one leads, who is left waiting. Reads only."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community import rows as community
from gateway.community.groups import facts, rows, term_rows
from gateway.community.groups.leading import leads
from gateway.community.groups.model import Group, Heads, NotALeader
from gateway.community.groups.votes import LED_DAYS
from gateway.community.voices import rows as voices
from gateway.members import rows as members
from gateway.members.model import Member, short
from menus.phrasebook import Row

SILENT_DAYS = 30  # without a vote, a word or a payment into the group
MET_DAYS = 45  # in which a group meets, or its leader says something
WAIT_DAYS = 2  # in which a leader answers who asks to join
NEW_DAYS = 30
WAITING = "Some wait to be let in: answer them"
SAID = {  # a signal -> what a leader can do about it; each is in the catalogue
    "few take part": "Few take part: ask the silent", "few have paid in": "Few have paid: remind kindly", "no meeting, no notice": "No meeting: call one",
    "the leader's turn is long over": "One year over: let them vote", "nobody leads it": "Nobody leads: choose one",
}  # fmt: skip
HALF = 0.5  # of the members, who at least should pay in and take part


@dataclass(frozen=True)
class Health:
    """What is well and what is not. `signals` are the things that want a person, in words; none is a healthy group."""

    group: Group
    heads: int
    paid: int
    took_part: int
    signals: tuple[str, ...]


def health(world: Any, group: Group) -> Health:
    fellows, paid = facts.paid_in(world, group)
    ids, now = [one.id for one in fellows], world.now()
    took = voices.took_part_in(world, ids, now - dt.timedelta(days=SILENT_DAYS))
    standing = rows.in_group(world, group.id)
    leaders = [one for one in standing if one.role == "leader" and one.member_id in set(ids)]
    led, long_ago = term_rows.leading_since(world, group.id), now - dt.timedelta(days=LED_DAYS)
    waiting = [one for one in rows.in_group(world, group.id, "asked") if one.since <= now - dt.timedelta(days=WAIT_DAYS)]
    signals = [
        *(["nobody leads it"] if not leaders else []),
        *(["few take part"] if len(took) < HALF * len(fellows) else []),
        *(["few have paid in"] if len(paid) < HALF * len(fellows) else []),
        *(["no meeting, no notice"] if not _met(world, group, now) else []),
        *(["the leader's turn is long over"] if leaders and all(led.get(one.member_id, one.since) <= long_ago for one in leaders) else []),
        *([f"{len(waiting)} wait to be let in"] if waiting else []),
    ]
    return Health(group, len(fellows), len(paid), len(took), tuple(signals))


@dataclass(frozen=True)
class Scored:
    """How a group does this month, for its leader: never who, only how many."""

    paid: Heads
    took: Heads
    came: Heads
    helped: Heads
    heads: Heads


def look_at_score(world: Any, caller: str, group: str) -> Scored | NotALeader:
    """Who has paid in, who took part, who said that they come to the last meeting, who was thanked for help."""
    found = leads(world, caller, group)
    if found is None:
        return NotALeader()
    known, since = health(world, found), world.now() - dt.timedelta(days=SILENT_DAYS)
    met = rows.last_meeting(world, found.id, since)
    came = sum(bool(comes) for comes in rows.rsvps_of(world, met.id).values()) if met else 0
    helped = len(community.thanked_since(world, [one.member_id for one in rows.in_group(world, found.id)], since))
    return Scored(Heads(known.paid), Heads(known.took_part), Heads(came), Heads(helped), Heads(known.heads))


def what_to_do(world: Any, caller: str, group: str) -> list[Row]:
    """The signals of one's own group, in words."""
    found, me = leads(world, caller, group), members.by_number(world, caller)
    if found is None or me is None:
        return []
    return [Row(str(n), world.phrases.text(SAID.get(one, WAITING), me.language)) for n, one in enumerate(health(world, found).signals)]


def _met(world: Any, group: Group, now: dt.datetime) -> bool:
    since = now - dt.timedelta(days=MET_DAYS)
    said = rows.notices_of(world, group.id, 1)
    return bool(rows.meetings_of(world, group.id, since, 1)) or bool(said and said[0].made_at >= since) or group.made_at >= since


def kind_words(world: Any, group: Group) -> list[tuple[Member, str]]:
    """Who wants a kind word, and why: (member, what it is), each once; never what somebody owes."""
    fellows, paid = facts.paid_in(world, group)
    now = world.now()
    took = voices.took_part_in(world, [one.id for one in fellows], now - dt.timedelta(days=SILENT_DAYS))
    since = {one.member_id: one.since for one in rows.in_group(world, group.id)}
    found = []
    for one in fellows:
        if since.get(one.id, now) >= now - dt.timedelta(days=NEW_DAYS):
            found.append((one, "new"))
        elif one.id not in paid and one.id not in took:
            found.append((one, "silent"))
        elif one.id not in paid:
            found.append((one, "not paid in"))
    return found


def who_needs_a_word(world: Any, caller: str, group: str) -> list[Row]:
    """For the leader, on the phone."""
    found = leads(world, caller, group)
    me = members.by_number(world, caller)
    if found is None or me is None:
        return []
    return [Row(str(one.id), f"{short(one.name)}: {world.phrases.text(why, me.language)}") for one, why in kind_words(world, found) if one.id != me.id]
