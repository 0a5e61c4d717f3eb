"""Where items are kept and found again: the list, the votes, the words."""

from __future__ import annotations

import datetime as dt
import heapq
import math
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import and_, case, func, insert, or_, select, update

from gateway.community.items.likeness import ASK_TERMS, stems
from gateway.community.items.model import OWN, SHOWN, Item
from gateway.community.items.tables import A_CASE, changes, items, term_counts, terms, votes
from gateway.members.roll_rows import came_since
from gateway.members.rows import members
from gateway.store.tables import new_id
from gateway.store.upsert import add_once, count_up

CHANCE = secrets.SystemRandom()
READ_FOR_IT = 240  # items that share most words; those of another kind or state fall away
COMPARED = 60  # items whose words are then compared letter by letter
NEWEST_OF_A_TERM = 150  # items of one word that are looked at; what is alike was most often said lately
NOT_BEGUN = ("open", "looked_at")  # what is voted on quickly: what is planned needs other words than a quick yes
SAMPLE = 24  # statements that a quick vote is drawn from: as many of the least seen, and as many by chance

ITEM = [
    items.c[name]
    for name in (
        "id", "number", "kind", "topic", "words", "member_id", "phone", "about", "channel", "state", "shown", "group_id", "language", "merged_into",
        "supporters", "opposers", "passes", "comments", "seen", "score", "answer", "braked_at", "made_at", "state_at", "screen", "checked_by",
    )
]  # fmt: skip


def _here(world: Any) -> Any:
    return items.c.organisation_id == world.organisation.id


def add(world: Any, *, words: str, state: str, **values: Any) -> int:
    """A new item, and its words in the index."""
    id, found, now = new_id(), stems(words), world.now()
    world.write.execute(
        insert(items).values(
            id=id, organisation_id=world.organisation.id, words=words, stems=" ".join(found), state=state, dice=CHANCE.random(), made_at=now, state_at=now,
            **values,
        )
    )  # fmt: skip
    for term in found:
        if add_once(world.write, terms, organisation_id=world.organisation.id, term=term[:40], item_id=id):
            count_up(world.write, term_counts, "items", {"organisation_id": world.organisation.id, "term": term[:40]})
    return id


def change(world: Any, id: int, **values: Any) -> int:
    changed: int = world.write.execute(update(items).where(items.c.id == id, _here(world)).values(**values)).rowcount
    return changed


def _one(world: Any, connection: Any, condition: Any) -> Item | None:
    row = connection.execute(select(*ITEM).where(condition, _here(world))).one_or_none()
    return Item(*row) if row else None


def by_id(world: Any, id: int) -> Item | None:
    return _one(world, world.read, items.c.id == id)


def by_number(world: Any, number: str) -> Item | None:
    return _one(world, world.read, items.c.number == number)


def by_key(world: Any, key: str) -> Item | None:
    return _one(world, world.write, items.c.key == key)


def by_ids(world: Any, ids: Iterable[int]) -> dict[int, Item]:
    return {row.id: Item(*row) for row in world.read.execute(select(*ITEM).where(items.c.id.in_(set(ids)), _here(world)))}


def by_numbers(world: Any, numbers: Sequence[str]) -> list[Item]:
    return [Item(*row) for row in world.read.execute(select(*ITEM).where(items.c.number.in_(list(numbers)), _here(world)))]


def lock(world: Any, id: int) -> Item:
    """The item as nobody else can change it now."""
    return Item(*world.write.execute(select(*ITEM).where(items.c.id == id, _here(world)).with_for_update()).one())


def said_since(world: Any, phone: str, member_id: int | None, since: dt.datetime) -> int:
    """By a member on all of their SIMs, or by a phone that is nobody's."""
    whose = items.c.member_id == member_id if member_id else items.c.phone == phone
    return world.write.scalar(select(func.count()).where(whose, items.c.made_at >= since, _here(world))) or 0


def said_by(world: Any, member_id: int) -> int:
    """How many things a member has said, ever."""
    return world.read.scalar(select(func.count()).where(items.c.member_id == member_id, _here(world))) or 0


def page(world: Any, *, before: int | None, most: int, kinds: Sequence[str] = (), states: Sequence[str] = ()) -> list[Item]:
    """Newest first, a page at a time by key."""
    query = select(*ITEM).where(_here(world))
    if before is not None:
        query = query.where(items.c.id < before)
    for column, wanted in ((items.c.kind, kinds), (items.c.state, states)):
        if wanted:
            query = query.where(column.in_(wanted))
    return [Item(*row) for row in world.read.execute(query.order_by(items.c.id.desc()).limit(most))]


