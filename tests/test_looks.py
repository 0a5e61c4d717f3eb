"""A member reads who of the staff looked and what is theirs; and a call that was promised and has not come is told so, once."""

from __future__ import annotations

import re

import pytest

from gateway.community import callbacks
from gateway.community import rows as community
from gateway.community.helping import news
from gateway.community.helping import rows as helping_rows
from gateway.community.helping import verbs as asking
from gateway.community.items import owning, states, verbs
from gateway.community.items import rows as items
from gateway.community.items.model import NoItem, TakenBack
from gateway.community.model import InLine
from gateway.ledger import rows as ledger_rows
from gateway.members import looks
from gateway.members import rows as members
from tests.browser import csrf, looks_at, operator, page, press, sign_in
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, a_payment, idea
from tests.test_needs import grown


def test_who_looked_at_a_payment_or_an_account_is_read_on_the_phone_once_for_a_day(village: Village) -> None:
    a_payment(village)
    with village.world() as world:
        assert looks.looks(world, WANJIRU) == 0
        assert looks.who_looked(world, WANJIRU) == []
        account = ledger_rows.account_of(world, members.by_number(world, WANJIRU).id).code
    web = operator(village, "support")
    link = re.search(r'href="(/console/transactions/\d+)"', page(web, "transactions"))[1]  # type: ignore[index]
    asking = page(web, link.removeprefix("/console/"))
    assert "KES 200" not in asking
    assert "an SMS tells it to each of them" in asking
    data = {"csrf_token": csrf(asking), "look-reason": "mere curiosity"}
    assert "Choose why you look." in web.post(f"{link}/look", data=data, follow_redirects=True).get_data(as_text=True)
    with village.world() as world:
        assert looks.looks(world, WANJIRU) == 0
    assert "KES 200" in looks_at(web, link, "case")
    for _ in range(2):
        web.post(f"{link}/look", data={**data, "look-reason": "safety"})
    village.workers_run()
    told = "support of the staff looked at a payment of yours: a case is open. To ask about it, SMS CALL"
    assert [village.sms(number).count(told) for number in (WANJIRU, OTIENO)] == [1, 1]
    with village.world() as world:
        assert [one.label.endswith(": a payment of yours, a case is open") for one in looks.who_looked(world, WANJIRU)] == [True]
        assert looks.looks(world, OTIENO) == 1
        assert looks.who_looked(world, ACHIENG) == []
    page(web, f"accounts/{account}")  # the reason holds for the day
    village.clock.passes(days=1)
    looks_at(operator(village, "auditor"), link, "books")
    assert "Why do you look?" in page(sign_in(village, "a-support")[0], link.removeprefix("/console/")), "for each person, and for the day"
    with village.world() as world:
        assert (looks.looks(world, WANJIRU), looks.looks(world, OTIENO)) == (3, 2)
        assert looks.who_looked(world, WANJIRU)[0].label.startswith("24 Nov")
    assert "Who of the staff looked" in village.phone(WANJIRU).dials("*384*20417*6*98*1*1#")


@pytest.mark.parametrize(("number", "said"), [(WANJIRU, "We are sorry"), (ACHIENG, "Samahani")])
def test_a_call_that_has_not_come_is_told_once(village: Village, number: str, said: str) -> None:
    village.everybody()
    with village.world() as world:
        callbacks.ask_for_a_call(world, number, "money", "k1")
        callbacks.ask_for_a_call(world, OTIENO, "money", "k2")
        assert callbacks.say_sorry(world) == 0
        first = community.callbacks_waiting(world)[0]
        assert community.end_callback(world, next(one.id for one in community.callbacks_waiting(world) if one.id != first.id), "grace", 3)
    village.clock.passes(hours=25)
    with village.world() as world:
        assert (callbacks.say_sorry(world), callbacks.say_sorry(world)) == (1, 0)
    assert said in village.sms(number)[-1]
    assert not any("sorry" in words for words in village.sms(OTIENO))


