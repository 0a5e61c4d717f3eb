"""What can be told about money. Reads only."""

from __future__ import annotations

from typing import Any

from gateway.ledger.model import Account
from gateway.ledger.prices import rows as price_rows
from gateway.ledger.prices.model import COUNTED, FREE, Price


def price(world: Any, kind: str, amount: int, *, subtype: str = "", currency: str = "") -> Price:
    """What a transfer of this kind and amount costs now."""
    found: Price = world.prices.price(kind, subtype, currency or world.organisation.currency, amount, world.now())
    return found


def fee(world: Any, kind: str, amount: int, *, subtype: str = "") -> int:
    """What it costs the sender now, in minor units."""
    found = price(world, kind, amount, subtype=subtype)
    return found.fee if found.payer == "source" else FREE.fee


def once(world: Any, account: Account, kind: str, *, subtype: str = "") -> int | None:
    """The most that may leave this account at once by this kind of transfer; None when nothing bounds it."""
    held = world.prices.limits_of(kind, subtype, account.currency, account.tier, world.now())
    return min((one.most for one in held if one.scope == "once" and one.most is not None), default=None)


def left(world: Any, account: Account, kind: str = "transfer", *, subtype: str = "") -> int | None:
    """What limits of days, months and years still let go; None when nothing bounds it."""
    local = world.organisation.local(world.now())
    held = [one for one in world.prices.limits_of(kind, subtype, account.currency, account.tier, world.now()) if one.scope in COUNTED]
    used = price_rows.used(world, [(account.id, one.window(local)) for one in held])
    lefts = []
    for one in held:
        amount, times = used.get((account.id, one.window(local)), (0, 0))
        if one.times is not None and times >= one.times:
            return 0
        if one.most is not None:
            lefts.append(max(one.most - amount, 0))
    return min(lefts, default=None)


def day_left(world: Any, account: Account, kind: str = "transfer") -> int:
    """The most that can still be sent today, its fee beside it: what the limits leave or what is there, whichever is less."""
    tariff, there, most = world.prices.tariff(kind, "", account.currency, world.now()), max(account.available, 0), left(world, account, kind)
    payable = tariff.most_for(there) if tariff else there
    return payable if most is None else min(most, payable)