def of_member(world: Any, member_id: int, kinds: Sequence[str], most: int) -> list[Item]:
    query = select(*ITEM).where(items.c.member_id == member_id, items.c.kind.in_(kinds), items.c.state != "withdrawn", _here(world))
    return [Item(*row) for row in world.read.execute(query.order_by(items.c.made_at.desc()).limit(most))]


def written_by(world: Any, member_id: int, kinds: Sequence[str], most: int) -> list[Item]:
    """What a member wrote of these kinds and of the organisation's own, the newest first."""
    wanted = or_(items.c.kind.in_(kinds), items.c.kind.like(f"{OWN}%"))
    query = select(*ITEM).where(items.c.member_id == member_id, wanted, items.c.state != "withdrawn", _here(world))
    return [Item(*row) for row in world.read.execute(query.order_by(items.c.made_at.desc()).limit(most))]


def count_of_member(world: Any, member_id: int, kinds: Sequence[str]) -> dict[str, int]:
    """Kind -> how much a member wrote and did not take back."""
    mine = items.c.member_id == member_id, items.c.kind.in_(kinds), items.c.state != "withdrawn", _here(world)
    return {row[0]: row[1] for row in world.read.execute(select(items.c.kind, func.count()).where(*mine).group_by(items.c.kind))}


def _along(world: Any, kind: str, states: Sequence[str], most: int, *order: Any) -> list[Item]:
    """So many of each state in an order: a walk along an index for each, for an index on several states is in the order of none."""
    found: list[Item] = []
    for state in states:
        query = select(*ITEM).where(_here(world), items.c.kind == kind, items.c.state == state).order_by(*order)
        found += [Item(*row) for row in world.read.execute(query.limit(most))]
    return found


def top(world: Any, kind: str, states: Sequence[str], most: int) -> list[Item]:
    """The best by score."""
    return sorted(_along(world, kind, states, most, items.c.score.desc(), items.c.id.desc()), key=lambda one: (-one.score, -one.id))[:most]


def newest(world: Any, kinds: Sequence[str], states: Sequence[str], most: int) -> list[Item]:
    """The last changed of these."""
    found = [one for kind in kinds for one in _along(world, kind, states, most, items.c.state_at.desc(), items.c.id.desc())]
    return sorted(found, key=lambda one: (one.state_at, one.id), reverse=True)[:most]


def braked(world: Any, most: int) -> list[Item]:
    """What has more votes in an hour than is usual, and waits for a person."""
    query = select(*ITEM).where(_here(world), items.c.braked_at.is_not(None)).order_by(items.c.braked_at.desc())
    return [Item(*row) for row in world.read.execute(query.limit(most))]


def little_seen(world: Any, kind: str, most: int) -> list[Item]:
    """What has been looked at least and is not under way yet: the NEW ones of a list. That a person has read it changes nothing."""
    return sorted(_along(world, kind, NOT_BEGUN, most, items.c.seen, items.c.id.desc()), key=lambda one: (one.seen, -one.id))[:most]


def sample(world: Any, kinds: Sequence[str]) -> list[Item]:
    """Candidates of a quick vote: of each kind the least seen, and some by chance."""
    return [one for kind in kinds for one in _sample(world, kind)]


def _sample(world: Any, kind: str) -> list[Item]:
    some = {one.id: one for one in little_seen(world, kind, SAMPLE)}
    if len(some) < SAMPLE:  # these are all there are
        return list(some.values())
    dice = CHANCE.random()
    for state in NOT_BEGUN:
        for side, order in ((items.c.dice >= dice, items.c.dice), (items.c.dice < dice, items.c.dice.desc())):
            query = select(*ITEM).where(_here(world), items.c.kind == kind, items.c.state == state, side).order_by(order)
            some |= {row.id: Item(*row) for row in world.read.execute(query.limit(SAMPLE))}
            if len(some) >= 2 * SAMPLE:
                break
    return list(some.values())


def unread(world: Any, kinds: Sequence[str], before: dt.datetime) -> tuple[int, int, dt.datetime | None]:
    """(how many nobody has looked at yet, how many of them are older than that, since when the oldest waits) of these kinds."""
    late = func.count().filter(items.c.made_at < before)
    query = select(func.count(), late, func.min(items.c.made_at)).where(_here(world), items.c.kind.in_(kinds), items.c.state.in_(("new", "held", "open")))
    waiting, overdue, oldest = world.read.execute(query).one()
    return waiting, overdue, oldest


