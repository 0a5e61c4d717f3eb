"""One turn of a call: load what was said so far, hear what is new, save. Redis holds the call, one lock a caller.

A call may be lost from Redis at any moment: then it is heard again from the provider's own transcript, up to the last
secret. Nothing typed is kept: of the transcript only its length and a keyed mark, for a PIN may be in it.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import redis

from gateway.ledger.model import Organisation
from gateway.observe import log, metrics
from gateway.phrasebook import language_of, may_come_in, what_became_of
from gateway.records.model import DOTS, Hop, masked
from gateway.site import Site
from gateway.world import TURN_S, World
from menus import alphabet
from menus.book import notices
from menus.engine import Engine, Frame, Session, Turn
from menus.notice import Notice

CALL_S = 300  # a call in Redis: networks end it after 180 s, its end event may come later
LEFT_S = 900  # how long a dropped call is offered again
LOCK_MS = 8_000  # a lock outlives the longest turn twice over, and a dead process by this much
LOCK_WAIT_S = 2.5  # how long a second hop of the same caller waits for the first
LOCK_NAP_S = 0.02
HOPS_A_MINUTE = 90  # of one number; a quick thumb makes twenty
HOPS = "pamoja:hops"  # what happened, on its way to SQL
HOPS_MOST = 50_000  # traces kept while nobody carries them off
REPLAY_MOST = 30  # answers heard again from one transcript

# Take the caller's lock and the call with it; count the hops of this minute.
_OPEN = """
local count = redis.call('INCR', KEYS[4])
if count == 1 then redis.call('EXPIRE', KEYS[4], 60) end
if count > tonumber(ARGV[3]) then return {2, false, false} end
if redis.call('GET', KEYS[2]) ~= ARGV[1] and not redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then
  redis.call('DECR', KEYS[4])
  return {0, false, false}
