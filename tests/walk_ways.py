"""For the walks through the book: what keys alone cannot reach, and ways whose steps must follow each other."""

from __future__ import annotations

from tests.cast import ACHIENG, OTIENO, WANJIRU

# Places that no walk of keys alone can reach: they need time, an operator, or another person's doing.
ENDINGS = ("locked", "paused", "under_way", "not_taken", "not_now", "too_often", "too_many", "too_late", "enough")
NEEDS_MORE = frozenset(
    """
ask_fellow.asked ask_fellow.held ask_fellow.rests board.thanked fellows.passed fellows.rests praise.gone
agree.dropped agree.gone agree.kept agree.not_enough agree.over_limit agree.under_way_place answer.gone answer.held answer.today
answer.yours answer_others.later
answer_others.rests ask.held ask.rests ask.staff ask_about.held ask_about.rests ask_about.staff asked_before.joined
asked_before.none asked_before.twin askers.full askers.not_let_in board.no_challenge board.none
board.season buy_together.already buy_together.filled buy_together.full buy_together.gone buy_together.too_little by_number.case by_number.member
by_number.sealed_words call_meeting.no_texts call_meeting.not_yours can_will_should.later can_will_should.not_yours choose_leader.gone circle.held circle.marked
change_pin.new_sim circle.marked_all circle.one circle.unmarked
join.none join.roll roll_number.no_more roll_number.on_roll roll_number.roll
home.refused home.sim_pin other_sim.asked other_sim.full other_sim.off other_sim.own_sim other_sim.pin_off
other_sim.new_sim other_sim.sim our_rules.held start_vote.held
deliveries.none fair.few fair.later fair.nothing fair.trust fellows.gone fellows.hidden fix_tip.gone fix_tip.rests follow_person.asked forgot_pin.done
forgot_pin.pin forgot_pin.pin_again forgot_pin.waits go_together.full go_together.gone go_together.many go_together.none go_together.over group_money.gone
group_money.no_texts group_money.nobody group_notices.none our_rules.is_shared our_rules.nothing our_rules.shared our_rules.theirs
agree_loan.asked agree_loan.first agree_loan.gone agree_loan.leader agree_loan.lent agree_loan.little agree_loan.pin agree_loan.refused agree_loan.show
ask_loan.few ask_loan.gone ask_loan.nothing group_loans.gone leave_group.loan_open my_loan.owed my_loan.paid my_loan.pay_back my_loan.pin
agents_near.none answers.official need.rests tip.unfollowed
board.village_shown go_together.instead go_together.instead_asked go_together.instead_not
courses.course courses.none group_vote.kept group_vote.words one_course.begun one_course.gone one_course.mine one_course.rests one_course.show
one_course.stopped our_rules.few we_decided.told my_idea.finished
build_on.gone build_on.later build_on.rests built_on.none meeting.decided_by meeting.decided_shown we_decided.done we_decided.held
we_decided.no_texts we_decided.not_yours we_decided.tell we_decided.words group_vote.no_texts group_vote.gone group_votes.gone group_vote.nobody group_vote.held
helper.asleep helper.off home.no_entry home.pin home.who
idea.gone idea.later idea.over idea.rests idea.yours instead.instead instead.said invite.asked invite.full invite.not_yours join.already join_group.full
kind_words.nobody kind_words.not_yours last_five.gone lead_well.not_yours leave.group_first leave.left leave.pin leave.still_owed leave.still_there
leave_group.has_money leave_group.left leave_group.share_open meeting.none my_group.full my_group.none my_questions.none
my_idea.apart my_idea.joined poll_result.over waiting.apart waiting.joining
my_case.again my_cases.none my_idea.held my_idea.objected my_idea.rests new_idea.alike new_idea.counts_later
new_idea.later new_idea.rests news.counted one_news.gone one_news.rests only_you.works open_needs.none
our_check.gone our_check.later our_score.not_yours our_score.well
our_rules.full our_rules.gone our_rules.opened
own_kinds.held own_kinds.none add_to_need.rests let_in.none let_in.show
answers.no_call answers.rests
askers.asked askers.others board.rests my_idea.spoken_of read_comments.later read_comments.over read_comments.rests read_comments.yours
own_statement.held own_statement.rests owned.nothing pass_on.gone polls.none praise.held praise.rests
polls.over post_need.rests post_need.waits question.gone question.later question.none question.over question.rests quiz.none record_cash.alone
record_cash.not_yours report.gone report_thing.gone
run_circle.none run_circle.not_yours run_circle.rests say_about.gone say_about.held say_about.rests sealed.not_now
self_check.gone send_news.held send_news.rests send_notice.no_texts send_notice.not_yours send_to.not_here set_rules.full set_rules.none set_rules.not_yours
share_phone.full share_tools.full share_tools.gone share_tools.silent shortcuts.no_payments start_vote.no_texts start_vote.not_yours start_vote.opened
start_vote.others tell_friend.gone
tell_friend.over tell_friend.rests test_group.full tip.gone tip.later tip.rests tip.texts_enough tip.yours tips.none top_ideas.none waiting.agreed
waiting.denied waiting.is_it_so waiting.leads waiting.no_turn waiting.nothing waiting.tiding waiting.turn
what_changed.next what_changed.none what_changed.nothing what_changed.rests what_changed.trial write_tip.rests
write_tip_about.rests send.rests rules.unwritten
add_to_need.points_pin add_to_need.some_points buy_together.held check_tips.fix check_tips.now go_together.held group_notices.held group_notices.up
group_notices.words idea.stays my_case.over my_idea.open_again my_idea.over
join_group.asked my_idea.stays new_idea.gone new_idea.only_vote pay_in.due pay_in.due_pin post_need.points_pin
post_need.some_points send_notice.held set_rules.held share_tools.held start_group.held
go_together.alone go_together.comer go_together.comes go_together.nobody join_group.taken_back join_group.waits
waiting.call waiting.call_no waiting.call_yes waiting.instead_comes waiting.instead_not waiting.outing_off waiting.pick waiting.picked
waiting.praise_rests waiting.praise_stays waiting.praised
points.back points.gave pass_on.rests quick_votes.rests
last_five.full follow_person.rests share_tools.rests last_news.show report.counted report.joined report.rests report.twin report.two
problem.gone problem.later problem.over problem.rests problem.yours show_to_all.later show_to_all.rests wrong.opened
dial_for.over dial_for.rests helper_near.chosen helper_near.many helper_near.nobody helper_near.none helper_near.rests
my_case.apart forgot_here.said
can_will_should.asked my_idea.good pass_on.knower waiting.deed waiting.not_me waiting.takes_it
forgot_here.asked forgot_here.done forgot_here.gone forgot_here.pin forgot_here.pin_again forgot_here.sure forgot_here.too_few forgot_here.waiting
forgot_here.waits askers.before by_number.meant details.often my_idea.looked_at_anew my_idea.often my_village.often my_village.village
""".split()
)


