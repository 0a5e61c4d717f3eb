"""Rules that go from group to group: a group's own yes lets others see one, another's own yes takes it over, and whose it was stays beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gateway.community.commons import rows
from gateway.community.commons.model import RULES_MOST, Few, RulesFull, RuleWords
from gateway.community.commons.rules import ASKED_MOST, RULE_VOTE_DAYS, SHARE_YES
from gateway.community.groups import rows as groups
from gateway.community.groups.calling import open_by_member
from gateway.community.groups.model import Heads, NotInGroup
from gateway.community.groups.verbs import group_of
from gateway.community.groups.vote_model import VoteOpen, VotesByMembers
from gateway.community.items import brakes
from gateway.community.items.model import HeldWords
from gateway.community.model import Thing
from gateway.members.model import PlaceName
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

LISTED = 21  # shared rules that are shown: three pages


class TooFewToShare: ...


class RuleIsShared:
    """Other groups see it already."""


@dataclass(frozen=True)
class SharedRule:
    """A rule of another group, and how many groups have taken it over."""

    thing: Thing
    says: RuleWords
    of_group: PlaceName
    taken: Heads


class RuleNotShared: ...


def propose_sharing(
    world: Any, caller: str, group: str, rule: str, key: str
) -> VoteOpen | VotesByMembers | RuleIsShared | TooFewToShare | HeldWords | NotInGroup:
    """Any member asks the group to let other groups see a rule, with the name of the group."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    one = next((one for one in rows.rules_of(world, found.id) if str(one.id) == rule), None) if found else None
    if found is None or one is None:
        return NotInGroup()
    if one.shared_at:
        return RuleIsShared()
    if groups.heads_of(world, [found.id]).get(found.id, 0) < SHARE_YES:
        return TooFewToShare()
    if brakes.held_word(world, one.words):
        return HeldWords()
    return open_by_member(world, found, member, alphabet.cut(one.words, ASKED_MOST), RULE_VOTE_DAYS, key, kind="rule_all", rule_id=one.id)


def shared_rules(world: Any, caller: str, group: str) -> list[Row]:
    """What other groups let us see and this one does not have, most taken over first."""
    found = group_of(world, the_member(world, caller), group)
    if found is None:
        return []
    mine = {one.words for one in rows.rules_of(world, found.id)}
    theirs = [one for one, _ in rows.shared_rules(world, found.id, LISTED) if not brakes.held_word(world, one.words)]
    return [Row(str(one.id), one.words) for one in theirs if one.words not in mine]


def look_at_shared_rule(world: Any, caller: str, shared: str, group: str) -> SharedRule | RuleNotShared:
    found, one = group_of(world, the_member(world, caller), group), _shared(world, shared)
    other = groups.by_id(world, one.group_id) if one else None
    if found is None or one is None or other is None:
        return RuleNotShared()
    return SharedRule(Thing(f"rule-{one.id}"), RuleWords(one.words), PlaceName(other.name), Heads(rows.taken_over(world, [one.id]).get(one.id, 0)))


def propose_theirs(
    world: Any, caller: str, group: str, shared: str, key: str
) -> VoteOpen | VotesByMembers | HeldWords | RulesFull | RuleNotShared | NotInGroup:
    """Any member asks their own group to take over a rule of another."""
    member, one = the_member(world, caller), _shared(world, shared)
    found = group_of(world, member, group)
    if found is None:
        return NotInGroup()
    if one is None:
        return RuleNotShared()
    mine = rows.rules_of(world, found.id)
    if len(mine) >= RULES_MOST:
        return RulesFull(Few(RULES_MOST))
    return open_by_member(world, found, member, alphabet.cut(one.words, ASKED_MOST), RULE_VOTE_DAYS, key, kind="rule_in", rule_id=one.id, more=one.words)


def _shared(world: Any, id: str) -> Any | None:
    one = rows.rule(world, int(id)) if id.isdigit() else None
    return one if one and one.shared_at and not one.gone_at and not brakes.held_word(world, one.words) else None
