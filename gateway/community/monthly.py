"""The five minutes of a month: who gave time to others hears how much, and what the phone saved them; the giver first, before any total is shown.

Written in batches like the weekly news, for who wants that, so it may stop anywhere; nobody is told of nothing.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community import minutes, rows, saved
from gateway.community.items import brakes
from gateway.members import rows as members
from gateway.members.model import short
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
    spent = five_minutes(world, [one.number for one in readers], since.astimezone(dt.UTC), until.astimezone(dt.UTC))
    texts = []
    for one in readers:
        gave, back = spent.get(one.number, (0, 0))
        if (gave or back) and not one.shared:  # several people's minutes are nobody's
            said = world.phrases.say(
                notices.FIVE_MINUTES, one.language, name=short(one.name), month=f"{since:%m/%Y}", gave=gave, back=back, code=world.organisation.dial("6", "3")
            )  # fmt: skip
            texts.append(NewText(f"{month}:{one.id}", one.number, "service", said, one.id, "digest", one.hours))
    write_texts(world, texts)
    rows.reach_digest(world, month, readers[-1].id if len(readers) == BATCH else None, len(texts))
    return len(readers)


def five_minutes(world: Any, numbers: list[str], since: dt.datetime, until: dt.datetime) -> dict[str, tuple[int, int]]:
    """Phone -> (whole minutes given to others, minutes of way and queue that came back, less those with the phone in hand)."""
    steps = records.hops_of_numbers(world, [phone_of(one) for one in numbers], since, until)
    known, back = saved.counters(world), dict[str, float]()
    for (phone, service), one in saved.done(steps).items():
        if service in known:
            back[phone] = back.get(phone, 0.0) + one.returned(known[service])
    spans = minutes.spans(steps)
    return {phone: (round(spans.get(phone, (0.0, 0.0))[1] / 60), max(round(back.get(phone, 0.0)), 0)) for phone in {*spans, *back}}
