"""What a third reading found: who may decide for others, what stays when others built on it, and what was said and not kept."""

from __future__ import annotations

import datetime as dt

from gateway.community.commons import buys, outings, rules, tools
from gateway.community.groups import cash, facts, joining, leading, rows, votes
from gateway.community.groups.model import AskedToJoin
from gateway.community.groups.verbs import open_group, start_group
from gateway.community.helping import rows as helping
from gateway.community.helping import tips
from gateway.community.helping import verbs as asking
from gateway.community.helping.model import NothingToCheck
from gateway.community.incidents import verbs as incidents
from gateway.community.items import closing, looking, states, steering, verbs, voice_rows, wish_rows
from gateway.community.items import rows as items
from gateway.community.items.model import Counted, HeldWords, NoItem, SaidToday, StaysThere, TakenBack
from gateway.community.voices import one_person
from gateway.members import keeping
from gateway.members import rows as members
from gateway.records import rows as records
from gateway.words import LANGUAGES
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, WANJIRU, Village, a_plan, crowd, idea
from tests.test_needs import grown
from tests.test_open_list import founded


def done_idea(world, supporters: list[str]):
    one = idea(world, WANJIRU, "pay us on Friday")
    for number in supporters:
        assert isinstance(verbs.vote(world, number, one.number, "for"), Counted)
    states.go(world, one, "planned", "grace", "from 1 December", plan=a_plan(world))
    states.go(world, items.by_number(world, one.number), "done", "grace")
    return items.by_number(world, one.number)


def taken_tip(world, words: str = "wash the can with cold water"):
    """A tip of Wanjiru's that two have found right."""
    saved = tips.write_tip(world, WANJIRU, "cows", words, "t1")
    first = next(one for one in helping.revisions_of(world, items.by_number(world, saved.number).id))
    for number in crowd(world, 2):
        tips.check_tip(world, number, str(first.id), "yes")
    return items.by_number(world, saved.number)


def fixed(world, tip, who: str, words: str) -> int:
    tips.fix_tip(world, who, tip.number, words, "clearer")
    return next(one.id for one in helping.revisions_of(world, tip.id) if one.state == "proposed" and one.words.lower() == words)


def test_who_never_wanted_it_and_guests_open_nothing_again(village: Village) -> None:
    grown(village)
    with village.world() as world:
        wanted = crowd(world, 5)
        one = done_idea(world, wanted)
        for number in crowd(world, 9)[5:]:
            steering.judge_change(world, number, one.number, "not_good")
        assert items.by_id(world, one.id).state == "done", "they never voted for it"
        for number in wanted[:3]:
            members.set_guest(world, members.by_number(world, number).id, True)
            steering.judge_change(world, number, one.number, "not_good")
        assert items.by_id(world, one.id).state == "done"
        for number in wanted[:3]:
            members.set_guest(world, members.by_number(world, number).id, False)
        steering.judge_change(world, wanted[3], one.number, "not_good")
        assert items.by_id(world, one.id).state == "open"


def test_guests_hold_nothing_up_and_check_no_tip(village: Village) -> None:
    grown(village)
    with village.world() as world:
        one = idea(world, WANJIRU, "a bridge over the river")
        states.go(world, one, "planned", "grace", "so", plan=a_plan(world))
        guests = crowd(world, 3)
        for number in guests:
            members.set_guest(world, members.by_number(world, number).id, True)
            steering.wait_first(world, number, one.number)
        assert wish_rows.paused_by(world, items.by_id(world, one.id)) == 0
        saved = tips.write_tip(world, WANJIRU, "cows", "boil the milk for ten minutes", "t1")
        version = helping.revisions_of(world, items.by_number(world, saved.number).id)[0]
        assert isinstance(tips.check_tip(world, guests[0], str(version.id), "yes"), NothingToCheck)
        assert isinstance(tips.next_check(world, guests[0]), NothingToCheck)


def test_a_tip_that_others_made_better_stays_names_both_and_is_found_by_its_new_words(village: Village) -> None:
    grown(village)
    with village.world() as world:
        tip = taken_tip(world)
        version = fixed(world, tip, OTIENO, "rinse the can with boiling soap")
        late = fixed(world, tip, ACHIENG, "wash the can with ash")
        for number in crowd(world, 2):
            tips.check_tip(world, number, str(version), "yes")
        assert [one.number for one, _ in verbs.look_alikes(world, "boiling soap", ("tip",))] == [tip.number]
        assert verbs.look_alikes(world, "cold water", ("tip",)) == []
        assert tips.look_at_tip(world, ACHIENG, tip.number).author == "Wanjiru, Otieno"
        assert helping.revision(world, late).state == "refused", "it was written on words that are no more"
        assert isinstance(verbs.take_back(world, WANJIRU, tip.number), StaysThere)
    village.workers_run()
    assert any("meanwhile" in words or "wakati huo" in words for words in village.sms(ACHIENG))


