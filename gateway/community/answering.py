"""What a bare answer by SMS means: a number, a yes, a no. It answers the question that is open; when two are, we ask which."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.community import lost, rows
from gateway.community.circles import promises
from gateway.community.commons import outings, tools
from gateway.community.courses import verbs as courses
from gateway.community.drills import verbs as drills
from gateway.community.groups import calling, caring, cash, turns
from gateway.community.groups import verbs as groups
from gateway.community.groups.asking import BALLOT
from gateway.community.groups.model import CashAgreed, CashDenied, CashNotNow, RsvpNoted
from gateway.community.groups.ways import code_to
from gateway.community.helping import by_text, keepers, may_call
from gateway.community.helping import verbs as helping
from gateway.community.helping.routing import let_through
from gateway.community.helping.tips import FIXED_TIP, number_of_fix, object_to_fix
from gateway.community.items import closing, looking, praised, states, steering, telling
from gateway.community.items import rows as items
from gateway.community.panel import verbs as panel
from gateway.community.people import verbs as people
from gateway.community.polls import verbs as polls
from gateway.community.polls.model import PollByText, PollDone
from gateway.community.questions import remember, still_open
from gateway.community.verbs import sort
from gateway.members.model import Member
from menus.book import more_notices, notices
from menus.notice import Notice

WORDS = {  # how people say it -> what is meant
    "1": "1", "2": "2", "3": "3", "4": "4", "5": "5", "YES": "1", "NDIYO": "1", "SAWA": "1", "OK": "1", "Y": "1", "OUI": "1", "NO": "2", "HAPANA": "2",
    "LA": "2", "BADO": "2", "NOT YET": "2", "PAS ENCORE": "2", "N": "2", "NON": "2",
}  # fmt: skip
WHICH = "which"  # the kind of our question which of two questions was answered
THIS = "this"  # and of the one that says which question the next answer is for
VEILED = "ballot"  # what a message means that is kept as dots


def is_bare(said: str) -> bool:
    """A number, a yes or a no and nothing else: no words to keep, whatever it was an answer to."""
    return said.strip(" .!?,").upper() in WORDS


@dataclass(frozen=True)
class Answered:
    """What came of it: a word for the records, what to reply; without words the help is said."""

    meaning: str
    reply: str


def answer(world: Any, member: Member, said: str, *, place_kept: bool = False, command: bool = False) -> Answered | None:
    """The answer to an open question, or None when this is none. With `place_kept` words are waited for, and only a bare answer is taken; a message that
    is a `command` and nothing else stays one, whatever a vote calls its answers.

    A ballot is a secret: as long as a vote that was asked by SMS waits for this member, all that may be one is veiled, and it is counted only when it is
    clear which question it answers. Who has voted changes it on the phone.
    """
    meant, asked = WORDS.get(said.strip(" .!?,").upper()), [one for one in still_open(world, member.number) if one.kind != BALLOT]
    votes = [] if command else calling.asked_by_text(world, member)
    pending = [one for one in votes if one.pending]
    last = bool(asked) and asked[0].kind in (THIS, WHICH) and not any(one.question.asked_at > asked[0].asked_at for one in pending)
    if last and (told := _about_that(world, member, asked[0], meant, said, pending)):
        return told
    asked = [one for one in asked if one.kind in ASKED and meant is not None and meant in ASKED[one.kind].takes]
    read = [(one, number) for one in pending if (number := calling.reads_as(world, member, one.vote, said))]
    if read and (len(read) > 1 or (asked and meant)):
        return _ask_which(world, member, [one.question for one, _ in read[:2]] + asked[: 2 - len(read[:2])], "")
    if read:
        return _do(world, member, read[0][0].question, read[0][1])
    if len(asked) > 1:
        return _ask_which(world, member, asked[:2], meant or "")
    if asked:
        return _do(world, member, asked[0], meant or "")
    if place_kept and meant is None:
        return None
    if any(calling.reads_as(world, member, one.vote, said) for one in votes) or any(calling.may_be_ballot(one.vote, said) for one in pending):
        return Answered(VEILED, str(world.phrases.say(notices.BALLOT_NOT_NOW, member.language, code=world.organisation.dial("3"))))
    return None


def _about_that(world: Any, member: Member, question: Any, meant: str | None, said: str, pending: list[calling.AskedByText]) -> Answered | None:
    """What is said to `which one?`, or once more to the one that was chosen."""
    if question.kind == WHICH:
        return _which(world, member, question, meant) if meant in ("1", "2") else None
    vote = next((one for one in pending if str(one.question.id) == question.ref), None)
    number = calling.reads_as(world, member, vote.vote, said) if vote else meant
    chosen = rows.question(world, int(question.ref))
    if number is None or chosen is None or number not in ASKED[chosen.kind].takes:
        return None
    rows.end_question(world, question.id, "")
    return _do(world, member, chosen, number)


def _ask_which(world: Any, member: Member, two: list[Any], meant: str) -> Answered:
    """Which of two questions was answered. What was meant is kept with ours, unless a ballot may have been."""
    first, second = sorted(two, key=lambda one: -one.id)
    secret = ASKED[first.kind].secret or ASKED[second.kind].secret
    remember(world, member.number, WHICH, f"{first.id},{second.id},{'' if secret else meant}", "")
    titles = {"first": _titled(world, member, first), "second": _titled(world, member, second)}
    return Answered(VEILED if secret else "which", world.phrases.say(notices.WHICH_ONE, member.language, **titles))


def _titled(world: Any, member: Member, question: Any) -> str:
    return str(world.phrases.text(question.title, member.language))


def _which(world: Any, member: Member, which: Any, meant: str) -> Answered | None:
    first, second, answered = which.ref.split(",")
    rows.end_question(world, which.id, meant)
    chosen = rows.question(world, int(first if meant == "1" else second))
    if chosen is None or (chosen.answered_at is not None and not ASKED[chosen.kind].secret):  # a ballot that was not counted may be sent again
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
    if said and said.kind == "question" and said.state == "open" and (asked := let_through(world, said)):
        return str(world.phrases.say(notices.QUESTION_WENT, member.language, number=said.number, count=asked))
    return "" if said is None or meant == "unsorted" else str(world.phrases.say(notices.NO_ANSWER_NEEDED, member.language))


def _meeting(world: Any, member: Member, ref: str, meant: str) -> str:
    match groups.rsvp(world, member, int(ref), groups.COMES[meant]):
        case RsvpNoted(coming, heads):
            notice = {"yes": notices.YOU_COME, "no": notices.YOU_CANNOT}.get(meant, notices.YOU_MAY_COME)
            return str(world.phrases.say(notice, member.language, coming=coming, heads=heads))
        case _:
            return str(world.phrases.say(notices.NO_MEETING, member.language))


def _done(world: Any, member: Member, ref: str, meant: str) -> str:
    """The author says whether what was done is good. Only the author closes it."""
    item = items.by_id(world, int(ref))
    if item is None or not closing.settle(world, member, item, good=meant == "yes"):
        return str(world.phrases.say(notices.ALREADY_ANSWERED, member.language))
    return str(world.phrases.say(notices.THANKS_CLOSED if meant == "yes" else notices.FIRST_IN_LINE, member.language))


def _answered(world: Any, member: Member, ref: str, meant: str) -> str:
    """The author says whether an answer is good."""
    item = items.by_id(world, int(ref))
    again = closing.judge_no(world, member, item, good=meant == "yes") if item else None
    if item is None or again is None:
        return str(world.phrases.say(notices.ALREADY_ANSWERED, member.language))
    notice = notices.LOOK_ONCE_MORE if again else notices.ANSWER_IS_GOOD if meant == "yes" else notices.ANSWER_IS_NOT
    return str(world.phrases.say(notice, member.language, number=item.number))


def _fixed(world: Any, member: Member, ref: str, meant: str) -> str:
    """Who wrote a tip says whether it is better now."""
    number = object_to_fix(world, member, int(ref)) if meant == "no" else number_of_fix(world, member, int(ref))
    if not number:
        return str(world.phrases.say(notices.ALREADY_ANSWERED, member.language))
    return str(world.phrases.say(notices.TIP_LOOKED_AT if meant == "no" else notices.TIP_STAYS_SO, member.language, number=number))


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
        case PollDone(_, title, answered):
            code = world.organisation.dial("5", "5", "3")
            return str(world.phrases.say(notices.POLL_DONE, member.language, title=title, answered=answered, code_polls=code))
        case _:
            return str(world.phrases.say(notices.ALREADY_ANSWERED, member.language))


def _chosen(yes: Notice) -> Question:
    """Whom a group has chosen: for what its vote asked, or to lead it, with the way to the tools of leaders."""

    def told(world: Any, member: Member, ref: str, meant: str) -> str:
        group = turns.answer_turn(world, member, int(ref), takes=meant == "yes")
        if group is None:
            return str(world.phrases.say(notices.ALREADY_ANSWERED, member.language))
        notice = yes if meant == "yes" else notices.TURN_REFUSED
        return str(world.phrases.say(notice, member.language, place=group.name, code=code_to(world, member.id, group, "98", "6")))

    return Question(YES_NO, told)


def _named(world: Any, member: Member, ref: str, meant: str) -> str:
    group = promises.answer_named(world, member, int(ref), takes=meant == "yes")
    if group is None:
        return str(world.phrases.say(notices.ALREADY_ANSWERED, member.language))
    return str(world.phrases.say(notices.PROMISE_TAKEN if meant == "yes" else notices.PROMISE_REFUSED, member.language, place=group.name))


YES_NO = {"1": "yes", "2": "no"}


def _yes_or_no(act: Callable[..., bool], yes: Notice, no: Notice, *keys: str) -> Question:
    """Answered with yes or no; `act(world, member, ref, yes=…)` says whether there was something to answer, `keys` lead to where it is seen."""

    def told(world: Any, member: Member, ref: str, meant: str) -> str:
        known = act(world, member, ref, yes=meant == "yes")
        notice = notices.ALREADY_ANSWERED if not known else yes if meant == "yes" else no
        return str(world.phrases.say(notice, member.language, code=world.organisation.dial(*keys)))

    return Question(YES_NO, told)


ASKED: dict[str, Question] = {
    "sort": Question({"1": "idea", "2": "wrong", "3": "unsorted", "4": "question", "5": "news"}, _sort),
    "meeting": Question({**YES_NO, "3": "unsure"}, _meeting),
    "done": Question(YES_NO, _done),
    "merged": Question(YES_NO, _merged),
    telling.ANSWERED: Question(YES_NO, _answered),
    FIXED_TIP: Question(YES_NO, _fixed),
    telling.GOOD: _yes_or_no(steering.judge_by_text, notices.FOUND_GOOD, notices.FOUND_BAD, "5", "6"),
    "helped": Question(YES_NO, _helped),
    "cash": Question(YES_NO, _cash),
    turns.LEAD: _chosen(notices.NOW_LEADER),
    turns.PICK: _chosen(notices.PICK_TAKEN),
    praised.PRAISED: _yes_or_no(praised.answer_praise, notices.PRAISE_YES, notices.PRAISE_NO),
    looking.ALIKE: _yes_or_no(looking.answer_alike, notices.JOINED_AS_SAID, notices.STAYS_ITS_OWN, "5", "4"),
    by_text.OLD: Question(YES_NO, by_text.answer_old),
    "drill": _yes_or_no(drills.answer_name, notices.STAFF_IT_IS, notices.STAFF_IT_IS_NOT),
    may_call.MAY_CALL: _yes_or_no(may_call.answer_call, notices.CALL_YES, notices.CALL_NO),
    keepers.KEEPER: _yes_or_no(keepers.answer_keeper, notices.KEEPER_YES, notices.KEEPER_NO),
    people.FOLLOW: _yes_or_no(people.answer_follow, notices.FOLLOWED_NOW, notices.NOT_FOLLOWED),
    panel.ASKED: _yes_or_no(panel.answer_by_text, notices.PANEL_IN, notices.PANEL_OUT, "5", "98", "7"),
    caring.CARE: _yes_or_no(caring.answer_care, notices.CARE_HELPED, notices.CARE_OPEN),
    tools.BORROW: _yes_or_no(tools.answer_borrow, notices.BORROW_DONE, notices.BORROW_DONE),
    promises.NAMED: Question(YES_NO, _named),
    promises.DONE: _yes_or_no(promises.answer_promise, notices.PROMISE_DONE, notices.PROMISE_OPEN),
    outings.INSTEAD: _yes_or_no(outings.answer_instead, notices.BORROW_DONE, notices.BORROW_DONE),
    courses.DID: _yes_or_no(courses.answer_part, more_notices.COURSE_YES, more_notices.COURSE_NO, "4", "2"),
    lost.LOST: _yes_or_no(lost.answer_lost, notices.PHONE_FOUND, notices.PHONE_STAYS_LOST),
    BALLOT: Question({str(n): str(n) for n in range(1, 6)}, calling.answer_by_text, secret=True),
    polls.ASKED_BY_TEXT: Question({str(n): str(n) for n in range(1, 6)}, _poll),
}
