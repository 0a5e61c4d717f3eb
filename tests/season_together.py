"""What the village of the season does together: groups that vote, tips that are checked, reports, polls, words that are taken back, thanks."""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict

from sqlalchemy import select, update

from gateway.community.commons import rules
from gateway.community.commons.rows import rules as rules_table
from gateway.community.groups import ballot_rows, calling, votes
from gateway.community.groups import rows as groups
from gateway.community.groups import verbs as group_verbs
from gateway.community.groups.model import ToldAll
from gateway.community.groups.vote_model import VoteCounted, VoteOpen
from gateway.community.groups.votes import CHOICES
from gateway.community.helping import rows as helping
from gateway.community.helping import tips
from gateway.community.items import own_words, rows, states, tables, thanking
from gateway.community.polls import rows as polls
from gateway.community.polls import verbs as polling
from gateway.community.polls.model import read
from gateway.members import rows as members
from gateway.records import rows as records
from gateway.store import outbox

GROUPS, FELLOWS = 24, 9
POLL = "When should we be paid?\n- Friday > end\n- Month end\nWhy at month end?\n- School fees\n- To save"
POLL_DAYS = (4, 33, 61)  # on which the office begins one
TEXTS_A_MONTH = 120  # of a group


class Together:
    """Mixed into the season: it has the die, the village's numbers and the keys."""

    die: random.Random
    numbers: list[str]
    made: list[str]

    def found_groups(self, world) -> None:
        self.in_group: dict[str, list[str]] = {}
        self.open_votes: list[tuple[str, str]] = []  # (group, vote)
        self.ballots: dict[str, dict[str, str]] = defaultdict(dict)  # vote -> member -> what they said last
        self.tips: list[str] = []
        self.polls: list[str] = []
        for n in range(GROUPS):
            group = group_verbs.open_group(world, f"Group {n}")
            fellows = self.die.sample(self.numbers[:1_000], FELLOWS)
            for place, number in enumerate(fellows):
                groups.put(world, group.id, members.by_number(world, number).id, state="member", role="member" if place else "leader")
            self.in_group[group.number] = fellows

    def call_vote(self, world):
        group = self.die.choice(list(self.in_group))
        fellows, key = self.in_group[group], f"v-{next(self.keys)}"
        who, by_leader = (fellows[0], True) if self.die.random() < 0.3 else (self.die.choice(fellows[1:]), False)

        def once() -> None:
            if by_leader:
                said = votes.start_vote(world, who, group, "Shall we plant beans", "", "3", self.die.choice(("yes", "no")), key)
            elif self.die.random() < 0.3:
                said = rules.propose_rule(world, who, group, f"Rule {key}", key)
            else:
                said = calling.start_by(world, who, group, "Shall we buy a mill", "", self.die.choice(("3", "7")), key)
            vote = ballot_rows.vote_by_key(world, key)
            if isinstance(said, VoteOpen | ToldAll) and vote and (group, str(vote.id)) not in self.open_votes:
                self.open_votes.append((group, str(vote.id)))

        once()
        return once

    def cast_ballot(self, world):
        if not self.open_votes:
            return None
        group, vote = self.die.choice(self.open_votes[-12:])
        who, choice = self.die.choice(self.in_group[group]), self.die.choices(tuple(CHOICES), (5, 3, 1))[0]

        def once() -> None:
            if isinstance(votes.cast_ballot(world, who, vote, choice, group), VoteCounted):
                self.ballots[vote][who] = choice

        once()
        return once

    def write_tip(self, world):
        who, key, words = self.someone(), f"t-{next(self.keys)}", f"Milk before {self.die.choice(('five', 'six', 'seven'))}, then wash"

        def once() -> None:
            said = tips.write_tip(world, who, "cows", words, key)
            if hasattr(said, "number") and said.number not in self.tips:
                self.tips.append(said.number)

        once()
        return once

    def check_tip(self, world):
        who = self.someone()
        shown = tips.next_check(world, who)
        if hasattr(shown, "revision"):
            tips.check_tip(world, who, shown.revision, self.die.choices(("yes", "no"), (5, 1))[0])
        elif self.tips and self.die.random() < 0.5:
            tips.fix_tip(world, who, self.die.choice(self.tips), f"Milk at {self.die.randint(5, 9)}, then wash", "clearer")

    def report(self, world):
        if self.made:
            wanted = self.made[-1] if self.die.random() < 0.5 else self.die.choice(self.made)
            states.report(world, self.someone(), wanted, self.die.choice(("insult", "lie", "selling")))

    def take_words_back(self, world):
        said = list(world.read.execute(select(tables.comments.c.item_id, tables.comments.c.member_id).order_by(tables.comments.c.id.desc()).limit(20)))
        if said:
            item_id, member_id = self.die.choice(said)
            own_words.take_newest_back(world, members.by_id(world, member_id).number, rows.by_id(world, item_id).number)

    def answer_poll(self, world):
        if not self.polls:
            return None
        who, poll, choice = self.someone(), self.polls[-1], self.die.choice(("1", "2"))

        def once() -> None:
            polling.answer_poll(world, who, poll, "1", choice)
            if choice == "2" and self.die.random() < 0.8:  # one in five is cut off between the two
                polling.answer_poll(world, who, poll, "2", self.die.choice(("1", "2")))

        once()
        return once

    def thank(self, world):
        if self.made:
            thanking.thank_here(world, self.someone(), self.die.choice(self.made))

    def evening_together(self, world, day: int) -> None:
        if day in POLL_DAYS:
            id = polling.draft(world, kind="poll", title="Pay day", asked=read("poll", POLL), days=20, by="grace", key=f"poll-{day}")
            polling.begin(world, polls.poll(world, id))
            self.polls.append(str(id))
        for number in self.made:
            item = rows.by_number(world, number)
            if item.state == "held" and self.die.random() < 0.2:
                states.go(world, item, "open", "grace")
        votes.close_votes(world)
        rules.write_decided(world)
        polling.close_ended(world)


