"""What can be told of questions, tips and helpers. Reads only."""

from __future__ import annotations

from typing import Any

from gateway.community.helping import rows
from gateway.community.helping.verbs import OTHER, answered_alike
from gateway.community.items import rows as items
from gateway.community.items.verbs import find, title_of
from gateway.community.naming import giver
from gateway.community.topics.model import ANY
from gateway.community.topics.verbs import called, codes, listed
from gateway.members import rows as members
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

MINE_SHOWN = 14
NAMES_MOST = 80  # letters of the names of topics in an SMS


def topics(world: Any, caller: str) -> list[Row]:
    member = the_member(world, caller)
    return [Row(one, called(world, one, member.language)) for one in codes(world)]


def topic_names(world: Any, caller: str) -> str:
    """As many as an SMS has room for."""
    said: list[str] = []
    for one in codes(world):
        name = called(world, one, the_member(world, caller).language)
        if one != ANY and len(", ".join([*said, name])) <= NAMES_MOST:
            said.append(name)
    return ", ".join(said)


def topics_and_mine(world: Any, caller: str) -> list[Row]:
    """Every topic, those that the caller helps with marked."""
    member = the_member(world, caller)
    found = rows.helper(world, member.id)
    mine = set(found.topics) if found else set()
    return [Row(one, called(world, one, member.language) + (" *" if one in mine else "")) for one in codes(world)]


def my_topics(world: Any, caller: str) -> str:
    member = the_member(world, caller)
    found = rows.helper(world, member.id)
    if found and found.rests_until and found.rests_until > world.now():
        return str(world.phrases.text("you rest", member.language))
    return listed(world, found.topics if found else (), member.language) or str(world.phrases.text("nothing yet", member.language))


def old_answers(world: Any, caller: str, words: str) -> list[Row]:
    member = the_member(world, caller)
    found = [Row(item.number, alphabet.cut(alphabet.plain(item.words), 30)) for item, _ in answered_alike(world, words)]
    return [*found, Row(OTHER, world.phrases.text("No, mine is new", member.language))]


def my_questions(world: Any, caller: str) -> list[Row]:
    """With how many answers each has."""
    mine = items.of_member(world, the_member(world, caller).id, ("question",), MINE_SHOWN)
    return [Row(one.number, f"{title_of(one)}: {len(rows.answers_to(world, items.cluster(world, one.root_id), 9))}") for one in mine]


def answers_to_mine(world: Any, caller: str, item: str) -> list[Row]:
    found = find(world, item)
    given = rows.answers_to(world, items.cluster(world, found.id), 9) if found else []
    who, reader = members.by_ids(world, [one.member_id for one in given if one.member_id]), the_member(world, caller)
    return [Row(str(one.id), f"{giver(world, one.by, who.get(one.member_id), reader, helped=one.helped)}: {one.words}") for one in given]


def asked_count(world: Any, caller: str) -> int:
    return len(rows.asked_of(world, the_member(world, caller).id, 9))


def check_count(world: Any, caller: str) -> int:
    return len(rows.to_check(world, the_member(world, caller).id, 9))
