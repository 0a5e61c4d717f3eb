"""What stands around an item: comments, followers, reports, steps of its life, who is to hear of them, words that wait, switches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, case, func, insert, select, update

from gateway.community.items.model import FIXED, Change, Comment, Item
from gateway.community.items.rows import ITEM
from gateway.community.items.tables import changes, comments, flags, follows, held_words, items, switches, tidings
from gateway.store.many import insert_many
from gateway.store.tables import new_id, ours
from gateway.store.upsert import add_once

AGAIN_FROM = ("done", "closed", "declined", "already_there")  # states that seemed the end
_COMMENT = [comments.c[name] for name in ("id", "item_id", "member_id", "by", "kind", "words", "state", "made_at", "helped")]
_CHANGE = [changes.c[name] for name in ("id", "item_id", "before", "after", "by", "why", "at")]


# Comments.


def add_comment(world: Any, **values: Any) -> int | None:
    """Write it once for its key. Its id, or None when it was there before."""
    id = new_id()
    return id if add_once(world.write, comments, id=id, organisation_id=world.organisation.id, made_at=world.now(), **values) else None


def comment(world: Any, id: int) -> Comment | None:
    row = world.read.execute(select(*_COMMENT).where(comments.c.id == id, ours(world, comments))).one_or_none()
    return Comment(*row) if row else None


def comments_on(world: Any, item_ids: Sequence[int], most: int, states: Sequence[str] = ("open",)) -> list[Comment]:
    """An official answer first, then what has helped who asked, then the newest."""
    query = select(*_COMMENT).where(comments.c.item_id.in_(item_ids), comments.c.state.in_(states), ours(world, comments))
    place = case((comments.c.kind == "official", 0), (comments.c.helped.is_(True), 1), else_=2)
    return [Comment(*row) for row in world.read.execute(query.order_by(place, comments.c.id.desc()).limit(most))]


def last_words(world: Any, item_ids: Sequence[int], member_id: int, states: Sequence[str]) -> Comment | None:
    """What a member said last of these."""
    query = select(*_COMMENT).where(comments.c.item_id.in_(item_ids), comments.c.member_id == member_id, comments.c.state.in_(states), ours(world, comments))
    row = world.read.execute(query.order_by(comments.c.id.desc()).limit(1)).one_or_none()
    return Comment(*row) if row else None


def count_comments(world: Any, item_ids: Sequence[int]) -> int:
    query = select(func.count()).where(comments.c.item_id.in_(item_ids), comments.c.state == "open", ours(world, comments))
    return world.write.scalar(query) or 0


def comments_since(world: Any, member_id: int, since: dt.datetime) -> int:
    query = select(func.count()).where(comments.c.member_id == member_id, comments.c.made_at >= since, ours(world, comments))
    return world.read.scalar(query) or 0


def comments_in(world: Any, states: Sequence[str], most: int) -> list[Comment]:
    query = select(*_COMMENT).where(comments.c.state.in_(states), ours(world, comments)).order_by(comments.c.id.desc()).limit(most)
    return [Comment(*row) for row in world.read.execute(query)]


def change_comment(world: Any, id: int, **values: Any) -> int:
    changed: int = world.write.execute(update(comments).where(comments.c.id == id, ours(world, comments)).values(**values)).rowcount
    return changed


def commenters(world: Any, item_ids: Sequence[int]) -> list[int]:
    """Which members have said something; what the staff said is nobody's."""
    named = (comments.c.state == "open") & comments.c.member_id.is_not(None)
    query = select(comments.c.member_id).where(comments.c.item_id.in_(item_ids), named, ours(world, comments))
    return list(world.read.scalars(query.distinct()))


def has_change(world: Any, item_id: int, before: str, after: str, by: str) -> bool:
    """Whether somebody has taken an item from one state to another."""
    here = (changes.c.item_id == item_id) & (changes.c.before == before) & (changes.c.after == after) & (changes.c.by == by)
    return world.read.execute(select(changes.c.id).where(here, ours(world, changes)).limit(1)).first() is not None


