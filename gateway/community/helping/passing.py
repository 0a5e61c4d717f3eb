"""Knowing who knows is help too: a question goes on to whoever the router finds fit, who keeps its topic, or whom the caller names."""

from __future__ import annotations

import itertools
from typing import Any

from gateway.community.helping import keeper_rows, rows
from gateway.community.helping.model import AnotherKnower, KnowerAsked, NoQuestion, PassedOn
from gateway.community.helping.routing import WEEK, ask_one, best_helpers
from gateway.community.items import brakes
from gateway.community.items.model import Item, Rests
from gateway.community.items.verbs import find
from gateway.community.naming import sees
from gateway.members import rows as members
from gateway.members.model import AskedTooOften, Member, NotAMember, Yourself, short
from gateway.members.payments import receiver_of
from gateway.members.verbs import the_member
from menus.phrasebook import Row

OFFERED = 2  # by the router, and beside them who keeps the topic
OTHER = "other"


def pick_knower(
    world: Any, caller: str, item: str, knower: str
) -> PassedOn | KnowerAsked | NotAMember | Yourself | NoQuestion | AskedTooOften | Rests | AnotherKnower:
    """One of those who were offered, or somebody else whose number is typed."""
    return AnotherKnower() if knower == OTHER else pass_on(world, caller, item, knower)


def pass_on(world: Any, caller: str, item: str, to: str) -> PassedOn | KnowerAsked | NotAMember | Yourself | NoQuestion | AskedTooOften | Rests:
    """Somebody else knows better."""
    if brakes.rests(world, "questions"):
        return Rests()
    member, question = the_member(world, caller), find(world, item)
    if question is None or question.kind != "question":
        return NoQuestion()
    other = receiver_of(world, to)
    if other is None:
        return NotAMember()
    if other.id in (member.id, question.member_id):
        return Yourself()
    if rows.asked_since(world, [other.id], world.now() - WEEK).get(other.id, 0) >= _most(world, other):
        return AskedTooOften()
    if any(one.member_id == other.id for one in rows.routes_of(world, question.id)):
        return KnowerAsked()
    if asker := _asker(world, question):
        ask_one(world, question, asker, other, passed_by=member.id)
    rows.end_route(world, question.id, member.id, "passed")
    return PassedOn(short(other.name))


def _most(world: Any, member: Member) -> int:
    found = rows.helper(world, member.id)
    return found.most_a_week if found else 1


def _asker(world: Any, question: Item) -> Member | None:
    return members.by_ids(world, [question.member_id]).get(question.member_id) if question.member_id else None


# A fact.


def who_may_know(world: Any, caller: str, item: str) -> list[Row]:
    """The two whom the router finds fit best, of those who let the caller see them, and who keeps the topic: a vet, an officer, a member who said yes to
    it. Then somebody else.
    """
    member, question = the_member(world, caller), find(world, item)
    asker = _asker(world, question) if question and question.kind == "question" else None
    if question is None or asker is None:
        return []
    seen = (one for one in best_helpers(world, question, asker) if one.id != member.id and sees(world, one, member))
    fit = list(itertools.islice(seen, OFFERED))
    keeper = _keeper(world, question, {member.id, asker.id, *(one.id for one in fit)})
    offered = [Row(one.code, short(one.name)) for one in fit]
    if keeper:
        offered.append(Row(keeper.code, world.phrases.text("{name}, keeper", member.language).format(name=short(keeper.name))))
    return [*offered, Row(OTHER, world.phrases.text("Somebody else", member.language))] if offered else []


def _keeper(world: Any, question: Item, but: set[int]) -> Member | None:
    kept = keeper_rows.keepers(world).get(question.topic)
    if kept is None or kept.state != "yes" or kept.member_id in but:
        return None
    if any(one.member_id == kept.member_id for one in rows.routes_of(world, question.id)):
        return None
    known = members.by_ids(world, [kept.member_id]).get(kept.member_id)
    return known if known and known.status == "active" else None
