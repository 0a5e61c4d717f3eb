"""Menus as data: a Flow to JSON and back, for the menus that are made while we run."""

from __future__ import annotations

import dataclasses
from typing import Any

from menus import answers
from menus.screens import Again, Ask, Browse, Choose, Do, Flow, Pick, Step, Tell, When

STEPS: dict[str, type] = {kind.__name__.lower(): kind for kind in (Choose, Ask, Browse, Do, Tell)}
WAYS: dict[str, type] = {kind.__name__.lower(): kind for kind in (When, Pick, Again)}
ANSWERS: dict[str, type] = {
    kind.__name__.lower(): kind
    for kind in (
        *(answers.Amount, answers.Phone, answers.Pin, answers.Words, answers.HiddenWords),
        *(answers.Name, answers.Number, answers.Digits, answers.YesNo, answers.Numbered, answers.RollNumber, answers.BillNumber),
    )
}


class NotAFlow(ValueError):
    """The data does not describe a flow. Says which part and why."""


def to_data(flow: Flow) -> dict[str, Any]:
    """A flow as plain data; what stands at its default is left out."""
    data: dict[str, Any] = {"flow": flow.name, "steps": [_out(step) for step in flow.steps]}
    more = {"title": flow.title, "takes": list(flow.takes), "private": flow.private}
    return data | {name: value for name, value in more.items() if value}


def from_data(data: dict[str, Any]) -> Flow:
    """The flow that was written down. Raises NotAFlow."""
    try:
        steps, takes = (_step(each) for each in data["steps"]), tuple(data.get("takes", ()))
        return Flow(data["flow"], *steps, title=data.get("title", ""), takes=takes, private=bool(data.get("private", False)))
    except (KeyError, TypeError, AttributeError) as error:
        raise NotAFlow(f"{data.get('flow', 'a flow') if isinstance(data, dict) else 'a flow'}: {error}") from error


def _out(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _out(one) for key, one in value.items()}
    if not dataclasses.is_dataclass(value):
        return value
    kept = {one.name: _out(getattr(value, one.name)) for one in dataclasses.fields(value) if getattr(value, one.name) != _default(one)}
    return {"kind": type(value).__name__.lower(), **kept}


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _step(data: dict[str, Any]) -> Step:
    rest = {name: value for name, value in data.items() if name != "kind"}
    if "answer" in rest:
        rest["answer"] = _made(rest["answer"], ANSWERS)
    for ways in ("options", "outcomes"):
        if ways in rest:
            rest[ways] = {key: _made(way, WAYS) if isinstance(way, dict) else way for key, way in rest[ways].items()}
    step: Step = STEPS[data["kind"]](**rest)
    return step


def _made(data: dict[str, Any], kinds: dict[str, type]) -> Any:
    return kinds[data["kind"]](**{name: value for name, value in data.items() if name != "kind"})
