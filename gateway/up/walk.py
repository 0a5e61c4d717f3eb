"""Walks through the menus as callers on bad networks do: random keys, hops that come twice, late, in another order or never, Redis wiped, a slow ledger.

After every hop there is an answer, a screen that fits, and no PIN in the call as it is kept; the same hop has the same answer, and nobody who
calls alone is told to wait. After every call there are no more payments than PINs were typed; and at the end the books balance, no PIN is in the
traces, and every caller who dials once more is answered: no call and no lock is stuck. Of the keys that a screen offers it presses first those
that it has pressed least, so it sees most of the menus before it sees much of them again.
"""

from __future__ import annotations

import random
import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from gateway.calls import HOPS
from gateway.channels.africastalking.hops import CHANNEL
from gateway.channels.africastalking.in_process import NotTaken, Webhook
from gateway.checked import make_engine
from gateway.conversation import Conversation, Heard, Said
from gateway.ledger import rows as ledger_rows
from gateway.ledger.proof.facts import verify
from gateway.observe import set_up_logs
from gateway.site import Site
from gateway.up.demo import PEOPLE, found_organisation, furnish, join, post_all
from menus.alphabet import screen_room
from menus.render import PREFIX

HOPS_MOST = 14  # hops of one call: the network hangs up after some 180 s
TYPED = (
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "00", "98", "11", "21", "1001", "5501", "2001", "0722000002", "0733000003", "200", "50", "1,000", "10.50",
    "9999999", "-1", "", "*", "#", "**", "1*1", "abc", "a bridge * over the river", "Baraka", "x" * 85, "¡¿", "\U0001f600", "1234", "99999", "٢٠٠", "%s{name}",
)  # fmt: skip
DIALLED = ("", "", "", "1", "2*1", "11", "2*1*0722000002*50", "2*3*1*20", "2*2*1001*30", "9")  # behind the code; none of them asks for a PIN
SHOWN = re.compile(r"^([0-9]{1,2}) ", re.MULTILINE)
PIN_SHARE, OWN_PIN_SHARE, OFFERED_SHARE, AGAIN_SHARE = 0.6, 0.8, 0.7, 0.6
AT_ONCE = 0.05  # how often a hop is sent twice at the same moment
OVERTAKEN = 0.03  # how often a hop arrives before the one that was sent before it
STUCK = ("failed", "one_at_a_time", "out_of_time", "redis_away", "slow_down", "diverged", "changed_hands")  # what nobody who calls alone may hear
SLOW = 0.02  # how often the ledger does not post while a caller waits


@dataclass
class Broken(Exception):
    """Something that must hold did not. `talk` is the way there."""

    what: str
    talk: list[str]


@dataclass
class Tally:
    """What a walk was made of."""

    calls: int = 0
    hops: int = 0
    ended: int = 0
    paid: int = 0
    twice: int = 0
    late: int = 0
    at_once: int = 0
    overtaken: int = 0
    wiped: int = 0
    screens: set[str] = field(default_factory=set)


