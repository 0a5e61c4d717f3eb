"""What a person did not let through is seen by its author and by nobody else, wherever it had stood before."""

from __future__ import annotations

import pytest

from gateway.community import let_in, let_in_rows, rewording
from gateway.community import verbs as community
from gateway.community.helping import rows as tip_rows
from gateway.community.helping import tips
from gateway.community.items import closing, looking, measures, problems, rows, states, voice_rows
from gateway.community.items.model import NoItem, TakenBack
from gateway.community.items.verbs import look_alikes, say, take_back, vote
from gateway.members import rows as members
from tests.browser import operator, page, press
from tests.cast import ACHIENG, CODE, OTIENO, SHORTCODE, WANJIRU, Village, a_plan, idea

BAD = "Clerk Mwangi steals milk money daily"


def settled(village: Village) -> None:
    village.everybody()
    village.clock.passes(hours=8 * 24)


def test_nobody_hears_more_of_a_problem_that_is_between_two_again(village: Village) -> None:
    settled(village)
    with village.world() as world:
        number = str(community.say_what_is_wrong(world, WANJIRU, BAD, "w1").case)  # type: ignore[union-attr]
        other = str(community.say_what_is_wrong(world, ACHIENG, "Mwangi steals our milk money daily", "w2").case)  # type: ignore[union-attr]
        problems.show_to_all(world, WANJIRU, number)
        problems.join_problem(world, ACHIENG, other, number)
        vote(world, OTIENO, number, "for")
        say(world, OTIENO, number, "with me too", "s1")
    village.forget_texts()
    with village.world() as world:
        with pytest.raises(states.CannotGo, match="say why"):
            problems.refuse(world, rows.by_number(world, number), "grace", " ")
        problems.refuse(world, rows.by_number(world, number), "grace", "it names a person")
        assert rows.by_number(world, other).state == "open", "hers stands alone"
        states.go(world, rows.by_number(world, number), "done", "grace")
        assert voice_rows.unheard(world, members.by_number(world, OTIENO).id, 9) == []
    assert village.sms(OTIENO) == []
    assert not any("Mwangi" in words for words in village.sms(ACHIENG))
    assert any("it names a person. It stays between us" in words for words in village.sms(WANJIRU))


def test_an_idea_that_was_refused_is_nowhere(village: Village) -> None:
    settled(village)
    with village.world() as world:
        one, joined = idea(world, WANJIRU, BAD), idea(world, ACHIENG, "a cold tank at Kiboko")
        states.merge(world, joined, one, "grace", tell=False)
        vote(world, OTIENO, one.number, "for")
        states.go(world, rows.by_id(world, one.id), "declined", "grace", "not now")
        assert voice_rows.unheard(world, members.by_number(world, OTIENO).id, 9)
        problems.refuse(world, rows.by_id(world, one.id), "grace", "it names a person")
        assert voice_rows.unheard(world, members.by_number(world, OTIENO).id, 9) == []
        assert isinstance(looking.look_at_item(world, OTIENO, one.number), NoItem)
        assert isinstance(looking.status_of_item(world, OTIENO, one.number), NoItem)
        assert isinstance(vote(world, ACHIENG, one.number, "for"), NoItem)
        assert isinstance(say(world, OTIENO, one.number, "I think so", "s1"), NoItem)
        assert look_alikes(world, BAD, ("idea",)) == []
        assert rows.by_id(world, joined.id).state == "open"
        with pytest.raises(states.CannotGo):
            states.merge(world, rows.by_id(world, joined.id), rows.by_id(world, one.id), "grace")
        assert not isinstance(looking.status_of_item(world, WANJIRU, one.number), NoItem), "its author sees how it stands"
        kept = measures.looked_at_in_time(world)
        assert (kept.overdue, kept.due == kept.kept) == ((), True), "a person has looked"
    village.phone(OTIENO).texts(f"STATUS {one.number}", SHORTCODE)
    assert "Mwangi" not in village.sms(OTIENO)[-1]


def test_its_author_has_it_looked_at_once_more_or_takes_it_back(village: Village) -> None:
    settled(village)
    with village.world() as world:
        one = idea(world, WANJIRU, BAD)
        problems.refuse(world, one, "grace", "it names a person")
        assert isinstance(closing.object_to_no(world, WANJIRU, one.number, "it is our money", "k1"), closing.Objected)
        assert rows.by_id(world, one.id).state == "held", "a person looks before anybody sees it"
        problems.refuse(world, rows.by_id(world, one.id), "grace", "still it names a person")
        assert isinstance(closing.object_to_no(world, WANJIRU, one.number, "once more", "k2"), closing.NotDeclined)
        assert isinstance(take_back(world, WANJIRU, one.number), TakenBack)


