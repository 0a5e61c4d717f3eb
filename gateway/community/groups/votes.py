"""A group decides: yes or no, one of a few answers, or who leads next.

A ballot is secret, can be changed until the vote closes, and belongs to nobody after.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from typing import Any

from gateway.community.counting import next_free
from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import rows, term_rows, turns
from gateway.community.groups.asking import ask_all, tell_result
from gateway.community.groups.ballot_rows import GroupVote
from gateway.community.groups.leading import leads, texts_left, to_tell
from gateway.community.groups.model import (
    Group,
    Heads,
    NotALeader,
    NotInGroup,
    RowId,
    Texts,
    ToldAll,
    TooFewTexts,
)
from gateway.community.groups.results import DONE, LEADS, MORE, NONE, NOTICE, OFF, question_of, result, was_decided
from gateway.community.groups.verbs import group_of
from gateway.community.groups.vote_model import (
    ONE_OF_US,
    REVIEW_DAYS,
    ChoiceShown,
    ChoicesUnclear,
    DoneNoted,
    ElectionShown,
    TellMore,
    VoteAnswers,
    VoteCosts,
    VoteCounted,
    VoteDecided,
    VoteEnded,
    VoteJudged,
    VoteNumber,
    VoteOpen,
    VoteOver,
    VoteQuestion,
    VoteSaid,
    VotesAreOpen,
    VoteShown,
    choices_in,
)
from gateway.community.items import brakes
from gateway.community.items.model import HeldWords
from gateway.community.model import Thing, TooMany
from gateway.members import rows as members
from gateway.members.model import Day, Member
from gateway.members.verbs import the_member
from gateway.records.model import masked
from menus import alphabet

CHOICES = {"yes": "Yes", "no": "No", "unsure": "Not sure"}  # as they are said
LED_DAYS = 365  # after which the clock asks who leads next
ELECTIONS_LOOKED_AT = 50  # votes of a group, the newest
TERM_DAYS = 90  # between two elections of a leader, unless the leader asks for one
OPEN_MOST = 3  # votes of a group at once
YES_OR_NO, A_PERSON = "Yes or no", "One of us"  # in the catalogue
QUORUM = 2  # one part in so many of a group must have voted, or nothing is decided


def marks(world: Any, vote_id: int, member_id: int) -> list[str]:
    """Which ballot is whose, for the machine alone while the vote is open: without a key nobody can tell. One for each key, the present one first:
    a key that is changed while people vote gives nobody a second ballot.
    """
    return [hmac.new(key, f"ballot|{vote_id}|{member_id}".encode(), hashlib.sha256).hexdigest() for key in world.secrets.peppers.values()]


def start_vote(
    world: Any, caller: str, group: str, words: str, choices: str, days: str, tell: str, key: str
) -> ToldAll | TooFewTexts | TooMany | HeldWords | NotALeader:
    """Ask the group, for so many days. Who votes is told to nobody."""
    found = leads(world, caller, group)
    if found is None:
        return NotALeader()
    if brakes.held_word(world, f"{words} {choices}"):
        return HeldWords()
    return open_vote(world, found, the_member(world, caller), plain(words), int(days), key, tell=tell == "yes", **asked_for(choices))


def asked_for(choices: str) -> dict[str, Any]:
    """What a vote asks for: one of some answers, one of the group, or yes or no."""
    return {"kind": "person"} if choices == ONE_OF_US else {"answers": ",".join(choices_in(plain(choices)) or [])}


def plain(words: str) -> str:
    return alphabet.plain(masked(words))


def call_election(world: Any, caller: str, group: str, key: str) -> VoteOpen | TooMany | VotesAreOpen | NotInGroup:
    """Who leads next: the leader may ask at any time, every member once the term is over. The group is told in the menu."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None:
        return NotInGroup()
    leader = leads(world, caller, group) is not None
    last = next((one for one in _elections(world, found) if not turns.may_choose_again(world, one)), None)
    if last and (last.state == "open" or (not leader and world.now() - last.made_at < dt.timedelta(days=TERM_DAYS))):
        return TooMany(TERM_DAYS)
    if last is None and not leader and world.now() - found.made_at < dt.timedelta(days=TERM_DAYS):
        return TooMany(TERM_DAYS)
    said = open_vote(world, found, member, turns.ELECTION, 7, key, kind="leader")
    return VoteOpen() if isinstance(said, ToldAll) else VotesAreOpen(OPEN_MOST)


