"""Calls as they stand in Redis: opened under the caller's lock, saved behind it, lost at any moment.

Nothing typed is kept: of the transcript only its length and a keyed mark, for a PIN may be in it.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import random
import time
from dataclasses import dataclass, replace
from typing import Any

import msgspec
import redis
from cryptography.fernet import Fernet, InvalidToken

from gateway.observe import log
from gateway.records.model import PRIVATE, Hop
from gateway.store.trips import Script, Trips
from menus.session import Session

CALL_S = 300  # a call in Redis: networks end it after 180 s, its end event may come later
LEFT_S = 900  # how long a dropped call is offered again
LOCK_MS = 8_000  # a lock outlives the longest turn twice over, and a dead process by this much
LOCK_WAIT_S = 2.5  # how long a second hop of the same caller waits for the first
LOCK_NAP_S = 0.02
RATE_S = 60
HOPS_A_MINUTE = 90  # of one number; a quick thumb makes twenty
HOPS = "pamoja:hops"  # what happened, on its way to SQL
HOPS_MOST = 50_000  # traces kept while nobody carries them off

HIDDEN, PADDED_TO = b"~", 4_096  # how a call begins that is encrypted, and the bytes that it is a multiple of

BUSY, OURS, TOO_MANY = 0, 1, 2  # what came of asking for the lock

# Keep the trace of the hop; save the call only while the lock is still ours: the fence against a turn that woke up late.
_SAVE = Script("""
if ARGV[5] ~= '' and redis.call('RPUSH', KEYS[4], ARGV[5]) > tonumber(ARGV[6]) then redis.call('LPOP', KEYS[4]) end
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
if ARGV[2] ~= '' then
  redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
  if ARGV[4] == '0' then redis.call('DEL', KEYS[3]) else redis.call('SET', KEYS[3], ARGV[2], 'EX', ARGV[4]) end
end
redis.call('DEL', KEYS[2])
return 1
""")


@dataclass(frozen=True, slots=True)
class Call:
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


@dataclass(frozen=True, slots=True)
class Lock:
    """A caller's lock while one turn has it, and the keys of what it guards."""

    call: str
    lock: str
    dropped: str
    token: str


class Calls:
    """Of one gateway. Every process may take every hop."""

    def __init__(self, client: redis.Redis, secret_key: str) -> None:
        self._trips = Trips(client)
        self._hider = Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"private|" + secret_key.encode()).digest()))

    def enter(self, channel: str, call: str, organisation_id: int, caller: str) -> tuple[int, Lock, Call | None, Session | None]:
        """(what came of it, the lock, the call as it stands, what a dropped call has left)."""
        who = f"{organisation_id}:{caller}"
        lock = Lock(f"pamoja:call:{channel}:{call}", f"pamoja:lock:{who}", _dropped(who), _token())
        rate = f"pamoja:rate:{who}"
        take = (("SET", lock.lock, lock.token, "NX", "PX", LOCK_MS), ("GET", lock.call))
        end = time.monotonic() + LOCK_WAIT_S
        taken, said, _, count = self._trips.ask(*take, ("SET", rate, 0, "NX", "EX", RATE_S), ("INCR", rate))
        while not taken and time.monotonic() < end:
            time.sleep(LOCK_NAP_S)
            got, said, holder = self._trips.ask(*take, ("GET", lock.lock))
            taken = got or holder == lock.token.encode()  # a trip that was made twice finds the token of its first time
        if not taken:
            return BUSY, lock, None, None
        if count > HOPS_A_MINUTE:
            self.let_go(lock)
            return TOO_MANY, lock, None, None
        known = self._read(said) if said else None
        try:
            return OURS, lock, known, None if known else self.left(organisation_id, caller)
        except redis.RedisError:
            self.let_go(lock)
            raise

    def left(self, organisation_id: int, caller: str) -> Session | None:
        """What the last call of this caller has left behind, if it did not come to its end."""
        found = self._trips.ask(("GET", _dropped(f"{organisation_id}:{caller}")))[0]
        dropped = self._read(found) if found else None
        left = dropped.session if dropped else None
        return left and (left.offer or left)

    def leave(self, lock: Lock, after: Call | None, hop: Hop) -> None:
        """Save the call if the lock is still ours, and drop the trace of this hop."""
        private = after is not None and after.label == PRIVATE
        kept = LEFT_S if after and after.session and not after.ends and not private else 0
        if not self._save(lock, self._written(after, private) if after else b"", kept, _JSON.encode(hop)):
            log.warning("lock_lost", call=hop.call)

    def _written(self, call: Call, private: bool) -> bytes:
        """A call as it is kept. What is private Redis and its log do not tell, not even by its length, and it is offered to nobody again."""
        said = _JSON.encode(replace(call, session=None) if call.ends else call)
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
            self._save(lock, b"", 0, b"")

    def _save(self, lock: Lock, call: bytes, left_s: int, hop: bytes) -> bool:
        """One trip: the trace, the call, what it would leave behind, and the lock given back."""
        return bool(self._trips.run(_SAVE, [lock.call, lock.lock, lock.dropped, HOPS], [lock.token, call, CALL_S, left_s, hop, HOPS_MOST]))


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
