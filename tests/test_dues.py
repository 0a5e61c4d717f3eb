"""What each of a group is to pay in, notices that members write, and one of the group who is chosen for something."""

from __future__ import annotations

import pytest

from gateway.community import waiting_rows
from gateway.community.bargain import verbs as bargain
from gateway.community.groups import ballot_rows, calling, dues, facts, leading, rows, turns, votes, writing
from gateway.community.groups import verbs as groups
from gateway.community.groups.model import NotInGroup, ToldAll
from gateway.community.groups.results import TURN_DAYS, result
from gateway.community.groups.turns import PickAsked
from gateway.community.groups.vote_model import ONE_OF_US, ElectionShown, VoteOpen, VoteOver, VotesByMembers
from gateway.community.items import voice_rows
from gateway.community.items.model import HeldWords
from gateway.community.waiting import open_waiting, waiting_things
from gateway.ledger.proof.facts import verify
from gateway.members import rows as members
from gateway.members.model import Gone, NotEnough, Sent, UnderWay
from menus.answers import Secret
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, crowd
from tests.test_needs import grown
from tests.test_open_list import founded

PINS = {WANJIRU: Secret("4715"), OTIENO: Secret("5839"), ACHIENG: Secret("6274")}


def decide(village: Village, group: str, amount: int, key: str, *choices: str) -> None:
    with village.world() as world:
        asked = dues.ask_for_due(world, OTIENO, group, amount, key) if amount else dues.ask_for_no_due(world, OTIENO, group, key)
        assert isinstance(asked, VoteOpen)
        id = str(ballot_rows.vote_by_key(world, key).id)
        for number, choice in zip(PINS, choices, strict=False):
            votes.cast_ballot(world, number, id, choice, group)
    village.clock.passes(days=dues.DUE_VOTE_DAYS, hours=1)
    with village.world() as world:
        votes.close_votes(world)
        dues.set_decided(world)
        assert dues.set_decided(world) == 0  # once


def pay(village: Village, number: str, group: str, key: str):
    """What is due now, as the screen says it."""
    with village.world() as world:
        due = dues.what_is_due(world, number, group)
        assert isinstance(due, dues.DueNow)
        quoted = dues.quote_due(world, number, due.due_minor)
        done = dues.pay_due(world, number, group, due.due_minor, PINS[number], quoted.quoted_fee, key)
    village.post()
    return done


