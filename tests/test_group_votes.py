"""A group decides in secret, and cash counts only when the payer says that it is so."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.community.bargain import verbs as bargain
from gateway.community.groups import ballot_rows, cash, facts, leading, results, rows, turns, votes
from gateway.community.groups import verbs as groups
from gateway.community.groups.model import CashGone, GroupHasMoney, NotALeader, NotInGroup, ToldAll
from gateway.community.groups.vote_model import (
    VoteCounted,
    VoteDecided,
    VoteEnded,
    VoteOpen,
    VoteShown,
)  # fmt: skip
from gateway.community.model import TooMany
from gateway.community.waiting import waiting_count, waiting_things
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Wish
from gateway.ledger.proof.facts import verify
from gateway.members import rows as members
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village
from tests.test_groups import chama


def with_three(village: Village) -> None:
    chama(village)
    with village.world() as world:
        rows.put(world, rows.by_number(world, "1001").id, members.by_number(world, ACHIENG).id, state="member")


def opened(world, key: str = "k1") -> str:
    assert isinstance(votes.start_vote(world, WANJIRU, "1001", "do we meet on Sunday", "", "3", "no", key), ToldAll)
    one = ballot_rows.vote_by_key(world, key)
    assert one
    return str(one.id)


def test_a_ballot_says_nothing_of_whose_it_is_and_after_the_end_nobody_can_tell(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        id = opened(world)
        for number, choice in ((WANJIRU, "yes"), (OTIENO, "no"), (ACHIENG, "no"), (OTIENO, "yes")):
            assert isinstance(votes.cast_ballot(world, number, id, choice, "1001"), VoteCounted)
        kept = str([tuple(row) for row in world.read.execute(ballot_rows.ballots.select())])
        for number in (WANJIRU, OTIENO, ACHIENG):
            assert str(members.by_number(world, number).id) not in kept
        before = {row.mark for row in world.read.execute(ballot_rows.ballots.select())}
        assert votes.marks(world, int(id), members.by_number(world, OTIENO).id)[0] in before
    village.clock.passes(days=3)
    with village.world() as world:
        assert votes.close_votes(world) == 1
        assert votes.close_votes(world) == 0
        after = {row.mark for row in world.read.execute(ballot_rows.ballots.select())}
        assert not before & after
        assert ballot_rows.vote(world, int(id)).said == "yes yes=2 no=1 unsure=0"
        assert isinstance(votes.look_at_vote(world, OTIENO, id, "1001"), VoteDecided)
        assert isinstance(votes.cast_ballot(world, OTIENO, id, "no", "1001"), VoteEnded)


def test_too_few_ballots_decide_nothing_and_a_tie_is_no(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        few, tie = opened(world, "k1"), opened(world, "k2")
        votes.cast_ballot(world, OTIENO, few, "yes", "1001")
        votes.cast_ballot(world, OTIENO, tie, "yes", "1001")
        votes.cast_ballot(world, ACHIENG, tie, "no", "1001")
    village.clock.passes(days=4)
    with village.world() as world:
        votes.close_votes(world)
        assert ballot_rows.vote(world, int(few)).said == "few voted=1 heads=3"
        assert ballot_rows.vote(world, int(tie)).said == "no yes=1 no=1 unsure=0"


def test_who_is_not_in_the_group_neither_votes_nor_sees(village: Village) -> None:
    chama(village)
    with village.world() as world:
        id = opened(world)
        assert isinstance(votes.look_at_vote(world, ACHIENG, id, "1001"), NotInGroup)
        assert isinstance(votes.cast_ballot(world, ACHIENG, id, "yes", "1001"), NotInGroup)
        assert isinstance(votes.look_at_vote(world, OTIENO, id, "1001"), VoteShown)
        assert isinstance(votes.start_vote(world, OTIENO, "1001", "words", "", "3", "no", "k9"), NotALeader)
        assert facts.votes_of_group(world, ACHIENG, "1001") == []


def test_a_group_has_few_votes_open_at_once(village: Village) -> None:
    chama(village)
    with village.world() as world:
        said = [votes.start_vote(world, WANJIRU, "1001", f"question {n}", "", "3", "no", f"k{n}") for n in range(4)]
        assert [isinstance(one, TooMany) for one in said] == [False, False, False, True]


def test_the_turn_goes_round_by_vote_after_the_term(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        assert isinstance(votes.call_election(world, OTIENO, "1001", "k1"), TooMany)
    village.clock.passes(days=91)
    with village.world() as world:
        assert isinstance(votes.call_election(world, OTIENO, "1001", "k1"), VoteOpen)
        assert isinstance(votes.call_election(world, ACHIENG, "1001", "k2"), TooMany)
        id, otieno = str(ballot_rows.vote_by_key(world, "k1").id), members.by_number(world, OTIENO)
        for number in (WANJIRU, ACHIENG):
            assert isinstance(votes.elect(world, number, id, str(otieno.id), "1001"), VoteCounted)
    village.clock.passes(days=8)
    with village.world() as world:
        votes.close_votes(world)
        assert leaders(world) == [members.by_number(world, WANJIRU).id]  # until the chosen one has said yes
        assert isinstance(votes.call_election(world, ACHIENG, "1001", "k3"), TooMany)
        bargain.say_trust(world, OTIENO, "skip")  # another quarter, another question
        assert [row.value for row in waiting_things(world, OTIENO)] == [f"turn-{id}"]
        assert waiting_count(world, OTIENO) == "1"
    assert "asks you to lead" in village.sms(OTIENO)[-1]
    village.phone(OTIENO).texts("YES", SHORTCODE)
    with village.world() as world:
        assert leaders(world) == [otieno.id]
        assert waiting_count(world, OTIENO) == "0"
    village.phone(OTIENO).texts("NO", SHORTCODE)  # said is said
    with village.world() as world:
        assert leaders(world) == [otieno.id]


def leaders(world) -> list[int]:
    return [one.member_id for one in rows.in_group(world, rows.by_number(world, "1001").id) if one.role == "leader"]


@pytest.mark.parametrize("silent", [False, True])
def test_a_no_or_silence_leaves_the_turn_and_the_group_chooses_again(village: Village, silent: bool) -> None:
    with_three(village)
    village.phone(OTIENO).texts("STOP", SHORTCODE)
    village.clock.passes(days=91)
    with village.world() as world:
        votes.call_election(world, ACHIENG, "1001", "k1")
        id, otieno = str(ballot_rows.vote_by_key(world, "k1").id), members.by_number(world, OTIENO)
        for number in (WANJIRU, ACHIENG):
            votes.elect(world, number, id, str(otieno.id), "1001")
    village.clock.passes(days=8)
    with village.world() as world:
        votes.close_votes(world)
        bargain.say_trust(world, OTIENO, "skip")
        assert waiting_count(world, OTIENO) == "1"  # who wants no SMS is asked here
        assert not isinstance(turns.say_of_turn(world, ACHIENG, f"turn-{id}", "yes"), turns.TurnTaken)  # nobody takes another's turn
        if not silent:
            assert isinstance(turns.say_of_turn(world, OTIENO, f"turn-{id}", "no"), turns.TurnRefused)
    if silent:
        village.clock.passes(days=results.TURN_DAYS)
    with village.world() as world:
        assert not isinstance(turns.say_of_turn(world, OTIENO, f"turn-{id}", "yes"), turns.TurnTaken)
        assert leaders(world) == [members.by_number(world, WANJIRU).id]
        assert isinstance(votes.call_election(world, ACHIENG, "1001", "k2"), VoteOpen)


def test_a_chosen_one_who_left_leads_nobody(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        votes.call_election(world, WANJIRU, "1001", "k1")
        id, otieno = str(ballot_rows.vote_by_key(world, "k1").id), members.by_number(world, OTIENO)
        for number in (WANJIRU, ACHIENG):
            votes.elect(world, number, id, str(otieno.id), "1001")
        groups.leave_group(world, OTIENO, "1001")
    village.clock.passes(days=8)
    with village.world() as world:
        votes.close_votes(world)
        group = rows.by_number(world, "1001")
        assert ballot_rows.vote(world, int(id)).said == "gone"
        assert [one.member_id for one in rows.in_group(world, group.id) if one.role == "leader"] == [members.by_number(world, WANJIRU).id]


def written(world, amount: int = 150_00, key: str = "c1") -> int:
    cash.write_cash(world, WANJIRU, "1001", str(members.by_number(world, OTIENO).id), amount, key)
    record = ballot_rows.cash_by_key(world, key)
    assert record
    return record.id


def test_cash_is_in_the_books_once_and_only_after_the_payers_yes(village: Village) -> None:
    chama(village)
    for _ in range(2):
        with village.world() as world:
            id = written(world)
    village.post()
    with village.world() as world:
        assert groups.balance_of(world, rows.by_number(world, "1001")).minor == 30_000_00
        assert facts.paid_heads(world, WANJIRU, "1001") == 0
    for number in (ACHIENG, OTIENO, OTIENO):
        with village.world() as world:
            cash.answer_cash(world, members.by_number(world, number), id, agrees=True)
    village.post()
    with village.world() as world:
        assert groups.balance_of(world, rows.by_number(world, "1001")).minor == 30_150_00
        assert facts.paid_heads(world, WANJIRU, "1001") == 1
        assert verify(world) == []
    assert village.money_of_all() == 0


def test_a_no_leaves_it_undone_for_good(village: Village) -> None:
    chama(village)
    with village.world() as world:
        written(world)
    assert "in cash from you for Tumaini grp" in village.sms(OTIENO)[-1]
    for answer in ("2", "1", "YES"):
        village.phone(OTIENO).texts(answer, SHORTCODE)
    village.post()
    with village.world() as world:
        assert groups.balance_of(world, rows.by_number(world, "1001")).minor == 30_000_00


def test_only_a_leader_writes_cash_and_not_their_own(village: Village) -> None:
    chama(village)
    with village.world() as world:
        wanjiru = str(members.by_number(world, WANJIRU).id)
        assert isinstance(cash.write_cash(world, OTIENO, "1001", wanjiru, 100, "c1"), NotALeader)
        assert isinstance(cash.write_cash(world, WANJIRU, "1001", wanjiru, 100, "c2"), NotALeader)
        assert isinstance(cash.write_cash(world, WANJIRU, "1001", "999", 100, "c3"), NotALeader)


counter = itertools.count()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([WANJIRU, OTIENO, ACHIENG]), st.sampled_from(["yes", "no", "unsure"])), max_size=12))
def test_whatever_is_voted_each_counts_once_and_last(sqlite_village: Village, cast: list[tuple[str, str]]) -> None:
    if (n := next(counter)) == 0:
        with_three(sqlite_village)
    with sqlite_village.world() as world:
        id = opened(world, f"p{n}")
        for number, choice in cast:
            votes.cast_ballot(world, number, id, choice, "1001")
        last = dict(cast)
        counts = ballot_rows.count_ballots(world, int(id))
        assert counts == {choice: list(last.values()).count(choice) for choice in set(last.values())}
        ballot_rows.close_vote(world, int(id), "tie most=0")


def test_a_key_changed_while_people_vote_gives_nobody_a_second_ballot(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        id = opened(world)
        votes.cast_ballot(world, OTIENO, id, "yes", "1001")
    village.site.keys = dataclasses.replace(village.site.keys, peppers={"p2": b"another key", **village.site.keys.peppers})
    with village.world() as world:
        votes.cast_ballot(world, OTIENO, id, "no", "1001")
        assert ballot_rows.count_ballots(world, int(id)) == {"no": 1}


def test_a_group_that_nobody_is_in_stops_no_other_votes(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        alone = groups.start_group(world, ACHIENG, "Alone")
        votes.call_election(world, ACHIENG, str(alone.group), "k0")
        groups.leave_group(world, ACHIENG, str(alone.group))
        opened(world)
    village.clock.passes(days=8)
    with village.world() as world:
        assert votes.close_votes(world) == 2


def test_what_the_ledger_refuses_waits_for_another_yes_and_is_found_under_9(village: Village) -> None:
    chama(village)
    with village.world() as world:
        written(world)
        ledger_rows.pause(world, "a fault in the books")
    village.sms(OTIENO)
    village.phone(OTIENO).texts("1", SHORTCODE)
    assert "waits for you under 9" in village.sms(OTIENO)[-1]
    with village.world() as world:
        ledger_rows.pause(world, None)
    screen = village.phone(OTIENO).dials("*384*20417*9*1#")
    assert "wrote down KES 150 in cash from you for Tumaini" in screen
    assert "in the books of the group now" in village.phone(OTIENO).types("1")
    village.post()
    with village.world() as world:
        assert groups.balance_of(world, rows.by_number(world, "1001")).minor == 30_150_00


def test_old_cash_keeps_no_leader_from_writing(village: Village) -> None:
    chama(village)
    for day in range(cash.WAITING_MOST // cash.A_DAY_MOST):
        with village.world() as world:
            for n in range(cash.A_DAY_MOST):
                written(world, key=f"c{day * cash.A_DAY_MOST + n}")
        village.clock.passes(days=1, minutes=1)
    with village.world() as world:
        fellow = str(members.by_number(world, OTIENO).id)
        assert isinstance(cash.write_cash(world, WANJIRU, "1001", fellow, 100, "one more"), TooMany)
    village.clock.passes(days=cash.ASKED_DAYS + 1)
    with village.world() as world:
        assert not isinstance(cash.write_cash(world, WANJIRU, "1001", fellow, 100, "one more"), TooMany)
        first = ballot_rows.cash_by_key(world, "c0")
        assert isinstance(cash.answer_cash(world, members.by_number(world, OTIENO), first.id, agrees=True), CashGone)


def test_the_last_one_leaves_no_money_behind(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        group = str(groups.start_group(world, WANJIRU, "Alone").group)
        account = rows.by_number(world, group).account_id
        ledger.reserve(world, Wish("billpay", village.account_id(WANJIRU), account, 100_00, "t", "pay", "t", subtype="group", free=True))
    village.post()
    with village.world() as world:
        assert isinstance(groups.leave_group(world, WANJIRU, group), GroupHasMoney)


def test_two_meetings_at_one_hour_are_two(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        day = (world.organisation.local(world.now()) + dt.timedelta(days=3)).date().isoformat()
        for n in range(2):
            leading.call_meeting(world, WANJIRU, "1001", day, "14", f"place {n}", "Loans", "yes", f"m{n}")
        made = rows.meetings_of(world, rows.by_number(world, "1001").id, world.now(), 9)
        assert [len(rows.rsvps_of(world, one.id)) for one in made] == [1, 1]
    assert sum("place 1" in words for words in village.sms(OTIENO)) == 1
