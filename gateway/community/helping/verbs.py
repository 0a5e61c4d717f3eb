"""Questions and answers: an old answer first, then helpers who know the topic, and only the asker says whether it helped."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.helping import rows
from gateway.community.helping.levels import tell_level
from gateway.community.helping.model import (
    ANSWER_MOST,
    ANSWERS_A_DAY,
    ANSWERS_MOST,
    ANSWERS_OF_ONE,
    HELPERS_ASKED,
    HELPERS_LOOKED_AT,
    HOURS,
    REST_DAYS,
    ROUNDS,
    TOPICS,
    AnsweredEnough,
    AnswerHeld,
    AnswerSent,
    AnswerShown,
    Asked,
    AskedHeld,
    AskedOf,
    AskedStaff,
    Few,
    Helper,
    Helps,
    HelpsNoMore,
    Key,
    Many,
    MineIsOther,
    MostSet,
    NoAnswer,
    NoQuestion,
    NotHelped,
    NothingOld,
    OldAnswer,
    OldAnswerFound,
    OwnQuestion,
    PassedOn,
    Place,
    RestsNow,
    Said,
    Skipped,
    Thanked,
    TooManyQuestions,
)
from gateway.community.items import brakes, ranking, states, voice_rows
from gateway.community.items import rows as items
from gateway.community.items.model import (
    SHOWN,
    Closed,
    Comment,
    Counted,
    CountsLater,
    Item,
    ItemNumber,
    ItemWords,
    NoItem,
    OwnItem,
    Rests,
    SaidToday,
)
from gateway.community.items.verbs import SMS_KEYS, find, is_new, look_alikes, make, shown_to, title_of, vote
from gateway.community.questions import ask_by_text
from gateway.community.recognition import thank
from gateway.members import rows as members
from gateway.members.model import AskedTooOften, Member, NotAMember, ShortName, Yourself, short
from gateway.members.payments import receiver_of
from gateway.members.verbs import the_member
from gateway.records.model import masked
from gateway.records.verbs import NewText, write_texts
from menus import alphabet
from menus.book import notices

QUESTION = ("question",)
OTHER = "other"  # the row that says that none of the old ones is mine
WEEK = dt.timedelta(days=7)
UNANSWERED_SEEN = 200  # questions without an answer that are looked at in one go, the oldest first
ABOUT = "helping"


def look_for_answers(
    world: Any, caller: str, topic: str, words: str, key: str
) -> OldAnswerFound | NothingOld | Asked | AskedStaff | AskedHeld | TooManyQuestions | Rests:
    """Has somebody answered this before? An old answer takes no helper's time. What comes by SMS is asked at once."""
    if key.startswith(SMS_KEYS):
        return ask_helpers(world, caller, topic, words, key)
    return OldAnswerFound() if answered_alike(world, words) else NothingOld()


def answered_alike(world: Any, words: str) -> list[tuple[Item, Any]]:
    """Questions like this with an answer that helped, or an official one: (question, its best answer)."""
    found = []
    for item, _ in look_alikes(world, words, QUESTION, SHOWN):
        best = rows.answers_to(world, items.cluster(world, item.root_id), 1)
        if best and (best[0].helped or best[0].kind == "official"):
            found.append((item, best[0]))
    return found


def pick_old_answer(world: Any, caller: str, old: str) -> OldAnswer | MineIsOther:
    if old == OTHER:
        return MineIsOther()
    item = find(world, old)
    best = rows.answers_to(world, items.cluster(world, item.id), 1) if item else []
    if item is None or not best:
        return MineIsOther()
    return OldAnswer(ItemNumber(item.number), Said(best[0].words), _by(world, best[0]), Many(rows.helped_by(world, best[0].member_id or 0)))


def _by(world: Any, answer: Any) -> ShortName:
    if answer.kind == "official":
        return ShortName(answer.by[:10])
    author = members.by_ids(world, [answer.member_id]).get(answer.member_id)
    return short(author.name) if author else ShortName("?")


def ask_helpers(world: Any, caller: str, topic: str, words: str, key: str) -> Asked | AskedStaff | AskedHeld | TooManyQuestions | Rests:
    """Keep a question and ask those who know: by topic, nearness, language, and how often they were asked lately."""
    known = items.by_key(world, key)
    if known is None and brakes.rests(world, "questions"):
        return Rests()
    said = known or make(world, caller, "question", words, key, topic=topic)
    if said is None:
        return TooManyQuestions()
    if said.state == "held":
        return AskedHeld()
    asker = the_member(world, caller)
    asked = len(rows.routes_of(world, said.id)) if known else route(world, said, asker)
    return Asked(ItemNumber(said.number), Few(asked), HOURS) if asked else AskedStaff(ItemNumber(said.number))


