"""Where nobody knows: counted from the questions themselves, seen by staff, and read by who would help."""

from __future__ import annotations

import datetime as dt

from gateway.community.helping import gaps, rows, verbs
from gateway.community.items import rows as items
from gateway.community.items.tables import items as item_table
from gateway.members import rows as members
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village


def test_topics_that_are_asked_about_and_not_answered_come_first(village: Village) -> None:
    village.everybody()
    village.clock.passes(hours=8 * 24)
    with village.world() as world:
        for number in (OTIENO, ACHIENG):
            rows.put_helper(world, members.by_number(world, number).id, topics="cows", most_a_week=9)
        for n in range(3):
            verbs.ask_helpers(world, WANJIRU, "crops", f"question {n} about maize that is eaten", f"c{n}")
            asked = verbs.ask_helpers(world, WANJIRU, "cows", f"question {n} about a cow that limps", f"k{n}")
            verbs.answer(world, OTIENO, asked.number, f"Bind the foot, number {n}", f"a{n}")  # type: ignore[union-attr]
        verbs.answer(world, OTIENO, items.by_key(world, "c0").number, "Ask the office for the right seed", "a9")
        crops, *_ = found = gaps.by_topic(world)
        assert (crops.topic, crops.asked, crops.answered, crops.helpers, crops.is_gap) == ("crops", 3, 1, 0, True)
        cows = next(one for one in found if one.topic == "cows")
        assert (cows.asked, cows.answered, cows.helped, cows.helpers, cows.is_gap) == (3, 3, 0, 2, False)
        assert gaps.wanted_topics(world, WANJIRU) == ". Help is missing with: crops"
        assert gaps.wanted_topics(world, ACHIENG) == ". Msaada unakosekana: mimea"
    assert "help is missing" in page(operator(village, "facilitator"), "helpers")
    phone = village.phone(ACHIENG)
    phone.dials()
    for key in ("4", "6"):
        phone.types(key)
    assert "Msaada unakosekana: mimea" in phone.screen


def test_what_was_asked_long_ago_or_taken_back_is_no_gap(village: Village) -> None:
    village.everybody()
    village.clock.passes(hours=8 * 24)
    with village.world() as world:
        for n in range(3):
            verbs.ask_helpers(world, WANJIRU, "crops", f"question {n} about maize that is eaten", f"c{n}")
        assert gaps.wanted_topics(world, WANJIRU) == ". Help is missing with: crops"
        items.change(world, items.by_key(world, "c0").id, state="withdrawn")
        assert gaps.wanted_topics(world, WANJIRU) == ""
        items.change(world, items.by_key(world, "c0").id, state="open")
        world.write.execute(item_table.update().values(made_at=world.now() - dt.timedelta(days=gaps.DAYS + 1)))
        assert gaps.wanted_topics(world, WANJIRU) == ""
