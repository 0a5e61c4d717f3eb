"""Other words for one's own, a call with the other's yes, why a tip did not help, well done to a group, asking all who joins: each with its bounds."""

from __future__ import annotations

from gateway.community import rewording, well_done
from gateway.community import rows as community
from gateway.community.groups import asking_all, ballot_rows
from gateway.community.groups import rows as groups
from gateway.community.groups.model import AskerGone
from gateway.community.groups.verbs import open_group
from gateway.community.groups.vote_model import VoteOpen
from gateway.community.helping import may_call, tips
from gateway.community.helping import rows as helping
from gateway.community.helping import verbs as asking
from gateway.community.helping.may_call import CallAsked
from gateway.community.helping.model import NoAnswer
from gateway.community.items import looking, rows, verbs, voice_rows
from gateway.community.items.model import CountsLater, HeldWords, NoItem, SaidToday
from gateway.community.rewording import Reworded, SpokenOf
from gateway.community.voices import verbs as voices
from gateway.community.well_done import GroupOnBoard, OffTheBoard, WellDoneSaid
from gateway.members import rows as members
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, crowd, idea
from tests.test_needs import grown


def test_other_words_are_found_and_the_old_ones_are_kept_until_somebody_has_voted(village: Village) -> None:
    grown(village)
    with village.world() as world:
        mine = idea(world, WANJIRU, "pay us on friday")
        assert isinstance(rewording.reword(world, WANJIRU, mine.number, "a tank beside the market"), Reworded)
        assert isinstance(rewording.reword(world, WANJIRU, mine.number, "a tank beside the market"), Reworded)  # twice is once
        assert rows.by_number(world, mine.number).words == "a tank beside the market"
        assert [one.id for one, _ in verbs.look_alikes(world, "tank at the market", ("idea",))] == [mine.id]
        assert verbs.look_alikes(world, "pay on friday", ("idea",)) == []
        steps = voice_rows.changes_of(world, [mine.id])
        assert [one.why for one in steps if one.by == verbs.AUTHOR] == ["said before: pay us on friday"]
        assert isinstance(rewording.reword(world, OTIENO, mine.number, "buy my medicine"), NoItem)
        verbs.vote(world, OTIENO, mine.number, "for")
        assert isinstance(rewording.reword(world, WANJIRU, mine.number, "buy my medicine"), SpokenOf)
        assert rows.by_number(world, mine.number).words == "a tank beside the market"


def test_a_word_of_the_list_holds_new_words_and_without_it_they_go_on(village: Village) -> None:
    grown(village)
    with village.world() as world:
        voice_rows.hold_word(world, "thief", "names somebody a thief", "grace")
        mine = idea(world, WANJIRU, "the scale is wrong")
        assert isinstance(rewording.reword(world, WANJIRU, mine.number, "the clerk is a thief"), HeldWords)
        assert rows.by_number(world, mine.number).state == "held"
        assert isinstance(rewording.reword(world, WANJIRU, mine.number, "the scale shows too little"), Reworded)
        assert rows.by_number(world, mine.number).state == "open"
        newcomer = crowd(world, 1)[0]
        members.change_member(world, members.by_number(world, newcomer).id, made_at=world.now())
        new = idea(world, newcomer, "a bench at the gate")
        assert isinstance(rewording.reword(world, newcomer, new.number, "two benches at the gate"), Reworded)
        assert rows.by_number(world, new.number).state == "held"  # a person, or two of the village, still look


def answered(village: Village, world) -> str:
    asking.turn_topic(world, OTIENO, "cows")
    asked = asking.ask_helpers(world, WANJIRU, "cows", "my cow does not eat", "q")
    asking.answer(world, OTIENO, asked.number, "give it salt", "a")
    return str(helping.answers_to(world, [rows.by_number(world, asked.number).id], 1)[0].id)


def test_what_reports_have_put_to_rest_its_author_does_not_open(village: Village) -> None:
    grown(village)
    with village.world() as world:
        one = idea(world, WANJIRU, "the clerk is slow")
        rows.change(world, one.id, state="held")
        voice_rows.add_change(world, one.id, "open", "held", "reports", "3 members")
        for words in ("the clerk is a thief", "the clerk is fine"):
            assert isinstance(rewording.reword(world, WANJIRU, one.number, words), rewording.SpokenOf)
        assert rows.by_number(world, one.number).state == "held"