class Walker:
    """Callers on one site. `seed` makes a walk that broke walk again."""

    def __init__(self, site: Site, seed: int) -> None:
        self.site, self.draw, self.tally = site, random.Random(seed), Tally()  # noqa: S311 (a way through menus, no secret)
        self.organisation = site.organisations()[0]
        self.conversation = Conversation(site, make_engine(site.settings))
        self.webhook = Webhook(site, self.conversation)
        self.numbers = [person.number for person in PEOPLE] + ["+254755000005"]
        self.pins = {person.number: person.pin for person in PEOPLE}
        self.chance = True  # whether the ledger may be slow
        self.pressed: Counter[tuple[str, str]] = Counter()  # (screen, key)
        self.seen: Counter[str] = Counter()  # screens
        self.ways: dict[str, str] = {}  # screen -> keys that lead there, to be dialled
        self._ring = site.bell.wake
        site.bell.wake = self._wake  # type: ignore[method-assign]

    def walk(self, hops: int) -> Iterator[int]:
        """So many hops; yields how many each call took."""
        while self.tally.hops < hops:
            before = self.tally.hops
            self._call()
            yield self.tally.hops - before
        self._post()
        self._holds_at_the_end()

    def _call(self) -> None:
        """One call of one caller, on the worst of networks."""
        self.tally.calls += 1
        caller, talk = self.draw.choice(self.numbers), []
        heard = Heard(CHANNEL, f"walk-{secrets.token_hex(8)}", caller, self.organisation.service_code, self._dialled())
        earlier: list[Heard] = []
        agreed = 0
        for _ in range(self.draw.randint(1, HOPS_MOST)):
            talk.append(heard.text)
            said = self._at_once(heard, talk) if self.draw.random() < AT_ONCE else self._hop(heard, talk)
            self.seen[said.label] += 1
            if not said.ends and re.fullmatch(r"[0-9*]{0,20}", heard.text) and not self._tells_a_pin(heard.text):
                self.ways.setdefault(said.label, heard.text)
            self._faults(heard, earlier, said, talk)
            if said.ends:
                self.tally.ended += 1
                break
            earlier.append(heard)
            typed = self._typed(said, caller)
            agreed += typed in self.pins.values()
            heard = heard._replace(text=f"{heard.text}*{typed}" if heard.text or len(earlier) > 1 else typed)
            if self.draw.random() < OVERTAKEN:  # this hop is under way still while the caller has typed on
                self.tally.overtaken += 1
                earlier.append(heard)
                heard = heard._replace(text=f"{heard.text}*{self.draw.choice(TYPED[:12])}")

        with self.site.world(self.organisation, seconds=60) as world:
            paid = len(ledger_rows.transfers_of_calls(world, [heard.call]))
        self.tally.paid += paid
        if paid > agreed:
            raise Broken(f"{paid} payments for {agreed} PINs", talk)

    def _dialled(self) -> str:
        """Now and then the way to a screen that was seen least, to go on from there."""
        if not self.ways or self.draw.random() >= AGAIN_SHARE:
            return self.draw.choice(DIALLED)
        screen: str = min(self.ways, key=lambda one: (self.seen[one], self.draw.random()))
        self.seen[screen] += 1  # also where this caller does not come there
        return self.ways[screen]

    def _typed(self, said: Said, caller: str) -> str:
        """Mostly what the screen offers, or a PIN where one is asked for; else whatever a thumb may find."""
        offered = SHOWN.findall(said.text)
        chance = self.draw.random()
        if "PIN" in said.text and chance < PIN_SHARE:
            return self.pins[caller] if caller in self.pins and self.draw.random() < OWN_PIN_SHARE else self.draw.choice([*self.pins.values()])
        if not offered or chance >= OFFERED_SHARE:
            return self.draw.choice(TYPED)
        key: str = min(offered, key=lambda one: (self.pressed[said.label, one], self.draw.random()))
        self.pressed[said.label, key] += 1
        return key

    def _faults(self, heard: Heard, earlier: list[Heard], said: Said, talk: list[str]) -> None:
        if self.draw.random() < 0.15:
            self.tally.twice += 1
            if self._hop(heard, talk) != said:
                raise Broken("the same hop had another answer", talk)
        if earlier and self.draw.random() < 0.05:
            self.tally.late += 1
            self._hop(self.draw.choice(earlier), talk)
        if self.draw.random() < 0.01:
            self.tally.wiped += 1
            self._forget_calls()
        if self.draw.random() < 0.5:
            self._post()

    def _at_once(self, heard: Heard, talk: list[str]) -> Said:
        """The same hop from two of the provider's machines at the same moment: one is heard, the other hears the same answer, or that one is at it."""
        self.tally.at_once += 1
        self.chance = False  # what two threads draw would be another walk each time
        with ThreadPoolExecutor(2) as pool:
            said = [*pool.map(lambda one: self._hop(one, talk, alone=False), (heard, heard))]
        self.chance = True
        heard_ones = [one for one in said if one.label != "one_at_a_time"]
        if not heard_ones or any(one != heard_ones[0] for one in heard_ones):
            raise Broken(f"the same hop at once had two answers: {[one.text for one in said]}", talk)
        return heard_ones[0]

    def _hop(self, heard: Heard, talk: list[str], *, alone: bool = True) -> Said:
        self.tally.hops += 1
        for key in self.site.redis.scan_iter("pamoja:rate:*", count=1000):  # a walker dials faster than any thumb
            self.site.redis.delete(key)
        try:
            said = self.webhook.send(heard)
        except NotTaken as why:
            raise Broken(f"the webhook said {why}", talk) from why
        self.conversation.calls.settle()
        self.tally.screens.add(said.label)
        room = screen_room(PREFIX + said.text, self.site.settings.screen_septets)
        if said.label == "failed" or (alone and said.label in STUCK):
            raise Broken(f"a turn ended with {said.label}", talk)
        if not said.text.strip() or "{" in said.text.replace("%s{name}", ""):
            raise Broken(f"a broken screen: {said.text!r}", talk)
        if not room.fits:
            raise Broken(f"a screen of {room.used} of {room.most}: {said.text!r}", talk)
        if self._tells_a_pin(self.site.redis.get(f"pamoja:call:{CHANNEL}:{heard.call}") or b""):
            raise Broken("a PIN is in the call as it is kept", talk)
        return said

    def _tells_a_pin(self, kept: bytes | str) -> bool:
        words = kept.decode() if isinstance(kept, bytes) else kept
        return any(re.search(rf"(?<![0-9A-Za-z]){pin}(?![0-9A-Za-z])", words) for pin in self.pins.values())

    def _wake(self, topics: list[str]) -> None:
        """No worker listens here: what one would do is done on the spot, but for now and then, when the ledger is slow."""
        self._ring(topics)
        if "post" in topics and (not self.chance or self.draw.random() >= SLOW):
            self._post()

    def _post(self) -> None:
        with self.site.world(self.organisation, seconds=60) as world:
            post_all(world)

    def _forget_calls(self) -> None:
        for key in self.site.redis.scan_iter("pamoja:call:*"):
            self.site.redis.delete(key)

    def _holds_at_the_end(self) -> None:
        with self.site.world(self.organisation, seconds=120) as world:
            if faults := [str(one) for one in verify(world)]:
                raise Broken(f"the books are wrong: {faults[0]}", [])
        if any(self._tells_a_pin(one) for one in self.site.redis.lrange(HOPS, 0, -1)):
            raise Broken("a PIN is in the traces", [])
        for number in self.numbers:  # nobody's last call, or its lock, keeps them out
            self._hop(Heard(CHANNEL, f"walk-{secrets.token_hex(8)}", number, self.organisation.service_code, ""), ["dials once more"])


