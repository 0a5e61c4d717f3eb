"""The measures: formulas by properties, figures against facts that are counted by hand."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from gateway.community.helping import rows as helping
from gateway.community.helping import verbs as asking
from gateway.community.items import rows as items
from gateway.community.items import states, verbs
from gateway.community.voices import measure_rows
from gateway.community.voices.measures import all_measures, gini, median_until
from gateway.members import rows as members
from tests.browser import operator, page, sign_in
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, crowd, idea

days = st.lists(st.integers(1, 90), max_size=30)


@given(days, days)
def test_what_is_still_open_only_makes_it_longer(ended: list[int], still_open: list[int]) -> None:
    alone, with_open = median_until(ended, []), median_until(ended, still_open)

    assert (alone is None) == (not ended)
    if with_open is not None:
        assert with_open >= alone
        assert with_open in ended


@given(st.lists(st.integers(0, 100), min_size=1, max_size=40), st.integers(2, 9))
def test_unevenness_is_between_nothing_and_one_and_knows_no_scale(counts: list[int], times: int) -> None:
    assert -1e-9 <= gini(counts) < 1
    assert abs(gini([count * times for count in counts]) - gini(counts)) < 1e-9


def figures(village: Village) -> dict[str, str]:
    with village.world() as world:
        return {one.name: one.value for one in all_measures(world)}


def test_an_empty_village_has_figures_too(village: Village) -> None:
    found = figures(village)
    assert found["Who takes part"] == "–"
    assert found["SMS outside 7 to 19"] == "0"
    village.everybody()
    assert figures(village)["Until it is done"] == "not half yet"


def test_the_figures_are_what_happened(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one, _, three = (idea(world, WANJIRU, words) for words in ("pay us on Friday", "a cold tank", "a bridge over the river"))
        verbs.vote(world, OTIENO, one.number, "for")
        verbs.vote(world, ACHIENG, one.number, "for")
        first, second = (asking.ask_helpers(world, OTIENO, "cows", f"why is cow {n} thin", f"q{n}") for n in range(2))
        asking.answer(world, ACHIENG, first.number, "give salt", "a1")
        verbs.take_back(world, WANJIRU, three.number)
    village.clock.passes(days=4)
    with village.world() as world:
        given_ = helping.answers_to(world, [items.by_number(world, first.number).id], 1)[0]
        asking.it_helped(world, OTIENO, str(given_.id))
        states.go(world, items.by_number(world, one.number), "looked_at", "grace")
        states.go(world, items.by_number(world, one.number), "done", "grace", "since today")
        assert second
    for number in (OTIENO, ACHIENG):
        village.sms(number)
        for message in village.far_side.messages_to(number):
            village.send("delivery", {"phoneNumber": number, "id": message.id, "status": "Success", "networkCode": "63902"})
    found = figures(village)

    assert found["Until a person looks"].startswith("4.0 days")  # one after four days, one still open, one taken back
    assert found["Until it is closed"] == "not half yet"
    assert found["Solved by members"] == "50 of 100"
    assert found["Ideas with a name"] == "100 of 100"
    assert found["Promises kept: plans"] == "–", "what never fell due was not kept"
    assert found["Who takes part"] == "100 of 100"
    assert found["The loop is closed"] == "100 of 100"  # both voters got it by SMS
    assert found["Thanks without points"] == "100 of 100"  # no budget
    assert found["New voices"] == "3"
    shown = page(sign_in(village)[0], "measures")
    assert re.search(r"Solved by members.*?50 of 100", shown, re.S)
    assert "Wanjiru" not in shown


def test_an_sms_in_the_night_would_be_seen(village: Village) -> None:
    from gateway.records import rows as records

    village.everybody()
    with village.world() as world:
        at = world.now().replace(hour=23)  # two in the morning in Nairobi
        world.write.execute(records.texts.insert().values(
            id=1, organisation_id=village.organisation.id, key="night", number=OTIENO, kind="service", words="hello", about="", state="delivered",
            made_at=at, sent_at=at,
        ))  # fmt: skip
    assert figures(village)["SMS outside 7 to 19"] == "1"


def test_breadth_counts_groups_as_if_all_were_of_one_size(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    with sqlite_village.world() as world:
        one = idea(world, WANJIRU, "a cold tank at Kiboko")
        for n, number in enumerate(crowd(world, 10)):
            items.put_vote(
                world, one.id, members.by_number(world, number).id, choice=1, group_id=1 if n else 2, counts_from=world.now()
            )  # fmt: skip
        states.go(world, one, "done", "grace")
        done, _, sizes = measure_rows.done_ideas(world, world.now() - dt.timedelta(days=365))
        assert (done, sorted(sizes[0])) == (1, [1, 9])
    web = operator(sqlite_village, "facilitator")
    assert re.search(r"Breadth.{0,200}?1\.2", page(web, "measures"), re.S)
