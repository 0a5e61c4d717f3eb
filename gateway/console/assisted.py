"""Who dials for whom: the last days, what came of it, and a button that ends it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Blueprint, g, url_for

from gateway.community.assisted import rows, verbs
from gateway.console.guard import needs, world_of
from gateway.console.page import Cell, Deed, Line, Table, said
from gateway.members import rows as members
from gateway.members.log import hidden
from gateway.members.model import short
from gateway.site import Site
from gateway.store import audit

DAYS = 7
COLUMNS = (("Since", ""), ("Dials", ""), ("For", ""), ("Prepared", "number"), ("Agreed", "number"), ("Stopped", "number"), ("", ""), ("", ""))


def hang_into(console: Blueprint, site: Site) -> None:
    @console.post("/helpers/dialing/<int:id>/end")
    @needs("feedback:write")
    def end_dialing(id: int) -> Any:
        by = g.signed_in.operator.login
        with world_of(site) as world:
            who = members.by_id(world, id)
            done = who is not None and verbs.end_for(world, who, f"staff:{world.new_id()}")
            if who and done:
                audit.note(world, by, "assist_ended", f"member {who.code}")
        return said("Ended: both are told." if done else "It had ended already.", url_for("console.helpers"), wrong=not done)


def table(world: Any, *, may: bool) -> list[Table]:
    since = world.now() - dt.timedelta(days=DAYS)
    some = rows.begun_since(world, since)
    who = members.by_ids(world, {id for one in some for id in (one.member_id, one.helper_id)})
    lines = []
    for one in some:
        made, live = rows.prepared(world, one.member_id, one.helper_id, one.began_at), one.until > world.now()
        helper, member = who.get(one.helper_id), who.get(one.member_id)
        deeds = [Deed("End it", url_for("console.end_dialing", id=one.member_id), about=short(member.name))] if live and may and member else []
        people = [Cell(f"{short(each.name)} {hidden(each.number)}" if each else "has left", kind="nowrap") for each in (helper, member)]
        counts = Cell(sum(made.values())), Cell(made.get("agreed", 0)), Cell(made.get("stopped", 0))
        began = Cell(f"{world.organisation.local(one.began_at):%d %b %H:%M}")
        lines.append(Line((began, *people, *counts, Cell("now" if live else "over", state=True)), deeds))
    return [Table(f"Who dials for whom, {DAYS} days", COLUMNS, lines)] if lines else []
