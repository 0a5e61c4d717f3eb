"""Who of the staff looked at a member, once for a day: the member reads it on the phone (6, 98, 1, 1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, Date, String, Table, func, select

from gateway.members.verbs import the_member
from gateway.store.tables import metadata, organisation_column, ours, refers
from gateway.store.upsert import add_once
from menus import alphabet
from menus.phrasebook import Row

SHOWN = 14  # the newest
WHAT = {"account": "your account", "payment": "a payment of yours"}  # in the catalogue

staff_looks = Table(
    "staff_looks",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("login", String(60), primary_key=True),
    Column("what", String(8), primary_key=True),
    organisation_column(),
    Column("name", String(60), nullable=False),
    CheckConstraint("what IN ('account','payment')", name="what"),
    refers("member_id", "members"),
)


def note(world: Any, member_ids: Iterable[int | None], login: str, name: str, what: str) -> None:
    """Somebody at the console saw what is a member's: kept once for a day."""
    day: dt.date = world.organisation.local(world.now()).date()
    here = {"day": day, "login": login, "what": what, "organisation_id": world.organisation.id, "name": name[:60]}
    for id in {one for one in member_ids if one}:
        add_once(world.write, staff_looks, member_id=id, **here)


# Facts.


def looks(world: Any, caller: str) -> int:
    query = select(func.count()).where(staff_looks.c.member_id == the_member(world, caller).id, ours(world, staff_looks))
    return world.read.scalar(query) or 0


def who_looked(world: Any, caller: str) -> list[Row]:
    """The newest first: day, who, and at what."""
    member = the_member(world, caller)
    query = select(staff_looks.c.day, staff_looks.c.name, staff_looks.c.what).where(staff_looks.c.member_id == member.id, ours(world, staff_looks))
    listed = world.read.execute(query.order_by(staff_looks.c.day.desc(), staff_looks.c.name).limit(SHOWN))
    return [
        Row(str(n), f"{world.phrases.day(dt.datetime.combine(one.day, dt.time()), member.language)} {alphabet.plain(one.name)[:10]}: "
                    f"{world.phrases.text(WHAT[one.what], member.language)}")
        for n, one in enumerate(listed)
    ]  # fmt: skip
