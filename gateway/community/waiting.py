"""What waits under 9: payments to agree to, payments asked back, and what became of things that the caller has a part in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gateway.community import waiting_rows
from gateway.community.bargain.model import TrustAsked
from gateway.community.bargain.verbs import asked_about_trust, is_asked_about_trust
from gateway.community.circles import promises
from gateway.community.circles.model import PromiseAsked
from gateway.community.commons import outings
from gateway.community.commons.model import InsteadTold, NotInsteadTold, OffTold
from gateway.community.groups import calling, cash, joining, turns
from gateway.community.groups import rows as groups
from gateway.community.groups.cash import cash_from
from gateway.community.groups.model import CashAgreed, CashAsked, CashDenied, CashGone, CashNotNow, GroupNumber
from gateway.community.groups.turns import PickAsked, TurnAsked
from gateway.community.groups.verbs import group_of
from gateway.community.helping import may_call
from gateway.community.helping.may_call import MayTheyCall
from gateway.community.instead import InsteadAsked, is_asked_instead
from gateway.community.items import praised, rows, voice_rows
from gateway.community.items.model import AnswerWords, Item, ItemNumber, StateName, Title
from gateway.community.items.praised import PraiseHeard
from gateway.community.items.telling import STATES, step_name
from gateway.community.items.verbs import title_of
from gateway.community.lending.verbs import waits_for
from gateway.community.polls import rows as poll_rows
from gateway.community.polls.model import PollKey
from gateway.members import rows as members
from gateway.members.model import Gone, Member, PlaceName, short
from gateway.members.verbs import the_member
from gateway.money import waiting
from menus import alphabet
from menus.phrasebook import Row

TIDING = "told-"  # how the value of a line begins that is a tiding
DONE, ANSWERS, QUESTION = "done-", "ans-", "q-"  # and those that ask: is it done, did it help, do you know it
TURN = "turn-"  # a group has chosen the caller, to lead it or for what it asked
DEED = "deed-"  # a group asks the caller to see to something by a day
OUTING = "ride-"  # what became of a ride or a work day
PRAISE = "praise-"  # what somebody said of the caller
MAY_CALL = "call-"  # who asked wishes to speak with the caller, who answered
INVITED = "group-"  # a group asks in
ASKER = "asker-"  # somebody asks to join a group that the caller leads
LOAN = "loan-"  # somebody in a group asks for a loan
RESULT = "poll-"  # and one that is what came of a poll
CASH = "cash-"  # and one that is cash to agree to
CHOSEN = {  # kind of question -> its lines; the words are in the catalogue
    turns.LEAD: (TURN, "You lead next?"), turns.PICK: (TURN, "You are chosen?"), promises.NAMED: (DEED, "You do it?"), outings.TOLD: (OUTING, "News:"),
    praised.PRAISED: (PRAISE, "Praise:"), may_call.MAY_CALL: (MAY_CALL, "Call?"),
}  # fmt: skip
INSTEAD, INSTEAD_WORDS = "instead", "Without the phone?"  # one in fifty is asked in a month; in the catalogue
TRUST, TRUST_WORDS = "trust", "Do you trust us?"  # the question of the quarter; its words are in the catalogue
TIDINGS_SHOWN = 14
LINE_MOST = 25  # letters of a line, as long as a sum and a name


class APayment: ...


@dataclass(frozen=True)
class IsDone:
    """Something of the caller's that is said to be done."""

    item: ItemNumber


@dataclass(frozen=True)
class HasAnswers:
    item: ItemNumber


@dataclass(frozen=True)
class IsAsked:
    """A question that the caller, as a helper, may know the answer to."""

    item: ItemNumber


@dataclass(frozen=True)
class VoteCloses:
    """A vote of a group that ends soon, without a ballot of the caller."""

    group: GroupNumber
    place: PlaceName


@dataclass(frozen=True)
class AskerWaits:
    """Somebody asks to join a group that the caller leads."""

    group: GroupNumber
    place: PlaceName


