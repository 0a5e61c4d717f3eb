"""Pay many from a file: preview line by line, ask for it, watch it go."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, g, request, url_for

from gateway.console.approvals import deed
from gateway.console.fields import FileField, FlaskForm, required
from gateway.console.guard import needs, world_of
from gateway.console.page import Ask, Cell, Deed, Line, Link, Table, said, show
from gateway.money import bulk as paying
from gateway.money import bulk_rows as rows
from gateway.site import Site
from gateway.store import audit

BATCHES = (("Made", ""), ("Name", ""), ("Lines", "number"), ("To be paid", "number"), ("By", ""), ("State", ""))
LINES = (("Line", "number"), ("To", ""), ("Name", ""), ("Amount", "number"), ("Note", "words"), ("State", ""), ("Why", "words"))


class UploadForm(FlaskForm):  # type: ignore[misc]
    name = required("Name of this payment", 60, placeholder="Bonus November")
    file = FileField("CSV file: to,amount,note")


def hang_into(console: Blueprint, site: Site) -> None:
    @console.get("/bulk")
    @needs("money:read")
    def bulk() -> str:
        with world_of(site) as world:
            money, local = world.organisation.money, world.organisation.local
            lines = [_file(one, money, local) for one in rows.bulk_batches_of(world)]
        asks = []
        if g.signed_in.operator.may("money:make"):
            words = "A phone number or a member code, an amount in whole units, a note. Nothing is paid before a second person has agreed."
            asks = [Ask("A new file", UploadForm(formdata=None), url_for("console.bulk_upload"), "Read it", words)]
        return show("Pay many", tables=[Table("Files, newest first", BATCHES, lines, "No file was paid yet.")], asks=asks)

    @console.post("/bulk")
    @needs("money:make")
    def bulk_upload() -> Any:
        form, there, maker = UploadForm(), url_for("console.bulk"), g.signed_in.operator.login
        file = request.files.get("upload-file")
        if not form.validate_on_submit() or not file:
            return said("A name and a file are needed.", there, wrong=True)
        content = file.read()
        with world_of(site) as world:
            try:
                id = paying.keep(world, form.name.data, content, paying.read_file(world, content), maker)
            except paying.Unreadable as why:
                return said(str(why), there, wrong=True)
            if id is None:
                return said("This very file was read before.", there, wrong=True)
            audit.note(world, maker, "bulk_read", f"bulk {id}", name=form.name.data)
        return said("This is how the file was understood. Look at every line, then ask for it.", url_for("console.bulk_batch", id=id))

    @console.get("/bulk/<int:id>")
    @needs("money:read")
    def bulk_batch(id: int) -> str:
        with world_of(site) as world:
            found = rows.bulk(world, id)
            if found is None:
                abort(404)
            money, counts = world.organisation.money, rows.count_lines(world, id)
            lines = [_payment(one, money) for one in rows.lines_of(world, id)]
        facts = [("State", found.state), ("To be paid", money(found.total)), ("By", found.made_by)]
        facts += [(state, f"{count} lines, {money(total)}") for state, (count, total) in sorted(counts.items())]
        tables = [Table("Every line", LINES, lines)]
        if found.state == "created" and g.signed_in.operator.may("money:make"):
            about = f"{found.name}: {found.lines} lines, {money(found.total)}"
            deeds = [deed("Ask a second person to agree", "bulk", about, batch_id=id), Deed("Throw away", url_for("console.bulk_cancel", id=id))]
            tables.insert(0, Table("Next", (("", ""), ("", "")), [Line((Cell(about),), deeds)]))
        return show(found.name, facts=facts, tables=tables, links=[Link("All files", url_for("console.bulk"))])

    @console.post("/bulk/<int:id>/cancel")
    @needs("money:make")
    def bulk_cancel(id: int) -> Any:
        with world_of(site) as world:
            done = paying.cancel(world, id)
            audit.note(world, g.signed_in.operator.login, "bulk_cancelled", f"bulk {id}", done=done)
        return said("Thrown away; nothing was paid." if done else "It is under way already.", url_for("console.bulk"), wrong=not done)


def _file(one: Any, money: Any, local: Any) -> Line:
    return Line((
        Cell(f"{local(one.made_at):%d %b %Y %H:%M}"), Cell(one.name, url_for("console.bulk_batch", id=one.id)), Cell(one.lines),
        Cell(money(one.total)), Cell(one.made_by), Cell(one.state, state=True),
    ))  # fmt: skip


def _payment(one: Any, money: Any) -> Line:
    return Line((
        Cell(one.line), Cell(one.to), Cell(one.name), Cell(money(one.amount) if one.amount else ""), Cell(one.narrative),
        Cell(one.state, state=True), Cell(one.why),
    ))  # fmt: skip
