"""Somebody dials for a member: they prepare, see no money, are not paid by it, and nothing moves without the member's own PIN."""

from __future__ import annotations

from gateway.community.assisted import rows, verbs
from gateway.community.assisted.model import (
    CHOICES_MOST,
    HELPED_MOST,
    HOURS,
    PREPARED_MOST,
    WRITTEN_MOST,
    AssistOver,
    ChoseMany,
    DialEnded,
    ForThem,
    HelpsMany,
    LetDial,
    NobodyDials,
    NotForYourself,
    NotToThemselves,
    PreparedEnough,
    PreparedFor,
    SaidEnough,
    SaidFor,
    SharesAPhone,
)
from gateway.community.groups import rows as groups
from gateway.community.helping import rows as helping
from gateway.community.items import problems, voice_rows
from gateway.community.items.model import Rests
from gateway.ledger import rows as ledger_rows
from gateway.members import draft_rows
from gateway.members import rows as members
from gateway.members.model import Found, Gone, NotAMember, Yourself
from gateway.members.rows import numbers
from gateway.members.statements import last_five
from gateway.money.model import NoSuchPlace
from gateway.money.waiting import ReadyMade, take_waiting, waiting_things
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, crowd


def code(world, number: str) -> str:
    return str(members.by_number(world, number).code)


def balance(world, number: str) -> int:
    return int(ledger_rows.account_of(world, members.by_number(world, number).id).balance)


def let(village: Village) -> str:
    """Wanjiru lets Otieno dial for her; her code."""
    village.everybody()
    with village.world() as world:
        assert isinstance(verbs.let_dial(world, WANJIRU, OTIENO, "k1"), LetDial)
        return code(world, WANJIRU)


def test_only_who_was_chosen_prepares_and_only_as_long_as_it_holds(village: Village) -> None:
    whom = let(village)
    with village.world() as world:
        assert isinstance(verbs.prepare_send(world, ACHIENG, whom, OTIENO, 100_00, "a1"), AssistOver), "nobody else"
        assert isinstance(verbs.prepare_send(world, OTIENO, code(world, ACHIENG), WANJIRU, 100_00, "a2"), AssistOver), "and for nobody else"
        assert isinstance(verbs.prepare_send(world, OTIENO, whom, ACHIENG, 100_00, "a3"), PreparedFor)
        assert verbs.dials_for(world, OTIENO)
        assert not verbs.dials_for(world, WANJIRU)
    village.clock.passes(hours=HOURS)
    with village.world() as world:
        assert not verbs.dials_for(world, OTIENO)
        assert not verbs.is_helped(world, WANJIRU)
        assert isinstance(verbs.prepare_send(world, OTIENO, whom, ACHIENG, 100_00, "a4"), AssistOver)
        assert isinstance(verbs.say_for(world, OTIENO, whom, "the scale is wrong", "a5"), AssistOver)
        assert isinstance(verbs.call_for(world, OTIENO, whom, "a6"), AssistOver)


def test_whoever_dials_is_not_paid_by_it_on_any_account(village: Village) -> None:
    whom = let(village)
    with village.world() as world:
        members.change_member(world, members.by_number(world, ACHIENG).id, votes_with=members.by_number(world, OTIENO).id)
        for number in (OTIENO, ACHIENG):
            assert isinstance(verbs.find_for(world, OTIENO, whom, number), NotForYourself)
            assert isinstance(verbs.prepare_send(world, OTIENO, whom, number, 100_00, f"own-{number}"), NotAMember)
        assert isinstance(verbs.find_for(world, OTIENO, whom, WANJIRU), NotToThemselves)
        assert draft_rows.waiting(world, members.by_number(world, WANJIRU).id) == []


def test_nothing_moves_without_the_pin_of_who_pays(village: Village) -> None:
    whom = let(village)
    with village.world() as world:
        assert isinstance(verbs.find_for(world, OTIENO, whom, ACHIENG), ForThem)
        verbs.prepare_send(world, OTIENO, whom, ACHIENG, 100_00, "p1")
        (draft,) = draft_rows.waiting(world, members.by_number(world, WANJIRU).id)
        ready = take_waiting(world, WANJIRU, str(draft.id))
        assert isinstance(ready, ReadyMade)
        assert ready.helper == "Otieno"
    village.post()
    with village.world() as world:
        assert balance(world, WANJIRU) == 500_00
    phone = village.phone(OTIENO)
    for typed in ("", "9"):
        phone.dials() if not typed else phone.types(typed)
    assert "Nothing waits" in phone.screen, "the helper's own phone agrees to nothing"
    phone = village.phone(WANJIRU)
    phone.dials()
    for typed in ("9", "1", "4715"):
        phone.types(typed)
    village.post()
    with village.world() as world:
        payment = last_five(world, WANJIRU)[0].value
    assert "Prepared by Otieno" in look(operator(village, "support"), payment)
    assert "KES 100 sent to Achieng" in " ".join(village.sms(WANJIRU))


