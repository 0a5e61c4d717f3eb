"""What an author does not agree with: a "no", a plan, a tip that somebody made other. One word by SMS says so, and staff read it."""

from __future__ import annotations

from typing import Any

from gateway.community.helping import rows as tip_rows
from gateway.community.helping import tips
from gateway.community.items import closing, rows, states
from gateway.members import rows as members
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, a_plan, crowd, idea


def grown_up(village: Village) -> None:
    village.everybody()
    village.clock.passes(hours=8 * 24)


def refused(world: Any, why: str = "too dear now") -> str:
    made = idea(world, WANJIRU, "pay us on Friday")
    states.go(world, made, "declined", "grace", why)
    return str(made.number)


def test_a_no_that_is_not_agreed_to_is_looked_at_once_more_and_only_once(village: Village) -> None:
    grown_up(village)
    web = operator(village, "facilitator")
    with village.world() as world:
        number = refused(world)
    for expected in ("open", "declined"):
        village.phone(WANJIRU).texts("HAPANA" if expected == "open" else "2", SHORTCODE)
        with village.world() as world:
            item = rows.by_number(world, number)
            assert item.state == expected
            if expected == "open":
                states.go(world, item, "declined", "grace", "still too dear")
    assert closing.AGREES_NOT in page(web, f"items/{number}")
    with village.world() as world:
        item, otieno = rows.by_number(world, number), members.by_number(world, OTIENO)
        assert closing.judge_no(world, otieno, item, good=False) is None, "nobody answers for another"
        assert isinstance(closing.object_to_no(world, WANJIRU, number, "the bank is open till two", "k"), closing.NotDeclined), "the second no stands"


def test_a_plan_is_agreed_to_or_not_and_what_went_on_asks_no_more(village: Village) -> None:
    grown_up(village)
    with village.world() as world:
        made = idea(world, WANJIRU, "pay us on Friday")
        states.go(world, made, "planned", "grace", "from May", plan=a_plan(world))
    village.phone(WANJIRU).texts("1", SHORTCODE)
    assert village.sms(WANJIRU)[-1] == f"Thank you. It is noted under {made.number}."
    with village.world() as world:
        states.go(world, rows.by_number(world, made.number), "planned", "grace", "from June", plan=a_plan(world, 60))
        states.go(world, rows.by_number(world, made.number), "done", "grace")
    village.phone(WANJIRU).texts("1", SHORTCODE)
    with village.world() as world:
        assert rows.by_number(world, made.number).state == "closed", "one question is open, and the 1 closes what is done"


def test_who_wrote_a_tip_has_its_words_looked_at_again(village: Village) -> None:
    grown_up(village)
    with village.world() as world:
        two = crowd(world, 2)
        number = tips.write_tip(world, WANJIRU, "cows", "Wash the can with cold water", "t1").number  # type: ignore[union-attr]

        def agree(words: str) -> int:
            one = next(one for one in tip_rows.revisions_of(world, rows.by_number(world, number).id) if one.state == "proposed" and one.words == words)
            for who in two:
                tips.check_tip(world, who, str(one.id), "yes")
            return one.id

        agree("Wash the can with cold water")
        tips.fix_tip(world, OTIENO, number, "Wash the can with hot water", "clearer")
        agree("Wash the can with hot water")
        assert rows.by_number(world, number).words == "Wash the can with hot water"
    assert "Do not agree? Reply NO" in village.sms(WANJIRU)[-1]
    village.phone(WANJIRU).texts("NO", SHORTCODE)
    assert "had before wait for two others" in village.sms(WANJIRU)[-1]
    with village.world() as world:
        assert rows.by_number(world, number).words == "Wash the can with hot water", "nothing is turned back by one alone"
        agree("Wash the can with cold water")
        assert rows.by_number(world, number).words == "Wash the can with cold water"
        assert len(tip_rows.revisions_of(world, rows.by_number(world, number).id)) == 3


def test_a_yes_leaves_the_tip_and_what_is_overtaken_is_no_question_any_more(village: Village) -> None:
    grown_up(village)
    with village.world() as world:
        number = tips.write_tip(world, WANJIRU, "cows", "Wash the can with cold water", "t1").number  # type: ignore[union-attr]
        tip = rows.by_number(world, number)
        for words, who in (("", ""), ("Wash it hot", OTIENO), ("Wash it warm", ACHIENG)):
            if words:
                tips.fix_tip(world, who, number, words, "clearer")
            tips.accept(world, next(one for one in tip_rows.revisions_of(world, tip.id) if one.state == "proposed"), "grace")
        first, last = [one.id for one in tip_rows.revisions_of(world, tip.id) if one.member_id != tip.member_id]
        wanjiru, otieno = (members.by_number(world, number) for number in (WANJIRU, OTIENO))
        assert tips.number_of_fix(world, wanjiru, last) == number
        assert tips.object_to_fix(world, otieno, last) == "", "it is not theirs"
        assert tips.object_to_fix(world, wanjiru, 0) == ""
        for _ in range(2):
            assert tips.object_to_fix(world, wanjiru, last) == number
        waiting = [one for one in tip_rows.revisions_of(world, tip.id) if one.state == "proposed"]
        assert [one.words for one in waiting] == ["Wash it hot"], "once, and the words before that version"
        assert first < last
