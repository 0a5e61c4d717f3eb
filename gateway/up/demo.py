"""The demo co-operative: a few members with names, PINs and money, a group, an operator."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select

from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Organisation, Reserved
from gateway.members import pins
from gateway.members import rows as members
from gateway.members.verbs import enrol
from gateway.operators import verbs as operators
from gateway.site import Site
from gateway.store.tables import new_id
from menus.answers import Secret

LOGIN = "grace"
NOTES = "demo.json"  # the demo's own login, in its data folder
CENTS = 100


@dataclass(frozen=True)
class Person:
    name: str
    number: str
    pin: str
    shillings: int
    language: str = "en"


PEOPLE = (
    Person("Wanjiru", "+254711000001", "4715", 2_500),
    Person("Otieno", "+254722000002", "5839", 800),
    Person("Achieng", "+254733000003", "6274", 12_000, "sw"),
    Person("Kamau", "+254744000004", "8361", 150, "sw"),
)
TARIFF = ((1, 100, 0), (101, 1_000, 5), (1_001, 10_000, 10), (10_001, 250_000, 25))  # shillings from, to, fee
LIMITS = (("transfer", "once", 70_000), ("transfer", "day", 140_000))


def seed(site: Site) -> str | None:
    """Make the demo once. Returns the operator's password the first time, else None."""
    if site.organisations():
        return None
    organisation = Organisation(
        new_id(), "Umoja Dairy Co-operative", "Umoja", "Africa/Nairobi", "KES", 2, "en", "*384*20417#", "20417", "254", 9
    )  # fmt: skip
    with site.world(organisation, seconds=60) as world:
        found_organisation(world)
        password = operators.make_operator(world, login=LOGIN, name="Grace Njeri", role="support", secret_key=site.settings.secret_key).password
        for person in PEOPLE:
            join(world, person)
        group = ledger.open_account(world, code="G1001", name="Tumaini group")
        deposit(world, group, 30_000 * CENTS, "seed-group")
        while ledger.post_pending(world):
            pass
        world.outbox.done("post", _posted(world))
    (site.settings.home / NOTES).write_text(json.dumps({"login": LOGIN, "password": password}))
    (site.settings.home / NOTES).chmod(0o600)
    return password


def found_organisation(world: Any) -> None:
    """An organisation with its own accounts, tariff and limits."""
    one, now = world.organisation, world.now()
    known = world.write.execute(select(ledger_rows.currencies.c.code).where(ledger_rows.currencies.c.code == one.currency)).first()
    if not known:
        world.write.execute(insert(ledger_rows.currencies).values(code=one.currency, digits=one.digits, name=one.currency))
    world.write.execute(
        insert(ledger_rows.organisations).values(
            id=one.id, name=one.name, short_name=one.short_name, timezone=one.timezone, currency=one.currency, language=one.language,
            service_code=one.service_code, shortcode=one.shortcode, calling_code=one.calling_code, national_digits=one.national_digits, made_at=now,
        )
    )  # fmt: skip
    ledger.open_account(world, code=ledger.FLOAT, name="Float at the bank", kind="asset", floor=None)
    ledger.open_account(world, code=ledger.FEES, name="Fees", kind="income", floor=None)
    tariff_id = new_id()
    valid_from = now - dt.timedelta(days=1)
    world.write.execute(insert(ledger_rows.tariffs).values(id=tariff_id, organisation_id=one.id, kind="transfer", valid_from=valid_from))
    scale = 10**one.digits
    bands = [
        {"tariff_id": tariff_id, "organisation_id": one.id, "low": (low - 1) * scale + 1, "high": high * scale, "flat": fee * scale, "rate_bp": 0}
        for low, high, fee in TARIFF
    ]
    world.write.execute(insert(ledger_rows.tariff_bands), bands)
    limits = [{"kind": kind, "scope": scope, "organisation_id": one.id, "most": most * scale} for kind, scope, most in LIMITS]
    world.write.execute(insert(ledger_rows.limits), limits)


def join(world: Any, person: Person) -> None:
    """A member as if they had joined by phone, with money paid in at the office."""
    members.add_consent(world, person.number, "demo", person.language)
    with pins.place():
        pin_hash = pins.hashed(Secret(person.pin), str(world.organisation.id), world.secrets.peppers)
    member = enrol(world, number=person.number, name=person.name, language=person.language, pin_hash=pin_hash)
    if person.shillings:
        deposit(world, ledger_rows.account_of(world, member.id).id, person.shillings * CENTS, f"seed-{person.number}")


def deposit(world: Any, account_id: int, amount: int, key: str) -> None:
    """Money paid in: from the float to the account."""
    float_id = ledger_rows.account_by_code(world, ledger.FLOAT).id
    outcome = ledger.reserve(world, kind="deposit", source_id=float_id, destination_id=account_id, amount=amount, channel="seed", key=key, authority="seed")
    assert isinstance(outcome, Reserved), f"the float gives to everybody: {outcome}"


def _posted(world: Any) -> list[str]:
    query = select(ledger_rows.transfers.c.id).where(ledger_rows.transfers.c.organisation_id == world.organisation.id)
    return [str(id) for id in world.write.scalars(query)]


def contents(site: Site) -> dict[str, Any]:
    """What the demo holds, for scripts: members with their PINs and present balances, the console's login with its code of this moment."""
    organisation = site.organisations()[0]
    notes = json.loads(Path(site.settings.home / NOTES).read_text())
    with site.world(organisation) as world:
        listed = [{"number": person.number, "name": person.name, "pin": person.pin, "balance_minor": _balance(world, person.number)} for person in PEOPLE]
        code = operators.current_code(world, notes["login"], site.settings.secret_key)
    return {
        "code": organisation.service_code,
        "shortcode": organisation.shortcode,
        "members": listed,
        "console": {"url": f"{site.settings.public_url}/console", **notes, "code": code},
    }


def _balance(world: Any, number: str) -> int:
    member = members.by_number(world, number)
    assert member, f"{number} is no member any more"
    return ledger_rows.account_of(world, member.id).balance
