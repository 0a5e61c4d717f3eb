"""Two wishes in one SMS: neither is guessed at, neither is done, and both are said back, numbers veiled; one with a full stop in it stays one."""

from __future__ import annotations

import pytest

from gateway.members import draft_rows
from gateway.texting import _heard
from tests.cast import OTIENO, SHORTCODE, WANJIRU, Village, idea

TWO = "I found two wishes: 1 {} 2 {}. Nothing was done yet. Please send one SMS for each."


@pytest.mark.parametrize(
    ("words", "first", "second"),
    [
        ("BAL. TOP", "BAL", "TOP"), ("bal, mini", "bal", "mini"), ("VOTE 1007. VOTE 1010 NO", "VOTE ****", "VOTE **** NO"),
        ("SEND 200 0722000002. BAL", "SEND 200 0722000002", "BAL"), ("IDEA Pay on Friday. VOTE 1007", "IDEA Pay on Friday", "VOTE ****"),
        ("TOP; POINTS!", "TOP", "POINTS"),
    ],
)  # fmt: skip
def test_two_wishes_are_said_back_and_neither_is_done(sqlite_village: Village, words: str, first: str, second: str) -> None:
    village = sqlite_village
    village.everybody()
    with village.world() as world:
        for about in ("Pay us on Friday", "A roof for the scale"):
            idea(world, OTIENO, about)
    village.phone(WANJIRU).texts(words, SHORTCODE)
    assert village.sms(WANJIRU) == [TWO.format(first, second)]
    with village.world() as world:
        assert draft_rows.waiting(world, village.member(world, WANJIRU).id) == []


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("IDEA Build a road. Say it to all", "Idea "), ("IDEA Less fees. More balance", "Idea "), ("IDEA Write the prices, top", "Idea "),
        ("ASK Where is the office? Call me", "Question "), ("WRONG My money is gone. Help me", "Case "), ("Asante. BAL", "You are welcome"),
        ("SEND 200, 0722000002", "Ready: "),
    ],
)  # fmt: skip
def test_one_wish_with_a_full_stop_stays_one(sqlite_village: Village, words: str, begins: str) -> None:
    sqlite_village.everybody()
    sqlite_village.phone(WANJIRU).texts(words, SHORTCODE)
    assert sqlite_village.sms(WANJIRU)[-1].startswith(begins)


def test_a_pin_in_one_of_the_two_is_said_to_be_one_and_nothing_else(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    sqlite_village.phone(WANJIRU).texts("SEND 200 0722000002 4715. BAL", SHORTCODE)
    assert "4715" not in "".join(sqlite_village.sms(WANJIRU))


def test_stop_beside_something_else_is_no_wish_of_two(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    sqlite_village.phone(WANJIRU).texts("STOP. BAL", SHORTCODE)
    assert not any(said.startswith("I found two") for said in sqlite_village.sms(WANJIRU))


@pytest.mark.parametrize("words", ["IDEA Fence status: 25000 is needed", "WAZO hali 2026 ni mbaya", "WRONG no status. 0712345678 drove the lorry"])
def test_a_word_that_is_a_command_takes_no_number_out_of_a_sentence(sqlite_village: Village, words: str) -> None:
    assert _heard(words)[0] == words
