"""What is promised of a change: nothing is planned without a day, a person and a cost, nothing tried without what stops it, and each promise has a clock."""

from __future__ import annotations

import pytest

from gateway.community.items import looking, measures, plan_rows, rows, states
from gateway.community.items.model import ItemShown
from gateway.community.items.plan_model import ComingShown, Plan, TrialShown
from gateway.community.reporting import TOPIC
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, a_plan, crowd, idea


def test_nothing_is_planned_without_a_day_a_person_and_a_cost(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    with sqlite_village.world() as world:
        one, plan = idea(world, WANJIRU, "a cold tank at Kiboko"), a_plan(world)
        wanting = (None, a_plan(world, days=0), Plan(plan.due, " ", plan.cost), Plan(plan.due, plan.owner, ""))
        for bad in wanting:
            with pytest.raises(states.CannotGo):
                states.go(world, rows.by_id(world, one.id), "planned", "grace", "we have the money", plan=bad)
        assert plan_rows.last(world, one.id) is None
        states.go(world, one, "planned", "grace", "we have the money", plan=plan)
        assert plan_rows.last(world, one.id) == plan


def test_nothing_is_tried_without_what_stops_it(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    with sqlite_village.world() as world:
        one = idea(world, WANJIRU, "a cold tank at Kiboko")
        states.go(world, one, "planned", "grace", "we have the money", plan=a_plan(world))
        for bad in (None, a_plan(world)):
            with pytest.raises(states.CannotGo, match="what stops it"):
                states.go(world, rows.by_id(world, one.id), "trying", "grace", plan=bad)
        states.go(world, rows.by_id(world, one.id), "trying", "grace", plan=a_plan(world, 14, "the milk goes sour twice"))
        states.go(world, rows.by_id(world, one.id), "planned", "grace", "the trial went well")  # back to what was planned


def test_the_phone_shows_what_is_promised(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    with sqlite_village.world() as world:
        one = idea(world, WANJIRU, "a cold tank at Kiboko")
        rows.change(world, one.id, state="planned")  # planned before plans were kept
        assert isinstance(looking.idea_coming(world, OTIENO, one.number), ItemShown)
        rows.change(world, one.id, state="open")
        states.go(world, rows.by_id(world, one.id), "planned", "grace", "we have the money", plan=a_plan(world))
        assert isinstance(looking.idea_coming(world, OTIENO, one.number), ComingShown)
    phone = sqlite_village.phone(OTIENO)
    phone.dials()
    for key in "5", "6", "4":
        listed = phone.types(key)
    day = listed.split("1 ")[1].split(" a cold")[0]
    assert f"By {day}. Grace sees to it. Cost: KES 4,000." in phone.types("1")
    with sqlite_village.world() as world:
        states.go(world, rows.by_id(world, one.id), "trying", "grace", plan=a_plan(world, 14, "the milk goes sour twice"))
        shown = looking.idea_coming(world, OTIENO, one.number)
        assert isinstance(shown, TrialShown)
        assert (shown.stop, shown.expected) == ("the milk goes sour twice", "")


def test_what_is_expected_of_a_trial_is_said_before_and_stands_beside_what_came(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    with sqlite_village.world() as world:
        one = idea(world, WANJIRU, "weigh at noon too")
        states.go(world, one, "planned", "grace", "we try it", plan=a_plan(world))
        states.go(world, rows.by_id(world, one.id), "trying", "grace", plan=a_plan(world, 14, "fewer than 5 come", "20 weigh there"))
        assert looking.idea_coming(world, OTIENO, one.number).expected == " We expect: 20 weigh there"  # type: ignore[union-attr]
        states.go(world, rows.by_id(world, one.id), "done", "grace", "12 weighed there, all from far")
        came = looking.look_at_change(world, OTIENO, one.number).came  # type: ignore[union-attr]
        assert came == "\nExpected: 20 weigh there. It came: 12 weighed there, all from far"
        other = idea(world, OTIENO, "a cold tank at Kiboko")
        states.go(world, other, "done", "grace", "since Monday")
        assert looking.look_at_change(world, WANJIRU, other.number).came == ""  # type: ignore[union-attr]
    assert "20 weigh there" in page(operator(sqlite_village, "facilitator"), f"items/{one.number}")


def test_a_plan_is_kept_by_its_day_moved_in_time_or_broken(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    with sqlite_village.world() as world:
        kept, late, moved, given_up, moved_late = (idea(world, who, f"words of {n}") for n, who in enumerate((WANJIRU, OTIENO, ACHIENG, WANJIRU, OTIENO)))
        for one in (kept, late, moved, given_up, moved_late):
            states.go(world, one, "planned", "grace", "so", plan=a_plan(world, 10))
        assert measures.planned_in_time(world).due == 0

    def step(days: int, one, after: str, plan_days: int = 0) -> None:
        sqlite_village.clock.passes(days=days)
        with sqlite_village.world() as world:
            states.go(world, rows.by_id(world, one.id), after, "grace", "so", plan=a_plan(world, plan_days) if plan_days else None)

    step(5, kept, "done")
    step(0, given_up, "declined")
    step(0, moved, "declined")
    step(0, moved, "open")
    step(0, moved, "planned", 30)
    step(7, late, "done")
    step(0, moved_late, "declined")
    step(0, moved_late, "open")
    step(0, moved_late, "planned", 30)
    with sqlite_village.world() as world:
        found = measures.planned_in_time(world)
        assert (found.due, found.kept) == (3, 1)
        assert [one.number for one in found.overdue] == [moved_late.number]


def test_what_is_wrong_and_what_is_reported_have_a_clock_of_a_day(sqlite_village: Village) -> None:
    sqlite_village.everybody()
    with sqlite_village.world() as world:
        soon, never = idea(world, WANJIRU, "money is missing", "wrong"), idea(world, OTIENO, "money came twice", "wrong")
        rude = idea(world, WANJIRU, "rude words")
        reported = idea(world, ACHIENG, "circle, rude: words", "wrong")
        rows.change(world, reported.id, topic=TOPIC)
        states.report(world, crowd(world, 1)[0], rude.number, "insult")
    sqlite_village.clock.passes(hours=20)
    with sqlite_village.world() as world:
        states.go(world, rows.by_id(world, soon.id), "looked_at", "grace")
        states.settle_reports(world, rude.id, hidden=False)
    sqlite_village.clock.passes(hours=5)
    with sqlite_village.world() as world:
        wrong, reports = measures.righted_in_time(world), measures.reports_in_time(world)
        assert (wrong.due, wrong.kept, [one.number for one in wrong.overdue]) == (2, 1, [never.number])
        assert (reports.due, reports.kept, [one.number for one in reports.overdue]) == (2, 1, [reported.number])
