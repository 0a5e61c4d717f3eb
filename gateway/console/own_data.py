"""Wishes of members about what we keep of them: a copy, handed over at the office against an ID; deletion, done by two persons."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import Any

from flask import Blueprint, Response, g, url_for

from gateway.console.approvals import deed
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Deed, Line, Table, said, show
from gateway.members import looks
from gateway.members import rows as members
from gateway.members.model import Member
from gateway.members.own_data import rows, verbs
from gateway.members.own_data.model import FATES, Blank, Delete, Keep
from gateway.site import Site

WISHES = (("Asked", ""), ("Member", ""), ("Code", ""), ("Wants", ""), ("Due", ""), ("State", ""), ("", ""))
STAYS = (("Becomes", ""), ("Why", ""), ("What", "words"))
WANTS = {"copy": "A copy", "delete": "Deletion"}
WORDS = (
    "A copy is due in 7 days, deletion in 14. A copy is downloaded once, when the member stands before you with an ID; the member hears who made it. "
    "Deletion is asked for here and agreed to by a second person; what is deleted is gone."
)


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/data-requests")
    @needs("members:read")
    def data_requests() -> str:
        operator = g.signed_in.operator
        with world_of(site) as world:
            waiting = rows.waiting(world)
            who, local, now = members.by_ids(world, [one.member_id for one in waiting]), world.organisation.local, world.now()
        lines = [
            Line((
                Cell(f"{local(one.asked_at):%d %b %H:%M}"), *_whose(who.get(one.member_id)), Cell(WANTS[one.kind]),
                Cell(f"{local(one.due_at):%d %b}"), Cell("overdue" if one.due_at < now else "waiting", state=True),
            ), _deeds(one, operator))
            for one in waiting
        ]  # fmt: skip
        fates = [Line((Cell(becomes), Cell(why), Cell(what, kind="words"))) for becomes, why, what in _fates()]
        tables = [Table("Asked for", WISHES, lines, "No member asks for anything."), Table("What deletion does", STAYS, fates, "")]
        return show("Data requests", words=WORDS, tables=tables)

    @console.post("/data-requests/<int:id>/off")
    @needs("office:write")
    def call_off_data(id: int) -> Any:
        there = url_for("console.data_requests")
        with world_of(site) as world:
            done = verbs.call_off(world, id, g.signed_in.operator.login)
        return said("Called off, and the member is told." if done else "It does not wait any more.", there, wrong=not done)

    @console.post("/data-requests/<int:id>/copy")
    @needs("office:write")
    def copy_data(id: int) -> Any:
        operator, there = g.signed_in.operator, url_for("console.data_requests")
        with world_of(site) as world:
            given = verbs.give_copy(world, id, operator.login)
            if given is None:
                return said("It does not wait any more.", there, wrong=True)
            member_id, kept = given
            looks.look(world, [member_id], operator.login, operator.name, "copy", "asked")
        whole = json.dumps(kept, indent=1, default=str, ensure_ascii=False)
        return Response(whole, content_type="application/json; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="member-{id}.json"'})


def _whose(member: Member | None) -> list[Cell]:
    return [Cell(member.name if member else "has left"), Cell(member.code if member else "", kind="ref")]


def _deeds(wish: Any, operator: Any) -> list[Deed]:
    about = f"{WANTS[wish.kind].lower()} of {wish.id}"
    deeds = [Deed("Called off", url_for("console.call_off_data", id=wish.id), about=about)] if operator.may("office:write") else []
    if wish.kind == "copy" and operator.may("office:write"):
        deeds.insert(0, Deed("Make the copy", url_for("console.copy_data", id=wish.id), about=about))
    if wish.kind == "delete" and operator.may("money:make"):
        deeds.insert(0, deed("Delete", "erase", about, request_id=wish.id))
    return deeds


def _fates() -> list[tuple[str, str, str]]:
    """(what becomes of it, why, of which tables), what goes first."""
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, fate in sorted(FATES.items()):
        match fate:
            case Keep(why):
                told["Stays", why].append(name)
            case Delete():
                told["Is deleted", ""].append(name)
            case Blank():
                told["Its words go", "the place stays, for others have answered to it"].append(name)
    return [(becomes, why, ", ".join(names).replace("_", " ")) for (becomes, why), names in sorted(told.items())]
