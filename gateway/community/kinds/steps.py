"""The steps of a kind of an organisation's own: which of them it has, who may take each, how it is called there, and what is told of it.

What nobody has set is as it is with an idea.
"""

from __future__ import annotations

from typing import Any

from gateway.community.items.model import OWN
from gateway.community.kinds import step_rows
from gateway.community.kinds.step_rows import NAME_MOST, SMS_MOST, Step
from gateway.community.naming import staff_name

WHO = {"official": "who answers officially", "staff": "any of staff", "author": "its author, and staff", "nobody": "nobody: it has no such step"}
STEPS = ("looked_at", "planned", "trying", "done", "declined", "already_there")  # what can be set; all else goes by itself, or is a moderator's
BY_AUTHOR = ("done",)  # what an author may take on the phone
PROMISES = ("planned", "trying", "done")  # of these only who answers officially speaks, where nobody has set it otherwise


class NotSet(ValueError):
    """The step was not set. Says why, for the person who asked."""


def step_of(world: Any, kind: str, state: str) -> Step | None:
    """What was set of a step, if anything was; asked once a turn."""
    if not kind.startswith(OWN):
        return None
    key = ("steps of kind", kind)
    if key not in world.seen:
        world.seen[key] = step_rows.of_kind(world, kind)
    found: dict[str, Step] = world.seen[key]
    return found.get(state)


def who_may(world: Any, kind: str, state: str) -> str:
    """`nobody`, `staff`, `official` or `author`."""
    step = step_of(world, kind, state)
    return step.who if step else "official" if state in PROMISES else "staff"


def name_of(world: Any, kind: str, state: str, language: str) -> str:
    """How it is called there; nothing where it is called as everywhere."""
    step = step_of(world, kind, state)
    return step.name(language) if step else ""


def text_of(world: Any, kind: str, state: str, language: str) -> str:
    step = step_of(world, kind, state)
    return step.sms(language) if step else ""


def set_step(world: Any, kind: str, state: str, *, who: str, by: str, name_en: str = "", name_sw: str = "", sms_en: str = "", sms_sw: str = "") -> None:
    """From now on it is so. Raises NotSet."""
    if state not in STEPS or who not in WHO:
        raise NotSet("that is no step, or nobody who takes one")
    if who == "author" and state not in BY_AUTHOR:
        raise NotSet("an author can only say that it is done")
    said = {
        "name_en": staff_name(name_en, NAME_MOST), "name_sw": staff_name(name_sw, NAME_MOST),
        "sms_en": staff_name(sms_en, SMS_MOST), "sms_sw": staff_name(sms_sw, SMS_MOST),
    }  # fmt: skip
    if (said["name_sw"] and not said["name_en"]) or (said["sms_sw"] and not said["sms_en"]):
        raise NotSet("what is said in Swahili is needed in English too")
    step_rows.put(world, kind, state, who=who, by=by[:60], **said)
    world.seen.clear()
