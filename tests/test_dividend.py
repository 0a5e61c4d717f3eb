"""The dividend: to the last cent, capped, shown before, agreed to by another, paid once for a month."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.community import rows as community
from gateway.community.bargain import rows as bargain
from gateway.community.bargain.model import Sides
from gateway.community.dividend import verbs
from gateway.community.dividend.model import capped, shares
from gateway.community.dividend.verbs import NoDividend
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Wish
from gateway.ledger.proof.facts import verify
from gateway.members import rows as members
from gateway.money import bulk, bulk_rows, rewards
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village
from tests.money.hands import agree, walk

NOVEMBER = dt.date(2026, 11, 1)
counts = st.dictionaries(st.integers(1, 30), st.integers(0, 500), max_size=20)


@given(st.integers(1, 10**7), counts, counts)
def test_the_shares_are_the_sum_to_the_last_cent_and_nearly_what_the_formula_says(budget: int, used: dict[int, int], helped: dict[int, int]) -> None:
    given_ = shares(budget, used, helped)
    u, h = capped(used), capped(helped)

    assert sum(given_.values()) == (budget if u or h else 0)
    assert all(share > 0 for share in given_.values())
    for whose in {*u, *h}:
        parts = [Fraction(some.get(whose, 0), sum(some.values())) for some in (u, h) if some]
        assert abs(given_.get(whose, 0) - budget * sum(parts) / len(parts)) < 1


@given(counts)
def test_nobody_takes_more_than_nineteen_of_twenty_have(some: dict[int, int]) -> None:
    most = max(capped(some).values(), default=0)

    assert sum(count > most for count in some.values()) <= max(0.05 * sum(count > 0 for count in some.values()), 1)  # of few: all but the first


def lived(village: Village) -> None:
    """Wanjiru pays twice in November, Otieno once; Achieng is thanked by both; and then it is December."""
    village.everybody()
    for amount in ("100", "120"):
        walk(village, WANJIRU, "2", "1", "0722000002", amount, "4715")
    walk(village, OTIENO, "2", "1", "0733000003", "50", "5839")
    with village.world() as world:
        ids = {number: village.member(world, number).id for number in (WANJIRU, OTIENO, ACHIENG)}
        rewards.fund(world, 1_000_00, key="budget", by="board", money=True)
        for n, giver in enumerate((WANJIRU, OTIENO, OTIENO)):  # two thanks of one giver are one
            community.add_thanks(world, giver_id=ids[giver], helper_id=ids[ACHIENG], ref=f"t{n}")


def test_a_month_is_counted_kept_agreed_to_and_paid_once(village: Village) -> None:
    lived(village)
    with village.world() as world, pytest.raises(NoDividend, match="not over yet"):
        verbs.count(world, NOVEMBER, 100_00)
    village.clock.passes(days=8)
    before = {number: village.balance(number) for number in (WANJIRU, OTIENO, ACHIENG)}
    with village.world() as world:
        counted = verbs.count(world, NOVEMBER, 100_00)
        ids = {village.member(world, number).id: number for number in (WANJIRU, OTIENO, ACHIENG)}
        assert {ids[whose]: share for whose, share in counted.given.items()} == {WANJIRU: 25_00, OTIENO: 25_00, ACHIENG: 50_00}  # one other is one
        id = verbs.keep(world, counted, "amina")
        with pytest.raises(NoDividend, match="has a run already"):
            verbs.keep(world, counted, "amina")
    assert {number: village.balance(number) for number in before} == before  # nothing moves before another has agreed
    agree(village, "bulk", {"batch_id": id})
    village.post()

    assert {number: village.balance(number) - before[number] for number in before} == {WANJIRU: 25_00, OTIENO: 25_00, ACHIENG: 50_00}
    assert village.sms(ACHIENG)[-1].startswith("Fungu lako la tulichojenga pamoja 11/2026: KES 50.")
    with village.world() as world:
        bulk.go_on(world, id)
        assert verify(world) == []
        with pytest.raises(NoDividend, match="has a run already"):
            verbs.keep(world, counted, "amina")


def test_what_was_thrown_away_is_counted_anew_and_who_left_has_no_share(village: Village) -> None:
    lived(village)
    village.clock.passes(days=8)
    with village.world() as world:
        first = verbs.keep(world, verbs.count(world, NOVEMBER, 100_00), "amina")
        assert bulk.cancel(world, first)
        members.change_member(world, village.member(world, OTIENO).id, status="left")
        counted = verbs.count(world, NOVEMBER, 100_00)
        assert verbs.keep(world, counted, "amina") != first
        assert counted.total == 100_00
        assert village.member(world, OTIENO).id not in counted.given
        with pytest.raises(NoDividend, match="nobody used"):
            verbs.count(world, dt.date(2026, 10, 1), 100_00)


def test_the_page_shows_every_share_before_anything_is_kept(village: Village) -> None:
    lived(village)
    village.clock.passes(days=8)
    web = operator(village, "maker")
    shown = page(web, "dividend?month=2026-11&amount=100")
    assert re.search(r"Achieng.*?KES 50", shown, re.S)
    with village.world() as world:
        assert bulk.runs_of(world, "dividend") == []

    kept = press(web, "dividend", "dividend?month=2026-11&amount=100", month="2026-11", amount="100")
    assert "Kept. Look at it once more" in kept
    assert "Ask a second person to agree" in kept
    assert "Not kept: this month has a run already." in press(web, "dividend", "dividend?month=2026-11&amount=100", month="2026-11", amount="100")
    for asked in ("month=2026-13&amount=5", "month=2026-11&amount=none", "month=x&amount=5", "month=2027-01&amount=5"):
        assert web.get(f"/console/dividend?{asked}").status_code == 302
    assert "Is it right?" not in page(operator(village, "auditor"), "dividend?month=2026-11&amount=100")


def test_it_is_paid_from_the_budget_and_waits_for_it(village: Village) -> None:
    lived(village)
    village.post()
    village.clock.passes(days=8)
    with village.world() as world:
        with pytest.raises(NoDividend, match="the budget of money has KES 1,000 left"):
            verbs.keep(world, verbs.count(world, NOVEMBER, 1_000_01), "amina")
        id = verbs.keep(world, verbs.count(world, NOVEMBER, 100_00), "amina")
        budget = ledger_rows.account(world, world.system_accounts["REWARDS"]).id
        ledger.reserve(world, Wish("inttransfer", budget, world.system_accounts["CAPITAL"], 960_00, "test", "less", "t"))
    village.post()
    agree(village, "bulk", {"batch_id": id})
    village.post()
    with village.world() as world:
        assert bulk_rows.count_lines(world, id)["ready"][0] >= 1  # 40 are there: what does not fit waits, and is not lost
        rewards.fund(world, 960_00, key="more", by="board", money=True)
    village.post()
    for _ in range(2):
        with village.world() as world:
            bulk.go_on(world, id)
        village.post()
    with village.world() as world:
        bulk.go_on(world, id)
        assert bulk_rows.count_lines(world, id) == {"posted": (3, 100_00)}
        assert verify(world) == []


def test_a_month_beyond_all_calendars_is_refused(village: Village) -> None:
    village.everybody()
    web = operator(village, "maker")
    for month in ("9999-12", "0001-01"):
        assert web.get(f"/console/dividend?month={month}&amount=5").status_code == 302


def test_a_part_of_what_was_saved_is_computed_less_what_was_given_back(village: Village) -> None:
    lived(village)
    village.clock.passes(days=8)
    with village.world() as world:
        with pytest.raises(NoDividend, match="not counted yet"):
            verbs.worth_sharing(world, NOVEMBER, 20)
        bargain.put_month(world, "2026-11", Sides(fees=0, rewards=50_00, dividend=0, time=0, staff=550_50, given=0))
        assert verbs.worth_sharing(world, NOVEMBER, 20) == 100_10
        for percent in (0, 51):
            with pytest.raises(NoDividend, match="1 to 50"):
                verbs.worth_sharing(world, NOVEMBER, percent)
        bargain.put_month(world, "2026-10", Sides(fees=0, rewards=50_00, dividend=0, time=0, staff=50_00, given=0))
        with pytest.raises(NoDividend, match="nothing was saved"):
            verbs.worth_sharing(world, dt.date(2026, 10, 1), 20)
    web = operator(village, "maker")
    shown = page(web, "dividend?month=2026-11&percent=20")
    assert "KES 100.10" in shown
    assert 'value="100.10"' in shown
    assert "1 to 50" in web.get("/console/dividend?month=2026-11&percent=99", follow_redirects=True).get_data(as_text=True)