end
return {1, redis.call('GET', KEYS[1]), redis.call('GET', KEYS[3])}
"""
# Keep the trace of the hop; save the call only while the lock is still ours: the fence against a turn that woke up late.
_SAVE = """
if ARGV[6] ~= '' and redis.call('RPUSH', KEYS[4], ARGV[6]) > tonumber(ARGV[7]) then redis.call('LPOP', KEYS[4]) end
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
if ARGV[2] ~= '' then redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3]) end
if ARGV[4] == '-' then redis.call('DEL', KEYS[3])
elseif ARGV[4] ~= '' then redis.call('SET', KEYS[3], ARGV[4], 'EX', ARGV[5]) end
redis.call('DEL', KEYS[2])
return 1
"""


@dataclass(frozen=True)
class Heard:
    """A hop as every channel tells it: `text` is all that was typed in this call so far, joined with stars."""

    channel: str
    call: str
    caller: str
    code: str
    text: str
    network: str = ""


@dataclass(frozen=True)
class Said:
    """What goes back. `label` names the screen and holds nothing personal."""

    text: str
    ends: bool
    label: str


@dataclass(frozen=True)
class Call:
    """A call as it stands in Redis: whose it is, how much was heard, what was answered."""

    caller: str
    code: str
    heard: int
    mark: str
    text: str
    ends: bool
    label: str
    turn: int
    session: Session | None


class Conversation:
    """Calls of one gateway. Stateless itself; every process may take every hop."""

    def __init__(self, site: Site, engine: Engine) -> None:
        self.site, self.engine = site, engine
        self._key = hashlib.sha256(b"heard|" + site.settings.secret_key.encode()).digest()
        self._open = site.redis.register_script(_OPEN)
        self._save = site.redis.register_script(_SAVE)

    def take_turn(self, heard: Heard) -> Said:
        """The answer to a hop. Always an answer: what goes wrong inside ends the call with a sentence that is true."""
        began = time.monotonic()
        organisation = None
        try:
            organisation = self.site.organisation_of_code(heard.code)
            if organisation is None:
                log.warning("unknown_service_code", channel=heard.channel)
                return self._ending(notices.NO_SUCH_CODE, None, "no_such_code", heard.caller)
            return self._take(heard, organisation, began)
        except redis.RedisError as error:
            log.error("redis_away", error=type(error).__name__)
            return self._ending(notices.CANNOT_NOW, organisation, "redis_away", heard.caller)
        except Exception as error:
            log.error("turn_failed", error=type(error).__name__, where=_where(error), call=heard.call)
            return self._ending(notices.TOOK_TOO_LONG, organisation, "failed", heard.caller)

    def _take(self, heard: Heard, organisation: Organisation, began: float) -> Said:
        token = secrets.token_hex(8)
        keys = [f"pamoja:call:{heard.channel}:{heard.call}"] + [f"pamoja:{kind}:{organisation.id}:{heard.caller}" for kind in ("lock", "left", "rate")]
        got, call, left = self._enter(keys, token)
        if got == 2:
            return self._ending(notices.SLOW_DOWN, organisation, "slow_down", heard.caller)
        if got == 0:
            return self._ending(notices.ONE_AT_A_TIME, organisation, "one_at_a_time", heard.caller)
        try:
            said, after, hop = self._hear(heard, organisation, call, left, began)
        except BaseException:
            self._let_go(keys, token)
            raise
        try:
            self._leave(keys, token, after, hop)
        except redis.RedisError as error:  # what was done is done, and its answer is true: the transcript brings the call back
            log.error("call_not_saved", error=type(error).__name__, call=heard.call)
        return said

    def _let_go(self, keys: list[str], token: str) -> None:
        with contextlib.suppress(redis.RedisError):
            self._put(keys, token, "", "", "")

    def _enter(self, keys: list[str], token: str) -> tuple[int, Call | None, Session | None]:
        end = time.monotonic() + LOCK_WAIT_S
        while True:
            got, call, left = self._open(keys=keys, args=[token, LOCK_MS, HOPS_A_MINUTE])
            if got != 0 or time.monotonic() > end:
                return got, _call_from(call) if call else None, _session_from(json.loads(left)) if left else None
            time.sleep(LOCK_NAP_S)

    def _leave(self, keys: list[str], token: str, after: Call | None, hop: Hop) -> None:
        """Save the call if the lock is still ours, and drop the trace of this hop."""
        left = ""
        if after is not None:
            kept = after.session.offer or after.session if after.session else None
            left = "-" if after.ends or kept is None else json.dumps(_session_to(kept))
        if not self._put(keys, token, json.dumps(_call_to(after)) if after else "", left, json.dumps(_hop_to(hop))):
            log.warning("lock_lost", call=hop.call)

    def _put(self, keys: list[str], token: str, call: str, left: str, hop: str) -> bool:
        """One trip to Redis: the trace, the call, what was left, and the lock given back."""
        return bool(self._save(keys=[*keys[:3], HOPS], args=[token, call, CALL_S, left, LEFT_S, hop, HOPS_MOST]))

    def _hear(self, heard: Heard, organisation: Organisation, call: Call | None, left: Session | None, began: float) -> tuple[Said, Call | None, Hop]:
        """What to say, the call afterwards (None: as it was), and the trace."""
        if call is None:
            turn, note, typed = self._first(heard, organisation, left)
        elif (call.caller, call.code) != (heard.caller, heard.code):
            log.warning("call_changed_hands", call=heard.call)
            return self._refused(heard, organisation, notices.LOST_OUR_PLACE, "changed_hands", began)
        elif len(heard.text) == call.heard and self._mark(heard, call.heard) == call.mark:
            hop = self._hop(heard, organisation, call.turn, call.label, "", "again", began)
            return Said(call.text, call.ends, call.label), None, hop
        elif call.ends:
            return self._refused(heard, organisation, notices.CALL_OVER, "after_end", began)
        elif len(heard.text) < call.heard or self._mark(heard, call.heard) != call.mark or call.session is None:
            log.warning("transcript_diverged", call=heard.call)
            return self._refused(heard, organisation, notices.LOST_OUR_PLACE, "diverged", began)
        else:
            typed = heard.text[call.heard :].removeprefix("*")
            secret, note = self.engine.wants_secret(call.session), ""
            with self._world(organisation) as world:
                turn = self.engine.hear(call.session, typed, world, limit=self.site.settings.screen_septets)
            typed = DOTS if secret else masked(alphabet.heard(typed))  # a PIN may also be typed where none was asked for
        after = Call(
            heard.caller, heard.code, len(heard.text), self._mark(heard, len(heard.text)), turn.text, turn.ends, turn.label, turn.session.turn, turn.session
        )
        metrics.hops.labels(turn.label.split(".")[0], note or "turn").inc()
        return Said(turn.text, turn.ends, turn.label), after, self._hop(heard, organisation, turn.session.turn, turn.label, typed, note, began)

    def _first(self, heard: Heard, organisation: Organisation, left: Session | None) -> tuple[Turn, str, str]:
        """A call that we do not know: just dialled, dialled with answers behind the code, or lost and heard again.

        Answers are heard one by one and stop before a secret: a dial string stays in the phone's list of calls.
        """
        limit = self.site.settings.screen_septets
        with self._world(organisation) as world:
            left = left if not heard.text and may_come_in(world, heard.caller) else None
            turn = self.engine.open(heard.call, heard.caller, organisation.language, world, left=left, limit=limit)
            typed = heard.text.split("*")[:REPLAY_MOST] if heard.text else []
            listened = 0
            for each in typed:
                if turn.ends or self.engine.wants_secret(turn.session):
                    break
                turn = self.engine.hear(turn.session, each, world, limit=limit)
                listened += 1
            unheard = [DOTS] * (len(typed) - listened)
            if unheard and (paid := what_became_of(world, heard.caller, heard.call)):
                turn = Turn(turn.session, paid, True, "paid_already")
        return turn, "dialled" if typed else "dial", "*".join([masked(alphabet.heard(each)) for each in typed[:listened]] + unheard)

    def _refused(self, heard: Heard, organisation: Organisation, notice: Notice, note: str, began: float) -> tuple[Said, Call | None, Hop]:
        metrics.hops.labels("-", note).inc()
        hop = self._hop(heard, organisation, 0, "-", "", note, began)
        return self._ending(notice, organisation, note, heard.caller), None, hop

    def _ending(self, notice: Notice, organisation: Organisation | None, label: str, caller: str) -> Said:
        """A true last sentence, in the caller's own language where we can still look it up."""
        language = organisation.language if organisation else "en"
        if organisation:
            with contextlib.suppress(Exception), self._world(organisation) as world:
                language = language_of(world, caller)
        code = organisation.dial() if organisation else ""
        return Said(self.site.phrases.say(notice, language, code=code), True, label)

    def _hop(self, heard: Heard, organisation: Organisation, turn: int, label: str, typed: str, note: str, began: float) -> Hop:
        ms = int((time.monotonic() - began) * 1000)
        metrics.hop_seconds.observe(ms / 1000)
        return Hop(organisation.id, heard.call, heard.caller, turn, label, typed[:200], note, ms, self.site.now())

    def _world(self, organisation: Organisation) -> World:
        return self.site.world(organisation, seconds=TURN_S)

    def _mark(self, heard: Heard, length: int) -> str:
        """A keyed mark of the first `length` characters. Without the key a four-digit PIN in it is guessed at once."""
        return hmac.new(self._key, f"{heard.call}|{heard.text[:length]}".encode(), hashlib.sha256).hexdigest()[:32]


