"""Asking, answering and tips by SMS: an old answer before a helper's time, a tip by its number or its topic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from gateway.community.helping import rows
from gateway.community.helping.model import (
    TIP_MOST,
    AnsweredEnough,
    AnswerHeld,
    AnswerSent,
    Asked,
    AskedHeld,
    AskedStaff,
    AuthorNames,
    FixSaved,
    Many,
    NoQuestion,
    OwnQuestion,
    Skipped,
    TipSaved,
    TooManyQuestions,
    TooManyTips,
)
from gateway.community.helping.routing import let_through
from gateway.community.helping.tips import fix_tip, judge_tip, look_at_tip, write_tip
from gateway.community.helping.verbs import answer, answered_alike, ask_helpers, skip_question
from gateway.community.items import brakes
from gateway.community.items import rows as items
from gateway.community.items.likeness import stems
from gateway.community.items.model import Counted, CountsLater, ItemNumber, NoItem, OwnItem, Rests, SaidToday, Votes
from gateway.community.items.verbs import make, title_of, withdraw
from gateway.community.questions import remember
from gateway.community.topics.model import ANY
from gateway.community.topics.verbs import meant
from gateway.members.model import Member
from menus.answers import NO, YES
from menus.book import notices

OLD = "old"  # the kind of the question whether an old answer is enough
NEW, FIX = frozenset({"NEW", "MPYA", "NOUVEAU"}), frozenset({"FIX", "REKEBISHA", "CORRIGER"})  # what may stand behind TIP, or behind its number


class TipWords(str):
    longest: ClassVar[str] = "x" * TIP_MOST


class OldWords(str):
    """As much of an old answer as an SMS has room for; all of it stands under Ask a question."""

    longest: ClassVar[str] = "x" * 90


@dataclass(frozen=True)
class OldByText:
    """Somebody has answered this before; the question is kept, and asked of helpers when that does not help."""

    said: OldWords
    helped: Many


@dataclass(frozen=True)
class TipTooLong:
    """A tip that is cut may lose its warning."""

    most: int


@dataclass(frozen=True)
class TipByText:
    number: ItemNumber
    words: TipWords
    author: AuthorNames
    helped: Votes


def ask_by_sms(world: Any, caller: str, words: str, key: str) -> Asked | AskedStaff | AskedHeld | OldByText | TooManyQuestions | Rests:
    """What it is about nobody is asked by SMS: helpers with any topic may know. An old answer takes no helper's time."""
    found = answered_alike(world, words)
    if not found or items.by_key(world, key) or brakes.rests(world, "questions"):
        return ask_helpers(world, caller, ANY, words, key)
    question = make(world, caller, "question", words, key, topic=ANY)
    if question is None:
        return TooManyQuestions()
    if question.state == "held":
        return AskedHeld()
    best = found[0][1]
    remember(world, caller, OLD, str(question.id), title_of(question))
    return OldByText(OldWords(best.words), Many(rows.helped_by(world, best.member_id or 0)))


def answer_old(world: Any, member: Member, ref: str, meant: str) -> str:
    """The old answer helped, and nobody is asked; or helpers are. Without a word they are asked within a day, like of what nobody has answered."""
    question = items.by_id(world, int(ref))
    if question is None or question.member_id != member.id or question.state != "open" or rows.routes_of(world, question.id):
        return str(world.phrases.say(notices.ALREADY_ANSWERED, member.language))
    if meant == "yes":
        withdraw(world, question, "the author")
        return str(world.phrases.say(notices.OLD_HELPED, member.language))
    asked = let_through(world, question)
    return str(world.phrases.say(notices.ASKED_NOW, member.language, number=question.number, helpers=asked))


def answer_by_text(world: Any, caller: str, said: str, key: str) -> AnswerSent | AnsweredEnough | AnswerHeld | OwnQuestion | NoQuestion | SaidToday:
    number, _, words = said.partition(" ")
    return answer(world, caller, number, words, key)


def skip_by_text(world: Any, caller: str, said: str) -> Skipped:
    return skip_question(world, caller, said.partition(" ")[0])


def tip_by_text(
    world: Any, caller: str, said: str, key: str
) -> TipByText | TipSaved | FixSaved | Counted | CountsLater | OwnItem | SaidToday | TooManyTips | TipTooLong | Rests | NoItem:
    """`3189`, `cows`; `3189 YES` and `3189 NO` say whether it helped; `NEW words` writes one, `3189 FIX words` better words for one."""
    first, _, rest = said.strip().partition(" ")
    verb, _, words = rest.strip().partition(" ")
    written = rest.strip() if first.upper() in NEW else words.strip() if verb.upper() in FIX else ""
    if len(written) > TIP_MOST:
        return TipTooLong(TIP_MOST)
    if first.upper() in NEW and rest.strip():
        return write_tip(world, caller, ANY, rest.strip(), key)
    if verb.upper() in FIX and words.strip():
        return fix_tip(world, caller, first, words.strip(), "other")
    if verb.strip(" .!").upper() in (YES | NO) - {"1", "2"}:
        return judge_tip(world, caller, first, "for" if verb.strip(" .!").upper() in YES else "against")
    return _tip(world, caller, first if first.isdigit() else _best_about(world, said.strip()))


def _tip(world: Any, caller: str, number: str) -> TipByText | NoItem:
    shown = look_at_tip(world, caller, number)
    return NoItem() if isinstance(shown, NoItem) else TipByText(shown.item, TipWords(shown.words), shown.author, shown.helped)


def _best_about(world: Any, name: str) -> str:
    """The number of the best tip about a topic, in whatever language it is named, or about any word; nothing when there is none."""
    topic = meant(world, name)
    if not topic:  # any other word: by the index of all words
        found = items.alike(world, stems(name), ("tip",), ("open", "looked_at"))
        return found[0][0].number if found else ""
    best = rows.tips_about(world, topic, 1)
    return best[0].number if best else ""
