"""Rules, tools that go round, and buying together: nothing is lent without a yes, and every share is held, given or back."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.community.commons import buys, rows, rules, tools
from gateway.community.commons.model import (
    BUYS_OPEN,
    BuyFilled,
    BuyJoined,
    BuyOver,
    BuysFull,
    BuyStarted,
    InItAlready,
    LoanRated,
    RuleAdded,
    RulesFull,
    ToolAdded,
    ToolAsked,
    ToolGone,
    ToolTaken,
)
from gateway.community.escrow_rows import set_apart
from gateway.community.groups import rows as groups
from gateway.community.groups.model import NotALeader, NotInGroup
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import NotTaken
from gateway.ledger.proof.facts import verify
from gateway.members.model import NotEnough, WrongPin
from gateway.money.model import FoundPlace, NoSuchPlace
from menus.answers import Secret
from tests.browser import operator, page, press, sign_in
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village
from tests.looks import where
from tests.test_circles import GROUP, three
from workers import nightly

PINS = {WANJIRU: "4715", OTIENO: "5839", ACHIENG: "6274"}
__all__ = ["three"]


# Rules.


def test_the_leader_writes_rules_down_and_all_read_them(three: Village) -> None:
    with three.world() as world:
        assert isinstance(rules.add_rule(world, OTIENO, GROUP, "who is late pays 10", "k0"), NotALeader)
        for n in range(9):
            assert isinstance(rules.add_rule(world, WANJIRU, GROUP, f"rule number {n}", f"k{n}"), RuleAdded)
        assert isinstance(rules.add_rule(world, WANJIRU, GROUP, "one too many", "k9"), RulesFull)
        assert isinstance(rules.add_rule(world, WANJIRU, GROUP, "rule number 8", "k8"), RuleAdded)  # the very turn came again
        read = rules.group_rules(world, OTIENO, GROUP)
        assert [row.label for row in read] == [f"rule number {n}" for n in range(9)]
        assert isinstance(rules.drop_rule(world, OTIENO, GROUP, read[0].value), NotALeader)
        rules.drop_rule(world, WANJIRU, GROUP, read[0].value)
        assert len(rules.group_rules(world, OTIENO, GROUP)) == 8
        groups.put(world, groups.by_number(world, GROUP).id, three.member(world, ACHIENG).id, state="left")
        assert rules.group_rules(world, ACHIENG, GROUP) == []


def test_many_at_once_stay_within_the_bounds(three: Village) -> None:
    def at_once(n: int) -> tuple[type, type]:
        with three.world() as world:
            rule = rules.add_rule(world, WANJIRU, GROUP, f"rule number {n}", f"k{n}")
            return type(rule), type(buys.start_buy(world, WANJIRU, GROUP, f"pump {n}", 10_000, 2, "7", f"b{n}"))

    with ThreadPoolExecutor(6) as leaders:
        became = list(leaders.map(at_once, range(12)))

    assert Counter(one for both in became for one in both) == {RuleAdded: 9, RulesFull: 3, BuyStarted: BUYS_OPEN, BuysFull: 12 - BUYS_OPEN}
    with three.world() as world:
        assert len(rules.group_rules(world, OTIENO, GROUP)) == 9


# Tools.


def lent(village: Village) -> str:
    with village.world() as world:
        assert isinstance(tools.lend_tool(world, OTIENO, GROUP, "a wheelbarrow", "t1"), ToolAdded)
        return str(rows.tools_of(world, groups.by_number(world, GROUP).id)[0].id)


def test_a_tool_goes_round_with_a_yes_and_comes_back_with_two_words(three: Village) -> None:
    tool = lent(three)
    with three.world() as world:
        assert tools.free_tools(world, OTIENO, GROUP) == []  # nobody borrows their own
        assert tools.free_tools(world, ACHIENG, GROUP)[0].label == "a wheelbarrow, Otieno"
        assert tools.ask_to_borrow(world, ACHIENG, GROUP, tool, "3") == ToolAsked("Otieno")
        assert isinstance(tools.ask_to_borrow(world, WANJIRU, GROUP, tool, "1"), ToolTaken)  # asked for already
        assert isinstance(tools.take_tool_back(world, OTIENO, GROUP, tool), ToolTaken)
    assert "asks for your a wheelbarrow, 3 days." in three.sms(OTIENO)[-1]
    three.phone(OTIENO).texts("yes", SHORTCODE)
    assert three.sms(OTIENO)[-1] == "Good, we have told them."
    assert "0722000002" in three.sms(ACHIENG)[-1]
    with three.world() as world:
        assert tools.free_tools(world, WANJIRU, GROUP) == []
        loan = tools.my_loans(world, OTIENO)[0].value
        assert tools.look_at_loan(world, ACHIENG, loan).other == "Otieno"
        assert isinstance(tools.rate_loan(world, WANJIRU, loan, "good"), ToolTaken)  # it is between two
        assert isinstance(tools.rate_loan(world, OTIENO, loan, "good"), LoanRated)
        assert tools.my_loans(world, OTIENO) == []
        assert isinstance(tools.rate_loan(world, ACHIENG, loan, "good"), LoanRated)
        assert tools.my_loans(world, ACHIENG) == []
        shown = tools.look_at_tool(world, WANJIRU, GROUP, tool)
        assert (shown.lent, shown.good) == (1, 1)
        assert isinstance(tools.take_tool_back(world, OTIENO, GROUP, tool), ToolGone)
        assert isinstance(tools.look_at_tool(world, WANJIRU, GROUP, tool), ToolTaken)


def test_a_no_is_told_and_silence_frees_the_tool(three: Village) -> None:
    tool = lent(three)
    with three.world() as world:
        tools.ask_to_borrow(world, ACHIENG, GROUP, tool, "1")
    three.phone(OTIENO).texts("2", SHORTCODE)
    assert "hakuazimishi" in three.sms(ACHIENG)[-1]
    with three.world() as world:
        assert isinstance(tools.ask_to_borrow(world, ACHIENG, GROUP, tool, "1"), ToolAsked)
    three.clock.passes(days=3)
    nightly.look_after_commons(three.site)
    with three.world() as world:
        assert isinstance(tools.ask_to_borrow(world, WANJIRU, GROUP, tool, "1"), ToolAsked)


def test_tools_have_their_bounds_and_stay_in_the_group(three: Village) -> None:
    tool = lent(three)
    with three.world() as world:
        for n in range(4):
            tools.lend_tool(world, OTIENO, GROUP, f"tool {n}", f"more{n}")
        assert isinstance(tools.lend_tool(world, OTIENO, GROUP, "a sixth", "more9"), RulesFull)
        groups.put(world, groups.by_number(world, GROUP).id, three.member(world, ACHIENG).id, state="left")
        assert isinstance(tools.ask_to_borrow(world, ACHIENG, GROUP, tool, "1"), ToolTaken)
        assert isinstance(tools.lend_tool(world, ACHIENG, GROUP, "a rope", "x"), NotInGroup)


# Buying together.


def start(village: Village, wanted: int = 2, key: str = "b1", amount: int = 100_00) -> str:
    with village.world() as world:
        assert isinstance(buys.start_buy(world, WANJIRU, GROUP, "a pump", amount, wanted, "7", key), BuyStarted)
        return str(rows.buys_of(world, groups.by_number(world, GROUP).id, ("open",), 1)[0].id)


def join(village: Village, number: str, buy: str, key: str = "", pin: str = ""):
    with village.world() as world:
        return buys.join_buy(world, number, GROUP, buy, Secret(pin or PINS[number]), key or f"join-{number}-{buy}")


def settle(village: Village) -> None:
    for _ in range(3):
        village.post()
        nightly.look_after_commons(village.site)
    village.post()
    nightly.look_after_commons(village.site)


def held_alike(village: Village) -> int:
    """What the books hold in escrow, which is what needs and buys say."""
    with village.world() as world:
        there = ledger_rows.account(world, world.system_accounts[ledger.ESCROW]).balance
        assert there == set_apart(world)
        assert verify(world) == []
        return there


def group_has(village: Village) -> int:
    with village.world() as world:
        return ledger_rows.account(world, groups.by_number(world, GROUP).account_id).balance


def test_when_all_have_joined_the_money_is_the_groups(three: Village) -> None:
    buy, before = start(three), {number: three.balance(number) for number in (WANJIRU, ACHIENG)}
    had = group_has(three)
    assert isinstance(join(three, WANJIRU, buy, pin="1111"), WrongPin)
    for _ in range(2):  # the very turn comes twice: one share
        assert join(three, WANJIRU, buy).missing == 1
    assert isinstance(join(three, WANJIRU, buy, "another"), InItAlready)
    three.post()
    assert held_alike(three) == 100_00
    assert isinstance(join(three, ACHIENG, buy), BuyFilled)
    assert isinstance(join(three, ACHIENG, buy), BuyFilled)
    assert isinstance(join(three, OTIENO, buy), BuyOver)
    settle(three)

    assert (held_alike(three), group_has(three) - had) == (0, 200_00)
    assert {number: before[number] - three.balance(number) for number in before} == {WANJIRU: 100_00, ACHIENG: 100_00}


def test_the_shop_is_paid_when_its_buy_is_full_and_nobody_when_it_is_not(three: Village) -> None:
    with three.world() as world:
        assert isinstance(buys.find_seller(world, WANJIRU, 5501), FoundPlace)
        assert isinstance(buys.find_seller(world, WANJIRU, 5999), NoSuchPlace)
        assert isinstance(buys.start_buy(world, WANJIRU, GROUP, "a pump", 100_00, 2, "7", "none", 5999), NoSuchPlace)
        assert buys.pay_the_group(world, WANJIRU).supplier == str(buys.NO_SHOP)
        for key in ("s1", "s2"):
            assert isinstance(buys.start_buy(world, WANJIRU, GROUP, "a pump", 100_00, 2, "7", key, 5501), BuyStarted)
        late, full = (str(one.id) for one in rows.buys_of(world, groups.by_number(world, GROUP).id, ("open",), 2))
        assert buys.look_at_buy(world, WANJIRU, GROUP, full).place == "Mama Njeri"  # type: ignore[union-attr]
    had, before = group_has(three), three.balance(ACHIENG)
    join(three, ACHIENG, late)
    for number in (WANJIRU, ACHIENG):
        join(three, number, full)
    settle(three)
    three.clock.passes(days=8)
    settle(three)
    with three.world() as world:
        assert ledger_rows.account_by_code(world, "T5501").balance == 200_00
        assert "Mama Njeri is paid" in page(operator(three, "facilitator"), f"groups/{GROUP}")
    assert (held_alike(three), group_has(three), before - three.balance(ACHIENG)) == (0, had, 100_00)


def test_what_is_not_full_by_its_day_goes_back_and_so_does_what_is_stopped(three: Village) -> None:
    before, had = {number: three.balance(number) for number in PINS}, group_has(three)
    late, stopped = start(three, 3), start(three, 3, "b2")
    for buy in (late, stopped):
        assert isinstance(join(three, ACHIENG, buy), BuyJoined)
    three.post()
    with three.world() as world:
        assert isinstance(buys.stop_buy(world, OTIENO, GROUP, stopped), BuyOver)  # only who started it
        buys.stop_buy(world, WANJIRU, GROUP, stopped)
    settle(three)
    assert held_alike(three) == 100_00
    three.clock.passes(days=8)
    assert isinstance(join(three, WANJIRU, late), BuyOver)
    settle(three)

    assert held_alike(three) == 0
    assert ({number: three.balance(number) for number in PINS}, group_has(three)) == (before, had)


def test_nobody_joins_with_what_they_have_not_and_three_are_the_most(three: Village) -> None:
    buy = start(three, amount=10_000_00)
    assert isinstance(join(three, OTIENO, buy), NotEnough)
    start(three, 2, "b2")
    start(three, 2, "b3")
    with three.world() as world:
        assert isinstance(buys.start_buy(world, WANJIRU, GROUP, "more", 100_00, 2, "7", "b4"), BuysFull)
        groups.put(world, groups.by_number(world, GROUP).id, three.member(world, ACHIENG).id, state="left")
    assert isinstance(join(three, ACHIENG, buy), BuyOver)
    assert held_alike(three) == 0


def test_who_has_a_share_in_escrow_stays_until_it_is_out(three: Village) -> None:
    buy = start(three, 3)
    join(three, ACHIENG, buy)
    three.post()
    with three.world() as world:
        assert rows.not_ended(world, three.member(world, ACHIENG).id) == 1
    assert three.phone(ACHIENG).dials("*384*20417*6*98*5#").startswith("Pesa yako imehifadhiwa kwa hitaji")
    assert "Set apart for needs and for buying together" in page(sign_in(three)[0], "needs")


def test_what_the_group_cannot_take_goes_back_in_the_end(three: Village) -> None:
    buy, before = start(three), {number: three.balance(number) for number in (WANJIRU, ACHIENG)}
    with three.world() as world:
        ledger.set_status(world, groups.by_number(world, GROUP).account_id, "blocked")
    for number in (WANJIRU, ACHIENG):
        join(three, number, buy)
    for _ in range(12):
        three.post()
        nightly.look_after_commons(three.site)
        three.clock.passes(hours=2)
    settle(three)

    assert held_alike(three) == 0
    assert {number: three.balance(number) for number in before} == before
    with three.world() as world:
        assert rows.not_ended(world, three.member(world, ACHIENG).id) == 0


def test_what_cannot_move_holds_up_nobody(three: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buys, "LOOKED_AFTER", 1)
    for n, number in enumerate((WANJIRU, ACHIENG)):
        buy = start(three, 3, f"b{n}")
        join(three, number, buy)
        three.post()
        with three.world() as world:
            buys.stop_buy(world, WANJIRU, GROUP, buy)
    with three.world() as world:
        ledger.set_status(world, three.account_id(WANJIRU), "blocked")
    before = three.balance(ACHIENG)
    for _ in range(4):
        nightly.look_after_commons(three.site)
        three.post()
    assert three.balance(ACHIENG) == before + 100_00


def test_what_is_in_escrow_is_not_turned_back_beside_it(three: Village) -> None:
    buy = start(three, 3)
    join(three, ACHIENG, buy)
    three.post()
    with three.world() as world:
        share = rows.shares_of(world, int(buy))[0]
        refused = ledger.reverse(world, share.transfer_id, key="staff", authority="staff")
        assert isinstance(refused, NotTaken)
    three.post()
    assert held_alike(three) == 100_00


acts = st.lists(
    st.tuples(st.sampled_from(["start", "join", "join", "join", "stop", "clock", "post", "days"]), st.sampled_from(sorted(PINS)), st.integers(0, 2)),
    max_size=14,
)


@given(acts)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_escrow_is_what_is_open_after_any_sequence(sqlite_village: Village, sequence: list[tuple[str, str, int]]) -> None:
    village = sqlite_village
    with village.world() as world:
        from gateway.members import rows as members

        new = members.by_number(world, WANJIRU) is None
    if new:
        from tests.test_groups import chama

        chama(village)
        with village.world() as world:
            groups.put(world, groups.by_number(world, GROUP).id, village.member(world, ACHIENG).id, state="member")
    for n, (act, number, which) in enumerate(sequence):
        with village.world() as world:
            there = rows.buys_of(world, groups.by_number(world, GROUP).id, ("open", "filled", "back"), 3)
        buy = str(there[which].id) if which < len(there) else "1"
        key = f"{village.clock():%s%f}{n}"
        with village.world() as world:
            if act == "start":
                buys.start_buy(world, number, GROUP, "a pump", 20_00, which + 2, "7", key)
            elif act == "stop":
                buys.stop_buy(world, number, GROUP, buy)
        if act == "join":
            join(village, number, buy, key)
        elif act == "clock":
            nightly.look_after_commons(village.site)
        elif act == "post":
            village.post()
        elif act == "days":
            village.clock.passes(days=4)
    settle(village)
    held_alike(village)
    assert village.money_of_all() == 0


@pytest.mark.parametrize("kind", ["rule", "tool", "buy"])
def test_a_pin_in_words_is_dots(three: Village, kind: str) -> None:
    with three.world() as world:
        match kind:
            case "rule":
                rules.add_rule(world, WANJIRU, GROUP, "my pin is 4715", "p")
            case "tool":
                tools.lend_tool(world, WANJIRU, GROUP, "pin 4715", "p")
            case _:
                buys.start_buy(world, WANJIRU, GROUP, "pin 4715", 100_00, 2, "7", "p")
        kept = [value for table in (rows.rules, rows.tools, rows.buys) for row in world.read.execute(table.select()) for value in row if isinstance(value, str)]
    assert kept
    assert not any(where("4715", value) for value in kept)


def test_a_facilitator_sees_it_and_can_end_it(three: Village) -> None:
    tool, buy = lent(three), start(three, 3)
    join(three, ACHIENG, buy)
    with three.world() as world:
        rules.add_rule(world, WANJIRU, GROUP, "who is late pays 10", "r1")
        rule = rules.group_rules(world, WANJIRU, GROUP)[0].value
    three.post()
    web, there = operator(three, "facilitator"), f"groups/{GROUP}"
    shown = page(web, there)
    for said in ("who is late pays 10", "a wheelbarrow", "a pump", "1 of 3"):
        assert said in shown
    press(web, f"{there}/rules/{rule}", there)
    press(web, f"{there}/tools/{tool}", there)
    press(web, f"{there}/buys/{buy}", there)
    assert "That has changed meanwhile." in press(web, f"{there}/buys/{buy}", there)
    settle(three)
    assert held_alike(three) == 0
    shown = page(web, there)
    assert "who is late pays 10" not in shown
    assert "a wheelbarrow" not in shown
    assert "went back" in shown
