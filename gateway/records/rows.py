"""Where hops and messages are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    Row,
    String,
    Table,
    UniqueConstraint,
    func,
    select,
    update,
)
from sqlalchemy import (
    Text as LongText,
)

from gateway.records.figures import Step
from gateway.records.model import NOBODYS, SAID_NO, Hop, Text, phone_of, topic_of
from gateway.store.many import insert_many
from gateway.store.tables import UtcTime, fixed, id_column, metadata, new_id, only, organisation_column
from gateway.store.upsert import add_once

hops = Table(
    "hops",
    metadata,
    id_column(),
    organisation_column(),
    Column("call", String(80), nullable=False),
    Column("number", String(16), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("label", String(60), nullable=False),
    Column("typed", String(200), nullable=False),
    Column("note", String(20), nullable=False),
    Column("ms", Integer, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_hops_call", "call", "turn"),
    Index("ix_hops_number", "number", "id"),
    Index("ix_hops_at", "at"),
)

call_ends = Table(
    "call_ends",
    metadata,
    id_column(),
    organisation_column(),
    Column("call", String(80), nullable=False),
    Column("status", String(16), nullable=False),
    Column("duration_ms", Integer),
    Column("hops_count", Integer),
    Column("network", String(8)),
    Column("cost", String(24)),
    Column("error", String(200)),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("call", "organisation_id"),
    Index("ix_call_ends_at", "organisation_id", "at"),
)

texts = Table(
    "texts",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("number", String(16), nullable=False),
    Column("member_id", BigInteger),
    Column("kind", String(12), nullable=False),
    Column("words", LongText, nullable=False),
    Column("about", String(40), nullable=False),
    Column("state", String(12), nullable=False),
    Column("provider_id", String(80)),
    Column("provider_status", String(40)),
    Column("cost", String(24)),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("made_at", UtcTime, nullable=False),
    Column("sent_at", UtcTime),
    Column("done_at", UtcTime),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("state IN ('waiting','sending','accepted','refused','unknown','delivered','failed')", name="state"),
    Index("ix_texts_provider_id", "provider_id"),
    Index("ix_texts_lost", "made_at", **only("state IN ('refused','failed')")),
    Index("ix_texts_number", "number", "id"),
    Index("ix_texts_about", "about"),
    Index("ix_texts_made_at", "organisation_id", "made_at"),
)

HEARD, FAILED = "heard", "failed"  # what a message means that is kept and not understood yet, and one that we broke on

texts_in = Table(
    "texts_in",
    metadata,
    id_column(),
    organisation_column(),
    Column("provider_id", String(80), nullable=False),
    Column("number", String(16), nullable=False),
    Column("words", LongText, nullable=False),
    Column("network", String(8)),
    Column("meaning", String(20), nullable=False),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("provider_id", "organisation_id"),
    Index("ix_texts_in_number", "number", "id"),
    Index("ix_texts_in_unread", "organisation_id", "at", **only(f"meaning IN ('{HEARD}','{FAILED}')")),
)

reports = Table(
    "reports",
    metadata,
    id_column(),
    Column("provider_id", String(80), nullable=False),
    Column("status", String(40), nullable=False),
    Column("failure", String(60)),
    Column("number", String(16)),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("provider_id", "status"),
)

stops = Table(
    "stops",
    metadata,
    Column("number", String(16), primary_key=True),
    organisation_column(),
    Column("at", UtcTime, nullable=False),
)


topic_stops = Table(
    "topic_stops",
    metadata,
    Column("number", String(16), primary_key=True),
    Column("topic", String(10), primary_key=True),
    organisation_column(),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("topic IN ('news','ideas','groups','questions','money')", name="topic"),
)


def add_hops(connection: Any, some: Sequence[Hop]) -> None:
    """Many at once: there are as many as there are screens."""
    columns = ("id", "organisation_id", "call", "number", "turn", "label", "typed", "note", "ms", "at")
    insert_many(connection, hops, columns, [(new_id(), *(getattr(one, name) for name in columns[1:])) for one in some])
    said_no = [one for one in some if one.label == SAID_NO]
    for one in said_no:  # the screens stay, for they are counted; whose call it was nobody knows any more
        connection.execute(update(hops).where(hops.c.call == one.call, hops.c.organisation_id == one.organisation_id).values(number=NOBODYS))


def forget_hops(connection: Any, before: dt.datetime) -> int:
    forgotten: int = connection.execute(hops.delete().where(hops.c.at < before)).rowcount
    return forgotten


def forget_reports(connection: Any, before: dt.datetime) -> int:
    return int(connection.execute(reports.delete().where(reports.c.at < before)).rowcount)


def hops_of(world: Any, call: str) -> list[Row[Any]]:
    query = select(hops).where(hops.c.call == call, hops.c.organisation_id == world.organisation.id).order_by(hops.c.turn, hops.c.id)
    return list(world.read.execute(query))


def end_of(world: Any, call: str) -> Row[Any] | None:
    query = select(call_ends).where(call_ends.c.call == call, call_ends.c.organisation_id == world.organisation.id)
    row: Row[Any] | None = world.read.execute(query).one_or_none()
    return row


def add_call_end(world: Any, **values: Any) -> bool:
    """False when this call's end is known already."""
    return add_once(world.write, call_ends, id=new_id(), organisation_id=world.organisation.id, **values)