def look(web, payment: str) -> str:
    """The page of a payment, with the reason why it is looked at."""
    return press(web, f"transactions/{payment}/look", f"transactions/{payment}", **{"look-reason": "safety"})


def test_what_is_much_for_a_day_is_enough_and_one_at_a_time_dials(village: Village) -> None:
    whom = let(village)
    with village.world() as world:
        for n in range(PREPARED_MOST):
            assert isinstance(verbs.prepare_send(world, OTIENO, whom, ACHIENG, 10_00 + n, f"m{n}"), PreparedFor)
        assert isinstance(verbs.prepare_send(world, OTIENO, whom, ACHIENG, 99_00, "more"), PreparedEnough)
        verbs.let_dial(world, WANJIRU, ACHIENG, "k2")
        assert isinstance(verbs.prepare_send(world, OTIENO, whom, ACHIENG, 99_00, "gone"), AssistOver), "the one who was chosen last"
        said = [verbs.let_dial(world, WANJIRU, (OTIENO, ACHIENG)[n % 2], f"c{n}") for n in range(CHOICES_MOST)]
        assert any(isinstance(one, ChoseMany) for one in said), "to and fro counts too"
        others = crowd(world, HELPED_MOST)
        for n, number in enumerate(others[1:]):  # Wanjiru is one of his ten
            assert isinstance(verbs.let_dial(world, number, OTIENO, f"h{n}"), LetDial)
            verbs.stop_dial(world, number, f"e{n}")
        assert isinstance(verbs.let_dial(world, others[0], OTIENO, "one more"), HelpsMany), "those who have ended it count"


def test_the_same_payment_prepared_again_is_one_draft_and_one_sms(village: Village) -> None:
    whom = let(village)
    for n in range(20):
        with village.world() as world:
            assert isinstance(verbs.prepare_send(world, OTIENO, whom, ACHIENG, 100_00, f"again-{n}"), PreparedFor)
    assert sum("prepared for you" in words for words in village.sms(WANJIRU)) == 1
    with village.world() as world:
        assert [one.label for one in waiting_things(world, WANJIRU)] == ["KES 100 Achieng (Otieno)"]


def test_who_dials_has_a_phone_of_their_own_and_leads_no_group_that_is_paid(village: Village) -> None:
    whom = let(village)
    village.places()
    with village.world() as world:
        group, otieno = groups.by_number(world, "1001"), members.by_number(world, OTIENO)
        groups.put(world, group.id, otieno.id, state="member", role="leader")
        assert isinstance(verbs.find_group_for(world, OTIENO, whom, 1001), NotForYourself)
        assert isinstance(verbs.prepare_group(world, OTIENO, whom, 1001, 100_00, "g1"), NoSuchPlace)
        groups.put(world, group.id, otieno.id, state="member", role="member")
        assert isinstance(verbs.prepare_group(world, OTIENO, whom, 1001, 100_00, "g2"), PreparedFor)
        world.write.execute(numbers.update().where(numbers.c.number == ACHIENG).values(shared=True))
        assert isinstance(verbs.find_who_dials(world, WANJIRU, ACHIENG), SharesAPhone)
        assert isinstance(verbs.let_dial(world, WANJIRU, ACHIENG, "k2"), NotAMember)


def test_a_case_says_who_wrote_it_and_a_few_a_day_are_enough(village: Village) -> None:
    whom = let(village)
    with village.world() as world:
        said = [verbs.say_for(world, OTIENO, whom, f"the scale is wrong {n}", f"s{n}") for n in range(WRITTEN_MOST + 1)]
        assert isinstance(said[-1], SaidEnough)
        number, helper = said[0].number, code(world, OTIENO)  # type: ignore[union-attr]
        assert not problems.may_show(world, WANJIRU, number), "these are not the member's own words"
    assert f"written by {helper}, who dials for them" in page(operator(village, "facilitator"), "feedback")


