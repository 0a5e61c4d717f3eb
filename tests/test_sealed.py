"""Sealed words: two together open a name, one alone never; and nothing in the database, the traces or Redis says who said it or when."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from gateway.community.items import rows as items
from gateway.community.sealed import rows, verbs
from gateway.community.sealed.box import WrongPassphrase, make_lock, open_box, seal
from gateway.members import rows as members
from gateway.records import rows as records
from gateway.store.all_tables import metadata
from tests.cast import OTIENO, SHORTCODE, WANJIRU, Village
from tests.test_console import operator, sign_in
from tests.test_console_voices import page, press
from workers import nightly

FIRST, SECOND, WORDS = "a long winter in Limuru", "nine red hens at dawn", "The clerk takes kilos off"


@pytest.fixture(scope="module")
def lock():
    return make_lock(FIRST, SECOND)


def test_two_together_open_it_and_nobody_alone(lock) -> None:
    box = seal(lock.public, "10013 Wanjiru")
    assert box != seal(lock.public, "10013 Wanjiru")  # two boxes of one name are not alike
    assert len(box) == len(seal(lock.public, "1 Ann"))
    assert open_box(lock, box, FIRST, SECOND) == "10013 Wanjiru"
    for first, second in ((FIRST, FIRST), (SECOND, SECOND), (SECOND, FIRST), (FIRST + SECOND[0], SECOND[1:]), (FIRST, "something else here")):
        with pytest.raises(WrongPassphrase):
            open_box(lock, box, first, second)


@pytest.mark.parametrize(("first", "second"), [("short", SECOND), (FIRST, ""), (FIRST, FIRST)])
def test_a_weak_lock_is_not_made(first: str, second: str) -> None:
    with pytest.raises(ValueError, match="two passphrases"):
        make_lock(first, second)


def locked(village: Village, lock) -> None:
    village.everybody()
    with village.world() as world:
        rows.add_lock(world, lock, "Mary", "Peter")


def say(village: Village, number: str = WANJIRU) -> str:
    phone = village.phone(number)
    phone.dials("*384*20417*1*6#")
    assert phone.types("6").startswith("Your name is sealed")
    said = phone.types(WORDS)
    assert not phone.open
    return re.search(r"number (\d+)\.", said)[1]


def everything(village: Village) -> dict[str, list[str]]:
    """Table -> its rows as texts."""
    with village.world() as world:
        return {table.name: [" ".join(map(str, row)) for row in world.read.execute(select(table))] for table in metadata.sorted_tables}


def test_nothing_leads_from_the_words_to_who_said_them(village: Village, lock) -> None:
    locked(village, lock)
    number = say(village)
    village.workers_run()
    before = everything(village)
    found = {name for name, kept in before.items() if any("takes kilos" in row for row in kept)}
    assert found == {"sealed_waiting"}
    with village.world() as world:
        call = [hop for hop in world.read.execute(select(records.hops)) if hop.number == WANJIRU]
    assert {hop.label for hop in call} <= {"wrong.about", "home.show"}
    assert all(hop.typed in ("", "1*6") for hop in call)  # neither the 6 that led there nor a word
    assert [key for key in village.site.redis.scan_iter("*") if b"takes kilos" in (village.site.redis.dump(key) or b"")] == []
    village.clock.passes(hours=5)
    assert nightly.carry_sealed(village.site) == 1
    after = everything(village)
    assert after["sealed_waiting"] == []
    with village.world() as world:
        item = items.by_number(world, number)
        member = members.by_number(world, WANJIRU)
    assert (item.member_id, item.phone, item.kind, item.words) == (None, "", "wrong", WORDS)
    assert (item.made_at - call[-1].at).total_seconds() > 3600 * 4  # the moment is the clock's
    for kept in (*after["items"], *after["sealed_names"]):
        assert str(member.id) not in kept
        assert WANJIRU not in kept
        assert member.code not in kept.split()


def test_its_state_is_told_to_whoever_has_the_number_and_nothing_else(village: Village, lock) -> None:
    locked(village, lock)
    number = say(village)
    for phone in (WANJIRU, OTIENO):
        assert village.phone(phone).dials(f"*384*20417*{number}#").startswith(f"Case {number}: waits for a person, -")
    nightly.carry_sealed(village.site)
    with village.world() as world:
        from gateway.community.items.states import go

        go(world, items.by_number(world, number), "looked_at", "grace")
    said = village.phone(OTIENO).dials(f"*384*20417*{number}#")
    assert said.startswith(f"Case {number}: a person has read it")
    assert "kilos" not in said


def test_who_asks_about_it_leaves_no_number_behind(village: Village, lock) -> None:
    locked(village, lock)
    number = say(village)
    for carried in (False, True):
        if carried:
            nightly.carry_sealed(village.site)
        village.phone(WANJIRU).dials(f"*384*20417*{number}#")
        village.phone(WANJIRU).dials("")
        village.phone(WANJIRU).types(number)
        village.phone(WANJIRU).texts(f"STATUS {number}", SHORTCODE)
        assert village.sms(WANJIRU)[-1].startswith("An SMS shows your number")
    village.workers_run()
    kept = everything(village)
    assert not any(number in row.split() or f"STATUS {number}" in row for row in (*kept["hops"], *kept["texts_in"], *kept["texts"]))
    assert not any("by_number.case" in row for row in kept["hops"])


def test_by_sms_it_is_refused_and_not_kept(village: Village, lock) -> None:
    locked(village, lock)
    village.phone(WANJIRU).texts(f"SIRI {WORDS}", SHORTCODE)
    assert village.sms(WANJIRU)[-1].startswith("An SMS shows your number, so we have not kept it.")
    assert {name for name, kept in everything(village).items() if any("takes kilos" in row for row in kept)} == set()


def test_before_the_board_has_set_it_up_it_says_so(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*1*6#")
    assert phone.types("6").startswith("The board has not set this up yet.")
    with village.world() as world:
        assert isinstance(verbs.seal_words(world, WANJIRU, WORDS), verbs.CannotSeal)


def test_a_day_has_its_bound(sqlite_village: Village, lock) -> None:
    locked(sqlite_village, lock)
    with sqlite_village.world() as world:
        said = [verbs.seal_words(world, WANJIRU, f"{WORDS} {n}") for n in range(30)]
    assert any(isinstance(one, verbs.SealedEnough) for one in said)


def test_two_of_the_board_set_it_up_and_open_a_name_together(village: Village) -> None:
    village.everybody()
    web = sign_in(village)[0]
    fields = {"first": "Mary", "second": "Peter", "first_passphrase": FIRST, "second_passphrase": SECOND}
    assert "Two different names" in press(web, "sealed", "sealed", **{**fields, "second": "mary"})
    assert "Two different names" in press(web, "sealed", "sealed", **{**fields, "second_passphrase": "short"})
    assert "The keys are made." in press(web, "sealed", "sealed", **fields)
    assert FIRST not in str(everything(village))
    number = say(village)
    nightly.carry_sealed(village.site)
    assert WORDS in page(web, "sealed")
    assert "Wanjiru" not in page(web, "sealed") + page(web, "feedback") + page(web, f"sealed/{number}")

    there = f"sealed/{number}"
    wrong = press(web, there, there, first_passphrase=FIRST, second_passphrase="not what it was", why="a theft")
    assert "One of the two is not right." in wrong
    assert "Both passphrases and a reason are needed." in press(web, there, there, first_passphrase=FIRST, second_passphrase=SECOND)
    opened = press(web, there, there, first_passphrase=FIRST, second_passphrase=SECOND, why="the police asks")
    assert "Wanjiru" in opened
    assert "the police asks" in page(web, "sealed")
    assert "Wanjiru" not in page(web, "sealed")  # it is shown once, to those two
    for _ in range(4):
        press(web, there, there, first_passphrase=FIRST, second_passphrase="not what it was", why="a theft")
    assert "Too many tries." in press(web, there, there, first_passphrase=FIRST, second_passphrase=SECOND, why="again")
    reader = operator(village, "auditor")
    assert WORDS in page(reader, "sealed")
    assert reader.get(f"/console/{there}").status_code == 404
