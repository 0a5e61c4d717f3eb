"""What a member keeps with us: a place for words that come by SMS, whether we may remind, what we know of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import number
from gateway.members import place_rows, rows
from gateway.members.model import PLACE_HOURS, SETTLED_FROM, KeptPlace, NotReminded, PhoneAtHome, Reminded
from gateway.members.verbs import the_member
from gateway.records import rows as records
from gateway.records.model import phone_of
from gateway.records.verbs import write_text
from menus.answers import Phone
from menus.book import notices
from menus.session import Frame

REMIND_EVERY = dt.timedelta(days=1)
FEE_KINDS = (("transfer", "Send"), ("billpay.group", "Group"), ("merchantpayment.till", "Shop"), ("withdrawal", "Withdraw"))  # as people call them


def keep_place(world: Any, caller: str, asking: Frame) -> KeptPlace:
    """Keep the question that was just asked: the next words of this number by SMS are its answer."""
    until = world.now() + dt.timedelta(hours=PLACE_HOURS)
    place_rows.keep_place(world, caller, asking.at, dict(asking.answers), dict(asking.words), until)  # what was typed so far is masked already
    return KeptPlace(PLACE_HOURS)


def kept_place(world: Any, caller: str) -> Frame | None:
    """The question that waits for words by SMS, if it still does."""
    found = place_rows.kept_place(world, caller, world.now())
    return Frame(*found) if found else None


def choose_reminders(world: Any, caller: str, show: str) -> Reminded | NotReminded:
    wants = show == "yes"
    rows.change_member(world, the_member(world, caller).id, reminders=wants)
    return Reminded() if wants else NotReminded()


def remind(world: Any, caller: str, title: str, key: str) -> bool:
    """Tell who wants to be told that a call broke off; once a day, in their hours, and never whoever has stopped our SMS."""
    member = rows.by_number(world, caller)
    if member is None or member.status != "active" or not member.reminders or member.shared or records.stopped(world, caller):
        return False
    if records.texts_since(world, caller, "reminder", world.now() - REMIND_EVERY):
        return False
    begin, end = member.hours
    if not begin <= world.organisation.local(world.now()).hour < end:  # in the morning the place is not kept any more
        return False
    words = world.phrases.say(
        notices.BROKEN_OFF, member.language, unfinished=world.phrases.text(title, member.language), code=world.organisation.dial(), minutes="15"
    )
    write_text(world, key=key, number=caller, kind="service", words=words, member_id=member.id, about="reminder")
    return True


# Facts.


def is_member(world: Any, caller: str) -> bool:
    member = rows.by_number(world, caller)
    return member is not None and member.status == "active"


def is_settled(world: Any, caller: str) -> bool:
    """Whether this member has dialled often enough to be shown all there is."""
    member = rows.by_number(world, caller)
    return member is not None and member.dials >= SETTLED_FROM


def at_home(world: Any, number: str) -> PhoneAtHome:
    """A phone as people of this country write it: the phone of a line, where several share one."""
    return PhoneAtHome(Phone().say(phone_of(number), world.place))


def my_phone(world: Any, caller: str) -> PhoneAtHome:
    return at_home(world, caller)


def payments(world: Any, caller: str) -> int:
    """How many lines stand in the member's savings account."""
    return int(ledger_rows.account_of(world, the_member(world, caller).id).seq)


def fee_lines(world: Any, caller: str) -> str:
    """Every fee that a member may pay: up to which amount, in whole units of money, and how much at the most."""
    language = the_member(world, caller).language
    scale = 10**world.organisation.digits
    said = []
    for kind, called in FEE_KINDS:
        name, _, subtype = kind.partition(".")
        tariff = world.prices.tariff(name, subtype, world.organisation.currency, world.now())
        bands = tariff.bands if tariff and tariff.payer == "source" else ()
        free, up_to = world.phrases.text("free", language), world.phrases.text("up to {high}: {fee}", language)
        prices = [(band.high, world.organisation.money(band.price(band.high).fee)) for band in bands]
        lines = [up_to.format(high=number(high // scale), fee=fee if fee.minor else free) for high, fee in prices]
        said.append(f"{world.phrases.text(called, language)}: {', '.join(lines) or free}.")
    return " ".join(said)
