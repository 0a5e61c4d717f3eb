"""Tips, written by many hands: each version is kept with its author, and two others say that it is right before all see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from gateway.community.counting import next_free
from gateway.community.helping import note_rows, rows
from gateway.community.helping.model import (
    CHECKS,
    FIXES_A_DAY,
    TIP_MOST,
    AuthorNames,
    CheckNoted,
    CheckShown,
    CheckUndone,
    DidNotHelp,
    FixSaved,
    FixToCheck,
    Key,
    NothingToCheck,
    Revision,
    TipSaved,
    TipShown,
    TipTexted,
    TooManyTips,
)
from gateway.community.items import brakes, ranking, standing, voice_rows
from gateway.community.items import rows as items
from gateway.community.items.model import (
    FIXED,
    OPEN,
    Closed,
    Comment,
    Commented,
    Counted,
    CountsLater,
    HeldWords,
    Item,
    ItemNumber,
    ItemWords,
    NoItem,
    OwnItem,
    Reported,
    Rests,
    SaidToday,
    SaidToIt,
    Votes,
)
from gateway.community.items.states import DANGER, report
from gateway.community.items.verbs import find, make, may_decide, say, title_of, vote
from gateway.community.items.word_rows import reword
from gateway.community.naming import named, signed
from gateway.community.questions import ask_by_text
from gateway.members import rows as members
from gateway.members.model import Enough, Member
from gateway.members.verbs import the_member
from gateway.records.model import masked
from gateway.records.rows import replies_since
from gateway.records.verbs import NewText, write_text, write_texts
from menus import alphabet
from menus.book import notices
from menus.phrasebook import Row

TIPS_SHOWN = 28
NEW_EVERY = 4
READ_FEW = 20  # readings below which a tip may stand in the fourth place
TEXTS_A_DAY = 20
ALONE_A_DAY = 10  # tips that one helper's yes alone takes in a day
WRONG = {"work": "It did not work", "read": "It is hard to read", "place": "It is not for our place"}  # as all read it; each is in the catalogue
UNDO = dt.timedelta(hours=1)  # how long a check may be taken back
CHECKED_FROM = 14  # versions that wait longest: among them is one that is not this person's own
FIXED_TIP = "fixed_tip"  # the kind of the question whether a tip is better now
FIXES_WAITING = 2  # of one member for one tip: others look at these first


def write_tip(world: Any, caller: str, topic: str, words: str, key: str) -> TipSaved | TooManyTips | Rests:
    """A new tip waits for two members who say that it is right."""
    if brakes.rests(world, "tips"):
        return Rests()
    known = items.by_key(world, key)
    said = known or make(world, caller, "tip", words[:TIP_MOST], key, topic=topic)
    if said is None:
        return TooManyTips()
    if known is None:
        items.change(world, said.id, state="held" if said.state == "held" else "new")
        rows.propose(world, said.id, the_member(world, caller).id, said.words, "new")
    return TipSaved(ItemNumber(said.number))


def from_answer(world: Any, question: Item, one: Comment, by: str, signed: str) -> str | None:
    """An answer that helped becomes a tip that all can read, with the name of who gave it. Its number; None when it is one already."""
    key = f"tip-of-{one.id}"
    if items.by_key(world, key):
        return None
    author = members.by_ids(world, [one.member_id]).get(one.member_id) if one.member_id else None
    number = next_free(world)
    id = items.add(
        world, key=key, number=number, kind="tip", topic=question.topic, words=alphabet.plain(one.words)[:TIP_MOST], state="new",
        member_id=author.id if author else None, phone=author.number if author else "", about=question.number, channel="console", shown="name",
        group_id=None, language=question.language,
    )  # fmt: skip
    if author is None:
        items.change(world, id, answer=(one.by or signed)[:160])
    revision = rows.revision(world, rows.propose(world, id, author.id if author else None, one.words[:TIP_MOST], "new"))
    assert revision, "it has just been written"
    accept(world, revision, by)
    return str(number)


def tips(world: Any, caller: str) -> list[Row]:
    """By how sure it is that they help; each fourth place is for one that few have read."""
    found = items.top(world, "tip", ("open", "looked_at"), TIPS_SHOWN)
    best = sorted(found, key=lambda one: -ranking.wilson(one.supporters, one.opposers))
    fresh = [one for one in items.little_seen(world, "tip", TIPS_SHOWN) if one.seen < READ_FEW and one.id not in {other.id for other in best[: NEW_EVERY - 1]}]
    listed: list[Item] = []
    while len(listed) < TIPS_SHOWN and (best or fresh):
        queue = fresh if len(listed) % NEW_EVERY == NEW_EVERY - 1 and fresh else best or fresh
        one = queue.pop(0)
        if one.id not in {other.id for other in listed}:
            listed.append(one)
    return [Row(one.number, title_of(one)) for one in listed]


def look_at_tip(world: Any, caller: str, item: str) -> TipShown | NoItem:
    found = find(world, item)
    if found is None or found.kind != "tip" or found.state not in ("open", "looked_at"):
        return NoItem()
    items.look(world, found.id)
    authors = rows.authors_of(world, found.id)
    reader = the_member(world, caller)
    name = _by(world, authors, reader, sealed=found.shown == "sealed")
    if not authors and found.answer:  # the staff wrote it
        name = AuthorNames(signed(world, found.answer.partition(":")[0], reader.language))
    known_note = note_rows.of(world, found.id)
    note = SaidToIt(f". {known_note.by}: {known_note.note}" if known_note.note else "")
    return TipShown(ItemNumber(found.number), ItemWords(found.words), name, Votes(found.supporters), note)


def _by(world: Any, authors: Sequence[int], reader: Member, *, sealed: bool) -> AuthorNames:
    """Who wrote it first and who made it better last; of a sealed one, whoever fixed it by name."""
    known = members.by_ids(world, authors)
    first = named(world, known.get(authors[0]) if authors and not sealed else None, reader, reader.language)
    last = named(world, known.get(authors[-1]), reader, reader.language) if len(authors) > 1 else first
    return AuthorNames(first if first == last else f"{first}, {last}")


def say_if_helped(world: Any, caller: str, item: str, show: str) -> Counted | DidNotHelp | CountsLater | OwnItem | SaidToday | Rests | NoItem:
    said = judge_tip(world, caller, item, show)
    return DidNotHelp(said.supporters, said.opposers) if isinstance(said, Counted) and show == "against" else said


def judge_tip(world: Any, caller: str, item: str, show: str) -> Counted | CountsLater | OwnItem | SaidToday | Rests | NoItem:
    said = vote(world, caller, item, show)
    return NoItem() if isinstance(said, Closed) else said


def say_what_was_wrong(world: Any, caller: str, item: str, wrong: str, key: str) -> Commented | Reported | NoItem | SaidToday | Rests | HeldWords:
    """Why a tip did not help: all read it under its talk. A dangerous one rests at once and a person looks."""
    if wrong == DANGER:
        return report(world, caller, item, DANGER)
    member = the_member(world, caller)
    return say(world, caller, item, str(world.phrases.text(WRONG[wrong], member.language)), key)


def text_tip(world: Any, caller: str, item: str, key: str) -> TipTexted | NoItem | Enough:
    member, found = the_member(world, caller), find(world, item)
    if found is None or found.kind != "tip":
        return NoItem()
    if replies_since(world, caller, world.now() - dt.timedelta(days=1)) >= TEXTS_A_DAY:
        return Enough()
    words = world.phrases.say(notices.TIP, member.language, words=found.words, number=found.number)
    write_text(world, key=f"tip:{key}", number=caller, kind="reply", words=words, member_id=member.id)
    return TipTexted(ItemNumber(found.number))


def fix_tip(world: Any, caller: str, item: str, words: str, why: str) -> FixSaved | NoItem | TooManyTips | Rests:
    """Better words for a tip: the old ones are kept, and two others look."""
    member, found = the_member(world, caller), find(world, item)
    if found is None or found.kind != "tip" or found.state not in ("open", "looked_at"):
        return NoItem()
    if brakes.rests(world, "tips"):
        return Rests()
    said = masked(alphabet.heard(words))[:TIP_MOST]
    waiting = [one for one in rows.revisions_of(world, found.id) if one.state == "proposed"]
    today = rows.fixed_since(world, member.id, world.now() - dt.timedelta(days=1))
    if len([one for one in waiting if one.member_id == member.id]) >= FIXES_WAITING or today >= FIXES_A_DAY:
        return TooManyTips()
    if not any(one.words == said for one in waiting):
        rows.propose(world, found.id, member.id, said, why)
    return FixSaved(ItemNumber(found.number))


def next_check(world: Any, caller: str) -> CheckShown | FixToCheck | NothingToCheck:
    """A version that waits for somebody else's eyes, who has been here for a while."""
    member = the_member(world, caller)
    waiting = rows.to_check(world, member.voice, CHECKED_FROM) if may_decide(world, member) else []
    authors = members.by_ids(world, [one.member_id for one in waiting if one.member_id])
    one = next((one for one in waiting if not _wrote(authors.get(one.member_id or 0), member)), None)
    if one is None:
        return NothingToCheck()
    tip = items.by_ids(world, [one.item_id])[one.item_id]
    new = Key(one.id), ItemWords(one.words), named(world, authors.get(one.member_id or 0), member, member.language)
    return FixToCheck(*new, ItemWords(tip.words)) if rows.authors_of(world, tip.id) or tip.answer else CheckShown(*new)


