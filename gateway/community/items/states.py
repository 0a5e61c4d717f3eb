"""How an item goes on, who may say so, and who hears of it. Called from the console and from the phone alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gateway.community.items import brakes, rows, voice_rows
from gateway.community.items.model import Comment, Item, may_go
from gateway.community.items.verbs import recount, title_of
from gateway.community.questions import ask_by_text
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.records import rows as records
from gateway.records.verbs import NewText, write_texts
from menus import alphabet
from menus.book import notices

VOICE_TEXTS_A_MONTH = 2_000  # SMS about items in a calendar month, when nobody has set another number; the digest and 9 carry the rest
SILENT_DAYS = 14  # after which what was done is taken as accepted
CLOSED_AT_ONCE = 200  # in one run of the clock
ABOUT = "voice"  # how these messages are counted
STATES = {  # as they are said on a phone; each is in the catalogue
    "new": "waits for a person", "held": "waits for a person", "open": "open", "looked_at": "a person has read it", "planned": "planned",
    "trying": "being tried", "done": "done", "closed": "closed", "declined": "not now", "merged": "joined", "withdrawn": "taken back",
    "already_there": "is there already",
}  # fmt: skip
TOLD_AUTHOR = {"looked_at", "planned", "trying", "done", "declined", "already_there", "held", "open"}  # the author hears of these at once
TOLD_VOTERS = {"planned", "trying", "done", "declined", "already_there"}  # the voters find these under 9
TOLD_BY_SMS = {"done"}  # and this goes to all by SMS, within the budget


class CannotGo(Exception):
    """A state does not lead to that one, or something is missing for it."""


@dataclass(frozen=True)
class Preview:
    """What a step would bring: who hears of it at once, under 9, and by SMS; what is left of the month's SMS, before it is done."""

    author: int
    voters: int
    texts: int
    left: int

    @property
    def short(self) -> int:
        """Voters who would find it under 9 and in the digest only, because the month's SMS do not reach."""
        return max(self.texts - self.left, 0)


def state_name(world: Any, item: Item, language: str) -> str:
    return str(world.phrases.text(STATES[item.state], language))


def texts_left(world: Any) -> int:
    """SMS about items that are left of this month's."""
    local = world.organisation.local(world.now())
    begin = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return max(texts_a_month(world) - records.count_about(world, ABOUT, begin), 0)


def texts_a_month(world: Any) -> int:
    found = voice_rows.switch(world, "voice_budget")
    return int(found.why) if found and found.why.isdigit() else VOICE_TEXTS_A_MONTH


def preview(world: Any, item: Item, after: str) -> Preview:
    ids = rows.cluster(world, item.root_id)
    voters = _hearers(world, item, ids)
    texts = len(_to_text(world, voters)) if after in TOLD_BY_SMS and not brakes.rests(world, "voice_sms") else 0
    author = int(item.member_id is not None and after in TOLD_AUTHOR)
    return Preview(author, len(voters) if after in TOLD_VOTERS else 0, texts, max(texts_left(world) - author, 0))


def _hearers(world: Any, item: Item, ids: Sequence[int]) -> list[int]:
    """Everybody who voted, said something or follows, and the authors of what was joined to it; the author hears apart."""
    authors = [one.member_id for one in rows.joined_to(world, item.root_id) if one.member_id]
    everybody = [*rows.voters(world, ids), *voice_rows.commenters(world, ids), *voice_rows.followers(world, ids), *authors]
    return [id for id in dict.fromkeys(everybody) if id != item.member_id]


def _to_text(world: Any, ids: Sequence[int]) -> list[Member]:
    known = members.by_ids(world, ids)
    stopped = records.stopped_among(world, [one.number for one in known.values()])
    return [known[id] for id in ids if id in known and known[id].status == "active" and known[id].number not in stopped]


def go(world: Any, item: Item, after: str, by: str, why: str = "", *, tell: bool = True) -> Item:
    """A step of an item's life. Raises CannotGo, with the reason to show."""
    item = rows.lock(world, item.id)
    if not may_go(item.state, after):
        raise CannotGo(f"{item.state.replace('_', ' ')} does not lead to {after.replace('_', ' ')}")
    if after in ("declined", "already_there", "planned") and not why.strip():
        raise CannotGo("say why, or from when: members read it")
    said = alphabet.plain(why.strip())
    values: dict[str, Any] = {"state": after, "state_at": world.now()}
    if said:
        values["answer"] = said[:160]
    rows.change(world, item.id, **values)
    change = voice_rows.add_change(world, item.id, item.state, after, by, said)
    now = rows.by_id(world, item.id)
    assert now, "it has just been changed"
    if tell:
        _tell(world, now, after, change, said)
    return now


def _tell(world: Any, item: Item, after: str, change: int, why: str) -> None:
    """The author at once; voters under 9; and when it is done all of them by SMS, as far as the month's SMS reach."""
    author = members.by_ids(world, [item.member_id]).get(item.member_id) if item.member_id else None
    if author and after in TOLD_AUTHOR and author.status == "active":
        if item.kind == "wrong" or texts_left(world):
            _tell_author(world, author, item, after, change, why)
        else:
            voice_rows.bring(world, change, item.id, [author.id], texted=False)
    if after not in TOLD_VOTERS:
        return
    hearers = _hearers(world, item, rows.cluster(world, item.root_id))
    texted: list[Member] = []
    if after in TOLD_BY_SMS and not brakes.rests(world, "voice_sms"):
        texted = _to_text(world, hearers)[: texts_left(world)]
        _text_done(world, item, texted, change, author)
    told = {one.id for one in texted}
    voice_rows.bring(world, change, item.id, [id for id in hearers if id in told], texted=True)
    voice_rows.bring(world, change, item.id, [id for id in hearers if id not in told], texted=False)


