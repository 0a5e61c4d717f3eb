"""What the phone saves, from our own hops: what is done counts, what is given up does not, and slow services are named."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from gateway.community import minutes, saved
from gateway.community.pace_rows import Pace
from gateway.community.saved import Counter, Done
from gateway.members import rows as members
from tests.browser import operator, page, press, sign_in
from tests.cast import MONDAY, OTIENO, SHORTCODE, WANJIRU, Village


@dataclass(frozen=True)
class Step:
    number: str
    call: str
    label: str
    at: dt.datetime


def steps(call: str, *labels: str, number: str = WANJIRU, every: int = 20) -> list[Step]:
    return [Step(number, call, label, MONDAY + dt.timedelta(seconds=every * n)) for n, label in enumerate(labels)]


def test_what_is_done_counts_with_its_time_and_what_is_given_up_does_not() -> None:
    found = saved.done([
        *steps("a", "home.show", "pay.show", "send.to", "send.amount", "send.pin", "send.sent"),
        *steps("b", "home.show", "pay.show", "send.to"),
        *steps("c", "home.show", "money.show", "balance.show", "home.show", "money.show", "balance.show"),
        *steps("d", "balance.show", number=OTIENO),
        *steps("e", "home.show", "airtime.under_way", every=3_600),
    ])  # fmt: skip

    assert found == {
        (WANJIRU, "send"): Done(1, 100.0), (WANJIRU, "balance"): Done(1, 100.0), (OTIENO, "balance"): Done(1, 0.0), (WANJIRU, "airtime"): Done(1, 60.0),
    }  # fmt: skip


def test_a_screen_that_is_shown_again_is_one_service() -> None:
    assert saved.done(steps("a", "balance.show", "balance.show"))[WANJIRU, "balance"].times == 1


def test_what_comes_back_is_the_counter_less_the_phone_and_may_be_less_than_nothing() -> None:
    assert Done(3, 360.0).returned(Counter(60, 5)) == 174
    assert Done(2, 600.0).returned(Counter(1, 5)) == -8


def test_members_and_staff_see_what_the_phone_saves(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    phone.dials("")
    for key in ("1", "1"):
        village.clock.passes(seconds=30)
        phone.types(key)
    village.workers_run()
    web = sign_in(village)[0]
    assert "not asked yet" in page(web, "time")
    with village.world() as world:
        assert saved.minutes_saved(world, WANJIRU) == 0
    assert "Whole minutes are needed" in press(web, "time", "time", service="balance", there="9999", staff="5")
    assert "Written down: balance." in press(web, "time", "time", service="balance", there="90", staff="5")
    press(web, "time", "time", service="balance", there="91", staff="6")  # asked again next season
    with village.world() as world:
        assert saved.counters(world) == {"balance": Counter(91, 6)}
        assert saved.minutes_saved(world, WANJIRU) == 90
        assert saved.minutes_saved(world, OTIENO) == 0
    assert "saved 90" in phone.dials("*384*20417*6*3#")
    with village.world() as world:
        members.change_member(world, members.by_number(world, WANJIRU).id, village="Kiboko")
    assert "A village and whole minutes" in press(web, "time/village", "time", village="Kiboko", there="-1")
    assert "Written down: Kiboko." in press(web, "time/village", "time", village="kiboko", there="180")
    with village.world() as world:
        assert saved.minutes_saved(world, WANJIRU) == 179  # who lives far has more back
        now = world.now()
        found, _ = saved.by_service(world, now - dt.timedelta(days=1), now, 1_000)
        assert (found["balance"].near, found["balance"].there) == (1, 180)
        assert round(found["balance"].returned(saved.counters(world)["balance"])) == 179
    assert "Kiboko" in page(web, "time")
    assert "slower than the counter" not in page(web, "time")
    press(web, "time", "time", service="balance", there="0", staff="0")
    assert "slower than the counter" in page(web, "time")
    assert "How long it takes at the counter" not in page(operator(village, "auditor"), "time")


def test_a_screen_that_enough_have_read_has_a_pace_of_its_own() -> None:
    at = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
    hops = []
    for n in range(40):  # most answer in n seconds; the last ones put the phone down
        call = f"c{n}"
        hops.append(Step(WANJIRU, call, "idea.show", at))
        hops.append(Step(WANJIRU, call, "idea.counted", at + dt.timedelta(seconds=n if n < 38 else 170)))
    paces = minutes.measure_paces(hops)
    assert paces == {"idea.show": Pace(37.0, 19.5)}
    assert minutes.measure_paces(hops[:40]) == {}, "too few have read it"
    own, others = minutes.spans(hops, paces)[WANJIRU]
    assert (own, others) == (0.0, sum(range(38)) + 2 * 37.0)
    gone = [Step(WANJIRU, "gone", "idea.show", at)]  # read, and hung up: nobody saw for how long
    assert minutes.spans(gone, paces)[WANJIRU] == (0.0, 19.5)
    assert minutes.by_what(hops + gone, paces)["Ideas and votes"] == {WANJIRU: others + 19.5}
    assert sum(len(each) for each in minutes.by_what(hops, paces).values()) == 1


def test_typing_sms_for_others_is_estimated_from_their_letters(village: Village) -> None:
    village.everybody()
    village.phone(WANJIRU).texts("IDEA Pay the milk on Friday", SHORTCODE)
    village.phone(WANJIRU).texts("BAL", SHORTCODE)
    with village.world() as world:
        now = world.now()
        spent = minutes.typing(world, now - dt.timedelta(hours=1), now + dt.timedelta(hours=1))
    assert spent == {name: len("IDEA Pay the milk on Friday") / minutes.TYPED_A_SECOND if name == "Ideas and votes" else 0 for name in minutes.BY_SMS}


def test_staff_see_what_minutes_for_others_went_into(village: Village) -> None:
    village.everybody()
    for number, keys in ((WANJIRU, "4*3"), (OTIENO, "5*1"), (WANJIRU, "1*1")):
        phone = village.phone(number)
        phone.dials(f"*384*20417*{keys}#")
        village.clock.passes(seconds=40)
        phone.types("00")
    village.phone(OTIENO).texts("IDEA Pay the milk on Friday", SHORTCODE)
    village.workers_run()
    with village.world() as world:
        now = world.now()
        spent = minutes.given_to(world, now - dt.timedelta(days=1), now, 1_000)
    assert {name: [*each] for name, each in spent.items() if each} == {"Answers": [WANJIRU], "Ideas and votes": [OTIENO]}
    shown = re.sub(r"<[^>]+>", " ", page(operator(village, "auditor"), "time"))
    assert re.search(r"Ideas and votes\s+1\s+1\s+1\s+Answers\s+1\s+0\s+1\s+Tips and news\s+0\s+0\s+0", shown), shown
