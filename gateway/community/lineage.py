"""Ideas and tips that grow out of others: whose it was first stays beside it, and hears of it once (a trackback)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, ClassVar

from gateway.community.helping import tips
from gateway.community.helping.model import TIP_MOST, TooManyTips
from gateway.community.items import brakes, looking, origin_rows, rows
from gateway.community.items.model import SHOWN, Item, ItemNumber, NoItem, Rests
from gateway.community.items.telling import ABOUT, author_name, texts_left
from gateway.community.items.verbs import SAID_A_DAY, author_voice, find, shown_to, title_of
from gateway.community.model import TooMany
from gateway.members import rows as members
from gateway.members.verbs import the_member
from gateway.records import rows as records
from gateway.records.verbs import NewText, write_texts
from menus import alphabet
from menus.book import more_notices
from menus.phrasebook import Row

GROWS = ("idea", "tip")  # kinds that others build on: the rest is answered, done or gone
LISTED = 14  # two pages
DEPTH_MOST = 50  # steps back to the first; there is no circle, for what is built is always newer
TOLD_WITHIN_DAYS = 30  # what waits longer for a person is no news to anybody
TOLD_AT_ONCE = 200  # in one run of the clock
TOLD_A_DAY = 3  # SMS to one author; what is more is told on the next days
WORDS_SHOWN = 44  # letters of the new one in the SMS
FROM, BUILT = "From {number}", "Built on by {count}"  # in the catalogue


class Lineage(str):
    """Where something comes from and how much grew out of it, behind what else is said; nothing where there is none."""

    longest: ClassVar[str] = ". Kutoka 12345. Wamejengea 99"


@dataclass(frozen=True)
class BuiltOn:
    number: ItemNumber


@dataclass(frozen=True)
class TipTooLong:
    most: int


@dataclass(frozen=True)
class BuiltLater:
    """It waits first: for a person, or for two members who say that it is right."""

    number: ItemNumber


def build_on(world: Any, caller: str, item: str, words: str, key: str) -> BuiltOn | BuiltLater | TipTooLong | TooMany | Rests | NoItem:
    """One's own idea or tip that grows out of this one, with the name that its author shows to everyone, or else only the village."""
    member, found = the_member(world, caller), find(world, item)
    if found is None or found.kind not in GROWS or not shown_to(found, member):
        return NoItem()
    if found.kind == "tip" and len(words) > TIP_MOST:
        return TipTooLong(TIP_MOST)
    how = "name" if member.shown_to == "everyone" else "village"
    idea = found.kind == "idea"
    said = looking.share_idea(world, caller, words, how, key) if idea else tips.write_tip(world, caller, found.topic, words, key)
    if isinstance(said, TooMany | TooManyTips):
        return TooMany(SAID_A_DAY)
    if isinstance(said, Rests):
        return said
    made = rows.by_key(world, key)
    assert made, "it has just been said"
    if made.id != found.id:
        origin_rows.add(world, made.id, found.id)
    waits = made.state == "held" or (made.kind, made.state) == ("tip", "new")
    return (BuiltLater if waits else BuiltOn)(ItemNumber(made.number))


# What can be seen of it.


def lineage(world: Any, caller: str, item: str) -> Lineage:
    found, language = find(world, item), the_member(world, caller).language
    if found is None or found.kind not in GROWS:
        return Lineage("")
    said = []
    if before := before_of(world, found):
        said.append(world.phrases.text(FROM, language).format(number=before.number))
    if count := origin_rows.count_built_on(world, found.id):
        said.append(world.phrases.text(BUILT, language).format(count=min(count, 99)))
    return Lineage("".join(f". {one}" for one in said))


def before_of(world: Any, item: Item) -> Item | None:
    """What it was built on, as far as that stands."""
    before = origin_rows.origin_of(world, item.id)
    found: Item | None = rows.by_id(world, before) if before else None
    return found if found and found.state not in ("withdrawn", "refused", "held") else None


def chain_of(world: Any, item: Item) -> list[Item]:
    """From what it was built on back to the first, whatever became of it."""
    chain: list[Item] = []
    while len(chain) < DEPTH_MOST and (before := origin_rows.origin_of(world, (chain[-1] if chain else item).id)):
        one = rows.by_id(world, before)
        if one is None:
            break
        chain.append(one)
    return chain


def can_be_built_on(world: Any, caller: str, item: str) -> bool:
    found = find(world, item)
    return found is not None and found.kind in GROWS


def is_built_on(world: Any, caller: str, item: str) -> bool:
    found = find(world, item)
    return found is not None and bool(origin_rows.count_built_on(world, found.id))


def built_on(world: Any, caller: str, item: str) -> list[Row]:
    found = find(world, item)
    known = rows.by_ids(world, ids := origin_rows.built_on(world, found.id, LISTED)) if found else {}
    return [Row(known[id].number, f"{known[id].number} {title_of(known[id])}") for id in ids if id in known] if found else []


# By the clock.


def tell_first_authors(world: Any) -> int:
    """Whose idea or tip others built on hears of it once, by an SMS of the month's, when all can see what grew out of it. How many hear."""
    told, now = 0, world.now()
    if brakes.rests(world, "voice_sms"):
        return told
    for item_id, from_id in origin_rows.untold(world, now - dt.timedelta(days=TOLD_WITHIN_DAYS), TOLD_A_DAY, TOLD_AT_ONCE):
        known = rows.by_ids(world, (item_id, from_id))
        made, first = known[item_id], known[from_id]
        author = members.by_ids(world, [first.member_id]).get(first.member_id) if first.member_id else None
        if author is None or author.status != "active" or first.state not in SHOWN or author_voice(world, first) == author_voice(world, made):
            origin_rows.note_told(world, item_id)
            continue
        if not texts_left(world):
            return told
        if records.stopped(world, author.number, ABOUT):  # it stands under what was built on it all the same
            origin_rows.note_told(world, item_id)
            continue
        if origin_rows.note_told(world, item_id):
            by = members.by_ids(world, [made.member_id]).get(made.member_id) if made.member_id else None
            words = world.phrases.say(
                more_notices.BUILT_ON, author.language, name=author_name(world, made, by, author.language), number=first.number,
                words=alphabet.cut(made.words, WORDS_SHOWN), code=world.organisation.dial(made.number),
            )  # fmt: skip
            write_texts(world, [NewText(f"built:{item_id}", author.number, "service", words, author.id, ABOUT, author.hours)])
            told += 1
    return told
