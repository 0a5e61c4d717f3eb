"""One turn of a call: load what was said so far, hear what is new, save. Redis holds the call, one lock a caller.

A call may be lost from Redis at any moment: then it is heard again from the provider's own transcript, up to the last
secret. Nothing typed is kept: of the transcript only its length and a keyed mark, for a PIN may be in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from typing import NamedTuple

import redis

from gateway import calls
from gateway.books import Books
from gateway.calls import Call, Calls
from gateway.facts import language_of
from gateway.ledger.model import Organisation
from gateway.observe import log, metrics, where_of
from gateway.phrasebook import last_news, may_come_in, remind, what_became_of
from gateway.records.model import DOTS, PRIVATE, Hop, masked
from gateway.site import Site
from gateway.world import TURN_S, OutOfTime, World
from menus import alphabet
from menus.book import notices
from menus.engine import TYPED_MOST, Engine
from menus.notice import Notice
from menus.render import fits, stack
from menus.session import Session, Turn

BEGINS_AGAIN = ("2", "0", "00")  # the keys that decline the offer to carry on
LAST_WORDS_S = 0.5  # to look up in which language the last sentence is said
MARK_OCTETS = 16  # of a keyed mark of what was heard
REPLAY_MOST = 30  # answers heard again from one transcript
DIGITS_SHOWN = 4  # of a path in the trace: longer ones may hold a number of sealed words


class Heard(NamedTuple):
    """A hop as every channel tells it.

    Where the provider sends the transcript, `step` is 0 and `text` all that was typed in this call so far, joined with stars.
    Where it sends each answer alone, `step` counts the hops from 1 and `text` is what was typed in this one; in the first
    it is what was dialled behind the code. `septets` is the room that this network gives a screen, 0 when nobody knows.
    """

    channel: str
    call: str
    caller: str
    code: str
    text: str
    network: str = ""
    step: int = 0
    septets: int = 0

    @property
    def length(self) -> int:
        """How far the call has come, as this provider counts it."""
        return self.step or len(self.text)


class Said(NamedTuple):
    """What goes back. `label` names the screen and holds nothing personal."""

    text: str
    ends: bool
    label: str


class Conversation:
    """Calls of one gateway. Stateless itself; every process may take every hop."""

    def __init__(self, site: Site, engine: Engine) -> None:
        self.site, self.books = site, Books(site.redis, engine)
        self._key = hashlib.sha256(b"heard|" + site.settings.secret_key.encode()).digest()
        self.calls = Calls(site.redis, site.settings.secret_key)

    @property
    def engine(self) -> Engine:
        """The engine of the newest book."""
        return self.books.newest

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
        except OutOfTime:
            log.error("turn_out_of_time", call=heard.call)
            return self._ending(notices.TOOK_TOO_LONG, organisation, "out_of_time", heard.caller)
        except Exception as error:
            log.error("turn_failed", error=type(error).__name__, where=where_of(error), call=heard.call)
            return self._ending(notices.OUR_FAULT, organisation, "failed", heard.caller)

    def broke_off(self, organisation: Organisation, caller: str, call: str) -> None:
        """The network tells that a call ended before we had ended it: who wants to hear how to carry on hears it. A courtesy, so it never fails."""
        try:
            self._broke_off(organisation, caller, call)
        except Exception as error:
            log.warning("not_reminded", error=type(error).__name__, call=call)

    def _broke_off(self, organisation: Organisation, caller: str, call: str) -> None:
        left = self.calls.left(organisation.id, caller)
        engine = self.books.of(left)
        if left is None or left.call != call or engine.resumes(left) == "never" or engine.book.is_private(left.here.at):
            return
        with self._world(organisation) as world:
            remind(world, caller, engine.title_at(left), f"broke:{call}")

    def unreadable(self) -> Said:
        """For a hop that cannot be one. Whose it is, nobody can tell, so it is said in the first organisation's language."""
        first = next(iter(self.site.organisations()), None)
        return Said(self.site.phrases.say(notices.UNREADABLE, first.language if first else "en"), True, "malformed")

    def _take(self, heard: Heard, organisation: Organisation, began: float) -> Said:
        got, lock, call, left = self.calls.enter(heard.channel, heard.call, organisation.id, heard.caller)
        if got == calls.TOO_MANY:
            return self._ending(notices.SLOW_DOWN, organisation, "slow_down", heard.caller)
        if got == calls.BUSY:
            return self._ending(notices.ONE_AT_A_TIME, organisation, "one_at_a_time", heard.caller)
        try:
            said, after, hop = self._hear(heard, organisation, call, left, began)
        except BaseException as error:
            self._fell(lock, heard, organisation, error, began)
            raise
        try:
            self.calls.leave(lock, after, hop)
        except redis.RedisError as error:  # what was done is done, and its answer is true: the transcript brings the call back
            log.error("call_not_saved", error=type(error).__name__, call=heard.call)
        return said

    def _fell(self, lock: calls.Lock, heard: Heard, organisation: Organisation, error: BaseException, began: float) -> None:
        """A turn that ended in an error leaves its trace too, so that whoever helps the member sees it; the call stays as it was."""
        if isinstance(error, redis.RedisError) or not isinstance(error, Exception):
            return self.calls.let_go(lock)
        note = "out_of_time" if isinstance(error, OutOfTime) else "failed"
        metrics.hops_of("-", note).inc()
        with contextlib.suppress(redis.RedisError):
            self.calls.leave(lock, None, self._hop(heard, organisation, 0, "-", "", note, began))
        return None

    def _hear(self, heard: Heard, organisation: Organisation, call: Call | None, left: Session | None, began: float) -> tuple[Said, Call | None, Hop]:
        """What to say, the call afterwards (None: as it was), and the trace."""
        if call is None:
            turn, note, typed = self._first(heard, organisation, left, began)
            private = self.engine.book.is_private(turn.session.here.at)
        elif (call.caller, call.code) != (heard.caller, heard.code):
            log.warning("call_changed_hands", call=heard.call)
            return self._refused(heard, organisation, notices.LOST_OUR_PLACE, "changed_hands", began)
        elif heard.length < call.heard or (heard.length == call.heard and self._mark(heard, call.heard) == call.mark):  # late, or once more
            hop = self._hop(heard, organisation, call.turn, call.label, "", "again", began)
            return Said(call.text, call.ends, call.label), None, hop
        elif call.ends:
            return self._refused(heard, organisation, notices.CALL_OVER, "after_end", began)
        elif (fresh := self._fresh(heard, call)) is None or call.session is None:
            log.warning("transcript_diverged", call=heard.call)
            return self._refused(heard, organisation, notices.LOST_OUR_PLACE, "diverged", began)
        else:
            engine, session = self._engine_of(call.session, fresh)
            with self._world(organisation, began) as world:
                turn = engine.hear(session, fresh, world, limit=self._room(heard), typed_most=self._letters(heard))
            note, typed = "unclear" if turn.session.missed else "", _noted(engine, session, fresh, turn)
            private = engine.book.is_private(session.here.at) or engine.book.is_private(turn.session.here.at)
        label, typed = (PRIVATE, "") if private else (turn.label, typed)
        after = Call(heard.caller, heard.code, heard.length, self._mark(heard, heard.length), turn.text, turn.ends, label, turn.session.turn, turn.session)
        metrics.hops_of(label.split(".")[0], note or "turn").inc()
        return Said(turn.text, turn.ends, label), after, self._hop(heard, organisation, turn.session.turn, label, typed, note, began)

    def _first(self, heard: Heard, organisation: Organisation, left: Session | None, began: float) -> tuple[Turn, str, str]:
        """A call that we do not know: just dialled, dialled with answers behind the code, or lost and heard again.

        Answers are heard one by one and stop before a secret: a dial string stays in the phone's list of calls. They stop before anything that changes
        something, too: nobody consents, votes or holds money by a screen that was never shown.
        """
        limit = min(self._room(heard), self.site.settings.opening_septets)
        self.books.keep()
        with self._world(organisation, began) as world:
            left = left if left and not heard.text and may_come_in(world, heard.caller) else None
            old = self.books.of(left)
            engine = old if left and old.resumes(left) != "never" else self.engine
            turn = engine.open(heard.call, heard.caller, organisation.language, world, left=left, limit=limit)
            turn = self._with_news(engine, turn, world, heard, limit)
            if heard.step > 1:  # what led here was heard by nobody who is left; its turns are counted on, for they are the keys of what was paid
                paid = what_became_of(world, heard.caller, heard.call)
                session = turn.session._replace(turn=heard.step)
                return Turn(session, paid, True, "paid_already") if paid else turn._replace(session=session), "lost", DOTS
            typed = heard.text.split("*")[:REPLAY_MOST] if heard.text else []
            said: list[str] = []
            for each in typed:
                before, heard_on = turn.session, None if turn.ends else engine.hear_unseen(turn.session, each, world, limit=limit)
                if heard_on is None:
                    break
                turn = heard_on
                said.append(_noted(engine, before, each, turn))
            unheard = [DOTS] * (len(typed) - len(said))
            if unheard and (paid := what_became_of(world, heard.caller, heard.call)):
                turn = Turn(turn.session, paid, True, "paid_already")
        return turn, "dialled" if typed else "dial", "*".join(said + unheard)

    def _with_news(self, engine: Engine, turn: Turn, world: World, heard: Heard, limit: int) -> Turn:
        """A payment whose answer nobody saw is told first: above the first screen, or where that has no room on a screen of its own before it; never in
        place of the offer to carry on, which would be lost. The SMS tells the news in any case.
        """
        if heard.text or turn.ends or not (news := last_news(world, heard.caller)):
            return turn
        told = stack(news, turn.text, (), "")
        if fits(told, limit):
            return turn._replace(text=told)
        if turn.session.offer is not None or not engine.book.news:
            return turn
        return engine.open(heard.call, heard.caller, turn.session.language, world, flow=engine.book.news, limit=limit)

    def _refused(self, heard: Heard, organisation: Organisation, notice: Notice, note: str, began: float) -> tuple[Said, Call | None, Hop]:
        metrics.hops_of("-", note).inc()
        hop = self._hop(heard, organisation, 0, "-", "", note, began)
        return self._ending(notice, organisation, note, heard.caller), None, hop

    def _ending(self, notice: Notice, organisation: Organisation | None, label: str, caller: str) -> Said:
        """A true last sentence, in the caller's own language where we can still look it up."""
        language = organisation.language if organisation else "en"
        if organisation:
            with contextlib.suppress(Exception), self._world(organisation, time.monotonic() - TURN_S + LAST_WORDS_S) as world:
                language = language_of(world, caller)
        code = organisation.dial() if organisation else ""
        return Said(self.site.phrases.say(notice, language, code=code), True, label)

    def _hop(self, heard: Heard, organisation: Organisation, turn: int, label: str, typed: str, note: str, began: float) -> Hop:
        ms = int((time.monotonic() - began) * 1000)
        metrics.hop_seconds.observe(ms / 1000)
        return Hop(organisation.id, heard.call, heard.caller, turn, label, typed[:200], note, ms, self.site.now())

    def _world(self, organisation: Organisation, began: float | None = None) -> World:
        """For what is done while a caller waits: it ends when the turn does, which began before the call was found."""
        since = 0.0 if began is None else time.monotonic() - began
        world = self.site.world(organisation, seconds=TURN_S - since)
        world.is_turn = True
        return world

    def _engine_of(self, session: Session, fresh: str) -> tuple[Engine, Session]:
        """The book of the call; who does not carry on with an old one begins in the newest."""
        if session.offer is not None and alphabet.heard(fresh) in BEGINS_AGAIN:
            return self.engine, session._replace(version=self.engine.version)
        return self.books.of(session), session

    def _fresh(self, heard: Heard, call: Call) -> str | None:
        """What is new in this hop; None when it does not follow on what was heard before."""
        if heard.step:
            return heard.text if heard.step == call.heard + 1 else None
        follows = len(heard.text) > call.heard and self._mark(heard, call.heard) == call.mark
        return heard.text[call.heard :].removeprefix("*") if follows else None

    def _room(self, heard: Heard) -> int:
        return heard.septets or self.site.settings.screen_septets

    def _letters(self, heard: Heard) -> int:
        """How much a phone of this network sends in one answer: what has as many letters may have been longer in the caller's hand."""
        return self.site.settings.network_letters.get(heard.network, TYPED_MOST)

    def _mark(self, heard: Heard, length: int) -> str:
        """A keyed mark of what was heard up to here. Without the key a four-digit PIN in it is guessed at once."""
        said = f"{heard.call}|{heard.step}|{heard.text}" if heard.step else f"{heard.call}|{heard.text[:length]}"
        return hashlib.blake2b(said.encode(), key=self._key, digest_size=MARK_OCTETS).hexdigest()


def _noted(engine: Engine, before: Session, typed: str, turn: Turn) -> str:
    """What stands in the trace. What was not understood may have been meant for another screen (a PIN, words without a name), and a path of
    many digits may be the number of such words, with a digit too many.
    """
    said = alphabet.heard(typed)
    path = len(said) > DIGITS_SHOWN and engine.goes_by_digits(before, said)
    return DOTS if path or turn.session.missed or engine.wants_secret(before) else masked(said)
