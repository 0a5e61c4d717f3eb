"""Calls as they stand in Redis: opened under the caller's lock, saved behind it, lost at any moment.

Nothing typed is kept: of the transcript only its length and a keyed mark, for a PIN may be in it.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import random
import time
from typing import Any, NamedTuple

import msgspec
import redis
from cryptography.fernet import Fernet, InvalidToken
from hiredis import ReplyError

from gateway.observe import log
from gateway.records.model import PRIVATE, Hop
from gateway.store.trips import Command, Trips
from menus.session import Session

CALL_S = 300  # a call that is over, or tells what is private: networks end it after 180 s, its end event may come later
LEFT_S = 900  # any other, for a dropped call is offered again for so long
LAST_S = 7_200  # which call of a caller was the last; it outlives the call, however long that is
LOCK_MS = 8_000  # a lock outlives the longest turn twice over, and a dead process by this much
LOCK_WAIT_S = 2.5  # how long a second hop of the same caller waits for the first
LOCK_NAP_S = 0.02
RATE_S = 60
HOPS_A_MINUTE = 90  # of one number; a quick thumb makes twenty
HOPS = "pamoja:hops"  # what happened, on its way to SQL
HOPS_MOST = 50_000  # traces kept while nobody carries them off

HIDDEN, PADDED_TO = b"~", 4_096  # how a call begins that is encrypted, and the bytes that it is a multiple of

_UNWATCH: Command = ("UNWATCH",)
BUSY, OURS, TOO_MANY = 0, 1, 2  # what came of asking for the lock
CALL, MINUTE = "call", "minute"  # what a hop may begin
NEVER_ENDS = -1  # what Redis says of a key without a time

# Save the call only while the lock is still ours: the fence against a turn that woke up late. The lock is watched from the moment that it is taken,
# and what is saved is refused when it changed hands; a connection that was made anew meanwhile watches nothing, so there a script looks.
_SAVE = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
if ARGV[2] ~= '' then redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[3]) end
return 1
"""


class Call(NamedTuple):
    """Whose it is, how much was heard, what was answered."""

    caller: str
    code: str
    heard: int
    mark: str
    text: str
    ends: bool
    label: str
    turn: int
    session: Session | None


def bare(value: Any) -> int | str:
    """Words and numbers that know how they are said, as they are kept."""
    return int(value) if isinstance(value, int) else str(value)


# Read as what they are: a call that has other fields, or other things in them, is of another release.
_JSON, _CALL, _HOP = msgspec.json.Encoder(enc_hook=bare), msgspec.json.Decoder(Call), msgspec.json.Decoder(Hop)


class Lock(NamedTuple):
    """A caller's lock while one turn has it, and the keys of what it guards. `watched` is the connection that watches it, `begins` names what is begun
    with this hop: a call, a minute.
    """

    call: str
    lock: str
    dropped: str
    rate: str
    token: str
    watched: object = None
    begins: tuple[str, ...] = ()


