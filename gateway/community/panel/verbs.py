"""Trying something first, in the open: who is in a test group says so, and every message to them says it too."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from gateway.community.groups.model import RowId
from gateway.community.items import brakes
from gateway.community.items.telling import ABOUT, texts_left
from gateway.community.panel import rows
from gateway.community.panel.model import (
    ASKED_MOST,
    OPEN_MOST,
    SAID_MOST,
    SETTLED_DAYS,
    TITLE_MOST,
    WHAT_MOST,
    WORDS_MOST,
    NoPanel,
    Panel,
    PanelAsked,
    PanelFull,
    PanelHeard,
    PanelJoined,
    PanelLeft,
    PanelShown,
    PanelTitle,
    PanelWhat,
)
from gateway.community.questions import ask_by_text
from gateway.community.voices import verbs as voices
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.members.verbs import the_member
from gateway.records import rows as records
from gateway.records.model import masked
from gateway.records.verbs import NewText, write_texts
from menus import alphabet
from menus.book import notices

ASKED = "panel"  # the kind of the question whether a member wants to
DRAWN_FOR_ONE = 4  # members for one seat: some want no SMS
CHANCE = secrets.SystemRandom()


class NotBegun(ValueError):
    """No test group was begun. Says why, for the person who asked."""


# For staff.


def begin(world: Any, *, title: str, what: str, days: int, many: int, village: str, by: str, key: str, leads_first: bool = False) -> int:
    """Ask so many by SMS, drawn by chance; or first those who are ahead, whose ideas came true. Raises NotBegun."""
    if brakes.rests(world, "voice_sms"):
        raise NotBegun("SMS about ideas are switched off")
    if rows.count_open(world) >= OPEN_MOST:
        raise NotBegun(f"{OPEN_MOST} run already")
    known = rows.may_be_asked(world, village.strip(), world.now() - dt.timedelta(days=SETTLED_DAYS))
    order = [one.member_id for one in voices.lead_members(world) if one.member_id in set(known)] if leads_first else []
    rest = [id for id in known if id not in set(order)]
    order += CHANCE.sample(rest, min(len(rest), DRAWN_FOR_ONE * many))
    drawn = members.by_ids(world, order)
    stopped = records.stopped_among(world, [one.number for one in drawn.values()], ABOUT)
    asked = [drawn[id] for id in order if id in drawn and drawn[id].number not in stopped][: min(many, ASKED_MOST)]
    if not asked:
        raise NotBegun("nobody there can be asked")
    if len(asked) > texts_left(world):
        raise NotBegun("the month has not so many SMS left")
    said = {"title": alphabet.plain(title.strip())[:TITLE_MOST], "what": alphabet.plain(masked(what.strip()))[:WHAT_MOST]}
    id = rows.add(world, key, until=world.now() + dt.timedelta(days=days), by=by[:60], **said)
    if id is None:
        return 0
    rows.ask(world, id, [one.id for one in asked])
    for one in asked:
        ask_by_text(
            world, one, ASKED, str(id), notices.PANEL_ASK, key=f"panel:{id}:{one.id}", title=said["title"], about=ABOUT,
            coop=world.organisation.short_name, what=said["what"],
        )  # fmt: skip
    return len(asked)


def tell(world: Any, panel: Panel, said: str, key: str) -> int:
    """What was heard and done, to all who are in it, with the disclosure. How many get it; -1 when the month's SMS do not reach."""
    seated = members.by_ids(world, [id for id, state in rows.seated(world, panel.id).items() if state == "in"])
    stopped = records.stopped_among(world, [one.number for one in seated.values()], ABOUT)
    told = [one for one in seated.values() if one.number not in stopped and one.status == "active"]
    if len(told) > texts_left(world) or brakes.rests(world, "voice_sms"):
        return -1
    words = alphabet.plain(masked(said.strip()))[:WORDS_MOST]
    write_texts(world, [
        NewText(f"panel:{key}:{one.id}", one.number, "service", world.phrases.say(notices.PANEL_TOLD, one.language, words=words), one.id, ABOUT, one.hours)
        for one in told
    ])  # fmt: skip
    return len(told)


# On the phone.


def open_panel(world: Any, caller: str) -> PanelShown | PanelAsked | NoPanel:
    found = rows.seat_of(world, the_member(world, caller).id)
    if found is None:
        return NoPanel()
    panel, seat = found
    return (PanelShown if seat == "in" else PanelAsked)(RowId(panel.id), PanelTitle(panel.title), PanelWhat(panel.what))


def in_panel(world: Any, caller: str) -> bool:
    return rows.seat_of(world, the_member(world, caller).id) is not None


def join_panel(world: Any, caller: str, panel: str, joins: str) -> PanelJoined | PanelLeft | NoPanel:
    return _answer(world, the_member(world, caller), int(panel), joins == "yes")


def leave_panel(world: Any, caller: str, panel: str) -> PanelLeft | NoPanel:
    said = _answer(world, the_member(world, caller), int(panel), False)
    return PanelLeft() if isinstance(said, PanelLeft) else NoPanel()


def answer_by_text(world: Any, member: Member, ref: str, *, yes: bool) -> bool:
    """What an SMS says to it; False when it is over, or was left."""
    return not isinstance(_answer(world, member, int(ref), yes), NoPanel)


def _answer(world: Any, member: Member, id: int, joins: bool) -> PanelJoined | PanelLeft | NoPanel:
    found = rows.panel(world, id)
    if found is None or found.state != "open" or not rows.take_seat(world, id, member.id, "in" if joins else "out"):
        return NoPanel()
    return PanelJoined() if joins else PanelLeft()


def say_in_panel(world: Any, caller: str, panel: str, words: str, key: str) -> PanelHeard | PanelFull | NoPanel:
    """Good or bad: staff read it with the name, as every member of a test group knows."""
    member, found = the_member(world, caller), rows.seat_of(world, the_member(world, caller).id)
    if found is None or found[1] != "in" or str(found[0].id) != panel:
        return NoPanel()
    if rows.said_by(world, found[0].id, member.id) >= SAID_MOST:
        return PanelFull(SAID_MOST)
    rows.say(world, key, found[0].id, member.id, alphabet.plain(masked(alphabet.heard(words)))[:WORDS_MOST])
    return PanelHeard()