def _wrote(author: Member | None, member: Member) -> bool:
    """Whether it is this person's own, whichever of their accounts they wrote it with."""
    return author is not None and author.voice == member.voice


def check_tip(world: Any, caller: str, revision: str, show: str) -> CheckNoted | NothingToCheck:
    """Right or not right, as far as this member knows. Two of a kind decide, or the yes of one who has helped many."""
    member = the_member(world, caller)
    one = rows.revision(world, int(revision)) if revision.isdigit() else None
    if one is None or one.state != "proposed" or not may_decide(world, member):
        return NothingToCheck()
    if one.member_id and _wrote(members.by_ids(world, [one.member_id]).get(one.member_id), member):
        return NothingToCheck()
    item = items.lock(world, one.item_id)
    if item.state not in rows.CHECKED:  # that is for a person, whatever members say
        return NothingToCheck()
    right, wrong = rows.check(world, one.id, member.voice, show == "yes")
    if note_rows.of(world, item.id).protected:  # members say what they know of it; the staff take it
        return CheckNoted()
    if right >= CHECKS:
        accept(world, one, "two members")
    elif wrong >= CHECKS:
        refuse(world, one, "two members")
    elif show == "yes" and _may_alone(world, member, item):
        accept(world, one, standing.signed(member))
    return CheckNoted()