# Ways whose steps must follow each other: who, and what they type.
AT_ONCE = (
    (WANJIRU, "6 5 1 4715 9361 9361"), (WANJIRU, "6 5 1 9361 4715 4715"), (WANJIRU, "9 98 3 4715"), (WANJIRU, "2 1 0722000002 200 4715"),
    (WANJIRU, "1 2 1 4"), (WANJIRU, "1 2 1 3"),
    (WANJIRU, "2 1 99998 2"), (WANJIRU, "2 1 +8821612345678 2"),
    (WANJIRU, "5 2 1 3 I*want*that*too"), (WANJIRU, "5 2 1 4 1 4"),
    (WANJIRU, "2 6 1 1"), (WANJIRU, "2 6 1 1"), (WANJIRU, "3 1 98 6 1 1 1 1 1 2"), (WANJIRU, "3 1 98 6 3 1 1"), (WANJIRU, "3 1 98 6 7 0733000003"),
    (WANJIRU, "3 1 5 2 1 50 4715"), (WANJIRU, "5 1 1"), (WANJIRU, "5 2 1 1 2"), (WANJIRU, "5 6 1 1"), (WANJIRU, "5 6 4 1"),
    (ACHIENG, "5 3 Clean*water*in*the*village 1"),
    (WANJIRU, "4 3 1 Give*it*salt"), (WANJIRU, "4 3 3 0733000003"), (WANJIRU, "4 4 1 1 1"), (WANJIRU, "4 4 1 2 3"), (WANJIRU, "4 3 2"),
    (WANJIRU, "4 1 2 a*few*words*on*milk 1 1"),
    (WANJIRU, "4 2 3 2 3 a*few*words*on*milk 1 1"), (WANJIRU, "4 2 1 1 1"), (WANJIRU, "4 2 1 1 5"), (WANJIRU, "4 2 1 1 4 Wash*it*well 1"),
    (WANJIRU, "4 2 2 1"),
    (WANJIRU, "4 2 3 7 2 1"), (WANJIRU, "3 1 4 1 1 2 1"), (WANJIRU, "3 1 4 1 1 2"),
    (WANJIRU, "3 1 4 1 1 1 It*is*near"), (WANJIRU, "3 1 4 1 4 4 1"),
    (WANJIRU, "3 1 4 2"), (WANJIRU, "3 1 4 3"), (WANJIRU, "3 1 4 98 1 1 1"), (WANJIRU, "3 1 4 4 1 1"), (WANJIRU, "3 1 98 4 1"), (WANJIRU, "3 1 4 1 1"),
    (WANJIRU, "3 1 98 6 5 What*first Maize,beans 1 2"), (WANJIRU, "3 1 4 1 1"),
    (WANJIRU, "3 1 2 3 1"), (WANJIRU, "3 1 2 3"), (OTIENO, "3 1 2 3"), (OTIENO, "3 2 3"),
    (WANJIRU, "4 5 1 1 1"), (WANJIRU, "4 1 1 One*more*question*about*hens"),
    (OTIENO, "6 3 1 5839"), (ACHIENG, "6 3 4 6274"), (OTIENO, "5 98 4 3"), (WANJIRU, "5 98 4 1 2 1"), (WANJIRU, "5 98 4 1 2 1"), (WANJIRU, "5 98 4 3 1 4"),
    (WANJIRU, "5 98 4 1 2 4 50 4715"), (WANJIRU, "5 98 4 1 2 4 50"), (WANJIRU, "5 98 4 1 1 4 50"),
    (WANJIRU, "5 98 4 3 1 1 1 4715"), (WANJIRU, "5 98 4 2 A*bag*of*seed 50 4715"), (ACHIENG, "3 2"), (ACHIENG, "3 98 2 1002 1"), (ACHIENG, "3 98 3 Harambee"),
    (WANJIRU, "3 1 98 5 1 2"), (WANJIRU, "3 1 98 6 98 1 1 1 1 1"), (WANJIRU, "3 1 98 6 98 4 1"), (WANJIRU, "3 1 98 5 2 3"),
    (WANJIRU, "3 1 98 5 2 1 Warm*water*first"), (WANJIRU, "3 1 98 5 2 3"),
    (WANJIRU, "3 1 98 6 98 4 3 1"), (WANJIRU, "3 1 98 6 98 4 3"), (WANJIRU, "3 1 98 6 98 4 4"), (WANJIRU, "5 5 3 2"),
    (WANJIRU, "3 1 98 6 98 3 1 Who*is*late*pays"), (WANJIRU, "3 1 98 5 3"), (WANJIRU, "3 1 98 5 4 2 Rope"), (WANJIRU, "3 1 98 5 6 2 Market 1 3"),
    (ACHIENG, "3 98 5 4 1 1 1"),
    (WANJIRU, "3 1 98 5 4 3 1 1"), (WANJIRU, "3 1 98 5 4 1 1 1"), (WANJIRU, "3 1 98 5 5 2 Pump 50 2 1 1"), (WANJIRU, "3 1 98 5 5 1 1 1 4715"),
    (WANJIRU, "3 1 98 5 5 2 Rope 50 2 2 5501 1"), (WANJIRU, "3 1 98 5 4 4 1"), (WANJIRU, "3 1 98 5 5 3 1"),
    (WANJIRU, "5 5 1 1 1"), (WANJIRU, "5 5 1 2 1 1"), (WANJIRU, "5 5 3 1"), (WANJIRU, "5 98 3 1 1 2 1"),
    (WANJIRU, "3 1 5 1 2"), (WANJIRU, "3 1 5 2 2"), (OTIENO, "3 1 5 2 2"), (OTIENO, "3 5 2 2"), (WANJIRU, "6 4 6 1 1 1 1"), (WANJIRU, "6 4 6 1 2 1"),
    (WANJIRU, "6 4 6 2 1 1"), (WANJIRU, "6 4 6 2 1 3"), (OTIENO, "6 98 1 1"), (WANJIRU, "5 98 7 1"),
    (WANJIRU, "4 7 1 1 1"), (WANJIRU, "4 7 2 1 2 A*field*to*weed"), (WANJIRU, "4 7 2 3 1"),
    (WANJIRU, "5 98 7 1 It*is*quick"), (ACHIENG, "{asked} 1 Wait*for*the*rain"), (WANJIRU, "{asked} 2"), (WANJIRU, "{asked} 4"),
)  # fmt: skip