def _elections(world: Any, group: Group) -> list[ballots.GroupVote]:
    """Votes on who leads, those of the office's asking too, the newest first; what was called off is none."""
    return [one for one in ballots.votes_of(world, group.id, ELECTIONS_LOOKED_AT) if one.kind == "leader" and one.said != OFF]


def call_due_elections(world: Any) -> int:
    """Where one has led for a year and nobody has asked who leads next, the clock asks: the turn goes round. How many."""
    found, after = 0, ""
    while some := rows.all_groups(world, after=after):
        after = some[-1].number
        for group in some:
            leaders = [one for one in rows.in_group(world, group.id) if one.role == "leader"] if group.state == "open" else []
            led = term_rows.leading_since(world, group.id) if leaders else {}
            if not leaders or any(led.get(one.member_id, one.since) > world.now() - dt.timedelta(days=LED_DAYS) for one in leaders):
                continue
            if any(world.now() - one.made_at < dt.timedelta(days=LED_DAYS if one.said.startswith(LEADS) else TERM_DAYS) for one in _elections(world, group)):
                continue
            known = members.by_ids(world, [leaders[0].member_id])
            key = f"term-{group.id}-{world.organisation.local(world.now()):%Y-%m}"
            leader = known.get(leaders[0].member_id)
            found += leader is not None and isinstance(open_vote(world, group, leader, turns.ELECTION, 7, key, kind="leader"), ToldAll)
    return found


def open_vote(
    world: Any, group: Group, member: Member, question: str, days: int, key: str, *, tell: bool = False, answers: str = "", kind: str = "",
    rule_id: int | None = None, amount: int | None = None, more: str = "",
) -> ToldAll | TooFewTexts | TooMany:  # fmt: skip
    """Open it once for its key. With `tell` it is asked by SMS, and a bare number answers."""
    kind = kind or ("choice" if answers else "yes_no")
    if ballots.vote_by_key(world, key):
        return ToldAll(Texts(0))
    if kind != "leader" and open_now(world, group) >= OPEN_MOST:  # an election is one at a time, and takes no other vote's place
        return TooMany(OPEN_MOST)
    receivers = to_tell(world, group, member.id) if tell else []
    if len(receivers) > texts_left(world, group):
        return TooFewTexts()
    ends_at = world.now() + dt.timedelta(days=days)
    asked = {"kind": kind, "question": question[:60], "choices": answers, "rule_id": rule_id, "amount": amount, "more": more}
    if ballots.add_vote(world, key=key, group_id=group.id, member_id=member.id, ends_at=ends_at, number=next_free(world), **asked):
        made = ballots.vote_by_key(world, key)
        assert made, "it has just been opened"
        ask_all(world, group, made, receivers)
    return ToldAll(Texts(len(receivers)))


def open_now(world: Any, group: Group) -> int:
    """Votes of a group that are open, elections aside."""
    return sum(one.kind != "leader" for one in ballots.votes_of(world, group.id, 2 * OPEN_MOST, ("open",)))


