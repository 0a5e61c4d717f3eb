"""Questions that nearly every hop asks, with as little between as can be: compiled once, and put to the driver itself.

SQLAlchemy writes them and says how a value goes in and comes out; its way from there to the driver costs several times what the
database takes. Whoever is in a transaction asks in it; a turn that is in none asks on a line of its thread, which commits nothing and holds nothing.
"""

from __future__ import annotations

import threading
from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from weakref import WeakSet

from sqlalchemy import Dialect, Engine, Select
from sqlalchemy.exc import DBAPIError, OperationalError

from gateway.store.forks import times_forked

Process = Callable[[Any], Any]


class Question:
    """A statement with its parameters by name, or one for each kind of database. `here`, the organisation, is filled in by who asks."""

    def __init__(self, statement: Select[*tuple[Any, ...]] | Mapping[str, Select[*tuple[Any, ...]]]) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def rows(self, connection: Any, dialect: Dialect, given: Mapping[str, Any]) -> list[Any]:
        """The answer of this driver's connection, as rows with names. Raises as SQLAlchemy would."""
        compiled = self._compiled.get(dialect.name) or self._compile(dialect)
        return compiled.rows(connection, given)

    def _compile(self, dialect: Dialect) -> _Compiled:
        statement = self._statement[dialect.name] if isinstance(self._statement, Mapping) else self._statement
        return self._compiled.setdefault(dialect.name, _Compiled(statement, dialect))


class _Compiled:
    """The text that a driver is given, how its parameters stand in it, and how values go in and out."""

    def __init__(self, statement: Select[*tuple[Any, ...]], dialect: Dialect) -> None:
        compiled: Any = statement.compile(dialect=dialect)
        self._text, self._places = str(compiled), compiled.positiontup
        assert "POSTCOMPILE" not in self._text, "a list has no place in a question that is compiled once"
        self._ins: dict[str, tuple[Any, Process | None]] = {
            name: (compiled.params[name], bind.type.dialect_impl(dialect).bind_processor(dialect)) for bind, name in compiled.bind_names.items()
        }
        columns = list(statement.selected_columns)
        made = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        self._outs = [(place, process) for place, process in enumerate(made) if process]
        self._row: Any = namedtuple("Row", [str(column.key) for column in columns], rename=True)  # type: ignore[misc]
        self._errors: Any = dialect.loaded_dbapi

    def rows(self, connection: Any, given: Mapping[str, Any]) -> list[Any]:
        values = {}
        for name, (value, process) in self._ins.items():
            bound = given.get(name, value)
            values[name] = process(bound) if process else bound
        try:
            found: Sequence[Sequence[Any]] = connection.execute(self._text, [values[name] for name in self._places] if self._places else values).fetchall()
        except self._errors.Error as error:
            raise DBAPIError.instance(self._text, None, error, self._errors.Error, hide_parameters=True) from error
        return [self._row._make(self._read(one)) for one in found] if self._outs else [self._row._make(one) for one in found]

    def _read(self, row: Sequence[Any]) -> list[Any]:
        read = list(row)
        for place, process in self._outs:
            read[place] = process(read[place])
        return read


class _Line:
    """A driver's connection on which every statement is a transaction of its own."""

    def __init__(self, engine: Engine) -> None:
        made: Any = engine.raw_connection()
        self.connection, self.forked = made.driver_connection, times_forked()
        made.detach()  # ours alone: the pool's are for transactions
        if engine.dialect.name == "postgresql":
            self.connection.autocommit = True

    @property
    def is_over(self) -> bool:
        """Whether the server has hung up, or another process speaks on it."""
        return self.forked != times_forked() or getattr(self.connection, "closed", False)


class Lines:
    """A line for each thread: what is asked there is seen as it is committed, and no lock outlasts the answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._mine = engine, threading.local()
        self._all: WeakSet[_Line] = WeakSet()

    def rows(self, question: Question, given: Mapping[str, Any]) -> list[Any]:
        """Asked once more where the line turns out to have gone stale while nobody asked."""
        line = self._line()
        try:
            return question.rows(line.connection, self._engine.dialect, given)
        except OperationalError:
            if not line.is_over:
                raise
            return question.rows(self._line().connection, self._engine.dialect, given)

    def _line(self) -> _Line:
        line: _Line | None = getattr(self._mine, "line", None)
        if line is None or line.is_over:
            line = self._mine.line = _Line(self._engine)
            self._all.add(line)
        return line

    def close(self) -> None:
        for line in list(self._all):
            if not line.is_over:
                line.connection.close()
        self._mine = threading.local()