def known_keys(world: Any, keys: Sequence[str]) -> set[str]:
    """Those of these keys for which a message was written already."""
    return set(world.write.scalars(select(texts.c.key).where(texts.c.key.in_(keys), texts.c.organisation_id == world.organisation.id)))


def add_texts(world: Any, lines: Sequence[tuple[Any, ...]]) -> None:
    columns = ("id", "organisation_id", "key", "number", "member_id", "kind", "words", "about", "state", "made_at")
    insert_many(world.write, texts, columns, lines)


def text(world: Any, id: int) -> Text | None:
    row = world.write.execute(select(texts).where(texts.c.id == id, texts.c.organisation_id == world.organisation.id).with_for_update()).one_or_none()
    return Text(**row._asdict()) if row else None


def change_text(world: Any, id: int, **values: Any) -> None:
    world.write.execute(update(texts).where(texts.c.id == id, texts.c.organisation_id == world.organisation.id).values(**values))


def texts_about(world: Any, about: str) -> list[Text]:
    query = select(texts).where(texts.c.about == about, texts.c.organisation_id == world.organisation.id).order_by(texts.c.id)
    return [Text(**row._asdict()) for row in world.read.execute(query)]


def owner_of_text(connection: Any, provider_id: str) -> tuple[int, int] | None:
    """(text id, organisation id) of the message that the provider calls so."""
    row = connection.execute(select(texts.c.id, texts.c.organisation_id).where(texts.c.provider_id == provider_id)).first()
    return (row.id, row.organisation_id) if row else None


def unknown_texts_to(connection: Any, number: str, since: dt.datetime) -> list[tuple[int, int]]:
    """Messages to this number of which we never heard whether they were taken."""
    query = select(texts.c.id, texts.c.organisation_id).where(texts.c.number == number, texts.c.state == "unknown", texts.c.made_at >= since)
    return [(row.id, row.organisation_id) for row in connection.execute(query)]


def add_report(connection: Any, **values: Any) -> bool:
    """False when the same report came before."""
    return add_once(connection, reports, id=new_id(), **values)


def stray_report(world: Any, number: str, since: dt.datetime) -> Row[Any] | None:
    """A report to this number since then whose message nobody knows."""
    query = (
        select(reports)
        .where(reports.c.number == number, reports.c.at >= since)
        .where(~select(texts.c.id).where(texts.c.provider_id == reports.c.provider_id).exists())
        .order_by(reports.c.id.desc())
        .limit(1)
    )
    row: Row[Any] | None = world.write.execute(query).first()
    return row


def reports_of(connection: Any, provider_id: str) -> list[Row[Any]]:
    return list(connection.execute(select(reports).where(reports.c.provider_id == provider_id).order_by(reports.c.id)))


def keep_text_in(world: Any, **values: Any) -> None:
    """A message as it came. The same one twice is kept once."""
    add_once(world.write, texts_in, id=new_id(), organisation_id=world.organisation.id, **values)


def text_in(world: Any, provider_id: str) -> Row[Any]:
    """A message that was kept, held until the commit: of two who take it at once, the second sees what it meant."""
    query = select(texts_in).where(texts_in.c.provider_id == provider_id, texts_in.c.organisation_id == world.organisation.id)
    row: Row[Any] = world.write.execute(query.with_for_update()).one()
    return row


