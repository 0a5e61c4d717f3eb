"""A group lends of its own money: two agree, it goes out once, and never more comes back than went."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from gateway.community.groups import ballot_rows, cash, results
from gateway.community.groups import facts as group_facts
from gateway.community.groups import rows as groups
from gateway.community.groups import verbs as group_verbs
from gateway.community.groups.model import CashAgreed
from gateway.community.lending import clock, rows, verbs
from gateway.community.lending.model import (
    AgreedFirst,
    AskAgainLater,
    FewAreHere,
    GroupHasTooLittle,
    LeaderIsMissing,
    LoanAsked,
    LoanGone,
    LoanLent,
    LoanOpen,
    LoanRefused,
    LoanRuns,
    LoanTakenBack,
    MayBorrow,
    NoLoan,
    NothingOwed,
    NothingToLend,
    TooMuchToLend,
)
from gateway.community.needs import verbs as needs
from gateway.community.voices import pair_rows
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import NotTaken, Reserved, Wish
from gateway.ledger.proof.facts import verify
from gateway.members import rows as members
from gateway.members.model import NotEnough, NotYours, Sent, WrongPin
from gateway.money import disputes, places
from menus.answers import Secret
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village
from tests.test_group_votes import with_three
from tests.test_groups import chama

PIN = {WANJIRU: Secret("4715"), OTIENO: Secret("5839"), ACHIENG: Secret("6274")}
KEYS = itertools.count()


def key() -> str:
    return f"key-{next(KEYS)}"


def pays_in(village: Village, number: str, shillings: int) -> None:
    with village.world() as world:
        assert isinstance(places.pay_group(world, number, 1001, shillings * 100, PIN[number], 0, key()), Sent)


def three(village: Village, group: Callable[[Village], None] = with_three) -> None:
    """A group that begins with nothing: what the cast gives it goes back to the capital."""
    group(village)
    with village.world() as world:
        account = ledger_rows.account(world, groups.by_number(world, "1001").account_id)
        wish = Wish("inttransfer", account.id, world.system_accounts[ledger.CAPITAL], account.balance, "test", key(), "test", free=True)
        assert isinstance(ledger.reserve(world, wish), Reserved)
    village.post()


def fund(village: Village) -> None:
    """Three in the group, Wanjiru leads; Achieng has put in 600 and Wanjiru 200."""
    three(village)
    pays_in(village, ACHIENG, 600)
    pays_in(village, WANJIRU, 200)


def asks(village: Village, number: str, shillings: int, turn: str = ""):
    with village.world() as world:
        return verbs.ask_for_loan(world, number, "1001", shillings * 100, "4", turn or key())


def running(village: Village, number: str):
    with village.world() as world:
        return rows.running(world, groups.by_number(world, "1001").id, members.by_number(world, number).id)


def agrees(village: Village, number: str, whose: str, id: int | None = None):
    loan = id or running(village, whose).id
    with village.world() as world:
        return verbs.agree_to_loan(world, number, "1001", str(loan), PIN[number], key())


def repays(village: Village, number: str, shillings: int, turn: str = ""):
    with village.world() as world:
        return verbs.repay_loan(world, number, "1001", shillings * 100, PIN[number], turn or key())


def group_balance(village: Village) -> int:
    with village.world() as world:
        return ledger_rows.account(world, groups.by_number(world, "1001").account_id).balance


def lent(village: Village, shillings: int = 300) -> int:
    """Achieng has a loan; its id."""
    fund(village)
    assert isinstance(asks(village, ACHIENG, shillings), LoanAsked)
    id = running(village, ACHIENG).id
    assert isinstance(agrees(village, OTIENO, ACHIENG), AgreedFirst)
    assert isinstance(agrees(village, WANJIRU, ACHIENG), LoanLent)
    return id


def test_it_goes_out_with_the_second_yes_and_comes_back_no_more_than_owed(village: Village) -> None:
    fund(village)
    before = village.balance(ACHIENG)
    assert isinstance(asks(village, ACHIENG, 300), LoanAsked)
    assert isinstance(agrees(village, OTIENO, ACHIENG), AgreedFirst)
    assert isinstance(agrees(village, OTIENO, ACHIENG), AgreedFirst), "one who says yes twice is one"
    assert group_balance(village) == 80_000
    id = running(village, ACHIENG).id
    assert isinstance(agrees(village, WANJIRU, ACHIENG), LoanLent)
    assert isinstance(agrees(village, WANJIRU, ACHIENG, id), LoanLent), "the same turn, heard again"
    assert (group_balance(village), village.balance(ACHIENG)) == (50_000, before + 30_000)
    assert isinstance(repays(village, ACHIENG, 100, "turn"), Sent)
    assert isinstance(repays(village, ACHIENG, 100, "turn"), Sent), "the same turn, heard again"
    assert group_balance(village) == 60_000
    assert isinstance(repays(village, ACHIENG, 9_000), Sent)
    assert (group_balance(village), village.balance(ACHIENG)) == (80_000, before)
    assert isinstance(repays(village, ACHIENG, 1), NothingOwed)
    with village.world() as world:
        assert clock.look_after(world) == 1
        assert rows.loan(world, id).state == "paid"
        assert clock.look_after(world) == 0
        assert not verify(world)


def test_a_loan_is_neither_paid_in_nor_taken_out_of_what_was_put_in(village: Village) -> None:
    lent(village)
    repays(village, ACHIENG, 100)
    with village.world() as world:
        group, achieng = groups.by_number(world, "1001"), members.by_number(world, ACHIENG)
        assert group_facts.put_in_by(world, group, achieng.id).minor == 60_000
        assert group_facts.sums_in(world, group)[1][achieng.id] == 60_000


def test_who_saves_is_trusted_with_three_times_as_much_as_the_group_has(village: Village) -> None:
    three(village)
    with village.world() as world:
        assert isinstance(verbs.may_borrow(world, OTIENO, "1001"), NothingToLend)
    pays_in(village, WANJIRU, 200)
    with village.world() as world:
        assert verbs.may_borrow(world, WANJIRU, "1001").most.minor == 20_000, "the group has no more"
    pays_in(village, ACHIENG, 900)
    with village.world() as world:
        assert verbs.may_borrow(world, WANJIRU, "1001").most.minor == 60_000
        assert isinstance(verbs.may_borrow(world, OTIENO, "1001"), NothingToLend), "nothing put in, nothing lent"
    assert isinstance(asks(village, WANJIRU, 601), TooMuchToLend)


def test_two_are_too_few_to_lend_and_one_loan_runs_at_a_time(village: Village) -> None:
    three(village, chama)
    with village.world() as world:
        assert isinstance(verbs.may_borrow(world, WANJIRU, "1001"), FewAreHere)
        groups.put(world, groups.by_number(world, "1001").id, members.by_number(world, ACHIENG).id, state="member")
    pays_in(village, ACHIENG, 600)
    assert isinstance(asks(village, ACHIENG, 100, "turn"), LoanAsked)
    assert isinstance(asks(village, ACHIENG, 100, "turn"), LoanAsked), "the same turn, heard again"
    assert isinstance(asks(village, ACHIENG, 100), LoanRuns)


def test_a_leader_must_be_among_the_two_unless_the_leader_asks(village: Village) -> None:
    fund(village)
    village.has("Baraka", "+254755000001", 100, "4862")
    with village.world() as world:
        groups.put(world, groups.by_number(world, "1001").id, members.by_number(world, "+254755000001").id, state="member")
    PIN["+254755000001"] = Secret("4862")
    asks(village, ACHIENG, 100)
    assert isinstance(agrees(village, OTIENO, ACHIENG), AgreedFirst)
    assert isinstance(agrees(village, "+254755000001", ACHIENG), LeaderIsMissing)
    assert isinstance(agrees(village, WANJIRU, ACHIENG), LoanLent)
    asks(village, WANJIRU, 100)
    assert isinstance(agrees(village, OTIENO, WANJIRU), AgreedFirst)
    assert isinstance(agrees(village, ACHIENG, WANJIRU), LoanLent), "who leads alone cannot agree to their own"


def test_nobody_agrees_to_their_own_or_from_outside_or_with_a_wrong_pin(village: Village) -> None:
    fund(village)
    asks(village, ACHIENG, 100)
    id = running(village, ACHIENG).id
    assert isinstance(agrees(village, ACHIENG, ACHIENG), LoanGone)
    with village.world() as world:
        assert isinstance(verbs.agree_to_loan(world, OTIENO, "1001", str(id), Secret("0000"), key()), WrongPin)
        groups.put(world, groups.by_number(world, "1001").id, members.by_number(world, OTIENO).id, state="left")
    assert isinstance(agrees(village, OTIENO, ACHIENG), LoanGone)
    with village.world() as world:
        assert rows.who_said_yes(world, id) == []


def test_a_yes_of_who_has_left_does_not_count(village: Village) -> None:
    fund(village)
    asks(village, ACHIENG, 100)
    agrees(village, OTIENO, ACHIENG)
    with village.world() as world:
        groups.put(world, groups.by_number(world, "1001").id, members.by_number(world, OTIENO).id, state="left")
    assert isinstance(agrees(village, WANJIRU, ACHIENG), AgreedFirst)


def test_when_the_money_is_gone_nothing_moves_and_the_yes_is_kept(village: Village) -> None:
    fund(village)
    asks(village, ACHIENG, 700)
    asks(village, WANJIRU, 200)
    agrees(village, OTIENO, WANJIRU)
    agrees(village, ACHIENG, WANJIRU)
    agrees(village, OTIENO, ACHIENG)
    assert isinstance(agrees(village, WANJIRU, ACHIENG), GroupHasTooLittle)
    assert running(village, ACHIENG).state == "asked"
    assert isinstance(repays(village, WANJIRU, 200), Sent)
    assert isinstance(agrees(village, WANJIRU, ACHIENG), LoanLent)


def test_a_no_is_kind_and_asking_again_takes_a_week(village: Village) -> None:
    fund(village)
    asks(village, ACHIENG, 100)
    id = str(running(village, ACHIENG).id)
    with village.world() as world:
        assert isinstance(verbs.refuse_loan(world, OTIENO, "1001", id), LoanGone), "only who leads says no for all"
        assert isinstance(verbs.refuse_loan(world, WANJIRU, "1001", id), LoanRefused)
        assert isinstance(verbs.refuse_loan(world, WANJIRU, "1001", id), LoanGone)
    assert "hawakopeshi KES 100 sasa" in village.sms(ACHIENG)[-1]
    assert isinstance(asks(village, ACHIENG, 100), AskAgainLater)
    village.clock.passes(days=8)
    assert isinstance(asks(village, ACHIENG, 100), LoanAsked)
    with village.world() as world:
        assert isinstance(verbs.take_loan_back(world, OTIENO, str(running(village, ACHIENG).id)), LoanGone)
        assert isinstance(verbs.take_loan_back(world, ACHIENG, str(running(village, ACHIENG).id)), LoanTakenBack)
    with village.world() as world:
        assert isinstance(verbs.look_at_my_loan(world, ACHIENG, "1001"), NoLoan)


def test_what_nobody_agrees_to_ends_by_itself(village: Village) -> None:
    fund(village)
    asks(village, ACHIENG, 100)
    id = running(village, ACHIENG).id
    village.clock.passes(days=15)
    assert isinstance(agrees(village, OTIENO, ACHIENG), LoanGone)
    for changed in (1, 0):
        with village.world() as world:
            assert clock.look_after(world) == changed
    with village.world() as world:
        assert rows.loan(world, id).state == "ended"
        assert isinstance(verbs.may_borrow(world, ACHIENG, "1001"), MayBorrow)


def test_who_owes_is_reminded_three_times_and_no_more(village: Village) -> None:
    lent(village)
    told = []
    for _ in range(60):
        village.clock.passes(days=1)
        with village.world() as world:
            clock.look_after(world)
        told = [one for one in village.sms(ACHIENG) if one.startswith("Mkopo wako wa Tumaini")]
    assert len(told) == 3
    assert "KES" not in told[0], "a reminder says no sum: a phone may be in other hands"
    with village.world() as world:
        assert int(verbs.look_at_loans(world, OTIENO, "1001").late_heads) == 1
    repays(village, ACHIENG, 300)
    with village.world() as world:
        shown = verbs.look_at_loans(world, OTIENO, "1001")
        assert (int(shown.late_heads), int(shown.lent_heads), shown.lent_out.minor) == (0, 0, 0)


def test_who_owes_leaves_neither_the_group_nor_us(village: Village) -> None:
    lent(village)
    with village.world() as world:
        assert isinstance(group_verbs.leave_group(world, ACHIENG, "1001"), LoanOpen)
        assert type(needs.may_leave(world, ACHIENG)).__name__ in ("StillThere", "GroupFirst")
    repays(village, ACHIENG, 300)
    with village.world() as world:
        assert not isinstance(group_verbs.leave_group(world, ACHIENG, "1001"), LoanOpen)


def test_what_one_does_not_have_is_not_paid_back(village: Village) -> None:
    lent(village, 800)
    with village.world() as world:
        places.pay_group(world, ACHIENG, 1001, village.balance(ACHIENG) - 1_000, PIN[ACHIENG], 0, key())
    before = group_balance(village)
    assert isinstance(repays(village, ACHIENG, 800), NotEnough)
    with village.world() as world:
        assert isinstance(verbs.quote_loan(world, ACHIENG, "1001", 80_000), NotEnough)
        assert verbs.look_at_my_loan(world, ACHIENG, "1001").owed.minor == 80_000
    assert group_balance(village) == before


def test_a_facilitator_sees_loans_and_ends_one_that_nobody_agreed_to(village: Village) -> None:
    id = lent(village)
    asks(village, WANJIRU, 100)
    other = running(village, WANJIRU).id
    web = operator(village, "facilitator")
    shown = page(web, "groups/1001")
    assert "Loans of its money" in shown
    assert "Otieno, Wanjiru" in shown
    press(web, f"groups/1001/loans/{other}", "groups/1001")
    with village.world() as world:
        assert (rows.loan(world, other).state, rows.loan(world, id).state) == ("refused", "lent")


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
    PIN["+254755000001"] = Secret("4862")
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
    PIN["+254755000001"] = Secret("4862")
    asks(village, WANJIRU, 100)
    with village.world() as world:
        groups.put(world, groups.by_number(world, "1001").id, members.by_number(world, "+254755000001").id, state="member")
    assert isinstance(agrees(village, "+254755000001", WANJIRU), LoanGone)


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
        line = [row for row in disputes.sent_lately(world, WANJIRU) if "200" in row.label][0]
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
