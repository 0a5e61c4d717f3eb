"""The outbox: whatever must happen later is a row, written in the same transaction as its cause.

SQL remembers, Redis hurries: a row is the truth, and the bell only wakes somebody up to look.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CheckConstraint, Column, Index, Integer, String, Table, UniqueConstraint, insert, select, update

from gateway.store.many import insert_many
from gateway.store.tables import UtcTime, fixed, id_column, metadata, new_id, only, organisation_column

TRIES_MOST = 8  # real tries, not offers: after this many a job is parked for a person
LEASE_S = 15  # a job offered is not offered again before this; then its worker is taken to be dead
BACKOFF_S = (2, 10, 30, 120, 600, 1800, 3600)

outbox = Table(
    "outbox",
    metadata,
    id_column(),
    organisation_column(),
    Column("topic", String(12), nullable=False),
    Column("ref", String(80), nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("last_error", String(200)),
    Column("made_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    UniqueConstraint("ref", "topic", "organisation_id"),
    CheckConstraint("state IN ('waiting','done','parked')", name="state"),
    Index("ix_outbox_due", "due_at", **only("state = 'waiting'")),
)


@dataclass(frozen=True)
class Job:
    id: int
    organisation_id: int
    topic: str
    ref: str
    state: str
    attempts: int
    last_error: str | None
    made_at: dt.datetime
    due_at: dt.datetime
    done_at: dt.datetime | None


class Outbox:
    """The outbox of one unit of work. Topics added here are rung for after the commit."""

    def __init__(self, world: Any) -> None:
        self._world = world
        self.added: list[tuple[str, int]] = []

    def add(self, topic: str, ref: str, *, delay_s: float = 0) -> int:
        """A job for later. `ref` says about what, so that the same job is never written twice."""
        id, now = new_id(), self._world.now()
        due = now + dt.timedelta(seconds=delay_s)
        self._world.write.execute(
            insert(outbox).values(id=id, organisation_id=self._world.organisation.id, topic=topic, ref=ref, state="waiting", made_at=now, due_at=due)
        )
        self.added.append((topic, id))
        return id

    def add_many(self, topic: str, refs: Sequence[str], due: Mapping[str, dt.datetime] | None = None) -> None:
        """Many jobs of one topic, due now, or each when `due` says."""
        now, here, due = self._world.now(), self._world.organisation.id, due or {}
        columns = ("id", "organisation_id", "topic", "ref", "state", "made_at", "due_at")
        insert_many(self._world.write, outbox, columns, [(new_id(), here, topic, ref, "waiting", now, due.get(ref, now)) for ref in refs])
        if refs:
            self.added.append((topic, 0))

    def ring(self, topic: str) -> None:
        """Wake up who looks after a topic that has rows of its own."""
        self.added.append((topic, 0))

    def done(self, topic: str, refs: Sequence[str]) -> None:
        here = self._world.organisation.id
        query = update(outbox).where(outbox.c.topic == topic, outbox.c.ref.in_(refs), outbox.c.organisation_id == here, outbox.c.state != "done")
        self._world.write.execute(query.values(state="done", done_at=self._world.now(), last_error=None))

    def again(self, job: Job, error: str, tries: int) -> None:
        """Try later, a little later each time; after TRIES_MOST park it for a person."""
        if tries >= TRIES_MOST:
            self.park(job, error)
        else:
            self.later(job, error, BACKOFF_S[min(tries, len(BACKOFF_S)) - 1])

    def later(self, job: Job, why: str, seconds: float) -> None:
        self._change(job, state="waiting", due_at=self._world.now() + dt.timedelta(seconds=seconds), last_error=why[:200])

    def park(self, job: Job, why: str) -> None:
        """Leave it to a person."""
        self._change(job, state="parked", last_error=why[:200])

    def _change(self, job: Job, **values: Any) -> None:
        query = update(outbox).where(outbox.c.id == job.id, outbox.c.organisation_id == job.organisation_id)
        self._world.write.execute(query.values(**values))


def about(world: Any, topic: str, ref: str) -> list[Job]:
    query = select(outbox).where(outbox.c.topic == topic, outbox.c.ref == ref, outbox.c.organisation_id == world.organisation.id)
    return [_job(row) for row in world.read.execute(query)]


def find(connection: Any, id: int) -> Job | None:
    row = connection.execute(select(outbox).where(outbox.c.id == id)).one_or_none()
    return _job(row) if row else None


def lease(connection: Any, now: dt.datetime, most: int) -> list[Job]:
    """The jobs that are due, taken for LEASE_S seconds: whoever finds them next finds them only if nothing came of it."""
    query = (
        select(outbox).where(outbox.c.state == fixed("waiting"), outbox.c.due_at <= now).order_by(outbox.c.due_at).limit(most).with_for_update(skip_locked=True)
    )
    jobs = [_job(row) for row in connection.execute(query)]
    if jobs:
        later = now + dt.timedelta(seconds=LEASE_S)
        taken = update(outbox).where(outbox.c.id.in_([job.id for job in jobs]))
        connection.execute(taken.values(due_at=later, attempts=outbox.c.attempts + 1))
    return jobs


def retry_parked(connection: Any, now: dt.datetime) -> int:
    """Offer every parked job again. How many."""
    query = update(outbox).where(outbox.c.state == "parked").values(state="waiting", due_at=now)
    return int(connection.execute(query).rowcount)


def forget_done(connection: Any, before: dt.datetime) -> int:
    return int(connection.execute(outbox.delete().where(outbox.c.state == "done", outbox.c.done_at < before)).rowcount)


def _job(row: Any) -> Job:
    return Job(row.id, row.organisation_id, row.topic, row.ref, row.state, row.attempts, row.last_error, row.made_at, row.due_at, row.done_at)