def test_its_author_says_it_better_once_and_a_person_reads_it_first(village: Village) -> None:
    settled(village)
    better = "Two of us count the milk money daily"
    with village.world() as world:
        one = idea(world, WANJIRU, BAD)
        let_in_rows.say(world, one.id, members.by_number(world, OTIENO).id, fine=True)
        problems.refuse(world, one, "grace", "it names a person")
        for _ in range(2):  # the same turn twice
            assert isinstance(rewording.reword(world, WANJIRU, one.number, better), rewording.LookedAtAnew)
        now = rows.by_id(world, one.id)
        assert (now.state, now.words) == ("held", better)
        assert let_in_rows.said_of(world, [one.id]) == {}, "that was said of other words"
        assert let_in.held_for(world, [now]) == {}, "no member lets in what a person refused"
        assert isinstance(rewording.reword(world, WANJIRU, one.number, BAD), rewording.SpokenOf), "what a person reads stays what it is"
        assert [step.why for step in voice_rows.changes_of(world, [one.id]) if step.why.startswith(rewording.WAS)] == [f"{rewording.WAS}{BAD}"]
        assert isinstance(looking.look_at_item(world, OTIENO, one.number), NoItem)
        states.go(world, now, "open", "grace")
        assert not isinstance(looking.look_at_item(world, OTIENO, one.number), NoItem)
    village.forget_texts()
    with village.world() as world:
        problems.refuse(world, rows.by_id(world, one.id), "grace", "we look at it elsewhere")
        assert isinstance(rewording.reword(world, WANJIRU, one.number, "And once more"), closing.NotDeclined)
        assert rows.by_id(world, one.id).words == better
    assert [words.split(": ", 1)[1] for words in village.sms(WANJIRU)] == ["not shown. we look at it elsewhere"], "nothing is offered that is over"


def test_on_the_phone_it_is_told_that_a_person_reads_it_first(village: Village) -> None:
    settled(village)
    with village.world() as world:
        problems.refuse(world, idea(world, WANJIRU, BAD), "grace", "it names a person")
    assert f"is not shown: it names a person. Say it better: dial {CODE[:-1]}*5*4#" in village.sms(WANJIRU)[-1]
    phone = village.phone(WANJIRU)
    assert "not shown" in phone.dials(f"{CODE[:-1]}*5*4#")
    assert "it names a person" in phone.types("1")
    phone.types("5")
    assert "A person reads your new words" in phone.types("Two of us count the milk money daily")
    phone.dials(f"{CODE[:-1]}*5*4#")
    assert "waits for a person" in phone.types("1")
    assert "the author&#39;s objection" in page(operator(village, "facilitator"), "moderation"), "staff see why it is there"


def test_what_is_said_anew_with_a_word_of_the_list_waits_for_a_person_too(village: Village) -> None:
    settled(village)
    village.phone(WANJIRU).texts("IDEA Clerk Mwangi counts our milk", SHORTCODE)
    with village.world() as world:
        (one,) = rows.of_member(world, members.by_number(world, WANJIRU).id, ("idea",), 1)
        problems.refuse(world, one, "grace", "it names a person")
        assert isinstance(rewording.reword(world, WANJIRU, one.number, "the clerk is a thief"), rewording.LookedAtAnew)
        assert let_in.held_for(world, [rows.by_id(world, one.id)]) == {}


def test_a_tip_that_staff_refused_is_not_opened_by_members(village: Village) -> None:
    settled(village)
    web = operator(village, "facilitator")
    with village.world() as world:
        number = tips.write_tip(world, WANJIRU, "cows", "give it petrol", "t1").number  # type: ignore[union-attr]
    assert "Not now" not in page(web, f"items/{number}").split("Its life")[-1], "nobody has seen it yet"
    press(web, f"moderation/items/{number}", "moderation", what="decline")
    with village.world() as world:
        tip = rows.by_number(world, number)
        assert tip.state == "refused"
        (version,) = tip_rows.revisions_of(world, tip.id)
        assert tip_rows.to_check(world, members.by_number(world, OTIENO).id, 9) == []
        for who in (OTIENO, ACHIENG):
            tips.check_tip(world, who, str(version.id), "yes")
        assert rows.by_id(world, tip.id).state == "refused"
        assert isinstance(tips.look_at_tip(world, OTIENO, number), NoItem)


@pytest.mark.parametrize("before", ["planned", "trying", "done", "closed", "declined"])
def test_whatever_had_become_of_it_staff_can_take_it_away(village: Village, before: str) -> None:
    settled(village)
    with village.world() as world:
        one = idea(world, WANJIRU, BAD)
        for step in {"trying": ("planned", "trying"), "closed": ("done", "closed")}.get(before, (before,)):
            states.go(world, rows.by_id(world, one.id), step, "grace", "so", plan=a_plan(world, stop="x") if step in ("planned", "trying") else None)
        problems.refuse(world, rows.by_id(world, one.id), "grace", "it names a person")
        assert isinstance(looking.look_at_item(world, OTIENO, one.number), NoItem)


def test_what_came_of_a_trial_is_said_when_it_is_done(village: Village) -> None:
    settled(village)
    with village.world() as world:
        one = idea(world, WANJIRU, "weigh at noon too")
        states.go(world, one, "planned", "grace", "we begin on Monday", plan=a_plan(world))
        states.go(world, rows.by_id(world, one.id), "trying", "grace", plan=a_plan(world, 14, "few come", "2 kg more a day"))
        with pytest.raises(states.CannotGo, match="say what came"):
            states.go(world, rows.by_id(world, one.id), "done", "grace")
        states.go(world, rows.by_id(world, one.id), "done", "grace", "1 kg more")
        assert looking.look_at_change(world, OTIENO, one.number).came == "\nExpected: 2 kg more a day. It came: 1 kg more"  # type: ignore[union-attr]
