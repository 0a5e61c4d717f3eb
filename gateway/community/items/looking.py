"""What the phone shows of items, one by one: a statement to vote on, an idea with its numbers, a comment, what became of mine."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from gateway.community.items import brakes, near_rows, plan_rows, ranking, rows, same, voice_rows, wish_rows
from gateway.community.items.context import last_screen
from gateway.community.items.model import (
    OPEN,
    QUICK_A_DAY,
    VOTE,
    AnswerWords,
    Author,
    Came,
    ChangeShown,
    Closed,
    Commented,
    CommentShown,
    Counted,
    CountsLater,
    Few,
    Guests,
    HeldWords,
    HowItWent,
    Item,
    ItemNumber,
    ItemShown,
    ItemWords,
    MineClosed,
    MineDone,
    MineIsNew,
    MineJoined,
    MineShown,
    NoItem,
    NoMoreToday,
    NothingAlike,
    OwnCommentShown,
    OwnItem,
    Reported,
    Rests,
    SaidToday,
    SaidToIt,
    SameFound,
    StatementShown,
    StateName,
    StatusShown,
    Votes,
    kind_of,
)
from gateway.community.items.plan_model import COMING, ComingShown, CostWords, Expected, OwnerName, StopWords, TrialShown
from gateway.community.items.same import WhichSame
from gateway.community.items.states import CannotGo, merge, report
from gateway.community.items.telling import author_name, state_name
from gateway.community.items.verbs import (
    SAID_A_DAY,
    author_voice,
    cast,
    counted_with,
    find,
    held_as_new,
    look_alikes,
    make,
    say,
    seen_by,
    shown_to,
    title_of,
    vote,
)
from gateway.community.model import ANSWER_DAYS, SMS_KEYS, CaseNumber, Shared, SharedAlike, SharedLater, TooMany
from gateway.community.naming import giver
from gateway.community.questions import remember
from gateway.members import rows as members
from gateway.members.model import Day, Member
from gateway.members.verbs import the_member
from menus import alphabet
from menus.phrasebook import Row

TOP_SHOWN = 20  # of the best: five pages; deeper nobody dials
NEW_EVERY = 4  # each fourth place of a list is for something little seen, so that the first do not feed themselves
NEW = "NEW"  # what stands behind its title; in the catalogue
NEAR_READ = 200  # open ideas of the village and the groups that are looked at
RISING_DAYS = 7  # of votes and words that say whether it rises
MINE_SHOWN = 14
CHANGED_SHOWN = 14
COMMENTS_SHOWN = 20
TITLE_AND = 14  # letters of a title where a number or a state stands behind it
MINE = "new"  # the row of the look-alikes that says that one's own is new
CAME, CAME_MOST = "Expected: {guess}. It came: {came}", 60  # of a trial that is done, in the catalogue; letters of what came
IDEAS = ("idea",)
ALIKE = "alike"  # the kind of the question whether what came by SMS is the same as what was there
ANSWERED = ("declined", "already_there", "done", "closed", "planned", "trying")  # where what the staff said of it is read by all
TOLD_FROM, MOST = 5, 0.6  # votes from which it is told how a quick vote stands; the share of them that is called most
QUICK = ("idea", "statement")  # what quick votes are about


# Quick votes: routed by chance and need, never by rank.


def pick_statement(world: Any, caller: str) -> StatementShown | NoMoreToday:
    """The next statement for this member: not their own, not one they have voted on, the little seen and the divided sooner."""
    member, now = the_member(world, caller), world.now()
    voted = quick_today(world, member)
    if voted >= QUICK_A_DAY or brakes.rests(world, "votes"):
        return NoMoreToday()
    found = [one for one in rows.sample(world, QUICK) if one.member_id != member.id]
    done = rows.voted_among(world, [one.id for one in found], member.voice)
    last = rows.last_voted(world, member.voice, now - dt.timedelta(days=1))
    left = [one for one in found if one.id not in done]
    others = [one for one in left if last is None or one.member_id != last.member_id or one.member_id is None]
    if not (left := others or left):
        return NoMoreToday()
    weights = [ranking.turn(one.seen, one.supporters, one.opposers, same_language=one.language == member.language) for one in left]
    chosen = left[ranking.pick(weights, rows.CHANCE)]
    rows.look(world, chosen.id)
    went = HowItWent(world.phrases.text(_how_it_went(last), member.language)) if last and voted else HowItWent("")
    return StatementShown(ItemNumber(chosen.number), went, ItemWords(chosen.words), Few(voted + 1), Few(QUICK_A_DAY))


def _how_it_went(last: Item) -> str:
    """What others think of what was just voted on, told after the vote; nothing where few have voted."""
    cast = last.supporters + last.opposers
    if cast < TOLD_FROM:
        return "Asante!"
    return "Most agree." if last.supporters >= MOST * cast else "Most disagree." if last.opposers >= MOST * cast else "Opinions are split."


def quick_today(world: Any, member: Member) -> int:
    return rows.votes_since(world, member.voice, world.now() - dt.timedelta(days=1), QUICK)


def vote_quickly(world: Any, caller: str, item: str, show: str) -> Counted | CountsLater | NoItem | Rests:
    """Agree, disagree or skip: a skip is kept too, so that it does not come again. What is over meanwhile is voted on no more."""
    if brakes.rests(world, "votes"):
        return Rests()
    member, found = the_member(world, caller), find(world, item)
    if found is None or found.state not in OPEN or author_voice(world, found) == member.voice:
        return NoItem()
    return cast(world, member, found, VOTE[show])


# Lists.


def top_ideas(world: Any, caller: str) -> list[Row]:
    """The best by the formula, and in each fourth place one that few have seen."""
    member = the_member(world, caller)
    best = rows.top(world, "idea", OPEN, TOP_SHOWN)
    fresh = [one for one in rows.little_seen(world, "idea", TOP_SHOWN) if one.id not in {other.id for other in best[:NEW_EVERY]}]
    listed: list[Row] = []
    taken: set[int] = set()
    queues = (iter(best), iter(fresh))
    while len(listed) < TOP_SHOWN:
        is_new = len(listed) % NEW_EVERY == NEW_EVERY - 1
        one = next((one for one in queues[is_new] if one.id not in taken), None) or next((one for one in queues[not is_new] if one.id not in taken), None)
        if one is None:
            break
        taken.add(one.id)
        mark = world.phrases.text(NEW, member.language) if is_new else str(one.supporters)
        listed.append(Row(one.number, f"{alphabet.cut(title_of(one), TITLE_AND)} {mark}"))
    return listed


def near_ideas(world: Any, caller: str) -> list[Row]:
    """Open ideas of the own village and the own groups, those that are rising first: what was voted and said in the last days, by how old it is."""
    member = the_member(world, caller)
    since = world.now() - dt.timedelta(days=RISING_DAYS)
    near = near_rows.near(world, member, OPEN, NEAR_READ)
    known_here = held_as_new(world, near)
    found = [one for one in near if one.state != "held" or one.id in known_here]
    lately = near_rows.lately(world, [one.id for one in found], since)
    ages = {one.id: (world.now() - one.made_at).total_seconds() / 86_400 for one in found}
    best = sorted(found, key=lambda one: (-ranking.rising(*lately.get(one.id, (0, 0)), ages[one.id]), -one.score, -one.id))
    return [Row(one.number, f"{alphabet.cut(title_of(one), TITLE_AND)} {one.supporters}") for one in best[:TOP_SHOWN]]


def my_ideas(world: Any, caller: str) -> list[Row]:
    member = the_member(world, caller)
    mine = rows.of_member(world, member.id, IDEAS, MINE_SHOWN)
    return [Row(one.number, f"{alphabet.cut(title_of(one), TITLE_AND)} {state_name(world, one, member.language)}") for one in mine]


def what_changed(world: Any, caller: str) -> list[Row]:
    """What was done, because members said so, the newest first."""
    return _dated(world, the_member(world, caller), voice_rows.newest_done(world, IDEAS, CHANGED_SHOWN))


def what_comes(world: Any, caller: str) -> list[Row]:
    """What is planned or tried, each with the day for which it is promised."""
    some = rows.newest(world, IDEAS, COMING, CHANGED_SHOWN)
    promised = plan_rows.days_of(world, [one.id for one in some])
    return _dated(world, the_member(world, caller), some, promised)


def _dated(world: Any, member: Member, some: list[Item], days: Mapping[int, dt.datetime] = MappingProxyType({})) -> list[Row]:
    local = world.organisation.local
    return [Row(one.number, f"{world.phrases.day(days.get(one.id) or local(one.state_at), member.language)} {title_of(one)}") for one in some]


def comments_on(world: Any, caller: str, item: str) -> list[Row]:
    """Who, and how it begins: an official answer first, then what has helped who asked, then the newest."""
    member, found = the_member(world, caller), find(world, item)
    if found is None or not seen_by(world, found, member):
        return []
    some = voice_rows.comments_on(world, rows.cluster(world, found.id), COMMENTS_SHOWN)
    known = members.by_ids(world, [one.member_id for one in some if one.member_id])
    return [Row(str(one.id), f"{giver(world, one.by, known.get(one.member_id or 0), member, helped=one.helped)}: {alphabet.plain(one.words)}") for one in some]


# One by one.


def look_at_item(world: Any, caller: str, item: str) -> ItemShown | NoItem:
    member, found = the_member(world, caller), find(world, item)
    if found is None or not seen_by(world, found, member) or not kind_of(found.kind).public:
        return NoItem()
    rows.look(world, found.id)
    ids, state = rows.cluster(world, found.id), StateName(state_name(world, found, member.language))
    guests, groups = _guests(world, ids, member), Few(len(rows.supporting_groups(world, ids)))
    answer = SaidToIt(f". {found.answer}" if found.answer and found.state in ANSWERED else "")
    return ItemShown(ItemNumber(found.number), ItemWords(found.words), Votes(found.supporters), guests, groups, state, answer)


def _guests(world: Any, ids: Sequence[int], member: Member) -> Guests:
    """How many guests are for it: they are shown, and count in nothing."""
    heads, _ = rows.guests_for(world, ids)
    return Guests(f" (+{min(heads, 999)} {world.phrases.text('guests', member.language)})" if heads else "")


def look_at_comment(world: Any, caller: str, comment: str, item: str) -> CommentShown | OwnCommentShown | NoItem:
    member, found = the_member(world, caller), find(world, item)
    one = voice_rows.comment(world, int(comment)) if comment.isdigit() else None
    if found is None or one is None or one.state != "open" or one.item_id not in rows.cluster(world, found.id):
        return NoItem()
    author = members.by_ids(world, [one.member_id]).get(one.member_id) if one.member_id else None
    shown = OwnCommentShown if one.member_id == member.id else CommentShown
    return shown(ItemNumber(str(one.id)), giver(world, one.by, author, member, helped=one.helped), ItemWords(one.words))


def look_at_mine(world: Any, caller: str, item: str) -> MineShown | MineClosed | MineJoined | MineDone | NoItem:
    """One of one's own, with what came of it and what was answered."""
    member, found = the_member(world, caller), rows.by_number(world, item)
    if found is None or found.member_id != member.id:
        return NoItem()
    if found.state == "done":
        return MineDone(ItemNumber(found.number))
    if found.merged_into and (root := rows.by_id(world, found.merged_into)):
        return MineJoined(ItemNumber(found.number), ItemWords(found.words), ItemNumber(root.number), title_of(root), Votes(root.supporters))
    state, day = StateName(state_name(world, found, member.language)), Day(world.phrases.day(world.organisation.local(found.state_at), member.language))
    answer = found.answer or str(world.phrases.text("no answer yet", member.language))
    shown = MineClosed if found.state == "closed" else MineShown
    return shown(ItemNumber(found.number), ItemWords(found.words), state, day, Votes(found.supporters), AnswerWords(answer))


