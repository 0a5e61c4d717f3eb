"""A group chooses among answers of its own, reminds kindly, and says whether what it decided was done."""

from __future__ import annotations

import dataclasses

from gateway.community.groups import ballot_rows, cash, facts, leading, reminding, results, rows, votes
from gateway.community.groups.model import NotInGroup, ToldAll, TooFewTexts
from gateway.community.groups.vote_model import (
    ChoiceShown,
    ChoicesUnclear,
    DoneNoted,
    NobodyToRemind,
    OthersReminded,
    PayFirst,
    RemindedAlready,
    VoteCounted,
    VoteDecided,
    VoteEnded,
    VoteOpen,
    VoteOver,
    VoteSaid,
)
from gateway.members import rows as members
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village
from tests.test_group_votes import opened, with_three, written


def chosen(world, answers: str, key: str = "c1") -> str:
    assert isinstance(votes.start_vote(world, WANJIRU, "1001", "what do we plant", answers, "3", "no", key), ToldAll)
    return str(ballot_rows.vote_by_key(world, key).id)


def test_a_vote_with_answers_of_its_own(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        for unclear in ("Maize", "a, b, c, d, e", "Maize, maize", "Maize, a very long answer", "seed 1250, hoe 1350"):
            assert isinstance(votes.price_vote(world, WANJIRU, "1001", "when", unclear), ChoicesUnclear), unclear
        assert votes.price_vote(world, WANJIRU, "1001", "when", "9.30 am, 1/2 day").answers == "9.30 am / 1/2 day"
        assert votes.price_vote(world, WANJIRU, "1001", "when", "").answers == "Yes or no"
        id = chosen(world, "Maize, beans")
        assert isinstance(votes.look_at_vote(world, OTIENO, id, "1001"), ChoiceShown)
        assert [(one.value, one.label) for one in facts.choices_of_vote(world, OTIENO, id, "1001")] == [
            ("1", "Maize"), ("2", "beans"), ("none", "None of these"), ("more", "Tell me more"),
        ]  # fmt: skip
        for number, choice in ((WANJIRU, "2"), (OTIENO, "none"), (ACHIENG, "2"), (OTIENO, "1")):
            assert isinstance(votes.choose(world, number, id, choice, "1001"), VoteCounted)
        assert isinstance(votes.choose(world, OTIENO, id, "3", "1001"), NotInGroup)
        assert votes.choose(world, OTIENO, id, "1", "1001").voted == 3
    village.clock.passes(days=3)
    with village.world() as world:
        votes.close_votes(world)
        assert ballot_rows.vote(world, int(id)).said == "choice 1=1 2=2 none=0"
        said = votes.look_at_vote(world, OTIENO, id, "1001")
        assert isinstance(said, VoteDecided)
        assert said.said == "So: beans, 2 of 3. Next: Maize, 1"
        assert "what do we plant So: beans" in facts.notices_of_group(world, OTIENO, "1001")[0].label


def test_none_of_these_decides_nothing(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        id = chosen(world, "Maize, beans")
        for number in (WANJIRU, OTIENO):
            votes.choose(world, number, id, "none", "1001")
    village.clock.passes(days=3)
    with village.world() as world:
        votes.close_votes(world)
        said = votes.look_at_vote(world, OTIENO, id, "1001")
        assert isinstance(said, VoteOver)
        assert said.said == "So: None of these, 2 of 2. Next: Maize, 0"
        assert isinstance(votes.say_done(world, OTIENO, id, "yes", "1001"), NotInGroup)


def test_what_was_decided_is_asked_about_after_a_month_and_each_says_it_once(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        id = opened(world)
        for number in (WANJIRU, OTIENO):
            votes.cast_ballot(world, number, id, "yes", "1001")
    village.clock.passes(days=4)
    with village.world() as world:
        votes.close_votes(world)
        assert votes.ask_if_done(world) == 0
    village.clock.passes(days=31)
    with village.world() as world:
        assert (votes.ask_if_done(world), votes.ask_if_done(world)) == (1, 0)
        assert "Was it done? Say it under Votes: do we meet on Sunday" in facts.notices_of_group(world, OTIENO, "1001")[0].label
        for number, says in ((OTIENO, "no"), (ACHIENG, "part"), (OTIENO, "yes")):
            said = votes.say_done(world, number, id, says, "1001")
            assert isinstance(said, DoneNoted)
        assert (said.done, said.saying) == (1, 2)
        assert ballot_rows.count_done(world, [int(id)]) == {int(id): {"yes": 1, "part": 1}}


def test_who_has_not_voted_is_reminded_once_and_nobody_is_told_who(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        id = opened(world)
        votes.cast_ballot(world, OTIENO, id, "no", "1001")
        priced = reminding.price_voters(world, OTIENO, id, "1001")
        assert (priced.texts, priced.texts_left) == (2, 120)
        assert reminding.remind_voters(world, OTIENO, id, "1001").told == 2
        assert isinstance(reminding.price_voters(world, OTIENO, id, "1001"), RemindedAlready)
        assert isinstance(reminding.remind_voters(world, ACHIENG, id, "1001"), RemindedAlready)
    assert "You have not voted" in village.sms(WANJIRU)[-1]
    assert "Hujapiga kura" in village.sms(ACHIENG)[-1]
    assert not any("You have not voted" in words for words in village.sms(OTIENO))


def test_who_wants_no_sms_is_not_reminded_and_no_more_go_out_than_are_left(village: Village, monkeypatch) -> None:
    with_three(village)
    village.phone(ACHIENG).texts("STOP", SHORTCODE)
    with village.world() as world:
        id = opened(world)
        assert reminding.price_voters(world, OTIENO, id, "1001").texts == 1
        monkeypatch.setattr(leading, "TEXTS_A_MONTH", 0)
        assert isinstance(reminding.remind_voters(world, OTIENO, id, "1001"), TooFewTexts)
        votes.cast_ballot(world, WANJIRU, id, "no", "1001")
        assert isinstance(reminding.remind_voters(world, OTIENO, id, "1001"), NobodyToRemind)


def test_a_kind_word_to_who_has_not_paid_goes_once_in_a_week(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        assert isinstance(reminding.price_payers(world, OTIENO, "1001"), PayFirst)
        assert reminding.price_payers(world, WANJIRU, "1001").texts == 2
        cash.answer_cash(world, members.by_number(world, OTIENO), written(world), agrees=True)
    village.post()
    with village.world() as world:
        assert reminding.price_payers(world, OTIENO, "1001").texts == 2
        assert isinstance(reminding.remind_payers(world, OTIENO, "1001", "r1"), OthersReminded)  # the leader too
    with village.world() as world:
        assert isinstance(reminding.remind_payers(world, WANJIRU, "1001", "r2"), RemindedAlready)
    assert "A kind word from Tumaini group: this month is not paid in yet" in village.sms(WANJIRU)[-1]
    assert "mwezi huu bado hujalipa" in village.sms(ACHIENG)[-1]
    assert not any("kind word" in words for words in village.sms(OTIENO))
    village.clock.passes(days=8)
    with village.world() as world:
        assert isinstance(reminding.remind_payers(world, WANJIRU, "1001", "r3"), OthersReminded)


def test_a_vote_that_should_not_have_been_is_called_off_in_the_console(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        id = chosen(world, "Maize, beans")
        votes.choose(world, OTIENO, id, "1", "1001")
    web = operator(village, "facilitator")
    shown = page(web, "groups/1001")
    assert "what do we plant" in shown
    assert "Maize, beans" in shown
    assert "1 of 3" in shown
    assert "ends without a result" in press(web, f"groups/1001/votes/{id}", "groups/1001")
    assert "That vote is over" in press(web, f"groups/1001/votes/{id}", "groups/1001")
    assert "Called off" in page(web, "groups/1001")
    with village.world() as world:
        assert isinstance(votes.choose(world, OTIENO, id, "1", "1001"), VoteEnded)


def test_an_election_that_is_called_off_changes_no_leader_and_bars_nobody(village: Village) -> None:
    with_three(village)
    village.clock.passes(days=91)
    with village.world() as world:
        assert isinstance(votes.call_election(world, OTIENO, "1001", "k1"), VoteOpen)
        id = ballot_rows.vote_by_key(world, "k1").id
        for number in (WANJIRU, ACHIENG):
            votes.elect(world, number, str(id), str(members.by_number(world, OTIENO).id), "1001")
        assert votes.call_off(world, id)
        assert isinstance(votes.call_election(world, OTIENO, "1001", "k2"), VoteOpen)
    village.clock.passes(days=8)
    with village.world() as world:
        votes.close_votes(world)
        leaders = [one.member_id for one in rows.in_group(world, rows.by_number(world, "1001").id) if one.role == "leader"]
        assert leaders == [members.by_number(world, WANJIRU).id]


def test_words_of_a_leader_that_look_like_ours_are_words(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        for n, words in enumerate(("=done or not, tell me", "=vote 12", "= = =")):
            leading.send_notice(world, WANJIRU, "1001", words, "no", f"n{n}")
        shown = [one.label for one in facts.notices_of_group(world, OTIENO, "1001")]
        assert any("done or not, tell me" in one for one in shown)
        assert results.notice_words(world, "=done or not", "en") == "=done or not"
        assert results.notice_words(world, "=vote 99", "en") == "=vote 99"
    assert "done or not" in page(operator(village, "facilitator"), "groups/1001")


def test_counts_of_a_result_are_never_cut(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        id = chosen(world, "Mbegu zaoo, Jembe laoo")
        one = dataclasses.replace(ballot_rows.vote(world, int(id)), said="choice 1=30 2=12 none=18", question="x" * 60, state="closed")
        for language in ("en", "sw", "fr", "ki"):
            said = results.result(world, one, language)
            assert len(said) <= len(VoteSaid.longest)
            assert said.endswith("18")


def test_who_did_not_vote_for_a_leader_is_asked_in_their_language(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        votes.call_election(world, WANJIRU, "1001", "k1")
        id = str(ballot_rows.vote_by_key(world, "k1").id)
        votes.elect(world, OTIENO, id, str(members.by_number(world, OTIENO).id), "1001")
        reminding.remind_voters(world, OTIENO, id, "1001")
    assert "Who leads next?" not in village.sms(ACHIENG)[-1]
