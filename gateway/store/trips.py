"""Trips to Redis, with as little between as can be: a hop makes two, and the client's own way to a command costs more than the trip."""

from __future__ import annotations

import builtins
import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from typing import Any

import redis
from hiredis import Reader, ReplyError, pack_command
from redis.exceptions import ConnectionError, NoScriptError, ResponseError, TimeoutError

TimeoutHere = builtins.TimeoutError  # a socket's own
CHUNK = 65_536  # octets read at once; a call has some thousand
TRIES = 2  # a connection that went stale while nobody called is made anew, once


class Script:
    """Lua, and the name that Redis has for it."""

    def __init__(self, text: str) -> None:
        self.text, self.sha = text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


_forked = 0  # how often this process was forked off: a child does not speak on its parent's line


def _in_child() -> None:
    global _forked
    _forked += 1


os.register_at_fork(after_in_child=_in_child)


class _Line:
    """A connection. The client library makes it, for it knows addresses, TLS, passwords and time-outs; the octets are ours."""

    def __init__(self, pool: Any) -> None:
        self._connection = pool.connection_class(**{**pool.connection_kwargs, "protocol": 2})
        self._reader: Reader | None = None

    def ask(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        try:
            if self._reader is None:
                self._connection.connect()
                self._reader = Reader()
            wire = self._connection._get_socket()
            wire.sendall(b"".join([pack_command(one) for one in commands]))
            return [self._answer(wire, self._reader) for _ in commands]
        except TimeoutHere as error:
            raise TimeoutError("Redis did not answer in time") from error
        except OSError as error:
            raise ConnectionError(f"Redis is away: {error.errno}") from error

    def _answer(self, wire: Any, reader: Reader) -> Any:
        while (answer := reader.gets()) is False:
            octets = wire.recv(CHUNK)
            if not octets:
                raise ConnectionError("Redis has hung up")
            reader.feed(octets)
        if isinstance(answer, ReplyError):
            said = str(answer)
            raise NoScriptError(said) if said.startswith("NOSCRIPT") else ResponseError(said)
        return answer

    def drop(self) -> None:
        self._reader = None
        self._connection.disconnect()


class Trips:
    """A line for each thread."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._mine = threading.local()

    def ask(self, *commands: tuple[Any, ...]) -> list[Any]:
        """Several commands in one trip, done in this order. Raises RedisError; they may then have been done, or not, or twice."""
        return self._tried(lambda line: line.ask(commands))

    def run(self, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """What a script returns. Raises RedisError as `ask` does."""
        try:
            return self.ask(("EVALSHA", script.sha, len(keys), *keys, *args))[0]
        except NoScriptError:
            return self.ask(("EVAL", script.text, len(keys), *keys, *args))[0]

    def _tried(self, act: Callable[[_Line], list[Any]]) -> list[Any]:
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
        if getattr(mine, "pool", None) is not pool or mine.forked != _forked:
            mine.line, mine.pool, mine.forked = _Line(pool), pool, _forked
        return mine.line  # type: ignore[no-any-return]
