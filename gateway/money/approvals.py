"""Two persons: what one asks for, another decides, and then it is done once. The database holds them apart too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import AlreadyReversed, Outcome, Reserved, Wish
from gateway.ledger.prices import rows as prices
from gateway.ledger.prices.model import ANY_KIND, Band, gaps
from gateway.ledger.proof.verbs import close_period
from gateway.members import rows as members
from gateway.members.guardians.verbs import open_at_office
from gateway.members.own_data.rows import request
from gateway.members.own_data.verbs import delete_traces
from gateway.money import airtime, bulk, bulk_rows, disputes, imports, produce, rewards, rows
from gateway.money.model import APPROVAL_HOURS, Approval, hash_of, quantity
from gateway.money.tables import produce_prices
from gateway.store import audit

ID_MOST = 2**63 - 1  # what a column of ids holds; what is beyond names nothing

Act = Callable[[Any, dict[str, Any], str, str], str]  # (world, payload, key, authority) -> why not, or nothing


@dataclass(frozen=True)
class Asked:
    id: int


class AlreadyWaiting: ...


@dataclass(frozen=True)
class Done:
    said: str


@dataclass(frozen=True)
class NotDone:
    """It was tried and could not be."""

    why: str


class SamePerson: ...


class NotWaiting: ...


def ask(world: Any, action: str, payload: dict[str, Any], maker: str) -> Asked | AlreadyWaiting:
    """One person's wish. The same wish twice waits once. What the other person reads of it is made from the wish itself."""
    assert action in ACTIONS, f"there is no action {action}"
    subject = describe(world, action, payload)
    expires_at = world.now() + dt.timedelta(hours=APPROVAL_HOURS)
    id = rows.add_approval(world, action=action, subject=subject, payload=payload, maker=maker, expires_at=expires_at)
    if id is None:
        return AlreadyWaiting()
    audit.note(world, maker, f"asked_{action}"[:40], f"approval {id}", subject=subject, hash=hash_of(payload))
    return Asked(id)


def decide(world: Any, id: int, checker: str, *, agree: bool) -> Done | NotDone | SamePerson | NotWaiting:
    """The other person's word. Agreeing does it, in this transaction, and only if nothing has changed since it was asked."""
    found = rows.approval(world, id, lock=True)
    if found is None or found.state != "waiting" or found.expires_at <= world.now():
        return NotWaiting()
    if found.maker == checker:
        return SamePerson()
    if not agree:
        _end(world, found, "refused", checker, "")
        return Done("refused")
    why = _do(world, found, checker)
    _end(world, found, "failed" if why else "done", checker, why)
    return NotDone(why) if why else Done("done")


def _do(world: Any, found: Approval, checker: str) -> str:
    if hash_of(found.payload) != found.payload_hash:
        return "what was asked for has been changed since"
    key, authority = f"approval-{found.id}", f"{found.maker}+{checker}"[:60]
    return str(world.tried(lambda: ACTIONS[found.action](world, found.payload, key, authority)))


def _end(world: Any, found: Approval, state: str, checker: str, said: str) -> None:
    rows.end_approval(world, found.id, state=state, checker=checker, said=said)
    audit.note(world, checker, f"{state}_{found.action}"[:40], f"approval {found.id}", subject=found.subject, said=said)


def describe(world: Any, action: str, payload: dict[str, Any]) -> str:
    """What is asked for, in a line, from the payload and the books alone: the maker's own words could say something else."""
    parts, ids = [action], {name: id for name, id in payload.items() if name.endswith("_id") and 0 < id <= ID_MOST}
    if "transfer_id" in ids and (found := ledger_rows.transfer(world, ids["transfer_id"])):
        parts.append(f"{found.ref} {world.organisation.money(found.amount)}")
    if "batch_id" in ids and (batch := bulk_rows.bulk(world, ids["batch_id"])):
        good, _ = bulk_rows.count_lines(world, batch.id).get("ready", (0, 0))
        parts.append(f"{batch.name}: {good} of {batch.lines} lines, {world.organisation.money(batch.total)}")
    if "import_id" in ids and (read := rows.import_by_id(world, ids["import_id"])):
        parts.append(f"{read.name}: {read.lines} lines")
    if "line_id" in ids and (line := rows.import_line(world, ids["line_id"])):
        parts.append(f"{line.external_ref[:30]} {world.organisation.money(line.amount)}")
    if "delivery_id" in ids and (brought := rows.delivery(world, ids["delivery_id"])):
        parts.append(f"{brought.day} {quantity(brought.thousandths, brought.unit)} {world.organisation.money(brought.amount)}")
    if "request_id" in ids and (wish := request(world, ids["request_id"])) and (member := members.by_id(world, wish.member_id)):
        parts.append(f"of {member.name}, {member.code}")
    for name, value in payload.items():
        if name in ("amount", "most", "price") and value is not None:
            parts.append(f"{name} {world.organisation.money(value)}")
        elif name == "bands":
            parts.append(f"{len(value)} lines")
        elif not name.endswith("_id"):
            parts.append(f"{name} {value}")
    return ", ".join(parts)[:120]