def _where(error: Exception) -> str:
    """The innermost line of ours: enough to find it, and no value of anything."""
    trace, last = error.__traceback__, ""
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if "/gateway/" in file or "/menus/" in file:
            last = f"{file.rsplit('/', 2)[-2]}/{file.rsplit('/', 1)[-1]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return last


# Calls and sessions as JSON: lists, because there are many of them and their order is fixed here.


def _frame_to(frame: Frame) -> list[Any]:
    return [frame.at, dict(frame.answers), dict(frame.words), frame.rows, frame.start, frame.shown]


def _frame_from(data: list[Any]) -> Frame:
    return Frame(data[0], data[1], data[2], tuple((value, label) for value, label in data[3]), data[4], data[5])


def _session_to(session: Session) -> list[Any]:
    offer = _session_to(session.offer) if session.offer else None
    return [session.call, session.caller, session.language, _frame_to(session.here), [_frame_to(one) for one in session.trail], session.turn, offer]


def _session_from(data: list[Any]) -> Session:
    offer = _session_from(data[6]) if data[6] else None
    return Session(data[0], data[1], data[2], _frame_from(data[3]), tuple(_frame_from(one) for one in data[4]), data[5], offer)


def _call_to(call: Call) -> list[Any]:
    session = _session_to(call.session) if call.session and not call.ends else None
    return [call.caller, call.code, call.heard, call.mark, call.text, call.ends, call.label, call.turn, session]


def _call_from(data: bytes) -> Call:
    values = json.loads(data)
    caller, code, heard, mark, text, ends, label, turn, session = values
    return Call(caller, code, heard, mark, text, ends, label, turn, _session_from(session) if session else None)


def _hop_to(hop: Hop) -> Mapping[str, Any]:
    return {**hop.__dict__, "at": hop.at.isoformat()}


def hop_from(data: bytes | str) -> Hop:
    values = json.loads(data)
    return replace(Hop(**values), at=dt.datetime.fromisoformat(values["at"]))