def test_a_group_sets_its_sum_and_who_has_paid_less_has_not_paid_yet(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = founded(world)
        assert isinstance(dues.what_is_due(world, WANJIRU, group), dues.NothingDue)
        assert not dues.has_due(world, WANJIRU, group)
        assert isinstance(dues.ask_for_due(world, crowd(world, 1)[0], group, 20_000, "k0"), NotInGroup)
    decide(village, group, 20_000, "k1", "yes", "yes", "no")
    with village.world() as world:
        assert dues.dues(world, WANJIRU, group) == "Each pays in KES 200 a month."
        assert str(dues.what_is_due(world, WANJIRU, group).due_left) == "KES 200"
    assert isinstance(pay(village, WANJIRU, group, "p1"), Sent | UnderWay)
    with village.world() as world:
        assert isinstance(dues.what_is_due(world, WANJIRU, group), dues.NothingDue)
        assert facts.paid_heads(world, WANJIRU, group) == 1
    assert village.balance(WANJIRU) == 30_000
    assert "KES 200" in page(operator(village, "facilitator"), f"groups/{group}")
    village.clock.passes(days=31)
    with village.world() as world:  # a new month begins
        assert str(dues.what_is_due(world, WANJIRU, group).due_left) == "KES 200"
        assert facts.paid_heads(world, WANJIRU, group) == 0
        assert verify(world) == []


def test_part_of_it_leaves_the_rest_and_what_stood_on_the_screen_is_what_is_paid(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = founded(world)
    decide(village, group, 20_000, "k1", "yes", "yes", "yes")
    with village.world() as world:
        shown = dues.what_is_due(world, ACHIENG, group)
        part = dues.pay_due(world, ACHIENG, group, 5_000, PINS[ACHIENG], 0, "p1")
    village.post()
    assert isinstance(part, Sent | UnderWay)
    with village.world() as world:
        assert str(dues.what_is_due(world, ACHIENG, group).due_left) == "KES 150"
        assert facts.paid_heads(world, ACHIENG, group) == 0
        assert [row.label for row in facts.payers(world, ACHIENG, group)] == ["Achieng KES 50"]
        whole = dues.pay_due(world, ACHIENG, group, shown.due_minor, PINS[ACHIENG], 0, "p2")
    village.post()
    assert isinstance(whole, Sent | UnderWay)
    assert village.balance(ACHIENG) == 120_000 - 25_000
    with village.world() as world:
        assert isinstance(dues.quote_due(world, OTIENO, shown.due_minor), NotEnough), "he has nothing"


def test_the_last_vote_counts_and_a_sum_can_be_taken_away(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = founded(world)
    decide(village, group, 20_000, "k1", "yes", "yes", "no")
    village.clock.passes(days=8)
    decide(village, group, 50_000, "k2", "no", "yes", "no")
    with village.world() as world:
        assert dues.dues(world, WANJIRU, group) == "Each pays in KES 200 a month."
    village.clock.passes(days=8)
    decide(village, group, 0, "k3", "yes", "yes")
    with village.world() as world:
        assert dues.dues(world, WANJIRU, group) == dues.NO_SUM
        assert isinstance(dues.ask_for_due(world, OTIENO, group, 100, "k4"), VotesByMembers)


def test_members_write_a_few_notices_and_take_no_place_of_the_leader(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = founded(world)
        for _ in range(2):
            up = writing.write_notice(world, OTIENO, group, "the well is open", "n1")
            assert isinstance(up, writing.NoticeUp)
        assert len(rows.notices_of(world, rows.by_number(world, group).id, 9)) == 1
        assert isinstance(writing.write_notice(world, OTIENO, group, "and again", "n2"), writing.NoticesEnough)
        assert isinstance(writing.write_notice(world, ACHIENG, group, "= vote 12", "n3"), writing.NoticeUp)
        assert rows.notices_of(world, rows.by_number(world, group).id, 9)[0].words == "vote 12", "nobody writes words of ours"
        assert isinstance(writing.write_notice(world, crowd(world, 1)[0], group, "buy my goat", "n4"), NotInGroup)
        assert isinstance(writing.pick_notice(world, OTIENO, "write", group), writing.WriteNotice)
        assert isinstance(writing.pick_notice(world, WANJIRU, "write", group), writing.LeaderWrites)
        for n in range(leading.ACTS_A_DAY):
            assert isinstance(leading.send_notice(world, WANJIRU, group, f"notice {n}", "no", f"l{n}"), ToldAll)
        shown = groups.read_notice(world, WANJIRU, str(rows.notice_by_key(world, "n1").id), group)
        assert (shown.to, shown.to_name) == (members.by_number(world, OTIENO).code, "Otieno")
    village.clock.passes(days=8)
    with village.world() as world:
        assert isinstance(writing.write_notice(world, OTIENO, group, "it is dry again", "n5"), writing.NoticeUp)


def test_words_of_the_list_are_no_notice(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = founded(world)
        voice_rows.hold_word(world, "thief", "it hurts", "grace")
        assert isinstance(writing.write_notice(world, OTIENO, group, "he is a thief", "n1"), HeldWords)


@pytest.mark.parametrize("agrees", [True, False])
def test_one_of_the_group_is_chosen_and_leads_nothing(village: Village, agrees: bool) -> None:
    grown(village)
    with village.world() as world:
        group = founded(world)
        assert isinstance(calling.start_by(world, OTIENO, group, "who goes to the county", ONE_OF_US, "1", "k1"), VoteOpen)
        one = ballot_rows.vote_by_key(world, "k1")
        assert one.kind == "person"
        assert isinstance(votes.look_at_vote(world, ACHIENG, str(one.id), group), ElectionShown)
        achieng = members.by_number(world, ACHIENG)
        for number in (WANJIRU, OTIENO):
            votes.elect(world, number, str(one.id), str(achieng.id), group)
        assert isinstance(votes.elect(world, OTIENO, str(one.id), "12", group), NotInGroup)
    village.clock.passes(days=1, hours=1)
    with village.world() as world:
        votes.close_votes(world)
        one = ballot_rows.vote_by_key(world, "k1")
        assert result(world, one, "en") == "One of us is chosen: 2 of 2, and asked", "nobody is named without their own yes"
        assert isinstance(votes.look_at_vote(world, OTIENO, str(one.id), group), VoteOver)
        leaders = [fellow.member_id for fellow in rows.in_group(world, rows.by_number(world, group).id) if fellow.role == "leader"]
        assert leaders == [members.by_number(world, WANJIRU).id]
        bargain.say_trust(world, ACHIENG, "skip")
        assert [row.value for row in waiting_things(world, ACHIENG)] == [f"turn-{one.id}"]
        assert open_waiting(world, ACHIENG, f"turn-{one.id}") == PickAsked("Umoja women", "who goes to the county")
        assert isinstance(turns.say_of_pick(world, OTIENO, f"turn-{one.id}", "yes"), Gone), "nobody answers for another"
    assert "chose you: who goes to the county" in village.sms(ACHIENG)[-1]
    village.phone(ACHIENG).texts("1" if agrees else "2", SHORTCODE)
    with village.world() as world:
        one = ballot_rows.vote_by_key(world, "k1")
        assert result(world, one, "en") == ("So: Achieng, 2 of 2" if agrees else "The chosen one cannot: choose again")
        assert waiting_things(world, ACHIENG) == []
        assert leaders == [fellow.member_id for fellow in rows.in_group(world, rows.by_number(world, group).id) if fellow.role == "leader"]
        ballot_rows.say_result(world, one.id, f"person name={achieng.id} most=2 voted=2")  # of a time before anybody was asked
        members.change_member(world, achieng.id, shown_to="nobody")
        assert result(world, ballot_rows.vote(world, one.id), "en") == "So: a member, 2 of 2"


def test_whom_a_group_has_chosen_and_who_says_nothing_is_named_to_nobody(village: Village) -> None:
    grown(village)
    village.phone(ACHIENG).texts("STOP", SHORTCODE)
    with village.world() as world:
        group = founded(world)
        calling.start_by(world, OTIENO, group, "who goes to the county", ONE_OF_US, "1", "k1")
        one = ballot_rows.vote_by_key(world, "k1")
        for number in (WANJIRU, OTIENO):
            votes.elect(world, number, str(one.id), str(members.by_number(world, ACHIENG).id), group)
    village.clock.passes(days=1, hours=1)
    with village.world() as world:
        votes.close_votes(world)
        assert waiting_rows.chosen(world, members.by_number(world, ACHIENG)) == [("pick", str(one.id), "Umoja women")], "who wants no SMS finds it under 9"
    village.clock.passes(days=TURN_DAYS)
    with village.world() as world:
        assert result(world, ballot_rows.vote_by_key(world, "k1"), "en") == "The chosen one has not answered: choose again"
        assert waiting_rows.chosen(world, members.by_number(world, ACHIENG)) == []
        assert isinstance(turns.say_of_pick(world, ACHIENG, f"turn-{one.id}", "yes"), Gone)