# What can be asked for. Each does it and says why it could not, or nothing.


def _why(outcome: Outcome) -> str:
    return "" if isinstance(outcome, Reserved) else getattr(outcome, "why", "") or type(outcome).__name__


def _reversal(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    try:
        return _why(ledger.reverse(world, asked["transfer_id"], key=key, authority=by, amount=asked.get("amount"), narrative=asked["why"][:80]))
    except AlreadyReversed:
        return "it is turned back already"


def _adjustment(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    source, destination = ledger_rows.account_with(world, asked["source"]), ledger_rows.account_with(world, asked["destination"])
    if source is None or destination is None or source.id == destination.id or source.currency != destination.currency:
        return "two accounts of one currency are needed"
    return _why(ledger.reserve(world, Wish("adjustment", source.id, destination.id, asked["amount"], "approval", key, by, narrative=asked["why"][:80])))


def _float(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    """Float for an agent, or back: against money at the bank."""
    account = ledger_rows.account_with(world, asked["account"])
    if account is None or account.currency != world.organisation.currency:
        return f"there is no account {asked['account']} in {world.organisation.currency}"
    sides = (world.system_accounts[ledger.FLOAT], account.id)
    source, destination = sides if asked["direction"] == "in" else sides[::-1]
    return _why(
        ledger.reserve(world, Wish("inttransfer", source, destination, asked["amount"], "approval", key, by, subtype="float", narrative=asked["why"][:80]))
    )


def _limit(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    if asked["scope"] == "balance" and asked["kind"] != ANY_KIND:
        return "what an account may hold at most is for every kind"
    prices.add_limit(
        world, kind=asked["kind"], currency=world.organisation.currency, scope=asked["scope"], tier=asked["tier"], most=asked["most"], times=asked["times"],
        gives_back=asked["gives_back"], valid_from=dt.datetime.fromisoformat(asked["valid_from"]),
    )  # fmt: skip
    return ""


def _tariff(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    bands = [Band(**band) for band in asked["bands"]]
    if wrong := gaps(bands):
        return "; ".join(wrong)
    prices.add_tariff(
        world, kind=asked["kind"], currency=world.organisation.currency, payer=asked["payer"], name=asked["name"][:60],
        valid_from=dt.datetime.fromisoformat(asked["valid_from"]), bands=bands,
    )  # fmt: skip
    return ""


def _status(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    account = ledger_rows.account_with(world, asked["account"])
    if account is None or account.product == "system":
        return "there is no such account of a member, group, shop or agent"
    return "" if ledger.set_status(world, account.id, asked["status"]) else "it still holds something"


def _resume(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    if ledger_rows.paused_because(world) != asked["because"]:
        return "sending rests for another reason now"
    ledger_rows.pause(world, None)
    return ""


def _period(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    return close_period(world, dt.datetime.fromisoformat(asked["ends_at"]), by)


def _bulk(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    return bulk.begin(world, asked["batch_id"])


def _airtime(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    return airtime.decide_airtime(world, asked["transfer_id"], delivered=asked["delivered"], by=by)


def _quarantine(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    return "" if ledger.release_quarantined(world, asked["transfer_id"], post=asked["post"]) else "it is not put aside any more"


def _budget(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    return _why(rewards.fund(world, asked["amount"], key=key, by=by, money=asked.get("of") == "money"))


def _suspense(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    return imports.assign(world, asked["line_id"], asked["account"], by, key)


def _import(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    return imports.book(world, asked["import_id"])


def _price(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    rows.add(
        world, produce_prices, product=asked["product"][:20], unit=asked["unit"][:8], price=asked["price"],
        valid_from=dt.datetime.fromisoformat(asked["valid_from"]),
    )  # fmt: skip
    return ""


def _dispute(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    return disputes.decide_dispute(world, asked["transfer_id"], give=asked["give"], by=by)


def _payday(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    return "" if produce.pay_day(world, asked["period"], by) else "nobody has anything due, or this period is paid"


def _delivery(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    return produce.correct_delivery(world, asked["delivery_id"], by=by, key=key)


def _pin(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    account = ledger_rows.account_with(world, asked["account"])
    whose = account.owner_id if account and account.product == "savings" else None
    return open_at_office(world, whose, by, key) if whose else "there is no such member"


def _erase(world: Any, asked: dict[str, Any], key: str, by: str) -> str:
    return delete_traces(world, asked["request_id"], by)


ACTIONS: dict[str, Act] = {
    "reversal": _reversal, "adjustment": _adjustment, "float": _float, "limit": _limit, "tariff": _tariff, "status": _status,
    "resume": _resume, "period": _period, "bulk": _bulk, "airtime": _airtime, "quarantine": _quarantine, "budget": _budget,
    "suspense": _suspense, "import": _import, "price": _price, "dispute": _dispute, "payday": _payday, "delivery": _delivery, "pin": _pin, "erase": _erase,
}  # fmt: skip