def test_an_answered_question_stays_and_an_idea_of_ones_own_goes(village: Village) -> None:
    grown(village)
    with village.world() as world:
        asked = asking.make(world, WANJIRU, "question", "where is the vet today", "q1", topic="cows")
        voice_rows.add_comment(world, key="a1", item_id=asked.id, member_id=members.by_number(world, OTIENO).id, kind="answer", words="at Kiboko", state="open")
        assert isinstance(verbs.take_back(world, WANJIRU, asked.number), StaysThere)
        assert isinstance(verbs.take_back(world, WANJIRU, idea(world, WANJIRU, "a second tap").number), TakenBack)


def test_what_of_me_too_was_not_taken_is_said(village: Village) -> None:
    grown(village)
    with village.world() as world:
        one = idea(world, WANJIRU, "pay us on Friday")
        assert isinstance(looking.me_too(world, WANJIRU, one.number, "for school fees", "m1"), looking.OnlyWords)
        assert voice_rows.count_comments(world, [one.id]) == 1
        for n in range(verbs.COMMENTS_A_DAY):
            verbs.say(world, OTIENO, one.number, f"so say I {n}", f"c{n}")
        assert isinstance(looking.me_too(world, OTIENO, one.number, "and I", "m2"), looking.OnlyVote)
        assert isinstance(looking.me_too(world, OTIENO, "9999", "and I", "m3"), NoItem)


def test_one_person_with_two_accounts_has_an_incident_once(village: Village) -> None:
    grown(village)
    with village.world() as world:
        first, second = (members.by_number(world, number) for number in crowd(world, 2))
        one_person.make_one(world, first, second)
        broken = items.by_number(world, incidents.open_incident(world, "the scale", 4, "grace", "i1"))
        for number in (first.number, second.number):
            incidents.have_it_too(world, number, str(broken.id))
        assert items.by_id(world, broken.id).supporters == 1


def test_nobody_asks_all_groups_and_leaders_are_asked_within_the_groups_month(village: Village) -> None:
    grown(village)
    with village.world() as world:
        asked = []
        for n in range(joining.ASKS_MOST + 1):
            group = open_group(world, f"Group {n}")
            rows.put(world, group.id, members.by_number(world, WANJIRU).id, state="member", role="leader")
            asked.append(group)
        said = [joining.ask_to_join(world, OTIENO, one.number) for one in asked]
        assert [type(one) for one in said] == [AskedToJoin] * joining.ASKS_MOST + [joining.AsksEnough]
        assert records.count_about(world, f"group {asked[0].number}", world.now() - dt.timedelta(days=1)) == 1
        otieno = members.by_number(world, OTIENO).id
        rows.put(world, asked[0].id, otieno, state="refused")
        assert isinstance(joining.ask_to_join(world, OTIENO, asked[0].number), joining.AsksEnough), "not again at once"
        voice_rows.turn(world, "group_sms", off=True, why="too many", by="grace")
        assert isinstance(joining.ask_to_join(world, OTIENO, asked[-1].number), AskedToJoin)
        assert records.count_about(world, f"group {asked[-1].number}", world.now() - dt.timedelta(days=1)) == 0


