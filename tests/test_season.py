"""A village of two thousand lives through a season: what our counters say is what a recount from the bare facts says, and no SMS breaks a rule."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict

from sqlalchemy import select

from gateway.community import digest
from gateway.community import rows as community
from gateway.community.bargain import rows as bargain_rows
from gateway.community.bargain import verbs as bargain
from gateway.community.bargain.model import Sides
from gateway.community.groups.model import TEXTS_A_MONTH
from gateway.community.helping import rows as helping_rows
from gateway.community.helping import verbs as helping
from gateway.community.items import plan_rows, rows, states, tables, verbs, voice_rows
from gateway.community.items.model import OPEN
from gateway.ledger.proof.facts import verify
from gateway.ledger.tables import accounts
from gateway.members import rows as members
from gateway.money import rewards
from gateway.records import rows as records
from gateway.store import outbox
from gateway.store.many import insert_many
from gateway.store.tables import new_id
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, a_plan
from tests.season_calls import Calls, calls_are_counted_as_they_were
from tests.season_care import Care
from tests.season_heard import shares_are_what_a_recount_says, what_the_phone_gives_back_is_what_a_recount_says, who_is_heard_is_what_a_recount_says
from tests.season_money import MoneyAndTexts, each_sms_in_was_heard_once, escrow_is_what_is_open
from tests.season_recount import measures_are_what_a_recount_says, month_recounted
from tests.season_together import (
    Together,
    facts,
    groups_decided_what_was_voted,
    polls_count_each_once,
    the_provider_reports,
    tips_are_what_two_found_right,
    what_is_held_was_reported_by_several,
    words_are_counted_as_they_stand,
)
from workers.nightly import carry_hops

CAST = (WANJIRU, OTIENO, ACHIENG)  # who is in every village of the tests
PEOPLE, DAYS, TIMES_A_DAY = 2_000, 84, 4
YOUNG = 60  # accounts that were made to vote
BUDGET = 150  # SMS about ideas in a month
HELPERS = 40
DIGEST_AT = 7  # hours, UTC: ten in the morning in Nairobi
THINGS = "milk money,the road,a cold tank,the scale,school fees,the vet,seed,the borehole,the agent,the meeting".split(",")
WISHES = "{} on Friday before market,we want {} nearer to us,{} should be seen by all,more of {} for the young,please look after {}".split(",")
QUESTIONS = "my cow does not eat {},when do I plant {},what is the price of {} now,who knows about {}".split(",")


MEMBER = ("id", "organisation_id", "name", "language", "code", "status", "pin_hash", "dials", "village", "made_at")  # all else as it is at first


class Season(Together, MoneyAndTexts, Calls, Care):
    """The village and what it did, with a die of its own: every run is the same."""

    def __init__(self, village: Village, people: int = PEOPLE, days: int = DAYS) -> None:
        self.village, self.die, self.people, self.days = village, random.Random(20_26), people, days
        self.numbers = [f"+2547{n:08}" for n in range(people + YOUNG)]
        self.made: list[str] = []
        self.questions: list[str] = []
        self.stops: dict[str, list[tuple[str, dt.datetime]]] = defaultdict(list)
        self.wanted: set[str] = set()
        self.words: dict[str, str] = {}
        self.keys = iter(range(10_000_000))
        self.begin_calls()
        self.begin_care()
        self.fair: Sides | None = None
        self.brigades = {min(40, days // 2), days - 10}

    def settle(self) -> None:
        """Everybody is here since long, but those who come only to vote."""
        with self.village.world() as world:
            rewards.fund(world, 3_000, key="season", by="t")
            people, lines = [], []
            for n, number in enumerate(self.numbers):
                id, since = new_id(), world.now() - dt.timedelta(days=200)
                people.append((
                    id, world.organisation.id, f"Member {n}", "sw" if n % 3 else "en", f"{n + 200_000}", "active", "x", 9, f"Village {n % 12}", since,
                ))  # fmt: skip
                lines.append((number, world.organisation.id, id, since, False))
            insert_many(world.write, members.members, MEMBER, people)
            insert_many(world.write, members.numbers, [column.name for column in members.numbers.columns], lines)
            voice_rows.turn(world, "voice_budget", off=False, why=str(BUDGET), by="grace")
            for number in self.numbers[:HELPERS]:
                helping_rows.put_helper(world, members.by_number(world, number).id, topics="cows,crops,prices", most_a_week=self.die.choice((3, 5, 10)))
            self.found_groups(world)
            self.fill_purses(world)
            self.open_lines(world)
            self.write_down_rates(world)
        self.village.post()

    def live(self) -> None:
        began = self.village.clock.at.replace(hour=0, minute=0)
        for day in range(self.days):
            hours = sorted({*self.die.sample(range(1, 23), TIMES_A_DAY), DIGEST_AT})
            for hour in hours:  # the clock never steps back
                self.village.clock.at = began + dt.timedelta(days=day, hours=hour)
                if hour == DIGEST_AT:
                    self.morning()
                with self.village.world() as world:
                    for _ in range(self.die.randint(6, 16)):
                        self.act(world)
                    if day in self.brigades and hour == hours[-1]:
                        self.brigade(world)
                self.village.post()
                self.text_in()
                self.ring()
            self.village.clock.at = began + dt.timedelta(days=day, hours=23)
            self.evening(day)

    def someone(self) -> str:
        return self.die.choice(self.numbers[: self.people])

    def act(self, world) -> None:
        """One thing that somebody does; one in ten comes twice, as it does where networks drop."""
        deed = self.die.choices(
            (
                self.say_idea,
                self.vote,
                self.take_back,
                self.comment,
                self.ask,
                self.answer,
                self.judge,
                self.stop,
                self.start,
                self.want_digest,
                self.call_vote,
                self.cast_ballot,
                self.write_tip,
                self.check_tip,
                self.report,
                self.take_words_back,
                self.answer_poll,
                self.thank,
                self.post_need,
                self.offer,
                self.settle_need,
            ),
            (10, 50, 3, 6, 8, 9, 6, 2, 1, 2, 3, 60, 1, 6, 4, 2, 8, 2, 1, 4, 2),
        )[0]
        args = deed(world)
        if args and self.die.random() < 0.1:
            args()

    def say_idea(self, world):
        who, words = self.someone(), self.die.choice(WISHES).format(self.die.choice(THINGS))
        key = f"s-{next(self.keys)}"

        def once() -> None:
            made = verbs.make(world, who, "idea", words, key)
            if made and made.number not in self.made:
                self.made.append(made.number)
                self.words[made.number] = made.words

        once()
        return once

    def vote(self, world):
        if not self.made:
            return None
        who, number, choice = self.someone(), self.die.choice(self.made[-80:]), self.die.choices(("for", "against", "pass"), (6, 2, 1))[0]

        def once() -> None:
            verbs.vote(world, who, number, choice)

        once()
        return once

    def take_back(self, world):
        if self.made:
            cast = list(world.read.execute(select(tables.votes.c.item_id, tables.votes.c.member_id).order_by(tables.votes.c.at.desc()).limit(20)))
            if cast:
                item_id, member_id = self.die.choice(cast)
                verbs.take_back(world, members.by_id(world, member_id).number, rows.by_id(world, item_id).number)
        if self.made and self.die.random() < 0.1:
            item = rows.by_number(world, self.die.choice(self.made))
            verbs.take_back(world, item.phone, item.number)

    def comment(self, world):
        if self.made:
            verbs.say(world, self.someone(), self.die.choice(self.made), "we want that too", f"c-{next(self.keys)}")

    def ask(self, world):
        who, words = self.someone(), self.die.choice(QUESTIONS).format(self.die.choice(THINGS))
        key = f"q-{next(self.keys)}"

        def once() -> None:
            asked = helping.ask_helpers(world, who, self.die.choice(("cows", "crops", "prices")), words, key)
            if hasattr(asked, "number") and asked.number not in self.questions:
                self.questions.append(asked.number)

        once()
        return once

    def answer(self, world):
        if self.questions:
            number = self.die.choice(self.questions[-40:])
            routed = helping_rows.routes_of(world, rows.by_number(world, number).id)
            if routed:
                helper = members.by_id(world, self.die.choice(routed).member_id)
                helping.answer(world, helper.number, number, "after the rains", f"a-{next(self.keys)}")

    def judge(self, world):
        if self.questions:
            item = rows.by_number(world, self.die.choice(self.questions[-40:]))
            given = helping_rows.answers_to(world, [item.id], 9)
            if given:
                judged = self.die.choice((helping.it_helped, helping.it_helped, helping.it_did_not_help))
                judged(world, item.phone, str(self.die.choice(given).id))

    def stop(self, world):
        who = self.someone()
        records.stop(world, who)
        self.stops[who].append(("stop", world.now()))

    def start(self, world):
        if self.stops:
            who = self.die.choice(list(self.stops))
            records.start(world, who)
            self.stops[who].append(("start", world.now()))

    def want_digest(self, world):
        who = self.someone()
        digest.choose_digest(world, who, "yes")
        self.wanted.add(who)

    def brigade(self, world) -> None:
        """Accounts of today, all for one thing within the hour."""
        for number in self.numbers[self.people :]:
            members.change_member(world, members.by_number(world, number).id, made_at=world.now())
        wanted = next(number for number in reversed(self.made) if rows.by_number(world, number).state in OPEN)
        for number in self.numbers[self.people :]:
            verbs.vote(world, number, wanted, "for")

    def morning(self) -> None:
        """The digest, in as many batches as it takes."""
        for _ in range(9):
            with self.village.world() as world:
                if not digest.write_some(world):
                    break

    def evening(self, day: int) -> None:
        """What the staff and the clock do."""
        with self.village.world() as world:
            self.evening_together(world, day)
            self.look_after_needs(world)
            for number in self.die.sample(self.made, min(len(self.made), 3)):
                item = rows.by_number(world, number)
                after = self.die.choice(("looked_at", "planned", "done", "declined"))
                plan = a_plan(world, self.die.randint(3, 40))
                if states.may_go(item.state, after) and plan != plan_rows.last(world, item.id):  # the same promise again is none
                    states.go(world, item, after, "grace", "in the new year", plan=plan)
            for number in self.made[-6:]:
                item = rows.by_number(world, number)
                alike = [one for one, _ in verbs.look_alikes(world, item.words, ("idea",)) if one.id != item.id]
                if alike and states.may_go(item.state, "merged") and self.die.random() < 0.3:
                    root = states.merge(world, item, alike[0], "grace")
                    if self.die.random() < 0.2:
                        states.unmerge(world, rows.by_id(world, item.id), root.number)
            verbs.count_grown_up(world)
        self.village.post()
        self.staff_dial()
        while carry_hops(self.village.site):  # the traces of the calls reach the database
            pass
        with self.village.world() as world:
            self.care_evening(world, day)
            if bargain.count_months(world):
                ((_, counted),) = bargain_rows.last_months(world, 1)
                self.fair = month_recounted(world)
                assert counted == self.fair


def test_a_season_of_two_thousand(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    season = Season(sqlite_village)
    season.settle()
    season.live()
    with sqlite_village.world() as world:
        verbs.count_grown_up(world)
        votes_are_what_was_cast(world, season)
        thanks_and_points_keep_their_bounds(world)
        nobody_was_asked_too_often(world)
        every_sms_keeps_the_rules(world, season)
        digests_came_once(world, season)
        groups_decided_what_was_voted(world, season)
        tips_are_what_two_found_right(world)
        what_is_held_was_reported_by_several(world)
        polls_count_each_once(world, season)
        words_are_counted_as_they_stand(world)
        the_provider_reports(world)
        measures_are_what_a_recount_says(world, season.fair)
        who_is_heard_is_what_a_recount_says(world, of_each=True)
        what_the_phone_gives_back_is_what_a_recount_says(world, of_each=True)
        shares_are_what_a_recount_says(world)
        escrow_is_what_is_open(world, season)
        each_sms_in_was_heard_once(world, season)
        calls_are_counted_as_they_were(world, season)
        assert verify(world) == []


def test_two_weeks_of_three_hundred_on_postgresql(postgres_village: Village) -> None:
    postgres_village.everybody()
    season = Season(postgres_village, people=300, days=14)
    season.settle()
    season.live()
    with postgres_village.world() as world:
        verbs.count_grown_up(world)
        the_provider_reports(world)
        measures_are_what_a_recount_says(world, season.fair, of_each=False)  # two weeks hold no quarter that is over
        who_is_heard_is_what_a_recount_says(world, of_each=False)
        what_the_phone_gives_back_is_what_a_recount_says(world, of_each=False)
        calls_are_counted_as_they_were(world, season)
        assert verify(world) == []


def votes_are_what_was_cast(world, season: Season) -> None:
    """For and against of every idea: the last vote of each member over all that is joined, not the author's, nothing after a brake, nothing too young."""
    items, votes = {one.id: one for one in facts(world, tables.items)}, facts(world, tables.votes)
    joined, now = defaultdict(set), world.now()
    for one in items.values():
        joined[one.merged_into or one.id].add(one.id)
    counted = merged = 0
    for root_id, ids in joined.items():
        root, last = items[root_id], {}
        for vote in sorted((one for one in votes if one.item_id in ids), key=lambda one: (one.at, one.item_id)):
            brakes = [brake for brake in (root.braked_at, items[vote.item_id].braked_at) if brake]
            if vote.member_id != root.member_id and all(vote.at < brake for brake in brakes):
                last[vote.member_id] = vote
        sums = Counter(vote.choice for vote in last.values() if vote.counts_from <= now)
        assert (root.supporters, root.opposers, root.passes) == (sums[1], sums[-1], sums[0]), root.number
        counted, merged = counted + len(last), merged + len(ids) - 1
    assert counted > 500
    assert any(one.braked_at for one in items.values())  # the brigade, wherever what it wanted was joined since
    assert merged > 5
    kept = {one.number: one.words for one in items.values()}
    assert all(kept[number] == words for number, words in season.words.items())  # whatever was joined, parted or taken back


