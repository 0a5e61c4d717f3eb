"""Plays talks: conversations written down the way they look. Lines with `|` are what came back, the others what people did."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import select

from gateway.ledger.proof.facts import verify
from gateway.ledger.statements.facts import trial_balance
from gateway.ledger.tables import ends, transfers
from gateway.members import rows as members
from menus.alphabet import screen_room, sms_parts
from menus.render import PREFIX
from tests import office, others
from tests.cast import SHORTCODE, Village
from tests.others import NUMBERS

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
    talk.village.has(name, talk.people[name], float(amount.replace(",", "")), pin, {"Kiswahili": "sw", "French": "fr"}.get(language or "", "en"))
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
    talk.village.redis_ages(NUMBERS[count] * {"second": 1, "minute": 60, "hour": 3600, "day": 86400}[unit])
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


Act = Callable[..., list[str]]
SENTENCES: list[tuple[str, Act]] = [
    (r"(?P<name>\w+) has KES (?P<amount>[\d,.]+) on (?P<number>\d{10}) and PIN (?P<pin>\d{4})(?: in (?P<language>Kiswahili|French))?", _has),
    (r"(?P<name>\w+) is new on (?P<number>\d{10})", _is_new),
    (r"(?P<name>\w+) dials(?: (?P<code>\*\S+))?", _dials),
    (r"(?P<name>\w+) types (?P<typed>.+)", _types),
    (r"the network sends that again", _again),
    (r"(?P<name>\w+) hangs up", _hangs_up),
    (r"(?P<name>\w+) texts (?P<words>.+)", _texts),
    (r"(?P<name>\w+) gets SMS", _gets),
    (r"(?P<name>\w+) now has", _now_has),
    (r"(?P<count>\w+) (?P<unit>second|minute|hour|day)s? pass(?:es)?", _pass),
    (r"there are a group 1001, a shop 5501 and (?P<name>\w+) as agent 2001", others.places),
    (r"Grace opens (?P<number>\d+) (?P<name>[\w ]+), paid by the meter", others.bills),
    (r"(?P<name>\w+) (?P<way>leads|is in) group 1001", others.in_group),
    (r"(?P<many>\w+) others are in group 1001 and vote", others.others_vote),
    (r"(?P<name>\w+) has earned (?P<count>\d+) points", others.points),
    (r'(?P<who>Grace) takes (?P<number>\d+) to (?P<state>[a-z ]+)(?:: "(?P<why>.*)")?', others.goes_on),
    (r'Grace asks all in a (?P<kind>poll|quiz) "(?P<title>.+)" for (?P<days>\w+) days', others.asks_all),
    (r'(?P<women>\w+) women of (?P<one>\w+) and (?P<men>\w+) men of (?P<other>\w+) answer "(?P<title>.+)"', others.answer_poll),
    (r'Grace writes that (?P<who>members|staff|both) decide "(?P<name>.+)", a no within (?P<days>\w+) days', others.decides),
    (r"(?P<who>Grace) cannot take (?P<number>\d+) to (?P<state>[a-z]+)", others.stays),
    (r'(?P<who>Grace) answers who waits about (?P<number>\d+): "(?P<words>.*)"', others.answers_waiting),
    (r"(?P<who>Grace) joins (?P<number>\d+) to (?P<other>\d+)", others.joins),
    (r"(?P<many>\w+) people say that (?P<name>\w+) helped them", others.helped),
    (r'Grace lets the powers of (?P<name>\w+) rest: "(?P<why>.*)"', others.powers_rest),
    (r'authors of "(?P<name>.+)" say that it is "(?P<called>.+)", "(?P<swahili>.+)", and all are told "(?P<sms>.+)"', others.ends_with),
    (r'Grace strings tips of (?P<name>\w+) together as "(?P<title>.+)": "(?P<first>.+)", "(?P<second>.+)"', others.day_by_day),
    (r'Grace makes a kind "(?P<name>.+)", "(?P<swahili>.+)", with the word (?P<word>[A-Z]+)', others.makes_kind),
    (r"a month comes in which (?P<name>\w+) is drawn", others.comes_their_month),
    (r"(?P<number>\w+) on the roll is (?P<name>.+)", others.on_roll),
    (r'Grace makes a topic "(?P<name>.+)", "(?P<swahili>.+)"', others.makes_topic),
    (r"the clerk writes (?P<kilos>[\d.]+) kg of milk for (?P<name>\w+)", others.milk),
    (r"the clerk asks (?P<name>\w+) to agree to KES (?P<amount>[\d.]+) in cash", others.cash),
    (r"Grace counts the month: an hour of a member is worth (?P<hour>\d+), one of staff (?P<staff_hour>\d+)", others.counts_fair_share),
    (r'Grace hands over "(?P<work>.+)" to (?P<hands>\w+)', others.hands_over),
    (r'Grace says that "(?P<title>.+)" is broken for (?P<hours>\d+) hours', others.is_broken),
    (r"Grace says that it works again", others.works_again),
    (r'Grace asks all into a test group "(?P<title>.+)": (?P<what>.+)', others.asks_into_panel),
    (r'Grace tells the test group: "(?P<words>.+)"', others.tells_panel),
    (r"two of the board hold the keys", others.keys_held),
    (r'Grace answers question (?P<number>\d+): "(?P<words>.+)"', office.answers_question),
    (r'Grace begins a challenge "(?P<title>.+)" for (?P<days>\w+) days', office.challenges_all),
    (r"the board is counted", office.counts_board),
    (r"Grace asks (?P<name>\w+) to keep (?P<topic>\w+)", office.names_keeper),
    (r'the word "(?P<word>\w+)" waits for a person: "(?P<why>.+)"', office.holds_word),
    (r"Grace (?P<done>lets|refuses) (?P<number>\d+)(?: through)?", office.judges),
    (r"two persons have suspended (?P<name>\w+)", office.shut_out),
    (r"the month is told", office.month_is_told),
    (r"KES (?P<amount>\d+) of last month are shared out, two persons agree", office.shares_out),
    (r"(?P<count>\d+) points are set aside for thanks", office.sets_aside),
    (r"a person has looked at the thanks of (?P<one>\w+) and (?P<other>\w+)", office.thanks_looked_at),
    (r'(?P<login>mary|peter) of the board opens the name: "(?P<why>.+)"', office.opens_name),
    (r'Grace lets "(?P<what>.+)" rest: "(?P<why>.+)"', office.lets_rest),
    (r'Grace lets "(?P<what>.+)" go on', office.lets_go_on),
    (r"the office (?P<done>takes) (?P<name>\w+) out of group 1001", office.changes_standing),
    (r"the office (?P<done>says) that (?P<name>\w+) leads group 1001 no more", office.changes_standing),
    (r"the office asks (?P<name>\w+) to lead group 1001", office.asks_to_lead),
    (r"the keepers are reminded", office.keepers_are_reminded),
    (r"Grace (?P<done>hides|leaves) what was said of (?P<number>\d+)", office.judges_words),
    (r'Grace keeps (?P<number>\d+) between two: "(?P<why>.+)"', office.keeps_between_two),
    (r"nobody answers when Grace calls (?P<name>\w+)", office.calls_in_vain),
    (r"who waits for a call is told sorry", office.says_sorry),
    (r"Grace gives the powers of (?P<name>\w+) back", office.gives_powers_back),
    (r"two others write without a name", others.others_write),
    (r'Grace answers the sealed words: "(?P<words>.*)"', others.answers_sealed),
    (r"of others (?P<yes>\w+) trust us and (?P<no>\w+) do not", others.others_trust),
    (r"two persons agree to (?P<action>payday|the dispute) (?P<name>\S+)", others.agreed),
    (r"the airtime (?P<status>arrives|fails)", others.airtime),
    (r"the clock strikes", others.clock),
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