def idea_coming(world: Any, caller: str, coming: str) -> ComingShown | TrialShown | ItemShown | NoItem:
    """What is planned with its day, who sees to it and what it costs; what is tried with what stops it."""
    shown, found = look_at_item(world, caller, coming), find(world, coming)
    plan = plan_rows.last(world, found.id) if found and found.state in COMING else None
    if isinstance(shown, NoItem) or found is None or plan is None:
        return shown
    member = the_member(world, caller)
    day, owner = Day(world.phrases.day(plan.begin, member.language)), OwnerName(plan.owner)
    if found.state == "trying":
        tries, expected = Votes(wish_rows.count(world, found.id).get("try", 0)), _expected(world, plan.guess, member)
        return TrialShown(shown.item, shown.words, tries, day, owner, StopWords(plan.stop), expected)
    return ComingShown(shown.item, shown.words, shown.supporters, day, owner, CostWords(plan.cost))


def _expected(world: Any, guess: str, member: Member) -> Expected:
    return Expected(f" {world.phrases.text('We expect: {guess}', member.language).format(guess=guess)}" if guess else "")


def status_of_item(world: Any, caller: str, item: str) -> StatusShown | NoItem:
    """How an item stands, in one SMS."""
    member, found = the_member(world, caller), find(world, item)
    if found is None or not shown_to(found, member):
        return NoItem()
    day = Day(world.phrases.day(world.organisation.local(found.state_at), member.language))
    state = StateName(state_name(world, found, member.language))
    return StatusShown(ItemNumber(found.number), title_of(found), state, day, Votes(found.supporters), AnswerWords(found.answer))


