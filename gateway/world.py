"""One unit of work: an organisation, a clock, a database transaction, an outbox. Verbs get a world, they never open one."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import SPOKEN, Conflict, Organisation, Outcome, Wish, number
from gateway.ledger.prices import rows as price_rows
from gateway.ledger.prices.model import PriceList
from gateway.store.engine import STATEMENT_MS
from gateway.store.outbox import Outbox
from gateway.store.questions import Lines, Question
from gateway.store.tables import new_id
from gateway.words import Phrases
from menus.answers import Place
from menus.phrasebook import Unseen

if TYPE_CHECKING:  # so that the menus are checked without Redis
    from gateway.store.bell import Bell

TURN_S = 4.0  # no turn lasts longer; networks give 10 s (Africa's Talking) and 5 s (Hubtel)
ANSWER_S = 0.3  # of it is left for the answer, whatever was waited for
POSTING_WAIT_S = 2.0  # how much of it may be spent waiting for the worker
PRICES_S = 5.0  # how old a price list may be: a new tariff or limit is known everywhere within this
SHARDS = 2  # lines of posting of an organisation: as many workers can post at once


class OutOfTime(Exception):
    """A turn has no time left: what it has not yet done is not done."""


class Prices:
    """What a process remembers of each organisation's tariffs, limits and own accounts: they change by the month, and every hop asks."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[float, PriceList, dict[str, int]]] = {}

    def of(self, connection: Callable[[], Connection], organisation_id: int) -> tuple[PriceList, dict[str, int]]:
        read_at, known, system = self._known.get(organisation_id, (-PRICES_S, PriceList(), {}))
        if time.monotonic() - read_at >= PRICES_S:
            known, system = price_rows.price_list(connection(), organisation_id), ledger_rows.system_accounts(connection(), organisation_id)
            self._known[organisation_id] = (time.monotonic(), known, system)
        return known, system

    def forget(self, organisation_id: int) -> None:
        self._known.pop(organisation_id, None)


