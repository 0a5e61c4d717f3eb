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
    HOURS,
    REST_DAYS,
    TO_ONE,
    AnsweredEnough,
    AnswerHeld,
    AnswerSent,
    AnswerShown,
    Asked,
    AskedFellow,
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
    OfficialShown,
    OldAnswer,
    OldAnswerFound,
    OwnQuestion,
    Place,
    QuietSet,
    RestsNow,
    Said,
    Skipped,
    Thanked,
    TooManyQuestions,
)
from gateway.community.helping.routing import ABOUT, route
from gateway.community.items import brakes, states, voice_rows
from gateway.community.items import rows as items
from gateway.community.items.model import (
    SHOWN,
    Closed,
    Comment,
    Counted,
    CountsLater,
    Giver,
    Item,
    ItemNumber,
    ItemWords,
    NoItem,
    OwnItem,
    Reported,
    Rests,
    SaidToday,
)
from gateway.community.items.states import report
from gateway.community.items.verbs import find, is_new, look_alikes, make, shown_to, title_of, vote
from gateway.community.model import SMS_KEYS
from gateway.community.naming import giver, named, signed
from gateway.community.questions import ask_by_text
from gateway.community.recognition import thank
from gateway.community.topics.model import ANY, OWN, USUAL
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.members.verbs import the_member
from gateway.records.model import masked
from menus import alphabet
from menus.book import notices

QUESTION = ("question",)
OTHER = "other"  # the row that says that none of the old ones is mine


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
    return OldAnswer(
        ItemNumber(item.number), Said(best[0].words), _by(world, best[0], the_member(world, caller)), Many(rows.helped_by(world, best[0].member_id or 0))
    )


def _by(world: Any, answer: Any, reader: Member) -> Giver:
    author = members.by_ids(world, [answer.member_id]).get(answer.member_id) if answer.member_id else None
    return giver(world, answer.by, author, reader)


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


def ask_fellow(world: Any, caller: str, to: str, words: str, key: str) -> AskedFellow | AskedHeld | TooManyQuestions | NoItem | Rests:
    """A question to one member whose page is open, and to nobody else: it is theirs to answer, to pass on or to leave."""
    asker, fellow = the_member(world, caller), members.by_code(world, to)
    if fellow is None or fellow.status != "active" or fellow.id == asker.id:
        return NoItem()
    known = items.by_key(world, key)
    if known is None and brakes.rests(world, "questions"):
        return Rests()
    said = known or make(world, caller, "question", words, key, topic=ANY, about=f"{TO_ONE}{fellow.code}")
    if said is None:
        return TooManyQuestions()
    if said.state == "held":
        return AskedHeld()
    route(world, said, asker)
    return AskedFellow(ItemNumber(said.number))


def next_question(world: Any, caller: str) -> AskedOf | NoQuestion:
    """The question that has waited longest for this helper."""
    waiting = rows.asked_of(world, the_member(world, caller).id, 1)
    return _asked_of(world, waiting[0], the_member(world, caller)) if waiting else NoQuestion()


def look_at_question(world: Any, caller: str, item: str) -> AskedOf | OwnQuestion | NoQuestion:
    """A question by its number, whoever was asked."""
    member, found = the_member(world, caller), find(world, item)
    if found is None or found.kind != "question" or not shown_to(found, member):
        return NoQuestion()
    items.look(world, found.id)
    return OwnQuestion() if found.member_id == member.id else _asked_of(world, found, member)


def _asked_of(world: Any, item: Item, reader: Member) -> AskedOf:
    asker = members.by_ids(world, [item.member_id]).get(item.member_id) if item.member_id and item.shown != "sealed" else None
    village = (asker.village if asker else "") or world.phrases.text("no village", reader.language)
    return AskedOf(ItemNumber(item.number), ItemWords(item.words), named(world, asker, reader, reader.language), Place(village))


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
    word = brakes.held_word(world, said)
    held = bool(word) or is_new(world, member)
    new = voice_rows.add_comment(
        world, key=key, item_id=question.id, member_id=member.id, kind="answer", words=said, state="held" if held else "open"
    )  # fmt: skip
    rows.end_route(world, question.id, member.id, "answered")
    if held:
        brakes.tell_held(world, member, question.number, word, key)
        return AnswerHeld()
    asker = members.by_ids(world, [question.member_id]).get(question.member_id) if question.member_id else None
    if new and asker and asker.status == "active":
        tell_asker(world, asker, question, new, named(world, member, asker, asker.language), said)
    if new:
        tell_others(world, question, named(world, member, None, question.language), said, but=member.id)
    return AnswerSent(named(world, asker, member, member.language), Many(rows.helped_by(world, member.id)))


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
            tell_asker(world, asker, question, one.id, named(world, helper, asker, asker.language), one.words)
        tell_others(world, question, named(world, helper, None, question.language), one.words, but=one.member_id)


