"""Who is heard, what the phone gives back by service, and the shares of a dividend, counted anew from bare rows."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter, defaultdict
from typing import Any

import pytest

from gateway.community import minutes, saved
from gateway.community import rows as community
from gateway.community.dividend import verbs as dividend
from gateway.community.helping import rows as helping
from gateway.community.items import tables
from gateway.community.polls import rows as polls
from gateway.community.voices import rows as voices
from gateway.community.voices import verbs as heard
from gateway.ledger import tables as ledger
from gateway.members import rows as members
from tests.season_recount import Bare, facts


def who_is_heard_is_what_a_recount_says(world: Any, *, of_each: bool) -> None:
    """Members, who of them took part and their votes: by sex, age, the way to the office and village; and what of all nobody has said."""
    since = world.now() - dt.timedelta(days=90)
    active = {one.id: one for one in facts(world, members.members) if one.status == "active"}
    said = {one.member_id: one for one in facts(world, voices.traits)}
    far = {one.village: one.there_minutes for one in facts(world, community.village_times)}
    village = {id: (one.village or "").lower() for id, one in active.items()}
    part_of = {
        "sex": {id: said[id].sex or "" if id in said else "" for id in active}, "age": {id: said[id].age or "" if id in said else "" for id in active},
        "way": {id: "" if village[id] not in far else "far" if far[village[id]] >= 120 else "near" for id in active}, "village": village,
    }  # fmt: skip
    votes = Counter(one.member_id for one in facts(world, tables.votes) if one.at >= since)
    took = set(votes) | {one.member_id for table in (tables.comments, tables.items) for one in facts(world, table) if one.made_at >= since}
    took |= {one.member_id for one in facts(world, polls.answers) if one.at >= since}
    found, everybody, cast = heard.heard(world)
    assert (everybody, cast) == (len(active), sum(count for id, count in votes.items() if id in active))
    for name, listed in found:
        recounted = defaultdict(lambda: [0, 0, 0])
        for id, part in part_of[name].items():
            for n, more in enumerate((1, id in took, votes[id])):
                recounted[part][n] += more
        assert {one.name: [one.members, one.took_part, one.votes] for one in listed}.items() <= dict(recounted).items(), name
        assert name == "village" or len(listed) == len(recounted)
        assert not of_each or len(listed) > 1, f"all are in one part of {name}"


def what_the_phone_gives_back_is_what_a_recount_says(world: Any, *, of_each: bool) -> None:
    """How often each service was done all the season long, in how many seconds, and whose village was asked how long the way is."""
    bare, paces = Bare(world), minutes.paces_here(world)
    since = bare.now - dt.timedelta(days=88)
    times, seconds, near, there = bare.services(since, bare.now), Counter[str](), Counter[str](), Counter[str]()
    far = {one.village: one.there_minutes for one in facts(world, community.village_times)}
    village = {one.id: (one.village or "").lower() for one in facts(world, members.members)}
    whose = {one.number: village[one.member_id] for one in facts(world, members.numbers)}
    for some in bare.calls(since, bare.now).values():
        counted, spent = set(), 0.0
        for before, here in itertools.pairwise([None, *some]):
            if before is not None:
                spent += min((here.at - before.at).total_seconds(), paces[before.label].slow if before.label in paces else 60.0)
            service = saved.ENDS.get(here.label)
            if service and (before is None or before.label != here.label):
                if service not in counted and whose.get(here.number, "") in far:
                    near[service] += 1
                    there[service] += far[whose[here.number]]
                seconds[service] += spent
                counted, spent = counted | {service}, 0.0
    found, _ = saved.by_service(world, since, bare.now, len(bare.hops))
    assert {service: one.times for service, one in found.items()} == dict(times)
    assert {service: one.seconds for service, one in found.items()} == pytest.approx(dict(seconds))
    assert {service: (one.near, one.there) for service, one in found.items()} == {service: (near[service], there[service]) for service in found}
    assert len(found) > of_each
    assert sum(near.values()) > 0


def shares_are_what_a_recount_says(world: Any) -> None:
    """Of the last month: how many others each has paid, whom others thank for help, whose words two found right, whose idea was done. All of it is given."""
    local = world.organisation.local(world.now()).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    first = (local - dt.timedelta(days=1)).replace(day=1)
    since, until = first.astimezone(dt.UTC), local.astimezone(dt.UTC)
    active = {one.id for one in facts(world, members.members) if one.status == "active"}
    owner, ended = {one.id: one.owner_id for one in facts(world, ledger.accounts)}, {one.transfer_id: one for one in facts(world, ledger.ends)}
    paid = {
        (owner[one.source_id], one.destination_id) for one in facts(world, ledger.transfers)
        if one.kind in ("transfer", "billpay", "merchantpayment", "withdrawal") and one.id in ended
        and ended[one.id].state == "posted" and since <= ended[one.id].done_at < until
    }  # fmt: skip
    thanked = {(one.helper_id, one.giver_id) for one in facts(world, community.thanks) if since <= one.at < until and not one.ref.startswith(("item:", "to:"))}
    right = [one.member_id for one in facts(world, helping.revisions) if one.state == "accepted" and since <= one.made_at < until]
    author = {one.id: one.member_id for one in facts(world, tables.items) if one.kind == "idea"}
    done = {
        one.item_id for one in facts(world, tables.changes) if one.after == "done" != one.before and since <= one.at < until and author.get(one.item_id)
    }  # fmt: skip
    used = Counter(payer for payer, _ in paid)
    helped = Counter(helper for helper, _ in thanked) + Counter(right) + Counter(author[id] for id in done)
    counted = dividend.count(world, first.date(), 1_000_003)
    assert counted.used == {id: times for id, times in used.items() if id in active}
    assert counted.helped == {id: times for id, times in helped.items() if id in active}
    assert counted.total == 1_000_003
    assert set(counted.given) <= active
    assert len(counted.used) > 10
    assert len(counted.helped) > 10