class World:
    """The transaction begins when it is first needed: `read` sees, `write` also changes. Leaving commits, raising rolls back.

    What was read before the first write was read in an earlier transaction, so a verb that decides reads again under its lock.
    """

    def __init__(
        self, engine: Engine, bell: Bell, phrases: Phrases, organisation: Organisation, clock: Callable[[], dt.datetime], secrets: Any = None,
        prices: Prices | None = None, intake: Any = None, lines: Lines | None = None,
    ) -> None:  # fmt: skip
        self._engine, self._lines, self.bell, self.phrases, self._clock = engine, lines, bell, phrases, clock
        self._prices, self._repriced, self._intake = prices or Prices(), False, intake
        self.organisation, self.secrets = organisation, secrets
        self.outbox = Outbox(self)
        self.seen: dict[Any, Any] = {}  # what one turn looks up more than once; forgotten at every commit
        self.place = Place(
            organisation.currency,
            organisation.digits,
            organisation.calling_code,
            organisation.national_digits,
            lambda minor: str(organisation.money(minor)),
            number,
        )
        self.deadline = time.monotonic() + TURN_S
        self.patience_s: float | None = None  # for work that is no turn: how long one statement may take
        self.sms_price = ""  # what an SMS to us costs its writer; nothing where the organisation pays
        self._connection: Connection | None = None
        self._writes = False
        self._spoken = "en"
        self._unseen = False
        self.is_turn = False  # somebody waits with the phone in hand: at the deadline nothing more is begun

    @contextlib.contextmanager
    def unseen(self) -> Iterator[None]:
        """What is done in here answers a screen that nobody has seen: it may look at everything, and to change something raises Unseen."""
        before, self._unseen = self._unseen, True
        try:
            yield
        finally:
            self._unseen = before

    @contextlib.contextmanager
    def looking(self) -> Iterator[None]:
        """What only counts that something was looked at is done all the same."""
        before, self._unseen = self._unseen, False
        try:
            yield
        finally:
            self._unseen = before

    def now(self) -> dt.datetime:
        return self._clock()

    def new_id(self) -> int:
        return new_id()

    @contextlib.contextmanager
    def in_any_case(self) -> Iterator[None]:
        """What must be written down though the caller's time is over: the money moved, the PIN was right."""
        before, self.is_turn = self.is_turn, False
        try:
            yield
        finally:
            self.is_turn = before

    def time_left(self) -> float:
        """Seconds that this turn still has."""
        return max(self.deadline - time.monotonic(), 0.0)

    @property
    def prices(self) -> PriceList:
        """Tariffs and limits of this organisation, with the dates from which they hold."""
        return self._priced()[0]

    @property
    def system_accounts(self) -> dict[str, int]:
        """The organisation's own accounts: code -> id."""
        return self._priced()[1]

    def _priced(self) -> tuple[PriceList, dict[str, int]]:
        """What this transaction itself has changed and not yet committed is nobody else's to remember."""
        remembered = Prices() if self._repriced else self._prices
        return remembered.of(lambda: self.read, self.organisation.id)

    @property
    def shards(self) -> int:
        return SHARDS

    def forget_prices(self) -> None:
        """A tariff, a limit or an own account has changed here."""
        self._repriced = True

    def ask(self, wish: Wish) -> Outcome:
        """Ask for a transfer in a transaction that is shared with whoever asks at the same time. What was done here so far is
        committed first, and the answer is durable when it comes.
        """
        self._must_be_seen()
        self.commit()
        outcome: Outcome = self._intake.ask(self.organisation, wish)
        return outcome

    def tried(self, act: Callable[[], str]) -> str:
        """Do something that the database may refuse, and go on without it when it does: what it said, or why it was not done."""
        point = self.write.begin_nested()
        try:
            said = act()
        except (DBAPIError, OverflowError, Conflict) as error:
            point.rollback()
            return f"the books refuse it ({type(error).__name__})"
        point.commit()
        return said

    def found(self, question: Question, **given: Any) -> list[Any]:
        """The rows that a question of every hop finds. A turn that is in no transaction needs none for it, as long as it has time for the longest."""
        given["here"] = self.organisation.id
        if self._lines and self.is_turn and self._connection is None and self.time_left() * 1000 >= STATEMENT_MS:
            return self._lines.rows(question, given)
        return question.rows(self.read.connection.driver_connection, self._engine.dialect, given)

    @property
    def dialect(self) -> str:
        return self._engine.dialect.name

    @property
    def read(self) -> Connection:
        return self._open(writes=False)

    @property
    def write(self) -> Connection:
        self._must_be_seen()
        return self._open(writes=True)

    def _must_be_seen(self) -> None:
        if self._unseen:
            raise Unseen

    def _open(self, *, writes: bool) -> Connection:
        left = self.time_left()
        if self.is_turn and not left:
            raise OutOfTime
        if self._connection is not None and writes and not self._writes:
            self._close()
        if self._connection is None:
            self._connection = self._engine.connect().execution_options(writes=writes)
            self._connection.begin()
            self._writes = writes
            if self.patience_s and self._engine.dialect.name == "postgresql":
                self._connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(self.patience_s * 1000)}")
        if self.is_turn and left * 1000 < STATEMENT_MS and self._engine.dialect.name == "postgresql":
            self._connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(left * 1000) + 1}")
        return self._connection

    def commit(self) -> None:
        """Make it so, then wake up who has to act on it."""
        try:
            if self._connection is not None and self._writes:
                self._connection.commit()
        except BaseException:
            self.rollback()  # whether it was taken, nobody knows: whoever needs to know looks it up
            raise
        self._close()
        if self._repriced:
            self._prices.forget(self.organisation.id)
            self._repriced = False
        added, self.outbox.added = self.outbox.added, []
        if added:
            self.bell.wake([topic for topic, _ in added])

    def rollback(self) -> None:
        self.outbox.added, self._repriced = [], False
        self._close()

    def _close(self) -> None:
        connection, self._connection, self._writes = self._connection, None, False
        self.seen.clear()
        if connection is not None:
            connection.close()

    def __enter__(self) -> World:
        self._spoken = SPOKEN.get()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        SPOKEN.set(self._spoken)  # the next in this thread may be a page of the console
        if kind is None:
            self.commit()
        else:
            self.rollback()
