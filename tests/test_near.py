"""A question goes to helpers who are near: of the same village first, then by kilometres, where staff have written down where villages lie."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gateway.community import place_rows, places
from gateway.community.helping import rows, verbs
from gateway.community.helping.model import HELPERS_ASKED
from gateway.community.items import rows as items
from gateway.members import rows as members
from tests.browser import operator, page, press
from tests.cast import WANJIRU, Village, crowd

LATITUDES, LONGITUDES = st.floats(-90, 90), st.floats(-180, 180)
SPOTS = st.tuples(LATITUDES, LONGITUDES)
HALF_ROUND = 20_015.2  # kilometres: no two places on earth are farther apart


@given(SPOTS, SPOTS)
def test_a_way_is_as_long_there_as_back_and_never_more_than_half_round_the_earth(one: tuple[float, float], other: tuple[float, float]) -> None:
    there, back = places.kilometres(one, other), places.kilometres(other, one)
    assert abs(there - back) < 1e-6
    assert 0 <= there <= HALF_ROUND
    assert places.kilometres(one, one) < 1e-6


@given(st.text(max_size=40))
def test_what_is_typed_is_a_place_on_earth_or_none(text: str) -> None:
    found = places.read_place(text)
    assert found is None or (abs(found[0]) <= 90 and abs(found[1]) <= 180)


@given(LATITUDES, LONGITUDES)
def test_what_a_map_gives_is_read_as_it_is(latitude: float, longitude: float) -> None:
    found = places.read_place(f"{latitude:.6f}, {longitude:.6f}")
    assert found is not None
    assert abs(found[0] - latitude) < 1e-5
    assert abs(found[1] - longitude) < 1e-5


def test_the_near_are_asked_before_the_far(village: Village) -> None:
    village.everybody()
    lives = ["Kiboko", "Makindu", "Makindu", "Emali", "Mombasa", "Mombasa", "Kisumu", "", "Nowhere"]
    with village.world() as world:
        for name, spot in (("Kiboko", (-2.21, 37.71)), ("Makindu", (-2.28, 37.82)), ("Emali", (-2.08, 37.47)), ("Mombasa", (-4.04, 39.67))):
            place_rows.put(world, name, *spot, "grace")
        helpers = crowd(world, len(lives))
        members.change_member(world, members.by_number(world, WANJIRU).id, village="kiboko")
        for number, home in zip(helpers, lives, strict=True):
            one = members.by_number(world, number)
            members.change_member(world, one.id, village=home)
            rows.put_helper(world, one.id, topics="cows", most_a_week=3)
        assert round(places.nearness(world, "KIBOKO", "Makindu"), 1) == 0.5
        assert places.nearness(world, "Kiboko", "Emali") < places.nearness(world, "Kiboko", "Makindu") < places.nearness(world, "Kiboko", "kiboko") == 1
        assert [places.nearness(world, "Kiboko", home) for home in ("Mombasa", "Nowhere", "")] == [0, 0, 0]
        asked = verbs.ask_helpers(world, WANJIRU, "cows", "my cow does not eat", "k1")
        chosen = {one.member_id for one in rows.routes_of(world, items.by_number(world, asked.number).id)}  # type: ignore[union-attr]
        assert chosen == {members.by_number(world, number).id for number in helpers[:HELPERS_ASKED]}


def test_staff_write_down_where_a_village_lies_and_forget_it(village: Village) -> None:
    village.everybody()
    web = operator(village, "facilitator")
    with village.world() as world:
        members.change_member(world, members.by_number(world, WANJIRU).id, village="Kiboko")
    assert "not written down" in page(web, "helpers")
    for wrong in ("Kiboko", "91, 0", "1", ""):
        assert "two numbers are needed" in press(web, "helpers/villages", "helpers", village="Kiboko", at=wrong)
    assert "two numbers are needed" in press(web, "helpers/villages", "helpers", village="  ", at="-2.21, 37.71")
    assert "Written down: Kiboko" in press(web, "helpers/villages", "helpers", village="Kiboko", at="2.21 S, 37.71 E")
    press(web, "helpers/villages", "helpers", village="Makindu", at="-2.28, 37.82")
    shown = page(web, "helpers")
    assert "-2.2100, 37.7100" in shown
    assert "Makindu 14 km" in shown
    assert "Written down, but Emali would lie 6," in press(web, "helpers/villages", "helpers", village="Emali", at="37.47, -2.08")
    assert "Written down: Emali" in press(web, "helpers/villages", "helpers", village="Emali", at="-2.08, 37.47")
    assert "no place any more" in press(web, "helpers/villages/kiboko/forget", "helpers")
    assert "It had none" in press(web, "helpers/villages/kiboko/forget", "helpers")
