"""The people of the tests: Wanjiru, Otieno, Achieng; Grace at the console; Mallory, who means no good."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from flask.testing import FlaskClient

from gateway.channels.africastalking.far_side import FarSide
from gateway.channels.africastalking.handset import FORM, Habits, Handset
from gateway.channels.africastalking.hearing import addresses
from gateway.community import instead_rows
from gateway.community.bargain import verbs as bargain
from gateway.community.items import verbs as items
from gateway.community.items.plan_model import Plan
from gateway.joined import join as join_app
from gateway.ledger import rows as ledger_rows
from gateway.ledger.model import Organisation
from gateway.ledger.statements.facts import trial_balance
from gateway.members import rows as members
from gateway.operators import verbs as operators
from gateway.records import rows as records
from gateway.settings import Settings
from gateway.site import Site
from gateway.store import outbox
from gateway.store.tables import new_id
from gateway.up.demo import Person, deposit, found_organisation, furnish, join
from gateway.world import SHARDS
from workers.jobs import hold
from workers.nightly import carry_hops
from workers.post import post_batch
from workers.relay import WORK

TOKEN, OLD_TOKEN = "token-of-the-tests-0123456789abcdef", "older-token-of-the-tests-0123456789"
SECRET_KEY = "the secret key of the tests, long enough"
CODE, SHORTCODE = "*384*20417#", "20417"
WANJIRU, OTIENO, ACHIENG, MALLORY = "+254711000001", "+254722000002", "+254733000003", "+254799999999"
PASSWORD, TOTP = "a long password of Grace", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
MONDAY = dt.datetime(2026, 11, 23, 6, 30, tzinfo=dt.UTC)  # 09:30 in Nairobi


def make_settings(home: Path, database_url: str, redis_url: str, at_url: str, **more: str) -> Settings:
    return Settings.from_env(
        {
            "PAMOJA_MODE": "demo", "PAMOJA_HOME": str(home), "PAMOJA_DATABASE_URL": database_url, "PAMOJA_REDIS_URL": redis_url,
            "PAMOJA_SECRET_KEY": SECRET_KEY, "PAMOJA_PIN_PEPPERS": "p1:" + "ab" * 32, "PAMOJA_WEBHOOK_TOKENS": f"{TOKEN},{OLD_TOKEN}",
            "PAMOJA_AT_USERNAME": "sandbox", "PAMOJA_AT_API_KEY": "atsk_test", "PAMOJA_AT_URL": at_url, **more,
        }
    )  # fmt: skip


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self, now: dt.datetime = MONDAY) -> None:
        self.at = now

    def __call__(self) -> dt.datetime:
        self.at += dt.timedelta(microseconds=1000)
        return self.at

    def passes(self, **span: float) -> None:
        self.at += dt.timedelta(**span)


class Village:
    """An organisation with a web service, its people's phones, and its workers, all in this process on real servers."""

    def __init__(self, settings: Settings, far_side: FarSide) -> None:
        self.settings, self.far_side, self.clock = settings, far_side, Clock()
        self.site = Site(settings, self.clock)
        self.organisation = Organisation(new_id(), "Umoja Dairy Co-operative", "Umoja", "Africa/Nairobi", "KES", 2, "en", CODE, SHORTCODE, "254", 9)
        with self.site.world(self.organisation, seconds=60) as world:
            found_organisation(world)
            operators.make_operator(world, login="grace", name="Grace Njeri", role="support", secret_key=SECRET_KEY, password=PASSWORD, totp=TOTP)
        self.app = join_app(self.site)
        self.web: FlaskClient = self.app.test_client()
        self.webhooks = {name: address.removeprefix(settings.public_url) for name, address in addresses(settings).items()}
        self.workers_run_at_once = True
        self.phones: dict[str, Handset] = {}
        self._patch_bell()

    def _patch_bell(self) -> None:
        """Where the tests have no worker process, the bell that would wake one does its work on the spot."""
        ring = self.site.bell.wake

        def wake(topics: list[str]) -> None:
            ring(topics)
            if self.workers_run_at_once and "post" in topics:
                self.post()

        self.site.bell.wake = wake  # type: ignore[method-assign]

    def world(self):
        return self.site.world(self.organisation, seconds=60)

    def has(self, name: str, number: str, shillings: float, pin: str, language: str = "en") -> None:
        """Somebody who has joined already."""
        with self.world() as world:
            join(world, Person(name, number, pin, 0, language))
            bargain.say_trust(world, number, "skip")  # asked again next quarter
            months = [f"{2026 + (10 + n) // 12}-{(10 + n) % 12 + 1:02}" for n in range(24)]
            said = {"organisation_id": world.organisation.id, "service": "", "says": "skip", "at": world.now()}
            said["member_id"] = members.by_number(world, number).id
            world.write.execute(instead_rows.instead.insert(), [{**said, "month": month} for month in months])  # nobody here is drawn
            if shillings:
                account = ledger_rows.account_of(world, members.by_number(world, number).id)
                deposit(world, account.id, round(shillings * 100), f"seed-{number}")
        self.post()
        self.forget_texts()

    def forget_texts(self) -> None:
        """Money of before the story sends no SMS in it."""
        with self.world() as world:
            world.write.execute(records.texts.delete())
            world.write.execute(outbox.outbox.delete())

    def phone(self, number: str, habits: Habits | None = None) -> Handset:
        """The phone of a number, on the wire of Africa's Talking, with the habits of its network."""
        if number not in self.phones or habits:
            self.phones[number] = Handset(number, CODE, self.send, habits or Habits())
        return self.phones[number]

    def send(self, name: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None) -> tuple[int, str]:
        answer = self.web.post(self.webhooks[name], data=urlencode(form), headers=dict(headers or {"User-Agent": "at-ussd-api/1.0", "Content-Type": FORM}))
        self.app.extensions["pamoja"]["conversation"].calls.settle()  # who looks into Redis next finds the call there
        return answer.status_code, answer.get_data(as_text=True)

    def redis_ages(self, seconds: int) -> None:
        """What Redis keeps for a while is so much older."""
        redis = self.site.redis
        for key in redis.scan_iter("pamoja:*"):
            if 0 < (left := redis.ttl(key)) <= seconds:
                redis.delete(key)
            elif left > 0:
                redis.expire(key, left - seconds)

    def post(self) -> int:
        """The worker posts what waits, in every shard."""
        return sum(len(post_batch(self.site, self.organisation.id, shard)) for shard in range(SHARDS))

    def workers_run(self) -> None:
        """Everything that is due is done: postings, messages, traces."""
        self.post()
        hold(self.site)
        for _ in range(50):
            with self.site.engine.connect().execution_options(writes=True) as connection, connection.begin():
                jobs = outbox.lease(connection, self.clock(), 100)
            if not jobs:
                break
            for job in jobs:
                WORK[job.topic](self.organisation.id, int(job.ref))
        while carry_hops(self.site):
            pass

    def sms(self, number: str) -> list[str]:
        """Every message that a phone has been sent, once the workers have run."""
        self.workers_run()
        return [one.words for one in self.far_side.messages_to(number)]

    def balance(self, number: str) -> int:
        with self.world() as world:
            return ledger_rows.account_of(world, members.by_number(world, number).id).balance

    def account_id(self, number: str) -> int:
        with self.world() as world:
            return ledger_rows.account_of(world, members.by_number(world, number).id).id

    def money_of_all(self) -> int:
        """The sum of every balance: zero, always."""
        with self.world() as world:
            return sum(line.balance for line in trial_balance(world))

    def everybody(self) -> None:
        """The usual three."""
        self.has("Wanjiru", WANJIRU, 500, "4715")
        self.has("Otieno", OTIENO, 0, "5839")
        self.has("Achieng", ACHIENG, 1_200, "6274", "sw")

    def places(self, agent: str = OTIENO) -> None:
        """A group, a shop, an agent with float, and a price for milk."""
        with self.world() as world:
            furnish(world, agent_number=agent)
        self.post()
        self.forget_texts()

    def member(self, world, number: str):
        return members.by_number(world, number)

    def close(self) -> None:
        self.site.close()


