"""What a second reading found: each of these was wrong once, and each is about two things that are true of one person, one vote, one press."""

from __future__ import annotations

import datetime as dt

import pytest

from gateway.community import lost
from gateway.community import rows as community
from gateway.community.groups import ballot_rows as ballots
from gateway.community.groups import rows as groups
from gateway.community.groups import votes as group_votes
from gateway.community.helping import routing
from gateway.community.helping import rows as helping_rows
from gateway.community.helping import verbs as asking
from gateway.community.helping.model import AskedHeld
from gateway.community.items import measures, near_rows, plan_rows, rows, states, steering, verbs, voice_rows
from gateway.community.items.model import OwnItem
from gateway.community.items.plan_model import PLAN_DAYS_MOST
from gateway.community.numbers import named_as_number
from gateway.community.questions import OPEN_HOURS, remember_all, still_open
from gateway.community.voices import one_person
from gateway.ledger import rows as ledger_rows
from gateway.members import log, payments, pins, sims
from gateway.members import rows as members
from gateway.members.payments import Sent, UnderWay
from gateway.members.verbs import weigh_pin
from gateway.records import rows as records
from menus.answers import Secret
from menus.book.sms import SMS
from menus.commands import find
from tests.browser import operator, page, press, sign_in
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, a_payment, a_plan, crowd, idea
from tests.test_groups import chama


