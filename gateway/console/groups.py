"""Groups: who leads them, who has paid, what they were told and when they meet; and what a facilitator can put right."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from flask import Blueprint, abort, g, request, url_for
from wtforms import HiddenField
from wtforms.validators import InputRequired

from gateway.community.commons.rows import open_in
from gateway.community.groups import care_rows, caring, facts, leading, rows, turns
from gateway.community.groups.model import MEMBERS_MOST, NAME_MOST, Group
from gateway.community.groups.results import notice_words
from gateway.community.groups.verbs import balance_of, meets, open_group
from gateway.community.lending import rows as lending_rows
from gateway.console import circles, commons, group_votes, lending
from gateway.console.fields import FlaskForm, member, required, select
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Table, said, show
from gateway.members import rows as members
from gateway.members.log import hidden
from gateway.members.model import short
from gateway.money.standing import stop_orders_to
from gateway.site import Site
from gateway.store import audit
from menus.book.lessons import LESSONS

GROUPS_SHOWN = 100
NOTICES_SHOWN = 30
MEETINGS_SHOWN = 20
LIST = (
    ("Number", "ref"),
    ("Name", ""),
    ("Leader", ""),
    ("Members", "number"),
    ("Paid this period", "number"),
    ("Has", "number"),
    ("Next meeting", ""),
    ("State", ""),
)
PEOPLE = (("Member", ""), ("Phone", ""), ("Role", ""), ("Paid this period", "number"), ("Since", ""), ("", ""))
NOTICES = (("When", ""), ("By", ""), ("Words", "words"), ("Have read it", "number"))
MEETINGS = (("When", ""), ("Where", ""), ("About", ""), ("Come", "number"), ("", ""))
DECIDED = (("When", ""), ("About", ""), ("Decided", "words"))
STATES = {"member": "member", "asked": "asks to join", "invited": "invited", "left": "has left", "refused": "said no"}


class OpenForm(FlaskForm):  # type: ignore[misc]
    name = required("Name", NAME_MOST)
    period = select("They pay in", "month|every month", "week|every week")
    leader = required("Who leads it: phone or code", 20)


class InviteForm(FlaskForm):  # type: ignore[misc]
    key = HiddenField(validators=[InputRequired()])
    who = required("Member's phone or code", 20)
    role = select("As", "member", "leader")


def hang_into(console: Blueprint, site: Site) -> None:
    _hang_pages(console, site)
    _hang_opening(console, site)
    _hang_deeds(console, site)
    group_votes.hang_into(console, site)
    lending.hang_into(console, site)


def _hang_pages(console: Blueprint, site: Site) -> None:
    @console.get("/groups")
    @needs("groups:read")
    def groups() -> str:
        after = request.args.get("after", "")
        with world_of(site) as world:
            found = rows.all_groups(world, after=after, most=GROUPS_SHOWN)
            heads = rows.heads_of(world, [one.id for one in found])
            lines = [_line(world, one, heads.get(one.id, 0)) for one in found]
            travelling = commons.travelling(world)
        may = g.signed_in.operator.may("groups:write")
        asks = [
            Ask("Open a group", OpenForm(formdata=None), url_for("console.open_group_page"), "Open it", "Its leader is invited, and says yes on the phone.")
        ]
        older = url_for("console.groups", after=found[-1].number) if len(found) == GROUPS_SHOWN else None
        tables = [Table("By number", LIST, lines, "No group yet."), travelling]
        return show("Groups", words="Members start groups themselves too: 3, 98, 3.", tables=tables, asks=asks if may else [], older=older)

    @console.get("/groups/<number>")
    @needs("groups:read")
    def group(number: str) -> Any:
        with world_of(site) as world:
            found = rows.by_number(world, number)
            if found is None:
                abort(404)
            may = g.signed_in.operator.may("groups:write")
            tables = [
                _people(world, found, may),
                _meetings(world, found, may),
                _decided(world, found),
                group_votes.table_of(world, found, may),
                group_votes.whys_of(world, found, may),
                _notices(world, found),
                *(table for table in [lending.table_of(world, found, may)] if table.lines),
                *commons.tables_of(world, found, may=may),
                *circles.tables_of(world, found),
            ]
            shown = _facts(world, found)
        words = f"A member is in when the leader and the member have both said yes. At most {MEMBERS_MOST} members."
        invite = InviteForm(formdata=None, key=secrets.token_hex(8))
        asks = [Ask("Invite", invite, url_for("console.invite_page", number=number), "Invite", "Nobody is added without their own yes.")]
        return show(f"{found.name} ({number})", words=words, facts=shown, tables=tables, asks=asks if may and found.state == "open" else [])


def _hang_opening(console: Blueprint, site: Site) -> None:
    @console.post("/groups")
    @needs("groups:write")
    def open_group_page() -> Any:
        form, there = OpenForm(), url_for("console.groups")
        with world_of(site) as world:
            leader = member(world, form.leader.data)
            if not form.validate_on_submit() or leader is None:
                return said("A name of at most 16 letters and a member who leads it are needed.", there, wrong=True)
            group = open_group(world, form.name.data.strip(), period=form.period.data)
            rows.put(world, group.id, leader.id, state="invited", role="leader")
            leading.tell_invited(world, group, leader, world.organisation.short_name, f"open-{group.id}")
            audit.note(world, g.signed_in.operator.login, "group_opened", f"group {group.number}", name=group.name)
        return said(f"{group.name} is open, number {group.number}. {short(leader.name)} is asked to lead it.", url_for("console.group", number=group.number))

    @console.post("/groups/<number>/invite")
    @needs("groups:write")
    def invite_page(number: str) -> Any:
        form, there = InviteForm(), url_for("console.group", number=number)
        with world_of(site) as world:
            who, found = member(world, form.who.data), rows.by_number(world, number)
            if not form.validate_on_submit() or who is None or found is None:
                return said("A member is needed: a phone number or a member code.", there, wrong=True)
            standing = rows.membership(world, found.id, who.id)
            if standing and standing.state == "member":
                if form.role.data != "leader" or not turns.ask_by_office(world, found, who):
                    return said(f"{short(who.name)} is in it, or asked, already.", there, wrong=True)
            else:
                rows.put(world, found.id, who.id, state="invited", role=form.role.data)
                leading.tell_invited(world, found, who, world.organisation.short_name, form.key.data[:40])
            audit.note(world, g.signed_in.operator.login, "group_invited", f"group {number}", member=who.code, role=form.role.data)
        return said(f"{short(who.name)} is asked.", there)


def _hang_deeds(console: Blueprint, site: Site) -> None:
    @console.post("/groups/<number>/members/<int:id>")
    @needs("groups:write")
    def change_member_page(number: str, id: int) -> Any:
        there, what = url_for("console.group", number=number), request.form.get("what", "")
        with world_of(site) as world:
            found = rows.by_number(world, number)
            standing = rows.membership(world, found.id, id) if found else None
            if found is None or standing is None or standing.state != "member" or what not in ("leader", "member", "left"):
                return said("That has changed meanwhile.", there, wrong=True)
            who = members.by_ids(world, [id]).get(id)
            if what == "leader":
                asked = who is not None and turns.ask_by_office(world, found, who)
                audit.note(world, g.signed_in.operator.login, "leader_asked", f"group {number}", member_id=id)
                return said("They are asked, and lead when they say yes." if asked else "They are asked already.", there, wrong=not asked)
            if what == "left" and lending_rows.owes(world, found.id, id):
                return said("They owe the group: the loan is paid back first.", there, wrong=True)
            if what == "left":
                rows.put(world, found.id, id, state="left")
                stop_orders_to(world, found.account_id, "taken out of the group", id)
            else:
                rows.give_role(world, found.id, id, what)
            if who:
                leading.tell_changed(world, found, who, what)
            audit.note(world, g.signed_in.operator.login, "group_member_changed", f"group {number}", member_id=id, to=what)
        return said("Done.", there)

    @console.post("/groups/<number>/meetings/<int:id>")
    @needs("groups:write")
    def call_off(number: str, id: int) -> Any:
        with world_of(site) as world:
            done = rows.change_meeting(world, id, state="off")
            audit.note(world, g.signed_in.operator.login, "meeting_called_off", f"group {number}", meeting=id)
        return said("Called off." if done else "There is no such meeting.", url_for("console.group", number=number), wrong=not done)

    @console.post("/groups/<number>/state")
    @needs("groups:write")
    def close_group(number: str) -> Any:
        there = url_for("console.group", number=number)
        with world_of(site) as world:
            found = rows.by_number(world, number)
            if found is None:
                abort(404)
            if found.state == "open" and (balance_of(world, found).minor or open_in(world, found.id)):
                return said("The group still has money, or some is on its way. It closes when its account is empty.", there, wrong=True)
            if found.state == "open" and lending_rows.of_group(world, found.id, ("lent",), 1):
                return said("Some of the group's money is lent out. It closes when all of it is back.", there, wrong=True)
            state = "closed" if found.state == "open" else "open"
            rows.change(world, found.id, state=state)
            if state == "closed":
                stop_orders_to(world, found.account_id, "the group is closed")
            audit.note(world, g.signed_in.operator.login, f"group_{state}", f"group {number}")
        return said(f"The group is {state}.", there)


def _line(world: Any, group: Group, heads: int) -> Line:
    people = rows.in_group(world, group.id)
    known = members.by_ids(world, [one.member_id for one in people if one.role == "leader"])
    coming = rows.meetings_of(world, group.id, world.now(), 1)
    return Line((
        Cell(group.number, link=url_for("console.group", number=group.number)), Cell(group.name),
        Cell(", ".join(short(one.name) for one in known.values()) or "nobody"), Cell(heads),
        Cell(f"{len(facts.paid_in(world, group)[1])} of {heads}"), Cell(balance_of(world, group)),
        Cell(meets(world, coming[0].at, "en") if coming else "–"), Cell(group.state, state=True),
    ))  # fmt: skip


def _facts(world: Any, group: Group) -> list[tuple[str, Any]]:
    fellows, paid = facts.paid_in(world, group)
    period = "this week" if group.period == "week" else "this month"
    cared = care_rows.of_group(world, group.id, world.now() - dt.timedelta(days=caring.MONTH_DAYS))
    leaders = [one.member_id for one in rows.in_group(world, group.id) if one.role == "leader"]
    read = min(max(care_rows.lessons_read(world, leaders).values(), default=0), len(LESSONS))
    return [
        ("Has", balance_of(world, group)), ("Members", len(fellows)), (f"Paid {period}", f"{len(paid)} of {len(fellows)}"),
        ("Each is to pay in", world.organisation.money(group.due) if group.due else "what they can"),
        ("SMS left this month", leading.texts_left(world, group)), ("State", group.state), ("Account", f"G{group.number}"),
        (f"Kind words, {caring.MONTH_DAYS} days", f"{len(cared)}, {sum(one.helped is True for one in cared)} helped"),
        ("Lessons read by its leader", f"{read} of {len(LESSONS)}"), ("Names of who has paid are seen by", "all of it" if group.open_list else "its leaders"),
    ]  # fmt: skip


def _people(world: Any, group: Group, may: bool) -> Table:
    local = world.organisation.local
    _, paid = facts.sums_in(world, group)
    asked, lines = facts.cash_asked(world, group), []
    for state in ("member", "asked", "invited"):
        people = rows.in_group(world, group.id, state)
        known = members.by_ids(world, [one.member_id for one in people])
        for one in people:
            who = known.get(one.member_id)
            if who is None:
                continue
            url = url_for("console.change_member_page", number=group.number, id=who.id)
            other = "member" if one.role == "leader" else "leader"
            deeds = [
                Deed("Ask to lead" if other == "leader" else "Make member", url, {"what": other}, who.name),
                Deed("Take out", url, {"what": "left"}, who.name),
            ]
            lines.append(Line((
                Cell(who.name), Cell(hidden(who.number), kind="nowrap"), Cell(one.role if state == "member" else STATES[state], state=True),
                Cell(_paid(world, paid.get(who.id, 0), asked.get(who.id, 0))), Cell(f"{local(one.since):%d %b %Y}"),
            ), deeds if may and state == "member" else []))  # fmt: skip
    return Table("Members", PEOPLE, lines, "Nobody is in it yet.")


def _paid(world: Any, paid: int, asked: int) -> str:
    """What came in, and the cash that its payer has not agreed to yet."""
    money = world.organisation.money
    return ", ".join([str(money(paid))] * bool(paid) + [f"{money(asked)} not agreed yet"] * bool(asked)) or "–"


def _meetings(world: Any, group: Group, may: bool) -> Table:
    heads = rows.heads_of(world, [group.id]).get(group.id, 0)
    lines = []
    for one in rows.meetings_of(world, group.id, world.now() - dt.timedelta(days=1), MEETINGS_SHOWN):
        off = [Deed("Call off", url_for("console.call_off", number=group.number, id=one.id), about=one.agenda)] if may else []
        come = sum(bool(comes) for comes in rows.rsvps_of(world, one.id).values())
        lines.append(Line((Cell(meets(world, one.at, "en")), Cell(one.place), Cell(one.agenda), Cell(f"{come} of {heads}")), off))
    return Table("Meetings", MEETINGS, lines, "No meeting is set.")


def _decided(world: Any, group: Group) -> Table:
    lines = [Line((Cell(meets(world, one.at, "en")), Cell(one.agenda), Cell(one.decided))) for one in rows.decided_of(world, group.id, MEETINGS_SHOWN)]
    return Table("What meetings decided", DECIDED, lines, "Nothing yet. Leaders write it on the phone, 3, 98, 6, 98, 7, and are asked after each meeting.")


def _notices(world: Any, group: Group) -> Table:
    listed = rows.notices_of(world, group.id, NOTICES_SHOWN)
    heard, known = rows.heard_of(world, [one.id for one in listed]), members.by_ids(world, [one.member_id for one in listed])
    heads = rows.heads_of(world, [group.id]).get(group.id, 0)
    lines = [
        Line((
            Cell(f"{world.organisation.local(one.made_at):%d %b %H:%M}"), Cell(short(known[one.member_id].name) if one.member_id in known else "–"),
            Cell(notice_words(world, one.words, "en")), Cell(f"{heard.get(one.id, 0)} of {heads}"),
        ))
        for one in listed
    ]  # fmt: skip
    return Table("Notices", NOTICES, lines, "No notice yet.")
