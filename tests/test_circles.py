"""What a group says to itself: one voice each, nothing of few, promises that are asked about, the best of a circle as tips."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from gateway.community.circles import checks, promises, rows
from gateway.community.circles import verbs as circles
from gateway.community.circles.model import (
    LISTENS,
    STATEMENTS,
    BestSaved,
    CheckDone,
    CheckLater,
    CheckShown,
    CircleClosed,
    DoerAsked,
    NoCircle,
    PointKept,
    PromiseMade,
    SaidInCircle,
    SpokenEnough,
)
from gateway.community.groups import leading
from gateway.community.groups import rows as groups
from gateway.community.groups.model import AGENDAS, NoMeeting, NotALeader, NotInGroup
from gateway.community.helping import rows as helping
from gateway.community.items import rows as items
from gateway.community.items import voice_rows
from gateway.community.items.model import HeldWords
from gateway.members import rows as members
from gateway.members.model import Gone
from tests.browser import page, sign_in
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, crowd
from tests.test_groups import chama
from workers import nightly

GROUP = "1001"


@pytest.fixture
def three(village: Village) -> Village:
    """Wanjiru leads, Otieno and Achieng are in."""
    chama(village)
    with village.world() as world:
        groups.put(world, groups.by_number(world, GROUP).id, village.member(world, ACHIENG).id, state="member")
    return village


def check(world, caller: str, ratings: str) -> None:
    """Rate the statements in their order, `c`an, `w`ill or `s`hould."""
    for letter in ratings:
        asked = checks.next_statement(world, caller, GROUP)
        checks.rate(world, caller, GROUP, asked.statement, {"c": "can", "w": "will", "s": "should"}[letter])


def test_a_check_goes_on_where_it_was_and_is_asked_anew_next_season(three: Village) -> None:
    with three.world() as world:
        check(world, OTIENO, "cws")
        assert checks.next_statement(world, OTIENO, GROUP).at == 4
        checks.rate(world, OTIENO, GROUP, "0", "should")  # another mind, or the same turn twice: one voice
        check(world, OTIENO, "c" * (len(STATEMENTS) - 3))
        assert checks.next_statement(world, OTIENO, GROUP) == CheckDone(1)
        assert sum(rows.count_ratings(world, groups.by_number(world, GROUP).id, three.clock() - dt.timedelta(days=1))[0, "member"].values()) == 1
    three.clock.passes(days=91)
    with three.world() as world:
        assert checks.next_statement(world, OTIENO, GROUP).at == 1


def test_few_are_not_shown_and_the_gap_is(three: Village) -> None:
    with three.world() as world:
        check(world, WANJIRU, "c")
        check(world, OTIENO, "s")
        assert isinstance(checks.look_at_statement(world, WANJIRU, GROUP, "0"), CheckLater)
        assert checks.check_results(world, WANJIRU, GROUP) == []
        check(world, ACHIENG, "s")
        shown = checks.look_at_statement(world, WANJIRU, GROUP, "0")
        assert isinstance(shown, CheckShown)
        assert (shown.can, shown.will, shown.should, shown.promise) == (33, 0, 67, "nobody yet")
        assert isinstance(checks.look_at_statement(world, OTIENO, GROUP, "0"), NotALeader)
        assert checks.check_results(world, OTIENO, GROUP) == []
    shown = page(sign_in(three)[0], f"groups/{GROUP}")
    assert re.search(r"Money is counted before all.*?33.*?67.*?-100", shown, re.S)


def test_whether_the_leader_listens_stands_beside_the_health_when_five_members_have_said_it(three: Village) -> None:
    with three.world() as world:
        group, said, some = groups.by_number(world, GROUP), str(LISTENS), crowd(world, 5)
        for n, number in enumerate(some):
            groups.put(world, group.id, members.by_number(world, number).id, state="member", role="leader" if n < 2 else "member")
        assert STATEMENTS[LISTENS] == "The leader listens before deciding"
        for leader in (WANJIRU, *some[:2]):  # what leaders say of themselves does not count
            checks.rate(world, leader, GROUP, said, "can")
        told = (*zip((OTIENO, ACHIENG, *some[2:4]), ("can", "should", "will", "will"), strict=True),)
        for number, rating in told:
            checks.rate(world, number, GROUP, said, rating)
        assert checks.leaders_listen(world, [group.id]) == {}  # who is spoken of reads it, so of four nothing
        assert LISTENS not in checks.shares(world, group)
        checks.rate(world, some[4], GROUP, said, "should")
        assert checks.leaders_listen(world) == {group.id: 20}
        assert checks.shares(world, group)[LISTENS] == {"can": 20, "will": 40, "should": 40}
        assert checks.gap_here(world) == -60
    web = sign_in(three)[0]
    assert re.search(r"Leader listens.*?>20<", page(web, "health"), re.S)
    assert re.search(r"Leaders listen<.*?20 of 100.*?Self-check gap<.*?-60", page(web, "measures"), re.S)


def test_we_will_has_a_name_and_a_day_and_is_asked_about_once(three: Village) -> None:
    with three.world() as world:
        for caller in (WANJIRU, OTIENO, ACHIENG):
            check(world, caller, "w")
        doer = three.member(world, OTIENO).id
        assert isinstance(promises.promise(world, OTIENO, GROUP, "0", str(doer), "7", "k0"), NotALeader)
        assert isinstance(promises.promise(world, WANJIRU, GROUP, "0", "123", "7", "k1"), NotALeader)  # nobody of the group
        for key in ("k2", "k2", "k3"):  # the same turn twice, and named anew: one promise stands
            assert promises.promise(world, WANJIRU, GROUP, "0", str(doer), "7", key) == DoerAsked("Otieno", "30 Nov")
        assert states(world) == ["gone", "named"]
    three.phone(OTIENO).texts("1", SHORTCODE)
    assert three.sms(OTIENO)[-1] == "Thank you. Tumaini group reads that you see to it. We ask you that day if it is done."
    assert nightly.ask_about_promises(three.site) == 0
    three.clock.passes(days=8)
    assert (nightly.ask_about_promises(three.site), nightly.ask_about_promises(three.site)) == (1, 0)
    assert three.sms(OTIENO)[-1] == "Tumaini group: you said that you see to this by today: Money is counted before all. Done? 1 yes, 2 not yet"
    assert "overdue" in page(sign_in(three)[0], f"groups/{GROUP}")
    three.phone(OTIENO).texts("1", SHORTCODE)
    assert three.sms(OTIENO)[-1] == "Asante! Your group sees that it is done."
    with three.world() as world:
        assert checks.look_at_statement(world, WANJIRU, GROUP, "0").promise == "Otieno: done"
        assert not promises.answer_promise(world, three.member(world, OTIENO), str(world.read.scalar(rows.promises.select())), yes=True)


def states(world) -> list[str]:
    return [one.state for one in world.read.execute(rows.promises.select().order_by(rows.promises.c.id))]


def test_nobody_is_named_before_all_without_a_yes(three: Village) -> None:
    """A name is asked by SMS, or under 9 where no SMS is wanted; a no, a day that passes and another name each end what was asked."""
    with three.world() as world:
        for caller in (WANJIRU, OTIENO, ACHIENG):
            check(world, caller, "w")
        ids = {number: str(three.member(world, number).id) for number in (WANJIRU, OTIENO, ACHIENG)}
        assert promises.promise(world, WANJIRU, GROUP, "0", ids[WANJIRU], "7", "self") == PromiseMade("Wanjiru", "30 Nov"), (
            "who says it of herself has said yes"
        )
        assert states(world) == ["open"]
    three.phone(ACHIENG).texts("STOP", SHORTCODE)
    with three.world() as world:
        promises.promise(world, WANJIRU, GROUP, "0", ids[ACHIENG], "7", "k1")
        assert states(world) == ["gone", "named"]
        seen = checks.look_at_our_check(world, OTIENO, GROUP, "0")
        assert seen.promise == "nobody yet"
    assert not any("asks you by" in text for text in three.sms(ACHIENG)), "who said STOP is asked under 9 alone"
    three.phone(ACHIENG).dials("")
    assert "Utafanya? Tumaini gr" in three.phone(ACHIENG).types("9")
    assert "Wote wataona ndiyo" in three.phone(ACHIENG).types("1")
    assert "Jina lako halionyeshwi" in three.phone(ACHIENG).types("2")
    assert "\n9 " not in three.phone(ACHIENG).dials("")
    with three.world() as world:
        assert checks.look_at_statement(world, WANJIRU, GROUP, "0").promise == "Achieng: said no"
        assert checks.look_at_our_check(world, OTIENO, GROUP, "0").promise == "nobody yet"
    assert "Achieng: said no" in page(sign_in(three)[0], f"groups/{GROUP}")
    with three.world() as world:
        promises.promise(world, WANJIRU, GROUP, "0", ids[OTIENO], "7", "k2")
        promises.promise(world, WANJIRU, GROUP, "0", ids[WANJIRU], "7", "k3")  # she does it herself after all: he is asked no more
        assert states(world) == ["gone", "gone", "gone", "open"]
        assert isinstance(promises.look_at_named(world, three.member(world, OTIENO), int(world.read.scalar(promise_of(ids[OTIENO])))), Gone)
    assert "\n9 " not in three.phone(OTIENO).dials("")
    with three.world() as world:
        promises.promise(world, WANJIRU, GROUP, "1", ids[OTIENO], "7", "k4")
    three.clock.passes(days=8)
    nightly.ask_about_promises(three.site)
    with three.world() as world:
        assert states(world)[-1] == "gone", "a day that comes without a yes lets it go"
    assert "\n9 " not in three.phone(OTIENO).dials("")


def promise_of(member_id: str):
    return rows.promises.select().where(rows.promises.c.member_id == int(member_id))


def test_in_a_circle_all_speak_and_the_best_become_tips_with_their_names(three: Village) -> None:
    with three.world() as world:
        assert isinstance(circles.find_circle(world, OTIENO, GROUP), NoCircle)
        assert isinstance(circles.open_circle(world, OTIENO, GROUP, "cows", "k0"), NotALeader)
        for key in ("k1", "k2"):  # asked for again, the one that runs stays
            circles.open_circle(world, WANJIRU, GROUP, "cows", key)
        for n in range(4):
            assert isinstance(circles.say_in_circle(world, OTIENO, GROUP, "worked", f"warm water number {n}", f"w{n}"), SaidInCircle)
        circles.say_in_circle(world, OTIENO, GROUP, "worked", "warm water number 3", "w3")
        assert isinstance(circles.say_in_circle(world, OTIENO, GROUP, "worked", "once more", "w9"), SpokenEnough)
        voice_rows.hold_word(world, "thief", "an accusation", "grace")
        assert isinstance(circles.say_in_circle(world, ACHIENG, GROUP, "not", "the clerk is a thief", "a1"), HeldWords)
        circles.say_in_circle(world, ACHIENG, GROUP, "not", "my pin is 6274 and milk was late", "a2")
        assert not any("6274" in one.label for one in circles.circle_words(world, WANJIRU, GROUP))
        assert circles.find_circle(world, OTIENO, GROUP).spoke == 2
        best = circles.best_words(world, WANJIRU, GROUP)
        assert len(best) == 4
        assert circles.best_words(world, OTIENO, GROUP) == []  # the leader keeps the notes
        saved = [circles.save_best(world, WANJIRU, GROUP, one.value) for one in (best[0], best[0], best[1], best[2], best[3])]
        assert [type(one) for one in saved] == [BestSaved, BestSaved, BestSaved, BestSaved, SpokenEnough]
        assert (saved[0], saved[0].to_name) == (saved[1], "Otieno")
        tip = items.by_number(world, str(saved[0].number))
        assert (tip.kind, tip.state, tip.member_id) == ("tip", "new", three.member(world, OTIENO).id)
        assert len(helping.revisions_of(world, tip.id)) == 1  # it waits for two others like every tip
        assert isinstance(circles.close_circle(world, OTIENO, GROUP), NotALeader)
        assert circles.close_circle(world, WANJIRU, GROUP) == CircleClosed(2, 3)
        assert isinstance(circles.say_in_circle(world, ACHIENG, GROUP, "worked", "too late", "a3"), NoCircle)
    assert re.search(r"Circles.*?cows.*?closed", page(sign_in(three)[0], f"groups/{GROUP}"), re.S)


def test_a_circle_ends_by_itself(three: Village) -> None:
    with three.world() as world:
        circles.open_circle(world, WANJIRU, GROUP, "cows", "k1")
    three.clock.passes(days=8)
    with three.world() as world:
        assert isinstance(circles.find_circle(world, OTIENO, GROUP), NoCircle)
        circles.open_circle(world, WANJIRU, GROUP, "crops", "k2")
        assert circles.find_circle(world, OTIENO, GROUP).about == "crops"


def test_members_say_what_a_meeting_is_to_be_about(three: Village) -> None:
    with three.world() as world:
        assert isinstance(circles.want_point(world, OTIENO, GROUP, AGENDAS[1]), NoMeeting)
        leading.call_meeting(world, WANJIRU, GROUP, "2026-11-28", "14", "", AGENDAS[0], "no", "m1")
        assert circles.want_point(world, OTIENO, GROUP, AGENDAS[1]) == PointKept(1)
        assert circles.want_point(world, ACHIENG, GROUP, AGENDAS[2]) == PointKept(1)
        assert circles.want_point(world, ACHIENG, GROUP, AGENDAS[1]) == PointKept(2)  # changed: one voice each
        assert circles.wanted_points(world, WANJIRU, GROUP)[0].label == f"{AGENDAS[1]}: 2"
        assert isinstance(circles.want_point(world, OTIENO, GROUP, "Anything"), NoMeeting)
    assert re.search(r"What the next meeting is to be about.*?Loans and savings.*?2", page(sign_in(three)[0], f"groups/{GROUP}"), re.S)
    three.clock.passes(days=6)
    with three.world() as world:
        assert isinstance(circles.want_point(world, OTIENO, GROUP, AGENDAS[0]), NoMeeting)


def test_nobody_outside_says_or_hears_anything(three: Village) -> None:
    with three.world() as world:
        circles.open_circle(world, WANJIRU, GROUP, "cows", "k1")
        circles.say_in_circle(world, OTIENO, GROUP, "worked", "warm water", "w1")
        groups.put(world, groups.by_number(world, GROUP).id, three.member(world, ACHIENG).id, state="left")
        assert isinstance(checks.next_statement(world, ACHIENG, GROUP), NotInGroup)
        assert isinstance(checks.rate(world, ACHIENG, GROUP, "0", "can"), NotInGroup)
        assert isinstance(circles.say_in_circle(world, ACHIENG, GROUP, "worked", "hello there", "w2"), NoCircle)
        assert circles.circle_words(world, ACHIENG, GROUP) == []


def test_everybody_of_the_group_sees_what_all_said_and_who_promised(village: Village) -> None:
    chama(village)
    with village.world() as world:
        groups.put(world, groups.by_number(world, "1001").id, members.by_number(world, ACHIENG).id, state="member")
        assert checks.our_check_results(world, ACHIENG, "1001") == []
        assert isinstance(checks.look_at_our_check(world, ACHIENG, "1001", "0"), CheckLater)
        for number, show in ((WANJIRU, "can"), (OTIENO, "should"), (ACHIENG, "can")):
            checks.rate(world, number, "1001", "0", show)
        promises.promise(world, WANJIRU, "1001", "0", str(members.by_number(world, OTIENO).id), "7", "p")
        seen = checks.look_at_our_check(world, ACHIENG, "1001", "0")
        assert isinstance(seen, CheckShown)
        assert (seen.can, seen.should) == (67, 33)
        assert seen.promise == "bado hakuna", "a name is shown with its own yes"
        assert checks.look_at_statement(world, WANJIRU, "1001", "0").promise == "Otieno: asked"
        promises.answer_named(world, members.by_number(world, OTIENO), world.read.scalar(rows.promises.select()), takes=True)
        assert checks.look_at_our_check(world, ACHIENG, "1001", "0").promise.startswith("Otieno: ")
        assert len(checks.our_check_results(world, ACHIENG, "1001")) == 1
