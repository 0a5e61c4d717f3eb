"""What a vote of a group decided, kept as a few words of code and said in the reader's language."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.groups import ballot_rows, rows
from gateway.community.groups.ballot_rows import GroupVote
from gateway.community.groups.model import HIDDEN, NOTICE_MOST
from gateway.community.lending import rows as lending_rows
from gateway.members import rows as members
from gateway.members.model import short
from menus import alphabet

NOTICE = "=vote "  # how the words of a notice begin that is the result of a vote
DONE = "=done "  # and of one that asks whether it was done
TAKEN = "=taken "  # and of one that tells that another group has taken over a rule
ASKS_FOR, HAS_LENT = "=asks ", "=lent "  # and of those that tell of a loan: asked for, given
ASKS, LENT = "{name} asks the group for {amount}. See: 2, 6", "{name} has {amount} of our money on loan until {day}"  # in the catalogue
TAKEN_OVER = "{place} took over your rule:"  # in the catalogue
WAS_IT_DONE = "Was it done? Say it under Votes:"  # in the catalogue
QUESTION_MOST = 30  # letters of the question in a notice; fewer where the result is long
ID_MOST = 30  # letters of such words: an id, and what stands before it
OFF = "off"  # what came of a vote that was called off
NONE = "none"  # the answer that none of a vote's own answers is right
MORE = "more"  # the last line under the answers: it is none
TELL_MORE = "Tell me more"  # in the catalogue
NONE_OF_THESE = "None of these"  # in the catalogue
SAID = {  # each is in the catalogue
    "yes": "Yes {yes}, no {no}, not sure {unsure}. So: yes", "no": "Yes {yes}, no {no}, not sure {unsure}. So: no",
    "few": "{voted} of {heads} voted: too few", "tie": "{most} each: not decided", "leader": "{name} leads now: {most} of {voted}",
    "chosen": "One of us is chosen: {most} of {voted}, and asked", "refused": "The chosen one cannot: choose again", "gone": "The chosen one has left",
    "silent": "The chosen one has not answered: choose again",
    "asked": "The office asks one of us to lead", "agreed": "{name} leads now",
    "picked": "So: {name}, {most} of {voted}", "person": "So: {name}, {most} of {voted}",
    "choice": "So: {first}, {most} of {voted}. Next: {second}, {next}", "off": "Called off",
}  # fmt: skip

TURN_DAYS = 14  # for whom a group has chosen to say yes or no; then it may choose again
CHOSEN, LEADS, PICKED, REFUSED = "chosen", "leader", "picked", "refused"  # how the words of such results begin; `person` is of before they were asked
OFFICE = {"chosen": "asked", "leader": "agreed"}  # how it is said where nobody has voted and the office has asked
SHALL_PAY, NO_SUM = "Shall each pay in {amount}?", "Shall each pay in what they can?"  # in the catalogue
RULES = {"rule_in": "New rule", "rule_out": "Rule to end", "rule_all": "Share rule"}  # in the catalogue


def question_of(world: Any, vote: GroupVote, language: str) -> str:
    """What a vote asks, in the reader's language; of a vote about a rule, what is to become of it; of what each is to pay in, how much."""
    if vote.amount is not None:
        return str(world.phrases.text(SHALL_PAY if vote.amount else NO_SUM, language)).format(amount=world.organisation.money(vote.amount))
    asked = str(world.phrases.text(vote.question, language))
    return f"{world.phrases.text(RULES[vote.kind], language)}: {asked}" if vote.kind in RULES else asked


def was_decided(said: str) -> bool:
    """Whether something is to be done now.

    >>> [was_decided(one) for one in ("yes yes=2 no=1 unsure=0", "choice 1=2 2=1 none=0", "choice 1=0 2=1 none=2", "tie most=1")]
    [True, True, False, False]
    """
    code, *given = said.split(" ")
    return code == "yes" or (code == "choice" and _ranked(given)[0][0] != NONE)


