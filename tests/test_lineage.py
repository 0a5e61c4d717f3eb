"""Ideas and tips grow out of others: walking back reaches the first author, who hears of each once."""

from __future__ import annotations

import pytest

from gateway.community import lineage
from gateway.community.items import origin_rows, rows, states
from gateway.community.items.model import NoItem
from gateway.community.lineage import BuiltLater, BuiltOn, TipTooLong
from gateway.community.model import TooMany
from gateway.members import silence
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, idea
from tests.test_console_voices import grown

FIRST = "pay us on Friday"


def built(world, number: str, item: str, words: str, key: str) -> str:
    said = lineage.build_on(world, number, item, words, key)
    assert isinstance(said, BuiltOn), said
    return str(said.number)


def told(village: Village) -> int:
    with village.world() as world:
        return lineage.tell_first_authors(world)


def test_walking_back_reaches_the_first_author(village: Village) -> None:
    grown(village)
    with village.world() as world:
        first = idea(world, WANJIRU, FIRST).number
        second = built(world, OTIENO, first, "pay us on Friday by SMS", "b1")
        third = built(world, ACHIENG, second, "pay us on Friday by SMS, and say how much", "b2")
        assert [one.number for one in lineage.chain_of(world, rows.by_number(world, third))] == [second, first]
        assert lineage.lineage(world, WANJIRU, second) == f". From {first}. Built on by 1"
        assert [row.value for row in lineage.built_on(world, WANJIRU, first)] == [second]
        assert lineage.lineage(world, WANJIRU, "99999") == ""
        assert built(world, OTIENO, first, "other words", "b1") == second, "the same turn, heard again"
        assert origin_rows.count_built_on(world, rows.by_number(world, first).id) == 1
    shown = page(operator(village, "facilitator"), f"items/{third}")
    assert f"{second} from {first}" in shown


def test_the_first_author_hears_of_each_once_and_not_of_her_own(village: Village) -> None:
    grown(village)
    with village.world() as world:
        first = idea(world, WANJIRU, FIRST).number
        other = built(world, OTIENO, first, "pay us on Friday by SMS", "b1")
        built(world, WANJIRU, first, "pay us on Thursday", "b2")
    assert (told(village), told(village)) == (1, 0)
    assert village.sms(WANJIRU)[-1] == f"Otieno built on your {first}: pay us on Friday by SMS. Read it: dial *384*20417*{other}#"
    with village.world() as world:
        rows.change(world, rows.by_number(world, first).id, member_id=None)
        built(world, OTIENO, first, "pay us on Monday", "b3")
    assert (told(village), told(village)) == (0, 0), "nobody is left to hear of it"


def test_what_waits_for_a_person_is_told_when_all_can_see_it(village: Village) -> None:
    grown(village)
    with village.world() as world:
        first = idea(world, WANJIRU, FIRST).number
        other = built(world, OTIENO, first, "pay us on Friday by SMS", "b1")
        rows.change(world, rows.by_number(world, other).id, state="held")
        assert lineage.built_on(world, ACHIENG, first) == []
    assert told(village) == 0
    with village.world() as world:
        states.go(world, rows.by_number(world, other), "open", "grace")
    assert told(village) == 1


def test_who_stopped_hears_nothing_and_one_author_a_few_a_day(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    grown(village)
    monkeypatch.setattr(lineage, "TOLD_A_DAY", 1)
    with village.world() as world:
        first = idea(world, WANJIRU, FIRST).number
        for n in range(2):
            built(world, OTIENO, first, f"pay us on Friday {n}", f"b{n}")
    assert (told(village), told(village)) == (1, 0)
    village.clock.passes(days=2)
    assert told(village) == 1
    with village.world() as world:
        built(world, OTIENO, first, "pay us twice", "b9")
        silence.stop_texts(world, WANJIRU)
    village.clock.passes(days=2)
    assert told(village) == 0


def test_a_tip_of_ones_own_way_waits_for_its_check(village: Village) -> None:
    grown(village)
    with village.world() as world:
        number = idea(world, WANJIRU, "Wash the udder with warm water").number
        rows.change(world, rows.by_number(world, number).id, kind="tip", topic="cows")
        said = lineage.build_on(world, OTIENO, number, "Wash it twice", "b1")
        assert isinstance(said, BuiltLater)
        assert isinstance(lineage.build_on(world, OTIENO, number, "x" * 77, "b2"), TipTooLong), "nothing is cut off in silence"
        made = rows.by_number(world, str(said.number))
        assert (made.kind, made.topic, made.state) == ("tip", "cows", "new")


def test_nothing_grows_on_what_is_no_idea_or_not_there(village: Village) -> None:
    grown(village)
    with village.world() as world:
        number = idea(world, WANJIRU, FIRST).number
        rows.change(world, rows.by_number(world, number).id, kind="news")
        assert isinstance(lineage.build_on(world, OTIENO, number, "x", "b1"), NoItem)
        assert isinstance(lineage.build_on(world, OTIENO, "99999", "x", "b1"), NoItem)
        hidden = idea(world, WANJIRU, "another").number
        rows.change(world, rows.by_number(world, hidden).id, state="held")
        assert isinstance(lineage.build_on(world, OTIENO, hidden, "x", "b1"), NoItem)


def test_a_day_has_an_end(village: Village) -> None:
    grown(village)
    with village.world() as world:
        first = idea(world, WANJIRU, FIRST).number
        said = [lineage.build_on(world, OTIENO, first, f"words {n}", f"b{n}") for n in range(40)]
    assert isinstance(said[-1], TooMany)
