"""A case that its author lets all see: others say that they have it too, and it stays theirs to close."""

from __future__ import annotations

from typing import Any

from gateway.community import verbs as community
from gateway.community.incidents import verbs as incidents
from gateway.community.incidents.model import ELSE, AllWorks, AProblem, SomethingElse, WorksAgain
from gateway.community.items import closing, looking, problems, rows, states, voice_rows
from gateway.community.items.model import Counted, NoItem, NothingAlike, Rests, SameFound
from gateway.community.items.verbs import find, take_back, vote
from gateway.members import rows as members
from gateway.members.statements import last_five
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village


def settled(village: Village) -> None:
    """The usual three, none of them new here."""
    village.everybody()
    village.clock.passes(hours=8 * 24)


def case(world: Any, words: str = "The scale at Kiboko shows too little", who: str = WANJIRU) -> str:
    return str(community.say_what_is_wrong(world, who, words, f"w-{world.new_id()}").case)  # type: ignore[union-attr]


def test_one_key_of_the_author_and_one_of_each_who_has_it_too(village: Village) -> None:
    settled(village)
    with village.world() as world:
        number = case(world)
        assert isinstance(looking.look_at_item(world, OTIENO, number), NoItem), "a case is between two"
        assert isinstance(incidents.look_for_incidents(world, OTIENO), AllWorks)
        assert isinstance(problems.show_to_all(world, OTIENO, number), problems.StaysACase), "only whose it is shows it"
        assert isinstance(problems.show_to_all(world, WANJIRU, number), problems.ShownToAll)
        assert [one.label for one in incidents.live_incidents(world, OTIENO)] == ["The scale at Kiboko: 1", "Something else"]
        assert [one.value for one in incidents.live_incidents(world, WANJIRU)] == [ELSE], "nobody is asked whether they have their own"
        row = incidents.live_incidents(world, OTIENO)[0].value
        assert isinstance(incidents.have_it_too(world, OTIENO, row), AProblem)
        assert isinstance(incidents.have_it_too(world, OTIENO, ELSE), SomethingElse)
        assert isinstance(vote(world, OTIENO, number, "for"), Counted)
        assert incidents.live_incidents(world, ACHIENG)[0].label == "The scale at Kiboko: 2"
        states.go(world, rows.by_number(world, number), "done", "grace")
        assert isinstance(incidents.have_it_too(world, ACHIENG, row), WorksAgain)
    assert "2 of you had it, thank you" in village.sms(OTIENO)[-1]
    assert "Only you close it" in village.sms(WANJIRU)[-1]


def test_what_speaks_of_a_payment_or_is_over_stays_between_two(village: Village) -> None:
    settled(village)
    phone = village.phone(WANJIRU)
    phone.dials()
    for typed in ("2", "1", "0722000002", "100", "4715"):
        phone.types(typed)
    village.post()
    with village.world() as world:
        paid = last_five(world, WANJIRU)[0].value
        about_money = community.open_case_in_words(world, WANJIRU, str(paid), "It went to somebody else", "c1").case  # type: ignore[union-attr]
        picked = community.open_case(world, WANJIRU, str(paid), "missing", "c2").case  # type: ignore[union-attr]
        read = case(world)
        over = case(world, "The office is shut on Mondays")
        states.go(world, rows.by_number(world, read), "looked_at", "grace")
        states.go(world, rows.by_number(world, over), "done", "grace")
        for number in (about_money, picked, over, "99999"):
            assert not problems.may_show(world, WANJIRU, number)
            assert isinstance(problems.show_to_all(world, WANJIRU, number), problems.StaysACase)
            assert isinstance(problems.look_for_same_problem(world, WANJIRU, number), problems.StaysACase)
        assert isinstance(problems.show_to_all(world, WANJIRU, read), problems.ShownToAll)
        assert rows.by_number(world, read).state == "looked_at", "what a person has read stays read"
        assert isinstance(problems.show_to_all(world, WANJIRU, read), problems.StaysACase), "once is enough"


def test_a_word_on_the_list_and_a_new_account_wait_and_the_switch_rests_all(village: Village) -> None:
    settled(village)
    village.has("Njeri", "+254799000009", 0, "8361")
    with village.world() as world:
        members.change_member(world, members.by_number(world, "+254799000009").id, made_at=world.now())
        young = case(world, "No water at the dip", "+254799000009")
        assert isinstance(problems.show_to_all(world, "+254799000009", young), problems.ShownToAllLater)
        assert rows.by_number(world, young).state == "held"
        assert isinstance(looking.look_at_item(world, OTIENO, young), NoItem)
        voice_rows.hold_word(world, "thief", "names people", "grace")
        named = case(world, "The clerk is a thief", OTIENO)
        assert isinstance(problems.show_to_all(world, OTIENO, named), problems.ShownToAllLater)
        voice_rows.turn(world, "ideas", off=True, why="a bad week", by="grace")
        rests = case(world, "The gate is broken", OTIENO)
        assert isinstance(problems.show_to_all(world, OTIENO, rests), Rests)
        assert rows.by_number(world, rests).kind == "wrong"
    assert any("thief" in words for words in village.sms(OTIENO))