def idea(world, caller: str, words: str, kind: str = "idea"):
    made = items.make(world, caller, kind, words, f"key-{world.new_id()}")
    assert made
    return made


def a_plan(world, days: int = 30, stop: str = "", guess: str = "") -> Plan:
    """A promise for so many days from now."""
    return Plan(world.organisation.local(world.now()).date() + dt.timedelta(days=days), "Grace", "KES 4,000", stop, guess)


def crowd(world, many: int, group_id: int | None = None) -> list[str]:
    """Members with phones and nothing else: a hash of a PIN for each would take minutes."""
    numbers = []
    for n in range(many):
        number = f"+2547{len(numbers):02}{world.new_id() % 1_000_000:06}"
        id = members.add_member(world, number=number, name=f"Member {n}", language="en", code=f"{world.new_id() % 100_000_000}", pin_hash="x")
        members.change_member(world, id, made_at=world.now() - dt.timedelta(days=90))
        numbers.append(number)
    return numbers


def environ(village: Village) -> dict[str, str]:
    settings = village.settings
    return {
        **os.environ, "PYTHONPATH": str(Path(__file__).parent.parent), "PAMOJA_MODE": "demo",
        "PAMOJA_HOME": str(settings.home), "PAMOJA_DATABASE_URL": settings.database_url,
        "PAMOJA_REDIS_URL": settings.redis_url, "PAMOJA_SECRET_KEY": settings.secret_key, "PAMOJA_PIN_PEPPERS": "p1:" + "ab" * 32,
        "PAMOJA_WEBHOOK_TOKENS": ",".join(settings.webhook_tokens), "PAMOJA_AT_USERNAME": "sandbox", "PAMOJA_AT_API_KEY": "atsk_test",
        "PAMOJA_AT_URL": settings.at_url, "PAMOJA_LOG_LEVEL": "error",
    }  # fmt: skip


def a_payment(village: Village) -> None:
    """Wanjiru sends Otieno KES 200, with one wrong PIN before the right one."""
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*2*1*0722000002*200#")
    phone.types("1111")
    phone.types("4715")
    village.workers_run()
