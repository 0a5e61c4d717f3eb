"""Who hears of what becomes of an item, and how: by SMS within the month's number of them, under 9, or both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from gateway.community.items import brakes, plan_rows, rows, voice_rows
from gateway.community.items.model import INCIDENT, OBJECTION, Comment, Item, is_case, kind_of
from gateway.community.items.plan_model import wanted_again
from gateway.community.items.verbs import title_of
from gateway.community.kinds import steps
from gateway.community.questions import ask_by_text, forget, remember, remember_all
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.records import rows as records
from gateway.records.verbs import NewText, write_texts
from menus.book import more_notices, notices
from menus.notice import Notice

VOICE_TEXTS_A_MONTH = 2_000  # SMS about items in a calendar month, when nobody has set another number; the digest and 9 carry the rest
ABOUT = "voice"  # how these messages are counted
STATES = {  # as they are said on a phone; each is in the catalogue
    "new": "waits for a person", "held": "waits for a person", "open": "open", "looked_at": "a person has read it", "planned": "planned",
    "trying": "being tried", "done": "done", "closed": "closed", "declined": "not now", "merged": "joined", "withdrawn": "taken back",
    "already_there": "is there already", "refused": "not shown",
}  # fmt: skip
TOLD_AUTHOR = {"looked_at", "planned", "trying", "done", "declined", "already_there", "refused", "held", "open"}  # the author hears of these at once
TOLD_VOTERS = {"planned", "trying", "done", "declined", "already_there"}  # the voters find these under 9
TOLD_BY_SMS = {"done", "planned"}  # and these by SMS, within the budget: to all, to who spoke of it
GOOD = "good"  # the kind of the question whether what was done is good
ANSWERED = "answered"  # and of the one whether an author agrees with what was answered
ASKED_IF_GOOD = ("planned", "trying", "declined", "already_there")  # answers that an author is asked about
REPORTED_IT, SAID_DANGEROUS = " members reported it", "said to be dangerous"  # why something rests that members reported: the first behind how many
PRAISED_SAYS_NO = "whom it praises says: not so"  # and why praise does; in the catalogue


@dataclass(frozen=True)
class Preview:
    """What a step would bring: who hears of it at once, under 9, and by SMS; what is left of the month's SMS, before it is done; what the SMS says."""

    author: int
    voters: int
    texts: int
    left: int
    words: str = ""

    @property
    def short(self) -> int:
        """Voters who would find it under 9 and in the digest only, because the month's SMS do not reach."""
        return max(self.texts - self.left, 0)


def state_name(world: Any, item: Item, language: str) -> str:
    return step_name(world, item, item.state, language)


def step_name(world: Any, item: Item, state: str, language: str) -> str:
    """How a step is called, in the reader's language: as the kind calls it, or as all do."""
    return steps.name_of(world, item.kind, state, language) or str(world.phrases.text(STATES[state], language))


def texts_left(world: Any) -> int:
    """SMS about items that are left of this month's."""
    local = world.organisation.local(world.now())
    begin = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return max(texts_a_month(world) - records.count_about(world, ABOUT, begin), 0)


def texts_a_month(world: Any) -> int:
    found = voice_rows.switch(world, "voice_budget")
    return int(found.why) if found and found.why.isdigit() else VOICE_TEXTS_A_MONTH


def preview(world: Any, item: Item, after: str) -> Preview:
    voters = _hearers(world, item, rows.cluster(world, item.root_id))
    texts = _audience(world, item, after, voters)
    author = int(after in TOLD_AUTHOR and (who := _author(world, item)) is not None and _reaches(world, who, item))
    words = _words_to(world, item, after, _author(world, item), _joined_by(world, item), world.organisation.language) if texts else ""
    return Preview(author, len(voters) if after in TOLD_VOTERS else 0, len(texts), max(texts_left(world) - author, 0), words)


def _audience(world: Any, item: Item, after: str, hearers: Sequence[int]) -> list[Member]:
    """Who gets an SMS of a step, as far as the month's SMS reach: all when it is done, who spoke of it when it is planned."""
    if after not in TOLD_BY_SMS or brakes.rests(world, "voice_sms"):
        return []
    if after == "planned":
        spoke = set(voice_rows.commenters(world, rows.cluster(world, item.root_id)))
        hearers = [id for id in hearers if id in spoke]
    return _to_text(world, hearers)


def _hearers(world: Any, item: Item, ids: Sequence[int]) -> list[int]:
    """Everybody who voted, said something or follows, and the authors of what was joined to it; the author hears apart."""
    if not kind_of(item.kind).public:  # a case that was not let be shown to all is between two again
        return []
    authors = [one.member_id for one in rows.joined_to(world, item.root_id) if one.member_id]
    everybody = [*rows.voters(world, ids), *voice_rows.commenters(world, ids), *voice_rows.followers(world, ids), *authors]
    return [id for id in dict.fromkeys(everybody) if id != item.member_id]


def _to_text(world: Any, ids: Sequence[int]) -> list[Member]:
    known = members.by_ids(world, ids)
    stopped = records.stopped_among(world, [one.number for one in known.values()], ABOUT)
    return [known[id] for id in ids if id in known and known[id].status == "active" and known[id].number not in stopped]