def route(world: Any, question: Item, asker: Member) -> int:
    """Ask the best helpers that there are; how many. Nobody is asked more often in a week than they want."""
    now = world.now()
    topic, before = "" if question.topic == "other" else question.topic, {one.member_id for one in rows.routes_of(world, question.id)}
    found = [one for one in rows.helpers_of(world, topic, now, HELPERS_LOOKED_AT) if one.member_id not in {asker.id, *before} and one.topics]
    load = rows.asked_since(world, [one.member_id for one in found], now - WEEK)
    found = [one for one in found if load.get(one.member_id, 0) < one.most_a_week]
    who = members.by_ids(world, [one.member_id for one in found])
    done = rows.answers_by(world, [one.member_id for one in found])
    best = sorted(found, key=lambda one: -_fitness(world, who[one.member_id], asker, question, done.get(one.member_id, []), load.get(one.member_id, 0)))
    chosen = [who[one.member_id] for one in best[:HELPERS_ASKED]]
    for one in chosen:
        ask_one(world, question, asker, one)
    return len(chosen)


def let_through(world: Any, question: Item) -> int:
    """A person has looked at a question that had waited: now helpers are asked."""
    asker = members.by_ids(world, [question.member_id]).get(question.member_id) if question.member_id else None
    return route(world, question, asker) if asker and asker.status == "active" else 0


def ask_more(world: Any) -> int:
    """Of what nobody has answered in a day others are asked, until it has been asked in so many rounds."""
    asked, before = 0, world.now() - dt.timedelta(days=1)
    for question in rows.unanswered(world, UNANSWERED_SEEN):
        routes = rows.routes_of(world, question.id)
        if len(routes) < ROUNDS * HELPERS_ASKED and all(one.asked_at <= before for one in routes) and question.state_at <= before:
            asked += let_through(world, question)
    return asked


def _fitness(world: Any, helper: Member, asker: Member, question: Item, answers: list[tuple[bool, dt.datetime]], load: int) -> float:
    """How well a helper fits: what their answers have done so far, the village, the language, less what they have on their hands."""
    now = world.now()
    days = [(helped, (now - at).total_seconds() / 86_400) for helped, at in answers]
    helped = sum(ranking.faded(1, age) for good, age in days if good)
    given = sum(ranking.faded(1, age) for _, age in days)
    near = 0.3 * bool(asker.village and helper.village.lower() == asker.village.lower())
    return ranking.reputation(helped, given) + near + 0.2 * (helper.language == question.language) - 0.1 * load


def ask_one(world: Any, question: Item, asker: Member, helper: Member, passed_by: int | None = None) -> bool:
    if not rows.ask(world, question.id, helper.id, passed_by):
        return False
    words = world.phrases.say(
        notices.HELPER_ASK, helper.language, name=short(asker.name), words=alphabet.cut(alphabet.plain(question.words), 80), number=question.number
    )
    write_texts(world, [NewText(f"route:{question.id}:{helper.id}", helper.number, "service", words, helper.id, ABOUT, helper.hours)])
    return True


def next_question(world: Any, caller: str) -> AskedOf | NoQuestion:
    """The question that has waited longest for this helper."""
    waiting = rows.asked_of(world, the_member(world, caller).id, 1)
    return _asked_of(world, waiting[0], the_member(world, caller).language) if waiting else NoQuestion()


def look_at_question(world: Any, caller: str, item: str) -> AskedOf | OwnQuestion | NoQuestion:
    """A question by its number, whoever was asked."""
    member, found = the_member(world, caller), find(world, item)
    if found is None or found.kind != "question" or not shown_to(found, member):
        return NoQuestion()
    items.look(world, found.id)
    return OwnQuestion() if found.member_id == member.id else _asked_of(world, found, member.language)


def _asked_of(world: Any, item: Item, language: str) -> AskedOf:
    asker = members.by_ids(world, [item.member_id]).get(item.member_id) if item.member_id else None
    name = short(asker.name) if asker else ShortName("?")
    return AskedOf(ItemNumber(item.number), ItemWords(item.words), name, Place((asker.village if asker else "") or world.phrases.text("no village", language)))