def thanks_and_points_keep_their_bounds(world) -> None:
    given = sorted(facts(world, community.thanks), key=lambda one: one.at)
    assert len(given) > 30
    assert all(one.giver_id != one.helper_id for one in given)
    points = [one for one in given if one.points]
    for n, one in enumerate(points):
        week = [other for other in points[: n + 1] if other.at > one.at - dt.timedelta(days=7)]
        assert sum(other.points for other in week if other.helper_id == one.helper_id) <= 50
        assert sum({other.giver_id, other.helper_id} == {one.giver_id, one.helper_id} for other in week) == 1
    books = [one.credits - one.debits for one in facts(world, accounts) if one.product == "points"]
    assert sum(books) == sum(one.points for one in points) > 0


def nobody_was_asked_too_often(world) -> None:
    most = {one.member_id: one.most_a_week for one in facts(world, helping_rows.helpers)}
    asked = sorted(facts(world, helping_rows.routes), key=lambda one: one.asked_at)
    assert len(asked) > 100
    for one in asked:
        week = [other for other in asked if other.member_id == one.member_id and one.asked_at - dt.timedelta(days=7) < other.asked_at <= one.asked_at]
        assert len(week) <= most[one.member_id]


def every_sms_keeps_the_rules(world, season: Season) -> None:
    """Between 7 and 19, none to who said STOP but about their own money, none above the month's number."""
    due = {one.ref: one.due_at for one in facts(world, outbox.outbox) if one.topic == "text"}
    local, written = world.organisation.local, facts(world, records.texts)
    asked_nothing = [one for one in written if one.kind == "service"]
    assert len(asked_nothing) > 300
    assert {one.kind for one in written} <= {"service", "receipt", "reply"}
    for one in asked_nothing:
        assert 7 <= local(due[str(one.id)]).hour < 19, one.words
        said = [what for what, at in season.stops[one.number] if at < one.made_at]
        assert not said or said[-1] == "start", (one.number, one.words)
    voice = Counter(f"{local(one.made_at):%Y-%m}" for one in written if one.about == "voice")
    assert max(voice.values()) <= BUDGET
    assert max(voice.values()) > BUDGET / 2  # it was tried
    groups = Counter((one.about, f"{local(one.made_at):%Y-%m}") for one in written if one.about.startswith("group "))
    assert 0 < max(groups.values()) <= TEXTS_A_MONTH


def digests_came_once(world, season: Season) -> None:
    came = Counter((one.number, one.key.split(":")[1]) for one in facts(world, records.texts) if one.about == "digest")
    assert set(came.values()) == {1}
    assert {number for number, _ in came} <= season.wanted
    weeks = {week for _, week in came}
    assert len(weeks) >= DAYS // 7 - 1
