"""The demo co-operative: a few members with names, PINs and money, a group, an operator."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gateway.community.groups import rows as groups_rows
from gateway.community.groups import verbs as groups
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.currencies import POINTS, name_of
from gateway.ledger.model import Organisation, Reserved, Wish
from gateway.ledger.posting.verbs import post_batch
from gateway.ledger.prices import rows as price_rows
from gateway.ledger.prices.model import ANY_TIER, Band
from gateway.members import pins
from gateway.members import rows as members
from gateway.members.model import SETTLED_FROM
from gateway.members.verbs import enrol
from gateway.money import bill_rows, produce, rewards
from gateway.money import rows as money_rows
from gateway.money.bills import open_place
from gateway.money.model import Biller
from gateway.money.places import SHOP
from gateway.money.tables import produce_prices
from gateway.operators import verbs as operators
from gateway.operators.model import Role
from gateway.site import Site
from gateway.store.tables import new_id
from gateway.up.voices import speak
from menus.answers import Secret

LOGIN = "grace"
STAFF: dict[str, tuple[str, Role]] = {"grace": ("Grace Njeri", "support"), "amina": ("Amina Yusuf", "maker"), "joseph": ("Joseph Kariuki", "checker")}
AGENT = "+254744000004"  # the member who is also an agent
NOTES = "demo.json"  # the demo's own login, in its data folder
CENTS = 100
JOINED_DAYS_AGO = 30  # so that their votes count: those of a new account wait


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
        made = {
            login: operators.make_operator(world, login=login, name=name, role=role, secret_key=site.settings.secret_key).password
            for login, (name, role) in STAFF.items()
        }
        password = made[LOGIN]
        for person in PEOPLE:
            join(world, person)
        furnish(world, agent_number=AGENT)
        bill_rows.put(world, Biller(open_place(world, SHOP, 5502, "Kiboko Water", None).id, "meter number", "namba ya mita", 8, 11), "seed")
        gather(world)
        post_all(world)
    with site.world(organisation, seconds=60) as world:
        bring_milk(world)
        speak(world)
        post_all(world)
    (site.settings.home / NOTES).write_text(json.dumps({"login": LOGIN, "password": password, "others": {one: made[one] for one in made if one != LOGIN}}))
    (site.settings.home / NOTES).chmod(0o600)
    return password


def furnish(world: Any, *, agent_number: str) -> None:
    """A group, a shop, an agent with float, a price for milk, and a budget for rewards."""
    group = groups.open_group(world, "Tumaini group", number="1001", open_list=True)
    deposit(world, group.account_id, 30_000 * CENTS, "seed-group")
    ledger.open_account(world, code="T5501", name="Mama Njeri", product="till")
    agent = members.by_number(world, agent_number)
    assert agent, f"{agent_number} is no member"
    account = ledger.open_account(world, code="A2001", name=f"{agent.name} agent", product="agent", owner_id=agent.id)
    ledger.reserve(world, Wish("inttransfer", world.system_accounts[ledger.FLOAT], account, 20_000 * CENTS, "seed", "seed-agent", "seed", subtype="float"))
    rewards.fund(world, 10_000, key="seed-rewards", by="seed")
    rewards.fund(world, 2_000 * CENTS, key="seed-points-into-money", by="seed", money=True)
    money_rows.add(world, produce_prices, product="milk", unit="kg", price=45 * CENTS, valid_from=world.now() - dt.timedelta(days=1))


def gather(world: Any) -> None:
    """Achieng leads the group, the others are in it; it meets on Saturday, and there is a notice."""
    group, leader = groups_rows.by_number(world, "1001"), members.by_number(world, "+254733000003")
    assert group, "it has just been opened"
    assert leader, "she has just joined"
    for person in PEOPLE:
        member = members.by_number(world, person.number)
        assert member, f"{person.number} is no member"
        groups_rows.put(world, group.id, member.id, state="member", role="leader" if member.id == leader.id else "member")
    today = world.organisation.local(world.now())
    saturday = (today + dt.timedelta(days=(5 - today.weekday()) % 7 or 7)).replace(hour=14, minute=0, second=0, microsecond=0)
    groups_rows.add_meeting(
        world, key="seed-meeting", group_id=group.id, member_id=leader.id, at=saturday.astimezone(dt.UTC), place="Kiboko school", agenda="Loans and savings"
    )  # fmt: skip
    groups_rows.add_notice(world, key="seed-notice", group_id=group.id, member_id=leader.id, words="The vet comes to Kiboko on Friday. Bring sick calves.")


def bring_milk(world: Any) -> None:
    """What two members have brought in these days, written by the clerk."""
    today = world.organisation.local(world.now()).date()
    for number, kilos in (("+254711000001", (18_500, 21_000, 19_200)), ("+254733000003", (42_500, 40_100))):
        member = members.by_number(world, number)
        assert member, f"{number} is no member"
        for n, thousandths in enumerate(kilos):
            day = today - dt.timedelta(days=len(kilos) - n)
            produce.write_delivery(
                world, member=member, product="milk", thousandths=thousandths, clerk="Mutua", centre="Kiboko", key=f"seed-{number}-{n}", day=day
            )  # fmt: skip


def found_organisation(world: Any) -> None:
    """An organisation with its own accounts, tariff and limits."""
    one, now = world.organisation, world.now()
    for code, digits in ((one.currency, one.digits), (POINTS, 0)):
        ledger_rows.add_currency(world, code, digits, name_of(code))
    ledger_rows.add_organisation(world, world.shards)
    for currency in (one.currency, POINTS):
        ledger.open_system_accounts(world, currency)
    valid_from, scale = now - dt.timedelta(days=1), 10**one.digits
    bands = [Band((low - 1) * scale + 1, high * scale, fee * scale) for low, high, fee in TARIFF]
    price_rows.add_tariff(world, kind="transfer", currency=one.currency, payer="source", name="Sending", valid_from=valid_from, bands=bands)
    for kind, scope, most in LIMITS:
        price_rows.add_limit(
            world, kind=kind, currency=one.currency, scope=scope, tier=ANY_TIER, most=most * scale, times=None, gives_back=False, valid_from=valid_from
        )  # fmt: skip


def join(world: Any, person: Person) -> None:
    """A member as if they had joined by phone, with money paid in at the office."""
    members.add_consent(world, person.number, "demo", person.language)
    with pins.place():
        pin_hash = pins.hashed(Secret(person.pin), str(world.organisation.id), world.secrets.peppers)
    member = enrol(world, number=person.number, name=person.name, language=person.language, pin_hash=pin_hash)
    members.change_member(world, member.id, dials=SETTLED_FROM, made_at=world.now() - dt.timedelta(days=JOINED_DAYS_AGO))
    if person.shillings:
        deposit(world, ledger_rows.account_of(world, member.id).id, person.shillings * CENTS, f"seed-{person.number}")


def deposit(world: Any, account_id: int, amount: int, key: str) -> None:
    """Money paid in: from the float to the account."""
    wish = Wish("deposit", world.system_accounts[ledger.FLOAT], account_id, amount, "seed", key, "seed")
    outcome = ledger.reserve(world, wish)
    assert isinstance(outcome, Reserved), f"the float gives to everybody: {outcome}"


def post_all(world: Any) -> None:
    """Post what waits, in every shard, in this transaction."""
    for shard in range(world.shards):
        while post_batch(world, shard).settled:
            pass


def contents(site: Site) -> dict[str, Any]:
    """What the demo holds, for scripts: members with their PINs and present balances, the console's login with its code of this moment."""
    organisation = site.organisations()[0]
    notes = json.loads(Path(site.settings.home / NOTES).read_text())
    with site.world(organisation) as world:
        listed = [{"number": person.number, "name": person.name, "pin": person.pin, "balance_minor": _balance(world, person.number)} for person in PEOPLE]
        key = site.settings.secret_key
        code = operators.current_code(world, notes["login"], key)
        others = [
            {"login": login, "password": password, "role": STAFF[login][1], "code": operators.current_code(world, login, key)}
            for login, password in notes.pop("others", {}).items()
        ]
    return {
        "code": organisation.service_code,
        "shortcode": organisation.shortcode,
        "members": listed,
        "console": {"url": f"{site.settings.public_url}/console", **notes, "code": code},
        "staff": others,
        "places": {"group": "1001", "shop": "5501", "agent": "2001"},
    }


def _balance(world: Any, number: str) -> int:
    member = members.by_number(world, number)
    assert member, f"{number} is no member any more"
    return ledger_rows.account_of(world, member.id).balance
