"""Calls to make: members who asked to be called, the first first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, g, request, url_for

from gateway.community import callbacks, rows
from gateway.community.saved import MINUTES_MOST
from gateway.console import writing
from gateway.console.fields import whole
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Deed, Line, Table, said, show
from gateway.members import rows as members
from gateway.members.guardians import rows as rescues
from gateway.members.guardians.model import VOUCHERS
from gateway.members.guardians.verbs import stop_rescue as stop
from gateway.members.log import hidden
from gateway.records import rows as texts
from gateway.site import Site
from gateway.store import audit

CALLS = (("Since", ""), ("Member", ""), ("Phone", ""), ("About", ""), ("Call before", ""), ("No answer", "number"), ("State", ""), ("", ""))
RESCUES = (("Since", ""), ("Member", ""), ("Guardians said yes", ""), ("Until", ""), ("", ""))
UNREAD = (("Since", ""), ("Phone", ""), ("Words", "words"))
UNREAD_DAYS = 7  # how long an SMS that we broke on is shown
ABOUT = {"money": "Money", "pin": "PIN or phone", "question": "A question", "other": "Something else"}


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/calls")
    @needs("feedback:read")
    def calls() -> str:
        with world_of(site) as world:
            waiting = rows.callbacks_waiting(world)
            who = members.by_ids(world, [one.member_id for one in waiting])
            unread = _unread(world)
            asked = _rescues(world, g.signed_in.operator.may("feedback:write"))
            local, now, may = world.organisation.local, world.now(), g.signed_in.operator.may("feedback:write")
        lines = [
            Line((
                Cell(f"{local(one.made_at):%d %b %H:%M}"), Cell(who[one.member_id].name if one.member_id in who else "–"),
                Cell(one.phone if may else hidden(one.phone), kind="nowrap"), Cell(ABOUT[one.about]), Cell(f"{local(one.due_at):%d %b %H:%M}"),
                Cell(one.tries or ""), Cell("overdue" if one.due_at < now else "waiting", state=True),
            ), _deeds(one) if may else [])
            for one in waiting
        ]  # fmt: skip
        words = (
            "Members who asked to be called, the first first. Write down how long it took: it says what is still hard. Nobody of us asks a member for the PIN."
        )
        calls_to_make = Table("Calls to make", CALLS, lines, "Nobody waits to be called.")
        tables = [calls_to_make, Table("Forgotten PINs", RESCUES, asked, "Nobody asks for a new PIN."), unread]
        return show("Calls to make", words=words, tables=tables, asks=writing.asks())

    @console.post("/calls/rescues/<int:id>")
    @needs("feedback:write")
    def stop_rescue(id: int) -> Any:
        with world_of(site) as world:
            done = stop(world, id, g.signed_in.operator.login)
        return said("Stopped. The member is sent to the office." if done else "It was stopped already.", url_for("console.calls"), wrong=not done)

    @console.post("/calls/<int:id>/no-answer")
    @needs("feedback:write")
    def no_answer(id: int) -> Any:
        with world_of(site) as world:
            tries = callbacks.no_answer(world, id, g.signed_in.operator.login)
            if tries:
                audit.note(world, g.signed_in.operator.login, "called_in_vain", f"callback {id}", tries=tries)
        told = "The member is told, and stays in line." if tries < callbacks.TRIES_MOST else "That was the last time; the member is told to ask again."
        return said(told if tries else "Somebody has called already, or just now.", url_for("console.calls"), wrong=not tries)

    @console.post("/calls/<int:id>")
    @needs("feedback:write")
    def called(id: int) -> Any:
        typed = request.form.get("minutes", "").strip()
        took = whole(typed, MINUTES_MOST)
        if typed and took is None:
            return said(f"Minutes are a whole number, at most {MINUTES_MOST}. Nothing was noted.", url_for("console.calls"), wrong=True)
        with world_of(site) as world:
            done = rows.end_callback(world, id, g.signed_in.operator.login, took)
            if done:
                audit.note(world, g.signed_in.operator.login, "called", f"callback {id}")
        return said("Noted." if done else "Somebody has called already.", url_for("console.calls"), wrong=not done)


def _deeds(one: Any) -> list[Deed]:
    about = ABOUT[one.about]
    called = Deed("Called", url_for("console.called", id=one.id), about=about, number="minutes")
    return [called, Deed("No answer", url_for("console.no_answer", id=one.id), about=about)]


def _rescues(world: Any, may: bool) -> list[Line]:
    """Members who forgot their PIN and asked their guardians. Who smells a thief stops it."""
    found, local = rescues.open_rescues(world), world.organisation.local
    who = members.by_ids(world, [one.member_id for one in found])
    return [
        Line((
            Cell(f"{local(one.asked_at):%d %b %H:%M}"), Cell(who[one.member_id].name if one.member_id in who else "–"),
            Cell(_stands(world, one)), Cell(f"{local(one.ends_at):%d %b %H:%M}"),
        ), [Deed("Stop it", url_for("console.stop_rescue", id=one.member_id), about="forgotten PIN")] if may else [])
        for one in found
    ]  # fmt: skip


def _stands(world: Any, rescue: Any) -> str:
    how = f"at the office, by {rescue.opened_by}" if rescue.opened_by else f"{rescues.said_yes(world, rescue.member_id)} of {VOUCHERS}"
    return f"PIN chosen ({how})" if rescue.chosen_at else how


def _unread(world: Any) -> Table:
    """SMS on which our own software broke. Who wrote was asked to send it again."""
    local = world.organisation.local
    lines = [
        Line((Cell(f"{local(one.at):%d %b %H:%M}"), Cell(hidden(one.number), kind="nowrap"), Cell(one.words)))
        for one in texts.texts_failed(world, world.now() - dt.timedelta(days=UNREAD_DAYS))
    ]
    return Table("SMS not read", UNREAD, lines, "Every SMS was read.")
