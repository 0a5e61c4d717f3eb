"""Ideas and whatever else members say to all: the list by support, one with its whole life, its next step with who would hear, joining two."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, g, request, url_for
from wtforms import DateField, Form, HiddenField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from gateway.community import facts, lineage
from gateway.community.bargain.rows import rates_here
from gateway.community.items import measures, origin_rows, other_kinds, plan_rows, problems, rows, states, telling, voice_rows
from gateway.community.items.model import KINDS, MOVES, OPEN, Item, is_case
from gateway.community.items.other_kinds import SAY_MOST
from gateway.community.items.plan_model import COMING, COST_MOST, GUESS_MOST, OWNER_MOST, STOP_MOST, Plan
from gateway.community.items.states import CannotGo
from gateway.community.items.telling import Preview
from gateway.community.items.verbs import look_alikes
from gateway.community.kinds import rows as kinds
from gateway.community.kinds import steps
from gateway.community.kinds.steps import PROMISES
from gateway.console.fields import FlaskForm, optional, required, select, whole
from gateway.console.guard import item_or_404, needs, world_of
from gateway.console.helping import parts_of
from gateway.console.page import Ask, Cell, Deed, Line, Link, Table, said, show
from gateway.console.steering import wished, wishes_of
from gateway.members import rows as members
from gateway.members.model import short
from gateway.site import Site
from gateway.store import audit
from menus import alphabet
from menus.book import BOOK
from menus.book.notices import WHY_MOST

TOP = 100
STATEMENT_HOW = (
    "Members meet it in quick votes (5, 1), by chance and as it is little seen. Write it in the language that most of them speak: it is not translated."
)
LATE_SHOWN = 20
LATE = (("Number", "ref"), ("Words", "words"), ("For", "number"), ("Since", ""), ("State", ""))
COMMENTS_SHOWN = 50
LIST = (
    ("Number", "ref"), ("Words", "words"), ("For", "number"), ("Against", "number"), ("Groups", "number"), ("Said", "number"), ("From", ""), ("State", ""),
    ("Since", ""),
)  # fmt: skip
LIFE = (("When", ""), ("From", ""), ("To", ""), ("By", ""), ("Why", "words"))
SAID = (("When", ""), ("Who", ""), ("Words", "words"), ("State", ""), ("", ""))
GROWN = (("Number", "ref"), ("Words", "words"), ("For", "number"))
JOINED = (("Number", "ref"), ("Words", "words"), ("", ""))
ALIKE = (("Number", "ref"), ("Words", "words"), ("Alike", "number"), ("", ""))
STEPS = {
    "open": "Open to all", "looked_at": "Read by a person", "planned": "Planned", "trying": "Being tried", "done": "Done", "declined": "Not now",
    "already_there": "Is there already", "refused": "Not shown", "closed": "Closed",
}  # fmt: skip
NAMES = {state: label.lower() for state, label in STEPS.items()} | {"held": "held", "merged": "joined", "new": "new", "withdrawn": "taken back"}


class Find(Form):  # type: ignore[misc]
    kind = select("What", *(name for name, kind in KINDS.items() if kind.public))
    state = select(
        "State", "|open to votes", *(f"{state}|{NAMES[state]}" for state in ("done", "declined", "already_there", "closed", "held", "refused", "merged"))
    )


def _find(world: Any) -> Find:
    """With the kinds of the organisation's own behind ours."""
    form = Find(request.args, kind=request.args.get("kind") or "idea")
    form.kind.choices = [*form.kind.choices, *(SelectChoice(one.code, one.name_en.lower()) for one in kinds.all_kinds(world))]
    return form


class StepForm(FlaskForm):  # type: ignore[misc]
    state = select("Next", *(f"{state}|{label}" for state, label in STEPS.items()))
    why = optional("Why, from when, or the answer: members read it", WHY_MOST)


SIGNED = (*PROMISES, "declined", "already_there")  # steps whose answer carries the name and role of who gave it
NOT_OFFICIAL = "Not done: what promises something is said by who may answer officially (support, facilitator)."
SURE_PREFIX = "sure-"  # of its fields, whatever the step must promise


class SureForm(FlaskForm):  # type: ignore[misc]
    state = HiddenField(validators=[InputRequired(), Length(max=20)])
    why = HiddenField()