def _ranked(given: list[str]) -> list[tuple[str, int]]:
    """`1=2 2=3` -> the answer with most ballots first."""
    counted = [(name, int(times)) for name, _, times in (one.partition("=") for one in given)]
    return sorted(counted, key=lambda pair: -pair[1])


def result(world: Any, vote: GroupVote, language: str) -> str:
    """`yes yes=2 no=0 unsure=1` as a sentence."""
    code, *given = vote.said.split(" ")
    if code == "choice":
        return _chosen(world, vote, _ranked(given), language)
    words: dict[str, Any] = dict(one.split("=", 1) for one in given if "=" in one)
    if "name" in words:
        one = members.by_ids(world, [int(words["name"])]).get(int(words["name"]))
        hidden = one is not None and code == "person" and one.shown_to == "nobody"
        words["name"] = world.phrases.text(HIDDEN, language) if hidden else short(one.name) if one else "?"
    if words.get("voted") == "0" and code in OFFICE:
        code = OFFICE[code]
    elif code == CHOSEN and vote.ends_at <= world.now() - dt.timedelta(days=TURN_DAYS):
        code = "silent"
    return str(world.phrases.text(SAID[code], language)).format(**words)


def _chosen(world: Any, vote: GroupVote, ranked: list[tuple[str, int]], language: str) -> str:
    names = {**vote.answers, NONE: world.phrases.text(NONE_OF_THESE, language)}
    (first, most), (second, next_) = ranked[:2]
    told = {"first": names[first], "most": most, "voted": sum(times for _, times in ranked), "second": names[second], "next": next_}
    return str(world.phrases.text(SAID["choice"], language)).format(**told)


def notice_words(world: Any, words: str, language: str) -> str:
    """The words of a notice; of one that tells a result, the question and what was decided."""
    if words.startswith((ASKS_FOR, HAS_LENT)):
        return _of_loan(world, words, language) or words
    if words.startswith(TAKEN):
        return _taken(world, words.removeprefix(TAKEN), language) or words
    begins = next((one for one in (NOTICE, DONE) if words.startswith(one) and words[len(one) :].isascii() and words[len(one) :].isdecimal()), None)
    one = ballot_rows.vote(world, int(words.removeprefix(begins))) if begins and len(words) <= ID_MOST else None
    if one is None:
        return words
    asked = question_of(world, one, language)
    if begins == DONE:
        return f"{world.phrases.text(WAS_IT_DONE, language)} {alphabet.cut(asked, QUESTION_MOST)}"
    said = result(world, one, language)
    return f"{alphabet.cut(asked, min(QUESTION_MOST, max(NOTICE_MOST - len(said) - 1, 0)))} {said}"


def _of_loan(world: Any, words: str, language: str) -> str:
    """Who asks, or has: all who lend may know it, and the one who asked was told so."""
    said, _, id = words.partition(" ")
    loan = lending_rows.loan(world, int(id)) if id.isascii() and id.isdecimal() else None
    who = members.by_ids(world, [loan.member_id]).get(loan.member_id) if loan else None
    if loan is None or who is None:
        return ""
    day = world.phrases.day(world.organisation.local(loan.due_at), language) if loan.due_at else ""
    text = ASKS if f"{said} " == ASKS_FOR else LENT
    return str(world.phrases.text(text, language)).format(name=short(who.name), amount=world.organisation.money(loan.amount), day=day)


def _taken(world: Any, said: str, language: str) -> str:
    """`1002 be on time`: which group, and the rule; nothing of words that are not ours."""
    number, _, rule = said.partition(" ")
    group = rows.by_number(world, number) if number.isascii() and number.isdecimal() and rule else None
    if group is None:
        return ""
    begins = str(world.phrases.text(TAKEN_OVER, language)).format(place=group.name)
    return f"{begins} {alphabet.cut(rule, max(NOTICE_MOST - len(begins) - 1, 0))}"
