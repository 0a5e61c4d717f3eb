"""A group lends of its own money: two agree, it goes out once, and never more comes back than went."""

from __future__ import annotations

import itertools
from collections.abc import Callable

from gateway.community.groups import facts as group_facts
from gateway.community.groups import rows as groups
from gateway.community.groups import verbs as group_verbs
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
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Reserved, Wish
from gateway.ledger.proof.facts import verify
from gateway.members import rows as members
from gateway.members.model import NotEnough, Sent, WrongPin
from gateway.money import places
from menus.answers import Secret
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village
from tests.test_group_votes import with_three
from tests.test_groups import chama

PIN = {WANJIRU: Secret("4715"), OTIENO: Secret("5839"), ACHIENG: Secret("6274"), "+254755000001": Secret("4862")}
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
