"""The roll: its numbers make members, once each; who has none is a guest, whose voice is shown and counted in nothing."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.community.items import brake_rows, looking, rows, verbs
from gateway.community.items.model import Counted, CountsLater, ItemShown
from gateway.community.let_in import NothingNew, let_in
from gateway.community.polls import rows as polls
from gateway.community.polls.model import Choice, Question
from gateway.community.voices.one_person import make_one
from gateway.members import roll
from gateway.members import roll_rows as roll_lines
from gateway.members import rows as members
from gateway.members.model import AskedTooOften, OnList
from gateway.members.roll import NoRoll, NotOnRoll, NowMember, OnRoll, RollAsked, RollTaken
from menus.answers import Place
from tests.browser import csrf, operator, page, press
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, idea
from tests.test_groups import chama
from tests.test_needs import grown

NEW = "+254755000005"


def listed(world, *lines: tuple[str, str, str]) -> None:
    roll.put_roll(world, [OnList(number, name, phone, None) for number, name, phone in lines])


def guest(world, number: str) -> None:
    known = members.by_number(world, number)
    members.change_member(world, known.id, guest=True)


def test_without_a_roll_nobody_is_asked_and_a_phone_on_it_is_enough(village: Village) -> None:
    with village.world() as world:
        assert isinstance(roll.is_there_a_roll(world, NEW, "Juma"), NoRoll)
        listed(world, ("42", "Baraka Juma", NEW), ("43", "", ""))
        assert roll.is_there_a_roll(world, NEW, "Juma") == OnRoll("42")
        assert isinstance(roll.is_there_a_roll(world, "+254755000006", "Juma"), RollAsked)
        assert roll.is_there_a_roll(world, NEW + "/2", "Juma") == OnRoll("42")
        assert isinstance(roll.is_there_a_roll(world, NEW, "Grace"), RollAsked)  # another hand has the phone now
        listed(world, ("44", "Zawadi", NEW))  # two of one household: each types their number
        assert isinstance(roll.is_there_a_roll(world, NEW, "Juma"), RollAsked)


def test_number_name_and_phone_must_fit_and_trying_has_an_end(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        listed(world, ("42", "Baraka Juma", ""), ("K/7", "", "+254700000001"), ("9", "", ""))
        assert roll.find_on_roll(world, NEW, "0042", "juma") == OnRoll("42")
        assert isinstance(roll.find_on_roll(world, NEW, "42", "Zawadi"), NotOnRoll)
        assert isinstance(roll.find_on_roll(world, NEW, "k/7", "Baraka"), NotOnRoll)
        assert roll.find_on_roll(world, NEW, "9", "Baraka") == OnRoll("9")
        assert roll_lines.claim(world, "9", members.by_number(world, OTIENO).id)
        assert isinstance(roll.find_on_roll(world, NEW, "9", "Baraka"), RollTaken)
        answers = [roll.find_on_roll(world, NEW, "9", "Baraka") for _ in range(40)]
        assert isinstance(answers[-1], AskedTooOften)


@pytest.mark.parametrize("typed", ["Nganga", "ng'ang'a", "NG`ANG`A Kamau", "Kamau"])
def test_a_name_is_known_however_its_strokes_are_typed(village: Village, typed: str) -> None:
    with village.world() as world:
        listed(world, ("42", "Ng'ang'a Kamau", NEW))
        assert roll.find_on_roll(world, NEW + "/2", "42", typed) == OnRoll("42")  # and on a phone that several share
        assert isinstance(roll.find_on_roll(world, NEW, "42", "Angelo"), NotOnRoll)


def test_a_person_is_a_member_with_all_accounts_and_no_number_taken_is_counted_on(village: Village) -> None:
    grown(village)
    with village.world() as world:
        one = idea(world, WANJIRU, "Pay us on Friday")
        guest(world, OTIENO)
        verbs.vote(world, OTIENO, one.number, "for")
        first, second = (members.by_number(world, number) for number in (OTIENO, ACHIENG))
        make_one(world, first, second)
        assert not members.by_number(world, OTIENO).guest
        assert rows.by_id(world, one.id).supporters == 1
        assert isinstance(verbs.vote(world, ACHIENG, one.number, "against"), Counted)
    web = operator(village, "support")
    press(web, "roll/give", "roll", number="43", who="0733000003")
    press(web, "roll/43/free", "roll")
    with village.world() as world:
        assert members.by_number(world, OTIENO).guest
        assert members.by_number(world, ACHIENG).guest
        found = rows.by_id(world, one.id)
        assert (found.supporters, found.opposers, rows.guests_for(world, [one.id])) == (0, 0, (0, 1))


def test_guests_press_no_brake_and_make_no_groups(village: Village) -> None:
    chama(village)
    with village.world() as world:
        one = idea(world, WANJIRU, "Pay us on Friday")
        guest(world, OTIENO)
        verbs.vote(world, OTIENO, one.number, "for")
        assert rows.supporting_groups(world, [one.id]) == set()
        assert rows.groups_for(world, [one.id]).get(one.id, 0) == 0
        assert brake_rows.hour_of_votes(world, [one.id], world.now() - dt.timedelta(hours=1)) == []
        before = members.count_active(world)
        guest(world, ACHIENG)
        assert members.count_active(world) == before - 1


def test_a_number_is_given_once_and_who_leaves_sets_it_free(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        listed(world, ("42", "", ""))
        otieno, wanjiru = (members.by_number(world, one) for one in (OTIENO, WANJIRU))
        guest(world, OTIENO)
        assert roll.give(world, "42", otieno)
        assert not roll.give(world, "42", wanjiru)
        assert not roll.give(world, "43", otieno)
        assert not members.by_number(world, OTIENO).guest
        assert roll.take(world, "42").id == otieno.id
        assert members.by_number(world, OTIENO).guest
        assert isinstance(roll.say_roll_number(world, OTIENO, "42"), NowMember)
        assert isinstance(roll.say_roll_number(world, OTIENO, "43"), NowMember)  # once more: they are one already


def test_a_guests_vote_is_shown_apart_and_counts_from_when_they_are_a_member(village: Village) -> None:
    grown(village)
    with village.world() as world:
        listed(world, ("42", "", ""))
        one = idea(world, WANJIRU, "Pay us on Friday")
        guest(world, OTIENO)
        assert isinstance(verbs.vote(world, OTIENO, one.number, "for"), CountsLater)
        assert isinstance(verbs.vote(world, ACHIENG, one.number, "for"), Counted)
        shown = looking.look_at_item(world, WANJIRU, one.number)
        assert isinstance(shown, ItemShown)
        assert (shown.supporters, shown.guests) == (1, " (+1 guests)")
        assert verbs.count_grown_up(world) == 0
        assert isinstance(roll.say_roll_number(world, OTIENO, "42"), NowMember)
        assert verbs.count_grown_up(world) == 1
        assert rows.by_id(world, one.id).supporters == 2
        assert rows.guests_for(world, [one.id]) == (0, 0)


def test_guests_are_in_no_figure_of_a_poll_and_let_nobody_in(village: Village) -> None:
    grown(village)
    with village.world() as world:
        id = polls.add(
            world, key="p", kind="poll", title="Market day", ends_at=world.now(), by="grace", asked=(Question(1, "Which day?", (Choice(1, "Friday"),)),)
        )
        for number in (OTIENO, ACHIENG):
            polls.add_answer(world, id, 1, members.by_number(world, number).id, 1)
        guest(world, OTIENO)
        assert (polls.heads(world, [id]), polls.count(world, id), polls.guest_heads(world, id)) == ({id: 1}, {(1, 1): 1}, 1)
        assert isinstance(let_in(world, OTIENO, "1007", "yes"), NothingNew)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ABC,Baraka", "line 1"), ("0,Baraka", "line 1"), ('42,"' + "x" * 140_000, "quote"),
        ("42,Baraka\n42,Zawadi", "line 2: 42 comes twice"), ("1,Baraka", "line 1"), ("x y!,B", "line 1"), ("42,B,12", "line 1: the phone of 42"),
        (b"\xff\xfe4", "UTF-8"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_says_which_line(text: str | bytes, why: str) -> None:
    with pytest.raises(roll.Unread, match=why):
        roll.read_roll(text if isinstance(text, bytes) else text.encode(), Place())


@given(st.text(max_size=200))
def test_whatever_the_file_it_is_read_or_refused(text: str) -> None:
    try:
        some = roll.read_roll(text.encode("utf-8", "replace"), Place())
    except (roll.Unread, UnicodeError):
        return
    assert len({one.number for one in some}) == len(some)
    assert all(roll.NUMBER.fullmatch(one.number) and len(one.name) <= 40 for one in some)


def test_staff_read_give_free_and_take_off(village: Village) -> None:
    village.everybody()
    web = operator(village, "support")
    assert "everybody who joins is a member" in page(web, "roll")
    data = {"csrf_token": csrf(page(web, "roll")), "upload-file": (io.BytesIO(b"number,name,phone\n0042,Baraka Juma,\n43,Otieno,0722000002\n"), "roll.csv")}
    read = web.post("/console/roll", data=data, follow_redirects=True, content_type="multipart/form-data").get_data(as_text=True)
    assert "2 lines are new, 0 were there." in read
    assert "0722000002" not in read
    assert "Otieno is member 43." in press(web, "roll/give", "roll", number="43", who="0722000002")
    assert "Somebody has this number" in press(web, "roll/give", "roll", number="43", who="0711000001")
    assert "43 is free; Otieno is a guest now." in press(web, "roll/43/free", "roll")
    assert "42 is off the roll." in press(web, "roll/42/off", "roll")
    assert "Set free" not in page(operator(village, "auditor"), "roll")
