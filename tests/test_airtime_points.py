"""Points that become airtime: both are held until the network has spoken, and go or come back together."""

from __future__ import annotations

import pytest

from gateway.community import points
from gateway.community.points import AirtimeForPoints, NotNow, TooFewPoints
from gateway.ledger import rows as ledger_rows
from gateway.ledger.proof.facts import verify
from gateway.members.model import WrongPin
from gateway.money import rewards
from gateway.money import rows as money
from menus.answers import Secret
from tests.cast import OTIENO, Village
from tests.money.hands import report
from tests.test_digest import earned, held


def ask(village: Village, used: int = 35, key: str = "t1", pin: str = "5839"):
    with village.world() as world:
        return points.points_to_airtime(world, OTIENO, used, Secret(pin), key)


def left(village: Village) -> int:
    with village.world() as world:
        return rewards.left(world)[1].minor


@pytest.mark.parametrize(("status", "kept", "budget", "said"), [("Success", 2, 9_300, "Asante for helping"), ("Failed", 37, 10_000, "points are yours again")])
def test_they_go_or_come_back_together(village: Village, status: str, kept: int, budget: int, said: str) -> None:
    village.everybody()
    earned(village, OTIENO, 37, 10_000)
    with village.world() as world:
        assert (points.quote_airtime_points(world, OTIENO).used, points.quote_airtime_points(world, OTIENO).amount.minor) == (35, 700)
    assert isinstance(ask(village, pin="1111"), WrongPin)
    for _ in range(2):  # the very turn comes twice: once it is ordered
        assert isinstance(ask(village), AirtimeForPoints)
    assert (held(village, OTIENO), left(village)) == (2, 9_300)
    village.workers_run()
    assert [one["recipients"] for one in village.far_side.requests if "airtime" in one["path"]] == ['[{"phoneNumber": "+254722000002", "amount": "KES 7.00"}]']
    report(village, status)  # it comes twice too
    village.post()

    assert (held(village, OTIENO), left(village)) == (kept, budget)
    assert said in village.sms(OTIENO)[-1]
    assert len([one for one in village.sms(OTIENO) if said in one]) == 1
    with village.world() as world:
        assert verify(world) == []
    assert isinstance(ask(village), AirtimeForPoints if status == "Success" else NotNow)  # and once more, late


def test_points_stay_where_the_budget_is_empty_or_they_are_too_few(village: Village) -> None:
    village.everybody()
    earned(village, OTIENO, 50, 500)
    assert isinstance(ask(village, 50), NotNow)  # ten shillings, and there are five
    assert isinstance(ask(village, 20), NotNow)  # under the least
    assert isinstance(ask(village, 25, "t2"), AirtimeForPoints)
    assert isinstance(ask(village, 25, "t3"), NotNow)  # the budget is used up
    with village.world() as world:
        assert rewards.left(world)[1].minor == 0
        assert len(money.airtime_in(world, ("waiting",))) == 1
        assert ledger_rows.account_of(world, village.member(world, OTIENO).id, "points").available == 25


def test_more_than_one_has_is_not_ordered(village: Village) -> None:
    village.everybody()
    earned(village, OTIENO, 24, 10_000)
    with village.world() as world:
        assert isinstance(points.quote_airtime_points(world, OTIENO), TooFewPoints)
    assert isinstance(ask(village, 25), NotNow)
    assert (held(village, OTIENO), left(village)) == (24, 10_000)  # nothing is left held
    with village.world() as world:
        assert money.airtime_in(world, ("waiting", "sending", "sent")) == []
        assert verify(world) == []
