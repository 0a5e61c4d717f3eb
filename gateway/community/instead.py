"""What members would have done without the phone: one in fifty is asked in a month, under 9. From this comes what the staff are really saved."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from gateway.community import instead_rows as rows
from gateway.community import saved
from gateway.members.verbs import the_member
from gateway.records import rows as records
from gateway.records.model import phone_of

ONE_IN = 50  # members asked in a month
AFTER_DAYS = 30  # with us, before one is asked: who is new does not know the counter
SHOWN_FROM = 5  # answers from which they say something of a service, or of all
COUNTED_DAYS = 365  # of which answers count


class InsteadAsked: ...


class InsteadSaid: ...


def _month(world: Any) -> str:
    return f"{world.organisation.local(world.now()):%Y-%m}"


def is_drawn(month: str, member_id: int) -> bool:
    """One in fifty, other ones each month, the same one all the month through."""
    return int.from_bytes(hashlib.sha256(f"instead|{month}|{member_id}".encode()).digest()[:8], "big") % ONE_IN == 0


def is_asked_instead(world: Any, caller: str) -> bool:
    """Drawn first, which costs nothing; looked up only then."""
    member, month = the_member(world, caller), _month(world)
    return is_drawn(month, member.id) and rows.has_not_said(world, month, member.id, world.now() - dt.timedelta(days=AFTER_DAYS))


def say_instead(world: Any, caller: str, instead: str) -> InsteadSaid:
    """Kept with the service that this member did last by phone, for the counter is nearer for one than for another."""
    member = the_member(world, caller)
    steps = records.hops_of_number(world, phone_of(caller), world.now() - dt.timedelta(days=saved.DAYS))
    last = max((one for one in steps if one.label in saved.ENDS), key=lambda one: one.at, default=None)
    rows.put(world, _month(world), member.id, saved.ENDS[last.label] if last else "", instead)
    world.seen.clear()  # it waits no more
    return InsteadSaid()


def shares(world: Any) -> dict[str, float]:
    """Service -> the share of its users who would have come or called; under no name, of all. Only where enough have answered."""
    counts = rows.counts(world, world.now() - dt.timedelta(days=COUNTED_DAYS))
    everybody: dict[str, int] = {}
    for said in counts.values():
        for says, times in said.items():
            everybody[says] = everybody.get(says, 0) + times
    return {service: share for service, said in [*counts.items(), ("", everybody)] if (share := _share(said)) is not None}


def _share(said: dict[str, int]) -> float | None:
    heads = sum(said.values())
    return (heads - said.get("nothing", 0)) / heads if heads >= SHOWN_FROM else None


def share_of(asked: Mapping[str, float], service: str) -> float:
    """That of the service, or of all, or everybody while nobody was asked.

    >>> share_of({"send": 0.5, "": 0.8}, "send"), share_of({"": 0.8}, "send"), share_of({}, "send")
    (0.5, 0.8, 1.0)
    """
    return asked.get(service, asked.get("", 1.0))


def staff_saved(world: Any, found: dict[str, saved.Done], rework: int) -> float:
    """Minutes of the staff that members did not take: n x h x c of each service, less those of calls about it all the same. Where nobody was
    asked, everybody would have come, and it is said to be at most so much.
    """
    known, asked = saved.counters(world), shares(world)
    whole = sum(one.times * known[service].staff * share_of(asked, service) for service, one in found.items() if service in known)
    return max(whole - rework, 0.0)
