"""What a group has in common, on its page: rules, tools and who has them, what is bought together; each can be ended by a person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, g, url_for

from gateway.community.commons import buys, outing_rows, outings, rows
from gateway.community.groups import rows as groups
from gateway.community.groups.model import Group
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Deed, Line, Table, said
from gateway.members import rows as members
from gateway.members.model import short
from gateway.site import Site
from gateway.store import audit

BUYS_SHOWN = 10
RULES = (("Rule", "words"), ("Since", ""), ("From", ""), ("Others see it", ""), ("Taken over by", "number"), ("", ""))
TRAVEL = (("Rule", "words"), ("Of", ""), ("Shown since", ""), ("Groups that have it from there", "number"), ("Which", "words"))
TRAVELS_SHOWN = 100
TOOLS = (("Tool", ""), ("Of", ""), ("Times lent", "number"), ("Came back good", "number"), ("Now with", ""), ("Until", ""), ("", ""))
OUTINGS = (("What", ""), ("Kind", ""), ("Of", ""), ("Day", ""), ("Come", "number"), ("", ""))
BUYS = (("What", ""), ("Each", "number"), ("Joined", "number"), ("Until", ""), ("State", ""), ("", ""))


def hang_into(console: Blueprint, site: Site) -> None:
    def change(number: str, what: str, id: int, act: Any) -> Any:
        """Do something to a thing of this group, and note who did."""
        with world_of(site) as world:
            group = groups.by_number(world, number)
            if group is None:
                abort(404)
            done = act(world, group)
            if done:
                audit.note(world, g.signed_in.operator.login, what, f"group {number}", id=id)
        return said("Done." if done else "That has changed meanwhile.", url_for("console.group", number=number), wrong=not done)

    @console.post("/groups/<number>/rules/<int:id>")
    @needs("groups:write")
    def take_rule_out(number: str, id: int) -> Any:
        return change(number, "group_rule_out", id, lambda world, group: rows.drop_rule(world, group.id, id))

    @console.post("/groups/<number>/tools/<int:id>")
    @needs("groups:write")
    def take_tool_off(number: str, id: int) -> Any:
        def act(world: Any, group: Group) -> bool:
            found = rows.tool(world, id)
            if found is None or found.group_id != group.id:
                return False
            rows.change_tool(world, id, gone=True)
            return True

        return change(number, "tool_off", id, act)

    @console.post("/groups/<number>/buys/<int:id>")
    @needs("groups:write")
    def stop_group_buy(number: str, id: int) -> Any:
        def act(world: Any, group: Group) -> bool:
            found = rows.buy(world, id, lock=True)
            if found is None or found.group_id != group.id or found.state != "open":
                return False
            rows.change_buy(world, id, state="back")
            return True

        return change(number, "group_buy_stopped", id, act)

    @console.post("/groups/<number>/outings/<int:id>")
    @needs("groups:write")
    def call_outing_off(number: str, id: int) -> Any:
        def act(world: Any, group: Group) -> bool:
            found = outing_rows.outing(world, id)
            return found is not None and found.group_id == group.id and outings.end(world, found)

        return change(number, "outing_called_off", id, act)


def tables_of(world: Any, group: Group, *, may: bool) -> list[Table]:
    tables = (_rules(world, group, may), _tools(world, group, may), _outings(world, group, may), _buys(world, group, may))
    return [table for table in tables if table.lines]


def _rules(world: Any, group: Group, may: bool) -> Table:
    some, lines = rows.rules_of(world, group.id), []
    origins, taken = _origins(world, some), rows.taken_over(world, [one.id for one in some])
    for one in some:
        deeds = [Deed("Take out", url_for("console.take_rule_out", number=group.number, id=one.id), about=one.words)] if may else []
        day, theirs = world.organisation.local(one.made_at), origins.get(one.from_id or 0)
        whose = Cell(theirs.name, link=url_for("console.group", number=theirs.number)) if theirs else Cell("")
        cells = (Cell(one.words), Cell(f"{day:%d %b %Y}"), whose, Cell("yes" if one.shared_at else ""), Cell(taken.get(one.id, "")))
        lines.append(Line(cells, deeds))
    return Table("Rules in their own words", RULES, lines)


def _origins(world: Any, some: Sequence[Any]) -> dict[int, Group]:
    """Rule that others were taken over from -> the group whose it is."""
    theirs = [rule for one in some if one.from_id and (rule := rows.rule(world, one.from_id))]
    return {rule.id: group for rule in theirs if (group := groups.by_id(world, rule.group_id))}


def travelling(world: Any) -> Table:
    """Rules that groups let others see, and who has them from there."""
    shown, lines = rows.shared_rules(world, 0, TRAVELS_SHOWN), []
    takers = rows.takers(world, [one.id for one, _ in shown])
    for one, taken in shown:
        if group := groups.by_id(world, one.group_id):
            names = [taker.name for id in takers.get(one.id, []) if (taker := groups.by_id(world, id))]
            day = world.organisation.local(one.shared_at)
            whose = Cell(group.name, link=url_for("console.group", number=group.number))
            lines.append(Line((Cell(one.words), whose, Cell(f"{day:%d %b %Y}"), Cell(taken), Cell(", ".join(names)))))
    return Table("Rules that go from group to group", TRAVEL, lines, "No group has voted to show a rule of its own to others: 3, 98, 5, 3.")


def _tools(world: Any, group: Group, may: bool) -> Table:
    some = rows.tools_of(world, group.id)
    running = rows.running_loans(world, [one.id for one in some])
    known = members.by_ids(world, [one.member_id for one in (*some, *running.values())])
    lines = []
    for one in some:
        (lent, good), loan, owner = rows.times_lent(world, one.id), running.get(one.id), known.get(one.member_id)
        borrower = known.get(loan.member_id) if loan and loan.state == "lent" else None
        deeds = [Deed("Take off the list", url_for("console.take_tool_off", number=group.number, id=one.id), about=one.name)] if may else []
        lines.append(Line((
            Cell(one.name), Cell(short(owner.name) if owner else "–"), Cell(lent), Cell(good), Cell(short(borrower.name) if borrower else ""),
            Cell(f"{world.organisation.local(loan.due_at):%d %b}" if borrower and loan else ""),
        ), deeds))  # fmt: skip
    return Table("Tools that go round", TOOLS, lines)


def _outings(world: Any, group: Group, may: bool) -> Table:
    some = outing_rows.coming(world, group.id, world.organisation.local(world.now()).date().isoformat())
    known, heads = members.by_ids(world, [one.member_id for one in some]), outing_rows.counts(world, [one.id for one in some])
    lines = []
    for one in some:
        owner = known.get(one.member_id)
        deeds = [Deed("Call off", url_for("console.call_outing_off", number=group.number, id=one.id), about=one.title)] if may else []
        kind, come = {"ride": "a ride", "work": "work"}[one.kind], f"{heads.get(one.id, 0)} of {one.seats}"
        cells = (one.title, kind, short(owner.name) if owner else "–", one.day, come)
        lines.append(Line(tuple(map(Cell, cells)), deeds))
    return Table("Rides and work days", OUTINGS, lines)


def _buys(world: Any, group: Group, may: bool) -> Table:
    lines = []
    for one in rows.buys_of(world, group.id, ("open", "filled", "back"), BUYS_SHOWN):
        stop = Deed("Stop, all goes back", url_for("console.stop_group_buy", number=group.number, id=one.id), about=one.title)
        shop = buys.seller(world, one)
        state = {"open": "open", "filled": f"full, {shop or 'the group'} is paid", "back": "went back"}[one.state]
        lines.append(Line((
            Cell(f"{one.title}, from {shop}" if shop else one.title), Cell(world.organisation.money(one.amount)),
            Cell(f"{len(rows.shares_of(world, one.id))} of {one.wanted}"),
            Cell(f"{world.organisation.local(one.until):%d %b}"), Cell(state, state=True),
        ), [stop] if may and one.state == "open" else []))  # fmt: skip
    return Table("Buying together", BUYS, lines)
