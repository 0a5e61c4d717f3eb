"""What members can do about themselves: join, choose a PIN, a language, which SMS they get."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from gateway.ledger import verbs as ledger
from gateway.members import lost_rows, pins, roll_rows, rows, sim_rows
from gateway.members.model import (
    CHECKED_S,
    CODE_LENGTH,
    CONSENT_VERSION,
    LOOKUPS_MOST,
    SETTLED_FROM,
    Already,
    Changed,
    Different,
    Fine,
    Joined,
    Known,
    Language,
    LanguageName,
    Locked,
    Member,
    NewSim,
    NoEntry,
    NoSuchLanguage,
    Noted,
    OtherSim,
    Right,
    SharedPhone,
    Spoken,
    SpokenByName,
    Stranger,
    TooBusy,
    TooLate,
    Tries,
    Until,
    Weak,
    WrongPin,
    check_digit,
    short,
)
from gateway.members.model import Different as NotTheSame
from gateway.observe import log
from gateway.records import rows as records
from gateway.records.model import phone_of
from gateway.records.verbs import write_text
from gateway.store.engine import OperationalError
from gateway.words import ALSO_CALLED, LANGUAGES
from menus.answers import Secret
from menus.book import notices
from menus.notice import Notice

SIM_ASKED_S = 24 * 3600  # how long another SIM may say that it is a member's too
GUEST = "guest"  # in place of a number of the roll
FIRST_TURN = "-0"  # how the key of the turn that opens a call ends
LINES_MOST = 4  # people on one phone: a household; and a list that fits a screen
FOREVER = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)  # a PIN that only a person can open again


def who_is_calling(world: Any, caller: str, key: str) -> Known | Stranger | NoEntry | SharedPhone | OtherSim:
    """The front door: a member, somebody new, somebody who may not come in, or one of several on this phone. First dials are counted.

    Whoever has typed their PIN on a shared phone calls on a line of their own, and is known.
    """
    match rows.by_number(world, caller):
        case None:
            if "/" not in caller and (people := rows.on_phone(world, caller, LINES_MOST)):
                return _shared(world, people)
            return OtherSim() if sim_rows.asked_by(world, caller, _since(world, SIM_ASKED_S)) else Stranger()
        case Member(shared=True) if "/" not in caller:
            return _shared(world, rows.on_phone(world, caller, LINES_MOST))
        case Member(status="active") as member:
            if member.dials < SETTLED_FROM and key.endswith(FIRST_TURN):
                _count_dial(world, member)
            return Known(Language(member.language))
        case _:
            return NoEntry()


def _shared(world: Any, people: Sequence[tuple[str, Member]]) -> SharedPhone:
    spoken = {one.language for _, one in people if one.status == "active"}
    return SharedPhone(Language(spoken.pop() if len(spoken) == 1 else world.organisation.language))


def _count_dial(world: Any, member: Member) -> None:
    """A courtesy, which a busy database must not let end a call."""
    try:
        rows.count_dial(world, member.id)
        world.commit()
    except OperationalError as error:
        world.rollback()
        log.warning("dial_not_counted", error=type(error).__name__)


def may_come_in(world: Any, caller: str) -> bool:
    """Whether the front door would let this number pass: a member in good standing, or somebody new."""
    member = rows.by_number(world, caller)
    if member is None:
        return not rows.on_phone(world, caller, LINES_MOST)
    return member.status == "active" and not member.shared  # who it is, a shared phone cannot tell before the PIN


def may_look_up(world: Any, caller: str) -> bool:
    """One more name is looked up by this number; whether it may. Counted, so that nobody reads the register by dialling through it."""
    return rows.count_lookup(world, caller, world.organisation.local(world.now()).date().isoformat()) <= LOOKUPS_MOST


def speak(language: str) -> Spoken:
    """From here on in this language; nothing is stored."""
    return Spoken(Language(language))


def change_language(world: Any, caller: str, language: str) -> Spoken:
    rows.change_member(world, the_member(world, caller).id, language=language)
    return Spoken(Language(language))


def change_language_by_name(world: Any, caller: str, language: str) -> SpokenByName | NoSuchLanguage:
    """A language as people call it: LUGHA KISWAHILI, LANG ENGLISH."""
    meant = ALSO_CALLED.get(language.strip().lower())
    if meant is None:
        return NoSuchLanguage()
    change_language(world, caller, meant)
    return SpokenByName(Language(meant), LanguageName(LANGUAGES[meant]))


def note_consent(world: Any, caller: str, language: str) -> Noted:
    """The first thing that is ever stored of a caller: that they agreed, to which words, when."""
    records.start(world, caller)
    rows.add_consent(world, caller, CONSENT_VERSION, language)
    return Noted()


def choose_pin(world: Any, caller: str, pin: Secret, key: str) -> Fine | Weak | TooBusy:
    """Keep a new PIN's hash until it is typed again. The PIN itself lives as long as this function."""
    if pins.weak(pin, phone_of(caller)):
        return Weak()
    call = call_of(key)
    before = rows.pin_choice(world, caller, call, _since(world, CHECKED_S))
    try:
        with pins.place():
            kept = pins.hashed(pin, _whose(world), world.secrets.peppers)
    except pins.NoPlace:
        return TooBusy()
    rows.note_pin_choice(world, caller, call, right=bool(before and before[0]), pin_hash=kept)
    return Fine()


