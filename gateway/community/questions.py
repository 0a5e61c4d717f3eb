"""Questions that we ask by SMS and that a bare number or a yes answers: which are open, and what is asked of whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from gateway.community import rows
from gateway.members.model import Member
from gateway.records import rows as records
from gateway.records.verbs import write_text
from menus import alphabet
from menus.notice import Notice

QUIET = "_9"  # how the kind of a question ends that was not asked by SMS
OPEN_HOURS = 48  # how long a bare number answers our question
TITLE_MOST = 20  # letters of what a question is about, when we ask which one is meant


def ask_by_text(world: Any, member: Member, kind: str, ref: str, notice: Notice, *, key: str, title: str, about: str = "", **words: Any) -> bool:
    """Write an SMS that asks something, and remember that it is open. Once for its key; who said STOP is asked nothing, and that is told."""
    if records.stopped(world, member.number, about):
        return False
    said = world.phrases.say(notice, member.language, **words)
    write_text(world, key=f"ask:{key}", number=member.number, kind="service", words=said, member_id=member.id, about=about, hours=member.hours)
    remember(world, member.number, kind, ref, title)
    return True


def remember(world: Any, number: str, kind: str, ref: str, title: str) -> None:
    """From now on a bare answer of this number may mean this question."""
    rows.add_question(world, number=number, kind=kind, ref=ref, title=alphabet.cut(alphabet.plain(title), TITLE_MOST))


def remember_quietly(world: Any, number: str, kind: str, ref: str, title: str) -> None:
    """The same where no SMS has asked it: it stands under 9, and no reply by SMS is taken for an answer."""
    remember(world, number, f"{kind}{QUIET}", ref, title)


def remember_all(world: Any, numbers: Sequence[str], kind: str, ref: str, title: str) -> None:
    """The same question to many who have just been written to; where it is open already it is open anew."""
    asked = rows.ask_anew(world, numbers, kind, ref)
    rows.add_questions(world, [number for number in numbers if number not in asked], kind, ref, alphabet.cut(alphabet.plain(title), TITLE_MOST))


def forget(world: Any, number: str, kind: str, ref: str) -> None:
    """A bare answer does not mean this question any more: what it is about has gone on."""
    for one in (kind, f"{kind}{QUIET}"):
        rows.end_questions(world, number, one, ref)


def waits_still(world: Any, number: str, kind: str, ref: str, days: int) -> bool:
    """Whether it was asked of this number, by SMS or under 9, and has no answer yet."""
    since = world.now() - dt.timedelta(days=days)
    return any(one.kind.removesuffix(QUIET) == kind and one.ref == ref for one in rows.open_questions(world, number, since))


def still_open(world: Any, number: str) -> list[Any]:
    """The open questions to this number, the newest first."""
    return rows.open_questions(world, number, world.now() - dt.timedelta(hours=OPEN_HOURS))