def check_fix(world: Any, caller: str, revision: str, fix: str) -> CheckNoted | NothingToCheck:
    """The same of other words for a tip that is there."""
    return check_tip(world, caller, revision, fix)


def undo_check(world: Any, caller: str) -> CheckUndone:
    """A slip of the thumb: what was judged last is asked again, while it is undecided and not an hour old."""
    member = the_member(world, caller)
    if last := rows.last_check(world, member.voice, world.now() - UNDO):
        one = rows.revision(world, last)
        items.lock(world, one.item_id) if one else None  # whoever decides it now counts what stands
        rows.take_check_back(world, last, member.voice)
    return CheckUndone()


def can_undo_check(world: Any, caller: str) -> bool:
    return rows.last_check(world, the_member(world, caller).voice, world.now() - UNDO) is not None


def _may_alone(world: Any, member: Member, item: Item) -> bool:
    """Whether this member's yes is enough: who has helped many, of what is not theirs, so often a day. A no always takes two."""
    if not standing.may(world, member.id, standing.CHECK) or member.id in rows.authors_of(world, item.id):
        return False
    return rows.decided_since(world, standing.signed(member), world.now() - dt.timedelta(days=1)) < ALONE_A_DAY


def accept(world: Any, one: Revision, by: str) -> None:
    """A version becomes the tip. Both authors are named, and the one before hears of it."""
    item = items.lock(world, one.item_id)
    earlier = rows.authors_of(world, item.id)
    rows.decide(world, one.id, "accepted", by)
    state = "open" if item.state in ("new", "held", "declined", "refused") else item.state
    reword(world, item.id, one.words)
    items.change(world, item.id, state=state, state_at=world.now())
    shared = one.member_id is not None and any(other != one.member_id for other in earlier)
    if state != item.state or shared:
        voice_rows.add_change(world, item.id, item.state, state, by, FIXED if shared else "checked")
    if item.state in OPEN and voice_rows.hearers(world, item):
        voice_rows.tell_followers(world, voice_rows.add_change(world, item.id, state, state, by, alphabet.plain(one.words)), item)
    for other in rows.revisions_of(world, item.id):  # written on words that are no more: its author looks again
        if other.state == "proposed" and other.id != one.id:
            _overtaken(world, other, item, by)
    known = members.by_ids(world, [id for id in (one.member_id, *earlier[:1]) if id])
    author, first = known.get(one.member_id or 0), known.get(earlier[0]) if earlier else None
    texts = []
    if author:
        said = world.phrases.say(notices.TIP_TAKEN, author.language, number=item.number)
        texts.append(NewText(f"tip:{one.id}", author.number, "service", said, author.id, "helping", author.hours))
    if author and first and first.id != author.id:
        if first.shared:
            said = world.phrases.say(notices.TIP_FIXED_HERE, first.language, name=named(world, author, first, first.language), number=item.number)
            texts.append(NewText(f"fixed:{one.id}", first.number, "service", said, first.id, "helping", first.hours))
        else:
            _ask_if_better(world, one, item, author, first)
    write_texts(world, texts)


