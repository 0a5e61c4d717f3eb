"""What the members of the season say beside ideas: stars, trust, what a group can, whom they follow, what is wrong, that they want to be called."""

from __future__ import annotations

import random

from gateway.community import callbacks, instead, minutes, saved
from gateway.community import rows as community
from gateway.community.bargain import rows as bargain_rows
from gateway.community.bargain import verbs as bargain
from gateway.community.bargain.model import Rates
from gateway.community.circles import checks
from gateway.community.circles.model import LISTENS, RATINGS
from gateway.community.drills import rows as drill_rows
from gateway.community.drills import verbs as drills
from gateway.community.drills.model import TASKS
from gateway.community.items import closing, friends, rows, states, steering, telling, verbs, voice_rows
from gateway.community.people import verbs as people
from gateway.community.stars import verbs as stars
from gateway.community.voices import verbs as heard
from gateway.community.voices.model import AGES, NOT_SAID, SEXES
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Wish
from gateway.members import rows as members
from gateway.members.verbs import enrol
from gateway.operators.verbs import make_operator
from tests.cast import SECRET_KEY, Village
from tests.season_money import RICH

STAFF = ("grace", "amina", "joseph")
STRANGERS = [f"+25479{n:07}" for n in range(40)]  # of whom some come
TRUST_DAYS = 30  # from the first: the quarter is over with December
COUNTER_MIN, STAFF_MIN = 45, 6


