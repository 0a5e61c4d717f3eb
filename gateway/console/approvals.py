"""Two persons: what waits for the second, and what came of the others."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, request, url_for

from gateway.console.fields import FlaskForm, required, select, whole
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Link, Table, said, show
from gateway.money import approvals as two
from gateway.money import rows
from gateway.money.model import Approval
from gateway.operators.verbs import confirm_code
from gateway.site import Site

PAGE = 50
COLUMNS = (("Asked", ""), ("What", ""), ("About", "words"), ("Asked by", ""), ("Decided by", ""), ("State", ""), ("", ""))


class DecideForm(FlaskForm):  # type: ignore[misc]
    agree = select("Your decision", "yes|Agree and do it", "no|Refuse")
    code = required("Code of your second factor", 20, inputmode="numeric", autocomplete="one-time-code")


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/approvals")
    @needs("money:read")
    def approvals() -> str:
        before = whole(request.args.get("before"))
        with world_of(site) as world:
            waiting = rows.page_of_approvals(world, state="waiting", most=200)
            page = rows.page_of_approvals(world, before=before, most=PAGE)
            ended = [one for one in page if one.state != "waiting"]
            local = world.organisation.local
        older = url_for("console.approvals", before=page[-1].id) if len(page) == PAGE else None
        tables = [
            Table("Waiting for a second person", COLUMNS, [_line(one, local) for one in waiting], "Nothing waits."),
            Table("Decided", COLUMNS, [_line(one, local) for one in ended], "Nothing yet."),
        ]
        return show("Two persons", words="What moves or changes money is asked for by one person and agreed to by another.", tables=tables, older=older)

    @console.get("/approvals/<int:id>")
    @needs("money:read")
    def approval(id: int) -> str:
        with world_of(site) as world:
            found = rows.approval(world, id)
            if found is None:
                abort(404)
            local = world.organisation.local
        asks = [_decision(id)] if found.state == "waiting" and g.signed_in.operator.may("money:check") and found.maker != g.signed_in.operator.login else []
        return show(f"Asked for: {found.action}", facts=_facts(found, local), links=_links(found), asks=asks)

    @console.post("/approvals/<int:id>")
    @needs("money:check")
    def decide(id: int) -> Any:
        form, there = DecideForm(), url_for("console.approval", id=id)
        if not form.validate_on_submit():
            return said("A code of your second factor is needed.", there, wrong=True)
        operator = g.signed_in.operator
        with world_of(site) as world:
            if not confirm_code(world, operator, form.code.data.strip(), site.settings.secret_key):
                return said("That code is not right, or was used before.", there, wrong=True)
            came = two.decide(world, id, operator.login, agree=form.agree.data == "yes")
        match came:
            case two.Done(what):
                return said(f"It is {what}.", url_for("console.approvals"))
            case two.NotDone(why):
                return said(f"It could not be done: {why}.", there, wrong=True)
            case two.SamePerson():
                return said("Who asked for it cannot agree to it.", there, wrong=True)
            case _:
                return said("It is not waiting any more.", there, wrong=True)


def _facts(found: Approval, local: Any) -> list[tuple[str, Any]]:
    return [
        ("What", found.action), ("About", found.subject), ("Asked by", found.maker), ("Asked", local(found.made_at).strftime("%d %b %H:%M")),
        ("Ends", local(found.expires_at).strftime("%d %b %H:%M")), ("State", found.state),
        ("Decided by", found.checker or "–"), ("Said", found.said or "–"), *found.payload.items(),
    ]  # fmt: skip


def _links(found: Approval) -> list[Link]:
    """Where the other person sees what this is about before deciding."""
    links = []
    if "batch_id" in found.payload:
        links.append(Link("Every line of it", url_for("console.bulk_batch", id=found.payload["batch_id"])))
    if "transfer_id" in found.payload:
        links.append(Link("The payment", url_for("console.transaction", id=found.payload["transfer_id"])))
    if "import_id" in found.payload or "line_id" in found.payload:
        links.append(Link("The provider's statements", url_for("console.imports")))
    return links


def _decision(id: int) -> Ask:
    words = "You see what was asked for above; agreeing does it at once."
    return Ask("Decide", DecideForm(formdata=None), url_for("console.decide", id=id), "Decide", words)


def _line(one: Approval, local: Any) -> Line:
    here = url_for("console.approval", id=one.id)
    return Line((
        Cell(local(one.made_at).strftime("%d %b %H:%M")), Cell(one.action, here), Cell(one.subject), Cell(one.maker), Cell(one.checker or ""),
        Cell(one.state, state=True), Cell("Look", here) if one.state == "waiting" else Cell(one.said),
    ))  # fmt: skip


def ask(site: Site, action: str, payload: dict[str, Any], there: str) -> Any:
    """Write down what the signed-in person asks for, and say so on the page they came from."""
    with world_of(site) as world:
        came = two.ask(world, action, payload, g.signed_in.operator.login)
    if isinstance(came, two.AlreadyWaiting):
        return said("The very same waits already for a second person.", there, wrong=True)
    return said("Asked for. A second person must agree: Two persons.", there)


def deed(label: str, action: str, about: str, **fields: Any) -> Deed:
    """A button that asks for something."""
    return Deed(label, url_for("console.ask_for", action=action), fields, about)
