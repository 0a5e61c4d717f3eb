"""What a report cost that was found to be so comes back to who sent it."""

from __future__ import annotations

from gateway.community import recognition
from gateway.community.caps import CAPS, REPORT, put_cap
from gateway.money import rewards
from tests.browser import operator, press
from tests.cast import OTIENO, WANJIRU, Village, idea
from tests.test_needs import grown


def test_what_a_checked_report_cost_comes_back_once_out_of_the_budget(village: Village) -> None:
    grown(village)
    with village.world() as world:
        rewards.fund(world, 100, key="f1", by="grace")
        one = idea(world, OTIENO, "the bridge at Kiboko is down", kind="news")
    village.post()
    web = operator(village, "support")
    for _ in range(2):
        press(web, f"items/{one.number}/official", f"items/{one.number}", words="We have seen it")
    village.post()
    with village.world() as world:
        assert rewards.points(world, OTIENO).minor == CAPS[REPORT].usual
        put_cap(world, REPORT, 0, "grace")
        other = idea(world, WANJIRU, "the road is open", kind="news")
        assert not recognition.pay_back(world, other)
    assert f"your checked news {one.number}" in village.sms(OTIENO)[-1]
