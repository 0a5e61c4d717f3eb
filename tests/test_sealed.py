"""Words without a name: mixed before anybody reads them, the name in two halves, and no table, trace or key in Redis that leads back."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from sqlalchemy import select

from gateway.community.counting import next_free
from gateway.community.items import rows as items
from gateway.community.rows import feedback_numbers
from gateway.community.sealed import box, rows, verbs
from gateway.community.sealed.model import ASealed, NotTakenNow, Sealed
from gateway.members import rows as members
from gateway.records import rows as records
from gateway.store.all_tables import metadata
from menus.answers import Secret
from menus.book import BOOK
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, crowd
from tests.looks import without_ids
from workers import nightly

MARY, PETER = "a long winter in Limuru", "nine red hens at dawn"
WORDS = "The clerk takes kilos off"


@pytest.fixture(scope="module")
def pair() -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    return box.make_key(MARY), box.make_key(PETER)


def held(village: Village, pair) -> None:
    village.everybody()
    with village.world() as world:
        for login, (public, private, salt) in zip(("a-board", "b-board"), pair, strict=True):
            rows.add_key(world, login=login, public=public, private=private, salt=salt)


def say(village: Village, number: str = WANJIRU, words: str = WORDS) -> str:
    phone = village.phone(number)
    phone.dials("*384*20417*1*6*6*1#")
    said = phone.types(words)
    assert not phone.open
    return re.search(r": (\d{5})\.", said)[1]


def mixed(village: Village) -> None:
    """An hour later, with two others who have written too."""
    with village.world() as world:
        for n, number in enumerate(crowd(world, 2)):
            assert isinstance(verbs.seal_words(world, number, Secret(f"something else {n}"), f"o{n}-{number}"), Sealed)
    village.clock.passes(hours=1)
    assert nightly.mix_sealed(village.site) >= 3


def everything(village: Village) -> dict[str, list[str]]:
    """Table -> its rows as texts."""
    with village.world() as world:
        return {table.name: [" ".join(map(str, row)) for row in world.read.execute(select(table))] for table in metadata.sorted_tables}


def names(number: str, text: str) -> bool:
    """Whether a number stands in a text, as it is, with a gap, or with a digit too many; not as part of an id or a phone number."""
    return re.search(rf"(?<!\d)(?:{number}|{number[:2]} {number[2:]})1?(?!\d)", without_ids(text)) is not None


def redis_holds(village: Village, said: str) -> bool:
    redis = village.site.redis
    read = {b"string": redis.get, b"list": lambda key: redis.lrange(key, 0, -1), b"hash": redis.hgetall, b"set": redis.smembers}
    texts = [f"{key} {read.get(redis.type(key), redis.dump)(key)}" for key in redis.scan_iter("*")]
    return any(names(said, text) if said.isdigit() else said in text for text in texts)


def test_nothing_leads_from_the_words_to_who_said_them(village: Village, pair) -> None:
    held(village, pair)
    number = say(village)
    for told in ("takes kilos", number, "sealed.", "1*6*6"):
        assert not redis_holds(village, told)
    village.phone(OTIENO).dials("*384*20417*1#")
    assert redis_holds(village, "money.show")  # where it is not private, it can be seen
    assert "Kept" in village.phone(WANJIRU).again()  # the network sends it again: the same answer, and nothing more waits
    village.workers_run()
    before = everything(village)
    assert not any("takes kilos" in row or number in row.split() for kept in before.values() for row in kept)
    with village.world() as world:
        call = [hop for hop in world.read.execute(select(records.hops)) if hop.number == WANJIRU]
        member = members.by_number(world, WANJIRU)
    assert {(hop.label, hop.typed) for hop in call} == {("private", "")}
    mixed(village)
    after = everything(village)
    assert after["sealed_waiting"] == []
    with village.world() as world:
        item = items.by_number(world, number)
        others = [items.by_id(world, one.item_id) for one in rows.all_names(world, 9)]
    assert (item.member_id, item.phone, item.kind, item.words, item.about) == (None, "", "wrong", WORDS, "sealed")
    assert len(others) == 3
    assert max(one.made_at for one in others) - min(one.made_at for one in others) < dt.timedelta(seconds=1)
    for kept in (*after["items"], *after["sealed_names"]):
        assert not {str(member.id), WANJIRU, member.code} & {*kept.split()}
        assert "Wanjiru" not in kept


def test_fewer_than_three_members_are_read_by_nobody(village: Village, pair) -> None:
    held(village, pair)
    say(village)
    say(village, OTIENO)
    with village.world() as world:
        assert isinstance(verbs.seal_words(world, WANJIRU, Secret("and another thing"), "again"), NotTakenNow)
    village.clock.passes(days=30)
    assert nightly.mix_sealed(village.site) == 0
    assert everything(village)["sealed_names"] == []
    say(village, ACHIENG)
    assert nightly.mix_sealed(village.site) == 0  # the call of the newest has not been forgotten yet
    village.clock.passes(minutes=61)
    assert nightly.mix_sealed(village.site) == 3
    assert nightly.mix_sealed(village.site) == 0


def test_the_order_of_the_inbox_says_nothing_and_numbers_are_drawn(sqlite_village: Village, pair) -> None:
    held(sqlite_village, pair)
    with sqlite_village.world() as world:
        said = [verbs.seal_words(world, number, Secret(f"word number {n}"), f"k{n}").number for n, number in enumerate(crowd(world, 40))]
    assert len({*said}) == 40
    assert said != sorted(said)
    sqlite_village.clock.passes(hours=1)
    nightly.mix_sealed(sqlite_village.site)
    with sqlite_village.world() as world:
        shown = [items.by_id(world, one.item_id).number for one in rows.all_names(world, 99)]
    assert sorted(shown) == sorted(said)
    assert shown not in (said, said[::-1])


def test_the_same_hop_twice_is_one_and_its_number_the_same(village: Village, pair) -> None:
    held(village, pair)
    with village.world() as world:
        first, again = (verbs.seal_words(world, WANJIRU, Secret(WORDS), "call-3") for _ in range(2))
        other = verbs.seal_words(world, WANJIRU, Secret(WORDS), "call-4")
    assert first == again
    assert isinstance(other, NotTakenNow)


def test_who_has_the_number_hears_how_it_stands_and_nothing_else(village: Village, pair) -> None:
    held(village, pair)
    number = say(village)
    assert village.phone(OTIENO).dials(f"*384*20417*{number}#").startswith(f"{number}: waits for others.")
    mixed(village)
    web = operator(village, "facilitator")
    assert WORDS in page(web, "feedback")
    assert "an answer of at most" in press(web, f"sealed/{number}/step", f"sealed/{number}", state="looked_at", answer="")
    assert "reads it" in press(web, f"sealed/{number}/step", f"sealed/{number}", state="looked_at", answer="The scale is tested")
    said = village.phone(OTIENO).dials(f"*384*20417*{number}#")
    assert said == f"{number}: a person has read it. The scale is tested"
    for state, shown in (("done", "done"), ("closed", "closed")):
        press(web, f"sealed/{number}/step", f"sealed/{number}", state=state, answer="It was wrong")
        assert shown in page(web, f"sealed/{number}")
    with village.world() as world:
        assert isinstance(verbs.look_up_sealed(world, number, "en"), ASealed)
        assert verbs.look_up_sealed(world, "12345", "en") is None


def test_who_asks_about_it_leaves_no_number_behind(village: Village, pair) -> None:
    held(village, pair)
    number = say(village)
    for then in (lambda: None, lambda: mixed(village)):
        then()
        phone = village.phone(WANJIRU)
        phone.dials(f"*384*20417*{number}#")
        assert not redis_holds(village, number)
        for typed in (number, f"{number[:2]} {number[2:]}", f"no {number}", f"{number}1", f"1*{number}"):
            phone.dials("")
            phone.types(typed)
        phone.dials(f"*384*20417*1*{number}#")
        behind = (f"TOP. STATUS {number}", f"salio, hali {number}")
        for words in (f"STATUS {number}", f"HALI {number[:2]} {number[2:]}", number, f"{number[:2]} {number[2:]}.", *behind):
            phone.texts(words, SHORTCODE)
        assert not any("waits for" in words or "read it" in words for words in village.sms(WANJIRU))
    village.workers_run()
    kept = {table: rows_ for table, rows_ in everything(village).items() if table in ("hops", "texts_in", "texts")}
    assert not any(names(number, row) for rows_ in kept.values() for row in rows_)
    with village.world() as world:
        said = world.read.scalars(select(items.items.c.words).where(items.items.c.kind == "unsorted")).all()
    assert not any(names(number, words) for words in said)
    for told in (f"1*{number}", f"no {number}1", f"{number[:2]} {number[2:]}."):
        assert names(number, told)  # the look itself sees it


@pytest.mark.parametrize("number", ["50305", "51234", "12345", "60110"])
def test_a_number_that_is_a_path_of_keys_leaves_no_trace(village: Village, number: str) -> None:
    """Its digits, with one too many, may lead somewhere: 5, 0, 3, 0, 5 and 1 is such a path. So may an offer to carry on be answered with it."""
    village.everybody()
    phone = village.phone(WANJIRU)
    for dialled, typed in (("", f"{number}1"), (f"{number}1", "0"), (f"1*{number}", "2"), ("5*1", "0")):
        phone.dials(f"*384*20417*{dialled}#")
        phone.types(typed)
    phone.dials("")
    assert "carry on" in phone.screen.lower(), phone.screen
    phone.types(f"1*{number}")
    phone.dials("")
    phone.types(f"0*{number}1")
    assert not redis_holds(village, number)
    village.workers_run()
    assert not any(names(number, row) for row in everything(village)["hops"])


@pytest.mark.parametrize("words", [f"SIRI {WORDS}", "SIRI the clerk took 4715 kilos off", "siri,the clerk takes kilos off", "Secret. He takes kilos off"])
def test_by_sms_it_is_refused_and_not_kept(village: Village, pair, words: str) -> None:
    held(village, pair)
    village.phone(WANJIRU).texts(words, SHORTCODE)
    assert village.sms(WANJIRU)[-1].startswith("An SMS shows your number, so we have not kept it.")
    kept = everything(village)
    assert not any("kilos" in row for rows_ in kept.values() for row in rows_)


def test_a_pin_is_still_a_pin(village: Village, pair) -> None:
    held(village, pair)
    village.phone(WANJIRU).texts("siri 4715", SHORTCODE)
    assert "SMS shows" not in village.sms(WANJIRU)[-1]
    kept = everything(village)
    assert not any("4715" in row.split() for rows_ in kept.values() for row in rows_)
    with village.world() as world:
        assert [row.meaning for row in world.read.execute(select(records.texts_in.c.meaning))] == ["pin"]


def test_a_dropped_call_is_not_offered_again_and_brings_no_sms(village: Village, pair) -> None:
    held(village, pair)
    phone = village.phone(WANJIRU)
    phone.dials("*384*20417*1*6*6#")
    phone.hangs_up()
    village.workers_run()
    assert phone.dials("").startswith("Hi Wanjiru.")
    assert village.sms(WANJIRU) == []


def test_before_two_hold_the_keys_it_is_not_open(village: Village, pair) -> None:
    village.everybody()
    with village.world() as world:
        rows.add_key(world, login="a-board", public=pair[0][0], private=pair[0][1], salt=pair[0][2])
    assert village.phone(WANJIRU).dials("*384*20417*1*6*6#").startswith("This is not open now")
    with village.world() as world:
        assert isinstance(verbs.seal_words(world, WANJIRU, Secret(WORDS), "k"), NotTakenNow)


def test_the_count_leaves_out_what_was_drawn(village: Village, pair, monkeypatch: pytest.MonkeyPatch) -> None:
    held(village, pair)
    number = say(village)
    with village.world() as world:
        world.write.execute(feedback_numbers.insert().values(organisation_id=world.organisation.id, last=int(number[:-1]) - 102))
    for mixes in (False, True):
        if mixes:
            mixed(village)
        with village.world() as world:
            counted = [next_free(world) for _ in range(4)]
            world.rollback()
        assert number not in counted
        assert len({*counted}) == 4


def test_what_cannot_be_read_stays_and_leaves_nobody_alone(village: Village, pair) -> None:
    held(village, pair)
    say(village)
    say(village, OTIENO)
    old = dict(village.site.keys.peppers)
    village.site.keys.peppers.clear()
    village.site.keys.peppers["new"] = b"n" * 32
    with village.world() as world:
        assert isinstance(verbs.seal_words(world, ACHIENG, Secret("alone"), "k"), Sealed)
    village.clock.passes(hours=2)
    assert nightly.mix_sealed(village.site) == 0
    assert len(everything(village)["sealed_waiting"]) == 3
    village.site.keys.peppers.update(old)  # it is put back
    assert nightly.mix_sealed(village.site) == 3


def test_who_writes_while_others_are_mixed_waits_for_the_next(village: Village, pair) -> None:
    held(village, pair)
    for number in (WANJIRU, OTIENO, ACHIENG):
        say(village, number)
    village.clock.passes(hours=2)
    with village.world() as world:
        late = crowd(world, 1)[0]
    with village.world() as world:
        verbs.seal_words(world, late, Secret("just now"), "late")
    assert nightly.mix_sealed(village.site) == 3
    assert len(everything(village)["sealed_waiting"]) == 1


def test_other_words_of_the_same_hop_count(village: Village, pair) -> None:
    held(village, pair)
    with village.world() as world:
        first = verbs.seal_words(world, WANJIRU, Secret("the first"), "call-3")
        assert verbs.seal_words(world, WANJIRU, Secret("what was meant"), "call-3") == first
    mixed(village)
    with village.world() as world:
        assert items.by_number(world, first.number).words == "what was meant"


def test_what_is_private_leaves_no_trace_of_what_was_pressed() -> None:
    private = {flow.name for flow in BOOK.flows if flow.private}

    assert private >= {"sealed", "by_number", "group_votes", "self_check", "trust", "traits", "report"}
    for name in private:
        assert all(BOOK.is_private(f"{name}.{step.name}") for flow in BOOK.flows if flow.name == name for step in flow.steps)
    assert not BOOK.is_private("home.welcome")
    assert not BOOK.is_private("lost")
