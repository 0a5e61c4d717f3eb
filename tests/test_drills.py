"""Staff as members: seen from their own calls, once the number has said by SMS that it is theirs."""

from __future__ import annotations

import datetime as dt
import re

from gateway.community.drills import model, rows, verbs
from gateway.community.drills.model import TASKS, drawn, tried
from gateway.members import rows as members
from gateway.records import rows as records
from menus.book import BOOK
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village
from tests.test_saved import steps


def test_every_task_begins_and_ends_on_screens_of_the_book_that_leave_a_trace() -> None:
    for task, (flow, ends) in TASKS.items():
        for label in ends:
            assert label in BOOK, f"{task}: {label}"
            assert label.partition(".")[0] == flow
            assert not BOOK.is_private(label), task


def test_three_of_a_week_other_ones_for_each_and_all_come_in_their_turn() -> None:
    weeks = [f"2026-W{n:02}" for n in range(1, 53)]
    assert {task for week in weeks for task in drawn(week, "grace")} == set(TASKS)
    assert any(drawn(week, "grace") != drawn(week, "amina") for week in weeks)


def test_what_is_begun_and_left_is_told_beside_what_is_done() -> None:
    hops = [
        *steps("a", "home.welcome", "send.to", "send.amount", every=10),
        *steps("b", "home.welcome", "send.to", "send.pin", "send.sent", every=10),
        *steps("c", "home.welcome", "send.to", "send.pin", "send.sent", "send.sent", every=30),
    ]
    assert tried("Send KES 10 to a colleague", hops) == model.Tried(2, 1, 30.0)
    assert tried("Find what a payment costs", hops) == model.Tried(0, 0, None)


def mine(village: Village, web, answer: str = "1", number: str = WANJIRU) -> None:
    assert "Asked by SMS" in press(web, "drills/number", "drills", who=number, key="k")
    assert "names this number as their own" in village.sms(number)[-1]
    village.phone(number).texts(answer, SHORTCODE)


def test_nothing_is_seen_before_the_phone_says_yes(village: Village) -> None:
    village.everybody()
    web = operator(village, "facilitator")
    press(web, "drills/number", "drills", who=WANJIRU, key="k")
    with village.world() as world:
        me = next(one for one in rows.everybody(world) if one.member_id)
        assert (me.member_id, me.confirmed) == (members.by_number(world, WANJIRU).id, False)
        assert verbs.week(world, me).last is None
    village.phone(WANJIRU).texts("2", SHORTCODE)
    assert "it is not you" in village.sms(WANJIRU)[-1]
    with village.world() as world:
        assert not any(one.member_id for one in rows.everybody(world))
    assert "needed" in press(web, "drills/number", "drills", who="nobody", key="k2")


def test_what_is_done_on_the_phone_is_seen_on_the_page(village: Village) -> None:
    village.everybody()
    web = operator(village, "facilitator")
    mine(village, web)
    with village.world() as world:
        me = next(one for one in rows.everybody(world) if one.confirmed)
        of_me = drawn(model.week_of(world.organisation.local(world.now()).date()), me.login)
    phone = village.phone(WANJIRU)
    for path in ("1*1", "6*98*1", "5*6*1", "6*1*3*1", "1*2*1", "1*5*1"):
        phone.dials(f"*384*20417*{path}#")
    village.workers_run()
    with village.world() as world:
        week = verbs.week(world, me)
        hops = records.hops_of_number(world, WANJIRU, world.now() - dt.timedelta(hours=1))
        assert week.last == max(one.at for one in hops)
        assert week.tasks == {task: tried(task, hops) for task in of_me}
        assert tried("See what you have", hops).done == 1
    shown = page(web, "drills")
    assert len(re.findall(f"{week.done} of 3", shown)) >= 1
    village.clock.passes(days=7)
    with village.world() as world:
        assert verbs.week(world, me, 1).done == week.done
        assert verbs.done_and_due(world)[0] == week.done


def test_what_was_hard_waits_until_somebody_has_mended_it(village: Village) -> None:
    village.everybody()
    web = operator(village, "facilitator")
    for _ in range(2):
        assert "Kept" in press(web, "drills/hard", "drills", task="Say an idea", words="no word for goats, my pin is 4715")
    shown = page(web, "drills")
    assert "my pin is ****" in shown
    with village.world() as world:
        (note,) = rows.open_notes(world)
    assert "Mended, thank you" in press(web, f"drills/{note.id}/fixed", "drills")
    assert "mended already" in press(web, f"drills/{note.id}/fixed", "drills")
    assert "Fixes from that" in page(web, "measures")
    press(operator(village, "auditor"), "drills/hard", "drills", task="Say an idea", words="x")  # who only reads
    with village.world() as world:
        assert rows.open_notes(world) == []


def test_another_phone_does_not_answer_for_it(village: Village) -> None:
    village.everybody()
    web = operator(village, "facilitator")
    press(web, "drills/number", "drills", who=WANJIRU, key="k")
    village.phone(OTIENO).texts("1", SHORTCODE)
    with village.world() as world:
        assert not any(one.confirmed for one in rows.everybody(world))


def test_a_member_is_not_asked_again_and_again_and_not_after_stop(village: Village) -> None:
    village.everybody()
    web = operator(village, "facilitator")
    village.phone(OTIENO).texts("STOP", SHORTCODE)
    assert "wants no SMS" in press(web, "drills/number", "drills", who=OTIENO, key="k0")
    mine(village, web)
    assert "your number already" in press(web, "drills/number", "drills", who=WANJIRU, key="k1")
    assert "once in 24 hours" in press(web, "drills/number", "drills", who=ACHIENG, key="k2")
    with village.world() as world:
        assert [one.confirmed for one in rows.everybody(world) if one.member_id] == [True]
    assert not any("names this number" in words for words in village.sms(ACHIENG))
