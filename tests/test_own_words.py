"""What one has said can be taken back, praise and statements are items, and what comes by SMS is compared with what was there."""

from __future__ import annotations

import pytest

from gateway.community import facts, reporting
from gateway.community.answering import answer
from gateway.community.circles import verbs as circles
from gateway.community.circles.model import BestMarked, BestUnmarked, MarkedEnough, SpokenEnough
from gateway.community.commons import rules
from gateway.community.groups import ballot_rows, calling
from gateway.community.groups import rows as groups
from gateway.community.groups import verbs as group_verbs
from gateway.community.groups.leading import send_notice
from gateway.community.groups.vote_model import VoteOpen
from gateway.community.helping import by_text as helping
from gateway.community.helping import verbs as questions
from gateway.community.helping.rows import routes_of
from gateway.community.items import looking, other_kinds, own_words, rows, states, voice_rows
from gateway.community.items import verbs as items
from gateway.community.items.model import CommentShown, HeldWords, NoItem, OwnCommentShown, Reported, TakenBack
from gateway.community.model import SharedAlike
from gateway.members import rows as members
from tests.browser import operator, page
from tests.cast import ACHIENG, OTIENO, SHORTCODE, WANJIRU, Village, crowd, idea
from tests.test_groups import chama
from tests.test_helping import helps


def test_words_are_taken_back_by_who_said_them_and_by_nobody_else(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "Pay us on Friday")
        items.say(world, OTIENO, one.number, "Friday is market day", "k1")
        (said,) = voice_rows.comments_on(world, [one.id], 9)
        assert isinstance(looking.look_at_comment(world, OTIENO, str(said.id), one.number), OwnCommentShown)
        assert type(looking.look_at_comment(world, WANJIRU, str(said.id), one.number)) is CommentShown
        assert isinstance(own_words.take_words_back(world, WANJIRU, str(said.id), one.number), NoItem)
        assert isinstance(own_words.take_words_back(world, OTIENO, str(said.id), one.number), TakenBack)
        assert isinstance(own_words.take_words_back(world, OTIENO, str(said.id), one.number), NoItem)
        assert looking.comments_on(world, WANJIRU, one.number) == []
        assert rows.by_id(world, one.id).comments == 0


def test_off_takes_back_what_was_done_last(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "Pay us on Friday")
        items.vote(world, OTIENO, one.number, "for")
    village.clock.passes(minutes=5)
    village.phone(OTIENO).texts(f"SEMA {one.number} Ijumaa ni soko", SHORTCODE)
    with village.world() as world:
        assert rows.by_id(world, one.id).comments == 1
    village.phone(OTIENO).texts(f"FUTA {one.number}", SHORTCODE)
    with village.world() as world:
        now = rows.by_id(world, one.id)
        assert (now.comments, now.supporters) == (0, 1)
    village.phone(OTIENO).texts(f"OFF {one.number}", SHORTCODE)
    with village.world() as world:
        assert rows.by_id(world, one.id).supporters == 0


def test_praise_stands_on_the_board_and_others_say_so_too(village: Village) -> None:
    village.everybody()
    village.phone(OTIENO).texts("SIFA Mizani mpya ni ya haki", SHORTCODE)
    with village.world() as world:
        (row,) = other_kinds.praises(world, WANJIRU)
        items.vote(world, WANJIRU, row.value, "for")
        found = rows.by_number(world, row.value)
        assert (found.kind, found.supporters) == ("praise", 1)
        lane = next(one for one in facts.lanes(world) if one.name == "Praise")
        assert (lane.waiting, lane.overdue) == (1, 0)
    village.clock.passes(days=2)
    with village.world() as world:
        lane = next(one for one in facts.lanes(world) if one.name == "Praise")
        assert (lane.waiting, lane.overdue) == (1, 1)


