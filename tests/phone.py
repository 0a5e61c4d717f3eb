"""Plays talks: conversations written down the way they look. Lines with `|` are what came back, the others what people did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import select

from gateway.community import saved
from gateway.community.bargain import rows as bargain_rows
from gateway.community.bargain import verbs as bargain
from gateway.community.bargain.model import Rates
from gateway.community.groups import rows as groups
from gateway.community.items import rows as items
from gateway.community.items import states, steering
from gateway.community.polls import rows as poll_rows
from gateway.community.polls import verbs as polls
from gateway.community.polls.model import read
from gateway.community.sealed import verbs as sealed
from gateway.ledger.proof.facts import verify
from gateway.ledger.statements.facts import trial_balance
from gateway.ledger.tables import ends, transfers
from gateway.members import rows as members
from gateway.money import approvals, office, produce, rewards
from gateway.money import rows as money_rows
from menus.alphabet import screen_room, sms_parts
from menus.answers import Secret
from menus.render import PREFIX
from tests.cast import SHORTCODE, Village, crowd
from workers import nightly

NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "ten": 10, "twenty": 20, "thirty": 30, "forty": 40}
REFS = [f"QX7T2M9{letter}" for letter in "ABCDEFGHJKMNPRSTUVWXYZ"]  # references are drawn; in a talk they are called in turn
SEALED = "54321"  # the number of what is said without a name
CODES = [f"{digits}" for digits in (10013, 10021, 10034, 10046, 10057, 10062)]  # and so are member codes


class Talk:
    """One talk on one village. `line` plays a line and gives back what it showed."""

    def __init__(self, village: Village) -> None:
        self.sealed = ""
        self.village, self.people, self.read = village, {}, {}
        self.last: str = ""

    def line(self, line: str) -> Iterator[str]:
        for pattern, act in SENTENCES:
            if match := re.fullmatch(pattern, line):
                for shown in act(self, **match.groupdict()):
                    yield self.named(shown)
                return
        raise AssertionError(f"nobody understands: {line}")

    def refs(self, world) -> list[tuple[str, str]]:
        """Drawn references and their names in the story: payments in their order, then what was paid in before it."""
        ended = select(ends.c.transfer_id).where(ends.c.state == "refused")
        query = select(transfers.c.ref, transfers.c.authority).where(transfers.c.id.not_in(ended)).order_by(transfers.c.id)
        told, seeded = [], []
        for ref, authority in world.read.execute(query):
            (seeded if authority == "seed" else told).append(ref)
        return [*zip(told, REFS, strict=False), *((ref, f"SEEDED{n:02}") for n, ref in enumerate(seeded, 1))]

    def named(self, text: str) -> str:
        """Drawn references, codes and sealed numbers by their names in the story."""
        if drawn := re.match(r"(?:Kept|Imehifadhiwa): (\d{5})\.", text):
            self.sealed = drawn[1]
        if self.sealed:
            text = text.replace(self.sealed, SEALED)
        with self.village.world() as world:
            for ref, name in self.refs(world):
                text = text.replace(ref, name)
            codes = world.read.scalars(select(members.members.c.code).order_by(members.members.c.id))
            for code, name in zip(codes.all(), CODES, strict=False):
                text = text.replace(code, name)
        return text

    def meant(self, typed: str) -> str:
        """The other way round: a name of the story becomes the reference or code that was drawn."""
        typed = typed.replace(SEALED, self.sealed or SEALED)
        with self.village.world() as world:
            for ref, name in self.refs(world):
                typed = typed.replace(name, ref)
            codes = world.read.scalars(select(members.members.c.code).order_by(members.members.c.id))
            for code, name in zip(codes.all(), CODES, strict=False):
                typed = typed.replace(name, code)
        return typed

    def screen(self, text: str, name: str) -> list[str]:
        room = screen_room(PREFIX + text, 160)
        assert room.fits, f"{room.used} of {room.most}: {text}"
        self.last = name
        return text.split("\n") + ([] if self.village.phone(self.people[name]).open else ["(the call ends)"])


def _has(talk: Talk, name: str, amount: str, number: str, pin: str, language: str | None) -> list[str]:
    talk.people[name] = "+254" + number[1:]
    talk.village.has(name, talk.people[name], float(amount.replace(",", "")), pin, "sw" if language else "en")
    return []


def _is_new(talk: Talk, name: str, number: str) -> list[str]:
    talk.people[name] = "+254" + number[1:]
    return []


def _dials(talk: Talk, name: str, code: str | None) -> list[str]:
    return talk.screen(talk.village.phone(talk.people[name]).dials(talk.meant(code or "")), name)


def _types(talk: Talk, name: str, typed: str) -> list[str]:
    return talk.screen(talk.village.phone(talk.people[name]).types(talk.meant(typed)), name)


def _again(talk: Talk) -> list[str]:
    return talk.screen(talk.village.phone(talk.people[talk.last]).again(), talk.last)


def _hangs_up(talk: Talk, name: str) -> list[str]:
    talk.village.phone(talk.people[name]).hangs_up()
    return []


def _texts(talk: Talk, name: str, words: str) -> list[str]:
    talk.village.phone(talk.people[name]).texts(talk.meant(words), SHORTCODE)
    return []


def _gets(talk: Talk, name: str) -> list[str]:
    talk.village.workers_run()
    number = talk.people[name]
    messages = talk.village.far_side.messages_to(number)
    new, talk.read[number] = messages[talk.read.get(number, 0) :], len(messages)
    for one in new:
        assert sms_parts(one.words) == 1, one.words
    return [one.words for one in new] or ["(nothing)"]


def _now_has(talk: Talk, name: str) -> list[str]:
    return [str(talk.village.organisation.money(talk.village.balance(talk.people[name])))]


def _pass(talk: Talk, count: str, unit: str) -> list[str]:
    talk.village.clock.passes(**{unit + "s": NUMBERS[count]})
    if unit != "second":
        for key in talk.village.site.redis.scan_iter("pamoja:call:*"):
            talk.village.site.redis.delete(key)
    if NUMBERS[count] * {"second": 1, "minute": 60, "hour": 3600, "day": 86400}[unit] > 900:
        for key in talk.village.site.redis.scan_iter("pamoja:dropped:*"):
            talk.village.site.redis.delete(key)
    return []


def _rest(talk: Talk) -> list[str]:
    talk.village.workers_run_at_once = False
    return []


def _run(talk: Talk) -> list[str]:
    talk.village.workers_run_at_once = True
    talk.village.workers_run()
    return []


def _wiped(talk: Talk) -> list[str]:
    talk.village.site.redis.flushdb()
    return []


def _ledger(talk: Talk) -> list[str]:
    with talk.village.world() as world:
        money = talk.village.organisation.money
        used = [row for row in trial_balance(world) if row.currency == "KES" and (row.debits or row.credits)]
        lines = sorted(f"{'a member' if row.code[0] == 'M' else row.code} {money(row.balance)}" for row in used)
        faults = verify(world)
    assert not faults, faults
    return [*lines, "sum KES 0, no faults"]


def _places(talk: Talk, name: str) -> list[str]:
    talk.village.places(talk.people[name])
    return []


def _in_group(talk: Talk, name: str, way: str) -> list[str]:
    """Somebody is in the group already, or leads it."""
    with talk.village.world() as world:
        group, member = groups.by_number(world, "1001"), members.by_number(world, talk.people[name])
        groups.put(world, group.id, member.id, state="member", role="leader" if way == "leads" else "member")
    return []


def _points(talk: Talk, name: str, count: str) -> list[str]:
    """Points that were earned before the story."""
    with talk.village.world() as world:
        rewards.reward(world, members.by_number(world, talk.people[name]), int(count), "thanks", key=f"before-{name}", by="seed")
    talk.village.post()
    return []


def _asks_all(talk: Talk, kind: str, title: str, days: str) -> list[str]:
    """Grace asks all members; what she asks is written here, so that a talk can say what it is about."""
    written = {
        "poll": "When should we be paid?\n- On Friday > end\n- At month end\nWhy at month end?\n- School fees\n- To save",
        "quiz": "How long is milk boiled?\n- One minute\n- Ten minutes *\nWhich cow milks more?\n- One that drinks *\n- One that runs",
    }[kind]
    with talk.village.world() as world:
        id = polls.draft(world, kind=kind, title=title, asked=read(kind, written), days=NUMBERS[days], by="grace", key=title)
        polls.begin(world, poll_rows.poll(world, id))
    return []


def _goes_on(talk: Talk, who: str, number: str, state: str, why: str | None) -> list[str]:
    """Somebody of the staff takes an item a step on."""
    with talk.village.world() as world:
        item = items.by_number(world, number)
        states.go(world, item, state.replace(" ", "_"), who.lower(), why or "")
    return []


def _stays(talk: Talk, who: str, number: str, state: str) -> list[str]:
    """A step that is refused, and what the console says of it."""
    with talk.village.world() as world:
        try:
            states.go(world, items.by_number(world, number), state, who.lower())
        except states.CannotGo as why:
            return [str(why)]
    raise AssertionError(f"{number} has become {state}")


def _answers_waiting(talk: Talk, who: str, number: str, words: str) -> list[str]:
    with talk.village.world() as world:
        steering.answer_wishes(world, items.by_number(world, number), words, who.lower())
    return []


def _joins(talk: Talk, who: str, number: str, other: str) -> list[str]:
    with talk.village.world() as world:
        states.merge(world, items.by_number(world, number), items.by_number(world, other), who.lower())
    return []


def _milk(talk: Talk, kilos: str, name: str) -> list[str]:
    village = talk.village
    with village.world() as world:
        produce.write_delivery(
            world, member=members.by_number(world, talk.people[name]), product="milk", thousandths=round(float(kilos) * 1000), clerk="Mutua",
            centre="Kiboko", key=f"talk-{world.new_id()}", day=world.organisation.local(world.now()).date(),
        )  # fmt: skip
    return []


def _agreed(talk: Talk, action: str, name: str) -> list[str]:
    """Amina asks for it, Joseph agrees."""
    payloads = {"payday": {"period": name}, "the dispute": {"give": True}}
    with talk.village.world() as world:
        payload = dict(payloads[action])
        if action == "the dispute":
            payload["transfer_id"] = money_rows.page_of_disputes(world)[0].transfer_id
        asked = approvals.ask(world, action.removeprefix("the "), payload, "amina")
        assert isinstance(asked, approvals.Asked)
        assert isinstance(approvals.decide(world, asked.id, "joseph", agree=True), approvals.Done)
    return []


def _airtime(talk: Talk, status: str) -> list[str]:
    talk.village.workers_run()
    with talk.village.world() as world:
        order = money_rows.airtime_in(world, ("sent",))[0]
    talk.village.send("airtime", {"requestId": order.request_id, "status": "Success" if status == "arrives" else "Failed", "phoneNumber": order.number})
    return []


def _clock(talk: Talk) -> list[str]:
    for chore in (
        nightly.run_standing,
        nightly.end_holds,
        nightly.go_on_with_bulk,
        nightly.remind_meetings,
        nightly.close_votes,
        nightly.look_after_commons,
        nightly.ask_about_promises,
        nightly.write_digest,
        nightly.look_after_needs,
    ):
        chore(talk.village.site)
    return []


def _cash(talk: Talk, name: str, amount: str) -> list[str]:
    with talk.village.world() as world:
        office.ask_cash_out(world, members.by_number(world, talk.people[name]), round(float(amount) * 100), key=str(world.new_id()))
    return []


def _counts_fair_share(talk: Talk, hour: str, staff_hour: str) -> list[str]:
    """What things are worth here; every service takes an hour at the counter, and ten minutes of staff."""
    talk.village.workers_run()
    with talk.village.world() as world:
        bargain_rows.put_rates(world, Rates(int(hour) * 100, int(staff_hour) * 100), "grace")
        for service in saved.SERVICES:
            saved.write_counter(world, service, 60, 10, "grace")
    with talk.village.world() as world:
        bargain.count_months(world)
    return []


def _hands_over(talk: Talk, work: str, hands: str) -> list[str]:
    """Staff hand a piece of work over, or read why they may not."""
    with talk.village.world() as world:
        bargain.write_process(world, work)
        one = next(one for one in bargain_rows.processes_here(world) if one.name == work)
        try:
            bargain.hand_over(world, one, hands, why="they asked for it", by="grace")
        except bargain.NotHandedOver as why:
            return [str(why)]
    return []


def _others_trust(talk: Talk, yes: str, no: str) -> list[str]:
    with talk.village.world() as world:
        for n, number in enumerate(crowd(world, NUMBERS[yes] + NUMBERS[no])):
            bargain.say_trust(world, number, "yes" if n < NUMBERS[yes] else "no")
    return []


def _keys_held(talk: Talk) -> list[str]:
    with talk.village.world() as world:
        for login in ("mary", "peter"):
            sealed.take_key(world, login, f"a long winter in Limuru, says {login}")
    return []


def _others_write(talk: Talk) -> list[str]:
    """Two others write without a name too, and all are mixed."""
    with talk.village.world() as world:
        for n, number in enumerate(crowd(world, 2)):
            sealed.seal_words(world, number, Secret(f"something else {n}"), f"other-{n}")
    talk.village.clock.passes(hours=1)
    nightly.mix_sealed(talk.village.site)
    return []


def _answers_sealed(talk: Talk, words: str) -> list[str]:
    """Grace reads it and says what becomes of it, to whoever has the number."""
    with talk.village.world() as world:
        item = items.by_number(world, talk.sealed)
        states.go(world, item, "looked_at", "grace", words, tell=False)
    return []


Act = Callable[..., list[str]]
SENTENCES: list[tuple[str, Act]] = [
    (r"(?P<name>\w+) has KES (?P<amount>[\d,.]+) on (?P<number>\d{10}) and PIN (?P<pin>\d{4})(?P<language> in Kiswahili)?", _has),
    (r"(?P<name>\w+) is new on (?P<number>\d{10})", _is_new),
    (r"(?P<name>\w+) dials(?: (?P<code>\*\S+))?", _dials),
    (r"(?P<name>\w+) types (?P<typed>.+)", _types),
    (r"the network sends that again", _again),
    (r"(?P<name>\w+) hangs up", _hangs_up),
    (r"(?P<name>\w+) texts (?P<words>.+)", _texts),
    (r"(?P<name>\w+) gets SMS", _gets),
    (r"(?P<name>\w+) now has", _now_has),
    (r"(?P<count>\w+) (?P<unit>second|minute|hour|day)s? pass(?:es)?", _pass),
    (r"there are a group 1001, a shop 5501 and (?P<name>\w+) as agent 2001", _places),
    (r"(?P<name>\w+) (?P<way>leads|is in) group 1001", _in_group),
    (r"(?P<name>\w+) has earned (?P<count>\d+) points", _points),
    (r'(?P<who>Grace) takes (?P<number>\d+) to (?P<state>[a-z ]+)(?:: "(?P<why>.*)")?', _goes_on),
    (r'Grace asks all in a (?P<kind>poll|quiz) "(?P<title>.+)" for (?P<days>\w+) days', _asks_all),
    (r"(?P<who>Grace) cannot take (?P<number>\d+) to (?P<state>[a-z]+)", _stays),
    (r'(?P<who>Grace) answers who waits about (?P<number>\d+): "(?P<words>.*)"', _answers_waiting),
    (r"(?P<who>Grace) joins (?P<number>\d+) to (?P<other>\d+)", _joins),
    (r"the clerk writes (?P<kilos>[\d.]+) kg of milk for (?P<name>\w+)", _milk),
    (r"the clerk asks (?P<name>\w+) to agree to KES (?P<amount>[\d.]+) in cash", _cash),
    (r"Grace counts the month: an hour of a member is worth (?P<hour>\d+), one of staff (?P<staff_hour>\d+)", _counts_fair_share),
    (r'Grace hands over "(?P<work>.+)" to (?P<hands>\w+)', _hands_over),
    (r"two of the board hold the keys", _keys_held),
    (r"two others write without a name", _others_write),
    (r'Grace answers the sealed words: "(?P<words>.*)"', _answers_sealed),
    (r"of others (?P<yes>\w+) trust us and (?P<no>\w+) do not", _others_trust),
    (r"two persons agree to (?P<action>payday|the dispute) (?P<name>\S+)", _agreed),
    (r"the airtime (?P<status>arrives|fails)", _airtime),
    (r"the clock strikes", _clock),
    (r"the workers rest", _rest),
    (r"the workers run", _run),
    (r"Redis is wiped", _wiped),
    (r"the ledger shows", _ledger),
]


def play(file: Path, village: Village) -> tuple[str, str]:
    """Play a talk. Returns it as written, and as it went."""
    written = file.read_text()
    talk, went = Talk(village), []
    for line in written.splitlines():
        if line.startswith("  |"):
            continue
        went.append(line)
        if line.strip() and not line.startswith("#"):
            try:
                went += [f"  | {shown}".rstrip() for shown in talk.line(line)]
            except BaseException as error:
                error.add_note("The talk so far:\n" + "\n".join(went))
                raise
    return written, "\n".join(went) + "\n"
