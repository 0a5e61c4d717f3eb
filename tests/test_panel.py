"""A test group: asked by SMS, in only with a yes, and said to be one in every message."""

from __future__ import annotations

import datetime as dt

import pytest

from gateway.community.items import rows as items
from gateway.community.items import states, voice_rows
from gateway.community.panel import rows, verbs
from gateway.community.panel.model import OPEN_MOST, SAID_MOST, NoPanel, PanelAsked, PanelFull, PanelHeard, PanelJoined, PanelLeft, PanelShown
from gateway.members import rows as members
from gateway.words import load_catalogs
from menus.book import notices
from menus.book.ideas import SAY_SO
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, a_plan, crowd, idea
from tests.test_needs import grown

SAID = {"en": "say so when you talk about it", "sw": "sema hivyo unapoongea"}


def begun(world, many: int = 3, village: str = "", key: str = "k", days: int = 14) -> int:
    return verbs.begin(world, title="Airtime by SMS", what="Buy airtime: SMS AIRTIME 20", days=days, many=many, village=village, by="grace", key=key)


def only(world) -> rows.Panel:
    (one,) = rows.newest(world, 9)
    return one


def test_nobody_is_in_it_without_a_yes_and_each_message_says_what_they_are(village: Village) -> None:
    grown(village)
    with village.world() as world:
        assert begun(world) == 3
        assert isinstance(verbs.open_panel(world, WANJIRU), PanelAsked)
    for number, answer in ((WANJIRU, "1"), (OTIENO, "2"), (ACHIENG, "NDIYO")):
        assert SAID["sw" if number == ACHIENG else "en"] in village.sms(number)[-1]
        village.phone(number).texts(answer, SHORTCODE)
    assert SAID["en"] in village.sms(WANJIRU)[-1]
    assert SAID["sw"] in village.sms(ACHIENG)[-1]
    with village.world() as world:
        assert isinstance(verbs.open_panel(world, WANJIRU), PanelShown)
        assert isinstance(verbs.open_panel(world, OTIENO), NoPanel)
        assert verbs.tell(world, only(world), "We made it shorter", "t") == 2
        assert verbs.tell(world, only(world), "We made it shorter", "t") == 2  # the form sent twice: each gets it once
    assert village.sms(WANJIRU).count("We made it shorter - You are in the test group: say so when you talk about it.") == 1
    assert not any("We made it" in words for words in village.sms(OTIENO))


@pytest.mark.parametrize("notice", [notices.PANEL_ASK, notices.PANEL_IN, notices.PANEL_TOLD])
def test_the_disclosure_is_in_every_language_that_has_it(notice) -> None:
    catalogs = load_catalogs()
    assert SAID["en"] in notice.text
    assert SAID["en"] in SAY_SO
    assert SAID["sw"] in catalogs["sw"][notice.text]
    assert "dites-le quand vous en parlez" in catalogs["fr"][notice.text]


def test_who_is_new_or_wants_no_sms_or_is_in_another_is_not_asked(village: Village) -> None:
    grown(village)
    village.phone(OTIENO).texts("STOP", SHORTCODE)
    with village.world() as world:
        members.change_member(world, members.by_number(world, ACHIENG).id, made_at=world.now() - dt.timedelta(days=3))
        assert begun(world) == 1
        with pytest.raises(verbs.NotBegun, match="nobody"):
            begun(world, key="k2")
        members.change_member(world, members.by_number(world, ACHIENG).id, made_at=world.now() - dt.timedelta(days=90), village="Kiboko")
        assert begun(world, key="k3", village="Kiboko") == 1
        assert isinstance(verbs.open_panel(world, ACHIENG), PanelAsked)