def look(world: Any, id: int) -> None:
    """One more has seen it."""
    world.write.execute(update(items).where(items.c.id == id, _here(world)).values(seen=items.c.seen + 1))


def alike(world: Any, found: Sequence[str], kinds: Sequence[str], states: Sequence[str]) -> list[tuple[Item, str]]:
    """Items that share the rarest of these stems, with their own: those that share most, the rare counting for more."""
    here = world.organisation.id
    query: Any = select(term_counts.c.term, term_counts.c["items"]).where(term_counts.c.organisation_id == here, term_counts.c.term.in_(found))
    known = {row[0]: row[1] for row in world.read.execute(query)}
    shared: dict[int, float] = {}
    for term in sorted(known, key=lambda one: (known[one], one))[:ASK_TERMS]:
        query = select(terms.c.item_id).where(terms.c.organisation_id == here, terms.c.term == term).order_by(terms.c.item_id.desc())
        for id in world.read.scalars(query.limit(NEWEST_OF_A_TERM)):
            shared[id] = shared.get(id, 0.0) + 1 / math.log2(2 + known[term])
    ids = heapq.nlargest(READ_FOR_IT, shared, key=lambda id: (shared[id], id))
    columns: list[Any] = [*ITEM, items.c.stems]
    whole = select(*columns).where(items.c.id.in_(ids), _here(world))  # by key alone: with kind and state SQLite would take their index, and read it all
    rows = {row.id: row for row in world.read.execute(whole)} if ids else {}
    fitting = [rows[id] for id in ids if id in rows and rows[id].kind in kinds and rows[id].state in states]
    return [(Item(*row[:-1]), row[-1]) for row in fitting[:COMPARED]]


def _asked(why: str) -> Any:
    """That whoever it is of was asked once more since it was done."""
    same = (changes.c.item_id == items.c.id) & (changes.c.organisation_id == items.c.organisation_id)
    return select(changes.c.id).where(same, changes.c.before == "done", changes.c.after == "done", changes.c.why == why, changes.c.at >= items.c.state_at)


def is_asked(world: Any, id: int, why: str) -> bool:
    """Whether whoever it is of was asked once more since it was done."""
    return world.write.execute(_asked(why).where(items.c.id == id, _here(world))).first() is not None


def done_before(world: Any, moment: dt.datetime, why: str, most: int) -> list[Item]:
    """What has been done since before a moment and was not asked about again: the oldest first."""
    query = select(*ITEM).where(items.c.state == "done", items.c.state_at < moment, ~_asked(why).exists(), _here(world))
    return [Item(*row) for row in world.read.execute(query.order_by(items.c.state_at, items.c.id).limit(most))]


def asked_before(world: Any, moment: dt.datetime, why: str, most: int) -> list[Item]:
    """What is done and was asked about again before a moment, but cases: the oldest first."""
    query = select(*ITEM).where(items.c.state == "done", ~A_CASE, _asked(why).where(changes.c.at < moment).exists(), _here(world))
    return [Item(*row) for row in world.read.execute(query.order_by(items.c.state_at, items.c.id).limit(most))]


# Votes. They stay where they were cast; an item that was joined to another is counted with it.


def cluster(world: Any, root_id: int) -> list[int]:
    """An item and all that were joined to it."""
    return [root_id, *world.read.scalars(select(items.c.id).where(items.c.merged_into == root_id, _here(world)))]


def joined_to(world: Any, root_id: int) -> list[Item]:
    query = select(*ITEM).where(items.c.merged_into == root_id, _here(world)).order_by(items.c.id)
    return [Item(*row) for row in world.read.execute(query)]


def put_vote(world: Any, item_id: int, member_id: int, *, choice: int, group_id: int | None, counts_from: dt.datetime) -> None:
    """The one vote of a member on an item; it can be changed as long as the item is open."""
    here = (votes.c.item_id == item_id) & (votes.c.member_id == member_id) & (votes.c.organisation_id == world.organisation.id)
    values = {"choice": choice, "group_id": group_id, "counts_from": counts_from, "at": world.now()}
    if not add_once(world.write, votes, item_id=item_id, member_id=member_id, organisation_id=world.organisation.id, **values):
        world.write.execute(update(votes).where(here).values(**values))