class Care:
    """Mixed into the season; a die of its own leaves the rest of the season as it is."""

    numbers: list[str]
    made: list[str]
    in_group: dict[str, list[str]]
    village: Village
    hops_sent: int
    calls_made: int

    def begin_care(self) -> None:
        self.heart, self.wrongs = random.Random(1126), list[str]()

    def write_down_rates(self, world) -> None:
        """What things are worth, how long they take at the counter, and who of the staff is which member on the phone."""
        bargain_rows.put_rates(world, Rates(hour=60_00, staff_hour=300_00, call=80, text=60, month=5_000_00), "grace")
        for service in saved.SERVICES:
            saved.write_counter(world, service, COUNTER_MIN, STAFF_MIN, "grace", dearer=10_00 if service == "balance" else 0)
        community.put_village_time(world, "village 3", 120, "grace")
        community.put_village_time(world, "village 5", 20, "grace")
        for n, number in enumerate(self.numbers[::3]):  # who says of themselves what the numbers are about; a few of them take it back
            heard.say_trait(world, number, SEXES[n % 5 > 1])
            heard.say_age(world, number, AGES[n % 4])
            if n % 11 == 10:
                heard.say_trait(world, number, NOT_SAID)
        for login, number in zip(STAFF, self.numbers, strict=False):
            if not any(one.login == login for one in drill_rows.everybody(world)):
                make_operator(world, login=login, name=login.title(), role="support", secret_key=SECRET_KEY)
            member = members.by_number(world, number)
            drill_rows.name_member(world, login, member.id, world.now())
            drill_rows.confirm(world, login, member.id)

    def anyone(self) -> str:
        return self.heart.choice(self.numbers[: len(self.numbers) // 2])

    def care_evening(self, world, day: int) -> None:
        heart = self.heart
        for _ in range(3):
            stars.rate_service(world, self.anyone(), str(heart.choices((1, 2, 3, 4, 5), (1, 1, 2, 4, 5))[0]))
            group = heart.choice(list(self.in_group))
            who, says = heart.choice(self.in_group[group]), heart.choices(tuple(RATINGS), (3, 1, 1))[0]
            checks.rate(world, who, group, heart.choice((str(LISTENS), str(LISTENS), "1", "2")), says)
            instead.say_instead(world, self.anyone(), heart.choice(("come", "call", "nothing", "skip")))
        if day < TRUST_DAYS:
            for _ in range(3):
                bargain.say_trust(world, self.anyone(), heart.choices(("yes", "unsure", "no", "skip"), (5, 2, 1, 1))[0])
        self._pay(world, day)
        self._ties(world, day)
        self._what_is_wrong(world, day)
        self._calls(world, day)
        if done := rows.page(world, before=None, most=200, kinds=("idea",), states=("done", "closed"))[-3:]:  # of the first that were done
            item = heart.choice(done)
            steering.bring_back(world, self.anyone(), item.number)
            if heart.random() < 0.1:
                steering.answer_wishes(world, item, "we look at it again", "grace")
        note = heart.choice(STAFF)
        drills.say_hard(world, note, heart.choice(tuple(TASKS)), f"what was hard {day}")
        for one in drill_rows.open_notes(world)[:1] if heart.random() < 0.4 else ():
            drill_rows.fix(world, one.id, "joseph")
        if day % 7 == 6:
            minutes.keep_paces(world)

    def staff_dial(self) -> None:
        """What they do on the phone as members, for a part of what is drawn for them."""
        for number in self.numbers[: len(STAFF)]:
            phone = self.village.phone(number)
            if self.heart.random() < 0.5 and not phone.open:
                code = self.heart.choice(("1*1", "6*98*3", "5*6*1", "5*6*4", "1*5"))
                phone.dials(f"*384*20417*{code}#")
                self.hops_sent, self.calls_made = self.hops_sent + 1, self.calls_made + 1
                if code == "1*5" and phone.open:  # the statement of this month
                    self.village.clock.passes(seconds=4)
                    phone.types("1")
                    self.hops_sent += 1
                if phone.open:
                    phone.hangs_up()
                self.village.clock.passes(seconds=20)

    def _pay(self, world, day: int) -> None:
        """Who has money sends some to another who has; it is posted with the day's."""
        ends = [ledger_rows.account_of(world, members.by_number(world, number).id) for number in self.heart.sample(self.numbers[:RICH], 2)]
        ledger.reserve(world, Wish("transfer", ends[0].id, ends[1].id, 100 * self.heart.randint(1, 9), "ussd", f"pay-{day}", "pin:season"))

    def _ties(self, world, day: int) -> None:
        """People follow each other, tell friends of ideas, and bring strangers, of whom some come."""
        heart, one, other = self.heart, self.anyone(), self.anyone()
        people.follow_person(world, one, other, f"tie-{day}")
        ends = [members.by_number(world, number) for number in (one, other)]
        if one != other and heart.random() < 0.7:
            people.answer_follow(world, ends[1], str(ends[0].id), yes=heart.random() < 0.7)
        friend = self.anyone()
        if self.made:
            idea = self.made[-1]
            friends.tell_friend(world, one, idea, heart.choice((friend, heart.choice(STRANGERS))), f"friend-{day}")
            if heart.random() < 0.6:
                verbs.vote(world, friend, idea, "for")
        friends.invite_newcomer(world, other, heart.choice(STRANGERS), f"invite-{day}")
        stranger = heart.choice(STRANGERS)
        if heart.random() < 0.3 and members.by_number(world, stranger) is None:
            enrol(world, number=stranger, name=f"Stranger {day}", language="sw", pin_hash="x")

    def _what_is_wrong(self, world, day: int) -> None:
        """Somebody says what is wrong; the staff look at some within the hours, at some late, at some never."""
        heart = self.heart
        said = verbs.make(world, self.anyone(), heart.choice(("problem", "wrong")), f"the scale of day {day} is wrong", f"wrong-{day}", about="balance.show")
        if said:
            self.wrongs.append(said.number)
        for number in self.wrongs[-3:]:
            item = rows.by_number(world, number)
            if states.may_go(item.state, "looked_at") and heart.random() < 0.4:
                states.go(world, item, "looked_at", "grace", tell=False)
        if self.made and day % 7 == 3:
            for who in heart.sample(self.numbers[:200], 3):
                states.report(world, who, self.made[-1], "lie")
        for item in rows.page(world, before=None, most=2, kinds=("idea",), states=("held",)):
            if heart.random() < 0.2:
                states.go(world, item, "refused", "grace", "it names a person")
        for item in rows.page(world, before=None, most=9, kinds=("idea",), states=("done",)):
            if heart.random() < 0.2:
                closing.say_if_done(world, item.phone, item.number, heart.choice(("yes", "yes", "no")))
        for one in voice_rows.flagged(world, 5):
            if heart.random() < 0.2:
                telling.settle_reports(world, one.item_id, one.comment_id, hidden=False)

    def _calls(self, world, day: int) -> None:
        """Some ask to be called, most of whom dialled of late; most are, and the caller writes down how long it took."""
        heart = self.heart
        for n in range(2):
            callbacks.ask_for_a_call(world, heart.choice(self.numbers[:30]), heart.choice(("money", "other")), f"call-{day}-{n}")
        for one in community.callbacks_waiting(world):
            if heart.random() < 0.6:
                community.end_callback(world, one.id, "grace", minutes=heart.choice((None, 3, 8, 15)))