def test_none_beyond_the_months_sms_nor_while_they_rest_nor_too_many_at_once(village: Village) -> None:
    grown(village)
    with village.world() as world:
        voice_rows.turn(world, "voice_budget", off=False, why="2", by="grace")
        with pytest.raises(verbs.NotBegun, match="SMS left"):
            begun(world)
        voice_rows.turn(world, "voice_sms", off=True, why="rest", by="grace")
        with pytest.raises(verbs.NotBegun, match="switched off"):
            begun(world, many=1)
        voice_rows.turn(world, "voice_sms", off=False, why="", by="grace")
        for n in range(OPEN_MOST - 1):
            assert begun(world, many=1, key=f"k{n}") == 1
        voice_rows.turn(world, "voice_budget", off=False, why="100", by="grace")
        assert begun(world, many=1, key="k8") == 1
        with pytest.raises(verbs.NotBegun, match="run already"):
            begun(world, many=1, key="k9")


def test_what_is_said_is_read_and_the_days_end(village: Village) -> None:
    grown(village)
    with village.world() as world:
        begun(world)
        id = str(only(world).id)
        assert isinstance(verbs.say_in_panel(world, WANJIRU, id, "too early", "w0"), NoPanel)
        assert isinstance(verbs.join_panel(world, WANJIRU, id, "yes"), PanelJoined)
        for n in range(SAID_MOST):
            assert isinstance(verbs.say_in_panel(world, WANJIRU, id, f"good, my pin is 4715 ({n})", f"w{n}"), PanelHeard)
        assert isinstance(verbs.say_in_panel(world, WANJIRU, id, "one more", "w99"), PanelFull)
        assert not any("4715" in one.words for one in rows.said_in(world, int(id), 50))
        assert isinstance(verbs.leave_panel(world, WANJIRU, id), PanelLeft)
        assert isinstance(verbs.leave_panel(world, WANJIRU, id), NoPanel)
        assert isinstance(verbs.join_panel(world, WANJIRU, id, "yes"), NoPanel)  # who left is asked anew, by another group
    village.clock.passes(days=15)
    with village.world() as world:
        assert (rows.end_due(world, world.now()), rows.end_due(world, world.now())) == (1, 0)
        assert isinstance(verbs.open_panel(world, OTIENO), NoPanel)
    village.phone(OTIENO).texts("1", SHORTCODE)  # too late an answer is no error


def test_the_facilitator_begins_reads_tells_and_ends(village: Village) -> None:
    grown(village)
    web = operator(village, "facilitator")
    assert "are needed" in press(web, "panels", "panels", title="Airtime", what="Try it", village="", who="chance", many="99", days="14", key="k")
    assert "3 are asked by SMS" in press(web, "panels", "panels", title="Airtime", what="Try it", village="", who="chance", many="3", days="14", key="k")
    with village.world() as world:
        id = str(only(world).id)
        verbs.join_panel(world, WANJIRU, id, "yes")
        verbs.say_in_panel(world, WANJIRU, id, "It is quick", "w")
    assert "It is quick" in page(web, f"panels/{id}")
    assert "Sent to 1" in press(web, f"panels/{id}/tell", f"panels/{id}", words="Thank you all", key="t")
    assert "are needed" in press(web, f"panels/{id}/tell", f"panels/{id}", words=" ", key="t2")
    assert "It is over" in press(web, f"panels/{id}/end", "panels")
    assert "over already" in press(web, f"panels/{id}/end", "panels")
    assert web.get("/console/panels/999").status_code == 404


def test_those_whose_ideas_came_true_may_be_asked_first(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        people = [members.by_number(world, number).id for number in crowd(world, 30)]
        ahead = crowd(world, 1)[0]
        one = idea(world, ahead, "Airtime by SMS")
        for after in ("planned", "done"):
            states.go(world, items.by_id(world, one.id), after, "grace", "in January", plan=a_plan(world))
        asked = verbs.begin(
            world, title="Airtime", what="Buy airtime by SMS", days=7, many=1, village="", by="grace", key="leads", leads_first=True
        )  # fmt: skip
        assert asked == 1
        assert members.by_number(world, ahead).id not in people
        (seat,) = rows.seated(world, rows.newest(world, 1)[0].id)
        assert seat == members.by_number(world, ahead).id