class PlanForm(SureForm):
    due = DateField("By which day it is done: members read it", [InputRequired()])
    owner = required("Who sees to it", OWNER_MOST)
    cost = required("What it costs", COST_MOST)


class TrialForm(PlanForm):
    due = DateField("By which day the trial is over: members read it", [InputRequired()])
    stop = required("What stops it before: members read it", STOP_MOST)
    guess = required("What you expect, before anybody knows: members read it", GUESS_MOST)


SURE: Mapping[str, type[SureForm]] = {"planned": PlanForm, "trying": TrialForm}  # the last question before a step, with what it must promise


class StatementForm(FlaskForm):  # type: ignore[misc]
    key = HiddenField(validators=[InputRequired(), Length(max=40)])
    words = required("One thing that members agree to or not", SAY_MOST)


class JoinForm(FlaskForm):  # type: ignore[misc]
    into = required("Number of the other", 8)


def hang_into(console: Blueprint, site: Site) -> None:
    _hang_pages(console, site)
    _hang_steps(console, site)
    _hang_joining(console, site)


def _hang_pages(console: Blueprint, site: Site) -> None:
    @console.get("/ideas")
    @needs("feedback:read")
    def ideas() -> str:
        with world_of(site) as world:
            form = _find(world)
            kind = form.kind.data if form.kind.data in {one.value for one in form.kind.choices} else "idea"
            wanted = (form.state.data,) if form.state.data in NAMES else OPEN
            found = rows.top(world, kind, wanted, TOP) if wanted == OPEN else rows.page(
                world, before=whole(request.args.get("before", "")), most=TOP, kinds=(kind,), states=wanted
            )  # fmt: skip
            groups = rows.groups_for(world, [one.id for one in found])
            lines = [_line(world, one, groups.get(one.item.id, 0)) for one in facts.told(world, found)]
            waiting = wished(world)
            looked, answered, planned = measures.looked_at_in_time(world), measures.answered_in_time(world), measures.planned_in_time(world)
            late = _late(measures.overdue(world), world)
            left, most = telling.texts_left(world), telling.texts_a_month(world)
        told = [
            ("Read in 3 days", _of_100(looked)), ("Answered in 14 days", _of_100(answered)),
            ("Done by the day planned", _of_100(planned)), ("SMS left this month", f"{left:,} of {most:,}"),
        ]  # fmt: skip
        words = "Ideas rise when most who voted agree and they come from many groups."
        clear = url_for("console.ideas") if request.args else ""
        more = wanted != OPEN and len(found) == TOP
        older = url_for("console.ideas", kind=kind, state=form.state.data, before=found[-1].id) if more else None
        tables = [Table("By support", LIST, lines, "Nothing here yet."), *(one for one in (late, waiting) if one.lines)]
        ask = Ask("Ask in quick votes", StatementForm(formdata=None, key=secrets.token_hex(8)), url_for("console.put_statement"), "Ask it", STATEMENT_HOW)
        asks = [ask] if g.signed_in.operator.may("feedback:write") and kind == "statement" else []
        return show("Ideas", words=words, facts=told, filter=form, clear=clear, tables=tables, older=older, asks=asks)

    @console.post("/statements")
    @needs("feedback:write")
    def put_statement() -> Any:
        form, there = StatementForm(), url_for("console.ideas", kind="statement")
        if not form.validate_on_submit():
            return said(f"Not asked: at most {SAY_MOST} letters, and not empty.", there, wrong=True)
        with world_of(site) as world:
            by = g.signed_in.operator.login
            number = other_kinds.put_statement(world, form.words.data, by, f"console:{form.key.data}")
            audit.note(world, by, "statement_asked", f"item {number}")
        return said(f"{number} is in quick votes now.", there)

    @console.get("/items/<number>")
    @needs("feedback:read")
    def item(number: str) -> Any:
        with world_of(site) as world:
            found = item_or_404(world, number)
            return _item_page(world, found, may=g.signed_in.operator.may("feedback:write"), official=g.signed_in.operator.may("feedback:official"))


def _of_100(promise: measures.Kept) -> str:
    return f"{promise.share} of 100" if promise.due else "–"


