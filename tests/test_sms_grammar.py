"""The grammar of SMS: an order to pay is understood however people write it, in one way or not at all; nothing typed breaks anything."""

from __future__ import annotations

import datetime as dt
import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from gateway.community.groups import rows as groups
from gateway.community.rows import callbacks_waiting
from gateway.members import draft_rows
from gateway.records import rows
from menus.book.sms import SMS
from tests.cast import OTIENO, SHORTCODE, WANJIRU, Village
from tests.test_group_votes import with_three

ASKED = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def texts(village: Village, words: str) -> str:
    """What comes back."""
    village.phone(WANJIRU).texts(words, SHORTCODE)
    return village.sms(WANJIRU)[-1]


def waiting(village: Village) -> list[tuple[str, str, int]]:
    """(kind, to, amount) of what waits for the PIN."""
    with village.world() as world:
        member = village.member(world, WANJIRU)
        return [(one.kind, one.to, one.amount) for one in draft_rows.waiting(world, member.id)]


@pytest.mark.parametrize(
    "words",
    [
        "SEND 200 0722000002", "send kes 200 0722000002", "TUMA 200 kwa 0722000002", "SEND 200 0722 000 002", "Send 0722-000-002 200/=",
        "TUMA KSH 200 KWA 0722 000002", "SEND 200 bob to +254 722 000 002 please", "*SEND* 200, 0722000002.", "SEND 0722 000 002 200 for the seeds",
    ],
)  # fmt: skip
def test_an_order_to_pay_is_understood_however_it_is_written(sqlite_village: Village, words: str) -> None:
    village = sqlite_village
    village.everybody()
    assert texts(village, words).startswith("Ready: KES 200 to Otieno (..002)."), words
    assert waiting(village) == [("send", OTIENO, 200_00)]


@pytest.mark.parametrize(
    "words",
    ["SEND 200 0722000002 4711", "SEND 200 0722 000 002 4711", "AIRTIME 20 4711", "PAY 200 1001 4711", "BAL 4711", "CALL 4711", "HELP 4711"],
)  # fmt: skip
def test_digits_that_answer_nothing_may_be_a_pin(sqlite_village: Village, words: str) -> None:
    village = sqlite_village
    village.everybody()
    assert texts(village, words).startswith("Never send your PIN by SMS"), words
    assert waiting(village) == []


@pytest.mark.parametrize(
    "words", ["SEND 200 0722000002 0733000003", "SEND 0722000002", "SEND 200", "SEND 0722000002 20 0000", "SEND 0722 000 002", "SEND 1 2 3 4 5 6 7 8 9 10"]
)
def test_what_can_be_read_in_no_way_or_in_two_is_asked_about(sqlite_village: Village, words: str) -> None:
    village = sqlite_village
    village.everybody()
    assert "Ready" not in texts(village, words)
    assert waiting(village) == []


@pytest.mark.parametrize(
    ("words", "number"),
    [("AIRTIME 20", WANJIRU), ("MUDA 20 0722000002", OTIENO), ("airtime KES 20 for 0722 000 002", OTIENO), ("AIRTIME 0722000002 20", OTIENO)],
)
def test_airtime_is_for_ones_own_phone_or_for_another(sqlite_village: Village, words: str, number: str) -> None:
    village = sqlite_village
    village.everybody()
    assert texts(village, words).startswith("Ready: airtime KES 20 for 0")
    assert waiting(village) == [("airtime", number, 20_00)]


def test_a_word_around_an_amount_may_be_part_of_a_name(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        group = groups.by_number(world, "1001")
        world.write.execute(update(groups.groups).where(groups.groups.c.id == group.id).values(name="Kikundi cha Maziwa"))
    assert texts(village, "PAY 100 Kikundi cha Maziwa").startswith("Ready: KES 100 to ")
    assert texts(village, "PAY KES 100 to group 1001 please").startswith("Ready: KES 100 to ")
    assert {one[:2] for one in waiting(village)} == {("group", "1001")}


def test_a_day_a_topic_and_a_group_may_stand_behind_a_word(village: Village) -> None:
    with_three(village)
    assert texts(village, "HELP SEND") == "I need how much and to who. Example: SEND 200 0712345678"
    assert texts(village, "msaada bal") == "Send the one word BAL. More is not needed."
    assert texts(village, "HELP goats").startswith("BAL, MINI, KILO")
    assert texts(village, "LEAVE Tumaini").startswith("To leave Tumaini grp dial *384*20417*3#, then 98 and 7. What you paid in, KES 0, stays there")
    assert texts(village, "LEAVE Umoja").startswith("You are in no group of this name.")
    assert texts(village, "LEAVE").startswith("To leave a group dial")
    assert texts(village, "CALL about my PIN").startswith("You are number 1 in line.")
    with village.world() as world:
        assert [one.about for one in callbacks_waiting(world)] == ["pin"]


@ASKED
@given(
    amount=st.integers(10, 70_000),
    phone=st.sampled_from(["0722000002", "0722 000 002", "0722 000002", "+254722000002", "+254 722 000 002", "254722000002", "722000002"]),
    thousands=st.booleans(),
    around=st.lists(st.sampled_from(["KES", "to", "kwa", "Ksh", "please", "bob"]), max_size=3),
    swapped=st.booleans(),
    spot=st.integers(0, 2),
)
def test_amount_and_phone_come_in_any_order_with_any_blanks(
    sqlite_village: Village, amount: int, phone: str, thousands: bool, around: list[str], swapped: bool, spot: int
) -> None:
    """What is understood is what was meant. It may be asked about, where a blank could stand for two things, but never be another sum or person."""
    village = lived_in(sqlite_village)
    said = f"{amount:,}".replace(",", " ") if thousands else str(amount)
    pieces = [phone, said] if swapped else [said, phone]
    pieces[spot:spot] = around
    village.phone(WANJIRU).texts("SEND " + " ".join(pieces), SHORTCODE)
    village.clock.passes(hours=2)  # what waited is over, and the replies of a day are not used up
    with village.world() as world:
        meant = list(world.read.execute(select(draft_rows.drafts.c.amount, draft_rows.drafts.c.to)))
        world.write.execute(delete(draft_rows.drafts))
        reply = world.read.scalar(select(rows.texts.c.words).order_by(rows.texts.c.id.desc()))
    assert meant == ([(amount * 100, OTIENO)] if reply.startswith("Ready") else [])
    assert reply.startswith(("Ready", "That is more than you have", "I need how much"))
    if " " not in phone and not thousands and amount <= 400:
        assert meant, "nothing here can be read in two ways"


@ASKED
@given(st.text(alphabet=string.printable, max_size=200), st.sampled_from(sorted({word for one in SMS for word in one.keywords})))
def test_nothing_behind_a_keyword_breaks_anything(sqlite_village: Village, rest: str, keyword: str) -> None:
    village = lived_in(sqlite_village)
    before = village.money_of_all(), village.balance(WANJIRU)
    village.phone(WANJIRU).texts(f"{keyword} {rest}", SHORTCODE)
    with village.world() as world:
        assert rows.texts_failed(world, village.clock.at - dt.timedelta(days=900)) == []
    assert (village.money_of_all(), village.balance(WANJIRU)) == before


def lived_in(village: Village) -> Village:
    """Its people come once, for a property is asked many times of one village."""
    with village.world() as world:
        empty = village.member(world, WANJIRU) is None
    if empty:
        village.everybody()
    return village
