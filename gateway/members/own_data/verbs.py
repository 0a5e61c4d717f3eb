"""A member asks for a copy or for deletion; two of staff do it, and the member hears."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger.statements.facts import statement
from gateway.members import rows as members
from gateway.members.model import Day
from gateway.members.own_data import rows
from gateway.members.own_data.model import DAYS, Asked, AskedBefore, Kind, Request
from gateway.members.verbs import tell_all_sims, the_member
from gateway.store import audit
from menus.book import notices

SINCE_EVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def ask_for_copy(world: Any, caller: str) -> Asked | AskedBefore:
    return _ask(world, caller, "copy")


def ask_to_delete(world: Any, caller: str) -> Asked | AskedBefore:
    return _ask(world, caller, "delete")


def _ask(world: Any, caller: str, kind: Kind) -> Asked | AskedBefore:
    member = the_member(world, caller)
    new = rows.add(world, member.id, kind, world.now() + dt.timedelta(days=DAYS[kind]))
    due_at = next(one.due_at for one in rows.waiting(world, member.id) if one.kind == kind)
    day = Day(world.phrases.day(world.organisation.local(due_at), member.language))
    if not new:
        return AskedBefore(day)
    notice = notices.COPY_ASKED if kind == "copy" else notices.DELETE_ASKED
    tell_all_sims(world, member, notice, f"data-{kind}:{world.now().isoformat()}", coop=world.organisation.short_name, day=day)
    audit.note(world, f"member {member.code}", f"data_{kind}_asked", f"member {member.code}")
    return Asked(day)


def copy_of(world: Any, wish: Request) -> dict[str, Any]:
    """All that we keep of a member, by table; and every line of their accounts, in minor units."""
    kept: dict[str, Any] = {}
    for table, row in rows.everything_of(world, wish.member_id, _phones(wish), wish.phones_since):
        kept.setdefault(table, []).append(row)
    kept["statements"] = {
        account.code: [
            {"at": line.posted_at, "amount_minor": line.amount, "currency": account.currency, "with": line.other, "what": line.kind, "ref": line.ref}
            for line in statement(world, account, SINCE_EVER, world.now()).lines
        ]
        for account in ledger_rows.accounts_of(world, [wish.member_id])
    }
    return kept


def give_copy(world: Any, request_id: int, by: str) -> tuple[int, dict[str, Any]] | None:
    """(the member, the copy that they asked for). With it the wish is done."""
    found = rows.request(world, request_id)
    if found is None or found.kind != "copy":
        return None
    rows.end(world, found.id, "done", by)
    _note(world, by, "data_copied", found.member_id)
    return found.member_id, copy_of(world, found)


def delete_traces(world: Any, request_id: int, by: str) -> str:
    """What a member asked to have deleted goes, as far as the law lets it. Says why not, or nothing."""
    found = rows.request(world, request_id)
    if found is None or found.kind != "delete":
        return "it does not wait any more"
    cleared = rows.clear(world, found.member_id, _phones(found), found.phones_since)
    members.change_member(world, found.member_id, village="")
    rows.end(world, found.id, "done", by)
    _note(world, by, "data_deleted", found.member_id, rows=sum(cleared.values()))
    member = members.by_id(world, found.member_id)
    if member and member.status == "active":
        tell_all_sims(world, member, notices.DATA_DELETED, f"data-deleted:{found.id}", coop=world.organisation.short_name)
    return ""


def call_off(world: Any, request_id: int, by: str) -> bool:
    """The member does not want it any more, or never did. They hear so."""
    found = rows.request(world, request_id)
    if found is None:
        return False
    rows.end(world, found.id, "refused", by)
    _note(world, by, f"data_{found.kind}_called_off", found.member_id)
    member = members.by_id(world, found.member_id)
    if member and member.status == "active":
        tell_all_sims(world, member, notices.DATA_CALLED_OFF, f"data-off:{found.id}", coop=world.organisation.short_name)
    return True


def _phones(wish: Request) -> list[str]:
    return [one for one in wish.phones.split(",") if one]


def _note(world: Any, by: str, what: str, member_id: int, **more: Any) -> None:
    member = members.by_id(world, member_id)
    audit.note(world, by, what, f"member {member.code if member else member_id}", **more)