def test_words_are_changed_a_few_times_a_day_and_not_behind_a_vote_that_counts_later(village: Village) -> None:
    grown(village)
    with village.world() as world:
        one, other = idea(world, WANJIRU, "a cold tank"), idea(world, OTIENO, "a warm tank")
        for n in range(rewording.TIMES_A_DAY):
            assert isinstance(rewording.reword(world, WANJIRU, one.number, f"tank number {n}"), rewording.Reworded)
        assert isinstance(rewording.reword(world, WANJIRU, one.number, "one more tank"), rewording.ChangedOften)
        young = crowd(world, 1)[0]
        members.change_member(world, members.by_number(world, young).id, made_at=world.now())
        assert isinstance(verbs.vote(world, young, other.number, "for"), CountsLater)
        assert isinstance(rewording.reword(world, OTIENO, other.number, "no tank"), rewording.SpokenOf)


def test_the_number_is_told_only_after_a_yes_and_only_to_who_asked(village: Village) -> None:
    grown(village)
    with village.world() as world:
        given = answered(village, world)
        assert isinstance(may_call.ask_to_call(world, ACHIENG, given, "", "k"), NoAnswer)  # it was not her question
        assert isinstance(may_call.ask_to_call(world, WANJIRU, "1", "", "k"), NoAnswer)
        for key in ("k1", "k1", "k2"):
            assert isinstance(may_call.ask_to_call(world, WANJIRU, given, "", key), CallAsked)
    assert sum("would like to call you" in words for words in village.sms(OTIENO)) == 1
    assert not any("0722000002" in words for words in village.sms(WANJIRU))
    village.phone(OTIENO).texts("2", SHORTCODE)
    assert not any("0722000002" in words for words in village.sms(WANJIRU))
    village.clock.passes(days=may_call.ONCE_DAYS, hours=1)
    with village.world() as world:
        assert isinstance(may_call.ask_to_call(world, WANJIRU, given, "", "k3"), CallAsked)
    village.sms(OTIENO)
    village.phone(OTIENO).texts("yes", SHORTCODE)
    assert sum("you may call 0722000002" in words for words in village.sms(WANJIRU)) == 1


def test_nobody_asks_for_calls_all_day(village: Village) -> None:
    grown(village)
    with village.world() as world:
        asking.turn_topic(world, OTIENO, "cows")
        for n in range(may_call.ASKS_A_DAY + 1):
            asked = asking.ask_helpers(world, WANJIRU, "cows", f"my cow number {n} does not eat", f"q{n}")
            asking.answer(world, OTIENO, asked.number, "give it salt", f"a{n}")
            given = str(helping.answers_to(world, [rows.by_number(world, asked.number).id], 1)[0].id)
            said = may_call.ask_to_call(world, WANJIRU, given, "", f"k{n}")
            assert isinstance(said, CallAsked if n < may_call.ASKS_A_DAY else SaidToday), n


def test_why_a_tip_did_not_help_is_read_by_all_and_danger_rests_it(village: Village) -> None:
    grown(village)
    with village.world() as world:
        saved = tips.write_tip(world, OTIENO, "cows", "wash the udder", "t")
        tips.accept(world, helping.revisions_of(world, rows.by_number(world, saved.number).id)[0], "grace")
        assert type(tips.say_if_helped(world, WANJIRU, saved.number, "against")).__name__ == "DidNotHelp"
        tips.say_what_was_wrong(world, WANJIRU, saved.number, "place", "w1")
        assert [row.label for row in looking.comments_on(world, ACHIENG, saved.number)] == ["Wanjiru: It is not for our place"]
        tips.say_what_was_wrong(world, WANJIRU, saved.number, "danger", "w2")
        assert rows.by_number(world, saved.number).state == "held"


