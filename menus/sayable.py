"""The words that a text may say, each looked up only when it is said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from menus.screens import Ask
from menus.session import Session, kept


class Sayable(dict[str, Any]):
    """The words a text may say: what the reason brings, then answers and outcomes, then facts, looked up only when said."""

    def __init__(self, engine: Any, session: Session, world: Any, extra: Mapping[str, Any]) -> None:
        super().__init__(extra)
        self._engine, self._session, self._world = engine, session, world

    def __missing__(self, name: str) -> str:
        here = self._session.here
        if name in here.words:
            return str(here.words[name])
        if name in here.answers:
            step = self._engine.book.flow_at(here.at)[name]
            said = step.answer.say(here.answers[name], self._world.place) if isinstance(step, Ask) else str(here.answers[name])
            return str(kept(said, step.answer.longest if isinstance(step, Ask) else said))
        fact = self._engine.phrasebook.facts[name]
        return str(kept(self._engine.look_up(name, self._session, self._world), fact.longest))