def test_the_word_list_is_for_leaders_too_and_for_all_that_a_group_has_in_common(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = founded(world)
        voice_rows.hold_word(world, "thief", "it hurts", "grace")
        bad = "he is a thief"
        assert isinstance(leading.send_notice(world, WANJIRU, group, bad, "yes", "h1"), HeldWords)
        assert isinstance(votes.start_vote(world, WANJIRU, group, bad, "", "3", "no", "h2"), HeldWords)
        assert isinstance(rules.add_rule(world, WANJIRU, group, bad, "h3"), HeldWords)
        assert isinstance(tools.lend_tool(world, OTIENO, group, bad, "h4"), HeldWords)
        assert isinstance(outings.offer_outing(world, OTIENO, group, "ride", bad, "2026-12-01", "3", "h5"), HeldWords)
        assert isinstance(buys.start_buy(world, OTIENO, group, bad, 5_000, 3, "7", "h6"), HeldWords)
        assert isinstance(start_group(world, ACHIENG, "Thief club"), HeldWords)
        assert rows.notices_of(world, rows.by_number(world, group).id, 9) == []


def test_cash_that_waits_for_its_payers_yes_is_seen(village: Village) -> None:
    grown(village)
    with village.world() as world:
        group = founded(world)
        cash.write_cash(world, WANJIRU, group, str(members.by_number(world, OTIENO).id), 5_000, "c1")
        assert "Otieno not agreed yet" in [row.label for row in facts.payers(world, WANJIRU, group)]
        assert facts.paid_heads(world, WANJIRU, group) == 0
    assert "KES 50 not agreed yet" in page(operator(village, "facilitator"), f"groups/{group}")


def test_what_is_closed_is_opened_once_more_by_who_wrote_it(village: Village) -> None:
    grown(village)
    with village.world() as world:
        one = done_idea(world, crowd(world, 2))
        assert not closing.may_reopen(world, WANJIRU, one.number), "it is asked about, not closed"
        assert isinstance(closing.say_if_done(world, WANJIRU, one.number, "yes"), closing.ItemClosed)
        assert not closing.may_reopen(world, OTIENO, one.number)
        assert isinstance(closing.reopen_case(world, OTIENO, one.number), NoItem)
        assert closing.may_reopen(world, WANJIRU, one.number)
        assert isinstance(closing.reopen_case(world, WANJIRU, one.number), closing.OpenAgain)
        assert items.by_id(world, one.id).state == "open"
        states.go(world, items.by_id(world, one.id), "planned", "grace", "again", plan=a_plan(world))
        for state in ("done", "closed"):
            states.go(world, items.by_id(world, one.id), state, "grace")
        assert isinstance(closing.reopen_case(world, WANJIRU, one.number), NoItem), "once"


def test_who_had_the_same_idea_is_counted_in_the_credit(village: Village) -> None:
    grown(village)
    with village.world() as world:
        first, same = idea(world, WANJIRU, "a cold tank for the milk"), idea(world, OTIENO, "cool the milk in a tank")
        states.merge(world, same, first, "grace", tell=False)
        verbs.vote(world, ACHIENG, first.number, "for")
        members.change_member(world, members.by_number(world, ACHIENG).id, language="en")
        states.go(world, items.by_id(world, first.id), "planned", "grace", "so", plan=a_plan(world))
        states.go(world, items.by_id(world, first.id), "done", "grace")
    village.workers_run()
    assert any("Idea by Wanjiru +1." in words for words in village.sms(ACHIENG))


def test_no_two_months_are_written_alike(village: Village) -> None:
    with village.world() as world:
        for language in LANGUAGES:
            assert len({world.phrases.day(dt.datetime(2026, month, 23), language) for month in range(1, 13)}) == 12, language


def test_a_call_that_broke_off_in_the_evening_is_not_offered_in_the_morning(village: Village) -> None:
    grown(village)
    with village.world() as world:
        members.change_member(world, members.by_number(world, WANJIRU).id, reminders=True, texts_until=18)
        assert keeping.remind(world, WANJIRU, "Send money", "r1")
    village.clock.passes(days=1, hours=9)  # half past six in the evening
    with village.world() as world:
        assert not keeping.remind(world, WANJIRU, "Send money", "r2")


def test_one_person_with_two_accounts_checks_not_their_own_and_reports_within_one_limit(village: Village) -> None:
    grown(village)
    with village.world() as world:
        tip, first, second = taken_tip(world), *(members.by_number(world, number) for number in crowd(world, 4)[2:])
        one_person.make_one(world, first, second)
        version = fixed(world, tip, second.number, "rinse the can with boiling soap")
        for number in (first.number, second.number):
            assert isinstance(tips.next_check(world, number), NothingToCheck)
            assert isinstance(tips.check_tip(world, number, str(version), "yes"), NothingToCheck)
        assert tips.next_check(world, OTIENO).revision == str(version)
        for n in range(states.REPORTS_A_DAY):
            assert not isinstance(states.report(world, second.number, idea(world, WANJIRU, f"idea number {n}").number, "lie"), SaidToday)
        last = idea(world, ACHIENG, "one more")
        assert [type(states.report(world, one.number, last.number, "lie")) for one in (first, second)] == [SaidToday, SaidToday]
