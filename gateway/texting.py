"""A message comes in: keep it, understand it, answer it once. Nothing here moves money.

In this order: what was seen before, STOP and START, what looks like a PIN, the answer to an open question, a command,
and at last a question back. Every message is kept before it is understood, with all that may be a PIN as dots.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from gateway.community import answering
from gateway.community.items.brakes import TOLD_WHY
from gateway.community.items.verbs import make
from gateway.community.kinds import verbs as kinds
from gateway.community.numbers import named_as_number
from gateway.community.questions import remember
from gateway.ledger.model import Organisation, is_ref
from gateway.members import rows as members
from gateway.members.keeping import kept_place
from gateway.members.model import Member
from gateway.members.place_rows import forget_place
from gateway.members.verbs import LINES_MOST
from gateway.money.waiting import prepare_draft
from gateway.observe import log, metrics, where_of
from gateway.records import rows
from gateway.records.model import DOTS, looks_like_pin, masked, says_sealed
from gateway.records.verbs import write_text
from gateway.site import Site
from gateway.unread import REPLIES_A_DAY, say_sorry_for
from gateway.world import World
from menus import alphabet
from menus.book import notices
from menus.book.sms import SMS
from menus.commands import Command, bare_order, find, is_all_order, only_polite, speak
from menus.engine import Engine
from menus.notice import Notice
from menus.session import Frame

TRIES = 2  # to understand one message: what was locked or busy is free a moment later
QUESTIONS_AN_HOUR = 3  # how often we ask "did you mean" or say "not a member" before we only listen
SEALED_FLOW = "sms_sealed"
NOT_KEPT = "(not kept)"  # what stays of an SMS that says something without a name
_BARE_NUMBER = re.compile(r"\W*(?:[0-9]\W*){5}")
_STATUS = re.compile(  # a wish of its own, behind the mark that ends another
    rf"(?<=[.;,!?]\s)({'|'.join(word for one in SMS if one.flow == 'sms_status' for word in one.keywords)})\s+(?:[0-9] ?){{4,5}}(?=[.;,!?]|$)", re.IGNORECASE
)
WORDS_MOST = 1_000  # letters of a message that are kept; ten SMS in one is the most a handset joins
NO_ENTRY = "This number cannot use {coop} now. Please visit the office."  # as the front door says it
DRAFTS = {  # flow -> kind of draft, the answer that says for whom
    "send": ("send", "to"), "pay_group": ("group", "group"), "sms_airtime": ("airtime", "number"),
    "sms_airtime_for": ("airtime", "number"),
}  # fmt: skip
WISH_MOST = 24  # letters of each, where two came in one message
_SENTENCE = re.compile(r"\s*[.;,!?]\s+")
SILENCE = frozenset({"sms_stop", "sms_start", "sms_stop_topic", "sms_start_topic"})  # wishes that win over every open question
FOR_ALL = SILENCE | {"sms_help", "sms_help_on"}  # commands that need no membership


@dataclass(frozen=True)
class TextIn:
    """A message as every channel tells it."""

    channel: str
    id: str
    number: str
    to: str
    words: str
    network: str = ""


def _may_bring_pin(command: Command, rest: str) -> bool:
    """Whether a command comes with four digits that are none of its own answers: `BAL 4711`, `SEND 200 0712345678 4711`."""
    asks_for_words = any(name in ("words", "language", "said") for name in command.names)
    if command.numbered:
        rest = rest.partition(" ")[2]
    own = 0 if "topic" in command.names else len(command.names)  # no topic is a number
    return DOTS in masked(rest) and not asks_for_words and len(rest.split()) > own


def _bare(world: World, command: Command, rest: str) -> str:
    return bare_order(rest, world.organisation.currency) if command.draft else rest


def _ordered(world: World, number: str, command: Command, rest: str) -> str:
    """What stands behind the keyword, with a name as the number that it stands for: as it was written first, for a word around an amount may be part of a
    name; then without such words.
    """
    named = named_as_number(world, number, command.flow, rest)
    return _bare(world, command, named) if named != rest else named_as_number(world, number, command.flow, _bare(world, command, rest))


def _kept(words: str, found: tuple[Command, str] | None) -> str:
    """What is kept of a message: nothing that may be a PIN, and no number that only who said something without a name can know."""
    if found is not None and found[0].flow == "sms_status":
        return f"{words.split(maxsplit=1)[0]} {DOTS}"
    return DOTS if _BARE_NUMBER.fullmatch(words) else masked(words)


def _heard(words: str) -> tuple[str, tuple[Command, str] | None]:
    """What is understood of a message: of a STATUS that stands behind something else, not its number, which only who said it without a name may know."""
    found = find(SMS, words)
    if found is not None and found[0].flow == "sms_status":
        return words, found
    veiled = _STATUS.sub(rf"\1 {DOTS} ", words)
    return (words, found) if veiled == words else (veiled.strip(), find(SMS, veiled.strip()))


def _masked_words(rest: str) -> str:
    """Words that a command keeps. The ref of a payment may have four digits in a row, and is no PIN."""
    first, gap, behind = rest.partition(" ")
    return first + gap + masked(behind) if is_ref(first) and not first.isdigit() else masked(rest)


class Texting:
    def __init__(self, site: Site, engine: Engine) -> None:
        self.site, self.engine = site, engine

    def take_text(self, text: TextIn) -> str:
        """Keep a message, then understand and answer it. Returns what it meant; the same message twice changes nothing."""
        organisation = self.site.organisation_of_shortcode(text.to)
        if organisation is None:
            log.warning("unknown_shortcode", channel=text.channel)
            return "nobody"
        words = alphabet.heard(" ".join(text.words.split()))[:WORDS_MOST]
        sealed, (words, found) = says_sealed(words), _heard(words)
        kept = NOT_KEPT if sealed else _kept(words, found)
        with self.site.world(organisation) as world:  # kept in a transaction of its own, so that nothing which breaks in understanding takes it along
            rows.keep_text_in(world, provider_id=text.id, number=text.number, words=kept, network=text.network[:8], meaning=rows.HEARD, at=world.now())
        meaning = self._tried(organisation, text, lambda world: self._take(world, text, words, kept, found, sealed=sealed))
        metrics.texts_in.labels(meaning).inc()
        return meaning

    def _tried(self, organisation: Organisation, text: TextIn, take: Callable[[World], str]) -> str:
        """What a message meant. Where understanding it breaks, again and again, whoever wrote hears so."""
        for _ in range(TRIES):
            try:
                with self.site.world(organisation) as world:
                    return take(world)
            except Exception as error:
                log.error("text_failed", error=type(error).__name__, where=where_of(error), id=text.id)
        with self.site.world(organisation) as world:
            return say_sorry_for(world, text.id)

    def _take(self, world: World, text: TextIn, words: str, kept: str, found: tuple[Command, str] | None, *, sealed: bool) -> str:
        """Understand a message that is kept, and answer it. One that was understood before means what it meant."""
        seen = rows.text_in(world, text.id)
        if seen.meaning != rows.HEARD:
            return str(seen.meaning)
        meaning, reply = self._refuse_sealed(world, text) if sealed else self._understand(world, text, words, kept, found)
        if meaning == answering.VEILED:
            rows.veil(world, seen.id, DOTS)
            meaning = "answer"  # nor does what it meant say more than of any other answer
        rows.mean(world, seen.id, meaning)
        if reply and not world.seen.get(TOLD_WHY) and rows.replies_since(world, text.number, world.now() - dt.timedelta(days=1)) < REPLIES_A_DAY:
            member = members.by_number(world, text.number)
            whose = member.id if member and not member.shared else None
            write_text(world, key=f"sms:{text.id}", number=text.number, kind="reply", words=reply, member_id=whose)
        return meaning

    def _understand(self, world: World, text: TextIn, words: str, kept: str, found: tuple[Command, str] | None) -> tuple[str, str]:
        """(what it means, what to answer)."""
        member = members.by_number(world, text.number)
        language = member.language if member else world.organisation.language
        if found and found[0].flow in SILENCE:
            return self._command(world, text, *found, language)
        if looks_like_pin(words) or (found and self._has_pin(world, found[0], _bare(world, *found))):
            if member is None:
                return "pin", self._now_and_then(world, text, notices.NEVER_BY_SMS_STRANGER, language)
            return "pin", self._say(world, notices.NEVER_BY_SMS, language, code_pin=world.organisation.dial("6", "5", "1"))
        if (member is None or member.shared) and (people := members.on_phone(world, text.number, LINES_MOST)):
            return self._of_several(world, text, people, found, kept)
        asking = kept_place(world, text.number) if member and member.status == "active" else None
        if member and (answered := self._answer(world, text, member, words, place_kept=asking is not None, command=found is not None and not found[1])):
            return answered
        if member and asking and not self._is_command(world, text, found, language):
            return self._words_for(world, text, asking, kept, language)
        if member is not None and member.status != "active":
            return "no_entry", self.engine.translate(NO_ENTRY, language).format(coop=world.organisation.short_name)
        if member is None and not (found and found[0].flow in FOR_ALL):
            return "stranger", self._now_and_then(world, text, notices.NOT_YET_A_MEMBER, language, coop=world.organisation.short_name)
        return self._wish(world, text, member, words, kept, found, language)

    def _wish(
        self, world: World, text: TextIn, member: Member | None, words: str, kept: str, found: tuple[Command, str] | None, language: str
    ) -> tuple[str, str]:
        """What answers no question and is no words for a call: a command, two of them, a kind of one's own, a number with nothing open, or words to sort."""
        if member and (two := self._two_wishes(world, text, words, language)):
            return "two", self._say(world, notices.TWO_WISHES, language, first=two[0], second=two[1])
        if member and (told := kinds.tell_by_text(world, member, text.number, kept, f"text:{text.id}")):
            return told
        if found:
            return self._command(world, text, found[0], _masked_words(found[1]) if "words" in found[0].names else found[1], language)
        if answering.is_bare(words):
            return "late", self._now_and_then(world, text, notices.NOTHING_ASKED, language, code=world.organisation.dial("9"))
        said = make(world, text.number, "unsorted", kept, f"text:{text.id}")
        if said is None:
            return "too_many", ""
        remember(world, text.number, "sort", text.id, "Your words")
        return "asked", self._now_and_then(world, text, notices.DID_YOU_MEAN, language)

    def _has_pin(self, world: World, command: Command, rest: str) -> bool:
        return _may_bring_pin(command, rest) and not is_all_order(self.engine, command, rest, world)

    def _refuse_sealed(self, world: World, text: TextIn) -> tuple[str, str]:
        """That is said by dial: words and answers that come by SMS lie beside the number for ever. What it meant is not kept either."""
        member = members.by_number(world, text.number)
        command = next(command for command in SMS if command.flow == SEALED_FLOW)
        return "help", self._command(world, text, command, "", member.language if member else world.organisation.language)[1]

    def _command(self, world: World, text: TextIn, command: Command, rest: str, language: str) -> tuple[str, str]:
        rest = _ordered(world, text.number, command, rest)
        spoken = speak(self.engine, command, rest, f"sms-{text.id}", text.number, language, world)
        if spoken.kind == "draft":
            kind, name = DRAFTS[command.flow]
            to = str(spoken.answers.get(name) or text.number)
            prepare_draft(world, text.number, kind, to, spoken.answers["amount"], f"sms-{text.id}")
        words = spoken.words
        if spoken.kind == "unclear" and spoken.why:
            words = world.phrases.text(notices.UNCLEAR.text, language).format(why=spoken.why, hint=spoken.words)
        return command.keywords[0].lower(), words

    def _of_several(self, world: World, text: TextIn, people: list[tuple[str, Member]], found: tuple[Command, str] | None, words: str) -> tuple[str, str]:
        """Several share this phone, and an SMS does not say who wrote it: only words that one of them has just promised on a call are taken."""
        for line, one in people:
            if one.status == "active" and (asking := kept_place(world, line)):
                return self._words_for(world, replace(text, number=line), asking, words, one.language)
        language = people[0][1].language
        if found and found[0].flow in FOR_ALL:
            return self._command(world, text, *found, language)
        return "shared", self._now_and_then(world, text, notices.SHARED_PHONE, language)

    def _answer(self, world: World, text: TextIn, member: Member, words: str, *, place_kept: bool, command: bool) -> tuple[str, str] | None:
        """A bare number, a yes or a no answers the question that is open."""
        answered = answering.answer(world, member, words, place_kept=place_kept, command=command)
        if answered is None:
            return None
        if not answered.reply:
            help_command = next(command for command in SMS if command.flow == "sms_help")
            return answered.meaning, self._command(world, text, help_command, "", member.language)[1]
        return answered.meaning, answered.reply

    def _is_command(self, world: World, text: TextIn, found: tuple[Command, str] | None, language: str) -> bool:
        """Whether a message is meant as a command although words are waited for: a word that stands alone, or a payment with all it needs."""
        if found is None:
            return kinds.is_word(world, text.words)
        command, rest = found
        if command.numbered:
            return rest[:1].isdigit()
        if command.draft and rest:
            rest = _ordered(world, text.number, command, rest)
            return speak(self.engine, command, rest, f"sms-{text.id}", text.number, language, world).kind == "draft"
        return command.alone or not rest or (command.flow == "sms_language" and len(rest.split()) == 1)

    def _two_wishes(self, world: World, text: TextIn, words: str, language: str) -> tuple[str, str] | None:
        """Two commands in one message, one sentence each: neither is guessed at. Behind free words only a command with its number is one."""
        for mark in _SENTENCE.finditer(words):
            halves = words[: mark.start()], words[mark.end() :].rstrip(" .!?")
            first, second = (find(SMS, half) for half in halves)
            if (
                first is None
                or second is None
                or only_polite(halves[0])
                or {first[0].flow, second[0].flow} & (SILENCE | {"sms_status"})  # the number of what is sealed is said back to nobody
                or not self._is_command(world, text, second, language)
            ):
                continue
            if second[0].numbered or (second[0].alone and self._is_command(world, text, first, language)):
                return alphabet.cut(alphabet.plain(masked(halves[0])), WISH_MOST), alphabet.cut(alphabet.plain(masked(halves[1])), WISH_MOST)
        return None

    def _words_for(self, world: World, text: TextIn, asking: Frame, words: str, language: str) -> tuple[str, str]:
        """Words that answer the question of a call, which keeps its place for them. A wrong answer does not lose the place."""
        turn = self.engine.read_text(f"sms-{text.id}", text.number, language, asking, words, world)
        if turn is None:
            forget_place(world, text.number)
            return "place", self._say(world, notices.PLACE_GONE, language)
        if turn.why:
            return "place", turn.why
        forget_place(world, text.number)
        return "place", self.engine.words_at(turn.session, world)

    def _now_and_then(self, world: World, text: TextIn, notice: Notice, language: str, **words: Any) -> str:
        """A question or a hint, but not again and again: the other side may be a machine."""
        since = world.now() - dt.timedelta(hours=1)
        often = rows.meant_since(world, text.number, ("asked", "late", "stranger", "shared"), since) >= QUESTIONS_AN_HOUR
        return "" if often else self._say(world, notice, language, **words)

    def _say(self, world: World, notice: Notice, language: str, **words: Any) -> str:
        return world.phrases.say(notice, language, **{"code": world.organisation.dial(), **words})