def _ask_if_better(world: Any, one: Revision, item: Item, author: Member, first: Member) -> None:
    ask_by_text(
        world, first, FIXED_TIP, str(one.id), notices.TIP_FIXED, key=f"fixed:{one.id}", title=title_of(item), about="helping",
        name=named(world, author, first, first.language), number=item.number,
    )  # fmt: skip


def number_of_fix(world: Any, member: Member, revision: int) -> str:
    """The number of a tip that a version made better, while that version stands and the tip is this member's; else nothing."""
    one = rows.revision(world, revision)
    item = items.by_id(world, one.item_id) if one and one.state == "accepted" else None
    if one is None or item is None or rows.authors_of(world, item.id)[:1] != [member.id]:
        return ""
    newest = max((other.id for other in rows.revisions_of(world, item.id) if other.state == "accepted"), default=0)
    return item.number if one.id == newest else ""


def object_to_fix(world: Any, member: Member, revision: int) -> str:
    """Whoever wrote a tip does not agree with what it became: the words before are proposed again, and two others look, as always. The tip's number."""
    number = number_of_fix(world, member, revision)
    one = rows.revision(world, revision)
    if not number or one is None:
        return ""
    versions = rows.revisions_of(world, one.item_id)
    stood = [other for other in versions if other.state in ("accepted", "rolled_back") and other.id < one.id]
    before = max(stood, key=lambda other: other.id, default=None)
    proposed = any(other.state == "proposed" and other.member_id == member.id for other in versions)
    if before and not proposed:
        rows.propose(world, one.item_id, member.id, before.words, "wrong")
    return number if before else ""


def _overtaken(world: Any, one: Revision, item: Item, by: str) -> None:
    rows.decide(world, one.id, "refused", by)
    author = members.by_ids(world, [one.member_id]).get(one.member_id) if one.member_id else None
    if author:
        said = world.phrases.say(notices.TIP_OVERTAKEN, author.language, number=item.number)
        write_text(world, key=f"overtaken:{one.id}", number=author.number, kind="service", words=said, member_id=author.id, about="helping", hours=author.hours)


def refuse(world: Any, one: Revision, by: str) -> None:
    rows.decide(world, one.id, "refused", by)
    item = items.lock(world, one.item_id)
    if item.state in ("new", "held"):
        items.change(world, item.id, state="refused", state_at=world.now())
        voice_rows.add_change(world, item.id, item.state, "refused", by, "not right")
    author = members.by_ids(world, [one.member_id]).get(one.member_id) if one.member_id else None
    if author:
        said = world.phrases.say(notices.TIP_NOT_TAKEN, author.language, number=item.number)
        write_texts(world, [NewText(f"untaken:{one.id}", author.number, "service", said, author.id, "helping", author.hours)])


def roll_back(world: Any, one: Revision, by: str) -> bool:
    """Bring an earlier version back. Nothing is deleted: what stood after it is marked, and the words are proposed no more."""
    item = items.lock(world, one.item_id)
    accepted = [other for other in rows.revisions_of(world, item.id) if other.state == "accepted"]
    if one.id not in {other.id for other in accepted}:
        return False
    for other in accepted:
        if other.id > one.id:
            rows.decide(world, other.id, "rolled_back", by)
    reword(world, item.id, one.words)
    voice_rows.add_change(world, item.id, item.state, item.state, by, "rolled back")
    return True
