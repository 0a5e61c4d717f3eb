"""Helpers and what they answer; official answers and checked news."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, abort, g, url_for
from wtforms import HiddenField
from wtforms.validators import InputRequired

from gateway.community import recognition
from gateway.community.helping import gaps, keeper_rows, keepers, levels, routing, rows, verbs
from gateway.community.items import rows as items
from gateway.community.items import standing, standing_rows, voice_rows
from gateway.community.items.model import Item
from gateway.community.items.standing_rows import WHY_MOST
from gateway.community.topics.verbs import called, codes, listed
from gateway.console import assisted, caps, villages
from gateway.console.approvals import ask
from gateway.console.fields import FlaskForm, amount_field, member, minor, required, select, whole
from gateway.console.guard import item_or_404, needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Table, said, show
from gateway.console.tips import tip_parts
from gateway.members import rows as members
from gateway.members.log import hidden
from gateway.members.model import short
from gateway.money import rewards
from gateway.site import Site
from gateway.store import audit

STAFF = "en"  # what the console speaks
HELPERS_SHOWN = 200
WAITING_SHOWN = 50
POINTS_MOST = 1_000_000  # of one budget
HELPERS = (("Helper", ""), ("Phone", ""), ("Topics", "words"), ("Asked this week", "number"), ("At most", "number"), ("Helped", "number"),
           ("Level", "number"), ("State", ""))  # fmt: skip
TO_CHECK = (("Since", ""), ("Number", "ref"), ("Words", "words"), ("By", ""))
RESTING = (("Member", ""), ("Phone", ""), ("Why", "words"), ("", ""))
WAITING = (("Since", ""), ("Number", "ref"), ("Question", "words"), ("Topic", ""), ("Helpers asked", "number"))
ROUTES = (("Helper", ""), ("Asked", ""), ("State", ""), ("Passed on by", ""))
KEEPERS = (("Topic", ""), ("Keeper", ""), ("", ""), ("Tips", "number"), ("Older than a season", "number"))
KEEPS = {"asked": "asked", "yes": "keeps it", "no": "said no"}
ANSWERS = (("By", ""), ("Words", "words"), ("", ""), ("", ""))


POWERS = (
    f"Whoever {standing.LEVELS[0]} people say helped, in {standing.DAYS} days, joins questions asked twice; from {standing.LEVELS[1]} their yes alone takes "
    f"a tip; from {standing.LEVELS[2]} their report counts for two. A person and a phone count once. All of it can be switched off under "
    "Moderation; here it is one member's, who is told why."
)


class OfficialForm(FlaskForm):  # type: ignore[misc]
    key = HiddenField(validators=[InputRequired()])
    words = required("The answer", 109)


class KeeperForm(FlaskForm):  # type: ignore[misc]
    key = HiddenField(validators=[InputRequired()])
    topic = select("Topic")
    who = required("Member's phone or code", 20)


class PowersForm(FlaskForm):  # type: ignore[misc]
    who = required("Member's phone or code", 20)
    why = required("Why, as they read it", WHY_MOST)


class BudgetForm(FlaskForm):  # type: ignore[misc]
    of = select("Of", "points|Points for thanks", "money|Money for used points")
    amount = amount_field()


KNOWLEDGE = (("Topic", ""), ("Asked", "number"), ("Answered", "number"), ("Helped", "number"), ("Helpers", "number"), ("", ""))


def _hang_keepers(console: Blueprint, site: Site) -> None:
    @console.post("/helpers/keeper")
    @needs("feedback:write")
    def name_keeper() -> Any:
        form, there = KeeperForm(), url_for("console.helpers")
        with world_of(site) as world:
            form.topic.choices = _topics(world)
            who = member(world, form.who.data)
            if not form.validate_on_submit() or who is None:
                return said("A topic and a member are needed: a phone number or a member code.", there, wrong=True)
            asked = keepers.name_keeper(world, form.topic.data, who, form.key.data[:40])
            if asked:
                audit.note(world, g.signed_in.operator.login, "keeper_named", f"topic {called(world, form.topic.data, STAFF)}", member=who.code)
        return said(f"{short(who.name)} is asked." if asked else "They were named for it already, or want no SMS.", there, wrong=not asked)


def _hang_powers(console: Blueprint, site: Site) -> None:
    @console.post("/helpers/powers")
    @needs("feedback:write")
    def rest_powers() -> Any:
        form, there, by = PowersForm(), url_for("console.helpers"), g.signed_in.operator.login
        with world_of(site) as world:
            who = member(world, form.who.data)
            why = levels.readable(form.why.data or "")
            if not form.validate_on_submit() or who is None or not why:
                return said("A member and a reason are needed: a phone number or a member code, and why.", there, wrong=True)
            done = levels.rest_powers(world, who, why, by)
            if done:
                audit.note(world, by, "powers_rest", who.code, why=why)
        return said(f"The powers of {short(who.name)} rest, and they are told." if done else "They rest already.", there, wrong=not done)

    @console.post("/helpers/<int:id>/powers")
    @needs("feedback:write")
    def give_powers_back(id: int) -> Any:
        there, by = url_for("console.helpers"), g.signed_in.operator.login
        with world_of(site) as world:
            who = members.by_id(world, id)
            if who is None:
                abort(404)
            done = levels.give_powers_back(world, who)
            if done:
                audit.note(world, by, "powers_back", who.code)
        return said(f"{short(who.name)} has them again." if done else "They did not rest.", there, wrong=not done)


def hang_into(console: Blueprint, site: Site) -> None:
    _hang_keepers(console, site)
    _hang_powers(console, site)
    villages.hang_into(console, site)
    assisted.hang_into(console, site)
    caps.hang_into(console, site)

    @console.get("/helpers")
    @needs("feedback:read")
    def helpers() -> str:
        may = g.signed_in.operator.may("feedback:write")
        with world_of(site) as world:
            tables = [
                _waiting(world),
                _knowledge(world),
                _to_check(world),
                _helpers(world),
                *assisted.table(world, may=may),
                *_resting(world),
                _keepers(world),
                villages.table(world, may=may),
            ]
            points, money, topics, worth = *rewards.left(world), _topics(world), caps.ask(world)
        asks = []
        if g.signed_in.operator.may("money:make"):
            about = "Thanks give points while there are some; a member turns 5 points into 1 of savings while there is money. A second person agrees."
            asks = [Ask("Budget of rewards", BudgetForm(formdata=None), url_for("console.reward_budget"), "Ask for more", about)]
        if may:
            form = KeeperForm(formdata=None, key=secrets.token_hex(8))
            form.topic.choices = topics
            about = f"They are asked by SMS, and hear once a month which tips nobody has looked at for {keepers.SEASON_DAYS} days."
            asks.append(Ask("Name a keeper", form, url_for("console.name_keeper"), "Ask them", about))
            asks.append(Ask("Let powers rest", PowersForm(formdata=None), url_for("console.rest_powers"), "Let them rest", POWERS))
            asks += [villages.ask(), worth]
        words = "A question goes to three who know the topic: near, of the same language, not asked too often. What nobody answers is yours."
        return show("Helpers", words=words, facts=[("Points left to give", f"{points:,}"), ("Money left for points", money)], tables=tables, asks=asks)

    @console.post("/helpers/budget")
    @needs("money:make")
    def reward_budget() -> Any:
        form, there = BudgetForm(), url_for("console.helpers")
        with world_of(site) as world:
            amount = minor(world, form.amount.data) if form.of.data == "money" else whole(form.amount.data, POINTS_MOST)
        if not form.validate_on_submit() or not amount:
            return said("An amount above nothing is needed; of points a whole number.", there, wrong=True)
        return ask(site, "budget", {"amount": amount, "of": form.of.data}, there)

    _hang_answers(console, site)


def _hang_answers(console: Blueprint, site: Site) -> None:
    @console.post("/items/<number>/official")
    @needs("feedback:official")
    def official(number: str) -> Any:
        """An answer of the staff to a question, or the note that news was checked, with name and role."""
        form, there, who = OfficialForm(), url_for("console.item", number=number), g.signed_in.operator
        with world_of(site) as world:
            found = item_or_404(world, number)
            if not form.validate_on_submit() or found.kind not in ("question", "news"):
                return said("An answer of at most 109 letters is needed.", there, wrong=True)
            by = who.signature
            if found.kind == "question":
                verbs.answer_officially(world, found, form.words.data, by, f"official:{form.key.data[:40]}")
            else:
                items.change(world, found.id, answer=f"{by}: {form.words.data}"[:160], checked_by=by[:60])
                recognition.pay_back(world, found)
                voice_rows.tell_followers(world, voice_rows.add_change(world, found.id, found.state, found.state, who.login, form.words.data), found)
            audit.note(world, who.login, "answered_officially", f"item {number}")
        return said("Said.", there)


def _helpers(world: Any) -> Table:
    found = rows.all_helpers(world, HELPERS_SHOWN)
    known = members.by_ids(world, [one.member_id for one in found])
    load, reached = rows.asked_since(world, list(known), world.now() - routing.WEEK), standing.levels(world, known)
    lines = []
    for one in found:
        if one.member_id not in known:
            continue
        who = known[one.member_id]
        rests = one.rests_until is not None and one.rests_until > world.now()
        lines.append(Line((
            Cell(who.name), Cell(hidden(who.number), kind="nowrap"), Cell(listed(world, one.topics, STAFF)), Cell(load.get(who.id, 0)), Cell(one.most_a_week),
            Cell(rows.helped_by(world, who.id)), Cell(reached.get(who.id, 0)),
            Cell("rests" if rests else f"quiet on {one.quiet}" if one.quiet else "helps", state=True),
        )))  # fmt: skip
    return Table("Helpers", HELPERS, lines, "Nobody helps yet. Members do: 4, 6.")


def _knowledge(world: Any) -> Table:
    """Topics by how much help is missing."""
    lines = [
        Line((
            Cell(called(world, one.topic, STAFF)), Cell(one.asked), Cell(one.answered), Cell(one.helped), Cell(one.helpers),
            Cell("help is missing" if one.is_gap else "–", state=one.is_gap),
        ))
        for one in gaps.by_topic(world)
    ]  # fmt: skip
    return Table(f"Who knows, {gaps.DAYS} days", KNOWLEDGE, lines, "No topic is on.")


def _to_check(world: Any) -> Table:
    """Versions of tips that wait for two members, the oldest first."""
    some = rows.to_check(world, 0, WAITING_SHOWN)
    tip, who = items.by_ids(world, [one.item_id for one in some]), members.by_ids(world, [one.member_id for one in some if one.member_id])
    lines = [
        Line((
            Cell(f"{world.organisation.local(one.made_at):%d %b %H:%M}"),
            Cell(tip[one.item_id].number, link=url_for("console.item", number=tip[one.item_id].number)), Cell(one.words),
            Cell(short(who[one.member_id].name) if one.member_id in who else "–"),
        ))
        for one in some if one.item_id in tip
    ]  # fmt: skip
    return Table("Tips that wait to be checked", TO_CHECK, lines, "None waits.")


def _resting(world: Any) -> list[Table]:
    """Whose powers rest, helper by choice or not."""
    found = standing_rows.all_resting(world)
    who, may = members.by_ids(world, list(found)), g.signed_in.operator.may("feedback:write")
    lines = [
        Line((Cell(short(who[id].name)), Cell(hidden(who[id].number), kind="nowrap"), Cell(why)),
             [Deed("Give powers back", url_for("console.give_powers_back", id=id), about=who[id].name)] if may else [])
        for id, why in found.items() if id in who
    ]  # fmt: skip
    return [Table("Powers that rest", RESTING, lines)] if lines else []


def _topics(world: Any) -> list[tuple[str, str]]:
    return [(code, called(world, code, STAFF)) for code in codes(world)]


def _waiting(world: Any) -> Table:
    """Questions without an answer, the oldest first."""
    some = rows.unanswered(world, WAITING_SHOWN)
    asked = rows.count_routes(world, [one.id for one in some])
    lines = [
        Line((
            Cell(f"{world.organisation.local(one.made_at):%d %b %H:%M}"), Cell(one.number, link=url_for("console.item", number=one.number)),
            Cell(one.words), Cell(called(world, one.topic, STAFF)), Cell(asked.get(one.id, 0)),
        ))
        for one in some
    ]  # fmt: skip
    return Table("Questions without an answer", WAITING, lines, "Every question has an answer.")


def parts_of(world: Any, found: Item, *, may: bool, official: bool) -> tuple[list[Table], list[Ask]]:
    """What the page of an item shows more, by its kind."""
    form = OfficialForm(formdata=None, key=secrets.token_hex(8))
    here = url_for("console.official", number=found.number)
    match found.kind:
        case "question":
            asks = [Ask("Official answer", form, here, "Answer", "With your name and role, beside what members say.")]
            return [_routes(world, found), _answers(world, found, official)], asks if official else []
        case "news":
            return [], [Ask("Checked", form, here, "It is so", "Members see that it was checked.")] if official else []
        case "tip":
            return tip_parts(world, found, may=may, official=official)
        case _:
            return [], []


def _answers(world: Any, found: Item, may: bool) -> Table:
    """What was answered, those that helped first, each with a button that makes it a tip for all."""
    known = rows.answers_to(world, items.cluster(world, found.id), WAITING_SHOWN)
    who = members.by_ids(world, [one.member_id for one in known if one.member_id])
    lines = [
        Line((Cell(short(who[one.member_id].name) if one.member_id in who else one.by), Cell(one.words), Cell("helped" if one.helped else "", state=True)),
             [Deed("Make it a tip", url_for("console.answer_to_tip", number=found.number, id=one.id), about=found.number)] if may else [])
        for one in known
    ]  # fmt: skip
    return Table("Answers", ANSWERS, lines, "Nobody has answered yet.")


def _routes(world: Any, found: Item) -> Table:
    routes = rows.routes_of(world, found.id)
    known = members.by_ids(world, [id for one in routes for id in (one.member_id, one.passed_by) if id])
    local = world.organisation.local
    lines = [
        Line((
            Cell(short(known[one.member_id].name) if one.member_id in known else "–"), Cell(f"{local(one.asked_at):%d %b %H:%M}"), Cell(one.state, state=True),
            Cell(short(known[one.passed_by].name) if one.passed_by in known else ""),
        ))
        for one in routes
    ]  # fmt: skip
    return Table("Who was asked", ROUTES, lines, "Nobody was asked: no helper was free.")


def _keepers(world: Any) -> Table:
    known = keeper_rows.keepers(world)
    who = members.by_ids(world, [one.member_id for one in known.values()])
    lines = []
    for topic in codes(world):
        one, tips = known.get(topic), rows.tips_about(world, topic, keepers.TIPS_MOST)
        name = short(who[one.member_id].name) if one and one.member_id in who else "nobody"
        lines.append(
            Line(
                (
                    Cell(called(world, topic, STAFF)),
                    Cell(name),
                    Cell(KEEPS[one.state] if one else "–"),
                    Cell(len(tips)),
                    Cell(len(keepers.old_among(world, tips))),
                )
            )
        )
    return Table("Keepers of topics", KEEPERS, lines)