def test_well_done_is_a_thanks_once_a_week_and_only_to_who_stands_on_the_board(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group, some = open_group(world, "Umoja"), crowd(world, 5)
        for n, number in enumerate((OTIENO, *some)):
            groups.put(world, group.id, members.by_number(world, number).id, state="member", role="member" if n else "leader")
        made = idea(world, some[0], "a cold tank")
        for number in some[1:]:
            verbs.vote(world, number, made.number, "for")
        assert isinstance(well_done.say_well_done(world, WANJIRU, str(group.id)), OffTheBoard)  # not counted yet
        voices.count_board(world)
        shown = well_done.look_at_group_on_board(world, WANJIRU, str(group.id))
        assert shown == GroupOnBoard("Umoja", 83)
        for _ in range(2):
            assert isinstance(well_done.say_well_done(world, WANJIRU, str(group.id)), WellDoneSaid)
        assert community.thanks_to(world, members.by_number(world, OTIENO).id) == 1
        assert isinstance(well_done.look_at_group_on_board(world, WANJIRU, "12"), OffTheBoard)
        assert isinstance(well_done.say_well_done(world, ACHIENG, str(group.id)), WellDoneSaid)  # and each giver is heard
        assert community.thanks_for_answers(world, members.by_number(world, OTIENO).id) == 0  # it is no help that was found good
    assert sum("says well done to Umoja" in words for words in village.sms(OTIENO)) == 2


def test_a_leader_asks_all_who_joins_and_decides_after_it(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = open_group(world, "Umoja")
        groups.put(world, group.id, members.by_number(world, OTIENO).id, state="member", role="leader")
        groups.put(world, group.id, members.by_number(world, ACHIENG).id, state="member")
        asker = members.by_number(world, WANJIRU)
        groups.put(world, group.id, asker.id, state="asked")
        assert isinstance(asking_all.ask_about_asker(world, ACHIENG, group.number, str(asker.id)), AskerGone)  # she does not lead it
        assert isinstance(asking_all.ask_about_asker(world, OTIENO, group.number, str(asker.id)), VoteOpen)
        assert isinstance(asking_all.ask_about_asker(world, OTIENO, group.number, str(asker.id)), VoteOpen)  # the same one
        (vote,) = ballot_rows.votes_of(world, group.id, 5, ("open",))
        assert vote.question == "Shall Wanjiru join us?"
        assert groups.membership(world, group.id, asker.id).state == "asked"
        assert isinstance(asking_all.ask_about_asker(world, OTIENO, group.number, "1"), AskerGone)
        ballot_rows.close_vote(world, vote.id, "no yes=1 no=2 unsure=0")
        assert ballot_rows.vote(world, vote.id).question == "Shall a member join us?"  # whom it was about goes with the marks
        assert isinstance(asking_all.ask_about_asker(world, OTIENO, group.number, str(asker.id)), asking_all.AskedBefore)


def test_who_does_not_want_to_be_seen_is_not_named_in_a_vote(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = open_group(world, "Umoja")
        groups.put(world, group.id, members.by_number(world, OTIENO).id, state="member", role="leader")
        asker = members.by_number(world, WANJIRU)
        members.change_member(world, asker.id, shown_to="nobody")
        groups.put(world, group.id, asker.id, state="asked")
        assert isinstance(asking_all.ask_about_asker(world, OTIENO, group.number, str(asker.id)), VoteOpen)
        assert ballot_rows.votes_of(world, group.id, 5, ("open",))[0].question == "Shall a member join us?"


def test_ones_own_village_stands_on_the_board_and_a_village_of_a_few_does_not(village: Village) -> None:
    grown(village)
    with village.world() as world:
        some = [WANJIRU, *crowd(world, 4)]
        for number in some[:4]:
            members.change_member(world, members.by_number(world, number).id, village="Kiboko")
        assert isinstance(well_done.look_at_my_village(world, WANJIRU), OffTheBoard)
        members.change_member(world, members.by_number(world, some[4]).id, village="kiboko")
        one = idea(world, OTIENO, "a bridge").number
        for number in some[:2]:
            verbs.vote(world, number, one, "for")
        shown = well_done.look_at_my_village(world, WANJIRU)
        assert (shown.village, int(shown.took_part)) == ("Kiboko", 40)
        assert well_done.has_village(world, WANJIRU)
        assert not well_done.has_village(world, ACHIENG)