def test_who_wants_only_money_sms_gets_no_apology(village: Village) -> None:
    village.everybody()
    village.phone(WANJIRU).texts("STOP", SHORTCODE)
    with village.world() as world:
        callbacks.ask_for_a_call(world, WANJIRU, "money", "k1")
    village.clock.passes(hours=25)
    with village.world() as world:
        assert callbacks.say_sorry(world) == 1
    assert not any("sorry" in words for words in village.sms(WANJIRU))


def test_what_a_member_wrote_is_listed_and_taken_back_only_where_nobody_built_on_it(village: Village) -> None:
    grown(village)
    with village.world() as world:
        mine, other = idea(world, WANJIRU, "a bridge over the river").number, idea(world, OTIENO, "a cold tank").number
        done = idea(world, WANJIRU, "pay us on friday").number
        items.change(world, items.by_number(world, done).id, state="planned")
        news.send_news(world, WANJIRU, "the road is open", "n1")
        idea(world, WANJIRU, "somebody took my goat", kind="wrong")
        assert owning.look_at_owned(world, WANJIRU) == owning.OwnedShown(2, 0, 1)
        assert len(owning.owned_items(world, WANJIRU)) == 3
        for number in (other, done, "99999"):
            assert isinstance(verbs.take_back(world, WANJIRU, number), NoItem)
        assert isinstance(verbs.take_back(world, WANJIRU, mine), TakenBack)
        assert isinstance(verbs.take_back(world, WANJIRU, mine), NoItem)
        assert items.by_number(world, mine).state == "withdrawn"
        assert owning.look_at_owned(world, WANJIRU) == owning.OwnedShown(1, 0, 1)
        assert isinstance(owning.look_at_own(world, WANJIRU, other), NoItem)


def test_good_news_names_only_who_wants_to_be_named(village: Village) -> None:
    grown(village)
    web = operator(village, "facilitator")
    assert "Nobody was thanked" in page(web, "good-news")
    with village.world() as world:
        question = asking.ask_helpers(world, WANJIRU, "cows", "why does my cow not eat", "q1")
        for number, words in ((OTIENO, "salt and water"), (ACHIENG, "call the vet")):
            asking.answer(world, number, question.number, words, f"a-{number}")
        item = items.by_number(world, question.number)
        for one in helping_rows.answers_to(world, [item.id], 5):
            asking.it_helped(world, WANJIRU, str(one.id))
    assert "2 helped. Thank you all." in page(web, "good-news"), "nobody has asked to be named"
    with village.world() as world:
        for number in (OTIENO, ACHIENG):
            members.change_member(world, members.by_number(world, number).id, on_board=True)
        members.change_member(world, members.by_number(world, ACHIENG).id, shown_to="nobody")
        mine = idea(world, OTIENO, "pay us on friday")
        states.go(world, mine, "done", "grace", "it is so", tell=False)
    shown = page(web, "good-news")
    assert "Otieno helped and was thanked" in shown
    assert "1 more helped" in shown
    assert "Achieng" not in shown
    assert "The idea is of Otieno" in shown


def test_a_call_that_nobody_answers_is_told_and_made_again_three_times_at_most(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        callbacks.ask_for_a_call(world, WANJIRU, "money", "k1")
        (waiting,) = community.callbacks_waiting(world)
    support = operator(village, "support")
    assert "stays in line" in press(support, f"calls/{waiting.id}/no-answer", "calls")
    assert "nobody answered. We call again within 24 hours" in village.sms(WANJIRU)[-1]
    with village.world() as world:
        assert callbacks.no_answer(world, waiting.id, "grace") == 0, "a button pressed twice is one call"
    village.clock.passes(hours=25)
    with village.world() as world:
        assert callbacks.say_sorry(world) == 1, "the new promise is one like the first"
        assert callbacks.no_answer(world, waiting.id, "grace") == 2
    village.clock.passes(minutes=11)
    with village.world() as world:
        assert callbacks.no_answer(world, waiting.id, "grace") == callbacks.TRIES_MOST
        assert community.callbacks_waiting(world) == []
        assert callbacks.no_answer(world, waiting.id, "grace") == 0
    assert "three times and nobody answered" in village.sms(WANJIRU)[-1]
    with village.world() as world:
        assert isinstance(callbacks.ask_for_a_call(world, WANJIRU, "money", "k2"), InLine)