def voted_on(world: Any, voice: int) -> set[int]:
    """All that a voice has ever voted on."""
    return set(world.read.scalars(select(votes.c.item_id).where(votes.c.member_id == voice, votes.c.organisation_id == world.organisation.id)))


def drop_vote(world: Any, ids: Sequence[int], member_id: int) -> bool:
    query = votes.delete().where(votes.c.item_id.in_(ids), votes.c.member_id == member_id, votes.c.organisation_id == world.organisation.id)
    return bool(world.write.execute(query).rowcount)


def _last_votes(world: Any, ids: Sequence[int], until: dt.datetime | None, author: int | None, *, guests: bool = False) -> Any:
    """One vote for each member over items that are counted together: the last. Whoever the item is of does not vote on it, and what was cast
    after a brake on the item it was cast on waits too, wherever that was joined since. Guests are counted apart.
    """
    same = (items.c.id == votes.c.item_id) & (items.c.organisation_id == votes.c.organisation_id)
    when = [votes.c.item_id.in_(ids), votes.c.organisation_id == world.organisation.id, or_(items.c.braked_at.is_(None), votes.c.at < items.c.braked_at)]
    when.append(members.c.guest == guests)
    if until is not None:
        when.append(votes.c.at < until)
    if author is not None:
        when.append(votes.c.member_id != author)
    last = func.row_number().over(partition_by=votes.c.member_id, order_by=(votes.c.at.desc(), votes.c.item_id.desc())).label("place")
    ranked = (
        select(votes.c.member_id, votes.c.choice, votes.c.group_id, votes.c.counts_from, votes.c.at, last)
        .select_from(votes.join(items, same).join(members, (members.c.id == votes.c.member_id) & (members.c.organisation_id == votes.c.organisation_id)))
        .where(and_(*when))
        .subquery()
    )
    return select(ranked).where(ranked.c.place == 1).subquery()


def count(world: Any, ids: Sequence[int], now: dt.datetime, braked_at: dt.datetime | None, author: int | None) -> tuple[int, int, int, list[int]]:
    """(for, against, passed, supporters by group) of items that are counted together; what came after a brake waits for a person."""
    last = _last_votes(world, ids, braked_at, author)
    counted = last.c.counts_from <= now
    totals = [func.coalesce(func.sum(case((and_(last.c.choice == choice, counted), 1), else_=0)), 0) for choice in (1, -1, 0)]
    good, bad, passed = world.write.execute(select(*totals)).one()
    sizes = select(func.count()).where(last.c.choice == 1, counted).group_by(func.coalesce(last.c.group_id, 0))
    return int(good), int(bad), int(passed), [int(size) for size in world.write.scalars(sizes)]


def guests_for(world: Any, ids: Sequence[int]) -> tuple[int, int]:
    """(for, against) of guests, who count in nothing."""
    last = _last_votes(world, ids, None, None, guests=True)
    heads = {row[0]: row[1] for row in world.read.execute(select(last.c.choice, func.count()).group_by(last.c.choice))}
    return heads.get(1, 0), heads.get(-1, 0)


def for_since(world: Any, ids: Sequence[int], since: dt.datetime, now: dt.datetime, braked_at: dt.datetime | None, author: int | None) -> int:
    """Members who have come out for it since, by what they said last; what came after a brake waits for a person here too."""
    last = _last_votes(world, ids, braked_at, author)
    return world.write.scalar(select(func.count()).where(last.c.choice == 1, last.c.at > since, last.c.counts_from <= now)) or 0


def voters(world: Any, ids: Sequence[int], choices: Sequence[int] = (1, -1)) -> list[int]:
    """Who has voted on items that are counted together, each once."""
    query = select(votes.c.member_id).where(votes.c.item_id.in_(ids), votes.c.choice.in_(choices), votes.c.organisation_id == world.organisation.id)
    return list(world.read.scalars(query.distinct()))


def vote_of(world: Any, ids: Sequence[int], member_id: int) -> int | None:
    query = select(votes.c.choice).where(votes.c.item_id.in_(ids), votes.c.member_id == member_id, votes.c.organisation_id == world.organisation.id)
    choice: int | None = world.read.scalar(query.order_by(votes.c.at.desc(), votes.c.item_id.desc()).limit(1))
    return choice


