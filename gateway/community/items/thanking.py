"""A thank-you for what somebody said, or to a member for whatever it was: told by name, worth no points, so that it is only a thank-you."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from gateway.community import rows as community
from gateway.community.groups.vote_model import AVote
from gateway.community.items import brakes
from gateway.community.items.model import ItemNumber, NoItem, OwnItem, Rests, SaidToday, ThankedFor, Title, kind_of
from gateway.community.items.verbs import find, is_new, seen_by, title_of
from gateway.community.model import DidYouMean
from gateway.community.numbers import fellow_called, meant_by
from gateway.community.people.model import NobodyThere
from gateway.members import rows as members
from gateway.members.model import Member, ShortName, is_code, short
from gateway.members.verbs import may_look_up, the_member
from gateway.records.verbs import write_text
from menus.book import notices


@dataclass(frozen=True)
class PraisePassed:
    to_name: ShortName


THANKS_A_DAY = 5  # of one member: each is an SMS to somebody


def thank_here(world: Any, caller: str, item: str) -> ThankedFor | OwnItem | NoItem | SaidToday | Rests:
    """Once for a thing. Who wants to stay unnamed is thanked all the same, and not named to who thanks."""
    giver, found = the_member(world, caller), find(world, item)
    if found is None or not seen_by(world, found, giver) or not kind_of(found.kind).public:
        return NoItem()
    if found.member_id == giver.id:
        return OwnItem()
    helper = members.by_ids(world, [found.member_id]).get(found.member_id) if found.member_id else None
    if helper is None:
        return NoItem()
    if refused := not_now(world, giver):
        return refused
    if community.add_thanks(world, giver_id=giver.id, helper_id=helper.id, ref=f"item:{found.id}:{giver.id}"):
        _tell(world, giver, helper, title_of(found), f"{found.id}:{giver.id}")
    return ThankedFor(ItemNumber(found.number))


def thank_by_text(world: Any, caller: str, said: str) -> ThankedFor | PraisePassed | OwnItem | NoItem | SaidToday | NobodyThere | AVote | DidYouMean | Rests:
    """`THANK 4171` for an item, `THANK 10015` to a member by their code, once a day: such look-ups are counted like every other. `THANK Mary` and
    `THANK 0722000002` to who shares a group with the giver.
    """
    number, giver = said.partition(" ")[0], the_member(world, caller)
    thanked = thank_here(world, caller, number)
    if not isinstance(thanked, NoItem):
        return thanked
    if is_code(number):
        helper = members.by_code(world, number) if may_look_up(world, caller) else None
    elif fellow := fellow_called(world, giver, said):
        thanked = _thank(world, giver, fellow)
        return PraisePassed(short(fellow.name)) if isinstance(thanked, ThankedFor) else thanked
    else:
        return (meant_by(world, caller, number) or NoItem()) if any(one.isdigit() for one in number) else NobodyThere()
    if helper is None or helper.status != "active":
        return NoItem()
    return OwnItem() if helper.id == giver.id else _thank(world, giver, helper)


def thank_fellow(world: Any, caller: str, to: str) -> ThankedFor | OwnItem | NoItem | SaidToday | Rests:
    """To a member whose page is open, by their code: once a day."""
    giver, helper = the_member(world, caller), members.by_code(world, to)
    if helper is None or helper.status != "active":
        return NoItem()
    return OwnItem() if helper.id == giver.id else _thank(world, giver, helper)


def _thank(world: Any, giver: Member, helper: Member) -> ThankedFor | SaidToday | Rests:
    if refused := not_now(world, giver):
        return refused
    today = f"{world.organisation.local(world.now()):%Y-%m-%d}"
    if community.add_thanks(world, giver_id=giver.id, helper_id=helper.id, ref=f"to:{helper.id}:{giver.id}:{today}"):
        _tell(world, giver, helper, Title(world.phrases.text("your help", helper.language)), f"{helper.id}:{giver.id}:{today}")
    return ThankedFor(ItemNumber(helper.code))


def not_now(world: Any, giver: Member) -> SaidToday | Rests | None:
    """Whether it rests, or it is enough for a day; who is new here thanks from the second week on."""
    if brakes.rests(world, "thanks"):
        return Rests()
    given = community.thanks_by(world, giver.id, world.now() - dt.timedelta(days=1))
    return SaidToday() if given >= THANKS_A_DAY or is_new(world, giver) else None


def _tell(world: Any, giver: Member, helper: Member, title: Title, key: str) -> None:
    words = world.phrases.say(notices.THANKED, helper.language, name=short(giver.name), title=title, code=world.organisation.dial("6", "3", "2"))
    write_text(
        world, key=f"thanked:{key}", number=helper.number, kind="service", words=words, member_id=helper.id, about="thanks", hours=helper.hours
    )  # fmt: skip
