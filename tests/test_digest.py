"""The weekly digest comes once, on Friday, to who wants it; points become savings once, or not at all; time given is counted from the hops."""

from __future__ import annotations

import datetime as dt

from gateway.community import digest, minutes, monthly, points
from gateway.community.items import voice_rows
from gateway.community.points import NotNow, PointsUsed, TooFewPoints
from gateway.ledger import rows as ledger_rows
from gateway.ledger import verbs as ledger
from gateway.ledger.model import Reserved, Wish
from gateway.ledger.proof.facts import verify
from gateway.members import rows as members
from gateway.members.model import WrongPin
from gateway.money import produce, rewards
from gateway.money import rows as money_rows
from gateway.money.tables import produce_prices
from gateway.records import rows as records
from menus.answers import Secret
from tests.cast import ACHIENG, MONDAY, OTIENO, SHORTCODE, WANJIRU, Village

FRIDAY = MONDAY + dt.timedelta(days=4)


def want(village: Village, *numbers: str) -> None:
    with village.world() as world:
        for number in numbers:
            digest.choose_digest(world, number, "yes")


def on_friday(village: Village) -> None:
    village.clock.at = FRIDAY


def test_it_comes_once_on_friday_to_who_wants_it(village: Village) -> None:
    village.everybody()
    want(village, WANJIRU, ACHIENG)
    with village.world() as world:
        assert digest.write_some(world) == 0  # it is Monday
    on_friday(village)
    for expected in (2, 0, 0):
        with village.world() as world:
            assert digest.write_some(world) == expected
    assert [len(village.sms(number)) for number in (WANJIRU, OTIENO, ACHIENG)] == [1, 0, 1]
    village.clock.passes(days=7)
    with village.world() as world:
        digest.choose_digest(world, ACHIENG, "no")
        assert digest.write_some(world) == 1


def test_it_goes_on_where_it_stopped_and_nobody_has_it_twice(village: Village, monkeypatch) -> None:
    village.everybody()
    want(village, WANJIRU, OTIENO, ACHIENG)
    on_friday(village)
    monkeypatch.setattr(digest, "BATCH", 1)
    try:
        with village.world() as world:
            assert digest.write_some(world) == 1
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass  # the process died before it was kept
    written = []
    for _ in range(5):
        with village.world() as world:
            written.append(digest.write_some(world))
    assert written == [1, 1, 1, 0, 0]
    assert [len(village.sms(number)) for number in (WANJIRU, OTIENO, ACHIENG)] == [1, 1, 1]


def test_the_staff_lets_it_rest_and_who_said_stop_has_none(village: Village) -> None:
    village.everybody()
    want(village, WANJIRU, OTIENO)
    village.phone(OTIENO).texts("STOP", "20417")
    village.workers_run()
    before = len(village.sms(OTIENO))  # the answer to STOP
    on_friday(village)
    with village.world() as world:
        voice_rows.turn(world, "digest", off=True, why="the SMS cost too much", by="grace")
        assert digest.write_some(world) == 0
    with village.world() as world:
        voice_rows.turn(world, "digest", off=False, why="", by="grace")
        digest.write_some(world)
    assert (len(village.sms(WANJIRU)), len(village.sms(OTIENO))) == (1, before)


def earned(village: Village, number: str, count: int, money: int) -> None:
    with village.world() as world:
        rewards.fund(world, 1_000, key="points", by="t")
        if money:
            rewards.fund(world, money, key="money", by="t", money=True)
    village.post()
    with village.world() as world:
        rewards.reward(world, members.by_number(world, number), count, "thanks", key="earned", by="t")
    village.post()


def held(village: Village, number: str) -> int:
    with village.world() as world:
        return points.points(world, number)


def test_points_become_savings_once_and_only_for_the_right_pin(village: Village) -> None:
    village.everybody()
    earned(village, OTIENO, 37, 10_000)
    with village.world() as world:
        assert points.quote_points(world, OTIENO).used == 35
        assert isinstance(points.use_points(world, OTIENO, 35, Secret("1111"), "t1"), WrongPin)
    for _ in range(2):  # the very turn comes twice: once it is paid
        with village.world() as world:
            assert isinstance(points.use_points(world, OTIENO, 35, Secret("5839"), "t2"), PointsUsed)
        village.post()
    assert (held(village, OTIENO), village.balance(OTIENO)) == (2, 700)
    with village.world() as world:
        assert isinstance(points.quote_points(world, OTIENO), TooFewPoints)
        assert verify(world) == []


def test_points_stay_where_there_is_no_money_for_them(village: Village) -> None:
    village.everybody()
    earned(village, OTIENO, 50, 500)  # five shillings: less than fifty points are worth
    with village.world() as world:
        assert isinstance(points.use_points(world, OTIENO, 50, Secret("5839"), "t1"), NotNow)
    village.post()
    assert (held(village, OTIENO), village.balance(OTIENO)) == (50, 0)
    with village.world() as world:
        assert ledger_rows.account(world, world.system_accounts["REWARDS"]).available == 500
        assert isinstance(points.use_points(world, OTIENO, 25, Secret("5839"), "t2"), PointsUsed)
        assert isinstance(points.use_points(world, OTIENO, 25, Secret("5839"), "t3"), NotNow)


