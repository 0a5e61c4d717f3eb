"""Who is heard and who is not, who leads the way, how groups do, and the five steps of working with members, each with its next action."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, g, request, url_for
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from gateway.community.circles import checks
from gateway.community.groups import health
from gateway.community.groups import rows as groups
from gateway.community.items import rows as items
from gateway.community.polls.model import may_be_told
from gateway.community.stars import rows as star_rows
from gateway.community.stars import verbs as stars
from gateway.community.voices import challenge_rows, challenges, rows, verbs
from gateway.community.voices.measures import all_measures
from gateway.community.voices.model import CHALLENGE_DAYS, CHALLENGE_MOST, FAR_MINUTES, FEWEST, QUIET_BELOW, VOICE_DAYS, Part, ratio
from gateway.console.fields import FlaskForm, required
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Line, Table, said, show
from gateway.members import rows as members
from gateway.members.log import hidden
from gateway.members.model import short
from gateway.site import Site
from gateway.store import audit

GROUPS_SHOWN = 50
GROUPS_LOOKED_AT = 500  # among which the open ones are found
KINDS = {"sex": "Women and men", "age": "Age", "way": "The way to the office", "village": "Villages"}
PARTS = {
    "woman": "women", "man": "men", "": "not known", "far": f"far: {FAR_MINUTES} minutes and more", "near": "nearer",
    **{name: said for name, said in verbs.NAMES.items() if name not in ("woman", "man")},
}  # fmt: skip
HEARD = (("Who", ""), ("Members", "number"), ("Took part", "number"), ("Votes", "number"), ("Voice", "number"), ("", ""))
LEADS = (
    ("Member", ""), ("Phone", ""), ("Ideas that did", "number"), ("Of ideas", "number"), ("Early support", "number"), ("First uses", "number"),
    ("Taken up", "number"), ("Payments", "number"),
)  # fmt: skip
HEALTH = (
    ("Number", "ref"),
    ("Group", ""),
    ("Members", "number"),
    ("Paid in", "number"),
    ("Took part", "number"),
    ("Leader listens, of 100", "number"),
    ("What wants a person", "words"),
)
MEASURES = (("Measure", ""), ("Now", "number"), ("How it is counted", "words"))
MONTHS_SHOWN = 12
STARS = (("Month", ""), ("Members", "number"), ("Of 5", "number"), *((f"{n}", "number") for n in range(1, stars.BEST + 1)))
STEPS = (("Step", ""), ("How it stands", "words"), ("Next", ""))


class ChallengeForm(FlaskForm):  # type: ignore[misc]
    title = required("What is it called?", CHALLENGE_MOST, placeholder="Long rains")
    days = IntegerField("For how many days", [InputRequired(), NumberRange(*CHALLENGE_DAYS)])


class EndForm(FlaskForm):  # type: ignore[misc]
    """Nothing to fill in."""


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/heard")
    @needs("feedback:read")
    def heard() -> str:
        with world_of(site) as world:
            found, everybody, votes = verbs.heard(world)
            tables = [_heard(KINDS[name], parts, everybody, votes) for name, parts in found]
            tables.append(_leads(world))
        words = (
            f"Voice is the share of all votes over the share of all members, in {VOICE_DAYS} days: 1 is as loud as their number. Below {QUIET_BELOW} a part is "
            f"too quiet: go and ask there. Members say it of themselves under 6, 6, 3, if they like; of fewer than {FEWEST} nothing is shown. "
            "How long the way to the office is was asked in each village: see Time and cost. Who leads the way has ideas that came to something, supports "
            "early what is done later, is among the first to use a thing, or made a shortcut that others took up."
        )
        return show("Who is heard", words=words, facts=[("Members", f"{everybody:,}"), ("Votes", f"{votes:,}")], tables=tables)

    _hang_groups(console, site)

    @console.get("/measures")
    @needs("feedback:read")
    def measures() -> str:
        with world_of(site) as world:
            lines = [Line((Cell(one.name), Cell(one.value), Cell(one.counted))) for one in all_measures(world)]
            liked = [_stars(month, heads) for month, heads in star_rows.by_month(world, MONTHS_SHOWN)]
        words = "How well members and staff work together. Each figure is counted anew from what happened, by the formula beside it; nobody is named."
        return show("Measures", words=words, tables=[
            Table("Measures", MEASURES, lines), Table("How good members find it", STARS, liked, "Nobody has said it yet: RATE 4 by SMS, or 6, 98, 6."),
        ])  # fmt: skip

    @console.get("/steps")
    @needs("feedback:read")
    def five_steps() -> str:
        with world_of(site) as world:
            lines = _steps(world)
        words = "The five steps of letting members make the service with you. Each line says how it stands, and where to go next."
        return show("Five steps", words=words, tables=[Table("Five steps", STEPS, lines)])


def _hang_groups(console: Blueprint, site: Site) -> None:
    @console.get("/health")
    @needs("groups:read")
    def group_health() -> str:
        after = request.args.get("after", "")
        with world_of(site) as world:
            found = groups.all_groups(world, after=after, most=GROUPS_SHOWN)
            told = [health.health(world, one) for one in found if one.state == "open"]
            listens = checks.leaders_listen(world, [one.id for one in found])
        lines = [
            Line((
                Cell(one.group.number, link=url_for("console.group", number=one.group.number)), Cell(one.group.name), Cell(one.heads),
                Cell(one.paid), Cell(one.took_part), Cell(listens.get(one.group.id, "–")), Cell("; ".join(one.signals) or "does well"),
            ))
            for one in sorted(told, key=lambda one: (-len(one.signals), one.group.number))
        ]  # fmt: skip
        words = (
            f"Those that want a person most come first. Taking part is a vote, a word or an answer in {health.SILENT_DAYS} days; a group that neither met nor "
            f"heard from its leader in {health.MET_DAYS} days, or is led by the same for a year, is named. Leaders see who needs a kind word: 3, 98, 6, 98, 6."
        )
        older = url_for("console.group_health", after=found[-1].number) if len(found) == GROUPS_SHOWN else None
        with world_of(site) as world:
            running, standing = _challenge(world)
        asks = []
        if g.signed_in.operator.may("groups:write"):
            about = "Groups stand by how many of their members take part. Members see it under 5, 98, 1, 3; the prize is to be named."
            asks = [Ask("End the challenge", EndForm(formdata=None), url_for("console.end_challenge"), "End it now")] if running else [
                Ask("A challenge between groups", ChallengeForm(formdata=None), url_for("console.begin_challenge"), "Begin", about)
            ]  # fmt: skip
        tables = [Table("At risk first", HEALTH, lines, "No group yet."), *standing]
        return show("Health of groups", words=words, tables=tables, asks=asks, older=older)

    @console.post("/challenge")
    @needs("groups:write")
    def begin_challenge() -> Any:
        form, there, by = ChallengeForm(), url_for("console.group_health"), g.signed_in.operator.login
        if not form.validate_on_submit() or not form.title.data.strip():
            return said(f"A name of at most {CHALLENGE_MOST} letters and {CHALLENGE_DAYS[0]} to {CHALLENGE_DAYS[1]} days are needed.", there, wrong=True)
        with world_of(site) as world:
            begun = challenges.begin(world, form.title.data, form.days.data, by)
            if begun:
                audit.note(world, by, "challenge_begun", form.title.data.strip(), days=form.days.data)
        return said("It runs." if begun else "One runs already.", there, wrong=not begun)

    @console.post("/challenge/end")
    @needs("groups:write")
    def end_challenge() -> Any:
        there, by = url_for("console.group_health"), g.signed_in.operator.login
        with world_of(site) as world:
            challenges.count(world)
            ended = challenge_rows.end(world)
            if ended:
                audit.note(world, by, "challenge_ended", "challenge")
        return said("It is over." if ended else "None runs.", there, wrong=not ended)


def _challenge(world: Any) -> tuple[bool, list[Table]]:
    """(whether one runs, how groups stand in it or stood in the last)."""
    found = challenge_rows.newest(world)
    if found is None:
        return False, []
    until = f"{world.organisation.local(found.until):%d %b}"
    caption = f"{found.title}, until {until}" if found.state == "open" else f"{found.title}, over"
    lines = [Line((Cell(name), Cell(f"{share} of 100"))) for name, share in challenges.standing(world, GROUPS_SHOWN)]
    return found.state == "open", [Table(caption, (("Group", ""), ("Took part", "number")), lines, "Nobody has taken part yet.")]


def _heard(caption: str, parts: list[Part], everybody: int, votes: int) -> Table:
    few = {one.name for one in parts if 0 < one.members < FEWEST}
    told = may_be_told({one.name: one.members for one in parts})  # none is found by taking the others from the whole
    lines = []
    for one in parts:
        loud, hide = ratio(one, everybody, votes), bool(one.members) and one.name not in told
        quiet = not hide and loud is not None and loud < QUIET_BELOW and one.name != ""
        lines.append(Line((
            Cell(PARTS.get(one.name, one.name.capitalize())), Cell(f"under {FEWEST}" if one.name in few else "–" if hide else f"{one.members:,}"),
            *((Cell("–"),) * 2 if hide else (Cell(f"{one.took_part:,}"), Cell(f"{one.votes:,}"))),
            Cell("–" if loud is None or hide else f"{loud:.2f}"), Cell("too quiet" if quiet else "", state=quiet),
        )))  # fmt: skip
    return Table(caption, HEARD, lines, "Nobody is a member yet.")


def _leads(world: Any) -> Table:
    some = verbs.lead_members(world)
    known = members.by_ids(world, [one.member_id for one in some])
    lines = [
        Line((
            Cell(short(known[one.member_id].name)), Cell(hidden(known[one.member_id].number), kind="nowrap"), Cell(one.why.hits[0]), Cell(one.why.hits[1]),
            Cell(one.why.support), Cell(one.why.first_uses), Cell(one.why.taken_up), Cell(one.why.uses),
        ))
        for one in some if one.member_id in known
    ]  # fmt: skip
    return Table("Who leads the way: talk with them first", LEADS, lines, "Nobody yet: no idea has been done.")


def _stars(month: str, heads: dict[int, int]) -> Line:
    """Figures of five members and more."""
    liked, count = stars.mean(heads), sum(heads.values())
    if liked is None:
        return Line((Cell(month), Cell(f"under {stars.SHOWN_FROM}"), *([Cell("–")] * (stars.BEST + 1))))
    return Line((Cell(month), Cell(count), Cell(f"{liked:.1f}"), *(Cell(heads.get(n, 0)) for n in range(1, stars.BEST + 1))))


def _steps(world: Any) -> list[Line]:
    since = world.now() - dt.timedelta(days=VOICE_DAYS)
    some, hits = verbs.lead_members(world), rows.own_hits(world, rows.best_tenth(world))
    lead_hits = sum(one.why.hits[0] for one in some)
    kept, everybody = rows.shortcut_keepers(world), members.count_active(world)
    asked, solved = rows.solved_by_peers(world, since)
    open_groups = [one for one in groups.all_groups(world, after="", most=GROUPS_LOOKED_AT) if one.state == "open"][:GROUPS_SHOWN]
    well = sum(not health.health(world, one).signals for one in open_groups)
    first_of = f" (the first {GROUPS_SHOWN} by number)" if len(open_groups) == GROUPS_SHOWN else ""
    done = items.newest(world, ("idea",), ("done", "closed"), GROUPS_SHOWN)
    named = sum(one.member_id is not None and one.shown == "name" for one in done)
    tips, shared = rows.tips_of_many(world)
    told = (
        ("1 Know who leads the way",
         f"{len(some)} lead members; {lead_hits} of {sum(done for done, _ in hits.values())} ideas that came to something are theirs",
         "Who is heard", "console.heard"),
        ("2 Tools for their own ends", f"{kept:,} of {everybody:,} members keep a shortcut", "Journeys", "console.journeys"),
        ("3 Communities that care", f"{well} of {len(open_groups)} groups do well{first_of}; {solved} of {asked} questions were solved by a member",
         "Health of groups", "console.group_health"),
        ("4 Their names on what changed", f"{named} of the last {len(done)} changes name who had the idea", "Ideas", "console.ideas"),
        ("5 Made by many", f"{shared} of {tips} tips have two authors or more", "Helpers", "console.helpers"),
    )  # fmt: skip
    return [Line((Cell(step), Cell(how), Cell(page, link=url_for(endpoint)))) for step, how, page, endpoint in told]