def _author(world: Any, item: Item) -> Member | None:
    """Whose it is, if they are still a member."""
    found = members.by_ids(world, [item.member_id]).get(item.member_id) if item.member_id else None
    return found if found and found.status == "active" else None


def _reaches(world: Any, author: Member, item: Item) -> bool:
    """Whether an SMS may go to the author: not after STOP, and within the month's number, a case excepted."""
    return not records.stopped(world, author.number, ABOUT) and (is_case(item) or texts_left(world) > 0)


def tell_author(world: Any, item: Item, change: int, write: Callable[[Member], None]) -> None:
    """At once by SMS, or under 9 where that cannot be."""
    author = _author(world, item)
    reached = author is not None and _reaches(world, author, item)
    if author and reached:
        write(author)
    if author and (author.shared or not reached):  # nobody can answer an SMS of a line that several share
        voice_rows.bring(world, change, item.id, [author.id], texted=reached)


def tell(world: Any, item: Item, after: str, change: int, why: str, *, by_author: bool = False) -> None:
    """The author at once, who has not said it herself; voters under 9; and when it is done all of them by SMS, as far as the month's SMS reach."""
    if after in TOLD_AUTHOR and not by_author:
        tell_author(world, item, change, lambda author: _write_state(world, author, item, after, change, why))
    if after not in TOLD_VOTERS:
        return
    hearers = _hearers(world, item, rows.cluster(world, item.root_id))
    texted = _audience(world, item, after, hearers)[: texts_left(world)]
    _text_all(world, item, after, texted, change)
    told = {one.id for one in texted}
    voice_rows.bring(world, change, item.id, [id for id in hearers if id in told], texted=True)
    voice_rows.bring(world, change, item.id, [id for id in hearers if id not in told], texted=False)


def ask_again_if_done(world: Any, item: Item, change: int) -> None:
    """Once more, of whoever has not said; where no SMS may go it stands under 9 all the while."""
    author = _author(world, item)
    if author and _reaches(world, author, item):
        _ask_if_done(world, author, item, change)


def _ask_if_done(world: Any, author: Member, item: Item, change: int) -> None:
    title, key = title_of(item), f"state:{change}"
    if said := steps.text_of(world, item.kind, "done", author.language) or steps.name_of(world, item.kind, "done", author.language):
        ask_by_text(world, author, "done", str(item.id), more_notices.KIND_DONE, key=key, title=title, about=ABOUT, number=item.number, words=title, said=said)
    elif is_case(item):
        ask_by_text(world, author, "done", str(item.id), notices.CASE_FIXED, key=key, title=f"Case {item.number}", number=item.number)
    else:
        ask_by_text(world, author, "done", str(item.id), notices.YOURS_DONE, key=key, title=title, about=ABOUT, number=item.number, words=title)


def _write_state(world: Any, author: Member, item: Item, after: str, change: int, why: str) -> None:
    forget(world, author.number, ANSWERED, str(item.id))  # it has gone on since
    if after == "done":
        _ask_if_done(world, author, item, change)
    if after == "done" or item.kind == "wrong":
        return
    title = title_of(item)
    state = step_name(world, item, after, author.language)
    asked = bool(why) and after in ASKED_IF_GOOD and not author.shared  # on a phone of several nobody can answer by SMS
    notice = _how_it_stands(world, item, after, why, asked=asked)
    if (said := steps.text_of(world, item.kind, after, author.language)) and not why:
        notice = more_notices.KIND_STEP
    why = _in_words(world, why, author.language)
    answer = why if notice is notices.YOURS_READ else why.rstrip(" .")  # more follows on all others
    words = world.phrases.say(
        notice, author.language, number=item.number, title=title, state=state, answer=answer, count=wanted_again(item.supporters),
        code=world.organisation.dial("5", "4"), **({"said": said, "code": world.organisation.dial(item.number)} if notice is more_notices.KIND_STEP else {}),
    )  # fmt: skip
    write_texts(world, [NewText(f"state:{change}:{author.id}", author.number, "service", words, author.id, ABOUT, author.hours)])
    if asked:
        remember(world, author.number, ANSWERED, str(item.id), title)


def _in_words(world: Any, why: str, language: str) -> str:
    """Why members' reports made it rest, in the author's language; what a person wrote as they wrote it."""
    many = why.removesuffix(REPORTED_IT)
    if many.isdigit():
        return str(world.phrases.text("{count}" + REPORTED_IT, language)).format(count=many)
    return str(world.phrases.text(why, language)) if why in (SAID_DANGEROUS, PRAISED_SAYS_NO) else why


def _how_it_stands(world: Any, item: Item, after: str, why: str, *, asked: bool) -> Notice:
    """What an author reads: with an answer they may be asked about it, or told how to say an idea better that was not let through, once."""
    if asked:
        return notices.YOURS_DECLINED if after == "declined" else notices.YOURS_WITH_ANSWER
    if after == "refused" and item.kind == "idea" and not voice_rows.has_change(world, item.id, "refused", "held", OBJECTION):
        return notices.YOURS_NOT_SHOWN
    return notices.YOURS_READ if why else notices.YOURS_STATE


