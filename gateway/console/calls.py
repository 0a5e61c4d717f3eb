"""Calls to make: members who asked to be called, the first first."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from gateway.community import rows
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Deed, Line, Table, said, show
from gateway.members import rows as members
from gateway.site import Site
from gateway.store import audit

CALLS = (("Since", ""), ("Member", ""), ("Phone", ""), ("About", ""), ("Call before", ""), ("State", ""), ("", ""))
ABOUT = {"money": "Money", "pin": "PIN or phone", "question": "A question", "other": "Something else"}


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/calls")
    @needs("feedback:read")
    def calls() -> str:
        with world_of(site) as world:
            waiting = rows.callbacks_waiting(world)
            who = members.by_ids(world, [one.member_id for one in waiting])
            local, now, may = world.organisation.local, world.now(), g.signed_in.operator.may("feedback:write")
        lines = [
            Line((
                Cell(f"{local(one.made_at):%d %b %H:%M}"), Cell(who[one.member_id].name if one.member_id in who else "–"),
                Cell(one.phone if may else "…" + one.phone[-3:], kind="nowrap"), Cell(ABOUT[one.about]), Cell(f"{local(one.due_at):%d %b %H:%M}"),
                Cell("overdue" if one.due_at < now else "waiting", state=True),
            ), [Deed("Called", url_for("console.called", id=one.id), about=ABOUT[one.about])] if may else [])
            for one in waiting
        ]  # fmt: skip
        words = "Members who asked to be called, the first first. Nobody of us asks a member for the PIN."
        return show("Calls to make", words=words, tables=[Table("Calls to make", CALLS, lines, "Nobody waits to be called.")])

    @console.post("/calls/<int:id>")
    @needs("feedback:write")
    def called(id: int) -> Any:
        with world_of(site) as world:
            done = rows.end_callback(world, id, g.signed_in.operator.login)
            if done:
                audit.note(world, g.signed_in.operator.login, "called", f"callback {id}")
        return said("Noted." if done else "Somebody has called already.", url_for("console.calls"), wrong=not done)
