"""Names under sealed words: two halves for two holders, neither of whom opens anything alone, nor twice, nor by guessing."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from gateway.community.items import rows as items
from gateway.community.sealed import box, rows, verbs
from gateway.community.sealed.box import WrongPassphrase
from gateway.community.sealed.model import HALF_KEPT, Opened
from gateway.community.sealed.verbs import NotOpened
from gateway.operators.verbs import make_operator
from tests.browser import page, press, sign_in
from tests.cast import PASSWORD, SECRET_KEY, TOTP, WANJIRU, Village
from tests.test_sealed import MARY, PETER, everything, held, mixed, pair, say
from workers import nightly

__all__ = ["pair"]


@settings(deadline=None, max_examples=25)
@given(st.text(st.characters(codec="ascii", categories=("L", "N")), min_size=1, max_size=60))
def test_two_halves_are_the_name_and_one_alone_is_noise(pair, name: str) -> None:
    (first, *_), (second, *_) = pair
    boxes, again = box.split(name, first, second), box.split(name, first, second)

    assert not {*boxes} & {*again}
    assert len({len(one) for one in (*boxes, *again)}) == 1
    one, other = (box.open_half(key[1], key[2], said, half) for key, said, half in zip(pair, (MARY, PETER), boxes, strict=True))
    assert box.join(one, other) == name
    assert box.open_half(pair[0][1], pair[0][2], MARY, again[0]) != one


def test_a_passphrase_costs_what_the_rule_says_who_guesses() -> None:
    """RFC 9106, 4: three rounds over 64 MiB in four lanes; NIST SP 800-57: 3,072 bits. Read in a process of its own, since the tests make it cheap."""
    read = "from gateway.community.sealed import box; print(box.ROUNDS, box.MEMORY_KIB, box.LANES, box.KEY_BITS)"
    assert subprocess.run([sys.executable, "-c", read], capture_output=True, text=True, check=True).stdout.split() == ["3", "65536", "4", "3072"]


def test_a_wrong_passphrase_and_a_short_one_open_nothing(pair) -> None:
    boxes = box.split("5 10013 Wanjiru", pair[0][0], pair[1][0])
    for wrong in (PETER, MARY + " ", MARY.upper(), ""):
        with pytest.raises(WrongPassphrase):
            box.open_half(pair[0][1], pair[0][2], wrong, boxes[0])
    for bad in ("short", "x" * 201):
        with pytest.raises(ValueError, match="at least"):
            box.make_key(bad)


def test_one_person_never_holds_both_keys(village: Village) -> None:
    village.everybody()

    def takes(login: str) -> str:
        with village.world() as world:
            try:
                verbs.take_key(world, login, MARY)
            except NotOpened:
                return "no"
            return "yes"

    with ThreadPoolExecutor(4) as them:
        assert sorted(them.map(takes, ("mary", "mary", "peter", "third"))) == ["no", "no", "yes", "yes"]
    with village.world() as world:
        assert len({one.login for one in rows.live_keys(world)}) == 2


def test_both_holders_at_once_open_it_once(village: Village, pair) -> None:
    held(village, pair)
    number = say(village)
    mixed(village)

    def opens(who: tuple[str, str]) -> str:
        with village.world() as world:
            try:
                opened = verbs.open_half(world, items.by_number(world, number).id, *who, "why")
            except NotOpened:
                return "before"
            except OperationalError:  # a slow machine: whoever waited a second for the row presses again
                world.rollback()
                busy = True
            else:
                busy = False
        return opens(who) if busy else "opened" if opened else "half"

    with ThreadPoolExecutor(4) as them:
        became = sorted(them.map(opens, [("a-board", MARY), ("b-board", PETER), ("a-board", MARY), ("b-board", PETER)]))
    assert became.count("opened") == 1
    assert everything(village)["sealed_halves"] == []
    assert sum("of the board opened" in words for words in village.sms(WANJIRU)) == 1


def board(village: Village, login: str):
    with village.world() as world:
        make_operator(world, login=login, name=login, role="board", secret_key=SECRET_KEY, password=PASSWORD, totp=TOTP)
    return sign_in(village, login)[0]


def test_each_holder_takes_a_key_and_both_open_a_name_each_alone(village: Village) -> None:
    village.everybody()
    mary, peter, third = (board(village, login) for login in ("mary", "peter", "third"))
    assert "twice the same" in press(mary, "sealed/key", "sealed", passphrase=MARY, again=PETER)
    assert "You hold a key." in press(mary, "sealed/key", "sealed", passphrase=MARY, again=MARY)
    assert "members are told that it is not open" in page(mary, "sealed")
    with village.world() as world, pytest.raises(NotOpened, match="you hold one already"):
        verbs.take_key(world, "mary", MARY)
    press(peter, "sealed/key", "sealed", passphrase=PETER, again=PETER)
    assert "sealed/key" not in page(third, "sealed").replace("sealed/key/back", "")
    with village.world() as world, pytest.raises(NotOpened, match="must give it back first"):
        verbs.take_key(world, "third", MARY)
    number = say(village)
    mixed(village)
    mary, peter, third = (sign_in(village, login)[0] for login in ("mary", "peter", "third"))
    there = f"sealed/{number}"
    assert "Open your half" not in page(third, there)
    assert "neither half" in third.post(
        f"/console/{there}/open", data=_data(page(mary, there), third, passphrase=MARY, why="a theft"), follow_redirects=True
    ).get_data(as_text=True)  # fmt: skip
    assert "not your passphrase" in press(mary, f"{there}/open", there, passphrase=PETER, why="a theft")
    assert "Your half is open" in press(mary, f"{there}/open", there, passphrase=MARY, why="a theft at the scale")
    assert "Your half is open" in press(mary, f"{there}/open", there, passphrase=MARY, why="again")  # her own half is one half
    assert "mary wants it opened: a theft at the scale" in page(peter, "sealed")
    assert "Wanjiru" not in page(mary, there) + page(peter, there)
    shown = press(peter, f"{there}/open", there, passphrase=PETER, why="I agree")
    assert "Wanjiru" in shown
    assert "Wanjiru" not in page(peter, there)  # shown once
    assert "mary, peter: a theft at the scale" in page(peter, there)
    village.workers_run()
    told = "mary, peter of the board opened your name under words you wrote without it. Why: a theft at the scale. Questions? SMS CALL"
    assert village.sms(WANJIRU)[-1] == told
    assert everything(village)["sealed_halves"] == []
    with village.world() as world, pytest.raises(NotOpened, match="opened before"):
        verbs.open_half(world, items.by_number(world, number).id, "mary", MARY, "again")
    kept = str(everything(village))
    assert MARY not in kept
    assert PETER not in kept


def _data(shown: str, web, **fields: str) -> dict[str, str]:
    """The form of one page with the token of another session."""
    form = next(one for one in re.findall(r"<form.*?</form>", shown, re.S) if "/open" in one)
    names = {name.split("-")[-1]: name for name in re.findall(r'name="([^"]+)"', form)}
    token = re.search(r'name="csrf_token" value="([^"]+)"', page(web, "sealed"))
    return {"csrf_token": token[1], **{names[name]: value for name, value in fields.items()}}


def test_a_half_that_nobody_answers_and_a_key_given_back(village: Village, pair) -> None:
    held(village, pair)
    number = say(village)
    mixed(village)
    with village.world() as world:
        id = items.by_number(world, number).id
        assert verbs.open_half(world, id, "a-board", MARY, "why") is None
        (row,) = rows.halves_of(world, id)
        assert box.unwrap({"other": b"0" * 32}, row.half) is None  # a dump without the keys of this installation is no use
    village.clock.passes(days=HALF_KEPT.days, minutes=1)
    nightly.mix_sealed(village.site)
    assert everything(village)["sealed_halves"] == []
    with village.world() as world:
        assert rows.give_back(world, "a-board")
        assert not rows.give_back(world, "a-board")
        verbs.take_key(world, "c-board", "quite another sentence")
        assert verbs.open_half(world, id, "b-board", PETER, "why") is None
        with pytest.raises(NotOpened, match="neither half"):
            verbs.open_half(world, id, "c-board", "quite another sentence", "why")
        opened = verbs.open_half(world, id, "a-board", MARY, "why")  # what was sealed for her opens with her
        assert isinstance(opened, Opened)
        assert "Wanjiru" in opened.name


def test_too_many_passphrases_must_rest(village: Village) -> None:
    village.everybody()
    board(village, "mary")
    with village.world() as world:
        for login, said in (("mary", MARY), ("peter", PETER)):
            verbs.take_key(world, login, said)
    there = f"sealed/{say(village)}"
    mixed(village)
    mary = sign_in(village, "mary")[0]
    for _ in range(5):
        assert "not your passphrase" in press(mary, f"{there}/open", there, passphrase=PETER + "!", why="x")
    assert "Too many tries" in press(mary, f"{there}/open", there, passphrase=MARY, why="x")