def test_when_the_helper_has_left_nothing_of_theirs_waits_and_the_page_opens(village: Village) -> None:
    whom = let(village)
    with village.world() as world:
        verbs.prepare_send(world, OTIENO, whom, ACHIENG, 100_00, "p1")
        members.change_member(world, members.by_number(world, OTIENO).id, status="left")
        world.write.execute(numbers.delete().where(numbers.c.number == OTIENO))
        (draft,) = draft_rows.waiting(world, members.by_number(world, WANJIRU).id)
        assert isinstance(take_waiting(world, WANJIRU, str(draft.id)), Gone)
    assert "has left" in page(operator(village, "facilitator"), "helpers")
    with village.world() as world:
        verbs.stop_dial(world, WANJIRU, "e1")
        assert not verbs.is_helped(world, WANJIRU)


def test_the_same_turn_twice_is_one_and_tells_once(village: Village) -> None:
    whom = let(village)
    village.forget_texts()
    for _ in range(2):
        with village.world() as world:
            verbs.let_dial(world, WANJIRU, OTIENO, "k1")
            verbs.prepare_send(world, OTIENO, whom, ACHIENG, 100_00, "p1")
            assert isinstance(verbs.say_for(world, OTIENO, whom, "the scale is wrong", "s1"), SaidFor)
    with village.world() as world:
        assert len(draft_rows.waiting(world, members.by_number(world, WANJIRU).id)) == 1
        assert len(rows.of_helper(world, members.by_number(world, OTIENO).id)) == 1
    assert sum("Otieno prepared for you" in words for words in village.sms(WANJIRU)) == 1
    assert sum("wrote down what you said" in words for words in village.sms(WANJIRU)) == 1


def test_the_switch_rests_it_and_staff_see_and_end_it(village: Village) -> None:
    whom = let(village)
    web = operator(village, "facilitator")
    with village.world() as world:
        verbs.prepare_send(world, OTIENO, whom, ACHIENG, 100_00, "p1")
        member = members.by_number(world, WANJIRU).id
    assert "Who dials for whom" in page(web, "helpers")
    assert "both are told" in press(web, f"helpers/dialing/{member}/end", "helpers")
    assert "It had ended already" in press(web, f"helpers/dialing/{member}/end", "helpers")
    assert "does not dial" not in village.sms(WANJIRU)[-1]
    assert "has ended it that Otieno dials for you" in village.sms(WANJIRU)[-1]
    assert "you do not dial for them any more" in village.sms(OTIENO)[-1]
    with village.world() as world:
        assert isinstance(verbs.stop_dial(world, WANJIRU, "e1"), NobodyDials)
        verbs.let_dial(world, WANJIRU, OTIENO, "k2")
        voice_rows.turn(world, verbs.SWITCH, off=True, why="a bad week", by="grace")
        assert isinstance(verbs.find_who_dials(world, WANJIRU, OTIENO), Rests)
        assert isinstance(verbs.let_dial(world, WANJIRU, ACHIENG, "k3"), Rests)
        assert isinstance(verbs.prepare_send(world, OTIENO, whom, ACHIENG, 100_00, "p2"), Rests)
        assert isinstance(verbs.stop_dial(world, WANJIRU, "e2"), DialEnded), "what is switched off can be ended all the same"


def test_helpers_near_are_those_who_let_themselves_be_seen(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        for number, home, shown in ((OTIENO, "Makindu", "everyone"), (ACHIENG, "Kiboko", "everyone"), (WANJIRU, "Kiboko", "everyone")):
            one = members.by_number(world, number)
            members.change_member(world, one.id, village=home, shown_to=shown)
            helping.put_helper(world, one.id, topics="cows")
        assert [one.label for one in verbs.helpers_near(world, WANJIRU)] == ["Achieng Kiboko", "Otieno Makindu"]
        members.change_member(world, members.by_number(world, ACHIENG).id, shown_to="groups")
        assert [one.value for one in verbs.helpers_near(world, WANJIRU)] == [code(world, OTIENO)]
        assert isinstance(verbs.look_at_helper(world, WANJIRU, code(world, ACHIENG)), verbs.NoHelper)
        assert verbs.look_at_helper(world, WANJIRU, code(world, OTIENO)).to_name == "Otieno"  # type: ignore[union-attr]
        assert isinstance(verbs.find_who_dials(world, WANJIRU, WANJIRU), Yourself)
        assert isinstance(verbs.find_who_dials(world, WANJIRU, OTIENO), Found)
        verbs.let_dial(world, WANJIRU, OTIENO, "k1")
        assert isinstance(verbs.find_group_for(world, OTIENO, code(world, WANJIRU), 77), NoSuchPlace)
        assert [one.label for one in verbs.dialled_lately(world, WANJIRU)] == ["Otieno"]
