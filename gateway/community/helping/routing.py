"""Who is asked: helpers who know the topic, near, of the same language, not asked too often; others while nobody answers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.helping import rows
from gateway.community.helping.model import HELPERS_ASKED, HELPERS_LOOKED_AT, ROUNDS, TO_ONE
from gateway.community.items import brakes, ranking
from gateway.community.items.model import Item
from gateway.community.naming import named
from gateway.community.places import nearness
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.records.verbs import NewText, write_texts
from menus import alphabet
from menus.book import notices

WEEK = dt.timedelta(days=7)
ABOUT = "helping"  # how these messages are counted
UNANSWERED_SEEN = 200  # questions without an answer that are looked at in one go, the oldest first


def route(world: Any, question: Item, asker: Member) -> int:
    """Ask the best helpers that there are; how many. Nobody is asked more often in a week than they want. What is asked of one goes to nobody else."""
    if question.about.startswith(TO_ONE):
        fellow = members.by_code(world, question.about.removeprefix(TO_ONE))
        return int(fellow is not None and fellow.status == "active" and ask_one(world, question, asker, fellow))
    chosen = best_helpers(world, question, asker)[:HELPERS_ASKED]
    for one in chosen:
        ask_one(world, question, asker, one)
    return len(chosen)


def best_helpers(world: Any, question: Item, asker: Member) -> list[Member]:
    """Who may be asked and was not yet, who fits best first: they know the topic, are in no quiet hour and were not asked as often as they want."""
    now = world.now()
    topic, before = "" if question.topic == "other" else question.topic, {one.member_id for one in rows.routes_of(world, question.id)}
    found = [one for one in rows.helpers_of(world, topic, now, HELPERS_LOOKED_AT) if one.member_id not in {asker.id, *before} and one.topics]
    found = [one for one in found if not one.is_quiet(world.organisation.local(now))]
    load = rows.asked_since(world, [one.member_id for one in found], now - WEEK)
    found = [one for one in found if load.get(one.member_id, 0) < one.most_a_week]
    who = members.by_ids(world, [one.member_id for one in found])
    done = rows.answers_by(world, [one.member_id for one in found], topic)
    best = sorted(found, key=lambda one: -_fitness(world, who[one.member_id], asker, question, done.get(one.member_id, []), load.get(one.member_id, 0)))
    return [who[one.member_id] for one in best]


def let_through(world: Any, question: Item) -> int:
    """A person has looked at a question that had waited: now helpers are asked. While that rests nobody is; they are asked when it goes on."""
    if brakes.rests(world, "questions"):
        return 0
    asker = members.by_ids(world, [question.member_id]).get(question.member_id) if question.member_id else None
    return route(world, question, asker) if asker and asker.status == "active" else 0


def ask_more(world: Any) -> int:
    """Of what nobody has answered in a day others are asked, until it has been asked in so many rounds."""
    asked, before = 0, world.now() - dt.timedelta(days=1)
    for question in rows.unanswered(world, UNANSWERED_SEEN, since=world.now() - WEEK):  # older ones have had their rounds, and must not stand before these
        routes = rows.routes_of(world, question.id)
        if len(routes) < ROUNDS * HELPERS_ASKED and all(one.asked_at <= before for one in routes) and question.state_at <= before:
            asked += let_through(world, question)
    return asked


def _fitness(world: Any, helper: Member, asker: Member, question: Item, answers: list[tuple[bool, dt.datetime]], load: int) -> float:
    """How well a helper fits: what their answers have done so far, how near they live, the language, less what they have on their hands."""
    now = world.now()
    days = [(helped, (now - at).total_seconds() / 86_400) for helped, at in answers]
    helped = sum(ranking.faded(1, age) for good, age in days if good)
    given = sum(ranking.faded(1, age) for _, age in days)
    near = 0.3 * nearness(world, asker.village, helper.village)
    return ranking.reputation(helped, given) + near + 0.2 * (helper.language == question.language) - 0.1 * load


def ask_one(world: Any, question: Item, asker: Member, helper: Member, passed_by: int | None = None) -> bool:
    if not rows.ask(world, question.id, helper.id, passed_by):
        return False
    words = world.phrases.say(
        notices.HELPER_ASK,
        helper.language,
        name=named(world, asker if question.shown != "sealed" else None, helper, helper.language),
        words=alphabet.cut(alphabet.plain(question.words), 80),
        number=question.number,
    )
    write_texts(world, [NewText(f"route:{question.id}:{helper.id}", helper.number, "service", words, helper.id, ABOUT, helper.hours)])
    return True