def _tell_author(world: Any, author: Member, item: Item, after: str, change: int, why: str) -> None:
    title = title_of(item)
    if item.kind == "wrong":
        if after == "done":
            ask_by_text(world, author, "done", str(item.id), notices.CASE_FIXED, key=f"state:{change}", title=f"Case {item.number}", number=item.number)
        return
    if after == "done":
        ask_by_text(world, author, "done", str(item.id), notices.YOURS_DONE, key=f"state:{change}", title=title, about=ABOUT, number=item.number, words=title)
        return
    state = world.phrases.text(STATES[after], author.language)
    notice = notices.YOURS_WITH_ANSWER if why else notices.YOURS_STATE
    words = world.phrases.say(notice, author.language, number=item.number, title=title, state=state, answer=why)
    write_texts(world, [NewText(f"state:{change}:{author.id}", author.number, "service", words, author.id, ABOUT, author.hours)])


def _text_done(world: Any, item: Item, receivers: Sequence[Member], change: int, author: Member | None) -> None:
    write_texts(world, [
        NewText(
            f"done:{change}:{one.id}", one.number, "service",
            world.phrases.say(
                notices.DONE, one.language, title=title_of(item), count=item.supporters, name=author_name(world, item, author, one.language),
                day=world.phrases.day(world.organisation.local(world.now()), one.language), code=world.organisation.dial("5", "6"),
            ),
            one.id, ABOUT, one.hours,
        )
        for one in receivers
    ])  # fmt: skip


def author_name(world: Any, item: Item, author: Member | None, language: str) -> str:
    """Whose idea it was, as the author wants it: by name, by village, or not at all."""
    if author is None or item.shown == "sealed":
        return str(world.phrases.text("a member", language))
    if item.shown == "village":
        village = author.village or str(world.phrases.text("no village", language))
        return str(world.phrases.text("one of {village}", language)).format(village=village)
    return author.name.split(maxsplit=1)[0][:10]


def close_silent(world: Any) -> int:
    """What was done and nobody spoke against in two weeks is closed, a case excepted: only who it is of closes that. How many."""
    some = rows.done_before(world, world.now() - dt.timedelta(days=SILENT_DAYS), CLOSED_AT_ONCE)
    for item in some:
        go(world, item, "closed", "the clock", tell=False)
    return len(some)


def mark_comment(world: Any, one: Comment, state: str) -> None:
    """A person lets something that was said through, or hides it; what was reported of it is answered with that."""
    voice_rows.change_comment(world, one.id, state=state)
    voice_rows.answer_flags(world, one.item_id, one.id)
    item = rows.by_id(world, one.item_id)
    if item:
        rows.change(world, item.root_id, comments=voice_rows.count_comments(world, rows.cluster(world, item.root_id)))


def merge(world: Any, item: Item, into: Item, by: str) -> Item:
    """Join an item to another. Author, votes and words stay with it and count there; the author may say that they are not the same."""
    first, second = sorted((item.id, into.id))
    rows.lock(world, first)
    rows.lock(world, second)
    item, root = rows.by_id(world, item.id) or item, rows.by_id(world, into.root_id) or into
    if item.id == root.id or item.kind != root.kind or not may_go(item.state, "merged") or root.state in ("merged", "withdrawn"):
        raise CannotGo("these two cannot be joined")
    for other in rows.joined_to(world, item.id):
        rows.change(world, other.id, merged_into=root.id)
    rows.change(world, item.id, state="merged", merged_into=root.id, state_at=world.now())
    change = voice_rows.add_change(world, item.id, item.state, "merged", by, f"joined to {root.number}")
    if item.member_id:
        rows.put_vote(world, item.id, item.member_id, choice=1, group_id=item.group_id, counts_from=world.now())
    root = recount(world, root)
    author = members.by_ids(world, [item.member_id]).get(item.member_id) if item.member_id else None
    if author and author.status == "active" and not texts_left(world):
        voice_rows.bring(world, change, item.id, [author.id], texted=False)
    elif author and author.status == "active":
        ask_by_text(
            world, author, "merged", str(item.id), notices.MERGED, key=f"merged:{item.id}:{root.id}", title=title_of(item), about=ABOUT, number=item.number,
            into=root.number, words=title_of(root), count=root.supporters,
        )  # fmt: skip
    return root


def unmerge(world: Any, item: Item, by: str) -> Item:
    """They were not the same after all: each has its own votes and words again."""
    item = rows.lock(world, item.id)
    if item.state != "merged" or item.merged_into is None:
        raise CannotGo("it is not joined to another")
    root = rows.lock(world, item.merged_into)
    rows.change(world, item.id, state="open", merged_into=None, state_at=world.now())
    voice_rows.add_change(world, item.id, "merged", "open", by, f"not the same as {root.number}")
    recount(world, root)
    found = rows.by_id(world, item.id)
    assert found, "it has just been changed"
    return recount(world, found)
