"""Nothing that was promised gets lost: a case is closed by whose it is, an answer reaches who asked the same, a held question reaches helpers."""

from __future__ import annotations

import datetime as dt

from gateway.community.groups import ballot_rows, cash, leading
from gateway.community.groups import rows as groups
from gateway.community.groups import verbs as group_verbs
from gateway.community.groups.model import GROUPS_MOST, TooManyGroups
from gateway.community.helping import routing, tips
from gateway.community.helping import rows as helping
from gateway.community.helping import verbs as asking
from gateway.community.helping.model import (
    ANSWERS_A_DAY,
    ANSWERS_OF_ONE,
    FIXES_A_DAY,
    HELPERS_ASKED,
    ROUNDS,
    AnsweredEnough,
    AnswerHeld,
    AnswerSent,
    FixSaved,
    NothingToCheck,
    TooManyTips,
)
from gateway.community.items import closing, looking, states, steering, voice_rows, wish_rows
from gateway.community.items import rows as items
from gateway.community.items.model import NoItem, SaidToday
from gateway.community.model import TooMany
from gateway.community.waiting import waiting_count, waiting_things
from gateway.members import rows as members
from gateway.members.model import Found
from gateway.records import rows as records
from tests.browser import operator, page, press
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, a_plan, crowd, idea
from tests.test_group_votes import with_three
from tests.test_needs import grown


def case(world, who: str = WANJIRU, words: str = "The scale is wrong"):
    return idea(world, who, words, "wrong")


def young(world, number: str, days: int = 2) -> None:
    members.change_member(world, members.by_number(world, number).id, made_at=world.now() - dt.timedelta(days=days))


def test_a_case_that_is_not_right_yet_is_first_in_line_and_goes_on(village: Village) -> None:
    grown(village)
    web = operator(village, "support")
    with village.world() as world:
        one = case(world)
        states.go(world, one, "looked_at", "grace")
        states.go(world, items.by_id(world, one.id), "done", "grace")
    village.sms(WANJIRU)
    village.phone(WANJIRU).texts("2", SHORTCODE)
    shown = page(web, "feedback")
    assert "first in line" in shown
    assert "Put right" in shown
    assert "closed by the member" in press(web, f"feedback/{one.id}", "feedback", state="done")
    with village.world() as world:
        assert items.by_id(world, one.id).state == "done"
    assert "first in line" not in page(web, "feedback")
    assert "Case" in village.sms(WANJIRU)[-1]  # asked anew


def test_it_is_asked_under_9_for_as_long_as_it_stands_and_whoever_it_is_not_of_closes_nothing(village: Village) -> None:
    grown(village)
    with village.world() as world:
        one = case(world)
        states.go(world, one, "done", "grace")
    for days in (10, 20):
        village.clock.passes(days=days)
        with village.world() as world:
            states.ask_authors_again(world)
            states.close_silent(world)
    with village.world() as world:
        assert items.by_id(world, one.id).state == "done"  # a case is not closed by silence
        assert f"done-{one.number}" in {row.value for row in waiting_things(world, WANJIRU)}
        assert not isinstance(closing.say_if_done(world, OTIENO, one.number, "yes"), closing.ItemClosed)
        assert isinstance(closing.say_if_done(world, WANJIRU, one.number, "yes"), closing.ItemClosed)
        assert not closing.settle(world, members.by_number(world, WANJIRU), items.by_id(world, one.id), good=True)
        assert isinstance(closing.reopen_case(world, WANJIRU, one.number), closing.OpenAgain)
        assert not isinstance(closing.reopen_case(world, WANJIRU, one.number), closing.OpenAgain)
        wish = idea(world, WANJIRU, "A roof")
        states.go(world, wish, "done", "grace", "it stands")
        assert isinstance(closing.say_if_done(world, WANJIRU, wish.number, "yes"), closing.ItemClosed)
        assert isinstance(closing.reopen_case(world, WANJIRU, wish.number), closing.OpenAgain)


