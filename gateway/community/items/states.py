"""How an item goes on, and who may say so. Called from the console and from the phone alike."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from gateway.community.items import plan_rows, rows, standing, telling, voice_rows, wish_rows
from gateway.community.items.model import (
    BACK,
    FLAGS_TO_HIDE,
    INCIDENT,
    NEW_ACCOUNT_DAYS,
    REPORTS_A_DAY,
    Comment,
    Item,
    NoItem,
    Reported,
    SaidToday,
    kind_of,
    may_go,
)
from gateway.community.items.plan_model import COST_MOST, GUESS_MOST, OWNER_MOST, PLAN_DAYS_MOST, STOP_MOST, Plan, wanted_again
from gateway.community.items.telling import settle_reports
from gateway.community.items.verbs import author_voice, find, may_decide, recount, seen_by, stands_alone
from gateway.community.kinds import steps
from gateway.members.verbs import the_member
from menus import alphabet

DANGER = "danger"  # a reason of a report that rests a tip at once
MEMBERS = "the members"  # by whom a step is that so many of them asked for
CLOCK = "the clock"  # by whom a step is that nobody took
ASK_AGAIN_DAYS = 7  # after which whoever has not said whether it is good is asked once more
SILENT_DAYS = 14  # after the second question, and it is closed without a yes
ASKED, SILENT = "asked again", "silent"  # as the steps of its life say it
VOTED_ON = ("idea", "problem", "statement")  # what may be refused and wanted all the same
CLOSED_AT_ONCE = 200  # in one run of the clock


class CannotGo(Exception):
    """A state does not lead to that one, or something is missing for it."""


def go(
    world: Any, item: Item, after: str, by: str, why: str = "", *, plan: Plan | None = None, signed: str = "", tell: bool = True, by_author: bool = False
) -> Item:
    """A step of an item's life. What is planned needs a plan, what is tried a plan with what stops it; `signed` is who answers, as members read it. An author
    who takes it is told nothing of it.
    Raises CannotGo, with the reason to show.
    """
    item = rows.lock(world, item.id)
    if steps.who_may(world, item.kind, after) == "nobody":
        raise CannotGo("this kind has no such step")
    if not may_go(item.state, after):
        raise CannotGo(f"{item.state.replace('_', ' ')} does not lead to {after.replace('_', ' ')}")
    if after in ("declined", "refused", "already_there", "planned") and not why.strip():
        raise CannotGo("say why, or from when: members read it")
    if after in ("trying", "done") and item.state in ("planned", "trying") and (waits := wish_rows.paused_by(world, item)):
        raise CannotGo(f"{waits} members say: wait, talk first. Answer them, then it goes on")
    _promise(world, item, after, plan)
    if after == "done" and not why.strip() and plan_rows.guessed(world, [item.id]):
        raise CannotGo("say what came: members read it beside what was expected")
    said = alphabet.plain(why.strip())
    values: dict[str, Any] = {"state": after, "state_at": world.now()}
    if said and after not in ("held", "open", "closed"):  # what stands there stays the answer, whatever the author says of it
        values["answer"] = signed_answer(said, signed)
    rows.change(world, item.id, **values)
    change = voice_rows.add_change(world, item.id, item.state, after, by, said)
    now = rows.by_id(world, item.id)
    assert now, "it has just been changed"
    if item.state == "held" or after in ("declined", "refused"):
        settle_reports(world, item.id, hidden=after in ("declined", "refused"))
    if tell:
        telling.tell(world, now, after, change, said, by_author=by_author)
    return now


def signed_answer(said: str, signed: str) -> str:
    """An answer with who gave it, as it is kept and read."""
    return (f"{said} - {alphabet.plain(signed)}" if signed else said)[:160]


def _promise(world: Any, item: Item, after: str, plan: Plan | None) -> None:
    """Keep what is promised of a step that needs it. A trial that goes back to its plan may go by the old one."""
    if after == "planned" and plan is None and item.state != "trying":
        raise CannotGo("by which day, who sees to it and what it costs is needed: members read it")
    if after == "trying" and (plan is None or not plan.stop.strip()):
        raise CannotGo("by which day it is over and what stops it before is needed: members read it")
    if plan and plan.due <= world.organisation.local(world.now()).date():
        raise CannotGo("the day is to come")
    if plan and plan.due > world.organisation.local(world.now()).date() + dt.timedelta(days=PLAN_DAYS_MOST):
        raise CannotGo(f"a day within {PLAN_DAYS_MOST} days can be promised")
    if plan and item.state == after and plan == plan_rows.last(world, item.id):
        raise CannotGo("that is promised already")
    if plan and not (plan.owner.strip() and plan.cost.strip()):
        raise CannotGo("who sees to it and what it costs is needed")
    if plan and after in ("planned", "trying"):
        said = ((plan.owner, OWNER_MOST), (plan.cost, COST_MOST), (plan.stop, STOP_MOST), (plan.guess, GUESS_MOST))
        plan_rows.add(world, item.id, Plan(plan.due, *(alphabet.plain(one.strip())[:most] for one, most in said)))


def ask_authors_again(world: Any) -> int:
    """Whoever has not said in a week whether what was done is good is asked once more. How many."""
    some = rows.done_before(world, world.now() - dt.timedelta(days=ASK_AGAIN_DAYS), ASKED, CLOSED_AT_ONCE)
    for one in some:
        item = rows.lock(world, one.id)
        if item.state == "done" and not rows.is_asked(world, item.id, ASKED):  # another clock may have been faster
            change = voice_rows.add_change(world, item.id, "done", "done", CLOCK, ASKED)
            telling.ask_again_if_done(world, item, change)
    return len(some)


def close_silent(world: Any) -> int:
    """What was done is closed when whose it is was asked twice and has said nothing for two weeks more; kept as silent, not as a yes. A case stays
    open: only who it is of closes that. How many.
    """
    some = rows.asked_before(world, world.now() - dt.timedelta(days=SILENT_DAYS), ASKED, CLOSED_AT_ONCE)
    for one in some:
        if (item := rows.lock(world, one.id)).state == "done":
            go(world, item, "closed", CLOCK, SILENT, tell=False)
    return len(some)


def look_again(world: Any) -> int:
    """What was refused and is wanted all the same is looked at once more: by as many new votes as it had, ten at least. How many."""
    found = 0
    for one in rows.newest(world, VOTED_ON, ("declined",), CLOSED_AT_ONCE):
        item = rows.lock(world, one.id)
        more = rows.for_since(world, rows.cluster(world, item.id), item.state_at, world.now(), item.braked_at, author_voice(world, item))
        if item.state == "declined" and more >= wanted_again(item.supporters - more):
            go(world, item, "open", MEMBERS, f"{more} more want it", tell=False)
            found += 1
    return found


def mark_comment(world: Any, one: Comment, state: str) -> None:
    """A person lets something that was said through, or hides it: who said it hears of that, and who reported it."""
    settle_reports(world, one.item_id, one.id, hidden=state == "hidden")
    if one.state != BACK:  # what its author took back stays away, whatever a person thinks of it
        _turn_comment(world, one, state)


def _turn_comment(world: Any, one: Comment, state: str) -> None:
    item = rows.by_ids(world, [one.item_id])[one.item_id]
    voice_rows.change_comment(world, one.id, state=state)
    rows.change(world, item.root_id, comments=voice_rows.count_comments(world, rows.cluster(world, item.root_id)))
    if state != one.state:
        telling.tell_commenter(world, item, one, state)


def report(world: Any, caller: str, number: str, reason: str, comment: int = 0, words: str = "") -> Reported | NoItem | SaidToday:
    """Tell a person that something is not right. When several members do, it rests until one has looked; nobody is punished by a count."""
    member, item = the_member(world, caller), find(world, number)
    if item is None or not seen_by(world, item, member):
        return NoItem()
    if voice_rows.flags_since(world, member.voice, world.now() - dt.timedelta(days=1)) >= REPORTS_A_DAY:
        return SaidToday()
    voice_rows.flag(world, item.id, comment, member.voice, reason, words)
    reporters = voice_rows.reporters(world, item.id, comment)
    if reason == DANGER and item.kind == "tip" and not comment and may_decide(world, member) and item.state in ("open", "looked_at"):
        go(world, item, "held", "reports", telling.SAID_DANGEROUS)  # a wrong dose does not wait for a third
    elif _weight(world, reporters) >= FLAGS_TO_HIDE:
        one = voice_rows.comment(world, comment) if comment else None
        if one and one.state == "open":
            _turn_comment(world, one, "held")
        elif not comment and item.topic != INCIDENT and item.state in ("open", "looked_at"):
            go(world, item, "held", "reports", f"{len(reporters)}{telling.REPORTED_IT}")
    return Reported()


def _weight(world: Any, reporters: Sequence[int]) -> int:
    """How much so many reports weigh: one each, none of an account of this week, more of who has helped many. Never one alone."""
    known, settled = standing.levels(world, reporters), rows.members_before(world, reporters, world.now() - dt.timedelta(days=NEW_ACCOUNT_DAYS))
    return sum(standing.REPORT_WEIGHT if known.get(id, 0) >= standing.REPORT else 1 for id in reporters if id in settled)


def merge(world: Any, item: Item, into: Item, by: str, *, tell: bool = True) -> Item:
    """Join an item to another. Author, votes and words stay with it and count there; the author may say that they are not the same."""
    first, second = sorted((item.id, into.id))
    rows.lock(world, first)
    rows.lock(world, second)
    item, root = rows.by_id(world, item.id) or item, rows.by_id(world, into.root_id) or into
    if not kind_of(item.kind).public or item.kind == "need":  # a case is between two, and money stands behind a need
        raise CannotGo("nothing of this kind is joined")
    if item.id == root.id or item.kind != root.kind or not may_go(item.state, "merged") or root.state in ("merged", "withdrawn", "refused"):
        raise CannotGo("these two cannot be joined")
    for other in rows.joined_to(world, item.id):
        rows.change(world, other.id, merged_into=root.id)
    rows.change(world, item.id, state="merged", merged_into=root.id, state_at=world.now())
    change = voice_rows.add_change(world, item.id, item.state, "merged", by, f"joined to {root.number}")
    if voice := author_voice(world, item):
        rows.put_vote(world, item.id, voice, choice=1, group_id=item.group_id, counts_from=world.now())
    root = recount(world, root)
    if tell:
        telling.tell_joined(world, item, root, change)
    return root


def unmerge(world: Any, item: Item, by: str) -> Item:
    """They were not the same after all: each has its own votes and words again, and stands where it stood: what was planned was promised."""
    item = rows.lock(world, item.id)
    if item.state != "merged" or item.merged_into is None:
        raise CannotGo("it is not joined to another")
    root = rows.lock(world, item.merged_into)
    alone = stands_alone(world, item, by, f"not the same as {root.number}")
    recount(world, root)
    return alone
