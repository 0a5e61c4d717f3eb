"""What members do with needs: post one with its reward, offer to do it, say who did it, take it back; and what ends by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.commons import rows as commons
from gateway.community.groups.model import GroupFirst
from gateway.community.groups.verbs import first_to_settle
from gateway.community.items import brakes, verbs, voice_rows
from gateway.community.items import rows as items
from gateway.community.items.model import OPEN, Few, Item, ItemNumber, ItemWords, NoItem, Rests, SaidToday
from gateway.community.needs import gift_rows, rows, units
from gateway.community.needs.model import (
    HELD_DAYS,
    OFFERS_A_DAY,
    OFFERS_SHOWN,
    OPEN_MOST,
    RETRY_HOURS,
    DoerPaid,
    DoerShown,
    MyNeedShown,
    NeedOver,
    NeedQuoted,
    NeedShown,
    NeedsOpen,
    NeedTakenBack,
    NeedUp,
    NeedWaits,
    NotSoMuch,
    Offered,
    OfferedAlready,
    OwnNeed,
    Reward,
    SomebodyOffered,
    TooManyNeeds,
)
from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import NOTHING_MOVED, NoFunds, Reserved, Worth
from gateway.members import rows as members
from gateway.members.keeping import at_home
from gateway.members.model import Day, Locked, Member, NotEnough, NotTaken, TooBusy, WrongPin, short
from gateway.members.verbs import the_member, weigh_pin
from gateway.money import leaving, rewards
from gateway.money.model import FreeToLeave, LeftUs, StillOwed, StillThere
from gateway.records.verbs import write_text
from menus import alphabet
from menus.answers import Secret
from menus.book import notices
from menus.phrasebook import Row

NEEDS_SHOWN = 14
NEEDS_BY_TEXT = 3
LOOKED_AFTER = 200  # in one run of the clock


def _both(world: Any, item: str) -> tuple[Item, Reward] | None:
    one = items.by_number(world, item)
    held = rows.reward(world, one.id) if one else None
    return (one, held) if one and held else None


def _in_all(world: Any, held: Reward, member: Member) -> Worth:
    """The reward with what others added, as this member reads it."""
    return units.worth(world, gift_rows.together(world, held), held.in_points, member.language)


def _day(world: Any, member: Member, moment: dt.datetime) -> Day:
    return Day(world.phrases.day(world.organisation.local(moment), member.language))


def look_at_need(world: Any, caller: str, item: str) -> NeedShown | NoItem:
    found, member = _both(world, item), the_member(world, caller)
    if found is None or found[1].state != "held" or found[0].state not in OPEN:
        return NoItem()
    one, held = found
    poster = members.by_ids(world, [held.member_id]).get(held.member_id)
    offers = rows.count_offers(world, [one.id]).get(one.id, 0)
    name = short(poster.name if poster else "-")
    return NeedShown(ItemWords(one.words), name, _in_all(world, held, member), _day(world, member, held.until), Few(offers))


def offer_here(world: Any, caller: str, item: str) -> Offered | OfferedAlready | OwnNeed | NeedOver | SaidToday | Rests:
    """Somebody can do it: who needs it hears at once, with a name and a number to call."""
    if brakes.rests(world, "needs"):
        return Rests()
    member, found = the_member(world, caller), _both(world, item)
    if found is None:
        return NeedOver()
    one, held = found[0], rows.lock(world, found[0].id)
    poster = members.by_ids(world, [held.member_id]).get(held.member_id)
    if poster is None or poster.status != "active":
        return NeedOver()
    if held.state != "held" or one.state not in OPEN or held.until <= world.now():
        return NeedOver()
    if held.member_id == member.id:
        return OwnNeed()
    if rows.offers_since(world, member.id, world.now() - dt.timedelta(days=1)) >= OFFERS_A_DAY:
        return SaidToday()
    if len(rows.who_offered(world, one.id, OFFERS_SHOWN)) >= OFFERS_SHOWN or not rows.offer(world, one.id, member.id):
        return OfferedAlready()
    words = world.phrases.say(
        notices.CAN_DO,
        poster.language,
        name=short(member.name),
        phone=at_home(world, member.number),
        title=verbs.title_of(one),
        code=world.organisation.dial("5", "98", "4"),
    )
    write_text(
        world, key=f"offer:{one.id}:{member.id}", number=poster.number, kind="service", words=words, member_id=poster.id, about="need", hours=poster.hours
    )
    return Offered(short(poster.name), _in_all(world, held, member))


def offer_by_text(world: Any, caller: str, said: str) -> Offered | OfferedAlready | OwnNeed | NeedOver | SaidToday | Rests:
    """`CAN 4171`: the number of a need, whatever else is said."""
    return offer_here(world, caller, said.partition(" ")[0])


Quoted = NeedQuoted | NotSoMuch | NotEnough | TooManyNeeds | Rests
Posted = NeedUp | NeedWaits | NotEnough | NotTaken | TooManyNeeds | WrongPin | Locked | TooBusy


def quote_need(world: Any, caller: str, amount: int) -> Quoted:
    """What would be set apart. Nothing is charged for it."""
    return _quote(world, caller, amount, in_points=False)


def quote_need_in_points(world: Any, caller: str, some_points: int) -> Quoted:
    return _quote(world, caller, some_points, in_points=True)


def _quote(world: Any, caller: str, amount: int, *, in_points: bool) -> Quoted:
    member, scale, unit = the_member(world, caller), units.scale(world, in_points), units.unit_of(in_points)
    if brakes.rests(world, "needs"):
        return Rests()
    if rows.count_open(world, member.id) >= OPEN_MOST:
        return TooManyNeeds(Few(OPEN_MOST))
    if not unit.least * scale <= amount <= unit.most * scale:
        return NotSoMuch()
    if amount > units.there_is(world, member, in_points):
        return NotEnough(world.organisation.money(0))
    return NeedQuoted(units.worth(world, amount, in_points, member.language), world.organisation.money(0), short(member.name))


def post_need(world: Any, caller: str, words: str, amount: int, pin: Secret, key: str) -> Posted:
    """The money is set apart and the need is up, both or neither."""
    return _post(world, caller, words, amount, pin, key, in_points=False)


def post_need_in_points(world: Any, caller: str, words: str, some_points: int, points_pin: Secret, key: str) -> Posted:
    """The same with points."""
    return _post(world, caller, words, some_points, points_pin, key, in_points=True)


def _post(world: Any, caller: str, words: str, amount: int, pin: Secret, key: str, *, in_points: bool) -> Posted:
    if refused := weigh_pin(world, caller, pin):
        return refused
    member = the_member(world, caller)
    known = items.by_key(world, f"need:{key}")
    if known is None:
        day_ago = world.now() - dt.timedelta(days=1)
        if rows.count_open(world, member.id) >= OPEN_MOST or items.said_since(world, caller, member.id, day_ago) >= verbs.SAID_A_DAY:
            return TooManyNeeds(Few(OPEN_MOST))
        title = alphabet.cut(alphabet.plain(alphabet.heard(words)), verbs.TITLE_MOST)
        source = units.account(world, member, in_points)
        outcome = rewards.set_apart(world, source, amount, key=f"need-{key}", by=f"pin:{member.id}", why=title)
        if not isinstance(outcome, Reserved):
            return NotEnough(world.organisation.money(0)) if isinstance(outcome, NoFunds) else NotTaken()
        made = verbs.make(world, caller, "need", words, f"need:{key}")
        assert made, "it has been counted above"
        until = world.now() + dt.timedelta(days=HELD_DAYS)
        transfer_id = outcome.transfer.id
        rows.add(world, item_id=made.id, transfer_id=transfer_id, amount=amount, until=until, member_id=member.id, in_points=in_points)
        known = made
    held = rows.reward(world, known.id)
    assert held, "a need is made with its reward"
    amount_said = units.worth(world, held.amount, held.in_points, member.language)
    if known.state == "held":
        return NeedWaits(ItemNumber(known.number), amount_said)
    return NeedUp(ItemNumber(known.number), amount_said, _day(world, member, held.until))


def look_at_my_need(world: Any, caller: str, item: str) -> MyNeedShown | NoItem:
    found, member = _both(world, item), the_member(world, caller)
    if found is None or found[1].member_id != member.id or found[1].state != "held":
        return NoItem()
    one, held = found
    offers = rows.count_offers(world, [one.id]).get(one.id, 0)
    return MyNeedShown(ItemWords(one.words), _in_all(world, held, member), _day(world, member, held.until), Few(offers))


def look_at_doer(world: Any, caller: str, item: str, doer: str) -> DoerShown | NoItem:
    found, member = _both(world, item), the_member(world, caller)
    other = members.by_id(world, int(doer)) if doer.isdigit() else None
    if found is None or other is None or found[1].member_id != member.id or found[1].state != "held":
        return NoItem()
    if found[1].until <= world.now():  # it is on its way back, and so is what others added
        return NoItem()
    if other.id not in rows.who_offered(world, found[0].id, OFFERS_SHOWN) or other.status != "active":
        return NoItem()
    return DoerShown(short(other.name), _in_all(world, found[1], member), world.organisation.money(0))


def say_who_did_it(world: Any, caller: str, item: str, doer: str, pin: Secret) -> DoerPaid | NoItem | NotTaken | WrongPin | Locked | TooBusy:
    """Only who needs it says who did it, and with that the money goes there. Twice is once."""
    if refused := weigh_pin(world, caller, pin):
        return refused
    member = the_member(world, caller)
    if isinstance(look_at_doer(world, caller, item, doer), NoItem):
        found = _both(world, item)
        paid = found and found[1].state == "paid" and str(found[1].winner_id) == doer and found[1].member_id == member.id
        if not found or not paid:
            return NoItem()
        return DoerPaid(short(members.by_id(world, int(doer)).name), _in_all(world, found[1], member))  # type: ignore[union-attr]
    known, other = _both(world, item), members.by_id(world, int(doer))
    assert known, "it has just been looked at"
    assert other, "it has just been looked at"
    held = rows.lock(world, known[0].id)
    if held.state != "held":  # another turn was faster
        return NoItem()
    into = units.account(world, other, held.in_points)
    outcome = rewards.award(world, held.transfer_id, into, by=f"pin:{held.member_id}", again=held.tries)
    if not isinstance(outcome, Reserved):
        return NotTaken()
    rows.change(world, held.item_id, state="paid", winner_id=other.id, out_id=outcome.transfer.id)
    _close(world, held.item_id, "done", member.code, f"done by {short(other.name)}")
    return DoerPaid(short(other.name), _in_all(world, held, member))


def take_need_back(world: Any, caller: str, item: str) -> NeedTakenBack | SomebodyOffered | NoItem | NotTaken:
    """While nobody has offered, it is taken back at once. Who has offered can count on it until its day."""
    found, member = _both(world, item), the_member(world, caller)
    if found is None or found[1].member_id != member.id:
        return NoItem()
    held = rows.lock(world, found[0].id)
    if held.state != "held":
        return NoItem()
    if rows.who_offered(world, held.item_id, 1):
        return SomebodyOffered(_day(world, member, held.until))
    if not _return(world, held, f"member {member.code}"):
        return NotTaken()
    _close(world, held.item_id, "withdrawn", f"member {member.code}", "")
    return NeedTakenBack(units.worth(world, held.amount, held.in_points, member.language))


def _return(world: Any, held: Reward, by: str) -> bool:
    outcome = rewards.give_back(world, held.transfer_id, by=by, again=held.tries)
    if isinstance(outcome, Reserved):
        rows.change(world, held.item_id, state="returned", out_id=outcome.transfer.id)
    return isinstance(outcome, Reserved)


def _close(world: Any, item_id: int, state: str, by: str, why: str) -> None:
    item = items.lock(world, item_id)
    if item.state in ("new", "held", *OPEN):
        voice_rows.tell_followers(world, voice_rows.add_change(world, item_id, item.state, state, by, why), item)
        items.change(world, item_id, state=state, state_at=world.now())


def look_after(world: Any) -> int:
    """What ends by itself: needs whose time is over or that the staff closed go back; a way out that was refused is asked for again. How many."""
    some = rows.to_look_after(world, LOOKED_AFTER)
    for item_id in some:
        _look_after(world, rows.lock(world, item_id))
    return len(some)


def _look_after(world: Any, held: Reward) -> None:
    """One of them, as it stands under its lock: another clock may have been here meanwhile."""
    into = ledger_rows.transfer(world, held.transfer_id)
    if held.state == "held":
        item = items.by_ids(world, [held.item_id])[held.item_id]
        if into is not None and into.state in NOTHING_MOVED:  # it never was set apart
            rows.change(world, held.item_id, state="returned", ended=True)
            _close(world, held.item_id, "withdrawn", "the clock", "the money could not be set apart")
        elif held.until <= world.now() or item.state not in ("new", "held", *OPEN):
            if _return(world, held, "the clock"):
                _close(world, held.item_id, "closed", "the clock", "nobody did it in time")
            else:
                _rest(world, held)
        return
    out = ledger_rows.transfer(world, held.out_id) if held.out_id else None
    if out is not None and out.state == "posted":
        rows.change(world, held.item_id, ended=True)
    elif out is None or out.state not in NOTHING_MOVED:  # on its way: looked at again soon, behind all others
        rows.change(world, held.item_id, next_at=world.now() + dt.timedelta(minutes=1))
    else:
        _rest(world, held, state="held", winner_id=None, out_id=None)
        if held.state == "paid":  # whoever needs it says again who did it
            item = items.lock(world, held.item_id)
            voice_rows.add_change(world, held.item_id, item.state, "open", "the clock", "it could not be paid out")
            items.change(world, held.item_id, state="open", state_at=world.now())


def _rest(world: Any, held: Reward, **values: Any) -> None:
    """A way that was refused rests, each time longer."""
    next_at = world.now() + dt.timedelta(hours=RETRY_HOURS * (held.tries + 1))
    rows.change(world, held.item_id, tries=held.tries + 1, next_at=next_at, **values)


# A member who leaves.


def may_leave(world: Any, caller: str) -> FreeToLeave | StillThere | StillOwed | NeedsOpen | GroupFirst:
    """What is set apart for a need is still the member's: first it goes to who did it, or back. A group that needs them comes first too."""
    return _stays_for(world, the_member(world, caller)) or leaving.may_leave(world, caller)


