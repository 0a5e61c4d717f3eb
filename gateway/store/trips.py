"""Trips to Redis, with as little between as can be: a hop makes two, and the client's own way to a command costs more than the trip."""

from __future__ import annotations

import builtins
import threading
from collections.abc import Callable, Sequence
from typing import Any

import redis
from hiredis import Reader, ReplyError, pack_command
from redis.exceptions import ConnectionError, ResponseError, TimeoutError

from gateway.store.forks import times_forked

TimeoutHere = builtins.TimeoutError  # a socket's own
CHUNK = 65_536  # octets read at once; a call has some thousand
TRIES = 2  # a connection that went stale while nobody called is made anew, once

Command = tuple[Any, ...]
Telling = Callable[[object], Sequence[Command]]  # what to tell, by the connection that it goes over: another one forgot what was watched
Heard = Callable[[list[Any]], None]  # is told the answers that were not waited for; none when nobody will ever know them


class _Line:
    """A connection. The client library makes it, for it knows addresses, TLS, passwords and time-outs; the octets are ours."""

    def __init__(self, pool: Any) -> None:
        self._connection = pool.connection_class(**{**pool.connection_kwargs, "protocol": 2})
        self._reader: Reader | None = None
        self._unheard: tuple[int, Heard] | None = None

    def ask(self, commands: Sequence[Command]) -> list[Any]:
        """Every answer, in order. What Redis would not do is an answer too: a `ReplyError`. What was told before is answered first, in the same octets."""
        told = self._unheard[0] if self._unheard else 0
        self._send(commands)
        answers = self._answers(told + len(commands))
        self._hear(answers[:told])
        return answers[told:]

    def tell(self, telling: Telling, heard: Heard) -> None:
        """Sent, and not waited for: the answers are read with those of the next commands."""
        self.settle()
        commands = telling(self.there())
        self._send(commands)
        self._unheard = len(commands), heard

    def there(self) -> object:
        """The connection as it is now: another object when it was made anew."""
        if self._reader is None:
            try:
                self._connection.connect()
            except OSError as error:
                raise _away(error) from error
            self._reader = Reader()
        return self._reader

    def settle(self) -> None:
        if self._unheard:
            self._hear(self._answers(self._unheard[0]))

    def _hear(self, answers: list[Any]) -> None:
        if self._unheard:
            (_, heard), self._unheard = self._unheard, None
            heard(answers)

    def _send(self, commands: Sequence[Command]) -> None:
        self.there()
        try:
            self._connection._get_socket().sendall(b"".join([pack_command(one) for one in commands]))
        except OSError as error:
            raise _away(error) from error

    def _answers(self, count: int) -> list[Any]:
        answers: list[Any] = []
        wire, reader = self._connection._get_socket(), self._reader
        assert reader, "nobody was asked"
        try:
            while len(answers) < count:
                if (answer := reader.gets()) is not False:
                    answers.append(answer)
                elif octets := wire.recv(CHUNK):
                    reader.feed(octets)
                else:
                    raise ConnectionError("Redis has hung up")
        except OSError as error:
            raise _away(error) from error
        return answers

    def drop(self) -> None:
        unheard, self._unheard, self._reader = self._unheard, None, None
        self._connection.disconnect()
        if unheard:
            unheard[1]([])


def _away(error: OSError) -> redis.RedisError:
    return TimeoutError("Redis did not answer in time") if isinstance(error, TimeoutHere) else ConnectionError(f"Redis is away: {error.errno}")


class Trips:
    """A line for each thread."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._mine = threading.local()

    def ask(self, *commands: Command) -> list[Any]:
        """Several commands in one trip, done in this order. Raises RedisError; they may then have been done, or not, or twice."""
        answers: list[Any] = self._tried(lambda line: line.ask(commands))
        for answer in answers:
            if isinstance(answer, ReplyError):
                raise ResponseError(str(answer))
        return answers

    def tell(self, telling: Telling, heard: Heard) -> None:
        """Several commands whose answers nobody waits for; `heard` is told them when this thread asks next, with a `ReplyError` where
        something was not done, or none at all when they are lost. Raises RedisError when they could not be sent.
        """
        self._tried(lambda line: line.tell(telling, heard))

    def there(self) -> object:
        """The connection of this thread as it is now. A key that is watched is watched by this one alone."""
        return self._line().there()

    def settle(self) -> None:
        """Wait until what this thread has told is done: for whoever looks at Redis next by another way."""
        self._tried(lambda line: line.settle())

    def _tried(self, act: Callable[[_Line], Any]) -> Any:
        for left in range(TRIES - 1, -1, -1):
            line = self._line()
            try:
                return act(line)
            except (ConnectionError, TimeoutError):
                line.drop()
                if not left:
                    raise
            except BaseException:  # an error in the midst of answers leaves nothing behind that the next would take for its own
                line.drop()
                raise
        raise AssertionError("it was tried")

    def _line(self) -> _Line:
        mine, pool = self._mine, self._client.connection_pool
        if getattr(mine, "pool", None) is not pool or mine.forked != times_forked():
            mine.line, mine.pool, mine.forked = _Line(pool), pool, times_forked()
        return mine.line  # type: ignore[no-any-return]
