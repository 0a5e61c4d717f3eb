"""What the measures are counted from. Reads only; a page of the console, so a scan of some days is well spent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, String, cast, func, select, union_all

from gateway.community.items.model import ANSWERED
from gateway.community.items.tables import changes, comments, items, tidings, votes
from gateway.community.polls.rows import answers
from gateway.community.rows import thanks as thanks_table
from gateway.records.rows import hops, stops
from gateway.records.rows import texts as texts_table
from gateway.store.tables import ours

LOOKED = ("looked_at", *ANSWERED)
DONE = ("done", "closed")
ENDS = ("done", "declined", "already_there", "refused")
FIRST_HOUR, LAST_HOUR = 7, 19  # between which what nobody asked for may come
TEXTS_MOST = 200_000  # of which the hour is looked at, the newest


def _count(world: Any, query: Select[Any]) -> int:
    return int(world.read.scalar(query) or 0)


def calls(world: Any, since: dt.datetime) -> int:
    return _count(world, select(func.count(hops.c.call.distinct())).where(hops.c.at >= since, ours(world, hops)))


def items_made(world: Any, since: dt.datetime) -> int:
    return _count(world, select(func.count()).where(items.c.made_at >= since, items.c.state != "withdrawn", ours(world, items)))


def items_in_context(world: Any, since: dt.datetime) -> int:
    """What was said about something: a payment, an item, a thing of a group; or from a screen that was just seen."""
    said = (items.c.about != "") | (items.c.screen != "")
    return _count(world, select(func.count()).where(items.c.made_at >= since, items.c.state != "withdrawn", said, ours(world, items)))


def changed_something(world: Any, since: dt.datetime) -> int:
    """What was done, or joined to what was."""
    root = items.alias()
    joined = select(root.c.id).where(root.c.id == items.c.merged_into, root.c.organisation_id == items.c.organisation_id, root.c.state.in_(DONE))
    done = items.c.state.in_(DONE) | ((items.c.state == "merged") & joined.exists())
    return _count(world, select(func.count()).where(items.c.made_at >= since, done, ours(world, items)))


def confirmed(world: Any, since: dt.datetime, clock: str) -> tuple[int, int, int]:
    """(what its author closed, what was closed in silence, what is done and waits for a word), since."""
    closed = select(func.count(changes.c.item_id.distinct())).where(changes.c.after == "closed", changes.c.before == "done", changes.c.at >= since)
    yes, silent = (_count(world, closed.where(by, ours(world, changes))) for by in (changes.c.by != clock, changes.c.by == clock))
    waiting = select(func.count()).where(items.c.state == "done", items.c.member_id.is_not(None), items.c.state_at >= since, ours(world, items))
    return yes, silent, _count(world, waiting)


def hidden(world: Any, since: dt.datetime) -> int:
    """What was not let through."""
    not_let_through = (changes.c.after == "refused") | ((changes.c.before == "held") & (changes.c.after == "declined"))
    query = select(func.count(changes.c.item_id.distinct())).where(not_let_through, changes.c.at >= since)
    return _count(world, query.where(ours(world, changes)))


def outcomes(world: Any, since: dt.datetime) -> int:
    """Ideas that came to an end."""
    query = select(func.count(changes.c.item_id.distinct())).where(changes.c.after.in_(ENDS), changes.c.before != changes.c.after, changes.c.at >= since)
    return _count(world, query.where(ours(world, changes)))


def texts_about(world: Any, about: str, since: dt.datetime) -> int:
    return _count(world, select(func.count()).where(texts_table.c.about == about, texts_table.c.made_at >= since, ours(world, texts_table)))


def told_of_ends(world: Any, since: dt.datetime) -> tuple[int, int]:
    """(who was to hear that something came to an end, who of them has read it or whose phone has got the SMS). Its author is asked, and counted apart."""
    key = changes.c.after + ":" + cast(tidings.c.change_id, String) + ":" + cast(tidings.c.member_id, String)  # as `telling` writes it
    there = (texts_table.c.key == key) & (texts_table.c.organisation_id == tidings.c.organisation_id) & (texts_table.c.state == "delivered")
    heard = tidings.c.heard_at.is_not(None) | (tidings.c.texted & select(texts_table.c.id).where(there).correlate(tidings, changes).exists())
    query = select(tidings.c.member_id, heard.label("heard")).join(
        changes, (changes.c.id == tidings.c.change_id) & (changes.c.organisation_id == tidings.c.organisation_id)
    )
    found = query.where(changes.c.after.in_(ENDS), tidings.c.at >= since, ours(world, tidings)).subquery()
    row = world.read.execute(select(func.count(), func.count().filter(found.c.heard))).one()
    return row[0], row[1]


def times_until(world: Any, states: Sequence[str], since: dt.datetime, clock: str) -> tuple[list[float], list[float]]:
    """(days until ideas first reached one of these states, days that the others have waited). What its author took back is left out."""
    first = (
        select(changes.c.item_id, func.min(changes.c.at).label("at"))
        .where(changes.c.after.in_(states), changes.c.by != clock, ours(world, changes))
        .group_by(changes.c.item_id)
        .subquery()
    )
    query = select(items.c.made_at, first.c.at).outerjoin(first, first.c.item_id == items.c.id)
    query = query.where(items.c.kind == "idea", items.c.made_at >= since, items.c.state.not_in(("withdrawn", "merged")), ours(world, items))
    ended: list[float] = []
    still_open: list[float] = []
    for made_at, at in world.read.execute(query):
        (ended if at else still_open).append(((at or world.now()) - made_at).total_seconds() / 86_400)
    return ended, still_open


def done_ideas(world: Any, since: dt.datetime) -> tuple[int, int, list[list[int]]]:
    """(ideas that were done, those that name whose they were; of each how many of its supporters come from each group)."""
    done = select(items.c.id, items.c.shown, items.c.member_id).where(items.c.kind == "idea", items.c.state.in_(("done", "closed")), ours(world, items))
    some = list(world.read.execute(done.where(items.c.state_at >= since)))
    ids = [row.id for row in some]
    behind = select(votes.c.item_id, func.count().label("many")).where(
        votes.c.item_id.in_(ids), votes.c.choice == 1, votes.c.group_id.is_not(None), ours(world, votes)
    )
    sizes: dict[int, list[int]] = {id: [] for id in ids}
    for row in world.read.execute(behind.group_by(votes.c.item_id, votes.c.group_id)):
        sizes[row.item_id].append(row.many)
    return len(some), sum(row.shown == "name" and row.member_id is not None for row in some), list(sizes.values())


def questions(world: Any, since: dt.datetime) -> tuple[int, int, list[float]]:
    """(questions since, those that a member's answer helped, seconds from each question to that answer)."""
    asked = (items.c.kind == "question") & (items.c.made_at >= since) & (items.c.state != "withdrawn") & ours(world, items)
    good = (comments.c.kind == "answer") & comments.c.helped.is_(True) & ours(world, comments)
    first = func.min(comments.c.made_at)
    query = select(items.c.id, items.c.made_at, first).join(comments, comments.c.item_id == items.c.id).where(asked, good)
    took = [(answered - made).total_seconds() for _, made, answered in world.read.execute(query.group_by(items.c.id, items.c.made_at))]
    return _count(world, select(func.count()).where(asked)), len(took), took


def _given(world: Any, since: dt.datetime) -> Any:
    """A line for everything that somebody gave: a vote, a word, a thing said, an answer to a poll."""
    acts = ((votes, votes.c.at), (comments, comments.c.made_at), (items, items.c.made_at), (answers, answers.c.at))
    return union_all(*(
        select(table.c.member_id).where(at >= since, table.c.member_id.is_not(None), ours(world, table)) for table, at in acts
    )).subquery()  # fmt: skip


def contributions(world: Any, since: dt.datetime) -> dict[int, int]:
    """Member -> how much they gave."""
    some = _given(world, since)
    return {row.member_id: row.times for row in world.read.execute(select(some.c.member_id, func.count().label("times")).group_by(some.c.member_id))}


def new_voices(world: Any, since: dt.datetime) -> int:
    """Members who gave something since and never before."""
    acts = ((votes, votes.c.at), (comments, comments.c.made_at), (items, items.c.made_at), (answers, answers.c.at))
    every = union_all(*(
        select(table.c.member_id, at.label("at")).where(table.c.member_id.is_not(None), ours(world, table)) for table, at in acts
    )).subquery()  # fmt: skip
    first = select(every.c.member_id).group_by(every.c.member_id).having(func.min(every.c.at) >= since).subquery()
    return _count(world, select(func.count()).select_from(first))


def thanks(world: Any, since: dt.datetime) -> tuple[int, int, int]:
    """(thanks, those that brought points, the points)."""
    query = select(func.count(), func.count().filter(thanks_table.c.points > 0), func.coalesce(func.sum(thanks_table.c.points), 0))
    row = world.read.execute(query.where(thanks_table.c.at >= since, ours(world, thanks_table))).one()
    return row[0], row[1], int(row[2])


def texts(world: Any, since: dt.datetime, organisation: Any) -> tuple[int, int]:
    """(SMS that nobody asked for, those of the newest of them that were sent outside the day)."""
    unasked = (texts_table.c.kind == "service") & (texts_table.c.made_at >= since) & texts_table.c.sent_at.is_not(None) & ours(world, texts_table)
    sent = world.read.scalars(select(texts_table.c.sent_at).where(unasked).order_by(texts_table.c.made_at.desc()).limit(TEXTS_MOST))
    return _count(world, select(func.count()).where(unasked)), sum(not FIRST_HOUR <= organisation.local(at).hour < LAST_HOUR for at in sent)


def stops_here(world: Any) -> int:
    return _count(world, select(func.count()).where(ours(world, stops)))


def brakes(world: Any, since: dt.datetime) -> tuple[int, int, int]:
    """(what was held, what of it was let through, items with a burst)."""
    held = select(func.count(changes.c.item_id.distinct())).where(changes.c.after == "held", changes.c.at >= since, ours(world, changes))
    freed = select(func.count(changes.c.item_id.distinct())).where(changes.c.before == "held", changes.c.after == "open", changes.c.at >= since)
    braked = select(func.count()).where(items.c.braked_at >= since, ours(world, items))
    return _count(world, held), _count(world, freed.where(ours(world, changes))), _count(world, braked)
