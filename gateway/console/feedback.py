"""The inbox of what members say."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import Form, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from gateway.community import facts, rows
from gateway.console.fields import whole
from gateway.console.guard import needs, world_of
from gateway.site import Site
from gateway.store import audit

KINDS = [
    SelectChoice(value, label) for value, label in (("", "everything"), ("idea", "ideas"), ("wrong", "something is wrong"), ("unsorted", "not sorted yet"))
]
STATES = [SelectChoice(value, label) for value, label in (("", "new and seen"), ("new", "new"), ("seen", "seen"), ("closed", "closed"))]


class FilterForm(Form):  # type: ignore[misc]
    """It only reads: no token needed."""

    kind = SelectField("What", choices=KINDS, default="")
    state = SelectField("State", choices=STATES, default="")


class MarkForm(FlaskForm):  # type: ignore[misc]
    state = HiddenField(validators=[AnyOf(["seen", "closed", "new"])])


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/feedback")
    @needs("feedback:read")
    def feedback() -> str:
        form = FilterForm(request.args)
        before = request.args.get("before", "")
        with world_of(site) as world:
            said = facts.inbox(world, before=whole(before), kind=form.kind.data or "", state=form.state.data or "")
            local = world.organisation.local
        older = url_for("console.feedback", kind=form.kind.data, state=form.state.data, before=said[-1].feedback.id) if len(said) == facts.PAGE else None
        may_write = g.signed_in.operator.may("feedback:write")
        return render_template("feedback.html", form=form, said=said, local=local, older=older, mark=MarkForm(), may_write=may_write)

    @console.post("/feedback/<int:id>")
    @needs("feedback:write")
    def mark_feedback(id: int) -> Any:
        form = MarkForm()
        if not form.validate_on_submit():
            abort(400)
        with world_of(site) as world:
            one = rows.one(world, id)
            if one is None:
                abort(404)
            rows.change(world, id, state=form.state.data)
            audit.note(world, g.signed_in.operator.login, "feedback_marked", f"feedback {one.number}", before=one.state, after=form.state.data)
        return redirect(request.referrer if (request.referrer or "").startswith(request.host_url) else url_for("console.feedback"))
