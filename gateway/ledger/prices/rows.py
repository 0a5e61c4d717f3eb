"""Where tariffs, limits and what was used of them are kept."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import bindparam, insert, select, tuple_

from gateway.ledger.prices.model import Band, Limit, PriceList, Tariff
from gateway.ledger.tables import limit_usage, limits, tariff_bands, tariffs
from gateway.store.questions import Question
from gateway.store.tables import new_id
from gateway.store.upsert import add_up

_BAND = [tariff_bands.c[name] for name in ("low", "high", "flat", "rate_bp", "least", "most", "tax_bp", "levy_bp")]
_TARIFFS = (
    select(tariffs.c.id, tariffs.c.kind, tariffs.c.currency, tariffs.c.payer, tariffs.c.name, tariffs.c.valid_from)
    .where(tariffs.c.organisation_id == bindparam("here"))
    .order_by(tariffs.c.valid_from)
)
_BANDS = select(tariff_bands.c.tariff_id, *_BAND).where(tariff_bands.c.organisation_id == bindparam("here")).order_by(tariff_bands.c.low)
_LIMITS = select(
    limits.c.id, limits.c.kind, limits.c.currency, limits.c.scope, limits.c.tier, limits.c.most, limits.c.times, limits.c.gives_back, limits.c.valid_from
).where(limits.c.organisation_id == bindparam("here"))
_USED = Question(
    select(limit_usage.c.account_id, limit_usage.c.window, limit_usage.c.amount, limit_usage.c.times).where(
        limit_usage.c.account_id == bindparam("account_id"), limit_usage.c.organisation_id == bindparam("here")
    )
)


def price_list(connection: Any, organisation_id: int) -> PriceList:
    """All of it: an organisation has a few dozen rows."""
    here = {"here": organisation_id}
    bands: dict[int, list[Band]] = defaultdict(list)
    for id, *band in connection.execute(_BANDS, here):
        bands[id].append(Band(*band))
    known = tuple(
        Tariff(row.id, row.kind, row.currency, row.payer, row.name, row.valid_from, tuple(bands[row.id])) for row in connection.execute(_TARIFFS, here)
    )
    return PriceList(known, tuple(Limit(*row) for row in connection.execute(_LIMITS, here)))


def add_tariff(world: Any, *, kind: str, currency: str, payer: str, name: str, valid_from: dt.datetime, bands: Iterable[Band]) -> int:
    id, here = new_id(), world.organisation.id
    world.write.execute(
        insert(tariffs).values(id=id, organisation_id=here, kind=kind, currency=currency, payer=payer, name=name, valid_from=valid_from)
    )  # fmt: skip
    lines = [{"tariff_id": id, "organisation_id": here, **vars(band)} for band in bands]
    if lines:
        world.write.execute(insert(tariff_bands), lines)
    world.forget_prices()
    return id


def add_limit(world: Any, **values: Any) -> int:
    id = new_id()
    world.write.execute(insert(limits).values(id=id, organisation_id=world.organisation.id, **values))
    world.forget_prices()
    return id


def used(world: Any, windows: Iterable[tuple[int, str]]) -> dict[tuple[int, str], tuple[int, int]]:
    """(account, window) -> (amount, times) used so far."""
    wanted = sorted(set(windows))
    if not wanted:
        return {}
    if len({account_id for account_id, _ in wanted}) == 1:
        found = world.found(_USED, account_id=wanted[0][0])
    else:
        query = select(limit_usage.c.account_id, limit_usage.c.window, limit_usage.c.amount, limit_usage.c.times)
        wanted_here = tuple_(limit_usage.c.account_id, limit_usage.c.window).in_(wanted), limit_usage.c.organisation_id == world.organisation.id
        found = world.read.execute(query.where(*wanted_here))
    return {(row.account_id, row.window): (row.amount, row.times) for row in found}


def use(world: Any, more: Mapping[tuple[int, str], tuple[int, int]]) -> None:
    """Count amounts and times; negative ones give back. The accounts' rows are locked by the caller."""
    rows = [
        {"account_id": account_id, "window": window, "organisation_id": world.organisation.id, "amount": amount, "times": times}
        for (account_id, window), (amount, times) in sorted(more.items())
    ]
    add_up(world.write, limit_usage, ("account_id", "window", "organisation_id"), ("amount", "times"), rows)