def leave(world: Any, caller: str, pin: Secret) -> LeftUs | StillThere | StillOwed | NeedsOpen | GroupFirst | WrongPin | Locked | TooBusy:
    return leaving.leave(world, caller, pin, _stays_for)


def _stays_for(world: Any, member: Member) -> NeedsOpen | GroupFirst | None:
    if rows.not_ended(world, member.id) or gift_rows.not_ended(world, member.id) or commons.not_ended(world, member.id):
        return NeedsOpen()
    return first_to_settle(world, member)


# Facts.


def has_points(world: Any, caller: str) -> bool:
    """Whether there are enough for a reward."""
    return units.there_is(world, the_member(world, caller), True) >= units.IN_POINTS.least


def open_needs(world: Any, caller: str) -> list[Row]:
    return _rows(world, caller, [(item, held) for item, held in rows.open_needs(world, NEEDS_SHOWN) if held.until > world.now()])


def my_needs(world: Any, caller: str) -> list[Row]:
    return _rows(world, caller, rows.needs_of(world, the_member(world, caller).id, NEEDS_SHOWN))


def _rows(world: Any, caller: str, some: list[tuple[Item, Reward]]) -> list[Row]:
    return [Row(item.number, f"{alphabet.cut(alphabet.plain(item.words), 18)} {worth}") for item, worth in _with_worth(world, caller, some)]


def _with_worth(world: Any, caller: str, some: list[tuple[Item, Reward]]) -> list[tuple[Item, Worth]]:
    """Each with its reward and what others added."""
    language, more = the_member(world, caller).language, gift_rows.added(world, [item.id for item, _ in some])
    return [(item, units.worth(world, held.amount + more.get(item.id, (0, 0))[1], held.in_points, language)) for item, held in some]


def who_can_do_it(world: Any, caller: str, item: str) -> list[Row]:
    found = _both(world, item)
    if found is None or found[1].member_id != the_member(world, caller).id:
        return []
    known = members.by_ids(world, rows.who_offered(world, found[0].id, OFFERS_SHOWN))
    return [Row(str(one.id), f"{short(one.name)} {at_home(world, one.number)}") for one in known.values()]


def three_needs(world: Any, caller: str) -> str:
    """The newest three, for an SMS."""
    some = [(item, held) for item, held in rows.open_needs(world, NEEDS_BY_TEXT) if held.until > world.now()]
    told = (f"{item.number} {alphabet.cut(alphabet.plain(item.words), 18)}: {worth}." for item, worth in _with_worth(world, caller, some))
    return " ".join(told) or "-"