def look_at_change(world: Any, caller: str, changed: str) -> ChangeShown | NoItem:
    member, found = the_member(world, caller), find(world, changed)
    if found is None or not shown_to(found, member):
        return NoItem()
    author = members.by_ids(world, [found.member_id]).get(found.member_id) if found.member_id else None
    day = Day(world.phrases.day(world.organisation.local(voice_rows.done_at(world, found.id) or found.state_at), member.language))
    name = Author(author_name(world, found, author, member.language))
    guess = plan_rows.guessed(world, [found.id]).get(found.id, "")
    said = voice_rows.done_because(world, found.id) if guess else ""
    came = world.phrases.text(CAME, member.language).format(guess=guess, came=alphabet.cut(alphabet.plain(said), CAME_MOST)) if said else ""
    return ChangeShown(ItemNumber(found.number), title_of(found), day, name, Votes(found.supporters), Came(f"\n{came}" if came else ""))


# Doing, with the words of the menu.


def look_for_same(world: Any, caller: str, words: str, key: str) -> SameFound | NothingAlike | Shared | SharedAlike | SharedLater | TooMany | Rests:
    """Is it one of those we have? What comes by SMS is kept at once, and joined to the likest when its author says that they are the same."""
    if key.startswith(SMS_KEYS):
        found = [one for one, _ in look_alikes(world, words, IDEAS, screen=last_screen(world, caller))]
        said = share_idea(world, caller, words, "name", key)
        if not found or not isinstance(said, Shared):
            return said
        remember(world, caller, ALIKE, f"{said.case},{found[0].number}", title_of(found[0]))
        return SharedAlike(said.case, ItemNumber(found[0].number), title_of(found[0]))
    if look_alikes(world, words, IDEAS, screen=last_screen(world, caller)):
        return SameFound()  # to add one's voice to what is there, new ideas need not go on
    return Rests() if brakes.rests(world, "ideas") else NothingAlike()


