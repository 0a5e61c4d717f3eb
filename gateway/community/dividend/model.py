"""How a sum is shared out among those who used the service and those who helped. Whole numbers; standard library only."""

from __future__ import annotations

from collections.abc import Mapping

CAP_AT = 95  # percentile at which both are capped, so that nobody takes it all by pressing keys or by a ring of thanks


def capped(counts: Mapping[int, int]) -> dict[int, int]:
    """The counts above nothing, none above the 95th percentile of them; of fewer than 21, none above the second.

    >>> capped({1: 1, 2: 2, 3: 0})
    {1: 1, 2: 1}
    >>> capped({n: 1 for n in range(1, 40)} | {99: 500})[99]
    1
    """
    some = sorted(count for count in counts.values() if count > 0)
    if not some:
        return {}
    most = some[CAP_AT * (len(some) - 1) // 100]
    return {whose: min(count, most) for whose, count in counts.items() if count > 0}


def shares(budget: int, used: Mapping[int, int], helped: Mapping[int, int]) -> dict[int, int]:
    """Member -> share in minor units: half by use, half by help, each capped. The sum is the budget to the last cent: cents that are
    left over go to the largest remainders, and among equal ones to who joined first. Where nobody used or nobody helped, the other half is all.

    >>> shares(100, {1: 3, 2: 1}, {2: 1})
    {1: 25, 2: 75}
    >>> shares(100, {}, {})
    {}
    """
    used, helped = capped(used), capped(helped)
    all_used, all_helped = sum(used.values()), sum(helped.values())
    weights = {
        whose: used.get(whose, 0) * (all_helped or 1) + helped.get(whose, 0) * (all_used or 1) for whose in sorted({*used, *helped})
    }  # fmt: skip
    whole = sum(weights.values())
    if not whole or budget <= 0:
        return {}
    given = {whose: budget * weight // whole for whose, weight in weights.items()}
    left = budget - sum(given.values())
    for whose in sorted(weights, key=lambda one: (-(budget * weights[one] % whole), one))[:left]:
        given[whose] += 1
    return {whose: share for whose, share in given.items() if share}