def _text_all(world: Any, item: Item, after: str, receivers: Sequence[Member], change: int) -> None:
    author, others = _author(world, item), _joined_by(world, item)
    write_texts(world, [
        NewText(f"{after}:{change}:{one.id}", one.number, "service", _words_to(world, item, after, author, others, one.language), one.id, ABOUT, one.hours)
        for one in receivers
    ])  # fmt: skip
    if after == "done" and item.topic != INCIDENT:
        remember_all(world, [one.number for one in receivers if not one.shared], GOOD, str(item.id), title_of(item))


def _joined_by(world: Any, item: Item) -> int:
    """How many others had the same idea, which is joined to it."""
    return len({one.member_id for one in rows.joined_to(world, item.id)} - {item.member_id})


def _words_to(world: Any, item: Item, after: str, author: Member | None, others: int, language: str) -> str:
    """What the SMS to voters, or to who spoke of it, says; with the author so many who had the same idea are thanked."""
    day, title = world.phrases.day(world.organisation.local(world.now()), language), title_of(item)
    if said := steps.text_of(world, item.kind, after, language):
        return str(world.phrases.say(more_notices.KIND_STEP, language, number=item.number, title=title, said=said, code=world.organisation.dial(item.number)))
    if after == "planned":
        plan = plan_rows.last(world, item.id)
        due, owner = (world.phrases.day(plan.begin, language), plan.owner) if plan else ("..", "..")
        return str(world.phrases.say(notices.PLANNED_TOLD, language, title=title, day=due, owner=owner, code=world.organisation.dial(item.number)))
    notice = {"problem": notices.PUT_RIGHT, "idea": notices.DONE}.get(item.kind, notices.ALSO_DONE)
    notice = notices.WORKS_AGAIN if item.topic == INCIDENT else notice
    name, code = author_name(world, item, author, language), world.organisation.dial("6", "1", "2")
    name = f"{name} +{min(others, 99)}" if others else name
    many = item.supporters + is_case(item)  # whoever told it had it too
    return str(world.phrases.say(notice, language, title=title, count=many, name=name, day=day, code=code))


def author_name(world: Any, item: Item, author: Member | None, language: str) -> str:
    """Whose idea it was, as the author wants it: by name, by village, or not at all."""
    if author is None or item.shown == "sealed":
        return str(world.phrases.text("a member", language))
    if item.shown == "village":
        one = "one of {village}" if author.village else "a member"
        return str(world.phrases.text(one, language)).format(village=author.village)
    if item.channel in ("sms", "desk") and author.shown_to != "everyone":  # there nobody is asked whether the name is to be shown
        return str(world.phrases.text("a member", language))
    return author.name.split(maxsplit=1)[0][:10]


def tell_joined(world: Any, item: Item, root: Item, change: int) -> None:
    """The author hears that it is joined to another, and may say that they are not the same; who voted, spoke or follows finds it under 9."""

    def write(author: Member) -> None:
        ask_by_text(
            world, author, "merged", str(item.id), notices.MERGED, key=f"merged:{change}", title=title_of(item), about=ABOUT, number=item.number,
            into=root.number, words=title_of(root), count=root.supporters,
        )  # fmt: skip

    tell_author(world, item, change, write)
    own = [*rows.voters(world, [item.id]), *voice_rows.commenters(world, [item.id]), *voice_rows.followers(world, [item.id])]
    voice_rows.bring(world, change, item.id, [id for id in dict.fromkeys(own) if id != item.member_id], texted=False)


def settle_reports(world: Any, item_id: int, comment_id: int = 0, *, hidden: bool) -> None:
    """A person has looked: who reported it hears what was done, whatever it was, and only new reports count from here on."""
    known = members.by_ids(world, voice_rows.reporters(world, item_id, comment_id))
    notice = notices.REPORT_HIDDEN if hidden else notices.REPORT_STAYS
    write_texts(world, [
        NewText(f"report:{item_id}:{comment_id}:{one.id}", one.number, "service", world.phrases.say(notice, one.language), one.id, "report", one.hours)
        for one in known.values()
    ])  # fmt: skip
    voice_rows.answer_flags(world, item_id, comment_id)


COMMENT_STATES = {"open": "all can read them", "held": "waits for a person", "hidden": "not shown"}  # as a phone says it of somebody's words


def tell_commenter(world: Any, item: Item, one: Comment, state: str) -> None:
    """Nothing that was said is hidden or let through in silence."""
    author = members.by_ids(world, [one.member_id]).get(one.member_id) if one.member_id else None
    if author and author.status == "active":
        said = world.phrases.text(COMMENT_STATES[state], author.language)
        words = world.phrases.say(
            notices.COMMENT_STATE, author.language, number=item.number, title=title_of(item), state=said, code=world.organisation.dial("5", "98", "5")
        )
        write_texts(world, [NewText(f"comment:{one.id}:{world.new_id()}", author.number, "service", words, author.id, "report", author.hours)])
