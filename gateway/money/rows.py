"""Where approvals, airtime orders, bulk payments, standing orders, deliveries, disputes and imports are kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, insert, select, update

from gateway.ledger.tables import ends, transfers
from gateway.money.model import Approval, hash_of, written
from gateway.money.tables import (
    airtime_orders,
    airtime_points,
    airtime_reports,
    approvals,
    deliveries,
    disputes,
    import_lines,
    imports,
    produce_prices,
    shortcuts,
    standing_orders,
)
from gateway.store.tables import fixed, new_id, ours
from gateway.store.upsert import add_once


def add(world: Any, table: Any, **values: Any) -> int:
    """A row with an id of its own."""
    id = new_id()
    world.write.execute(insert(table).values(id=id, organisation_id=world.organisation.id, **values))
    return id


# Approvals.


def _approval(row: Row[Any]) -> Approval:
    values = row._asdict()
    del values["organisation_id"]
    return Approval(**{**values, "payload": json.loads(values["payload"])})


def add_approval(world: Any, *, action: str, subject: str, payload: dict[str, Any], maker: str, expires_at: dt.datetime) -> int | None:
    """None when the very same wish waits already."""
    id = new_id()
    new = add_once(
        world.write, approvals, id=id, organisation_id=world.organisation.id, action=action, subject=subject[:120], payload=written(payload),
        payload_hash=hash_of(payload), maker=maker, state="waiting", said="", made_at=world.now(), expires_at=expires_at,
    )  # fmt: skip
    return id if new else None


def approval(world: Any, id: int, *, lock: bool = False) -> Approval | None:
    query = select(approvals).where(approvals.c.id == id, ours(world, approvals))
    row = (world.write.execute(query.with_for_update()) if lock else world.read.execute(query)).one_or_none()
    return _approval(row) if row else None


def page_of_approvals(world: Any, *, state: str = "", before: int | None = None, most: int = 50) -> list[Approval]:
    query = select(approvals).where(ours(world, approvals))
    if state:
        query = query.where(approvals.c.state == state)
    if before:
        query = query.where(approvals.c.id < before)
    return [_approval(row) for row in world.read.execute(query.order_by(approvals.c.id.desc()).limit(most))]


def end_approval(world: Any, id: int, *, state: str, checker: str | None, said: str) -> None:
    query = update(approvals).where(approvals.c.id == id, approvals.c.state == "waiting", ours(world, approvals))
    world.write.execute(query.values(state=state, checker=checker, said=said[:200], decided_at=world.now()))


def expire_approvals(world: Any) -> int:
    query = update(approvals).where(approvals.c.state == "waiting", approvals.c.expires_at <= world.now(), ours(world, approvals))
    return int(world.write.execute(query.values(state="expired", decided_at=world.now())).rowcount)


# Airtime.


def add_airtime(world: Any, *, transfer_id: int, number: str, amount: int) -> bool:
    return add_once(
        world.write, airtime_orders, transfer_id=transfer_id, organisation_id=world.organisation.id, number=number, amount=amount, state="waiting",
        tries=0, said="", made_at=world.now(),
    )  # fmt: skip


def add_airtime_points(world: Any, transfer_id: int, points_id: int) -> None:
    add_once(world.write, airtime_points, transfer_id=transfer_id, organisation_id=world.organisation.id, points_id=points_id)


def points_of_airtime(world: Any, transfer_id: int) -> int | None:
    """The transfer of points that is held for an order of airtime, if it was paid so."""
    found: int | None = world.read.scalar(select(airtime_points.c.points_id).where(airtime_points.c.transfer_id == transfer_id, ours(world, airtime_points)))
    return found


def airtime(world: Any, transfer_id: int, *, lock: bool = False) -> Row[Any] | None:
    query = select(airtime_orders).where(airtime_orders.c.transfer_id == transfer_id, ours(world, airtime_orders))
    found: Row[Any] | None = (world.write.execute(query.with_for_update()) if lock else world.read.execute(query)).one_or_none()
    return found


def change_airtime(world: Any, transfer_id: int, **values: Any) -> None:
    world.write.execute(update(airtime_orders).where(airtime_orders.c.transfer_id == transfer_id, ours(world, airtime_orders)).values(**values))


def airtime_by_request(connection: Any, request_id: str) -> Row[Any] | None:
    """Whichever organisation's: the provider's ids are its own."""
    found: Row[Any] | None = connection.execute(select(airtime_orders).where(airtime_orders.c.request_id == request_id)).first()
    return found


def add_airtime_report(connection: Any, *, request_id: str, status: str, at: dt.datetime) -> None:
    add_once(connection, airtime_reports, request_id=request_id, status=status, at=at)


def airtime_reports_of(connection: Any, request_id: str) -> list[Row[Any]]:
    return list(connection.execute(select(airtime_reports).where(airtime_reports.c.request_id == request_id).order_by(airtime_reports.c.at)))


def airtime_in(world: Any, states: Sequence[str], most: int = 100) -> list[Row[Any]]:
    query = select(airtime_orders).where(airtime_orders.c.state.in_(states), ours(world, airtime_orders))
    return list(world.read.execute(query.order_by(airtime_orders.c.transfer_id.desc()).limit(most)))


# Shortcuts.


def add_shortcut(world: Any, **values: Any) -> None:
    add_once(world.write, shortcuts, id=new_id(), organisation_id=world.organisation.id, made_at=world.now(), **values)


def shortcuts_of(world: Any, member_id: int) -> list[Row[Any]]:
    """In the order in which they were kept, so that a digit never slips."""
    return list(world.read.execute(select(shortcuts).where(shortcuts.c.member_id == member_id, ours(world, shortcuts)).order_by(shortcuts.c.id)))


def shortcut(world: Any, member_id: int, id: int) -> Row[Any] | None:
    row: Row[Any] | None = world.read.execute(
        select(shortcuts).where(shortcuts.c.id == id, shortcuts.c.member_id == member_id, ours(world, shortcuts))
    ).one_or_none()
    return row


def drop_shortcut(world: Any, member_id: int, id: int) -> bool:
    query = shortcuts.delete().where(shortcuts.c.id == id, shortcuts.c.member_id == member_id, ours(world, shortcuts))
    return bool(world.write.execute(query).rowcount)


# Standing orders.


def add_standing(world: Any, **values: Any) -> bool:
    return add_once(world.write, standing_orders, id=new_id(), organisation_id=world.organisation.id, state="active", **values)


def standing_of(world: Any, member_id: int) -> list[Row[Any]]:
    query = select(standing_orders).where(standing_orders.c.member_id == member_id, standing_orders.c.state == "active", ours(world, standing_orders))
    return list(world.read.execute(query.order_by(standing_orders.c.id)))


def standing_to(world: Any, account_id: int) -> list[Row[Any]]:
    query = select(standing_orders).where(standing_orders.c.destination_id == account_id, standing_orders.c.state == "active", ours(world, standing_orders))
    return list(world.read.execute(query.order_by(standing_orders.c.id)))


def all_standing(world: Any, most: int = 200) -> list[Row[Any]]:
    return list(world.read.execute(select(standing_orders).where(ours(world, standing_orders)).order_by(standing_orders.c.id.desc()).limit(most)))


def due_standing(world: Any, most: int) -> list[Row[Any]]:
    query = select(standing_orders).where(standing_orders.c.state == "active", standing_orders.c.next_at <= world.now(), ours(world, standing_orders))
    return list(world.write.execute(query.order_by(standing_orders.c.next_at).limit(most).with_for_update(skip_locked=True)))


def change_standing(world: Any, id: int, **values: Any) -> None:
    world.write.execute(update(standing_orders).where(standing_orders.c.id == id, ours(world, standing_orders)).values(**values))


# Produce.


def price_of(world: Any, product: str) -> Row[Any] | None:
    """What a unit of this produce is bought for now."""
    query = select(produce_prices).where(produce_prices.c.product == product, produce_prices.c.valid_from <= world.now(), ours(world, produce_prices))
    found: Row[Any] | None = world.read.execute(query.order_by(produce_prices.c.valid_from.desc()).limit(1)).one_or_none()
    return found


def produce(world: Any) -> list[Row[Any]]:
    return list(
        world.read.execute(select(produce_prices).where(ours(world, produce_prices)).order_by(produce_prices.c.product, produce_prices.c.valid_from.desc()))
    )


def add_delivery(world: Any, **values: Any) -> int:
    return add(world, deliveries, state="written", made_at=world.now(), **values)


def delivery(world: Any, id: int) -> Row[Any] | None:
    found: Row[Any] | None = world.read.execute(select(deliveries).where(deliveries.c.id == id, ours(world, deliveries))).one_or_none()
    return found


def delivery_by_key(world: Any, key: str) -> Row[Any] | None:
    found: Row[Any] | None = world.write.execute(select(deliveries).where(deliveries.c.key == key, ours(world, deliveries))).one_or_none()
    return found


def brought_since(world: Any, member_ids: Sequence[int], since: str) -> list[tuple[int, str, int]]:
    """(member, unit, thousandths) of what these members brought since a day, corrected ones left out."""
    sums = func.sum(deliveries.c.thousandths)
    query = select(deliveries.c.member_id, deliveries.c.unit, sums).where(deliveries.c.member_id.in_(member_ids), deliveries.c.day >= since)
    query = query.where(deliveries.c.state != "corrected", ours(world, deliveries)).group_by(deliveries.c.member_id, deliveries.c.unit)
    return [(row[0], row[1], int(row[2])) for row in world.read.execute(query)]


def deliveries_of(world: Any, member_id: int | None = None, *, since: str = "", before: int | None = None, most: int = 50) -> list[Row[Any]]:
    query = select(deliveries).where(ours(world, deliveries))
    if member_id is not None:
        query = query.where(deliveries.c.member_id == member_id)
    if since:
        query = query.where(deliveries.c.day >= since)
    if before:
        query = query.where(deliveries.c.id < before)
    return list(world.read.execute(query.order_by(deliveries.c.id.desc()).limit(most)))


def deliveries_on(world: Any, member_id: int, day: str) -> list[Row[Any]]:
    """What a member brought on a day, the last first."""
    query = select(deliveries).where(deliveries.c.member_id == member_id, deliveries.c.day == day, ours(world, deliveries))
    return list(world.read.execute(query.order_by(deliveries.c.id.desc())))


def change_delivery(world: Any, id: int, state: str) -> None:
    world.write.execute(update(deliveries).where(deliveries.c.id == id, ours(world, deliveries)).values(state=state))


# Disputes.


def add_dispute(world: Any, **values: Any) -> bool:
    return add_once(world.write, disputes, organisation_id=world.organisation.id, state="open", made_at=world.now(), **values)


def dispute(world: Any, transfer_id: int, *, lock: bool = False) -> Row[Any] | None:
    query = select(disputes).where(disputes.c.transfer_id == transfer_id, ours(world, disputes))
    found: Row[Any] | None = (world.write.execute(query.with_for_update()) if lock else world.read.execute(query)).one_or_none()
    return found


ASKED_BACK = select(disputes).where(  # of the member who holds the money; made once: it is counted at every dial
    disputes.c.holder_id == bindparam("member_id"), disputes.c.state == fixed("open"), disputes.c.organisation_id == bindparam("here")
)


def open_disputes(world: Any, *, holder_id: int | None = None, asker_id: int | None = None, most: int = 100) -> list[Row[Any]]:
    query = select(disputes).where(disputes.c.state == "open", ours(world, disputes))
    if holder_id is not None:
        query = query.where(disputes.c.holder_id == holder_id)
    if asker_id is not None:
        query = query.where(disputes.c.asker_id == asker_id)
    return list(world.read.execute(query.order_by(disputes.c.transfer_id).limit(most)))


def page_of_disputes(world: Any, most: int = 100) -> list[Row[Any]]:
    return list(world.read.execute(select(disputes).where(ours(world, disputes)).order_by(disputes.c.transfer_id.desc()).limit(most)))


def asked_back(world: Any, asker_id: int, account_id: int) -> int:
    """What a member is asking back of what they paid into this account and is held there, in minor units."""
    joined = disputes.join(transfers, and_(transfers.c.id == disputes.c.transfer_id, transfers.c.organisation_id == disputes.c.organisation_id))
    here = (disputes.c.asker_id == asker_id) & (disputes.c.state == "open") & (transfers.c.destination_id == account_id)
    query = select(func.coalesce(func.sum(disputes.c.asked), 0)).select_from(joined)
    return int(world.read.scalar(query.where(here, ours(world, disputes))))


def end_dispute(world: Any, transfer_id: int, state: str, by: str) -> None:
    query = update(disputes).where(disputes.c.transfer_id == transfer_id, disputes.c.state == "open", ours(world, disputes))
    world.write.execute(query.values(state=state, decided_by=by, done_at=world.now()))


def disputes_unposted(world: Any) -> list[Row[Any]]:
    """Those that were to be given back, and whose hold came to nothing."""
    joined = disputes.join(ends, and_(ends.c.transfer_id == disputes.c.hold_id, ends.c.organisation_id == disputes.c.organisation_id))
    query = select(disputes).select_from(joined).where(ours(world, disputes), disputes.c.state == "given_back", ends.c.state == "rejected")
    return list(world.write.execute(query))


def change_dispute(world: Any, transfer_id: int, **values: Any) -> None:
    world.write.execute(update(disputes).where(disputes.c.transfer_id == transfer_id, ours(world, disputes)).values(**values))


def reopen_dispute(world: Any, transfer_id: int) -> None:
    """A person decides what the receiver refused."""
    query = update(disputes).where(disputes.c.transfer_id == transfer_id, disputes.c.state == "refused", ours(world, disputes))
    world.write.execute(query.values(state="open"))


# Imports of a provider's statement.


def add_import(world: Any, **values: Any) -> int | None:
    id = new_id()
    new = add_once(world.write, imports, id=id, organisation_id=world.organisation.id, made_at=world.now(), **values)
    return id if new else None


def add_import_line(world: Any, **values: Any) -> bool:
    return add_once(world.write, import_lines, id=new_id(), organisation_id=world.organisation.id, made_at=world.now(), **values)


def begin_booking(world: Any, id: int) -> bool:
    """Once: False when somebody has booked it before."""
    query = update(imports).where(imports.c.id == id, imports.c.state == "read", ours(world, imports))
    return bool(world.write.execute(query.values(state="booked")).rowcount)


def import_by_id(world: Any, id: int) -> Row[Any] | None:
    found: Row[Any] | None = world.read.execute(select(imports).where(imports.c.id == id, ours(world, imports))).one_or_none()
    return found


def matched_before(world: Any, transfer_id: int) -> bool:
    return world.write.execute(select(import_lines.c.id).where(import_lines.c.transfer_id == transfer_id, ours(world, import_lines))).first() is not None


def import_lines_unposted(world: Any) -> list[Row[Any]]:
    """Lines whose transfer came to nothing."""
    joined = import_lines.join(ends, and_(ends.c.transfer_id == import_lines.c.transfer_id, ends.c.organisation_id == import_lines.c.organisation_id))
    query = select(import_lines).select_from(joined).where(ours(world, import_lines), import_lines.c.state.in_(("credited", "assigned")))
    return list(world.write.execute(query.where(ends.c.state.in_(("rejected", "voided")))))


def import_lines_of(world: Any, *, import_id: int | None = None, state: str = "", most: int = 500) -> list[Row[Any]]:
    query = select(import_lines).where(ours(world, import_lines))
    if import_id is not None:
        query = query.where(import_lines.c.import_id == import_id)
    if state:
        query = query.where(import_lines.c.state == state)
    return list(world.read.execute(query.order_by(import_lines.c.id).limit(most)))


def import_line(world: Any, id: int) -> Row[Any] | None:
    found: Row[Any] | None = world.read.execute(select(import_lines).where(import_lines.c.id == id, ours(world, import_lines))).one_or_none()
    return found


def change_import_line(world: Any, id: int, **values: Any) -> None:
    world.write.execute(update(import_lines).where(import_lines.c.id == id, ours(world, import_lines)).values(**values))


def imports_of(world: Any, most: int = 30) -> list[Row[Any]]:
    return list(world.read.execute(select(imports).where(ours(world, imports)).order_by(imports.c.id.desc()).limit(most)))