def done_because(world: Any, item_id: int) -> str:
    """What was said when an item was done last."""
    query = select(changes.c.why).where(changes.c.item_id == item_id, changes.c.after == "done", changes.c.before != "done", ours(world, changes))
    said: str | None = world.read.scalar(query.order_by(changes.c.id.desc()).limit(1))
    return said or ""


# Followers.


def follow(world: Any, item_id: int, member_id: int) -> bool:
    return add_once(world.write, follows, item_id=item_id, member_id=member_id, organisation_id=world.organisation.id, at=world.now())


def unfollow(world: Any, item_id: int, member_id: int) -> None:
    world.write.execute(follows.delete().where(follows.c.item_id == item_id, follows.c.member_id == member_id, ours(world, follows)))


def followers(world: Any, item_ids: Sequence[int]) -> list[int]:
    return list(world.read.scalars(select(follows.c.member_id).where(follows.c.item_id.in_(item_ids), ours(world, follows)).distinct()))


# Reports.


def flag(world: Any, item_id: int, comment_id: int, member_id: int, reason: str, words: str = "") -> bool:
    """One report of a member on one thing, with what they said of it. Whether it was new."""
    return add_once(
        world.write, flags, item_id=item_id, comment_id=comment_id, member_id=member_id, organisation_id=world.organisation.id, reason=reason, words=words,
        live=True, at=world.now(),
    )  # fmt: skip


def flags_since(world: Any, member_id: int, since: dt.datetime) -> int:
    return world.read.scalar(select(func.count()).where(flags.c.member_id == member_id, flags.c.at >= since, ours(world, flags))) or 0


def flags_in(world: Any, since: dt.datetime) -> list[tuple[int, dt.datetime, dt.datetime | None]]:
    """(what was reported, when first, when a person had looked) since a moment; several reports that wait together are one."""
    query = select(flags.c.item_id, func.min(flags.c.at).label("at"), flags.c.answered_at).where(flags.c.at >= since, ours(world, flags))
    query = query.where(flags.c.live | flags.c.answered_at.is_not(None)).group_by(flags.c.item_id, flags.c.comment_id, flags.c.answered_at)
    return [(row.item_id, row.at, row.answered_at) for row in world.read.execute(query)]


def flagged(world: Any, most: int) -> list[Any]:
    """What is reported: (item, comment, a reason, words of one who reported it, reporters), the most reported first."""
    query = (
        select(
            flags.c.item_id,
            flags.c.comment_id,
            func.count().label("reporters"),
            func.min(flags.c.reason).label("reason"),
            func.max(flags.c.words).label("words"),
            func.min(flags.c.at).label("since"),
        )
        .where(flags.c.live, ours(world, flags))
        .group_by(flags.c.item_id, flags.c.comment_id)
        .order_by(func.count().desc(), flags.c.item_id)
    )
    return list(world.read.execute(query.limit(most)))


def reporters(world: Any, item_id: int, comment_id: int) -> list[int]:
    query = select(flags.c.member_id).where(flags.c.item_id == item_id, flags.c.comment_id == comment_id, flags.c.live, ours(world, flags))
    return list(world.read.scalars(query))


def answer_flags(world: Any, item_id: int, comment_id: int) -> None:
    """A person has looked: these reports are answered, and only new ones count from here on."""
    here = (flags.c.item_id == item_id) & (flags.c.comment_id == comment_id)
    world.write.execute(update(flags).where(here, flags.c.live, ours(world, flags)).values(live=False, answered_at=world.now()))


def built_on(world: Any, item_id: int, author_id: int) -> bool:
    """Whether others have answered a question, or made a tip better: it is not its author's alone any more."""
    others = (comments.c.member_id != author_id) & (comments.c.kind == "answer") & (comments.c.state == "open")
    answered = select(comments.c.id).where(comments.c.item_id == item_id, others, ours(world, comments)).limit(1)
    fixed_ = select(changes.c.id).where(changes.c.item_id == item_id, changes.c.why == FIXED, ours(world, changes)).limit(1)
    return world.read.scalar(answered) is not None or world.read.scalar(fixed_) is not None


# The life of an item, and who is to hear of it.