def village(site: Site) -> None:
    """A co-operative with its people and places, to be walked through."""
    from gateway.ledger.model import Organisation
    from gateway.store.tables import new_id

    organisation = Organisation(new_id(), "Umoja Dairy Co-operative", "Umoja", "Africa/Nairobi", "KES", 2, "en", "*384*20417#", "20417", "254", 9)
    with site.world(organisation, seconds=60) as world:
        found_organisation(world)
        for person in PEOPLE:
            join(world, person)
        furnish(world, agent_number=PEOPLE[1].number)
        post_all(world)


def walk_here(folder: Path, hops: int, seed: int, begin: Callable[[Walker], None]) -> Tally:
    """A walk on a database and a Redis of its own, which are gone afterwards."""
    from gateway.settings import Settings
    from gateway.store.migrate import upgrade
    from gateway.up.embedded import EmbeddedRedis

    redis = EmbeddedRedis(folder)
    redis.start()
    try:
        token = secrets.token_hex(16)
        settings = Settings.from_env({
            "PAMOJA_MODE": "demo", "PAMOJA_HOME": str(folder), "PAMOJA_DATABASE_URL": f"sqlite:///{folder / 'walk.db'}", "PAMOJA_REDIS_URL": redis.url,
            "PAMOJA_SECRET_KEY": token, "PAMOJA_PIN_PEPPERS": f"walk:{token}", "PAMOJA_WEBHOOK_TOKENS": token, "PAMOJA_AT_USERNAME": "sandbox",
            "PAMOJA_AT_API_KEY": token, "PAMOJA_AT_URL": "http://127.0.0.1:1", "PAMOJA_LOG_LEVEL": "error",
        })  # fmt: skip
        set_up_logs("walk", "error")
        site = Site(settings)
        upgrade(site.engine)
        village(site)
        walker = Walker(site, seed)
        begin(walker)
        site.close()
        return walker.tally
    finally:
        redis.stop()
