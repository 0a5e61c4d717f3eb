"""What members and their guardians can do. Everything that opens a door waits a day, and everybody concerned is told at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.members import rows as members
from gateway.members.guardians import rows
from gateway.members.guardians.facts import way_to_new_pin
from gateway.members.guardians.model import (
    CHANGE_HOURS,
    GUARDIANS_MOST,
    NEW_PIN_HOURS,
    RESCUE_HOURS,
    VOUCHERS,
    AskedAlready,
    AskedGuardians,
    Guarded,
    MayChoose,
    NewPin,
    NewPinWaits,
    Removed,
    TooFew,
    TooManyGuardians,
    Vouched,
)
from gateway.members.model import (
    AskedTooOften,
    Different,
    Found,
    Gone,
    Locked,
    Member,
    NotAMember,
    TooBusy,
    TooLate,
    Until,
    WrongPin,
    Yourself,
    short,
    tail,
)
from gateway.members.payments import find_member, receiver_of
from gateway.members.verbs import FOREVER, same_as_chosen, tell_all_sims, the_member, weigh_pin
from gateway.records.verbs import write_text
from gateway.store import audit
from menus.answers import Secret
from menus.book import notices
from menus.notice import Notice


def find_guardian(world: Any, caller: str, who: str) -> Found | NotAMember | Yourself | AskedTooOften | TooManyGuardians:
    if len(rows.of(world, the_member(world, caller).id)) >= GUARDIANS_MOST:
        return TooManyGuardians()
    return find_member(world, caller, who)


def add_guardian(world: Any, caller: str, who: str, pin: Secret, key: str) -> Guarded | NotAMember | WrongPin | Locked | TooBusy:
    """From tomorrow on this member counts as a guardian."""
    if refused := weigh_pin(world, caller, pin):
        return refused
    member, guardian = the_member(world, caller), receiver_of(world, who)
    if guardian is None or guardian.id == member.id:
        return NotAMember()
    rows.add(world, member.id, guardian.id, world.now() + dt.timedelta(hours=CHANGE_HOURS))
    _tell(world, guardian, notices.NOW_A_GUARDIAN, f"guardian:{key}", member)
    audit.note(world, f"member {member.code}", "guardian_added", f"member {member.code}", guardian=guardian.code)
    return Guarded()


def remove_guardian(world: Any, caller: str, remove: str, pin_out: Secret, key: str) -> Removed | Gone | WrongPin | Locked | TooBusy:
    """From tomorrow on this guardian counts no more."""
    if refused := weigh_pin(world, caller, pin_out):
        return refused
    member, guardian = the_member(world, caller), members.by_id(world, int(remove))
    if guardian is None or not rows.end(world, member.id, guardian.id, world.now() + dt.timedelta(hours=CHANGE_HOURS)):
        return Gone()
    _tell(world, guardian, notices.NO_MORE_GUARDIAN, f"guardian:{key}", member)
    audit.note(world, f"member {member.code}", "guardian_removed", f"member {member.code}", guardian=guardian.code)
    return Removed()


def _until(world: Any, member: Member, moment: dt.datetime) -> Until:
    local = world.organisation.local(moment)
    return Until(f"{world.phrases.day(local, member.language)} {local:%H:%M}")


def ask_for_rescue(world: Any, caller: str, key: str) -> AskedGuardians | AskedAlready | TooFew | MayChoose | NewPinWaits:
    """The PIN is forgotten: ask the guardians, or, when enough have said yes, choose a new one."""
    member = the_member(world, caller)
    if found := rows.rescue_of(world, member.id):
        return MayChoose() if _may_choose(world, found) else AskedAlready(rows.said_yes(world, member.id))
    if not rows.was_stopped(world, member.id) and (works_at := rows.chosen_works_at(world, member.id)):
        return NewPinWaits(_until(world, member, works_at))
    counting = [one for one in rows.of(world, member.id) if one.counts]
    if len(counting) < VOUCHERS or rows.was_stopped(world, member.id):
        return TooFew()
    rows.begin_rescue(world, member.id, world.now() + dt.timedelta(hours=RESCUE_HOURS))
    who = members.by_ids(world, [one.id for one in counting])
    for one in counting:
        _tell(world, who[one.id], notices.GUARDIAN_ASK, f"rescue:{key}:{one.id}", member, code=world.organisation.dial("6", "5", "3"))
    audit.note(world, f"member {member.code}", "rescue_asked", f"member {member.code}")
    return AskedGuardians(len(counting))


def may_choose(world: Any, member_id: int) -> bool:
    """Whether a new PIN may be chosen now: two guardians have said yes, or the office has opened it."""
    found = rows.rescue_of(world, member_id)
    return bool(found) and _may_choose(world, found)


def _may_choose(world: Any, rescue: Any) -> bool:
    return rescue.opened_by is not None or rows.said_yes(world, rescue.member_id) >= VOUCHERS


def open_at_office(world: Any, member_id: int, by: str, key: str) -> str:
    """Two of staff have seen the member and an ID: a new PIN can be chosen, on the member's own phone alone. Says why not, or nothing.

    A rescue that a person stopped begins anew so: the member has come, as the phone said. What was chosen and does not work yet is chosen again.
    """
    member = members.by_id(world, member_id)
    if member is None or member.status != "active":
        return "there is no such member any more"
    if rows.chosen_works_at(world, member.id):  # chosen by whoever it was: it never works, for nobody could stop it any more
        members.change_member(world, member.id, pin_locked_until=FOREVER)
    rows.begin_rescue(world, member.id, world.now() + dt.timedelta(hours=RESCUE_HOURS), by)
    tell_all_sims(world, member, notices.OFFICE_OPENED, f"office-pin:{key}", coop=world.organisation.short_name, code=way_to_new_pin(world, member))
    audit.note(world, by, "pin_opened", f"member {member.code}")
    return ""


def look_at_whom(world: Any, caller: str, whom: str) -> Found | Gone:
    found = [one for one in rows.asked_of(world, the_member(world, caller).id) if str(one.id) == whom]
    return Found(short(found[0].name), tail(found[0].number)) if found else Gone()


def vouch(world: Any, caller: str, whom: str, pin: Secret, key: str) -> Vouched | Gone | WrongPin | Locked | TooBusy:
    """A guardian has spoken to the member and says yes."""
    if refused := weigh_pin(world, caller, pin):
        return refused
    guardian = the_member(world, caller)
    found = [one for one in rows.asked_of(world, guardian.id) if str(one.id) == whom]
    member = members.by_id(world, found[0].id) if found else None
    if member is None or not rows.rescue_of(world, member.id):  # held from here on: of two who vouch at once one sees the other
        return Gone()
    rows.vouch(world, member.id, guardian.id)
    if rows.said_yes(world, member.id) == VOUCHERS:
        _tell(world, member, notices.GUARDIANS_AGREED, f"agreed:{key}", guardian, code=way_to_new_pin(world, member))
    audit.note(world, f"member {guardian.code}", "vouched", f"member {member.code}")
    return Vouched(short(member.name))


def take_new_pin(world: Any, caller: str, pin_again: Secret, key: str) -> NewPin | Different | TooBusy | TooLate:
    """The new PIN holds, and moves no money before a day has passed."""
    member = the_member(world, caller)
    rescue = rows.rescue_of(world, member.id)
    if rescue is None or not _may_choose(world, rescue):
        return TooLate()
    kept = same_as_chosen(world, caller, pin_again, key)
    if not isinstance(kept, str):
        return kept
    from_then = world.now() + dt.timedelta(hours=NEW_PIN_HOURS)
    members.change_member(world, member.id, pin_hash=kept, pin_tries=0, pin_locked_until=from_then)
    members.forget_pin_choice(world, caller)
    rows.note_chosen(world, member.id, from_then)
    until = _until(world, member, from_then)
    write_text(
        world, key=f"pin:{key}", number=caller, kind="receipt", member_id=member.id,
        words=world.phrases.say(notices.NEW_PIN, member.language, until=until),
    )  # fmt: skip
    who = members.by_ids(world, [one.id for one in rows.of(world, member.id)])
    told = notices.NEW_PIN_AT_OFFICE if rescue.opened_by else notices.CHOSE_NEW_PIN
    for guardian in who.values():
        _tell(world, guardian, told, f"chosen:{key}:{guardian.id}", member, until=until)
    audit.note(world, f"member {member.code}", "pin_rescued", f"member {member.code}")
    return NewPin(until)


def stop_rescue(world: Any, member_id: int, by: str) -> bool:
    """A person smells a thief. A PIN that was chosen and does not work yet never will: the member is helped at the office."""
    stopped = rows.stop_rescue(world, member_id, by)
    member = members.by_id(world, member_id) if stopped else None
    if stopped is None or member is None:
        return False
    if stopped.chosen_at:
        members.change_member(world, member_id, pin_locked_until=FOREVER)
    audit.note(world, by, "rescue_stopped", f"member {member.code}")
    return True


def _tell(world: Any, to: Member, notice: Notice, key: str, about: Member, **words: Any) -> None:
    said = world.phrases.say(notice, to.language, name=short(about.name), tail=tail(about.number), **words)
    write_text(world, key=key, number=to.number, kind="receipt", words=said, member_id=to.id)