@dataclass(frozen=True)
class LoanWaits:
    """Somebody in a group of the caller's asks for a loan that waits for a yes."""

    group: GroupNumber
    place: PlaceName


class IsInvited:
    """A group asks the caller in; My group begins with that."""


@dataclass(frozen=True)
class ATiding:
    item: ItemNumber
    title: Title
    state: StateName
    answer: AnswerWords


@dataclass(frozen=True)
class AJoining:
    """Something of the caller's was joined to another, and the caller may say that they are not the same."""

    item: ItemNumber
    title: Title
    into: ItemNumber


@dataclass(frozen=True)
class AResult:
    """What came of a poll that the caller has answered."""

    result: PollKey


Opened = (
    APayment
    | ATiding
    | AJoining
    | AResult
    | IsDone
    | HasAnswers
    | IsAsked
    | IsInvited
    | VoteCloses
    | AskerWaits
    | LoanWaits
    | TurnAsked
    | PickAsked
    | PromiseAsked
    | PraiseHeard
    | MayTheyCall
    | OffTold
    | InsteadTold
    | NotInsteadTold
    | CashAsked
    | TrustAsked
    | InsteadAsked
    | Gone
)


def open_waiting(world: Any, caller: str, draft: str) -> Opened:
    """What was picked: a payment goes on to its PIN, a tiding is heard, cash is looked at, a question asked."""
    if draft in (TRUST, INSTEAD):
        return TrustAsked() if draft == TRUST else InsteadAsked()
    begins, _, ref = draft.partition("-")
    if look := LOOKS.get(f"{begins}-"):
        return look(world, the_member(world, caller), ref)
    if draft.startswith(INVITED):
        return IsInvited()
    for prefix, waits in ((calling.CLOSES, VoteCloses), (ASKER, AskerWaits), (LOAN, LoanWaits)):
        if draft.startswith(prefix):
            group = group_of(world, the_member(world, caller), draft.removeprefix(prefix))
            return waits(GroupNumber(group.number), PlaceName(group.name)) if group else Gone()
    if draft.startswith(RESULT):
        return AResult(PollKey(int(draft.removeprefix(RESULT))))
    for prefix, opened in ((DONE, IsDone), (ANSWERS, HasAnswers), (QUESTION, IsAsked)):
        if draft.startswith(prefix):
            return opened(ItemNumber(draft.removeprefix(prefix)))
    return APayment()


def _open_tiding(world: Any, member: Member, id: str) -> ATiding | AJoining | IsDone | Gone:
    change = voice_rows.change_with(world, int(id)) if id.isdigit() else None
    item = rows.by_id(world, change.item_id) if change else None
    if change is None or item is None:
        return Gone()
    voice_rows.hear(world, change.id, member.id)
    world.seen.clear()
    if item.state == "done" and item.member_id == member.id:
        return IsDone(ItemNumber(item.number))
    if change.after == "merged" and item.member_id == member.id and item.merged_into and (root := rows.by_id(world, item.merged_into)):
        return AJoining(ItemNumber(item.number), title_of(item), ItemNumber(root.number))
    state = StateName(step_name(world, item, change.after, member.language))
    return ATiding(ItemNumber(item.number), title_of(item), state, AnswerWords(change.why))


def _open_cash(world: Any, member: Member, id: str) -> CashAsked | Gone:
    found = cash.look_at_cash(world, member, int(id))
    return found if isinstance(found, CashAsked) else Gone()


LOOKS: dict[str, Callable[[Any, Member, str], Opened]] = {  # how the value of a line begins -> what opens it
    CASH: _open_cash,
    TIDING: _open_tiding,
    TURN: lambda world, member, ref: turns.look_at_turn(world, member, int(ref)),
    DEED: lambda world, member, ref: promises.look_at_named(world, member, int(ref)),
    PRAISE: lambda world, member, ref: praised.look_at_praise(world, member, int(ref)),
    MAY_CALL: may_call.look_at_call,
    OUTING: outings.hear_told,
}