def test_a_statement_comes_up_in_quick_votes(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        number = other_kinds.put_statement(world, "Milk should be weighed twice", "grace", "c1")
        assert other_kinds.put_statement(world, "Milk should be weighed twice", "grace", "c1") == number
        said = other_kinds.say_statement(world, OTIENO, "The road is good enough", "o1")
        shown = {looking.pick_statement(world, WANJIRU).item for _ in range(40)}
        assert shown == {number, said.number}
        looking.vote_quickly(world, WANJIRU, number, "against")
        assert looking.quick_today(world, members.by_number(world, WANJIRU)) == 1
        assert rows.by_number(world, number).opposers == 1
        assert looking.top_ideas(world, WANJIRU) == []


@pytest.mark.parametrize("same", [True, False])
def test_an_idea_by_sms_that_is_like_one_is_joined_when_its_author_says_so(village: Village, same: bool) -> None:
    village.everybody()
    with village.world() as world:
        first = idea(world, WANJIRU, "Pay the milk money on Friday")
        said = looking.look_for_same(world, OTIENO, "Pay milk money on a Friday please", "sms-x1")
        assert isinstance(said, SharedAlike)
        assert said.number == first.number
        answer(world, members.by_number(world, OTIENO), "1" if same else "2")
        mine, first = rows.by_number(world, said.case), rows.by_id(world, first.id)
        assert (mine.state, first.supporters) == (("merged", 1) if same else ("open", 0))


def test_an_old_answer_comes_before_a_helpers_time(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        helps(world, ACHIENG, "other")
        questions.ask_helpers(world, WANJIRU, "other", "How much salt does a cow need", "q1")
        old = rows.page(world, before=None, most=1)[0]
        questions.answer(world, ACHIENG, old.number, "A spoon a day", "a1")
        (given,) = voice_rows.comments_on(world, [old.id], 1)
        questions.judge_answer(world, members.by_number(world, WANJIRU), given.id, helped=True)
        for n, meant in enumerate(("1", "2")):
            said = helping.ask_by_sms(world, OTIENO, "How much salt does my cow need", f"sms-{n}")
            assert isinstance(said, helping.OldByText)
            assert said.said == "A spoon a day"
            mine = rows.page(world, before=None, most=1)[0]
            assert routes_of(world, mine.id) == [], "no helper was asked yet"
            answer(world, members.by_number(world, OTIENO), meant)
            mine = rows.by_id(world, mine.id)
            assert (mine.state, len(routes_of(world, mine.id))) == (("withdrawn", 0) if meant == "1" else ("open", 1))


def test_a_name_is_hidden_by_sms_of_ones_own_only(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "Pay us on Friday")
    village.phone(OTIENO).texts(f"HIDE {one.number}", SHORTCODE)
    with village.world() as world:
        assert rows.by_id(world, one.id).shown == "name"
    village.phone(WANJIRU).texts(f"FICHA {one.number}", SHORTCODE)
    with village.world() as world:
        assert rows.by_id(world, one.id).shown == "sealed"


def test_tips_by_sms_are_written_read_judged_and_mended(village: Village) -> None:
    village.everybody()
    village.phone(OTIENO).texts("DOKEZO MPYA Chemsha maziwa kabla ya kunywa", SHORTCODE)
    with village.world() as world:
        (tip,) = rows.page(world, before=None, most=9, kinds=("tip",))
        rows.change(world, tip.id, state="open", topic="cows")
    for words, expected in (
        (f"TIP {tip.number}", "Chemsha maziwa"), ("TIP cows", "Chemsha maziwa"), ("DOKEZO ng'ombe", "Chemsha maziwa"), ("TIP prices", "No tip like that"),
        (f"TIP {tip.number} YES", "It helped 1"), (f"TIP {tip.number} FIX Boil the milk first", "When 2 others agree"),
    ):  # fmt: skip
        village.phone(WANJIRU).texts(words, SHORTCODE)
        village.workers_run()
        assert expected in village.sms(WANJIRU)[-1], words


def test_a_notice_words_and_a_tool_are_reported_with_what_they_say(village: Village) -> None:
    chama(village)
    with village.world() as world:
        send_notice(world, WANJIRU, "1001", "Otieno is a thief", "no", "n1")
        notice = groups.notices_of(world, groups.by_number(world, "1001").id, 1)[0]
        shown = group_verbs.read_notice(world, OTIENO, str(notice.id), "1001")
        assert isinstance(reporting.report_thing(world, ACHIENG, shown.thing, "insult", "r0"), NoItem), "not of her group"
        assert isinstance(reporting.report_thing(world, OTIENO, shown.thing, "insult", "r1"), Reported)
        assert isinstance(reporting.report_thing(world, OTIENO, "notice-1", "insult", "r2"), NoItem)
        (case,) = rows.page(world, before=None, most=9, kinds=("wrong",))
        assert case.words == "Tumaini group, notice, insult: Otieno is a thief"
        assert case.member_id == members.by_number(world, OTIENO).id


def test_the_best_three_of_a_circle_are_the_members_choice(village: Village) -> None:
    chama(village)
    with village.world() as world:
        group = groups.by_number(world, "1001").id
        fellows = crowd(world, 3)
        for number in fellows:
            groups.put(world, group, members.by_number(world, number).id, state="member")
        circles.open_circle(world, WANJIRU, "1001", "cows", "c1")
        for n, number in enumerate((OTIENO, *fellows)):
            circles.say_in_circle(world, number, "1001", "worked", f"Words {n}", f"w{n}")
        listed = circles.circle_words(world, WANJIRU, "1001")
        assert isinstance(circles.mark_best(world, OTIENO, "1001", listed[0].value), MarkedEnough), "not one's own"
        assert isinstance(circles.mark_best(world, WANJIRU, "1001", listed[2].value), BestMarked)
        assert isinstance(circles.mark_best(world, WANJIRU, "1001", listed[2].value), BestUnmarked)
        assert isinstance(circles.mark_best(world, WANJIRU, "1001", listed[2].value), BestMarked)
        circles.mark_best(world, OTIENO, "1001", listed[2].value)
        circles.mark_best(world, OTIENO, "1001", listed[3].value)
        assert [row.label[-3:] for row in circles.best_words(world, WANJIRU, "1001")] == [": 2", ": 1", ": 0", ": 0"]
        for row in (listed[0], listed[1]):
            assert isinstance(circles.mark_best(world, WANJIRU, "1001", row.value), BestMarked)
        assert isinstance(circles.mark_best(world, WANJIRU, "1001", listed[3].value), MarkedEnough)
        circles.mark_best(world, fellows[0], "1001", listed[3].value)
        circles.mark_best(world, fellows[1], "1001", listed[0].value)
        best = circles.best_words(world, WANJIRU, "1001")
        assert [(row.label[:7], row.label[-1]) for row in best] == [("Words 0", "2"), ("Words 2", "2"), ("Words 3", "2")], "what fewer marked is none of three"
        assert isinstance(circles.save_best(world, WANJIRU, "1001", listed[1].value), SpokenEnough), "nor can the leader save it"


def test_off_behind_words_on_ones_own_idea_takes_the_words_and_not_the_idea(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "Pay us on Friday")
        items.say(world, WANJIRU, one.number, "I mean every week", "k1")
        assert isinstance(own_words.take_newest_back(world, WANJIRU, one.number), TakenBack)
        now = rows.by_id(world, one.id)
        assert (now.state, now.comments) == ("open", 0)
        assert isinstance(own_words.take_newest_back(world, WANJIRU, one.number), TakenBack)
        assert rows.by_id(world, one.id).state == "withdrawn"


def test_reported_words_that_are_taken_back_are_still_looked_at_and_stay_away(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        one = idea(world, WANJIRU, "Pay us on Friday")
        items.say(world, OTIENO, one.number, "Wanjiru is a thief", "k1")
        (said,) = voice_rows.comments_on(world, [one.id], 1)
        looking.report_comment(world, ACHIENG, one.number, str(said.id), "insult")
        own_words.take_words_back(world, OTIENO, str(said.id), one.number)
        assert [(row.item_id, row.comment_id) for row in voice_rows.flagged(world, 9)] == [(one.id, said.id)]
        states.mark_comment(world, voice_rows.comment(world, said.id), "open")
        assert voice_rows.comment(world, said.id).state == "back"
        assert voice_rows.flagged(world, 9) == []
    village.workers_run()
    assert len(village.sms(ACHIENG)) == 1, "a person has looked, and only then she hears"


def test_a_hidden_name_is_hidden_in_tips_and_questions_too(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        question = idea(world, WANJIRU, "my cow coughs", "question")
        rows.change(world, question.id, shown="sealed")
        assert questions.look_at_question(world, OTIENO, question.number).from_name == "a member"


def test_a_tip_is_never_cut_by_sms(village: Village) -> None:
    village.everybody()
    long = "Give five spoons of salt in water in the evening but never to calves under three months"
    with village.world() as world:
        assert isinstance(helping.tip_by_text(world, OTIENO, f"NEW {long}", "k1"), helping.TipTooLong)
        assert rows.page(world, before=None, most=1, kinds=("tip",)) == []


def test_votes_and_rules_are_reported_and_words_on_the_list_are_refused(village: Village) -> None:
    chama(village)
    with village.world() as world:
        voice_rows.hold_word(world, "thief", "insults", "grace")
        assert isinstance(calling.start_by(world, OTIENO, "1001", "Is Wanjiru a thief", "", "3", "o1"), HeldWords)
        assert isinstance(rules.propose_rule(world, OTIENO, "1001", "No thief comes in", "o2"), HeldWords)
        assert isinstance(calling.start_by(world, OTIENO, "1001", "Shall Wanjiru go", "", "3", "o3"), VoteOpen)
        vote = ballot_rows.vote_by_key(world, "o3")
        assert isinstance(reporting.report_thing(world, WANJIRU, f"vote-{vote.id}", "insult", "r1"), Reported)
        (case,) = rows.page(world, before=None, most=9, kinds=("wrong",))
        assert case.words.endswith("insult: Shall Wanjiru go")


def test_what_a_lane_counts_is_what_its_link_shows(village: Village) -> None:
    village.everybody()
    with village.world() as world:
        idea(world, OTIENO, "My cow coughs at night", "question")
        other_kinds.put_statement(world, "Milk should be weighed twice", "grace", "c1")
        idea(world, OTIENO, "The scale is broken", "problem")
    web = operator(village, "support")
    lanes = {"ideas": "weighed twice", "problems": "scale is broken", "questions": "coughs at night"}
    for lane, words in lanes.items():
        shown = page(web, f"feedback?kind={lane}")
        assert words in shown
        assert not any(other in shown for name, other in lanes.items() if name != lane), lane
    assert all(words in page(web, "feedback") for words in lanes.values())
