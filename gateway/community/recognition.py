"""Recognition: thanks first, told by name; and a few points for it, out of a budget, within caps, never for pressing keys."""

from __future__ import annotations

import collections
import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

from gateway.community import rows
from gateway.community.caps import A_WEEK, EACH, PAIR, REPORT, cap
from gateway.community.items.model import Item
from gateway.ledger.model import Reserved
from gateway.members import rows as members
from gateway.members.model import Member, short
from gateway.money import rewards
from gateway.records.verbs import write_text
from menus import alphabet
from menus.book import notices

RING_DAYS = 30  # of which thanks are looked at for rings
RING_EACH = 2  # thanks each way between two, from which a person looks
ONE_SIDED = (5, 0.6)  # thanks that somebody has, and the share of them from one giver, from which a person looks
BY_CHANCE = 0.001  # less likely than this is what chance alone would give
CHANCE_FROM = 30  # thanks in all, below which chance says nothing and a person looks at every such pair

REPORT_COST = "your checked news {number}"  # in the catalogue


def thank(world: Any, giver: Member, helper: Member, ref: str, what: str) -> bool:
    """Tell somebody that they helped. Whether points came with it: once in a week for a pair, up to a cap, while there is budget."""
    if not rows.add_thanks(world, giver_id=giver.id, helper_id=helper.id, ref=ref):
        return False
    helped = rows.thanks_for_answers(world, helper.id)
    words = world.phrases.say(notices.HELPED, helper.language, name=short(giver.name), title=alphabet.cut(what, 20), count=helped)
    write_text(world, key=f"thanks:{ref}", number=helper.number, kind="service", words=words, member_id=helper.id, about="thanks", hours=helper.hours)
    return _points(world, giver, helper, ref)


def _points(world: Any, giver: Member, helper: Member, ref: str) -> bool:
    now, each = world.now(), cap(world, EACH)
    if not each or giver.id == helper.id or rows.counted_between(world, giver.id, helper.id, now - dt.timedelta(days=cap(world, PAIR))):
        return False
    if rows.points_since(world, helper.id, now - dt.timedelta(days=7)) + each > cap(world, A_WEEK):
        return False
    outcome = rewards.reward(world, helper, each, f"thanks of {short(giver.name)}", key=f"thanks-{ref}"[:80], by="thanks", subtype="thanks")
    given = isinstance(outcome, Reserved)
    if given:
        rows.count_thanks(world, ref, each)
    return given


def pay_back(world: Any, item: Item) -> bool:
    """What a report cost that a person has found to be so comes back in points, once, out of the budget of rewards; its reporter hears of it."""
    each = cap(world, REPORT)
    author = members.by_ids(world, [item.member_id]).get(item.member_id) if item.member_id else None
    if not each or author is None or author.status != "active" or author.guest:
        return False
    why = str(world.phrases.text(REPORT_COST, author.language)).format(number=item.number)
    return isinstance(rewards.reward(world, author, each, why, key=f"payback-{item.id}", by="checked news"), Reserved)


def rings(thanked: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int, int]]:
    """Pairs whose thanks go to and fro, or of which one has nearly all of theirs from the other: (giver, helper, there, back), most first.

    Only what chance would hardly give: were the thanks of all dealt out anew, so many from one to the other would come less than once in a
    thousand times. It proves nothing: neighbours help each other. A person looks; no machine takes anything away.

    >>> rings([(1, 2, 3), (2, 1, 2), (3, 2, 1)])
    [(1, 2, 3, 2)]
    >>> rings([(1, 2, 5), (3, 2, 2), (4, 5, 2)])
    [(1, 2, 5, 0)]
    >>> rings([(1, 2, 4), (2, 1, 4), *((n, n + 1, 2) for n in range(10, 60))])
    [(1, 2, 4, 4)]
    >>> thanks_all = [(one, n, 2) for one in (1, 2) for n in range(3, 30)]
    >>> rings([(1, 2, 2), (2, 1, 2), *thanks_all, *((n, one, 2) for one, n, _ in thanks_all)])
    []
    """
    count = {(giver, helper): times for giver, helper, times in thanked}
    had, gave = collections.Counter[int](), collections.Counter[int]()
    for (giver, helper), times in count.items():
        had[helper] += times
        gave[giver] += times
    everything, (least, share) = sum(had.values()), ONE_SIDED
    found: dict[frozenset[int], tuple[int, int, int, int]] = {}
    for (giver, helper), there in sorted(count.items(), key=lambda pair: (-pair[1], pair[0])):
        back = count.get((helper, giver), 0)
        much = min(there, back) >= RING_EACH or (had[helper] >= least and there >= share * had[helper])
        if much and (everything < CHANCE_FROM or chance(everything, had[helper], gave[giver], there) < BY_CHANCE):
            found.setdefault(frozenset((giver, helper)), (giver, helper, there, back))
    return sorted(found.values(), key=lambda one: (-(one[2] + one[3]), one))


def chance(everything: int, had: int, gave: int, there: int) -> float:
    """How likely it is that so many or more of what one gave fall to the other, were all thanks dealt out anew: a hypergeometric tail.

    >>> round(chance(10, 5, 5, 5), 6), chance(100, 10, 10, 0)
    (0.003968, 1.0)
    """
    ways = math.comb(everything, gave)
    return sum(math.comb(had, n) * math.comb(everything - had, gave - n) for n in range(there, min(had, gave) + 1)) / ways


def take_points_back(world: Any, giver: Member, helper: Member, by: str) -> int:
    """A person says that two thank each other for the points: those of these days go back, as far as they are there, and both are told, kindly. The
    thanks stay, and so does their standing. How many points.
    """
    since = world.now() - dt.timedelta(days=RING_DAYS)
    back, had = 0, False
    for one, other in ((giver, helper), (helper, giver)):
        points, last = rows.points_between(world, one.id, other.id, since)
        if not points:
            continue
        had, taken = True, min(points, int(rewards.points(world, other.number).minor))
        key = f"ring-{one.id}-{other.id}-{last:%Y%m%d%H%M%S}"
        if taken and not isinstance(rewards.take_back(world, other, taken, key=key, by=by), Reserved):
            continue
        back += taken
        rows.uncount_points(world, one.id, other.id, since)
    if not had:  # pressed again: they were told
        return 0
    for one, other in ((giver, helper), (helper, giver)):
        words = world.phrases.say(notices.RING, one.language, name=short(other.name))
        key = f"ring:{one.id}:{other.id}:{world.now():%Y%m%d}"
        write_text(world, key=key, number=one.number, kind="service", words=words, member_id=one.id, about="thanks", hours=one.hours)
    return back


def rings_here(world: Any) -> list[tuple[int, int, int, int]]:
    return rings(rows.thanked_between(world, world.now() - dt.timedelta(days=RING_DAYS)))
