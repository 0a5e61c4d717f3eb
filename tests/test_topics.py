"""Topics of an organisation's own: on the phone at once, by every name, off without a loss; the console sees and steers them."""

from __future__ import annotations

import pytest

from gateway.community.helping import facts as helping_facts
from gateway.community.helping import rows as helping
from gateway.community.helping import verbs as questions
from gateway.community.topics import rows, verbs
from gateway.community.topics.model import OWN, USUAL
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village

WATER = {"name_en": "Water points", "name_sw": "Vituo vya maji"}


def offered(world, who: str = WANJIRU) -> list[str]:
    return [row.label for row in helping_facts.topics(world, who)]


def test_a_topic_is_offered_by_its_name_in_the_readers_language_before_the_one_for_the_rest(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        verbs.make_topic(world, **WATER, by="grace")
        verbs.make_topic(world, name_en="Roads", name_sw="", by="grace")
        assert offered(world)[-3:] == ["Water points", "Roads", "other"]
        assert offered(world, ACHIENG)[-3:-1] == ["Vituo vya maji", "Roads"]
        assert verbs.meant(world, " VITUO vya maji") == verbs.meant(world, "water points") == OWN[0]
        assert (verbs.meant(world, "mimea"), verbs.meant(world, "nothing like it")) == ("crops", "")


@pytest.mark.parametrize(
    ("name", "swahili", "why"), [("  ", "", "needed"), ("Cows", "", "already"), ("WATER points", "", "already"), ("Wells", "ng'ombe", "already")]
)
def test_what_cannot_be_a_topic_says_why(village: Village, name: str, swahili: str, why: str) -> None:
    village.everybody()
    with village.world() as world:
        verbs.make_topic(world, **WATER, by="grace")
        with pytest.raises(verbs.NotMade, match=why):
            verbs.make_topic(world, name_en=name, name_sw=swahili, by="grace")


def test_there_are_not_too_many_and_all_that_one_helps_with_is_kept(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        for n, _ in enumerate(OWN):
            verbs.make_topic(world, name_en=f"Thing {n}", name_sw="", by="grace")
        with pytest.raises(verbs.NotMade, match="9 of your own already"):
            verbs.make_topic(world, name_en="One more", name_sw="", by="grace")
        for code in verbs.codes(world):
            questions.turn_topic(world, OTIENO, code)
        member = village.member(world, OTIENO)
        helper = helping.helper(world, member.id)
        assert helper
        assert set(helper.topics) == {*USUAL, *OWN, "other"}
        for code in OWN:
            assert [one.member_id for one in helping.helpers_of(world, code, world.now(), 9)] == [member.id]


def test_off_is_offered_no_more_and_loses_nothing(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        code = verbs.make_topic(world, **WATER, by="grace")
        questions.turn_topic(world, OTIENO, code)
        assert verbs.turn(world, code, "grace") is False
        assert verbs.turn(world, "crops", "grace") is False
        assert "Water points" not in offered(world)
        assert "crops" not in offered(world)
        assert helping_facts.my_topics(world, OTIENO) == "nothing yet"
        assert verbs.called(world, code, "sw") == "Vituo vya maji"
        assert verbs.turn(world, code, "grace") is True
        assert helping_facts.my_topics(world, OTIENO) == "Water points"
        assert verbs.turn(world, "other", "grace") is None
        assert verbs.turn(world, "nothing", "grace") is None
        assert rows.kept(world)["crops"].on is False


def test_a_name_is_given_once_also_to_what_is_off(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        verbs.turn(world, verbs.make_topic(world, **WATER, by="grace"), "grace")
        with pytest.raises(verbs.NotMade, match="already"):
            verbs.make_topic(world, **WATER, by="grace")


def test_staff_add_name_and_switch_them(village: Village) -> None:
    village.everybody()
    web = operator(village, "facilitator")
    assert "Switch off" in page(web, "topics")
    assert "Members find Water points now." in press(web, "topics", "topics", **WATER)
    assert "Not made: there is a topic of that name already." in press(web, "topics", "topics", **WATER)
    assert "Water points is called Wells now." in press(web, "topics/name", "topics", code="t1", name_en="Wells", name_sw="Visima")
    assert "Wells is off now." in press(web, "topics/t1/turn", "topics")
    assert "no such topic" in press(web, "topics/other/turn", "topics")
    with village.world() as world:
        assert "Wells" not in offered(world)
        assert "Switch off" not in page(operator(village, "auditor"), "topics")