def before_merged(world: Any, item_id: int) -> str:
    """Where an item stood when it was joined to another."""
    query = select(changes.c.before).where(changes.c.item_id == item_id, changes.c.after == "merged", changes.c.before != "merged", ours(world, changes))
    return world.write.scalar(query.order_by(changes.c.id.desc()).limit(1)) or "open"


def add_change(world: Any, item_id: int, before: str, after: str, by: str, why: str) -> int:
    id = new_id()
    world.write.execute(
        insert(changes).values(
            id=id, organisation_id=world.organisation.id, item_id=item_id, before=before, after=after, by=by, why=why[:160], at=world.now()
        )
    )  # fmt: skip
    return id


def changes_of(world: Any, item_ids: Sequence[int]) -> list[Change]:
    query = select(*_CHANGE).where(changes.c.item_id.in_(item_ids), ours(world, changes)).order_by(changes.c.id)
    return [Change(*row) for row in world.read.execute(query)]


def change_with(world: Any, id: int) -> Change | None:
    row = world.read.execute(select(*_CHANGE).where(changes.c.id == id, ours(world, changes))).one_or_none()
    return Change(*row) if row else None


def first_reached(world: Any, states: Iterable[str], since: dt.datetime) -> dict[int, dt.datetime]:
    """Item -> when it first came to one of these states, in a span."""
    here = changes.c.after.in_(list(states)) & (changes.c.after != changes.c.before) & (changes.c.at >= since) & ours(world, changes)
    query = select(changes.c.item_id, func.min(changes.c.at).label("at")).where(here).group_by(changes.c.item_id)
    return {row.item_id: row.at for row in world.read.execute(query)}


def steps_since(world: Any, since: dt.datetime) -> dict[int, list[Any]]:
    """Item -> the steps of its life in a span (before, after, at), in their order."""
    found: dict[int, list[Any]] = {}
    query = select(changes.c.item_id, changes.c.before, changes.c.after, changes.c.at).where(changes.c.before != changes.c.after, changes.c.at >= since)
    for row in world.read.execute(query.where(ours(world, changes)).order_by(changes.c.id)):
        found.setdefault(row.item_id, []).append(row)
    return found


def reopened(world: Any, most: int) -> list[Item]:
    """What was over and is open again, whoever said so: the longest waiting first."""
    again = select(changes.c.id).where(
        changes.c.item_id == items.c.id, changes.c.organisation_id == items.c.organisation_id, changes.c.after == "open", changes.c.before.in_(AGAIN_FROM),
        changes.c.at >= items.c.state_at,
    )  # fmt: skip
    query = select(*ITEM).where(items.c.state == "open", again.exists(), ours(world, items)).order_by(items.c.state_at, items.c.id)
    return [Item(*row) for row in world.read.execute(query.limit(most))]


def done_at(world: Any, item_id: int) -> dt.datetime | None:
    """When an item was last done."""
    here = (changes.c.item_id == item_id) & (changes.c.after == "done") & (changes.c.before != "done") & ours(world, changes)
    moment: dt.datetime | None = world.read.scalar(select(func.max(changes.c.at)).where(here))
    return moment


def newest_done(world: Any, kinds: Sequence[str], most: int) -> list[Item]:
    """What was done last, closed since or not, each with the moment when it was done as its own."""
    query = (
        select(*ITEM, changes.c.at.label("done_at"))
        .join(items, (items.c.id == changes.c.item_id) & (items.c.organisation_id == changes.c.organisation_id))
        .where(changes.c.after == "done", changes.c.before != "done", items.c.kind.in_(kinds), items.c.state.in_(("done", "closed")), ours(world, changes))
        .order_by(changes.c.id.desc())
        .limit(2 * most)  # what was done again after a "not yet" is there twice
    )
    found: dict[int, Item] = {}
    for row in world.read.execute(query):
        found.setdefault(row.id, replace(Item(*row[:-1]), state_at=row.done_at))
    return list(found.values())[:most]