class Calls:
    """Of one gateway. Every process may take every hop."""

    def __init__(self, client: redis.Redis, secret_key: str) -> None:
        self._trips = Trips(client)
        self._hider = Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"private|" + secret_key.encode()).digest()))

    def enter(self, channel: str, call: str, organisation_id: int, caller: str) -> tuple[int, Lock, Call | None, Session | None]:
        """(what came of it, the lock, the call as it stands, what a dropped call has left)."""
        who = f"{organisation_id}:{caller}"
        lock = Lock(f"pamoja:call:{channel}:{call}", f"pamoja:lock:{who}", _dropped(who), f"pamoja:rate:{who}", _token())
        take = (("SET", lock.lock, lock.token, "NX", "PX", LOCK_MS), ("GET", lock.call), ("GET", lock.dropped))
        end = time.monotonic() + LOCK_WAIT_S
        watch = ("WATCH", lock.lock)
        taken, said, last, count, _ = self._trips.ask(*take, ("INCR", lock.rate), watch)
        while not taken and time.monotonic() < end:
            time.sleep(LOCK_NAP_S)
            _, got, said, last, holder, _ = self._trips.ask(_UNWATCH, *take, ("GET", lock.lock), watch)
            taken = got or holder == lock.token.encode()  # a trip that was made twice finds the token of its first time
        if not taken:
            self._trips.ask(_UNWATCH)
            return BUSY, lock, None, None
        lock = lock._replace(watched=self._trips.there())
        if count > HOPS_A_MINUTE:
            self._end_minute(lock.rate)
            self.let_go(lock)
            return TOO_MANY, lock, None, None
        known = self._read(said) if said else None
        begins = (MINUTE,) * (count == 1) + (CALL,) * (known is None)
        try:
            return OURS, lock._replace(begins=begins) if begins else lock, known, None if known else self._left(last)
        except redis.RedisError:
            self.let_go(lock)
            raise

    def left(self, organisation_id: int, caller: str) -> Session | None:
        """What the last call of this caller has left behind, if it did not come to its end and told nothing private."""
        return self._left(self._trips.ask(("GET", _dropped(f"{organisation_id}:{caller}")))[0])

    def _left(self, last: bytes | None) -> Session | None:
        found = self._trips.ask(("GET", last))[0] if last else None
        dropped = self._read(found) if found else None
        left = dropped.session if dropped and dropped.label != PRIVATE else None
        return left and (left.offer or left)

    def _end_minute(self, rate: str) -> None:
        """A count whose first hop died before it could say when the minute ends would never end."""
        if self._trips.ask(("TTL", rate))[0] == NEVER_ENDS:
            self._trips.ask(("EXPIRE", rate, RATE_S))

    def leave(self, lock: Lock, after: Call | None, hop: Hop) -> None:
        """Save the call if the lock is still ours, and drop the trace of this hop. Nobody waits for it: the next hop of this caller finds the lock
        until it is done.
        """
        private = after is not None and after.label == PRIVATE
        trace: list[Command] = [("RPUSH", HOPS, _JSON.encode(hop))]
        if after and CALL in lock.begins:
            trace.append(("SET", lock.dropped, lock.call, "EX", LAST_S))
        if MINUTE in lock.begins:
            trace.append(("EXPIRE", lock.rate, RATE_S))
        kept_s = CALL_S if after is None or after.ends or private else LEFT_S

        def heard(answers: list[Any]) -> None:
            done = [*answers, *answers[-1]] if answers and isinstance(answers[-1], list) else answers
            if not answers or any(isinstance(one, ReplyError) for one in done):  # what was said is true: the transcript brings the call back
                log.error("call_not_saved", call=hop.call)
                return
            if not answers[-1]:
                log.warning("lock_lost", call=hop.call)
            if answers[0] > HOPS_MOST:
                self._trips.ask(("LPOP", HOPS))

        written = self._written(after, private) if after else b""
        self._trips.tell(lambda there: [*trace, *_saving(lock, written, kept_s, there)], heard)

    def settle(self) -> None:
        """Wait until what this thread has saved is there for all."""
        self._trips.settle()

    def _written(self, call: Call, private: bool) -> bytes:
        """A call as it is kept. What is private Redis and its log do not tell, not even by its length, and it is offered to nobody again."""
        said = _JSON.encode(call._replace(session=None) if call.ends else call)
        return HIDDEN + self._hider.encrypt(said.ljust(-len(said) // PADDED_TO * -PADDED_TO)) if private else said

    def _read(self, data: bytes) -> Call | None:
        if not data.startswith(HIDDEN):
            return _call_from(data)
        try:
            return _call_from(self._hider.decrypt(data[len(HIDDEN) :]))
        except InvalidToken:
            return None  # the secret key was changed meanwhile

    def let_go(self, lock: Lock) -> None:
        with contextlib.suppress(redis.RedisError):
            self._trips.ask(*_saving(lock, b"", CALL_S, self._trips.there()))


def _saving(lock: Lock, call: bytes, kept_s: int, there: object) -> list[Command]:
    """Save the call and let the lock go, if it is ours; the last answer says whether it was. A script costs Redis three times as much as what it does."""
    if there is not lock.watched:
        return [_UNWATCH, ("EVAL", _SAVE, 2, lock.lock, lock.call, lock.token, call, kept_s)]
    kept: list[Command] = [("SET", lock.call, call, "EX", kept_s)] if call else []
    return [("MULTI",), ("DEL", lock.lock), *kept, ("EXEC",)]


def _token() -> str:
    """A word that no other turn has. Python seeds its dice anew in every process, also in one that was forked off."""
    return f"{random.getrandbits(64):x}"


def _dropped(who: str) -> str:
    return f"pamoja:dropped:{who}"


def _call_from(data: bytes) -> Call | None:
    """None when it was written by a release that kept calls otherwise: such a call is heard again from its transcript."""
    try:
        return _CALL.decode(data)
    except msgspec.MsgspecError as error:
        log.warning("call_of_another_release", error=type(error).__name__)
        return None


def hop_from(data: bytes | str) -> Hop:
    return _HOP.decode(data)
