"""Polls and quizzes: write one, see it as it will be asked, begin it, end it, and read what members chose."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, abort, g, url_for
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from gateway.community.polls import from_errors, parts, rows, verbs
from gateway.community.polls.model import (
    ASKED_MOST,
    CHOICE_MOST,
    DAYS,
    END,
    QUESTIONS_MOST,
    SHOWN_FROM,
    TITLE_MOST,
    UNSURE,
    NotAPoll,
    Poll,
    Question,
    read,
    said_to,
)
from gateway.community.polls.part_rows import By
from gateway.console.fields import FlaskForm, required, select
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Line, Link, Table, said, show
from gateway.members import rows as members
from gateway.site import Site
from gateway.store import audit
from menus import alphabet

SHOWN = 100
WRONG_FORM = 422  # what was typed stands in the form still, with what is wrong (RFC 9110, 15.5.21)
LIST = (("Title", ""), ("What", ""), ("Until", ""), ("Have answered", "number"), ("By", ""), ("State", ""))
QUESTIONS = (("No.", "number"), ("Question", "words"), ("Answer", ""), ("Leads to", ""), ("Members", "number"), ("Of 100", "number"))
PARTS = (("Question", "words"), ("Who", ""), ("Members", "number"), ("Said", "words"))
PARTED: tuple[tuple[By, str], ...] = (("sex", "Women and men"), ("village", "Villages"))
EXAMPLE = "When should we be paid?\n- On Friday > end\n- At month end\nWhy at month end?\n- School fees\n- To save"
HOW = (
    f"A line is a question of at most {ASKED_MOST} letters; a line that begins with - is an answer to it, of at most {CHOICE_MOST}. Up to {QUESTIONS_MOST} "
    "questions of 2 to 4 answers each. Behind an answer > 3 leads to the third question, > end to the end. In a quiz a * marks the right answer. "
    "Write it in the language that most members speak: it is not translated."
)


class PollForm(FlaskForm):  # type: ignore[misc]
    key = HiddenField(validators=[InputRequired(), Length(max=40)])
    kind = select("What", "poll|Poll", "quiz|Quiz")
    title = required("Title", TITLE_MOST)
    days = IntegerField("Open for days", [InputRequired(), NumberRange(DAYS.start, DAYS.stop - 1)], default=7)
    asked = TextAreaField("Questions and answers", [InputRequired(), Length(max=4_000)], render_kw={"placeholder": EXAMPLE, "rows": 12})


class QuizForm(FlaskForm):  # type: ignore[misc]
    key = HiddenField(validators=[InputRequired(), Length(max=40)])


QUIZ_DAYS = 14
WRONG = (("What happened", ""), ("Times", "number"), ("In a quiz", ""))
SLIPS = (
    f"The {from_errors.ASKED} slips that happen most, each with the question that would have helped; those of fewer than {from_errors.FROM} times are left "
    "out. You look at it before anybody sees it."
)


class StepForm(FlaskForm):  # type: ignore[misc]
    """A button and nothing else."""


def hang_into(console: Blueprint, site: Site) -> None:
    _hang_pages(console, site)
    _hang_steps(console, site)


def _hang_pages(console: Blueprint, site: Site) -> None:
    @console.get("/polls")
    @needs("feedback:read")
    def polls() -> str:
        return _list(site, PollForm(formdata=None, key=secrets.token_hex(8)))

    @console.get("/polls/<int:id>")
    @needs("feedback:read")
    def poll(id: int) -> Any:
        with world_of(site) as world:
            found = _found(world, id)
            answered, all_members, guests = rows.heads(world, [id]).get(id, 0), members.count_active(world), rows.guest_heads(world, id)
            asked, chosen = rows.questions_of(world, id), rows.count(world, id) if answered >= SHOWN_FROM else None
            until = f"{world.organisation.local(found.ends_at):%d %b %Y %H:%M}"
            parted = [] if chosen is None or found.kind != "poll" else [_parts(caption, parts.said_by_parts(world, id, by)) for by, caption in PARTED]
        facts = [
            ("State", found.state), ("Until", until), ("Have answered", f"{answered:,} of {all_members:,} members"),
            ("Have not", f"{all_members - answered:,}"),
        ]  # fmt: skip
        if guests:
            facts.append(("Guests, in no figure", f"{guests:,}"))
        few = f" What they chose is shown from {SHOWN_FROM} on: of fewer one could guess who." if chosen is None and found.state != "draft" else ""
        words = {
            "draft": "This is how it is asked. Nobody sees it before you begin it, and then it is not changed any more.",
            "open": f"Members find it under {'5, 5' if found.kind == 'poll' else '5, 98, 3'}. Nobody is sent an SMS for it.",
            "closed": f"Members see the results under 5, 5, 3, when {SHOWN_FROM} or more have answered.",
        }[found.state] + few
        asks = _asks(found) if g.signed_in.operator.may("feedback:write") else []
        links, tables = [Link("All polls", url_for("console.polls"))], [_questions(asked, chosen), *parted]
        return show(f"{found.kind.capitalize()}: {found.title}", words=words, facts=facts, links=links, tables=tables, asks=asks)


def _asks(found: Poll) -> list[Ask]:
    match found.state:
        case "draft":
            return [
                Ask("Let members answer", StepForm(formdata=None), url_for("console.begin_poll", id=found.id), "Begin it"),
                Ask("Or not", StepForm(formdata=None), url_for("console.drop_poll", id=found.id), "Throw it away", "Write it anew when something is wrong."),
            ]
        case "open":
            return [Ask("Before its time", StepForm(formdata=None), url_for("console.end_poll", id=found.id), "End it now")]
        case _:
            return []


def _list(site: Site, form: PollForm) -> str:
    with world_of(site) as world:
        found = [one for kind in ("poll", "quiz") for one in rows.polls_in(world, kind, ("draft", "open", "closed"), SHOWN)]
        heads = rows.heads(world, [one.id for one in found])
        local = world.organisation.local
        lines = [
            Line((
                Cell(one.title, link=url_for("console.poll", id=one.id)), Cell(one.kind), Cell(f"{local(one.ends_at):%d %b}", kind="nowrap"),
                Cell(heads.get(one.id, 0)), Cell(one.by), Cell(one.state, state=True),
            ))
            for one in sorted(found, key=lambda one: -one.id)
        ]  # fmt: skip
        wrong = [Line((Cell(one.called), Cell(times), Cell("asked about" if times >= from_errors.FROM else "–"))) for one, times in from_errors.slips(world)]
    may = g.signed_in.operator.may("feedback:write")
    asks = [Ask("Write a poll or a quiz", form, url_for("console.write_poll"), "Keep it and look at it", HOW)] if may else []
    words = "A minute of questions that members answer by phone. Each answer is saved at once; who is cut off goes on where they were."
    if may:
        asks.append(
            Ask("A quiz out of what goes wrong", QuizForm(formdata=None, key=secrets.token_hex(8)), url_for("console.quiz_from_slips"), "Write it", SLIPS)
        )
    tables = [Table("Polls and quizzes", LIST, lines, "Nobody has written one yet."), Table(f"What goes wrong, {from_errors.DAYS} days", WRONG, wrong)]
    return show("Polls", words=words, tables=tables, asks=asks)


def _found(world: Any, id: int) -> Poll:
    found = rows.poll(world, id)
    if found is None:
        abort(404)
    return found


def _questions(asked: tuple[Question, ...], chosen: dict[tuple[int, int], int] | None) -> Table:
    """The questions as they stand, with what was chosen, where that may be seen."""
    lines = []
    for one in asked:
        heads = {choice.place: (chosen or {}).get((one.place, choice.place), 0) for choice in one.choices}
        few = chosen is None or said_to(one, chosen) < SHOWN_FROM
        total = sum(heads.values()) or 1
        for choice in one.choices:
            first = choice is one.choices[0]
            leads = "" if choice.then is None else "the end" if choice.then == END else f"question {choice.then}"
            lines.append(Line((
                Cell(one.place if first else ""), Cell(one.words if first else ""), Cell(f"{choice.words}{' (right)' if choice.right else ''}"), Cell(leads),
                *((Cell("–"),) * 2 if few else (Cell(heads[choice.place]), Cell(f"{100 * heads[choice.place] / total:.0f}"))),
            )))  # fmt: skip
        if not few and (unsure := (chosen or {}).get((one.place, UNSURE), 0)):
            lines.append(Line((Cell(""), Cell(""), Cell("I do not know"), Cell(""), Cell(unsure), Cell(""))))
    return Table("Questions", QUESTIONS, lines)


def _parts(caption: str, said: list[parts.PartSaid]) -> Table:
    """What parts of the members said, where they are so many that nobody can guess who said what."""
    lines, last = [], None
    for one in said:
        name = one.part.capitalize() if one.part else parts.UNSAID
        answers = ", ".join(f"{words} {share}%" for words, share in one.shares)
        lines.append(Line((Cell("" if one.question == last else one.question.words), Cell(parts.WHO.get(one.part, name)), Cell(one.heads), Cell(answers))))
        last = one.question
    return Table(caption, PARTS, lines, f"No two parts of {SHOWN_FROM} or more have answered.")


def _hang_steps(console: Blueprint, site: Site) -> None:
    @console.post("/polls")
    @needs("feedback:write")
    def write_poll() -> Any:
        form = PollForm()
        if not form.validate_on_submit():
            return _list(site, form), WRONG_FORM
        try:
            asked = read(form.kind.data, "\n".join(alphabet.plain(line) for line in form.asked.data.splitlines()))
            with world_of(site) as world:
                by = g.signed_in.operator.login
                id = verbs.draft(world, kind=form.kind.data, title=form.title.data, asked=asked, days=form.days.data, by=by, key=form.key.data)
                audit.note(world, by, "poll_written", f"poll {id}")
        except NotAPoll as why:
            form.asked.errors = [*form.asked.errors, f"Not kept: {why}."]
            return _list(site, form), WRONG_FORM
        return said("Kept. Look at it, then begin it.", url_for("console.poll", id=id))

    @console.post("/polls/slips")
    @needs("feedback:write")
    def quiz_from_slips() -> Any:
        form, there, by = QuizForm(), url_for("console.polls"), g.signed_in.operator.login
        with world_of(site) as world:
            written = from_errors.quiz_of(world, world.organisation.language)
            if not form.validate_on_submit() or not written:
                return said("Hardly anything goes wrong: there is nothing to ask about.", there, wrong=True)
            language = world.organisation.language
            title = from_errors.title_of(language, world.phrases.day(world.organisation.local(world.now()), language))[:TITLE_MOST]
            id = verbs.draft(world, kind="quiz", title=title, asked=read("quiz", written), days=QUIZ_DAYS, by=by, key=form.key.data)
            audit.note(world, by, "poll_written", f"poll {id}")
        return said("Kept. Look at it, then begin it.", url_for("console.poll", id=id))

    def step(id: int, act: Any, note: str, done: str, there: str) -> Any:
        with world_of(site) as world:
            try:
                act(world, _found(world, id))
            except NotAPoll as why:
                return said(f"Not done: {why}.", url_for("console.poll", id=id), wrong=True)
            audit.note(world, g.signed_in.operator.login, note, f"poll {id}")
        return said(done, there)

    @console.post("/polls/<int:id>/begin")
    @needs("feedback:write")
    def begin_poll(id: int) -> Any:
        return step(id, verbs.begin, "poll_begun", "It is open: members find it now.", url_for("console.poll", id=id))

    @console.post("/polls/<int:id>/end")
    @needs("feedback:write")
    def end_poll(id: int) -> Any:
        return step(id, verbs.end, "poll_ended", "It is over. Members see what came of it.", url_for("console.poll", id=id))

    @console.post("/polls/<int:id>/drop")
    @needs("feedback:write")
    def drop_poll(id: int) -> Any:
        return step(id, verbs.throw_away, "poll_dropped", "Thrown away.", url_for("console.polls"))
