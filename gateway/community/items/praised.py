"""Who was praised hears it, by SMS or under 9, and may say that it is not so: then it waits for a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from gateway.community import rows as community
from gateway.community.items import rows, states
from gateway.community.items.model import ItemNumber, NoItem, OwnItem, Rests, SaidToday
from gateway.community.items.telling import PRAISED_SAYS_NO
from gateway.community.items.thanking import PraisePassed, not_now
from gateway.community.items.verbs import find
from gateway.community.questions import QUIET, ask_by_text, forget, remember_quietly
from gateway.members import rows as members
from gateway.members.model import AskedTooOften, Gone, Member, NotAMember, ShortName, short
from gateway.members.payments import receiver_of
from gateway.members.verbs import may_look_up, the_member
from menus import alphabet
from menus.book import notices

PRAISED = "praised"  # the kind of the question whether it is right what was said of somebody
TOLD = f"{PRAISED}{QUIET}"  # under 9 it stands only for who could not answer an SMS


class PraiseWords(str):
    longest: ClassVar[str] = "x" * 74


@dataclass(frozen=True)
class PraiseHeard:
    from_name: ShortName
    said: PraiseWords
    number: ItemNumber


class PraiseGood: ...


class PraiseNotSo: ...


def tell_praised(world: Any, caller: str, item: str, who: str) -> PraisePassed | NotAMember | OwnItem | NoItem | AskedTooOften | SaidToday | Rests:
    """Who was praised hears what was said of them, by whom; once for a praise and a person. Only its author may say who it was."""
    giver, found = the_member(world, caller), find(world, item)
    if found is None or found.member_id != giver.id or found.kind != "praise":
        return NoItem()
    if not may_look_up(world, caller):
        return AskedTooOften()
    praised = receiver_of(world, who)
    if praised is None or praised.id == giver.id:
        return NotAMember() if praised is None else OwnItem()
    if refused := not_now(world, giver):
        return refused
    if community.add_thanks(world, giver_id=giver.id, helper_id=praised.id, ref=f"item:{found.id}:praised:{praised.id}"):
        told = {"name": short(giver.name), "words": alphabet.plain(found.words), "number": found.number}
        key, ref = f"praised:{found.id}:{praised.id}", str(found.id)
        asked = ask_by_text(world, praised, PRAISED, ref, notices.PRAISED_YOU, key=key, title=found.words, about="thanks", **told)
        if not asked or praised.shared:  # of several on one phone an SMS does not say who answers
            remember_quietly(world, praised.number, PRAISED, ref, found.words)
    return PraisePassed(short(praised.name))


def look_at_praise(world: Any, member: Member, id: int) -> PraiseHeard | Gone:
    """What was said of this member, under 9; by whom, for who praises was told so."""
    found = _of(world, member, id)
    giver = members.by_ids(world, [found.member_id]).get(found.member_id) if found and found.member_id else None
    if found is None or giver is None:
        forget(world, member.number, PRAISED, str(id))
        world.seen.clear()  # it waits no more
        return Gone()
    return PraiseHeard(short(giver.name), PraiseWords(alphabet.plain(found.words)), ItemNumber(found.number))


def _of(world: Any, member: Member, id: int) -> Any:
    """A praise that all see still, and of which this member was told."""
    found = rows.by_id(world, id)
    shown = found is not None and found.kind == "praise" and found.state in ("open", "looked_at")
    return found if shown and community.has_thanks(world, f"item:{id}:praised:{member.id}") else None


def answer_praise(world: Any, member: Member, ref: str, *, yes: bool) -> bool:
    """With a no it waits for a person, and its author hears that; whether there was something to answer."""
    found = _of(world, member, int(ref))
    forget(world, member.number, PRAISED, ref)
    world.seen.clear()  # it waits no more
    if found is not None and not yes:
        states.go(world, found, "held", "the praised", PRAISED_SAYS_NO)
    return found is not None


def say_of_praise(world: Any, caller: str, draft: str, praised: str) -> PraiseGood | PraiseNotSo | Gone:
    """The same under 9."""
    if not answer_praise(world, the_member(world, caller), draft.rpartition("-")[2], yes=praised == "yes"):
        return Gone()
    return PraiseGood() if praised == "yes" else PraiseNotSo()