def voted_at(world: Any, ids: Sequence[int], member_id: int) -> dt.datetime | None:
    query = select(func.max(votes.c.at)).where(votes.c.item_id.in_(ids), votes.c.member_id == member_id, votes.c.organisation_id == world.organisation.id)
    at: dt.datetime | None = world.read.scalar(query)
    return at


def voted_among(world: Any, ids: Sequence[int], member_id: int) -> set[int]:
    query = select(votes.c.item_id).where(votes.c.item_id.in_(ids), votes.c.member_id == member_id, votes.c.organisation_id == world.organisation.id)
    return set(world.read.scalars(query))


def votes_since(world: Any, member_id: int, since: dt.datetime, kinds: Sequence[str] = ()) -> int:
    query = select(func.count()).where(votes.c.member_id == member_id, votes.c.at >= since, votes.c.organisation_id == world.organisation.id)
    if kinds:
        query = query.select_from(votes.join(items, and_(items.c.id == votes.c.item_id, items.c.organisation_id == votes.c.organisation_id)))
        query = query.where(items.c.kind.in_(kinds))
    return world.read.scalar(query) or 0


def last_voted(world: Any, member_id: int, since: dt.datetime) -> Item | None:
    """What a member has voted on last: not two of one author in a row."""
    voted = items.join(votes, and_(votes.c.item_id == items.c.id, votes.c.organisation_id == items.c.organisation_id))
    query = select(*ITEM).select_from(voted).where(votes.c.member_id == member_id, votes.c.at >= since, _here(world))
    row = world.read.execute(query.order_by(votes.c.at.desc()).limit(1)).one_or_none()
    return Item(*row) if row else None


# Beside whom a guest's vote stands, and counts in nothing.
OF_A_MEMBER = select(members.c.id).where(members.c.id == votes.c.member_id, members.c.organisation_id == votes.c.organisation_id, ~members.c.guest).exists()


def groups_for(world: Any, root_ids: Sequence[int]) -> dict[int, int]:
    """From how many groups the support of each comes, with what was joined to it."""
    root = func.coalesce(items.c.merged_into, items.c.id)
    query = (
        select(root.label("root"), func.count(votes.c.group_id.distinct()).label("times"))
        .join(votes, and_(votes.c.item_id == items.c.id, votes.c.organisation_id == items.c.organisation_id))
        .where(or_(items.c.id.in_(root_ids), items.c.merged_into.in_(root_ids)), votes.c.choice == 1, OF_A_MEMBER, _here(world))
        .group_by(root)
    )
    return {row.root: row.times for row in world.read.execute(query)}


def supporting_groups(world: Any, ids: Sequence[int]) -> set[int]:
    """From which groups the support comes."""
    query = select(votes.c.group_id).where(votes.c.item_id.in_(ids), votes.c.choice == 1, OF_A_MEMBER, votes.c.organisation_id == world.organisation.id)
    return {group_id for group_id in world.read.scalars(query.distinct()) if group_id is not None}


def still_young(world: Any, since: dt.datetime, now: dt.datetime) -> list[int]:
    """Items with votes that began to count in this span, and those of guests who were found on the roll in it: they are counted again."""
    query = select(votes.c.item_id).where(votes.c.organisation_id == world.organisation.id).distinct()
    grown = query.where(votes.c.counts_from > since, votes.c.counts_from <= now, votes.c.counts_from > votes.c.at)
    return [*world.read.scalars(grown), *world.read.scalars(query.where(votes.c.member_id.in_(came_since(world, since))))]


def member_since(world: Any, member_id: int) -> dt.datetime:
    since: dt.datetime = world.read.scalar(select(members.c.made_at).where(members.c.id == member_id, members.c.organisation_id == world.organisation.id))
    return since


def members_before(world: Any, member_ids: Iterable[int], before: dt.datetime) -> set[int]:
    """Which of these have been members since then; a guest is none."""
    query = select(members.c.id).where(members.c.id.in_(set(member_ids)), members.c.made_at <= before, ~members.c.guest)
    return set(world.read.scalars(query.where(members.c.organisation_id == world.organisation.id)))


def case_of(world: Any, member_id: int, number: str) -> Item | None:
    """What a member may look up by its number: their own, whatever it is, and what all see."""
    public = and_(items.c.kind.not_in(("wrong", "unsorted")), items.c.state.in_((*SHOWN, "merged")))
    return _one(world, world.read, and_(items.c.number == number, or_(items.c.member_id == member_id, public)))
