"""What a group has lent: to whom, who said yes, what is still to come back. What nobody has agreed to yet can be ended by a person."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, url_for

from gateway.community.groups import rows as groups
from gateway.community.groups.model import Group
from gateway.community.lending import rows
from gateway.community.lending.model import LISTED, Loan
from gateway.community.lending.verbs import owed, tell_no
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Deed, Line, Table, said
from gateway.members import rows as members
from gateway.members.model import short
from gateway.site import Site
from gateway.store import audit

RUNNING, OVER = ("lent", "asked"), ("paid", "refused", "back", "ended", "failed")  # what runs comes first, and all of it is shown
LOANS_MOST = 100  # no group has more members
CALLED = {"asked": "asked", "lent": "lent", "paid": "paid back", "refused": "said no", "back": "taken back", "ended": "not agreed", "failed": "did not go out"}
LOANS = (("Asked", ""), ("Who", ""), ("Loan", "number"), ("Still owed", "number"), ("Due", ""), ("Said yes", "words"), ("State", ""), ("", ""))


def hang_into(console: Blueprint, site: Site) -> None:
    @console.post("/groups/<number>/loans/<int:id>")
    @needs("groups:write")
    def end_loan_asked(number: str, id: int) -> Any:
        with world_of(site) as world:
            group, one = groups.by_number(world, number), rows.loan(world, id, lock=True)
            borrower = members.by_id(world, one.member_id) if one else None
            done = bool(group and one and borrower and one.group_id == group.id and one.state == "asked")
            if done and group and one and borrower:
                rows.change(world, one.id, state="refused", ended_at=world.now())
                tell_no(world, group, one, borrower)
                audit.note(world, g.signed_in.operator.login, "loan_asking_ended", f"group {number}", loan=id)
        return said("Ended: it was not lent." if done else "That has changed meanwhile.", url_for("console.group", number=number), wrong=not done)


def table_of(world: Any, group: Group, may: bool) -> Table:
    some = [*rows.of_group(world, group.id, RUNNING, LOANS_MOST), *rows.of_group(world, group.id, OVER, LISTED)]
    yes = {one.id: rows.who_said_yes(world, one.id) for one in some}
    known = members.by_ids(world, {one.member_id for one in some} | {id for ids in yes.values() for id in ids})
    names = {id: short(one.name) for id, one in known.items()}
    return Table("Loans of its money", LOANS, [_line(world, group, one, names, yes[one.id], may) for one in some])


def _line(world: Any, group: Group, one: Loan, names: dict[int, Any], yes: list[int], may: bool) -> Line:
    local, money, left = world.organisation.local, world.organisation.money, owed(world, one)
    late = bool(left) and one.due_at is not None and one.due_at <= world.now()
    cells = (
        Cell(f"{local(one.asked_at):%d %b %Y}"), Cell(names.get(one.member_id, "–")), Cell(str(money(one.amount))), Cell(str(money(left)) if left else ""),
        Cell(f"{local(one.due_at):%d %b %Y}" if one.due_at else ""), Cell(", ".join(str(names.get(id, "–")) for id in yes)),
        Cell("late" if late else CALLED[one.state], state=True),
    )  # fmt: skip
    deeds = [Deed("End it", url_for("console.end_loan_asked", number=group.number, id=one.id), about=str(names.get(one.member_id, "")))]
    return Line(cells, deeds if may and one.state == "asked" else [])