def test_one_that_is_like_it_takes_it_in_with_every_voice_and_lets_it_go_again(village: Village) -> None:
    settled(village)
    with village.world() as world:
        first, second = case(world), case(world, "Kiboko scale shows too little milk", ACHIENG)
        assert isinstance(problems.look_for_same_problem(world, WANJIRU, first), NothingAlike)
        problems.show_to_all(world, WANJIRU, first)
        assert isinstance(problems.look_for_same_problem(world, ACHIENG, second), SameFound)
        assert [one.value for one in problems.alike_problems(world, ACHIENG, second)] == [first, problems.NEWER]
        joined = problems.join_problem(world, ACHIENG, second, first)
        assert isinstance(joined, problems.JoinedToOthers)
        assert (joined.number, joined.supporters) == (first, 1)
        assert find(world, second).number == first
        states.unmerge(world, rows.by_number(world, second), "grace")
        assert rows.by_number(world, first).supporters == 0
        assert rows.by_number(world, second).kind == "problem"


def test_nobody_but_its_author_closes_it_and_it_counts_in_our_promises(village: Village) -> None:
    settled(village)
    web = operator(village, "facilitator")
    with village.world() as world:
        number = case(world)
        before = incidents.signals(world)
        problems.show_to_all(world, WANJIRU, number)
        assert incidents.signals(world) == before, "it was said to be wrong in this hour, shown or not"
        item = rows.by_number(world, number)
        assert voice_rows.changes_of(world, [item.id])[-1].by == "the author"
    assert "The scale at Kiboko" in page(web, "feedback?kind=problem")
    assert number in page(web, f"items/{number}")
    assert "Are you sure?" in press(web, f"items/{number}/step", f"items/{number}", state="done", why="")
    press(web, f"items/{number}/take", **{"sure-state": "done", "sure-why": "a new scale is there"})
    assert "a new scale is there" in page(web, f"items/{number}")
    for _ in range(3):
        village.clock.passes(hours=30 * 24)
        with village.world() as world:
            states.ask_authors_again(world)
            states.close_silent(world)
    with village.world() as world:
        assert rows.by_number(world, number).state == "done", "only whose case it is closes it, however long that takes"


def test_it_is_joined_to_what_is_said_to_be_broken_and_taken_back_like_all_else(village: Village) -> None:
    settled(village)
    with village.world() as world:
        broken = incidents.open_incident(world, "Sending money", 4, "grace", "b1")
        number, other = case(world, "I cannot send money"), case(world, "The gate is broken", OTIENO)
        problems.show_to_all(world, WANJIRU, number)
        problems.show_to_all(world, OTIENO, other)
        assert incidents.join_case(world, rows.by_number(world, number), rows.by_number(world, broken), "grace")
        assert rows.by_number(world, broken).supporters == 1
        take_back(world, OTIENO, other)
        assert rows.by_number(world, other).state == "withdrawn"
        assert not any("The gate" in one.label for one in incidents.live_incidents(world, ACHIENG))


def test_what_a_person_does_not_let_through_is_a_case_between_two_again(village: Village) -> None:
    settled(village)
    web = operator(village, "facilitator")
    with village.world() as world:
        voice_rows.hold_word(world, "thief", "names people", "grace")
        number = case(world, "The clerk Mwangi is a thief")
        assert isinstance(problems.show_to_all(world, WANJIRU, number), problems.ShownToAllLater)
    press(web, f"moderation/items/{number}", "moderation", what="decline")
    assert "It stays between us, and we go on with it" in village.sms(WANJIRU)[-1]
    with village.world() as world:
        found = rows.by_number(world, number)
        assert (found.kind, found.state) == ("wrong", "looked_at")
        assert isinstance(looking.look_at_item(world, OTIENO, number), NoItem)
        assert isinstance(problems.show_to_all(world, WANJIRU, number), problems.StaysACase), "it was refused"
        assert incidents.live_incidents(world, OTIENO)[0].value == ELSE


def test_words_that_name_a_phone_or_a_payment_are_never_for_all(village: Village) -> None:
    settled(village)
    for words in ("my 5000 to 0722 000 002 never came", "the milk of QX7T2M9A is missing"):
        with village.world() as world:
            number = case(world, words)
            assert not problems.may_show(world, WANJIRU, number)
            assert isinstance(problems.show_to_all(world, WANJIRU, number), problems.StaysACase)
        village.phone(WANJIRU).texts(f"WRONG {words}", "20417")
        assert "SHOW" not in village.sms(WANJIRU)[-1]
    village.phone(WANJIRU).texts("WRONG the gate at Kiboko is broken", "20417")
    assert "SMS SHOW" in village.sms(WANJIRU)[-1]


def test_staff_cannot_close_a_case_and_a_joined_one_stands_up_again(village: Village) -> None:
    settled(village)
    web = operator(village, "facilitator")
    with village.world() as world:
        first, second = case(world), case(world, "Kiboko scale shows too little milk", ACHIENG)
        problems.show_to_all(world, WANJIRU, first)
        problems.join_problem(world, ACHIENG, second, first)
        assert closing.is_joined(world, ACHIENG, second)
    press(web, f"items/{first}/take", **{"sure-state": "closed", "sure-why": "enough"})
    with village.world() as world:
        assert rows.by_number(world, first).state == "open"
        states.go(world, rows.by_number(world, first), "done", "grace")
        assert closing.settle(world, members.by_number(world, WANJIRU), rows.by_number(world, first), good=True)
        assert isinstance(closing.not_the_same(world, ACHIENG, second), closing.ApartAgain), "hers is not closed by another"
        assert rows.by_number(world, second).state == "open"


def test_of_two_who_show_it_at_once_one_does(village: Village) -> None:
    settled(village)
    with village.world() as world:
        number = case(world)
        assert isinstance(problems.show_to_all(world, WANJIRU, number), problems.ShownToAll)
        assert isinstance(problems.show_to_all(world, WANJIRU, number), problems.StaysACase)
        steps = voice_rows.changes_of(world, [rows.by_number(world, number).id])
        assert [one.after for one in steps] == ["open"]
