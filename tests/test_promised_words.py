"""Words that a call has promised by SMS: the place is kept for them, with everything that it was about."""

from __future__ import annotations

from gateway.community.items import rows as items
from tests.cast import OTIENO, SHORTCODE, WANJIRU, Village, idea
from tests.test_ways import dial


def test_the_rest_comes_by_sms(village: Village) -> None:
    village.everybody()
    words = "We would like the milk lorry to come at six in the morning and not at eight, bec"
    dial(village, "5", "3", words, "2")
    village.phone(WANJIRU).texts("ause the sun spoils it", SHORTCODE)
    with village.world() as world:
        kept = [one.words for one in items.page(world, before=None, most=5, kinds=("idea",))]

    assert kept == [words + " ause the sun spoils it"]


def test_words_by_sms_keep_the_place_for_two_hours(village: Village) -> None:
    village.everybody()
    assert dial(village, "5", "3", "1") == f"Now send your words by SMS to {SHORTCODE}. It is free. We keep your place for 2 hours."
    village.phone(WANJIRU).texts("BAL", SHORTCODE)  # a command is a command
    village.phone(WANJIRU).texts("a bridge over the river", SHORTCODE)
    village.phone(WANJIRU).texts("and a second one", SHORTCODE)
    with village.world() as world:
        kept = [(one.kind, one.words) for one in items.page(world, before=None, most=5)]

    assert kept == [("unsorted", "and a second one"), ("idea", "a bridge over the river")]


def test_what_it_is_about_is_kept_with_the_place(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, OTIENO, "pay us on Friday")
    dial(village, one.number, "3", "1")
    village.phone(WANJIRU).texts("Friday is market day", SHORTCODE)

    assert village.sms(WANJIRU)[-1].startswith(f"Added to {one.number}.")


def test_words_that_are_waited_for_may_begin_like_a_command_and_a_number_of_a_thing_is_one(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, OTIENO, "pay us on Friday")
    dial(village, "5", "3", "1")
    village.phone(WANJIRU).texts(f"VOTE {one.number} no thanks", SHORTCODE)
    assert village.sms(WANJIRU)[-1].startswith("Counted: 0 for")
    village.phone(WANJIRU).texts("vote for our leader each year", SHORTCODE)
    with village.world() as world:
        kept = [(each.words, each.opposers) for each in items.newest(world, ("idea",), ("new", "open"), 9)]

    assert sorted(kept) == [("pay us on Friday", 1), ("vote for our leader each year", 0)]


def test_after_two_hours_the_place_is_given_up(village: Village) -> None:
    village.everybody()
    dial(village, "5", "3", "1")
    village.clock.passes(hours=2, minutes=1)
    village.phone(WANJIRU).texts("a bridge over the river", SHORTCODE)
    with village.world() as world:
        assert [one.kind for one in items.page(world, before=None, most=5)] == ["unsorted"]