def bring(world: Any, change_id: int, item_id: int, member_ids: Iterable[int], *, texted: bool) -> None:
    """These members are to hear of it under 9; whoever gets an SMS too has it there as well, and it counts as told."""
    here, now = world.organisation.id, world.now()
    columns = ("member_id", "change_id", "organisation_id", "item_id", "at", "texted")
    insert_many(world.write, tidings, columns, [(id, change_id, here, item_id, now, texted) for id in dict.fromkeys(member_ids)])


def hearers(world: Any, item: Item) -> list[int]:
    """Who follows it or has said something about it, but its author."""
    return [id for id in dict.fromkeys([*followers(world, [item.id]), *commenters(world, [item.id])]) if id != item.member_id]


def tell_followers(world: Any, change_id: int, item: Item) -> None:
    """They hear of this change under 9."""
    bring(world, change_id, item.id, hearers(world, item), texted=False)


def unheard(world: Any, member_id: int, most: int) -> list[Any]:
    """What a member has not heard yet: (change, item), the newest first."""
    query = (
        select(tidings.c.change_id, tidings.c.item_id, changes.c.after, items.c.words, items.c.number)
        .join(changes, (changes.c.id == tidings.c.change_id) & (changes.c.organisation_id == tidings.c.organisation_id))
        .join(items, (items.c.id == tidings.c.item_id) & (items.c.organisation_id == tidings.c.organisation_id))
        .where(tidings.c.member_id == member_id, tidings.c.heard_at.is_(None), ours(world, tidings))
        .order_by(tidings.c.change_id.desc())
    )
    return list(world.read.execute(query.limit(most)))


def forget_tidings(world: Any, item_id: int, but: int | None) -> None:
    """What others had still to hear of an item is no news any more; its author's stays."""
    here = (tidings.c.item_id == item_id) & tidings.c.heard_at.is_(None)
    query = update(tidings).where(here, ours(world, tidings))
    world.write.execute((query.where(tidings.c.member_id != but) if but else query).values(heard_at=world.now()))


UNHEARD = select(tidings.c.change_id).where(  # made once: it is counted at every dial
    tidings.c.member_id == bindparam("member_id"), tidings.c.heard_at.is_(None), tidings.c.organisation_id == bindparam("here")
)  # fmt: skip


def unheard_of(world: Any, member_ids: Sequence[int]) -> dict[int, int]:
    """How much each of these members has not heard yet."""
    query = select(tidings.c.member_id, func.count().label("times")).where(
        tidings.c.member_id.in_(member_ids), tidings.c.heard_at.is_(None), ours(world, tidings)
    )
    return {row.member_id: row.times for row in world.read.execute(query.group_by(tidings.c.member_id))}


def hear(world: Any, change_id: int, member_id: int) -> bool:
    here = (tidings.c.change_id == change_id) & (tidings.c.member_id == member_id) & tidings.c.heard_at.is_(None)
    return bool(world.write.execute(update(tidings).where(here, ours(world, tidings)).values(heard_at=world.now())).rowcount)


# Words that wait, and switches.


def held_words_here(world: Any) -> dict[str, str]:
    """word -> why what holds it waits for a person."""
    key = ("held words",)
    if key not in world.seen:
        query = select(held_words.c.word, held_words.c.why).where(ours(world, held_words))
        world.seen[key] = {row.word: row.why for row in world.read.execute(query)}
    found: dict[str, str] = world.seen[key]
    return found


def hold_word(world: Any, word: str, why: str, by: str) -> bool:
    world.seen.pop(("held words",), None)
    return add_once(world.write, held_words, organisation_id=world.organisation.id, word=word, why=why, by=by, at=world.now())


def free_word(world: Any, word: str) -> None:
    world.seen.pop(("held words",), None)
    world.write.execute(held_words.delete().where(held_words.c.word == word, ours(world, held_words)))


def switch(world: Any, name: str) -> Any:
    return world.read.execute(select(switches).where(switches.c.name == name, ours(world, switches))).one_or_none()


def turn(world: Any, name: str, *, off: bool, why: str, by: str) -> None:
    values = {"off": off, "why": why[:80], "by": by, "at": world.now()}
    if not add_once(world.write, switches, organisation_id=world.organisation.id, name=name, **values):
        world.write.execute(update(switches).where(switches.c.name == name, ours(world, switches)).values(**values))
