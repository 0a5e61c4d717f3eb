"""Who helps many may do a little more: only what askers say counts, two friends make no helper, and a person can let it rest."""

from __future__ import annotations

import datetime as dt

import pytest

from gateway.community.helping import levels, tips
from gateway.community.helping import rows as helping
from gateway.community.helping import verbs as asking
from gateway.community.helping.level_model import JOINS_A_DAY, Joined, JoinedEnough, LevelRests, LevelShown, NoTwin, NoTwinHere, TwinsFound
from gateway.community.helping.model import AnswerSent
from gateway.community.items import rows as items
from gateway.community.items import standing, states, voice_rows
from gateway.members import rows as members
from menus.book import notices
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, crowd, idea
from tests.test_needs import grown


def helped(world, helper: str, askers: list[str], tag: str = "a") -> None:
    """Each of these asks something that the helper answers, and says that it helped."""
    for n, asker in enumerate(askers):
        question = idea(world, asker, f"How do I do thing {tag}{n}", "question")
        sent = asking.answer(world, helper, question.number, "Like this", f"{tag}{n}-{asker}")
        assert isinstance(sent, AnswerSent), sent
        (given,) = helping.answers_to(world, [question.id], 9)
        asking.judge_answer(world, members.by_number(world, asker), given.id, helped=True)


def level(world, number: str) -> int:
    world.seen.clear()
    return standing.levels(world, [members.by_number(world, number).id]).get(members.by_number(world, number).id, 0)


def test_people_make_a_level_and_not_friends(village: Village) -> None:
    grown(village)
    with village.world() as world:
        helped(world, OTIENO, [WANJIRU] * 6)
        assert level(world, OTIENO) == 0  # one friend, however often
        shown = levels.look_at_level(world, OTIENO)
        assert (shown.people, shown.level) == (1, 0)
        helped(world, OTIENO, crowd(world, 2), "b")
        assert level(world, OTIENO) == 1
        young = crowd(world, 5)
        helped(world, OTIENO, young, "c")
        for number in young:
            members.change_member(world, members.by_number(world, number).id, made_at=world.now() - dt.timedelta(days=1))
        assert level(world, OTIENO) == 1  # accounts of yesterday do not count yet
        helped(world, OTIENO, crowd(world, 5), "d")
        assert level(world, OTIENO) == 2
    village.clock.passes(days=standing.DAYS + 1)
    with village.world() as world:
        assert level(world, OTIENO) == 0  # nobody rests on what they once did


def test_each_level_is_told_once(village: Village) -> None:
    grown(village)
    with village.world() as world:
        helped(world, OTIENO, crowd(world, 3))
    assert [one for one in village.sms(OTIENO) if "Asante! 3 people" in one] == [notices.LEVEL_ONE.text.format(helped=3)]
    with village.world() as world:
        helped(world, OTIENO, crowd(world, 5), "b")
        helped(world, OTIENO, crowd(world, 12), "c")
    told = village.sms(OTIENO)
    assert [sum(f"Asante! {least} people" in one for one in told) for least in standing.LEVELS] == [1, 1, 1]


def test_a_helper_joins_what_was_asked_before_and_the_asker_may_part_it(village: Village) -> None:
    grown(village)
    with village.world() as world:
        old = idea(world, ACHIENG, "How much salt does a milk cow need", "question")
        new = idea(world, WANJIRU, "How much salt a milk cow needs in a day", "question")
        assert isinstance(levels.join_questions(world, OTIENO, new.number, old.number), NoTwinHere)  # not yet
        assert not levels.may_join(world, OTIENO)
        helped(world, OTIENO, crowd(world, 3))
        world.seen.clear()
        assert levels.may_join(world, OTIENO)
        assert isinstance(levels.look_for_twins(world, OTIENO, new.number), TwinsFound)
        assert [row.value for row in levels.twin_questions(world, OTIENO, new.number)] == [old.number]
        assert levels.join_questions(world, OTIENO, new.number, old.number) == Joined(old.number)
        assert items.by_number(world, new.number).merged_into == old.id
        assert isinstance(levels.join_questions(world, OTIENO, new.number, old.number), NoTwinHere)  # joined already
        lone = idea(world, WANJIRU, "Where is the vet", "question")
        assert isinstance(levels.look_for_twins(world, OTIENO, lone.number), NoTwin)
        wish = idea(world, WANJIRU, "How much salt a cow needs should be said", "idea")
        assert isinstance(levels.join_questions(world, OTIENO, wish.number, old.number), NoTwinHere)
    village.workers_run()
    village.phone(WANJIRU).texts("NO", SHORTCODE)
    with village.world() as world:
        assert items.by_number(world, new.number).merged_into is None


