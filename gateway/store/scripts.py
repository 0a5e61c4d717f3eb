"""Scripts on Redis, with as little between as can be: a hop makes two trips, and the client's own way to a command costs more than the trip."""

from __future__ import annotations

import hashlib
import os
import threading
import weakref
from collections.abc import Sequence
from typing import Any

import redis
from redis.exceptions import ConnectionError, NoScriptError, TimeoutError

TRIES = 2  # a connection that went stale while nobody called is made anew, once


class Script:
    """Lua, and the name that Redis has for it."""

    def __init__(self, text: str) -> None:
        self.text, self.sha = text, hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


class Scripts:
    """A connection for each thread, of the client library's own kind: it knows addresses, TLS, passwords and time-outs."""

    def __init__(self, client: redis.Redis) -> None:
        self._client = client
        self._mine = threading.local()
        self._all: weakref.WeakSet[Any] = weakref.WeakSet()

    def run(self, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
        """What the script returns. Raises RedisError; the script may then have run, or not, or twice."""
        for left in range(TRIES - 1, -1, -1):
            connection = self._connection()
            try:
                return self._ask(connection, script, keys, args)
            except (ConnectionError, TimeoutError):
                connection.disconnect()
                if not left:
                    raise
        raise AssertionError("it was tried")

    def _ask(self, connection: Any, script: Script, keys: Sequence[str], args: Sequence[Any]) -> Any:
        connection.send_command("EVALSHA", script.sha, len(keys), *keys, *args)
        try:
            return connection.read_response()
        except NoScriptError:
            connection.send_command("EVAL", script.text, len(keys), *keys, *args)
            return connection.read_response()

    def _connection(self) -> Any:
        mine, pool = self._mine, self._client.connection_pool
        if getattr(mine, "of", None) != (os.getpid(), id(pool)):
            mine.connection, mine.of = pool.connection_class(**pool.connection_kwargs), (os.getpid(), id(pool))
            self._all.add(mine.connection)
        return mine.connection

    def close(self) -> None:
        for connection in list(self._all):
            connection.disconnect()