def test_what_waits_is_as_many_as_is_listed(village: Village) -> None:
    grown(village)
    with village.world() as world:
        asking.turn_topic(world, OTIENO, "cows")
        asking.ask_helpers(world, WANJIRU, "cows", "Why does my cow cough", "q1")
        (question,) = items.of_member(world, members.by_number(world, WANJIRU).id, ("question",), 9)
        done = case(world)
        states.go(world, done, "done", "grace")
        groups.put(world, group_verbs.open_group(world, "Kiboko").id, members.by_number(world, OTIENO).id, state="invited")
        asking.me_too_question(world, ACHIENG, question.number)
        assert isinstance(asking.answer(world, OTIENO, question.number, "Open the window", "a1"), AnswerSent)
        asking.ask_helpers(world, ACHIENG, "cows", "Where is the vet", "q2")
        for number, values in ((WANJIRU, {f"done-{done.number}", f"ans-{question.number}"}), (OTIENO, {"q-", "group-"}), (ACHIENG, {"told-"})):
            world.seen.clear()
            listed = [row.value for row in waiting_things(world, number)]
            assert int(waiting_count(world, number)) == len(listed), number
            assert all(any(one.startswith(value) for one in listed) for value in values), (number, listed)
    village.clock.passes(days=15)
    with village.world() as world:
        assert [row.value[:6] for row in waiting_things(world, OTIENO)] == ["group-"]  # old questions do not nag for ever


def test_a_question_that_waited_for_a_person_reaches_helpers_and_others_are_asked_while_nobody_answers(village: Village) -> None:
    grown(village)
    with village.world() as world:
        helpers = crowd(world, (ROUNDS + 1) * HELPERS_ASKED)
        for number in helpers:
            asking.turn_topic(world, number, "cows")
        young(world, WANJIRU)
        asking.ask_helpers(world, WANJIRU, "cows", "Why does my cow cough", "q1")
        (question,) = items.of_member(world, members.by_number(world, WANJIRU).id, ("question",), 9)
        assert (question.state, helping.routes_of(world, question.id)) == ("held", [])
    web = operator(village, "facilitator")
    assert "done" in press(web, f"moderation/items/{question.number}", "moderation", what="through")
    with village.world() as world:
        assert len(helping.routes_of(world, question.id)) == HELPERS_ASKED
        assert routing.ask_more(world) == 0  # not before a day is over
    for n in range(2, ROUNDS + 3):
        village.clock.passes(hours=25)
        with village.world() as world:
            routing.ask_more(world)
            routes = helping.routes_of(world, question.id)
            assert len(routes) == min(n, ROUNDS) * HELPERS_ASKED
            assert len({one.member_id for one in routes}) == len(routes)


def test_a_held_tip_that_is_let_through_still_waits_for_two(village: Village) -> None:
    grown(village)
    with village.world() as world:
        young(world, WANJIRU)
        tip = tips.write_tip(world, WANJIRU, "cows", "Give it salt", "t")
        assert items.by_number(world, tip.number).state == "held"
        assert isinstance(tips.next_check(world, OTIENO), NothingToCheck)  # a person first
    press(operator(village, "facilitator"), f"moderation/items/{tip.number}", "moderation", what="through")
    with village.world() as world:
        assert items.by_number(world, tip.number).state == "new"
        assert not isinstance(tips.next_check(world, OTIENO), NothingToCheck)
        assert isinstance(tips.next_check(world, WANJIRU), NothingToCheck)


def test_what_a_person_has_read_is_still_voted_on_quickly(village: Village) -> None:
    grown(village)
    with village.world() as world:
        one = idea(world, WANJIRU, "A cold tank")
        states.go(world, one, "looked_at", "grace")
        assert looking.pick_statement(world, OTIENO).item == one.number
        states.go(world, items.by_id(world, one.id), "planned", "grace", "in May", plan=a_plan(world))
        assert isinstance(looking.pick_statement(world, OTIENO), looking.NoMoreToday)


def test_answers_have_an_end(village: Village) -> None:
    grown(village)
    with village.world() as world:
        asked = [idea(world, who, f"Question {n}", "question") for n, who in enumerate(crowd(world, ANSWERS_A_DAY + 1))]
        for n in range(ANSWERS_OF_ONE):
            assert isinstance(asking.answer(world, OTIENO, asked[0].number, f"So {n}", f"a{n}"), AnswerSent)
        assert isinstance(asking.answer(world, OTIENO, asked[0].number, "And so", "a-more"), AnsweredEnough)
        for n in range(1, ANSWERS_A_DAY - ANSWERS_OF_ONE + 1):
            assert isinstance(asking.answer(world, OTIENO, asked[n].number, "So", f"b{n}"), AnswerSent)
        assert isinstance(asking.answer(world, OTIENO, asked[-1].number, "So", "c"), SaidToday)
        young(world, ACHIENG)
        assert isinstance(asking.answer(world, ACHIENG, asked[-1].number, "So", "d"), AnswerHeld)
    assert not any("So" in one for one in village.sms(asked[-1].phone))


