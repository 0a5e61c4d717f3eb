"""What members do with items: make one, support or oppose it, say something, follow, report, take back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from gateway.community.counting import next_free
from gateway.community.groups import rows as groups
from gateway.community.items import brakes, ranking, rows, voice_rows
from gateway.community.items.context import last_screen
from gateway.community.items.likeness import ALIKE_FROM, likeness, stems
from gateway.community.items.model import (
    ALIKE_SHOWN,
    COMMENTS_A_DAY,
    NEW_ACCOUNT_DAYS,
    OPEN,
    SAME_SCREEN,
    SHOWN,
    TRUSTED_DAYS,
    VOTE,
    VOTES_A_DAY,
    Change,
    Closed,
    Commented,
    Counted,
    CountsLater,
    CountsWhen,
    Followed,
    FollowsNoMore,
    HeldWords,
    Item,
    ItemNumber,
    NoItem,
    OwnItem,
    Rests,
    SaidToday,
    StaysThere,
    TakenBack,
    Title,
    Votes,
    kind_of,
    may_go,
)
from gateway.community.model import SMS_KEYS
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.members.verbs import the_member
from gateway.records.model import masked
from menus import alphabet

AS_NEW = "You are new here, so your vote counts from {day}."  # in the catalogue
AS_A_GUEST = "You are a guest: it stands beside the votes of members."  # and this
SAID_A_DAY = 20  # things one member may say in a day; more is a stuck key or a script
NEW_HERE = "a new account"  # why something waits that holds no word of the list
WORD_CHECK = "the word check"  # by whom it is held
AUTHOR = "the author"  # by whom a step is that whoever it is of took
DESK_KEYS = "desk:"  # and of what staff wrote down for somebody
TITLE_MOST = len(Title.longest)


def make(
    world: Any, caller: str, kind: str, words: str, key: str, *, topic: str = "", about: str = "", shown: str = "name", group_id: int | None = None
) -> Item | None:  # fmt: skip
    """Keep what was said, once for a key, with all that may be a PIN as dots. None when this number has said too much today."""
    if known := rows.by_key(world, key):
        return known
    member = members.by_number(world, caller)
    if rows.said_since(world, caller, member.id if member else None, world.now() - dt.timedelta(days=1)) >= SAID_A_DAY:
        return None
    said = masked(alphabet.heard(words))
    number = next_free(world)
    state, why = first_state(world, kind, member, said)
    id = rows.add(
        world, key=key, number=number, kind=kind, topic=topic, words=said, state=state, member_id=member.id if member else None,
        phone=caller, about=about, channel=_way(key), shown=shown, group_id=group_id, screen=last_screen(world, caller)[:60],
        language=member.language if member else world.organisation.language,
    )  # fmt: skip
    if state == "held":
        voice_rows.add_change(world, id, "new", "held", WORD_CHECK, why)
        if member and why != NEW_HERE:
            brakes.tell_held(world, member, number, why, key)
    return rows.by_id(world, id)


def _way(key: str) -> str:
    return "sms" if key.startswith(SMS_KEYS) else "desk" if key.startswith(DESK_KEYS) else "ussd"


def first_state(world: Any, kind: str, member: Member | None, words: str) -> tuple[str, str]:
    """(how it begins, why): what all would see waits for a person when a word is on the list, or when its author is new here."""
    if not kind_of(kind).public or member is None:
        return "new", ""
    if word := brakes.held_word(world, words):
        return "held", word
    if is_new(world, member):
        return "held", NEW_HERE
    return "open", ""


def may_decide(world: Any, member: Member) -> bool:
    """Whether what this member decides for others counts: not of who is new here, nor of a guest."""
    return not member.guest and not is_new(world, member)


def is_new(world: Any, member: Member) -> bool:
    """Whether a person looks first at what this member says, and what they decide for others does not count yet."""
    return bool(world.now() - rows.member_since(world, member.id) < dt.timedelta(days=TRUSTED_DAYS))


def title_of(item: Item) -> Title:
    return Title(alphabet.cut(alphabet.plain(item.words), TITLE_MOST))


def find(world: Any, number: str) -> Item | None:
    """The item of a number; of one that was joined to another, the other."""
    item = rows.by_number(world, number.strip())
    return rows.by_id(world, item.merged_into) if item and item.merged_into else item


def shown_to(item: Item | None, member: Member) -> bool:
    """Whether this member may see it: what all see, and what is their own."""
    return item is not None and ((kind_of(item.kind).public and item.state in SHOWN) or item.member_id == member.id)


def seen_by(world: Any, item: Item | None, member: Member) -> bool:
    """What all see, what is one's own, and in one's groups what waits only because its author is new here: there they are known."""
    return shown_to(item, member) or (item is not None and waits_among_us(world, item, member))


def waits_among_us(world: Any, item: Item, member: Member) -> bool:
    if item.state != "held" or item.group_id is None or item.shown == "sealed" or item.group_id not in {one.id for one in groups.of_member(world, member.id)}:
        return False
    return item.id in held_as_new(world, [item])


def last_holds(world: Any, some: Sequence[Item]) -> dict[int, Change]:
    """Item -> the step that put it to rest last; what its author does to it is none."""
    steps = voice_rows.changes_of(world, [one.id for one in some]) if some else []
    return {one.item_id: one for one in steps if one.after == "held" and one.by != AUTHOR}


def held_as_new(world: Any, some: Sequence[Item]) -> set[int]:
    """What waits only because its author is new here."""
    held = last_holds(world, [one for one in some if one.state == "held"])
    return {id for id, step in held.items() if (step.by, step.why) == (WORD_CHECK, NEW_HERE)}


def look_alikes(world: Any, words: str, kinds: tuple[str, ...], states: tuple[str, ...] = OPEN, *, screen: str = "") -> list[tuple[Item, float]]:
    """What was said before and is like it, the likest first; what was said from the same screen is liker."""
    found = stems(masked(alphabet.heard(words)))
    scored = [
        (one, likeness(" ".join(found), other) + (SAME_SCREEN if screen and one.screen == screen else 0))
        for one, other in rows.alike(world, found, kinds, states)
    ]
    best = sorted((pair for pair in scored if pair[1] >= ALIKE_FROM), key=lambda pair: (-pair[1], pair[0].id))
    return best[:ALIKE_SHOWN]


def vote(world: Any, caller: str, number: str, choice: str) -> Counted | CountsLater | Closed | NoItem | OwnItem | SaidToday | Rests:
    """The one vote of a member, changed as often as they like while the item is open. Their own item has theirs already."""
    if brakes.rests(world, "votes"):
        return Rests()
    member, item = the_member(world, caller), find(world, number)
    if item is None or not seen_by(world, item, member) or not kind_of(item.kind).votes:
        return NoItem()
    if item.state not in (*OPEN, "declined", "held"):  # what was refused may be wanted all the same
        return Closed()
    if author_voice(world, item) == member.voice:
        return OwnItem()
    if rows.votes_since(world, member.voice, world.now() - dt.timedelta(days=1)) >= VOTES_A_DAY:
        return SaidToday()
    return cast(world, member, item, VOTE[choice])


def cast(world: Any, member: Member, item: Item, choice: int) -> Counted | CountsLater:
    item, voice = rows.lock(world, item.id), member.voice
    counts_from = max(world.now(), rows.member_since(world, member.id) + dt.timedelta(days=NEW_ACCOUNT_DAYS))
    if rows.vote_of(world, rows.cluster(world, item.id), voice) != choice:  # the same again stays where it was, before a brake too
        rows.put_vote(world, item.id, voice, choice=choice, group_id=counted_with(world, member), counts_from=counts_from)
    item = recount(world, item)
    brakes.watch(world, item)
    if member.guest or counts_from > world.now():
        return CountsLater(ItemNumber(item.number), title_of(item), CountsWhen(_counts_when(world, member, counts_from)))
    return Counted(Votes(item.supporters), Votes(item.opposers), ItemNumber(item.number), title_of(item))


def _counts_when(world: Any, member: Member, counts_from: dt.datetime) -> str:
    if member.guest:
        return str(world.phrases.text(AS_A_GUEST, member.language))
    day = world.phrases.day(world.organisation.local(counts_from), member.language)
    return str(world.phrases.text(AS_NEW, member.language)).format(day=day)


def counted_with(world: Any, member: Member) -> int | None:
    """The group that a member's voice is counted with: the first they are in."""
    mine = groups.of_member(world, member.id)
    return mine[0].id if mine else None