def test_nobody_joins_all_day_nor_their_own(village: Village) -> None:
    grown(village)
    with village.world() as world:
        helped(world, OTIENO, crowd(world, 3))
        world.seen.clear()
        old = idea(world, ACHIENG, "When do we plant beans here", "question")
        mine = idea(world, OTIENO, "When are beans planted here", "question")
        assert isinstance(levels.join_questions(world, OTIENO, mine.number, old.number), NoTwinHere)
        for n, who in enumerate(crowd(world, JOINS_A_DAY + 1)):
            found = levels.join_questions(world, OTIENO, idea(world, who, f"When to plant beans here {n}", "question").number, old.number)
            assert isinstance(found, Joined if n < JOINS_A_DAY else JoinedEnough)
        last = idea(world, WANJIRU, "When to plant beans", "question")
        assert isinstance(levels.look_for_twins(world, OTIENO, last.number), JoinedEnough)


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_from_the_second_level_one_word_is_enough_for_a_tip(village: Village, answer: str) -> None:
    grown(village)
    with village.world() as world:
        tip = tips.write_tip(world, WANJIRU, "cows", "Wash the udder with warm water", "t")
        found = items.by_number(world, tip.number)
        (version,) = helping.revisions_of(world, found.id)
        tips.check_tip(world, ACHIENG, str(version.id), "no" if answer == "yes" else "yes")
        assert items.by_number(world, tip.number).state == "new"
        helped(world, OTIENO, crowd(world, 8))
        world.seen.clear()
        tips.check_tip(world, OTIENO, str(version.id), answer)  # one of the two had said otherwise; a no takes two, always
        assert items.by_number(world, tip.number).state == ("open" if answer == "yes" else "new")
        if answer == "no":
            return
        assert isinstance(tips.check_tip(world, OTIENO, str(version.id), answer), tips.NothingToCheck)


def test_from_the_third_a_report_weighs_two_and_never_decides_alone(village: Village) -> None:
    grown(village)
    with village.world() as world:
        helped(world, OTIENO, crowd(world, 20))
        bad = idea(world, WANJIRU, "Buy my cheap phones")
        states.report(world, OTIENO, bad.number, "selling")
        states.report(world, OTIENO, bad.number, "selling")  # again is once
        assert items.by_number(world, bad.number).state == "open"
        states.report(world, ACHIENG, bad.number, "selling")
        assert items.by_number(world, bad.number).state == "held"


def test_powers_rest_for_one_or_for_all(village: Village) -> None:
    grown(village)
    with village.world() as world:
        helped(world, OTIENO, crowd(world, 3))
        assert level(world, OTIENO) == 1
        voice_rows.turn(world, "powers", off=True, why="a quarrel", by="grace")
        assert level(world, OTIENO) == 0
        voice_rows.turn(world, "powers", off=False, why="", by="grace")
        otieno = members.by_number(world, OTIENO)
        assert levels.rest_powers(world, otieno, "You joined what was not the same, PIN 4715", "grace")
        assert not levels.rest_powers(world, otieno, "again", "grace")
        assert level(world, OTIENO) == 0
        assert isinstance(levels.look_at_level(world, OTIENO), LevelRests)
    assert "powers rest" in village.sms(OTIENO)[-1]
    assert "4715" not in village.sms(OTIENO)[-1]
    with village.world() as world:
        assert levels.give_powers_back(world, members.by_number(world, OTIENO))
        assert not levels.give_powers_back(world, members.by_number(world, OTIENO))
        assert isinstance(levels.look_at_level(world, OTIENO), LevelShown)
        assert level(world, OTIENO) == 1


def test_the_facilitator_sees_levels_and_lets_powers_rest(village: Village) -> None:
    grown(village)
    with village.world() as world:
        asking.turn_topic(world, OTIENO, "cows")
        helped(world, OTIENO, crowd(world, 3))
        otieno = members.by_number(world, OTIENO)
    web = operator(village, "facilitator")
    assert "joins questions asked twice" in page(web, "helpers")
    assert "reason are needed" in press(web, "helpers/powers", "helpers", who=otieno.code, why=" ")
    assert "reason are needed" in press(web, "helpers/powers", "helpers", who="0799123456", why="x")
    assert "Otieno rest" in press(web, "helpers/powers", "helpers", who=otieno.code, why="Joined what was not the same")
    assert "Powers that rest" in page(web, "helpers")
    assert "Joined what was not the same" in page(web, "helpers")
    assert "rest already" in press(web, "helpers/powers", "helpers", who=otieno.code, why="again")
    assert "has them again" in press(web, f"helpers/{otieno.id}/powers", "helpers")
    assert "did not rest" in press(web, f"helpers/{otieno.id}/powers", "helpers")
    assert "Let them rest" not in page(operator(village, "auditor"), "helpers")