def text_heard(world: Any, provider_id: str) -> Row[Any] | None:
    """The same to be read only; None of what never came, or was forgotten when its days were over."""
    query = select(texts_in).where(texts_in.c.provider_id == provider_id, texts_in.c.organisation_id == world.organisation.id)
    return world.read.execute(query).one_or_none()  # type: ignore[no-any-return]


def texts_unread(world: Any, until: dt.datetime) -> list[str]:
    """What the provider calls the messages that were kept before then and not understood: whoever was at it has died."""
    query = select(texts_in.c.provider_id).where(texts_in.c.meaning == fixed(HEARD), texts_in.c.at < until, texts_in.c.organisation_id == world.organisation.id)
    return list(world.read.scalars(query.order_by(texts_in.c.id)))


def texts_failed(world: Any, since: dt.datetime) -> list[Row[Any]]:
    """Messages that we could not understand through a fault of ours, the newest first."""
    query = select(texts_in).where(texts_in.c.meaning == fixed(FAILED), texts_in.c.at >= since, texts_in.c.organisation_id == world.organisation.id)
    return list(world.read.execute(query.order_by(texts_in.c.id.desc())))


def letters_meant(world: Any, meanings: Sequence[str], since: dt.datetime, until: dt.datetime) -> int:
    """Letters of the SMS that meant one of these."""
    query = select(func.coalesce(func.sum(func.length(texts_in.c.words)), 0)).where(texts_in.c.meaning.in_(meanings), texts_in.c.at >= since)
    return int(world.read.scalar(query.where(texts_in.c.at < until, texts_in.c.organisation_id == world.organisation.id)))


def mean(world: Any, id: int, meaning: str) -> None:
    """What a message turned out to be."""
    world.write.execute(update(texts_in).where(texts_in.c.id == id, texts_in.c.organisation_id == world.organisation.id).values(meaning=meaning))


def veil(world: Any, id: int, words: str) -> None:
    """Keep something else of a message than its words."""
    world.write.execute(update(texts_in).where(texts_in.c.id == id, texts_in.c.organisation_id == world.organisation.id).values(words=words))


def meant_since(world: Any, number: str, meanings: Sequence[str], since: dt.datetime) -> int:
    """How many messages of this number meant one of these."""
    query = select(func.count()).where(
        texts_in.c.number == number, texts_in.c.meaning.in_(meanings), texts_in.c.at >= since, texts_in.c.organisation_id == world.organisation.id
    )
    return world.write.scalar(query) or 0


def steps_since(world: Any, since: dt.datetime, most: int) -> list[Step]:
    """The newest hops, call by call, each call in its order; repeated deliveries left out."""
    here = (hops.c.organisation_id == world.organisation.id) & (hops.c.at >= since) & (hops.c.note != "again")
    newest = select(hops.c.call, hops.c.number, hops.c.label, hops.c.note, hops.c.at, hops.c.turn).where(here).order_by(hops.c.at.desc()).limit(most).subquery()
    ended = (call_ends.c.call == newest.c.call) & (call_ends.c.organisation_id == world.organisation.id)
    query = select(newest.c.call, newest.c.number, newest.c.label, newest.c.note, newest.c.at, call_ends.c.at, func.coalesce(call_ends.c.network, ""))
    query = query.select_from(newest.outerjoin(call_ends, ended))
    return [Step(*row) for row in world.read.execute(query.order_by(newest.c.call, newest.c.turn, newest.c.at))]


def hops_of_number(world: Any, number: str, since: dt.datetime) -> list[Row[Any]]:
    """The hops of one phone, call by call, repeated deliveries left out."""
    return hops_of_numbers(world, [number], since)


def hops_of_numbers(world: Any, numbers: Sequence[str], since: dt.datetime, until: dt.datetime | None = None) -> list[Row[Any]]:
    """The hops of these phones since a moment, or between two, call by call."""
    here = (hops.c.organisation_id == world.organisation.id) & hops.c.number.in_(numbers) & (hops.c.at >= since) & (hops.c.note != "again")
    query = select(hops.c.number, hops.c.call, hops.c.label, hops.c.at).where(here)
    query = query.where(hops.c.at < until) if until else query
    return list(world.read.execute(query.order_by(hops.c.number, hops.c.call, hops.c.at)))


