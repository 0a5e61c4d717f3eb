"""What is known about a topic, on one page: its tips, the questions that were answered, who helps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from gateway.community.helping import rows
from gateway.community.helping.keepers import keeper_of, old_among
from gateway.community.helping.model import Few
from gateway.community.items.model import Giver, ItemNumber, ItemWords, NoItem
from gateway.community.items.verbs import find, title_of
from gateway.community.naming import giver
from gateway.community.topics.verbs import called
from gateway.members import rows as members
from gateway.members.model import ShortName
from gateway.members.verbs import the_member
from menus.phrasebook import Row

SHOWN = 14
COUNTED_MOST = 99
OLD = "(old)"  # in the catalogue


class TopicName(str):
    longest: ClassVar[str] = "x" * 14


@dataclass(frozen=True)
class TopicShown:
    about: TopicName
    tips: Few
    solved: Few
    helpers: Few
    keeper: ShortName


@dataclass(frozen=True)
class SolvedShown:
    item: ItemNumber
    words: ItemWords
    said: ItemWords
    by: Giver


def look_at_topic(world: Any, caller: str, topic: str) -> TopicShown:
    helpers = [one for one in rows.helpers_of(world, "" if topic == "other" else topic, world.now(), COUNTED_MOST) if topic in one.topics]
    tips, solved = rows.tips_about(world, topic, COUNTED_MOST), rows.solved_about(world, topic, COUNTED_MOST)
    language = the_member(world, caller).language
    name = TopicName(called(world, topic, language))
    return TopicShown(name, Few(len(tips)), Few(len(solved)), Few(len(helpers)), keeper_of(world, topic, language))


def look_at_solved(world: Any, caller: str, solved: str) -> SolvedShown | NoItem:
    """A question and the answer that helped whoever asked."""
    question = find(world, solved)
    best = next(iter(rows.answers_to(world, [question.id], 1)), None) if question else None
    if question is None or best is None or not (best.helped or best.kind == "official"):
        return NoItem()
    author = members.by_ids(world, [best.member_id]).get(best.member_id) if best.member_id else None
    reader = the_member(world, caller)
    return SolvedShown(ItemNumber(question.number), ItemWords(question.words), ItemWords(best.words), giver(world, best.by, author, reader))


# Facts.


def tips_about(world: Any, caller: str, topic: str) -> list[Row]:
    """By how sure it is that they help; what nobody has looked at for a season is marked."""
    listed = rows.tips_about(world, topic, SHOWN)
    old, mark = old_among(world, listed), world.phrases.text(OLD, the_member(world, caller).language)
    return [Row(one.number, f"{title_of(one)} {mark}" if one.id in old else title_of(one)) for one in listed]


def solved_about(world: Any, caller: str, topic: str) -> list[Row]:
    """The newest first."""
    return [Row(one.number, title_of(one)) for one in rows.solved_about(world, topic, SHOWN)]
