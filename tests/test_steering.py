"""Members steer a change: enough who say wait hold it up, an answer lets it go on, and whoever wished hears."""

from __future__ import annotations

import re

import pytest

from gateway.community.items import measures, rows, states, steering, verbs, voice_rows, wish_rows
from gateway.community.items.model import NoItem, Rests
from gateway.community.items.plan_model import BackNoted, Judged, TriesIt, WaitNoted
from gateway.members import rows as members
from tests.browser import operator, page, press, sign_in
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, a_plan, crowd, idea


def planned(world):
    one = idea(world, WANJIRU, "pay us on Friday")
    states.go(world, one, "planned", "grace", "from 1 December", plan=a_plan(world))
    return rows.by_number(world, one.number)


def test_each_wish_counts_once_and_only_where_it_can_be_meant(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = planned(world)
        assert steering.try_it(world, OTIENO, one.number) == TriesIt(1)
        assert steering.try_it(world, OTIENO, one.number) == TriesIt(1)
        assert steering.wait_first(world, OTIENO, one.number) == WaitNoted(1)  # who tries it may say wait
        assert isinstance(steering.judge_change(world, OTIENO, one.number, "good"), NoItem)  # nothing is done yet
        assert isinstance(steering.try_it(world, OTIENO, "9999"), NoItem)
        states.go(world, one, "done", "grace")
        assert isinstance(steering.try_it(world, ACHIENG, one.number), NoItem)
        assert steering.judge_change(world, OTIENO, one.number, "good") == Judged(1, 0)
        assert steering.judge_change(world, OTIENO, one.number, "not_good") == Judged(0, 1)
        assert steering.bring_back(world, OTIENO, one.number) == BackNoted(1, 3, 14)
        voice_rows.turn(world, "votes", off=True, why="a flood", by="grace")
        assert isinstance(steering.bring_back(world, ACHIENG, one.number), Rests)


def test_a_tenth_of_those_who_try_it_hold_it_up_until_they_are_answered(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = planned(world)
        some = crowd(world, 21)
        for number in some:
            steering.try_it(world, number, one.number)
        for number in some[:2]:
            steering.wait_first(world, number, one.number)
        assert wish_rows.paused_by(world, one) == 0  # 2 of 21
        steering.wait_first(world, some[2], one.number)
        assert wish_rows.paused_by(world, one) == 3
        with pytest.raises(states.CannotGo, match="3 members say: wait"):
            states.go(world, one, "trying", "grace", plan=a_plan(world, stop="the milk goes sour"))
        states.go(world, one, "declined", "grace", "not this year")  # giving it up is never held up
        states.go(world, rows.by_number(world, one.number), "open", "grace")
        states.go(world, rows.by_number(world, one.number), "planned", "grace", "from May", plan=a_plan(world))

        assert steering.answer_wishes(world, one, "the scale stays", "grace") == 3
        assert wish_rows.paused_by(world, one) == 0
        asked = members.by_number(world, some[2])
        assert "planned" in [one.after for one in voice_rows.unheard(world, asked.id, 9)]
        states.go(world, rows.by_number(world, one.number), "trying", "grace", plan=a_plan(world, stop="the milk goes sour"))
        assert "trying" in [one.after for one in voice_rows.unheard(world, members.by_number(world, some[20]).id, 9)]  # who tries it hears that it begins
        steering.wait_first(world, some[2], one.number)  # said again after the answer, it counts again
        assert wish_rows.count(world, one.id, unanswered=True)["wait"] == 1


def test_the_page_shows_the_wishes_and_takes_an_answer(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = planned(world)
        for number in (OTIENO, ACHIENG):
            steering.wait_first(world, number, one.number)
    web = sign_in(village)[0]
    there = f"items/{one.number}"
    assert re.search(r"Held up.*?by 2 who say wait", page(web, there), re.S)
    assert "say wait" in page(web, "ideas")
    trial = {
        "sure-state": "trying",
        "sure-due": "2028-01-05",
        "sure-owner": "Grace",
        "sure-cost": "KES 900",
        "sure-stop": "fewer than 5 weigh there",
        "sure-guess": "20 weigh there",
    }
    refused = press(web, f"{there}/take", **trial)
    assert "Not done: 2 members say: wait, talk first." in refused

    assert "2 members find the answer under 9." in press(web, f"{there}/wishes", there, words="the scale stays as it is")
    assert "Held up" not in page(web, there)
    assert "Answer who waits" not in page(web, there)
    assert "the scale stays as it is" in page(web, there)
    bare = press(web, f"{there}/take", **{"sure-state": "trying"})
    assert "What stops it before" in bare  # what a trial must promise is asked for, and nothing has happened
    assert "Being tried" not in page(web, there).split("Its life", 1)[0]
    assert press(web, f"{there}/take", **trial).count("is being tried now")
    assert "fewer than 5 weigh there" in page(web, there)


def test_who_only_reads_sees_the_wishes_and_answers_nobody(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = planned(world)
        steering.wait_first(world, OTIENO, one.number)
    web = operator(village, "auditor")

    assert "Answer who waits" not in page(web, f"items/{one.number}")
    assert press(web, f"items/{one.number}/wishes", words="no").count("Not found")


def done(world, supporters: list[str]):
    one = planned(world)
    for number in supporters:
        verbs.vote(world, number, one.number, "for")
    states.go(world, rows.by_number(world, one.number), "done", "grace", "the tank stands")
    return rows.by_number(world, one.number)


def test_voters_judge_by_sms_and_a_tenth_who_find_it_bad_open_it_again(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        some = crowd(world, 3)
        one = done(world, [OTIENO, *some])
    assert village.sms(OTIENO)[-1].endswith("Is it good? Reply 1 yes, 2 no. Asante!")
    village.phone(OTIENO).texts("1", SHORTCODE)
    assert village.sms(OTIENO)[-1].startswith("Counted, thank you.")
    with village.world() as world:
        assert wish_rows.count(world, one.id) == {"good": 1}
        for number in some[:2]:
            assert steering.judge_by_text(world, members.by_number(world, number), str(one.id), yes=False)
        assert rows.by_number(world, one.number).state == "done"
        steering.judge_change(world, some[2], one.number, "not_good")
        assert rows.by_number(world, one.number).state == "open"
        assert [one.number for one in voice_rows.reopened(world, 9)] == [one.number]
        assert not steering.judge_by_text(world, members.by_number(world, OTIENO), str(one.id), yes=True)
        states.go(world, rows.by_number(world, one.number), "done", "grace", "mended")
        assert voice_rows.reopened(world, 9) == []
        steering.judge_change(world, some[0], one.number, "not_good")
        assert rows.by_number(world, one.number).state == "done"  # what was answered by doing it over counts no more


def test_what_was_refused_and_is_wanted_all_the_same_is_looked_at_again(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one, some = idea(world, WANJIRU, "a cold tank"), crowd(world, 11)
        verbs.vote(world, some[0], one.number, "for")
        states.go(world, one, "declined", "grace", "no power yet")
    assert "10 votes more: we look again" in village.sms(WANJIRU)[-1]
    village.clock.passes(minutes=1)
    with village.world() as world:
        for number in some[1:10]:
            verbs.vote(world, number, one.number, "for")
        assert states.look_again(world) == 0
        verbs.vote(world, some[10], one.number, "for")
        assert states.look_again(world) == 1
        assert states.look_again(world) == 0
        again = rows.by_number(world, one.number)
        assert (again.state, again.supporters) == ("open", 11)
        assert measures.looked_at_in_time(world).due == 1  # the no was in time; the new look is not due yet
    village.clock.passes(days=4)
    with village.world() as world:
        kept = measures.looked_at_in_time(world)
        assert (kept.due, kept.kept, [one.number for one in kept.overdue]) == (2, 1, [one.number])


def test_enough_who_want_the_old_back_are_owed_an_answer_in_two_weeks(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        some = crowd(world, 3)
        one = done(world, some)
        for number in some[:2]:
            steering.bring_back(world, number, one.number)
        before = measures.answered_in_time(world)
    village.clock.passes(days=15)
    with village.world() as world:
        assert measures.answered_in_time(world) == before  # two are not enough
        assert steering.bring_back(world, some[2], one.number) == BackNoted(3, 3, 14)
    village.clock.passes(days=15)
    with village.world() as world:
        assert [one.number for one in measures.answered_in_time(world).overdue] == [one.number]
        steering.answer_wishes(world, rows.by_number(world, one.number), "the old scale is broken", "grace")
        assert measures.answered_in_time(world).overdue == ()
