"""Questions find those who know, only the asker says whether it helped, tips keep every version, news carries an honest badge."""

from __future__ import annotations

from gateway.community import recognition
from gateway.community import rows as community
from gateway.community.caps import A_WEEK, CAPS, EACH, PAIR, REPORT, cap
from gateway.community.helping import by_text, facts, news, passing, rows, tips, topics, verbs
from gateway.community.helping.model import (
    ANSWERS_MOST,
    AnsweredEnough,
    AnswerHeld,
    AnswerSent,
    Asked,
    AskedStaff,
    NoAnswer,
    NothingToCheck,
    OldAnswerFound,
    OwnQuestion,
    PassedOn,
    SawIt,
    TipSaved,
    TooMuchNews,
)
from gateway.community.items import rows as items
from gateway.community.items import states, voice_rows
from gateway.community.items.model import NoItem, OwnItem
from gateway.console.tips import difference
from gateway.members import rows as members
from gateway.members.model import AskedTooOften
from gateway.money import rewards
from tests.browser import operator, press
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, crowd


def helps(world, number: str, *topics: str, most: int = 3) -> None:
    rows.put_helper(world, members.by_number(world, number).id, topics=",".join(topics), most_a_week=most)


def member(world, number: str):
    return members.by_number(world, number)


def test_a_question_goes_to_those_who_know_and_never_to_the_asker(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        helps(world, WANJIRU, "cows")
        helps(world, OTIENO, "cows", "money")
        helps(world, ACHIENG, "crops")
        asked = verbs.ask_helpers(world, WANJIRU, "cows", "my cow does not eat", "k1")
        assert isinstance(asked, Asked)
        assert asked.helpers == 1
        assert [one.member_id for one in rows.routes_of(world, items.by_number(world, asked.number).id)] == [member(world, OTIENO).id]
    assert village.sms(OTIENO)[-1].startswith("Wanjiru asks: my cow does not eat")
    assert village.sms(ACHIENG) == []


def test_the_same_turn_twice_asks_once(village: Village) -> None:
    village.everybody()
    for _ in range(2):
        with village.world() as world:
            helps(world, OTIENO, "cows")
            asked = verbs.ask_helpers(world, WANJIRU, "cows", "my cow does not eat", "k1")
            assert isinstance(asked, Asked)
    assert len(village.sms(OTIENO)) == 1


def test_nobody_is_asked_more_in_a_week_than_they_want_and_nobody_who_rests(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        helps(world, OTIENO, "cows", most=2)
        said = [verbs.ask_helpers(world, WANJIRU, "cows", f"question number {n}", f"k{n}") for n in range(3)]
        assert [isinstance(one, Asked) for one in said] == [True, True, False]
        assert isinstance(said[2], AskedStaff)
        assert isinstance(passing.pass_on(world, ACHIENG, said[0].number, OTIENO), AskedTooOften)
    village.clock.passes(days=8)
    with village.world() as world:
        verbs.rest(world, OTIENO)
        assert isinstance(verbs.ask_helpers(world, WANJIRU, "cows", "one more", "k9"), AskedStaff)
    village.clock.passes(days=31)
    with village.world() as world:
        assert isinstance(verbs.ask_helpers(world, WANJIRU, "cows", "and one", "k10"), Asked)


def test_the_near_the_able_and_the_rested_come_first(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        many = crowd(world, 6)
        for number in many:
            helps(world, number, "cows")
        members.change_member(world, member(world, WANJIRU).id, village="Kiboko")
        members.change_member(world, member(world, many[4]).id, village="kiboko")
        asked = verbs.ask_helpers(world, WANJIRU, "cows", "my cow does not eat", "k1")
        routed = [one.member_id for one in rows.routes_of(world, items.by_number(world, asked.number).id)]
        assert len(routed) == 3
        assert member(world, many[4]).id in routed
        again = verbs.ask_helpers(world, WANJIRU, "cows", "and my calf", "k2")
        others = {one.member_id for one in rows.routes_of(world, items.by_number(world, again.number).id)}
        assert len(others - set(routed)) >= 2  # the load is shared


def test_only_the_asker_says_whether_it_helped_and_thanks_count_once(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        rewards.fund(world, 1_000, key="f", by="t")
    village.post()
    with village.world() as world:
        helps(world, OTIENO, "cows")
        asked = verbs.ask_helpers(world, WANJIRU, "cows", "my cow does not eat", "k1")
        assert isinstance(verbs.answer(world, OTIENO, asked.number, "give it salt", "a1"), AnswerSent)
        given = str(rows.answers_to(world, [items.by_number(world, asked.number).id], 1)[0].id)
        assert isinstance(verbs.it_helped(world, ACHIENG, given), NoAnswer)
        for _ in range(3):
            verbs.it_helped(world, WANJIRU, given)
        assert rows.helped_by(world, member(world, OTIENO).id) == 1
        assert community.thanks_to(world, member(world, OTIENO).id) == 1
        assert items.by_number(world, asked.number).state == "closed"
    village.post()
    with village.world() as world:
        assert rewards.points(world, OTIENO).minor == CAPS[EACH].usual
    assert [words for words in village.sms(OTIENO) if "thanks you" in words] == [words for words in village.sms(OTIENO) if "thanks you" in words][:1]


def test_thanks_between_two_bring_points_once_a_week_and_a_week_has_a_cap(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        rewards.fund(world, 1_000, key="f", by="t")
    village.post()
    with village.world() as world:
        wanjiru, otieno = member(world, WANJIRU), member(world, OTIENO)
        assert recognition.thank(world, wanjiru, otieno, "r1", "cows")
        assert not recognition.thank(world, wanjiru, otieno, "r2", "cows")
        assert not recognition.thank(world, otieno, wanjiru, "r3", "cows")  # the same pair, the other way round
        assert not recognition.thank(world, otieno, otieno, "r4", "cows")
        many = [member(world, number) for number in crowd(world, 14)]
        given = [recognition.thank(world, one, otieno, f"m{n}", "cows") for n, one in enumerate(many)]
        assert sum(given) == CAPS[A_WEEK].usual // CAPS[EACH].usual - 1
        assert community.thanks_to(world, otieno.id) == 2 + len(many)  # thanks are never refused, only points


def test_without_a_budget_there_are_thanks_and_no_points(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        assert not recognition.thank(world, member(world, WANJIRU), member(world, OTIENO), "r1", "cows")
        assert community.thanks_to(world, member(world, OTIENO).id) == 1
        assert rewards.points(world, OTIENO).minor == 0


def test_an_old_answer_comes_before_a_helpers_time(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        helps(world, OTIENO, "cows")
        asked = verbs.ask_helpers(world, WANJIRU, "cows", "my cow does not eat since two days", "k1")
        verbs.answer(world, OTIENO, asked.number, "give it salt", "a1")
        assert not isinstance(verbs.look_for_answers(world, ACHIENG, "cows", "my cow has not eaten for two days", "c-1"), OldAnswerFound)
        verbs.it_helped(world, WANJIRU, str(rows.answers_to(world, [items.by_number(world, asked.number).id], 1)[0].id))
        assert isinstance(verbs.look_for_answers(world, ACHIENG, "cows", "my cow has not eaten for two days", "c-2"), OldAnswerFound)


def test_answers_have_their_bounds(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        helps(world, OTIENO, "cows")
        asked = verbs.ask_helpers(world, WANJIRU, "cows", "my cow does not eat", "k1")
        assert isinstance(verbs.answer(world, WANJIRU, asked.number, "I know it myself", "a0"), OwnQuestion)
        voice_rows.hold_word(world, "witch", "names somebody", "grace")
        assert isinstance(verbs.answer(world, OTIENO, asked.number, "it is a witch", "a1"), AnswerHeld)
        for n, number in enumerate(crowd(world, ANSWERS_MOST)):
            assert isinstance(verbs.answer(world, number, asked.number, f"answer {n} of mine", f"b{n}"), AnswerSent)
        assert isinstance(verbs.answer(world, ACHIENG, asked.number, "one too many", "c1"), AnsweredEnough)
    assert not any("witch" in words for words in village.sms(WANJIRU))


def test_passing_on_is_remembered_and_asks_the_other(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        helps(world, OTIENO, "cows")
        asked = verbs.ask_helpers(world, WANJIRU, "cows", "my cow does not eat", "k1")
        assert isinstance(passing.pass_on(world, OTIENO, asked.number, ACHIENG), PassedOn)
        routes = rows.routes_of(world, items.by_number(world, asked.number).id)
        assert [(one.state, one.passed_by == member(world, OTIENO).id) for one in routes] == [("passed", False), ("asked", True)]
    assert "anauliza" in village.sms(ACHIENG)[-1]


def test_an_official_answer_stands_beside_and_is_told(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        asked = verbs.ask_helpers(world, WANJIRU, "service", "when is payday", "k1")
        verbs.answer_officially(world, items.by_number(world, asked.number), "On the last Friday.", "Grace (support)", "o1")
        assert facts.answers_to_mine(world, WANJIRU, asked.number)[0].label == "Grace (support): On the last Friday."
    assert village.sms(WANJIRU)[-1].startswith("Grace (support): On the last Friday. Helped?")


def test_a_tip_needs_two_others_and_keeps_every_version(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        saved = tips.write_tip(world, WANJIRU, "cows", "wash it with water", "k1")
        assert isinstance(saved, TipSaved)
        item = items.by_number(world, saved.number)
        first = rows.revisions_of(world, item.id)[0]
        assert isinstance(tips.check_tip(world, WANJIRU, str(first.id), "yes"), NothingToCheck)
        for _ in range(2):
            tips.check_tip(world, OTIENO, str(first.id), "yes")
        assert isinstance(tips.look_at_tip(world, ACHIENG, saved.number), NoItem)
        tips.check_tip(world, ACHIENG, str(first.id), "yes")
        assert items.by_number(world, saved.number).state == "open"
        tips.fix_tip(world, OTIENO, saved.number, "wash it with warm water", "clearer")
        second = rows.revisions_of(world, item.id)[1]
        for number in (WANJIRU, ACHIENG):
            tips.check_tip(world, number, str(second.id), "yes")
        assert items.by_number(world, saved.number).words == "wash it with warm water"
        assert rows.authors_of(world, item.id) == [member(world, WANJIRU).id, member(world, OTIENO).id]
        assert tips.roll_back(world, first, "grace")
        assert items.by_number(world, saved.number).words == "wash it with water"
        assert [one.state for one in rows.revisions_of(world, item.id)] == ["accepted", "rolled_back"]


def test_two_who_say_no_end_a_version(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        saved = tips.write_tip(world, WANJIRU, "cows", "give it petrol", "k1")
        first = rows.revisions_of(world, items.by_number(world, saved.number).id)[0]
        for number in (OTIENO, ACHIENG):
            tips.check_tip(world, number, str(first.id), "no")
        assert items.by_number(world, saved.number).state == "refused"


def test_what_changed_between_two_versions_is_shown_by_word() -> None:
    assert difference("wash it with cold water", "wash with warm water daily") == "wash −it with −cold +warm water +daily"


def test_news_says_no_more_than_is_so(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        sent = news.send_news(world, WANJIRU, "the bridge is down", "k1")
        assert news.look_at_news(world, OTIENO, sent.number).badge == "not checked"
        assert isinstance(news.say_if_true(world, WANJIRU, sent.number, "for"), OwnItem)  # nobody sees their own news
        assert isinstance(news.say_if_true(world, OTIENO, sent.number, "for"), SawIt)
        assert news.look_at_news(world, OTIENO, sent.number).badge == "1 saw it"
        states.go(world, items.by_number(world, sent.number), "looked_at", "grace", "we will ask the chief")
        assert news.look_at_news(world, OTIENO, sent.number).badge == "1 saw it"  # read, and not checked
        items.change(world, items.by_number(world, sent.number).id, checked_by="Grace (support)")
        assert news.look_at_news(world, OTIENO, sent.number).badge == "checked: Grace (support)"
        for n in range(2):
            news.send_news(world, WANJIRU, f"more news {n}", f"k{n + 2}")
        assert isinstance(news.send_news(world, WANJIRU, "a fourth", "k9"), TooMuchNews)
    village.clock.passes(days=15)
    with village.world() as world:
        assert news.village_news(world, OTIENO) == []


def test_an_answer_by_sms_and_a_skip(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        helps(world, OTIENO, "cows", "crops")
    village.phone(WANJIRU).texts("ASK my cow does not eat", SHORTCODE)
    village.phone(WANJIRU).texts("ULIZA when do we plant", SHORTCODE)
    asked = [words.split("ANS ")[1][:4] for words in village.sms(OTIENO)]
    village.phone(OTIENO).texts(f"ANS {asked[0]} give it salt", SHORTCODE)
    village.phone(OTIENO).texts(f"SKIP {asked[1]}", SHORTCODE)
    with village.world() as world:
        states = {items.by_number(world, number).words: rows.routes_of(world, items.by_number(world, number).id)[0].state for number in asked}
    assert states == {"my cow does not eat": "answered", "when do we plant": "skipped"}
    village.phone(WANJIRU).texts("1", SHORTCODE)
    assert village.sms(WANJIRU)[-1] == "Your thanks went to Otieno. People they helped: 1."


def test_an_answer_that_waited_for_a_person_goes_on_to_who_asked(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        voice_rows.hold_word(world, "thief", "an accusation", "grace")
        helps(world, OTIENO, "cows")
        asked = verbs.ask_helpers(world, WANJIRU, "cows", "who took my cow", "k1")
        assert isinstance(verbs.answer(world, OTIENO, asked.number, "a thief, ask the chief", "a1"), AnswerHeld)
        held = voice_rows.comments_in(world, ("held",), 1)[0]
    assert not any("ask the chief" in words for words in village.sms(WANJIRU))
    with village.world() as world:
        verbs.judge_comment(world, held, "open")
    assert any("ask the chief" in words for words in village.sms(WANJIRU))


def test_a_topic_shows_what_helped_and_who_helps(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        helps(world, OTIENO, "cows")
        first, second = (verbs.ask_helpers(world, WANJIRU, "cows", f"my cow number {n} does not eat", f"k{n}") for n in range(2))
        for number in (first.number, second.number):
            verbs.answer(world, OTIENO, number, "give salt", f"a{number}")
        assert topics.look_at_topic(world, ACHIENG, "cows").solved == 0  # only who asked says that it helped
        given = rows.answers_to(world, [items.by_number(world, first.number).id], 1)[0]
        verbs.it_helped(world, WANJIRU, str(given.id))
        shown = topics.look_at_topic(world, ACHIENG, "cows")
        assert (shown.tips, shown.solved, shown.helpers) == (0, 1, 1)
        assert [row.value for row in topics.solved_about(world, ACHIENG, "cows")] == [first.number]
        assert topics.look_at_solved(world, ACHIENG, first.number).said == "give salt"
        assert isinstance(topics.look_at_solved(world, ACHIENG, second.number), NoItem)
        assert topics.look_at_topic(world, ACHIENG, "crops").solved == 0


def test_on_quiet_days_others_are_asked(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        for number in (OTIENO, ACHIENG):
            helps(world, number, "cows")
        verbs.set_quiet(world, OTIENO, "weekdays")
        assert isinstance(verbs.ask_helpers(world, WANJIRU, "cows", "my cow does not eat", "q1"), Asked)
        question = items.by_key(world, "q1")
        assert [one.member_id for one in rows.routes_of(world, question.id)] == [member(world, ACHIENG).id]
        verbs.set_quiet(world, OTIENO, "any")
        verbs.ask_helpers(world, WANJIRU, "cows", "my calf coughs at night", "q2")
        assert len(rows.routes_of(world, items.by_key(world, "q2").id)) == 2


def test_who_passed_it_on_to_who_knew_has_helped_too(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        helps(world, OTIENO, "cows")
        asked = verbs.ask_helpers(world, WANJIRU, "cows", "my cow does not eat", "k")
        passing.pass_on(world, OTIENO, asked.number, ACHIENG)
        verbs.answer(world, ACHIENG, asked.number, "give salt", "a")
        question = items.by_number(world, asked.number)
        verbs.it_helped(world, WANJIRU, str(rows.answers_to(world, [question.id], 1)[0].id))
        assert community.thanks_for_answers(world, member(world, OTIENO).id) == 1
        assert community.thanks_for_answers(world, member(world, ACHIENG).id) == 1
    assert "helped" in village.sms(OTIENO)[-1].lower()


def test_what_one_answered_on_cows_says_nothing_of_what_they_know_of_money(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        helps(world, OTIENO, "cows", "money")
        asked = verbs.ask_helpers(world, WANJIRU, "cows", "my cow does not eat", "k")
        verbs.answer(world, OTIENO, asked.number, "give salt", "a")
        verbs.it_helped(world, WANJIRU, str(rows.answers_to(world, [items.by_number(world, asked.number).id], 1)[0].id))
        id = member(world, OTIENO).id
        assert [helped for helped, _ in rows.answers_by(world, [id], "cows")[id]] == [True]
        assert rows.answers_by(world, [id], "money") == {}
        assert len(rows.answers_by(world, [id])[id]) == 1


def test_an_answer_becomes_a_tip_a_note_stands_under_it_and_a_protected_one_is_the_staffs_to_change(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        helps(world, OTIENO, "cows")
        asked = verbs.ask_helpers(world, WANJIRU, "cows", "my cow does not eat", "k")
        verbs.answer(world, OTIENO, asked.number, "Give it salt and clean water", "a")
        verbs.answer_officially(world, items.by_number(world, asked.number), "The vet comes on Tuesdays", "Grace (support)", "o")
        of_otieno, official = sorted(rows.answers_to(world, [items.by_number(world, asked.number).id], 9), key=lambda one: one.kind)
    web = operator(village, "facilitator")
    there = f"items/{asked.number}"
    assert "It is tip" in press(web, f"{there}/answers/{of_otieno.id}/tip", there)
    assert "a tip already" in press(web, f"{there}/answers/{of_otieno.id}/tip", there)
    assert "It is tip" in press(web, f"{there}/answers/{official.id}/tip", there)
    with village.world() as world:
        first, second = (items.by_key(world, f"tip-of-{one.id}") for one in (of_otieno, official))
        assert first.state == second.state == "open"
        assert tips.look_at_tip(world, WANJIRU, first.number).author == "Otieno"
        assert tips.look_at_tip(world, WANJIRU, second.number).author == "Grace (support)"
        assert rows.authors_of(world, second.id) == []
        assert by_text.tip_by_text(world, WANJIRU, "salt", "t").number == first.number  # any word finds it
    tip = f"items/{first.number}"
    assert "Members read it" in press(web, f"{tip}/note", tip, note="Not for calves under 3 months")
    assert "Only the staff take new words" in press(web, f"{tip}/protect", tip)
    with village.world() as world:
        shown = tips.look_at_tip(world, WANJIRU, first.number)
        assert "Not for calves under 3 months" in shown.answer
        tips.fix_tip(world, WANJIRU, first.number, "Give it salt, water and hay", "clearer")
        fix = next(one for one in rows.revisions_of(world, first.id) if one.state == "proposed")
        for number in crowd(world, 3):
            tips.check_tip(world, number, str(fix.id), "yes")
        assert tips.look_at_tip(world, WANJIRU, first.number).words == "Give it salt and clean water"
    assert "Two members take" in press(web, f"{tip}/protect", tip)
    with village.world() as world:
        tips.check_tip(world, crowd(world, 1)[0], str(fix.id), "yes")
        assert tips.look_at_tip(world, WANJIRU, first.number).words == "Give it salt, water and hay"
        assert "Not for calves" in tips.look_at_tip(world, WANJIRU, first.number).answer  # the note stays


def test_what_thanks_are_worth_is_set_by_staff_and_may_rest(village: Village) -> None:
    village.everybody()
    village.places()
    web = operator(village, "facilitator")
    wrong = {EACH: "5", A_WEEK: "9999", PAIR: "7"}
    assert "within the bounds" in press(web, "helpers/caps", "helpers", **wrong)
    assert "From now on it is so" in press(web, "helpers/caps", "helpers", **{EACH: "8", A_WEEK: "8", PAIR: "1", REPORT: "2"})
    with village.world() as world:
        giver, helper, other = (member(world, number) for number in (WANJIRU, OTIENO, ACHIENG))
        assert recognition.thank(world, giver, helper, "t1", "the cow")
        assert not recognition.thank(world, other, helper, "t2", "the cow"), "8 of 8 in a week"
        assert cap(world, EACH) == 8
    press(web, "helpers/caps", "helpers", **{EACH: "0", A_WEEK: "50", PAIR: "7", REPORT: "1"})
    with village.world() as world:
        assert not recognition.thank(world, member(world, OTIENO), member(world, ACHIENG), "t3", "the cow")
    village.post()
    with village.world() as world:
        assert rewards.points(world, OTIENO).minor == 8
        assert rewards.points(world, ACHIENG).minor == 0
    assert any("Otieno" in words for words in village.sms(ACHIENG)), "the thanks are told all the same"