def _late(some: Sequence[Item], world: Any) -> Table:
    """What was promised and is overdue, the oldest first. Members see it too: 5, 98, 6, 3."""
    lines = [
        Line((Cell(one.number, link=url_for("console.item", number=one.number)), Cell(one.words), Cell(one.supporters),
              Cell(f"{world.organisation.local(one.made_at):%d %b}"), Cell(NAMES[one.state], state=True)))
        for one in some[:LATE_SHOWN]
    ]  # fmt: skip
    return Table(f"Overdue: read, answer or do these first ({len(some)})", LATE, lines)


def _item_page(world: Any, found: Item, *, may: bool, official: bool) -> str:
    told = facts.told(world, [found])[0]
    ids = rows.cluster(world, found.id)
    shown: list[tuple[str, Any]] = [
        ("State", NAMES[found.state]), ("For", found.supporters), ("Against", found.opposers), ("Passed", found.passes),
        ("Groups", len(rows.supporting_groups(world, ids))), ("Seen", found.seen), ("From", f"{told.name} {told.number}".strip()),
        ("Name shown", {"name": "yes", "village": "only the village", "sealed": "no"}[found.shown]),
    ]  # fmt: skip
    if any(guests := rows.guests_for(world, ids)):
        shown.insert(4, ("Guests, counted in nothing", f"{guests[0]} for, {guests[1]} against"))
    if found.screen:
        shown.append(("Said after the screen", f"{BOOK.flow_at(found.screen).title} ({found.screen})" if found.screen in BOOK else found.screen))
    if chain := lineage.chain_of(world, found):
        shown.append(("Built on", " from ".join(one.number for one in chain)))
    if found.answer:
        shown.append(("Answer", found.answer))
    if found.state in COMING and (plan := plan_rows.last(world, found.id)):
        shown += [("Promised for", f"{plan.due:%d %b %Y}"), ("Who sees to it", plan.owner), ("Costs", plan.cost)]
        shown += [("Stops if", plan.stop)] if plan.stop else []
    if guess := plan_rows.guessed(world, [found.id]).get(found.id):
        shown.append(("Expected of its trial", guess))
    if found.braked_at:
        shown.append(("Brake", "later votes wait for a person; see Moderation"))
    tables, asks = parts_of(world, found, may=may, official=official)
    wishes, answering = wishes_of(world, found, may=official)
    shown, asks = shown + wishes, answering + asks
    tables += [_life(world, ids), _said(world, found, ids, may), _joined(world, found, may), _grown(world, found)]
    if may and found.state != "merged":
        tables.append(_alike(world, found))
        nexts = [state for state in steps_of(world, found) if official or not needs_official(world, found, state)]
        form = StepForm(formdata=None)
        form.state.choices = [choice for choice in form.state.choices if choice.value in nexts]
        words = "You see who hears of it, and what the SMS are, before anything is sent."
        asks += [Ask("Next step", form, url_for("console.step", number=found.number), "Look at it first", words)] if nexts else []
        if "merged" in MOVES[found.state]:
            joining = "Authors, votes and words stay, and each phone counts once. The author can say that they are not the same."
            asks.append(Ask("Join to another", JoinForm(formdata=None), url_for("console.join_items", number=found.number), "Join", joining))
    links = (
        [Link("The one it is joined to", url_for("console.item", number=(rows.by_id(world, found.merged_into) or found).number))] if found.merged_into else []
    )
    return show(f"{kinds.name_of(world, found.kind).capitalize()} {found.number}", words=found.words, facts=shown, links=links, tables=tables, asks=asks)


def needs_official(world: Any, item: Item, state: str) -> bool:
    """Whether only who may answer officially takes that step: as the kind has it."""
    return steps.who_may(world, item.kind, state) == "official"


def steps_of(world: Any, item: Item) -> list[str]:
    """Where staff may take it from here. A case is closed by whose it is, and by nobody else; a kind of one's own may lack a step."""
    kept = {"closed"} if is_case(item) else set()
    kept |= {"declined"} if item.state == "new" else set()  # nobody has seen it yet, and as "not now" all would
    return [state for state in STEPS if state in MOVES[item.state] and state not in kept and steps.who_may(world, item.kind, state) != "nobody"]