def screens_before(world: Any, number: str, since: dt.datetime, most: int) -> list[str]:
    """Which screens this phone was shown since a moment, the last first."""
    here = (hops.c.organisation_id == world.organisation.id) & (hops.c.number == number) & (hops.c.at >= since)
    return list(world.read.scalars(select(hops.c.label).where(here).order_by(hops.c.id.desc()).limit(most)))


def hops_between(world: Any, since: dt.datetime, until: dt.datetime, most: int) -> Iterator[Row[Any]]:
    """The hops of all phones, call by call; streamed."""
    here = (hops.c.organisation_id == world.organisation.id) & (hops.c.at >= since) & (hops.c.at < until) & (hops.c.note != "again")
    query = select(hops.c.number, hops.c.call, hops.c.label, hops.c.at).where(here).order_by(hops.c.number, hops.c.call, hops.c.at).limit(most)
    yield from world.read.execute(query, execution_options={"stream_results": True, "max_row_buffer": 1_000})


def texts_between(world: Any, since: dt.datetime, until: dt.datetime, most: int) -> Iterator[str]:
    """The words of what was written between two moments, for counting their parts."""
    query = select(texts.c.words).where(texts.c.organisation_id == world.organisation.id, texts.c.made_at >= since, texts.c.made_at < until)
    yield from world.read.scalars(query.order_by(texts.c.id.desc()).limit(most))


def replies_since(world: Any, number: str, since: dt.datetime) -> int:
    query = select(func.count()).where(
        texts.c.number == number, texts.c.kind == "reply", texts.c.made_at >= since, texts.c.organisation_id == world.organisation.id
    )
    return world.write.scalar(query) or 0


def texts_since(world: Any, number: str, about: str, since: dt.datetime) -> int:
    """How many messages about this were written to a number."""
    query = select(func.count()).where(
        texts.c.number == number, texts.c.about == about, texts.c.made_at >= since, texts.c.organisation_id == world.organisation.id
    )
    return world.read.scalar(query) or 0


def stop(world: Any, number: str) -> None:
    add_once(world.write, stops, number=phone_of(number), organisation_id=world.organisation.id, at=world.now())


def start(world: Any, number: str) -> None:
    """All SMS again, those of every kind too. Who hides their money in answers goes on hiding it."""
    for table in (stops, topic_stops):
        query = table.delete().where(table.c.number == phone_of(number), table.c.organisation_id == world.organisation.id)
        world.write.execute(query.where(table.c.topic != fixed("money")) if table is topic_stops else query)


def stopped_among(world: Any, numbers: Sequence[str], about: str = "") -> set[str]:
    """Which of these numbers want no SMS but about their own money, or none of this kind."""
    if not numbers:
        return set()
    phones = {phone_of(number) for number in numbers}
    query = select(stops.c.number).where(stops.c.number.in_(phones), stops.c.organisation_id == world.organisation.id)
    stopped_phones = set(world.read.scalars(query))
    if topic := topic_of(about):
        same = (topic_stops.c.topic == topic) & (topic_stops.c.organisation_id == world.organisation.id)
        stopped_phones |= set(world.read.scalars(select(topic_stops.c.number).where(topic_stops.c.number.in_(phones), same)))
    return {number for number in numbers if phone_of(number) in stopped_phones}


def stop_topic(world: Any, number: str, topic: str) -> None:
    add_once(world.write, topic_stops, number=phone_of(number), topic=topic, organisation_id=world.organisation.id, at=world.now())


def start_topic(world: Any, number: str, topic: str) -> None:
    here = (topic_stops.c.number == phone_of(number)) & (topic_stops.c.topic == topic) & (topic_stops.c.organisation_id == world.organisation.id)
    world.write.execute(topic_stops.delete().where(here))


def topics_stopped(world: Any, number: str) -> set[str]:
    """The kinds of SMS that this number wants none of."""
    query = select(topic_stops.c.topic).where(topic_stops.c.number == phone_of(number), topic_stops.c.organisation_id == world.organisation.id)
    return set(world.read.scalars(query))


def count_about(world: Any, about: str, since: dt.datetime) -> int:
    """How many messages about this were written since, whoever they went to."""
    query = select(func.count()).where(texts.c.about == about, texts.c.made_at >= since, texts.c.organisation_id == world.organisation.id)
    return world.read.scalar(query) or 0


def stopped(world: Any, number: str, about: str = "") -> bool:
    return bool(stopped_among(world, [number], about))
