"""The transaction log, and the life of one transaction."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from wtforms import DateField, Form, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from gateway.console.fields import whole
from gateway.console.guard import needs, world_of
from gateway.console.looking import asks_why, keep_why
from gateway.members import log
from gateway.members import rows as members
from gateway.site import Site

KINDS = [SelectChoice(value, label) for value, label in (("", "all kinds"), ("transfer", "transfer"), ("deposit", "deposit"), ("reversal", "reversal"))]
STATES = [
    SelectChoice(value, label)
    for value, label in (("", "all states"), ("pending", "pending"), ("posted", "posted"), ("rejected", "rejected"), ("voided", "voided"))
]


class FilterForm(Form):  # type: ignore[misc]
    """It only reads, and its state is the address: no token needed."""

    number = StringField("Phone number", [Optional(), Length(max=20)], render_kw={"inputmode": "tel", "placeholder": "0711000001"})
    ref = StringField("Reference", [Optional(), Length(max=12)], render_kw={"placeholder": "QX7T2M9K"})
    kind = SelectField("Kind", choices=KINDS, default="")
    state = SelectField("State", choices=STATES, default="")
    day = DateField("Day", [Optional()])


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/transactions")
    @needs("money:read")
    def transactions() -> Any:
        form = FilterForm(request.args)
        form.validate()
        with world_of(site) as world:
            wanted, problem = _wanted(form, world)
            after, before = _id("after"), _id("before")
            if asking := _asks_about(world, wanted.number):
                return asking if after is None else _news([], None)
            lines = [] if problem else log.page(world, wanted, before=before, after=after)
            local = world.organisation.local
        if after is not None:  # the live page asks what has come since
            return _news(lines, local)
        newest = lines[0].id if lines and before is None else None
        older = _here(before=str(lines[-1].id)) if len(lines) == log.PAGE else None
        live = None if before or form.day.data or problem else _here()
        return render_template(
            "transactions.html", form=form, lines=lines, local=local, newest=newest or 0, older=older, live=live, problem=problem, filtered=bool(_kept())
        )

    @console.post("/transactions/look")
    @needs("money:read")
    def look_at_number() -> Any:
        with world_of(site) as world:
            who = members.by_number(world, world.place.phone(request.args.get("number", "")) or "")
            return keep_why(world, [who.id if who else None], "payment", _here())

    @console.get("/transactions/<int:id>")
    @needs("money:read")
    def transaction(id: int) -> str:
        with world_of(site) as world:
            line = log.line(world, id)
            if line is None:
                abort(404)
            if asking := asks_why(world, log.owners(world, id), "payment", f"Payment {line.ref}", url_for("console.look_at_payment", id=id)):
                return asking
            life, local = log.life(world, id), world.organisation.local
        return render_template("transaction.html", line=line, life=life, local=local)

    @console.post("/transactions/<int:id>/look")
    @needs("money:read")
    def look_at_payment(id: int) -> Any:
        with world_of(site) as world:
            if log.line(world, id) is None:
                abort(404)
            return keep_why(world, log.owners(world, id), "payment", url_for("console.transaction", id=id))


def _asks_about(world: Any, number: str) -> str:
    """All payments of one number are its member's statement: the reason comes first here too."""
    who = members.by_number(world, number) if number else None
    return asks_why(world, [who.id], "payment", "Payments of one number", url_for("console.look_at_number", **_kept())) if who else ""


def _news(lines: list[log.Line], local: Any) -> Response:
    """Only the new lines, or 204 when there are none."""
    if not lines:
        return make_response("", 204)
    response = make_response(render_template("_transaction_lines.html", lines=lines, local=local))
    response.headers["X-Newest"] = str(lines[0].id)
    return response


def _wanted(form: FilterForm, world: Any) -> tuple[log.Filter, str]:
    number = (form.number.data or "").strip()
    read = world.place.phone(number) if number else ""
    if read is None:
        return log.Filter(), f"{number} is not a phone number."
    if form.errors:
        return log.Filter(), "; ".join(str(one) for errors in form.errors.values() for one in errors)
    return log.Filter(read, (form.ref.data or "").strip(), form.kind.data or "", form.state.data or "", form.day.data), ""


def _here(**more: str) -> str:
    """This page with its filter, and perhaps another place on it."""
    query = urlencode({**_kept(), **more})
    return url_for("console.transactions") + (f"?{query}" if query else "")


def _kept() -> dict[str, Any]:
    """The filter as it stands in the address, without the place on the pages."""
    return {name: value for name, value in request.args.items() if value and name in ("number", "ref", "kind", "state", "day")}


def _id(name: str) -> int | None:
    value = request.args.get(name, "")
    return whole(value)
