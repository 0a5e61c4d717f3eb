"""Our own menus: a file a journey. The first flow is the front door."""

from menus.book.airtime import airtime, sms_airtime, sms_airtime_for
from menus.book.assist import dial_for, helper_near
from menus.book.building import build_on, built_on
from menus.book.changes import what_changed
from menus.book.commons import buy_together, go_together, our_rules, set_rules, share_tools
from menus.book.courses import courses, one_course
from menus.book.fairness import fair, promises, rules
from menus.book.groups import (
    ask_fellow,
    choose_leader,
    fellows,
    group_money,
    group_notices,
    group_vote,
    group_votes,
    join_group,
    leave_group,
    meeting,
    my_group,
    pay_in,
    start_group,
)
from menus.book.guardians import forgot_here, forgot_pin, guardians, pin_forgotten, vouch
from menus.book.help import by_number, by_sms, call_me, help_now, how_to, lost_phone, my_case, my_cases, only_you, practise
from menus.book.helping import (
    answer,
    answer_others,
    answers,
    ask,
    ask_about,
    ask_and_tips,
    asked_before,
    check_tips,
    fix_tip,
    helper,
    my_questions,
    pass_on,
    question,
    tip,
    tips,
    topic_page,
    write_tip,
    write_tip_about,
)
from menus.book.home import agree, home, instead, last_news, trust, waiting
from menus.book.ideas import (
    board,
    idea,
    ideas,
    let_in,
    my_idea,
    my_ideas,
    near_me,
    new_idea,
    quick_votes,
    read_comments,
    say_about,
    talk_of_it,
    tell_friend,
    test_group,
    top_ideas,
)
from menus.book.join import join
from menus.book.kinds import my_told, own_kinds
from menus.book.leaders import askers, call_meeting, invite, kind_words, lead_well, leader_tools, our_score, record_cash, send_notice, start_vote, we_decided
from menus.book.lending import agree_loan, ask_loan, group_loans, my_loan
from menus.book.me import (
    about_me,
    change_pin,
    details,
    fees,
    follow_person,
    hours,
    language,
    leave,
    me,
    my_village,
    only_money,
    other_sim,
    owned,
    people,
    pin_and_guardians,
    reminders,
    roll_number,
    share_phone,
    sms_kinds,
    stars,
    traits,
    weekly,
    words_and_sms,
)
from menus.book.money import balance, last_five, money, sealed, statement, wrong
from menus.book.needs import add_to_need, my_need, my_needs, need, needs, open_needs, post_need
from menus.book.places import agents_near, pay_bill, pay_group, pay_shop, put_in, take_out, withdraw
from menus.book.points import points
from menus.book.polls import poll_result, polls, quiz
from menus.book.problems import problem, show_to_all
from menus.book.produce import advance, deliveries, loans, repay, sms_kilo
from menus.book.saying import own_statement, praise, report, report_thing
from menus.book.send import pay, send, send_to
from menus.book.shortcuts import shortcuts
from menus.book.sms import SMS_FLOWS
from menus.book.sms_more import MORE_SMS_FLOWS
from menus.book.standing import standing, standing_group, standing_list, standing_new
from menus.book.together import can_will_should, circle, our_check, run_circle, self_check, together
from menus.book.undo import ask_back, undo
from menus.book.village_news import news, one_news, send_news
from menus.screens import Book, When

BOOK = Book(
    home, last_news, waiting, trust, instead, agree, join,
    money, balance, last_five, deliveries, loans, advance, repay, statement, wrong, sealed,
    pay, send, send_to, pay_group, airtime, withdraw, take_out, agents_near, put_in, pay_shop, pay_bill, undo, ask_back, standing, standing_new,
    standing_list, standing_group,
    my_group, pay_in, group_money, group_loans, ask_loan, my_loan, agree_loan,
    meeting, fellows, ask_fellow, group_votes, group_vote, choose_leader, group_notices, join_group, start_group, leave_group,
    together, self_check, our_check, circle, our_rules, share_tools, buy_together, go_together, leader_tools, we_decided, set_rules, can_will_should,
    run_circle, our_score, kind_words, lead_well, call_meeting, send_notice, start_vote, record_cash, askers, invite,
    ask_and_tips, ask, ask_about, answer_others, answer, pass_on, asked_before, my_questions, answers, tips, topic_page, tip, fix_tip, write_tip,
    build_on, built_on, courses, one_course, write_tip_about, check_tips, news, one_news, question, send_news, helper, own_kinds, my_told,
    ideas, board, praise, quick_votes, own_statement, top_ideas, near_me, let_in,
    idea, say_about, talk_of_it, read_comments, report, report_thing, new_idea, my_ideas, my_idea,
    what_changed, rules, promises, fair, polls, poll_result, quiz,
    needs, open_needs, need, post_need, add_to_need, my_needs, my_need,
    me, points, shortcuts, help_now, how_to, practise, lost_phone, call_me, words_and_sms, language, reminders, hours, weekly, only_money, sms_kinds,
    pin_and_guardians, change_pin, helper_near, dial_for,
    share_phone, other_sim, guardians, vouch, pin_forgotten, forgot_pin, forgot_here, details, my_village, traits, about_me, fees, leave,
    roll_number, stars, by_sms, by_number, my_cases, my_case, only_you, show_to_all, problem, tell_friend, test_group, people, follow_person, owned,
    *SMS_FLOWS, *MORE_SMS_FLOWS, sms_airtime, sms_airtime_for, sms_kilo,
    help=When("is_member", "call_me"), numbers="by_number", by_sms="by_sms", news="last_news",
)  # fmt: skip