def say_of_cash(world: Any, caller: str, draft: str, is_it_so: str) -> CashAgreed | CashDenied | CashNotNow | CashGone:
    """What an SMS may answer, on the phone: for who shares one, or wants no SMS."""
    return cash.answer_cash(world, the_member(world, caller), int(draft.removeprefix(CASH)), agrees=is_it_so == "yes")


def waiting_things(world: Any, caller: str) -> list[Row]:
    """Money first, then what is asked, then what is told."""
    member = members.by_number(world, caller)
    if member is None:
        return waiting.waiting_things(world, caller)
    language = member.language
    boxes = [Row(f"{CASH}{one.id}", f"{world.organisation.money(one.amount)} {group.name}") for one, group in cash.cash_to_agree(world, member)]
    tidings = [
        Row(f"{TIDING}{one.change_id}", f"{alphabet.cut(alphabet.plain(one.words), 12)}: {world.phrases.text(STATES[one.after], language)}")
        for one in voice_rows.unheard(world, member.id, TIDINGS_SHOWN)
    ]
    last = [Row(TRUST, world.phrases.text(TRUST_WORDS, language))] if is_asked_about_trust(world, caller) else []
    last += [Row(INSTEAD, world.phrases.text(INSTEAD_WORDS, language))] if is_asked_instead(world, caller) else []
    return [*waiting.waiting_things(world, caller), *boxes, *_asked(world, member), *tidings, *last]


def _asked(world: Any, member: Member) -> list[Row]:
    """What is asked of a member: to lead, to come in, whether something is done or helped, what they know."""
    done, answered, asked_of_me = waiting_rows.asks_of(world, member.id)
    say = {
        name: world.phrases.text(name, member.language)
        for name in ("done?", "answered", "Question", "Invited", *(words for _, words in CHOSEN.values()), "results", "Loan?", "Asks in:")
    }
    return [
        *(Row(f"{begins}{ref}", alphabet.cut(f"{say[words]} {of}", LINE_MOST)) for begins, words, ref, of in _of_questions(world, member)),
        *(Row(f"{INVITED}{group.number}", f"{say['Invited']}: {group.name[:14]}") for group in groups.of_member(world, member.id, "invited")),
        *(
            Row(f"{ASKER}{group.number}", alphabet.cut(f"{say['Asks in:']} {short(who.name)}, {group.name}", LINE_MOST))
            for group, who in joining.asking_me(world, member)
        ),
        *calling.closing_rows(world, member),
        *(
            Row(f"{LOAN}{group.number}", f"{say['Loan?']} {world.organisation.money(one.amount)} {short(who.name)}")
            for group, one, who in waits_for(world, member)
        ),
        *(Row(f"{DONE}{one.number}", f"{_short(one)}: {say['done?']}") for one in done),
        *(Row(f"{ANSWERS}{one.number}", f"{_short(one)}: {say['answered']}") for one in answered),
        *(Row(f"{RESULT}{one.id}", f"{one.title[:12]}: {say['results']}") for one in poll_rows.unheard(world, member.id, waiting_rows.fresh(world))),
        *(Row(f"{QUESTION}{one.number}", f"{say['Question']}: {_short(one)}") for one in asked_of_me),
    ]


def _of_questions(world: Any, member: Member) -> list[tuple[str, str, str, str]]:
    """(how the value begins, words, what it is about, its title)"""
    return [(*CHOSEN[kind], ref, title) for kind, ref, title in waiting_rows.chosen(world, member)]


def _short(item: Item) -> str:
    return alphabet.cut(alphabet.plain(item.words), 12)


def is_waiting(world: Any, caller: str) -> bool:
    return bool(_count(world, caller))


def waiting_count(world: Any, caller: str) -> str:
    return str(min(_count(world, caller), 99))


def _count(world: Any, caller: str) -> int:
    member = members.by_number(world, caller)
    if member is None:
        return 0
    key = ("all waiting", member.id)
    if key not in world.seen:
        world.seen[key] = waiting_rows.count_waiting(world, member, cash_from(world), *asked_about_trust(world)) + is_asked_instead(world, caller)
    return int(world.seen[key])
