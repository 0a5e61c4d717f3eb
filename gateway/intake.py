"""Taking in payments of several callers at once: whoever comes while a transaction is under way shares the next one.

A commit waits for the disk, and eight callers who each wait for their own wait eight times. Here the first to come leads:
it takes the wishes of all who stand in line, decides them in one transaction, and hands the lead to the next. Nobody is
answered before the commit, so what is answered is durable; who comes alone notices nothing.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from gateway.ledger import verbs as ledger
from gateway.ledger.model import Conflict, Outcome, Wish

GROUP_MOST = 64  # wishes decided in one transaction: more would keep the first of them waiting
GATHER_S = 0.0004  # what a leader waits for those who were just answered, when there was company: they are back by then
WAIT_S = 4.0  # as long as a turn; who waited longer is told the truth by its key


class TooLate(Exception):
    """The line did not move in time. Whether the wish was taken, its key will tell."""


class Seat:
    """One caller in line."""

    def __init__(self, wish: Wish) -> None:
        self.wish, self.called = wish, threading.Event()
        self.outcome: Outcome | Conflict | None = None
        self.error: BaseException | None = None
        self.leads = False


class Intake:
    """The lines of one process, one for each organisation. `open_world` begins a unit of work."""

    def __init__(self, open_world: Callable[[Any], Any]) -> None:
        self._open_world, self._lock = open_world, threading.Lock()
        self._lines: dict[int, list[Seat]] = defaultdict(list)
        self._busy: set[int] = set()
        self._company: dict[int, int] = {}  # how many shared the last transaction

    def ask(self, organisation: Any, wish: Wish) -> Outcome:
        """Decide one wish, perhaps together with others, and commit. Raises Conflict as `reserve` does."""
        seat = Seat(wish)
        with self._lock:
            self._lines[organisation.id].append(seat)
            seat.leads = organisation.id not in self._busy
            self._busy.add(organisation.id)
        if not seat.leads and not seat.called.wait(WAIT_S):
            self._leave(organisation.id, seat)
        if seat.leads:
            self._lead(organisation)
        if seat.error:
            raise seat.error
        assert seat.outcome is not None, "whoever is called has an answer"
        if isinstance(seat.outcome, Conflict):
            raise seat.outcome
        return seat.outcome

    def _leave(self, id: int, seat: Seat) -> None:
        """Out of the line again, unless it was called in this very moment."""
        with self._lock:
            if seat in self._lines[id]:
                self._lines[id].remove(seat)
                raise TooLate
        if not seat.called.wait(WAIT_S):
            raise TooLate

    def _lead(self, organisation: Any) -> None:
        """Decide for all who stand in line now, then let the next one lead."""
        if self._company.get(organisation.id, 1) > len(self._lines[organisation.id]):
            time.sleep(GATHER_S)
        with self._lock:
            line = self._lines[organisation.id]
            group, self._lines[organisation.id] = line[:GROUP_MOST], line[GROUP_MOST:]
            self._company[organisation.id] = len(group)
        try:
            self._decide(organisation, group)
        finally:
            with self._lock:
                rest = self._lines[organisation.id]
                if rest:
                    rest[0].leads = True
                    rest[0].called.set()
                else:
                    self._busy.discard(organisation.id)

    def _decide(self, organisation: Any, group: list[Seat]) -> None:
        try:
            with self._open_world(organisation) as world:
                outcomes = ledger.reserve_many(world, [seat.wish for seat in group])
            for seat, outcome in zip(group, outcomes, strict=True):
                seat.outcome = outcome
        except Exception as error:
            if len(group) == 1:
                group[0].error = error
            else:  # one of them breaks the transaction: each in its own, so that only that one learns of it
                for seat in group:
                    self._decide(organisation, [seat])
        finally:
            for seat in group:
                if seat.outcome is None and seat.error is None:
                    seat.error = TooLate()
                if not seat.leads:
                    seat.called.set()
