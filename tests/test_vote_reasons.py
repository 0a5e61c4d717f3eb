"""A vote tells what it is about, and members say why they vote as they do: with their names, while what they vote stays secret."""

from __future__ import annotations

from gateway.community import numbers, reporting
from gateway.community.groups import ballot_rows, reason_rows, reasons, votes
from gateway.community.groups.model import NotInGroup
from gateway.community.groups.vote_model import AVote, MoreKept, MoreOfChoice, MoreShown, TellMore, VoteEnded, WhyGone, WhyKept, WhyShown
from gateway.community.items.model import NoItem, Reported
from gateway.community.model import NothingThere
from tests.browser import operator, press
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village
from tests.test_group_votes import opened, with_three
from tests.test_groups import chama


def test_who_asks_says_what_a_vote_is_about_until_the_first_has_voted(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        id = opened(world)
        assert (reasons.explains(world, WANJIRU, id, "1001"), reasons.explains(world, OTIENO, id, "1001")) == (True, False)
        assert isinstance(reasons.explain_vote(world, OTIENO, id, "mine", "1001"), VoteEnded)
        assert isinstance(reasons.explain_vote(world, WANJIRU, id, "The school hall is free on Sundays", "1001"), MoreKept)
        told = reasons.tell_more(world, OTIENO, id, "1001")
        assert isinstance(told, MoreShown)
        assert (told.more, int(told.whys)) == ("The school hall is free on Sundays", 0)
        votes.cast_ballot(world, OTIENO, id, "yes", "1001")
        assert isinstance(reasons.explain_vote(world, WANJIRU, id, "It costs 4,000", "1001"), VoteEnded), "what he voted on is not changed behind him"


def test_why_is_not_asked_where_one_of_the_group_is_chosen(village: Village) -> None:
    with_three(village)
    village.clock.passes(days=91)
    with village.world() as world:
        votes.call_election(world, OTIENO, "1001", "k1")
        id = str(ballot_rows.vote_by_key(world, "k1").id)
        assert not reasons.may_say_why(world, OTIENO, id, "1001")
        assert isinstance(reasons.say_why(world, OTIENO, id, "she is kind", "1001"), VoteEnded)


def test_why_is_said_once_with_a_name_and_until_the_vote_ends(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        id = opened(world)
        for words in ("Sunday is for church", "Sunday is for church and rest"):
            assert isinstance(reasons.say_why(world, OTIENO, id, words, "1001"), WhyKept)
        line = reasons.whys_of_vote(world, ACHIENG, id, "1001")
        assert [row.label for row in line] == ["Otieno: Sunday is for"]
        shown = reasons.look_at_why(world, ACHIENG, line[0].value, id, "1001")
        assert isinstance(shown, WhyShown)
        assert (shown.why, shown.from_name) == ("Sunday is for church and rest", "Otieno")
        assert isinstance(reporting.report_thing(world, ACHIENG, str(shown.thing), "insult", "k9"), Reported)
    village.clock.passes(days=4)
    with village.world() as world:
        assert isinstance(reasons.say_why(world, ACHIENG, id, "late", "1001"), VoteEnded)


def test_nobody_outside_the_group_reads_or_says_anything(village: Village) -> None:
    chama(village)
    with village.world() as world:
        id = opened(world)
        reasons.say_why(world, OTIENO, id, "Sunday is for church", "1001")
        reason = reason_rows.of_vote(world, int(id), 1)[0]
        assert reasons.whys_of_vote(world, ACHIENG, id, "1001") == []
        assert isinstance(reasons.tell_more(world, ACHIENG, id, "1001"), NotInGroup)
        assert isinstance(reasons.say_why(world, ACHIENG, id, "words", "1001"), NotInGroup)
        assert isinstance(reasons.look_at_why(world, ACHIENG, str(reason.id), id, "1001"), WhyGone)
        assert isinstance(reporting.report_thing(world, ACHIENG, f"why-{reason.id}", "lie", "k9"), NoItem)


def test_a_number_finds_the_vote_for_who_is_in_the_group_and_nothing_for_others(village: Village) -> None:
    chama(village)
    with village.world() as world:
        vote = ballot_rows.vote(world, int(opened(world)))
        assert isinstance(numbers.look_up_number(world, OTIENO, vote.number), AVote)
        assert isinstance(numbers.look_up_number(world, ACHIENG, vote.number), NothingThere)


def test_an_old_vote_without_a_number_is_found_by_none(village: Village) -> None:
    chama(village)
    with village.world() as world:
        opened(world)
        world.write.execute(ballot_rows.group_votes.update().values(number=""))
        assert ballot_rows.vote_by_number(world, "") is None
        assert votes.look_at_vote(world, OTIENO, str(ballot_rows.vote_by_key(world, "k1").id), "1001").vote_number == ""


def test_the_last_line_under_the_answers_tells_more_and_is_no_ballot(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        votes.start_vote(world, WANJIRU, "1001", "where do we meet", "School, Market", "3", "no", "k1")
        id = str(ballot_rows.vote_by_key(world, "k1").id)
        assert isinstance(votes.choose(world, OTIENO, id, "more", "1001"), TellMore)
        assert ballot_rows.count_ballots(world, int(id)) == {}
        assert isinstance(reasons.tell_more(world, OTIENO, id, "1001"), MoreOfChoice)


def test_a_facilitator_reads_why_and_takes_away_what_should_not_stand_there(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        id = opened(world)
        reasons.say_why(world, OTIENO, id, "Sunday is for church", "1001")
        reason = reason_rows.of_vote(world, int(id), 1)[0]
    web = operator(village, "facilitator")
    assert "Sunday is for church" in web.get("/console/groups/1001").get_data(as_text=True)
    press(web, f"groups/1001/whys/{reason.id}", "groups/1001")
    with village.world() as world:
        assert reason_rows.of_vote(world, int(id), 5) == []