def facts(world, table) -> list:
    return list(world.read.execute(table.select()))


def groups_decided_what_was_voted(world, season: Together) -> None:
    """The result of every vote, from what each member said last as we wrote it down; and of an ended vote nobody can tell whose ballot was whose."""
    ended = [one for one in facts(world, ballot_rows.group_votes) if one.state == "closed"]
    assert len(ended) > 60
    assert {one.kind for one in ended} == {"yes_no", "rule_in"}
    decided = Counter()
    for one in ended:
        said = Counter(season.ballots[str(one.id)].values())
        voted = sum(said.values())
        if voted * 2 < FELLOWS:
            assert one.said == f"few voted={voted} heads={FELLOWS}"
        else:
            assert one.said == f"{'yes' if said['yes'] > said['no'] else 'no'} yes={said['yes']} no={said['no']} unsure={said['unsure']}"
        decided[one.said.split()[0]] += 1
    assert min(decided[said] for said in ("yes", "no", "few")) > 5
    of_ended = {one.id for one in ended}
    assert all(one.mark.startswith("-") for one in facts(world, ballot_rows.ballots) if one.vote_id in of_ended)
    written = {(one.group_id, one.words) for one in facts(world, rules_table)}
    assert written == {(one.group_id, one.question) for one in ended if one.kind == "rule_in" and one.said.startswith("yes ")}
    texts = Counter((one.about, f"{world.organisation.local(one.made_at):%Y-%m}") for one in facts(world, records.texts) if one.about.startswith("group "))
    assert texts
    assert max(texts.values()) <= TEXTS_A_MONTH


def tips_are_what_two_found_right(world) -> None:
    """What all see was found right by two others, or by one who has helped many; nobody checked their own."""
    revisions, checks = {one.id: one for one in facts(world, helping.revisions)}, facts(world, helping.checks)
    assert all(one.member_id != revisions[one.revision_id].member_id for one in checks)
    right = Counter(one.revision_id for one in checks if one.agrees)
    accepted = [one for one in revisions.values() if one.state == "accepted"]
    assert len(accepted) > 5
    assert all(right[one.id] >= (2 if one.decided_by == "two members" else 1) for one in accepted)
    shown = {one.id: one.words for one in facts(world, tables.items) if one.kind == "tip" and one.state in ("open", "looked_at")}
    for item_id, words in shown.items():
        newest = max((one for one in accepted if one.item_id == item_id), key=lambda one: one.decided_at)
        assert newest.words == words


def what_is_held_was_reported_by_several(world) -> None:
    flags = defaultdict(set)
    for one in facts(world, tables.flags):
        if not one.comment_id:
            flags[one.item_id].add(one.member_id)
    by_reports = [one for one in facts(world, tables.changes) if one.after == "held" and one.by == "reports"]
    assert by_reports
    assert all(len(flags[one.item_id]) >= 2 for one in by_reports)  # three, or two of whom one has helped many


def polls_count_each_once(world, season: Together) -> None:
    answers = facts(world, polls.answers)
    assert len({(one.poll_id, one.question, one.member_id) for one in answers}) == len(answers) > 100
    for poll in season.polls:
        mine = [one for one in answers if one.poll_id == int(poll)]
        assert polls.count(world, int(poll)) == Counter((one.question, one.choice) for one in mine)
        first = {one.member_id: one.choice for one in mine if one.question == 1}
        assert {one.member_id for one in mine} == set(first)
    assert len([one for one in facts(world, polls.polls) if one.state == "closed"]) >= 2


def words_are_counted_as_they_stand(world) -> None:
    """How much was said of an idea, without what its authors took back."""
    said = facts(world, tables.comments)
    assert sum(one.state == "back" for one in said) > 20
    joined, here = defaultdict(set), {one.id: one for one in facts(world, tables.items)}
    for one in here.values():
        joined[one.merged_into or one.id].add(one.id)
    for root_id, ids in joined.items():
        if here[root_id].kind == "idea":
            assert here[root_id].comments == sum(one.item_id in ids and one.state == "open" for one in said), here[root_id].number


def the_provider_reports(world) -> None:
    """What was written is sent some hours after it was due, and of two in three comes the report that a phone has it."""
    due = {one.ref: one.due_at for one in facts(world, outbox.outbox) if one.topic == "text"}
    for one in facts(world, records.texts):
        at, state = due[str(one.id)] + dt.timedelta(hours=one.id % 5 * 3), "delivered" if one.id % 3 else "accepted"
        world.write.execute(update(records.texts).where(records.texts.c.id == one.id).values(sent_at=at, state=state))
