"""The five minutes of a month: who gave time to others hears how much, and what the phone saved them; the giver first, before any total is shown.

Written in batches like the weekly news, for who wants that, so it may stop anywhere; nobody is told of nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from gateway.community import instead, minutes, rows, saved
from gateway.community.dividend import rows as dividend
from gateway.community.items import brakes
from gateway.community.pace_rows import paces_here
from gateway.members import rows as members
from gateway.members.model import short
from gateway.members.sim_rows import numbers_of_many
from gateway.money.office import month_of
from gateway.records import rows as records
from gateway.records.model import phone_of
from gateway.records.verbs import NewText, write_texts
from menus.book import notices

FROM_HOUR = 8  # local time
LAST_DAY = 7  # of the month, on which it may still go out: later it is no news
BATCH = 200  # members whose month is counted in one transaction


def write_some(world: Any) -> int:
    """The next batch of last month's; how many members were looked at. Nothing outside its days, or when it is switched off."""
    local = world.organisation.local(world.now())
    if local.day > LAST_DAY or local.hour < FROM_HOUR or brakes.rests(world, "digest"):
        return 0
    since, until = month_of(world, 1)
    month = f"5m-{since:%Y-%m}"
    after = rows.digest_reached(world, month)
    if after is None:
        return 0
    readers = members.readers(world, after, BATCH)
    ids, span = [one.id for one in readers], (since.astimezone(dt.UTC), until.astimezone(dt.UTC))
    spent, shares = five_minutes(world, ids, *span), dividend.paid_between(world, ids, *span)
    texts = []
    for one in readers:
        gave, back, staff = spent.get(one.id, (0, 0, 0))
        if (gave or back) and not one.shared:  # several people's minutes are nobody's
            share = shares.get(one.id, 0)
            told = {"share": world.organisation.money(share)} if share else {}
            said = world.phrases.say(
                notices.FIVE_MINUTES_SHARE if share else notices.FIVE_MINUTES, one.language, name=short(one.name), month=f"{since:%m/%Y}", gave=gave,
                back=back, staff=staff, coop=world.organisation.short_name[:10], code=world.organisation.dial("6", "3"), **told,
            )  # fmt: skip
            texts.append(NewText(f"{month}:{one.id}", one.number, "service", said, one.id, "digest", one.hours))
    write_texts(world, texts)
    rows.reach_digest(world, month, readers[-1].id if len(readers) == BATCH else None, len(texts))
    return len(readers)


def five_minutes(world: Any, member_ids: list[int], since: dt.datetime, until: dt.datetime) -> dict[int, tuple[int, int, int]]:
    """Member -> (whole minutes given to others, minutes of way and queue that came back, less those with the phone in hand, minutes that the staff did
    not need), on all of their SIMs, and on each only since it is theirs.
    """
    whose = {phone_of(number): (member_id, at) for member_id, number, at in numbers_of_many(world, member_ids)}
    steps = [one for one in records.hops_of_numbers(world, list(whose), since, until) if one.at >= whose[phone_of(one.number)][1]]
    known, paces = saved.counters(world), paces_here(world)
    gave, back, staff, asked = Counter[int](), Counter[int](), Counter[int](), instead.shares(world)
    for phone, (_, others) in minutes.spans(steps, paces).items():
        gave[whose[phone][0]] += round(others)
    for (phone, service), one in saved.done(steps, paces, rows.times_of_phones(world, member_ids)).items():
        if service in known:
            back[whose[phone][0]] += round(60 * one.returned(known[service]))
            staff[whose[phone][0]] += round(60 * one.times * known[service].staff * instead.share_of(asked, service))
    return {id: (round(gave[id] / 60), max(round(back[id] / 60), 0), round(staff[id] / 60)) for id in {*gave, *back}}