def test_minutes_given_are_those_for_others_and_an_open_phone_counts_a_minute_at_most(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials("")
    village.clock.passes(seconds=5)
    phone.types("5")
    village.clock.passes(seconds=20)
    phone.types("3")
    village.clock.passes(hours=2)
    phone.types("A bridge over the river")
    village.workers_run()
    with village.world() as world:
        own, others = minutes.spans(records.hops_of_number(world, WANJIRU, MONDAY))[WANJIRU]
        assert 4 < own < 30
        assert 60 <= others < 90
        assert points.minutes_given(world, OTIENO) == 0
        assert minutes.given(world, MONDAY, MONDAY + dt.timedelta(days=1), 10_000).keys() == {WANJIRU}


def test_the_five_minutes_of_a_month_are_told_to_who_gave_them_and_to_nobody_of_nothing(village: Village) -> None:
    village.everybody()
    want(village, WANJIRU, OTIENO)
    phone = village.phone(WANJIRU)
    for _ in range(4):  # she reads a question and thinks about it, five times
        phone.dials("*384*20417*4*3#")
        village.clock.passes(seconds=50)
        phone.types("0")
    village.workers_run()
    village.clock.at = dt.datetime(2026, 12, 2, 7, 0, tzinfo=dt.UTC)
    with village.world() as world:
        assert monthly.write_some(world) == 2
        assert monthly.write_some(world) == 0
    (said,) = village.sms(WANJIRU)
    assert "in 11/2026 you gave 3 min" in said
    assert not village.sms(OTIENO)
    since, until = (at.astimezone(dt.UTC) for at in (dt.datetime(2026, 11, 1, tzinfo=dt.UTC), dt.datetime(2026, 12, 1, tzinfo=dt.UTC)))
    with village.world() as world:
        steps = list(records.hops_between(world, since, until, 10_000))
        assert round(minutes.spans(steps)[WANJIRU][1] / 60) == 3


def test_the_share_of_a_month_stands_in_its_five_minutes(village: Village) -> None:
    village.everybody()
    want(village, WANJIRU, OTIENO)
    for number in (WANJIRU, OTIENO):
        phone = village.phone(number)
        phone.dials("*384*20417*4*3#")
        village.clock.passes(seconds=50)
        phone.types("0")
    with village.world() as world:
        rewards.fund(world, 20_000, key="f", by="t", money=True)
    village.post()
    with village.world() as world:
        budget, account = world.system_accounts[ledger.REWARDS], village.account_id(WANJIRU)
        share = Wish("disbursement", budget, account, 1_250, "bulk", "share", "t", subtype="dividend", free=True)
        assert isinstance(ledger.reserve(world, share), Reserved)
    village.post()
    village.workers_run()
    village.clock.at = dt.datetime(2026, 12, 2, 7, 0, tzinfo=dt.UTC)
    with village.world() as world:
        assert monthly.write_some(world) == 2
    assert "Share paid: KES 12.50." in village.sms(WANJIRU)[-1]
    assert "share" not in village.sms(OTIENO)[-1]


def milk_has_a_price(village: Village) -> None:
    with village.world() as world:
        money_rows.add(world, produce_prices, product="milk", unit="kg", price=45_00, valid_from=world.now() - dt.timedelta(days=1))


def test_who_brought_milk_reads_of_it_first(village: Village) -> None:
    village.everybody()
    want(village, WANJIRU, OTIENO)
    on_friday(village)
    milk_has_a_price(village)
    with village.world() as world:
        for n, thousandths in enumerate((12_500, 8_000)):
            produce.write_delivery(
                world, member=members.by_number(world, WANJIRU), product="milk", thousandths=thousandths, clerk="Mutua", centre="Kiboko", key=f"m{n}",
                day=dt.date(2026, 11, 26),
            )  # fmt: skip
    with village.world() as world:
        digest.write_some(world)
    assert "this week: 20.5 kg." in village.sms(WANJIRU)[-1]
    assert "kg" not in village.sms(OTIENO)[-1]


def test_the_balance_names_what_else_there_is_and_nothing_that_is_not(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        assert points.other_accounts(world, WANJIRU) == ""
        rewards.fund(world, 100, key="f", by="board")
    milk_has_a_price(village)
    village.post()
    with village.world() as world:
        rewards.reward(world, members.by_number(world, WANJIRU), 30, "thanks", key="p", by="seed")
        produce.write_delivery(
            world, member=members.by_number(world, WANJIRU), product="milk", thousandths=10_000, clerk="Mutua", centre="Kiboko", key="m",
            day=world.organisation.local(world.now()).date(),
        )  # fmt: skip
    village.post()
    with village.world() as world:
        due = produce.produce_due(world, WANJIRU)
        assert str(due) == "KES 450"
        assert points.other_accounts(world, WANJIRU) == " Produce KES 450. Points 30."
    village.phone(WANJIRU).texts("BAL", SHORTCODE)
    assert "Produce KES 450. Points 30." in village.sms(WANJIRU)[-1]
