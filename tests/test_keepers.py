"""A topic has a keeper who said yes, and old tips are marked and asked about once a month."""

from __future__ import annotations

import pytest

from gateway.community.helping import keeper_rows, keepers, tips, topics
from gateway.community.helping import rows as helping
from gateway.community.items import rows as items
from gateway.members import rows as members
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village
from tests.test_needs import grown


def a_tip(world, words: str = "wash the udder with warm water", key: str = "t") -> int:
    tip = tips.write_tip(world, OTIENO, "cows", words, key)
    found = items.by_number(world, tip.number)
    tips.accept(world, helping.revisions_of(world, found.id)[0], "grace")
    return found.id


@pytest.mark.parametrize(("answer", "state", "name"), [("1", "yes", "Achieng"), ("2", "no", "nobody")])
def test_nobody_keeps_a_topic_without_a_yes(village: Village, answer: str, state: str, name: str) -> None:
    grown(village)
    web = operator(village, "facilitator")
    assert "are needed" in press(web, "helpers/keeper", "helpers", topic="cows", who="nobody", key="k0")
    assert "is asked" in press(web, "helpers/keeper", "helpers", topic="cows", who=ACHIENG, key="k1")
    with village.world() as world:
        assert topics.look_at_topic(world, WANJIRU, "cows").keeper == "nobody"
    village.sms(ACHIENG)
    village.phone(ACHIENG).texts(answer, SHORTCODE)
    with village.world() as world:
        assert keeper_rows.keepers(world)["cows"].state == state
        assert topics.look_at_topic(world, WANJIRU, "cows").keeper == name
    again = press(web, "helpers/keeper", "helpers", topic="cows", who=ACHIENG, key="k2")
    assert ("is asked" in again) is (state == "no")
    assert "Keepers of topics" in page(operator(village, "auditor"), "helpers")


def test_a_tip_that_nobody_looked_at_for_a_season_is_marked_until_it_is(village: Village) -> None:
    grown(village)
    with village.world() as world:
        id = a_tip(world)
        keepers.name_keeper(world, "cows", members.by_number(world, WANJIRU), "k")
        assert keepers.answer_keeper(world, members.by_number(world, WANJIRU), "cows", yes=True)
        assert not keepers.answer_keeper(world, members.by_number(world, OTIENO), "cows", yes=True)
        assert keepers.remind_keepers(world) == 0
    village.clock.passes(days=keepers.SEASON_DAYS + 1)
    with village.world() as world:
        assert [one.label.endswith("(old)") for one in topics.tips_about(world, WANJIRU, "cows")] == [True]
        assert topics.tips_about(world, ACHIENG, "cows")[0].label.endswith("(zamani)")
        assert (keepers.remind_keepers(world), keepers.remind_keepers(world)) == (1, 0)
    assert "1 tips about cows were looked at by nobody for a season" in village.sms(WANJIRU)[-1]
    with village.world() as world:
        tips.fix_tip(world, OTIENO, items.by_id(world, id).number, "wash it with warm water and dry it", "old")
        tips.accept(world, helping.revisions_of(world, id)[-1], "grace")
        assert keepers.old_among(world, helping.tips_about(world, "cows", 9)) == set()
    village.clock.passes(days=31)
    with village.world() as world:
        assert keepers.remind_keepers(world) == 0


def test_another_is_named_when_the_keeper_has_left(village: Village) -> None:
    grown(village)
    with village.world() as world:
        wanjiru = members.by_number(world, WANJIRU)
        keepers.name_keeper(world, "crops", wanjiru, "k1")
        keepers.answer_keeper(world, wanjiru, "crops", yes=True)
        members.change_member(world, wanjiru.id, status="left")
    with village.world() as world:
        assert keepers.keeper_of(world, "crops", "en") == "nobody"
        assert keepers.remind_keepers(world) == 0
        assert keepers.name_keeper(world, "crops", members.by_number(world, OTIENO), "k2")
