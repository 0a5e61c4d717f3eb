"""Every verb of the menus that can move money is flagged, so that the check asks for its amount, its receiver and its PIN; what is not flagged says why."""

from __future__ import annotations

from gateway.phrasebook import PHRASEBOOK
from tests.who_uses import comes_to

DOORS = {("gateway.ledger.verbs", "reserve"), ("gateway.members.payments", "pay")}  # into the books: alone, and together with others who pay now

# What reaches the books and asks for no PIN, each with its reason. (`gateway/README.md`, decision of 2026-11-28.)
NO_PIN = {
    "say_of_cash": "the caller's own money does not move: the office's box pays into the group what the leader holds, and the payer says that it is so",
    "ask_back": "nothing moves: it is held until two persons have looked, or the receiver gives it back",
    "take_need_back": "the caller's own money comes back to them",
    "it_did_not_help": "the same hands as `it_helped`, which give nothing for a no",
    "it_helped": "points of the budget, to somebody else, capped for each pair and week",
}


def moves(module: str, name: str) -> bool:
    """Whether a function comes to the books by whatever way."""
    return comes_to(module, name, DOORS)


def test_a_verb_that_comes_to_the_books_is_flagged_or_says_why() -> None:
    unflagged = {name for name, verb in PHRASEBOOK.verbs.items() if not verb.moves_money and moves(verb.act.__module__, verb.act.__name__)}

    assert unflagged == set(NO_PIN)


def test_the_way_to_the_books_is_found() -> None:
    assert moves("gateway.money.places", "pay_group")
    assert not moves("gateway.money.places", "find_group")
