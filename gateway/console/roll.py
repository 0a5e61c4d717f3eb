"""The roll: under which numbers the organisation knows its members already; who has come with which, and who is a guest."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for

from gateway.community.items.verbs import recount_of
from gateway.console.fields import FileField, FlaskForm, member, required
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Table, said, show
from gateway.members import roll as verbs
from gateway.members import roll_rows as rows
from gateway.members import rows as members
from gateway.members.log import hidden
from gateway.members.model import OnList, short
from gateway.site import Site
from gateway.store import audit

PAGE = 50
AT_ONCE = 500  # lines of a file that are kept together
ROLL = (("Number", "ref"), ("Name", ""), ("Phone", ""), ("Came as", ""), ("", ""))
WORDS = (
    "Who joins by phone is asked for this number, unless the phone is on the roll. Where a line has a phone it must be the caller's, where it has a name "
    "it must be theirs; a number is given once. Without a number one is a guest: asks, reads and says, and votes beside the members. While the roll is "
    "empty everybody is a member."
)
FILE = "One line each: number,name,phone; name and phone may be empty. Lines that are there get the new name and phone; nobody is taken off by it."
GIVE = "At the desk, with the card in your hand. A number that is not on the roll yet is written down with it."


class UploadForm(FlaskForm):  # type: ignore[misc]
    file = FileField("CSV file: number,name,phone")


class GiveForm(FlaskForm):  # type: ignore[misc]
    number = required("Number on the card", 20)
    who = required("Member's phone or code", 20)


def hang_into(console: Blueprint, site: Site) -> None:
    _hang_deeds(console, site)

    @console.get("/roll")
    @needs("members:read")
    def roll() -> str:
        may, after = g.signed_in.operator.may("office:write"), request.args.get("after", "")[:20]
        with world_of(site) as world:
            some, (lines, came), guests = rows.page(world, after=after, most=PAGE), rows.heads(world), members.count_guests(world)
            table = _table(world, some, may)
        asks = [
            Ask("Read a roll", UploadForm(formdata=None), url_for("console.read_roll"), "Read it", FILE),
            Ask("Give a number", GiveForm(formdata=None), url_for("console.give_number"), "It is theirs", GIVE),
        ]
        facts = [("On the roll", f"{lines:,}"), ("Have come", f"{came:,}"), ("Guests", f"{guests:,}")]
        older = url_for("console.roll", after=some[-1].number) if len(some) == PAGE else None
        return show("Roll", words=WORDS, facts=facts, tables=[table], asks=asks if may else [], older=older)

    @console.post("/roll")
    @needs("office:write")
    def read_roll() -> Any:
        form, there, by, file = UploadForm(), url_for("console.roll"), g.signed_in.operator.login, request.files.get("upload-file")
        if not form.validate_on_submit() or not file:
            return said("A file is needed.", there, wrong=True)
        content = file.read()
        with world_of(site) as world:
            try:
                some = verbs.read_roll(content, world.place)
            except verbs.Unread as why:
                return said(f"Nothing was kept: {why}.", there, wrong=True)
        new = 0
        for start in range(0, len(some), AT_ONCE):  # each for itself, so that no caller waits for all of them; read again, it goes on
            with world_of(site) as world:
                new += verbs.put_roll(world, some[start : start + AT_ONCE])
        known = len(some) - new
        with world_of(site) as world:
            audit.note(world, by, "roll_read", "roll", new=new, known=known)
        return said(f"{new:,} lines are new, {known:,} were there.", there)


def _hang_deeds(console: Blueprint, site: Site) -> None:
    @console.post("/roll/give")
    @needs("office:write")
    def give_number() -> Any:
        form, there, by = GiveForm(), url_for("console.roll"), g.signed_in.operator.login
        with world_of(site) as world:
            who, number = member(world, form.who.data), verbs.number_in(form.number.data or "")
            if not form.validate_on_submit() or who is None or not verbs.is_number(number):
                return said("A number and a member are needed: a phone number or a member code.", there, wrong=True)
            if not verbs.give(world, number, who):
                return said("Somebody has this number, or this member has another: set that one free first.", there, wrong=True)
            recount_of(world, who.voice)
            audit.note(world, by, "number_given", f"roll {number}", member=who.code)
        return said(f"{short(who.name)} is member {number}.", there)

    @console.post("/roll/<path:number>/free")
    @needs("office:write")
    def free_number(number: str) -> Any:
        there, by = url_for("console.roll"), g.signed_in.operator.login
        with world_of(site) as world:
            had = verbs.take(world, number)
            if had is None:
                return said("Nobody has come with it.", there, wrong=True)
            recount_of(world, had.voice)
            audit.note(world, by, "number_freed", f"roll {number}", member=had.code)
        return said(f"{number} is free; {short(had.name)} is a guest now.", there)

    @console.post("/roll/<path:number>/off")
    @needs("office:write")
    def take_off_roll(number: str) -> Any:
        there, by = url_for("console.roll"), g.signed_in.operator.login
        with world_of(site) as world:
            if not rows.drop(world, number):
                return said("Somebody has come with it, or it is not on the roll.", there, wrong=True)
            audit.note(world, by, "number_off", f"roll {number}")
        return said(f"{number} is off the roll.", there)


def _table(world: Any, some: list[OnList], may: bool) -> Table:
    who, lines = members.by_ids(world, [one.member_id for one in some if one.member_id]), []
    for one in some:
        came = who.get(one.member_id or 0)
        deed = ("Set free", "console.free_number") if one.member_id else ("Take off", "console.take_off_roll")
        lines.append(Line((
            Cell(one.number), Cell(one.name), Cell(hidden(one.phone) if one.phone else "", kind="nowrap"),
            Cell(f"{short(came.name)} {came.code}" if came else "–"),
        ), [Deed(deed[0], url_for(deed[1], number=one.number), about=one.number)] if may else []))  # fmt: skip
    return Table("By number", ROLL, lines, "The roll is empty: everybody who joins is a member.")
