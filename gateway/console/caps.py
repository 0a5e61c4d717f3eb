"""What thanks are worth: staff set it, within bounds."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for
from wtforms import IntegerField
from wtforms.validators import InputRequired, NumberRange

from gateway.community.caps import A_WEEK, CAPS, EACH, cap, put_cap
from gateway.console.fields import FlaskForm
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, said
from gateway.site import Site
from gateway.store import audit

ABOUT = "Recognition first: a thanks is told by name whatever stands here. Points come out of the budget above, for what others say helped them."


class CapsForm(FlaskForm):  # type: ignore[misc]
    """One field for each of what can be set."""


for _name, _cap in CAPS.items():
    setattr(CapsForm, _name, IntegerField(f"{_cap.called} ({_cap.least} to {_cap.most})", [InputRequired(), NumberRange(_cap.least, _cap.most)]))


def hang_into(console: Blueprint, site: Site) -> None:
    @console.post("/helpers/caps")
    @needs("feedback:write")
    def set_caps() -> Any:
        form, there, by = CapsForm(), url_for("console.helpers"), g.signed_in.operator.login
        if not form.validate_on_submit() or form[EACH].data > form[A_WEEK].data:
            return said("Whole numbers within the bounds are needed, and a week holds one thanks at least.", there, wrong=True)
        with world_of(site) as world:
            before = {name: cap(world, name) for name in CAPS}
            after = {name: form[name].data for name in CAPS}
            for name in CAPS:
                if after[name] != before[name]:
                    put_cap(world, name, after[name], by)
            audit.note(world, by, "caps_set", "points for thanks", before=before, after=after)
        return said("From now on it is so.", there)


def ask(world: Any) -> Ask:
    return Ask("What thanks are worth", CapsForm(formdata=None, **{name: cap(world, name) for name in CAPS}), url_for("console.set_caps"), "Set it", ABOUT)
