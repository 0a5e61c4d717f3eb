"""A member who cannot dial lets somebody dial for them for some hours: who dials prepares, and the member agrees.

Whoever dials sees no money of theirs, is not paid by it, and nothing moves without the member's own PIN, typed on the member's own phone. The member is told
of every step.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.community.assisted import rows
from gateway.community.assisted.model import (
    CHOICES_MOST,
    HELPED_MOST,
    HOURS,
    LATELY_DAYS,
    PREPARED_MOST,
    SHOWN,
    WRITTEN_MOST,
    AssistOver,
    CallComes,
    ChoseMany,
    DialEnded,
    ForGroup,
    ForThem,
    HelpedShown,
    HelperShown,
    HelpsMany,
    LetDial,
    NobodyDials,
    NoHelper,
    NotForYourself,
    NotToThemselves,
    PreparedEnough,
    PreparedFor,
    SaidEnough,
    SaidFor,
    SharesAPhone,
)
from gateway.community.callbacks import ask_for_a_call
from gateway.community.groups import rows as groups
from gateway.community.groups.model import RowId, TopicNames, VillageName
from gateway.community.helping import rows as helping
from gateway.community.helping.model import HELPERS_LOOKED_AT
from gateway.community.items import brakes
from gateway.community.items import rows as items
from gateway.community.items.model import WRITTEN_BY, Few, ItemNumber, Rests
from gateway.community.places import nearness
from gateway.community.topics.verbs import listed
from gateway.community.written_down import write_down
from gateway.members import rows as members
from gateway.members.model import DRAFT_MINUTES, AskedTooOften, Found, Member, NotAMember, PlaceName, Yourself, short, tail
from gateway.members.payments import find_member, receiver_of
from gateway.members.verbs import may_look_up, the_member
from gateway.money.model import NoSuchPlace
from gateway.money.places import GROUP, place_with
from gateway.money.waiting import prepare_draft
from gateway.records.model import phone_of
from gateway.records.verbs import write_text
from gateway.store import audit
from menus.book import notices
from menus.phrasebook import Row

SWITCH = "assisted"  # the name of its switch
ABOUT = "helping"  # how messages to who helps are counted


# The member.


def helpers_near(world: Any, caller: str) -> list[Row]:
    """Helpers who let themselves be seen, the nearest first."""
    me = the_member(world, caller)
    known = members.by_ids(world, [one.member_id for one in helping.helpers_of(world, "", world.now(), HELPERS_LOOKED_AT) if one.topics])
    seen = [one for one in known.values() if one.id != me.id and one.shown_to == "everyone" and not one.shared]
    best = sorted(seen, key=lambda one: (-nearness(world, me.village, one.village), -one.id))[:SHOWN]
    return [Row(one.code, f"{short(one.name)} {one.village}".strip()) for one in best]


def look_at_helper(world: Any, caller: str, near: str) -> HelperShown | NoHelper:
    """What a helper's page says, for who may ask them something or let them dial."""
    me, other = the_member(world, caller), members.by_code(world, near)
    found = helping.helper(world, other.id) if other and other.status == "active" and other.shown_to == "everyone" else None
    if other is None or found is None:
        return NoHelper()
    topics = TopicNames(listed(world, found.topics, me.language) or "-")
    village = VillageName(other.village or world.phrases.text("no village", me.language))
    return HelperShown(RowId(other.code), short(other.name), village, topics, Few(min(helping.helped_by(world, other.id), 99)))


def dialled_lately(world: Any, caller: str) -> list[Row]:
    """Who has dialled for the caller before."""
    ids = rows.chosen_since(world, the_member(world, caller).id, world.now() - dt.timedelta(days=LATELY_DAYS))
    known = members.by_ids(world, ids)
    return [Row(known[id].code, str(short(known[id].name))) for id in ids if id in known and known[id].status == "active"]


def find_who_dials(world: Any, caller: str, to: str) -> Found | SharesAPhone | NotAMember | Yourself | AskedTooOften | Rests:
    """Somebody with a phone of their own: on one that several share, who reads our SMS nobody knows."""
    if brakes.rests(world, SWITCH):
        return Rests()
    found, helper = find_member(world, caller, to), receiver_of(world, to)
    return SharesAPhone() if isinstance(found, Found) and helper and helper.shared else found