def price_vote(world: Any, caller: str, group: str, words: str, choices: str) -> VoteCosts | NotInGroup | TooMany | HeldWords | ChoicesUnclear:
    """What it would take, and the answers as they were understood. What may be a PIN is no answer; what holds a word of the list is said at once."""
    member = the_member(world, caller)
    found = group_of(world, member, group)
    if found is None:
        return NotInGroup()
    answers = choices_in(plain(choices))
    if answers is None or masked(choices) != choices:
        return ChoicesUnclear()
    if brakes.held_word(world, f"{words} {choices}"):
        return HeldWords()
    if open_now(world, found) >= OPEN_MOST:
        return TooMany(OPEN_MOST)
    said = VoteAnswers(" / ".join(answers) or world.phrases.text(A_PERSON if choices == ONE_OF_US else YES_OR_NO, member.language))
    return VoteCosts(said, Texts(len(to_tell(world, found, member.id))), Texts(texts_left(world, found)))


def look_at_vote(world: Any, caller: str, vote: str, group: str) -> VoteShown | ElectionShown | ChoiceShown | VoteOver | VoteDecided | VoteJudged | NotInGroup:
    member, one = the_member(world, caller), vote_in(world, caller, vote, group)
    if one is None:
        return NotInGroup()
    question, id = VoteQuestion(question_of(world, one, member.language)), RowId(one.id)
    if one.state == "closed":
        said = VoteSaid(result(world, one, member.language))
        if not was_decided(one.said) or one.ends_with_result:
            return VoteOver(id, question, said)
        done, saying = _done(world, one)
        return VoteJudged(id, question, said, done, saying) if saying else VoteDecided(id, question, said)
    kinds: dict[str, type[VoteShown | ElectionShown | ChoiceShown]] = {"leader": ElectionShown, "person": ElectionShown, "choice": ChoiceShown}
    shown, number = kinds.get(one.kind, VoteShown), VoteNumber(one.number and f"{one.number}: ")
    return shown(Thing(f"vote-{one.id}"), id, number, question, _day(world, one, member), *_heads(world, one))


def vote_in(world: Any, caller: str, vote: str, group: str, *, lock: bool = False) -> GroupVote | None:
    """A vote of a group that the caller is in."""
    found = group_of(world, the_member(world, caller), group)
    one = ballots.vote(world, int(vote), lock=lock) if found and vote.isdigit() else None
    return one if one and found and one.group_id == found.id else None


def _day(world: Any, one: GroupVote, member: Member) -> Day:
    return Day(world.phrases.day(world.organisation.local(one.ends_at), member.language))


def _heads(world: Any, one: GroupVote) -> tuple[Heads, Heads]:
    """How many have voted, of how many."""
    return Heads(sum(ballots.count_ballots(world, one.id).values())), Heads(rows.heads_of(world, [one.group_id]).get(one.group_id, 0))


def _done(world: Any, one: GroupVote) -> tuple[Heads, Heads]:
    """How many say that it was done, of how many who say anything."""
    said = ballots.count_done(world, [one.id]).get(one.id, {})
    return Heads(said.get("yes", 0)), Heads(sum(said.values()))


def cast_ballot(world: Any, caller: str, vote: str, show: str, group: str) -> VoteCounted | VoteEnded | NotInGroup:
    assert show in CHOICES, "the menu has no other"
    return cast(world, caller, vote, show, group)


def cast_informed(world: Any, caller: str, vote: str, about: str, group: str) -> VoteCounted | VoteEnded | NotInGroup:
    """The same, from the screen that tells what the vote is about."""
    return cast_ballot(world, caller, vote, about, group)


def elect(world: Any, caller: str, vote: str, candidate: str, group: str) -> VoteCounted | VoteEnded | NotInGroup:
    """A ballot for a fellow: everybody of the group can be chosen, and says yes or no when they are."""
    found = group_of(world, the_member(world, caller), group)
    standing = rows.membership(world, found.id, int(candidate)) if found and candidate.isdigit() else None
    if standing is None or standing.state != "member":
        return NotInGroup()
    return cast(world, caller, vote, candidate, group)


