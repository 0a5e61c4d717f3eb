"""The five promises of the season, counted anew: what fell due in ninety days, and what of it was kept."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from gateway.community.items import plan_rows, tables, wish_rows
from gateway.members import rows as members

ANSWERED = ("planned", "trying", "done", "declined", "already_there", "refused")
SEEN, SEEN_OR_OVER = ("looked_at", "merged", *ANSWERED), ("looked_at", "merged", "closed", *ANSWERED)
OVER = ("done", "closed", "declined", "already_there")
DAY = dt.timedelta(days=1)

Due = tuple[dt.datetime | None, dt.datetime]  # (when it was kept, until when it was to be)


def facts(world: Any, table: Any) -> list[Any]:
    return list(world.read.execute(table.select()))


def kept_of(some: Iterable[Due], now: dt.datetime) -> str:
    in_time = late = 0
    for at, by in some:
        if at is not None and at <= by:
            in_time += 1
        elif by <= now:
            late += 1
    return f"{100 * in_time / (in_time + late):.0f} of 100" if in_time + late else "–"


class Life:
    """Items of ninety days and the steps of their lives."""

    def __init__(self, world: Any) -> None:
        self.world, self.now, self.items = world, world.now(), facts(world, tables.items)
        self.since = self.now - 90 * DAY
        self.known = {one.id: one for one in self.items}
        self.changes: dict[int, list[Any]] = defaultdict(list)
        for one in sorted(facts(world, tables.changes), key=lambda one: one.id):
            if one.before != one.after:
                self.changes[one.item_id].append(one)

    def said(self, *kinds: str) -> list[Any]:
        return [one for one in self.items if one.kind in kinds and one.made_at >= self.since and one.state != "withdrawn"]

    def each_time(self, some: Iterable[Any], seen: tuple[str, ...], span: dt.timedelta) -> list[Due]:
        """Once from its beginning, and once from each time that it was opened again."""
        found: list[Due] = []
        for one in some:
            mine = [step for step in self.changes[one.id] if step.at >= self.since]
            begins = [(0, one.made_at)]
            begins += [(n, step.at) for n, step in enumerate(mine, 1) if step.after == "open" and step.before in OVER]
            for n, at in begins:
                looked = [step.at for step in mine[n:] if step.after in seen]
                found.append((looked[0] if looked else None, at + span))
        return found


def _answered(life: Life) -> list[Due]:
    """Official answers to what many want, and to those who want the old back."""
    span, found = 14 * DAY, []
    here = {one.id for one in facts(life.world, members.members) if not one.guest}
    groups = defaultdict(set)
    for vote in facts(life.world, tables.votes):
        item = life.known[vote.item_id]
        if vote.choice == 1 and vote.group_id is not None and vote.member_id in here:
            groups[item.merged_into or item.id].add(vote.group_id)
    for one in life.said("idea"):
        if one.supporters >= 20 or (one.supporters >= 3 and len(groups[one.id]) >= 3):
            first = [step.at for step in life.changes[one.id] if step.after in ANSWERED and step.at >= life.since]
            found.append((first[0] if first else None, one.made_at + span))
    waves = defaultdict(list)
    for wish in facts(life.world, wish_rows.wishes):
        if wish.wish == "back" and wish.at >= life.since:
            waves[wish.item_id, wish.answered_at].append(wish.at)
    for (id, answered), times in waves.items():
        least = max(3, -(-life.known[id].supporters // 10))
        if len(times) >= least:
            found.append((answered, sorted(times)[least - 1] + span))
    return found


def _reports(life: Life) -> list[Due]:
    waits, span = defaultdict(list), DAY
    for flag in facts(life.world, tables.flags):
        if flag.at >= life.since and (flag.live or flag.answered_at):
            waits[flag.item_id, flag.comment_id, flag.answered_at].append(flag.at)
    found: list[Due] = [(answered, min(times) + span) for (id, _, answered), times in waits.items() if life.known[id].state != "withdrawn"]
    return [*found, *life.each_time([one for one in life.said("wrong") if one.topic == "reported"], SEEN_OR_OVER, span)]


def _plans(life: Life) -> list[Due]:
    """Each day that was promised, until it was moved in time."""
    zone, found, of_item = life.world.organisation.zone, [], defaultdict(list)
    for one in sorted(facts(life.world, plan_rows.plans), key=lambda one: one.id):
        of_item[one.item_id].append(one)
    first = (life.world.organisation.local(life.now) - 90 * DAY).date().isoformat()
    for id, plans in of_item.items():
        if not any(one.due >= first for one in plans):
            continue
        for one, later in zip(plans, [*plans[1:], None], strict=True):
            by = dt.datetime.combine(dt.date.fromisoformat(one.due) + DAY, dt.time(), zone)
            done = [step.at for step in life.changes[id] if step.after == "done" and step.at >= one.at and (later is None or step.at < later.at)]
            item = life.known[id]
            over = item.state not in ("planned", "trying", "done", "closed") and item.state_at <= by
            if done:
                found.append((done[0], by))
            elif not over and not (later is not None and later.at <= by):
                found.append((None, by))
    return found


def promises_recounted(world: Any) -> dict[str, str]:
    life = Life(world)
    wrong = [one for one in life.said("wrong", "problem") if one.topic != "reported" and (one.kind == "wrong" or one.topic != "incident")]
    dues = {
        "read": life.each_time(life.said("idea"), SEEN, 3 * DAY), "answered": _answered(life), "what is wrong": life.each_time(wrong, SEEN_OR_OVER, DAY),
        "reports": _reports(life), "plans": _plans(life),
    }  # fmt: skip
    return {f"Promises kept: {name}": kept_of(some, life.now) for name, some in dues.items()}