def join(world: Any, caller: str, name: str, language: str, on_roll: str, pin_again: Secret, key: str) -> Joined | Different | TooBusy | Already:
    """Become a member with a code and an account at zero."""
    if rows.by_number(world, caller):
        return Already()
    choice = same_as_chosen(world, caller, pin_again, key)
    if not isinstance(choice, str):
        return choice
    assert rows.has_consented(world, caller), "nobody becomes a member without having agreed"
    member = enrol(world, number=caller, name=name, language=language, pin_hash=choice)
    if on_roll and (on_roll == GUEST or not roll_rows.claim(world, on_roll, member.id)):  # or somebody else came with it in this moment
        rows.change_member(world, member.id, guest=True)
    rows.forget_pin_choice(world, caller)
    words = world.phrases.say(notices.WELCOME, language, name=short(name), member_code=member.code, code=world.organisation.dial())
    write_text(world, key=f"welcome:{member.id}", number=caller, kind="receipt", words=words, member_id=member.id)
    return Joined(short(name))


def enrol(world: Any, *, number: str, name: str, language: str, pin_hash: str) -> Member:
    """A new member with a code, a number and a savings account."""
    code = _new_code(world)
    id = rows.add_member(world, number=number, name=name, language=language, code=code, pin_hash=pin_hash)
    ledger.open_account(world, code=f"M{code}", name=name, owner_id=id)
    member = rows.by_id(world, id)
    assert member
    return member


def is_new_sim(world: Any, caller: str) -> bool:
    """Whether this SIM came to a member of several today: it changes no PIN and takes no other SIM off, so that who found a PIN is not left alone with it."""
    member = the_member(world, caller)
    since = sim_rows.since(world, rows.line(caller))
    return since is not None and world.now() - since < dt.timedelta(seconds=SIM_ASKED_S) and sim_rows.numbers_of(world, member.id)[0] != rows.line(caller)


def tell_all_sims(world: Any, member: Member, notice: Notice, key: str, *more: str, **words: Any) -> None:
    """What touches the safety of an account is told on every SIM of it, and on those that were taken off just now."""
    said = world.phrases.say(notice, member.language, **words)
    for number in dict.fromkeys([*sim_rows.numbers_of(world, member.id), *more]):
        write_text(world, key=f"{key}:{number}", number=number, kind="receipt", words=said, member_id=member.id)


def check_pin(world: Any, caller: str, old_pin: Secret, key: str) -> Right | NewSim | WrongPin | Locked | TooBusy:
    """The old PIN, before a new one may be chosen in the same call."""
    if is_new_sim(world, caller):
        return NewSim()
    refused = weigh_pin(world, caller, old_pin)
    if refused:
        return refused
    rows.note_pin_choice(world, caller, call_of(key), right=True, pin_hash=None)
    return Right()


def change_pin(world: Any, caller: str, pin_again: Secret, key: str) -> Changed | Different | TooBusy | TooLate:
    choice = rows.pin_choice(world, caller, call_of(key), _since(world, CHECKED_S))
    if not choice or not choice[0]:
        return TooLate()
    kept = same_as_chosen(world, caller, pin_again, key)
    if not isinstance(kept, str):
        return kept
    member = the_member(world, caller)
    rows.change_member(world, member.id, pin_hash=kept, pin_tries=0, pin_locked_until=None)
    rows.forget_pin_choice(world, caller)
    now = world.organisation.local(world.now())
    tell_all_sims(world, member, notices.PIN_CHANGED, f"pin:{key}", day=world.phrases.day(now, member.language), time=f"{now:%H:%M}")
    return Changed()


