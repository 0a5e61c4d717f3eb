"""Every member may call a vote, rules change by vote, and a ballot by SMS is as secret as one on the phone."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from gateway.community import answering
from gateway.community.commons import rules
from gateway.community.commons.model import NewRule, RulePicked
from gateway.community.groups import ballot_rows, calling, cash, facts, leading, rows, votes
from gateway.community.groups.model import CashWritten, NotInGroup, ToldAll
from gateway.community.groups.vote_model import MayTell, VoteCounted, VoteEnded, VoteOpen, VotesByMembers
from gateway.community.items import rows as items
from gateway.community.items import voice_rows
from gateway.community.questions import remember, still_open
from gateway.community.rows import questions
from gateway.community.waiting import waiting_count, waiting_things
from gateway.members import rows as members
from gateway.members import sims
from gateway.records.model import DOTS
from gateway.records.rows import texts_in
from menus.answers import Secret
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village
from tests.test_group_votes import with_three

SECOND = "+254722000092"


def by_sms(village: Village, words: str = "do we meet on Sunday", choices: str = "", key: str = "k1") -> str:
    with village.world() as world:
        assert isinstance(votes.start_vote(world, WANJIRU, "1001", words, choices, "3", "yes", key), ToldAll)
        one = ballot_rows.vote_by_key(world, key)
    assert one
    village.workers_run()
    return str(one.id)


def counted(village: Village, id: str) -> dict[str, int]:
    with village.world() as world:
        return ballot_rows.count_ballots(world, int(id))


def kept(village: Village) -> str:
    """All that is kept of what members wrote, and of how our questions were answered."""
    with village.world() as world:
        words = [row.words for row in world.read.execute(select(texts_in))]
        answers = [(row.kind, row.answer, row.ref) for row in world.read.execute(select(questions)) if row.kind != "meeting"]
    return f"{words} {[answer for _, answer, _ in answers]}"


def test_a_ballot_by_sms_counts_can_be_changed_and_is_kept_nowhere(village: Village) -> None:
    with_three(village)
    id = by_sms(village)
    assert "Reply 1 yes" in village.sms(OTIENO)[-1]
    village.phone(OTIENO).texts("2", SHORTCODE)
    village.workers_run()
    assert counted(village, id) == {"no": 1}
    assert "2" not in kept(village)
    assert "no" not in kept(village)
    assert village.sms(OTIENO)[-1].startswith("Counted for Tumaini group, secret. Change it"), "not how it stands, nor what was said, nor which it was"
    with village.world() as world:
        assert isinstance(votes.cast_ballot(world, OTIENO, id, "yes", "1001"), VoteCounted)
    assert counted(village, id) == {"yes": 1}


def test_with_two_open_questions_the_ballot_is_asked_for_again_and_lies_nowhere_between(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        leading.call_meeting(world, WANJIRU, "1001", (village.clock().date()).isoformat().replace("23", "25"), "10", "", "Our money", "yes", "m1")
    id = by_sms(village)
    village.phone(OTIENO).texts("2", SHORTCODE)
    village.workers_run()
    assert "1" in village.sms(OTIENO)[-1]
    assert counted(village, id) == {}
    assert "'2'" not in kept(village)
    village.phone(OTIENO).texts("1", SHORTCODE)  # the newer one: the vote
    village.workers_run()
    assert "once more" in village.sms(OTIENO)[-1]
    village.phone(OTIENO).texts("3", SHORTCODE)
    village.workers_run()
    assert counted(village, id) == {"unsure": 1}
    assert "'3'" not in kept(village)


def test_a_number_that_the_vote_has_not_and_one_after_its_end_change_nothing(village: Village) -> None:
    with_three(village)
    id = by_sms(village, choices="Seed, Hoes")
    assert "1 Seed 2 Hoes 3 Hakuna" in village.sms(ACHIENG)[-1]
    village.phone(OTIENO).texts("5", SHORTCODE)
    village.phone(ACHIENG).texts("3", SHORTCODE)
    assert counted(village, id) == {"none": 1}
    village.workers_run()
    assert village.sms(OTIENO)[-1].startswith("Not counted")


def test_members_call_votes_one_each_and_leave_one_to_the_leader(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        assert isinstance(calling.start_by(world, OTIENO, "1001", "a mill", "", "3", "o1"), VoteOpen)
        assert isinstance(calling.start_by(world, OTIENO, "1001", "a mill", "", "3", "o1"), VoteOpen), "the same turn again"
        assert isinstance(calling.start_by(world, OTIENO, "1001", "a cow", "", "3", "o2"), VotesByMembers)
        assert isinstance(calling.start_by(world, ACHIENG, "1001", "a goat", "", "3", "a1"), VoteOpen)
        assert isinstance(calling.start_by(world, WANJIRU, "1001", "a hen", "", "3", "w1"), MayTell)
        assert isinstance(votes.start_vote(world, WANJIRU, "1001", "a hen", "", "3", "no", "w1"), ToldAll)
        assert len(ballot_rows.votes_of(world, rows.by_number(world, "1001").id, 9)) == 3
        assert facts.votes_of_group(world, OTIENO, "1001")[-1].value == calling.CALL
        rows.put(world, rows.by_number(world, "1001").id, members.by_number(world, OTIENO).id, state="left")
        assert isinstance(calling.start_by(world, OTIENO, "1001", "a mill", "", "3", "o3"), NotInGroup)
    assert not village.sms(WANJIRU), "what a member calls costs the group no SMS"


def decide(village: Village, id: int, choice: str) -> None:
    with village.world() as world:
        for number in (WANJIRU, OTIENO):
            assert isinstance(votes.cast_ballot(world, number, str(id), choice, "1001"), VoteCounted)
    village.clock.passes(days=8)
    with village.world() as world:
        votes.close_votes(world)
        rules.write_decided(world)


def test_a_rule_comes_and_goes_by_vote_once_and_what_the_leader_took_out_stays_out(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        assert isinstance(rules.pick_rule(world, OTIENO, "1001", rules.PROPOSE), NewRule)
        assert isinstance(rules.propose_rule(world, OTIENO, "1001", "Phones are off", "r1"), VoteOpen)
        vote = ballot_rows.vote_by_key(world, "r1")
    decide(village, vote.id, "yes")
    with village.world() as world:
        assert rules.write_decided(world) == 0
        (row,) = rules.group_rules(world, ACHIENG, "1001")
        assert row.label == "Phones are off"
        assert isinstance(rules.pick_rule(world, ACHIENG, "1001", row.value), RulePicked)
        assert isinstance(votes.cast_ballot(world, OTIENO, str(vote.id), "no", "1001"), VoteEnded)
        assert votes.ask_if_done(world) == 0, "it is done by itself"
        assert isinstance(rules.propose_out(world, ACHIENG, "1001", row.value, "r2"), VoteOpen)
        out = ballot_rows.vote_by_key(world, "r2")
    decide(village, out.id, "yes")
    with village.world() as world:
        assert rules.group_rules(world, ACHIENG, "1001") == []
        assert rules.write_decided(world) == 0


def test_a_no_leaves_the_rules_as_they_are(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        rules.propose_rule(world, OTIENO, "1001", "No talking", "r1")
        vote = ballot_rows.vote_by_key(world, "r1")
    decide(village, vote.id, "no")
    with village.world() as world:
        assert rules.group_rules(world, ACHIENG, "1001") == []


def test_a_vote_that_ends_soon_waits_until_one_has_voted(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        calling.start_by(world, OTIENO, "1001", "a mill", "", "7", "o1")
        id = str(ballot_rows.vote_by_key(world, "o1").id)
        assert waiting_count(world, ACHIENG) == "0"
    village.clock.passes(days=5, hours=1)
    with village.world() as world:
        assert waiting_count(world, ACHIENG) == "1"
        assert waiting_things(world, ACHIENG)[0].value == "vote-1001"
        votes.cast_ballot(world, ACHIENG, id, "yes", "1001")
        assert waiting_count(world, ACHIENG) == "0"
        assert waiting_things(world, ACHIENG) == []
        assert waiting_count(world, OTIENO) == "1"


@pytest.mark.parametrize(
    ("said", "choices", "counts"),
    [
        (("2 days",), "", {"no": 1}), (("4", "2"), "", {"no": 1}), (("not sure",), "", {"unsure": 1}), (("sijui",), "", {"unsure": 1}),
        (("1", "2"), "", {"yes": 1}), (("2", "2 no"), "", {"no": 1}), (("1 yes",), "", {"yes": 1}), (("1) yes",), "", {"yes": 1}),
        (("3 not sure",), "", {"unsure": 1}),
        (("No, not on Sunday",), "", {}), (("I vote no",), "", {}), (("Vote yes",), "", {}), (("Yes,of course",), "", {}),
        (("Maize",), "Beans, Maize", {"2": 1}), (("None of these",), "Beans, Maize", {"none": 1}), (("No",), "Yes, Not yet, No", {"3": 1}),
    ],
)  # fmt: skip
def test_however_a_ballot_is_written_it_is_kept_as_dots(village: Village, said: tuple[str, ...], choices: str, counts: dict[str, int]) -> None:
    with_three(village)
    id = by_sms(village, choices=choices)
    for words in said:
        if words == "2 days":  # later than a bare answer is usually waited for
            village.clock.passes(hours=50)
        village.phone(OTIENO).texts(words.removesuffix(" days"), SHORTCODE)
    assert counted(village, id) == counts
    with village.world() as world:
        assert {row.words for row in world.read.execute(select(texts_in))} == {DOTS}
        assert items.page(world, before=None, most=9) == []


def test_a_ballot_that_comes_after_the_end_is_kept_as_dots_too(village: Village) -> None:
    with_three(village)
    id = by_sms(village)
    village.clock.passes(days=4)
    with village.world() as world:
        votes.close_votes(world)
    village.phone(OTIENO).texts("2", SHORTCODE)
    village.workers_run()
    assert village.sms(OTIENO)[-1].startswith("Not counted")
    assert counted(village, id) == {}
    with village.world() as world:
        assert {row.words for row in world.read.execute(select(texts_in))} == {DOTS}


def test_a_ballot_comes_from_another_sim_and_behind_two_other_questions(village: Village) -> None:
    with_three(village)
    id = by_sms(village)
    with village.world() as world:
        sims.ask_for_sim(world, OTIENO, SECOND, Secret("5839"))
        sims.agree_to_sim(world, SECOND, Secret("5839"))
    village.phone(SECOND).texts("2", SHORTCODE)
    assert counted(village, id) == {"no": 1}
    with village.world() as world:
        member = members.by_number(world, ACHIENG)
        for n in range(2):
            remember(world, ACHIENG, "meeting", str(n), f"Meeting {n}")
        said = answering.answer(world, member, "2")
        assert said.meaning == answering.VEILED
        which = next(one for one in still_open(world, ACHIENG) if one.kind == answering.WHICH)
        assert which.ref.endswith(",")
        assert "Tumaini" in said.reply


def test_who_shares_a_phone_is_asked_to_dial(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        members.add_member(world, number=f"{OTIENO}/2", name="Baraka", language="en", code="77777", pin_hash="x")
    by_sms(village)
    assert "Vote: dial" in village.sms(OTIENO)[-1]


def test_after_the_end_the_order_says_nothing(village: Village) -> None:
    with_three(village)
    id = by_sms(village)
    with village.world() as world:
        for number, choice in ((WANJIRU, "yes"), (OTIENO, "no"), (ACHIENG, "yes")):
            votes.cast_ballot(world, number, id, choice, "1001")
    village.clock.passes(days=4)
    with village.world() as world:
        votes.close_votes(world)
        marks = [row.mark for row in world.read.execute(select(ballot_rows.ballots))]
        assert sorted(marks) == sorted(set(marks))
        assert all(len(mark) == 33 for mark in marks)
        assert ballot_rows.count_ballots(world, int(id)) == {"yes": 2, "no": 1}


def test_the_places_of_members_go_round_and_an_election_takes_none(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        calling.start_by(world, OTIENO, "1001", "a mill", "", "3", "o1")
        calling.start_by(world, ACHIENG, "1001", "a cow", "", "3", "a1")
        votes.call_election(world, WANJIRU, "1001", "e1")
        assert isinstance(votes.start_vote(world, WANJIRU, "1001", "a hen", "", "3", "no", "w1"), ToldAll)
    village.clock.passes(days=4)
    with village.world() as world:
        votes.close_votes(world)
        assert isinstance(calling.start_by(world, OTIENO, "1001", "again", "", "3", "o2"), VotesByMembers)
    village.clock.passes(days=7)
    with village.world() as world:
        assert isinstance(calling.start_by(world, OTIENO, "1001", "again", "", "3", "o3"), VoteOpen)


def test_who_was_asked_by_sms_hears_what_came_of_it_and_others_find_it_in_the_menu(village: Village) -> None:
    with_three(village)
    id = by_sms(village)
    with village.world() as world:
        calling.start_by(world, OTIENO, "1001", "a mill", "", "3", "o1")
        for number in (WANJIRU, OTIENO):
            votes.cast_ballot(world, number, id, "yes", "1001")
    village.clock.passes(days=4)
    with village.world() as world:
        assert votes.close_votes(world) == 2
    village.workers_run()
    for number in (WANJIRU, OTIENO, ACHIENG):
        results = [said for said in village.sms(number) if "Sunday" in said and "2" in said and "Reply" not in said and "Jibu" not in said]
        assert len(results) == 1
    assert not [said for said in village.sms(ACHIENG) if "mill" in said], "that one was in the menu only"


def test_who_has_something_to_say_is_heard_while_a_vote_is_open(village: Village) -> None:
    with_three(village)
    id = by_sms(village)
    village.phone(OTIENO).texts("2", SHORTCODE)
    for words in ("Ok", "No water at the borehole since Monday", "La pompe est cassee", "WAZO No school fees in January please"):
        village.phone(OTIENO).texts(words, SHORTCODE)
    assert counted(village, id) == {"no": 1}, "an Ok to our reply changes nothing"
    with village.world() as world:
        kept = {row.words for row in world.read.execute(select(texts_in))}
        assert kept == {DOTS, "No water at the borehole since Monday", "Ok", "La pompe est cassee", "WAZO No school fees in January please"}
        assert len(items.page(world, before=None, most=9, kinds=("idea",))) == 1


def test_a_ballot_never_agrees_to_cash(village: Village) -> None:
    """Whatever order the questions came in: only a clear answer to the question about money moves any."""
    with_three(village)
    with village.world() as world:
        for n in range(2):
            remember(world, OTIENO, "meeting", str(n), f"Meeting {n}")
    village.phone(OTIENO).texts("yes", SHORTCODE)  # which one? He does not say
    with village.world() as world:
        assert isinstance(cash.write_cash(world, WANJIRU, "1001", str(members.by_number(world, OTIENO).id), 150_00, "c1"), CashWritten)
    village.clock.passes(minutes=5)
    id = by_sms(village, choices="Seed, Hoes")
    before = village.balance(OTIENO)
    for words in ("Seed", "5", "2", "Hoes"):
        village.phone(OTIENO).texts(words, SHORTCODE)
    village.workers_run()
    village.post()
    assert village.balance(OTIENO) == before
    with village.world() as world:
        assert [one.state for one in ballot_rows.cash_of(world, rows.by_number(world, "1001").id, village.clock() - dt.timedelta(days=1))] == ["asked"]
    assert counted(village, id) == {"1": 1}


def test_a_command_stays_one_whatever_a_vote_calls_its_answers(village: Village) -> None:
    with_three(village)
    id = by_sms(village, choices="Milk, Call")
    village.phone(OTIENO).texts("CALL", SHORTCODE)
    village.workers_run()
    assert counted(village, id) == {}
    assert "calls" in village.sms(OTIENO)[-1]


def test_a_rule_with_a_word_on_the_list_can_be_voted_out(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        rules.add_rule(world, WANJIRU, "1001", "Thieves pay double", "r1")
        voice_rows.hold_word(world, "thieves", "insults", "grace")
        (row,) = rules.group_rules(world, OTIENO, "1001")
        assert isinstance(rules.propose_out(world, OTIENO, "1001", row.value, "r2"), VoteOpen)
