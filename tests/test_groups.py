"""Groups: nobody is added without two yes, nobody outside sees inside, and what goes out to many is counted before it is sent."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.community.groups import ballot_rows, facts, health, joining, leading, rows, votes
from gateway.community.groups import verbs as groups
from gateway.community.groups.model import (
    GROUPS_MOST,
    LED_MOST,
    TEXTS_A_MONTH,
    AskerGone,
    GroupFirst,
    GroupIsFull,
    InGroup,
    Invited,
    NoMeeting,
    NotALeader,
    NoticeGone,
    NotInGroup,
    TooFewTexts,
    TooManyGroups,
)
from gateway.community.model import TooMany
from gateway.community.needs import verbs as needs
from gateway.members import rows as members
from gateway.members.model import PlaceName
from gateway.records import rows as records
from gateway.store import outbox
from menus.answers import Secret
from tests.cast import ACHIENG, CODE, OTIENO, SHORTCODE, WANJIRU, Village


def chama(village: Village) -> None:
    """Wanjiru leads it, Otieno is in it, Achieng is not."""
    village.everybody()
    village.places()
    with village.world() as world:
        group = rows.by_number(world, "1001")
        for number, role in ((WANJIRU, "leader"), (OTIENO, "member")):
            rows.put(world, group.id, members.by_number(world, number).id, state="member", role=role)


def dial(village: Village, number: str, path: str, *typed: str) -> str:
    phone = village.phone(number)
    phone.dials(f"{CODE.removesuffix('#')}*{path}#")
    for one in typed:
        phone.types(one)
    return phone.screen


def test_nobody_outside_sees_inside(sqlite_village: Village) -> None:
    chama(sqlite_village)
    with sqlite_village.world() as world:
        leading.send_notice(world, WANJIRU, "1001", "the books are open", "no", "k1")
        notice = str(rows.notices_of(world, rows.by_number(world, "1001").id, 1)[0].id)

        assert facts.group_balance(world, ACHIENG, "1001").minor == 0
        assert facts.group_balance(world, OTIENO, "1001").minor == 30_000_00
        for told in (facts.payers, facts.group_lines, facts.fellows, facts.notices_of_group):
            assert told(world, ACHIENG, "1001") == []
            assert told(world, OTIENO, "1001")
        assert isinstance(groups.read_notice(world, ACHIENG, notice, "1001"), NoticeGone)
        assert isinstance(groups.next_meeting(world, ACHIENG, "1001"), NoMeeting)
        assert isinstance(groups.enter_group(world, ACHIENG, "1001"), NotInGroup)


def test_only_a_leader_leads(sqlite_village: Village) -> None:
    chama(sqlite_village)
    with sqlite_village.world() as world:
        for caller in (OTIENO, ACHIENG):
            assert isinstance(leading.send_notice(world, caller, "1001", "words", "yes", "k"), NotALeader)
            assert isinstance(leading.call_meeting(world, caller, "1001", "2026-11-30", "14", "", "Our money", "yes", "k"), NotALeader)
            assert isinstance(leading.invite(world, caller, "1001", WANJIRU, "k"), NotALeader)
            assert isinstance(leading.decide_asker(world, caller, "1001", "1", "yes", "k"), AskerGone)
    assert "6 Leader tools" not in dial(sqlite_village, OTIENO, "3", "98")
    assert "6 Leader tools" in dial(sqlite_village, WANJIRU, "3", "98")


def test_who_is_invited_says_yes_or_no_first(sqlite_village: Village) -> None:
    chama(sqlite_village)

    assert dial(sqlite_village, WANJIRU, "3", "98", "6", "7", "0733000003").startswith("We asked Achieng (..003).")
    assert "Wanjiru anakualika kikundi Tumaini group." in sqlite_village.sms(ACHIENG)[-1]
    with sqlite_village.world() as world:
        assert rows.heads_of(world, [rows.by_number(world, "1001").id]) == {rows.by_number(world, "1001").id: 2}
        assert isinstance(groups.find_my_group(world, ACHIENG), Invited)
    assert dial(sqlite_village, ACHIENG, "3", "2").startswith("Sawa. Hauko humo")
    assert "ameshaombwa" not in dial(sqlite_village, WANJIRU, "3", "98", "6", "7", "0733000003")
    assert sqlite_village.phone(WANJIRU).screen.startswith("This member was asked already.")
    with sqlite_village.world() as world:
        assert isinstance(groups.accept_invitation(world, ACHIENG, "1001"), NotInGroup)
        assert len(rows.in_group(world, rows.by_number(world, "1001").id)) == 2


def test_an_invitation_and_a_wish_meet(sqlite_village: Village) -> None:
    chama(sqlite_village)
    dial(sqlite_village, WANJIRU, "3", "98", "6", "7", "0733000003")
    sqlite_village.phone(ACHIENG).texts("JIUNGE 1001", SHORTCODE)

    assert sqlite_village.sms(ACHIENG)[-1].startswith("Uko katika kikundi hiki.")
    with sqlite_village.world() as world:
        assert isinstance(groups.find_my_group(world, ACHIENG), InGroup)


def test_a_no_is_told_without_a_reason_and_may_ask_again_only_later(sqlite_village: Village) -> None:
    chama(sqlite_village)
    sqlite_village.phone(ACHIENG).texts("JIUNGE 1001", SHORTCODE)

    assert dial(sqlite_village, WANJIRU, "3", "98", "6", "3", "1", "2").startswith("Done. Achieng is told kindly")
    assert sqlite_village.sms(ACHIENG)[-1].startswith("Tumaini group haichukui wapya sasa.")


def test_notices_and_their_sms_are_counted_before_they_go(sqlite_village: Village) -> None:
    chama(sqlite_village)

    shown = dial(sqlite_village, WANJIRU, "3", "98", "6", "2", "bring the sick calves")
    assert shown.startswith(f"Tell all: 1 SMS, {TEXTS_A_MONTH} left this month.")
    sqlite_village.phone(WANJIRU).types("1")
    assert sqlite_village.sms(OTIENO)[-1] == "Tumaini group: bring the sick calves - Wanjiru"
    assert dial(sqlite_village, WANJIRU, "3", "98", "6", "2", "again").startswith(f"Tell all: 1 SMS, {TEXTS_A_MONTH - 1} left this month.")


def test_whoever_said_stop_is_neither_counted_nor_written_to(sqlite_village: Village) -> None:
    chama(sqlite_village)
    sqlite_village.phone(OTIENO).texts("STOP", SHORTCODE)
    before = len(sqlite_village.sms(OTIENO))

    assert dial(sqlite_village, WANJIRU, "3", "98", "6", "2", "bring the sick calves").startswith("Tell all: 0 SMS")
    sqlite_village.phone(WANJIRU).types("1")
    assert len(sqlite_village.sms(OTIENO)) == before
    assert "bring the sick" in dial(sqlite_village, OTIENO, "3*6")


def test_a_group_is_told_not_shouted_at(sqlite_village: Village) -> None:
    chama(sqlite_village)
    with sqlite_village.world() as world:
        said = [leading.send_notice(world, WANJIRU, "1001", f"notice {n}", "no", f"k{n}") for n in range(7)]

    assert [isinstance(one, TooMany) for one in said] == [False] * 5 + [True] * 2


def test_the_same_turn_twice_is_one_notice_and_one_meeting(sqlite_village: Village) -> None:
    chama(sqlite_village)
    for _ in range(2):
        with sqlite_village.world() as world:
            leading.send_notice(world, WANJIRU, "1001", "once", "yes", "call-7")
            leading.call_meeting(world, WANJIRU, "1001", "2026-11-30", "14", "", "Our money", "yes", "call-8")

    got = sqlite_village.sms(OTIENO)
    assert len(got) == 2
    with sqlite_village.world() as world:
        group = rows.by_number(world, "1001")
        assert len(rows.notices_of(world, group.id, 9)) == 1
        assert len(rows.meetings_of(world, group.id, world.now(), 9)) == 1


def test_sms_that_nobody_asked_for_wait_for_the_hours_of_their_reader(sqlite_village: Village) -> None:
    chama(sqlite_village)
    sqlite_village.clock.passes(hours=11)  # half past eight in the evening
    dial(sqlite_village, OTIENO, "6*4*3", "4")  # Otieno: from 16 to 19
    dial(sqlite_village, WANJIRU, "3", "98", "6", "2", "bring the sick calves", "1")

    assert sqlite_village.sms(OTIENO) == []
    with sqlite_village.world() as world:
        due = world.read.execute(outbox.outbox.select().where(outbox.outbox.c.state == "waiting")).one().due_at
        local = world.organisation.local(due)
    assert (local.hour, local.minute) == (16, 0)
    sqlite_village.clock.passes(hours=20)
    assert len(sqlite_village.sms(OTIENO)) == 1


def test_a_group_without_sms_is_told_in_the_menu_only(sqlite_village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    chama(sqlite_village)
    with sqlite_village.world() as world:
        world.write.execute(records.texts.insert(), [
            {"id": n, "organisation_id": world.organisation.id, "key": f"t{n}", "number": OTIENO, "kind": "service", "words": "x", "about": "group 1001",
             "state": "delivered", "made_at": world.now()}
            for n in range(TEXTS_A_MONTH)
        ])  # fmt: skip

        assert isinstance(leading.send_notice(world, WANJIRU, "1001", "words", "yes", "k"), TooFewTexts)
        assert rows.notices_of(world, rows.by_number(world, "1001").id, 9) == []


def test_nobody_is_in_more_groups_than_a_screen_shows(sqlite_village: Village) -> None:
    chama(sqlite_village)
    with sqlite_village.world() as world:
        started = [groups.start_group(world, ACHIENG, f"Group {n}") for n in range(LED_MOST + 1)]
        assert isinstance(started[-1], TooManyGroups)
        achieng = members.by_number(world, ACHIENG)
        for n in range(GROUPS_MOST):
            rows.put(world, groups.open_group(world, f"Many {n}").id, achieng.id, state="member")
        assert isinstance(joining.ask_to_join(world, ACHIENG, "1001"), TooManyGroups)


def test_a_full_group_takes_nobody(sqlite_village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    chama(sqlite_village)
    monkeypatch.setattr(groups, "MEMBERS_MOST", 2)
    with sqlite_village.world() as world:
        assert isinstance(joining.ask_to_join(world, ACHIENG, "1001"), GroupIsFull)


def test_who_has_paid_is_what_the_books_say(sqlite_village: Village) -> None:
    """What went back does not count, nor what was paid before the month began."""
    chama(sqlite_village)
    dial(sqlite_village, WANJIRU, "3*1", "70", "4715")
    sqlite_village.clock.passes(days=30)
    with sqlite_village.world() as world:
        assert facts.paid_heads(world, WANJIRU, "1001") == 0
    dial(sqlite_village, WANJIRU, "3*1", "50", "4715")
    with sqlite_village.world() as world:
        assert facts.paid_heads(world, OTIENO, "1001") == 1
        assert [row.label for row in facts.payers(world, OTIENO, "1001")] == ["Wanjiru KES 50", "Otieno not yet"]


def test_two_open_questions_ask_which_one(sqlite_village: Village) -> None:
    chama(sqlite_village)
    with sqlite_village.world() as world:
        leading.call_meeting(world, WANJIRU, "1001", "2026-11-30", "14", "", "Our money", "yes", "k1")
    sqlite_village.phone(OTIENO).texts("when does it rain", SHORTCODE)
    assert sqlite_village.sms(OTIENO)[-1].startswith("We have your words. Are they: 1 an idea")
    sqlite_village.phone(OTIENO).texts("1", SHORTCODE)
    assert sqlite_village.sms(OTIENO)[-1] == "You have two open: 1 Your words 2 Tumaini group. Which one? Reply 1 or 2."
    sqlite_village.phone(OTIENO).texts("2", SHORTCODE)
    assert sqlite_village.sms(OTIENO)[-1].startswith("Good, you come. 2 of 2 come.")
    sqlite_village.phone(OTIENO).texts("1", SHORTCODE)
    assert sqlite_village.sms(OTIENO)[-1].startswith("Thank you. A person reads it.")
    sqlite_village.phone(OTIENO).texts("1", SHORTCODE)
    assert sqlite_village.sms(OTIENO)[-1].startswith("We have no open question to you")  # nothing is any more


def test_a_reminder_goes_once_to_those_who_come(sqlite_village: Village) -> None:
    chama(sqlite_village)
    with sqlite_village.world() as world:
        leading.call_meeting(world, WANJIRU, "1001", "2026-11-24", "14", "Kiboko", "Our money", "no", "k1")
    sqlite_village.clock.passes(hours=6)
    for _ in range(2):
        with sqlite_village.world() as world:
            leading.remind_meetings(world)

    assert [words for words in sqlite_village.sms(WANJIRU) if "meets" in words] == ["Tumaini group meets Tue 24 Nov 14:00, Kiboko. You said that you come."]
    assert sqlite_village.sms(OTIENO) == []


def test_whoever_leaves_the_cooperative_is_no_head_of_a_group(sqlite_village: Village) -> None:
    chama(sqlite_village)
    with sqlite_village.world() as world:
        members.change_member(world, members.by_number(world, OTIENO).id, status="left")
        group = rows.by_number(world, "1001")
        assert rows.heads_of(world, [group.id]) == {group.id: 1}
        assert [row.label for row in facts.fellows(world, WANJIRU, "1001")] == ["Wanjiru*"]


def test_a_hidden_member_is_a_member_to_the_others(sqlite_village: Village) -> None:
    chama(sqlite_village)
    dial(sqlite_village, OTIENO, "6*6*5", "3")

    assert "2 a member" in dial(sqlite_village, WANJIRU, "3*5")
    assert dial(sqlite_village, WANJIRU, "3*5", "2").startswith("This member does not want to be shown.")
    assert "2 Otieno" in dial(sqlite_village, OTIENO, "3*5")


def test_a_meeting_that_is_over_or_called_off_takes_no_answer(sqlite_village: Village) -> None:
    chama(sqlite_village)
    with sqlite_village.world() as world:
        leading.call_meeting(world, WANJIRU, "1001", "2026-11-30", "14", "", "Our money", "yes", "k1")
        rows.change_meeting(world, rows.meetings_of(world, rows.by_number(world, "1001").id, world.now(), 1)[0].id, state="off")
    sqlite_village.sms(OTIENO)
    sqlite_village.phone(OTIENO).texts("YES", SHORTCODE)

    assert sqlite_village.sms(OTIENO)[-1] == "That meeting is over, or was called off."
    assert dial(sqlite_village, OTIENO, "3*3").startswith("No meeting is set now.")


def test_a_day_that_has_passed_is_asked_again(sqlite_village: Village) -> None:
    chama(sqlite_village)
    today = sqlite_village.clock.at.astimezone(dt.UTC).date().isoformat()
    with sqlite_village.world() as world:
        said = leading.price_meeting(world, WANJIRU, "1001", today, "6")

    assert type(said).__name__ == "TooEarly"


def test_who_alone_leads_others_does_not_leave_us_and_sees_which_group_it_is(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        group = groups.open_group(world, "Tumaini group")
        wanjiru, otieno = (members.by_number(world, number).id for number in (WANJIRU, OTIENO))
        rows.put(world, group.id, otieno, state="member", role="leader")
        assert not isinstance(needs.may_leave(world, OTIENO), GroupFirst)  # another one leads too
        rows.put(world, group.id, wanjiru, state="member")
        assert needs.may_leave(world, OTIENO) == GroupFirst(PlaceName(group.name))
        assert needs.leave(world, OTIENO, Secret("5839")) == GroupFirst(PlaceName(group.name))
    assert dial(village, OTIENO, "6*98*5").startswith("Tumaini grp still needs you: you alone lead it")
    with village.world() as world:
        rows.put(world, group.id, wanjiru, state="member", role="leader")
    assert "Enter PIN to leave" in dial(village, OTIENO, "6*98*5")


def test_of_two_leaders_who_leave_at_once_one_stays(village: Village) -> None:
    chama(village)
    with village.world() as world:
        found = rows.by_number(world, "1001")
        for number, role in ((WANJIRU, "leader"), (OTIENO, "leader"), (ACHIENG, "member")):
            rows.put(world, found.id, village.member(world, number).id, state="member", role=role)

    def leaves(number: str) -> str:
        with village.world() as world:
            return type(groups.leave_group(world, number, "1001")).__name__

    with ThreadPoolExecutor(2) as both:
        assert sorted(both.map(leaves, (WANJIRU, OTIENO))) == ["LeftGroup", "OnlyLeader"]


def test_a_leader_sees_the_score_and_what_to_do_next(village: Village) -> None:
    chama(village)
    with village.world() as world:
        day = next(iter(facts.coming_days(world, WANJIRU))).value
        leading.call_meeting(world, WANJIRU, "1001", day, "14", "Kiboko school", "Our money", "no", "m1")
        meeting = rows.meetings_of(world, rows.by_number(world, "1001").id, world.now(), 1)[0]
        groups.say_if_coming(world, OTIENO, str(meeting.id), "unsure")
        told = {row.label.split(": ")[0]: row.label.split(": ")[1] for row in facts.who_comes(world, WANJIRU, str(meeting.id), "1001")}
        assert told == {"Wanjiru": "comes", "Otieno": "not sure"}
        assert groups.next_meeting(world, OTIENO, "1001").coming == 1  # who is not sure does not count
        assert health.look_at_score(world, WANJIRU, "1001").came == 0, "it is still to come"
    village.clock.passes(days=3)
    with village.world() as world:
        scored = health.look_at_score(world, WANJIRU, "1001")
        assert (scored.heads, scored.paid, scored.came, scored.helped) == (2, 0, 1, 0)
        assert "Few have paid: remind kindly" in [row.label for row in health.what_to_do(world, WANJIRU, "1001")]
        assert isinstance(health.look_at_score(world, OTIENO, "1001"), NotALeader)
        assert health.what_to_do(world, OTIENO, "1001") == []


def test_where_one_has_led_for_a_year_the_clock_asks_who_leads_next(village: Village) -> None:
    chama(village)
    with village.world() as world:
        group = rows.by_number(world, "1001")
        assert votes.call_due_elections(world) == 0
    village.clock.passes(days=366)
    with village.world() as world:
        assert votes.call_due_elections(world) == 1
        assert votes.call_due_elections(world) == 0
        assert [(one.kind, one.state) for one in ballot_rows.votes_of(world, group.id, 9)] == [("leader", "open")]
