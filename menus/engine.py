"""One turn of a conversation: what was typed goes in, a screen comes out. The only loop there is.

The engine is pure: a Session is a value, every turn makes a new one, and whatever touches the world is a verb
or a fact of the phrasebook. So `0` is free (an older value), and a turn can be played again.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from menus import alphabet, render
from menus import own_words as own
from menus.answers import Unclear, Words
from menus.phrasebook import CALLER, LANGUAGE, Phrasebook, Unseen, outcome_name
from menus.sayable import Sayable
from menus.screens import Again, Ask, Book, Browse, Choose, Do, Pick, Tell, Way, When, digit_of, target_of
from menus.session import Frame, Session, Turn, kept, next_page, unlisted

STEPS_MOST = 20  # a turn passes through a few steps; more is a mistake in the menus
ROWS_MOST = 35  # lines of a list that are kept for a call: five pages of seven
PAGE_MOST = 7  # options on a screen
OFFERED_MOST = 3  # lines that a question offers beside what may be typed
HELP_FROM = 2  # answers in a row that could not be read: the first is a slip of the thumb
TYPED_MOST = 80  # letters that a phone may send in one answer (Safaricom's help pages of 2020); what has as many may have had more
END_SHOWN = 20  # letters of the end that we show when we ask whether it was cut
BEGUN = "begun"  # the word that holds what was typed before the rest comes by SMS
NOBODYS = frozenset({"nothing", "meant"})  # where the flow of numbers ends with a number that is nobody's; then it may be a path
NUMBERS = range(4, 6)  # digits of what has a number of its own; a path of menu digits is shorter, or not found among them


@dataclass(frozen=True, eq=False)
class Engine:
    """A book, what its words mean, and the languages it is said in (English is the book itself)."""

    book: Book
    phrasebook: Phrasebook
    catalogs: Mapping[str, Mapping[str, str]]
    version: str = ""
    mask: Callable[[str], str] = str  # takes what may be a PIN out of words that are kept between turns
    speaks: Callable[[str], object] = str  # is told in which language what comes now is read: numbers are written by it

    def open(
        self, call: str, caller: str, language: str, world: Any, *, flow: str = "", left: Session | None = None, limit: int = render.SCREEN_SEPTETS
    ) -> Turn:
        """Start at the front door, or at a flow's own, or offer to carry on where a call was dropped."""
        if left is not None and (policy := self.resumes(left)) != "never":
            resumed = left._replace(call=call, turn=0, offer=None, missed=0, cut="")
            if policy == "silent":
                return self._show(resumed, world, limit=limit)
            return self._show(Session(call, caller, left.language, resumed.here, offer=resumed, version=self.version), world, limit=limit)
        door = self.book.door(flow) if flow else self.book.front_door
        assert door, f"there is no flow {flow!r}"
        session, why, words = self._act(Session(call, caller, language, Frame(door), version=self.version), {}, world)
        return self._show(session, world, why, words, limit)

    def hear_unseen(self, session: Session, typed: str, world: Any, *, limit: int = render.SCREEN_SEPTETS) -> Turn | None:
        """An answer that was given together with others, to a screen that nobody has seen: it leads on, and changes nothing. None when it would."""
        if self.wants_secret(session) or self._at_home(session, Browse):
            return None  # who of a phone speaks is said on the list of its people only
        session = unlisted(session) if isinstance(self.book.steps.get(session.here.at), Ask) else session
        try:
            with world.unseen():
                return self.hear(session, typed, world, limit=limit)
        except Unseen:
            return None

    def hear(self, session: Session, typed: str, world: Any, *, limit: int = render.SCREEN_SEPTETS, typed_most: int = TYPED_MOST) -> Turn:
        """One answer of the caller, one screen back. An answer of `typed_most` letters may have been longer in the caller's hand."""
        self.speaks(session.language)
        lost, missed, cut = self._is_lost(session), session.missed, session.cut
        session = session._replace(turn=session.turn + 1, missed=0, cut="")
        said = alphabet.heard(typed)
        if session.offer is not None:
            return self._take_offer(session, said, world, limit)
        if session.here.at not in self.book:  # deployed, or an operator edited it, while they were typing
            return self._home(session, world, limit, own.MENU_CHANGED)
        if lost and said in ("0", "1", "2"):
            return self._take_help(session, said, world, limit)
        missed = min(missed, HELP_FROM - 1)  # what is typed at our question what would help may be the answer to the book's own
        if cut:
            return self._take_cut(session, cut, said, world, limit)
        if said == "00":
            return self._home(session, world, limit)
        if said == "0" and session.trail:
            return self._show(session._replace(here=session.trail[-1], trail=session.trail[:-1]), world, limit=limit)
        if said == "98" and self._has_more(session):
            return self._show(session.step_on(next_page(session.here)), world, limit=limit)
        if self.goes_by_digits(session, said):
            return self._follow(session, said, world, limit)
        try:
            target, answers, heard = self._read(session, typed, said, world)
        except Unclear as unclear:
            return self._missed(session._replace(missed=missed + 1), unclear, world, limit)
        if self._maybe_cut(session, typed, typed_most):
            return self._show_cut(session._replace(cut=self.mask(typed)))
        here = session.here._replace(answers={**session.here.answers, **answers})
        session = session.step_on(self._lead(here, target))
        session, why, words = self._act(session, answers | heard, world)
        return self._show(session, world, why, words, limit)

    def wants_secret(self, session: Session) -> bool:
        """Whether the next thing typed is a secret, to be masked wherever it is noted."""
        step = self.book.steps.get(session.here.at)
        return session.offer is None and isinstance(step, Ask) and step.answer.secret

    def read_text(self, call: str, caller: str, language: str, asking: Frame, words: str, world: Any) -> Turn | None:
        """An answer that comes by SMS to a question of an earlier call: words, never keys. None when the book does not have that question any more."""
        step = self.book.steps.get(asking.at)
        if not isinstance(step, Ask):
            return None
        session = Session(call, caller, language, asking, turn=1, version=self.version)
        try:
            value = step.answer.read(f"{asking.words.get(BEGUN, '')} {words}".strip(), world.place)
        except Unclear as unclear:
            return self._show(session, world, unclear.why, unclear.words)
        here = asking._replace(answers={**asking.answers, step.name: value})
        session = session.step_on(self._lead(here, step.then or self.book.next(asking.at)))
        session, why, reasons = self._act(session, {step.name: value}, world)
        return self._show(session, world, why, reasons)

    def title_at(self, session: Session) -> str:
        """What a caller would call what they were in the middle of."""
        return self.book.flow_at(session.here.at).title

    def translate(self, text: str, language: str) -> str:
        return self._catalog(language).get(text, text)

    def words_at(self, session: Session, world: Any) -> str:
        """What the screen says, without what can be chosen on it: for an SMS."""
        step = self.book[session.here.at]
        assert not isinstance(step, Do), "a turn ends on a screen"
        return self.say(step.text, session, world)

    def say(self, text: str, session: Session, world: Any, **extra: Any) -> str:
        """A text of the book, with the words of this conversation, without a screen around it."""
        return render.say(text, Sayable(self, session, world, extra), self._catalog(session.language))

    def _catalog(self, language: str) -> Mapping[str, str]:
        return self.catalogs.get(language) or {}

    def resumes(self, left: Session) -> str:
        """How a dropped call is taken up again: `ask`, `silent` or `never`. Never at a secret, and never behind a payment."""
        step = self.book.steps.get(left.here.at)
        if step is None or isinstance(step, Tell | Do) or self.wants_secret(left) or not left.trail:
            return "never"
        return step.resume if self.book.flow_at(left.here.at).title else "never"

    def _take_offer(self, session: Session, said: str, world: Any, limit: int) -> Turn:
        assert session.offer is not None
        if said == "1":
            return self._show(session.offer._replace(turn=session.turn), world, limit=limit)
        if said in ("2", "0", "00"):
            return self._home(session._replace(offer=None), world, limit)
        return self._show(session._replace(missed=1), world, own.NOT_ON_LIST, limit=limit)

    def _is_lost(self, session: Session) -> bool:
        """Whether what is before the caller is our question what would help, and no screen of the book."""
        return session.missed >= HELP_FROM and session.offer is None and not self.wants_secret(session)

    def _missed(self, session: Session, unclear: Unclear, world: Any, limit: int) -> Turn:
        """The screen again with the reason; from the second time on, help. A secret has a count of its own and is only asked again."""
        if self._is_lost(session):
            return self._show_help(session, world, unclear)
        return self._show(session, world, unclear.why, unclear.words, limit)

    def _show_help(self, session: Session, world: Any, unclear: Unclear) -> Turn:
        catalog = self._catalog(session.language)
        why = render.say(unclear.why, unclear.words, catalog)
        lines = [own.TRY_AGAIN, *([own.CALL_ME] if self._has_help(session, world) else [])]
        said = render.stack(why, catalog.get(own.WHAT_HELPS, own.WHAT_HELPS), [catalog.get(line, line) for line in lines], catalog.get(own.HOME, own.HOME))
        return Turn(session, said, False, "lost", why)

    def _has_help(self, session: Session, world: Any) -> bool:
        return self.book.help is not None and self._open_to(self.book.help, session, world)

    def _take_help(self, session: Session, said: str, world: Any, limit: int) -> Turn:
        if said == "2" and self.book.help and self._has_help(session, world):
            session, why, words = self._act(session.step_on(self._lead(session.here, self.book.help.target)), {}, world)
            return self._show(session, world, why, words, limit)
        return self._show(session, world, limit=limit)

    def _maybe_cut(self, session: Session, typed: str, typed_most: int) -> bool:
        step = self.book[session.here.at]
        return bool(self.book.by_sms) and isinstance(step, Ask) and isinstance(step.answer, Words) and len(typed) >= typed_most

    def _show_cut(self, session: Session, why: str = "") -> Turn:
        catalog = self._catalog(session.language)
        text = render.say(own.MAYBE_CUT, {"end": kept(session.cut[-END_SHOWN:], "x" * END_SHOWN)}, catalog)
        lines = [catalog.get(line, line) for line in (own.THAT_IS_ALL, own.REST_BY_SMS)]
        return Turn(session, render.stack(catalog.get(why, why), text, lines, catalog.get(own.BACK, own.BACK)), False, "cut", why)

    def _take_cut(self, session: Session, cut: str, said: str, world: Any, limit: int) -> Turn:
        if said == "1":
            return self.hear(session._replace(turn=session.turn - 1), cut, world, limit=limit, typed_most=len(cut) + 1)
        if said == "2":
            here = session.here._replace(words={**session.here.words, BEGUN: cut})
            session, why, words = self._act(session._replace(here=here).step_on(self._lead(here, self.book.by_sms)), {}, world)
            return self._show(session, world, why, words, limit)
        if said in ("0", "00"):
            return self._show(session, world, limit=limit) if said == "0" else self._home(session, world, limit)
        return self._show_cut(session._replace(cut=cut, missed=1), own.NOT_ON_LIST)

    def _at_home(self, session: Session, kind: type[Choose] | type[Browse]) -> bool:
        """Whether the caller stands at a step of this kind in the flow of the front door."""
        here = session.here.at
        return isinstance(self.book.steps.get(here), kind) and self.book.flow_at(here) is self.book.flow_at(self.book.front_door)

    def goes_by_digits(self, session: Session, said: str) -> bool:
        """Whether several digits were typed together at home."""
        return self._at_home(session, Choose) and len(said) > 1 and said.isascii() and said.isdigit() and said not in ("00", "98")

    def _follow(self, session: Session, said: str, world: Any, limit: int) -> Turn:
        """Digits typed together are the number of a thing (4171); else the path that they name (33 is 3 and then 3).

        They lead to a screen and never past a question, and change nothing on the way: what is typed there is typed there, and what is to be
        done is done from the screen that says so.
        """
        door = self.book.door(self.book.numbers) if self.book.numbers and len(said) in NUMBERS else None
        turn = self.hear(session.step_on(Frame(door)), said, world, limit=limit) if door else None
        if turn and turn.session.here.at.rpartition(".")[2] not in NOBODYS:
            return turn
        return self._walk(session, said, world, limit) or turn or self._missed(session._replace(missed=1), Unclear(own.NOT_ON_LIST), world, limit)

    def _walk(self, session: Session, said: str, world: Any, limit: int) -> Turn | None:
        """Where digits lead that are taken one by one, `98` as one where there is more to see; None where that is nowhere."""
        turn = Turn(session, "", False, "")
        while said:
            step = self.book[turn.session.here.at]
            if turn.ends or said[0] == "0" or not isinstance(step, Choose | Browse):  # no path goes back
                return None
            more = said.startswith("98") and (self._has_more(turn.session) or (isinstance(step, Choose) and bool(step.more)))
            key, said = (said[:2], said[2:]) if more else (said[:1], said[1:])
            heard = self.hear_unseen(turn.session, key, world, limit=limit)
            if heard is None:
                return turn if turn.text else self._show(session, world, limit=limit)
            if heard.session.missed:
                return None
            turn = heard
        return turn

    def _home(self, session: Session, world: Any, limit: int, why: str = "") -> Turn:
        home = session._replace(here=Frame(self.book.front_door), trail=())
        home, again, words = self._act(home, {}, world)
        return self._show(home, world, why or again, words, limit)

    def _has_more(self, session: Session) -> bool:
        here, step = session.here, self.book[session.here.at]
        if isinstance(step, Browse):
            return here.start + here.shown < len(here.rows)
        return isinstance(step, Choose) and step.long and here.shown > 0

    def _read(self, session: Session, typed: str, said: str, world: Any) -> tuple[str, dict[str, Any], dict[str, Any]]:
        """Where the caller goes, what they said on the way, and the secret in it."""
        step, here = self.book[session.here.at], session.here
        if isinstance(step, Choose | Ask):
            for label, way in step.options.items():
                if digit_of(label) == said and self._open_to(way, session, world):
                    return target_of(way), ({step.name: way.value} if isinstance(way, Pick) else {}), {}
        if isinstance(step, Choose) and said in step.keys:
            return step.keys[said], {}, {}
        if isinstance(step, Choose) and step.more and said == "98":
            return step.more, {}, {}
        if isinstance(step, Ask):
            picked = here.rows[int(said) - 1][0] if len(said) == 1 and said in "123"[: len(here.rows)] else typed
            value = step.answer.read(picked, world.place)
            then = step.then or self.book.next(here.at)
            return (then, {step.name: value}, {}) if step.answer.kept else (then, {}, {step.name: value})
        if isinstance(step, Browse) and step.then and said.isascii() and said.isdigit() and 1 <= int(said) <= here.shown:
            return step.then, {step.name: here.rows[here.start + int(said) - 1][0]}, {}
        raise Unclear(own.NOT_ON_LIST)

    def _open_to(self, way: Way, session: Session, world: Any) -> bool:
        return not isinstance(way, When) or bool(self.look_up(way.fact, session, world))

    def look_up(self, fact: str, session: Session, world: Any) -> Any:
        """What a fact tells, with the words of this conversation that it needs."""
        known = self.phrasebook.facts[fact]
        if not known.needs:
            return known.look_up(world, session.caller)
        heard = {**session.here.words, **session.here.answers}
        return known.look_up(world, session.caller, **{name: heard[name] for name in known.needs})

    def _lead(self, frame: Frame, target: str) -> Frame:
        place = self.book.lead(frame.at, target)
        assert place, f"{frame.at} leads to {target}, which is nowhere"
        flow = self.book.flow_at(place)
        if flow is self.book.flow_at(frame.at):
            return Frame(place, frame.answers, frame.words)
        heard = {**frame.words, **frame.answers} if flow.takes else {}
        return Frame(place, words={name: heard[name] for name in flow.takes})

    def _rewind(self, session: Session, name: str) -> Session:
        """The call as it was when this question was asked."""
        place = self.book.lead(session.here.at, name)
        for past in range(len(session.trail) - 1, -1, -1):
            if session.trail[past].at == place:
                return session._replace(here=session.trail[past], trail=session.trail[:past])
        return session._replace(here=self._lead(session.here, name))

    def _act(self, session: Session, heard: Mapping[str, Any], world: Any) -> tuple[Session, str, Mapping[str, Any]]:
        """Pass through the Do steps to the next screen, with the reason to say on it and the reason's words."""
        why: str = ""
        why_words: Mapping[str, Any] = {}
        self.speaks(session.language)
        for _ in range(STEPS_MOST):
            here = session.here
            step = self.book[here.at]
            if here.at == self.book.front_door:  # home again: nothing to go back to
                session = session._replace(trail=())
            if not isinstance(step, Do):
                return session, why, why_words
            verb = self.phrasebook.verbs[step.verb]
            asking = session.trail[-1] if session.trail else here
            given = {"world": world, "caller": session.caller, "key": f"{session.call}-{session.turn}", "asking": asking}
            known = {**given, **here.words, **here.answers, **heard}
            with world.looking() if verb.looks else contextlib.nullcontext():
                outcome = verb.act(**{name: known[name] for name in verb.takes})
            kind = outcome_name(type(outcome))
            carried = {name: kept(getattr(outcome, name), width) for name, width in verb.carries[kind].items()}
            if LANGUAGE in carried:
                session = session._replace(language=carried[LANGUAGE])
                self.speaks(session.language)
            if CALLER in carried:
                session = session._replace(caller=carried[CALLER], trail=())  # what stood before is not theirs
            way = step.outcomes[kind]
            if isinstance(way, Again):
                session, why, why_words = self._rewind(session, way.name), way.why, carried
            else:
                here = here._replace(words={**here.words, **carried})
                trail = () if verb.moves_money else session.trail  # 0 never leads back into a payment
                session = session._replace(here=self._lead(here, target_of(way)), trail=trail)
                why, why_words = "", {}
            heard = {}
        raise AssertionError(f"{session.here.at}: more than {STEPS_MOST} steps in one turn")

    def _show(self, session: Session, world: Any, why: str = "", words: Mapping[str, Any] | None = None, limit: int = render.SCREEN_SEPTETS) -> Turn:
        catalog = self._catalog(session.language)
        self.speaks(session.language)
        said = Sayable(self, session, world, words or {})
        if session.offer is not None:
            title = catalog.get(title := self.book.flow_at(session.here.at).title, title)
            reason = render.say(why, said, catalog)
            text = render.say(own.IN_THE_MIDDLE, {"unfinished": title}, catalog)
            lines = [catalog.get(line, line) for line in (own.CARRY_ON, own.START_AGAIN)]
            return Turn(session, render.stack(reason, text, lines, ""), False, "resume", reason)
        step = self.book[session.here.at]
        assert not isinstance(step, Do)
        reason = render.say(why, said, catalog)
        if isinstance(step, Tell):
            return Turn(session, render.stack(reason, render.say(step.text, said, catalog), (), ""), True, session.here.at, reason)
        if isinstance(step, Browse):
            return self._show_list(session, step, said, reason, catalog, world, limit)
        session = self._listed(session, step.rows, OFFERED_MOST, world) if isinstance(step, Ask) and step.rows else session
        lines = [f"{n} {label}" for n, (_, label) in enumerate(session.here.rows, 1)]
        lines += [render.say(label, said, catalog) for label, way in step.options.items() if self._open_to(way, session, world)]
        footer = self._footer(session, catalog, step.back if isinstance(step, Ask) else own.BACK)
        if isinstance(step, Choose) and step.more:
            footer = f"{catalog.get(own.MORE, own.MORE)} {footer}".strip()
        text = render.say(step.text, said, catalog)
        if isinstance(step, Choose) and step.long:
            return self._show_long(session, text, lines, reason, footer, catalog, limit)
        return Turn(session, render.fitted(reason, text, lines, footer, limit), False, session.here.at, reason)

    def _show_long(self, session: Session, text: str, lines: list[str], reason: str, footer: str, catalog: Mapping[str, str], limit: int) -> Turn:
        said, shown = render.long_page(text, session.here.start, reason, lines, footer, catalog.get(own.MORE, own.MORE), limit)
        return Turn(session._replace(here=session.here._replace(shown=shown)), said, False, session.here.at, reason)

    def _listed(self, session: Session, rows: str, most: int, world: Any) -> Session:
        """With the lines of a list, as they were when first shown, so that a digit never slips."""
        if session.here.rows:
            return session
        longest, found = self.phrasebook.facts[rows].longest, self.look_up(rows, session, world)[:most]
        return session._replace(here=session.here._replace(rows=tuple((row.value, kept(row.label, longest)) for row in found)))

    def _show_list(self, session: Session, step: Browse, said: Sayable, reason: str, catalog: Mapping[str, str], world: Any, limit: int) -> Turn:
        """A page of a list. Its length is fixed when first shown."""
        here, head = self._listed(session, step.rows, ROWS_MOST, world).here, render.say(step.text, said, catalog)
        if not here.rows and step.empty:
            return self._show(session._replace(here=self._lead(here, step.empty)), world, limit=limit)
        labels = [label for _, label in here.rows]
        footer = self._footer(session, catalog, own.BACK)
        more = catalog.get(own.MORE, own.MORE)
        if not here.shown and labels:
            roomy_head = render.stack(catalog.get(own.NOT_ON_LIST, own.NOT_ON_LIST), head, (), "")
            here = here._replace(shown=render.page_of(roomy_head, labels, footer, more, here.start, PAGE_MOST, limit))
        page = labels[here.start : here.start + here.shown]
        if here.start + here.shown < len(labels):
            footer = f"{more} {footer}".strip()
        lines = [f"{n} {label}" for n, label in enumerate(page, 1)] if step.then else page
        if not labels:
            lines = [catalog.get(own.NOTHING_HERE, own.NOTHING_HERE)]
        return Turn(session._replace(here=here), render.fitted(reason, head, lines, footer, limit), False, here.at, reason)

    def _footer(self, session: Session, catalog: Mapping[str, str], back: str) -> str:
        return " ".join(catalog.get(way, way) for way in [back] * bool(session.trail) + [own.HOME] * (len(session.trail) > 1))