def weigh_pin(world: Any, caller: str, pin: Secret) -> WrongPin | Locked | TooBusy | None:
    """None when the PIN is right. A try is counted and committed before the PIN is looked at, so that no crash,
    no second call and no lost Redis gives another one for nothing; the right PIN takes the count back.
    """
    member = the_member(world, caller)
    try:
        with pins.place():
            member = rows.lock(world, member.id)
            if member.status != "active":
                return Locked(Until("-"))
            if rests := _rests_until(world, member):
                return Locked(_until(world, member, rests))
            tries = member.pin_tries + 1
            locked_until = _lock_after(world, tries)
            rows.change_member(world, member.id, pin_tries=tries, pin_locked_until=locked_until)
            world.commit()
            right = pins.fits(pin, _whose(world), member.pin_hash, world.secrets.peppers)
    except pins.NoPlace:
        return TooBusy()
    if right:
        with world.in_any_case():
            rows.change_member(world, member.id, pin_tries=0, pin_locked_until=None)
            world.commit()  # whatever becomes of what it was typed for, the PIN was right
        return None
    if locked_until is None:
        return WrongPin(Tries(pins.TRIES_MOST - tries % pins.TRIES_MOST))
    until = _until(world, member, locked_until)
    words = world.phrases.say(notices.PIN_LOCKED, member.language, until=until)
    with world.in_any_case():
        write_text(world, key=f"locked:{member.id}:{world.now().isoformat()}", number=caller, kind="receipt", words=words, member_id=member.id)
        world.commit()
    return Locked(until)


def the_member(world: Any, caller: str) -> Member:
    member = rows.by_number(world, caller)
    assert member, "this menu is for members, and the front door lets nobody else in"
    return member


def call_of(key: str) -> str:
    """The call of a key `call-turn`."""
    return key.rpartition("-")[0]


def same_as_chosen(world: Any, caller: str, pin_again: Secret, key: str) -> str | NotTheSame | TooBusy:
    """The hash that was kept when the PIN was first typed, if this is the same PIN."""
    choice = rows.pin_choice(world, caller, call_of(key), _since(world, CHECKED_S))
    if choice is None or choice[1] is None:
        return NotTheSame()
    try:
        with pins.place():
            same = pins.fits(pin_again, _whose(world), choice[1], world.secrets.peppers)
    except pins.NoPlace:
        return TooBusy()
    return choice[1] if same else NotTheSame()


def _whose(world: Any) -> str:
    return str(world.organisation.id)


def _since(world: Any, seconds: int) -> dt.datetime:
    since: dt.datetime = world.now() - dt.timedelta(seconds=seconds)
    return since


def _lock_after(world: Any, tries: int) -> dt.datetime | None:
    seconds = pins.lock_seconds(tries)
    if seconds is None:
        return FOREVER
    return world.now() + dt.timedelta(seconds=seconds) if seconds else None


def _rests_until(world: Any, member: Member) -> dt.datetime | None:
    """Until when no PIN is weighed: after wrong ones, or because the phone was said to be lost."""
    said_lost = lost_rows.last(world, member.id)
    rests = [one for one in (member.pin_locked_until, said_lost and said_lost.until) if one and one > world.now()]
    return max(rests, default=None)


def _until(world: Any, member: Member, moment: dt.datetime) -> Until:
    if moment == FOREVER:
        return Until("-")
    local = world.organisation.local(moment)
    return Until(f"{world.phrases.day(local, member.language)} {local:%H:%M}")


def _new_code(world: Any) -> str:
    """Drawn, free, and not the number that is dialled or written to: whoever reads it out must mean only one thing."""
    ours = {world.organisation.shortcode, *world.organisation.service_code.strip("*#").split("*")}
    while True:
        digits = str(secrets.randbelow(9 * 10 ** (CODE_LENGTH - 2)) + 10 ** (CODE_LENGTH - 2))
        code = digits + check_digit(digits)
        if code not in ours and not rows.code_taken(world, code):
            return code