def answer_officially(world: Any, question: Item, words: str, by: str, key: str) -> None:
    """What the staff say, with name and role; it stands beside what members say."""
    said = alphabet.plain(masked(words))[:ANSWER_MOST]
    new = voice_rows.add_comment(world, key=key, item_id=question.id, member_id=None, by=by[:60], kind="official", words=said, state="open")
    asker = members.by_ids(world, [question.member_id]).get(question.member_id) if question.member_id else None
    if new and asker and asker.status == "active":
        tell_asker(world, asker, question, new, signed(world, by, asker.language), said)
    if new:
        tell_others(world, question, by, said)


def me_too_question(world: Any, caller: str, item: str) -> Counted | CountsLater | Closed | NoItem | OwnItem | SaidToday | Rests:
    """The same question: whoever presses it follows, and finds the answers under 9."""
    counted = vote(world, caller, item, "for")
    question = find(world, item)
    if question and isinstance(counted, Counted | CountsLater):
        member = the_member(world, caller)
        voice_rows.follow(world, question.id, member.id)
        rows.end_route(world, question.id, member.id, "skipped")
    return counted


def skip_question(world: Any, caller: str, item: str) -> Skipped:
    question = find(world, item)
    if question:
        rows.end_route(world, question.id, the_member(world, caller).id, "skipped")
    return Skipped()


# The asker's own.


def look_at_answer(world: Any, caller: str, given: str, item: str) -> AnswerShown | OfficialShown | NoAnswer:
    question = find(world, item)
    one = rows.answer(world, int(given)) if given.isdigit() else None
    if question is None or one is None or one.state != "open" or one.item_id not in items.cluster(world, question.id):
        return NoAnswer()
    by = _by(world, one, the_member(world, caller))
    if one.member_id is None:
        return OfficialShown(Key(one.id), Said(one.words), by)
    return AnswerShown(Key(one.id), Said(one.words), by, Many(rows.helped_by(world, one.member_id)))


def report_given(world: Any, caller: str, item: str, given: str, why: str) -> Reported | NoItem | SaidToday:
    """An answer to one's own question that is not right to say."""
    return report(world, caller, item, why, int(given) if given.isdigit() else 0)


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
    before, name = one.helped, _by(world, one, asker)
    helper = members.by_ids(world, [one.member_id]).get(one.member_id) if one.member_id else None
    rows.judge(world, comment_id, helped)
    if helped and not before and helper:
        thank(world, asker, helper, f"answer:{comment_id}", title_of(question))
        tell_level(world, helper)
        _thank_passer(world, asker, question, helper)
        if question.state in ("open", "looked_at"):
            items.change(world, question.id, state="closed", state_at=world.now())
            voice_rows.add_change(world, question.id, question.state, "closed", "the asker", "it helped")
    return Thanked(name, Many(rows.helped_by(world, one.member_id or 0)))


def _thank_passer(world: Any, asker: Member, question: Item, helper: Member) -> None:
    """Who knew who knows has helped too."""
    id = rows.passed_by(world, question.id, helper.id)
    passer = members.by_ids(world, [id]).get(id) if id else None
    if passer and passer.id not in (asker.id, helper.id):
        thank(world, asker, passer, f"passed:{question.id}:{helper.id}", title_of(question))
        tell_level(world, passer)


# Being a helper.


def turn_topic(world: Any, caller: str, topic: str) -> Helps | HelpsNoMore:
    """One key switches a topic on or off."""
    member = the_member(world, caller)
    mine = set((rows.helper(world, member.id) or Helper(member.id, (), 3, None)).topics)
    now = mine ^ {topic}
    rows.put_helper(world, member.id, topics=",".join(one for one in (*USUAL, *OWN, ANY) if one in now))
    return Helps() if topic in now else HelpsNoMore()


def set_most(world: Any, caller: str, most: str) -> MostSet:
    rows.put_helper(world, the_member(world, caller).id, most_a_week=int(most))
    return MostSet()


def set_quiet(world: Any, caller: str, quiet: str) -> QuietSet:
    """Days on which this helper is asked nothing; `any` is every day."""
    rows.put_helper(world, the_member(world, caller).id, quiet="" if quiet == "any" else quiet)
    return QuietSet()


def rest(world: Any, caller: str) -> RestsNow:
    rows.put_helper(world, the_member(world, caller).id, rests_until=world.now() + dt.timedelta(days=REST_DAYS))
    return RestsNow()
