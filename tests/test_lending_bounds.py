"""Loans of a group in any order, and what bounds them: cash, one person with two accounts, what is asked back, staff."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from gateway.community import waiting
from gateway.community.groups import ballot_rows, cash, results
from gateway.community.groups import facts as group_facts
from gateway.community.groups import rows as groups
from gateway.community.groups.model import CashAgreed
from gateway.community.lending import clock, rows, verbs
from gateway.community.lending.model import (
    AgreedFirst,
    GroupHasTooLittle,
    LoanGone,
    LoanLent,
    NothingOwed,
    NothingToLend,
)
from gateway.community.voices import pair_rows
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import NotTaken
from gateway.ledger.proof.facts import verify
from gateway.members import rows as members
from gateway.members.model import NotYours
from gateway.money import disputes
from tests.browser import operator, press
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village
from tests.test_lending import agrees, asks, fund, group_balance, key, lent, pays_in, repays, running, three

STEPS = st.lists(
    st.tuples(st.sampled_from(["ask", "yes", "no", "back", "repay", "in", "again", "clock"]), st.sampled_from([WANJIRU, OTIENO, ACHIENG]), st.integers(1, 400)),
    max_size=25,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_in_any_order_what_is_out_is_what_went_less_what_came_back(sqlite_village: Village, steps: list[tuple[str, str, int]]) -> None:
    village, numbers = sqlite_village, (WANJIRU, OTIENO, ACHIENG)
    with village.world() as world:
        fresh = members.by_number(world, WANJIRU) is None
    if fresh:
        fund(village)
    last = key()
    for what, who, much in steps:
        other = numbers[(numbers.index(who) + much) % 3]
        one = running(village, other)
        match what:
            case "ask":
                asks(village, who, much, last := key())
            case "again":
                asks(village, who, much, last)
            case "yes" if one:
                agrees(village, who, other)
            case "no" if one:
                with village.world() as world:
                    verbs.refuse_loan(world, who, "1001", str(one.id))
            case "back" if one:
                with village.world() as world:
                    verbs.take_loan_back(world, who, str(one.id))
            case "repay":
                repays(village, who, much)
            case "in" if village.balance(who) >= much * 100:
                pays_in(village, who, much)
            case "clock":
                village.clock.passes(days=9)
                with village.world() as world:
                    clock.look_after(world)
    village.post()
    with village.world() as world:
        group = groups.by_number(world, "1001")
        out = sum(rows.net_lent(world, group.id, members.by_number(world, one).id) for one in numbers)
        put = sum(group_facts.put_in_by(world, group, members.by_number(world, one).id).minor for one in numbers)
        assert ledger_rows.account(world, group.account_id).balance == put - out
        assert out >= 0
        assert not verify(world)


def test_cash_that_only_two_have_seen_is_neither_counted_nor_lent(village: Village) -> None:
    three(village)
    with village.world() as world:
        cash.write_cash(world, WANJIRU, "1001", str(members.by_number(world, OTIENO).id), 25_000_000, "c1")
        record = ballot_rows.cash_by_key(world, "c1")
        assert isinstance(cash.answer_cash(world, members.by_number(world, OTIENO), record.id, agrees=True), CashAgreed)
    village.post()
    with village.world() as world:
        assert isinstance(verbs.may_borrow(world, OTIENO, "1001"), NothingToLend)
    pays_in(village, ACHIENG, 600)
    with village.world() as world:
        assert isinstance(verbs.may_borrow(world, OTIENO, "1001"), NothingToLend), "nor does it make more of what is there"
        assert verbs.may_borrow(world, ACHIENG, "1001").most.minor == 60_000


def test_two_accounts_of_one_person_are_one_yes_and_none_for_their_own(village: Village) -> None:
    fund(village)
    village.has("Otieno", "+254755000001", 0, "4862")
    with village.world() as world:
        ids = [members.by_number(world, one).id for one in ("+254755000001", OTIENO)]
        groups.put(world, groups.by_number(world, "1001").id, ids[0], state="member")
        pair_rows.join_voices(world, ids[0], ids[1])
    asks(village, ACHIENG, 100)
    assert isinstance(agrees(village, OTIENO, ACHIENG), AgreedFirst)
    assert isinstance(agrees(village, "+254755000001", ACHIENG), AgreedFirst), "one voice, however many accounts"
    assert isinstance(agrees(village, WANJIRU, ACHIENG), LoanLent)


def test_who_comes_after_the_asking_says_nothing_to_it(village: Village) -> None:
    fund(village)
    village.has("Baraka", "+254755000001", 100, "4862")
    asks(village, WANJIRU, 100)
    with village.world() as world:
        groups.put(world, groups.by_number(world, "1001").id, members.by_number(world, "+254755000001").id, state="member")
    assert isinstance(agrees(village, "+254755000001", WANJIRU), LoanGone)


def waits(village: Village, number: str) -> list[str]:
    """The lines under 9; as many as home counts."""
    with village.world() as world:
        lines = [one.label for one in waiting.waiting_things(world, number)]
        assert int(waiting.waiting_count(world, number)) == len(lines)
    return lines


def test_a_loan_waits_under_9_for_whoever_may_agree_to_it_and_for_nobody_else(village: Village) -> None:
    fund(village)
    village.has("Baraka", "+254755000001", 100, "4862")
    village.has("Akinyi", "+254755000002", 100, "4862")
    with village.world() as world:
        group = groups.by_number(world, "1001").id
        groups.put(world, group, members.by_number(world, "+254755000002").id, state="member")
        pair_rows.join_voices(world, *(members.by_number(world, one).id for one in ("+254755000002", ACHIENG)))
    village.clock.passes(days=1)
    asks(village, ACHIENG, 100)
    with village.world() as world:
        groups.put(world, group, members.by_number(world, "+254755000001").id, state="member")
    assert waits(village, OTIENO) == waits(village, WANJIRU) == ["Loan? KES 100 Achieng"]
    assert waits(village, ACHIENG) == [], "not who asks"
    assert waits(village, "+254755000001") == [], "not who came after it"
    assert waits(village, "+254755000002") == [], "not another account of who asks"
    assert isinstance(agrees(village, OTIENO, ACHIENG), AgreedFirst)
    assert (waits(village, OTIENO), len(waits(village, WANJIRU))) == ([], 1)
    village.clock.passes(days=14)
    assert waits(village, WANJIRU) == [], "not when the asking is over"


def test_all_read_who_asks_and_who_has_a_loan(village: Village) -> None:
    lent(village)
    with village.world() as world:
        group = groups.by_number(world, "1001")
        told = [results.notice_words(world, one.words, "en") for one in groups.notices_of(world, group.id, 9)]
    assert told[0].startswith("Achieng has KES 300 of our money on loan until")
    assert told[1] == "Achieng asks the group for KES 300. See: 2, 6"


def test_what_was_put_in_is_weighed_when_the_money_goes(village: Village) -> None:
    fund(village)
    asks(village, WANJIRU, 500)
    with village.world() as world:
        line = next(row for row in disputes.sent_lately(world, WANJIRU) if "200" in row.label)
        disputes.ask_back(world, WANJIRU, line.value, key())
    agrees(village, OTIENO, WANJIRU)
    assert isinstance(agrees(village, ACHIENG, WANJIRU), GroupHasTooLittle)


def test_what_was_paid_back_is_not_asked_back_and_a_loan_is_not_turned_round(village: Village) -> None:
    id = lent(village)
    repays(village, ACHIENG, 300)
    with village.world() as world:
        paid = world.read.scalar(select(rows.paid.c.transfer_id))
        assert str(paid) not in [row.value for row in disputes.sent_lately(world, ACHIENG)]
        assert isinstance(disputes.ask_back(world, ACHIENG, str(paid), key()), NotYours)
        for one in (paid, rows.loan(world, id).transfer_id):
            assert isinstance(ledger.reverse(world, one, key=key(), authority="staff"), NotTaken)


def test_staff_neither_take_out_who_owes_nor_close_a_group_whose_money_is_out(village: Village) -> None:
    fund(village)
    asks(village, ACHIENG, 800)
    agrees(village, OTIENO, ACHIENG)
    agrees(village, WANJIRU, ACHIENG)
    assert group_balance(village) == 0
    web = operator(village, "facilitator")
    with village.world() as world:
        achieng = members.by_number(world, ACHIENG).id
    assert "the loan is paid back first" in press(web, f"groups/1001/members/{achieng}", "groups/1001", what="left")
    assert "lent out" in press(web, "groups/1001/state", "groups/1001")
    with village.world() as world:
        assert groups.by_number(world, "1001").state == "open"
        assert groups.membership(world, groups.by_number(world, "1001").id, achieng).state == "member"


def test_nothing_is_owed_before_it_has_arrived(village: Village) -> None:
    fund(village)
    village.workers_run_at_once = False
    asks(village, ACHIENG, 100)
    agrees(village, OTIENO, ACHIENG)
    agrees(village, WANJIRU, ACHIENG)
    one = running(village, ACHIENG)
    with village.world() as world:
        assert verbs.owed(world, one) == 0, "it has not arrived yet"
    assert isinstance(repays(village, ACHIENG, 100), NothingOwed)
    village.workers_run_at_once = True
    village.post()
    with village.world() as world:
        assert verbs.owed(world, one) == 10_000


@pytest.mark.parametrize("state", ["lent", "paid"])
def test_the_database_refuses_a_loan_that_went_without_a_payment(village: Village, state: str) -> None:
    from sqlalchemy.exc import IntegrityError

    fund(village)
    asks(village, ACHIENG, 100)
    with pytest.raises(IntegrityError), village.world() as world:
        rows.change(world, running(village, ACHIENG).id, state=state)