def author_voice(world: Any, item: Item) -> int | None:
    """The voice of whoever an item is of: it supports it already."""
    author = members.by_id(world, item.member_id) if item.member_id else None
    return author.voice if author else item.member_id


def recount(world: Any, item: Item) -> Item:
    """Count an item with all that were joined to it, and where it stands by that. Nobody counts twice."""
    ids = rows.cluster(world, item.id)
    good, bad, passed, sizes = rows.count(world, ids, world.now(), item.braked_at, author_voice(world, item))
    said = voice_rows.count_comments(world, ids)
    rows.change(world, item.id, supporters=good, opposers=bad, passes=passed, comments=said, score=ranking.support(good, bad, sizes))
    found = rows.by_id(world, item.id)
    assert found, "it has just been counted"
    return found


def count_grown_up(world: Any, hours: int = 25) -> int:
    """Votes of accounts that are old enough by now are counted. The span is longer than the clock sleeps: counting twice changes nothing."""
    now = world.now()
    some = {one.root_id for one in rows.by_ids(world, rows.still_young(world, now - dt.timedelta(hours=hours), now)).values()}
    for id in some:
        recount(world, rows.lock(world, id))
    return len(some)


def recount_of(world: Any, voice: int) -> int:
    """All that a voice has voted on is counted again: it is a member's now, or a guest's. How much that is."""
    roots = sorted({one.root_id for one in rows.by_ids(world, rows.voted_on(world, voice)).values()})
    for id in roots:
        recount(world, rows.lock(world, id))
    return len(roots)


