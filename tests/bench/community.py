"""What members say, at a thousand and at a hundred thousand: the top list, the look-alikes, the next quick vote; and the digest of a hundred thousand."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import random
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import text

from gateway.community import digest
from gateway.community.groups.rows import memberships
from gateway.community.groups.verbs import open_group
from gateway.community.items import likeness, looking, rows, verbs, voice_rows
from gateway.community.items.tables import items, term_counts, terms, tidings
from gateway.ledger.model import Organisation
from gateway.members import rows as members
from gateway.members.rows import members as members_table
from gateway.members.rows import numbers as numbers_table
from gateway.settings import Settings
from gateway.site import Site
from gateway.store.many import insert_many
from gateway.store.migrate import upgrade
from gateway.store.tables import new_id
from gateway.up.demo import found_organisation
from tests.bench.figure import Figure
from tests.cast import make_settings
from tests.servers.postgres import Postgres

FEW, MANY = 1_000, 100_000
ROUNDS = 60
READERS, IN_GROUP = 100_000, 50
SECONDS_MOST = 600
WORDS = (
    "milk friday market scale clerk pay money cow calf vet road bridge water tank school seed maize beans rain season price loan savings group meeting chair "
    "office phone airtime member leader vote idea answer help school fees lorry morning evening cold wash udder salt feed grass fence gate dip spray"
).split()
NAMES = {"top": "top_list", "alike": "look_alikes", "quick": "quick_vote_pick"}


def measure(folder: Path, say: Callable[[str], None]) -> Iterator[Figure]:
    """Each on SQLite and on PostgreSQL; a figure is the median, against one row read by its key in the same minute."""
    server = Postgres()
    server.unsafe = ()  # as in production
    server.start()
    try:
        for engine, url in (("sqlite", f"sqlite:///{folder / 'community.db'}"), ("postgresql", server.url)):
            site, organisation = _site(folder / engine, url)
            grown: dict[str, float] = {}
            for many in (FEW, MANY):
                _fill(site, organisation, many)
                for name, seconds, empty in _timed(site, organisation):
                    say(f"{engine}: {name} of {many:,} items in {seconds * 1000:.2f} ms")
                    yield Figure(f"{NAMES[name]}_{many // 1000}k_{engine}_ms", seconds * 1000, "ms", "one row by its key", empty * 1000, seconds / empty)
                    if many == FEW:
                        grown[name] = seconds
                    else:
                        ratio = seconds / grown[name]
                        yield Figure(f"{NAMES[name]}_growth_{engine}", seconds * 1000, "ms", "the same at a thousand items", grown[name] * 1000, ratio)
            yield _digest(site, organisation, engine, say)
            site.close()
    finally:
        server.stop()


def friday() -> dt.datetime:
    """The clock of this benchmark stands still, on the day of the digest."""
    return dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)


def _site(home: Path, url: str) -> tuple[Site, Organisation]:
    home.mkdir(parents=True, exist_ok=True)
    settings = make_settings(home, url, "redis://127.0.0.1:1", "http://127.0.0.1:1")
    site = Site(settings, friday)
    upgrade(site.engine)
    organisation = Organisation(new_id(), "Umoja", "Umoja", "Africa/Nairobi", "KES", 2, "en", "*384*20417#", "20417", "254", 9)
    with site.world(organisation, seconds=SECONDS_MOST) as world:
        found_organisation(world)
        id = members.add_member(world, number="+254711000001", name="Wanjiru", language="en", code="10013", pin_hash="x")
        members.change_member(world, id, made_at=friday() - dt.timedelta(days=90))
    return site, organisation


def _fill(site: Site, organisation: Organisation, many: int) -> None:
    """So many open ideas, of words as often as words are."""
    chance = random.Random(many)
    with site.world(organisation, seconds=SECONDS_MOST) as world:
        have = len(list(world.read.execute(items.select().with_only_columns(items.c.id))))
        lines, posted, counts = [], [], dict[str, int]()
        for n in range(have, many):
            said = " ".join(chance.choices(WORDS, weights=[1 / (k + 1) for k in range(len(WORDS))], k=7)) + f" {chance.choice(WORDS)}{n % 997}"
            id, found = new_id(), likeness.stems(said)
            moment = world.now() - dt.timedelta(minutes=n % 40_000)
            score, seen = chance.random() * 5, chance.randrange(90)
            lines.append({
                "id": id, "organisation_id": organisation.id, "key": f"b{n}", "number": f"{10_000 + n}", "kind": "idea", "topic": "", "words": said,
                "stems": " ".join(found), "phone": "+254700000000", "about": "", "channel": "ussd", "state": "open", "shown": "name", "language": "en",
                "supporters": chance.randrange(50), "opposers": chance.randrange(20), "passes": 0, "comments": 0, "seen": seen, "score": score,
                "dice": chance.random(), "answer": "", "screen": "", "checked_by": "", "made_at": moment, "state_at": moment,
            })  # fmt: skip
            for term in found:
                posted.append((organisation.id, term[:40], id))
                counts[term[:40]] = counts.get(term[:40], 0) + 1
        for start in range(0, len(lines), 2_000):
            insert_many(world.write, items, list(lines[0]), [tuple(line.values()) for line in lines[start : start + 2_000]])
        for start in range(0, len(posted), 5_000):
            insert_many(world.write, terms, ("organisation_id", "term", "item_id"), posted[start : start + 5_000])
        world.write.execute(term_counts.delete())
        known: dict[str, int] = {}
        for row in world.read.execute(terms.select().with_only_columns(terms.c.term)):
            known[row.term] = known.get(row.term, 0) + 1
        insert_many(world.write, term_counts, ("organisation_id", "term", "items"), [(organisation.id, term, count) for term, count in known.items()])
        if world.write.dialect.name == "postgresql":  # as its autovacuum does within a minute, which a benchmark that has just filled it does not wait for
            world.write.execute(text("ANALYZE"))


def _timed(site: Site, organisation: Organisation) -> Iterator[tuple[str, float, float]]:
    caller = "+254711000001"
    acts: dict[str, Callable[[Any], Any]] = {
        "top": lambda world: looking.top_ideas(world, caller),
        "alike": lambda world: verbs.look_alikes(world, "please pay the milk money on friday because of market day", ("idea",)),
        "quick": lambda world: looking.pick_statement(world, caller),
    }
    for name, act in acts.items():
        spent, empty = [], []
        for _ in range(ROUNDS):
            with site.world(organisation, seconds=SECONDS_MOST) as world:
                began = time.perf_counter()
                rows.by_number(world, "10500")
                empty.append(time.perf_counter() - began)
                began = time.perf_counter()
                done = act(world)
                spent.append(time.perf_counter() - began)
                assert done is not None
        yield name, statistics.median(spent), statistics.median(empty)


def _digest(site: Site, organisation: Organisation, engine: str, say: Callable[[str], None]) -> Figure:
    """A hundred thousand members who want it, in batches, half of them in groups and a third with something that waits for them; the time of all, and how much
    memory that takes.
    """
    say(f"{engine}: the digest of {READERS:,} members")
    with site.world(organisation, seconds=SECONDS_MOST) as world:
        people, lines = [], []
        for n in range(READERS):
            id = new_id()
            people.append((id, organisation.id, f"Member {n}", "en", f"{n + 20_000}", "active", "x", 9, True, world.now()))
            lines.append((f"+2547{n:08}", organisation.id, id, world.now(), False))
        columns = ("id", "organisation_id", "name", "language", "code", "status", "pin_hash", "dials", "digest", "made_at")
        for start in range(0, READERS, 2_000):
            insert_many(world.write, members_table, columns, people[start : start + 2_000])
            insert_many(world.write, numbers_table, [column.name for column in numbers_table.columns], lines[start : start + 2_000])
        _put_into_groups(world, [one[0] for one in people])
        item = rows.newest(world, ("idea",), ("open",), 1)[0].id
        change = voice_rows.add_change(world, item, "open", "looked_at", "grace", "")
        told = [(one[0], change, organisation.id, item, world.now(), None, False) for one in people[::3]]
        for start in range(0, len(told), 2_000):
            insert_many(world.write, tidings, [column.name for column in tidings.columns], told[start : start + 2_000])
    with multiprocessing.get_context("spawn").Pool(1) as pool:  # alone: what filling the database took is none of the digest's
        seconds, written, before, peak = pool.apply(_write_all, (site.settings, organisation))
    assert written >= READERS, written
    say(f"{engine}: {written:,} digests in {seconds:.0f} s; a process of its own grew from {before:.0f} to {peak:.0f} MiB")
    return Figure(
        f"digest_100k_members_{engine}_minutes", seconds / 60, "min", "MiB that the process grew by", peak - before, seconds / 60 / max(peak - before, 1)
    )


def _put_into_groups(world: Any, ids: list[int]) -> None:
    """Each second member into a group of fifty, whose members joined us at all times."""
    grouped = ids[::2]
    some = len(grouped) // IN_GROUP
    known = [open_group(world, f"Group {n}").id for n in range(some)]
    lines = [(known[n % some], id, world.organisation.id, "member", "member", world.now()) for n, id in enumerate(grouped)]
    for start in range(0, len(lines), 2_000):
        insert_many(world.write, memberships, ("group_id", "member_id", "organisation_id", "role", "state", "since"), lines[start : start + 2_000])


def _write_all(settings: Settings, organisation: Organisation) -> tuple[float, int, float, float]:
    """(seconds, digests, MiB of the process before the first batch, MiB at its peak)."""
    site = Site(settings, friday)
    with site.world(organisation) as world:
        rows.page(world, before=None, most=1)  # from here on everything is imported and connected
    before, began, written = _peak(), time.perf_counter(), 0
    while True:
        with site.world(organisation, seconds=SECONDS_MOST) as world:
            some = digest.write_some(world)
        written += some
        if not some:
            return time.perf_counter() - began, written, before, _peak()


def _peak() -> float:
    """The most memory that this process ever had, in MiB; `ru_maxrss` would hold what its parent had too."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024
