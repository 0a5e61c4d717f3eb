"""Something is broken for many: one thing, one promise, one message when it works again."""

from __future__ import annotations

import datetime as dt

from gateway.community import verbs as community
from gateway.community.incidents import rows, verbs
from gateway.community.incidents.model import ELSE, LIVE_MOST, AllWorks, IncidentsLive, MeTooLate, MeTooNoted, SomethingElse, WorksAgain
from gateway.community.items import ranking, states, voice_rows
from gateway.community.items import rows as items
from gateway.community.items import verbs as item_verbs
from gateway.community.stars import verbs as stars
from gateway.members import rows as members
from gateway.records import rows as records
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, crowd


def broken(world, title: str = "Sending money", key: str = "b1") -> str:
    number = verbs.open_incident(world, title, 4, "grace", key)
    assert number
    return str(items.by_number(world, number).id)


def test_all_who_have_it_count_at_once_and_hear_it_once_when_it_works_again(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        assert isinstance(verbs.look_for_incidents(world, WANJIRU), AllWorks)
        id = broken(world)
        assert isinstance(verbs.look_for_incidents(world, WANJIRU), IncidentsLive)
        assert [one.label for one in verbs.live_incidents(world, WANJIRU)] == ["Sending money: 0", "Something else"]
        for _ in range(2):  # the same member twice is one
            said = verbs.have_it_too(world, WANJIRU, id)
        assert isinstance(said, MeTooNoted)
        assert said.many == 1
        assert verbs.have_it_too(world, OTIENO, id).many == 2  # accounts of today count: nothing is won by it
        assert isinstance(verbs.have_it_too(world, OTIENO, ELSE), SomethingElse)
        states.go(world, items.by_id(world, int(id)), "done", "grace")
        assert isinstance(verbs.have_it_too(world, ACHIENG, id), WorksAgain)
    assert sum("Sending money works again" in words for words in village.sms(WANJIRU)) == 1
    assert "2 of you told us: thank you. Still not? Dial *384*20417*6*1*2#" in village.sms(OTIENO)[-1]
    assert not any("works again" in words for words in village.sms(ACHIENG))


def test_many_at_once_are_no_burst(village: Village) -> None:
    """Three hundred who say it in one hour are what it is for; on an idea they would be braked."""
    village.everybody()
    with village.world() as world:
        id = broken(world)
        for number in crowd(world, ranking.BURST_LEAST + 5):
            verbs.have_it_too(world, number, id)
        one = items.by_id(world, int(id))
        assert (one.supporters, one.braked_at) == (ranking.BURST_LEAST + 5, None)


def test_no_more_than_a_screen_lists_and_the_same_form_twice_is_one(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        for n in range(LIVE_MOST):
            broken(world, f"thing {n}", f"b{n}")
        assert verbs.open_incident(world, "one more", 4, "grace", "b9") is None
        assert verbs.open_incident(world, "thing 0", 4, "grace", "b0")
        assert len(rows.live(world)) == LIVE_MOST


def test_a_new_promise_is_found_under_9(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        id = broken(world)
        verbs.have_it_too(world, WANJIRU, id)
        before = rows.live(world)[0].fixed_by
        assert verbs.promise_anew(world, items.by_id(world, int(id)), 30, "grace")
        assert rows.live(world)[0].fixed_by - before >= dt.timedelta(hours=26)
        assert len(voice_rows.unheard(world, members.by_number(world, WANJIRU).id, 99)) == 1


def test_a_case_that_is_the_same_counts_with_it_and_stays_its_authors(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        id = broken(world)
        case = items.by_number(world, community.say_what_is_wrong(world, WANJIRU, "I cannot send", "w1").case)
        assert verbs.join_case(world, case, items.by_id(world, int(id)), "grace")
        assert items.by_id(world, case.id).state == "looked_at"
        assert rows.live(world)[0].many == 1
        states.go(world, items.by_id(world, int(id)), "done", "grace")
        assert items.by_id(world, case.id).state == "looked_at"
        assert not verbs.join_case(world, case, items.by_id(world, int(id)), "grace")
    assert "Sending money works again" in village.sms(WANJIRU)[-1]


def test_who_wants_no_sms_finds_it_under_9(village: Village) -> None:
    village.everybody()
    village.phone(WANJIRU).texts("STOP", SHORTCODE)
    with village.world() as world:
        id = broken(world)
        verbs.have_it_too(world, WANJIRU, id)
        states.go(world, items.by_id(world, int(id)), "done", "grace")
        assert len(voice_rows.unheard(world, members.by_number(world, WANJIRU).id, 99)) == 1
    assert not any("works again" in words for words in village.sms(WANJIRU))


def test_an_hour_that_is_not_like_the_others_is_marked(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        for n in range(5):
            items.add(world, key=f"w{n}", number=f"9{n}001", kind="wrong", topic="missing", words="", state="new", phone=f"p{n}", about="", channel="ussd",
                      shown="name", language="en")  # fmt: skip
        first = verbs.signals(world)[0]
        assert (first.name, first.now, first.is_spike) == ("Said to be wrong: money that is missing", 5, True)
    village.clock.passes(hours=2)
    with village.world() as world:
        assert not any(one.is_spike for one in verbs.signals(world))


def test_the_facilitator_says_what_is_broken_and_steers_it(village: Village) -> None:
    village.everybody()
    web = operator(village, "facilitator")
    assert "needed" in press(web, "broken", "broken", title="Sending money", hours="99", key="k")
    assert "Said, number" in press(web, "broken", "broken", title="Sending money", hours="4", key="k")
    with village.world() as world:
        number = rows.live(world)[0].number
        case = community.say_what_is_wrong(world, WANJIRU, "it does not send", "w1").case
    shown = page(web, "broken")
    assert "Sending money" in shown
    assert "it does not send" in shown
    assert "Counted" in press(web, f"broken/{number}/cases/{case}", "broken")
    assert "That has changed" in press(web, f"broken/{number}/cases/12345", "broken")
    assert "Promised" in press(web, f"broken/{number}/promise", "broken", hours="9")
    assert "hours are needed" in press(web, f"broken/{number}/promise", "broken", hours="400")
    assert "1" in press(web, f"items/{number}/step", f"items/{number}", state="done", why="")
    assert page(operator(village, "auditor"), "broken")


def test_what_works_again_while_the_list_is_read(village: Village) -> None:
    village.everybody()
    phone = village.phone(WANJIRU)
    with village.world() as world:
        id = broken(world)
    assert "Sending money: 0" in phone.dials("*384*20417*6*1*2#")
    with village.world() as world:
        states.go(world, items.by_id(world, int(id)), "done", "grace")
    assert "works again" in phone.types("1")


def test_reports_and_bursts_do_not_make_it_vanish(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        id = broken(world)
        number = items.by_id(world, int(id)).number
        some = crowd(world, ranking.BURST_LEAST + 8)
        for one in some:
            verbs.have_it_too(world, one, id)
        for one in some[:4]:
            states.report(world, one, number, "lie")
        assert len(rows.live(world)) == 1
        item_verbs.vote(world, some[5], number, "for")
        assert items.by_id(world, int(id)).braked_at is None
        states.go(world, items.by_id(world, int(id)), "held", "grace", "looked at")
        assert isinstance(verbs.have_it_too(world, WANJIRU, id), MeTooNoted)  # held back or not, it is still broken
        assert rows.over(world, 9) == []


def test_a_promise_that_has_passed_is_not_told_as_one_to_come(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        id = broken(world)
    village.clock.passes(hours=5)
    with village.world() as world:
        assert isinstance(verbs.have_it_too(world, WANJIRU, id), MeTooLate)
    phone = village.phone(OTIENO)
    phone.dials("*384*20417*6*1*2#")
    assert "longer than we said" in phone.types("1")


def test_what_the_provider_refuses_is_a_signal_and_what_somebody_stopped_is_none(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        for n in range(6):
            world.write.execute(records.texts.insert().values(
                id=world.new_id(), organisation_id=world.organisation.id, key=f"t{n}", number=WANJIRU, kind="service", words="x", about="",
                state="refused", provider_status="stopped" if n == 5 else "InvalidSenderId", made_at=world.now(),
            ))  # fmt: skip
        lost = next(one for one in verbs.signals(world) if one.name.startswith("SMS"))
        assert (lost.now, lost.is_spike) == (5, True)


def test_a_new_promise_is_read_in_any_language_and_two_clicks_are_no_error(village: Village) -> None:
    village.everybody()
    web = operator(village, "facilitator")
    with village.world() as world:
        id = broken(world)
        item = items.by_id(world, int(id))
        verbs.have_it_too(world, ACHIENG, id)
        verbs.promise_anew(world, item, 30, "grace")
        stale = items.by_number(world, community.say_what_is_wrong(world, WANJIRU, "I cannot send", "w1").case)
        assert verbs.join_case(world, stale, item, "grace")
        assert verbs.join_case(world, stale, item, "grace")  # of two who press at once, the second changes nothing
        assert items.by_id(world, stale.id).answer == ""
    assert "to work again" not in village.phone(ACHIENG).dials("*384*20417*9*1#")
    assert web.get("/console/broken").status_code == 200


def test_when_it_worked_again_does_not_move_when_it_is_closed(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        id = broken(world)
        states.go(world, items.by_id(world, int(id)), "done", "grace")
    for days in (8, 15):
        village.clock.passes(days=days)
        with village.world() as world:
            states.ask_authors_again(world)
            states.close_silent(world)
    with village.world() as world:
        (one,) = rows.over(world, 9)
        assert items.by_id(world, one.item_id).state == "closed"
        assert voice_rows.done_at(world, one.item_id) < world.now() - dt.timedelta(days=22)


def test_how_members_feel_is_a_signal_too(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        for number in crowd(world, 6):
            stars.rate_service(world, number, "1")
        spikes = [one.name for one in verbs.signals(world) if one.is_spike]
    assert spikes == ["Rated 1 or 2 of 5"]