def let_dial(world: Any, caller: str, to: str, key: str) -> LetDial | HelpsMany | ChoseMany | NotAMember | Rests:
    """For some hours this person may prepare things for the caller, and nobody else may."""
    if brakes.rests(world, SWITCH):
        return Rests()
    me, helper = the_member(world, caller), receiver_of(world, to)
    if helper is None or helper.voice == me.voice or helper.shared:
        return NotAMember()
    now = rows.of_member(world, me.id)
    if now is None or now.helper_id != helper.id:
        today = world.now() - dt.timedelta(days=1)
        if rows.helped_since(world, helper.id, today) >= HELPED_MOST:
            return HelpsMany()
        if rows.times_chosen(world, me.id, today) >= CHOICES_MOST:
            return ChoseMany()
        rows.end(world, me.id)
        rows.add(world, me.id, helper.id, world.now() + dt.timedelta(hours=HOURS))
        _tell_helper(world, helper, notices.MAY_DIAL, f"assist:{key}", me, tail=tail(me.number), code=world.organisation.dial("6", "1", "4", "5"))
        audit.note(world, f"member {me.code}", "assist_begun", f"member {me.code}", helper=helper.code)
    return LetDial(short(helper.name), Few(HOURS))


def is_helped(world: Any, caller: str) -> bool:
    member = members.by_number(world, caller)
    return member is not None and rows.of_member(world, member.id) is not None


def stop_dial(world: Any, caller: str, key: str) -> DialEnded | NobodyDials:
    me = the_member(world, caller)
    helper = _end(world, me, key)
    if helper is None:
        return NobodyDials()
    audit.note(world, f"member {me.code}", "assist_ended", f"member {me.code}", helper=helper.code)
    return DialEnded(short(helper.name))


def _end(world: Any, me: Member, key: str) -> Member | None:
    """Who dialled for this member and does no more; they are told."""
    found = rows.of_member(world, me.id)
    if found is None:
        return None
    rows.end(world, me.id)
    helper = members.by_id(world, found.helper_id)
    if helper is None or helper.status != "active":
        return None
    _tell_helper(world, helper, notices.DIALS_NO_MORE, f"assist-end:{key}", me)
    return helper


def end_for(world: Any, me: Member, key: str) -> bool:
    """Staff end it, and tell both. Whether somebody dialled."""
    helper = _end(world, me, key)
    if helper:
        _tell(world, me, notices.DIAL_ENDED_BY_US, f"assist-by-us:{key}", helper, coop=world.organisation.short_name)
    return helper is not None


# Who dials for them.


def dials_for(world: Any, caller: str) -> bool:
    member = members.by_number(world, caller)
    return member is not None and not member.shared and bool(rows.of_helper(world, member.id))


def whom_i_dial_for(world: Any, caller: str) -> list[Row]:
    known = _helped(world, the_member(world, caller))
    return [Row(one.code, f"{short(one.name)} ..{tail(one.number)}") for one in known]


def pick_helped(world: Any, caller: str, whom: str) -> HelpedShown | AssistOver:
    helped = _one(world, caller, whom)
    return HelpedShown(short(helped.name), tail(helped.number)) if helped else AssistOver()


def find_for(world: Any, caller: str, whom: str, payee: str) -> ForThem | NotAMember | NotForYourself | NotToThemselves | AskedTooOften | AssistOver:
    """To whom money shall go: a member, and not whoever dials."""
    helped, me = _one(world, caller, whom), the_member(world, caller)
    if helped is None:
        return AssistOver()
    if not may_look_up(world, caller):
        return AskedTooOften()
    receiver = receiver_of(world, payee)
    if receiver is None:
        return NotAMember()
    if receiver.voice == me.voice:
        return NotForYourself()
    return NotToThemselves() if receiver.id == helped.id else ForThem(short(receiver.name))


def find_group_for(world: Any, caller: str, whom: str, group: int) -> ForGroup | NoSuchPlace | NotForYourself | AssistOver:
    """A group that whoever dials does not lead."""
    place = place_with(world, GROUP, str(group))
    if _one(world, caller, whom) is None:
        return AssistOver()
    if place and _leads(world, the_member(world, caller), group):
        return NotForYourself()
    return ForGroup(PlaceName(place.name)) if place else NoSuchPlace()


def _leads(world: Any, member: Member, number: int) -> bool:
    found = groups.by_number(world, str(number))
    standing = groups.membership(world, found.id, member.id) if found else None
    return standing is not None and standing.role == "leader"


def prepare_send(world: Any, caller: str, whom: str, payee: str, amount: int, key: str) -> PreparedFor | PreparedEnough | NotAMember | AssistOver | Rests:
    receiver = receiver_of(world, payee)
    if receiver is None or receiver.voice == the_member(world, caller).voice:
        return NotAMember()
    return _prepare(world, caller, whom, "send", payee, amount, key, str(short(receiver.name)))


