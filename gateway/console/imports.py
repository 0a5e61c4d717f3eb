"""The provider's statement against ours: read a file, see what matched, give what is in suspense its owner."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, g, request, url_for

from gateway.console.approvals import ask, deed
from gateway.console.fields import FileField, FlaskForm, required, whole
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Line, Table, said, show
from gateway.ledger import rows as ledger_rows
from gateway.money import imports as reading
from gateway.money import rows
from gateway.money.bulk import Unreadable
from gateway.site import Site
from gateway.store import audit

SUSPENSE = (("Number", ""), ("Since", ""), ("Age", ""), ("Their reference", "ref"), ("Amount", "number"), ("From", ""), ("Note", "words"))
FILES = (("Read", ""), ("Name", ""), ("Lines", "number"), ("By", ""), ("State", ""), ("", ""))
LINES = (("Day", ""), ("Their reference", "ref"), ("Amount", "number"), ("Note", "words"), ("State", ""), ("Ours", ""))


class UploadForm(FlaskForm):  # type: ignore[misc]
    name = required("Name", 60, placeholder="Bank, November")
    file = FileField("CSV file: ref,day,amount,number,note")


class AssignForm(FlaskForm):  # type: ignore[misc]
    line = required("Number of the line in suspense", 20, inputmode="numeric")
    account = required("Account it belongs to", 40, placeholder="M12345")


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/imports")
    @needs("money:read")
    def imports() -> str:
        with world_of(site) as world:
            tables, suspense = _tables(world), ledger_rows.account(world, world.system_accounts["SUSPENSE"])
            facts = [("In suspense", world.organisation.money(suspense.balance))]
        asks = []
        if g.signed_in.operator.may("money:make"):
            words = "When a second person agrees: money with a member's number goes to the member, a reference of ours matches, the rest waits in suspense."
            asks = [
                Ask("Read a statement", UploadForm(formdata=None), url_for("console.read_statement"), "Read it", words),
                Ask("Give it its owner", AssignForm(formdata=None), url_for("console.assign"), "Ask for it"),
            ]
        return show("Provider's statement", facts=facts, tables=tables, asks=asks)

    @console.post("/imports")
    @needs("money:make")
    def read_statement() -> Any:
        form, there, maker = UploadForm(), url_for("console.imports"), g.signed_in.operator.login
        file = request.files.get("upload-file")
        if not form.validate_on_submit() or not file:
            return said("A name and a file are needed.", there, wrong=True)
        try:
            with world_of(site) as world:
                came = reading.read_statement(world, form.name.data, file.read(), maker)
                audit.note(world, maker, "statement_read", f"import {came.id}", new=came.new, known=came.known)
        except Unreadable as why:
            return said(str(why), there, wrong=True)
        return said(f"{came.new} new lines, {came.known} known before. Nothing is booked yet: look at them, then ask a second person.", there)

    @console.post("/imports/assign")
    @needs("money:make")
    def assign() -> Any:
        form, there = AssignForm(), url_for("console.imports")
        with world_of(site) as world:
            id = whole(form.line.data)
            line = rows.import_line(world, id) if id is not None else None
            if not form.validate_on_submit() or line is None or line.state != "suspense" or ledger_rows.account_with(world, form.account.data) is None:
                return said("A line that is in suspense and an account are needed.", there, wrong=True)
        return ask(site, "suspense", {"line_id": line.id, "account": form.account.data}, there)


def _tables(world: Any) -> list[Table]:
    money, local = world.organisation.money, world.organisation.local
    waiting = [
        Line((
            Cell(one.id, kind="ref"), Cell(f"{local(one.made_at):%d %b %Y}"), Cell(_age(world, one.made_at)), Cell(one.external_ref), Cell(money(one.amount)),
            Cell(one.number), Cell(one.narrative),
        ))
        for one in rows.import_lines_of(world, state="suspense")
    ]  # fmt: skip
    may = g.signed_in.operator.may("money:make")
    files = [
        Line(
            (Cell(f"{local(one.made_at):%d %b %Y %H:%M}"), Cell(one.name), Cell(one.lines), Cell(one.made_by), Cell(one.state, state=True)),
            [deed("Ask to book it", "import", one.name, import_id=one.id)] if may and one.state == "read" else [],
        )
        for one in rows.imports_of(world)
    ]
    latest = next(iter(rows.imports_of(world, 1)), None)
    lines = [
        Line((
            Cell(one.day), Cell(one.external_ref), Cell(money(one.amount)), Cell(one.narrative), Cell(one.state, state=True),
            Cell("transfer", url_for("console.transaction", id=one.transfer_id)) if one.transfer_id else Cell(""),
        ))
        for one in (rows.import_lines_of(world, import_id=latest.id) if latest else [])
    ]  # fmt: skip
    return [
        Table("In suspense", SUSPENSE, waiting, "Everything has its owner."), Table("Files", FILES, files, "No statement was read yet."),
        Table("The newest file", LINES, lines, "Nothing yet."),
    ]  # fmt: skip


def _age(world: Any, since: Any) -> str:
    days = (world.now() - since).days
    return next((name for name, most in reading.AGES if days < most), "over a week")
