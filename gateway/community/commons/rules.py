"""The rules of a group in its own words: every member reads them and may have the group vote on a change, its leader writes them down.

What a vote decides about a rule is written down by the machine, not by whoever leads.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.commons import rows
from gateway.community.commons.model import RULE_MOST, RULES_MOST, Few, NewRule, RuleAdded, RuleGone, RulePicked, RulesFull, RulesOfOthers, RuleWords
from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import rows as groups
from gateway.community.groups.ballot_rows import GroupVote
from gateway.community.groups.calling import open_by_member
from gateway.community.groups.leading import leads
from gateway.community.groups.model import NOTICE_MOST, NotALeader, NotInGroup
from gateway.community.groups.results import TAKEN
from gateway.community.groups.verbs import group_of
from gateway.community.groups.vote_model import DECIDED_DAYS, VoteOpen, VotesByMembers
from gateway.community.items import brakes
from gateway.community.items.model import HeldWords
from gateway.community.model import Thing
from gateway.members.verbs import the_member
from gateway.records.model import masked
from menus import alphabet
from menus.phrasebook import Row

PROPOSE = "new"  # the last line of the list of rules
PROPOSE_ONE = "Ask for a new rule"  # in the catalogue
OTHERS = "others"  # the line behind it
OF_OTHERS = "Rules of other groups"  # in the catalogue
RULE_VOTE_DAYS = 7  # all must have had a meeting or a market day to speak of it
DONE_TO_A_RULE = {"rule_out": rows.drop_rule, "rule_all": rows.share_rule}  # what a yes does to one that is there
SHARE_YES = 3  # who must have said yes before other groups see a rule, and so the members of a group that may ask it: nobody speaks to all groups alone
ASKED_MOST = 44  # letters of a rule in a vote: what the question has room for


def add_rule(world: Any, caller: str, group: str, words: str, key: str) -> RuleAdded | RulesFull | HeldWords | NotALeader:
    found = leads(world, caller, group)
    if found is None:
        return NotALeader()
    if brakes.held_word(world, words):
        return HeldWords()
    groups.lock(world, found.id)
    if rows.written_before(world, key):  # this very turn came before
        return RuleAdded()
    if len(rows.rules_of(world, found.id)) >= RULES_MOST:
        return RulesFull(Few(RULES_MOST))
    said = _plain(words)
    rows.add(world, rows.rules, key=key, group_id=found.id, words=said, member_id=the_member(world, caller).id, made_at=world.now())
    return RuleAdded()


def drop_rule(world: Any, caller: str, group: str, rule: str) -> RuleGone | NotALeader:
    """It is kept with the day on which it went, and shown no more."""
    found = leads(world, caller, group)
    if found is None or not rule.isdigit():
        return NotALeader()
    rows.drop_rule(world, found.id, int(rule))
    return RuleGone()


def _plain(words: str) -> str:
    return str(alphabet.plain(masked(alphabet.heard(words))))[:RULE_MOST]


def group_rules(world: Any, caller: str, group: str) -> list[Row]:
    found = group_of(world, the_member(world, caller), group)
    return [Row(str(one.id), one.words) for one in rows.rules_of(world, found.id)] if found else []


def rules_and_more(world: Any, caller: str, group: str) -> list[Row]:
    """The rules; then that one may ask for another; at last what other groups let us see, if there is anything."""
    language, found = the_member(world, caller).language, group_of(world, the_member(world, caller), group)
    more = [Row(PROPOSE, world.phrases.text(PROPOSE_ONE, language))]
    if found and rows.shared_rules(world, found.id, 1):
        more.append(Row(OTHERS, world.phrases.text(OF_OTHERS, language)))
    return [*group_rules(world, caller, group), *more]


def pick_rule(world: Any, caller: str, group: str, rule: str) -> RulePicked | NewRule | RulesOfOthers | NotInGroup:
    if rule == OTHERS:
        return RulesOfOthers()
    if rule == PROPOSE:
        return NewRule()
    words = next((row.label for row in group_rules(world, caller, group) if row.value == rule), None)
    return RulePicked(Thing(f"rule-{rule}"), RuleWords(words)) if words else NotInGroup()


def propose_rule(world: Any, caller: str, group: str, words: str, key: str) -> VoteOpen | VotesByMembers | HeldWords | RulesFull | NotInGroup:
    """Any member asks the group for a new rule."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None:
        return NotInGroup()
    if len(rows.rules_of(world, found.id)) >= RULES_MOST:
        return RulesFull(Few(RULES_MOST))
    return open_by_member(world, found, member, _plain(words)[:ASKED_MOST], RULE_VOTE_DAYS, key, kind="rule_in")


def propose_out(world: Any, caller: str, group: str, rule: str, key: str) -> VoteOpen | VotesByMembers | HeldWords | NotInGroup:
    """Any member asks the group to take a rule out."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    one = next((one for one in rows.rules_of(world, found.id) if str(one.id) == rule), None) if found else None
    if found is None or one is None:
        return NotInGroup()
    return open_by_member(world, found, member, alphabet.cut(one.words, ASKED_MOST), RULE_VOTE_DAYS, key, kind="rule_out", rule_id=one.id)


def write_decided(world: Any) -> int:
    """What groups have decided about their rules is written down, once: a rule that was voted in and taken out later stays out."""
    written = 0
    for vote in ballots.rules_decided(world, world.now() - dt.timedelta(days=DECIDED_DAYS)):
        if vote.kind == "rule_all" and _yes_of(vote) < SHARE_YES:
            continue
        if vote.kind in DONE_TO_A_RULE and vote.rule_id is not None:
            written += DONE_TO_A_RULE[vote.kind](world, vote.group_id, vote.rule_id)
            continue
        key = f"vote:{vote.id}"
        groups.lock(world, vote.group_id)
        if not rows.written_before(world, key):  # beyond the usual number too: it was decided
            theirs = rows.rule(world, vote.rule_id) if vote.rule_id else None
            if theirs and theirs.gone_at:  # taken out meanwhile, by its group or by a person: it goes nowhere
                continue
            said = {"words": theirs.words if theirs else vote.question, "member_id": vote.member_id, "from_id": vote.rule_id}
            written += rows.add(world, rows.rules, key=key, group_id=vote.group_id, made_at=world.now(), **said)
            if theirs:
                _tell_whose(world, vote, theirs)
    return written


def _yes_of(vote: GroupVote) -> int:
    """How many said yes, as the result has it: `yes yes=3 no=0 unsure=1`."""
    return next((int(one.removeprefix("yes=")) for one in vote.said.split() if one.startswith("yes=")), 0)


def _tell_whose(world: Any, vote: GroupVote, theirs: Any) -> None:
    """The group whose rule was taken over reads it as a notice."""
    if taker := groups.by_id(world, vote.group_id):
        words = f"{TAKEN}{taker.number} {theirs.words}"[:NOTICE_MOST]
        groups.add_notice(world, key=f"taken:{vote.id}", group_id=theirs.group_id, member_id=theirs.member_id, words=words)
