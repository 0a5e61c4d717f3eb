"""What the village of the season does with money and by SMS: needs with their rewards set apart, and messages that come twice."""

from __future__ import annotations

import random

from sqlalchemy import select

from gateway.community.escrow_rows import adrift
from gateway.community.items import rows, states, tables
from gateway.community.needs import rows as need_rows
from gateway.community.needs import verbs as needs
from gateway.community.needs.model import DoerPaid, NeedTakenBack
from gateway.ledger import verbs as ledger
from gateway.members import rows as members
from gateway.records import rows as records
from gateway.up.demo import deposit
from menus.answers import Secret
from tests.cast import SHORTCODE, WANJIRU, Village

RICH, SHILLINGS = 24, 50_000  # members with money, and what each has in minor units
PIN = "4715"  # of them all: a hash of their own for each would take minutes


class MoneyAndTexts:
    """Mixed into the season."""

    die: random.Random
    numbers: list[str]
    made: list[str]
    village: Village

    def fill_purses(self, world) -> None:
        self.needs: list[str] = []
        self.paid: list[str] = []
        self.wrote: set[str] = set()
        self.sent: list[str] = []
        known = members.by_number(world, WANJIRU)
        for n, number in enumerate(self.numbers[:RICH]):
            member = members.by_number(world, number)
            members.change_member(world, member.id, pin_hash=known.pin_hash)
            deposit(world, ledger.open_account(world, code=f"S{n}", name=member.name, owner_id=member.id), SHILLINGS, f"season-{n}")

    def post_need(self, world):
        who, key = self.numbers[self.die.randrange(RICH)], f"n-{next(self.keys)}"
        amount = self.die.choice((2_000, 5_000, 8_000))

        def once() -> None:
            found = needs.post_need(world, who, "carry my maize to the market", amount, Secret(PIN), key)
            number = getattr(found, "number", None)
            if number and number not in self.needs:
                self.needs.append(number)

        once()
        return once

    def offer(self, world):
        if self.needs:
            needs.offer_here(world, self.numbers[self.die.randrange(RICH)], self.die.choice(self.needs[-20:]))

    def settle_need(self, world):
        """Its poster says who did it, or takes it back; twice is once."""
        if not self.needs:
            return None
        item = rows.by_number(world, self.die.choice(self.needs[-20:]))
        offered = list(world.read.scalars(select(need_rows.offers.c.member_id).where(need_rows.offers.c.item_id == item.id)))
        doer = str(self.die.choice(offered)) if offered and self.die.random() < 0.8 else ""

        def once() -> None:
            said = needs.say_who_did_it(world, item.phone, item.number, doer, Secret(PIN)) if doer else needs.take_need_back(world, item.phone, item.number)
            if isinstance(said, DoerPaid | NeedTakenBack) and item.number not in self.paid:
                self.paid.append(item.number)

        once()
        return once

    def look_after_needs(self, world) -> None:
        for item in rows.newest(world, ("need",), ("open",), 50):
            if self.die.random() < 0.3:
                states.go(world, item, "looked_at", "grace", tell=False)
        needs.look_after(world)
        states.ask_authors_again(world)
        states.close_silent(world)
        states.look_again(world)

    def text_in(self) -> None:
        """One SMS, as often as not delivered twice: a vote, a vote taken back, STOP, START, a NO to whatever was asked."""
        if not self.made:
            return
        who, number = self.die.choice(self.numbers[:400]), self.die.choice(self.made[-40:])
        with self.village.world() as world:
            merged = [one for one in rows.page(world, before=None, most=20, kinds=("idea",), states=("merged",)) if one.phone]
        words = self.die.choices((f"VOTE {number}", f"VOTE {number} NO", f"OFF {number}", "STOP", "START", "NO", "POINTS"), (8, 3, 2, 1, 1, 4, 1))[0]
        in_groups = {fellow for fellows in self.in_group.values() for fellow in fellows}  # of whom NO may be a ballot
        alone = [one.phone for one in merged if one.phone not in in_groups]
        if words == "NO" and (alone or who in in_groups):
            who = self.die.choice(alone or [number for number in self.numbers[:400] if number not in in_groups])  # an author says that they are not the same
        if words in ("STOP", "START"):
            self.stops[who].append((words.lower(), self.village.clock.at))
        self.wrote.add(who)
        phone = self.village.phone(who)
        id = phone.texts(words, SHORTCODE)
        self.sent.append(id)
        if self.die.random() < 0.4:
            phone.texts_again(words, SHORTCODE, id)


def escrow_is_what_is_open(world, season: MoneyAndTexts) -> None:
    assert adrift(world) == 0
    assert len(season.needs) > 8
    assert len(season.paid) > 2


def each_sms_in_was_heard_once(world, season: MoneyAndTexts) -> None:
    heard = list(world.read.execute(select(records.texts_in.c.provider_id, records.texts_in.c.number)))
    assert len(heard) > 100
    assert sorted(one.provider_id for one in heard) == sorted(season.sent)
    replies = list(world.read.execute(select(records.texts.c.number, records.texts.c.key).where(records.texts.c.kind == "reply")))
    replies = [one for one in replies if one.key.startswith("sms:")]  # some asked in a call for an SMS
    assert replies
    assert {one.number for one in replies} <= season.wrote  # answers go only to who wrote
    assert {one.key.removeprefix("sms:") for one in replies} <= {one.provider_id for one in heard}  # and each to something that came
    parted = select(tables.changes.c.id).where(tables.changes.c.before == "merged", tables.changes.c.by == "the author")
    assert world.read.execute(parted).first() is not None  # somebody said NO, and it stands alone again