def choose(world: Any, caller: str, vote: str, choice: str, group: str) -> VoteCounted | VoteEnded | NotInGroup | TellMore:
    """A ballot for one of the answers that the vote has of its own, or for none of them; the last line of the list is no ballot."""
    if choice == MORE:
        return TellMore()
    one = vote_in(world, caller, vote, group)
    return cast(world, caller, vote, choice, group) if one and choice in (*one.answers, NONE) else NotInGroup()


def cast(world: Any, caller: str, vote: str, choice: str, group: str) -> VoteCounted | VoteEnded | NotInGroup:
    """A ballot of somebody who is in the group; `choice` is one that the vote has."""
    member, one = the_member(world, caller), vote_in(world, caller, vote, group, lock=True)
    if one is None:
        return NotInGroup()
    if one.state != "open" or one.ends_at <= world.now():
        return VoteEnded()
    world.seen.clear()  # it waits no more
    ballots.put_ballot(world, one.id, marks(world, one.id, member.id), choice)
    return VoteCounted(RowId(one.id), _day(world, one, member), *_heads(world, one))


def say_done(world: Any, caller: str, vote: str, says: str, group: str) -> DoneNoted | NotInGroup:
    """Whether what was decided was done: yes, in part or no. Each member once, as they say it last."""
    one = vote_in(world, caller, vote, group)
    if one is None or not was_decided(one.said) or one.ends_with_result:
        return NotInGroup()
    ballots.put_done(world, one.id, the_member(world, caller).id, says)
    return DoneNoted(*_done(world, one))


def close_votes(world: Any) -> int:
    """What has ended is counted and said to the group; whom it has chosen is asked."""
    closed = 0
    for due in ballots.votes_to_close(world, world.now()):
        one, group = ballots.vote(world, due.id, lock=True), rows.by_id(world, due.group_id)
        if group is None or one is None or one.state != "open":  # staff may have called it off meanwhile
            continue
        said = _result(world, group, one, ballots.count_ballots(world, one.id))
        if ballots.close_vote(world, one.id, said, world.now() + dt.timedelta(days=REVIEW_DAYS) if was_decided(said) and not one.ends_with_result else None):
            rows.add_notice(world, key=f"result:{one.id}", group_id=group.id, member_id=one.member_id, words=f"{NOTICE}{one.id}")
            tell_result(world, group, ballots.vote(world, one.id) or one)
            closed += 1
    return closed


def ask_if_done(world: Any) -> int:
    """A month after a yes the group is asked, by a notice in the menu, whether it was done."""
    asked = 0
    for one in ballots.votes_to_review(world, world.now()):
        if ballots.note_review(world, one.id):
            rows.add_notice(world, key=f"done:{one.id}", group_id=one.group_id, member_id=one.member_id, words=f"{DONE}{one.id}")
            asked += 1
    return asked


def call_off(world: Any, vote_id: int) -> bool:
    """A vote that should not have been begun ends without a result."""
    one = ballots.vote(world, vote_id, lock=True)
    return bool(one and ballots.close_vote(world, one.id, OFF))


def _result(world: Any, group: Group, one: GroupVote, counts: dict[str, int]) -> str:
    """What a vote decided, as `results` says it; with too few ballots nothing is decided."""
    heads, voted = rows.heads_of(world, [group.id]).get(group.id, 0), sum(counts.values())
    if not voted or voted * QUORUM < heads:
        return f"few voted={voted} heads={heads}"
    if one.kind == "yes_no" or one.ends_with_result:
        yes, no, unsure = (counts.get(name, 0) for name in CHOICES)
        return f"{'yes' if yes > no else 'no'} yes={yes} no={no} unsure={unsure}"
    most = max(counts.values())
    if one.kind == "choice":
        told = " ".join(f"{choice}={counts.get(choice, 0)}" for choice in (*one.answers, NONE))
        return f"tie most={most}" if list(counts.values()).count(most) > 1 else f"choice {told}"
    first = [int(candidate) for candidate, times in counts.items() if times == most]
    if len(first) > 1:
        return f"tie most={most}"
    return turns.ask_chosen(world, group, one, first[0], most, voted)