def test_who_speaks_with_the_second_speaks_with_the_first_when_those_two_are_one(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        first, second, third = (members.by_number(world, number) for number in crowd(world, 3))
        one_person.make_one(world, second, third)
        one_person.make_one(world, first, members.by_id(world, second.id))
        assert {members.by_id(world, one.id).voice for one in (first, second, third)} == {first.id}
        mine = idea(world, second.number, "a cold tank").number
        assert isinstance(verbs.vote(world, first.number, mine, "for"), OwnItem), "an idea of hers is supported by her already, whichever phone she holds"
        coming = idea(world, OTIENO, "a bridge over the river")
        states.go(world, coming, "planned", "grace", "so", plan=a_plan(world))
        waits = [steering.wait_first(world, one.number, coming.number).waits for one in (first, second, third)]
        assert waits == [1, 1, 1], "one person says wait once"


def test_pressed_twice_two_accounts_become_one_once(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        first, second = (members.by_number(world, number) for number in crowd(world, 2))
        for _ in range(2):
            one_person.make_one(world, first, second)
    village.workers_run()
    assert [sum("one person, one vote" in words for words in village.sms(one.number)) for one in (first, second)] == [1, 1]


def test_another_day_is_a_new_promise_and_a_click_too_many_is_none(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one, plan = idea(world, WANJIRU, "a cold tank"), a_plan(world, 10)
        states.go(world, one, "planned", "grace", "so", plan=plan)
        with pytest.raises(states.CannotGo, match="promised already"):
            states.go(world, rows.by_id(world, one.id), "planned", "grace", "so", plan=plan)
        with pytest.raises(states.CannotGo, match=f"within {PLAN_DAYS_MOST} days"):
            states.go(world, rows.by_id(world, one.id), "planned", "grace", "so", plan=a_plan(world, PLAN_DAYS_MOST + 1))
        states.go(world, rows.by_id(world, one.id), "planned", "grace", "so", plan=a_plan(world, 30))
    village.clock.passes(days=20)
    with village.world() as world:
        assert measures.planned_in_time(world).due == 0, "moved in time"
        states.go(world, rows.by_id(world, one.id), "done", "grace")
        states.go(world, rows.by_id(world, one.id), "open", "the author", tell=False)
        states.go(world, rows.by_id(world, one.id), "planned", "grace", "once more", plan=a_plan(world, 5))
        found = measures.planned_in_time(world)
        assert (found.due, found.kept) == (1, 1)
    village.clock.passes(days=7)
    with village.world() as world:
        found = measures.planned_in_time(world)
        assert (found.due, found.kept) == (2, 1), "what was done before is not done again"


def test_the_console_keeps_a_plan_and_its_reason_apart_and_no_crafted_step(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        number = idea(world, WANJIRU, "a cold tank").number
        due = world.organisation.local(world.now()).date() + dt.timedelta(days=9)
    web = sign_in(village)[0]
    here = f"items/{number}"
    sure = {"state": "planned", "why": "from 1 December", "due": due.isoformat(), "owner": "Grace", "cost": "KES 100"}
    asked = {f"sure-{name}": value for name, value in sure.items()}
    assert "cannot go there" in press(web, f"{here}/take", here, **{**asked, "sure-state": "merged"})
    assert "is planned now" in press(web, f"{here}/take", here, **asked)
    assert "Stops if" not in page(web, here)
    with village.world() as world:
        assert plan_rows.last(world, rows.by_number(world, number).id).stop == ""
    maker = page(operator(village, "maker"), here)
    assert "Answer who waits" not in maker
    assert 'value="trying"' not in maker, "what promises something is offered to who may say it"


def test_who_is_in_a_group_is_asked_to_lead_by_the_other_form_too(village: Village) -> None:
    chama(village)
    with village.world() as world:
        otieno = members.by_number(world, OTIENO).id
        number = groups.of_member(world, otieno)[0].number
    web = operator(village, "facilitator")
    assert "is asked" in press(web, f"groups/{number}/invite", f"groups/{number}", who="0722000002", role="leader", key="k1")
    with village.world() as world:
        assert groups.membership(world, groups.by_number(world, number).id, otieno).role == "member"
    assert "already" in press(web, f"groups/{number}/invite", f"groups/{number}", who="0722000002", role="member", key="k2")


def test_an_election_lately_is_no_year_of_leading_and_the_last_meeting_is_the_last(village: Village) -> None:
    chama(village)
    with village.world() as world:
        group = groups.of_member(world, members.by_number(world, OTIENO).id)[0]
        for days in (20, 2):
            groups.add_meeting(
                world,
                key=f"m{days}",
                group_id=group.id,
                at=world.now() - dt.timedelta(days=days),
                place="here",
                agenda="",
                member_id=members.by_number(world, WANJIRU).id,
            )
        last = groups.last_meeting(world, group.id, world.now() - dt.timedelta(days=30))
        assert (world.now() - last.at).days == 2
    village.clock.passes(days=800)
    with village.world() as world:
        assert group_votes.call_due_elections(world) == 1
        vote = group_votes._elections(world, group)[0]
        ballots.close_vote(world, vote.id, "leader name=1 most=2 voted=2")
    village.clock.passes(days=100)
    with village.world() as world:
        assert group_votes.call_due_elections(world) == 0, "who was chosen three months ago has not led for a year"


def test_a_refused_idea_is_not_opened_by_a_burst_nor_by_a_vote_that_was_changed(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "a cold tank")
        states.go(world, one, "declined", "grace", "too dear")
        some = crowd(world, 12)
    village.clock.passes(minutes=5)
    with village.world() as world:
        for number in some:
            verbs.vote(world, number, one.number, "for")
        rows.change(world, one.id, braked_at=world.now() - dt.timedelta(minutes=1))
        assert states.look_again(world) == 0, "what comes after a brake waits for a person"
        rows.change(world, one.id, braked_at=None)
        for number in some[:4]:
            verbs.vote(world, number, one.number, "against")
        assert states.look_again(world) == 0
        for number in some[:4]:
            verbs.vote(world, number, one.number, "for")
        assert states.look_again(world) == 1


def test_near_me_shows_no_idea_whose_author_hides(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        for number in (WANJIRU, OTIENO):
            members.change_member(world, members.by_number(world, number).id, village="Kiboko")
        shown, hidden = (idea(world, WANJIRU, words) for words in ("a cold tank", "a bridge over the river"))
        rows.change(world, hidden.id, shown="sealed")
        assert [one.id for one in near_rows.near(world, members.by_number(world, OTIENO), ("open", "new"), 9)] == [shown.id]


def test_a_question_that_is_asked_anew_is_as_new_as_its_sms(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        remember_all(world, [WANJIRU], "good", "7", "a cold tank")
    village.clock.passes(hours=OPEN_HOURS + 1)
    with village.world() as world:
        assert still_open(world, WANJIRU) == []
        remember_all(world, [WANJIRU], "good", "7", "a cold tank")
        assert [one.ref for one in still_open(world, WANJIRU)] == ["7"]
        assert community.ask_anew(world, [OTIENO], "good", "7") == set()


def test_where_several_share_a_phone_none_is_asked_to_reply(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        wanjiru = members.by_number(world, WANJIRU)
        world.write.execute(members.numbers.update().where(members.numbers.c.member_id == wanjiru.id).values(shared=True))
        world.seen.clear()
        assert isinstance(lost.hold_lost(world, OTIENO, WANJIRU), lost.LostHeld)
        assert not [one for one in still_open(world, WANJIRU) if one.kind == lost.LOST]
    assert not any("Reply 1" in words for words in village.sms(WANJIRU))


def test_a_new_sim_keeps_the_kinds_of_sms_that_were_stopped(village: Village) -> None:
    village.everybody()
    other = "+254755000005"
    with village.world() as world:
        records.stop_topic(world, WANJIRU, "news")
        sims.ask_for_sim(world, WANJIRU, other, Secret("4715"))
        assert isinstance(sims.agree_to_sim(world, other, Secret("4715")), sims.SimAgreed)
        assert records.topics_stopped(world, other) == {"news"}
        records.start(world, other)
        assert records.topics_stopped(world, other) == set(), "START is all of them again"


@pytest.mark.parametrize(
    ("said", "flow"),
    [("TOKA", "sms_leave"), ("LEAVE please", "sms_leave"), ("Toka jana sijapata malipo ya maziwa", ""), ("Leave the bridge alone it is broken", ""),
     ("STOP NEWS PLEASE", "sms_stop_topic")],
)  # fmt: skip
def test_a_sentence_is_no_command(said: str, flow: str) -> None:
    found = find(SMS, said)
    assert (found[0].flow if found else "") == flow


def test_a_name_that_fits_two_stays_a_name_even_when_one_of_them_hides(village: Village) -> None:
    chama(village)
    with village.world() as world:
        group = groups.of_member(world, members.by_number(world, OTIENO).id)[0]
        twin = crowd(world, 1)[0]
        members.change_member(world, members.by_number(world, twin).id, name="Otieno Hidden", shown_to="nobody")
        assert named_as_number(world, WANJIRU, "send", "200 Otieno") == f"200 {OTIENO}"
        groups.put(world, group.id, members.by_number(world, twin).id, state="member")
        assert named_as_number(world, WANJIRU, "send", "200 Otieno") == "200 Otieno"


def test_a_right_pin_takes_the_try_back_though_the_turn_is_over(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    village.everybody()
    fits = pins.fits
    with village.world() as world:
        world.is_turn = True

        def slow(*given: object) -> bool:
            world.deadline = 0.0
            return fits(*given)  # type: ignore[arg-type]

        monkeypatch.setattr(pins, "fits", slow)
        assert weigh_pin(world, WANJIRU, Secret("4715")) is None
    with village.world() as world:
        assert members.by_number(world, WANJIRU).pin_tries == 0


def test_what_was_asked_for_is_said_to_be_on_its_way_when_no_time_is_left(village: Village) -> None:
    a_payment(village)
    with village.world() as world:
        paid = ledger_rows.transfer(world, max(log.line(world, one.id).id for one in log.page(world, log.Filter(kind="transfer"), before=None, after=None)))
        assert isinstance(payments.wait_for(world, paid), Sent)
        world.is_turn, world.deadline = True, 0.0
        assert payments.wait_for(world, paid) == UnderWay(paid.ref)


def test_protecting_a_tip_and_a_blank_village_are_what_was_meant(village: Village) -> None:
    village.everybody()
    web = sign_in(village)[0]
    assert "A village and whole minutes" in press(web, "time/village", "time", village="   ", there="30")
    with village.world() as world:
        assert community.village_times_here(world) == {}
        number = idea(world, WANJIRU, "a cold tank").number
    assert "Only a tip" in press(web, f"items/{number}/protect", f"items/{number}", **{"guard-to": "staff"})


def test_what_is_asked_of_one_goes_to_nobody_else_and_to_them_after_a_hold(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        asking.turn_topic(world, ACHIENG, "cows")
        otieno = members.by_number(world, OTIENO)
        said = asking.ask_fellow(world, WANJIRU, otieno.code, "How do you keep milk cool?", "k1")
        question = rows.by_number(world, said.number)
        rows.change(world, question.id, state="open", state_at=world.now())
    village.clock.passes(hours=25)
    with village.world() as world:
        assert routing.ask_more(world) == 0
        assert [one.member_id for one in helping_rows.routes_of(world, question.id)] == [otieno.id]
        voice_rows.hold_word(world, "thief", "insults", "grace")
        held = asking.ask_fellow(world, WANJIRU, otieno.code, "Who is the thief of the milk?", "k2")
        assert isinstance(held, AskedHeld)
        waiting = rows.by_key(world, "k2")
        assert routing.let_through(world, waiting) == 1
        assert [one.member_id for one in helping_rows.routes_of(world, waiting.id)] == [otieno.id]
