"""Circles: after a season each says what worked and what did not; the leader only listens, and the best become tips with their authors' names.
And agendas: members say what the next meeting is to be about.
"""

from __future__ import annotations

import collections
import datetime as dt
from collections.abc import Sequence
from typing import Any

from gateway.community.circles import rows
from gateway.community.circles.model import (
    CIRCLE_DAYS,
    QUESTIONS,
    SAID_MOST,
    SAVED_MOST,
    SPEAKS_MOST,
    BestMarked,
    BestSaved,
    BestUnmarked,
    CircleClosed,
    CircleKey,
    CircleOpen,
    CircleOpened,
    CircleWords,
    Few,
    MarkedEnough,
    NoCircle,
    PointKept,
    SaidInCircle,
    SpokenEnough,
    Topic,
    WordsShown,
)
from gateway.community.groups import rows as groups
from gateway.community.groups.leading import leads
from gateway.community.groups.model import AGENDAS, Group, NoMeeting, NotALeader
from gateway.community.groups.verbs import group_of
from gateway.community.helping import tips
from gateway.community.items import brakes
from gateway.community.items import rows as items
from gateway.community.items.model import HeldWords, Rests
from gateway.community.model import Thing
from gateway.community.topics.verbs import called, codes
from gateway.members import rows as members
from gateway.members.model import Day, Member, ShortName, short
from gateway.members.verbs import the_member
from gateway.records.model import masked
from menus import alphabet
from menus.phrasebook import Row


def _circle(world: Any, caller: str, group: str) -> tuple[Group, Any, Member] | None:
    member = the_member(world, caller)
    found = group_of(world, member, group)
    circle = rows.circle_of(world, found.id) if found else None
    return (found, circle, member) if found and circle else None


def _shown(world: Any, group: Group, circle: Any, member: Member) -> CircleOpen:
    said = rows.words_in(world, circle.id)
    until = Day(world.phrases.day(world.organisation.local(circle.ends_at), member.language))
    heads = groups.heads_of(world, [group.id]).get(group.id, 0)
    spoke, saved = len({one.member_id for one in said}), sum(one.tip_id is not None for one in said)
    return CircleOpen(CircleKey(circle.id), Topic(called(world, circle.topic, member.language)), until, Few(spoke), Few(heads), Few(saved))


def find_circle(world: Any, caller: str, group: str) -> CircleOpen | NoCircle:
    found = _circle(world, caller, group)
    return _shown(world, *found) if found else NoCircle()


def open_circle(world: Any, caller: str, group: str, topic: str, key: str) -> CircleOpened | NotALeader:
    """One at a time; asked for again, the one that runs stays."""
    found = leads(world, caller, group)
    if found is None or topic not in codes(world):
        return NotALeader()
    groups.lock(world, found.id)
    if rows.circle_of(world, found.id) is None:
        rows.add_circle(world, key=key, group_id=found.id, topic=topic, ends_at=world.now() + dt.timedelta(days=CIRCLE_DAYS))
    return CircleOpened()


def say_in_circle(world: Any, caller: str, group: str, show: str, words: str, key: str) -> SaidInCircle | SpokenEnough | HeldWords | NoCircle:
    """Words on the list are refused here, kindly: nobody looks after a circle but the group itself."""
    found = _circle(world, caller, group)
    if found is None:
        return NoCircle()
    _, circle, member = found
    assert show in QUESTIONS, "the menu has no other"
    said = alphabet.plain(masked(alphabet.heard(words)))[:SAID_MOST]
    if brakes.held_word(world, said):
        return HeldWords()
    if sum(one.member_id == member.id for one in rows.words_in(world, circle.id)) >= SPEAKS_MOST:
        return SpokenEnough()
    rows.add_words(world, key=key, circle_id=circle.id, member_id=member.id, question=show, words=said)
    return SaidInCircle()


def save_best(world: Any, caller: str, group: str, best: str) -> BestSaved | NoCircle | SpokenEnough | NotALeader | Rests:
    """One of what the group found best becomes a tip with its author's name, looked at by two others like every tip."""
    if leads(world, caller, group) is None:
        return NotALeader()
    found = _circle(world, caller, group)
    said = rows.words_in(world, found[1].id) if found else []
    one = next((one for one in said if str(one.id) == best), None)
    author = members.by_ids(world, [one.member_id]).get(one.member_id) if one else None
    if found is None or one is None or author is None:
        return NoCircle()
    if one.tip_id is None and not any(one.id == other.id for other, _ in _best(world, found[1].id, said)):
        return SpokenEnough()
    made = tips.write_tip(world, author.number, found[1].topic, one.words, f"circle-{one.id}")
    if isinstance(made, Rests):
        return made
    tip = items.by_number(world, getattr(made, "number", ""))
    if tip is None:
        return SpokenEnough()
    rows.becomes_tip(world, one.id, tip.id)
    return BestSaved(Few(int(tip.number)), short(author.name))