def _hang_steps(console: Blueprint, site: Site) -> None:
    @console.post("/items/<number>/step")
    @needs("feedback:write")
    def step(number: str) -> Any:
        """What the step would bring, before it is taken."""
        form, there = StepForm(), url_for("console.item", number=number)
        with world_of(site) as world:
            found = item_or_404(world, number)
            if needs_official(world, found, form.state.data or "") and not g.signed_in.operator.may("feedback:official"):
                return said(NOT_OFFICIAL, there, wrong=True)
            if not form.validate_on_submit() or form.state.data not in steps_of(world, found):
                return said(f"That step cannot be taken from here, or the words are longer than {WHY_MOST} letters.", there, wrong=True)
            promised = plan_rows.last(world, found.id)
            sure = SURE.get(form.state.data, SureForm)(formdata=None, prefix=SURE_PREFIX, obj=promised, state=form.state.data, why=form.why.data)
            return _before(world, found, sure)

    @console.post("/items/<number>/take")
    @needs("feedback:write")
    def take_step(number: str) -> Any:
        there, wanted = url_for("console.item", number=number), SureForm(prefix=SURE_PREFIX).state.data or ""
        form, who = SURE.get(wanted, SureForm)(prefix=SURE_PREFIX), g.signed_in.operator
        with world_of(site) as world:
            found = item_or_404(world, number)
            if needs_official(world, found, wanted) and not who.may("feedback:official"):
                return said(NOT_OFFICIAL, there, wrong=True)
            if wanted not in steps_of(world, found):
                return said("Not done: it cannot go there from here.", there, wrong=True)
            if not form.validate_on_submit():
                return _before(world, found, form)
            trial = (form.stop.data, form.guess.data) if isinstance(form, TrialForm) else ()
            plan = Plan(form.due.data, form.owner.data, form.cost.data, *trial) if isinstance(form, PlanForm) else None
            why = (form.why.data or "")[:WHY_MOST]
            try:
                if wanted == "refused":
                    problems.refuse(world, found, who.login, why)
                else:
                    states.go(world, found, wanted, who.login, why, plan=plan, signed=who.signature if wanted in SIGNED else "")
            except CannotGo as not_so:
                return said(f"Not done: {not_so}.", there, wrong=True)
            audit.note(world, who.login, "item_step", f"item {number}", before=found.state, after=wanted)
        return said(f"{number} is {STEPS[wanted].lower()} now.", there)


def _hang_joining(console: Blueprint, site: Site) -> None:
    @console.post("/items/<number>/join")
    @needs("feedback:write")
    def join_items(number: str) -> Any:
        form, there = JoinForm(), url_for("console.item", number=number)
        with world_of(site) as world:
            found, into = rows.by_number(world, number), rows.by_number(world, (form.into.data or "").strip())
            if not form.validate_on_submit() or found is None or into is None:
                return said("The number of another one is needed.", there, wrong=True)
            try:
                root = states.merge(world, found, into, g.signed_in.operator.login)
            except CannotGo as why:
                return said(f"Not done: {why}.", there, wrong=True)
            audit.note(world, g.signed_in.operator.login, "items_joined", f"item {number}", into=root.number)
        return said(f"{number} is joined to {root.number}. Its author hears of it.", url_for("console.item", number=root.number))

    @console.post("/items/<number>/part")
    @needs("feedback:write")
    def part_items(number: str) -> Any:
        there = url_for("console.item", number=number)
        with world_of(site) as world:
            found = item_or_404(world, number)
            try:
                states.unmerge(world, found, g.signed_in.operator.login)
            except CannotGo as why:
                return said(f"Not done: {why}.", there, wrong=True)
            audit.note(world, g.signed_in.operator.login, "items_parted", f"item {number}")
        return said(f"{number} stands on its own again.", there)


def _before(world: Any, found: Item, sure: SureForm) -> str:
    """Who would hear of a step, and what it must promise, before it is taken."""
    state, why = sure.state.data, sure.why.data
    words = f"{found.number} becomes: {STEPS[state].lower()}." + (f" “{why}”" if why else "")
    asks = [Ask("Are you sure?", sure, url_for("console.take_step", number=found.number), "Do it and tell them", words)]
    links = [Link("No, go back", url_for("console.item", number=found.number))]
    return show(f"Before {found.number} goes on", facts=_preview(world, telling.preview(world, found, state)), links=links, asks=asks)


