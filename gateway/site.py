"""What one process holds: settings, the database, Redis, the words, the clock. Made once, handed to whoever needs it."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from gateway.intake import Intake
from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import Organisation
from gateway.observe import log
from gateway.settings import Settings
from gateway.store.bell import Bell
from gateway.store.engine import connect
from gateway.store.questions import Lines
from gateway.words import Phrases, load_catalogs
from gateway.world import TURN_S, Prices, World

REDIS_TIMEOUT_S = 1.0  # for one command; a turn has four seconds in all
REDIS_TRIES_MORE = 1
LISTEN_S = 5.0  # the longest that anybody listens to the bell at a stretch
ORGANISATIONS_S = 5.0  # how old the list of organisations may be: a pause takes effect within this everywhere


def utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Keys:
    """The secrets that verbs may need. Prints nothing of them."""

    peppers: dict[str, bytes]

    def __repr__(self) -> str:
        return "Keys(****)"


class Site:
    """One process's hold on everything outside. `now` is the clock; tests hand in their own."""

    def __init__(self, settings: Settings, now: Callable[[], dt.datetime] = utc_now) -> None:
        self.settings, self.now = settings, now
        self.engine = connect(settings.database_url)
        self.lines = Lines(self.engine)
        self.redis = _redis(settings.redis_url, REDIS_TIMEOUT_S)
        self._patient_redis = _redis(settings.redis_url, LISTEN_S + REDIS_TIMEOUT_S, tries_more=0)
        self.bell = Bell(self.redis, self._patient_redis)
        self.phrases = Phrases(load_catalogs())
        self.keys = Keys(dict(settings.peppers))
        self.prices = Prices()
        self.intake = Intake(self.world)
        self._organisations: tuple[float, list[Organisation]] = (0.0, [])
        self._lock = threading.Lock()

    def world(self, organisation: Organisation, *, seconds: float = TURN_S, snapshot: bool = False) -> World:
        """A unit of work for this organisation, with so many seconds to do it in.

        With `snapshot` everything that is read is read as of one moment.
        """
        engine = self.engine.execution_options(isolation_level="REPEATABLE READ") if snapshot and self.engine.dialect.name == "postgresql" else self.engine
        world = World(engine, self.bell, self.phrases, organisation, self.now, self.keys, self.prices, self.intake, None if snapshot else self.lines)
        world.sms_price = self.settings.sms_price
        world.patience_s = seconds if seconds > TURN_S else None
        world.deadline = time.monotonic() + seconds
        return world

    def organisations(self) -> list[Organisation]:
        read_at, known = self._organisations
        if time.monotonic() - read_at < ORGANISATIONS_S and known:
            return known
        if known and not self._lock.acquire(blocking=False):
            return known  # somebody is asking already; nobody waits for a list that is a few seconds old
        if not known:
            self._lock.acquire()
        try:
            with self.engine.connect().execution_options(writes=False) as connection:
                known = ledger_rows.all_organisations(connection)
            self._organisations = (time.monotonic(), known)
        except Exception as error:
            if not known:
                raise
            log.warning("organisations_stale", error=type(error).__name__)
            self._organisations = (time.monotonic(), known)
        finally:
            self._lock.release()
        return known

    def organisation(self, id: int) -> Organisation:
        return next(one for one in self.organisations() if one.id == id)

    def organisation_of_code(self, code: str) -> Organisation | None:
        return next((one for one in self.organisations() if one.service_code == code), None)

    def organisation_of_shortcode(self, shortcode: str) -> Organisation | None:
        return next((one for one in self.organisations() if one.shortcode == shortcode.lstrip("+")), None)

    def patient_redis(self) -> redis.Redis:
        """A connection of one's own that may wait as long as it likes: for who listens all day."""
        return redis.Redis.from_url(self.settings.redis_url, socket_connect_timeout=REDIS_TIMEOUT_S, health_check_interval=30)

    def close(self) -> None:
        self.lines.close()
        self.engine.dispose()
        self.redis.close()
        self._patient_redis.close()


def _redis(url: str, timeout_s: float, tries_more: int = REDIS_TRIES_MORE) -> redis.Redis:
    """Tried once more at once, for a connection that went stale; the library's own default waits for seconds in a turn of four."""
    again = Retry(NoBackoff(), tries_more)
    return redis.Redis.from_url(url, socket_timeout=timeout_s, socket_connect_timeout=REDIS_TIMEOUT_S, health_check_interval=30, retry=again)
