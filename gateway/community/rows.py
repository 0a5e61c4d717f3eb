"""Where the words of members are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Index, Integer, Row, String, Table, UniqueConstraint, func, insert, or_, select, update

from gateway.community.model import Callback
from gateway.members.rows import members, numbers
from gateway.records.model import phone_of
from gateway.store.many import insert_many
from gateway.store.tables import UtcTime, id_column, metadata, new_id, only, organisation_column, ours, refers
from gateway.store.upsert import add_once, count_up

NUMBERS_FROM = 99  # so that the first number has four digits, its check digit included

feedback_numbers = Table(
    "feedback_numbers",
    metadata,
    organisation_column(),
    Column("last", BigInteger, nullable=False),
)

TRY_AGAIN = dt.timedelta(minutes=10)  # between two calls of one wish

callbacks = Table(
    "callbacks",
    metadata,
    id_column(),
    organisation_column(),
    Column("key", String(120), nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("phone", String(16), nullable=False),
    Column("about", String(12), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("done_at", UtcTime),
    Column("done_by", String(60)),
    Column("minutes", Integer),
    Column("sorry_at", UtcTime),
    Column("tries", Integer, nullable=False, server_default="0"),  # calls that nobody answered
    Column("outcome", String(12)),
    UniqueConstraint("key", "organisation_id"),
    CheckConstraint("about IN ('money','pin','question','other')", name="about"),
    CheckConstraint("(done_at IS NULL) = (done_by IS NULL)", name="done"),
    CheckConstraint("outcome IN ('helped','not_reached')", name="outcome"),
    refers("member_id", "members"),
    Index("ix_callbacks_waiting", "made_at", **only("done_at IS NULL")),
)

questions = Table(
    "questions",
    metadata,
    id_column(),
    organisation_column(),
    Column("number", String(20), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("ref", String(64), nullable=False),
    Column("title", String(24), nullable=False),
    Column("asked_at", UtcTime, nullable=False),
    Column("answered_at", UtcTime),
    Column("answer", String(8)),
    Index("ix_questions_open", "number", "id", **only("answered_at IS NULL")),
    Index("ix_questions_ref", "ref", "kind", "organisation_id"),
)


thanks = Table(
    "thanks",
    metadata,
    id_column(),
    organisation_column(),
    Column("ref", String(60), nullable=False),
    Column("giver_id", BigInteger, nullable=False),
    Column("helper_id", BigInteger, nullable=False),
    Column("points", BigInteger, nullable=False, server_default="0"),
    Column("at", UtcTime, nullable=False),
    UniqueConstraint("ref", "organisation_id"),
    CheckConstraint("giver_id <> helper_id", name="two_members"),
    refers("giver_id", "members"),
    refers("helper_id", "members"),
    Index("ix_thanks_helper", "helper_id", "at"),
    Index("ix_thanks_giver", "giver_id", "at"),
)

ONLY_THANKS = or_(thanks.c.ref.like("item:%"), thanks.c.ref.like("to:%"))  # said for its own sake: nobody was asked whether it helped, so it is worth nothing

# How long a service takes at the counter, as members say once a season.
service_times = Table(
    "service_times",
    metadata,
    organisation_column(),
    Column("service", String(12), primary_key=True),
    Column("there_minutes", Integer, nullable=False),
    Column("staff_minutes", Integer, nullable=False),
    Column("dearer", BigInteger, nullable=False, server_default="0"),
    Column("by", String(60), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("there_minutes >= 0 AND staff_minutes >= 0", name="minutes"),
    CheckConstraint("dearer >= 0", name="dearer"),
)

# How long the way to the counter and the queue are from a village, as its members say once a season.
village_times = Table(
    "village_times",
    metadata,
    organisation_column(),
    Column("village", String(20), primary_key=True),
    Column("there_minutes", Integer, nullable=False),
    Column("by", String(60), nullable=False),
    Column("at", UtcTime, nullable=False),
    CheckConstraint("there_minutes >= 0", name="minutes"),
)

digests = Table(
    "digests",
    metadata,
    organisation_column(),
    Column("week", String(10), primary_key=True),
    Column("reached", BigInteger),
    Column("written", BigInteger, nullable=False),
)


def digest_reached(world: Any, week: str) -> int | None:
    """Up to which member the digest of a week is written; None when it is done. Locked: two clocks do not write the same batch.
    What is done is only read, so that a clock which looks again takes no writer's place.
    """
    here = (digests.c.week == week) & (digests.c.organisation_id == world.organisation.id)
    known = world.read.execute(select(digests.c.reached).where(here)).first()
    if known is not None and known.reached is None:
        return None
    add_once(world.write, digests, organisation_id=world.organisation.id, week=week, reached=0, written=0)
    reached: int | None = world.write.scalar(select(digests.c.reached).where(here).with_for_update())
    return reached


def reach_digest(world: Any, week: str, reached: int | None, more: int) -> None:
    query = update(digests).where(digests.c.week == week, digests.c.organisation_id == world.organisation.id)
    world.write.execute(query.values(reached=reached, written=digests.c.written + more))


def next_number(world: Any) -> int:
    """The next number of this organisation; two who ask at once wait for each other."""
    return NUMBERS_FROM + count_up(world.write, feedback_numbers, "last", {"organisation_id": world.organisation.id})


def add_question(world: Any, *, number: str, kind: str, ref: str, title: str) -> None:
    """A question that is open now; the same one asked again is asked once."""
    same = (questions.c.number == number) & (questions.c.kind == kind) & (questions.c.ref == ref) & questions.c.answered_at.is_(None)
    here = questions.c.organisation_id == world.organisation.id
    if world.write.execute(update(questions).where(same, here).values(asked_at=world.now())).rowcount:
        return
    world.write.execute(
        insert(questions).values(id=new_id(), organisation_id=world.organisation.id, number=number, kind=kind, ref=ref, title=title, asked_at=world.now())
    )


def ask_anew(world: Any, numbers: Sequence[str], kind: str, ref: str) -> set[str]:
    """Who of these numbers has this question open: from now on it is as new as its last SMS."""
    same = (questions.c.number.in_(numbers), questions.c.kind == kind, questions.c.ref == ref, questions.c.answered_at.is_(None))
    query = update(questions).where(*same, questions.c.organisation_id == world.organisation.id).values(asked_at=world.now())
    return set(world.write.scalars(query.returning(questions.c.number)))


def add_questions(world: Any, numbers: Sequence[str], kind: str, ref: str, title: str) -> None:
    """The same question to many at once."""
    columns = ("id", "organisation_id", "number", "kind", "ref", "title", "asked_at")
    here, now = world.organisation.id, world.now()
    insert_many(world.write, questions, columns, [(new_id(), here, number, kind, ref, title, now) for number in numbers])


def open_questions(world: Any, number: str, since: dt.datetime) -> list[Any]:
    query = select(questions).where(
        questions.c.number == number, questions.c.answered_at.is_(None), questions.c.asked_at >= since, questions.c.organisation_id == world.organisation.id
    )
    return list(world.write.execute(query.order_by(questions.c.asked_at.desc(), questions.c.id.desc())))


def ballots_asked(world: Any, numbers: Sequence[str], kind: str, since: dt.datetime) -> list[Any]:
    """The questions of a kind to these numbers, whether they were answered or not, the newest first."""
    query = select(questions).where(questions.c.number.in_(numbers), questions.c.kind == kind, questions.c.asked_at >= since)
    return list(world.write.execute(query.where(questions.c.organisation_id == world.organisation.id).order_by(questions.c.id.desc())))


def times_asked(world: Any, kind: str, ref: str) -> int:
    """Of how many this was asked, answered or not."""
    query = select(func.count()).select_from(questions).where(questions.c.kind == kind, questions.c.ref == ref, ours(world, questions))
    return int(world.read.scalar(query) or 0)


def was_asked(world: Any, kind: str, ref: str) -> bool:
    """Whether anybody was asked this by SMS."""
    query = select(questions.c.id).where(questions.c.kind == kind, questions.c.ref == ref, questions.c.organisation_id == world.organisation.id)
    return world.read.execute(query.limit(1)).first() is not None


def asked_for(world: Any, kind: str, whose: str, since: dt.datetime) -> list[str]:
    """The refs of questions of a kind that begin with whose they are, asked since."""
    query = select(questions.c.ref).where(questions.c.kind == kind, questions.c.ref.startswith(whose, autoescape=True), questions.c.asked_at >= since)
    return list(world.write.scalars(query.where(questions.c.organisation_id == world.organisation.id)))


def question(world: Any, id: int) -> Any:
    return world.write.execute(select(questions).where(questions.c.id == id, questions.c.organisation_id == world.organisation.id)).one_or_none()


def end_question(world: Any, id: int, answer: str) -> None:
    query = update(questions).where(questions.c.id == id, questions.c.organisation_id == world.organisation.id)
    world.write.execute(query.values(answered_at=world.now(), answer=answer))


def end_questions(world: Any, number: str, kind: str, ref: str) -> None:
    """All that is open of these, unanswered."""
    here = (questions.c.number == number) & (questions.c.kind == kind) & (questions.c.ref == ref) & questions.c.answered_at.is_(None)
    query = update(questions).where(here, questions.c.organisation_id == world.organisation.id)
    world.write.execute(query.values(answered_at=world.now(), answer=""))


def forget_questions(connection: Any, before: dt.datetime) -> int:
    """Questions that nobody answers any more."""
    return int(connection.execute(questions.delete().where(questions.c.asked_at < before)).rowcount)


def add_thanks(world: Any, *, giver_id: int, helper_id: int, ref: str) -> bool:
    """A thanks for one thing, once. Nobody thanks themselves."""
    if giver_id == helper_id:
        return False
    return add_once(world.write, thanks, id=new_id(), organisation_id=world.organisation.id, ref=ref, giver_id=giver_id, helper_id=helper_id, at=world.now())


def has_thanks(world: Any, ref: str) -> bool:
    query = select(thanks.c.id).where(thanks.c.ref == ref, thanks.c.organisation_id == world.organisation.id)
    return world.read.scalar(query) is not None


def thanks_by(world: Any, member_id: int, since: dt.datetime) -> int:
    """Thanks that a member has given since, for things and to people; what they say of answers is not counted."""
    query = select(func.count()).where(thanks.c.giver_id == member_id, thanks.c.at >= since, ONLY_THANKS)
    return world.write.scalar(query.where(thanks.c.organisation_id == world.organisation.id)) or 0


def thanks_for_answers(world: Any, member_id: int) -> int:
    query = select(func.count()).where(thanks.c.helper_id == member_id, ~ONLY_THANKS, thanks.c.organisation_id == world.organisation.id)
    return world.read.scalar(query) or 0


def thanks_to(world: Any, member_id: int) -> int:
    query = select(func.count()).where(thanks.c.helper_id == member_id, thanks.c.organisation_id == world.organisation.id)
    return world.read.scalar(query) or 0


def thanked_since(world: Any, member_ids: Sequence[int], since: dt.datetime) -> set[int]:
    """Who of these members was thanked since."""
    query = select(thanks.c.helper_id).where(thanks.c.helper_id.in_(member_ids), thanks.c.at >= since, thanks.c.organisation_id == world.organisation.id)
    return set(world.read.scalars(query.distinct()))


def thankers(world: Any, member_id: int, most: int) -> list[Any]:
    """Who thanked a member, the last first."""
    query = select(thanks).where(thanks.c.helper_id == member_id, thanks.c.organisation_id == world.organisation.id).order_by(thanks.c.at.desc())
    return list(world.read.execute(query.limit(most)))


def counted_between(world: Any, one: int, other: int, since: dt.datetime) -> int:
    """Thanks between two people, in either direction, that came with points."""
    pair = ((thanks.c.giver_id == one) & (thanks.c.helper_id == other)) | ((thanks.c.giver_id == other) & (thanks.c.helper_id == one))
    query = select(func.count()).where(pair, thanks.c.points > 0, thanks.c.at >= since, thanks.c.organisation_id == world.organisation.id)
    return world.read.scalar(query) or 0


def points_between(world: Any, giver_id: int, helper_id: int, since: dt.datetime) -> tuple[int, dt.datetime | None]:
    """(points that came with one's thanks to the other, when the last of them came)."""
    pair = (thanks.c.giver_id == giver_id) & (thanks.c.helper_id == helper_id) & (thanks.c.at >= since) & (thanks.c.points > 0)
    query = select(func.coalesce(func.sum(thanks.c.points), 0), func.max(thanks.c.at)).where(pair, thanks.c.organisation_id == world.organisation.id)
    points, last = world.write.execute(query).one()
    return int(points), last


def uncount_points(world: Any, giver_id: int, helper_id: int, since: dt.datetime) -> None:
    pair = (thanks.c.giver_id == giver_id) & (thanks.c.helper_id == helper_id) & (thanks.c.at >= since)
    world.write.execute(update(thanks).where(pair, thanks.c.organisation_id == world.organisation.id).values(points=0))


def points_since(world: Any, member_id: int, since: dt.datetime) -> int:
    query = select(func.coalesce(func.sum(thanks.c.points), 0)).where(
        thanks.c.helper_id == member_id, thanks.c.at >= since, thanks.c.organisation_id == world.organisation.id
    )
    return int(world.read.scalar(query))


def count_thanks(world: Any, ref: str, points: int) -> None:
    world.write.execute(update(thanks).where(thanks.c.ref == ref, thanks.c.organisation_id == world.organisation.id).values(points=points))


def thanks_of_all(world: Any, since: dt.datetime, until: dt.datetime) -> tuple[int, int]:
    """(thanks, points that came with them) between two moments."""
    query = select(func.count(), func.coalesce(func.sum(thanks.c.points), 0))
    count, points = world.read.execute(query.where(thanks.c.at >= since, thanks.c.at < until, thanks.c.organisation_id == world.organisation.id)).one()
    return int(count), int(points)


def thanked_between(world: Any, since: dt.datetime) -> list[tuple[int, int, int]]:
    """(giver, helper, how often) since: what the scan for rings looks at."""
    query = select(thanks.c.giver_id, thanks.c.helper_id, func.count()).where(thanks.c.at >= since, thanks.c.organisation_id == world.organisation.id)
    return [(row[0], row[1], int(row[2])) for row in world.read.execute(query.group_by(thanks.c.giver_id, thanks.c.helper_id))]


def callbacks_waiting(world: Any) -> list[Callback]:
    """Who waits to be called, the first first."""
    columns = [callbacks.c[name] for name in ("id", "member_id", "phone", "about", "made_at", "due_at", "tries")]
    query = select(*columns).where(callbacks.c.organisation_id == world.organisation.id, callbacks.c.done_at.is_(None))
    return [Callback(*row) for row in world.read.execute(query.order_by(callbacks.c.made_at, callbacks.c.id))]


def add_callback(world: Any, **values: Any) -> None:
    world.write.execute(insert(callbacks).values(id=new_id(), organisation_id=world.organisation.id, made_at=world.now(), **values))


def late_callbacks(world: Any, now: dt.datetime, most: int) -> list[Callback]:
    """Whoever was promised a call that has not come, and was not told so yet."""
    columns = [callbacks.c[name] for name in ("id", "member_id", "phone", "about", "made_at", "due_at", "tries")]
    late = callbacks.c.done_at.is_(None) & (callbacks.c.due_at <= now) & callbacks.c.sorry_at.is_(None) & ours(world, callbacks)
    return [Callback(*row) for row in world.read.execute(select(*columns).where(late).order_by(callbacks.c.due_at).limit(most))]


def say_sorry(world: Any, id: int) -> bool:
    query = update(callbacks).where(callbacks.c.id == id, callbacks.c.sorry_at.is_(None), callbacks.c.done_at.is_(None), ours(world, callbacks))
    return bool(world.write.execute(query.values(sorry_at=world.now())).rowcount)


def end_callback(world: Any, id: int, by: str, minutes: int | None = None) -> bool:
    """Somebody has called, and how long it took. False when it was done already."""
    query = update(callbacks).where(callbacks.c.id == id, callbacks.c.organisation_id == world.organisation.id, callbacks.c.done_at.is_(None))
    return bool(world.write.execute(query.values(done_at=world.now(), done_by=by, minutes=minutes, outcome="helped")).rowcount)


def count_try(world: Any, id: int, due_at: dt.datetime) -> Row[Any] | None:
    """Somebody called and nobody answered. (member id, phone, tries) afterwards; None when it was done already."""
    query = update(callbacks).where(callbacks.c.id == id, callbacks.c.organisation_id == world.organisation.id, callbacks.c.done_at.is_(None))
    query = query.where(or_(callbacks.c.tries == 0, callbacks.c.due_at <= due_at - TRY_AGAIN))  # a button pressed twice is one call
    query = query.values(tries=callbacks.c.tries + 1, due_at=due_at, sorry_at=None)
    found: Row[Any] | None = world.write.execute(query.returning(callbacks.c.member_id, callbacks.c.phone, callbacks.c.tries)).one_or_none()
    return found


def give_up(world: Any, id: int, by: str) -> None:
    """Tried so often as is promised, and nobody answered."""
    mine = (callbacks.c.id == id) & ours(world, callbacks)
    world.write.execute(update(callbacks).where(mine).values(done_at=world.now(), done_by=by, outcome="not_reached"))


def service_times_here(world: Any) -> dict[str, tuple[int, int]]:
    """Service -> (minutes of a member at the counter, the way and the queue in it; minutes of the staff)."""
    query = select(service_times.c.service, service_times.c.there_minutes, service_times.c.staff_minutes)
    return {row[0]: (row[1], row[2]) for row in world.read.execute(query.where(service_times.c.organisation_id == world.organisation.id))}


def village_times_here(world: Any) -> dict[str, int]:
    """Village -> minutes of a member at the counter, the way from there and the queue in it."""
    query = select(village_times.c.village, village_times.c.there_minutes).where(ours(world, village_times)).order_by(village_times.c.village)
    return {row.village: row.there_minutes for row in world.read.execute(query)}


def times_of_phones(world: Any, member_ids: Collection[int] = ()) -> dict[str, int]:
    """Number -> the minutes of its member's village, of all members or of these; only where somebody has asked there."""
    same = (members.c.id == numbers.c.member_id) & (members.c.organisation_id == numbers.c.organisation_id)
    lives = (func.lower(members.c.village) == village_times.c.village) & (members.c.village != "")
    query = select(numbers.c.number, village_times.c.there_minutes).select_from(
        numbers.join(members, same).join(village_times, lives & (village_times.c.organisation_id == members.c.organisation_id))
    ).where(ours(world, numbers))  # fmt: skip
    query = query.where(members.c.id.in_(member_ids)) if member_ids else query
    return {phone_of(row.number): row.there_minutes for row in world.read.execute(query)}


def put_village_time(world: Any, village: str, there: int, by: str) -> None:
    values = {"there_minutes": there, "by": by[:60], "at": world.now()}
    if not add_once(world.write, village_times, organisation_id=world.organisation.id, village=village, **values):
        world.write.execute(update(village_times).where(village_times.c.village == village, ours(world, village_times)).values(**values))


def put_service_time(world: Any, service: str, *, there: int, staff: int, dearer: int, by: str) -> None:
    values = {"there_minutes": there, "staff_minutes": staff, "dearer": dearer, "by": by[:60], "at": world.now()}
    if not add_once(world.write, service_times, organisation_id=world.organisation.id, service=service, **values):
        here = (service_times.c.service == service) & (service_times.c.organisation_id == world.organisation.id)
        world.write.execute(update(service_times).where(here).values(**values))


def calls_taken(world: Any, since: dt.datetime, until: dt.datetime) -> list[tuple[str, dt.datetime, int]]:
    """(phone, when it was asked for, minutes) of calls with members whose length was written down, those about a PIN left out."""
    query = select(callbacks.c.phone, callbacks.c.made_at, callbacks.c.minutes).where(callbacks.c.minutes.is_not(None), callbacks.c.about != "pin")
    here = query.where(callbacks.c.made_at >= since, callbacks.c.made_at < until, ours(world, callbacks))
    return [(row.phone, row.made_at, row.minutes) for row in world.read.execute(here)]