def answer(world: Any, caller: str, item: str, words: str, key: str) -> AnswerSent | AnsweredEnough | AnswerHeld | OwnQuestion | NoQuestion | SaidToday:
    """An answer goes to the asker at once; whether it helped, only they say. What a new account says waits for a person, as everywhere."""
    member, question = the_member(world, caller), find(world, item)
    if question is None or question.kind != "question" or question.state not in ("open", "looked_at", "done", "closed"):
        return NoQuestion()
    if question.member_id == member.id:
        return OwnQuestion()
    given = rows.answers_to(world, [question.id], ANSWERS_MOST)
    if len(given) >= ANSWERS_MOST or sum(one.member_id == member.id for one in given) >= ANSWERS_OF_ONE:
        return AnsweredEnough()
    if rows.answered_since(world, member.id, world.now() - dt.timedelta(days=1)) >= ANSWERS_A_DAY:
        return SaidToday()
    said = masked(alphabet.heard(words))[:ANSWER_MOST]
    held = bool(brakes.held_word(world, said)) or is_new(world, member)
    new = voice_rows.add_comment(
        world, key=key, item_id=question.id, member_id=member.id, kind="answer", words=said, state="held" if held else "open"
    )  # fmt: skip
    rows.end_route(world, question.id, member.id, "answered")
    if held:
        return AnswerHeld()
    asker = members.by_ids(world, [question.member_id]).get(question.member_id) if question.member_id else None
    if new and asker and asker.status == "active":
        tell_asker(world, asker, question, new, short(member.name), said)
    if new:
        tell_others(world, question, short(member.name), said, but=member.id)
    return AnswerSent(short(asker.name) if asker else ShortName("?"), Many(rows.helped_by(world, member.id)))


def tell_asker(world: Any, asker: Member, question: Item, comment_id: int, by: str, said: str) -> None:
    ask_by_text(
        world, asker, "helped", str(comment_id), notices.ANSWER, key=f"answer:{comment_id}", title=title_of(question), about=ABOUT,
        name=by, answer=alphabet.plain(said),
    )  # fmt: skip


def tell_others(world: Any, question: Item, by: str, said: str, *, but: int | None = None) -> None:
    """Who has the same question, or follows it, finds the answer under 9."""
    ids = items.cluster(world, question.root_id)
    authors = [one.member_id for one in items.joined_to(world, question.root_id) if one.member_id]
    hearers = {*items.voters(world, ids, (1,)), *voice_rows.followers(world, ids), *authors} - {question.member_id, but}
    if hearers:
        change = voice_rows.add_change(world, question.id, question.state, question.state, by, alphabet.plain(said))
        voice_rows.bring(world, change, question.id, sorted(hearers), texted=False)


def judge_comment(world: Any, one: Comment, state: str) -> None:
    """A person lets something that was said through, or hides it; an answer that had waited goes on to who asked."""
    states.mark_comment(world, one, state)
    if one.kind == "answer" and one.state == "held" and state == "open" and one.member_id:
        question = items.by_ids(world, [one.item_id])[one.item_id]
        known = members.by_ids(world, [id for id in (question.member_id, one.member_id) if id])
        asker, helper = known.get(question.member_id or 0), known.get(one.member_id)
        if asker and helper and asker.status == "active":
            tell_asker(world, asker, question, one.id, short(helper.name), one.words)
        tell_others(world, question, short(helper.name) if helper else "?", one.words, but=one.member_id)


def answer_officially(world: Any, question: Item, words: str, by: str, key: str) -> None:
    """What the staff say, with name and role; it stands beside what members say."""
    said = alphabet.plain(masked(words))[:ANSWER_MOST]
    new = voice_rows.add_comment(world, key=key, item_id=question.id, member_id=None, by=by[:60], kind="official", words=said, state="open")
    asker = members.by_ids(world, [question.member_id]).get(question.member_id) if question.member_id else None
    if new and asker and asker.status == "active":
        tell_asker(world, asker, question, new, by, said)
    if new:
        tell_others(world, question, by, said)


def pass_on(world: Any, caller: str, item: str, to: str) -> PassedOn | NotAMember | Yourself | NoQuestion | AskedTooOften:
    """Somebody else knows better: knowing who knows is help too."""
    member, question = the_member(world, caller), find(world, item)
    if question is None or question.kind != "question":
        return NoQuestion()
    other = receiver_of(world, to)
    if other is None:
        return NotAMember()
    if other.id in (member.id, question.member_id):
        return Yourself()
    if rows.asked_since(world, [other.id], world.now() - WEEK).get(other.id, 0) >= _most(world, other):
        return AskedTooOften()
    asker = members.by_ids(world, [question.member_id]).get(question.member_id) if question.member_id else None
    if asker:
        ask_one(world, question, asker, other, passed_by=member.id)
    rows.end_route(world, question.id, member.id, "passed")
    return PassedOn(short(other.name))