def answer_alike(world: Any, member: Member, ref: str, *, yes: bool) -> bool:
    """The author says whether what they sent is the same as what was there. False when there is nothing to join any more."""
    mine, other = (rows.by_number(world, number) for number in ref.split(","))
    if mine is None or other is None or mine.member_id != member.id or mine.state not in ("open", "looked_at"):
        return False
    if yes:
        try:
            merge(world, mine, other, "the author", tell=False)
        except CannotGo:
            return False
    return True


class OnlyWords:
    """The words are added; the vote does not count: it is the caller's own, or they have voted much today."""


class OnlyVote:
    """The vote counts; the words could not be added: they have said much today."""


class NoneKept: ...


def alike_ideas(world: Any, caller: str, words: str) -> list[Row]:
    """The look-alikes, and the line that says that one's own is new."""
    member = the_member(world, caller)
    found = [Row(one.number, alphabet.cut(alphabet.plain(one.words), 30)) for one, _ in look_alikes(world, words, IDEAS, screen=last_screen(world, caller))]
    return [*found, Row(MINE, world.phrases.text("No, mine is new", member.language))]


def me_too(world: Any, caller: str, same: str, words: str, key: str) -> Counted | CountsLater | MineIsNew | NoItem | OnlyWords | OnlyVote | NoneKept:
    """It is one of these: the vote counts there, and the words are kept with it as a comment. What of the two was not taken is said."""
    if same == MINE:
        return MineIsNew()
    counted = vote(world, caller, same, "for")
    if isinstance(counted, NoItem | Closed):
        return NoItem()
    kept = isinstance(say(world, caller, same, words, key), Commented | HeldWords)
    if isinstance(counted, Counted | CountsLater):
        return counted if kept else OnlyVote()
    return OnlyWords() if kept else NoneKept()


def share_idea(world: Any, caller: str, words: str, how: str, key: str) -> Shared | SharedLater | TooMany | Rests:
    """A new idea, with the author's name, only the village, or sealed."""
    if brakes.rests(world, "ideas"):
        return Rests()
    said = make(world, caller, "idea", words, key, shown=how, group_id=counted_with(world, the_member(world, caller)))
    if said is None:
        return TooMany(SAID_A_DAY)
    return SharedLater(CaseNumber(said.number)) if said.state == "held" else Shared(CaseNumber(said.number), ANSWER_DAYS)


def vote_here(world: Any, caller: str, item: str, show: str) -> Counted | CountsLater | Closed | NoItem | OwnItem | SaidToday | Rests:
    return vote(world, caller, item, show)


def agree_here(world: Any, caller: str, item: str) -> Counted | CountsLater | Closed | NoItem | OwnItem | SaidToday | Rests:
    """Whoever agrees with what is said of an idea is for the idea."""
    return vote(world, caller, item, "for")


def may_agree(world: Any, caller: str, item: str) -> bool:
    """Whether a yes here is a vote: a tip has helped or not, news are true or not."""
    found = find(world, item)
    return found is not None and found.kind in ("idea", "problem", "statement", "praise") and found.member_id != the_member(world, caller).id


def report_here(world: Any, caller: str, item: str, why: str) -> Reported | WhichSame | NoItem | SaidToday:
    """That it is the same as another is asked on: which one."""
    return WhichSame() if why == "same" and same.may_be_same(world, item) else report(world, caller, item, why)


def report_comment(world: Any, caller: str, item: str, comment: str, why: str) -> Reported | NoItem | SaidToday:
    return report(world, caller, item, why, int(comment))
