"""The same by SMS: the number of an item, and what is said of it in one breath."""

from __future__ import annotations

from typing import Any

from gateway.community.courses.model import CourseBegun, CoursesEnough, NoCourse
from gateway.community.courses.verbs import begin_by_text
from gateway.community.groups.vote_model import AVote
from gateway.community.items import rows
from gateway.community.items.looking import NEW, NEW_EVERY
from gateway.community.items.model import (
    OPEN,
    Closed,
    Commented,
    Counted,
    CountsLater,
    Followed,
    FollowsNoMore,
    HeldWords,
    HiddenNow,
    ItemNumber,
    NoItem,
    OwnItem,
    Reported,
    Rests,
    SaidToday,
    StaysThere,
    TakenBack,
    kind_of,
)
from gateway.community.items.own_words import take_newest_back
from gateway.community.items.states import report
from gateway.community.items.verbs import follow, say, take_back, title_of, vote
from gateway.community.model import DidYouMean, TooMany
from gateway.community.numbers import meant_by
from gateway.community.people.model import NobodyThere, PersonAsked, PersonFollowed
from gateway.community.people.verbs import follow_person
from gateway.members import rows as members
from gateway.members.model import Yourself, is_code
from gateway.members.verbs import may_look_up, the_member
from gateway.records.model import masked
from menus import alphabet
from menus.answers import NO

FollowedByText = (
    Followed | FollowsNoMore | NoItem | PersonAsked | PersonFollowed | Yourself | NobodyThere | TooMany | CourseBegun | CoursesEnough
    | AVote | DidYouMean | Rests
)  # fmt: skip
TITLE_MOST = 16  # letters of each idea in a list of four that is one SMS
WORDS_MOST = 80  # letters of a report that are kept for whoever looks
AGAINST, OFF = NO - {"2"}, frozenset(["OFF", "FUTA"])
REASONS = {  # words of a report -> what it is about
    "insult": "insult matusi tusi insulte abuse hate", "lie": "lie uongo si kweli false mensonge", "private": "private siri binafsi privé",
    "selling": "selling biashara anauza advert vente spam", "same": "same sawa sama duplicate double",
    "danger": "danger dangerous hatari poison sumu dangereux",
}  # fmt: skip


def _split(said: str) -> tuple[str, str]:
    number, _, words = said.partition(" ")
    return number, words.strip()


def vote_by_text(
    world: Any, caller: str, said: str
) -> Counted | CountsLater | TakenBack | StaysThere | Closed | NoItem | OwnItem | SaidToday | Rests | AVote | DidYouMean:
    """`4171` and `4171 YES` are for it, `4171 NO` is against, `4171 OFF` takes the vote back, whatever else is said."""
    number, words = _split(said)
    meant = words.partition(" ")[0].strip(" .,!?").upper()
    if meant in OFF:
        return take_back(world, caller, number)
    voted = vote(world, caller, number, "against" if meant in AGAINST else "for")
    return (meant_by(world, caller, number) or voted) if isinstance(voted, NoItem) else voted


def say_by_sms(world: Any, caller: str, said: str, key: str) -> Commented | HeldWords | NoItem | SaidToday | Rests | AVote | DidYouMean:
    number, words = _split(said)
    heard = say(world, caller, number, words, key)
    return (meant_by(world, caller, number) or heard) if isinstance(heard, NoItem) else heard


def take_back_by_text(world: Any, caller: str, said: str) -> TakenBack | StaysThere | NoItem:
    return take_newest_back(world, caller, _split(said)[0])


def hide_by_text(world: Any, caller: str, said: str) -> HiddenNow | NoItem:
    """One's own words go on without one's name."""
    member, own = the_member(world, caller), rows.by_number(world, _split(said)[0])
    if own is None or own.member_id != member.id or not kind_of(own.kind).public:
        return NoItem()
    rows.change(world, own.id, shown="sealed")
    return HiddenNow(ItemNumber(own.number))


def follow_by_text(world: Any, caller: str, said: str, key: str) -> FollowedByText:
    """An item, tips day by day, or a member by their code: such look-ups are counted like every other."""
    number = _split(said)[0]
    if not isinstance(begun := begin_by_text(world, caller, number), NoCourse):
        return begun
    found = follow(world, caller, number)
    if not isinstance(found, NoItem):
        return found
    if meant := meant_by(world, caller, number):
        return meant
    if not is_code(number):
        return found
    return follow_person(world, caller, number, key) if may_look_up(world, caller) else NobodyThere()


def report_by_text(world: Any, caller: str, said: str) -> Reported | NoItem | SaidToday | AVote | DidYouMean:
    number, words = _split(said)
    heard = set(words.lower().split())
    reason = next((name for name, listed in REASONS.items() if heard & set(listed.split())), "other")
    reported = report(world, caller, number, reason, words=masked(alphabet.plain(words))[:WORDS_MOST])
    return (meant_by(world, caller, number) or reported) if isinstance(reported, NoItem) else reported


def top_three(world: Any, caller: str) -> str:
    """The best three ideas, and one that few have seen, for an SMS."""
    best = rows.top(world, "idea", OPEN, NEW_EVERY - 1)
    fresh = [one for one in rows.little_seen(world, "idea", NEW_EVERY) if one.id not in {other.id for other in best}][:1]
    told = [f"{n} {one.number} {alphabet.cut(title_of(one), TITLE_MOST)} {one.supporters}." for n, one in enumerate(best, 1)]
    member = members.by_number(world, caller)
    mark = world.phrases.text(NEW, member.language if member else world.organisation.language)
    return " ".join([*told, *(f"{mark} {one.number} {alphabet.cut(title_of(one), TITLE_MOST)}." for one in fresh)]) or "-"
