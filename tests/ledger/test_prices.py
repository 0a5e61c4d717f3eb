"""Tariffs and limits amount by amount, with the dates from which they hold, and counted when many act at once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import exc

from gateway.ledger import facts, rows, verbs
from gateway.ledger.model import FeeMoved, NotTaken, OverLimit, Reserved, Wish
from gateway.ledger.prices import rows as prices
from gateway.ledger.prices.model import ANY_TIER, Band, Limit, PriceList, Tariff, gaps
from gateway.ledger.proof.facts import verify
from tests.cast import OTIENO, WANJIRU, Village
from tests.ledger.tables import MPESA_2021, MPESA_2024, MTN_UGANDA_2024, TIERS, UGANDA_TAX

JAN_2021, JUL_2023, MAR_2024 = (dt.datetime(*day, tzinfo=dt.UTC) for day in ((2021, 1, 5), (2023, 7, 1), (2024, 3, 1)))


def bands(table: Any, column: int, scale: int, **more: int) -> tuple[Band, ...]:
    return tuple(Band((low - 1) * scale + 1, high * scale, fee * scale, **more) for low, high, *fees in table if (fee := fees[column]) is not None)


KENYA = PriceList(
    tariffs=(
        Tariff(1, "transfer", "KES", "source", "M-Pesa 2021", JAN_2021, bands(MPESA_2021, 0, 100)),
        Tariff(2, "transfer", "KES", "source", "M-Pesa 2024", JUL_2023, bands(MPESA_2024, 0, 100, tax_bp=1_500)),
        Tariff(3, "withdrawal", "KES", "source", "M-Pesa 2021", JAN_2021, bands(MPESA_2021, 1, 100)),
        Tariff(4, "withdrawal", "KES", "source", "M-Pesa 2024", JUL_2023, bands(MPESA_2024, 1, 100, tax_bp=1_500)),
    )
)
UGANDA = PriceList(
    tariffs=(
        Tariff(1, "transfer", "UGX", "source", "MTN 2024", JAN_2021, bands(MTN_UGANDA_2024, 0, 1)),
        Tariff(2, "withdrawal", "UGX", "source", "MTN 2024", JAN_2021, bands(MTN_UGANDA_2024, 1, 1, levy_bp=50)),
    )
)


@pytest.mark.parametrize(("kind", "column"), [("transfer", 0), ("withdrawal", 1)])
@pytest.mark.parametrize(
    ("table", "at"), [(MPESA_2021, JAN_2021), (MPESA_2021, JUL_2023 - dt.timedelta(microseconds=1)), (MPESA_2024, JUL_2023), (MPESA_2024, MAR_2024)]
)
def test_every_shilling_of_the_kenyan_tariffs(kind: str, column: int, table: Any, at: dt.datetime) -> None:
    for low, high, *fees in table:
        if fees[column] is None:
            continue
        for shillings in {low, low + 1, (low + high) // 2, high - 1, high} & set(range(low, high + 1)):
            assert KENYA.price(kind, "", "KES", shillings * 100, at).fee == fees[column] * 100, f"{kind} of KES {shillings}"
        assert KENYA.price(kind, "", "KES", high * 100 - 50, at).fee == fees[column] * 100, "cents belong to the shilling above"


def test_the_excise_in_a_kenyan_fee_is_what_the_printed_fee_holds() -> None:
    """A fee of 15 % excise: 115 holds 15; the two parts are always the whole."""
    for *_, fee, _ in MPESA_2024:
        price = Band(1, 10, fee * 100, tax_bp=1_500).price(5)
        assert price.fee == fee * 100
        assert abs(price.tax * 115 - price.fee * 15) <= 115 / 2


def test_every_band_of_the_ugandan_tariff_and_its_tax() -> None:
    for low, high, sending, withdrawing in MTN_UGANDA_2024:
        for amount in (low, high):
            assert UGANDA.price("transfer", "", "UGX", amount, MAR_2024).fee == sending
            taken = UGANDA.price("withdrawal", "", "UGX", amount, MAR_2024)
            assert taken.fee - taken.tax == withdrawing
            assert taken.tax == (amount * 5 + 500) // 1_000
    for amount, tax in UGANDA_TAX:
        assert UGANDA.price("withdrawal", "", "UGX", amount, MAR_2024).tax == tax


@pytest.mark.parametrize("tariff", [*KENYA.tariffs, *UGANDA.tariffs], ids=lambda one: f"{one.name} {one.kind}")
def test_no_tariff_has_a_gap_or_two_bands_for_an_amount(tariff: Tariff) -> None:
    assert gaps(tariff.bands) == []


def test_gaps_and_overlaps_are_named() -> None:
    assert gaps([Band(1, 10, 0), Band(12, 20, 0), Band(20, 30, 0)]) == ["amounts from 11 to 11 have no band", "amounts from 20 to 20 have two bands"]


@pytest.mark.parametrize(("amount", "fee"), [(1_000, 200), (10_000, 200), (30_000, 300), (100_000, 1_000), (900_000, 5_000)])
def test_a_share_has_its_least_and_its_most(amount: int, fee: int) -> None:
    assert Band(1, 10**9, 0, rate_bp=100, least=200, most=5_000).price(amount).fee == fee


# In the books.


def put_tariff(village: Village, kind: str, lines: tuple[Band, ...], *, payer: str = "source", days: float = 0) -> None:
    with village.world() as world:
        valid_from = village.clock.at + dt.timedelta(days=days)
        prices.add_tariff(world, kind=kind, currency="KES", payer=payer, name="Test", valid_from=valid_from, bands=lines)


def put_limit(
    village: Village, scope: str, *, most: int | None = None, times: int | None = None, kind: str = "*", tier: int = ANY_TIER, gives_back: bool = False
) -> None:
    with village.world() as world:
        prices.add_limit(
            world, kind=kind, currency="KES", scope=scope, tier=tier, most=most, times=times, gives_back=gives_back, valid_from=village.clock.at
        )  # fmt: skip


def ask(village: Village, key: str, amount: int, kind: str = "transfer", source: str = WANJIRU, destination: str = OTIENO, **more: Any) -> Any:
    source_id, destination_id = village.account_id(source), village.account_id(destination)
    with village.world() as world:
        return verbs.reserve(world, Wish(kind, source_id, destination_id, amount, "test", key, "test", **more))


def balances(village: Village, *codes: str) -> list[int]:
    with village.world() as world:
        return [rows.account_by_code(world, code).balance for code in codes]


def test_a_fee_and_its_tax_go_home_and_nothing_is_lost(village: Village) -> None:
    village.everybody()
    put_tariff(village, "withdrawal", (Band(1, 10**9, 700, tax_bp=1_500, levy_bp=50),))
    came = ask(village, "one", 20_000, "withdrawal")

    assert (came.transfer.fee, came.transfer.tax) == (800, 191)
    assert balances(village, "FEES", "TAX") == [609, 191]
    assert (village.balance(WANJIRU), village.balance(OTIENO)) == (50_000 - 20_800, 20_000)
    with village.world() as world:
        assert verify(world) == []


@pytest.mark.parametrize(
    ("payer", "wanjiru", "otieno", "subsidy"), [("source", 29_300, 20_000, 0), ("destination", 30_000, 19_300, 0), ("organisation", 30_000, 20_000, -700)]
)
def test_who_pays_the_fee(village: Village, payer: str, wanjiru: int, otieno: int, subsidy: int) -> None:
    village.everybody()
    put_tariff(village, "billpay", (Band(1, 10**9, 700),), payer=payer)
    ask(village, "one", 20_000, "billpay")

    assert (village.balance(WANJIRU), village.balance(OTIENO)) == (wanjiru, otieno)
    assert balances(village, "FEES", "SUBSIDY") == [700, subsidy]
    with village.world() as world:
        assert verify(world) == []


def test_the_fee_that_is_quoted_is_the_fee_that_is_charged(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        quoted = facts.fee(world, "transfer", 20_000)
    put_tariff(village, "transfer", (Band(1, 10**9, 900),))

    assert ask(village, "one", 20_000, quoted_fee=quoted) == FeeMoved(900)
    came = ask(village, "one", 20_000, quoted_fee=900)
    assert isinstance(came, Reserved)
    assert came.transfer.fee == 900


def test_a_tariff_holds_from_its_day(village: Village) -> None:
    village.everybody()
    put_tariff(village, "transfer", (Band(1, 10**9, 900),), days=1)
    assert ask(village, "one", 1_000).transfer.fee == 0
    village.clock.passes(days=1, seconds=5)

    assert ask(village, "two", 1_000).transfer.fee == 900


@pytest.mark.parametrize("country", TIERS)
def test_the_tiers_of_a_country(village: Village, country: str) -> None:
    """Each tier takes what it may and not one minor unit more: at once, in a day, in a month or a year, and held."""
    currency, digits, tiers = TIERS[country]
    scale = 10**digits
    with village.world() as world:
        rows.add_currency(world, currency, digits, currency)
        verbs.open_system_accounts(world, currency)
        for tier, (once, day, balance, longer) in tiers.items():
            spans = [("once", once), ("day", day), ("balance", balance), *([longer] if longer else [])]
            for scope, most in spans:
                if most is not None:
                    prices.add_limit(
                        world, kind="*", currency=currency, scope=scope, tier=tier, most=most * scale, times=None, gives_back=False, valid_from=village.clock.at
                    )
        accounts = {
            tier: [verbs.open_account(world, code=f"{country} {tier} {n}", name="Tier", currency=currency, tier=tier, floor=-(10**15)) for n in range(2)]
            for tier in tiers
        }
    for tier, (once, day, balance, longer) in tiers.items():
        source, destination = accounts[tier]
        spans = [("once", once), ("day", day), *([longer] if longer else [])]
        scope, most = min([one for one in spans if one[1] is not None], key=lambda one: one[1])
        held = min(most, balance) if balance is not None else most

        def wish(key: str, amount: int, source: int = source, destination: int = destination, tier: int = tier) -> Any:
            with village.world() as world:
                return verbs.reserve(world, Wish("transfer", source, destination, amount, "tier", f"{tier}-{key}", "test"))

        assert wish("over", most * scale + 1) == OverLimit(scope, most * scale)
        assert isinstance(wish("all", held * scale), Reserved)
        village.post()
        with village.world() as world:
            account = rows.account(world, destination)
            assert account.balance == held * scale
    with village.world() as world:
        assert verify(world) == []


def test_a_balance_limit_is_held_when_it_is_posted(village: Village) -> None:
    village.everybody()
    put_limit(village, "balance", most=30_000)
    village.workers_run_at_once = False
    first, second = ask(village, "one", 20_000), ask(village, "two", 20_000)
    village.post()

    with village.world() as world:
        states = [rows.transfer(world, one.transfer.id) for one in (first, second)]
    assert [(one.state, one.reason) for one in states if one] == [("posted", None), ("rejected", "the receiver would hold too much")]


def test_a_day_ends_at_midnight_of_the_organisation_and_a_month_with_its_last_day(village: Village) -> None:
    village.everybody()
    put_limit(village, "day", times=1)
    put_limit(village, "month", most=25_000)
    village.clock.at = dt.datetime(2026, 11, 30, 20, 59, 50, tzinfo=dt.UTC)  # 23:59:50 in Nairobi
    assert isinstance(ask(village, "one", 20_000), Reserved)
    assert ask(village, "two", 100) == OverLimit("day", 0)
    village.clock.at = dt.datetime(2026, 11, 30, 21, 0, 10, tzinfo=dt.UTC)  # 1 December there
    assert isinstance(ask(village, "three", 20_000), Reserved)
    village.clock.passes(days=1)

    assert ask(village, "four", 6_000) == OverLimit("month", 5_000)


@pytest.mark.parametrize(("gives_back", "left"), [(True, 30_000), (False, 10_000)])
def test_what_is_reversed_gives_back_or_not_as_the_limit_says(village: Village, gives_back: bool, left: int) -> None:
    village.everybody()
    put_limit(village, "day", most=30_000, kind="transfer", gives_back=gives_back)
    came = ask(village, "one", 20_000)
    with village.world() as world:
        verbs.reverse(world, came.transfer.id, key="back", authority="test")
    village.post()

    with village.world() as world:
        assert facts.left(world, rows.account(world, village.account_id(WANJIRU))) == left


def test_many_at_once_never_pass_a_limit(village: Village) -> None:
    village.everybody()
    put_limit(village, "day", most=10_000, kind="transfer")

    def send(n: int) -> Any:
        for _ in range(40):
            try:
                return ask(village, f"k{n}", 1_000)
            except exc.OperationalError:
                continue
        raise AssertionError("never got its turn")

    with ThreadPoolExecutor(8) as people:
        came = list(people.map(send, range(25)))

    assert sum(isinstance(one, Reserved) for one in came) == 10
    assert {one for one in came if not isinstance(one, Reserved)} == {OverLimit("day", 0)}


def test_the_closest_limit_is_the_newest_of_ones_own_tier() -> None:
    def limit(most: int, tier: int, at: dt.datetime) -> Limit:
        return Limit(1, "transfer", "KES", "day", tier, most, None, False, at)

    known = PriceList(limits=(limit(5, 2, JAN_2021), limit(1, ANY_TIER, MAR_2024), limit(7, 2, JUL_2023), limit(9, 2, MAR_2024 + dt.timedelta(days=9))))

    assert [one.most for one in known.limits_of("transfer", "", "KES", 2, MAR_2024)] == [7]
    assert [one.most for one in known.limits_of("transfer", "", "KES", 1, MAR_2024)] == [1]
    assert [one.most for one in known.limits_of("transfer", "", "KES", 1, JUL_2023)] == []


def test_zero_decimal_money_is_whole(village: Village) -> None:
    with village.world() as world:
        rows.add_currency(world, "UGX", 0, "Ugandan shilling")
        verbs.open_system_accounts(world, "UGX")
        prices.add_tariff(world, kind="withdrawal", currency="UGX", payer="source", name="MTN", valid_from=village.clock.at, bands=UGANDA.tariffs[1].bands)
        one, two = (verbs.open_account(world, code=code, name=code, currency="UGX", floor=-(10**9)) for code in ("U1", "U2"))
        came = verbs.reserve(world, Wish("withdrawal", one, two, 2_500, "test", "u", "test"))
        assert isinstance(came, Reserved)
        assert (came.transfer.fee, came.transfer.tax) == (343, 13)
    village.post()
    assert balances(village, "U1", "FEES.UGX", "TAX.UGX") == [-2_843, 330, 13]


def test_a_closed_or_blocked_or_dormant_account_takes_and_gives_nothing(village: Village) -> None:
    village.everybody()
    for status in ("blocked", "dormant"):
        with village.world() as world:
            verbs.set_status(world, village.account_id(OTIENO), status)
        assert ask(village, f"to {status}", 100) == NotTaken(f"the receiver is {status}")
        assert ask(village, f"from {status}", 100, source=OTIENO, destination=WANJIRU) == NotTaken(f"the source is {status}")
    assert isinstance(ask(village, "reactivation", 100, "adjustment"), Reserved)
    with village.world() as world:
        assert not verbs.set_status(world, village.account_id(OTIENO), "closed"), "it holds something"
