"""The rules of a group in its own words: every member reads them, its leader writes them down."""

from __future__ import annotations

from typing import Any

from gateway.community.commons import rows
from gateway.community.commons.model import RULE_MOST, RULES_MOST, Few, RuleAdded, RuleGone, RulesFull
from gateway.community.groups import rows as groups
from gateway.community.groups.leading import leads
from gateway.community.groups.model import NotALeader
from gateway.community.groups.verbs import group_of
from gateway.members.verbs import the_member
from gateway.records.model import masked
from menus import alphabet
from menus.phrasebook import Row


def add_rule(world: Any, caller: str, group: str, words: str, key: str) -> RuleAdded | RulesFull | NotALeader:
    found = leads(world, caller, group)
    if found is None:
        return NotALeader()
    groups.lock(world, found.id)
    if rows.written_before(world, key):  # this very turn came before
        return RuleAdded()
    if len(rows.rules_of(world, found.id)) >= RULES_MOST:
        return RulesFull(Few(RULES_MOST))
    said = alphabet.plain(masked(alphabet.heard(words)))[:RULE_MOST]
    rows.add(world, rows.rules, key=key, group_id=found.id, words=said, member_id=the_member(world, caller).id, made_at=world.now())
    return RuleAdded()


def drop_rule(world: Any, caller: str, group: str, rule: str) -> RuleGone | NotALeader:
    """It is kept with the day on which it went, and shown no more."""
    found = leads(world, caller, group)
    if found is None or not rule.isdigit():
        return NotALeader()
    rows.drop_rule(world, found.id, int(rule))
    return RuleGone()


def group_rules(world: Any, caller: str, group: str) -> list[Row]:
    found = group_of(world, the_member(world, caller), group)
    return [Row(str(one.id), one.words) for one in rows.rules_of(world, found.id)] if found else []
