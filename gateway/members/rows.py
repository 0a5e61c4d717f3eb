"""Where members are kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    bindparam,
    delete,
    false,
    func,
    insert,
    select,
    update,
)

from gateway.members.model import Member, well_formed
from gateway.records.model import phone_of
from gateway.store.questions import Question
from gateway.store.tables import UtcTime, id_column, metadata, new_id, organisation_column, refers
from gateway.store.upsert import count_up

LOOKED_UP = 500  # phones asked for at once

members = Table(
    "members",
    metadata,
    id_column(),
    organisation_column(),
    Column("name", String(40), nullable=False),
    Column("language", String(8), nullable=False),
    Column("code", String(8), nullable=False),
    Column("status", String(8), nullable=False),
    Column("pin_hash", String(200), nullable=False),
    Column("pin_tries", Integer, nullable=False, server_default="0"),
    Column("pin_locked_until", UtcTime),
    Column("dials", Integer, nullable=False, server_default="0"),
    Column("reminders", Boolean, nullable=False, server_default=false()),
    Column("village", String(20), nullable=False, server_default=""),
    Column("shown_to", String(8), nullable=False, server_default="everyone"),
    Column("votes_with", BigInteger),
    Column("on_board", Boolean, nullable=False, server_default=false()),
    Column("digest", Boolean, nullable=False, server_default=false()),
    Column("guest", Boolean, nullable=False, server_default=false()),
    Column("texts_from", Integer, nullable=False, server_default="7"),
    Column("texts_until", Integer, nullable=False, server_default="19"),
    Column("made_at", UtcTime, nullable=False),
    UniqueConstraint("code", "organisation_id"),
    CheckConstraint("status IN ('active','blocked','left')", name="status"),
    CheckConstraint("pin_tries >= 0", name="pin_tries"),
    CheckConstraint("shown_to IN ('everyone','groups','nobody')", name="shown_to"),
    CheckConstraint("texts_from >= 7 AND texts_until <= 19 AND texts_from < texts_until", name="texts_hours"),
)

numbers = Table(
    "numbers",
    metadata,
    Column("number", String(16), primary_key=True),
    organisation_column(),
    Column("member_id", BigInteger, nullable=False),
    Column("since", UtcTime, nullable=False),
    Column("shared", Boolean, nullable=False, server_default=false()),
    refers("member_id", "members"),
    Index("ix_numbers_member", "member_id", "organisation_id"),
)

consents = Table(
    "consents",
    metadata,
    id_column(),
    organisation_column(),
    Column("number", String(16), nullable=False),
    Column("version", String(12), nullable=False),
    Column("language", String(8), nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_consents_number", "number", "organisation_id"),
)

pin_choices = Table(
    "pin_choices",
    metadata,
    Column("number", String(16), primary_key=True),
    organisation_column(),
    Column("call", String(80), nullable=False),
    Column("old_pin_was_right", Boolean, nullable=False),
    Column("pin_hash", String(200)),
    Column("at", UtcTime, nullable=False),
)

lookups = Table(
    "lookups",
    metadata,
    Column("number", String(16), primary_key=True),
    Column("day", String(10), primary_key=True),
    organisation_column(),
    Column("asked", Integer, nullable=False),
)

AT_ONCE = 5_000  # ids that are asked for in one statement
_MEMBER = [
    members.c[name]
    for name in (
        "id", "organisation_id", "name", "language", "code", "status", "pin_hash", "pin_tries", "pin_locked_until", "dials", "reminders", "village",
        "shown_to", "texts_from", "texts_until", "votes_with", "guest",
    )
]  # fmt: skip


# Built once: putting a statement together costs more than running it, and these are asked in nearly every hop.
_BY_NUMBER = Question(
    select(*_MEMBER, numbers.c.number, numbers.c.shared)
    .join(numbers, (numbers.c.member_id == members.c.id) & (numbers.c.organisation_id == members.c.organisation_id))
    .where(numbers.c.number == bindparam("number"), numbers.c.organisation_id == bindparam("here"))
)


def line(number: str) -> str:
    """A number, or a line of it as its holder is known: the first line is the number itself."""
    return number.removesuffix("/1")


def languages(world: Any, some: Iterable[str]) -> dict[str, str]:
    """Phone -> the language of whoever it is of; of one that several share the language of one of them."""
    found: dict[str, str] = {}
    wanted, here = sorted(set(some)), numbers.c.organisation_id == world.organisation.id
    for n in range(0, len(wanted), LOOKED_UP):
        query = select(numbers.c.number, members.c.language).join(
            members, (members.c.id == numbers.c.member_id) & (members.c.organisation_id == numbers.c.organisation_id)
        )
        found |= {row.number: row.language for row in world.read.execute(query.where(here, numbers.c.number.in_(wanted[n : n + LOOKED_UP])))}
    return found


def by_number(world: Any, number: str) -> Member | None:
    """Who holds this number, or this line of it; asked once a turn."""
    number = line(number)
    key = ("member", number)
    if key not in world.seen:
        row = next(iter(world.found(_BY_NUMBER, number=number)), None)
        world.seen[key] = Member(*row) if row else None
    found: Member | None = world.seen[key]
    return found


def by_id(world: Any, id: int) -> Member | None:
    query = (
        select(*_MEMBER, numbers.c.number, numbers.c.shared)
        .join(numbers, (numbers.c.member_id == members.c.id) & (numbers.c.organisation_id == members.c.organisation_id))
        .where(members.c.id == id, members.c.organisation_id == world.organisation.id)
        .order_by(numbers.c.since)
    )
    row = world.read.execute(query).first()
    return Member(*row) if row else None


def count_active(world: Any) -> int:
    """Members who could answer, were they asked; guests are in no figure."""
    query = select(func.count()).where(members.c.organisation_id == world.organisation.id, members.c.status == "active", ~members.c.guest)
    return world.read.scalar(query) or 0


def active_among(world: Any, ids: Iterable[int]) -> set[int]:
    """Which of these are members still; asked in parts, for they may be very many."""
    some, found = sorted(set(ids)), set[int]()
    for start in range(0, len(some), AT_ONCE):
        query = select(members.c.id).where(members.c.id.in_(some[start : start + AT_ONCE]), members.c.organisation_id == world.organisation.id)
        found.update(world.read.scalars(query.where(members.c.status == "active")))
    return found


def by_ids(world: Any, ids: Iterable[int]) -> dict[int, Member]:
    query = (
        select(*_MEMBER, numbers.c.number, numbers.c.shared)
        .join(numbers, (numbers.c.member_id == members.c.id) & (numbers.c.organisation_id == members.c.organisation_id))
        .where(members.c.id.in_(set(ids)), members.c.organisation_id == world.organisation.id)
        .order_by(numbers.c.since.desc())
    )
    return {row.id: Member(*row) for row in world.read.execute(query)}


def by_code(world: Any, code: str) -> Member | None:
    """Who has this code; one that is no code at all (the check digit says so) is not looked for."""
    if not well_formed(code):
        return None
    query = (
        select(*_MEMBER, numbers.c.number, numbers.c.shared)
        .join(numbers, (numbers.c.member_id == members.c.id) & (numbers.c.organisation_id == members.c.organisation_id))
        .where(members.c.code == code, members.c.organisation_id == world.organisation.id)
        .order_by(numbers.c.since)
    )
    row = world.read.execute(query).first()
    return Member(*row) if row else None


def first_number() -> Any:
    """The number that a member has had longest, of the member that a query is about: who has several SIMs is one person."""
    query = select(numbers.c.number).where(numbers.c.member_id == members.c.id, numbers.c.organisation_id == members.c.organisation_id)
    return query.order_by(numbers.c.since, numbers.c.number).limit(1).correlate(members).scalar_subquery()


def readers(world: Any, after: int, most: int) -> list[Member]:
    """Who wants the weekly digest, in the order of their ids, a batch at a time. Who has two numbers is read on the first."""
    query = (
        select(*_MEMBER, numbers.c.number, numbers.c.shared)
        .join(numbers, (numbers.c.member_id == members.c.id) & (numbers.c.organisation_id == members.c.organisation_id))
        .where(members.c.organisation_id == world.organisation.id, members.c.digest, members.c.status == "active", members.c.id > after)
        .where(numbers.c.number == first_number())
        .order_by(members.c.id)
    )
    return [Member(*row) for row in world.read.execute(query.limit(most))]


def lock(world: Any, id: int) -> Member:
    """The member as nobody else can change them now."""
    query = select(*_MEMBER).where(members.c.id == id, members.c.organisation_id == world.organisation.id).with_for_update()
    return Member(**world.write.execute(query).one()._asdict(), number="", shared=False)


def code_taken(world: Any, code: str) -> bool:
    query = select(members.c.id).where(members.c.code == code, members.c.organisation_id == world.organisation.id)
    return world.write.execute(query).first() is not None


def add_member(world: Any, *, number: str, **values: Any) -> int:
    id = new_id()
    world.write.execute(insert(members).values(id=id, organisation_id=world.organisation.id, status="active", made_at=world.now(), **values))
    world.write.execute(insert(numbers).values(number=number, organisation_id=world.organisation.id, member_id=id, since=world.now()))
    _mark_shared(world, phone_of(number))
    world.seen.clear()
    return id


def change_member(world: Any, id: int, **values: Any) -> None:
    world.write.execute(update(members).where(members.c.id == id, members.c.organisation_id == world.organisation.id).values(**values))
    world.seen.clear()


def set_guest(world: Any, voice: int, guest: bool) -> None:
    """A person is a guest or a member with all their accounts."""
    theirs = (members.c.id == voice) | (members.c.votes_with == voice)
    world.write.execute(update(members).where(theirs, members.c.organisation_id == world.organisation.id).values(guest=guest))
    world.seen.clear()


def count_guests(world: Any) -> int:
    query = select(func.count()).where(members.c.guest, members.c.status == "active", members.c.organisation_id == world.organisation.id)
    return world.read.scalar(query) or 0


def free_number(world: Any, member_id: int) -> None:
    """A number that belongs to nobody any more: whoever dials with it next is new."""
    here = (numbers.c.member_id == member_id) & (numbers.c.organisation_id == world.organisation.id)
    freed = world.write.scalars(select(numbers.c.number).where(here)).all()
    world.write.execute(delete(numbers).where(here))
    for number in freed:
        _mark_shared(world, phone_of(number))
    world.seen.clear()


def _lines(phone: str, most: int = 9) -> list[str]:
    return [phone, *(f"{phone}/{n}" for n in range(2, most + 1))]


def _mark_shared(world: Any, phone: str) -> None:
    """Whether whoever dials from this phone is asked who it is: more than one person is on it, or one who is not its first."""
    here = numbers.c.number.in_(_lines(phone)) & (numbers.c.organisation_id == world.organisation.id)
    held = world.write.scalars(select(numbers.c.number).where(here)).all()
    world.write.execute(update(numbers).where(here).values(shared=len(held) > 1 or any("/" in number for number in held)))


def on_phone(world: Any, phone: str, most: int) -> list[tuple[str, Member]]:
    """(line, member) of everybody on a phone, in the order of the lines."""
    query = (
        select(*_MEMBER, numbers.c.number, numbers.c.shared)
        .join(numbers, (numbers.c.member_id == members.c.id) & (numbers.c.organisation_id == members.c.organisation_id))
        .where(numbers.c.number.in_(_lines(phone, most)), numbers.c.organisation_id == world.organisation.id)
        .order_by(numbers.c.number)
    )
    return [(row.number, Member(*row)) for row in world.read.execute(query)]


def add_consent(world: Any, number: str, version: str, language: str) -> None:
    known = select(consents.c.id).where(consents.c.number == number, consents.c.version == version, consents.c.organisation_id == world.organisation.id)
    if not world.write.execute(known).first():
        world.write.execute(
            insert(consents).values(id=new_id(), organisation_id=world.organisation.id, number=number, version=version, language=language, at=world.now())
        )


def has_consented(world: Any, number: str) -> bool:
    query = select(consents.c.id).where(consents.c.number == number, consents.c.organisation_id == world.organisation.id)
    return world.write.execute(query).first() is not None


def note_pin_choice(world: Any, number: str, call: str, *, right: bool, pin_hash: str | None) -> None:
    """What this call has shown so far on the way to a new PIN; one at a time for a number."""
    forget_pin_choice(world, number)
    world.write.execute(
        insert(pin_choices).values(number=number, organisation_id=world.organisation.id, call=call, old_pin_was_right=right, pin_hash=pin_hash, at=world.now())
    )


def pin_choice(world: Any, number: str, call: str, since: dt.datetime) -> tuple[bool, str | None] | None:
    """(the old PIN was right, the new one's hash) of this very call, not older than `since`."""
    query = select(pin_choices.c.old_pin_was_right, pin_choices.c.pin_hash).where(
        pin_choices.c.number == number, pin_choices.c.call == call, pin_choices.c.at >= since, pin_choices.c.organisation_id == world.organisation.id
    )
    row = world.read.execute(query).one_or_none()
    return (row.old_pin_was_right, row.pin_hash) if row else None


def forget_pin_choice(world: Any, number: str) -> None:
    world.write.execute(delete(pin_choices).where(pin_choices.c.number == number, pin_choices.c.organisation_id == world.organisation.id))


def count_lookup(world: Any, number: str, day: str) -> int:
    """One more name looked up by this number today; how many that makes."""
    return count_up(world.write, lookups, "asked", {"number": number, "day": day, "organisation_id": world.organisation.id})


def forget_passing(connection: Any, before: dt.datetime) -> int:
    """Counters of days gone by, and choices of a PIN that came to nothing."""
    counters = connection.execute(delete(lookups).where(lookups.c.day < before.date().isoformat())).rowcount
    return int(counters + connection.execute(delete(pin_choices).where(pin_choices.c.at < before)).rowcount)


def count_dial(world: Any, id: int) -> None:
    here = (members.c.id == id) & (members.c.organisation_id == world.organisation.id)
    world.write.execute(update(members).where(here).values(dials=members.c.dials + 1))
    world.seen.clear()
