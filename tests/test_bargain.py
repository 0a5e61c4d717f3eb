"""Is it fair: both sides counted to the cent from what happened, shown to members, and a brake when they get too little."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.community import saved
from gateway.community.bargain import rows, verbs
from gateway.community.bargain.model import Rates, Served, Sides, served, unfair
from gateway.community.bargain.verbs import NotHandedOver
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Wish
from gateway.members import rows as members
from gateway.money import rewards
from tests.browser import operator, page, press, sign_in
from tests.cast import ACHIENG, MONDAY, OTIENO, WANJIRU, Village, crowd
from tests.money.hands import walk
from workers import nightly

sums = st.integers(0, 10**9)
POOR, GOOD = Sides(0, 0, 0, 49, 100, 0), Sides(0, 0, 0, 50, 100, 0)


@given(sums, sums, sums, st.integers(-(10**9), 10**9), sums, sums)
def test_a_share_is_what_came_back_of_a_hundred_and_never_below_nothing(fees: int, rewards_: int, dividend: int, time: int, staff: int, given_: int) -> None:
    sides = Sides(fees, rewards_, dividend, time, staff, given_)

    if staff + given_ == 0:
        assert sides.share is None
    else:
        assert sides.share is not None
        assert 0 <= sides.share <= 999
        if sides.share < 999 and sides.got >= 0:
            assert abs(sides.share - 100 * sides.got / sides.made) <= 0.5


def test_two_poor_months_stop_it_and_one_good_or_unknown_month_does_not() -> None:
    assert unfair([POOR, POOR])
    assert not any(unfair(months) for months in ([POOR, GOOD], [GOOD, POOR], [POOR, None], [None, POOR], [POOR], [], [POOR, Sides(0, 0, 0, 9, 0, 0)]))


@dataclass(frozen=True)
class Step:
    number: str
    call: str
    label: str
    at: dt.datetime


def steps(call: str, *labels: str, number: str = WANJIRU) -> list[Step]:
    return [Step(number, call, label, MONDAY + dt.timedelta(seconds=20 * n)) for n, label in enumerate(labels)]


def test_every_cent_of_what_calls_cost_is_borne_by_what_was_done() -> None:
    ends = {"balance.show": "balance", "send.sent": "send", "airtime.under_way": "airtime"}
    some = [
        *steps("a", "home.welcome", "balance.show", "send.to", "send.sent"),
        *steps("b", "home.welcome", "send.to"),
        *steps("c", "home.welcome", "send.sent", number=OTIENO + "/2"),
        *steps("d", "home.welcome"),
    ]
    soon, late = MONDAY + dt.timedelta(hours=71), MONDAY + dt.timedelta(hours=73)
    found = served(some, ends=ends, contacts={WANJIRU: [late], OTIENO: [soon]}, rates=Rates(0, 0, call=60, text=80, month=1_000), texts=3)

    assert {service: (one.begun, one.done, one.contained) for service, one in found.items()} == {"balance": (1, 1, 1), "send": (3, 2, 1), "airtime": (0, 0, 0)}
    assert sum(one.cost for one in found.values()) == pytest.approx(4 * 60 + 3 * 80 + 1_000)
    assert found["balance"].cost == pytest.approx(30 + (2 * 60 + 3 * 80 + 1_000) / 3)  # half of its call, a third of the rest
    assert found["airtime"].each is None
    assert Served(4, 2, 1, 90.0).each == 45.0


def lived(village: Village) -> None:
    """Wanjiru sends and looks at her balance in November, Otieno uses points; every service takes an hour, and ten minutes of staff."""
    village.everybody()
    phone = village.phone(WANJIRU)
    walk(village, WANJIRU, "2", "1", "0722000002", "100", "4715")
    phone.dials("*384*20417*1*1#")
    with village.world() as world:
        for service in saved.SERVICES:
            saved.write_counter(world, service, 60, 10, "grace", dearer=25_00)
        rewards.fund(world, 1_000_00, key="budget", by="board", money=True)
        rewards.fund(world, 1_000, key="points", by="board")
    village.post()
    with village.world() as world:
        rewards.reward(world, members.by_number(world, OTIENO), 100, "thanks", key="r", by="test")
    village.post()
    walk(village, OTIENO, "6", "3", "1", "5839")
    village.workers_run()


def test_a_month_is_what_happened_in_it_at_what_it_is_worth(village: Village) -> None:
    lived(village)
    with village.world() as world:
        assert verbs.count_months(world) == 0  # nobody has said what an hour is worth
        assert not verbs.count_again(world)
        rows.put_rates(world, Rates(60_00, 300_00), "grace")
    village.clock.passes(days=10)
    nightly.count_fair_share(village.site)
    with village.world() as world:
        (month, sides), (_, before) = rows.last_months(world, 5)
    assert (before.made, before.got) == (0, 0)  # the month before had nobody
    assert month == f"{MONDAY:%Y-%m}"
    assert (sides.fees, sides.rewards, sides.dividend) == (2 * 25_00, 20_00, 0)  # 100 points were used
    assert sides.staff == 2 * 10 * 5_00
    assert 118_00 <= sides.time <= 120_00  # two hours less the seconds of the calls
    assert sides.share == round(100 * (50_00 + 20_00 + sides.time) / (100_00 + sides.given))
    with village.world() as world:
        rows.put_rates(world, Rates(0, 300_00), "grace")
        assert verbs.count_months(world) == 0  # it is counted once, until a person asks for it again
        assert verbs.count_again(world)
        assert rows.month_here(world, month) == Sides(50_00, 20_00, 0, 0, 100_00, 0)


def poor(world, *months: str) -> None:
    for month in months:
        rows.put_month(world, month, POOR)


def test_nothing_more_is_handed_over_while_members_get_too_little(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        assert verbs.write_process(world, "Paying for milk")
        assert not verbs.write_process(world, "Paying for milk")
        one = rows.processes_here(world)[0]
        verbs.hand_over(world, one, "shared", why="they asked", by="grace")
        with pytest.raises(NotHandedOver, match="there already"):
            verbs.hand_over(world, rows.processes_here(world)[0], "shared", why="again", by="grace")
        with pytest.raises(NotHandedOver, match="just moved it"):
            verbs.hand_over(world, one, "members", why="at once", by="amina")  # of two at once, one
        poor(world, "2026-10", "2026-09")
        one = rows.processes_here(world)[0]
        with pytest.raises(NotHandedOver, match="less than half"):
            verbs.hand_over(world, one, "members", why="more", by="grace")
        verbs.hand_over(world, one, "staff", why="it went badly", by="grace")  # backwards is always open
        rows.put_month(world, "2026-10", GOOD)
        verbs.hand_over(world, rows.processes_here(world)[0], "automatic", why="now", by="grace")
        rows.put_month(world, "2026-10", POOR)
        with pytest.raises(NotHandedOver, match="less than half"):
            verbs.hand_over(world, rows.processes_here(world)[0], "members", why="back to hands", by="grace")  # it is more work for members
        assert [(before, after) for _, before, after, *_ in rows.handovers_here(world, 9)] == [
            ("staff", "automatic"), ("shared", "staff"), ("staff", "shared"),
        ]  # fmt: skip


def test_trust_is_asked_once_a_quarter_and_shown_of_enough_when_it_is_over(village: Village) -> None:
    village.everybody()
    village.clock.passes(days=45)  # a new quarter
    with village.world() as world:
        members.change_member(world, members.by_number(world, ACHIENG).id, made_at=world.now())
        assert [verbs.is_asked_about_trust(world, number) for number in (WANJIRU, ACHIENG)] == [True, False]
        verbs.say_trust(world, WANJIRU, "no")
        verbs.say_trust(world, WANJIRU, "yes")  # pressed twice, or another mind: one answer
        assert not verbs.is_asked_about_trust(world, WANJIRU)
        verbs.say_trust(world, OTIENO, "skip")
        assert rows.trust_by_quarter(world, 4) == [("2027-1", {"yes": 1})]
        for n, number in enumerate(crowd(world, 4)):
            verbs.say_trust(world, number, "no" if n else "unsure")
        assert isinstance(verbs.look_at_trust(world, OTIENO), verbs.TrustLater)  # while it runs, each answer would show
    assert re.search(r"2027 Q1.*?–.*?–.*?–.*?5<", page(sign_in(village)[0], "fair"), re.S)
    village.clock.passes(days=90)
    with village.world() as world:
        shown = verbs.look_at_trust(world, OTIENO)
        assert isinstance(shown, verbs.TrustShown)
        assert (shown.quarter, shown.trusting, shown.answered) == ("2027/1", 20, 5)
        assert verbs.is_asked_about_trust(world, WANJIRU)
    web = sign_in(village)[0]
    assert re.search(r"2027 Q1.*?20 of 100.*?20 of 100.*?60 of 100.*?5<", page(web, "fair"), re.S)
    assert re.search(r"Trust.*?20 of 100", page(web, "measures"), re.S)
    village.clock.passes(days=92)
    with village.world() as world:
        assert isinstance(verbs.look_at_trust(world, OTIENO), verbs.TrustLater)  # nobody answered in the next


def test_money_that_staff_take_back_is_no_reward(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        rewards.fund(world, 1_000_00, key="budget", by="board", money=True)
        codes = world.system_accounts
        ledger.reserve(world, Wish("inttransfer", codes[ledger.REWARDS], codes[ledger.CAPITAL], 300_00, "office", "back", "board", subtype="adjustment"))
    village.post()
    village.clock.passes(days=10)
    with village.world() as world:
        assert verbs.count(world, 1, Rates(60_00, 300_00)).rewards == 0


def test_a_month_whose_traces_are_gone_keeps_what_was_counted(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        rows.put_rates(world, Rates(60_00, 300_00), "grace")
    village.clock.at = dt.datetime(2027, 1, 31, 9, tzinfo=dt.UTC)
    with village.world() as world:
        poor(world, "2026-11")
        assert verbs.count_months(world) == 1  # December; November begins more than 90 days ago
        assert verbs.count_again(world)
        assert rows.month_here(world, "2026-11") == POOR


@pytest.mark.parametrize(("minor", "said"), [(99, "KES 0"), (1_234_50, "KES 1,234"), (9_999_999_99, "KES 9,999,999"), (10_000_000_00, "KES 10m")])
def test_large_sums_are_said_in_millions(sqlite_village: Village, minor: int, said: str) -> None:
    with sqlite_village.world() as world:
        assert verbs._worth(world, minor) == said


def test_staff_count_hand_over_and_are_stopped_on_the_page(village: Village) -> None:
    lived(village)
    village.clock.passes(days=10)
    web = operator(village, "facilitator")
    assert "Say first what an hour is worth" in web.post("/console/fair/count", data=_csrf(web), follow_redirects=True).get_data(as_text=True)
    for hour in ("much", " "):
        assert "Amounts are needed" in press(web, "fair/rates", "fair", hour=hour, staff_hour="300")
    assert "Kept." in press(web, "fair/rates", "fair", hour="60", staff_hour="300", call="0.50", text="0.8", month="")
    with village.world() as world:
        assert rows.rates_here(world) == Rates(60_00, 300_00, 50, 80, 0)
        verbs.count_months(world)
    assert 'value="0.50"' in page(web, "fair")
    assert "counted again" in press(web, "fair/count", "fair")
    shown = page(web, "fair")
    assert re.search(r"2026-11.*?KES 50.*?KES 20.*?KES 100", shown, re.S)
    assert re.search(r"balance.*?100 of 100.*?KES.*?KES 50", shown, re.S)
    assert "Written down." in press(web, "fair/work", "fair", name="Paying for milk")
    assert "It stands there already" in press(web, "fair/work", "fair", name="Paying for milk")
    assert "A name of at most" in press(web, "fair/work", "fair", name="  ")
    for odd in ("\u200b", "牛奶", "12"):
        assert "plain letters" in press(web, "fair/work", "fair", name=odd)
    press(web, "fair/work", "fair", name="A mistake")
    with village.world() as world:
        mistake, milk = (str(one.id) for one in rows.processes_here(world))
    assert "Taken off." in press(web, f"fair/work/{mistake}", "fair")
    with village.world() as world:
        id = str(rows.processes_here(world)[0].id)
    for blank in ("", "   "):
        assert "a reason are needed" in press(web, "fair/handover", "fair", work=id, hands="members", why=blank)
    assert "Paying for milk: now staff and members" in press(web, "fair/handover", "fair", work=id, hands="shared", why="they asked")
    assert "that is history" in web.post(f"/console/fair/work/{milk}", data=_csrf(web), follow_redirects=True).get_data(as_text=True)
    with village.world() as world:
        poor(world, "2026-11", "2026-10")
    assert "stopped: members get too little" in page(web, "fair")
    assert "less than half" in press(web, "fair/handover", "fair", work=id, hands="members", why="more")
    assert "What things are worth here" not in page(operator(village, "auditor"), "fair")
    assert "Paying for milk: staff and members" in village.phone(WANJIRU).dials("*384*20417*5*98*6*2*1#")


def _csrf(web) -> dict[str, str]:
    return {"csrf_token": re.search(r'name="csrf_token" value="([^"]+)"', page(web, "fair"))[1]}


def test_how_long_a_call_took_says_what_is_still_hard(village: Village) -> None:
    village.everybody()
    for number in (WANJIRU, OTIENO):
        village.phone(number).dials("*384*20417*6*1*3#")
        village.phone(number).types("1")
    web = sign_in(village)[0]
    first, second = re.findall(r'action="/console/(calls/\d+)"', page(web, "calls"))
    assert "Minutes are a whole number" in press(web, first, "calls", minutes="-5")
    assert "Noted." in press(web, first, "calls", minutes="12")
    assert "Somebody has called already" in web.post(f"/console/{first}", data=_csrf(web), follow_redirects=True).get_data(as_text=True)
    assert "Noted." in press(web, second, "calls", minutes="")
    assert re.search(r"What is still hard.*?12 min", page(web, "measures"), re.S)
