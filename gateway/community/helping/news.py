"""News of the village: members say what happened, others whether they saw it too, and each line carries an honest badge."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.helping.model import NEWS_MOST, Badge, NewsHeld, NewsSaved, NewsShown, Place, SawIt, TooMuchNews
from gateway.community.items import brakes
from gateway.community.items import rows as items
from gateway.community.items.model import Closed, Counted, CountsLater, Item, ItemNumber, ItemWords, NoItem, OwnItem, Rests, SaidToday, Votes
from gateway.community.items.verbs import find, make, title_of, vote
from gateway.community.naming import named, signed
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

NEWS_BY_SMS = 38  # letters of each, so that two of them with their badges fit one SMS
NEWS_SHOWN = 14
NEWS_DAYS = 14  # older than this it is no news
NEWS_A_DAY = 3  # of one member


def send_news(world: Any, caller: str, words: str, key: str) -> NewsSaved | NewsHeld | TooMuchNews | Rests:
    member = the_member(world, caller)
    if known := items.by_key(world, key):
        return NewsSaved(ItemNumber(known.number))
    if brakes.rests(world, "news"):
        return Rests()
    since = world.now() - dt.timedelta(days=1)
    sent = [one for one in items.of_member(world, member.id, ("news",), NEWS_A_DAY) if one.made_at >= since]
    if len(sent) >= NEWS_A_DAY:
        return TooMuchNews()
    said = make(world, caller, "news", words[:NEWS_MOST], key)
    if said is None:
        return TooMuchNews()
    return NewsHeld() if said.state == "held" else NewsSaved(ItemNumber(said.number))


def badge(world: Any, item: Item, language: str) -> Badge:
    """Not checked, so many saw it, or checked by whom: never more than is so."""
    if item.checked_by:
        by = signed(world, item.checked_by, language)
        return Badge(str(world.phrases.text("checked: {by}", language)).format(by=by))
    if item.supporters:
        return Badge(str(world.phrases.text("{count} saw it", language)).format(count=min(item.supporters, 999)))
    return Badge(world.phrases.text("not checked", language))


def village_news(world: Any, caller: str) -> list[Row]:
    """The newest first, those of the own village before the others."""
    member = the_member(world, caller)
    found = [one for one in items.newest(world, ("news",), ("open", "looked_at"), 4 * NEWS_SHOWN) if (world.now() - one.made_at).days < NEWS_DAYS]
    who = members.by_ids(world, [one.member_id for one in found if one.member_id])
    found.sort(key=lambda one: (not _near(who.get(one.member_id or 0), member), -one.id))
    return [Row(one.number, title_of(one)) for one in found[:NEWS_SHOWN]]


def two_news(world: Any, caller: str) -> str:
    """The newest two for an SMS, each with its badge, and how to say whether it is true."""
    member, told = the_member(world, caller), []
    for row in village_news(world, caller)[:2]:
        found = find(world, row.value)
        if found:
            told.append(f"{found.number} {alphabet.cut(alphabet.plain(found.words), NEWS_BY_SMS)} ({badge(world, found, member.language)}).")
    if not told:
        return str(world.phrases.text("No news now. To send some: NEWS and your words.", member.language))
    return " ".join([*told, str(world.phrases.text("True? VOTE and number", member.language))])


def _near(author: Member | None, member: Member) -> bool:
    return bool(author and member.village and author.village.lower() == member.village.lower())


def look_at_news(world: Any, caller: str, item: str) -> NewsShown | NoItem:
    member, found = the_member(world, caller), find(world, item)
    if found is None or found.kind != "news" or found.state not in ("open", "looked_at"):
        return NoItem()
    items.look(world, found.id)
    author = members.by_ids(world, [found.member_id]).get(found.member_id) if found.member_id else None
    shown = author if author and found.shown != "sealed" else None
    name, village = named(world, shown, member, member.language), shown.village if shown else ""
    village = village or str(world.phrases.text("no village", member.language))
    return NewsShown(ItemNumber(found.number), ItemWords(found.words), name, Place(village), badge(world, found, member.language))


def say_if_true(world: Any, caller: str, item: str, show: str) -> SawIt | OwnItem | SaidToday | Rests | NoItem:
    """I saw it too, or it is not true. Nobody is a witness of their own."""
    found = find(world, item)
    if found is None or found.kind != "news":
        return NoItem()
    said = vote(world, caller, found.number, show)
    if isinstance(said, Closed | NoItem):
        return NoItem()
    if not isinstance(said, Counted | CountsLater):
        return said
    now = items.by_id(world, found.id) or found
    return SawIt(Votes(now.supporters), Votes(now.opposers))
