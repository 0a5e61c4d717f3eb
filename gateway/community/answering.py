"""What a bare answer by SMS means: a number, a yes, a no. It answers the question that is open; when two are, we ask which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.community import rows
from gateway.community.circles import checks
from gateway.community.commons import tools
from gateway.community.drills import verbs as drills
from gateway.community.groups import calling, caring, cash, turns
from gateway.community.groups import verbs as groups
from gateway.community.groups.asking import BALLOT
from gateway.community.groups.model import CashAgreed, CashDenied, CashNotNow, RsvpNoted
from gateway.community.helping import by_text, keepers
from gateway.community.helping import verbs as helping
from gateway.community.items import closing, looking, states
from gateway.community.items import rows as items
from gateway.community.panel import verbs as panel
from gateway.community.people import verbs as people
from gateway.community.polls import verbs as polls
from gateway.community.polls.model import PollByText, PollDone
from gateway.community.questions import remember, still_open
from gateway.community.verbs import sort
from gateway.members.model import Member
from menus.book import notices
from menus.notice import Notice

WORDS = {  # how people say it -> what is meant
    "1": "1", "2": "2", "3": "3", "4": "4", "5": "5", "YES": "1", "NDIYO": "1", "SAWA": "1", "OK": "1", "Y": "1", "OUI": "1", "NO": "2", "HAPANA": "2",
    "LA": "2", "BADO": "2", "NOT YET": "2", "PAS ENCORE": "2", "N": "2", "NON": "2",
}  # fmt: skip
WHICH = "which"  # the kind of our question which of two questions was answered
UNCLEAR = "?"  # what may be a ballot, and cannot be counted
THIS = "this"  # and of the one that says which question the next answer is for
VEILED = "ballot"  # what a message means that is kept as dots


@dataclass(frozen=True)
class Answered:
    """What came of it: a word for the records, what to reply; without words the help is said."""

    meaning: str
    reply: str


def answer(world: Any, member: Member, said: str) -> Answered | None:
    """The answer to an open question, or None when this is none. While a group has asked by SMS how one votes, all that may be a ballot is kept as dots."""
    votes, asked = calling.asked_by_text(world, member), [one for one in still_open(world, member.number) if one.kind != BALLOT]
    ballots, unsaid = [one.question for one in votes], [one.question for one in votes if one.pending]
    meant = WORDS.get(said.strip(" .!?,").upper()) or _of_ballot(world, member, votes, said)
    if meant is None:
        return None
    if meant == UNCLEAR:
        return Answered(VEILED, str(world.phrases.say(notices.BALLOT_NOT_NOW, member.language, code=world.organisation.dial("3", "4"))))
    if asked and asked[0].kind == THIS:
        rows.end_question(world, asked[0].id, "")
        asked, ballots, unsaid = ([one for one in some if str(one.id) == asked[0].ref] for some in (asked, ballots, unsaid))
    if asked and asked[0].kind == WHICH and meant in ("1", "2"):
        return _which(world, member, asked[0], meant)
    fitting = [one for one in [*unsaid, *asked] if one.kind in ASKED and meant in ASKED[one.kind].takes] or ballots[:1]  # a ballot may be changed
    if len(fitting) > 1:
        first, second = sorted(fitting[:2] if unsaid[:1] else fitting, key=lambda one: -one.id)[:2]
        secret = ASKED[first.kind].secret or ASKED[second.kind].secret
        remember(world, member.number, WHICH, f"{first.id},{second.id},{'' if secret else meant}", "")
        titles = {"first": _titled(world, member, first), "second": _titled(world, member, second)}
        return Answered(VEILED if secret else "which", world.phrases.say(notices.WHICH_ONE, member.language, **titles))
    return _do(world, member, fitting[0], meant) if fitting else None


def _of_ballot(world: Any, member: Member, votes: list[calling.AskedByText], said: str) -> str | None:
    """What words mean that are no bare number, where a vote was asked by SMS: an answer of it written out; or a yes or no with more words, which is unclear."""
    for one in votes:
        if number := calling.named_answer(world, member, one.vote, said):
            return number
    first = said.strip().split(" ")[0].strip(" .!?,").upper() if said.strip() else ""
    return UNCLEAR if votes and first in WORDS and not first.isdigit() else None


def _titled(world: Any, member: Member, question: Any) -> str:
    return str(world.phrases.text(question.title, member.language))


def _which(world: Any, member: Member, which: Any, meant: str) -> Answered | None:
    first, second, answered = which.ref.split(",")
    rows.end_question(world, which.id, meant)
    chosen = rows.question(world, int(first if meant == "1" else second))
    if chosen is None or chosen.answered_at is not None:
        return Answered("answer", world.phrases.say(notices.ALREADY_ANSWERED, member.language))
    if not answered:  # a ballot may have been meant, and lies nowhere
        remember(world, member.number, THIS, str(chosen.id), "")
        return Answered("which", world.phrases.say(notices.SAY_ONCE_MORE, member.language, title=_titled(world, member, chosen)))
    return _do(world, member, chosen, answered)


def _do(world: Any, member: Member, question: Any, meant: str) -> Answered:
    asked = ASKED[question.kind]
    rows.end_question(world, question.id, "" if asked.secret else meant)
    return Answered(VEILED if asked.secret else "answer", asked.act(world, member, question.ref, asked.takes[meant]))


@dataclass(frozen=True)
class Question:
    """A kind of question: which answers it takes, and what they do. An empty reply means that the help is said."""

    takes: Mapping[str, str]
    act: Callable[[Any, Member, str, str], str]
    secret: bool = False  # the answer is kept nowhere beside the number that it came from


def _sort(world: Any, member: Member, ref: str, meant: str) -> str:
    said = sort(world, f"text:{ref}", meant)
    return "" if said is None or meant == "unsorted" else str(world.phrases.say(notices.NO_ANSWER_NEEDED, member.language))


def _meeting(world: Any, member: Member, ref: str, meant: str) -> str:
    match groups.rsvp(world, member, int(ref), meant == "yes"):
        case RsvpNoted(coming, heads):
            notice = notices.YOU_COME if meant == "yes" else notices.YOU_CANNOT
            return str(world.phrases.say(notice, member.language, coming=coming, heads=heads))
        case _:
            return str(world.phrases.say(notices.NO_MEETING, member.language))


def _done(world: Any, member: Member, ref: str, meant: str) -> str:
    """The author says whether what was done is good. Only the author closes it."""
    item = items.by_id(world, int(ref))
    if item is None or not closing.settle(world, member, item, good=meant == "yes"):
        return str(world.phrases.say(notices.ALREADY_ANSWERED, member.language))
    return str(world.phrases.say(notices.THANKS_CLOSED if meant == "yes" else notices.FIRST_IN_LINE, member.language))


def _merged(world: Any, member: Member, ref: str, meant: str) -> str:
    item = items.by_id(world, int(ref))
    if item is None or item.member_id != member.id or item.state != "merged":
        return str(world.phrases.say(notices.ALREADY_ANSWERED, member.language))
    if meant == "yes":
        return str(world.phrases.say(notices.STAYS_JOINED, member.language))
    states.unmerge(world, item, "the author")
    return str(world.phrases.say(notices.APART_AGAIN, member.language, number=item.number))


def _helped(world: Any, member: Member, ref: str, meant: str) -> str:
    said = helping.judge_answer(world, member, int(ref), helped=meant == "yes")
    if said is None:
        return str(world.phrases.say(notices.ALREADY_ANSWERED, member.language))
    if meant == "no":
        return str(world.phrases.say(notices.NOT_HELPED, member.language))
    return str(world.phrases.say(notices.THANKS_PASSED, member.language, name=said.from_name, count=said.helped))


def _cash(world: Any, member: Member, ref: str, meant: str) -> str:
    match cash.answer_cash(world, member, int(ref), agrees=meant == "yes"):
        case CashAgreed():
            notice = notices.CASH_AGREED
        case CashDenied():
            notice = notices.CASH_DENIED
        case CashNotNow():
            notice = notices.CASH_NOT_NOW
        case _:
            notice = notices.ALREADY_ANSWERED
    return str(world.phrases.say(notice, member.language))


def _poll(world: Any, member: Member, ref: str, meant: str) -> str:
    match polls.answer_by_text(world, member, ref, meant):
        case PollByText(at, questions, asked, numbered):
            return str(world.phrases.say(notices.POLL_ASKS, member.language, at=at, questions=questions, asked=asked, numbered=numbered))
        case PollDone(title, answered):
            code = world.organisation.dial("5", "5", "3")
            return str(world.phrases.say(notices.POLL_DONE, member.language, title=title, answered=answered, code_polls=code))
        case _:
            return str(world.phrases.say(notices.ALREADY_ANSWERED, member.language))


def _lead(world: Any, member: Member, ref: str, meant: str) -> str:
    group = turns.answer_turn(world, member, int(ref), takes=meant == "yes")
    if group is None:
        return str(world.phrases.say(notices.ALREADY_ANSWERED, member.language))
    notice = notices.NOW_LEADER if meant == "yes" else notices.TURN_REFUSED
    return str(world.phrases.say(notice, member.language, place=group.name, code=world.organisation.dial("3", "98", "6")))


YES_NO = {"1": "yes", "2": "no"}


def _yes_or_no(act: Callable[..., bool], yes: Notice, no: Notice, *keys: str) -> Question:
    """Answered with yes or no; `act(world, member, ref, yes=…)` says whether there was something to answer, `keys` lead to where it is seen."""

    def told(world: Any, member: Member, ref: str, meant: str) -> str:
        known = act(world, member, ref, yes=meant == "yes")
        notice = notices.ALREADY_ANSWERED if not known else yes if meant == "yes" else no
        return str(world.phrases.say(notice, member.language, code=world.organisation.dial(*keys)))

    return Question(YES_NO, told)


ASKED: dict[str, Question] = {
    "sort": Question({"1": "idea", "2": "wrong", "3": "unsorted"}, _sort),
    "meeting": Question(YES_NO, _meeting),
    "done": Question(YES_NO, _done),
    "merged": Question(YES_NO, _merged),
    "helped": Question(YES_NO, _helped),
    "cash": Question(YES_NO, _cash),
    turns.LEAD: Question(YES_NO, _lead),
    looking.ALIKE: _yes_or_no(looking.answer_alike, notices.JOINED_AS_SAID, notices.STAYS_ITS_OWN, "5", "4"),
    by_text.OLD: Question(YES_NO, by_text.answer_old),
    "drill": _yes_or_no(drills.answer_name, notices.STAFF_IT_IS, notices.STAFF_IT_IS_NOT),
    keepers.KEEPER: _yes_or_no(keepers.answer_keeper, notices.KEEPER_YES, notices.KEEPER_NO),
    people.FOLLOW: _yes_or_no(people.answer_follow, notices.FOLLOWED_NOW, notices.NOT_FOLLOWED),
    panel.ASKED: _yes_or_no(panel.answer_by_text, notices.PANEL_IN, notices.PANEL_OUT, "5", "98", "7"),
    caring.CARE: _yes_or_no(caring.answer_care, notices.CARE_HELPED, notices.CARE_OPEN),
    tools.BORROW: _yes_or_no(tools.answer_borrow, notices.BORROW_DONE, notices.BORROW_DONE),
    checks.PROMISE: _yes_or_no(checks.answer_promise, notices.PROMISE_DONE, notices.PROMISE_OPEN),
    BALLOT: Question({str(n): str(n) for n in range(1, 6)}, calling.answer_by_text, secret=True),
    polls.ASKED_BY_TEXT: Question({str(n): str(n) for n in range(1, 6)}, _poll),
}
