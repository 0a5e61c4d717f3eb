"""What questions and tips are about: the usual topics on or off, and an organisation's own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from gateway.community.helping import rows as helping
from gateway.community.topics import rows, verbs
from gateway.community.topics.model import ANY, NAME_MOST, OWN
from gateway.console.fields import FlaskForm, optional, required, select
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Table, said, show
from gateway.site import Site
from gateway.store import audit

HELPERS_MOST = 1_000  # that are counted
TOPICS = (("Topic", ""), ("In Swahili", ""), ("Helpers", "number"), ("Questions", "number"), ("Tips", "number"), ("", ""), ("", ""))
ABOUT = (
    "A question goes to helpers who know its topic; tips are listed by topic under {tips}, and a topic may have a keeper (page Helpers). One that is off "
    "is offered no more: what was said in it stays, and is found by its number and its words."
)


class TopicForm(FlaskForm):  # type: ignore[misc]
    name_en = required("What is it called?", NAME_MOST, placeholder="Water points")
    name_sw = optional("Its name in Swahili", NAME_MOST, placeholder="Vituo vya maji")


class RenameForm(FlaskForm):  # type: ignore[misc]
    code = select("Which?")
    name_en = required("What is it called?", NAME_MOST)
    name_sw = optional("Its name in Swahili", NAME_MOST)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/topics")
    @needs("feedback:read")
    def topics() -> str:
        may = g.signed_in.operator.may("feedback:write")
        with world_of(site) as world:
            table, own, keys = _table(world, may), _own(world), world.organisation.dial("4", "2", "3")
        asks = [Ask("A topic of your own", TopicForm(formdata=None), url_for("console.make_topic"), "Add it", f"At most {len(OWN)}. It is there at once.")]
        if own:
            form = RenameForm(formdata=None)
            form.code.choices = own
            about = "What was said in it is called by the new name too: for the same thing in better words, or for one that nobody uses."
            asks.append(Ask("Another name", form, url_for("console.rename_topic"), "Call it so", about))
        return show("Topics", words=ABOUT.format(tips=keys), tables=[table], asks=asks if may else [])

    @console.post("/topics")
    @needs("feedback:write")
    def make_topic() -> Any:
        form, there, by = TopicForm(), url_for("console.topics"), g.signed_in.operator.login
        if not form.validate_on_submit():
            return said(f"A name of at most {NAME_MOST} letters is needed.", there, wrong=True)
        with world_of(site) as world:
            try:
                code = verbs.make_topic(world, name_en=form.name_en.data, name_sw=form.name_sw.data or "", by=by)
            except verbs.NotMade as why:
                return said(f"Not made: {why}.", there, wrong=True)
            name = verbs.called(world, code, "en")
            audit.note(world, by, "topic_made", name)
        return said(f"Members find {name} now.", there)

    @console.post("/topics/name")
    @needs("feedback:write")
    def rename_topic() -> Any:
        form, there, by = RenameForm(), url_for("console.topics"), g.signed_in.operator.login
        with world_of(site) as world:
            form.code.choices = _own(world)
            if not form.validate_on_submit():
                return said(f"A topic of your own and a name of at most {NAME_MOST} letters are needed.", there, wrong=True)
            before = verbs.called(world, form.code.data, "en")
            try:
                verbs.rename(world, form.code.data, name_en=form.name_en.data, name_sw=form.name_sw.data or "")
            except verbs.NotMade as why:
                return said(f"Not done: {why}.", there, wrong=True)
            name = verbs.called(world, form.code.data, "en")
            audit.note(world, by, "topic_renamed", name, before=before)
        return said(f"{before} is called {name} now.", there)

    @console.post("/topics/<code>/turn")
    @needs("feedback:write")
    def turn_topic(code: str) -> Any:
        there, by = url_for("console.topics"), g.signed_in.operator.login
        with world_of(site) as world:
            now, name = verbs.turn(world, code, by), verbs.called(world, code, "en")
            if now is None:
                return said("There is no such topic, or it is the one for all the rest.", there, wrong=True)
            audit.note(world, by, "topic_turned", name, on=now)
        return said(f"{name} is {'on' if now else 'off'} now.", there)


def _own(world: Any) -> list[tuple[str, str]]:
    return [(code, verbs.called(world, code, "en")) for code, _ in verbs.all_topics(world) if code in OWN]


def _table(world: Any, may: bool) -> Table:
    helpers, used, lines = helping.all_helpers(world, HELPERS_MOST), rows.used(world), []
    for code, on in verbs.all_topics(world):
        name, kinds = verbs.called(world, code, "en"), used.get(code, {})
        deed = Deed("Switch off" if on else "Switch on", url_for("console.turn_topic", code=code), about=name)
        lines.append(Line((
            Cell(name), Cell(verbs.called(world, code, "sw")), Cell(sum(code in one.topics for one in helpers)),
            Cell(kinds.get("question", 0)), Cell(kinds.get("tip", 0)), Cell("on" if on else "off", state=True),
        ), [deed] if may and code != ANY else []))  # fmt: skip
    return Table("Topics", TOPICS, lines)