def _most(world: Any, member: Member) -> int:
    found = rows.helper(world, member.id)
    return found.most_a_week if found else 1


def me_too_question(world: Any, caller: str, item: str) -> Counted | CountsLater | Closed | NoItem | OwnItem | SaidToday | Rests:
    """The same question: whoever presses it follows, and finds the answers under 9."""
    counted = vote(world, caller, item, "for")
    question = find(world, item)
    if question and isinstance(counted, Counted | CountsLater):
        member = the_member(world, caller)
        voice_rows.follow(world, question.id, member.id)
        rows.end_route(world, question.id, member.id, "skipped")
    return counted


def ask_by_sms(world: Any, caller: str, words: str, key: str) -> Asked | AskedStaff | AskedHeld | TooManyQuestions | Rests:
    """What it is about nobody is asked by SMS: helpers with any topic may know."""
    return ask_helpers(world, caller, "other", words, key)


def answer_by_text(world: Any, caller: str, said: str, key: str) -> AnswerSent | AnsweredEnough | AnswerHeld | OwnQuestion | NoQuestion | SaidToday:
    number, _, words = said.partition(" ")
    return answer(world, caller, number, words, key)


def skip_by_text(world: Any, caller: str, said: str) -> Skipped:
    return skip_question(world, caller, said.partition(" ")[0])


def skip_question(world: Any, caller: str, item: str) -> Skipped:
    question = find(world, item)
    if question:
        rows.end_route(world, question.id, the_member(world, caller).id, "skipped")
    return Skipped()


# The asker's own.


def look_at_answer(world: Any, caller: str, given: str, item: str) -> AnswerShown | NoAnswer:
    question = find(world, item)
    one = rows.answer(world, int(given)) if given.isdigit() else None
    if question is None or one is None or one.state != "open" or one.item_id not in items.cluster(world, question.id):
        return NoAnswer()
    return AnswerShown(Key(one.id), Said(one.words), _by(world, one), Many(rows.helped_by(world, one.member_id or 0)))


def it_helped(world: Any, caller: str, comment: str) -> Thanked | NoAnswer:
    return judge_answer(world, the_member(world, caller), int(comment), helped=True) or NoAnswer()


def it_did_not_help(world: Any, caller: str, comment: str) -> NotHelped | NoAnswer:
    judged = judge_answer(world, the_member(world, caller), int(comment), helped=False)
    return NotHelped() if judged else NoAnswer()


def judge_answer(world: Any, asker: Member, comment_id: int, *, helped: bool) -> Thanked | None:
    """Only the asker says whether it helped. A thanks is told to the helper at once; counted once for a pair in a week."""
    one = rows.answer(world, comment_id)
    question = items.by_id(world, one.item_id) if one else None
    if one is None or question is None or question.member_id != asker.id or question.state == "withdrawn" or one.state != "open":
        return None
    before, name = one.helped, _by(world, one)
    helper = members.by_ids(world, [one.member_id]).get(one.member_id) if one.member_id else None
    rows.judge(world, comment_id, helped)
    if helped and not before and helper:
        thank(world, asker, helper, f"answer:{comment_id}", title_of(question))
        tell_level(world, helper)
        if question.state in ("open", "looked_at"):
            items.change(world, question.id, state="closed", state_at=world.now())
            voice_rows.add_change(world, question.id, question.state, "closed", "the asker", "it helped")
    return Thanked(name, Many(rows.helped_by(world, one.member_id or 0)))


# Being a helper.


def turn_topic(world: Any, caller: str, topic: str) -> Helps | HelpsNoMore:
    """One key switches a topic on or off."""
    assert topic in TOPICS, "the menu has no other"
    member = the_member(world, caller)
    mine = set((rows.helper(world, member.id) or Helper(member.id, (), 3, None)).topics)
    now = mine ^ {topic}
    rows.put_helper(world, member.id, topics=",".join(one for one in TOPICS if one in now))
    return Helps() if topic in now else HelpsNoMore()


def set_most(world: Any, caller: str, most: str) -> MostSet:
    rows.put_helper(world, the_member(world, caller).id, most_a_week=int(most))
    return MostSet()


def rest(world: Any, caller: str) -> RestsNow:
    rows.put_helper(world, the_member(world, caller).id, rests_until=world.now() + dt.timedelta(days=REST_DAYS))
    return RestsNow()