def take_back(world: Any, caller: str, item: str) -> TakenBack | StaysThere | NoItem:
    """A vote, or an item of one's own that nobody has answered yet. Nobody is told. A need has a way of its own: money stands behind it."""
    member, found, own = the_member(world, caller), find(world, item), rows.by_number(world, item.strip())
    if own and own.member_id == member.id and own.kind != "need" and own.state in ("new", "held", "open", "looked_at", "refused"):
        if voice_rows.built_on(world, own.id, member.id):  # it stays; its author's name can go
            return StaysThere()
        withdraw(world, own, AUTHOR)
        return TakenBack()
    if found is None or not rows.drop_vote(world, rows.cluster(world, found.id), member.voice):
        return NoItem()
    recount(world, rows.lock(world, found.id))
    return TakenBack()


def withdraw(world: Any, item: Item, by: str) -> None:
    """Take an item back. What was joined to it stands on its own feet again."""
    item = rows.lock(world, item.id)
    if not may_go(item.state, "withdrawn"):
        return
    part_joined(world, item, by, "taken back")
    rows.change(world, item.id, state="withdrawn", state_at=world.now())
    voice_rows.add_change(world, item.id, item.state, "withdrawn", by, "")
    recount(world, item)


def part_joined(world: Any, item: Item, by: str, what: str) -> None:
    """What was joined to something that is gone stands on its own feet again."""
    for other in rows.joined_to(world, item.id):
        stands_alone(world, other, by, f"{item.number} was {what}")


def stands_alone(world: Any, item: Item, by: str, why: str) -> Item:
    """It is joined to nothing any more: where it stood before, with its own votes and words."""
    before = voice_rows.before_merged(world, item.id)
    rows.change(world, item.id, state=before, merged_into=None, state_at=world.now())
    voice_rows.add_change(world, item.id, "merged", before, by, why)
    found = rows.by_id(world, item.id)
    assert found, "it has just been changed"
    return recount(world, found)


def say(world: Any, caller: str, item: str, words: str, key: str) -> Commented | HeldWords | NoItem | SaidToday | Rests:
    """Something about an item. A word on the list makes it wait for a person, and the author hears which."""
    if brakes.rests(world, "comments"):
        return Rests()
    member, found = the_member(world, caller), find(world, item)
    if found is None or not seen_by(world, found, member) or not kind_of(found.kind).public:
        return NoItem()
    if voice_rows.comments_since(world, member.id, world.now() - dt.timedelta(days=1)) >= COMMENTS_A_DAY:
        return SaidToday()
    said = masked(alphabet.heard(words))
    held = brakes.held_word(world, said)
    voice_rows.add_comment(world, key=key, item_id=found.id, member_id=member.id, kind="say", words=said[:200], state="held" if held else "open")
    rows.change(world, found.id, comments=voice_rows.count_comments(world, rows.cluster(world, found.id)))
    if held:
        brakes.tell_held(world, member, found.number, held, key)
    return HeldWords() if held else Commented(ItemNumber(found.number), title_of(found))


def follow(world: Any, caller: str, item: str) -> Followed | FollowsNoMore | NoItem:
    member, found = the_member(world, caller), find(world, item)
    if found is None or not seen_by(world, found, member):
        return NoItem()
    if voice_rows.follow(world, found.id, member.id):
        return Followed()
    voice_rows.unfollow(world, found.id, member.id)
    return FollowsNoMore()
