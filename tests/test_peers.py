"""What other gateways get wrong, each as a test by its name: the fact sheet on peers says who does."""

from __future__ import annotations

import os
from pathlib import Path

from gateway.up.walk import walk_here
from menus.check import check
from menus.engine import Engine
from menus.phrasebook import Fact, Phrasebook, Row
from menus.screens import Book, Browse, Choose, Flow, Tell
from menus.session import Session
from tests.cast import CODE, OTIENO, WANJIRU, Village

WALK_HOPS = 100_000 if os.environ.get("PAMOJA_TESTS") == "long" else 2_000


def hop(village: Village, text: str, call: str = "ATUid_peer", caller: str = WANJIRU) -> str:
    return village.send("ussd", {"phoneNumber": caller, "serviceCode": CODE, "text": text, "sessionId": call, "networkCode": "63902"})[1]


def test_a_menu_choice_that_comes_twice_is_not_taken_as_the_amount(village: Village) -> None:
    village.everybody()
    for text in ("", "2", "2*1", "2*1*0722000002"):
        assert hop(village, text) == hop(village, text)

    assert hop(village, "2*1*0722000002").startswith("CON How much to Otieno?")
    assert hop(village, "2*1*0722000002*200").startswith("CON Send KES 200 to Otieno")


def test_a_star_in_free_words_does_not_cut_them(village: Village) -> None:
    village.everybody()
    for text in ("", "5", "5*3", "5*3*two * three * four", "5*3*two * three * four*1"):
        said = hop(village, text)

    assert said.startswith("END Idea ")
    with village.world() as world:
        from gateway.community.items.rows import page

        assert [one.words for one in page(world, before=None, most=5, kinds=("idea",))] == ["two * three * four"]


def test_two_callers_at_once_never_see_each_other(village: Village) -> None:
    village.everybody()
    texts = ("", "2", "2*1")
    for text in texts:
        hop(village, text, "ATUid_a", WANJIRU)
        hop(village, text, "ATUid_b", OTIENO)

    assert hop(village, "2*1*0733000003", "ATUid_a", WANJIRU).startswith("CON How much to Achieng?\nYou have KES 500")
    assert hop(village, "2*1*0733000003", "ATUid_b", OTIENO).startswith("CON How much to Achieng?\nYou have KES 0")


class Nobody:
    """A world that is never looked at."""


def test_a_list_never_reads_eight_and_then_ten() -> None:
    """Every page is numbered from 1, and no page has more lines than there are keys."""
    rows = [Row(str(n), f"line {n}") for n in range(1, 31)]
    book = Book(Flow("list", Browse("one", "Pick", rows="rows", then="done"), Tell("done", "Done {one}")))
    engine = Engine(book, Phrasebook({}, {"rows": Fact(lambda world, caller: rows, "line 30", rows=True)}), {})
    turn = engine.open("call", "+254711000001", "en", Nobody())
    read: list[str] = []
    while True:
        lines = [line for line in turn.text.split("\n") if line[:1].isdigit() and "line" in line]
        assert [line.split(" ")[0] for line in lines] == [str(n) for n in range(1, len(lines) + 1)]
        assert len(lines) <= 7
        read += [line.partition(" ")[2] for line in lines]
        if "98 More" not in turn.text:
            break
        turn = engine.hear(turn.session, "98", Nobody())

    assert read == [row.label for row in rows]
    assert isinstance(turn.session, Session)


def test_a_language_whose_options_differ_is_found_before_any_caller() -> None:
    book = Book(Flow("home", Choose("a", "Hi", {"1 Balance": "b", "2 Send": "b"}), Tell("b", "Bye")))
    good = {"Hi": "Habari", "1 Balance": "1 Salio", "2 Send": "2 Tuma", "Bye": "Kwaheri"}
    from menus.own_words import OWN_WORDS

    own = {text: text for text in OWN_WORDS}

    assert check(book, Phrasebook({}, {}), {"sw": {**own, **good}}) == []
    assert [str(one) for one in check(book, Phrasebook({}, {}), {"sw": {**own, **good, "2 Send": "3 Tuma"}})] != []
    moved = [str(one) for one in check(book, Phrasebook({}, {}), {"sw": {**own, **good, "1 Balance": "Salio 1"}})]
    assert moved == ["home.a [sw]: begins with another key: 'Salio 1'"]  # the same digits, and yet no key


def test_a_language_that_names_another_currency_is_found_before_any_caller() -> None:
    from menus.own_words import OWN_WORDS

    book = Book(Flow("home", Tell("a", "At least KES 10")))
    own = {text: text for text in OWN_WORDS}
    said = [str(one) for one in check(book, Phrasebook({}, {}), {"sw": {**own, "At least KES 10": "Angalau TZS 10"}})]
    assert said == ["home.a [sw]: says another currency: 'Angalau TZS 10'"]


def test_garbage_on_bad_networks_breaks_nothing(tmp_path: Path) -> None:
    """`pamoja walk`: random keys, hops twice, late and in another order, Redis wiped, a slow ledger. The long form makes 100,000 hops."""
    tally = walk_here(tmp_path, WALK_HOPS, 20261126, lambda walker: [None for _ in walker.walk(WALK_HOPS)] and None)

    assert tally.hops >= WALK_HOPS
    assert tally.ended
    assert tally.wiped
    assert tally.overtaken
    assert len(tally.screens) > 90
