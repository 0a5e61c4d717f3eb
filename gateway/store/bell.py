"""The bell: Redis tells who waits that there is something to do. Losing it costs time, never money."""

from __future__ import annotations

import redis

WAKE = "pamoja:wake"  # the relay listens here
WAKE_MOST = 1_000  # rings kept while nobody listens; the sweep finds the rows anyway
DONE_S = 30  # how long a finished transfer is announced


class Bell:
    """Rings and listens. Every failure of Redis is swallowed here: the sweep comes round in any case."""

    def __init__(self, quick: redis.Redis, patient: redis.Redis) -> None:
        self._quick, self._patient = quick, patient

    def wake(self, topics: list[str]) -> None:
        try:
            with self._quick.pipeline(transaction=False) as pipe:
                for topic in topics:
                    pipe.lpush(WAKE, topic)
                pipe.ltrim(WAKE, 0, WAKE_MOST)
                pipe.execute()
        except redis.RedisError:
            return

    def sleep(self, seconds: float) -> bool:
        """Wait until somebody rings, at most so long. True when somebody did."""
        try:
            rung = self._patient.blpop([WAKE], timeout=seconds) is not None
            if rung:
                self._quick.delete(WAKE)  # many rings, one look
            return rung
        except redis.RedisError:
            return False

    def announce(self, refs: list[str]) -> None:
        """These are finished."""
        try:
            with self._quick.pipeline(transaction=False) as pipe:
                for ref in refs:
                    pipe.lpush(f"pamoja:done:{ref}", 1)
                    pipe.expire(f"pamoja:done:{ref}", DONE_S)
                pipe.execute()
        except redis.RedisError:
            return

    def wait_for(self, ref: str, seconds: float) -> bool:
        """Wait until this one is finished, at most so long. False also when Redis is away: then look and see."""
        try:
            return self._patient.blpop([f"pamoja:done:{ref}"], timeout=seconds) is not None
        except redis.RedisError:
            return False