def _preview(world: Any, would: Preview) -> list[tuple[str, Any]]:
    known = rates_here(world)
    told: list[tuple[str, Any]] = [("The author hears at once", "by SMS" if would.author else "no"), ("Under 9 of", f"{would.voters:,} members")]
    if would.texts:
        going = min(would.texts, would.left)
        told += [("SMS to members", f"{going:,}"), ("What it says", would.words), ("SMS left this month", f"{would.left:,}")]
        told += [("What the SMS cost", str(world.organisation.money(going * known.text * alphabet.sms_parts(would.words))))] if known else []
    if would.short:
        told.append(("Beyond the month's SMS", f"{would.short:,} find it under 9 and in the digest"))
    return told


def _line(world: Any, one: facts.Said, groups: int) -> Line:
    item = one.item
    return Line((
        Cell(item.number, link=url_for("console.item", number=item.number)), Cell(item.words), Cell(item.supporters), Cell(item.opposers),
        Cell(groups), Cell(item.comments), Cell(one.name), Cell(NAMES[item.state], state=True),
        Cell(f"{world.organisation.local(item.state_at):%d %b}", kind="nowrap"),
    ))  # fmt: skip


def _grown(world: Any, found: Item) -> Table:
    """What members built on it. Tables without lines are not shown."""
    some = rows.by_ids(world, origin_rows.built_on(world, found.id, TOP))
    lines = [Line((Cell(one.number, link=url_for("console.item", number=one.number)), Cell(one.words), Cell(one.supporters))) for one in some.values()]
    return Table("Built on it", GROWN, lines)


def _life(world: Any, ids: list[int]) -> Table:
    local = world.organisation.local
    lines = [
        Line((Cell(f"{local(one.at):%d %b %H:%M}"), Cell(NAMES.get(one.before, one.before)), Cell(NAMES.get(one.after, one.after), state=True), Cell(one.by),
              Cell(one.why)))
        for one in voice_rows.changes_of(world, ids)
    ]  # fmt: skip
    return Table("Its life", LIFE, lines, "Nothing has happened to it yet.")


def _said(world: Any, found: Item, ids: list[int], may: bool) -> Table:
    some = voice_rows.comments_on(world, ids, COMMENTS_SHOWN, ("open", "held", "hidden"))
    known, local = members.by_ids(world, [one.member_id for one in some if one.member_id]), world.organisation.local
    lines = []
    for one in some:
        url = url_for("console.judge_comment", id=one.id)
        deeds = [Deed("Hide", url, {"state": "hidden", "item": found.number})] if one.state != "hidden" else []
        deeds += [Deed("Show", url, {"state": "open", "item": found.number})] if one.state != "open" else []
        name = short(known[one.member_id].name) if one.member_id in known else "–"
        lines.append(Line((Cell(f"{local(one.made_at):%d %b %H:%M}"), Cell(name), Cell(one.words), Cell(one.state, state=True)), deeds if may else []))
    return Table("What members say", SAID, lines, "Nobody has said anything about it.")


def _joined(world: Any, found: Item, may: bool) -> Table:
    lines = [
        Line((Cell(one.number, link=url_for("console.item", number=one.number)), Cell(one.words)),
             [Deed("Not the same", url_for("console.part_items", number=one.number), about=one.number)] if may else [])
        for one in rows.joined_to(world, found.id)
    ]  # fmt: skip
    return Table("Joined to it", JOINED, lines, "Nothing is joined to it.")


def _alike(world: Any, found: Item) -> Table:
    """What may be the same, with a button that joins this one to it."""
    here = url_for("console.join_items", number=found.number)
    lines = [
        Line((Cell(one.number, link=url_for("console.item", number=one.number)), Cell(one.words), Cell(f"{share:.0%}")),
             [Deed("Join to this", here, {"join-into": one.number}, one.number)])
        for one, share in look_alikes(world, found.words, (found.kind,))
        if one.id != found.id
    ]  # fmt: skip
    return Table("Perhaps the same", ALIKE, lines, "Nothing is like it.")
