"""A process that dies at its n-th call to the database, whatever kind of call it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import event

from gateway.world import World
from tests.cast import Village


class Died(BaseException):
    """The process is gone."""


@contextmanager
def dying_at(village: Village, call: int) -> Iterator[None]:
    """Die at the n-th statement, COPY included, counted from here."""
    count = 0

    def die(*_: object) -> None:
        nonlocal count
        count += 1
        if count == call:
            raise Died

    copy: Any = psycopg.Cursor.copy

    def counted_copy(self: Any, *args: Any, **more: Any) -> Any:
        die()
        return copy(self, *args, **more)

    event.listen(village.site.engine, "before_cursor_execute", die)
    psycopg.Cursor.copy = counted_copy  # type: ignore[method-assign]
    try:
        yield
    finally:
        psycopg.Cursor.copy = copy  # type: ignore[method-assign]
        event.remove(village.site.engine, "before_cursor_execute", die)


def crash_at(village: Village, call: int, act: Callable[[World], object], *, committed: bool) -> bool:
    """Run something whose process dies at its n-th call. Whether it came so far; if it did not, it is committed or taken back."""
    try:
        with dying_at(village, call), village.world() as world:
            act(world)
            if not committed:
                raise Died
    except Died:
        return True
    return False