def close_circle(world: Any, caller: str, group: str) -> CircleClosed | NoCircle | NotALeader:
    if leads(world, caller, group) is None:
        return NotALeader()
    found = _circle(world, caller, group)
    if found is None:
        return NoCircle()
    shown = _shown(world, *found)
    rows.close_circle(world, found[1].id)
    return CircleClosed(shown.spoke, shown.people)


def want_point(world: Any, caller: str, group: str, point: str) -> PointKept | NoMeeting:
    """One point of each member for the next meeting; changed until it begins."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    coming = groups.meetings_of(world, found.id, world.now(), 1) if found else []
    if not coming or point not in AGENDAS:
        return NoMeeting()
    rows.put_point(world, coming[0].id, member.id, point)
    return PointKept(Few(rows.points_of(world, coming[0].id)[point]))


# Facts.


def circle_words(world: Any, caller: str, group: str) -> list[Row]:
    """What was said, with who said it: in a circle all hear each other."""
    found = _circle(world, caller, group)
    said = rows.words_in(world, found[1].id) if found else []
    known = members.by_ids(world, [one.member_id for one in said])
    return [Row(str(one.id), f"{short(known[one.member_id].name)}: {one.words}") for one in said if one.member_id in known]


def best_words(world: Any, caller: str, group: str) -> list[Row]:
    """What worked and is no tip yet, with how many find it one of the best; the most first."""
    found = _circle(world, caller, group) if leads(world, caller, group) else None
    if found is None:
        return []
    said = rows.words_in(world, found[1].id, question="worked")
    return [Row(str(one.id), f"{alphabet.cut(one.words, SAID_MOST - 4)}: {marks}") for one, marks in _best(world, found[1].id, said)]


def _best(world: Any, circle_id: int, said: Sequence[Any]) -> list[tuple[Any, int]]:
    """What may still become a tip, with how many marked it: the best by the group's marks, as many as places are left, and all that are level with the
    last of them; so what the leader likes, where nobody has marked anything.
    """
    marked = collections.Counter(word_id for word_id, _ in rows.marks_in(world, circle_id))
    worked = [one for one in said if one.question == "worked"]
    left = SAVED_MOST - sum(one.tip_id is not None for one in said)
    open_still = sorted(((one, marked[one.id]) for one in worked if one.tip_id is None), key=lambda pair: (-pair[1], pair[0].id))
    if left <= 0 or not open_still:
        return []
    least = open_still[:left][-1][1]
    return [(one, marks) for one, marks in open_still if marks >= least]


def look_at_words(world: Any, caller: str, group: str, others: str) -> WordsShown | NoCircle:
    """What one of the group said, for others to find good, or to report."""
    found = _circle(world, caller, group)
    one = rows.word(world, int(others)) if found and others.isdigit() else None
    if found is None or one is None or one.circle_id != found[1].id:
        return NoCircle()
    author = members.by_ids(world, [one.member_id]).get(one.member_id)
    best = sum(word_id == one.id for word_id, _ in rows.marks_in(world, found[1].id))
    return WordsShown(Thing(f"words-{one.id}"), short(author.name) if author else ShortName("?"), CircleWords(one.words), Few(best))


def mark_best(world: Any, caller: str, group: str, others: str) -> BestMarked | BestUnmarked | MarkedEnough | NoCircle:
    """One of the three best, as this member finds; the group's choice, not the leader's. Pressed again it is one no more."""
    found = _circle(world, caller, group)
    one = rows.word(world, int(others)) if found and others.isdigit() else None
    if found is None or one is None or one.circle_id != found[1].id:
        return NoCircle()
    groups.lock(world, found[0].id)
    mine = {word_id for word_id, member_id in rows.marks_in(world, found[1].id) if member_id == found[2].id}
    if one.id in mine:
        rows.unmark(world, one.id, found[2].id)
        return BestUnmarked(Few(len(mine) - 1))
    if one.member_id == found[2].id or one.question != "worked" or one.tip_id is not None or len(mine) >= SAVED_MOST:
        return MarkedEnough(Few(SAVED_MOST))
    rows.mark(world, one.id, found[2].id)
    return BestMarked(Few(len(mine) + 1))


def wanted_points(world: Any, caller: str, group: str) -> list[Row]:
    """What a meeting can be about, with how many want it, the most wanted first."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    coming = groups.meetings_of(world, found.id, world.now(), 1) if found else []
    wanted = rows.points_of(world, coming[0].id) if coming else {}
    order = sorted(AGENDAS, key=lambda one: (-wanted.get(one, 0), AGENDAS.index(one)))
    return [Row(one, f"{world.phrases.text(one, member.language)}: {wanted.get(one, 0)}") for one in order]