def test_fixes_groups_and_invitations_have_an_end_too(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        for number in (WANJIRU, OTIENO, ACHIENG):
            young(world, number, 90)
        for n, who in enumerate(crowd(world, FIXES_A_DAY + 1)):
            tip = tips.write_tip(world, who, "cows", f"Tip {n}", f"t{n}")
            tips.accept(world, helping.revisions_of(world, items.by_number(world, tip.number).id)[0], "grace")
            fixed = tips.fix_tip(world, OTIENO, tip.number, f"Better {n}", "clearer")
            assert isinstance(fixed, FixSaved if n < FIXES_A_DAY else TooManyTips)
        made = 0
        while not isinstance(started := group_verbs.start_group(world, ACHIENG, f"Group {made}"), TooManyGroups):
            group_verbs.leave_group(world, ACHIENG, started.group)
            made += 1
            assert made <= GROUPS_MOST
        others = crowd(world, leading.INVITED_A_DAY + 1)
        for n, who in enumerate(others):
            invited = leading.invite(world, WANJIRU, "1001", who, f"i{n}")
            assert isinstance(invited, Found if n < leading.INVITED_A_DAY else TooMany), n
        voice_rows.turn(world, "group_sms", off=True, why="rest", by="grace")
    village.clock.passes(days=2)
    with village.world() as world:
        assert isinstance(leading.invite(world, WANJIRU, "1001", others[-1], "late"), Found)  # it stands under 3
    village.workers_run()
    assert village.far_side.messages_to(others[-1]) == []


def test_a_yes_to_who_asks_to_join_goes_out_by_day_and_never_after_stop(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        one, two = crowd(world, 2)
        group = groups.by_number(world, "1001")
        for number in (one, two):
            groups.put(world, group.id, members.by_number(world, number).id, state="asked")
        records.stop(world, two)
        ids = [str(members.by_number(world, number).id) for number in (one, two)]
    village.clock.passes(hours=12)  # half past nine in the evening
    with village.world() as world:
        for n, id in enumerate(ids):
            leading.decide_asker(world, WANJIRU, "1001", id, "yes", f"d{n}")
    village.workers_run()
    assert village.far_side.messages_to(one) == []
    village.clock.passes(hours=12)
    village.workers_run()
    assert (len(village.far_side.messages_to(one)), village.far_side.messages_to(two)) == (1, [])


def test_a_crowd_of_new_accounts_holds_nothing_up_and_hides_nothing(village: Village) -> None:
    grown(village)
    with village.world() as world:
        coming = idea(world, WANJIRU, "A cold tank")
        states.go(world, coming, "planned", "grace", "in May", plan=a_plan(world))
        bad = idea(world, OTIENO, "A second agent")
        some = crowd(world, 5)
        for number in some:
            young(world, number)
            steering.wait_first(world, number, coming.number)
            states.report(world, number, bad.number, "lie")
        assert wish_rows.count(world, coming.id) == {}
        states.go(world, items.by_id(world, coming.id), "trying", "grace", plan=a_plan(world, stop="the milk goes sour"))
        assert items.by_id(world, bad.id).state == "open"
    village.clock.passes(days=8)
    with village.world() as world:
        assert wish_rows.count(world, coming.id) == {"wait": 5}
        states.report(world, ACHIENG, bad.number, "lie")
        assert items.by_id(world, bad.id).state == "held"


def test_a_tip_that_is_said_to_be_dangerous_rests_at_once_but_not_by_a_new_account(village: Village) -> None:
    grown(village)
    with village.world() as world:
        tip = tips.write_tip(world, WANJIRU, "cows", "Give ten spoons of the drug", "t")
        tips.accept(world, helping.revisions_of(world, items.by_number(world, tip.number).id)[0], "grace")
        young(world, ACHIENG)
        states.report(world, ACHIENG, tip.number, "danger")
        assert items.by_number(world, tip.number).state == "open"
        wish = idea(world, WANJIRU, "A roof")
        states.report(world, OTIENO, wish.number, "danger")
        assert items.by_number(world, wish.number).state == "open"  # only what is done to people and beasts
    village.phone(OTIENO).texts(f"REPORT {tip.number} hatari sana", SHORTCODE)
    with village.world() as world:
        assert items.by_number(world, tip.number).state == "held"
    assert "said to be dangerous" in page(operator(village, "facilitator"), "moderation")


def test_who_is_seen_by_nobody_is_a_member_to_others_and_in_groups_a_name_to_their_own(village: Village) -> None:
    with_three(village)  # all three are in one group
    with village.world() as world:
        for number in (WANJIRU, OTIENO, ACHIENG):
            young(world, number, 90)
        (stranger,) = crowd(world, 1)
        question = idea(world, WANJIRU, "Where is the vet", "question")
        for shown, of_her_group, of_others in (("everyone", "Wanjiru", "Wanjiru"), ("groups", "Wanjiru", "a member"), ("nobody", "a member", "a member")):
            members.change_member(world, members.by_number(world, WANJIRU).id, shown_to=shown)
            world.seen.clear()
            assert asking.look_at_question(world, OTIENO, question.number).from_name == of_her_group
            assert asking.look_at_question(world, stranger, question.number).from_name == of_others


def test_who_wrote_a_word_of_the_list_hears_which_and_why(village: Village) -> None:
    grown(village)
    with village.world() as world:
        voice_rows.hold_word(world, "thief", "it accuses somebody", "grace")
        idea(world, WANJIRU, "the clerk is a thief")
    assert "because of the word thief: it accuses somebody" in village.sms(WANJIRU)[-1]


def test_a_leader_hears_when_cash_is_said_not_to_be_so(village: Village) -> None:
    with_three(village)
    with village.world() as world:
        cash.write_cash(world, WANJIRU, "1001", str(members.by_number(world, OTIENO).id), 5_000, "c1")
        record = ballot_rows.cash_by_key(world, "c1")
        cash.answer_cash(world, members.by_number(world, OTIENO), record.id, agrees=False)
    assert village.sms(WANJIRU)[-1].startswith("Otieno says: not so. KES 50")


def test_what_the_office_changes_in_a_group_is_told_to_whom_it_is_about(village: Village) -> None:
    with_three(village)
    web = operator(village, "facilitator")
    with village.world() as world:
        otieno, achieng = (members.by_number(world, number).id for number in (OTIENO, ACHIENG))
    press(web, f"groups/1001/members/{otieno}", "groups/1001", what="leader")
    assert "asks you to lead it next" in village.sms(OTIENO)[-1]
    with village.world() as world:
        group = groups.by_number(world, "1001")
        assert groups.membership(world, group.id, otieno).role == "member"  # nobody leads without their own yes
    assert "asked already" in press(web, f"groups/1001/members/{otieno}", "groups/1001", what="leader")
    village.phone(OTIENO).texts("1", SHORTCODE)
    with village.world() as world:
        roles = {one.member_id: one.role for one in groups.in_group(world, group.id)}
        assert roles[otieno] == "leader"
        assert roles[members.by_number(world, WANJIRU).id] == "leader"  # whom the group chose leads on beside them
    press(web, f"groups/1001/members/{otieno}", "groups/1001", what="member")
    assert "no more" in village.sms(OTIENO)[-1]
    press(web, f"groups/1001/members/{achieng}", "groups/1001", what="left")
    assert "Ofisi imekuondoa" in village.sms(ACHIENG)[-1]


def test_who_voted_on_what_is_joined_finds_it_under_9(village: Village) -> None:
    grown(village)
    with village.world() as world:
        root, other = idea(world, WANJIRU, "a cold tank"), idea(world, OTIENO, "one cold tank")
        looking.vote_here(world, ACHIENG, other.number, "for")
        states.merge(world, other, root, "grace")
        assert [row.value[:5] for row in waiting_things(world, ACHIENG)] == ["told-"]


def test_a_no_is_looked_at_once_more_with_its_authors_reason_and_the_second_stands(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "Pay us on Friday")
        assert isinstance(closing.object_to_no(world, WANJIRU, one.number, "we need it", "k0"), closing.NotDeclined)
        states.go(world, one, "declined", "grace", "not this year")
        assert isinstance(closing.object_to_no(world, OTIENO, one.number, "we need it", "k1"), NoItem), "not theirs"
        assert isinstance(closing.object_to_no(world, WANJIRU, one.number, "school fees are due on Friday", "k2"), closing.Objected)
        assert items.by_id(world, one.id).state == "open"
        assert [said.words for said in voice_rows.comments_on(world, [one.id], 3)] == ["school fees are due on Friday"]
        assert voice_rows.changes_of(world, [one.id])[-1].by == closing.OBJECTION
        states.go(world, items.by_id(world, one.id), "declined", "grace", "not this year")
        assert isinstance(closing.object_to_no(world, WANJIRU, one.number, "please", "k3"), closing.NotDeclined)