def prepare_group(world: Any, caller: str, whom: str, group: int, dues: int, key: str) -> PreparedFor | PreparedEnough | NoSuchPlace | AssistOver | Rests:
    place = place_with(world, GROUP, str(group))
    if place is None or _leads(world, the_member(world, caller), group):
        return NoSuchPlace()
    return _prepare(world, caller, whom, "group", str(group), dues, key, str(PlaceName(place.name)))


def prepare_airtime(world: Any, caller: str, whom: str, airtime: int, key: str) -> PreparedFor | PreparedEnough | AssistOver | Rests:
    """For the phone of whom they dial for, and no other."""
    helped = _one(world, caller, whom)
    if helped is None:
        return AssistOver()
    return _prepare(world, caller, whom, "airtime", phone_of(helped.number), airtime, key, f"airtime ..{tail(helped.number)}")


def _prepare(world: Any, caller: str, whom: str, kind: str, to: str, amount: int, key: str, called: str) -> PreparedFor | PreparedEnough | AssistOver | Rests:
    """A draft of the member's, with who made it. The member is told, and agrees or stops it under 9."""
    if brakes.rests(world, SWITCH):
        return Rests()
    me, helped = the_member(world, caller), _one(world, caller, whom)
    if helped is None:
        return AssistOver()
    since = world.now() - dt.timedelta(days=1)
    if sum(rows.prepared(world, helped.id, me.id, since).values()) >= PREPARED_MOST:
        return PreparedEnough()
    draft = prepare_draft(world, helped.number, kind, to, amount, f"assist-{key}", made_by=me.id)
    code = world.organisation.dial() if helped.shared else world.organisation.dial("9")
    _tell(  # once for what waits, however often it is prepared
        world, helped, notices.PREPARED, f"prepared:{draft}", me, amount=world.organisation.money(amount), place=called, code=code, minutes=DRAFT_MINUTES,
    )  # fmt: skip
    return PreparedFor(short(helped.name), Few(DRAFT_MINUTES))


def say_for(world: Any, caller: str, whom: str, words: str, key: str) -> SaidFor | SaidEnough | AssistOver | Rests:
    """A case of the member's, in the words of who dials; the member reads them by SMS."""
    me, helped = the_member(world, caller), _one(world, caller, whom)
    if helped is None:
        return AssistOver()
    if brakes.rests(world, SWITCH):
        return Rests()
    if rows.cases_written(world, helped.id, WRITTEN_BY + me.code, world.now() - dt.timedelta(days=1)) >= WRITTEN_MOST:
        return SaidEnough()
    said = write_down(world, helped, "wrong", words, f"assist-{key}", by=str(short(me.name)))
    if said is None or isinstance(said, Rests):
        return said or SaidEnough()
    items.change(world, said.id, about=WRITTEN_BY + me.code)
    audit.note(world, f"member {me.code}", "case_written", f"feedback {said.number}", member=helped.code)
    return SaidFor(ItemNumber(said.number), short(helped.name))


def call_for(world: Any, caller: str, whom: str, key: str) -> CallComes | AssistOver | Rests:
    """The office calls the member, on the member's own phone."""
    helped = _one(world, caller, whom)
    if helped is None:
        return AssistOver()
    if brakes.rests(world, SWITCH):
        return Rests()
    ask_for_a_call(world, helped.number, "other", f"assist-{key}")
    return CallComes()


def _helped(world: Any, helper: Member) -> list[Member]:
    ids = [one.member_id for one in rows.of_helper(world, helper.id)]
    known = members.by_ids(world, ids)
    return [known[id] for id in dict.fromkeys(ids) if id in known and known[id].status == "active"]


def _one(world: Any, caller: str, whom: str) -> Member | None:
    """Whom the caller dials for, by code; nobody when the day is over."""
    return next((one for one in _helped(world, the_member(world, caller)) if one.code == whom), None)


def _tell(world: Any, to: Member, notice: Any, key: str, about: Member, **words: Any) -> None:
    said = world.phrases.say(notice, to.language, name=short(about.name), **words)
    write_text(world, key=key, number=to.number, kind="receipt", words=said, member_id=to.id)


def _tell_helper(world: Any, helper: Member, notice: Any, key: str, about: Member, **words: Any) -> None:
    said = world.phrases.say(notice, helper.language, name=short(about.name), **words)
    write_text(world, key=key, number=helper.number, kind="service", words=said, member_id=helper.id, about=ABOUT, hours=helper.hours)
